// A hunt for the worst input of a routine whose inputs are too many to try them all: a lower bound
// on its largest error, as good as the budget allows.
//
// Rounds of tasks. Some of a round's tasks draw inputs from the regions that promise most
// (validate/regions.h) or from any region; some vary the worst inputs found so far (their
// neighbours, their low bits, their mantissa in other binades); and as long as the routine is
// nearly correctly rounded, some pick inputs whose exact value lies as close to the middle between
// two numbers of the format as a new record demands; some climb, by steps that lead from bad inputs
// to bad inputs nearby (Examiner::climb). With two inputs some are drawn so that the results fill
// the format evenly, and some so that the inputs are powers of two apart. The errors are screened
// by Taylor polynomials with proven bounds (validate/pieces.h); a record is decided by ball
// arithmetic at increasing precision (targets/exact/exact_value.h).
//
// What a round does follows from the seed and the rounds before it, so that the same seed finds the
// same whatever the number of threads, and a longer hunt is the continuation of a shorter one.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "ir/program.h"
#include "targets/exact/ulp.h"
#include "validate/regions.h"

namespace ulpforge::validate {

/// z[i] = f(x[i]) or f(x[i], y[i]), numbers of the format as doubles; at most kHuntBatch of them.
using HuntRoutine =
    std::function<void(std::span<const double> x, std::span<const double> y, std::span<double> z)>;
inline constexpr std::size_t kHuntBatch = 4096;

struct HuntOptions {
  numbers::Format format = numbers::kBinary64;
  targets::UlpOf ulp_of = targets::UlpOf::Exact;
  targets::Rounding rounding = targets::Rounding::Nearest;
  std::uint64_t seed = 1;
  double seconds = 0;             ///< of everything, the audit included; 0: no limit
  std::uint64_t evaluations = 0;  ///< results of the routine; 0: no limit
  unsigned threads = 1;
  std::vector<Point> known;     ///< inputs to begin with
  std::uint64_t audit = 20000;  ///< screened errors to compare with exact ones at the end
  std::stop_token stop;
};

/// A new largest error.
struct HuntRecord {
  double error = 0;  ///< signed, in ULP
  Point point{};
  double result = 0;
  std::uint64_t evaluations = 0;  ///< of the rounds up to its own
  double seconds = 0;
};

/// A NaN or pole where a number is due or the other way round, or a zero of the wrong sign.
struct HuntSpecial {
  Point point{};
  double result = 0;
  double right = 0;
};

struct HuntResult {
  std::vector<HuntRecord> records;          ///< in the order they were found, the largest last
  std::vector<HuntSpecial> special_errors;  ///< the first few
  std::vector<HuntSpecial> wrong_zeros;     ///< the first few
  std::uint64_t special_error_count = 0;    ///< among the inputs tried
  std::uint64_t wrong_zero_count = 0;
  std::uint64_t evaluations = 0;
  std::uint64_t exact_calls = 0;  ///< inputs that no polynomial decided
  std::uint64_t audited = 0;
  std::uint64_t audit_failures = 0;
  double seconds = 0;
  bool stopped = false;
};

/// `make_routine` is called once in each thread that calls what it returns. `progress`, if any, is
/// called after each round. What the routine throws is thrown. Throws std::invalid_argument without
/// a limit, or for a program with more than two inputs.
HuntResult hunt(const ir::Program& target, const std::function<HuntRoutine()>& make_routine,
                const HuntOptions& options,
                const std::function<void(const HuntResult&)>& progress = {});

}  // namespace ulpforge::validate

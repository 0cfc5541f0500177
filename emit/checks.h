// Programs that come with an emitted header: its exhaustive test and its benchmark.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ir/program.h"
#include "numbers/format.h"

namespace ulpforge::emit {

struct EmittedTest {
  std::string name;        ///< of the function in NAME.h, f32 to f32
  std::string expression;  ///< what it approximates, for people
  ir::Program target;      ///< the same, over real numbers
  struct Claim {
    double max_ulp = 0;
    std::optional<std::uint64_t> misrounded = {};
    std::size_t program = 0;  ///< which of the header's: the same have the same bits
  };
  /// What the header claims, for each of header_isas().
  std::vector<Claim> claims = {};
  /// The inputs to try; without it all 2^32, infinities and NaNs among them.
  std::optional<std::pair<double, double>> domain = {};
  /// Whose ULP the errors are in; its numbers end where the results do.
  numbers::Format unit = numbers::kBinary32;
  /// Whether results are patterns of that format rather than floats.
  bool patterns = false;
};

/// A C++17 program that compares NAME and NAME_n with MPFR on every input and exits with 1 when the
/// claims do not hold; the command line to compile it is in its first comment.
std::string emit_exhaustive_test(const EmittedTest& test);

/// Statements of MPFR that compute a program over real numbers at the float x, or at the floats x
/// and y, which come first in v_; the result is v_[place] of so many.
struct MpfrStatements {
  std::string text;
  std::size_t place = 0;
  std::size_t values = 0;
};
MpfrStatements mpfr_statements_of(const ir::Program& program);

/// An expression in a comment and in a string literal: one line of printable characters that mean
/// nothing to printf.
std::string plain(const std::string& expression);

struct EmittedBenchmark {
  std::string name;
  std::string expression;
  std::string symbol;  ///< the C function of the same meaning, "exp2f"; empty where there is none
  double low = 0;      ///< inputs are spread over [low, high]
  double high = 1;
  bool logarithmic = false;  ///< evenly in their logarithms; low > 0
};

/// A C++17 program that times NAME_n against libmvec, SLEEF and the C library, those that it finds
/// when it runs.
std::string emit_benchmark(const EmittedBenchmark& benchmark);

/// A C++17 program that compares NAME_fast with NAME at every normal float of a size up to
/// `largest` where NAME is normal, and exits with 1 when their bits differ.
std::string emit_fast_test(const std::string& name, float largest);

}  // namespace ulpforge::emit

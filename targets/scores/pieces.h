// A function of one variable over the numbers of a format as pieces: short polynomials with a
// proven bound, one for each run of consecutive numbers, made once from Taylor series in ball
// arithmetic (Arb). Formats are numbers::Binary32 and shorter ones.
//
// Numbers are named by their bit patterns; x moves away from 0 as the pattern grows, for either
// sign. A piece covers 2^log_count patterns from `first`, a multiple of that number, so that all
// its numbers lie in one binade. With i counting them, s = (2 i + 1) / 2^log_count - 1 runs over
// (-1, 1) and
//   f(x) = c0 + c1 s + c[0] s^2 + ... + c[kTail - 1] s^(kTail + 1)   up to `error`,
// where c0 and c1 are unevaluated pairs, so that the value comes out as a pair too. For sin(x) at
// tiny x its first part is x itself and the second -x^3/6.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "ir/program.h"
#include "numbers/format.h"
#include "targets/exact/domain.h"
#include "targets/exact/taylor_polynomial.h"

namespace ulpforge::targets {

/// The numbers with the patterns first, ..., last.
struct PatternRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  std::uint64_t size() const { return std::uint64_t{last} - first + 1; }
  friend bool operator==(const PatternRange&, const PatternRange&) = default;
};

/// The numbers of the domain, in at most two ranges (positive, then negative numbers), ascending by
/// pattern. Closed ends count, infinite ones too; 0 is +0, and -0 too where the domain goes on
/// below 0.
template <class Format>
std::vector<PatternRange> numbers_of(const Domain& domain);

/// All finite numbers: positive, then negative ones.
template <class Format>
inline constexpr std::array<PatternRange, 2> kFiniteNumbers = {
    {{0, Format::kLargest}, {Format::kSign, Format::kSign | Format::kLargest}}};

/// Infinities and NaN of either sign.
template <class Format>
inline constexpr std::array<PatternRange, 2> kSpecialNumbers = {
    {{Format::kInfinity, Format::kMagnitude},
     {Format::kSign | Format::kInfinity, Format::kSign | Format::kMagnitude}}};

/// Whether the ranges hold all finite numbers, and so everything on the line.
template <class Format>
bool are_all_finite(std::span<const PatternRange> ranges) {
  std::uint64_t finite = 0;
  for (const PatternRange& range : ranges) finite += range.size();
  return finite >= 2 * std::uint64_t{Format::kInfinity};
}

/// The ranges cut at the binades' ends.
template <class Format>
std::vector<PatternRange> binades(std::span<const PatternRange> ranges);

/// Which sign an exact zero of the function has.
enum class ZeroSign : std::uint8_t {
  Asked,     ///< what exact_value() says
  Open,      ///< either
  Positive,  ///< +0
  OfInput,   ///< that of the input
  Opposite,  ///< not that of the input
  ByParity,  ///< that of the input where it is an even number, the other where it is odd
  OfValue,   ///< that of the 0 that the reference gives
};

/// Whether a zero at x is -0; not for Asked, Open and OfValue.
inline bool negative_zero(ZeroSign sign, double x) {
  const double half = x / 2;
  const bool even =
      std::abs(half) >= 0x1p52 || half == static_cast<double>(static_cast<std::int64_t>(half));
  switch (sign) {
    case ZeroSign::Asked:
    case ZeroSign::Open:
    case ZeroSign::OfValue:
    case ZeroSign::Positive:
      return false;
    case ZeroSign::OfInput:
      return std::signbit(x);
    case ZeroSign::Opposite:
      return !std::signbit(x);
    case ZeroSign::ByParity:
      break;
  }
  return std::signbit(x) == even;
}

struct Piece {
  enum class Kind : std::uint8_t {
    Polynomial,
    QuarterTurns,  ///< sin, cos or tan far out: targets/scores/quarter_turns.h
    BesselWaves,   ///< Bessel functions far out: targets/scores/bessel_waves.h
    LogGamma,      ///< log |gamma| far to the left: targets/scores/gamma_reflection.h
    GammaTail,     ///< gamma far to the left
    Steps,         ///< trunc and its like: targets/scores/steps_of_format.h
    Combination,   ///< waves far out and other functions: targets/scores/combination.h
    Unknown,       ///< no bound was found within reason: ask for the exact value
  };
  static constexpr int kTail = TaylorPolynomial::kTail;

  std::uint32_t first = 0;
  std::uint8_t log_count = 0;
  Kind kind = Kind::Polynomial;
  ZeroSign zero_sign = ZeroSign::Asked;
  /// |hi + lo - f| <= error at every number of the piece for what evaluate() makes of it, rounding
  /// errors included. NaN where c0.hi is NaN or infinite.
  double error = 0;
  /// c0.hi: NaN where the function has no value, +-infinity at a pole of that sign.
  numbers::DoubleDouble c0;
  numbers::DoubleDouble c1;
  std::array<double, kTail> c{};

  std::uint32_t last() const { return first + ((std::uint32_t{1} << log_count) - 1); }
};

/// What a piece says beyond the range of double, and next to a limit that the function never
/// reaches: a value above 2^1000 is given as 2^1000 with a bound that leaves [2^999, 2^1001], and a
/// value strictly above (below) a number L, but by less than 2^-100 |L|, or 2^-1000 if L is 0, as L
/// and +-2^-1000 with a bound just below that. So overflow, signs and every rounding come out
/// right; of tails beyond these limits nothing else is told.
inline constexpr double kBeyond = 0x1p1000;
inline constexpr double kBeside = 0x1p-1000;

/// Pieces for the finite numbers of the range, ascending and without gaps; they may reach beyond
/// the range's ends. Only one sign; first <= last. Thread-safe.
/// After a stop, what there is.
template <class Format>
std::vector<Piece> make_pieces(const ir::Program& program, PatternRange range,
                               const std::stop_token& stop = {});

/// hi[i] + lo[i] of a Polynomial piece at its numbers offset, offset + 1, ...; the spans have one
/// length.
void evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi, std::span<double> lo);

// Of float, by its own name.
using FloatRange = PatternRange;
/// Of several intervals the floats of each.
inline std::vector<FloatRange> floats_of(const Domain& domain) {
  std::vector<FloatRange> ranges;
  for (const Domain& part : intervals_of(domain)) {
    for (const FloatRange& range : numbers_of<numbers::Binary32>(part)) ranges.push_back(range);
  }
  return ranges;
}
inline std::vector<FloatRange> all_finite_floats() {
  const auto& ranges = kFiniteNumbers<numbers::Binary32>;
  return {ranges.begin(), ranges.end()};
}

}  // namespace ulpforge::targets

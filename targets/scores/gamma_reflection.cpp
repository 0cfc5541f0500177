// The smooth part as a program, log |sin(pi x)| in doubles, and signs.
#include "targets/scores/gamma_reflection.h"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "ir/expression.h"
#include "targets/exact/horner.h"
#include "targets/scores/pieces.h"

namespace ulpforge::targets {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// No zeros of log |gamma| from there on: log |sin(pi x)| is at least -13 at numbers of
/// any format that has no more bits than float.
constexpr double kFar = -16;
/// From there on |gamma| is below 2^-1000 at all numbers but integers.
constexpr double kTail = -256;
/// From there on all numbers are integers.
template <class Format>
constexpr double kIntegers = -numbers::power_of_two(Format::kMantissaBits);

template <class Format>
double number_at(std::uint32_t bits) {
  return static_cast<double>(Format::value(bits));
}

/// x's distance to the nearest integer, exact; |x| < 2^51.
[[gnu::always_inline]] inline double fraction(double x) {
  constexpr double kMagic = 0x1.8p52;
  return x - ((x + kMagic) - kMagic);
}

/// sin(pi f) = f times a polynomial in f^2.
constexpr std::array<double, 12> sine_coefficients() {
  constexpr double kPi = 0x1.921fb54442d18p1;
  std::array<double, 12> c{};
  c[0] = kPi;
  for (std::size_t k = 1; k < c.size(); ++k) {
    const double even = 2.0 * static_cast<double>(k);
    c[k] = -c[k - 1] * (kPi * kPi) / (even * (even + 1));
  }
  return c;
}

/// log v = 2 w (1 + w^2/3 + w^4/5 + ...), w = (v - 1)/(v + 1).
constexpr std::array<double, 11> logarithm_coefficients() {
  std::array<double, 11> c{};
  for (std::size_t k = 0; k < c.size(); ++k) c[k] = 2 / (2.0 * static_cast<double>(k) + 1);
  return c;
}

/// What log_sine() misses at most, u = 2^-53: the sine is relatively within 16 u (its terms
/// alternate and are below 2.4 times the sum, its remainder is 2^-68), which is an absolute error
/// of the logarithm; k log 2 has 2 roundings of at most 13, the sum another; w^23/23 < 2^-62.
constexpr double kLogSineError = 0x1p-46;

/// log |sin(pi f)|, 2^-19 <= |f| <= 1/2; minus infinity at 0.
[[gnu::always_inline]] inline double log_sine(double f) {
  constexpr std::array kSine = sine_coefficients();
  constexpr std::array kLogarithm = logarithm_coefficients();
  constexpr double kLog2 = 0x1.62e42fefa39efp-1;
  constexpr std::int64_t kRootHalf = 0x3fe6a09e667f3bcd;
  constexpr std::int64_t kExponent = -(std::int64_t{1} << 52);
  const double sine = std::abs(f) * horner(kSine, f * f);
  // sine = 2^k v with v in [sqrt(1/2), sqrt(2)).
  const std::int64_t shifted = (std::bit_cast<std::int64_t>(sine) - kRootHalf) & kExponent;
  const double v = std::bit_cast<double>(std::bit_cast<std::int64_t>(sine) - shifted);
  const double k = static_cast<double>(shifted >> 52);
  const double w = (v - 1) / (v + 1);
  const double result = __builtin_fma(k, kLog2, w * horner(kLogarithm, w * w));
  return f == 0 ? -kInfinity : result;
}

}  // namespace

template <class Format>
GammaReflection<Format>::GammaReflection(ir::Op op)
    : op_(op), smooth_(ir::parse_expression("log(pi) - lgamma(1 - x)")) {}

template <class Format>
bool GammaReflection<Format>::covers(std::uint32_t first) const {
  return number_at<Format>(first) <= (op_ == ir::Op::Lgamma ? kFar : kTail);
}

template <class Format>
const ir::Program* GammaReflection<Format>::smooth_part(std::uint32_t first) const {
  return op_ == ir::Op::Lgamma && number_at<Format>(first) > kIntegers<Format> ? &smooth_ : nullptr;
}

template <class Format>
void GammaReflection<Format>::complete(Piece& piece) const {
  const bool logarithm = op_ == ir::Op::Lgamma;
  if (number_at<Format>(piece.first) <= kIntegers<Format>) {
    piece.c0 = {logarithm ? kInfinity : kNan, 0};
    return;
  }
  if (logarithm) {
    piece.kind = Piece::Kind::LogGamma;
    piece.error += kLogSineError;
  } else {
    piece.kind = Piece::Kind::GammaTail;
    piece.error = kBeside * (1 - 0x1p-52);
  }
}

template <class Format>
std::optional<GammaReflection<Format>> GammaReflection<Format>::find(const ir::Program& program) {
  if (!program.result.is_value()) return {};
  const ir::Instruction& last = program.code[program.result.index];
  if (last.op != ir::Op::Tgamma && last.op != ir::Op::Lgamma) return {};
  if (!last.operands[0].is_input()) return {};
  return GammaReflection(last.op);
}

template <class Format>
void GammaReflection<Format>::evaluate_logarithm(const Piece& piece, std::uint32_t offset,
                                                 std::span<double> hi, std::span<double> lo) {
  evaluate(piece, offset, hi, lo);
  const double start = number_at<Format>(piece.first + offset);
  const double step = number_at<Format>(piece.first + 1) - number_at<Format>(piece.first);
  double* const __restrict out_hi = hi.data();
  double* const __restrict out_lo = lo.data();
  const auto count = static_cast<std::int32_t>(hi.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const double smooth = out_hi[i];
    const double other = -log_sine(fraction(start + step * i));
    const double sum = smooth + other;
    const double v = sum - smooth;
    const double rest = ((smooth - (sum - v)) + (other - v)) + out_lo[i];
    out_hi[i] = sum;
    out_lo[i] = std::abs(sum) < kInfinity ? rest : 0;
  }
}

template <class Format>
void GammaReflection<Format>::evaluate_tail(const Piece& piece, std::uint32_t offset,
                                            std::span<double> hi, std::span<double> lo) {
  const double start = number_at<Format>(piece.first + offset);
  const double step = number_at<Format>(piece.first + 1) - number_at<Format>(piece.first);
  double* const __restrict out_hi = hi.data();
  double* const __restrict out_lo = lo.data();
  const auto count = static_cast<std::int32_t>(hi.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const double x = start + step * i;
    // Negative in (-1, 0), positive in (-2, -1), ...
    const bool even = fraction(0.5 * std::trunc(x)) == 0;
    const bool pole = fraction(x) == 0;
    out_hi[i] = pole ? kNan : (even ? -kBeside : kBeside);
    out_lo[i] = 0;
  }
}

template class GammaReflection<numbers::Binary32>;
template class GammaReflection<numbers::Binary16>;
template class GammaReflection<numbers::Bfloat16>;

}  // namespace ulpforge::targets

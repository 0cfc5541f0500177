// Reduction of large arguments and the polynomials for one eighth of a turn.
#include "targets/quarter_turns.h"

#include <bit>
#include <cmath>
#include <limits>

#include "targets/ball.h"
#include "targets/float_pieces.h"
#include "targets/horner.h"

namespace ulpforge::targets {
namespace {

/// Where a piece of that kind keeps its facts.
enum Slot : std::size_t { kTurns0, kTurns1, kTurns2, kFunction };
constexpr double kSin = 0;
constexpr double kCos = 1;
constexpr double kTan = 2;

constexpr int kMantissaBits = 23;
constexpr std::uint32_t kMantissaMask = (std::uint32_t{1} << kMantissaBits) - 1;

/// The nearest multiple of 2^exponent.
double rounded_to(const Ball& value, long exponent) {
  Ball scaled = value;
  arb_mul_2exp_si(scaled.get(), scaled.get(), -exponent);
  return std::ldexp(std::nearbyint(arf_get_d(arb_midref(scaled.get()), ARF_RND_NEAR)),
                    static_cast<int>(exponent));
}

void subtract(Ball& value, double part, long bits) {
  const Ball exact_part(part);
  arb_sub(value.get(), value.get(), exact_part.get(), bits);
}

/// The part of the program that `operand` needs, as a program.
ir::Program part_of(const ir::Program& program, ir::Operand operand) {
  ir::Program part = program;
  part.result = operand;
  return part;
}

bool is_factor(const ir::Program& program, ir::Operand operand) {
  if (operand.is_constant()) return true;
  return operand.is_value() && program.code[operand.index].op == ir::Op::Pi;
}

}  // namespace

bool QuarterTurns::covers(std::uint32_t first, int) const {
  constexpr double kFar = 16;
  const Ball factor = evaluate(factor_, Ball(0.0), 64).value;
  const double size = std::abs(arf_get_d(arb_midref(factor.get()), ARF_RND_NEAR));
  const double x = std::abs(static_cast<double>(std::bit_cast<float>(first)));
  return x >= 1 && x * size >= kFar;
}

Piece QuarterTurns::piece(std::uint32_t first, int log_count) const {
  constexpr long kBits = 512;
  Piece piece;
  piece.first = first;
  piece.log_count = static_cast<std::uint8_t>(log_count);
  piece.kind = Piece::Kind::QuarterTurns;
  piece.c[kFunction] = op_ == ir::Op::Sin ? kSin : op_ == ir::Op::Cos ? kCos : kTan;

  // C = 2^e a 2 / pi, less the nearest multiple of 4; of pi a multiple of pi nothing is left.
  Ball turns = evaluate(factor_, Ball(0.0), kBits).value;
  const bool times_pi =
      factor_.result.is_value() && factor_.code[factor_.result.index].op == ir::Op::Pi;
  if (times_pi) {
    turns = Ball(1.0);
  } else {
    Ball pi;
    arb_const_pi(pi.get(), kBits);
    arb_div(turns.get(), turns.get(), pi.get(), kBits);
  }
  const int exponent = static_cast<int>((first & 0x7fffffff) >> kMantissaBits) - 127 - 23;
  arb_mul_2exp_si(turns.get(), turns.get(), exponent + 1 - 2);
  Ball whole;
  arf_t nearest;
  arf_init(nearest);
  arf_set_round(nearest, arb_midref(turns.get()), kBits, ARF_RND_NEAR);
  const Ball half(0.5);
  arb_t shifted;
  arb_init(shifted);
  arb_set_arf(shifted, nearest);
  arb_add(shifted, shifted, half.get(), kBits);
  arf_floor(nearest, arb_midref(shifted));
  arb_clear(shifted);
  arb_set_arf(whole.get(), nearest);
  arf_clear(nearest);
  arb_sub(turns.get(), turns.get(), whole.get(), kBits);
  arb_mul_2exp_si(turns.get(), turns.get(), 2);

  piece.c[kTurns0] = rounded_to(turns, -26);
  subtract(turns, piece.c[kTurns0], kBits);
  piece.c[kTurns1] = rounded_to(turns, -54);
  subtract(turns, piece.c[kTurns1], kBits);
  piece.c[kTurns2] = arf_get_d(arb_midref(turns.get()), ARF_RND_NEAR);
  // The fraction is within 2^-83 of a quarter turn, and exact where C ends within two doubles.
  const bool exact_turns = arb_is_zero(turns.get()) != 0;
  piece.error = exact_turns || op_ == ir::Op::Tan ? 0 : 0x1p-82;
  return piece;
}

std::optional<QuarterTurns> find_quarter_turns(const ir::Program& program) {
  if (!program.result.is_value()) return {};
  const ir::Instruction& last = program.code[program.result.index];
  if (last.op != ir::Op::Sin && last.op != ir::Op::Cos && last.op != ir::Op::Tan) return {};
  const ir::Operand argument = last.operands[0];
  if (argument.is_input()) {
    ir::Program one;
    one.result = one.add_constant(1.0);
    return QuarterTurns(last.op, one);
  }
  if (!argument.is_value()) return {};
  const ir::Instruction& product = program.code[argument.index];
  if (product.op != ir::Op::Mul) return {};
  for (const auto& [x, factor] : {std::pair(product.operands[0], product.operands[1]),
                                  std::pair(product.operands[1], product.operands[0])}) {
    if (x.is_input() && is_factor(program, factor)) {
      return QuarterTurns(last.op, part_of(program, factor));
    }
  }
  return {};
}

namespace {

// Bounds, u = 2^-53, t the angle, |t| <= pi/4 + 2^-19:
// - sine: t + t^3 S(t^2), S to t^17: remainder t^19/19! < 2^-63 |t|; t^3 S carries at most 6 u, and
//   is at most .11 |t|; the low part of t times 1 - t^2/2 instead of cos t: .02 u |t|. Below u |t|.
// - cosine: 1 - t^2/2 + t^4 C(t^2), C to t^18: remainder t^20/20! < 2^-67; t^2 is kept as a pair;
//   t^4 C <= .016 carries 6 u. Below .2 u.
// - the angle: within 2^-82.3, from the fraction's 2^-83; the pair's own 2^-104 |t| is nothing.
// - a quotient of two such pairs: 2^-51, and the angle's error over |t| next to a zero or a pole,
//   which is below 2^-52 while the tangent lies in [2^-29, 2^29].
template <bool tangent>
void evaluate_as(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                 std::span<double> lo) {
  constexpr double kMagic = 0x1.8p52;
  constexpr double kHalfPi = 0x1.921fb54442d18p0;
  constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;
  constexpr double kSafe = 0x1p29;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr std::array kSine{-1.0 / 6,
                             1.0 / 120,
                             -1.0 / 5040,
                             1.0 / 362880,
                             -1.0 / 39916800,
                             1.0 / 6227020800,
                             -1.0 / 1307674368000,
                             1.0 / 355687428096000};
  constexpr std::array kCosine{1.0 / 24,
                               -1.0 / 720,
                               1.0 / 40320,
                               -1.0 / 3628800,
                               1.0 / 479001600,
                               -1.0 / 87178291200,
                               1.0 / 20922789888000,
                               -1.0 / 6402373705728000};
  const bool negative = (piece.first >> 31) != 0;
  const bool exact_turns = piece.error == 0 && piece.c[kTurns2] == 0;
  const std::int64_t shift = piece.c[kFunction] == kCos ? 1 : 0;
  const double sign = negative ? -1 : 1;
  const double turns0 = sign * piece.c[kTurns0];
  const double turns1 = sign * piece.c[kTurns1];
  const double turns2 = sign * piece.c[kTurns2];
  const double start =
      static_cast<double>(((piece.first + offset) & kMantissaMask) | (kMantissaMask + 1));
  const double lowest = tangent && !exact_turns ? 1 / kSafe : 0;
  double* const __restrict out_hi = hi.data();
  double* const __restrict out_lo = lo.data();
  const auto count = static_cast<std::int32_t>(hi.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const double m = start + i;
    const double t0 = m * turns0;  // exact
    const double t1 = m * turns1;  // exact
    const double marked = (t0 + t1) + kMagic;
    const std::int64_t quadrant = std::bit_cast<std::int64_t>(marked) + shift;
    const double r0 = t0 - (marked - kMagic);  // exact
    const double r = r0 + t1;
    const double v = r - r0;
    const double r_rest = ((r0 - (r - v)) + (t1 - v)) + m * turns2;

    const double t = r * kHalfPi;
    const double t_rest =
        __builtin_fma(r, kHalfPi, -t) + __builtin_fma(r, kHalfPiLow, r_rest * kHalfPi);
    const double z = t * t;
    const double z_rest = __builtin_fma(t, t, -z) + 2 * t * t_rest;
    const double s = horner(kSine, z);
    const double c = horner(kCosine, z);
    const double s_small = __builtin_fma(s, t * z, __builtin_fma(-0.5 * z, t_rest, t_rest));
    const double s_hi = t + s_small;
    const double s_lo = s_small - (s_hi - t);
    const double half_z = 0.5 * z;
    const double c_first = 1 - half_z;
    const double c_small = ((1 - c_first) - half_z) + __builtin_fma(c, z * z, -0.5 * z_rest);
    const double c_hi = c_first + c_small;
    const double c_lo = c_small - (c_hi - c_first);

    const bool odd = (quadrant & 1) != 0;
    const double numerator = odd ? c_hi : s_hi;
    const double numerator_rest = odd ? c_lo : s_lo;
    if constexpr (tangent) {
      const double denominator = odd ? s_hi : c_hi;
      const double denominator_rest = odd ? s_lo : c_lo;
      const double q = numerator / denominator;
      const double left = __builtin_fma(-q, denominator, numerator);
      const double rest =
          (left + __builtin_fma(-q, denominator_rest, numerator_rest)) / denominator;
      const double size = std::abs(q);
      const bool safe = size <= kSafe && size >= lowest;
      out_hi[i] = safe ? (odd ? -q : q) : kInfinity;
      out_lo[i] = safe ? (odd ? -rest : rest) : 0;
    } else {
      const bool turned = (quadrant & 2) != 0;
      out_hi[i] = turned ? -numerator : numerator;
      out_lo[i] = turned ? -numerator_rest : numerator_rest;
    }
  }
}

}  // namespace

void evaluate_quarter_turns(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                            std::span<double> lo) {
  if (piece.c[kFunction] == kTan) return evaluate_as<true>(piece, offset, hi, lo);
  evaluate_as<false>(piece, offset, hi, lo);
}

}  // namespace ulpforge::targets

// Reduction of large arguments and the polynomials for one eighth of a turn.
#include "targets/scores/quarter_turns.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "ir/expression.h"
#include "ir/liveness.h"
#include "targets/scores/pieces.h"
#include "targets/scores/turn_fraction.h"

namespace ulpforge::targets {
namespace {

/// Where a piece of that kind keeps its facts.
enum Slot : std::size_t { kTurns0, kTurns1, kTurns2, kFunction };
constexpr double kSin = 0;
constexpr double kCos = 1;
constexpr double kTan = 2;

bool depends_on_input(const ir::Program& program, ir::Operand operand) {
  return ir::depends_on_input(ir::part_of(program, operand));
}

/// Whether the operand is x times a constant.
bool is_multiple_of_input(const ir::Program& program, ir::Operand operand) {
  if (!operand.is_value()) return operand.is_input();
  const ir::Instruction& last = program.code[operand.index];
  const auto multiple = [&](std::size_t k) {
    return is_multiple_of_input(program, last.operands[k]);
  };
  const auto fixed = [&](std::size_t k) { return !depends_on_input(program, last.operands[k]); };
  if (last.op == ir::Op::Neg) return multiple(0);
  if (last.op == ir::Op::Add || last.op == ir::Op::Sub) return multiple(0) && multiple(1);
  if (last.op == ir::Op::Div) return multiple(0) && fixed(1);
  if (last.op == ir::Op::Mul) return (multiple(0) && fixed(1)) || (fixed(0) && multiple(1));
  return false;
}

/// Puts 1 in place of a pi that the operand is a product with; whether there is one.
bool take_pi_out(ir::Program& program, ir::Operand& operand) {
  if (!operand.is_value()) return false;
  ir::Instruction& last = program.code[operand.index];
  if (last.op == ir::Op::Pi) {
    operand = program.add_constant(1.0);
    return true;
  }
  if (last.op == ir::Op::Neg || last.op == ir::Op::Div)
    return take_pi_out(program, last.operands[0]);
  if (last.op != ir::Op::Mul) return false;
  return take_pi_out(program, last.operands[0]) || take_pi_out(program, last.operands[1]);
}

}  // namespace

template <class Format>
bool QuarterTurns<Format>::covers(std::uint32_t first, int) const {
  constexpr double kFar = 16;
  const Ball a = factor(64);
  const double size = std::abs(arf_get_d(arb_midref(a.get()), ARF_RND_NEAR)) *
                      (times_pi_ || in_half_turns_ ? std::numbers::pi : 1);
  const double x = std::abs(static_cast<double>(Format::value(first)));
  return x >= 1 && x * size >= kFar;
}

template <class Format>
Ball QuarterTurns<Format>::factor(long bits) const {
  return targets::evaluate(argument_, Ball(1.0), bits).value;
}

template <class Format>
Piece QuarterTurns<Format>::piece(std::uint32_t first, int log_count) const {
  Piece piece;
  piece.first = first;
  piece.log_count = static_cast<std::uint8_t>(log_count);
  piece.kind = Piece::Kind::QuarterTurns;
  piece.c[kFunction] = op_ == ir::Op::Sin ? kSin : op_ == ir::Op::Cos ? kCos : kTan;

  // a 2 / pi; of pi a multiple of pi nothing is left.
  Ball turns = factor(kTurnBits);
  piece.zero_sign = zero_sign();
  if (times_pi_ != in_half_turns_) {
    arb_mul_2exp_si(turns.get(), turns.get(), 1);
  } else if (times_pi_) {
    Ball pi;
    arb_const_pi(pi.get(), kTurnBits);
    arb_mul(turns.get(), turns.get(), pi.get(), kTurnBits);
    arb_mul_2exp_si(turns.get(), turns.get(), 1);
  } else {
    arb_div(turns.get(), turns.get(), half_pi().get(), kTurnBits);
  }
  const TurnConstants constants = turn_constants(turns, unit_exponent<Format>(first));
  const bool exact_turns = constants.is_exact();
  if (exact_turns && constants.first == 0 && constants.second == 0) {
    Piece constant;
    constant.first = first;
    constant.log_count = static_cast<std::uint8_t>(log_count);
    constant.c0.hi = op_ == ir::Op::Cos ? 1 : 0;
    constant.zero_sign = piece.zero_sign;
    return constant;
  }
  piece.c[kTurns0] = constants.first;
  piece.c[kTurns1] = constants.second;
  piece.c[kTurns2] = constants.rest;
  // The fraction is within 2^-83 of a quarter turn, and exact where C ends within two doubles.
  piece.error = exact_turns || op_ == ir::Op::Tan ? 0 : 0x1p-82;
  return piece;
}

template <class Format>
ZeroSign QuarterTurns<Format>::zero_sign() const {
  if (!in_half_turns_) return ZeroSign::Open;
  if (op_ == ir::Op::Cos) return ZeroSign::Positive;
  if (times_pi_) return ZeroSign::Asked;
  const Ball a = factor(64);
  if (op_ == ir::Op::Sin) return arb_is_negative(a.get()) ? ZeroSign::Opposite : ZeroSign::OfInput;
  return arb_is_one(a.get()) ? ZeroSign::ByParity : ZeroSign::Asked;
}

template <class Format>
std::optional<QuarterTurns<Format>> QuarterTurns<Format>::find(const ir::Program& program) {
  using ir::Op;
  if (!program.result.is_value()) return {};
  const ir::Instruction& last = program.code[program.result.index];
  const bool half_turns = last.op == Op::SinPi || last.op == Op::CosPi || last.op == Op::TanPi;
  const Op op = last.op == Op::SinPi   ? Op::Sin
                : last.op == Op::CosPi ? Op::Cos
                : last.op == Op::TanPi ? Op::Tan
                                       : last.op;
  if (op != Op::Sin && op != Op::Cos && op != Op::Tan) return {};
  if (!is_multiple_of_input(program, last.operands[0])) return {};
  ir::Program argument = ir::part_of(program, last.operands[0]);
  const bool times_pi = take_pi_out(argument, argument.result);
  return QuarterTurns(op, std::move(argument), times_pi, half_turns);
}

bool has_exact_turns(const Piece& piece) {
  // Steps of a power of two of a quarter turn; from 16 on, they are at least 2^-20.
  const double step = piece.c[kTurns0] + piece.c[kTurns1];
  int exponent = 0;
  const bool power_of_two = std::abs(std::frexp(step, &exponent)) == 0.5;
  return piece.error == 0 && piece.c[kTurns2] == 0 && power_of_two && piece.c[kFunction] != kTan;
}

namespace {

// A quotient of two pairs: 2^-51, and the angle's error over |t| next to a zero or a pole, which is
// below 2^-52 while the tangent lies in [2^-29, 2^29].
template <class Format, bool tangent>
void evaluate_as(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                 std::span<double> lo) {
  constexpr double kSafe = 0x1p29;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const bool negative = Format::is_negative(piece.first);
  const bool exact_turns = piece.error == 0 && piece.c[kTurns2] == 0;
  const std::int64_t shift = piece.c[kFunction] == kCos ? 1 : 0;
  const double sign = negative ? -1 : 1;
  const TurnConstants turns{sign * piece.c[kTurns0], sign * piece.c[kTurns1],
                            sign * piece.c[kTurns2]};
  const double start = mantissa<Format>(piece.first + offset);
  const double lowest = tangent && !exact_turns ? 1 / kSafe : 0;
  double* const __restrict out_hi = hi.data();
  double* const __restrict out_lo = lo.data();
  const auto count = static_cast<std::int32_t>(hi.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const Angle angle = turn_fraction(start + i, turns, 0);
    const std::int64_t quadrant = angle.quadrant + shift;
    const auto [s_hi, s_lo, c_hi, c_lo] = sine_cosine(angle.hi, angle.lo);
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
      out_hi[i] = safe ? (odd ? -q : q) : kNan;
      out_lo[i] = safe ? (odd ? -rest : rest) : kNan;
    } else {
      const bool turned = (quadrant & 2) != 0;
      out_hi[i] = turned ? -numerator : numerator;
      out_lo[i] = turned ? -numerator_rest : numerator_rest;
    }
  }
}

}  // namespace

template <class Format>
void QuarterTurns<Format>::evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                                    std::span<double> lo) {
  if (piece.c[kFunction] == kTan) return evaluate_as<Format, true>(piece, offset, hi, lo);
  evaluate_as<Format, false>(piece, offset, hi, lo);
}

template class QuarterTurns<numbers::Binary32>;
template class QuarterTurns<numbers::Binary16>;
template class QuarterTurns<numbers::Bfloat16>;

}  // namespace ulpforge::targets

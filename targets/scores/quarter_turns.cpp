// Reduction of large arguments and the polynomials for one eighth of a turn.
#include "targets/scores/quarter_turns.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "targets/exact/ball.h"
#include "targets/scores/pieces.h"
#include "targets/scores/turn_fraction.h"

namespace ulpforge::targets {
namespace {

/// Where a piece of that kind keeps its facts.
enum Slot : std::size_t { kTurns0, kTurns1, kTurns2, kFunction };
constexpr double kSin = 0;
constexpr double kCos = 1;
constexpr double kTan = 2;

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

template <class Format>
bool QuarterTurns<Format>::covers(std::uint32_t first, int) const {
  constexpr double kFar = 16;
  const Ball factor = targets::evaluate(factor_, Ball(0.0), 64).value;
  const double half_turns = std::abs(arf_get_d(arb_midref(factor.get()), ARF_RND_NEAR));
  const double size = in_half_turns_ ? half_turns * std::numbers::pi : half_turns;
  const double x = std::abs(static_cast<double>(Format::value(first)));
  return x >= 1 && x * size >= kFar;
}

template <class Format>
Piece QuarterTurns<Format>::piece(std::uint32_t first, int log_count) const {
  Piece piece;
  piece.first = first;
  piece.log_count = static_cast<std::uint8_t>(log_count);
  piece.kind = Piece::Kind::QuarterTurns;
  piece.c[kFunction] = op_ == ir::Op::Sin ? kSin : op_ == ir::Op::Cos ? kCos : kTan;

  // a 2 / pi; of pi a multiple of pi nothing is left.
  Ball turns = targets::evaluate(factor_, Ball(0.0), kTurnBits).value;
  piece.zero_sign = zero_sign();
  const bool times_pi =
      factor_.result.is_value() && factor_.code[factor_.result.index].op == ir::Op::Pi;
  if (in_half_turns_) {
    arb_mul_2exp_si(turns.get(), turns.get(), 1);
  } else if (times_pi) {
    turns = Ball(2.0);
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
  const Ball factor = targets::evaluate(factor_, Ball(0.0), 64).value;
  const bool turned = arb_is_negative(factor.get()) != 0;
  if (op_ == ir::Op::Sin) return turned ? ZeroSign::Opposite : ZeroSign::OfInput;
  return arb_is_one(factor.get()) ? ZeroSign::ByParity : ZeroSign::Asked;
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
  const ir::Operand argument = last.operands[0];
  if (argument.is_input()) {
    ir::Program one;
    one.result = one.add_constant(1.0);
    return QuarterTurns(op, one, half_turns);
  }
  if (!argument.is_value()) return {};
  const ir::Instruction& product = program.code[argument.index];
  if (product.op != Op::Mul) return {};
  for (const auto& [x, factor] : {std::pair(product.operands[0], product.operands[1]),
                                  std::pair(product.operands[1], product.operands[0])}) {
    if (x.is_input() && is_factor(program, factor)) {
      return QuarterTurns(op, part_of(program, factor), half_turns);
    }
  }
  return {};
}

bool has_exact_turns(const Piece& piece) {
  // The factor is pi: from 16 on, a step is at least 2^-18 of a quarter turn.
  return piece.error == 0 && piece.c[kTurns2] == 0 && piece.c[kFunction] != kTan;
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

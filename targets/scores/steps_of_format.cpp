// By conversions to integers and by bits; nothing here is rounded.
#include "targets/scores/steps_of_format.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "numbers/format.h"
#include "targets/scores/pieces.h"

namespace ulpforge::targets {
namespace {

/// The place of the operation in a piece.
constexpr std::size_t kOperation = 0;

constexpr double kWhole = 0x1p31;  ///< from there on numbers of the short formats are integers

double truncated(double x) {
  return std::abs(x) < kWhole ? static_cast<double>(static_cast<std::int32_t>(x)) : x;
}

double floor_of(double x) {
  const double n = truncated(x);
  return n > x ? n - 1 : n;
}

/// e with 2^e <= |x| < 2^(e + 1); x normal in double.
int exponent_of(double x) {
  constexpr int kBias = 1023;
  return static_cast<int>((std::bit_cast<std::uint64_t>(x) >> 52) & 0x7ff) - kBias;
}

double value_of(ir::Op op, double x) {
  using ir::Op;
  if (op == Op::Trunc) return truncated(x);
  if (op == Op::RealFloor) return floor_of(x);
  if (op == Op::Ceil) return -floor_of(-x);
  if (op == Op::Round) return truncated(std::abs(x) < kWhole ? x + std::copysign(0.5, x) : x);
  if (op == Op::RoundEven) {
    if (std::abs(x) >= kWhole) return x;
    const double n = floor_of(x + 0.5);  // exact: 25 bits
    const bool middle = n == x + 0.5;
    return middle && n != 2 * truncated(n / 2) ? n - 1 : n;
  }
  if (op == Op::Modf) return x - truncated(x);
  if (op == Op::Frexp) return x * numbers::power_of_two(-exponent_of(x) - 1);
  return exponent_of(x) + (op == Op::FrexpExponent ? 1 : 0);
}

}  // namespace

template <class Format>
std::optional<StepsOfFormat<Format>> StepsOfFormat<Format>::find(const ir::Program& program) {
  using ir::Op;
  if (!program.result.is_value()) return {};
  const ir::Instruction& last = program.code[program.result.index];
  const bool known = last.op == Op::Trunc || last.op == Op::RealFloor || last.op == Op::Ceil ||
                     last.op == Op::Round || last.op == Op::RoundEven || last.op == Op::Modf ||
                     last.op == Op::Frexp || last.op == Op::FrexpExponent || last.op == Op::Logb;
  if (!known || !last.operands[0].is_input()) return {};
  return StepsOfFormat(last.op);
}

template <class Format>
bool StepsOfFormat<Format>::covers(std::uint32_t first) {
  return Format::magnitude(first) >= Format::kSmallestNormal;
}

template <class Format>
Piece StepsOfFormat<Format>::piece(std::uint32_t first, int log_count) const {
  Piece piece;
  piece.first = first;
  piece.log_count = static_cast<std::uint8_t>(log_count);
  piece.kind = Piece::Kind::Steps;
  piece.c[kOperation] = static_cast<double>(op_);
  const bool counts = op_ == ir::Op::FrexpExponent || op_ == ir::Op::Logb;
  piece.zero_sign = counts ? ZeroSign::Positive : ZeroSign::OfInput;
  return piece;
}

template <class Format>
void StepsOfFormat<Format>::evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                                     std::span<double> lo) {
  const auto op = static_cast<ir::Op>(piece.c[kOperation]);
  for (std::size_t i = 0; i < hi.size(); ++i) {
    const auto bits = static_cast<std::uint32_t>(piece.first + offset + i);
    hi[i] = value_of(op, static_cast<double>(Format::value(bits)));
  }
  std::ranges::fill(lo, 0.0);
}

template class StepsOfFormat<numbers::Binary32>;
template class StepsOfFormat<numbers::Binary16>;
template class StepsOfFormat<numbers::Bfloat16>;

}  // namespace ulpforge::targets

// Taking programs apart at their waves, and arithmetic of pairs with bounds.
#include "targets/scores/combination.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>

#include "ir/expression.h"
#include "ir/liveness.h"
#include "ir/uses.h"
#include "targets/exact/reference.h"
#include "targets/scores/pieces.h"

namespace ulpforge::targets {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
/// Above the relative error of any operation on pairs.
constexpr double kRounding = 0x1p-99;
/// Above what is lost to numbers below the normal ones.
constexpr double kTiny = 0x1p-1070;
/// Values of that size are given as kBeyond.
constexpr double kHuge = 0x1p900;
/// What of an error is told as relative to the value.
constexpr double kRelative = 0x1p-46;
/// The roundings of a bound itself.
constexpr double kUp = 1 + 0x1p-40;

/// Which instructions are among those or read one of them, at first or second hand.
std::vector<bool> with_readers(const ir::Program& program, std::vector<bool> those) {
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      const ir::Operand operand = program.code[i].operands[k];
      if (operand.is_value() && those[operand.index]) those[i] = true;
    }
  }
  return those;
}

/// A run of numbers' values with a bound for each: |hi + lo - f| <= error.
constexpr std::size_t kMost = 256;
struct Values {
  std::array<double, kMost> hi;
  std::array<double, kMost> lo;
  std::array<double, kMost> error;
};

/// The larger in size first.
[[gnu::always_inline]] inline void settle(double hi, double lo, double& out_hi, double& out_lo) {
  const double sum = hi + lo;
  out_hi = hi == 0 ? hi : sum;  // keeps the sign of 0
  out_lo = hi == 0 ? lo : lo - (sum - hi);
}

void add_multiple(const Values& a, const Values& b, double sign, std::size_t count,
                  Values& __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const double b_hi = sign * b.hi[i];
    const double b_lo = sign * b.lo[i];
    const double s = a.hi[i] + b_hi;
    const double t = s - a.hi[i];
    const double s_rest = (a.hi[i] - (s - t)) + (b_hi - t);
    const double l = a.lo[i] + b_lo;
    const double u = l - a.lo[i];
    const double l_rest = (a.lo[i] - (l - u)) + (b_lo - u);
    const double first = s_rest + l;
    const double v = s + first;
    const double v_rest = first - (v - s);
    const double rest = l_rest + v_rest;
    // What cancels leaves the low parts: the pair's head may be 0 and its rest not.
    const double head = v + rest;
    out.hi[i] = head;
    out.lo[i] = rest - (head - v);
    out.error[i] = (a.error[i] + b.error[i] + kRounding * std::abs(head) +
                    kRounding * 0x1p-50 * (std::abs(a.hi[i]) + std::abs(b_hi))) *
                   kUp;
    if (a.error[i] == 0 && b.error[i] == 0 && head == 0) out.error[i] = 0;
  }
}

void multiply(const Values& a, const Values& b, std::size_t count, Values& __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const double p = a.hi[i] * b.hi[i];
    const double p_rest = __builtin_fma(a.hi[i], b.hi[i], -p);
    const double cross = __builtin_fma(a.lo[i], b.hi[i],
                                       __builtin_fma(a.hi[i], b.lo[i], a.lo[i] * b.lo[i] + p_rest));
    settle(p, cross, out.hi[i], out.lo[i]);
    const double a_size = std::abs(a.hi[i]) + std::abs(a.lo[i]);
    const double b_size = std::abs(b.hi[i]) + std::abs(b.lo[i]);
    const double error = a_size * b.error[i] + b_size * a.error[i] + a.error[i] * b.error[i] +
                         kRounding * (a_size * b_size);
    const bool zero = (a_size == 0 && a.error[i] == 0) || (b_size == 0 && b.error[i] == 0);
    out.error[i] = zero ? 0 : error * kUp + kTiny;
  }
}

void divide(const Values& a, const Values& b, std::size_t count, Values& __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const double q = a.hi[i] / b.hi[i];
    const double left = __builtin_fma(-q, b.hi[i], a.hi[i]) + __builtin_fma(-q, b.lo[i], a.lo[i]);
    const double second = left / b.hi[i];
    settle(q, second, out.hi[i], out.lo[i]);
    // The quotient of the remainder is rounded three times; it is below 2^-51 |q|.
    const double a_size = std::abs(a.hi[i]) + std::abs(a.lo[i]);
    const double b_least = std::abs(b.hi[i]) - std::abs(b.lo[i]) - b.error[i];
    const double size = std::abs(q) * (1 + 0x1p-50);
    const double error =
        (a.error[i] + size * b.error[i]) / b_least + kRounding * 2 * size + kTiny / b_least;
    const bool zero = a_size == 0 && a.error[i] == 0;
    out.error[i] = zero ? 0 : error * kUp + kTiny;
    if (!(b_least > 0)) out.error[i] = kNan;
  }
}

void square_root(const Values& a, const Values&, std::size_t count, Values& __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const double s = std::sqrt(a.hi[i]);
    const double second = (__builtin_fma(-s, s, a.hi[i]) + a.lo[i]) / (2 * s);
    settle(s, second, out.hi[i], out.lo[i]);
    // s^2 (1 + d) has the root s (1 + d/2 - ...): twice that is enough while |d| < 1/2.
    const double least = a.hi[i] - std::abs(a.lo[i]) - a.error[i];
    out.error[i] = (a.error[i] / s + kRounding * 2 * s) * kUp + kTiny;
    if (!(2 * least > a.hi[i])) out.error[i] = kNan;
  }
}

void negate(const Values& a, const Values&, std::size_t count, Values& __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    out.hi[i] = -a.hi[i];
    out.lo[i] = -a.lo[i];
    out.error[i] = a.error[i];
  }
}

void absolute_value(const Values& a, const Values&, std::size_t count, Values& __restrict out) {
  for (std::size_t i = 0; i < count; ++i) {
    const double sign = std::copysign(1.0, a.hi[i] == 0 && a.lo[i] != 0 ? a.lo[i] : a.hi[i]);
    out.hi[i] = sign * a.hi[i];
    out.lo[i] = sign * a.lo[i];
    out.error[i] = a.error[i];
  }
}

void add(const Values& a, const Values& b, std::size_t count, Values& __restrict out) {
  add_multiple(a, b, 1, count, out);
}
void subtract(const Values& a, const Values& b, std::size_t count, Values& __restrict out) {
  add_multiple(a, b, -1, count, out);
}

struct Rule {
  ir::Op op;
  void (*apply)(const Values& a, const Values& b, std::size_t count, Values& out);
};
constexpr std::array kArithmetic{Rule{ir::Op::Neg, negate},      Rule{ir::Op::Abs, absolute_value},
                                 Rule{ir::Op::Add, add},         Rule{ir::Op::Sub, subtract},
                                 Rule{ir::Op::Mul, multiply},    Rule{ir::Op::Div, divide},
                                 Rule{ir::Op::Sqrt, square_root}};

const Rule* rule_of(ir::Op op) {
  const auto* const found = std::ranges::find(kArithmetic, op, &Rule::op);
  return found == kArithmetic.end() ? nullptr : found;
}

/// Whether the operand is a product or quotient of the factor with others.
bool is_multiple_of(const ir::Program& program, ir::Operand operand, ir::Operand factor) {
  if (operand == factor) return true;
  if (!operand.is_value()) return false;
  const ir::Instruction& last = program.code[operand.index];
  const auto multiple = [&](std::size_t k) {
    return is_multiple_of(program, last.operands[k], factor);
  };
  if (last.op == ir::Op::Neg || last.op == ir::Op::Div) return multiple(0);
  return last.op == ir::Op::Mul && (multiple(0) || multiple(1));
}

}  // namespace

template <class Format>
std::optional<Combination<Format>> Combination<Format>::find(const ir::Program& program) {
  if (program.inputs != 1 || !program.result.is_value()) return {};
  Combination found(program);
  std::vector<bool> is_wave(program.code.size());
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Operand operand = ir::Operand::value(i);
    const ir::Program part = ir::part_of(program, operand);
    if (const auto turns = QuarterTurns<Format>::find(part)) {
      found.waves_.push_back(*turns);
    } else if (const auto waves = BesselWaves<Format>::find(part)) {
      found.waves_.push_back(*waves);
    } else {
      continue;
    }
    is_wave[i] = true;
    found.wave_operands_.push_back(operand);
  }
  const std::vector<bool> wavy = with_readers(program, is_wave);
  if (!wavy[program.result.index] || is_wave[program.result.index]) return {};
  // What the result needs, down to the parts.
  std::vector<ir::Operand> open{program.result};
  while (!open.empty()) {
    const ir::Operand operand = open.back();
    open.pop_back();
    if (operand.is_constant() || operand.is_input()) continue;
    if (is_wave[operand.index] || !wavy[operand.index]) {
      found.add_part(operand);
      continue;
    }
    const ir::Instruction& instruction = program.code[operand.index];
    if (rule_of(instruction.op) == nullptr) return {};
    for (std::size_t k = 0; k < instruction.arity(); ++k) open.push_back(instruction.operands[k]);
  }
  return found;
}

template <class Format>
void Combination<Format>::add_part(ir::Operand operand) {
  if (std::ranges::find(parts_, operand) == parts_.end()) parts_.push_back(operand);
}

template <class Format>
bool Combination<Format>::covers(std::uint32_t first, int log_count) const {
  return std::ranges::any_of(waves_, [&](const Wave& wave) {
    if (const auto* const turns = std::get_if<QuarterTurns<Format>>(&wave))
      return turns->covers(first, log_count);
    return std::get<BesselWaves<Format>>(wave).covers(first);
  });
}

template <class Format>
std::optional<ir::Program> Combination<Format>::without_waves(std::uint32_t first,
                                                              int log_count) const {
  ir::Program program = program_;
  for (std::size_t k = 0; k < waves_.size(); ++k) {
    const std::optional<Piece> constant = constant_wave(k, first, log_count);
    if (!constant) return {};
    ir::replace_uses(program, wave_operands_[k], program.add_constant(constant->c0.hi), 0);
  }
  return program;
}

template <class Format>
std::optional<Piece> Combination<Format>::constant_wave(std::size_t wave, std::uint32_t first,
                                                        int log_count) const {
  const auto* const turns = std::get_if<QuarterTurns<Format>>(&waves_[wave]);
  if (turns == nullptr || !turns->covers(first, log_count)) return {};
  const Piece piece = turns->piece(first, log_count);
  if (piece.kind != Piece::Kind::Polynomial) return {};
  return piece;
}

template <class Format>
std::optional<Piece> Combination<Format>::zero(const Ball& x, std::uint32_t first,
                                               int log_count) const {
  Piece zero;
  zero.first = first;
  zero.log_count = static_cast<std::uint8_t>(log_count);
  for (std::size_t k = 0; k < waves_.size(); ++k) {
    const std::optional<Piece> constant = constant_wave(k, first, log_count);
    if (!constant || constant->c0.hi != 0) continue;
    zero.zero_sign = constant->zero_sign;
    if (zero.zero_sign == ZeroSign::Open) return zero;
    if (!is_multiple_of(program_, program_.result, wave_operands_[k])) continue;
    // The zero's sign times that of what it is multiplied by.
    ir::Program factor = program_;
    ir::replace_uses(factor, wave_operands_[k], factor.add_constant(1.0), 0);
    const Ball size = evaluate(factor, x, 64).value;
    const bool positive = arb_is_positive(size.get()) != 0;
    if (!size.is_finite() || (!positive && arb_is_negative(size.get()) == 0)) return {};
    const bool negative =
        negative_zero(zero.zero_sign, static_cast<double>(Format::value(first))) == positive;
    zero.zero_sign =
        negative == Format::is_negative(first) ? ZeroSign::OfInput : ZeroSign::Opposite;
    return zero;
  }
  return {};
}

template <class Format>
Piece Combination<Format>::piece(std::uint32_t first, int log_count) const {
  Piece piece;
  piece.first = first;
  piece.log_count = static_cast<std::uint8_t>(log_count);
  piece.kind = Piece::Kind::Combination;
  return piece;
}

template <class Format>
CombinedValues<Format>::CombinedValues(const Combination<Format>& combination,
                                       const std::vector<PatternRange>& ranges,
                                       const Preparation& how)
    : program_(combination.program()),
      written_(program_.constants.size()),
      wanted_(program_.code.size()) {
  std::vector<bool> is_part(program_.code.size());
  for (const ir::Operand part : combination.parts()) is_part[part.index] = true;
  // Backwards, so that what is read is known before what reads is looked at.
  wanted_[program_.result.index] = true;
  for (std::size_t i = program_.code.size(); i-- > 0;) {
    if (!wanted_[i] || is_part[i]) continue;
    for (std::size_t k = 0; k < program_.code[i].arity(); ++k) {
      const ir::Operand operand = program_.code[i].operands[k];
      if (operand.is_value()) wanted_[operand.index] = true;
    }
  }
  for (const ir::Operand part : combination.parts()) {
    const ir::Program program = ir::part_of(program_, part);
    if (ir::depends_on_input(program)) {
      std::optional<Reference<Format>> values = Reference<Format>::prepare(program, ranges, how);
      if (!values) return;
      parts_.push_back(part);
      values_.push_back(*std::move(values));
    } else {
      wanted_[part.index] = false;
      ir::replace_uses(program_, part, program_.add_constant(reference(program, 1.0)), 0);
    }
  }
  for (const ir::Operand part : parts_) wanted_[part.index] = false;
}

template <class Format>
Run CombinedValues<Format>::fill(std::uint32_t first, std::span<double> hi,
                                 std::span<double> lo) const {
  Run run;
  run.count = std::min(kMost, hi.size());
  const std::size_t input = program_.code.size() + program_.constants.size();
  const auto values = std::make_unique_for_overwrite<Values[]>(input + 1);
  const auto at = [&](ir::Operand operand) -> Values& {
    if (operand.is_value()) return values[operand.index];
    return values[operand.is_constant() ? program_.code.size() + operand.index : input];
  };
  bool undefined = false;
  bool asked = false;
  run.zero_sign = ZeroSign::OfValue;
  for (std::size_t k = 0; k < parts_.size(); ++k) {
    Values& of = at(parts_[k]);
    const Run part = values_[k].fill(first, std::span(of.hi).first(run.count),
                                     std::span(of.lo).first(run.count));
    run.count = part.count;
    undefined = undefined || (std::isnan(of.hi[0]) && of.lo[0] == 0);
    if (part.zero_sign == ZeroSign::Open) run.zero_sign = ZeroSign::Open;
    for (std::size_t i = 0; i < run.count; ++i) {
      const double size = std::abs(of.hi[i]);
      const bool itself = part.exact_turns && of.lo[i] == 0 && (size == 0 || size == 1);
      of.error[i] = itself ? 0 : (part.error + part.relative * size) * kUp;
      if (size != 0 || of.lo[i] != 0 || of.error[i] != 0) continue;
      if (part.zero_sign == ZeroSign::Asked) {
        asked = true;
      } else {
        const auto x = static_cast<double>(Format::value(first + static_cast<std::uint32_t>(i)));
        of.hi[i] = negative_zero(part.zero_sign, x) ? -0.0 : 0.0;
      }
    }
  }
  if (asked && run.zero_sign != ZeroSign::Open) run.zero_sign = ZeroSign::Asked;
  hi = hi.first(run.count);
  lo = lo.first(run.count);
  if (undefined) {
    std::ranges::fill(hi, kNan);
    std::ranges::fill(lo, 0.0);
    return run;
  }
  for (std::size_t c = 0; c < program_.constants.size(); ++c) {
    const numbers::DoubleDouble value = program_.constants[c];
    Values& of = at(ir::Operand::constant(c));
    std::fill_n(of.hi.begin(), run.count, value.hi);
    std::fill_n(of.lo.begin(), run.count, value.lo);
    // What was written is what is meant; what was computed is rounded.
    const double error = c < written_ ? 0 : 0x1p-105 * std::abs(value.hi);
    std::fill_n(of.error.begin(), run.count, error);
  }
  for (std::size_t i = 0; i < run.count; ++i) {
    values[input].hi[i] = static_cast<double>(Format::value(first + static_cast<std::uint32_t>(i)));
    values[input].lo[i] = values[input].error[i] = 0;
  }
  for (std::size_t i = 0; i < program_.code.size(); ++i) {
    if (!wanted_[i]) continue;
    const ir::Instruction& instruction = program_.code[i];
    const Values& a = at(instruction.operands[0]);
    const Values& b = instruction.arity() > 1 ? at(instruction.operands[1]) : a;
    rule_of(instruction.op)->apply(a, b, run.count, values[i]);
  }
  const Values& result = at(program_.result);
  run.relative = kRelative;
  for (std::size_t i = 0; i < run.count; ++i) {
    const double value = result.hi[i] + result.lo[i];
    const double size = std::abs(value);
    const double error = result.error[i];
    const bool known = std::isfinite(value) && std::isfinite(error);
    if (!known) {
      hi[i] = lo[i] = kNan;
    } else if (size - error > kHuge) {
      hi[i] = std::copysign(kBeyond, value);
      lo[i] = 0;
    } else if (size + error < kBeside && error < size) {
      hi[i] = 0;
      lo[i] = std::copysign(kBeside, value);
      run.error = std::max(run.error, kBeside * (1 - 0x1p-40));
    } else {
      hi[i] = result.hi[i];
      lo[i] = result.lo[i];
      run.error = std::max(run.error, error - kRelative * std::abs(hi[i]));
    }
  }
  return run;
}

template class Combination<numbers::Binary32>;
template class Combination<numbers::Binary16>;
template class Combination<numbers::Bfloat16>;
template class CombinedValues<numbers::Binary32>;
template class CombinedValues<numbers::Binary16>;
template class CombinedValues<numbers::Bfloat16>;

}  // namespace ulpforge::targets

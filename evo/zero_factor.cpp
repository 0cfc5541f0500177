// Differences from the target's zeros.
#include "evo/zero_factor.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ir/evaluate.h"
#include "ir/uses.h"
#include "targets/exact/reference.h"

namespace ulpforge::evo {
namespace {

using ir::Op;
using ir::Operand;

ir::Operand difference(ir::Program& program, const numbers::DoubleDouble& zero) {
  if (zero.hi == 0) return Operand::input();
  Operand result = program.add(Op::Add, Operand::input(), program.add_constant(-zero.hi));
  if (zero.lo != 0) result = program.add(Op::Add, result, program.add_constant(-zero.lo));
  return result;
}

/// c x + d, as an instruction of the program that is the only one to read c x.
struct Line {
  std::size_t product;
  numbers::DoubleDouble c;
  numbers::DoubleDouble d;
};

std::optional<Line> line_at(const ir::Program& program, const std::vector<int>& uses,
                            std::size_t i) {
  const ir::Instruction& sum = program.code[i];
  if (sum.op != Op::Add && sum.op != Op::Sub) return std::nullopt;
  for (std::size_t side = 0; side < 2; ++side) {
    const Operand product = sum.operands[side];
    const Operand constant = sum.operands[1 - side];
    if (!product.is_value() || !constant.is_constant() || uses[product.index] != 1) continue;
    const ir::Instruction& factors = program.code[product.index];
    if (factors.op != Op::Mul) continue;
    for (std::size_t k = 0; k < 2; ++k) {
      if (!factors.operands[k].is_input() || !factors.operands[1 - k].is_constant()) continue;
      Line line{product.index, program.constants[factors.operands[1 - k].index],
                program.constants[constant.index]};
      if (sum.op == Op::Sub) (side == 0 ? line.d : line.c) = -(side == 0 ? line.d : line.c);
      return line;
    }
  }
  return std::nullopt;
}

/// Simplification writes c (x - z) as c x - c z, where the fit would move the zero.
bool restore_product(ir::Program& program, std::size_t i, std::span<const targets::Zero> zeros) {
  constexpr double kSameZero = 0x1p-96;
  const auto line = line_at(program, ir::count_uses(program), i);
  if (!line) return false;
  for (const targets::Zero& zero : zeros) {
    if (zero.at.hi == 0) continue;
    const numbers::DoubleDouble rest = line->c * zero.at + line->d;
    if (!(std::abs(rest.hi) <= kSameZero * std::abs(line->d.hi))) continue;
    program.code[line->product] = {Op::Add, {Operand::input(), program.add_constant(-zero.at), {}}};
    program.code[i] = {Op::Mul, {Operand::value(line->product), program.add_constant(line->c), {}}};
    return true;
  }
  return false;
}

bool is_zero_between_doubles(const numbers::DoubleDouble& value, const targets::Target& target) {
  return value.lo != 0 &&
         std::ranges::any_of(required_zeros(target), [&](const targets::Zero& zero) {
           return value == zero.at || value == -zero.at;
         });
}

}  // namespace

std::span<const targets::Zero> required_zeros(const targets::Target& target) {
  if (target.metric == targets::Metric::Absolute) return {};
  return target.zeros;
}

std::vector<double> zero_constants(const targets::Target& target) {
  std::vector<double> constants;
  for (const targets::Zero& zero : required_zeros(target)) {
    for (const double part : {zero.at.hi, zero.at.lo}) {
      if (part == 0) continue;
      constants.push_back(part);
      constants.push_back(-part);
    }
  }
  return constants;
}

std::optional<ir::Program> product_of_zeros(const targets::Target& target) {
  ir::Program program;
  std::optional<Operand> product;
  for (const targets::Zero& zero : required_zeros(target)) {
    const Operand factor = difference(program, zero.at);
    for (int k = 0; k < std::max(zero.order, 1); ++k) {
      product = product ? program.add(Op::Mul, *product, factor) : factor;
    }
  }
  if (!product) return std::nullopt;
  program.result = *product;
  return program;
}

namespace {

/// A zero as two floats.
struct FloatParts {
  double high;
  double low;
};

FloatParts float_parts(const targets::Zero& zero) {
  const double high = static_cast<float>(zero.at.hi);
  return {high, static_cast<float>((zero.at.hi - high) + zero.at.lo)};
}

}  // namespace

std::vector<double> zero_constants_of_floats(std::span<const targets::Zero> zeros) {
  std::vector<double> constants;
  if (!zeros.empty()) constants.push_back(0);  // what makes a zero positive
  for (const targets::Zero& zero : zeros) {
    const auto [high, low] = float_parts(zero);
    for (const double part : {high, low}) {
      if (part != 0) constants.insert(constants.end(), {part, -part});
    }
  }
  return constants;
}

ir::Program with_differences_of_floats(const ir::Program& program,
                                       std::span<const targets::Zero> zeros) {
  ir::Program out = program;
  const auto constant_of = [&](std::size_t i, std::size_t side) -> std::optional<double> {
    const ir::Instruction& step = out.code[i];
    if ((step.op != Op::Add && step.op != Op::Sub) || !step.operands[side].is_constant()) return {};
    const numbers::DoubleDouble value = out.constants[step.operands[side].index];
    return value.lo == 0 ? std::optional(value.hi) : std::nullopt;
  };
  for (std::size_t i = 0; i < out.code.size(); ++i) {
    for (std::size_t side = 0; side < 2; ++side) {
      const std::optional<double> value = constant_of(i, side);
      const auto zero = std::ranges::find_if(zeros, [&](const targets::Zero& each) {
        return each.at.hi != 0 && value && std::abs(*value) == std::abs(each.at.hi);
      });
      if (zero == zeros.end()) continue;
      const double sign = *value == zero->at.hi ? 1 : -1;
      const auto [high, low] = float_parts(*zero);
      out.code[i].operands[side] = out.add_constant(sign * high);
      const bool subtracted = out.code[i].op == Op::Sub && side == 1;
      // The low part of the double takes the place of the float's, if there is one.
      bool placed = low == 0;
      for (std::size_t j = i + 1; j < out.code.size() && zero->at.lo != 0; ++j) {
        for (std::size_t k = 0; k < 2; ++k) {
          const std::optional<double> rest = constant_of(j, k);
          if (!rest || std::abs(*rest) != std::abs(zero->at.lo) ||
              out.code[j].operands[1 - k] != Operand::value(i)) {
            continue;
          }
          out.code[j].operands[k] = out.add_constant(*rest / zero->at.lo * low);
          placed = true;
        }
      }
      if (placed) continue;
      const Operand sum = Operand::value(i);
      const Operand rest = out.add_constant(subtracted ? -sign * low : sign * low);
      const Operand whole = ir::insert_instruction(out, i + 1, {Op::Add, {sum, rest, {}}});
      ir::replace_uses(out, sum, whole, i + 2);
      if (out.result == sum) out.result = whole;
    }
  }
  return out;
}

ir::Program with_exact_differences(const ir::Program& program, const targets::Target& target) {
  ir::Program out = program;
  bool changed = false;
  for (std::size_t i = 0; i < out.code.size(); ++i) {
    changed = restore_product(out, i, required_zeros(target)) || changed;
  }
  for (std::size_t i = 0; i < out.code.size(); ++i) {
    const Op op = out.code[i].op;
    if (op != Op::Add && op != Op::Sub) continue;
    for (std::size_t side = 0; side < 2; ++side) {
      const Operand operand = out.code[i].operands[side];
      if (!operand.is_constant()) continue;
      const numbers::DoubleDouble value = out.constants[operand.index];
      if (!is_zero_between_doubles(value, target)) continue;
      changed = true;
      // The high part where it is, the low part behind it: a - (h + l) == (a - h) + -l.
      const bool subtracted = op == Op::Sub && side == 1;
      out.code[i].operands[side] = out.add_constant(value.hi);
      const Operand rest = out.add_constant(subtracted ? -value.lo : value.lo);
      const Operand sum = Operand::value(i);
      const Operand whole = ir::insert_instruction(out, i + 1, {Op::Add, {sum, rest, {}}});
      ir::replace_uses(out, sum, whole, i + 2);
      if (out.result == sum) out.result = whole;
      break;
    }
  }
  if (!changed) return program;
  // A constant that nothing reads any more would count.
  ir::Program compact = out;
  compact.constants.clear();
  const auto keep = [&](Operand& operand) {
    if (operand.is_constant()) operand = compact.add_constant(out.constants[operand.index]);
  };
  for (ir::Instruction& instruction : compact.code) {
    for (std::size_t k = 0; k < instruction.arity(); ++k) keep(instruction.operands[k]);
  }
  keep(compact.result);
  return compact;
}

bool may_vanish(const ir::Program& program, const targets::Target& target) {
  return std::ranges::all_of(required_zeros(target), [&](const targets::Zero& zero) {
    if (zero.at.hi == 0) return true;
    const double value = ir::evaluate(program, zero.at).hi;
    return value == 0 || !std::isfinite(value);
  });
}

bool vanishes_at_end(const targets::Target& target, double end) {
  const double value = targets::value_at(target, end).hi;
  if (value == 0) return true;
  if (std::isfinite(value) || end != 0) return false;
  constexpr double kNear = 0x1p-300;
  constexpr double kNothing = 0x1p-100;
  const double near = targets::value_at(target, target.domain.hi > 0 ? kNear : -kNear).hi;
  return std::abs(near) < kNothing;
}

double distance_from(const targets::Zero& zero, double distance) {
  constexpr double kFew = 4;
  const double size = std::abs(zero.at.hi);
  return std::max(distance,
                  kFew * (std::nextafter(size, std::numeric_limits<double>::infinity()) - size));
}

double away_from_zeros(const targets::Target& target, double x, double distance) {
  for (const targets::Zero& zero : required_zeros(target)) {
    const double least = distance_from(zero, distance);
    const double offset = x - zero.at.hi;
    if (std::abs(offset) < least) x = zero.at.hi + std::copysign(least, offset);
  }
  return x;
}

}  // namespace ulpforge::evo

// Translation between programs and tapes.
#include "evo/tape.h"

#include <algorithm>

namespace ulpforge::evo {

namespace {

/// `place` has the position of each instruction's value on the tape.
std::optional<Step> make_step(const ir::Instruction& instruction,
                              const std::array<std::uint8_t, kMaxSteps + 1>& place) {
  using ir::Op;
  const auto position = [&](ir::Operand operand) {
    return operand.is_input() ? std::uint8_t{0} : place[operand.index];
  };
  const ir::Operand a = instruction.operands[0];
  const ir::Operand b = instruction.operands[1];
  const bool left = a.is_constant();
  const bool right = instruction.arity() == 2 && b.is_constant();
  if (left && (right || instruction.arity() == 1)) return std::nullopt;
  Step step;
  if (left || right) {
    const ir::Operand constant = left ? a : b;
    step.constant = static_cast<std::int8_t>(constant.index);
    step.a = position(left ? b : a);
    switch (instruction.op) {
      case Op::Add:
        step.code = Code::AddConstant;
        return step;
      case Op::Mul:
        step.code = Code::MulConstant;
        return step;
      case Op::Min:
        step.code = Code::MinConstant;
        return step;
      case Op::Max:
        step.code = Code::MaxConstant;
        return step;
      case Op::Sub:
        step.code = Code::ConstantMinus;
        break;
      case Op::Div:
        step.code = Code::ConstantOver;
        break;
      default:
        return std::nullopt;
    }
    return left ? std::optional(step) : std::nullopt;
  }
  step.a = position(a);
  step.b = position(b);
  switch (instruction.op) {
    case Op::Add:
      step.code = Code::Add;
      break;
    case Op::Sub:
      step.code = Code::Sub;
      break;
    case Op::Mul:
      step.code = Code::Mul;
      break;
    case Op::Div:
      step.code = Code::Div;
      break;
    case Op::Sqrt:
      step.code = Code::Sqrt;
      break;
    case Op::Neg:
      step.code = Code::Neg;
      break;
    case Op::Abs:
      step.code = Code::Abs;
      break;
    case Op::Min:
      step.code = Code::Min;
      break;
    case Op::Max:
      step.code = Code::Max;
      break;
    default:
      return std::nullopt;
  }
  return step;
}

}  // namespace

std::optional<Tape> make_tape(const ir::Program& program, std::span<const double> pins) {
  const std::size_t length = program.code.size();
  if (length > kMaxSteps || program.constants.size() > kMaxSteps) return std::nullopt;
  const bool ends_with_result =
      length == 0 ? program.result.is_input() : program.result == ir::Operand::value(length - 1);
  if (!ends_with_result) return std::nullopt;
  Tape tape;
  tape.constants = static_cast<int>(program.constants.size());
  std::array<std::uint8_t, kMaxSteps + 1> place{};
  // Where the product of an fma stands in place: no instruction of a program this long.
  constexpr std::size_t kProduct = kMaxSteps;
  const auto put = [&](std::size_t i, const ir::Instruction& instruction) {
    const std::optional<Step> step = make_step(instruction, place);
    if (!step || tape.length == kMaxSteps) return false;
    tape.instruction[static_cast<std::size_t>(tape.length)] = static_cast<std::uint8_t>(i);
    tape.steps[static_cast<std::size_t>(tape.length++)] = *step;
    if (step->code == Code::AddConstant || step->code == Code::ConstantMinus) {
      const numbers::DoubleDouble& value =
          program.constants[static_cast<std::size_t>(step->constant)];
      if (value.lo == 0 && std::ranges::find(pins, value.hi) != pins.end()) {
        tape.pinned |= std::uint64_t{1} << step->constant;
      }
    }
    return true;
  };
  for (std::size_t i = 0; i < length; ++i) {
    ir::Instruction instruction = program.code[i];
    if (instruction.op == ir::Op::Fma) {
      if (!put(i, {ir::Op::Mul, {instruction.operands[0], instruction.operands[1], {}}})) {
        return std::nullopt;
      }
      place[kProduct] = static_cast<std::uint8_t>(tape.length);
      instruction = {ir::Op::Add, {ir::Operand::value(kProduct), instruction.operands[2], {}}};
    }
    if (!put(i, instruction)) return std::nullopt;
    place[i] = static_cast<std::uint8_t>(tape.length);
  }
  return tape;
}

Constants constants_of(const ir::Program& program) {
  Constants constants;
  for (std::size_t k = 0; k < program.constants.size() && k < kMaxSteps; ++k) {
    constants.hi[k] = program.constants[k].hi;
    constants.lo[k] = program.constants[k].lo;
  }
  return constants;
}

void set_constants(ir::Program& program, const Constants& constants) {
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    program.constants[k] = {constants.hi[k], constants.lo[k]};
  }
}

}  // namespace ulpforge::evo

// Writes and reads programs, and refuses bytes that are not a state.
#include "evo/state_stream.h"

#include <fmt/format.h>

namespace ulpforge::evo {

void StateWriter::put(const ir::Program& program) {
  const auto put_operand = [this](const ir::Operand& operand) {
    put(static_cast<std::uint8_t>(operand.kind));
    put(operand.index);
  };
  put(program.inputs);
  for (const ir::Type type : program.input_types) put(static_cast<std::uint8_t>(type));
  put(program.constants);
  put(std::uint64_t{program.code.size()});
  for (const ir::Instruction& instruction : program.code) {
    put(static_cast<std::uint8_t>(instruction.op));
    put(static_cast<std::uint8_t>(instruction.type));
    put(instruction.immediate);
    for (std::size_t k = 0; k < instruction.arity(); ++k) put_operand(instruction.operands[k]);
  }
  put_operand(program.result);
}

void StateReader::get(ir::Program& program) {
  constexpr std::size_t kTypes = static_cast<std::size_t>(ir::Type::Bool) + 1;
  constexpr std::size_t kKinds = static_cast<std::size_t>(ir::Operand::Kind::Value) + 1;
  const auto get_operand = [&](ir::Operand& operand) {
    operand.kind = static_cast<ir::Operand::Kind>(below(kKinds));
    get(operand.index);
  };
  program = {};
  program.inputs = below(ir::Program::kMaxInputs + 1);
  for (ir::Type& type : program.input_types) type = static_cast<ir::Type>(below(kTypes));
  get(program.constants);
  for (std::uint64_t n = count(); n > 0; --n) {
    ir::Instruction& instruction = program.code.emplace_back();
    instruction.op = static_cast<ir::Op>(below(ir::operations().size()));
    instruction.type = static_cast<ir::Type>(below(kTypes));
    get(instruction.immediate);
    for (std::size_t k = 0; k < instruction.arity(); ++k) get_operand(instruction.operands[k]);
  }
  get_operand(program.result);
  if (const auto defect = ir::find_defect(program)) {
    throw DamagedState(fmt::format("a program has a defect: {}", *defect));
  }
}

std::uint8_t StateReader::below(std::size_t end) {
  const auto value = number<std::uint8_t>();
  if (value >= end) throw DamagedState(fmt::format("{} where less than {} is due", value, end));
  return value;
}

std::uint64_t StateReader::count() {
  const auto value = number<std::uint64_t>();
  if (value > bytes_.size()) throw DamagedState("it is cut off");
  return value;
}

std::string_view StateReader::raw(std::uint64_t size) {
  if (size > bytes_.size()) throw DamagedState("it is cut off");
  const std::string_view bytes = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return bytes;
}

}  // namespace ulpforge::evo

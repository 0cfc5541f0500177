// The program: a flat list of operations in static single assignment, and its constants.
//
// One type serves candidates, targets and range-reduction schemes. A program is a value; the empty
// program returns its input.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ir/double_double.h"
#include "ir/ops.h"

namespace ulpforge::ir {

/// What an operation reads: the input x, a constant, or the value of an earlier instruction.
struct Operand {
  enum class Kind : std::uint8_t { Input, Constant, Value };
  Kind kind = Kind::Input;
  std::uint16_t index = 0;  ///< into constants or code; 0 for the input

  static Operand input() { return {}; }
  static Operand constant(std::size_t i) { return {Kind::Constant, static_cast<std::uint16_t>(i)}; }
  static Operand value(std::size_t i) { return {Kind::Value, static_cast<std::uint16_t>(i)}; }
  bool is_input() const { return kind == Kind::Input; }
  bool is_constant() const { return kind == Kind::Constant; }
  bool is_value() const { return kind == Kind::Value; }
  friend bool operator==(const Operand&, const Operand&) = default;
};

struct Instruction {
  Op op = Op::Add;
  std::array<Operand, 3> operands{};  ///< the first info(op).arity are used

  std::size_t arity() const { return info(op).arity; }
  friend bool operator==(const Instruction&, const Instruction&) = default;
};

struct Program {
  std::vector<DoubleDouble> constants;
  std::vector<Instruction> code;
  Operand result;

  friend bool operator==(const Program&, const Program&) = default;

  /// Appends a constant and returns the operand that reads it.
  Operand add_constant(DoubleDouble value);
  /// Appends an instruction and returns the operand that reads its value.
  Operand add(Op op, Operand a = {}, Operand b = {}, Operand c = {});
};

/// What is wrong with the program's structure (an operand that does not exist yet, a missing
/// constant), or nothing.
std::optional<std::string> find_defect(const Program& program);

/// What the text form and emitted code call an operand: "x", "c3", "v0".
std::string name_of(Operand operand);

/// Sum of the costs of all instructions, from the operation table.
double cost(const Program& program);

}  // namespace ulpforge::ir

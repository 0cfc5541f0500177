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

#include "ir/ops.h"
#include "numbers/double_double.h"

namespace ulpforge::ir {

/// What an operation reads: an input, a constant, or the value of an earlier instruction. A table
/// is named by its first constant.
struct Operand {
  enum class Kind : std::uint8_t { Input, Constant, Value };
  Kind kind = Kind::Input;
  std::uint16_t index = 0;  ///< into inputs, constants or code

  static Operand input(std::size_t i = 0) { return {Kind::Input, static_cast<std::uint16_t>(i)}; }
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
  Type type = Type::Real;             ///< the T of the operation's signature
  std::uint8_t immediate = 0;         ///< truth table of Op::Ternary

  std::size_t arity() const { return info(op).arity; }
  friend bool operator==(const Instruction&, const Instruction&) = default;
};

/// A program of the real regime has the type Real throughout; a machine program has machine types
/// throughout. A constant has the type that its readers expect: integers are held exactly as
/// hi + lo, floats in hi.
struct Program {
  static constexpr std::size_t kMaxInputs = 3;

  std::vector<numbers::DoubleDouble> constants;
  std::vector<Instruction> code;
  Operand result;
  std::array<Type, kMaxInputs> input_types = {};  ///< the first `inputs` count; x, y, z
  std::uint8_t inputs = 1;

  /// The same text: a NaN is like another, and zeros of different signs are not.
  friend bool operator==(const Program& a, const Program& b);

  /// Appends a constant and returns the operand that reads it.
  Operand add_constant(numbers::DoubleDouble value);
  /// Appends an instruction and returns the operand that reads its value.
  Operand add(Op op, Operand a = {}, Operand b = {}, Operand c = {});
  /// The same over a machine type.
  Operand add(Type type, Op op, Operand a = {}, Operand b = {}, Operand c = {},
              std::uint8_t immediate = 0);
};

/// What is wrong with the program (an operand that does not exist yet, a missing constant, types
/// that do not fit, a constant that its type does not hold), or nothing.
std::optional<std::string> find_defect(const Program& program);

/// Whether it is a program over machine types.
bool is_machine(const Program& program);

/// The type of each constant by its readers; Real where nothing reads it.
std::vector<Type> constant_types(const Program& program);
/// The type of an operand that is not a constant.
Type type_of(const Program& program, Operand operand);
Type result_type(const Program& program);

/// A constant as a machine value of that type: its bits, zero-extended to 64. Floats are rounded to
/// nearest, integers taken modulo the width.
std::uint64_t constant_bits(const numbers::DoubleDouble& value, Type type);
/// All constants of a machine program. What the interpreter and compiled code take.
std::vector<std::uint64_t> constant_bits(const Program& program);
/// The integer as a constant: hi + lo.
numbers::DoubleDouble integer_constant(std::int64_t value);
std::int64_t integer_value(const numbers::DoubleDouble& constant);

/// What the text form and emitted code call an operand: "x" ("y", "z"), "c3", "v0".
std::string name_of(Operand operand);

/// Sum of the costs of all instructions, from the operation table.
double cost(const Program& program);

}  // namespace ulpforge::ir

// Random programs over all machine types.
#pragma once

#include <map>
#include <random>
#include <vector>

#include "ir/machine_programs.h"

namespace ulpforge::jit::test {

/// A program from X to a number, of that many operations or a few more. Bits of NaNs, in which
/// hardware and compilers differ, never reach an operation that shows them.
inline ir::Program random_machine_program(ir::Type input, std::size_t operations,
                                          std::mt19937_64& random) {
  using ir::Op;
  using ir::Operand;
  using ir::Type;
  static const std::vector<ir::test::TypedRow> rows = ir::test::typed_rows();
  ir::Program program;
  program.input_types[0] = input;
  std::map<Type, std::vector<Operand>> values;
  values[input].push_back(Operand::input());
  const auto constant = [&](Type type) {
    if (ir::is_integer(type)) {
      return program.add_constant(
          static_cast<double>(static_cast<std::int32_t>(random()) >> (random() % 32)));
    }
    const float size = std::ldexp(static_cast<float>(static_cast<std::int32_t>(random())),
                                  static_cast<int>(random() % 24) - 40);
    return program.add_constant(static_cast<double>(size));
  };
  const auto pick = [&](Type type, bool shows_bits) {
    const std::vector<Operand>& known = values[type];
    if (known.empty() || (random() % 4 == 0 && type != Type::Bool)) return constant(type);
    const Operand value = known[random() % known.size()];
    if (!shows_bits || !ir::is_float(type)) return value;
    const Operand is_number = program.add(type, Op::Equal, value, value);
    const Operand one = program.add_constant(1.0);
    return program.add(type, Op::Select, is_number, value, one);
  };
  while (program.code.size() < operations) {
    const ir::test::TypedRow& typed = rows[random() % rows.size()];
    const auto shows_bits = [&](std::size_t k) {
      return typed.row.op == Op::Bits || typed.row.op == Op::ReciprocalEstimate ||
             typed.row.op == Op::Scalef || (typed.row.op == Op::Copysign && k == 1);
    };
    bool possible = true;
    for (std::size_t k = 0; k < typed.row.arity; ++k) {
      const Type type = operand_type(typed.row, typed.type, k);
      possible = possible && (type != Type::Bool || !values[type].empty());
    }
    if (!possible) continue;
    std::array<Operand, 3> operands{};
    for (std::size_t k = 0; k < typed.row.arity; ++k) {
      const Type type = operand_type(typed.row, typed.type, k);
      const std::size_t entries = table_size(typed.row, k);
      operands[k] = entries > 0 ? constant(type) : pick(type, shows_bits(k));
      for (std::size_t i = 1; i < entries; ++i) constant(type);
    }
    const Operand value = program.add(
        typed.type, typed.row.op, operands[0], operands[1], operands[2],
        typed.row.op == Op::Ternary ? static_cast<std::uint8_t>(random()) : std::uint8_t{0});
    values[result_type(typed.row, typed.type)].push_back(value);
  }
  // The last value that is a number.
  program.result = Operand::input();
  for (std::size_t i = program.code.size(); i-- > 0;) {
    program.result = Operand::value(i);
    if (ir::result_type(program) != Type::Bool) break;
    program.result = Operand::input();
  }
  return program;
}

}  // namespace ulpforge::jit::test

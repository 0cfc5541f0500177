// Building and checking programs.
#include "ir/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace ulpforge::ir {

bool operator==(const Program& a, const Program& b) {
  const auto same_number = [](double x, double y) {
    return std::isnan(x) ? std::isnan(y) : x == y;
  };
  const auto same = [&](const numbers::DoubleDouble& x, const numbers::DoubleDouble& y) {
    return same_number(x.hi, y.hi) && std::signbit(x.hi) == std::signbit(y.hi) &&
           same_number(x.lo, y.lo);
  };
  return std::ranges::equal(a.constants, b.constants, same) && a.code == b.code &&
         a.result == b.result && a.input_types == b.input_types && a.inputs == b.inputs;
}

Operand Program::add_constant(numbers::DoubleDouble value) {
  constants.push_back(value);
  return Operand::constant(constants.size() - 1);
}

Operand Program::add(Op op, Operand a, Operand b, Operand c) {
  code.push_back({op, {a, b, c}});
  return Operand::value(code.size() - 1);
}

Operand Program::add(Type type, Op op, Operand a, Operand b, Operand c, std::uint8_t immediate) {
  code.push_back({op, {a, b, c}, type, immediate});
  return Operand::value(code.size() - 1);
}

namespace {

using Defect = std::optional<std::string>;

bool exists(const Program& program, Operand operand, std::size_t values) {
  switch (operand.kind) {
    case Operand::Kind::Input:
      return operand.index < program.inputs;
    case Operand::Kind::Constant:
      return operand.index < program.constants.size();
    case Operand::Kind::Value:
      return operand.index < values;
  }
  return false;
}

/// Calls function(constant, type) for every constant that operand k of the instruction reads.
template <class Function>
void for_each_constant(const Instruction& step, std::size_t k, Function function) {
  const OpInfo& row = info(step.op);
  const Operand operand = step.operands[k];
  if (!operand.is_constant()) return;
  const std::size_t count = std::max<std::size_t>(1, table_size(row, k));
  for (std::size_t i = 0; i < count; ++i) {
    function(operand.index + i, operand_type(row, step.type, k));
  }
}

Defect operand_defect(const Program& program, std::size_t i, std::size_t k) {
  const Instruction& step = program.code[i];
  const OpInfo& row = info(step.op);
  const Operand operand = step.operands[k];
  if (!exists(program, operand, i)) {
    return fmt::format("instruction {} ({}) reads an operand that does not exist before it", i,
                       row.name);
  }
  if (const std::size_t entries = table_size(row, k); entries > 0) {
    if (!operand.is_constant() || operand.index + entries > program.constants.size()) {
      return fmt::format("instruction {} ({}) needs a table of {} constants as operand {}", i,
                         row.name, entries, k + 1);
    }
    return std::nullopt;
  }
  if (operand.is_constant()) return std::nullopt;
  const Type wanted = operand_type(row, step.type, k);
  const Type found = type_of(program, operand);
  if (found == wanted) return std::nullopt;
  return fmt::format("instruction {} ({}) takes {} as operand {}, not {}", i, row.name,
                     name(wanted), k + 1, name(found));
}

Defect value_defect(const numbers::DoubleDouble& value, std::size_t index, Type type) {
  bool fits = true;
  if (is_integer(type)) {
    const double whole = value.hi + value.lo;
    const double most = type == Type::I32 ? 0x1p32 : 0x1p63;
    fits = std::trunc(value.hi) == value.hi && std::trunc(value.lo) == value.lo && whole >= -most &&
           whole <= most;
  }
  if (fits) return std::nullopt;
  return fmt::format("constant c{} is {:.17g}, which {} does not hold", index, value.hi,
                     name(type));
}

Defect constant_defect(const Program& program) {
  std::vector<Type> types(program.constants.size(), Type::Real);
  std::vector<char> read(program.constants.size(), 0);
  Defect defect;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      for_each_constant(program.code[i], k, [&](std::size_t c, Type type) {
        if (read[c] && types[c] != type && !defect) {
          defect =
              fmt::format("constant c{} is read as {} and as {}", c, name(types[c]), name(type));
        }
        if (type == Type::Bool && !defect) {
          defect = fmt::format("constant c{} is read as bool; there are no bool constants", c);
        }
        if (!defect) defect = value_defect(program.constants[c], c, type);
        read[c] = 1;
        types[c] = type;
      });
    }
  }
  return defect;
}

}  // namespace

Defect find_defect(const Program& program) {
  if (program.inputs < 1 || program.inputs > Program::kMaxInputs) {
    return fmt::format("a program has 1 to {} inputs, not {}", Program::kMaxInputs, program.inputs);
  }
  const bool machine = is_machine(program);
  for (std::size_t k = 0; k < program.inputs; ++k) {
    const Type type = program.input_types[k];
    if (type == Type::Bool || (type == Type::Real) == machine) {
      return fmt::format("input {} cannot be {}", name_of(Operand::input(k)), name(type));
    }
  }
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const Instruction& step = program.code[i];
    const OpInfo& row = info(step.op);
    if (!contains(row.types, step.type) || (step.type == Type::Real) == machine) {
      return fmt::format("instruction {} ({}) does not exist over {}{}", i, row.name,
                         name(step.type), machine ? "" : " in a program over real numbers");
    }
    for (std::size_t k = 0; k < step.arity(); ++k) {
      if (auto defect = operand_defect(program, i, k)) return defect;
    }
  }
  if (!exists(program, program.result, program.code.size())) return "the result does not exist";
  if (machine && program.result.is_constant())
    return "the result of a machine program is a constant";
  return constant_defect(program);
}

bool is_machine(const Program& program) { return program.input_types[0] != Type::Real; }

std::vector<Type> constant_types(const Program& program) {
  std::vector<Type> types(program.constants.size(), Type::Real);
  for (const Instruction& step : program.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) {
      for_each_constant(step, k, [&](std::size_t c, Type type) { types[c] = type; });
    }
  }
  return types;
}

Type type_of(const Program& program, Operand operand) {
  if (operand.is_input()) return program.input_types[operand.index];
  if (operand.is_constant()) return constant_types(program)[operand.index];
  const Instruction& step = program.code[operand.index];
  return result_type(info(step.op), step.type);
}

Type result_type(const Program& program) { return type_of(program, program.result); }

numbers::DoubleDouble integer_constant(std::int64_t value) {
  const auto hi = static_cast<double>(value);
  // 2^63 itself is what the largest integers round to.
  const std::int64_t rest = hi == 0x1p63 ? value - std::numeric_limits<std::int64_t>::max() - 1
                                         : value - static_cast<std::int64_t>(hi);
  return {hi, static_cast<double>(rest)};
}

std::int64_t integer_value(const numbers::DoubleDouble& constant) {
  const auto whole = [](double part) -> std::uint64_t {
    if (!(part >= -0x1p63 && part <= 0x1p63)) return 0;
    if (part == 0x1p63) return std::uint64_t{1} << 63;
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(part));
  };
  return static_cast<std::int64_t>(whole(constant.hi) + whole(constant.lo));
}

std::uint64_t constant_bits(const numbers::DoubleDouble& value, Type type) {
  switch (type) {
    case Type::F32:
      return std::bit_cast<std::uint32_t>(static_cast<float>(value.hi));
    case Type::I32:
      return static_cast<std::uint32_t>(integer_value(value));
    case Type::I64:
      return static_cast<std::uint64_t>(integer_value(value));
    default:
      return std::bit_cast<std::uint64_t>(value.hi);
  }
}

std::vector<std::uint64_t> constant_bits(const Program& program) {
  const std::vector<Type> types = constant_types(program);
  std::vector<std::uint64_t> result(types.size());
  for (std::size_t k = 0; k < types.size(); ++k) {
    result[k] = constant_bits(program.constants[k], types[k]);
  }
  return result;
}

std::string name_of(Operand operand) {
  switch (operand.kind) {
    case Operand::Kind::Input:
      return std::string(1, "xyz"[operand.index]);
    case Operand::Kind::Constant:
      return fmt::format("c{}", operand.index);
    case Operand::Kind::Value:
      break;
  }
  return fmt::format("v{}", operand.index);
}

double cost(const Program& program) {
  double total = 0;
  for (const Instruction& instruction : program.code) total += info(instruction.op).cost;
  return total;
}

}  // namespace ulpforge::ir

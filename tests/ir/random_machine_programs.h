// Random machine programs whose results do not depend on the sign and payload of NaNs that
// arithmetic makes, so that they can be compared by bits.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/ir/machine_programs.h"

namespace ulpforge::ir::test {

class RandomMachinePrograms {
 public:
  explicit RandomMachinePrograms(std::uint64_t seed) : random_(seed) {}

  /// `length` instructions (and those that keep NaNs from showing) over every row of the operation
  /// table, rich in sums of products. Inputs and result are floats.
  Program program(std::size_t length, Type type) {
    program_ = Program();
    program_.input_types[0] = type;
    values_ = {};
    remember(Operand::input(), type);
    static const std::vector<TypedRow> rows = typed_rows();
    while (program_.code.size() < length) {
      if (below(2) == 0) {
        sum_of_product();
      } else {
        row(rows[below(rows.size())]);
      }
    }
    program_.result = reduce(type);
    return program_;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  void remember(Operand operand, Type type) {
    values_[static_cast<std::size_t>(type)].push_back(operand);
  }

  /// A value of that type: one of the latest, or a constant.
  Operand pick(Type type) {
    const std::vector<Operand>& known = values_[static_cast<std::size_t>(type)];
    if (!known.empty() && below(4) != 0) {
      return known[known.size() - 1 - below(std::min<std::size_t>(known.size(), 5))];
    }
    if (type == Type::Bool) {
      return program_.add(Type::I32, Op::Less, pick(Type::I32), pick(Type::I32));
    }
    if (is_integer(type)) return program_.add_constant(static_cast<double>(below(64)) - 8);
    const double size = std::ldexp(1.0 + static_cast<double>(below(1 << 20)) * 0x1p-20,
                                   static_cast<int>(below(5)) - 2);
    return program_.add_constant(below(2) == 0 ? size : -size);
  }

  /// max(value, constant) is never NaN.
  Operand number(Type type) {
    const Operand floor = program_.add_constant(below(2) == 0 ? -8.0 : -0x1p100);
    return program_.add(type, Op::Max, pick(type), floor);
  }

  void row(const TypedRow& typed) {
    const OpInfo& row = typed.row;
    const bool shows_nans = row.op == Op::Bits || row.op == Op::Copysign ||
                            row.op == Op::ReciprocalEstimate || row.op == Op::Scalef;
    std::array<Operand, 3> operands{};
    for (std::size_t k = 0; k < row.arity; ++k) {
      const Type type = operand_type(row, typed.type, k);
      if (const std::size_t entries = table_size(row, k); entries > 0) {
        operands[k] = Operand::constant(program_.constants.size());
        for (std::size_t i = 0; i < entries; ++i) {
          program_.add_constant(static_cast<double>(below(1000)) - 500);
        }
      } else {
        operands[k] = shows_nans && is_float(type) ? number(type) : pick(type);
      }
    }
    const std::uint8_t table = row.op == Op::Ternary ? static_cast<std::uint8_t>(below(256)) : 0;
    remember(program_.add(typed.type, row.op, operands[0], operands[1], operands[2], table),
             result_type(row, typed.type));
  }

  /// What a compiler that contracts would fuse.
  void sum_of_product() {
    const Type type = below(3) == 0 ? Type::F64 : Type::F32;
    Operand product = program_.add(type, Op::Mul, pick(type), pick(type));
    if (below(4) == 0) product = program_.add(type, Op::Neg, product);
    const Operand other = pick(type);
    const bool swapped = below(2) == 0;
    remember(program_.add(type, below(2) == 0 ? Op::Add : Op::Sub, swapped ? other : product,
                          swapped ? product : other),
             type);
    if (below(2) == 0) remember(product, type);
  }

  /// The latest values of every type as one, so that little is dead.
  Operand reduce(Type type) {
    Operand result = pick(type);
    const Operand condition = pick(Type::Bool);
    const Operand wide = program_.add(Type::F64, Op::Add, pick(Type::F64),
                                      program_.add(Type::F64, Op::FromInteger, pick(Type::I64)));
    const Operand narrow = program_.add(Type::F32, Op::Sub, pick(Type::F32),
                                        program_.add(Type::F32, Op::FromInteger, pick(Type::I32)));
    const Operand a = type == Type::F32 ? program_.add(type, Op::Narrow, wide)
                                        : program_.add(type, Op::Widen, narrow);
    const Operand b = type == Type::F32 ? narrow : wide;
    result = program_.add(type, Op::Select, condition, result, a);
    return program_.add(type, Op::Select, pick(Type::Bool), result, b);
  }

  std::mt19937_64 random_;
  Program program_;
  std::array<std::vector<Operand>, 6> values_;
};

}  // namespace ulpforge::ir::test

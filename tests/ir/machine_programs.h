// Machine programs for tests: one operation each, random ones, and the values that matter.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <ostream>
#include <random>
#include <span>
#include <vector>

#include "ir/interpret.h"
#include "ir/program.h"
#include "ir/text.h"

namespace ulpforge::ir::test {

/// Bit patterns of every kind of float: zeros, subnormals, powers of two and their neighbours,
/// halves and integers near the ends of int, infinities, NaNs, of both signs.
inline std::vector<std::uint32_t> edge_patterns_f32() {
  std::vector<std::uint32_t> patterns;
  const auto add = [&](float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (const std::uint32_t delta : {0U, 1U, ~0U}) {
      patterns.push_back(bits + delta);
      patterns.push_back((bits + delta) ^ 0x80000000U);
    }
  };
  for (const float value : {0.0F,
                            0x1p-149F,
                            0x1p-127F,
                            0x1p-126F,
                            0x1p-100F,
                            0x1p-24F,
                            0.25F,
                            0.5F,
                            0.75F,
                            1.0F,
                            1.5F,
                            2.0F,
                            2.5F,
                            3.0F,
                            4.5F,
                            0x1p22F,
                            0x1p23F,
                            0x1p24F,
                            0x1p30F,
                            0x1p31F,
                            0x1p32F,
                            0x1p63F,
                            126.0F,
                            127.0F,
                            128.0F,
                            149.0F,
                            150.0F,
                            277.0F,
                            300.0F,
                            0x1p127F,
                            std::numeric_limits<float>::max(),
                            std::numeric_limits<float>::infinity(),
                            std::numeric_limits<float>::quiet_NaN()}) {
    add(value);
  }
  return patterns;
}

inline std::vector<std::uint64_t> edge_patterns_f64() {
  std::vector<std::uint64_t> patterns;
  for (const std::uint32_t bits : edge_patterns_f32()) {
    const auto wide = std::bit_cast<std::uint64_t>(static_cast<double>(std::bit_cast<float>(bits)));
    for (const std::uint64_t delta : {0ULL, 1ULL, ~0ULL}) patterns.push_back(wide + delta);
  }
  for (const double value : {0x1p-1074, 0x1p-1023, 0x1p-1022, 0x1p1023, 0x1p62, 0x1p63, 1074.0,
                             1024.0, 2098.0, 5000.0, std::numeric_limits<double>::max()}) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (const std::uint64_t delta : {0ULL, 1ULL, ~0ULL}) {
      patterns.push_back(bits + delta);
      patterns.push_back((bits + delta) ^ (1ULL << 63));
    }
  }
  return patterns;
}

/// The bits of values of that type: the edges, and as many random ones; half of them of moderate
/// size, so that operations do more than overflow.
inline std::vector<std::uint64_t> sample_bits(Type type, std::size_t random_ones, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint64_t> bits;
  if (type == Type::F32) {
    for (const std::uint32_t pattern : edge_patterns_f32()) bits.push_back(pattern);
  } else if (type == Type::F64) {
    bits = edge_patterns_f64();
  } else if (type == Type::I32) {
    for (const std::int64_t value : {0L, 1L, -1L, 31L, 32L, 33L, 0x7fffffffL, -0x80000000L}) {
      bits.push_back(static_cast<std::uint32_t>(value));
    }
  } else if (type == Type::I64) {
    for (const std::int64_t value :
         {0L, 1L, -1L, 63L, 64L, std::numeric_limits<std::int64_t>::max(),
          std::numeric_limits<std::int64_t>::min(), (1L << 53) + 1}) {
      bits.push_back(static_cast<std::uint64_t>(value));
    }
  } else {
    return {0, 1};
  }
  for (std::size_t i = 0; i < random_ones; ++i) {
    const double moderate = std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())),
                                       static_cast<int>(random() % 80) - 120);
    const bool raw = random() % 2 == 0;
    if (type == Type::F32) {
      bits.push_back(raw ? static_cast<std::uint32_t>(random())
                         : std::bit_cast<std::uint32_t>(static_cast<float>(moderate)));
    } else if (type == Type::F64) {
      bits.push_back(raw ? random() : std::bit_cast<std::uint64_t>(moderate));
    } else if (type == Type::I32) {
      bits.push_back(static_cast<std::uint32_t>(raw ? random() : random() % 64));
    } else {
      bits.push_back(raw ? random() : random() % 128);
    }
  }
  return bits;
}

/// Every (row, type) of the machine.
struct TypedRow {
  OpInfo row;
  Type type;
};
inline void PrintTo(const TypedRow& typed, std::ostream* out) {
  *out << typed.row.name << " " << name(typed.type);
}
inline std::vector<TypedRow> typed_rows() {
  std::vector<TypedRow> rows;
  for (const OpInfo& row : operations()) {
    for (const Type type : {Type::F32, Type::F64, Type::I32, Type::I64, Type::Bool}) {
      if (contains(row.types, type)) rows.push_back({row, type});
    }
  }
  return rows;
}

/// A value that depends on the program's input `x` by bits alone, of any type wanted:
/// reinterpreted, or compared for Bool.
inline Operand as_type(Program& program, Operand x, Type from, Type to) {
  if (from == to) return x;
  if (to == Type::Bool) {
    const Operand zero = program.add_constant(is_integer(from) ? 0.0 : 0.5);
    return program.add(from, Op::Less, x, zero);
  }
  if (is_float(from)) {
    const Operand bits = program.add(from, Op::Bits, x);
    return as_type(program, bits, integer_of(from), to);
  }
  if (from == to) return x;
  if (from == Type::I32 && integer_of(to) == Type::I64) {
    return as_type(program, program.add(Type::I64, Op::SignExtend, x), Type::I64, to);
  }
  if (from == Type::I64 && integer_of(to) == Type::I32) {
    return as_type(program, program.add(Type::I32, Op::Wrap, x), Type::I32, to);
  }
  return program.add(to, Op::FromBits, x);
}

/// One operation with the input as its first operand and constants of the given bits as the others;
/// the table of a permutation holds its own index. The result is turned into an integer, so that
/// results can be compared by bits. Bool operands come from comparisons.
inline Program one_operation(const TypedRow& typed, std::span<const std::uint64_t> others,
                             std::uint8_t immediate) {
  const auto constant = [](std::uint64_t bits, Type type) -> numbers::DoubleDouble {
    switch (type) {
      case Type::F32:
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
      case Type::F64:
        return std::bit_cast<double>(bits);
      case Type::I32:
        return static_cast<double>(static_cast<std::int32_t>(bits));
      default:
        return integer_constant(static_cast<std::int64_t>(bits));
    }
  };
  const OpInfo& row = typed.row;
  Program program;
  const Type first = operand_type(row, typed.type, 0);
  program.input_types[0] = first == Type::Bool ? Type::I32 : first;
  std::array<Operand, 3> operands{};
  operands[0] = as_type(program, Operand::input(), program.input_types[0], first);
  for (std::size_t k = 1; k < row.arity; ++k) {
    const Type type = operand_type(row, typed.type, k);
    if (const std::size_t entries = table_size(row, k); entries > 0) {
      operands[k] = Operand::constant(program.constants.size());
      for (std::size_t i = 0; i < entries; ++i) program.add_constant(static_cast<double>(i) + 1);
    } else if (type == Type::Bool) {
      const Operand value = program.add_constant(constant(others[k - 1], Type::I32));
      const Operand zero = program.add_constant(0.0);
      operands[k] = program.add(Type::I32, Op::Less, value, zero);
    } else {
      operands[k] = program.add_constant(constant(others[k - 1], type));
    }
  }
  const Operand result = program.add(typed.type, row.op, operands[0], operands[1], operands[2],
                                     row.op == Op::Ternary ? immediate : std::uint8_t{0});
  const Type type = result_type(row, typed.type);
  if (type != Type::Bool) {
    program.result = result;
    return program;
  }
  const Operand one = program.add_constant(1.0);
  const Operand zero = program.add_constant(0.0);
  program.result = program.add(Type::I32, Op::Select, result, one, zero);
  return program;
}

/// Equal bits; for floats, any NaN is like any other.
inline bool same_value(std::uint64_t a, std::uint64_t b, Type type) {
  if (type == Type::F32) {
    const auto value = [](std::uint64_t bits) {
      return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    };
    return a == b || (std::isnan(value(a)) && std::isnan(value(b)));
  }
  if (type == Type::F64) {
    return a == b || (std::isnan(std::bit_cast<double>(a)) && std::isnan(std::bit_cast<double>(b)));
  }
  return a == b;
}
inline bool same_values(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b,
                        Type type) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same_value(a[i], b[i], type)) return false;
  }
  return true;
}

/// Calls function with a value of the C++ type.
template <class Function>
auto with_type(Type type, Function function) {
  switch (type) {
    case Type::F32:
      return function(float{});
    case Type::F64:
      return function(double{});
    case Type::I32:
      return function(std::int32_t{});
    default:
      return function(std::int64_t{});
  }
}

template <class T>
std::vector<T> from_bits(std::span<const std::uint64_t> bits) {
  std::vector<T> values(bits.size());
  for (std::size_t i = 0; i < bits.size(); ++i) std::memcpy(&values[i], &bits[i], sizeof(T));
  return values;
}
template <class T>
std::vector<std::uint64_t> to_bits(std::span<const T> values) {
  std::vector<std::uint64_t> bits(values.size(), 0);
  for (std::size_t i = 0; i < bits.size(); ++i) std::memcpy(&bits[i], &values[i], sizeof(T));
  return bits;
}

/// A program whose code for large arguments is rare: two values on one condition, one on another
/// that reads them.
inline Program rare_program() {
  return parse(R"(input x: f32
size = fabs(x)
limit = 64
far: bool = less(limit, size)
near_y = x * x
near_n: i32 = bits(size)
tenth = 0.125
far_x = size * tenth
far_root = sqrt(far_x)
far_y = far_x + far_root
far_n: i32 = bits(far_root)
y = select_rare(far, far_y, near_y)
n: i32 = select_rare(far, far_n, near_n)
place: i32 = 9
m: i32 = shift_right(n, place)
z = from_integer(m)
small = 0x1p-20
tiny: bool = less(size, small)
plain = y + z
tiny_y = z - y
tiny_z = tiny_y / z
w = select_rare(tiny, tiny_z, plain)
return w
)");
}

/// What the interpreter gives at inputs of the program's type: bits in, bits out, zero-extended.
inline std::vector<std::uint64_t> interpret_bits(const Program& program,
                                                 std::span<const std::uint64_t> inputs) {
  return with_type(program.input_types[0], [&](auto x) {
    using X = decltype(x);
    const std::vector<X> in = from_bits<X>(inputs);
    return with_type(result_type(program), [&](auto y) {
      std::vector<decltype(y)> out(in.size());
      interpret<X, decltype(y)>(program, in, out);
      return to_bits<decltype(y)>(out);
    });
  });
}

}  // namespace ulpforge::ir::test

// The types of values: the real numbers of the real regime, and the machine's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ulpforge::ir {

/// Real is whatever number type a program is evaluated over; the rest are IEEE 754 binary32 and
/// binary64, two's complement integers, and truth values.
enum class Type : std::uint8_t { Real, F32, F64, I32, I64, Bool };

/// Sets of types, one bit each.
using TypeSet = std::uint8_t;
constexpr TypeSet set_of(Type type) {
  return static_cast<TypeSet>(1U << static_cast<unsigned>(type));
}
inline constexpr TypeSet kReal = set_of(Type::Real);
inline constexpr TypeSet kF32 = set_of(Type::F32);
inline constexpr TypeSet kF64 = set_of(Type::F64);
inline constexpr TypeSet kI32 = set_of(Type::I32);
inline constexpr TypeSet kI64 = set_of(Type::I64);
inline constexpr TypeSet kFloats = kF32 | kF64;
inline constexpr TypeSet kIntegers = kI32 | kI64;
inline constexpr TypeSet kNumbers = kFloats | kIntegers;
inline constexpr TypeSet kBitwise = kIntegers | set_of(Type::Bool);
inline constexpr TypeSet kWords = kF32 | kI32;  ///< what a permutation of 32-bit lanes moves
constexpr bool contains(TypeSet types, Type type) { return (types & set_of(type)) != 0; }

/// "real", "f32", "f64", "i32", "i64", "bool".
std::string_view name(Type type);
std::optional<Type> find_type(std::string_view name);

/// The integer type as wide as T: I32 for F32 and I32, I64 for F64 and I64.
constexpr Type integer_of(Type type) {
  return type == Type::F32 || type == Type::I32 ? Type::I32 : Type::I64;
}
constexpr bool is_integer(Type type) { return contains(kIntegers, type); }
constexpr bool is_float(Type type) { return contains(kFloats, type); }

}  // namespace ulpforge::ir

// Operations and their facts, read from the operation table in ops.def.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ulpforge::ir {

enum class Op : std::uint8_t {
#define ARITHMETIC(enumerator, ...) enumerator,
#define REFERENCE(enumerator, ...) enumerator,
#include "ir/ops.def"
#undef ARITHMETIC
#undef REFERENCE
};

/// Facts of one operation; see ops.def for the meaning of each column.
struct OpInfo {
  Op op;
  std::string_view name;
  std::size_t arity;
  char infix;  ///< operator character, or 0 for function notation
  bool commutes;
  double cost;
  std::string_view cpp;  ///< fmt pattern over the operands' spellings; empty where C++ has none
  bool arithmetic;       ///< exists over every number type; otherwise over MPFR alone
};

/// The whole table, in the order of the enumeration.
std::span<const OpInfo> operations();

/// The row of `op`.
const OpInfo& info(Op op);

/// The operation of that name, or nothing.
std::optional<Op> find_operation(std::string_view name);

}  // namespace ulpforge::ir

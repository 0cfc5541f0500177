// Operations and their facts, read from the operation table in ops.def.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ir/types.h"

namespace ulpforge::ir {

enum class Op : std::uint8_t {
#define ARITHMETIC(enumerator, ...) enumerator,
#define MACHINE(enumerator, ...) enumerator,
#define REFERENCE(enumerator, ...) enumerator,
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
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
  TypeSet types;         ///< over which types an instruction may be
  std::string_view signature;  ///< types of the operands > type of the result
  bool arithmetic;  ///< exists over every number type; otherwise over machine types or MPFR alone

  bool is_machine() const { return !contains(types, Type::Real); }
  bool is_reference() const { return types == kReal; }
};

/// The whole table, in the order of the enumeration.
std::span<const OpInfo> operations();

/// The row of `op`.
const OpInfo& info(Op op);

/// The operation of that name, or nothing.
std::optional<Op> find_operation(std::string_view name);

/// Type of operand `k` of an instruction of that operation over `type`; that of the entries for a
/// table.
Type operand_type(const OpInfo& row, Type type, std::size_t k);
/// Type of the instruction's value.
Type result_type(const OpInfo& row, Type type);
/// Entries of the table that operand `k` names, 0 where it is no table.
std::size_t table_size(const OpInfo& row, std::size_t k);

}  // namespace ulpforge::ir

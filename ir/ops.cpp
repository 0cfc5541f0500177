// The operation table as data.
#include "ir/ops.h"

#include <array>

namespace ulpforge::ir {
namespace {

/// "T>T", "TT>T", "TTT>T".
constexpr std::string_view homogeneous(std::size_t arity) {
  constexpr std::string_view kAll = "TTT>T";
  return kAll.substr(kAll.find('>') - arity);
}

constexpr std::size_t arity_of(std::string_view signature) { return signature.find('>'); }

constexpr std::array kTable = {
#define ARITHMETIC(enumerator, name, arity, infix, commutes, cost, machine, cpp, expression) \
  OpInfo{Op::enumerator,     #name, arity, infix, commutes, cost, cpp, kReal | (machine),    \
         homogeneous(arity), true},
#define MACHINE(enumerator, name, signature, commutes, types) \
  OpInfo{Op::enumerator, #name, arity_of(signature), 0, commutes, 1, "", types, signature, false},
#define REFERENCE(enumerator, name, arity, cost, cpp, mpfr) \
  OpInfo{Op::enumerator, #name, arity, 0, false, cost, cpp, kReal, homogeneous(arity), false},
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
#undef REFERENCE
};

Type type_of(char letter, Type type) {
  switch (letter) {
    case 'I':
      return integer_of(type);
    case 'b':
      return Type::Bool;
    case 'f':
      return Type::F32;
    case 'd':
      return Type::F64;
    case 'i':
      return Type::I32;
    case 'l':
      return Type::I64;
    default:
      return type;
  }
}

}  // namespace

std::span<const OpInfo> operations() { return kTable; }

const OpInfo& info(Op op) { return kTable.at(static_cast<std::size_t>(op)); }

std::optional<Op> find_operation(std::string_view name) {
  for (const OpInfo& row : kTable) {
    if (row.name == name) return row.op;
  }
  return std::nullopt;
}

Type operand_type(const OpInfo& row, Type type, std::size_t k) {
  return type_of(row.signature[k], type);
}

Type result_type(const OpInfo& row, Type type) { return type_of(row.signature.back(), type); }

std::size_t table_size(const OpInfo& row, std::size_t k) {
  if (row.signature[k] != '#') return 0;
  std::size_t entries = 0;
  for (const char letter : row.name) {
    if (letter >= '0' && letter <= '9') {
      entries = 10 * entries + static_cast<std::size_t>(letter - '0');
    }
  }
  return entries;
}

}  // namespace ulpforge::ir

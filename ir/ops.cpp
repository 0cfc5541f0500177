// The operation table as data.
#include "ir/ops.h"

#include <array>

namespace ulpforge::ir {
namespace {

constexpr std::array kTable = {
#define ARITHMETIC(enumerator, name, arity, infix, commutes, cost, cpp, expression) \
  OpInfo{Op::enumerator, name, arity, infix, commutes, cost, cpp, true},
#define REFERENCE(enumerator, name, arity, cost, cpp, mpfr) \
  OpInfo{Op::enumerator, name, arity, 0, false, cost, cpp, false},
#include "ir/ops.def"
#undef ARITHMETIC
#undef REFERENCE
};

}  // namespace

std::span<const OpInfo> operations() { return kTable; }

const OpInfo& info(Op op) { return kTable.at(static_cast<std::size_t>(op)); }

std::optional<Op> find_operation(std::string_view name) {
  for (const OpInfo& row : kTable) {
    if (row.name == name) return row.op;
  }
  return std::nullopt;
}

}  // namespace ulpforge::ir

// One pass over the live instructions, from the first to the last.
#include "ir/canonical.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "ir/liveness.h"
#include "numbers/hash.h"

namespace ulpforge::ir {
namespace {

using OperandKey = std::pair<Operand::Kind, std::uint16_t>;
OperandKey key(Operand operand) { return {operand.kind, operand.index}; }

class Canonical {
 public:
  explicit Canonical(const Program& from)
      : from_(from), values_(from.code.size()), constants_(from.constants.size(), kUnread) {
    to_.input_types = from.input_types;
    to_.inputs = from.inputs;
  }

  Program run() {
    const std::vector<char> live = live_instructions(from_);
    for (std::size_t i = 0; i < from_.code.size(); ++i) {
      if (live[i]) values_[i] = instruction(from_.code[i]);
    }
    to_.result = operand(from_.result, 1);
    return std::move(to_);
  }

 private:
  static constexpr std::size_t kUnread = std::numeric_limits<std::size_t>::max();

  Operand operand(Operand old, std::size_t entries) {
    if (old.is_input()) return old;
    if (old.is_value()) return values_[old.index];
    // A table keeps its entries side by side, whether they were read before or not.
    const std::size_t first = constants_[old.index];
    bool together = first != kUnread;
    for (std::size_t k = 1; k < entries && together; ++k) {
      together = constants_[old.index + k] == first + k;
    }
    if (together) return Operand::constant(first);
    const std::size_t begin = to_.constants.size();
    for (std::size_t k = 0; k < entries; ++k) {
      constants_[old.index + k] = begin + k;
      to_.constants.push_back(from_.constants[old.index + k]);
    }
    return Operand::constant(begin);
  }

  Operand instruction(Instruction step) {
    const OpInfo& row = info(step.op);
    for (std::size_t k = 0; k < row.arity; ++k) {
      step.operands[k] = operand(step.operands[k], std::max<std::size_t>(1, table_size(row, k)));
    }
    std::fill(step.operands.begin() + static_cast<std::ptrdiff_t>(row.arity), step.operands.end(),
              Operand{});
    if (row.commutes && key(step.operands[1]) < key(step.operands[0])) {
      std::swap(step.operands[0], step.operands[1]);
    }
    const auto [place, is_new] =
        known_.try_emplace({step.op, step.type, step.immediate, key(step.operands[0]),
                            key(step.operands[1]), key(step.operands[2])},
                           to_.code.size());
    if (is_new) to_.code.push_back(step);
    return Operand::value(place->second);
  }

  const Program& from_;
  Program to_;
  std::vector<Operand> values_;
  std::vector<std::size_t> constants_;
  std::map<std::tuple<Op, Type, std::uint8_t, OperandKey, OperandKey, OperandKey>, std::size_t>
      known_;
};

std::uint64_t hash_operand(Operand operand) {
  return (static_cast<std::uint64_t>(operand.kind) << 16) | operand.index;
}

}  // namespace

Program canonical(const Program& machine_program) { return Canonical(machine_program).run(); }

std::uint64_t shape_hash(const Program& canonical_program) {
  std::uint64_t hash = canonical_program.inputs;
  for (const Type type : canonical_program.input_types) {
    hash = numbers::hash_pair(hash, static_cast<std::uint64_t>(type));
  }
  for (const Instruction& step : canonical_program.code) {
    hash =
        numbers::hash_pair(hash, (static_cast<std::uint64_t>(step.op) << 16) |
                                     (static_cast<std::uint64_t>(step.type) << 8) | step.immediate);
    for (std::size_t k = 0; k < step.arity(); ++k) {
      hash = numbers::hash_pair(hash, hash_operand(step.operands[k]));
    }
  }
  return numbers::hash_pair(hash, hash_operand(canonical_program.result));
}

std::uint64_t content_hash(const Program& canonical_program) {
  std::uint64_t hash = shape_hash(canonical_program);
  for (const std::uint64_t bits : constant_bits(canonical_program))
    hash = numbers::hash_pair(hash, bits);
  return hash;
}

}  // namespace ulpforge::ir

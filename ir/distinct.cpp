// Value numbering.
#include "ir/distinct.h"

#include <utility>

#include "ir/folding.h"
#include "ir/id_table.h"
#include "ir/liveness.h"
#include "numbers/hash.h"

namespace ulpforge::ir {
namespace {

constexpr std::uint32_t kNone = 0xffffffffU;

/// Numbers values in the order in which they are first met.
class Numbering {
 public:
  explicit Numbering(const Program& program)
      : program_(program),
        constants_(program.constants.size(), kNone),
        values_(program.code.size(), kNone),
        table_(program.code.size() + program.constants.size() + 1) {
    list_.reserve(program.code.size() + program.constants.size() + 1);
  }

  std::vector<DistinctValue> run() {
    const std::vector<char> live = live_instructions(program_);
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (live[i]) values_[i] = number_instruction(program_.code[i]);
    }
    const std::uint32_t root = number(program_.result);
    list_.resize(root + 1);  // duplicates may have left the result before the last one
    count_uses();
    return std::move(list_);
  }

 private:
  std::uint32_t number(Operand operand) {
    switch (operand.kind) {
      case Operand::Kind::Value:
        return values_[operand.index];
      case Operand::Kind::Input:
        if (input_ == kNone) input_ = append({});
        return input_;
      case Operand::Kind::Constant:
        break;
    }
    std::uint32_t& known = constants_[operand.index];
    if (known == kNone) known = number_constant(program_.constants[operand.index]);
    return known;
  }

  std::uint32_t number_constant(numbers::DoubleDouble constant) {
    const numbers::DoubleDouble normalised = numbers::two_sum(constant.hi, constant.lo);
    if (std::isfinite(normalised.hi)) constant = normalised;
    constant = plain(constant);
    const auto same = [&](std::uint32_t id) {
      return list_[id].kind == Operand::Kind::Constant &&
             numbers::same_bits(list_[id].constant, constant);
    };
    const auto fresh = static_cast<std::uint32_t>(list_.size());
    const std::uint32_t id = table_.find_or_insert(numbers::hash_value(constant), fresh, same);
    if (id == fresh) append({.kind = Operand::Kind::Constant, .constant = constant});
    return id;
  }

  std::uint32_t number_instruction(const Instruction& instruction) {
    DistinctValue value{.kind = Operand::Kind::Value, .op = instruction.op};
    for (std::size_t k = 0; k < instruction.arity(); ++k) {
      value.operands[k] = number(instruction.operands[k]);
    }
    if (info(value.op).commutes && value.operands[0] > value.operands[1]) {
      std::swap(value.operands[0], value.operands[1]);
    }
    std::uint64_t hash = static_cast<std::uint64_t>(value.op);
    for (const std::uint32_t operand : value.operands) hash = numbers::hash_pair(hash, operand);
    const auto same = [&](std::uint32_t id) {
      return list_[id].kind == Operand::Kind::Value && list_[id].op == value.op &&
             list_[id].operands == value.operands;
    };
    const auto fresh = static_cast<std::uint32_t>(list_.size());
    const std::uint32_t id = table_.find_or_insert(hash, fresh, same);
    if (id == fresh) append(value);
    return id;
  }

  std::uint32_t append(const DistinctValue& value) {
    list_.push_back(value);
    return static_cast<std::uint32_t>(list_.size() - 1);
  }

  void count_uses() {
    std::vector<std::uint32_t> reader(list_.size(), kNone);
    list_.back().uses = 1;
    for (auto user = static_cast<std::uint32_t>(list_.size()); user-- > 0;) {
      const DistinctValue& value = list_[user];
      if (value.kind != Operand::Kind::Value || value.uses == 0) continue;
      for (std::size_t k = 0; k < info(value.op).arity; ++k) {
        DistinctValue& operand = list_[value.operands[k]];
        ++operand.uses;
        std::uint32_t& known = reader[value.operands[k]];
        operand.shared |= known != kNone && known != user;
        known = user;
      }
    }
  }

  const Program& program_;
  std::vector<std::uint32_t> constants_;
  std::vector<std::uint32_t> values_;
  std::uint32_t input_ = kNone;
  IdTable table_;
  std::vector<DistinctValue> list_;
};

}  // namespace

std::vector<DistinctValue> distinct_values(const Program& program) {
  return Numbering(program).run();
}

}  // namespace ulpforge::ir

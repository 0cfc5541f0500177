// What operations cost in the real regime.
#pragma once

#include <map>

#include "ir/program.h"

namespace ulpforge::ir {

/// The weight of each operation: the operation table's, where no other was given.
class Costs {
 public:
  double of(Op op) const {
    const auto given = given_.find(op);
    return given == given_.end() ? info(op).cost : given->second;
  }
  /// Sum over all instructions.
  double of(const Program& program) const {
    double sum = 0;
    for (const Instruction& instruction : program.code) sum += of(instruction.op);
    return sum;
  }

  /// `weight` is positive and finite.
  void set(Op op, double weight) { given_[op] = weight; }
  const std::map<Op, double>& given() const { return given_; }

  friend bool operator==(const Costs&, const Costs&) = default;

 private:
  std::map<Op, double> given_;
};

}  // namespace ulpforge::ir

// The distinct values of a program: dead code dropped, equal instructions counted once.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ir/program.h"

namespace ulpforge::ir {

struct DistinctValue {
  Operand::Kind kind = Operand::Kind::Input;
  Op op = Op::Add;                          ///< of an instruction
  std::array<std::uint32_t, 3> operands{};  ///< of an instruction, into the list of values
  numbers::DoubleDouble constant = {};      ///< of a constant
  std::uint32_t uses = 0;                   ///< operand positions that read it
  bool shared = false;                      ///< more than one instruction reads it
};

/// In an order in which operands come first; the result is the last one.
std::vector<DistinctValue> distinct_values(const Program& program);

}  // namespace ulpforge::ir

// The text form of programs: prints and parses round-trip, bit for bit.
//
//   input x
//   c0 = 0x1.7154764ee6c2fp+1 + 0x1.8p-54  # 2.885390008
//   v0 = c0 / x
//   v1 = sqrt(v0)
//   return v1
//
// Machine programs give the type of the input, and that of every constant and value of another
// type:
//
//   input x: f32
//   c0: i32 = 8388608  # 0x800000
//   v0: i32 = bits(x)
//   v1: i32 = v0 + c0
//   v2 = from_bits(v1)
//   return v2
//
// An operand that is a table names the first of its constants. Constants are hex floats,
// the low part of a double-double after a sign; decimals are comments. Binary operations with an
// operator are infix, all others are function calls (names from ops.def). A semicolon may stand for
// the end of a line. On input, decimals are constants too, numbers may stand where an operation
// reads a constant, and names are free. A NaN keeps its sign, not its payload.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "ir/program.h"

namespace ulpforge::ir {

/// A syntax error; what() is one line with line, column, what is wrong and what would be right.
struct TextError : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

std::string print(const Program& program);
/// Throws TextError. Accepts any legal program, reference operations included; a machine program is
/// checked for types (ir::find_defect).
Program parse(std::string_view text);

}  // namespace ulpforge::ir

// Programs of integer operations over two patterns: ir programs with two i32 inputs, whose result's
// low bits are a pattern of the format.
//
// The search has minima and maxima of integers as one operation each (Op::Min and Op::Max over
// I32). In ir programs, and so in text, JSON and emitted code, they are a comparison and a choice
// between what was compared, which compilers make one instruction of. expanded() and contracted()
// go from one to the other, and both count as one operation.
#pragma once

#include <cstddef>
#include <string>

#include "ir/program.h"

namespace ulpforge::evo::pairs {

/// What is wrong with a program for this use, in words; empty where nothing is: two inputs of i32,
/// a result of i32, over i32 operations of integer_operations()
/// (pair_lanes.h) alone.
std::string find_pair_defect(const ir::Program& program);

/// A program of x and y without instructions: its result is x.
ir::Program empty_program();

/// select(less(a, b), a, b), which is min(a, b), and its like as one instruction of the search's.
ir::Program contracted(const ir::Program& program);
/// The other way: a legal machine program.
ir::Program expanded(const ir::Program& program);
/// The number of operations of a contracted program, or of a legal one by contraction.
std::size_t operations_of(const ir::Program& program);

/// Without instructions whose values are not used, and without such constants; the same constant
/// once. The text's order is kept.
ir::Program cleaned(const ir::Program& program);

/// The type of an operand: of inputs and constants I32.
ir::Type pair_type(const ir::Program& program, ir::Operand operand);

}  // namespace ulpforge::evo::pairs

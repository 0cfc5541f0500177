// A function of two numbers with one of them held fixed: a function of one.
#pragma once

#include "ir/program.h"

namespace ulpforge::validate {

/// `program`, of two inputs, as a program of input `axis` alone, the other one being `fixed`. One
/// input: the program itself.
ir::Program slice(const ir::Program& program, std::size_t axis, double fixed);

}  // namespace ulpforge::validate

// Single lines of emitted bodies: constants, values, calls. They are written in terms of `Form`,
// the template parameter of the bodies.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "emit/program_facts.h"

namespace ulpforge::emit {

/// "F32": what a form calls the type.
std::string upper(ir::Type type);

/// Of the table that begins with this constant.
std::string table_name(std::size_t constant);

/// A line for each constant, aligned, what it is for people behind it.
std::string constant_lines(const ProgramFacts& facts, const std::set<std::size_t>& constants);

/// The call that computes value i.
std::string call(const ProgramFacts& facts, std::size_t i);

/// Width of the longest name of a value.
std::size_t name_width(const ProgramFacts& facts);

/// "const auto v3 = EXPRESSION;", names as wide as the longest.
std::string value_line(const ProgramFacts& facts, std::size_t i, std::string_view expression);

/// The same with value i's call, marked as a step where several vectors may go in step.
std::string computed_line(const ProgramFacts& facts, std::size_t i, bool in_steps);

}  // namespace ulpforge::emit

// The files that carry a front's programs: a C++ header, and a text file for each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runs/front.h"

namespace ulpforge::runs {

/// "exp2.h" for the target exp2.
std::string header_name(const Front& front);

/// A header with one function for each program: exp2_10 has 10 operations. Each is preceded by
/// where it comes from and what it is worth.
std::string header_text(const Front& front, const std::string& command_line);

/// A program's text with its errors as comments.
std::string program_text(const Front& front, const FrontEntry& entry);

/// The arguments as a shell would read them.
std::string quote(const std::vector<std::string>& arguments);

/// Such a line without directories of the machine that it was given on: of the program and of
/// absolute paths the last names alone are left.
std::string without_directories(std::string_view command);

}  // namespace ulpforge::runs

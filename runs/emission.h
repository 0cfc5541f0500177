// The files that carry a front's programs: a C++ header, and a text file for each.
#pragma once

#include <string>
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

}  // namespace ulpforge::runs

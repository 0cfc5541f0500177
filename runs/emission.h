// The files that carry a front's programs: one of functions, and a text file for each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/language.h"
#include "runs/front.h"

namespace ulpforge::runs {

/// What the functions of a front are written in, and called.
struct SourceStyle {
  const emit::Language& language = emit::languages()[0];
  /// Instead of the target and its interval: NAME_10 has 10 operations, and is called NAME where it
  /// is the only one. An identifier.
  std::string name = {};
};

/// "exp2_on_0_to_1.h" for the target exp2 on [0,1].
std::string source_name(const Front& front, const SourceStyle& style = {});

/// "exp2_10_on_0_to_1" for its program of 10 operations: functions of one target on different
/// intervals are called differently.
std::string function_name(const Front& front, const FrontEntry& entry,
                          const SourceStyle& style = {});

/// A file with one function for each program. Each is preceded by where it comes from and what it
/// is worth. Throws std::invalid_argument where an operation has no spelling in the language.
std::string source_text(const Front& front, const std::string& command_line,
                        const SourceStyle& style = {});

/// A program's text with its errors as comments.
std::string program_text(const Front& front, const FrontEntry& entry);

/// The arguments as a shell would read them.
std::string quote(const std::vector<std::string>& arguments);

/// Such a line without directories of the machine that it was given on: of the program and of
/// absolute paths the last names alone are left.
std::string without_directories(std::string_view command);

}  // namespace ulpforge::runs

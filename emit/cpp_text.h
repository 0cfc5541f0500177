// Pieces of C++ text that every emitter needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::emit {

/// What everything that is emitted says of its use.
inline constexpr std::string_view kTerms =
    "This file may be used, changed and passed on without restriction.";

/// Whether the text can name a function: an identifier, and no keyword.
bool is_identifier(std::string_view text);

/// `text` as a C++ identifier: other characters become underscores.
std::string identifier(const std::string& text);

/// In capitals, as names of macros begin.
std::string upper(std::string text);

/// A comment of one line per entry, without slashes; nothing in an entry can end the comment early
/// or prolong it. `mark` is what the language begins such lines with.
std::string comment_block(const std::vector<std::string>& lines, std::string_view mark = "//");

/// The same where it opens a file: with the terms of its use at the end.
std::string opening_comment(std::vector<std::string> lines, std::string_view mark = "//");

}  // namespace ulpforge::emit

// Words as users type them: without space around them, fit to be printed, and "did you mean".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::ir {

/// The names at most two edits (insert, delete, replace, exchange neighbours) away from `word`, one
/// edit for a word of up to five letters; nearest first, at most three.
std::vector<std::string_view> nearest(std::string_view word,
                                      std::span<const std::string_view> names);

/// "; did you mean 'a' or 'b'?" from nearest(), or "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> names);

/// Without the white space at both ends.
std::string_view trim(std::string_view text);

/// `text` on one line of at most `limit` characters: whatever does not print as \xNN, the rest cut.
std::string printable(std::string_view text, std::size_t limit = 60);

}  // namespace ulpforge::ir

// Where a TOML text has what TOML does not allow there, or no experiment has.
#pragma once

#include <optional>
#include <string_view>

namespace ulpforge::runs {

/// The line (from 1) of the first control character, which TOML has nowhere, or else of the first
/// byte beyond ASCII outside of comments, or brace outside of comments and quotes. TOML allows
/// more, but experiments have no inline tables, and toml++ 3.3 is not to be trusted with letters:
/// it takes them for white space or worse (an unreachable point in
/// is_non_ascii_horizontal_whitespace). It takes for granted, too, that no value of an array begins
/// with "}". To be asked before a text is parsed. Nothing where there is none.
std::optional<int> line_of_stray_character(std::string_view text);

/// The line of the first table header with no name after its brackets ("[[[", "[=x]"; a name is a
/// bare key or quoted). To be asked before a text is parsed: toml++ 3.3 takes for granted that one
/// is there. Empty headers ("[]") it refuses itself.
std::optional<int> line_of_nameless_table(std::string_view text);

}  // namespace ulpforge::runs

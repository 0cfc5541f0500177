// Comments and the four kinds of quotes (TOML 1.0, Comment and String), skipped.
#include "runs/toml_characters.h"

#include <algorithm>

namespace ulpforge::runs {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// Whether quotes behind that character open a string; within a word they do not.
bool may_precede_quotes(char c) {
  return std::string_view(" \t\r\n=[,.").find(c) != std::string_view::npos;
}

/// How many bytes the comment or quoted text at `begin` of `whole` has; 0: neither is there. One
/// that does not end takes the line, which the parser refuses.
std::size_t skipped(std::string_view whole, std::size_t begin) {
  const std::string_view text = whole.substr(begin);
  if (text.front() == '#') return std::min(text.find('\n'), text.size());
  const char quote = text.front();
  const bool first = begin == 0 || whole.substr(0, begin) == kByteOrderMark;
  if (!first && !may_precede_quotes(whole[begin - 1])) return 0;
  if (quote != '"' && quote != '\'') return 0;
  const std::size_t width = text.size() > 2 && text[1] == quote && text[2] == quote ? 3 : 1;
  const std::string_view end = text.substr(0, width);
  for (std::size_t i = width; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text.substr(i, width) == end) {
      return i + width;
    } else if (width == 1 && text[i] == '\n') {
      return i;
    }
  }
  return text.size();
}

int line_at(std::string_view text, std::size_t i) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(i), '\n'));
}

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Whether what follows a header's first bracket can begin a name, or ends the header or the text.
bool may_have_name(std::string_view text) {
  std::size_t i = 0;
  const auto skip_blanks = [&] {
    while (i < text.size() && is_blank(text[i])) ++i;
  };
  skip_blanks();
  if (i < text.size() && text[i] == '[') {
    ++i;
    skip_blanks();
  }
  if (i == text.size()) return true;
  const char c = text[i];
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_\"']").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<int> line_of_stray_character(std::string_view text) {
  const auto control = std::ranges::find_if(text, [](char c) {
    return (c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
  });
  if (control != text.end()) return line_at(text, static_cast<std::size_t>(control - text.begin()));
  std::size_t i = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (i < text.size()) {
    const char c = text[i];
    if (is_beyond_ascii(c) || c == '{' || c == '}') return line_at(text, i);
    const std::string_view skip = text.substr(i, skipped(text, i));
    const auto beyond = std::ranges::find_if(skip, is_beyond_ascii);
    if (c != '#' && beyond != skip.end()) {
      return line_at(text, i + static_cast<std::size_t>(beyond - skip.begin()));
    }
    i += std::max<std::size_t>(skip.size(), 1);
  }
  return std::nullopt;
}

std::optional<int> line_of_nameless_table(std::string_view text) {
  bool first_on_line = true;
  int depth = 0;  // of brackets: those of an array's lines are no headers
  std::size_t i = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (i < text.size()) {
    const char c = text[i];
    const std::size_t skip = skipped(text, i);
    if (c == '[') {
      if (first_on_line && depth == 0 && !may_have_name(text.substr(i + 1)))
        return line_at(text, i);
      ++depth;
    }
    if (c == ']' && depth > 0) --depth;
    first_on_line = c == '\n' || (first_on_line && (is_blank(c) || c == '\r'));
    i += std::max<std::size_t>(skip, 1);
  }
  return std::nullopt;
}

}  // namespace ulpforge::runs

// Comments and the four kinds of quotes (TOML 1.0, Comment and String), skipped.
#include "experiments/toml_characters.h"

#include <algorithm>

namespace ulpforge::experiments {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// How many bytes the comment or quoted text at the start of `text` has; 0: neither is there. One that
/// does not end takes the line, which the parser refuses.
std::size_t skipped(std::string_view text) {
  if (text.front() == '#') return std::min(text.find('\n'), text.size());
  const char quote = text.front();
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

}  // namespace

std::optional<int> line_of_stray_character(std::string_view text) {
  std::size_t i = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (i < text.size()) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(i), '\n'));
    }
    i += std::max<std::size_t>(skipped(text.substr(i)), 1);
  }
  return std::nullopt;
}

}  // namespace ulpforge::experiments

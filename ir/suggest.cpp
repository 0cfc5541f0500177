// Edit distance and quoting for error messages.
#include "ir/suggest.h"

#include <fmt/format.h>

#include <algorithm>

namespace ulpforge::ir {
namespace {

/// Optimal string alignment distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::vector<std::string_view> nearest(std::string_view word,
                                      std::span<const std::string_view> names) {
  constexpr std::size_t kMaxEdits = 2;
  constexpr std::size_t kMaxNames = 3;
  constexpr std::size_t kMaxWord = 40;
  if (word.size() > kMaxWord) return {};
  std::vector<std::string_view> result;
  for (std::size_t edits = 0; edits <= std::min(kMaxEdits, word.size() / 3); ++edits) {
    for (const std::string_view name : names) {
      if (result.size() < kMaxNames && distance(word, name) == edits) result.push_back(name);
    }
  }
  return result;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : nearest(word, names)) {
    text += fmt::format("{}'{}'", text.empty() ? "; did you mean " : " or ", name);
  }
  return text.empty() ? text : text + "?";
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string result;
  for (const char c : text) {
    if (result.size() >= limit) return result + "...";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      result += c;
    } else {
      result += fmt::format("\\x{:02x}", byte);
    }
  }
  return result;
}

}  // namespace ulpforge::ir

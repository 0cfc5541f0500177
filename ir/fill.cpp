// Filling in templates.
#include "ir/fill.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace ulpforge::ir {

std::string fill(std::string_view pattern, std::initializer_list<Replacement> replacements) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t begin = std::min(pattern.find('@'), pattern.size());
    text += pattern.substr(0, begin);
    pattern.remove_prefix(begin);
    if (pattern.empty()) break;
    const std::string_view key = pattern.substr(1, pattern.find('@', 1) - 1);
    const auto found = std::ranges::find(replacements, key, &Replacement::first);
    if (found != replacements.end()) {
      text += found->second;
    } else if (key.empty()) {
      text += '@';
    } else {
      throw std::logic_error(fmt::format("nothing to put in for '{}'", key));
    }
    pattern.remove_prefix(key.size() + 2);
  }
  return text;
}

}  // namespace ulpforge::ir

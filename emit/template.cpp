// Filling in templates.
#include "emit/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace ulpforge::emit {

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

TemplateFile::TemplateFile(std::string_view text) {
  constexpr std::string_view kSectionMark = "---- ";
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, length);
    if (line.starts_with(kSectionMark)) {
      const std::string_view head = line.substr(kSectionMark.size());
      sections_.push_back({head.substr(0, head.find_first_of(":\n")), text.substr(length, 0)});
    } else if (!sections_.empty()) {
      std::string_view& pattern = sections_.back().pattern;
      pattern = {pattern.data(), pattern.size() + length};
    }
    text.remove_prefix(length);
  }
}

bool TemplateFile::has(std::string_view name) const {
  return std::ranges::find(sections_, name, &Section::name) != sections_.end();
}

std::string TemplateFile::fill(std::string_view name,
                               std::initializer_list<Replacement> replacements) const {
  const auto found = std::ranges::find(sections_, name, &Section::name);
  if (found == sections_.end()) throw std::logic_error(fmt::format("no template '{}'", name));
  return emit::fill(found->pattern, replacements);
}

}  // namespace ulpforge::emit

// Targets and intervals as parts of names.
#include "runs/names.h"

#include <fmt/format.h>

#include <algorithm>

#include "emit/cpp_text.h"

namespace ulpforge::runs {

std::string short_name(const std::string& target) {
  constexpr std::size_t kLongest = 40;
  std::string name;
  for (const char c : emit::identifier(target).substr(0, kLongest)) {
    if (c != '_' || (!name.empty() && name.back() != '_')) name += c;
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name.empty() || (name.front() >= '0' && name.front() <= '9') ? "f_" + name : name;
}

std::string interval_name(const targets::Domain& domain) {
  const auto end = [](double value) {
    std::string text = fmt::format("{}", value);
    std::erase(text, '+');
    std::ranges::replace(text, '-', 'm');
    std::ranges::replace(text, '.', 'p');
    return text;
  };
  std::string name = "on";
  for (const targets::Domain& part : targets::intervals_of(domain)) {
    name += fmt::format("{}_{}_to_{}", name == "on" ? "" : "_and", end(part.lo), end(part.hi));
  }
  return name;
}

}  // namespace ulpforge::runs

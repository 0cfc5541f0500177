// Courses as text.
#include "evo/course.h"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>
#include <string_view>

namespace ulpforge::evo {
namespace {

/// Takes the word from the beginning of the text, if it is there.
bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool take(std::string_view& text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::string to_text(const Course& course) {
  std::string text = course.kernels ? fmt::format("kernels={},", *course.kernels) : "";
  text += "fronts=";
  for (std::size_t k = 0; k < course.fronts.size(); ++k) {
    const Course::Front& front = course.fronts[k];
    text += fmt::format("{}{}:{}", k == 0 ? "" : ",", front.children, front.measured);
  }
  return text;
}

Course parse_course(const std::string& text) {
  Course course;
  std::string_view rest = text;
  bool good = true;
  if (take(rest, "kernels=")) {
    std::uint64_t kernels = 0;
    good = take(rest, kernels) && take(rest, ",");
    course.kernels = kernels;
  }
  good = good && take(rest, "fronts=");
  Course::Front last;
  do {
    Course::Front front;
    good = good && take(rest, front.children) && take(rest, ":") && take(rest, front.measured) &&
           front.children >= last.children && front.measured >= last.measured;
    course.fronts.push_back(front);
    last = front;
  } while (good && take(rest, ","));
  if (good && rest.empty()) return course;
  throw std::invalid_argument(fmt::format(
      "'{}' is not the course of a search; it stands in the config.toml of a run that ended by "
      "time, as in 'fronts=6412:31,9065:40'",
      text));
}

}  // namespace ulpforge::evo

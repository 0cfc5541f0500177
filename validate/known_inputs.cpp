// One line for each input.
#include "validate/known_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ulpforge::validate {
namespace {

std::string without_spaces(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
  return text;
}

std::string_view name(numbers::Format format) {
  return format == numbers::kBinary64 ? "double" : "float";
}

}  // namespace

std::vector<Point> read_known_inputs(const std::filesystem::path& file, numbers::Format format,
                                     const std::string& expression, std::size_t inputs) {
  std::vector<Point> points;
  std::ifstream in(file);
  const std::string wanted = without_spaces(expression);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string type;
    std::string function;
    if (!(words >> type)) continue;
    std::vector<double> values;
    std::string word;
    bool good = (type == "double" || type == "float") && static_cast<bool>(words >> function);
    while (words >> word) {
      char* end = nullptr;
      values.push_back(std::strtod(word.c_str(), &end));
      good = good && *end == '\0';
    }
    if (!good || values.empty() || values.size() > 2) {
      throw std::invalid_argument(
          fmt::format("{}, line {}: expected a type, a function and its inputs, such as "
                      "'double exp(x) 0x1p-3'",
                      file.string(), number));
    }
    if (type != name(format) || function != wanted || values.size() != inputs) continue;
    points.push_back({values[0], inputs == 2 ? values[1] : 0});
  }
  return points;
}

void add_known_input(const std::filesystem::path& file, numbers::Format format,
                     const std::string& expression, std::size_t inputs, const Point& point) {
  const std::vector<Point> known = read_known_inputs(file, format, expression, inputs);
  if (std::find(known.begin(), known.end(), point) != known.end()) return;
  std::ofstream out(file, std::ios::app);
  out << fmt::format("{} {} {:a}", name(format), without_spaces(expression), point[0]);
  if (inputs == 2) out << fmt::format(" {:a}", point[1]);
  out << '\n';
  if (!out.flush()) throw std::runtime_error(fmt::format("{}: cannot be written", file.string()));
}

}  // namespace ulpforge::validate

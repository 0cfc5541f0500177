// Tables.
#include "report/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace ulpforge::report {

std::string Table::text() const {
  std::vector<std::size_t> widths;
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t width = columns_[c].title.size();
    for (const auto& row : rows_) width = std::max(width, row[c].size());
    widths.push_back(width);
    titles.push_back(columns_[c].title);
    rules.emplace_back(width, '-');
  }
  std::string text;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string padded;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      padded += columns_[c].align == Align::Right ? fmt::format("{:>{}}", cells[c], widths[c])
                                                  : fmt::format("{:<{}}", cells[c], widths[c]);
      padded += "  ";
    }
    padded.erase(padded.find_last_not_of(' ') + 1);
    text += padded + '\n';
  };
  line(titles);
  line(rules);
  for (const auto& row : rows_) line(row);
  return text;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace ulpforge::report

// Plain-text tables.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::report {

enum class Align { Left, Right };

struct Column {
  std::string title;
  Align align = Align::Left;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// One cell a column.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// Title, rule and rows, columns as wide as their widest cell, every line ended.
  std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// "1 operation", "2 operations".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace ulpforge::report

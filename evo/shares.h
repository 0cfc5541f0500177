// Choices at random by a table of shares.
#pragma once

#include <ranges>

namespace ulpforge::evo {

/// A row: in how many of a hundred cases the choice is this one.
template <class Choice>
struct Share {
  int percent;
  Choice choice;
};

/// The shares of a table sum up to this.
template <std::ranges::range Table>
constexpr int total(const Table& table) {
  int sum = 0;
  for (const auto& row : table) sum += row.percent;
  return sum;
}

/// The choice that `u`, uniform in [0, 1), falls on; the rows' shares are laid side by side in
/// their order. They sum up to 100.
template <std::ranges::range Table>
constexpr auto choose(const Table& table, double u) {
  // Sums are of whole numbers, so that 29 and 8 are divided at 0.37 and not next to it.
  int sum = 0;
  for (const auto& row : table) {
    sum += row.percent;
    if (u < sum / 100.0) return row.choice;
  }
  return std::ranges::rbegin(table)->choice;
}

}  // namespace ulpforge::evo

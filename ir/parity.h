// Linear equations over GF(2), taken one by one: an equation that contradicts the earlier ones is
// refused.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ulpforge::ir {

/// sum of unknowns = right-hand side; a row of bits, the last one the right-hand side.
class ParityEquation {
 public:
  explicit ParityEquation(std::size_t unknowns) : unknowns_(unknowns), more_(unknowns / 64) {}

  void flip(std::size_t unknown) { word(unknown / 64) ^= std::uint64_t{1} << (unknown % 64); }
  void flip_right_side() { flip(unknowns_); }
  bool has(std::size_t unknown) const { return (word(unknown / 64) >> (unknown % 64)) & 1U; }
  bool right_side() const { return has(unknowns_); }

  void add(const ParityEquation& other) {
    for (std::size_t i = 0; i <= more_.size(); ++i) word(i) ^= other.word(i);
  }

  /// The first unknown in the equation; the number of unknowns if there is none.
  std::size_t first() const {
    for (std::size_t i = 0; i <= more_.size(); ++i) {
      if (word(i) == 0) continue;
      return std::min(64 * i + static_cast<std::size_t>(std::countr_zero(word(i))), unknowns_);
    }
    return unknowns_;
  }

 private:
  std::uint64_t& word(std::size_t i) { return i == 0 ? first_ : more_[i - 1]; }
  const std::uint64_t& word(std::size_t i) const { return i == 0 ? first_ : more_[i - 1]; }

  std::size_t unknowns_;
  std::uint64_t first_ = 0;
  std::vector<std::uint64_t> more_;  ///< empty for most programs: no allocation
};

class ParitySystem {
 public:
  explicit ParitySystem(std::size_t unknowns) : unknowns_(unknowns) {}

  std::size_t unknowns() const { return unknowns_; }

  enum class Verdict : std::uint8_t { Implied, Contradicted, Independent };

  /// What the equations taken so far say about another one.
  Verdict judge(ParityEquation equation) const { return reduce(equation); }

  /// Takes the equation unless it is contradicted.
  void take(ParityEquation equation) {
    if (reduce(equation) == Verdict::Independent) rows_.push_back({equation.first(), equation});
  }

  /// A solution; unknowns that are still free are zero.
  std::vector<char> solve() const {
    std::vector<char> solution(unknowns_, 0);
    for (std::size_t i = rows_.size(); i-- > 0;) {
      const Row& row = rows_[i];
      bool value = row.equation.right_side();
      for (std::size_t k = row.pivot + 1; k < unknowns_; ++k) {
        value ^= row.equation.has(k) && solution[k];
      }
      solution[row.pivot] = value ? 1 : 0;
    }
    return solution;
  }

 private:
  struct Row {
    std::size_t pivot;
    ParityEquation equation;
  };

  Verdict reduce(ParityEquation& equation) const {
    // A row holds no pivot of the rows before it, so one pass in order removes all pivots.
    for (const Row& row : rows_) {
      if (equation.has(row.pivot)) equation.add(row.equation);
    }
    if (equation.first() < unknowns_) return Verdict::Independent;
    return equation.right_side() ? Verdict::Contradicted : Verdict::Implied;
  }

  std::size_t unknowns_;
  std::vector<Row> rows_;
};

}  // namespace ulpforge::ir

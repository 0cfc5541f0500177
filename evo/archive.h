// The best programs found, in niches: one list for each operation count, ordered by error, with few
// places for programs that fit equally well.
#pragma once

#include <cstdint>
#include <vector>

#include "evo/random.h"
#include "evo/tape.h"
#include "ir/program.h"

namespace ulpforge::evo {

struct Entry {
  ir::Program program;  ///< canonical, with fitted constants
  double error = 0;     ///< largest over the nodes
  double sum_of_squares = 0;
  std::uint64_t structure = 0;
  int refits = 0;  ///< how often it was taken for an intensive refit

  int operations() const { return static_cast<int>(program.code.size()); }
};

class Archive {
 public:
  /// `capacity` entries for each operation count from 0 to max_operations.
  Archive(int max_operations, int capacity);

  /// Takes the entry in if it is good enough: a better fit of a known structure replaces it, a
  /// full class of equal fits changes a member now and then, else the worst entry leaves.
  bool insert(Entry entry, Random& random);

  /// The error that a new entry has to beat.
  double threshold(int operations) const;
  const std::vector<Entry>& at(int operations) const { return niches_[operations]; }
  /// Operation counts that have entries, ascending.
  const std::vector<int>& occupied() const { return occupied_; }
  int max_operations() const { return static_cast<int>(niches_.size()) - 1; }
  void count_refit(int operations, std::uint64_t structure);

 private:
  void place(std::vector<Entry>& niche, Entry entry);

  int capacity_;
  std::vector<std::vector<Entry>> niches_;
  std::vector<int> occupied_;
};

}  // namespace ulpforge::evo

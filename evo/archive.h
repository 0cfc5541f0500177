// The best programs found, in niches: one list for each operation count, ordered by error, with few
// places for programs that fit equally well.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "evo/tape.h"
#include "ir/program.h"
#include "numbers/random.h"

namespace ulpforge::evo {

struct Entry {
  ir::Program program;  ///< canonical, with fitted constants
  double error = 0;     ///< largest over the nodes
  double sum_of_squares = 0;
  std::uint64_t structure = 0;
  int refits = 0;  ///< how often it was taken for an intensive refit

  int operations() const { return static_cast<int>(program.code.size()); }
  static auto fields(auto& e) {
    return std::tie(e.program, e.error, e.sum_of_squares, e.structure, e.refits);
  }
};

class Archive {
 public:
  /// `capacity` entries for each operation count from 0 to max_operations. `selects` and
  /// `recognises`: evo/search.h, Parts.
  Archive(int max_operations, int capacity, bool selects = true, bool recognises = true);

  /// Takes the entry in if it is good enough: a better fit of a known structure replaces it, a
  /// full class of equal fits changes a member now and then, else the worst entry leaves.
  bool insert(Entry entry, numbers::Random& random);

  /// The error that a new entry has to beat.
  double threshold(int operations) const;
  const std::vector<Entry>& at(int operations) const { return niches_[operations]; }
  /// Operation counts that have entries, ascending.
  const std::vector<int>& occupied() const { return occupied_; }
  int max_operations() const { return static_cast<int>(niches_.size()) - 1; }
  void count_refit(int operations, std::uint64_t structure);

  /// The state; capacity and size are the configuration's. check() after reading.
  static auto fields(auto& archive) { return std::tie(archive.niches_); }
  /// Finds what is occupied. Throws DamagedState (evo/state_stream.h) where the niches are not
  /// those of an archive for programs of at most max_operations.
  void check(int max_operations);

 private:
  void place(std::vector<Entry>& niche, Entry entry);

  int capacity_;
  bool selects_;
  bool recognises_;
  std::vector<std::vector<Entry>> niches_;
  std::vector<int> occupied_;
};

}  // namespace ulpforge::evo

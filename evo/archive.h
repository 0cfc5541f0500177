// The best programs found, in niches: one list for each cost (for each operation count, where all
// operations cost the same), ordered by error, with few places for programs that fit equally well.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "evo/niches.h"
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
  /// `capacity` entries for each niche. `selects` and `recognises`: evo/search.h, Parts.
  Archive(Niches niches, int capacity, bool selects = true, bool recognises = true);

  /// Takes the entry in if it is good enough: a better fit of a known structure replaces it, a
  /// full class of equal fits changes a member now and then, else the worst entry leaves.
  bool insert(Entry entry, numbers::Random& random);

  /// The error that a new entry has to beat in a niche.
  double threshold(int niche) const;
  double threshold(const ir::Program& program) const { return threshold(niches_.of(program)); }
  const std::vector<Entry>& at(int niche) const { return lists_[niche]; }
  /// Niches that have entries, ascending.
  const std::vector<int>& occupied() const { return occupied_; }
  const Niches& niches() const { return niches_; }
  void count_refit(int niche, std::uint64_t structure);

  /// The state; capacity and size are the configuration's. check() after reading.
  static auto fields(auto& archive) { return std::tie(archive.lists_); }
  /// Finds what is occupied. Throws DamagedState (evo/state_stream.h) where the lists are not those
  /// of this archive's niches.
  void check();

 private:
  void place(int niche, Entry entry);

  Niches niches_;
  int capacity_;
  bool selects_;
  bool recognises_;
  std::vector<std::vector<Entry>> lists_;
  std::vector<int> occupied_;
};

}  // namespace ulpforge::evo

// The best kernels found for one scheme, in niches of equal cost.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "evo/interval_table.h"
#include "ir/program.h"
#include "jit/cost.h"
#include "numbers/random.h"

namespace ulpforge::evo {

struct KernelEntry {
  ir::Program kernel;  ///< tidy, its constants numbers of its scheme's type
  std::uint64_t shape = 0;
  jit::Cost cost;      ///< of the whole function
  double max_ulp = 0;  ///< over the sample, or over every float once it is verified
  bool verified = false;
  int tunings = 0;                     ///< how often its constants were searched for at length
  std::optional<IntervalTable> table;  ///< that the kernel was written from, if it was
  /// No sample shows a lower error; above 0.5 where the fit's error is too large for every float to
  /// be rounded correctly, though too small for a sample to show one that is not.
  double least_ulp = 0;

  static auto fields(auto& e) {
    return std::tie(e.kernel, e.shape, e.cost, e.max_ulp, e.verified, e.tunings, e.table,
                    e.least_ulp);
  }
};

class KernelArchive {
 public:
  /// Equal costs, as far as the archive goes: to a quarter of a cycle per sixteen elements.
  static std::int64_t niche_of(const jit::Cost& cost);

  /// Takes the entry in where it is among the best of its niche; of one shape only the best stays.
  bool insert(KernelEntry entry);

  /// The error that a new entry of that cost has to beat.
  double threshold(const jit::Cost& cost) const;
  /// A cost, then an entry by rank: `pressure` 1 is uniform, higher prefers the best.
  const KernelEntry& choose(double pressure, numbers::Random& random) const;
  /// The same among the kernels that have a real form, which mutations are for.
  const ir::Program& choose_parent(double pressure, numbers::Random& random) const;
  /// The entry of that shape, or nullptr.
  const KernelEntry* find(std::uint64_t shape) const;
  bool empty() const { return niches_.empty(); }

  using Niches = std::map<std::int64_t, std::vector<KernelEntry>>;
  const Niches& niches() const { return niches_; }
  /// Measures entries anew: function(entry) sets max_ulp; niches are put in order again.
  template <class Function>
  void update(Function function) {
    for (auto& [cost, entries] : niches_) {
      for (KernelEntry& entry : entries) function(entry);
      sort(entries);
    }
  }

  static auto fields(auto& archive) { return std::tie(archive.niches_); }
  /// Throws DamagedState (evo/state_stream.h) where the niches are not those of an archive.
  void check() const;

 private:
  static void sort(std::vector<KernelEntry>& entries);

  Niches niches_;
};

}  // namespace ulpforge::evo

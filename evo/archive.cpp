// Niches by cost, classes by fit.
#include "evo/archive.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evo/state_stream.h"

namespace ulpforge::evo {

namespace {
/// Fits whose sums of squares agree to this relative difference count as the same function found by
/// different structures.
constexpr double kSameFit = 2e-3;
/// Members of one class of equal fits.
constexpr int kPerClass = 2;
}  // namespace

Archive::Archive(Niches niches, int capacity, bool selects, bool recognises)
    : niches_(std::move(niches)),
      capacity_(capacity),
      selects_(selects),
      recognises_(recognises),
      lists_(static_cast<std::size_t>(niches_.count())) {}

double Archive::threshold(int number) const {
  const std::vector<Entry>& niche = lists_[number];
  if (!selects_ || static_cast<int>(niche.size()) < capacity_) {
    return std::numeric_limits<double>::infinity();
  }
  return niche.back().error;
}

void Archive::place(int number, Entry entry) {
  std::vector<Entry>& niche = lists_[number];
  const auto slot = std::ranges::lower_bound(occupied_, number);
  if (slot == occupied_.end() || *slot != number) occupied_.insert(slot, number);
  const auto position = std::ranges::upper_bound(niche, entry.error, {}, &Entry::error);
  niche.insert(position, std::move(entry));
}

bool Archive::insert(Entry entry, numbers::Random& random) {
  const int number = niches_.of(entry.program);
  std::vector<Entry>& niche = lists_[number];
  if (!std::isfinite(entry.error)) return false;
  const auto known =
      recognises_ ? std::ranges::find(niche, entry.structure, &Entry::structure) : niche.end();
  if (known != niche.end()) {
    if (!(entry.error < known->error * 0.9999)) return false;
    entry.refits = known->refits;
    niche.erase(known);
    place(number, std::move(entry));
    return true;
  }
  int members = 0;
  std::size_t member = 0;
  for (std::size_t i = 0; recognises_ && i < niche.size(); ++i) {
    if (std::abs(niche[i].sum_of_squares - entry.sum_of_squares) >
        kSameFit * entry.sum_of_squares) {
      continue;
    }
    ++members;
    if (random.below(members) == 0) member = i;
  }
  if (members >= kPerClass) {
    if (random.chance(0.5)) return false;
    niche.erase(niche.begin() + static_cast<std::ptrdiff_t>(member));
  } else if (static_cast<int>(niche.size()) >= capacity_ && !selects_) {
    niche.erase(niche.begin() + random.below(capacity_));
  } else if (static_cast<int>(niche.size()) >= capacity_) {
    if (!(entry.error < niche.back().error)) return false;
    niche.pop_back();
  }
  place(number, std::move(entry));
  return true;
}

void Archive::check() {
  if (lists_.size() != static_cast<std::size_t>(niches_.count())) {
    throw DamagedState("an archive is for programs of another length");
  }
  occupied_.clear();
  for (int number = 0; number < niches_.count(); ++number) {
    const std::vector<Entry>& niche = lists_[number];
    if (!niche.empty()) occupied_.push_back(number);
    bool good = static_cast<int>(niche.size()) <= capacity_ &&
                std::ranges::is_sorted(niche, {}, &Entry::error);
    for (const Entry& entry : niche) {
      good = good && niches_.of(entry.program) == number && std::isfinite(entry.error) &&
             make_tape(entry.program).has_value();
    }
    if (!good) throw DamagedState("an archive holds what does not belong there");
  }
}

void Archive::count_refit(int number, std::uint64_t structure) {
  std::vector<Entry>& niche = lists_[number];
  const auto entry = std::ranges::find(niche, structure, &Entry::structure);
  if (entry != niche.end()) ++entry->refits;
}

}  // namespace ulpforge::evo

// Niches of kernels.
#include "evo/kernel_archive.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "evo/state_stream.h"

namespace ulpforge::evo {
namespace {

constexpr std::size_t kCapacity = 12;

}  // namespace

std::int64_t KernelArchive::niche_of(const jit::Cost& cost) {
  return std::llround(cost.throughput * 64);
}

bool KernelArchive::insert(KernelEntry entry) {
  std::vector<KernelEntry>& entries = niches_[niche_of(entry.cost)];
  const auto same = std::ranges::find(entries, entry.shape, &KernelEntry::shape);
  if (same != entries.end()) {
    if (same->max_ulp <= entry.max_ulp) {
      same->tunings = std::max(same->tunings, entry.tunings);
      return false;
    }
    *same = std::move(entry);
  } else {
    if (entries.size() == kCapacity) {
      if (entries.back().max_ulp <= entry.max_ulp) return false;
      entries.pop_back();
    }
    entries.push_back(std::move(entry));
  }
  sort(entries);
  return true;
}

double KernelArchive::threshold(const jit::Cost& cost) const {
  const auto niche = niches_.find(niche_of(cost));
  if (niche == niches_.end() || niche->second.size() < kCapacity) {
    return std::numeric_limits<double>::infinity();
  }
  return niche->second.back().max_ulp;
}

const KernelEntry& KernelArchive::choose(double pressure, numbers::Random& random) const {
  const auto niche = std::next(niches_.begin(), random.below(niches_.size()));
  const std::vector<KernelEntry>& entries = niche->second;
  const double rank = static_cast<double>(entries.size()) * std::pow(random.uniform(), pressure);
  return entries[static_cast<std::size_t>(rank)];
}

const ir::Program& KernelArchive::choose_parent(double pressure, numbers::Random& random) const {
  std::vector<const std::vector<KernelEntry>*> kernels;
  const auto is_kernel = [](const KernelEntry& entry) { return !entry.table.has_value(); };
  for (const auto& [cost, entries] : niches_) {
    if (std::ranges::any_of(entries, is_kernel)) kernels.push_back(&entries);
  }
  const auto& entries = *kernels[static_cast<std::size_t>(random.below(kernels.size()))];
  const auto count = std::ranges::count_if(entries, is_kernel);
  auto rank = static_cast<std::ptrdiff_t>(static_cast<double>(count) *
                                          std::pow(random.uniform(), pressure));
  auto entry = std::ranges::find_if(entries, is_kernel);
  for (; rank > 0; --rank) entry = std::find_if(std::next(entry), entries.end(), is_kernel);
  return entry->kernel;
}

const KernelEntry* KernelArchive::find(std::uint64_t shape) const {
  for (const auto& [cost, entries] : niches_) {
    const auto entry = std::ranges::find(entries, shape, &KernelEntry::shape);
    if (entry != entries.end()) return &*entry;
  }
  return nullptr;
}

void KernelArchive::check() const {
  bool parents = niches_.empty();
  for (const auto& [cost, entries] : niches_) {
    bool good = !entries.empty() && entries.size() <= kCapacity;
    for (const KernelEntry& entry : entries) {
      parents = parents || !entry.table;
      good = good && ir::is_machine(entry.kernel) && entry.kernel.inputs == 1 &&
             std::isfinite(entry.cost.throughput) && niche_of(entry.cost) == cost &&
             (!entry.table || belongs_to(*entry.table, entry.kernel));
    }
    if (!good) throw DamagedState("an archive holds what does not belong there");
  }
  if (!parents) throw DamagedState("an archive has no kernel to start from");
}

void KernelArchive::sort(std::vector<KernelEntry>& entries) {
  std::ranges::stable_sort(entries, {}, &KernelEntry::max_ulp);
}

}  // namespace ulpforge::evo

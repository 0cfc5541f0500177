// Best-first division of the input space.
#include "validate/regions.h"

#include <algorithm>
#include <cmath>

namespace ulpforge::validate {
namespace {

constexpr std::uint64_t kShare = 16384;  ///< samples of a region before it is split
constexpr std::size_t kMostLeaves = 1 << 17;
constexpr int kNarrowest = 14;  ///< log2 of the patterns in the narrowest region
/// Two inputs: each starts as this many exponents together (log2).
constexpr int kGroup = 6;

}  // namespace

void Worst::add(const Suspect& suspect) {
  if (!(suspect.error > threshold())) return;
  for (std::size_t i = 0; i < size_; ++i) {
    if (suspects_[i].point == suspect.point) return;
  }
  if (size_ < kCount) ++size_;
  std::size_t i = size_ - 1;
  for (; i > 0 && suspects_[i - 1].error < suspect.error; --i) suspects_[i] = suspects_[i - 1];
  suspects_[i] = suspect;
}

Regions::Regions(numbers::Format format, int inputs) : patterns_(format), inputs_(inputs) {
  const int mantissa = patterns_.mantissa_bits();
  // Of one input a region is a binade, of x or, next to 1, of x - 1; of two, groups of binades,
  // reaching beyond infinity.
  const int group = inputs == 1 ? 0 : std::min(kGroup, format == numbers::kBinary64 ? 6 : 4);
  const int count = (patterns_.exponents() + (1 << group) - 1) >> group;
  std::vector<std::uint64_t> starts;
  for (const std::uint64_t sign : {std::uint64_t{0}, patterns_.sign()}) {
    for (int k = 0; k < count; ++k) {
      starts.push_back(sign | static_cast<std::uint64_t>(k) << (mantissa + group));
    }
  }
  for (const std::uint64_t first : starts) {
    Region region;
    region.box.first[0] = first;
    region.box.log_count[0] = mantissa + group;
    if (inputs == 1) {
      add_with_distances_from_one(region);
      continue;
    }
    for (const std::uint64_t second : starts) {
      region.box.first[1] = second;
      region.box.log_count[1] = mantissa + group;
      leaves_.push_back(region);
    }
  }
}

void Regions::add_with_distances_from_one(Region binade) {
  const std::uint64_t one = patterns_.pattern(1);
  const std::uint64_t first = binade.box.first[0] & ~patterns_.sign();
  const std::uint64_t end = first + (std::uint64_t{1} << binade.box.log_count[0]);
  if (first != one && end != one) return leaves_.push_back(binade);
  while (binade.box.log_count[0] > kNarrowest) {
    // The half that is further from 1 is a region, the other is halved again.
    Region far = binade;
    const std::uint64_t half = std::uint64_t{1} << --binade.box.log_count[0];
    far.box.log_count[0] = binade.box.log_count[0];
    (first == one ? far : binade).box.first[0] += half;
    leaves_.push_back(far);
  }
  leaves_.push_back(binade);
}

std::vector<std::size_t> Regions::promising(std::size_t count) const {
  // The best of each size in turn, so that wide regions are looked into however good a narrow one
  // is.
  std::array<std::vector<std::size_t>, 129> by_size;
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    const Box& box = leaves_[i].box;
    by_size[static_cast<std::size_t>(box.log_count[0] + box.log_count[1])].push_back(i);
  }
  std::vector<std::size_t> chosen;
  for (std::size_t rank = 0; chosen.size() < count; ++rank) {
    bool any = false;
    for (std::vector<std::size_t>& leaves : by_size) {
      if (rank >= leaves.size()) continue;
      const auto at = leaves.begin() + static_cast<std::ptrdiff_t>(rank);
      const auto best = std::min_element(at, leaves.end(), [&](std::size_t a, std::size_t b) {
        return leaves_[a].score > leaves_[b].score;
      });
      std::iter_swap(at, best);
      chosen.push_back(*at);
      any = true;
      if (chosen.size() == count) break;
    }
    if (!any) break;
  }
  return chosen;
}

void Regions::record(std::size_t leaf, std::uint64_t samples, const Worst& worst) {
  Region& region = leaves_[leaf];
  region.samples += samples;
  for (std::size_t i = 0; i < worst.size(); ++i) {
    if (contains(region.box, worst[i].point)) region.worst.add(worst[i]);
  }
  rate(region);
  const bool full = region.samples >= kShare;
  const int widest = std::max(region.box.log_count[0], region.box.log_count[1]);
  if (full && widest > kNarrowest && leaves_.size() < kMostLeaves) split(leaf);
}

bool Regions::contains(const Box& box, const Point& point) const {
  for (std::size_t i = 0; i < static_cast<std::size_t>(inputs_); ++i) {
    if ((patterns_.pattern(point[i]) ^ box.first[i]) >> box.log_count[i] != 0) return false;
  }
  return true;
}

void Regions::rate(Region& region) const {
  const Worst& worst = region.worst;
  if (worst.size() < 2) {
    region.score = worst.size() == 1 ? worst[0].error : 0;
    return;
  }
  const double least = worst[worst.size() - 1].error;
  double excess = 0;
  for (std::size_t i = 0; i + 1 < worst.size(); ++i) excess += worst[i].error - least;
  excess /= static_cast<double>(worst.size() - 1);
  const auto samples = static_cast<double>(region.samples);
  region.score = least + excess * std::log(static_cast<double>(worst.size()) *
                                           (samples + static_cast<double>(kShare)) / samples);
}

void Regions::split(std::size_t leaf) {
  Region low = leaves_[leaf];
  const std::size_t axis = low.box.log_count[1] > low.box.log_count[0] ? 1 : 0;
  --low.box.log_count[axis];
  const std::uint64_t half = std::uint64_t{1} << low.box.log_count[axis];
  Region high = low;
  high.box.first[axis] += half;
  low.samples = high.samples = std::max<std::uint64_t>(low.samples / 2, 1);
  const Worst all = low.worst;
  low.worst = high.worst = Worst();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint64_t pattern = patterns_.pattern(all[i].point[axis]);
    (pattern >= high.box.first[axis] ? high : low).worst.add(all[i]);
  }
  rate(low);
  rate(high);
  leaves_[leaf] = low;
  leaves_.push_back(high);
}

}  // namespace ulpforge::validate

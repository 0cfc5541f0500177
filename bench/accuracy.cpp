// Exhaustive and sampled scores, comparison of bits.
#include "bench/accuracy.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <random>
#include <vector>

#include "parallel/parallel.h"
#include "targets/scores/pieces.h"

namespace ulpforge::bench {
namespace {

using targets::FloatRange;

constexpr std::size_t kStretch = 4096;

/// Calls with any count.
void call(const Array& array, std::span<const float> x, std::span<float> y) {
  const std::size_t whole = x.size() / kBlock * kBlock;
  if (whole > 0) array(x.data(), y.data(), whole);
  if (whole == x.size()) return;
  alignas(64) std::array<float, kBlock> from{}, to{};
  std::copy(x.begin() + static_cast<std::ptrdiff_t>(whole), x.end(), from.begin());
  array(from.data(), to.data(), kBlock);
  std::copy_n(to.begin(), x.size() - whole, y.begin() + static_cast<std::ptrdiff_t>(whole));
}

/// Calls take(first, x) for the floats of the range in stretches, one after the other, until it
/// says no.
template <class Take>
void for_each_stretch(const FloatRange& range, Take take) {
  std::vector<float> x(kStretch);
  for (std::uint64_t at = range.first; at <= range.last; at += kStretch) {
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(kStretch, range.last - at + 1));
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = std::bit_cast<float>(static_cast<std::uint32_t>(at + i));
    }
    if (!take(static_cast<std::uint32_t>(at), std::span<const float>(x.data(), count))) return;
  }
}

std::vector<FloatRange> every_range() {
  std::vector<FloatRange> ranges =
      targets::binades<numbers::Binary32>(targets::all_finite_floats());
  const auto& special = targets::kSpecialNumbers<numbers::Binary32>;
  ranges.insert(ranges.end(), special.begin(), special.end());
  return ranges;
}

/// Stretches of consecutive floats, a few in each binade, always the same.
std::vector<FloatRange> sampled_ranges(std::uint64_t samples) {
  constexpr std::uint64_t kStretches = 4;
  std::mt19937_64 random(1);
  std::vector<FloatRange> stretches;
  const std::vector<FloatRange> all = every_range();
  const std::uint64_t length =
      std::clamp<std::uint64_t>(samples / (all.size() * kStretches), 1, 1U << 21);
  for (const FloatRange& range : all) {
    // One in each quarter, so that none overlap; the first where the range begins: with infinity.
    const std::uint64_t part = range.size() / kStretches;
    if (part < length) {
      stretches.push_back(range);
      continue;
    }
    for (std::uint64_t k = 0; k < kStretches; ++k) {
      const std::uint64_t shift = random() % (part - length + 1);
      const std::uint64_t first = range.first + k * part + (k == 0 ? 0 : shift);
      stretches.push_back(
          {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first + length - 1)});
    }
  }
  std::ranges::sort(stretches, {}, &FloatRange::first);
  return stretches;
}

/// A part of a range that is inside others, or outside.
struct Part {
  FloatRange range;
  bool is_inside;
};

/// The range in parts, ascending; the others ascend too.
std::vector<Part> cut(const FloatRange& range, std::span<const FloatRange> others) {
  std::vector<Part> parts;
  std::uint64_t first = range.first;
  for (const FloatRange& other : others) {
    if (other.last < first || other.first > range.last) continue;
    if (other.first > first) {
      parts.push_back({{static_cast<std::uint32_t>(first), other.first - 1}, false});
      first = other.first;
    }
    const std::uint32_t last = std::min(other.last, range.last);
    parts.push_back({{static_cast<std::uint32_t>(first), last}, true});
    first = std::uint64_t{last} + 1;
  }
  if (first <= range.last)
    parts.push_back({{static_cast<std::uint32_t>(first), range.last}, false});
  return parts;
}

Accuracy measure_at(const targets::FloatReference& reference, const targets::FloatRoutine& routine,
                    const std::vector<FloatRange>& ranges, const std::stop_token& stop,
                    std::span<const FloatRange> inside = {}) {
  std::vector<Part> parts;
  for (const FloatRange& range : ranges) {
    for (const Part& part : cut(range, inside)) parts.push_back(part);
  }
  std::vector<targets::Score> scores(parts.size());
  parallel::for_each_index(std::size_t{0}, parts.size(), [&](std::size_t k) {
    if (!stop.stop_requested()) scores[k] = targets::score(reference, routine, parts[k].range);
  });
  Accuracy accuracy{{}, false};
  if (!inside.empty()) accuracy.inside.emplace();
  for (std::size_t k = 0; k < parts.size(); ++k) {
    accuracy.score.merge(scores[k]);
    if (parts[k].is_inside) accuracy.inside->merge(scores[k]);
  }
  return accuracy;
}

/// Of the range, the floats that are normal, of a size up to `largest`, with a normal result.
std::vector<FloatRange> normal_parts(const FloatRange& range, const Array& full, float largest) {
  std::vector<float> y(kStretch);
  std::vector<FloatRange> parts;
  bool open = false;  // whether the last part goes on
  for_each_stretch(range, [&](std::uint32_t first, std::span<const float> x) {
    call(full, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto input = first + static_cast<std::uint32_t>(i);
      const bool good = std::isnormal(x[i]) && std::fabs(x[i]) <= largest && std::isnormal(y[i]);
      if (good && !open) parts.push_back({input, input});
      if (good) parts.back().last = input;
      open = good;
    }
    return true;
  });
  return parts;
}

}  // namespace

Accuracy measure_accuracy(const targets::FloatReference& reference, const Array& array,
                          std::uint64_t samples, std::span<const FloatRange> inside,
                          const std::stop_token& stop) {
  const targets::FloatRoutine routine = [&array](std::span<const float> x, std::span<float> y) {
    call(array, x, y);
  };
  std::vector<FloatRange> ascending(inside.begin(), inside.end());
  std::ranges::sort(ascending, {}, &FloatRange::first);
  Accuracy accuracy = measure_at(
      reference, routine, samples == 0 ? every_range() : sampled_ranges(samples), stop, ascending);
  accuracy.every_input = samples == 0;
  return accuracy;
}

Accuracy measure_accuracy_of_normal(const targets::FloatReference& reference, const Array& array,
                                    const Array& full, float largest, std::uint64_t samples,
                                    const std::stop_token& stop) {
  const targets::FloatRoutine routine = [&array](std::span<const float> x, std::span<float> y) {
    call(array, x, y);
  };
  const std::vector<FloatRange> all = samples == 0 ? every_range() : sampled_ranges(samples);
  std::vector<std::vector<FloatRange>> parts(all.size());
  parallel::for_each_index(std::size_t{0}, all.size(), [&](std::size_t k) {
    if (!stop.stop_requested()) parts[k] = normal_parts(all[k], full, largest);
  });
  std::vector<FloatRange> normal;
  for (const std::vector<FloatRange>& some : parts) {
    normal.insert(normal.end(), some.begin(), some.end());
  }
  Accuracy accuracy = measure_at(reference, routine, normal, stop);
  accuracy.every_input = samples == 0;
  return accuracy;
}

bool same_bits(const Array& a, const Array& b, std::uint64_t samples, const std::stop_token& stop) {
  const std::vector<FloatRange> ranges = samples == 0 ? every_range() : sampled_ranges(samples);
  std::atomic<bool> same = true;
  parallel::for_each_index(std::size_t{0}, ranges.size(), [&](std::size_t k) {
    if (stop.stop_requested()) return;
    std::vector<float> first(kStretch), second(kStretch);
    for_each_stretch(ranges[k], [&](std::uint32_t, std::span<const float> x) {
      call(a, x, first);
      call(b, x, second);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const bool equal =
            std::bit_cast<std::uint32_t>(first[i]) == std::bit_cast<std::uint32_t>(second[i]) ||
            (std::isnan(first[i]) && std::isnan(second[i]));
        if (!equal) same = false;
      }
      return same.load();
    });
  });
  return same;
}

}  // namespace ulpforge::bench

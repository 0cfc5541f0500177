// Scans of consecutive floats.
#include "evo/float_requirements.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "numbers/format.h"
#include "numbers/random.h"
#include "parallel/parallel.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

using numbers::Binary32;

constexpr std::uint32_t kChunk = std::uint32_t{1} << 16;
constexpr std::uint32_t kProbe = 64;  ///< floats of a probe

/// The value rounded once, from MPFR.
float rounded(const targets::FloatReference& reference, float x) {
  const targets::ResultFormat& results = reference.results();
  const numbers::Format& row = results.rounded ? results.row : Binary32::kRow;
  return static_cast<float>(targets::round_to(row, reference.exact(x).value));
}

bool same(float a, float b) {
  return (std::isnan(a) && std::isnan(b)) || Binary32::bits(a) == Binary32::bits(b);
}

std::string at(float x) { return fmt::format("x = {} (0x{:08x})", x, Binary32::bits(x)); }

}  // namespace

FloatRequirements::FloatRequirements(const targets::FloatReference& reference,
                                     const Constraints& constraints, std::span<const double> exact)
    : results_(reference.results()),
      ranges_(reference.ranges().begin(), reference.ranges().end()),
      odd_(constraints.parity == targets::Parity::Odd),
      even_(constraints.parity == targets::Parity::Even) {
  for (const double x : exact) {
    x_.push_back(static_cast<float>(x));
    values_.push_back(rounded(reference, x_.back()));
  }
  for (const targets::FloatRange& range : ranges_) {
    numbers::Random random{range.first, range.last, kProbe};
    for (const targets::FloatRange& part : targets::binades<Binary32>({&range, 1})) {
      constexpr int kProbes = 3;
      for (int k = 0; k < kProbes && part.size() > kProbe; ++k) {
        const auto first =
            static_cast<std::uint32_t>(part.first + random.bits() % (part.size() - kProbe));
        probes_.push_back({first, first + kProbe - 1});
      }
      if (part.size() <= kProbe) probes_.push_back({part.first, part.last});
    }
  }
  if (!constraints.monotone) return;
  // The probes' first floats, ascending on each range.
  for (const targets::FloatRange& range : ranges_) {
    std::vector<float> x;
    for (const Chunk& probe : probes_) {
      if (probe.first >= range.first && probe.first <= range.last) {
        x.push_back(Binary32::value(probe.first));
      }
    }
    std::ranges::sort(x);
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      const float here = rounded(reference, x[i]);
      const float next = rounded(reference, x[i + 1]);
      const int way = next > here ? 1 : next < here ? -1 : 0;
      if (way == 0) continue;
      if (direction_ == 0) direction_ = way;
      if (way == direction_) continue;
      throw std::invalid_argument(
          fmt::format("monotone: the target is not, it turns near x = {}; leave it out, or choose "
                      "a domain on one side",
                      x[i]));
    }
  }
}

std::optional<std::string> FloatRequirements::find_break_at_points(
    const targets::FloatRoutine& routine) const {
  std::vector<float> y(x_.size());
  routine(x_, y);
  targets::round_results(results_, y);
  for (std::size_t i = 0; i < x_.size(); ++i) {
    if (!same(y[i], values_[i])) return fmt::format("not exact at {}", at(x_[i]));
  }
  return std::nullopt;
}

std::optional<std::string> FloatRequirements::find_break_between(float lower, float value,
                                                                 float upper, float next) const {
  const bool good = direction_ > 0 ? next >= value : next <= value;
  if (good) return std::nullopt;
  return fmt::format("not monotone between {} and {}", at(lower), at(upper));
}

FloatRequirements::Ends FloatRequirements::look_at(const targets::FloatRoutine& routine,
                                                   Chunk chunk) const {
  const std::size_t count = std::size_t{chunk.last} - chunk.first + 1;
  std::vector<float> x(count), y(count);
  for (std::size_t i = 0; i < count; ++i) {
    x[i] = Binary32::value(static_cast<std::uint32_t>(chunk.first + i));
  }
  routine(x, y);
  targets::round_results(results_, y);
  Ends ends{y.front(), y.back(), {}};
  if (odd_ || even_) {
    std::vector<float> mirrored(count), z(count);
    for (std::size_t i = 0; i < count; ++i) mirrored[i] = -x[i];
    routine(mirrored, z);
    targets::round_results(results_, z);
    for (std::size_t i = 0; i < count && !ends.defect; ++i) {
      if (!same(odd_ ? -z[i] : z[i], y[i])) {
        ends.defect = fmt::format("not {} at {}", odd_ ? "odd" : "even", at(x[i]));
      }
    }
  }
  if (direction_ != 0) {
    // Patterns of negative numbers go down.
    const bool negative = Binary32::is_negative(chunk.first);
    for (std::size_t i = 0; i + 1 < count && !ends.defect; ++i) {
      const std::size_t lower = negative ? i + 1 : i;
      const std::size_t upper = negative ? i : i + 1;
      ends.defect = find_break_between(x[lower], y[lower], x[upper], y[upper]);
    }
  }
  return ends;
}

bool FloatRequirements::may_hold(const targets::FloatRoutine& routine) const {
  if (!any()) return true;
  if (find_break_at_points(routine)) return false;
  if (direction_ == 0 && !odd_ && !even_) return true;
  return std::ranges::none_of(
      probes_, [&](const Chunk& probe) { return look_at(routine, probe).defect.has_value(); });
}

std::optional<std::string> FloatRequirements::find_break(const targets::FloatRoutine& routine,
                                                         const std::function<bool()>& over) const {
  if (auto defect = find_break_at_points(routine)) return defect;
  if (direction_ == 0 && !odd_ && !even_) return std::nullopt;
  std::vector<Chunk> chunks;
  for (const targets::FloatRange& range : ranges_) {
    // What is odd or even on the positive side is so on both.
    const bool mirrored = Binary32::is_negative(range.first) && direction_ == 0;
    if (mirrored) continue;
    for (std::uint64_t first = range.first; first <= range.last; first += kChunk) {
      chunks.push_back(
          {static_cast<std::uint32_t>(first),
           static_cast<std::uint32_t>(std::min<std::uint64_t>(first + kChunk - 1, range.last))});
    }
  }
  std::vector<Ends> ends(chunks.size());
  parallel::for_each_index(std::size_t{0}, chunks.size(), [&](std::size_t k) {
    if (over && over()) {
      ends[k].defect = "stopped";
    } else {
      ends[k] = look_at(routine, chunks[k]);
    }
  });
  for (const Ends& each : ends) {
    if (each.defect) return each.defect;
  }
  if (direction_ == 0) return std::nullopt;
  // From chunk to chunk, and from -0 to 0.
  std::optional<std::size_t> below_zero, above_zero;
  for (std::size_t k = 0; k < chunks.size(); ++k) {
    if (chunks[k].first == Binary32::kSign) below_zero = k;
    if (chunks[k].first == 0) above_zero = k;
    if (k + 1 == chunks.size() || chunks[k].last + std::uint64_t{1} != chunks[k + 1].first)
      continue;
    const float a = Binary32::value(chunks[k].last);
    const float b = Binary32::value(chunks[k + 1].first);
    if (Binary32::is_negative(chunks[k].last) != Binary32::is_negative(chunks[k + 1].first))
      continue;
    const bool negative = Binary32::is_negative(chunks[k].last);
    auto defect = negative ? find_break_between(b, ends[k + 1].first, a, ends[k].last)
                           : find_break_between(a, ends[k].last, b, ends[k + 1].first);
    if (defect) return defect;
  }
  if (below_zero && above_zero) {
    return find_break_between(-0.0F, ends[*below_zero].first, 0.0F, ends[*above_zero].first);
  }
  return std::nullopt;
}

}  // namespace ulpforge::evo

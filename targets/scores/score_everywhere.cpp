// Binade by binade.
#include "targets/scores/score_everywhere.h"

#include <algorithm>
#include <bit>

#include "parallel/parallel.h"

namespace ulpforge::targets {

Score score_everywhere(const FloatReference& reference, const FloatRoutine& routine,
                       std::vector<float>* worst_inputs, const std::function<bool()>& cancelled) {
  std::vector<FloatRange> parts = binades(reference.ranges());
  std::uint64_t finite = 0;
  for (const FloatRange& part : parts) finite += part.size();
  if (finite >= 2ULL * 0x7f800000) {
    // Infinities and NaN, of both signs.
    parts.push_back({0x7f800000, 0x7fffffff});
    parts.push_back({0xff800000, 0xffffffff});
    std::ranges::sort(parts, {}, &FloatRange::first);
  }
  return score_ranges(reference, routine, parts, worst_inputs, cancelled);
}

Score score_ranges(const FloatReference& reference, const FloatRoutine& routine,
                   std::span<const FloatRange> parts, std::vector<float>* worst_inputs,
                   const std::function<bool()>& cancelled) {
  std::vector<Score> scores(parts.size());
  parallel::for_each_index(std::size_t{0}, parts.size(), [&](std::size_t k) {
    scores[k].gave_up = cancelled && cancelled();
    if (!scores[k].gave_up) scores[k] = score(reference, routine, parts[k]);
  });
  Score total;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    total.merge(scores[k]);
    if (worst_inputs != nullptr && scores[k].max_ulp > 0) {
      worst_inputs->push_back(std::bit_cast<float>(scores[k].worst_input));
    }
  }
  return total;
}

}  // namespace ulpforge::targets

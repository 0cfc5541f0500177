// Binade by binade.
#include "targets/scores/score_everywhere.h"

#include <algorithm>

#include "parallel/parallel.h"

namespace ulpforge::targets {

template <class Format>
Score score_everywhere(const Reference<Format>& reference, const Routine<Format>& routine,
                       std::vector<typename Format::Value>* worst_inputs,
                       const std::function<bool()>& cancelled) {
  std::vector<PatternRange> parts = binades<Format>(reference.ranges());
  if (are_all_finite<Format>(reference.ranges())) {
    std::erase_if(parts, [](PatternRange part) { return !Format::is_finite(part.first); });
    parts.insert(parts.end(), kSpecialNumbers<Format>.begin(), kSpecialNumbers<Format>.end());
    std::ranges::sort(parts, {}, &PatternRange::first);
  }
  return score_ranges(reference, routine, parts, worst_inputs, cancelled);
}

template <class Format>
Score score_ranges(const Reference<Format>& reference, const Routine<Format>& routine,
                   std::span<const PatternRange> parts,
                   std::vector<typename Format::Value>* worst_inputs,
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
      worst_inputs->push_back(Format::value(scores[k].worst_input));
    }
  }
  return total;
}

template Score score_everywhere(const Reference<numbers::Binary32>&,
                                const Routine<numbers::Binary32>&, std::vector<float>*,
                                const std::function<bool()>&);
template Score score_ranges(const Reference<numbers::Binary32>&, const Routine<numbers::Binary32>&,
                            std::span<const PatternRange>, std::vector<float>*,
                            const std::function<bool()>&);
template Score score_everywhere(const Reference<numbers::Binary16>&,
                                const Routine<numbers::Binary16>&, std::vector<float>*,
                                const std::function<bool()>&);
template Score score_ranges(const Reference<numbers::Binary16>&, const Routine<numbers::Binary16>&,
                            std::span<const PatternRange>, std::vector<float>*,
                            const std::function<bool()>&);
template Score score_everywhere(const Reference<numbers::Bfloat16>&,
                                const Routine<numbers::Bfloat16>&, std::vector<float>*,
                                const std::function<bool()>&);
template Score score_ranges(const Reference<numbers::Bfloat16>&, const Routine<numbers::Bfloat16>&,
                            std::span<const PatternRange>, std::vector<float>*,
                            const std::function<bool()>&);

}  // namespace ulpforge::targets

// The score of a float function over everything that its reference covers, in parallel.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "targets/scores/score.h"

namespace ulpforge::targets {

/// The score of a routine, which has to be thread-safe, at every float of the reference's ranges,
/// and at infinities and NaN where these are all finite floats. On oneTBB's threads; the result
/// does not depend on their number. `worst_inputs` gets the worst input of each binade. Gave up
/// where `cancelled`, which is asked before each binade and has to be thread-safe, said so.
Score score_everywhere(const FloatReference& reference, const FloatRoutine& routine,
                       std::vector<float>* worst_inputs = nullptr,
                       const std::function<bool()>& cancelled = {});

/// The same at the floats of some ranges, each of one sign.
Score score_ranges(const FloatReference& reference, const FloatRoutine& routine,
                   std::span<const FloatRange> parts, std::vector<float>* worst_inputs = nullptr,
                   const std::function<bool()>& cancelled = {});

}  // namespace ulpforge::targets

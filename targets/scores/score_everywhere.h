// The score of a routine over everything that its reference covers, in parallel.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "targets/scores/score.h"

namespace ulpforge::targets {

/// The score of a routine, which has to be thread-safe, at every number of the reference's
/// ranges, and at infinities and NaN where these are all finite numbers. On oneTBB's threads; the
/// result does not depend on their number. `worst_inputs` gets the worst input of each binade. Gave
/// up where `cancelled`, which is asked before each binade and has to be thread-safe, said so.
template <class Format>
Score score_everywhere(const Reference<Format>& reference, const Routine<Format>& routine,
                       std::vector<typename Format::Value>* worst_inputs = nullptr,
                       const std::function<bool()>& cancelled = {});

/// The same at the numbers of some ranges, each of one sign.
template <class Format>
Score score_ranges(const Reference<Format>& reference, const Routine<Format>& routine,
                   std::span<const PatternRange> parts,
                   std::vector<typename Format::Value>* worst_inputs = nullptr,
                   const std::function<bool()>& cancelled = {});

}  // namespace ulpforge::targets

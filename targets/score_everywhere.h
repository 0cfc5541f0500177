// The score of a float function over everything that its reference covers, in parallel.
#pragma once

#include <stop_token>
#include <vector>

#include "targets/score.h"

namespace ulpforge::targets {

/// The score of a routine, which has to be thread-safe, at every float of the reference's ranges, and
/// at infinities and NaN where these are all finite floats. On oneTBB's threads; the result does not
/// depend on their number. `worst_inputs` gets the worst input of each binade. Gave up where
/// `stop` came before the end.
Score score_everywhere(const FloatReference& reference, const FloatRoutine& routine,
                       std::vector<float>* worst_inputs = nullptr, std::stop_token stop = {});

}  // namespace ulpforge::targets

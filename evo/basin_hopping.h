// Basin hopping: constants have many local optima; jump, refit, keep what is better.
#pragma once

#include "evo/levenberg_marquardt.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// Monotone basin hopping from `constants`, whose fit is `best`; improves both in place. Jumps
/// multiply constants by log-normal factors of one of three sizes and flip a sign now and then.
/// Ends after `patience` jumps in a row without a gain.
template <int kBlocks>
void hop(Fitter<kBlocks>& fitter, const Tape& tape, Constants& constants, FitResult& best,
         int patience, numbers::Random& random);

}  // namespace ulpforge::evo

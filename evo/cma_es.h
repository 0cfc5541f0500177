// Constant fitting by CMA-ES, as the published search does it, to compare with ours.
#pragma once

#include "evo/levenberg_marquardt.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// Whether the program was built with pagmo 2, whose CMA-ES it is.
bool have_cma_es();

/// Improves `constants` in place, from where they are; least squares over the nodes. Ends after a
/// fixed number of generations, all of whose evaluations the fitter counts. Without pagmo it
/// evaluates only.
template <int kBlocks>
FitResult fit_by_cma_es(Fitter<kBlocks>& fitter, const Tape& tape, Constants& constants,
                        numbers::Random& random);

/// The figures of these constants, unfitted.
template <int kBlocks>
FitResult figures_of(Fitter<kBlocks>& fitter, const Tape& tape, const Constants& constants);

}  // namespace ulpforge::evo

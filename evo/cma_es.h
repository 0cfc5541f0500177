// Constant fitting by CMA-ES, as the published search does it, to compare with ours: Hansen, "The
// CMA evolution strategy: a tutorial", arXiv 1604.00772, its figure 6 and table 1 with weights that
// are not negative.
#pragma once

#include "evo/levenberg_marquardt.h"
#include "numbers/random.h"

namespace ulpforge::evo {

/// Improves `constants` in place, from where they are; least squares over the nodes. Ends after a
/// fixed number of generations, all of whose evaluations the fitter counts.
template <int kBlocks>
FitResult fit_by_cma_es(Fitter<kBlocks>& fitter, const Tape& tape, Constants& constants,
                        numbers::Random& random);

/// The figures of these constants, unfitted.
template <int kBlocks>
FitResult figures_of(Fitter<kBlocks>& fitter, const Tape& tape, const Constants& constants);

}  // namespace ulpforge::evo

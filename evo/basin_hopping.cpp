// Basin hopping on the constants of one program.
#include "evo/basin_hopping.h"

#include <cmath>

namespace ulpforge::evo {

template <int kBlocks>
void hop(Fitter<kBlocks>& fitter, const Tape& tape, Constants& constants, FitResult& best,
         int patience, numbers::Random& random) {
  constexpr int kMostHops = 200;
  constexpr double kGain = 0.98;
  constexpr double kSigma[3] = {0.1, 0.5, 1.5};
  int failures = 0;
  for (int n = 0; failures < patience && n < kMostHops; ++n) {
    const double sigma = kSigma[random.below(3)];
    Constants jumped = changed(tape, constants, [&](double value) {
      if (random.chance(0.7)) value *= std::exp(sigma * random.normal());
      return random.chance(0.1) ? -value : value;
    });
    FitOptions options;
    options.max_iterations = 150;
    options.tolerance = 1e-3;
    options.patience = 5;
    options.screen_iterations = 25;
    options.screen_level = best.sum_of_squares * 1e8 + 1e-12;
    const FitResult fit = fitter.fit(tape, jumped, options);
    if (fit.sum_of_squares < best.sum_of_squares * kGain && std::isfinite(fit.max_error)) {
      best = fit;
      constants = jumped;
      failures = 0;
    } else {
      ++failures;
    }
  }
}

template void hop(Fitter<4>&, const Tape&, Constants&, FitResult&, int, numbers::Random&);
template void hop(Fitter<8>&, const Tape&, Constants&, FitResult&, int, numbers::Random&);

}  // namespace ulpforge::evo

// pagmo's CMA-ES on the constants of one program.
#include "evo/cma_es.h"

#include <cmath>

#ifdef ULPFORGE_PAGMO
#include <pagmo/algorithms/cmaes.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/types.hpp>
#endif

namespace ulpforge::evo {

template <int kBlocks>
FitResult figures_of(Fitter<kBlocks>& fitter, const Tape& tape, const Constants& constants) {
  const Evaluation<kBlocks>& at = fitter.evaluate(tape, constants);
  return {at.sum_of_squares, at.max_error(), 1};
}

#ifdef ULPFORGE_PAGMO
namespace {

/// The constants as pagmo's problem: unbounded but for a box that it needs to draw from.
template <int kBlocks>
struct ConstantsProblem {
  Fitter<kBlocks>* fitter = nullptr;
  const Tape* tape = nullptr;
  pagmo::vector_double centre;

  pagmo::vector_double fitness(const pagmo::vector_double& values) const {
    // CMA-ES compares only; infinities and NaN come last.
    constexpr double kWorst = 1e300;
    const double sum = figures_of(*fitter, *tape, to_constants(values)).sum_of_squares;
    return {sum < kWorst ? sum : kWorst};
  }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    pagmo::vector_double low, high;
    for (const double c : centre) {
      const double reach = 2 * std::abs(c) + 1;
      low.push_back(c - reach);
      high.push_back(c + reach);
    }
    return {low, high};
  }
  Constants to_constants(const pagmo::vector_double& values) const {
    Constants constants;
    for (std::size_t k = 0; k < values.size(); ++k) {
      const bool pinned = tape->is_pinned(static_cast<int>(k));
      constants.set(static_cast<int>(k), pinned ? centre[k] : values[k]);
    }
    return constants;
  }
};

}  // namespace

bool have_cma_es() { return true; }

template <int kBlocks>
FitResult fit_by_cma_es(Fitter<kBlocks>& fitter, const Tape& tape, Constants& constants,
                        numbers::Random& random) {
  constexpr unsigned kGenerations = 60;
  constexpr double kStep = 0.1;
  FitResult best = figures_of(fitter, tape, constants);
  if (tape.constants == 0 || !std::isfinite(best.sum_of_squares)) return best;
  ConstantsProblem<kBlocks> problem{&fitter, &tape, {}};
  for (int k = 0; k < tape.constants; ++k) problem.centre.push_back(constants.hi[k]);
  // The usual population, 4 + 3 ln n (Hansen), and pagmo's least.
  const auto size =
      std::max<std::size_t>(5, 4 + static_cast<std::size_t>(3 * std::log(tape.constants)));
  pagmo::population population(pagmo::problem(problem), 0u, static_cast<unsigned>(random.bits()));
  for (std::size_t i = 0; i < size; ++i) {
    pagmo::vector_double start = problem.centre;
    for (double& c : start) c += i == 0 ? 0 : kStep * (std::abs(c) + 0.1) * random.normal();
    population.push_back(start);
  }
  const pagmo::cmaes strategy(kGenerations, -1, -1, -1, -1, kStep, 1e-12, 1e-30, false, false,
                              static_cast<unsigned>(random.bits()));
  population = strategy.evolve(population);
  const Constants found = problem.to_constants(population.get_x()[population.best_idx()]);
  const FitResult fit = figures_of(fitter, tape, found);
  if (!(fit.sum_of_squares < best.sum_of_squares)) return best;
  constants = found;
  return fit;
}
#else
bool have_cma_es() { return false; }

template <int kBlocks>
FitResult fit_by_cma_es(Fitter<kBlocks>& fitter, const Tape& tape, Constants& constants,
                        numbers::Random&) {
  return figures_of(fitter, tape, constants);
}
#endif

template FitResult figures_of(Fitter<4>&, const Tape&, const Constants&);
template FitResult figures_of(Fitter<8>&, const Tape&, const Constants&);
template FitResult fit_by_cma_es(Fitter<4>&, const Tape&, Constants&, numbers::Random&);
template FitResult fit_by_cma_es(Fitter<8>&, const Tape&, Constants&, numbers::Random&);

}  // namespace ulpforge::evo

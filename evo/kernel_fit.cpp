// Fits and levels the constants of kernels.
#include "evo/kernel_fit.h"

#include <cmath>
#include <limits>

#include "evo/kernel.h"
#include "evo/mutation.h"
#include "evo/zero_factor.h"
#include "targets/exact/reference.h"

namespace ulpforge::evo {
namespace {

Constants perturbed(const Tape& tape, const Constants& constants, numbers::Random& random) {
  constexpr double kSigma[3] = {0.1, 0.5, 1.5};
  const double sigma = kSigma[random.below(3)];
  return changed(tape, constants, [&](double value) {
    const bool fresh = random.chance(0.1) || value == 0;
    return fresh ? random_constant(random) : value * std::exp(sigma * random.normal());
  });
}

}  // namespace

KernelNodes::KernelNodes(const targets::Scheme& scheme)
    : nodes(make_nodes<kBlocks>(scheme.kernel)),
      pins(zero_constants_of_floats(scheme.kernel.zeros)) {
  for (int i = 0; i < Nodes<kBlocks>::kCount; ++i) {
    const double x = nodes.x_at(i);
    const double weight = std::abs(targets::reference(scheme.weight, x).hi);
    const double value = nodes.target_hi[i / kLanes][i % kLanes];
    // At a removable singularity the neighbours speak for the point.
    const bool known = std::isfinite(weight) && std::isfinite(value);
    nodes.weight[i / kLanes][i % kLanes] = known ? weight : 0;
    if (!known) {
      nodes.target_hi[i / kLanes][i % kLanes] = 0;
      nodes.target_lo[i / kLanes][i % kLanes] = 0;
    }
  }
}

KernelFitter::KernelFitter(const KernelNodes& nodes)
    : nodes_(&nodes), weighted_(nodes.nodes), fitter_(nodes.nodes), leveller_(weighted_) {}

double KernelFitter::fit(ir::Program& kernel, int starts, numbers::Random& random) {
  const auto real = to_real(kernel);
  const auto tape = real ? make_tape(*real, nodes_->pins) : std::nullopt;
  if (!tape) return std::numeric_limits<double>::infinity();
  const Constants inherited = constants_of(*real);
  Constants best = inherited;
  FitOptions options;
  options.max_iterations = 60;
  FitResult result = fitter_.fit(*tape, best, options);
  for (int k = 0; k < starts && tape->constants > 0; ++k) {
    Constants constants = perturbed(*tape, k % 2 == 0 ? best : inherited, random);
    const FitResult other = fitter_.fit(*tape, constants, options);
    if (other.sum_of_squares < result.sum_of_squares) {
      result = other;
      best = constants;
    }
  }
  double error = result.max_error;
  if (std::isfinite(error)) level(*tape, best, error);
  for (std::size_t k = 0; k < kernel.constants.size(); ++k) {
    kernel.constants[k] = {best.hi[k], best.lo[k]};
  }
  return error;
}

void KernelFitter::level(const Tape& tape, Constants& constants, double& error) {
  constexpr int kRounds = 6;
  weighted_ = nodes_->nodes;
  Constants trial = constants;
  std::array<Block, kBlocks> multiplier;
  multiplier.fill(broadcast(1));
  for (int round = 0; round < kRounds; ++round) {
    // Lawson: weights of the squares grow with the error there.
    const auto& at = fitter_.evaluate(tape, trial);
    const double largest = at.max_error();
    if (!(largest > 0) || !std::isfinite(largest)) return;
    for (int b = 0; b < kBlocks; ++b) {
      for (int i = 0; i < kLanes; ++i) {
        const double share = std::abs(at.residual[b][i]) / largest;
        multiplier[b][i] *= std::sqrt(0.05 + share);
        weighted_.weight[b][i] = nodes_->nodes.weight[b][i] * multiplier[b][i];
      }
    }
    FitOptions options;
    options.max_iterations = 15;
    leveller_.fit(tape, trial, options);
    const double levelled = fitter_.evaluate(tape, trial).max_error();
    if (levelled < error) {
      error = levelled;
      constants = trial;
    }
  }
}

}  // namespace ulpforge::evo

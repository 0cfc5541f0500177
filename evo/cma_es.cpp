// The CMA evolution strategy, and the constants of a program as its search space.
#include "evo/cma_es.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace ulpforge::evo {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Candidate {
  VectorXd at, step;  ///< step: from the mean, in units of sigma
  double value = 0;
};

/// The least value that `generations` of the strategy find for `value`, from the origin with steps
/// of `sigma` in each direction. Only the order of values matters, and NaN comes last.
Candidate minimise(const std::function<double(const VectorXd&)>& value, Eigen::Index dimensions,
                   double sigma, int generations, numbers::Random& random) {
  const auto n = static_cast<double>(dimensions);
  const auto size = static_cast<std::size_t>(4 + std::floor(3 * std::log(n)));
  const std::size_t parents = size / 2;
  std::vector<double> weights(parents);
  double sum = 0, sum_of_squares = 0;
  for (std::size_t i = 0; i < parents; ++i) {
    weights[i] = std::log((static_cast<double>(size) + 1) / 2) - std::log(double(i) + 1);
    sum += weights[i];
  }
  for (double& weight : weights) {
    weight /= sum;
    sum_of_squares += weight * weight;
  }
  // Table 1 of the tutorial.
  const double selection = 1 / sum_of_squares;  // mu_eff
  const double path_rate = (4 + selection / n) / (n + 4 + 2 * selection / n);
  const double sigma_rate = (selection + 2) / (n + selection + 5);
  const double rank_one = 2 / ((n + 1.3) * (n + 1.3) + selection);
  const double rank_parents = std::min(
      1 - rank_one, 2 * (0.25 + selection + 1 / selection - 2) / ((n + 2) * (n + 2) + selection));
  const double damping =
      1 + 2 * std::max(0.0, std::sqrt((selection - 1) / (n + 1)) - 1) + sigma_rate;
  const double usual_length = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

  VectorXd mean = VectorXd::Zero(dimensions), path = mean, sigma_path = mean;
  MatrixXd covariance = MatrixXd::Identity(dimensions, dimensions);
  Candidate best{mean, mean, value(mean)};
  std::vector<Candidate> population(size);
  for (int generation = 1; generation <= generations; ++generation) {
    const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(covariance);
    const VectorXd lengths = eigen.eigenvalues().cwiseMax(0).cwiseSqrt();
    for (Candidate& candidate : population) {
      VectorXd normal(dimensions);
      for (double& z : normal) z = random.normal();
      candidate.step = eigen.eigenvectors() * lengths.cwiseProduct(normal);
      candidate.at = mean + sigma * candidate.step;
      candidate.value = value(candidate.at);
      if (candidate.value < best.value) best = candidate;
    }
    std::stable_sort(population.begin(), population.end(), [](const auto& a, const auto& b) {
      return a.value < b.value || (!std::isnan(a.value) && std::isnan(b.value));
    });
    VectorXd step = VectorXd::Zero(dimensions);
    for (std::size_t i = 0; i < parents; ++i) step += weights[i] * population[i].step;
    mean += sigma * step;

    const VectorXd inverse = lengths.cwiseMax(1e-150).cwiseInverse();
    const VectorXd whitened =
        eigen.eigenvectors() * inverse.cwiseProduct(eigen.eigenvectors().transpose() * step);
    sigma_path = (1 - sigma_rate) * sigma_path +
                 std::sqrt(sigma_rate * (2 - sigma_rate) * selection) * whitened;
    const double length = sigma_path.norm();
    const double start = 1 - std::pow(1 - sigma_rate, 2.0 * generation);
    const bool moves = length / std::sqrt(start) < (1.4 + 2 / (n + 1)) * usual_length;
    path *= 1 - path_rate;
    if (moves) path += std::sqrt(path_rate * (2 - path_rate) * selection) * step;
    const double lost = moves ? 0 : rank_one * path_rate * (2 - path_rate);
    covariance *= 1 - rank_one - rank_parents + lost;
    covariance += rank_one * path * path.transpose();
    for (std::size_t i = 0; i < parents; ++i) {
      covariance += rank_parents * weights[i] * population[i].step * population[i].step.transpose();
    }
    sigma *= std::exp(sigma_rate / damping * (length / usual_length - 1));
    if (!std::isfinite(sigma) || !covariance.allFinite()) break;
  }
  return best;
}

}  // namespace

template <int kBlocks>
FitResult figures_of(Fitter<kBlocks>& fitter, const Tape& tape, const Constants& constants) {
  const Evaluation<kBlocks>& at = fitter.evaluate(tape, constants);
  return {at.sum_of_squares, at.max_error(), 1};
}

template <int kBlocks>
FitResult fit_by_cma_es(Fitter<kBlocks>& fitter, const Tape& tape, Constants& constants,
                        numbers::Random& random) {
  constexpr int kGenerations = 60;
  constexpr double kStep = 0.1;
  const FitResult before = figures_of(fitter, tape, constants);
  std::vector<int> free;
  for (int k = 0; k < tape.constants; ++k) {
    if (!tape.is_pinned(k)) free.push_back(k);
  }
  if (free.empty() || !std::isfinite(before.sum_of_squares)) return before;
  // Constants differ by orders of magnitude: each is measured by itself.
  const auto moved = [&](const VectorXd& by) {
    Constants result = constants;
    for (std::size_t i = 0; i < free.size(); ++i) {
      const double c = constants.hi[free[i]];
      result.set(free[i], c + (std::abs(c) + 0.1) * by[static_cast<Eigen::Index>(i)]);
    }
    return result;
  };
  const auto value = [&](const VectorXd& by) {
    return figures_of(fitter, tape, moved(by)).sum_of_squares;
  };
  const Candidate best =
      minimise(value, static_cast<Eigen::Index>(free.size()), kStep, kGenerations, random);
  const Constants found = moved(best.at);
  const FitResult fit = figures_of(fitter, tape, found);
  if (!(fit.sum_of_squares < before.sum_of_squares)) return before;
  constants = found;
  return fit;
}

template FitResult figures_of(Fitter<4>&, const Tape&, const Constants&);
template FitResult figures_of(Fitter<8>&, const Tape&, const Constants&);
template FitResult fit_by_cma_es(Fitter<4>&, const Tape&, Constants&, numbers::Random&);
template FitResult fit_by_cma_es(Fitter<8>&, const Tape&, Constants&, numbers::Random&);

}  // namespace ulpforge::evo

// Levenberg-Marquardt on blocks of nodes.
#include "evo/levenberg_marquardt.h"

#include <algorithm>
#include <cmath>

namespace ulpforge::evo {
namespace {

double dot(const Block* a, const Block* b, int blocks) {
  Block s{};
  for (int v = 0; v < blocks; ++v) s = fma(a[v], b[v], s);
  return sum(s);
}

}  // namespace

template <int kBlocks>
const Evaluation<kBlocks>& Fitter<kBlocks>::evaluate(const Tape& tape, const Constants& constants) {
  ++evaluations_;
  evo::evaluate<kBlocks>(tape, constants, *nodes_, first_);
  return first_;
}

template <int kBlocks>
void Fitter<kBlocks>::choose_free(const Tape& tape, int frozen) {
  free_ = 0;
  for (int k = 0; k < tape.constants; ++k) {
    if (k != frozen && !tape.is_pinned(k)) column_[free_++] = k;
  }
  blocks_ = kBlocks + (free_ + kLanes - 1) / kLanes;
}

template <int kBlocks>
void Fitter<kBlocks>::measure(const Evaluation<kBlocks>& at) {
  for (int k = 0; k < free_; ++k) {
    const Row& column = at.jacobian[column_[k]];
    norm_[k] = std::sqrt(dot(column.data(), column.data(), kBlocks));
  }
}

/// Gram-Schmidt with `right` as the last column. Columns stay unnormalised: no square root stands
/// in the way of the next column.
template <int kBlocks>
void Fitter<kBlocks>::factorise(const Evaluation<kBlocks>& at, double damping, const Row& right) {
  // A column that keeps less than this share of its length after projection is dependent.
  constexpr double kDependent = 1e-14;
  const double root = std::sqrt(damping);
  for (int k = 0; k <= free_; ++k) {
    const Row& source = k < free_ ? at.jacobian[column_[k]] : right;
    std::copy(source.begin(), source.end(), q_[k].begin());
    std::fill(q_[k].begin() + kBlocks, q_[k].begin() + blocks_, Block{});
    if (k < free_) q_[k][kBlocks + k / kLanes][k % kLanes] = root * scale_[k];
  }
  explained_ = 0;
  for (int k = 0; k < free_; ++k) {
    const double square = dot(q_[k].data(), q_[k].data(), blocks_);
    const double least = kDependent * norm_[k];
    if (!(square > least * least)) {
      inverse_square_[k] = 0;
      std::fill(u_[k], u_[k] + free_ + 1, 0.0);
      q_[k].fill(Block{});
      continue;
    }
    const double inverse = 1 / square;
    inverse_square_[k] = inverse;
    for (int j = k + 1; j <= free_; ++j) {
      const double share = dot(q_[k].data(), q_[j].data(), blocks_) * inverse;
      u_[k][j] = share;
      const Block f = broadcast(-share);
      for (int v = 0; v < blocks_; ++v) q_[j][v] = fma(f, q_[k][v], q_[j][v]);
    }
    explained_ += u_[k][free_] * u_[k][free_] * square;
  }
}

/// Coefficients of another right-hand side (with no damping rows) in the orthogonal columns.
template <int kBlocks>
typename Fitter<kBlocks>::Vector Fitter<kBlocks>::project(const Row& right) const {
  Vector projected;
  for (int k = 0; k < free_; ++k) {
    projected[k] = dot(q_[k].data(), right.data(), kBlocks) * inverse_square_[k];
  }
  return projected;
}

/// The step whose image is minus the projection.
template <int kBlocks>
typename Fitter<kBlocks>::Vector Fitter<kBlocks>::back_substitute(const Vector& projected) const {
  Vector step;
  for (int i = free_ - 1; i >= 0; --i) {
    double value = -projected[i];
    for (int j = i + 1; j < free_; ++j) value -= u_[i][j] * step[j];
    step[i] = value;
  }
  return step;
}

template <int kBlocks>
double Fitter<kBlocks>::scaled_square(const Vector& step) const {
  double square = 0;
  for (int k = 0; k < free_; ++k) square += step[k] * step[k] * scale_[k] * scale_[k];
  return square;
}

template <int kBlocks>
bool Fitter<kBlocks>::compensating_direction(const Tape& tape, const Constants& constants,
                                             int moving, std::array<double, kMaxSteps>& direction) {
  // Just enough damping to keep null directions of the others from running away.
  constexpr double kDamping = 1e-28;
  const Evaluation<kBlocks>& here = evaluate(tape, constants);
  if (!std::isfinite(here.sum_of_squares)) return false;
  choose_free(tape, moving);
  measure(here);
  for (int k = 0; k < free_; ++k) scale_[k] = std::max(norm_[k], 1e-30);
  factorise(here, kDamping, here.jacobian[moving]);
  Vector projected;
  for (int k = 0; k < free_; ++k) projected[k] = u_[k][free_];
  const Vector step = back_substitute(projected);
  direction.fill(0);
  for (int k = 0; k < free_; ++k) {
    if (!std::isfinite(step[k])) return false;
    direction[column_[k]] = step[k];
  }
  return true;
}

template <int kBlocks>
FitResult Fitter<kBlocks>::fit(const Tape& tape, Constants& constants, const FitOptions& options) {
  // Sums of squares below this are as good as zero: the compensated residual's own noise.
  constexpr double kConverged = 1e-56;
  constexpr double kLeastDamping = 1e-26;
  constexpr double kMostDamping = 1e8;
  // Largest share of the step that the second-order correction may have (Transtrum's alpha).
  constexpr double kAcceleration = 0.75;
  ++fits_;
  FitResult result;
  Evaluation<kBlocks>* current = &first_;
  Evaluation<kBlocks>* trial = &second_;
  const auto run = [&](const Constants& at, Evaluation<kBlocks>& out) {
    ++evaluations_;
    evo::evaluate<kBlocks>(tape, at, *nodes_, out);
  };
  run(constants, *current);
  choose_free(tape, options.frozen);
  double error = current->sum_of_squares;
  result.sum_of_squares = error;
  if (!std::isfinite(error)) return result;
  if (free_ > 0) {
    double damping = options.initial_damping;
    double growth = 2;
    int stalls = 0;
    bool moved = true;
    scale_.fill(0);
    int iteration = 0;
    for (; iteration < options.max_iterations; ++iteration) {
      if (options.screen_iterations > 0 && iteration == options.screen_iterations &&
          error > options.screen_level) {
        break;
      }
      if (moved) {
        measure(*current);
        bool sane = true;
        for (int k = 0; k < free_; ++k) {
          sane = sane && norm_[k] < 1e100;
          scale_[k] = std::max({scale_[k] * 0.3, norm_[k], 1e-30});
        }
        if (!sane) break;
        moved = false;
      }
      factorise(*current, damping, current->residual);
      Vector projected;
      for (int k = 0; k < free_; ++k) projected[k] = u_[k][free_];
      Vector step = back_substitute(projected);
      const double step_size = scaled_square(step);
      double trial_error = std::numeric_limits<double>::infinity();
      Constants trial_constants = constants;
      if (std::isfinite(step_size)) {
        Vector direction{};
        for (int k = 0; k < free_; ++k) direction[column_[k]] = step[k];
        Row curvature;
        second_derivative<kBlocks>(tape, constants, *nodes_, *current, direction, curvature);
        const Vector bend = back_substitute(project(curvature));
        if (4 * scaled_square(bend) <= kAcceleration * kAcceleration * step_size) {
          for (int k = 0; k < free_; ++k) step[k] += 0.5 * bend[k];
        }
        for (int k = 0; k < free_; ++k) trial_constants.add(column_[k], step[k]);
        run(trial_constants, *trial);
        trial_error = trial->sum_of_squares;
      }
      if (trial_error < error) {
        const double predicted = explained_ + damping * step_size;
        const double gain = predicted > 0 ? (error - trial_error) / predicted : 1;
        const double kept = trial_error / error;
        constants = trial_constants;
        error = trial_error;
        std::swap(current, trial);
        moved = true;
        const double f = 2 * gain - 1;
        damping =
            std::max(kLeastDamping, damping * std::max(gain > 0.9 ? 0.05 : 0.2, 1 - f * f * f));
        growth = 2;
        stalls = kept > 1 - options.tolerance ? stalls + 1 : 0;
        if (stalls >= options.patience || error < kConverged) {
          ++iteration;
          break;
        }
      } else {
        damping = std::max(damping, 1e-16) * growth;
        growth *= 2;
        if (damping > kMostDamping || ++stalls >= options.patience + 6) break;
      }
    }
    result.iterations = iteration;
  }
  result.sum_of_squares = error;
  result.max_error = current->max_error();
  return result;
}

template class Fitter<4>;
template class Fitter<8>;
template class Fitter<16>;
template class Fitter<32>;

}  // namespace ulpforge::evo

// Constant fitting: Levenberg-Marquardt with geodesic acceleration on the compensated residual.
//
// Each step solves min |J d + r|^2 + damping |D d|^2 by modified Gram-Schmidt on J with the damping
// as extra rows (no normal equations: the Jacobians are ill-conditioned), with Nielsen's damping
// update and the second-order correction of Transtrum and Sethna, "Improvements to the
// Levenberg-Marquardt algorithm for nonlinear least-squares minimization", arXiv 1201.5885, with an
// exact directional second derivative in place of their finite difference.
#pragma once

#include <cstdint>
#include <limits>

#include "evo/requirements.h"
#include "evo/residual.h"

namespace ulpforge::evo {

struct FitOptions {
  int max_iterations = 40;
  double tolerance = 1e-2;  ///< an iteration that gains less than this share is a stall
  int patience = 4;         ///< stalls in a row that end the fit
  double initial_damping = 1e-2;
  int frozen = -1;  ///< a constant that stays as it is, or -1
  /// After screen_iterations (0: never) give up when the sum of squares is still above
  /// screen_level.
  int screen_iterations = 0;
  double screen_level = 0;
};

struct FitResult {
  double sum_of_squares = std::numeric_limits<double>::infinity();
  double max_error = std::numeric_limits<double>::infinity();  ///< over the nodes
  int iterations = 0;
};

/// Fits constants to nodes; owns the scratch space, so keep one per thread. Counts its evaluations.
template <int kBlocks>
class Fitter {
 public:
  explicit Fitter(const Nodes<kBlocks>& nodes) : nodes_(&nodes) {}

  /// Improves `constants` in place (never worsens them); least squares over the nodes.
  FitResult fit(const Tape& tape, Constants& constants, const FitOptions& options);

  /// The program's constants moved to meet the requirements (Requirements::meet): its largest error
  /// over the nodes.
  double meet(const Requirements& requirements, const Tape& tape, ir::Program& program,
              int trials) {
    int left = trials;
    const double error = requirements.meet<kBlocks>(*nodes_, tape, program, first_, left);
    evaluations_ += static_cast<std::uint64_t>(trials - left);
    return error;
  }

  /// Evaluates only; the reference is valid until the next call.
  const Evaluation<kBlocks>& evaluate(const Tape& tape, const Constants& constants);

  /// Rate of change of the other constants with constant `moving` that keeps the function fixed to
  /// first order: the least-squares solution of J_others d = -J_moving. False when it is not
  /// finite.
  bool compensating_direction(const Tape& tape, const Constants& constants, int moving,
                              std::array<double, kMaxSteps>& direction);

  std::uint64_t evaluations() const { return evaluations_; }
  std::uint64_t fits() const { return fits_; }

 private:
  using Row = typename Evaluation<kBlocks>::Row;
  using Vector = std::array<double, kMaxSteps>;
  /// A column of the damped system: the Jacobian's nodes, then a row for each free constant.
  static constexpr int kDampingBlocks = (kMaxSteps + kLanes - 1) / kLanes;
  using Column = std::array<Block, kBlocks + kDampingBlocks>;

  void choose_free(const Tape& tape, int frozen);
  void measure(const Evaluation<kBlocks>& at);
  void factorise(const Evaluation<kBlocks>& at, double damping, const Row& right);
  Vector project(const Row& right) const;
  Vector back_substitute(const Vector& projected) const;
  double scaled_square(const Vector& step) const;

  const Nodes<kBlocks>* nodes_;
  Evaluation<kBlocks> first_, second_;
  int free_ = 0;                         ///< constants that the fit may move
  int blocks_ = kBlocks;                 ///< of a damped column that are in use
  std::array<int, kMaxSteps> column_{};  ///< of each free constant
  Vector norm_{};                        ///< of each Jacobian column
  Vector scale_{};                       ///< D: the norms, falling slowly
  // The damped system as Q U: orthogonal columns, their squared lengths, U unit upper triangular.
  std::array<Column, kMaxSteps + 1> q_;
  Vector inverse_square_{};
  double u_[kMaxSteps][kMaxSteps + 1];
  double explained_ = 0;  ///< share of |right|^2 that the damped columns explain
  std::uint64_t evaluations_ = 0;
  std::uint64_t fits_ = 0;
};

}  // namespace ulpforge::evo

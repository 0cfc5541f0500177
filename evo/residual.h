// A program's weighted error at all nodes, its derivatives by every constant, and its second
// derivative along a direction: what a Gauss-Newton method needs.
#pragma once

#include <array>

#include "evo/block.h"
#include "evo/nodes.h"
#include "evo/tape.h"

namespace ulpforge::evo {

/// All that one evaluation leaves behind. Large: keep and reuse.
template <int kBlocks>
struct Evaluation {
  using Row = std::array<Block, kBlocks>;
  Row residual;                         ///< weight * (program - target)
  std::array<Row, kMaxSteps> jacobian;  ///< by constant: d residual / d constant
  double sum_of_squares = 0;            ///< of the residual; not finite for a broken program

  std::array<Row, kMaxSteps + 1> value;       ///< 0: x; t + 1: step t
  std::array<Row, kMaxSteps + 1> reciprocal;  ///< of the divisor (of 2 sqrt) in step t

  double max_error() const;
  /// The same with the weight of all others for points where programs have to be exact.
  double max_error(const Nodes<kBlocks>& nodes) const;
};

/// Evaluates by one forward and one reverse sweep.
///
/// The residual is compensated: to first order, each step's own rounding error (exact, by
/// error-free transformations) and each constant's low part are carried to the result by that
/// step's adjoint. That is the CENA method of Langlois, "Automatic linear correction of rounding
/// errors", BIT 41(3), 2001, and makes residuals of about 1e-30 visible to double arithmetic.
template <int kBlocks>
void evaluate(const Tape& tape, const Constants& constants, const Nodes<kBlocks>& nodes,
              Evaluation<kBlocks>& out);

/// d^2 residual / dt^2 along constants + t * direction at the point that `at` was evaluated at, by
/// second-order forward differentiation.
template <int kBlocks>
void second_derivative(const Tape& tape, const Constants& constants, const Nodes<kBlocks>& nodes,
                       const Evaluation<kBlocks>& at,
                       const std::array<double, kMaxSteps>& direction,
                       std::array<Block, kBlocks>& out);

}  // namespace ulpforge::evo

// The constraints of a search, made ready: which programs satisfy them, and constants that do.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evo/constraints.h"
#include "evo/residual.h"
#include "targets/target.h"

namespace ulpforge::evo {

/// Throws std::invalid_argument, with a line that says what would be right, where no program can
/// satisfy them: a target that is neither odd nor even, a domain that is not symmetric, a point
/// outside of it. (Whether the target is monotone, proof/monotone.h says.)
void check_constraints(const targets::Target& target, const Constraints& constraints);

/// Immutable; shared by all threads.
class Requirements {
 public:
  Requirements() = default;
  Requirements(const targets::Target& target, const Constraints& constraints);

  /// Whether the program's operations make it as odd or even as it has to be.
  bool has_form(const ir::Program& program) const;

  /// Whether it satisfies all of them as it is emitted, but for being monotone: its constants are
  /// of the format, and run in double it is exact where it has to be.
  bool holds(const ir::Program& program) const;

  bool has_direction() const { return direction_ != 0; }
  /// Whether values at ascending points go one way, up to rounding; where that is not asked for,
  /// always.
  bool goes_one_way(std::span<const double> values) const;

  /// Whether constants are numbers of a format, doubles at least.
  bool rounds() const { return format_.has_value(); }

  /// Moves the program's constants, which a fit has found as real numbers, to numbers of the format
  /// that keep the error over the nodes small and the points exact: the nearest plane of the
  /// lattice (Babai) as the Jacobian sees it, then descent over neighbours, alone and in pairs,
  /// while evaluations are `left`. Returns the largest error over the nodes; infinity where the
  /// points are not met. `scratch` is overwritten.
  template <int kBlocks>
  double meet(const Nodes<kBlocks>& nodes, const Tape& tape, ir::Program& program,
              Evaluation<kBlocks>& scratch, int& left) const;

 private:
  double violation(const ir::Program& program) const;
  template <int kBlocks>
  void solve_points(const Nodes<kBlocks>& nodes, const Tape& tape, Constants& constants,
                    Evaluation<kBlocks>& scratch) const;
  template <int kBlocks>
  void round_to_lattice(const Nodes<kBlocks>& nodes, const Tape& tape, Constants& constants,
                        Evaluation<kBlocks>& scratch) const;

  /// A point where programs have to be exact.
  struct Point {
    double x = 0;
    double value = 0;
    double unit = 0;  ///< by which a miss is measured
  };

  targets::Parity parity_ = targets::Parity::None;
  int direction_ = 0;  ///< 1: rising, -1: falling; 0: not asked for
  std::optional<numbers::ConstantFormat> format_;
  std::vector<Point> points_;
};

}  // namespace ulpforge::evo

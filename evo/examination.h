// A closer look at a fitted program before it enters an archive: between the nodes, at the ends,
// and where a divisor changes sign.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "evo/requirements.h"
#include "evo/residual.h"
#include "targets/target.h"

namespace ulpforge::evo {

/// Nodes for the closer look.
inline constexpr int kDenseBlocks = 32;
using DenseNodes = Nodes<kDenseBlocks>;

/// Immutable; shared by all threads. The scratch space is the caller's.
class Examination {
 public:
  /// Of no use once `stop` says so.
  explicit Examination(const targets::Target& target, const std::function<bool()>& stop = {},
                       const Constraints& constraints = {});

  /// The largest error over a dense set of nodes; infinity when the program misbehaves: an end of
  /// the interval where it gives no number or a wrong one, a pole between nodes; and where it does
  /// not satisfy the requirements.
  double operator()(const ir::Program& program, const Tape& tape,
                    Evaluation<kDenseBlocks>& scratch) const;

  const Constraints& constraints() const { return constraints_; }
  const Requirements& requirements() const { return requirements_; }
  const DenseNodes& nodes() const { return nodes_; }
  const targets::Target& target() const { return target_; }
  /// Constants that fits leave alone (evo/zero_factor.h).
  std::span<const double> pins() const { return pins_; }

 private:
  /// A delicate point (an end, next to an end, 0), and what the program has to give there.
  struct Point {
    double x;
    double value;
    double tolerance;
    double scale;  ///< what the program's own error is multiplied with
  };

  bool goes_one_way(const Tape& tape, const Evaluation<kDenseBlocks>& evaluation) const;
  bool has_pole(const ir::Program& program, const Tape& tape,
                const Evaluation<kDenseBlocks>& evaluation, double error) const;

  targets::Target target_;
  Constraints constraints_;
  Requirements requirements_;
  std::vector<double> pins_;
  DenseNodes nodes_;
  std::vector<int> last_of_interval_;  ///< of the domain's intervals, the last node's index
  std::vector<Point> points_;
  double largest_value_ = 0;
};

}  // namespace ulpforge::evo

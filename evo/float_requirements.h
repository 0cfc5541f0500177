// What float programs have to satisfy beside being accurate, checked at every float: that is a
// proof.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evo/constraints.h"
#include "targets/scores/reference.h"
#include "targets/scores/score.h"

namespace ulpforge::evo {

/// Immutable; shared by all threads.
class FloatRequirements {
 public:
  FloatRequirements() = default;
  /// `exact`: floats where programs give the correctly rounded value. Constants are not looked at.
  /// Throws std::invalid_argument where the target is not monotone, as a sample of floats shows.
  FloatRequirements(const targets::FloatReference& reference, const Constraints& constraints,
                    std::span<const double> exact);

  bool any() const { return !x_.empty() || direction_ != 0 || odd_ || even_; }

  /// Whether a few thousand floats, in runs of consecutive ones, show nothing against it.
  bool may_hold(const targets::FloatRoutine& routine) const;

  /// What is wrong, and at which float; nothing where all is satisfied at every float of the
  /// domain. Ends early, with "stopped", once `over` says so.
  std::optional<std::string> find_break(const targets::FloatRoutine& routine,
                                        const std::function<bool()>& over = {}) const;

  /// Floats where programs are exact, and the values there.
  std::span<const float> points() const { return x_; }
  std::span<const float> values() const { return values_; }

 private:
  /// Consecutive patterns of one sign.
  struct Chunk {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  struct Ends {
    float first = 0;  ///< values at the chunk's first and last patterns
    float last = 0;
    std::optional<std::string> defect;
  };

  std::optional<std::string> find_break_at_points(const targets::FloatRoutine& routine) const;
  Ends look_at(const targets::FloatRoutine& routine, Chunk chunk) const;
  std::optional<std::string> find_break_between(float lower, float value, float upper,
                                                float next) const;

  targets::ResultFormat results_ = {numbers::kBinary32};
  std::vector<targets::FloatRange> ranges_;
  std::vector<Chunk> probes_;
  std::vector<float> x_;       ///< where programs are exact
  std::vector<float> values_;  ///< the values there
  int direction_ = 0;          ///< 1: rising, -1: falling; 0: not asked for
  bool odd_ = false;
  bool even_ = false;
};

}  // namespace ulpforge::evo

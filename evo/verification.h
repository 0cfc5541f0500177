// The verification of the machine search's front: which programs are measured at every float, and
// what that brings to light.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <vector>

#include "evo/kernel_breeder.h"
#include "evo/kernel_front.h"
#include "evo/machine_search.h"
#include "targets/scores/score.h"

namespace ulpforge::evo {

/// What became of the measurement of an entry.
struct Verified {
  bool ended = false;          ///< not thrown away
  bool everywhere = false;     ///< measured at every float; else where it broke its bound
  bool disappointing = false;  ///< the error is larger than the sample showed
};

/// Whether the largest error is at most that, in ULP: an error itself, not what short formats are
/// ranked by (evo/short_sample.h).
inline bool has_accuracy(const targets::Score& score, double accuracy) {
  return score.max_ulp <= accuracy;
}

class Verification {
 public:
  /// Measurements are thrown away once `over`. They change the world's archives and its fine
  /// sample.
  Verification(const targets::FloatReference& reference, KernelBreeding& world,
               std::function<bool()> over);
  /// Of a short format, where an entry's figure is already that of all its numbers; `keeps` says
  /// what of the requirements the results break.
  using Keeps = std::function<bool(std::span<const std::uint32_t> results)>;
  Verification(const targets::ShortValues& values, KernelBreeding& world,
               std::function<bool()> over, Keeps keeps);

  /// Of the error bounds' cheapest entries on the front, none of them measured, the one that is
  /// cheaper than what has been measured for its bound by the largest factor.
  std::optional<FrontEntry> next_for_bounds() const;
  /// What the bounds need, then the rest of the front, the accurate programs first.
  std::optional<FrontEntry> next() const;

  /// Measures an entry at every float, or only where its errors are largest if these break its
  /// bound; the worst inputs join the sample.
  Verified verify(const FrontEntry& place);

  /// More floats where it matters: in the binades where the errors of the front's accurate programs
  /// are largest.
  void densify();

  /// The front of what was measured.
  std::vector<MachineProgram> front() const;
  /// Throughput of the cheapest program that was measured and has the accuracy that is wanted;
  /// none: infinite.
  double cost_of_accuracy() const;

  /// The state. go_on() after reading.
  static auto fields(auto& verification) {
    return std::tie(verification.measured_, verification.broken_, verification.added_inputs_);
  }
  /// Widens the sample as it was. Throws DamagedState (evo/state_stream.h) for a state that no run
  /// of this configuration can have left.
  void go_on();

 private:
  /// What was measured everywhere; it stays, whatever becomes of the archive's entry.
  struct Measured {
    std::size_t scheme = 0;
    ir::Program kernel;
    jit::Cost cost;
    targets::Score score;

    static auto fields(auto& m) { return std::tie(m.scheme, m.kernel, m.cost, m.score); }
  };

  /// Throughput of the cheapest program that was measured and keeps the bound; none: infinite.
  double measured_cost(double bound) const;
  /// The tightest bound that allows the error; none: infinite.
  double bound_of(double error) const;
  ir::Program whole(std::size_t scheme, const ir::Program& kernel) const;
  Verified verify_short(const FrontEntry& place);
  double error_of(const targets::Score& score) const;
  std::uint64_t content(const FrontEntry& place) const;
  /// At the floats of those parts; of none: at every float.
  targets::Score scan(const ir::Program& whole, std::span<const targets::FloatRange> parts);
  void widen_sample(std::vector<float> points);
  void remeasure(const std::vector<float>& points);

  const targets::FloatReference* reference_ = nullptr;
  const targets::ShortValues* short_values_ = nullptr;
  Keeps keeps_;
  KernelBreeding& world_;
  std::function<bool()> over_;
  std::map<std::uint64_t, Measured> measured_;  ///< by content
  std::map<double, int> broken_;                ///< how often in a row a bound was not kept
  std::vector<std::uint32_t> added_inputs_;     ///< in the order in which they joined the sample
  std::set<std::uint32_t> known_;               ///< the same
};

}  // namespace ulpforge::evo

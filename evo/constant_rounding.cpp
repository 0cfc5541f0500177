// Hill climbing over the constants of machine programs.
#include "evo/constant_rounding.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include "numbers/format.h"
#include "targets/exact/ulp.h"

namespace ulpforge::evo {
namespace {

/// Points of the active set.
constexpr std::size_t kActive = 1024;
/// Trials between two choices of the active set.
constexpr int kRound = 150;

/// A number some units in the last place away, which may be beyond 0. The neighbours of 0 are the
/// smallest normal numbers: on some processors a step with a subnormal one takes a hundred cycles.
template <class Format>
typename Format::Bits moved(typename Format::Bits bits, int units) {
  constexpr std::int64_t kSubnormals = Format::kMantissa;
  const auto magnitude = static_cast<std::int64_t>(Format::magnitude(bits));
  const std::int64_t rank = std::max<std::int64_t>(magnitude - kSubnormals, 0);
  const std::int64_t result = (Format::is_negative(bits) ? -rank : rank) + units;
  const std::int64_t size = result < 0 ? -result : result;
  using Bits = typename Format::Bits;
  const auto moved_size = static_cast<Bits>(size == 0 ? 0 : size + kSubnormals);
  return moved_size | (result < 0 ? Format::kSign : Bits{0});
}

std::uint64_t moved(std::uint64_t bits, ir::Type type, int units) {
  if (type == ir::Type::F64) return moved<numbers::Binary64>(bits, units);
  return moved<numbers::Binary32>(static_cast<std::uint32_t>(bits), units);
}

int random_units(numbers::Random& random) {
  constexpr int kScales[4] = {1, 3, 12, 60};
  const int units = 1 + random.below(kScales[random.below(4)]);
  return random.chance(0.5) ? units : -units;
}

double largest_error(const FloatSample&, std::span<const float>, double worst) { return worst; }
double largest_error(const ShortSample& sample, std::span<const float> y, double) {
  return sample.largest_error(y);
}

template <class Sample>
class Tuner {
 public:
  Tuner(const Sample& sample, const Evaluate& evaluate, std::span<std::uint64_t> constants)
      : sample_(sample), evaluate_(evaluate), constants_(constants), y_(sample.size()) {}

  /// The largest error over the whole sample; the worst points become the active set.
  double measure() {
    evaluate_(constants_, sample_.x(), y_);
    std::vector<double> errors(sample_.size());
    for (std::size_t i = 0; i < errors.size(); ++i) errors[i] = sample_.error(i, y_[i]);
    std::vector<std::size_t> order(errors.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t count = std::min(kActive, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
                      order.end(), [&](std::size_t a, std::size_t b) {
                        return errors[a] != errors[b] ? errors[a] > errors[b] : a < b;
                      });
    order.resize(count);
    for (const std::size_t i : order) {
      if (chosen_.size() < sample_.size()) chosen_.push_back(i);
    }
    std::sort(chosen_.begin(), chosen_.end());
    chosen_.erase(std::unique(chosen_.begin(), chosen_.end()), chosen_.end());
    active_ = sample_.subset(chosen_);
    active_y_.resize(active_->size());
    return order.empty() ? 0 : largest_error(sample_, y_, errors[order.front()]);
  }

  double active_error(std::span<const std::uint64_t> constants, double limit) {
    evaluate_(constants, active_->x(), active_y_);
    return active_->largest_error(active_y_, limit);
  }

 private:
  const Sample& sample_;
  const Evaluate& evaluate_;
  std::span<std::uint64_t> constants_;
  std::vector<float> y_;
  std::vector<std::size_t> chosen_;
  std::optional<Sample> active_;
  std::vector<float> active_y_;
};

}  // namespace

template <class Sample>
RoundingResult tune_constants(const Sample& sample, const Evaluate& evaluate,
                              std::span<std::uint64_t> constants, std::span<const Tunable> tunable,
                              int trials, numbers::Random& random) {
  Tuner<Sample> tuner(sample, evaluate, constants);
  RoundingResult result;
  result.max_ulp = tuner.measure();
  if (tunable.empty()) return result;
  std::vector<std::uint64_t> best(constants.begin(), constants.end());
  std::vector<std::uint64_t> trial = best;
  while (result.trials < trials && result.max_ulp > targets::kCorrectlyRounded) {
    double error = result.max_ulp;
    for (int k = 0; k < kRound && result.trials < trials; ++k, ++result.trials) {
      std::copy(constants.begin(), constants.end(), trial.begin());
      const int moves = random.chance(0.6) ? 1 : 2;
      for (int m = 0; m < moves; ++m) {
        const Tunable& c = tunable[random.below(tunable.size())];
        trial[c.index] = moved(trial[c.index], c.type, random_units(random));
      }
      const double now = tuner.active_error(trial, error);
      if (now > error) continue;
      // Sideways steps too: the landscape is full of plateaus.
      error = now;
      std::copy(trial.begin(), trial.end(), constants.begin());
    }
    // What the active set did not show comes to light here, and joins it.
    const double measured = tuner.measure();
    if (measured <= result.max_ulp) {
      const bool gained = measured < result.max_ulp;
      result.max_ulp = measured;
      std::copy(constants.begin(), constants.end(), best.begin());
      if (!gained && result.trials >= 2 * kRound && random.chance(0.5)) break;
    } else {
      std::copy(best.begin(), best.end(), constants.begin());
    }
  }
  std::copy(best.begin(), best.end(), constants.begin());
  return result;
}

template RoundingResult tune_constants(const FloatSample&, const Evaluate&,
                                       std::span<std::uint64_t>, std::span<const Tunable>, int,
                                       numbers::Random&);
template RoundingResult tune_constants(const ShortSample&, const Evaluate&,
                                       std::span<std::uint64_t>, std::span<const Tunable>, int,
                                       numbers::Random&);

}  // namespace ulpforge::evo

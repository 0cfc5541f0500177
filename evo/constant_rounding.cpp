// Hill climbing over the constants of machine programs.
#include "evo/constant_rounding.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
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

/// The indices of the `count` largest errors in order of index; of equal ones the first. In place
/// of sorting all errors, those above a bound that about twice as many are: the one that stands so
/// high among every so manyth error.
void find_largest(std::span<const double> errors, std::size_t count, std::vector<double>& space,
                  std::vector<std::size_t>& indices) {
  constexpr std::size_t kStep = 64;
  indices.clear();
  if (count == errors.size()) {
    indices.resize(count);
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    return;
  }
  double bound = -std::numeric_limits<double>::infinity();
  if (const std::size_t rank = 2 * count / kStep; rank < errors.size() / kStep) {
    space.clear();
    for (std::size_t i = 0; i < errors.size(); i += kStep) space.push_back(errors[i]);
    const auto place = space.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(space.begin(), place, space.end(), std::greater());
    bound = *place;
  }
  const auto collect = [&](double from) {
    space.clear();
    for (const double error : errors) {
      if (error >= from) space.push_back(error);
    }
  };
  collect(bound);
  if (space.size() < count) collect(-std::numeric_limits<double>::infinity());
  const auto last = space.begin() + static_cast<std::ptrdiff_t>(count) - 1;
  std::nth_element(space.begin(), last, space.end(), std::greater());
  const double least = *last;
  const auto above = static_cast<std::size_t>(
      std::count_if(space.begin(), last, [least](double error) { return error > least; }));
  std::size_t equal = count - above;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (errors[i] > least || (errors[i] == least && equal > 0)) {
      if (errors[i] == least) --equal;
      indices.push_back(i);
    }
  }
}

double largest_error(const FloatSample&, std::span<const float>, std::span<const double> errors) {
  return std::ranges::max(errors);
}
double largest_error(const ShortSample& sample, std::span<const float> y, std::span<const double>) {
  return sample.largest_error(y);
}

template <class Sample>
class Tuner {
 public:
  Tuner(const Sample& sample, const Evaluate& evaluate, std::span<std::uint64_t> constants,
        RoundingSpace<Sample>& space)
      : sample_(sample), evaluate_(evaluate), constants_(constants), space_(space) {
    space_.y.resize(sample.size());
    space_.errors.resize(sample.size());
    space_.chosen.clear();
  }

  /// The largest error over the whole sample.
  double measure() {
    if (sample_.size() == 0) return 0;
    evaluate_(constants_, sample_.x(), space_.y);
    sample_.errors(space_.y, space_.errors);
    return largest_error(sample_, space_.y, space_.errors);
  }

  /// The worst points that the last measure() showed join the active set.
  void activate() {
    find_largest(space_.errors, std::min(kActive, sample_.size()), space_.candidates, space_.worst);
    const auto middle = static_cast<std::ptrdiff_t>(space_.chosen.size());
    space_.chosen.insert(space_.chosen.end(), space_.worst.begin(), space_.worst.end());
    std::inplace_merge(space_.chosen.begin(), space_.chosen.begin() + middle, space_.chosen.end());
    space_.chosen.erase(std::ranges::unique(space_.chosen).begin(), space_.chosen.end());
    space_.active.assign(sample_, space_.chosen);
    space_.active_y.resize(space_.chosen.size());
  }

  double active_error(std::span<const std::uint64_t> constants, double limit) {
    evaluate_(constants, space_.active.x(), space_.active_y);
    return space_.active.largest_error(space_.active_y, limit);
  }

 private:
  const Sample& sample_;
  const Evaluate& evaluate_;
  std::span<std::uint64_t> constants_;
  RoundingSpace<Sample>& space_;
};

}  // namespace

template <class Sample>
RoundingResult tune_constants(const Sample& sample, const Evaluate& evaluate,
                              std::span<std::uint64_t> constants, std::span<const Tunable> tunable,
                              int trials, numbers::Random& random, RoundingSpace<Sample>& space) {
  Tuner<Sample> tuner(sample, evaluate, constants, space);
  RoundingResult result;
  result.max_ulp = tuner.measure();
  if (tunable.empty()) return result;
  std::vector<std::uint64_t> best(constants.begin(), constants.end());
  std::vector<std::uint64_t> trial = best;
  while (result.trials < trials && result.max_ulp > targets::kCorrectlyRounded) {
    double error = result.max_ulp;
    tuner.activate();
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
                                       numbers::Random&, RoundingSpace<FloatSample>&);
template RoundingResult tune_constants(const ShortSample&, const Evaluate&,
                                       std::span<std::uint64_t>, std::span<const Tunable>, int,
                                       numbers::Random&, RoundingSpace<ShortSample>&);

}  // namespace ulpforge::evo

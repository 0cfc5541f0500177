// Which pairs, their exact values, and errors in blocks.
#include "evo/pairs/pair_sample.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <set>

#include "numbers/random.h"
#include "parallel/parallel.h"

namespace ulpforge::evo::pairs {
namespace {

using numbers::Random;
using numbers::ShortFormat;
using targets::OddValue;
using targets::PairMetric;
using targets::PairObjective;
using targets::PairSet;
using Pair = std::array<std::uint32_t, 2>;

constexpr std::uint32_t kEveryPair = 256;  ///< numbers of a format whose pairs are all measured
/// Of larger formats as many pairs of each kind.
constexpr std::size_t kOfEachKind = 8192;
/// Blocks by whose results programs are told apart.
constexpr std::size_t kBehaviourBlocks = 8;
constexpr std::size_t kMostSignificandPairs = std::size_t{1} << 15;

template <class T>
void shuffle(std::vector<T>& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

std::vector<Pair> every_pair(const ShortFormat& format) {
  std::vector<Pair> pairs;
  for (std::uint32_t x = 0; x < format.inputs(); ++x) {
    for (std::uint32_t y = 0; y < format.inputs(); ++y) pairs.push_back({x, y});
  }
  return pairs;
}

/// Pairs of a large format, each once.
class Chooser {
 public:
  explicit Chooser(const targets::PairFunction& function)
      : function_(function), format_(function.format()) {}

  std::vector<Pair> run() {
    significands();
    ends();
    specials();
    std::vector<Pair> pairs(taken_.begin(), taken_.end());
    shuffle(pairs, random_);
    return pairs;
  }

 private:
  std::uint32_t significand() { return random_.below(std::uint32_t{1} << format_.mantissa_bits()); }
  std::uint32_t field() { return random_.below(std::uint32_t{1} << format_.exponent_bits()); }
  std::uint32_t number(std::uint32_t sign, std::uint32_t exponent, std::uint32_t mantissa) const {
    return (sign != 0 ? format_.sign() : 0) | (exponent << format_.mantissa_bits()) | mantissa;
  }
  bool take(std::uint32_t x, std::uint32_t y) {
    if (!function_.holds(x, y, function_.value(x, y))) return false;
    return taken_.insert({x, y}).second;
  }

  /// Every pair of significands, or as many at random, with exponents that keep the result in
  /// range.
  void significands() {
    const std::size_t count = std::size_t{1} << format_.mantissa_bits();
    const bool all = count * count <= kMostSignificandPairs;
    const std::size_t pairs = all ? count * count : kMostSignificandPairs;
    for (std::size_t k = 0; k < pairs; ++k) {
      const auto a = all ? static_cast<std::uint32_t>(k / count) : significand();
      const auto b = all ? static_cast<std::uint32_t>(k % count) : significand();
      for (int attempt = 0; attempt < 40; ++attempt) {
        const std::uint32_t x = number(random_.below(2U), field(), a);
        const std::uint32_t y = number(random_.below(2U), field(), b);
        if (function_.is_ordinary(function_.value(x, y).value) && take(x, y)) break;
      }
    }
  }

  /// Exponents next to the ends, and results next to the ends of the normal numbers.
  void ends() {
    const double low = std::ldexp(1.0, format_.row().emin - 1);
    const double high = format_.largest_value();
    const std::uint32_t fields = std::uint32_t{1} << format_.exponent_bits();
    const auto end_field = [&] {
      const std::uint32_t k = random_.below(4U);
      return random_.chance(0.5) ? k : fields - 1 - k;
    };
    for (std::size_t k = 0; k < kOfEachKind; ++k) {
      const bool both = random_.chance(0.3);
      const std::uint32_t first = end_field();
      const std::uint32_t second = both ? end_field() : field();
      const bool exchanged = random_.chance(0.5);
      take(number(random_.below(2U), exchanged ? second : first, significand()),
           number(random_.below(2U), exchanged ? first : second, significand()));
    }
    std::size_t found = 0;
    for (std::size_t k = 0; k < 40 * kOfEachKind && found < kOfEachKind; ++k) {
      const std::uint32_t x = number(random_.below(2U), field(), significand());
      const std::uint32_t y = number(random_.below(2U), field(), significand());
      const double size = std::abs(function_.value(x, y).value);
      const bool near = (size > low / 4 && size < low * 4) || (size > high / 4 && size < high * 4);
      if (near && take(x, y)) ++found;
    }
  }

  /// Zeros, subnormals, infinities and NaN, where the set has them.
  void specials() {
    std::vector<std::uint32_t> numbers;
    for (const std::uint32_t sign : {0U, format_.sign()}) {
      for (const std::uint32_t size :
           {0U, 1U, 2U, 3U, (1U << format_.mantissa_bits()) - 1, 1U << format_.mantissa_bits(),
            format_.round(1.0), format_.largest() - 1, format_.largest(), format_.largest() + 1,
            format_.nan(), format_.sign() - 1}) {
        numbers.push_back(sign | (size & (format_.sign() - 1)));
      }
    }
    for (const std::uint32_t x : numbers) {
      for (const std::uint32_t y : numbers) take(x, y);
      for (int k = 0; k < 200; ++k) {
        const std::uint32_t y = random_.below(format_.inputs());
        random_.chance(0.5) ? take(x, y) : take(y, x);
      }
    }
    for (std::size_t k = 0; k < kOfEachKind; ++k) {
      take(random_.below(format_.inputs()), random_.below(format_.inputs()));
    }
  }

  const targets::PairFunction& function_;
  const ShortFormat& format_;
  Random random_{0x9a1255};
  std::set<Pair> taken_;
};

}  // namespace

PairSample::PairSample(const targets::PairFunction& function, PairGoal goal)
    : format_(function.format()), goal_(goal) {
  every_pair_ = format_.inputs() <= kEveryPair;
  std::vector<Pair> pairs = every_pair_ ? every_pair(format_) : Chooser(function).run();
  std::vector<OddValue> exact(pairs.size());
  parallel::for_each_index(std::size_t{0}, pairs.size(), [&](std::size_t i) {
    exact[i] = function.value(pairs[i][0], pairs[i][1]);
  });
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random{0x0bde5};
  shuffle(order, random);
  const targets::ShortJudge judge(format_, numbers::RoundTo::NearestEven);
  std::vector<Pair> counted, demanded;
  std::vector<double> f;
  std::vector<std::uint32_t> due;
  for (const std::size_t i : order) {
    const OddValue& value = exact[i];
    if (every_pair_ && !function.holds(pairs[i][0], pairs[i][1], value)) continue;
    // What has to be right to the bit, by the same rules as ShortJudge: no error is worth a NaN, or
    // an overflow that is missed.
    const bool by_kind =
        std::isnan(value.value) || std::abs(value.value) >= 2 * format_.end() ||
        (function.set() == PairSet::All && value.value == 0 && value.zero_sign_known);
    if (by_kind) {
      demanded.push_back(pairs[i]);
      due.push_back(judge.correct(value));
    } else {
      counted.push_back(pairs[i]);
      f.push_back(value.value);
    }
  }
  measured_ = counted.size() + demanded.size();
  counted_ = counted.size();
  for (std::uint32_t k = 0; k < format_.inputs(); ++k) {
    const auto value = static_cast<double>(format_.value(k));
    values_.push_back(std::isinf(value) ? std::copysign(format_.end(), value) : value);
    patterns_.push_back(static_cast<std::int32_t>(format_.is_nan(k) ? format_.nan() : k));
  }
  add_errors(counted, f);
  add_demands(demanded, due);
}

void PairSample::add_errors(const std::vector<Pair>& pairs, const std::vector<double>& f) {
  const double most = format_.has_infinities() ? format_.end() : format_.largest_value();
  const double normal = std::ldexp(1.0, format_.row().emin - 1);
  for (std::size_t first = 0; first < pairs.size(); first += kPairLanes) {
    Block block{};
    Errors errors{};
    for (std::size_t j = 0; j < kPairLanes && first + j < pairs.size(); ++j) {
      const double exact = f[first + j];
      block.x[j] = static_cast<std::int32_t>(pairs[first + j][0]);
      block.y[j] = static_cast<std::int32_t>(pairs[first + j][1]);
      errors.f[j] = std::clamp(exact, -most, most);
      const double size = std::abs(exact);
      const double factor = goal_.metric == PairMetric::Ulp ? 1 / targets::ulp(format_.row(), exact)
                            : goal_.metric == PairMetric::Relative ? 1 / std::max(size, normal)
                                                                   : 1;
      // Positive for results that are too large in size.
      errors.factor[j] = exact < 0 ? -factor : factor;
    }
    // The last block is filled up with its first pair, whose copies count nothing.
    for (std::size_t j = pairs.size() - first; j < kPairLanes; ++j) {
      block.x[j] = block.x[0];
      block.y[j] = block.y[0];
    }
    error_blocks_.push_back(block);
    errors_.push_back(errors);
  }
}

void PairSample::add_demands(const std::vector<Pair>& pairs,
                             const std::vector<std::uint32_t>& due) {
  for (std::size_t first = 0; first < pairs.size(); first += kPairLanes) {
    Block block{};
    Demands demands{};
    demands.count = std::min(kPairLanes, pairs.size() - first);
    for (std::size_t j = 0; j < demands.count; ++j) {
      block.x[j] = static_cast<std::int32_t>(pairs[first + j][0]);
      block.y[j] = static_cast<std::int32_t>(pairs[first + j][1]);
      demands.due[j] = patterns_[due[first + j]];
    }
    demand_blocks_.push_back(block);
    demands_.push_back(demands);
  }
}

namespace {

using Eight [[gnu::vector_size(64)]] = double;
using EightMasks [[gnu::vector_size(64)]] = std::int64_t;

/// What the errors of a block come to, in eight lanes, whose order does not depend on the
/// processor.
struct BlockErrors {
  double largest = 0;
  double sum = 0;  ///< of sizes, of squares, or of the errors themselves
  std::uint64_t wrong = 0;
};

template <PairObjective objective>
BlockErrors add_up(const double* values, const double* exact, const double* factors) {
  Eight sums = {}, tops = {};
  EightMasks right = {};
  for (std::size_t j = 0; j < kPairLanes; j += 8) {
    Eight value, f, factor;
    std::memcpy(&value, values + j, sizeof value);
    std::memcpy(&f, exact + j, sizeof f);
    std::memcpy(&factor, factors + j, sizeof factor);
    const Eight error = (value - f) * factor;
    const EightMasks number = error == error;
    right -= number;
    const Eight finite = number ? error : Eight{};
    const Eight size = finite < 0 ? -finite : finite;
    tops = size > tops ? size : tops;
    sums += objective == PairObjective::Bias  ? finite
            : objective == PairObjective::Rms ? size * size
                                              : size;
  }
  BlockErrors all;
  std::int64_t numbers = 0;
  for (int k = 0; k < 8; ++k) {
    all.sum += sums[k];
    all.largest = std::max(all.largest, tops[k]);
    numbers += right[k];
  }
  all.wrong = kPairLanes - static_cast<std::uint64_t>(numbers);
  return all;
}

BlockErrors add_up(PairObjective objective, const double* values, const double* exact,
                   const double* factors) {
  switch (objective) {
    case PairObjective::Max:
      return add_up<PairObjective::Max>(values, exact, factors);
    case PairObjective::Mean:
      return add_up<PairObjective::Mean>(values, exact, factors);
    case PairObjective::Rms:
      return add_up<PairObjective::Rms>(values, exact, factors);
    case PairObjective::Bias:
      break;
  }
  return add_up<PairObjective::Bias>(values, exact, factors);
}

/// How much more than their share of a limit the first `seen` pairs, which are drawn at random, may
/// use up before a candidate is given up: many standard deviations of their sum.
double allowance(PairObjective objective, double seen) {
  if (objective == PairObjective::Max || objective == PairObjective::Bias) return 1;
  return 1 + (objective == PairObjective::Rms ? 30 : 12) / std::sqrt(seen);
}

}  // namespace

PairMerit PairSample::measure(const ir::Program& program, const PairMerit& limit, PairLanes& lanes,
                              std::span<const std::uint64_t> known) const {
  lanes.load(program);
  PairMerit merit;
  merit.error = 0;
  const auto mask = static_cast<std::int32_t>(format_.inputs() - 1);
  for (std::size_t b = 0; b < demand_blocks_.size(); ++b) {
    const PairLanes::Row& z = lanes.run(demand_blocks_[b].x, demand_blocks_[b].y);
    for (std::size_t j = 0; j < demands_[b].count; ++j) {
      const std::int32_t pattern = patterns_[static_cast<std::size_t>(z[j] & mask)];
      merit.wrong += pattern != demands_[b].due[j] ? 1 : 0;
    }
    if (merit.wrong > limit.wrong) return {merit.wrong, HUGE_VAL, 0};
  }
  const auto count = static_cast<double>(counted_);
  const PairObjective objective = goal_.objective;
  const double most = limit.wrong > 0 || objective == PairObjective::Bias ? HUGE_VAL
                      : objective == PairObjective::Rms ? limit.error * limit.error
                                                        : limit.error;
  const std::size_t told_apart = std::min(kBehaviourBlocks, error_blocks_.size());
  std::array<std::uint32_t, kPairLanes> hashes{};
  double largest = 0, sum = 0;
  for (std::size_t b = 0; b < error_blocks_.size(); ++b) {
    const PairLanes::Row& z = lanes.run(error_blocks_[b].x, error_blocks_[b].y);
    std::array<double, kPairLanes> values;
    for (std::size_t j = 0; j < kPairLanes; ++j) {
      values[j] = values_[static_cast<std::size_t>(z[j] & mask)];
    }
    if (b < told_apart) {
      for (std::size_t j = 0; j < kPairLanes; ++j) {
        hashes[j] = hashes[j] * 0x9e3779b1U + static_cast<std::uint32_t>(z[j] & mask);
      }
    }
    if (b + 1 == told_apart) {
      for (const std::uint32_t hash : hashes) {
        merit.behaviour = numbers::hash_pair(merit.behaviour, hash);
      }
      if (std::ranges::find(known, merit.behaviour) != known.end()) {
        return {merit.wrong, HUGE_VAL, merit.behaviour};
      }
    }
    const BlockErrors errors =
        add_up(objective, values.data(), errors_[b].f.data(), errors_[b].factor.data());
    sum += errors.sum;
    largest = std::max(largest, errors.largest);
    merit.wrong += errors.wrong;
    if (merit.wrong > limit.wrong) return {merit.wrong, HUGE_VAL, merit.behaviour};
    if (merit.wrong < limit.wrong) continue;
    const double seen = std::min(count, static_cast<double>((b + 1) * kPairLanes));
    const bool worse = objective == PairObjective::Max
                           ? largest > most
                           : sum > most * std::min(count, seen * allowance(objective, seen));
    if (worse) return {merit.wrong, HUGE_VAL, merit.behaviour};
  }
  const double mean = counted_ > 0 ? sum / count : 0;
  switch (objective) {
    case PairObjective::Max:
      merit.error = largest;
      break;
    case PairObjective::Mean:
      merit.error = mean;
      break;
    case PairObjective::Rms:
      merit.error = std::sqrt(mean);
      break;
    case PairObjective::Bias:
      merit.error = std::abs(mean);
      break;
  }
  return merit;
}

}  // namespace ulpforge::evo::pairs

// A pool of inputs with what comes out for each alone, and vectors made of them.
#include "validate/lanes.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "numbers/random.h"
#include "validate/directed_inputs.h"
#include "validate/examiner.h"

namespace ulpforge::validate {
namespace {

constexpr std::size_t kPool = 4096;    ///< inputs that vectors are made of
constexpr std::size_t kJudged = 2048;  ///< different results whose errors are looked into
constexpr std::uint64_t kMost = std::uint64_t{1} << 22;
constexpr std::uint64_t kLeast = std::uint64_t{1} << 15;

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

/// Calls the routine with as many points as there are; lane k of vector i is point i lanes + k.
class Caller {
 public:
  Caller(Worker& worker, const Signature& signature, targets::Rounding rounding)
      : worker_(worker), signature_(signature), rounding_(rounding) {}

  std::span<const double> operator()(std::span<const Point> points) {
    return signature_.element == Element::Float ? run<float>(points) : run<double>(points);
  }

 private:
  template <class T>
  std::span<const double> run(std::span<const Point> points) {
    std::vector<T> x, y;
    for (const Point& point : points) {
      x.push_back(static_cast<T>(point[0]));
      if (signature_.inputs == 2) y.push_back(static_cast<T>(point[1]));
    }
    std::vector<Incident> incidents;  // a result that is lost is NaN
    const std::span<const T> z =
        worker_.run(std::span<const T>(x), std::span<const T>(y), rounding_, incidents);
    results_.assign(z.begin(), z.end());
    return results_;
  }

  Worker& worker_;
  const Signature& signature_;
  targets::Rounding rounding_;
  std::vector<double> results_;
};

bool within(std::span<const targets::FloatRange> ranges, double x) {
  const std::uint32_t bits = numbers::Binary32::bits(static_cast<float>(x));
  return ranges.empty() || std::ranges::any_of(ranges, [&](const targets::FloatRange& range) {
           return range.first <= bits && bits <= range.last;
         });
}

/// Half of the pool directed, the rest of any binade, or of any place of the ranges.
std::vector<Point> make_pool(const ir::Program& target, const LaneOptions& options,
                             numbers::Random& random) {
  const Patterns patterns(options.format);
  std::vector<Point> directed = directed_inputs(target, options.format);
  std::erase_if(directed, [&](const Point& point) { return !within(options.within, point[0]); });
  std::vector<Point> pool;
  for (std::size_t i = 0; i < kPool / 2 && !directed.empty(); ++i) {
    pool.push_back(directed[random.below(directed.size())]);
  }
  const auto any = [&](std::size_t axis) {
    if (axis == 0 && !options.within.empty()) {
      const targets::FloatRange& range = options.within[random.below(options.within.size())];
      return static_cast<double>(numbers::Binary32::value(
          range.first + static_cast<std::uint32_t>(random.below(range.size()))));
    }
    const std::uint64_t sign = random.chance(0.5) ? patterns.sign() : 0;
    // Every other one of ordinary size.
    const int middle = patterns.exponents() / 2;
    const std::uint64_t exponent =
        random.chance(0.5) ? random.below(static_cast<std::uint64_t>(patterns.exponents()))
                           : static_cast<std::uint64_t>(middle - 8) + random.below(16U);
    const std::uint64_t mantissa = random.below(std::uint64_t{1} << patterns.mantissa_bits());
    return patterns.value(sign | exponent << patterns.mantissa_bits() | mantissa);
  };
  while (pool.size() < kPool) pool.push_back({any(0), target.inputs == 2 ? any(1) : 0});
  return pool;
}

/// Which inputs of the pool are in the lanes of a vector.
void fill_vector(std::span<std::uint32_t> lanes, std::uint64_t number, numbers::Random& random) {
  const auto any = [&] { return static_cast<std::uint32_t>(random.below(kPool)); };
  switch (number % 4) {
    case 0:
    case 1: {
      std::ranges::fill(lanes, any());
      lanes[(number / 4) % lanes.size()] = any();
      return;
    }
    case 2: {
      std::ranges::fill(lanes.first(lanes.size() / 2), any());
      std::ranges::fill(lanes.subspan(lanes.size() / 2), any());
      return;
    }
    default:
      std::ranges::generate(lanes, any);
  }
}

}  // namespace

std::uint64_t lane_results(std::uint64_t inputs) { return std::clamp(inputs / 20, kLeast, kMost); }

LaneFinding check_lanes(const ir::Program& target, Worker& worker, const Signature& signature,
                        const LaneOptions& options) {
  LaneFinding finding;
  if (signature.form != Signature::Form::Vector || signature.lanes < 2) return finding;
  const auto lanes = static_cast<std::size_t>(signature.lanes);
  numbers::Random random{options.seed, 0x1a9e5};
  const std::vector<Point> pool = make_pool(target, options, random);
  Caller call(worker, signature, options.rounding);
  worker.record_exceptions(false);
  // A call takes whole vectors, as many as a worker takes at once.
  const std::size_t at_once = Worker::kCapacity / lanes;

  HuntOptions meaning;
  meaning.format = options.format;
  meaning.ulp_of = options.ulp_of;
  meaning.rounding = options.rounding;
  std::size_t judged = 0;
  std::vector<Point> points;
  const auto differs = [&](std::size_t lane, std::span<const Point> vector, double result,
                           double alone) {
    ++finding.different;
    if (judged == kJudged) return;
    ++judged;
    const double error = std::abs(judge(target, vector[lane], result, meaning).error);
    const bool worse = std::isnan(error) ? !std::isnan(finding.error) : error > finding.error;
    if (!finding.vector.empty() && !worse) return;
    finding.lane = static_cast<int>(lane);
    finding.vector.assign(vector.begin(), vector.end());
    finding.result = result;
    finding.alone = alone;
    finding.error = error;
  };

  // Each input alone; the first lane's result is what the others are to have.
  std::vector<double> alone(pool.size());
  for (std::size_t first = 0; first < pool.size(); first += at_once) {
    const std::size_t count = std::min(at_once, pool.size() - first);
    points.clear();
    for (std::size_t i = 0; i < count * lanes; ++i) points.push_back(pool[first + i / lanes]);
    const std::span<const double> z = call(points);
    for (std::size_t i = 0; i < count; ++i) {
      alone[first + i] = z[i * lanes];
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        ++finding.compared;
        const double result = z[i * lanes + lane];
        if (same(result, alone[first + i])) continue;
        differs(lane, std::span(points).subspan(i * lanes, lanes), result, alone[first + i]);
      }
    }
  }

  std::vector<std::uint32_t> which;
  std::uint64_t number = 0;
  while (finding.compared < options.results && !options.stop.stop_requested()) {
    which.resize(std::min<std::size_t>(at_once, options.results / lanes + 1) * lanes);
    points.clear();
    for (std::size_t i = 0; i < which.size(); i += lanes) {
      fill_vector(std::span(which).subspan(i, lanes), number++, random);
    }
    for (const std::uint32_t i : which) points.push_back(pool[i]);
    const std::span<const double> z = call(points);
    for (std::size_t i = 0; i < which.size(); ++i) {
      ++finding.compared;
      if (same(z[i], alone[which[i]])) continue;
      const std::size_t lane = i % lanes;
      differs(lane, std::span(points).subspan(i - lane, lanes), z[i], alone[which[i]]);
    }
  }
  return finding;
}

}  // namespace ulpforge::validate

#include "jit/measure.h"

#include <boost/align/aligned_allocator.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace ulpforge::jit {
namespace {

using Clock = std::chrono::steady_clock;

double nanoseconds_of(const std::function<void()>& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

/// Arguments and results where vectors do not straddle cache lines, and half a page apart: loads
/// wait for stores to the same place of another page. (Up to twice the time otherwise, at the whim
/// of the allocator.)
class Arrays {
 public:
  explicit Arrays(std::span<const float> x) : x_(x.begin(), x.end()), y_(kHalfPage + x.size()) {}

  std::span<const float> x() const { return x_; }
  std::span<float> y() { return std::span(y_).subspan(kHalfPage); }

 private:
  static constexpr std::size_t kPage = 4096;
  static constexpr std::size_t kHalfPage = kPage / 2 / sizeof(float);
  using Storage = std::vector<float, boost::alignment::aligned_allocator<float, kPage>>;
  Storage x_, y_;
};

/// The compiler has to take the value as used.
void use(const float& value) { asm volatile("" : : "r"(&value) : "memory"); }

/// Fixed work that keeps the multipliers busy, so that a neighbour on the same core shows.
void run_canary() {
  std::array<float, 128> sums{};
  for (int i = 0; i < 400; ++i) {
    for (float& sum : sums) sum = sum * 0.999F + 1.0F;
    use(sums[0]);
  }
}

double quantile(std::vector<double> values, double q) {
  const auto place = static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

/// One round: a sample of every function, each between two canaries.
struct Round {
  std::vector<double> time;    ///< nanoseconds per run
  std::vector<double> canary;  ///< the slower of the two
};

/// Samples of several pieces of work by turns. The first is the reference.
std::vector<Measurement> measure(std::span<const std::function<void()>> works,
                                 const MeasureOptions& options) {
  std::vector<std::size_t> repeats;
  for (const std::function<void()>& work : works) {
    work();
    double once = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 3; ++i) once = std::min(once, nanoseconds_of(work));
    repeats.push_back(static_cast<std::size_t>(
        std::max(1.0, 1e3 * options.sample_microseconds / std::max(once, 1.0))));
  }
  double fastest_canary = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 20; ++i) {
    fastest_canary = std::min(fastest_canary, nanoseconds_of(run_canary));
  }
  std::vector<Round> rounds;
  const auto is_good = [&](const Round& round, std::size_t k) {
    return round.canary[k] <= fastest_canary * (1 + options.canary_tolerance);
  };
  const auto good_samples = [&](std::size_t k) {
    return static_cast<std::size_t>(std::count_if(
        rounds.begin(), rounds.end(), [&](const Round& round) { return is_good(round, k); }));
  };
  const auto enough = [&] {
    for (std::size_t k = 0; k < works.size(); ++k) {
      if (good_samples(k) < options.samples) return false;
    }
    return true;
  };
  while (rounds.size() < options.max_samples && !enough()) {
    Round round;
    double before = nanoseconds_of(run_canary);
    for (std::size_t k = 0; k < works.size(); ++k) {
      const double time = nanoseconds_of([&] {
        for (std::size_t i = 0; i < repeats[k]; ++i) works[k]();
      });
      const double after = nanoseconds_of(run_canary);
      round.time.push_back(time / static_cast<double>(repeats[k]));
      round.canary.push_back(std::max(before, after));
      fastest_canary = std::min({fastest_canary, before, after});
      before = after;
    }
    rounds.push_back(std::move(round));
  }
  std::vector<Measurement> results;
  for (std::size_t k = 0; k < works.size(); ++k) {
    Measurement& result = results.emplace_back();
    const std::size_t good = good_samples(k);
    std::vector<double> times, ratios;
    for (const Round& round : rounds) {
      if (good > 0 && !is_good(round, k)) continue;
      times.push_back(round.time[k]);
      if (good == 0 || is_good(round, 0)) ratios.push_back(round.time[k] / round.time[0]);
    }
    result.samples = times.size();
    result.quiet = good >= options.samples;
    result.nanoseconds = quantile(times, 0.5);
    result.spread = (quantile(times, 0.75) - quantile(times, 0.25)) / result.nanoseconds;
    if (ratios.empty()) {
      for (const Round& round : rounds) ratios.push_back(round.time[k] / round.time[0]);
    }
    result.ratio = quantile(ratios, 0.5);
  }
  return results;
}

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void require_work(std::span<const BatchFunction> functions, std::size_t points,
                  std::size_t least_points, const MeasureOptions& options) {
  require(!functions.empty(), "nothing to measure: no functions");
  require(points >= least_points, "too few points to measure at");
  require(options.samples > 0 && options.max_samples > 0, "a measurement needs samples");
}

}  // namespace

std::vector<Measurement> measure_throughput(std::span<const BatchFunction> functions,
                                            std::span<const float> x,
                                            const MeasureOptions& options) {
  require_work(functions, x.size(), 1, options);
  Arrays arrays(x);
  std::vector<std::function<void()>> works;
  for (const BatchFunction& function : functions) {
    works.emplace_back([&function, &arrays] {
      function(arrays.x(), arrays.y());
      use(arrays.y()[0]);
    });
  }
  std::vector<Measurement> results = measure(works, options);
  for (Measurement& result : results) result.nanoseconds /= static_cast<double>(x.size());
  return results;
}

std::vector<Measurement> measure_latency(std::span<const BatchFunction> functions,
                                         std::span<const float> x, const MeasureOptions& options) {
  require_work(functions, x.size(), kLatencyBlock, options);
  const std::size_t blocks = x.size() / kLatencyBlock;
  const BatchFunction copy = [](std::span<const float> from, std::span<float> to) {
    std::copy(from.begin(), from.end(), to.begin());
  };
  std::vector<BatchFunction> all(functions.begin(), functions.end());
  all.push_back(copy);
  std::vector<std::function<void()>> works;
  for (const BatchFunction& function : all) {
    works.emplace_back([&function, x, blocks] {
      alignas(64) std::array<float, kLatencyBlock> argument{}, result{};
      // Zero, which the compiler does not know.
      const volatile std::uint32_t unknown = 0;
      const std::uint32_t nothing = unknown;
      for (std::size_t block = 0; block < blocks; ++block) {
        for (std::size_t i = 0; i < kLatencyBlock; ++i) {
          argument[i] =
              std::bit_cast<float>(std::bit_cast<std::uint32_t>(x[block * kLatencyBlock + i]) ^
                                   (std::bit_cast<std::uint32_t>(result[i]) & nothing));
        }
        use(argument[0]);
        function(argument, result);
        use(result[0]);
      }
    });
  }
  std::vector<Measurement> results = measure(works, options);
  const double overhead = results.back().nanoseconds;
  const double reference = results.front().nanoseconds - overhead;
  results.pop_back();
  for (Measurement& result : results) {
    result.nanoseconds -= overhead;
    result.ratio = result.nanoseconds / reference;
    result.nanoseconds /= static_cast<double>(blocks);
  }
  return results;
}

}  // namespace ulpforge::jit

// What an exact exhaustive score costs, step by step: reference values, their errors, the whole.
// The routine is the correctly rounded result itself, or exp2f by a polynomial of degree 6.
#include <benchmark/benchmark.h>

#include <array>
#include <bit>
#include <string>
#include <vector>

#include "evo/short_sample.h"
#include "ir/expression.h"
#include "ir/text.h"
#include "jit/compiler.h"
#include "jit/machine_kernels.h"
#include "targets/scores/errors.h"
#include "targets/scores/reference.h"
#include "targets/scores/score.h"
#include "targets/scores/score_everywhere.h"
#include "targets/scores/short_values.h"

namespace ulpforge::targets {
namespace {

/// [1, 2), 2^23 floats.
constexpr FloatRange kBinade{numbers::Binary32::kOne,
                             numbers::Binary32::kOne | numbers::Binary32::kMantissa};
constexpr const char* kTargets[] = {"exp2(x)", "log(x)", "sin(x)"};

void count(benchmark::State& state) {
  state.counters["ns_per_float"] = benchmark::Counter(
      static_cast<double>(kBinade.size()) * static_cast<double>(state.iterations()) / 1e9,
      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.SetLabel(kTargets[state.range(0)]);
}

FloatReference reference_of(const benchmark::State& state) {
  return FloatReference(ir::parse_expression(kTargets[state.range(0)]), {kBinade});
}

void ReferenceValues(benchmark::State& state) {
  const FloatReference reference = reference_of(state);
  std::array<double, kBlock> hi{};
  std::array<double, kBlock> lo{};
  for (auto _ : state) {
    for (std::uint32_t at = kBinade.first; at < kBinade.last;) {
      at += static_cast<std::uint32_t>(reference.fill(at, hi, lo).count);
      benchmark::ClobberMemory();
    }
  }
  count(state);
}
BENCHMARK(ReferenceValues)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

/// The correctly rounded results of the binade.
std::vector<float> rounded_results(const FloatReference& reference) {
  std::vector<float> y(kBinade.size());
  std::array<double, kBlock> hi{};
  std::array<double, kBlock> lo{};
  for (std::size_t at = 0; at < y.size();) {
    const Run run = reference.fill(kBinade.first + static_cast<std::uint32_t>(at), hi, lo);
    for (std::size_t i = 0; i < run.count; ++i) y[at + i] = static_cast<float>(hi[i]);
    at += run.count;
  }
  return y;
}

void ReferenceErrors(benchmark::State& state) {
  const FloatReference reference = reference_of(state);
  const std::vector<float> y = rounded_results(reference);
  Errors<numbers::Binary32> errors(reference);
  for (auto _ : state) {
    for (std::size_t at = 0; at < y.size(); at += errors.count()) {
      errors.examine(kBinade.first + static_cast<std::uint32_t>(at), std::span(y).subspan(at));
      benchmark::ClobberMemory();
    }
  }
  count(state);
}
BENCHMARK(ReferenceErrors)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void ScoreRounded(benchmark::State& state) {
  const FloatReference reference = reference_of(state);
  const std::vector<float> y = rounded_results(reference);
  const FloatRoutine routine = [&](std::span<const float> x, std::span<float> out) {
    std::copy_n(y.begin() + (std::bit_cast<std::uint32_t>(x[0]) - kBinade.first), x.size(),
                out.begin());
  };
  for (auto _ : state) benchmark::DoNotOptimize(score(reference, routine, kBinade));
  count(state);
}
BENCHMARK(ScoreRounded)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void ScorePolynomial(benchmark::State& state) {
  const FloatReference reference = reference_of(state);
  jit::Compiler compiler;
  const jit::Function function =
      compiler.compile(jit::test::twelve_operations(0),
                       {.level = jit::OptimisationLevel::Full, .embed_constants = true});
  const FloatRoutine routine = [&](std::span<const float> x, std::span<float> y) {
    function(x, y);
  };
  for (auto _ : state) benchmark::DoNotOptimize(score(reference, routine, kBinade));
  count(state);
}
BENCHMARK(ScorePolynomial)->DenseRange(0, 0)->Unit(benchmark::kMillisecond);

/// All 2^32 inputs, on all cores.
void ScoreEverywhere(benchmark::State& state) {
  const FloatReference reference(ir::parse_expression("exp2(x)"), all_finite_floats());
  jit::Compiler compiler;
  const jit::Function function =
      compiler.compile(jit::test::twelve_operations(0),
                       {.level = jit::OptimisationLevel::Full, .embed_constants = true});
  const FloatRoutine routine = [&](std::span<const float> x, std::span<float> y) {
    function(x, y);
  };
  for (auto _ : state) benchmark::DoNotOptimize(score_everywhere(reference, routine));
}
BENCHMARK(ScoreEverywhere)->Unit(benchmark::kSecond)->UseRealTime();

/// Every number of bf16, as searches over it measure each candidate: the compiled program at all of
/// them, and the figure of merit.
void ScoreShort(benchmark::State& state) {
  const ShortValues values(ir::parse_expression("sqrt(x)"), numbers::parse_short_format("bf16"));
  const evo::ShortSample sample(values);
  jit::Compiler compiler;
  const jit::Function function =
      compiler.compile(ir::parse("input x: f32\ny = sqrt(x)\nreturn y\n"));
  std::vector<float> y(sample.size());
  for (auto _ : state) {
    function({}, sample.x(), y);
    benchmark::DoNotOptimize(sample.largest_error(y));
  }
}
BENCHMARK(ScoreShort)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace ulpforge::targets

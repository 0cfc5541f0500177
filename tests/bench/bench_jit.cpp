// What compiling a program costs, and evaluating it: 12 operations over f32, exp2 by rint, a
// polynomial of degree 6 and scalef.
#include <benchmark/benchmark.h>

#include <vector>

#include "ir/interpret.h"
#include "jit/compiler.h"
#include "jit/cost.h"
#include "jit/machine_kernels.h"
#include "jit/mca.h"

namespace ulpforge::jit {
namespace {

const char* kLevelNames[] = {"fast", "full"};

/// items_per_second is programs per second, batches of range(1).
void Compile(benchmark::State& state) {
  const Options options{.level = static_cast<OptimisationLevel>(state.range(0))};
  Compiler compiler;
  const auto batch = static_cast<std::size_t>(state.range(1));
  std::vector<ir::Program> programs;
  for (std::size_t k = 0; k < batch; ++k) programs.push_back(test::twelve_operations(k));
  for (auto _ : state) benchmark::DoNotOptimize(compiler.compile(programs, options));
  state.SetLabel(kLevelNames[state.range(0)]);
  state.counters["ms_per_program"] =
      benchmark::Counter(static_cast<double>(batch) * static_cast<double>(state.iterations()) / 1e3,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(Compile)->ArgsProduct({{0, 1}, {1, 64}})->Unit(benchmark::kMillisecond);

/// 16 k points, which fit the first two levels of cache.
constexpr std::size_t kPoints = 1 << 14;

std::vector<float> points() {
  std::vector<float> x(kPoints);
  for (std::size_t i = 0; i < kPoints; ++i) x[i] = static_cast<float>(i) * 0x1p-8F - 30.0F;
  return x;
}

void count(benchmark::State& state) {
  state.counters["ns_per_point"] = benchmark::Counter(
      static_cast<double>(kPoints) * static_cast<double>(state.iterations()) / 1e9,
      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void Evaluate(benchmark::State& state) {
  Compiler compiler;
  const auto isa = static_cast<Isa>(state.range(1));
  if (!host_has(isa)) return state.SkipWithError("the host lacks it");
  const Function function =
      compiler.compile(test::twelve_operations(0),
                       {.level = static_cast<OptimisationLevel>(state.range(0)), .isa = isa});
  const std::vector<float> x = points();
  std::vector<float> y(kPoints);
  for (auto _ : state) {
    function(x, y);
    benchmark::ClobberMemory();
  }
  state.SetLabel(std::string(kLevelNames[state.range(0)]) + " " + std::string(name(isa)));
  count(state);
}
BENCHMARK(Evaluate)->ArgsProduct({{0, 1}, {1, 2, 3}});

void Interpret(benchmark::State& state) {
  const ir::Program program = test::twelve_operations(0);
  const std::vector<float> x = points();
  std::vector<float> y(kPoints);
  for (auto _ : state) {
    ir::interpret<float, float>(program, x, y);
    benchmark::ClobberMemory();
  }
  count(state);
}
BENCHMARK(Interpret);

void ModelCost(benchmark::State& state) {
  const ir::Program program = test::twelve_operations(0);
  for (auto _ : state) benchmark::DoNotOptimize(model_cost(program, Isa::Avx512, Processor::Zen5));
}
BENCHMARK(ModelCost);

void SimulatedCost(benchmark::State& state) {
  const ir::Program program = test::twelve_operations(0);
  for (auto _ : state) benchmark::DoNotOptimize(simulated_cost(program, Isa::Avx512));
}
BENCHMARK(SimulatedCost);

}  // namespace
}  // namespace ulpforge::jit

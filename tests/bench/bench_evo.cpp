// What the search's inner loop costs, on the published 10-operation structure with 5 constants.
#include <benchmark/benchmark.h>

#include <memory>

#include "evo/levenberg_marquardt.h"
#include "evo/mutation.h"
#include "evo/structures.h"
#include "ir/simplify.h"

namespace ulpforge::evo {
namespace {

struct Setting {
  Nodes<4> nodes = make_nodes<4>(targets::make_target("exp2", targets::Domain{0, 1}));
  Tape tape = *make_tape(test::ten_operations());
  Constants constants = constants_of(test::ten_operations());
};

/// Value, compensated residual and Jacobian at 32 nodes.
void Evaluate(benchmark::State& state) {
  const Setting setting;
  auto evaluation = std::make_unique<Evaluation<4>>();
  for (auto _ : state) {
    evaluate<4>(setting.tape, setting.constants, setting.nodes, *evaluation);
    benchmark::DoNotOptimize(evaluation->sum_of_squares);
  }
  state.SetItemsProcessed(state.iterations() * Nodes<4>::kCount);
}
BENCHMARK(Evaluate);

/// Fits as the search makes them for a new structure: up to 40 iterations from random constants.
/// items_per_second is fits per second and core.
void StructureFit(benchmark::State& state) {
  const Setting setting;
  Fitter<4> fitter(setting.nodes);
  std::uint64_t start = 0;
  for (auto _ : state) {
    numbers::Random random{1, start++};
    Constants constants;
    for (int k = 0; k < setting.tape.constants; ++k) constants.set(k, random_constant(random));
    FitOptions options;
    options.max_iterations = 40;
    benchmark::DoNotOptimize(fitter.fit(setting.tape, constants, options).max_error);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["iterations_per_fit"] =
      static_cast<double>(fitter.evaluations()) / static_cast<double>(state.iterations());
}
BENCHMARK(StructureFit);

/// The canonical form of a mutated child.
void Simplify(benchmark::State& state) {
  const std::array operations = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul, ir::Op::Div};
  const ir::Program parent = test::ten_operations();
  std::vector<ir::Program> children;
  numbers::Random random{2};
  while (children.size() < 1000) {
    ir::Program child = parent;
    if (mutate(child, parent, operations, random)) children.push_back(child);
  }
  std::size_t k = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ir::simplify(children[k++ % children.size()], ir::Folding::Rounded).code.size());
  }
}
BENCHMARK(Simplify);

}  // namespace
}  // namespace ulpforge::evo

// Timing of fronts.
#include "experiments/machine_timing.h"

#include <cmath>

#include "evo/random.h"
#include "jit/compiler.h"
#include "jit/measure.h"

namespace ulpforge::experiments {
namespace {

/// Arguments that fit the first level of cache: of moderate size, both signs.
std::vector<float> arguments() {
  constexpr std::size_t kCount = 2048;
  std::vector<float> x(kCount);
  evo::Random random{1};
  for (float& value : x) {
    const double size = std::exp2(12 * random.uniform() - 6);
    value = static_cast<float>(random.chance(0.5) ? size : -size);
  }
  return x;
}

}  // namespace

void time_programs(MachineFront& front, jit::Isa isa) {
  if (front.programs.empty() || !jit::host_has(isa)) return;
  jit::Compiler compiler;
  jit::Options options;
  options.tier = jit::Tier::Full;
  options.isa = isa;
  options.embed_constants = true;
  options.interleave = 2;
  // The first one is the reference: a program that copies.
  ir::Program copy;
  copy.input_types[0] = ir::Type::F32;
  std::vector<ir::Program> programs{copy};
  for (const MachineFrontEntry& entry : front.programs) programs.push_back(entry.program);
  const std::vector<jit::Function> compiled = compiler.compile(programs, options);
  std::vector<jit::BatchFunction> functions;
  for (const jit::Function& function : compiled) {
    functions.emplace_back(
        [&function](std::span<const float> x, std::span<float> y) { function(x, y); });
  }
  const std::vector<float> x = arguments();
  const std::vector<jit::Measurement> times = jit::measure_throughput(functions, x);
  for (std::size_t k = 0; k < front.programs.size(); ++k) {
    front.programs[k].ns_per_element = times[k + 1].nanoseconds;
    front.programs[k].ratio = times[k + 1].ratio;
  }
}

}  // namespace ulpforge::experiments

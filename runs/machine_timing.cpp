// Timing of fronts.
#include "runs/machine_timing.h"

#include "jit/compiler.h"
#include "jit/measure.h"

namespace ulpforge::runs {
namespace {

constexpr std::size_t kArguments = 2048;  ///< fit the first level of cache

}  // namespace

bench::Inputs timed_on(const MachineFront& front) {
  if (const auto domain = domain_of(front)) return {domain->lo, domain->hi};
  return bench::usual_inputs(front.target);
}

void time_programs(MachineFront& front, jit::Isa isa) {
  if (front.programs.empty() || !jit::host_has(isa)) return;
  jit::Compiler compiler;
  jit::Options options;
  options.level = jit::OptimisationLevel::Full;
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
  const std::vector<float> x = bench::draw(timed_on(front), kArguments);
  const std::vector<jit::Measurement> times = jit::measure_throughput(functions, x);
  for (std::size_t k = 0; k < front.programs.size(); ++k) {
    front.programs[k].ns_per_element = times[k + 1].nanoseconds;
    front.programs[k].ratio = times[k + 1].ratio;
  }
}

}  // namespace ulpforge::runs

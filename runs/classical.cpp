// Baselines in the operations of a search.
#include "runs/classical.h"

#include <algorithm>
#include <utility>

#include "evo/normal_form.h"
#include "parallel/parallel.h"

namespace ulpforge::runs {
namespace {

bool has(const std::vector<ir::Op>& operations, ir::Op op) {
  return std::ranges::find(operations, op) != operations.end();
}

}  // namespace

ClassicalPrograms classical_programs(const targets::Target& target, const evo::SearchConfig& config,
                                     const baselines::Limits& limits) {
  const bool fuses = has(config.operations, ir::Op::Fma);
  // A fused operation stands for two.
  const int longest =
      fuses ? std::min(2 * config.max_operations, evo::kMaxOperations) : config.max_operations;
  baselines::Computed computed = parallel::with_threads(
      config.threads, [&] { return baselines::compute_baselines(target, longest, limits); });
  ClassicalPrograms result;
  result.complete = computed.complete;
  for (baselines::Baseline& baseline : computed.baselines) {
    const bool as_it_is = !fuses && std::ranges::all_of(baseline.program.code, [&](const auto& s) {
      return has(config.operations, s.op);
    });
    std::optional<ir::Program> program = as_it_is ? std::optional(std::move(baseline.program))
                                                  : evo::normal_form(baseline.program, config);
    if (!program || static_cast<int>(program->code.size()) > config.max_operations) continue;
    result.programs.push_back(
        {std::move(baseline.method), std::move(*program), baseline.max_error, baseline.worst_x});
    // Another form of the same function rounds otherwise.
    if (as_it_is) result.programs.back().max_error_f64 = baseline.max_error_f64;
  }
  return result;
}

}  // namespace ulpforge::runs

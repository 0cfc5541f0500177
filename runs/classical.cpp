// Baselines in the operations of a search.
#include "runs/classical.h"

#include <algorithm>
#include <utility>

#include "evo/known_programs.h"
#include "evo/normal_form.h"
#include "parallel/parallel.h"
#include "proof/bound.h"
#include "proof/monotone.h"
#include "targets/infinite_domain.h"

namespace ulpforge::runs {
namespace {

bool has(const std::vector<ir::Op>& operations, ir::Op op) {
  return std::ranges::find(operations, op) != operations.end();
}

}  // namespace

ClassicalPrograms classical_programs(const targets::Target& target, const evo::SearchConfig& config,
                                     const baselines::Limits& limits) {
  const bool fuses = has(config.operations, ir::Op::Fma);
  const bool bounded = target.domain.is_bounded();
  const int most =
      config.max_operations -
      (bounded ? 0
               : static_cast<int>(targets::substitution_for(target.domain).forward.code.size()));
  const targets::Target inner = targets::bounded(target);
  baselines::Computed computed = parallel::with_threads(
      config.threads, [&] { return baselines::compute_baselines(inner, most, fuses, limits); });
  ClassicalPrograms result;
  result.complete = computed.complete;
  for (baselines::Baseline& baseline : computed.baselines) {
    const bool as_it_is = !fuses && std::ranges::all_of(baseline.program.code, [&](const auto& s) {
      return has(config.operations, s.op);
    });
    std::optional<ir::Program> program = as_it_is ? std::optional(std::move(baseline.program))
                                                  : evo::normal_form(baseline.program, config);
    if (!program || static_cast<int>(program->code.size()) > most) continue;
    result.programs.push_back(
        {std::move(baseline.method), std::move(*program), baseline.max_error, baseline.worst_x});
    // Another form of the same function rounds otherwise.
    if (as_it_is) result.programs.back().max_error_f64 = baseline.max_error_f64;
  }
  return result;
}

std::vector<evo::KnownProgram> satisfying(std::vector<evo::KnownProgram> programs,
                                          const targets::Target& target,
                                          const evo::Constraints& constraints,
                                          const std::function<bool(const ir::Program&)>& accept) {
  if (constraints == evo::Constraints{} && target.exact.empty()) return programs;
  if (!target.domain.is_bounded()) {
    // As they are: constants of a substitution are no constants of a fit.
    const evo::Requirements requirements(target, constraints);
    std::erase_if(programs, [&](const evo::KnownProgram& each) {
      return !requirements.holds(each.program) || (accept && !accept(each.program));
    });
    return programs;
  }
  return evo::that_satisfy(std::move(programs), evo::Examination(target, {}, constraints),
                           targets::Verifier(target), accept);
}

std::vector<baselines::Baseline> satisfying(std::vector<baselines::Baseline> baselines,
                                            const targets::Target& target,
                                            const evo::Constraints& constraints) {
  std::vector<evo::KnownProgram> programs;
  for (baselines::Baseline& each : baselines) {
    programs.push_back({std::move(each.method), std::move(each.program), each.max_error,
                        each.worst_x, each.max_error_f64});
  }
  std::function<bool(const ir::Program&)> accept;
  if (constraints.monotone) {
    accept = [&, direction = proof::monotonicity_of(target).direction](const ir::Program& program) {
      return proof::prove_monotone_program(proof::as_emitted(program), target, direction).proven;
    };
  }
  baselines.clear();
  for (evo::KnownProgram& each : satisfying(std::move(programs), target, constraints, accept)) {
    const auto operations = static_cast<int>(each.program.code.size());
    baselines.push_back({std::move(each.method), std::move(each.program), operations,
                         each.max_error, each.worst_x, each.max_error_f64});
  }
  return baselines;
}

std::vector<evo::KnownProgram> on_whole_domain(std::vector<evo::KnownProgram> programs,
                                               const targets::Target& target) {
  if (target.domain.is_bounded()) return programs;
  const targets::Substitution substitution = targets::substitution_for(target.domain);
  for (evo::KnownProgram& known : programs) {
    known.program = targets::composed(known.program, substitution.forward);
    known.method += ", " + substitution.text;
  }
  return programs;
}

}  // namespace ulpforge::runs

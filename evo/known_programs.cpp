// One after the other: form, constants, points, error.
#include "evo/known_programs.h"

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <optional>

#include "evo/minimax.h"
#include "evo/zero_factor.h"
#include "ir/simplify.h"
#include "parallel/parallel.h"

namespace ulpforge::evo {
namespace {

constexpr int kTrials = 1000;

std::optional<KnownProgram> satisfying(const KnownProgram& known, const Examination& examination,
                                       const targets::Verifier& verify,
                                       const std::function<bool(const ir::Program&)>& accept) {
  const Requirements& requirements = examination.requirements();
  KnownProgram out = known;
  if (requirements.rounds()) {
    // In the form that it is written in, if a tape can be made of that: the canonical form has
    // other constants, and some of them may be outside the format's range.
    std::optional<Tape> tape = make_tape(out.program, examination.pins());
    if (!tape) {
      out.program = ir::simplify(known.program, ir::Folding::Rounded);
      out.program = with_exact_differences(out.program, examination.target());
      tape = make_tape(out.program, examination.pins());
    }
    if (!tape) return std::nullopt;  // a constant
    // Levelled anew, since points that are demanded shift what is best.
    if (!examination.target().exact.empty()) {
      Constants constants = constants_of(out.program);
      minimise_largest_error(examination.nodes(), *tape, constants);
      set_constants(out.program, constants);
    }
    const auto scratch = std::make_unique<Evaluation<kDenseBlocks>>();
    int left = kTrials;
    const double error =
        requirements.meet<kDenseBlocks>(examination.nodes(), *tape, out.program, *scratch, left);
    if (!std::isfinite(error)) return std::nullopt;
    out.method += ", constants as required";
  }
  if (!requirements.holds(out.program)) return std::nullopt;
  const targets::Verification verified = verify(out.program);
  if (!std::isfinite(verified.max_error) || (accept && !accept(out.program))) return std::nullopt;
  out.max_error = verified.max_error;
  out.worst_x = verified.worst_x;
  out.max_error_f64 = verified.max_error_f64;
  return out;
}

}  // namespace

std::vector<KnownProgram> that_satisfy(std::vector<KnownProgram> known,
                                       const Examination& examination,
                                       const targets::Verifier& verify,
                                       const std::function<bool(const ir::Program&)>& accept,
                                       const std::function<bool()>& stop) {
  const bool free =
      examination.constraints() == Constraints{} && examination.target().exact.empty();
  if (free) return known;
  std::vector<std::optional<KnownProgram>> found(known.size());
  parallel::for_each_index(std::size_t{0}, known.size(), [&](std::size_t k) {
    if (!stop || !stop()) found[k] = satisfying(known[k], examination, verify, accept);
  });
  std::vector<KnownProgram> out;
  for (std::optional<KnownProgram>& each : found) {
    if (each) out.push_back(std::move(*each));
  }
  return out;
}

}  // namespace ulpforge::evo

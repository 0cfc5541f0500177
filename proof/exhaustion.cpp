// Compiling and scanning.
#include "proof/exhaustion.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "ir/expression.h"
#include "ir/interpret.h"
#include "jit/compiler.h"
#include "targets/exact/ulp.h"
#include "targets/scores/quarter_turns.h"
#include "targets/scores/score_everywhere.h"

namespace ulpforge::proof {

template <class Format>
ReferenceFacts facts_of(const targets::Reference<Format>& reference) {
  ReferenceFacts facts;
  for (const targets::Piece& piece : reference.pieces()) {
    ++facts.pieces;
    const double value = piece.c0.hi;
    if (piece.kind == targets::Piece::Kind::Unknown) ++facts.without_bound;
    if (piece.kind == targets::Piece::Kind::QuarterTurns) {
      // A relative error of values that the format's bits hold.
      facts.largest_bound = std::max(
          facts.largest_bound, numbers::power_of_two(Format::kPrecision) * targets::kTurnsRelative);
    }
    if (piece.kind != targets::Piece::Kind::Polynomial ||
        !(std::abs(value) < targets::kBeyond / 2)) {
      continue;
    }
    facts.largest_bound =
        std::max(facts.largest_bound, piece.error / targets::ulp(Format::kRow, value));
  }
  return facts;
}

template ReferenceFacts facts_of(const targets::FloatReference&);

std::vector<targets::FloatRange> float_ranges(const std::optional<targets::Domain>& domain) {
  if (!domain) return targets::all_finite_floats();
  std::vector<targets::FloatRange> ranges = targets::floats_of(*domain);
  // Of several intervals too, patterns ascending.
  std::ranges::sort(ranges, {}, &targets::FloatRange::first);
  return ranges;
}

targets::FloatReference float_reference(std::string_view expression,
                                        const std::optional<targets::Domain>& domain,
                                        const targets::ResultChoice& results) {
  const targets::ResultFormat format = targets::result_format(results);
  return targets::FloatReference(ir::parse_expression(expression), float_ranges(domain))
      .with_results(format);
}

namespace {

void demand_float_program(const ir::Program& program) {
  if (program.inputs != 1 || program.input_types[0] != ir::Type::F32 ||
      ir::result_type(program) != ir::Type::F32) {
    throw std::invalid_argument("not a program of a float with a float for its result");
  }
}

}  // namespace

Exhaustion exhaust(const ir::Program& program, const targets::ShortValues& values) {
  demand_float_program(program);
  std::vector<float> y(values.size());
  ir::interpret<float, float>(program, values.x(), y);
  const targets::ShortScore found = targets::score(values, targets::rounded_results(values, y));
  return {targets::to_score(found, values.size()), {}};
}

Exhaustion exhaust(const ir::Program& program, const targets::FloatReference& reference) {
  demand_float_program(program);
  jit::Compiler compiler;
  jit::Options options;
  options.level = jit::OptimisationLevel::Full;
  options.embed_constants = true;
  const jit::Function function = compiler.compile(program, options);
  const targets::FloatRoutine routine = [&](std::span<const float> x, std::span<float> y) {
    function(x, y);
  };
  return {targets::score_everywhere(reference, routine), facts_of(reference)};
}

}  // namespace ulpforge::proof

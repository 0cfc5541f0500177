// The proof of a float program: it is run at every float.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ir/program.h"
#include "targets/scores/reference.h"
#include "targets/scores/score.h"
#include "targets/scores/short_values.h"
#include "targets/target.h"

namespace ulpforge::proof {

/// What the exact values that a program was compared with rest on. Each piece of the line has a
/// Taylor polynomial with a bound on its error that is proven in ball arithmetic
/// (targets/scores/pieces.h); what such bounds do not decide, MPFR does, and all of it on the
/// pieces without one.
struct ReferenceFacts {
  std::uint64_t pieces = 0;
  std::uint64_t without_bound = 0;
  /// The largest bound, in ULP of the value in the middle of its piece; pieces beyond the range of
  /// the format aside.
  double largest_bound = 0;

  friend bool operator==(const ReferenceFacts&, const ReferenceFacts&) = default;
};

template <class Format>
ReferenceFacts facts_of(const targets::Reference<Format>& reference);

struct Exhaustion {
  targets::Score score;
  ReferenceFacts reference;
};

/// The finite floats of a domain; without one all of them.
std::vector<targets::FloatRange> float_ranges(const std::optional<targets::Domain>& domain);

/// The exact values of an expression at the floats of a domain; without one at all floats. Throws
/// std::invalid_argument where the expression does not parse or is not finite on the domain, and
/// for a choice of results that is none.
targets::FloatReference float_reference(std::string_view expression,
                                        const std::optional<targets::Domain>& domain,
                                        const targets::ResultChoice& results = {});

/// Runs the program, compiled, at every float of the reference's ranges, infinities and NaN
/// included where these are all floats: some 10 s for the whole line on two cores. Throws
/// std::invalid_argument where it is no program of a float with a float for its result.
Exhaustion exhaust(const ir::Program& program, const targets::FloatReference& reference);

/// Runs the program at every one of the values' numbers, results rounded to their format, to
/// nearest even; nothing but MPFR decides. The same errors.
Exhaustion exhaust(const ir::Program& program, const targets::ShortValues& values);

}  // namespace ulpforge::proof

// The exhaustive scan.
#include "targets/scores/score.h"

#include <algorithm>
#include <array>
#include <vector>

#include "targets/scores/scan.h"

namespace ulpforge::targets {
namespace {

/// The parts of `range` where the reference has an answer.
template <class Format>
std::vector<PatternRange> answerable(std::span<const PatternRange> known, PatternRange range) {
  std::vector<PatternRange> parts;
  const auto add = [&](PatternRange part) {
    part.first = std::max(part.first, range.first);
    part.last = std::min(part.last, range.last);
    if (part.first <= part.last) parts.push_back(part);
  };
  for (PatternRange part : known) {
    part.last = std::min(part.last, (part.first & Format::kSign) | Format::kLargest);
    add(part);
  }
  for (const PatternRange& part : kSpecialNumbers<Format>) add(part);
  std::ranges::sort(parts, {}, &PatternRange::first);
  return parts;
}

/// What a score wants of a scan: counts and the largest error.
struct ScoreTally {
  static constexpr bool kEachError = false;
  Score figures;

  void special(std::uint32_t, float, std::uint64_t times) { figures.special_value_errors += times; }
  void wrong_zero(std::uint32_t, float, std::uint64_t times) { figures.zero_sign_errors += times; }
  void open_zero(std::uint32_t, float, std::uint64_t) {}
  template <class Results, class Found>
  void examined(std::uint32_t, const Results&, Found&) {}
  template <class Results, class Found>
  void repeated(std::uint32_t, const Results&, Found&) {}
};

}  // namespace

void Score::merge(const Score& later) {
  if (later.max_ulp > max_ulp ||
      (later.max_ulp == max_ulp && later.max_ulp > 0 && later.worst_input < worst_input)) {
    max_ulp = later.max_ulp;
    worst_input = later.worst_input;
  }
  inputs += later.inputs;
  misrounded += later.misrounded;
  above_one_ulp += later.above_one_ulp;
  special_value_errors += later.special_value_errors;
  zero_sign_errors += later.zero_sign_errors;
  mpfr_calls += later.mpfr_calls;
  gave_up = gave_up || later.gave_up;
}

template <class Format>
Score score(const Reference<Format>& reference, const Routine<Format>& routine, PatternRange range,
            const ScoreOptions& options) {
  using Value = typename Format::Value;
  Scan<Format, ScoreTally> scan(reference, options, {});
  std::array<Value, 2 * kBlock> x;
  std::array<Value, 2 * kBlock> y;
  for (const PatternRange& part : answerable<Format>(reference.ranges(), range)) {
    for (std::uint64_t first = part.first; first <= part.last && !scan.gave_up();) {
      const auto count = static_cast<std::size_t>(
          std::min<std::uint64_t>(x.size(), std::uint64_t{part.last} - first + 1));
      for (std::uint32_t i = 0; i < count; ++i) {
        x[i] = Format::value(static_cast<std::uint32_t>(first) + i);
      }
      routine(std::span(x).first(count), std::span(y).first(count));
      round_results(reference.results(), std::span(y).first(count));
      scan.add(static_cast<std::uint32_t>(first), std::span<const Value>(y).first(count));
      first += count;
    }
  }
  scan.finish();
  Score result = scan.tally().figures;
  result.max_ulp = scan.max_ulp();
  result.worst_input = scan.worst_input();
  result.mpfr_calls = scan.mpfr_calls();
  result.gave_up = scan.gave_up();
  return result;
}

template Score score(const Reference<numbers::Binary32>&, const Routine<numbers::Binary32>&,
                     PatternRange, const ScoreOptions&);
template Score score(const Reference<numbers::Binary16>&, const Routine<numbers::Binary16>&,
                     PatternRange, const ScoreOptions&);
template Score score(const Reference<numbers::Bfloat16>&, const Routine<numbers::Bfloat16>&,
                     PatternRange, const ScoreOptions&);

}  // namespace ulpforge::targets

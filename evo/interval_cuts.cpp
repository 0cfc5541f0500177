// Cuts the domain by the bits of r scale + offset.
#include "evo/interval_cuts.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "targets/exact/reference.h"
#include "targets/exact/series.h"
#include "targets/exact/taylor_polynomial.h"

namespace ulpforge::evo {
namespace {

constexpr int kMostCutsOfBinade = 4;  // as a power of two
constexpr int kMostDraws = 5;         // as a power of two, the number of cuts that one is chosen of
constexpr long kBits = 80;            // of Taylor coefficients, of which a few digits are needed

/// Lengths that grow from the domain's lower end over that many binades.
void grow_cuts(const targets::Domain& domain, double binades, IntervalTable& table) {
  const double start = domain.width() * std::exp2(-binades) - domain.lo;
  table.offset = static_cast<float>(static_cast<double>(table.scale) * start);
}

void draw_once(const targets::Domain& domain, numbers::Random& random, IntervalTable& table) {
  if (random.chance(domain.lo < 0 ? 0.8 : 0.25)) {
    table.offset = IntervalTable::kWholeNumbers;
  } else {
    // As many binades as there are intervals for, or a few less.
    const double cuts = std::exp2(1 + random.below(kMostCutsOfBinade));
    table.scale = static_cast<float>(std::exp2(random.uniform()));
    grow_cuts(domain, table.intervals / cuts * (1 - 0.25 * random.uniform()), table);
  }
  cut_finely(domain, table);
}

void move_once(const targets::Domain& domain, numbers::Random& random, IntervalTable& table) {
  const double start =
      static_cast<double>(table.offset) / static_cast<double>(table.scale) + domain.lo;
  double binades = std::log2(domain.width() / start);
  const double step = 2 * random.uniform() - 1;
  if (random.chance(0.5)) {
    const double octave = std::log2(static_cast<double>(table.scale)) + 1 + 0.5 * step;
    table.scale = static_cast<float>(std::exp2(octave - std::floor(octave)));
  } else {
    binades += step * std::abs(step);
  }
  grow_cuts(domain, binades, table);
  cut_finely(domain, table);
}

/// What `change` makes of the table, several times, and the best of that.
template <class Change>
void best_of_several(const targets::Scheme& scheme, numbers::Random& random, IntervalTable& table,
                     const Change& change) {
  const IntervalTable start = table;
  double least = std::numeric_limits<double>::infinity();
  for (int left = 1 << random.below(kMostDraws); left > 0; --left) {
    IntervalTable other = start;
    change(scheme.kernel.domain, random, other);
    const double error = error_left(scheme, other);
    if (error > least) continue;
    least = error;
    table = other;
  }
}

}  // namespace

std::uint32_t number_of(float r, const IntervalTable& table) {
  return std::bit_cast<std::uint32_t>(std::fma(r, table.scale, table.offset)) >> table.shift;
}

std::uint32_t first_of(const targets::Domain& domain, const IntervalTable& table) {
  if (table.by_sign()) return 0;
  return number_of(static_cast<float>(domain.lo), table);
}

std::uint32_t span(const targets::Domain& domain, const IntervalTable& table) {
  if (table.by_sign()) return 2;
  return number_of(static_cast<float>(domain.hi), table) - first_of(domain, table) + 1;
}

Interval interval(const targets::Domain& domain, const IntervalTable& table, std::uint32_t number) {
  if (table.by_sign()) return number == 0 ? Interval{0, domain.hi} : Interval{domain.lo, 0};
  // Where the sum begins to be rounded to the float with which the interval begins.
  const auto edge = [&](std::uint32_t k) {
    const std::uint32_t bits = (first_of(domain, table) + k) << table.shift;
    const double first_sum = static_cast<double>(std::bit_cast<float>(bits));
    const double last_below = static_cast<double>(std::bit_cast<float>(bits - 1));
    return (0.5 * (first_sum + last_below) - static_cast<double>(table.offset)) /
           static_cast<double>(table.scale);
  };
  return {std::max(domain.lo, edge(number)), std::min(domain.hi, edge(number + 1))};
}

void cut_finely(const targets::Domain& domain, IntervalTable& table) {
  if (table.of_one_length()) {
    // A little wider, so that no end is a tie that makes one interval too many.
    const double most = table.intervals - 1.0001;
    table.scale = static_cast<float>(most / domain.width());
  }
  table.shift = 0;
  while (span(domain, table) > static_cast<std::uint32_t>(table.intervals)) ++table.shift;
}

void draw_cuts(const targets::Scheme& scheme, numbers::Random& random, IntervalTable& table) {
  best_of_several(scheme, random, table, draw_once);
}

void move_cuts(const targets::Scheme& scheme, numbers::Random& random, IntervalTable& table) {
  if (table.of_one_length() || random.chance(0.2)) return draw_cuts(scheme, random, table);
  best_of_several(scheme, random, table, move_once);
}

double error_left(const targets::Scheme& scheme, const IntervalTable& table) {
  double largest = 0;
  const auto next = static_cast<std::size_t>(table.degree) + 1;
  for (std::uint32_t k = 0; k < span(scheme.kernel.domain, table); ++k) {
    const Interval at = interval(scheme.kernel.domain, table, k);
    if (!(at.hi > at.lo)) continue;
    const double middle = 0.5 * (at.lo + at.hi);
    const targets::Expansion expansion =
        targets::taylor(scheme.kernel.program, targets::Ball(middle), next + 1, kBits);
    const double coefficient = targets::magnitude_bound(expansion.series[next]);
    const double weight = targets::reference(scheme.weight, middle).hi;
    const double left = coefficient * weight * std::pow(0.5 * (at.hi - at.lo), table.degree + 1) *
                        std::exp2(-table.degree);
    if (std::isfinite(left)) largest = std::max(largest, std::abs(left));
  }
  return largest;
}

}  // namespace ulpforge::evo

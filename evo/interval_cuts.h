// Where an interval table cuts its domain: drawing, moving and judging cuts.
#pragma once

#include <cstdint>

#include "evo/interval_table.h"
#include "numbers/random.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::evo {

struct Interval {
  double lo;
  double hi;
};

/// The number, not yet reduced by the table's size, of the interval that r is in.
std::uint32_t number_of(float r, const IntervalTable& table);

/// The number of the interval at the domain's lower end.
std::uint32_t first_of(const targets::Domain& domain, const IntervalTable& table);

/// How many intervals the domain touches.
std::uint32_t span(const targets::Domain& domain, const IntervalTable& table);

/// The part of the domain with that number, counted from the domain's lower end; by sign from 0.
Interval interval(const targets::Domain& domain, const IntervalTable& table, std::uint32_t number);

/// The narrowest intervals of the table's kind that it has room for.
void cut_finely(const targets::Domain& domain, IntervalTable& table);

/// The best of several cuts at random.
void draw_cuts(const targets::Scheme& scheme, numbers::Random& random, IntervalTable& table);

/// The best of several others around those of the table, or at times of another kind.
void move_cuts(const targets::Scheme& scheme, numbers::Random& random, IntervalTable& table);

/// About the largest weighted error that polynomials of the table's degree leave on its intervals:
/// the next Taylor coefficient in each middle times what is least on [-1, 1] of the monic
/// polynomials, Chebyshev's.
double error_left(const targets::Scheme& scheme, const IntervalTable& table);

}  // namespace ulpforge::evo

// The expansion of a number of quarter turns, as Payne and Hanek use it, in three doubles.
#include "targets/scores/turn_fraction.h"

#include <cmath>

namespace ulpforge::targets {
namespace {

double midpoint(const Ball& value) { return arf_get_d(arb_midref(value.get()), ARF_RND_NEAR); }

/// The nearest multiple of 2^exponent, which is taken away.
double take_multiple(Ball& value, long exponent) {
  Ball scaled = value;
  arb_mul_2exp_si(scaled.get(), scaled.get(), -exponent);
  const double part = std::ldexp(std::nearbyint(midpoint(scaled)), static_cast<int>(exponent));
  arb_sub(value.get(), value.get(), Ball(part).get(), kTurnBits);
  return part;
}

/// Less the nearest integer to its midpoint.
void take_whole(Ball& value) {
  Ball whole;
  arb_get_mid_arb(whole.get(), value.get());
  arb_add(whole.get(), whole.get(), Ball(0.5).get(), kTurnBits);
  arf_floor(arb_midref(whole.get()), arb_midref(whole.get()));
  mag_zero(arb_radref(whole.get()));
  arb_sub(value.get(), value.get(), whole.get(), kTurnBits);
}

}  // namespace

Ball half_pi() {
  Ball value;
  arb_const_pi(value.get(), kTurnBits);
  arb_mul_2exp_si(value.get(), value.get(), -1);
  return value;
}

TurnConstants turn_constants(const Ball& turns_per_unit, int e) {
  Ball turns = turns_per_unit;
  arb_mul_2exp_si(turns.get(), turns.get(), e - 2);
  take_whole(turns);
  arb_mul_2exp_si(turns.get(), turns.get(), 2);
  TurnConstants constants{};
  constants.first = take_multiple(turns, -26);
  constants.second = take_multiple(turns, -54);
  constants.rest = midpoint(turns);
  return constants;
}

}  // namespace ulpforge::targets

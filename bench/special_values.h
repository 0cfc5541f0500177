// Results at infinities, NaN, zeros, subnormal and huge numbers, and next to where results overflow
// and underflow: against what is right there (targets/exact/exact_value.h: C's Annex F).
#pragma once

#include <string>
#include <vector>

#include "bench/accuracy.h"

namespace ulpforge::bench {

/// A result that is no function's value, by any tier: not of the right kind (NaN, infinite, finite,
/// sign of a zero), or wrong by more than 2^-11 of what is right.
struct WrongValue {
  float x = 0;
  float y = 0;      ///< what the function gives
  float right = 0;  ///< what it should give
};

/// Of all inputs that are tried, the wrong ones; each is tried in all lanes at once.
std::vector<WrongValue> wrong_values(const targets::FloatReference& reference, const Array& array);

/// "exp(-inf) is 1.2e-38, not 0".
std::string to_text(const std::string& function, const WrongValue& wrong);

}  // namespace ulpforge::bench

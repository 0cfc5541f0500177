// Accuracies that a family offers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ulpforge::family {

/// Promised of every input. ULP is that of the exact value (targets/exact/ulp.h).
struct Tier {
  std::string_view suffix;   ///< of the function's name: uf_expf_1u
  std::string_view promise;  ///< "1 ULP"
  double max_ulp;
  bool correctly_rounded;  ///< no input may be misrounded
  bool of_float = false;   ///< the promise holds for float's precision alone
};

/// From the tightest to the loosest. |y - f| <= N ulp(f) <= N 2^-23 |f| where f is normal, which is
/// why 4096 ULP stand for a relative error of 2^-11.
std::span<const Tier> tiers();

/// By its suffix; nullptr where there is none.
const Tier* find_tier(std::string_view suffix);

/// The tier of a float function's name without suffix: 1 ULP.
const Tier& default_tier();
/// That of a function of short formats: correctly rounded.
const Tier& rounded_tier();

/// Whether a function with that largest error and that many misrounded inputs keeps the promise.
bool keeps(const Tier& tier, double max_ulp, std::uint64_t misrounded);

}  // namespace ulpforge::family

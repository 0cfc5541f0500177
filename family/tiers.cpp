// The table of tiers.
#include "family/tiers.h"

#include <array>

namespace ulpforge::family {
namespace {

constexpr std::array<Tier, 4> kTiers = {{
    {"cr", "correctly rounded", 0.5, true},
    {"1u", "1 ULP", 1, false},
    {"4u", "4 ULP", 4, false},
    {"r11", "2^-11 relative", 4096, false},
}};

}  // namespace

std::span<const Tier> tiers() { return kTiers; }

const Tier& default_tier() { return kTiers[1]; }

bool keeps(const Tier& tier, double max_ulp, std::uint64_t misrounded) {
  return max_ulp <= tier.max_ulp && (!tier.correctly_rounded || misrounded == 0);
}

}  // namespace ulpforge::family

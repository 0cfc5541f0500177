// The table of tiers.
#include "family/tiers.h"

#include <algorithm>
#include <array>

namespace ulpforge::family {
namespace {

constexpr std::array<Tier, 6> kTiers = {{
    {"cr", "correctly rounded", 0.5, true},
    {"0p6u", "0.6 ULP", 0.6, false},
    {"1u", "1 ULP", 1, false},
    {"4u", "4 ULP", 4, false},
    {"64u", "64 ULP", 64, false},
    {"r11", "2^-11 relative", 4096, false, true},
}};

}  // namespace

std::span<const Tier> tiers() { return kTiers; }

const Tier& default_tier() { return *find_tier("1u"); }

const Tier& rounded_tier() { return *find_tier("cr"); }

const Tier* find_tier(std::string_view suffix) {
  const auto found = std::ranges::find(kTiers, suffix, &Tier::suffix);
  return found == kTiers.end() ? nullptr : &*found;
}

bool keeps(const Tier& tier, double max_ulp, std::uint64_t misrounded) {
  return max_ulp <= tier.max_ulp && (!tier.correctly_rounded || misrounded == 0);
}

}  // namespace ulpforge::family

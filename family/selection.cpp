// The choice of programs.
#include "family/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "targets/catalog.h"

namespace ulpforge::family {
namespace {

constexpr std::uint64_t kEveryFloat = std::uint64_t{1} << 32;

std::optional<std::string> reason_against(const Candidate& candidate) {
  if (candidate.domain != "all") {
    return fmt::format("it is for {} only, and the functions of a family take any argument",
                       candidate.domain);
  }
  if (candidate.inputs != kEveryFloat) {
    return candidate.inputs == 0
               ? std::string("its run does not say at how many inputs it was measured")
               : fmt::format("it was measured at {} inputs, not at all 2^32", candidate.inputs);
  }
  if (!(candidate.cost >= 0)) return "its cost is not known";
  return std::nullopt;
}

/// Functions of which there are candidates: those of the family in its order, then others.
std::vector<std::string> functions_of(const std::vector<Candidate>& candidates) {
  std::vector<std::string> found;
  const auto add = [&](std::string_view function) {
    const bool known = std::ranges::find(found, function) != found.end();
    const bool has_one =
        std::ranges::find(candidates, function, &Candidate::function) != candidates.end();
    if (!known && has_one) found.emplace_back(function);
  };
  for (const std::string_view function : targets::family_names()) add(function);
  for (const Candidate& candidate : candidates) add(candidate.function);
  return found;
}

}  // namespace

std::string base_name(std::string_view function) { return fmt::format("uf_{}f", function); }

std::string member_name(std::string_view function, const Tier& tier) {
  return fmt::format("{}_{}", base_name(function), tier.suffix);
}

Selection select(const std::vector<Candidate>& candidates) {
  Selection selection;
  std::vector<char> usable(candidates.size(), 1);
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    if (auto reason = reason_against(candidates[k])) {
      usable[k] = 0;
      selection.refused.push_back({k, std::move(*reason)});
    }
  }
  const std::vector<std::string> present = functions_of(candidates);
  for (const std::string_view function : targets::family_names()) {
    if (std::ranges::find(present, function) == present.end()) {
      selection.not_found.emplace_back(function);
    }
  }
  for (const std::string& function : present) {
    const std::size_t first_member = selection.members.size();
    for (const Tier& tier : tiers()) {
      std::optional<std::size_t> best;
      for (std::size_t k = 0; k < candidates.size(); ++k) {
        const Candidate& one = candidates[k];
        if (!usable[k] || one.function != function || !keeps(tier, one.max_ulp, one.misrounded)) {
          continue;
        }
        const auto rank = [](const Candidate& c) { return std::tie(c.cost, c.max_ulp); };
        if (!best || rank(one) < rank(candidates[*best])) best = k;
      }
      if (!best) {
        selection.missing.push_back({function, &tier});
        continue;
      }
      const auto same = std::find_if(
          selection.members.begin() + static_cast<std::ptrdiff_t>(first_member),
          selection.members.end(), [&](const Member& member) { return member.candidate == *best; });
      if (same != selection.members.end()) {
        same->tiers.push_back(&tier);
      } else {
        selection.members.push_back({function, *best, {&tier}});
      }
    }
  }
  return selection;
}

}  // namespace ulpforge::family

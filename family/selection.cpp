// The choice of programs.
#include "family/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "numbers/short_format.h"
#include "targets/catalog.h"

namespace ulpforge::family {
namespace {

std::optional<std::string> reason_against(const Candidate& candidate) {
  if (candidate.domain != "all") {
    return fmt::format("it is for {} only, and the functions of a family take any argument",
                       candidate.domain);
  }
  if (const auto all = std::uint64_t{1} << bits_of(candidate.format); candidate.inputs != all) {
    return candidate.inputs == 0
               ? std::string("its run does not say at how many inputs it was measured")
               : fmt::format("it was measured at {} inputs, not at all {}", candidate.inputs, all);
  }
  if (!std::ranges::all_of(candidate.costs, [](double cost) { return cost >= 0; })) {
    return "its cost is not known";
  }
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

/// Of the usable candidates of a function, by their places.
class Eligible {
 public:
  Eligible(const std::vector<Candidate>& candidates, std::vector<std::size_t> usable)
      : candidates_(candidates), usable_(std::move(usable)) {}

  /// The cheapest in a form that keeps the tier's promise.
  std::optional<std::size_t> cheapest(const Tier& tier, std::size_t form) const {
    std::optional<std::size_t> best;
    for (const std::size_t k : usable_) {
      const Candidate& one = candidates_[k];
      if (!keeps(tier, one.max_ulp, one.misrounded)) continue;
      const auto rank = [form](const Candidate& c) { return std::tie(c.costs[form], c.max_ulp); };
      if (!best || rank(one) < rank(candidates_[*best])) best = k;
    }
    return best;
  }

  /// The same, or the correctly rounded one where that hardly costs more.
  std::optional<std::size_t> for_calls(const Tier& tier, std::size_t form) const {
    const auto best = cheapest(tier, form);
    const auto rounded = cheapest(rounded_tier(), form);
    const auto cost = [&](std::size_t k) { return candidates_[k].costs[form]; };
    const bool takes_rounded = best && rounded && cost(*rounded) <= kRoundingMayCost * cost(*best);
    return takes_rounded ? rounded : best;
  }

 private:
  const std::vector<Candidate>& candidates_;
  std::vector<std::size_t> usable_;
};

}  // namespace

int bits_of(const std::string& format) {
  return format.empty() ? 32 : numbers::parse_short_format(format).bits();
}

std::string base_name(std::string_view function, std::string_view format) {
  return fmt::format("uf_{}{}", function, format.empty() ? "f" : "");
}

std::string member_name(std::string_view function, std::string_view format, const Tier& tier) {
  const std::string base = base_name(function, format);
  const bool has_no_suffix = !format.empty() && &tier == &rounded_tier();
  return has_no_suffix ? base : fmt::format("{}_{}", base, tier.suffix);
}

Selection select(const std::vector<Candidate>& candidates, const std::vector<bool>& of_calls) {
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
  const std::size_t forms = candidates.empty() ? 0 : candidates.front().costs.size();
  for (const std::string& function : present) {
    std::vector<std::size_t> of_function;
    for (std::size_t k = 0; k < candidates.size(); ++k) {
      if (usable[k] && candidates[k].function == function) of_function.push_back(k);
    }
    const std::string format =
        std::ranges::find(candidates, function, &Candidate::function)->format;
    const Eligible eligible(candidates, std::move(of_function));
    const std::size_t first_member = selection.members.size();
    for (const Tier& tier : tiers()) {
      if (tier.of_float && !format.empty()) continue;
      std::vector<std::size_t> chosen;
      for (std::size_t form = 0; form < forms; ++form) {
        const bool calls = format.empty() && form < of_calls.size() && of_calls[form];
        const auto best = calls ? eligible.for_calls(tier, form) : eligible.cheapest(tier, form);
        if (best) chosen.push_back(*best);
      }
      if (chosen.size() < forms) {
        selection.missing.push_back({function, format, &tier});
        continue;
      }
      const auto same =
          std::find_if(selection.members.begin() + static_cast<std::ptrdiff_t>(first_member),
                       selection.members.end(),
                       [&](const Member& member) { return member.candidates == chosen; });
      if (same != selection.members.end()) {
        same->tiers.push_back(&tier);
      } else {
        selection.members.push_back({function, format, std::move(chosen), {&tier}});
      }
    }
  }
  return selection;
}

}  // namespace ulpforge::family

// The choice of what stays.
#include "shelf/shelf.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <map>
#include <stdexcept>
#include <tuple>

#include "emit/cpp_text.h"
#include "emit/machine_header.h"
#include "family/selection.h"
#include "ir/canonical.h"
#include "jit/cost.h"
#include "targets/catalog.h"

namespace ulpforge::shelf {
namespace {

/// "exp_bf16" without the format.
std::string base_name(const std::string& function, const std::string& format) {
  const std::string end = name_in_format("", format);
  return function.ends_with(end) ? function.substr(0, function.size() - end.size()) : "";
}

const family::Tier* tightest_tier(const targets::Score& score) {
  for (const family::Tier& tier : family::tiers()) {
    if (family::keeps(tier, score.max_ulp, score.misrounded)) return &tier;
  }
  return nullptr;
}

bool keeps(const Item& item, const family::Tier& tier) {
  const targets::Score& score = item.certificate.run.score;
  return family::keeps(tier, score.max_ulp, score.misrounded);
}

/// Of these the cheapest in a form that keeps the promise: among equals the most accurate, then
/// what has been there, then the first.
std::optional<std::size_t> cheapest(const std::vector<Item>& items, const family::Tier& tier,
                                    std::size_t form) {
  std::optional<std::size_t> best;
  const auto rank = [&](std::size_t k) {
    return std::tuple(items[k].cycles[form], items[k].certificate.run.score.max_ulp,
                      !holds(items[k], forms()[form]));
  };
  for (std::size_t k = 0; k < items.size(); ++k) {
    if (!keeps(items[k], tier)) continue;
    if (!best || rank(k) < rank(*best)) best = k;
  }
  return best;
}

/// Of the items of a function those that are the cheapest somewhere, each with its forms.
std::vector<Item> best_of(std::vector<Item> items) {
  std::vector<std::vector<jit::Isa>> chosen(items.size());
  for (const family::Tier& tier : family::tiers()) {
    for (std::size_t form = 0; form < forms().size(); ++form) {
      const auto best = cheapest(items, tier, form);
      if (best && items[*best].tier == &tier) chosen[*best].push_back(forms()[form]);
    }
  }
  for (std::size_t k = 0; k < items.size(); ++k) items[k].forms = std::move(chosen[k]);
  std::erase_if(items, [](const Item& item) { return item.forms.empty(); });
  std::ranges::stable_sort(items, [](const Item& a, const Item& b) {
    return std::tuple(a.tier, a.forms.front()) < std::tuple(b.tier, b.forms.front());
  });
  return items;
}

/// The item that a place has, or nullptr.
const Item* at(const std::vector<Item>& items, const family::Tier& tier, jit::Isa form) {
  for (const Item& item : items) {
    if (item.tier == &tier && holds(item, form)) return &item;
  }
  return nullptr;
}

Change::Figures figures(const Item& item, std::size_t form) {
  return {item.cycles[form], item.certificate.run.score.max_ulp};
}

std::vector<Change> changes_between(const std::vector<Item>& before,
                                    const std::vector<Item>& after) {
  std::vector<Change> changes;
  for (const family::Tier& tier : family::tiers()) {
    for (std::size_t form = 0; form < forms().size(); ++form) {
      const Item* const now = at(after, tier, forms()[form]);
      if (now == nullptr) continue;
      const Item* const then = at(before, tier, forms()[form]);
      if (then != nullptr && then->certificate.program == now->certificate.program) continue;
      changes.push_back({now->function, &tier, forms()[form],
                         then == nullptr ? std::nullopt : std::optional(figures(*then, form)),
                         figures(*now, form)});
    }
  }
  return changes;
}

/// A function's place among all: those of floats first, the family's in its order, then others by
/// name.
using FamilyPlace = std::tuple<std::string, std::size_t, std::string>;

FamilyPlace family_place(const Item& item) {
  const std::string& format = item.certificate.format;
  const std::vector<std::string_view> family = targets::family_names();
  const auto found = std::ranges::find(family, base_name(item.function, format));
  return {format, static_cast<std::size_t>(found - family.begin()), item.function};
}

std::map<FamilyPlace, std::vector<Item>> by_function(const std::vector<Item>& items) {
  std::map<FamilyPlace, std::vector<Item>> functions;
  for (const Item& item : items) functions[family_place(item)].push_back(item);
  return functions;
}

std::vector<Item> joined(std::map<FamilyPlace, std::vector<Item>> functions) {
  std::vector<Item> all;
  for (auto& [place, items] : functions) std::ranges::move(items, std::back_inserter(all));
  return all;
}

}  // namespace

std::string name_in_format(const std::string& function, const std::string& format) {
  return format.empty() ? function : fmt::format("{}_{}", function, format);
}

std::span<const jit::Isa> forms() {
  static const std::vector<jit::Isa> of_x86 = [] {
    std::vector<jit::Isa> found;
    for (const jit::Isa isa : emit::header_isas()) {
      if (jit::architecture(isa) != jit::Architecture::AArch64) found.push_back(isa);
    }
    return found;
  }();
  return of_x86;
}

std::optional<std::string> reason_against(const std::string& function,
                                          const proof::ExhaustiveCertificate& certificate) {
  const targets::Score& score = certificate.run.score;
  if (!emit::is_identifier(function)) {
    return fmt::format("'{}' is no name of a function", function);
  }
  const std::string base = base_name(function, certificate.format);
  if (base.empty()) {
    return fmt::format("{} is no function of {}", function, certificate.format);
  }
  const targets::CatalogRow* const row = targets::find_in_catalog(base);
  if (row != nullptr && row->expression != certificate.expression) {
    return fmt::format("{} is {}, and the program is one for {}", base, row->expression,
                       certificate.expression);
  }
  if (certificate.domain || score.inputs != std::uint64_t{1}
                                                << family::bits_of(certificate.format)) {
    return fmt::format("it is not proven at all {} numbers",
                       certificate.format.empty() ? "2^32 float" : certificate.format);
  }
  if (score.special_value_errors != 0 || score.zero_sign_errors != 0) {
    return std::string("special values or zeros are wrong");
  }
  if (tightest_tier(score) == nullptr) {
    return fmt::format("{:.4g} ULP are more than the loosest tier's {:g}", score.max_ulp,
                       family::tiers().back().max_ulp);
  }
  if (!certificate.found_by) return std::string("it does not say where it was found");
  return std::nullopt;
}

Item make_item(const std::string& function, proof::ExhaustiveCertificate certificate,
               jit::Processor processor) {
  if (const auto reason = reason_against(function, certificate)) {
    throw std::invalid_argument(*reason);
  }
  Item item{function, std::move(certificate), nullptr, {}, {}};
  item.tier = tightest_tier(item.certificate.run.score);
  const ir::Program canonical = ir::canonical(item.certificate.program);
  for (const jit::Isa form : forms()) {
    item.cycles.push_back(jit::model_cost(canonical, form, processor).throughput);
  }
  return item;
}

std::vector<Change> add(Shelf& shelf, const std::vector<Item>& more) {
  std::map<FamilyPlace, std::vector<Item>> functions = by_function(shelf.items);
  std::vector<Change> changes;
  for (auto& [place, items] : by_function(more)) {
    std::vector<Item>& here = functions[place];
    const std::vector<Item> before = here;
    for (Item& item : items) {
      const std::string& expression =
          here.empty() ? item.certificate.expression : here.front().certificate.expression;
      if (item.certificate.expression != expression) {
        throw std::invalid_argument(fmt::format("{} is {} on the shelf, and {} in what is added",
                                                item.function, expression,
                                                item.certificate.expression));
      }
      item.forms.clear();
      here.push_back(std::move(item));
    }
    here = best_of(std::move(here));
    std::ranges::move(changes_between(before, here), std::back_inserter(changes));
  }
  shelf.items = joined(std::move(functions));
  return changes;
}

void put_in_order(Shelf& shelf) {
  std::map<FamilyPlace, std::vector<Item>> functions = by_function(shelf.items);
  for (auto& [place, items] : functions) items = best_of(std::move(items));
  shelf.items = joined(std::move(functions));
}

std::string to_text(const Change& change) {
  const auto text = [](const Change::Figures& figures) {
    return fmt::format("{:.3f} cycles, {:.4g} ULP", figures.cycles, figures.max_ulp);
  };
  return fmt::format("{} {} {}: {}{}", change.function, change.tier->suffix, jit::name(change.form),
                     text(change.after),
                     change.before ? "; replaces " + text(*change.before) : std::string("; new"));
}

double claimed_ulp(const proof::ExhaustiveCertificate& certificate) {
  return std::ceil(certificate.run.score.max_ulp * 1e6) / 1e6;
}

bool holds(const Item& item, jit::Isa form) {
  return std::ranges::find(item.forms, form) != item.forms.end();
}

std::string cycles_text(const Item& item) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < forms().size(); ++k) {
    if (!holds(item, forms()[k])) continue;
    parts.push_back(fmt::format("{} {:.3f}", jit::name(forms()[k]), item.cycles[k]));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string worst_input(const proof::ExhaustiveCertificate& certificate) {
  const std::uint32_t bits = certificate.run.score.worst_input;
  if (certificate.format.empty()) {
    return fmt::format("0x{:08x} ({:a})", bits, std::bit_cast<float>(bits));
  }
  const numbers::ShortFormat format = numbers::parse_short_format(certificate.format);
  return fmt::format("0x{:0{}x} ({:a})", bits, (format.bits() + 3) / 4, format.value(bits));
}

}  // namespace ulpforge::shelf

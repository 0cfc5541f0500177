// The page about a shelf.
#include "report/runs/shelf_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

#include "emit/form.h"
#include "emit/machine_header.h"
#include "emit/short_header.h"
#include "ir/text.h"
#include "numbers/short_format.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/table.h"
#include "runs/shelving.h"
#include "runs/version.h"
#include "shelf/shelf_files.h"
#include "system/error.h"

namespace ulpforge::report {
namespace {

using shelf::Item;

std::string anchor(const Item& item) {
  std::string id = shelf::place_of(item).string();
  std::ranges::replace(id, '/', '-');
  return id;
}

std::string names_of_forms(const Item& item) {
  std::vector<std::string_view> names;
  for (const jit::Isa form : item.forms) names.push_back(jit::name(form));
  return fmt::format("{}", fmt::join(names, ", "));
}

/// "float", or the short format.
std::string format_of(const Item& item) {
  return item.certificate.format.empty() ? "float" : item.certificate.format;
}

/// The cheapest of the items that keep a tier's promise, in a form.
const Item* cheapest(const std::vector<const Item*>& items, const family::Tier& tier,
                     std::size_t form) {
  const Item* best = nullptr;
  for (const Item* const item : items) {
    const targets::Score& score = item->certificate.run.score;
    if (!family::keeps(tier, score.max_ulp, score.misrounded)) continue;
    if (best == nullptr || item->cycles[form] < best->cycles[form]) best = item;
  }
  return best;
}

std::vector<std::string> tier_row(const std::vector<const Item*>& items, const family::Tier& tier) {
  std::vector<std::string> row;
  for (std::size_t form = 0; form < shelf::forms().size(); ++form) {
    const Item* const item = cheapest(items, tier, form);
    row.push_back(item == nullptr ? "–"
                                  : fmt::format("<a href=\"#{}\">{:.3f}</a>", escape(anchor(*item)),
                                                item->cycles[form]));
  }
  return row;
}

std::vector<HtmlColumn> columns_of_forms(std::vector<HtmlColumn> columns) {
  for (const jit::Isa form : shelf::forms())
    columns.push_back({std::string(jit::name(form)), true});
  return columns;
}

/// Modelled cycles: the front of each form.
Plot cycles_plot(const std::vector<const Item*>& items, const std::string& processor) {
  Plot plot;
  plot.title = "Error against modelled cycles";
  plot.x = {.label = fmt::format("cycles an element, by the model of {}", processor),
            .scale = Scale::Log};
  plot.y = {.label = "max error in ULP", .scale = Scale::Log};
  plot.rules = {{0.5, "0.5: correctly rounded"}, {1, "1 ULP"}};
  for (std::size_t form = 0; form < shelf::forms().size(); ++form) {
    Series series{.name = std::string(jit::name(shelf::forms()[form])),
                  .hue = hue(form),
                  .shape = Shape::Steps,
                  .mark = mark(form)};
    std::vector<const Item*> here;
    for (const Item* const item : items) {
      if (shelf::holds(*item, shelf::forms()[form])) {
        here.push_back(item);
      }
    }
    std::ranges::sort(here, {}, [&](const Item* item) { return item->cycles[form]; });
    for (const Item* const item : here) {
      const double max_ulp = item->certificate.run.score.max_ulp;
      series.points.push_back({item->cycles[form], max_ulp});
      series.titles.push_back(fmt::format("{}: {:.4g} ULP, {:.3f} cycles", runs::item_name(*item),
                                          max_ulp, item->cycles[form]));
    }
    plot.series.push_back(std::move(series));
  }
  return plot;
}

/// Measured times in one form, compiled in one way, and those of libraries there.
Plot times_plot(const std::vector<const Timing*>& rows) {
  const Timing& first = *rows.front();
  const emit::Form* const form = emit::find_form(first.form);
  Plot plot;
  plot.title = fmt::format("{}: {}",
                           form == nullptr ? std::string("single calls") : std::string(form->title),
                           first.flags);
  plot.width = 560;
  plot.height = 260;
  plot.x = {.label = "ns an element", .scale = Scale::Log};
  plot.y = {.label = "max error in ULP", .scale = Scale::Log};
  Series ours{.name = "ulpforge", .hue = hue(0), .shape = Shape::Points, .mark = Mark::Dot};
  std::size_t peers = 0;
  for (const Timing* const row : rows) {
    std::string title =
        fmt::format("{}: {:.4f} ns, {:.4g} ULP", row->name, row->nanoseconds, row->max_ulp);
    if (!row->special_values_right) title += ", wrong for special values";
    if (row->ours) {
      ours.points.push_back({row->nanoseconds, row->max_ulp});
      ours.titles.push_back(std::move(title));
      continue;
    }
    Series series{.name = row->name + (row->special_values_right ? "" : " (special values wrong)"),
                  .points = {{row->nanoseconds, row->max_ulp}},
                  .hue = hue(1 + peers),
                  .shape = Shape::Points,
                  .mark = mark(1 + peers),
                  .titles = {std::move(title)}};
    ++peers;
    plot.series.push_back(std::move(series));
  }
  plot.series.insert(plot.series.begin(), std::move(ours));
  return plot;
}

/// A figure for each form and each way in which ours were compiled.
std::string times_figures(const std::string& function, const Timings& timings) {
  // By form, then by how ours were compiled; a peer is there for each way.
  std::map<std::pair<std::string, std::string>, std::vector<const Timing*>> groups;
  for (const Timing& row : timings.rows) {
    if (row.function == function && row.ours) groups[{row.form, row.flags}].push_back(&row);
  }
  if (groups.empty()) return "";
  std::string grid;
  for (auto& [key, rows] : groups) {
    for (const Timing& row : timings.rows) {
      if (row.function == function && !row.ours && row.form == key.first) rows.push_back(&row);
    }
    grid += figure(times_plot(rows));
  }
  return fmt::format("<div class=\"grid\">{}</div>\n<p class=\"note\">Measured on {}.</p>\n", grid,
                     escape(timings.processor));
}

std::string figures_of(const std::vector<const Item*>& items, const shelf::Shelf& shelf,
                       const std::vector<Timings>& timings) {
  std::string text = figure(cycles_plot(items, std::string(jit::name(shelf.processor))),
                            "Every input measured, by MPFR where in doubt; each point is the "
                            "cheapest program of its tier in its form.");
  const std::string& function = items.front()->function;
  for (const Timings& one : timings) text += times_figures(function, one);
  return text;
}

/// A header of the program alone, without vectors.
std::string plain_header(const Item& item) {
  const proof::ExhaustiveCertificate& certificate = item.certificate;
  const std::string name = runs::item_name(item);
  const emit::MachineHeader header = {
      .name = name,
      .comment = {fmt::format("{}: {} in {}, max error {:.6f} ULP over all {} inputs.", name,
                              system::one_line(certificate.expression), format_of(item),
                              shelf::claimed_ulp(certificate), certificate.run.score.inputs),
                  "Plain C++; 'ulpforge emit' writes it with vectors."},
      .vectors = false};
  if (certificate.format.empty()) return emit::emit_machine_header(certificate.program, header);
  return emit::emit_short_header(certificate.program, header,
                                 numbers::parse_short_format(certificate.format));
}

std::string card(const Item& item) {
  const proof::ExhaustiveCertificate& certificate = item.certificate;
  const proof::Provenance& found = *certificate.found_by;
  const targets::Score& score = certificate.run.score;
  const std::string list = facts(
      {{"max error", fmt::format("{:.6f} ULP, at {}", shelf::claimed_ulp(certificate),
                                 shelf::worst_input(certificate))},
       {"not correctly rounded", fmt::format("{} of {} inputs", score.misrounded, score.inputs)},
       {"cycles", escape(shelf::cycles_text(item))},
       {"range reduction", escape(found.scheme)},
       {"found by", escape(fmt::format("ulpforge {}, {} evaluations in {:.0f} s", found.version,
                                       found.evaluations, found.seconds))}});
  return fmt::format(
      "<article class=\"card\" id=\"{}\">\n<h3>{}: {}</h3>\n{}{}</article>\n", escape(anchor(item)),
      escape(runs::item_name(item)), escape(names_of_forms(item)), list,
      on_screen(folded("C++", code(plain_header(item))) +
                folded("Program", code(ir::print(certificate.program))) +
                folded("Command that finds it", code(found.command)) +
                folded("What is proven",
                       fmt::format("<p>{}</p>\n", escape(proof::statement(certificate))))));
}

std::string function_section(const std::vector<const Item*>& items, const shelf::Shelf& shelf,
                             const std::vector<Timings>& timings) {
  std::vector<std::vector<std::string>> rows;
  for (const family::Tier& tier : family::tiers()) {
    std::vector<std::string> row = {escape(std::string(tier.promise))};
    std::ranges::move(tier_row(items, tier), std::back_inserter(row));
    rows.push_back(std::move(row));
  }
  const Item& first = *items.front();
  std::string body = fmt::format("<p>{} in {}, at every input. Cycles an element:</p>\n",
                                 escape(first.certificate.expression), format_of(first));
  body += table(columns_of_forms({{"tier"}}), rows);
  body +=
      on_screen(code(fmt::format("ulpforge emit functions --select {} -o out", first.function)));
  body += figures_of(items, shelf, timings);
  for (const Item* const item : items) body += card(*item);
  return section(first.function, first.function, body);
}

/// Cycles of each function in one tier.
std::string overview(const std::vector<std::vector<const Item*>>& functions,
                     const family::Tier& tier) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& items : functions) {
    std::vector<std::string> row = {
        fmt::format("<a href=\"#{0}\">{0}</a>", escape(items.front()->function))};
    std::ranges::move(tier_row(items, tier), std::back_inserter(row));
    rows.push_back(std::move(row));
  }
  return fmt::format("<div><h3>{}</h3>{}</div>\n", escape(std::string(tier.promise)),
                     table(columns_of_forms({{"function"}}), rows));
}

}  // namespace

Timings parse_timings(const std::string& text, const std::string& source) {
  try {
    const auto json = nlohmann::ordered_json::parse(text);
    Timings timings;
    timings.processor = json.value("processor", "an unknown processor");
    for (const auto& row : json.at("rows")) {
      if (row.at("error").is_null()) continue;
      Timing& timing = timings.rows.emplace_back();
      timing.function = row.at("function").get<std::string>();
      timing.name = row.at("name").get<std::string>();
      timing.ours = row.at("ours").get<bool>();
      timing.form = row.at("form").get<std::string>();
      if (timing.ours) {
        timing.flags = fmt::format("{} {}", row.at("compiler").get<std::string>(),
                                   row.at("flags").get<std::string>());
      }
      timing.nanoseconds = row.at("ns_per_element").get<double>();
      timing.max_ulp = row.at("error").at("max_ulp").get<double>();
      timing.special_values_right = row.at("error").at("special_value_errors") == 0;
    }
    return timings;
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(
        fmt::format("{}: not what 'ulpforge bench --json' writes: {}", source, error.what()));
  }
}

std::string shelf_report(const shelf::Shelf& shelf, const std::vector<Timings>& timings) {
  std::vector<std::vector<const Item*>> functions;
  for (const Item& item : shelf.items) {
    if (functions.empty() || functions.back().front()->function != item.function) {
      functions.emplace_back();
    }
    functions.back().push_back(&item);
  }
  Page page;
  page.title = "Functions that were found";
  page.subtitle = fmt::format("{}, {}, each proven at every input; cycles by the model of {}",
                              counted(functions.size(), "function"),
                              counted(shelf.items.size(), "program"), jit::name(shelf.processor));
  page.body = fmt::format("<p>Cycles an element:</p>\n<div class=\"grid\">{}{}</div>\n",
                          overview(functions, family::default_tier()),
                          overview(functions, *family::find_tier("cr")));
  for (const auto& items : functions) page.body += function_section(items, shelf, timings);
  page.footer = fmt::format("Made by ulpforge {}.", runs::kVersion);
  return html(page);
}

}  // namespace ulpforge::report

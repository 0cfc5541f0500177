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

/// "1.31", and of errors of millions of ULP the size alone.
std::string ulp_text(double max_ulp) {
  return max_ulp < 1e5 ? fmt::format("{:.4g}", max_ulp) : fmt::format("{:.0e}", max_ulp);
}

/// The times of one function in one form, ours compiled in one way, and what libraries have there.
using TimedTogether = std::vector<const Timing*>;

std::string title_of(const TimedTogether& rows) {
  const emit::Form* const form = emit::find_form(rows.front()->form);
  return fmt::format("{}: {}",
                     form == nullptr ? std::string("single calls") : std::string(form->title),
                     rows.front()->compilation);
}

Plot times_plot(const TimedTogether& rows) {
  Plot plot;
  plot.title = title_of(rows);
  plot.width = 560;
  plot.height = 260;
  plot.x = {.label = "ns an element", .scale = Scale::Log};
  plot.y = {.label = "max error in ULP where timed", .scale = Scale::Log};
  // The dot is ours; five hues and four marks are twenty pairs.
  Series ours{.name = "ulpforge", .hue = hue(0), .shape = Shape::Points, .mark = Mark::Dot};
  std::size_t peers = 0;
  for (const Timing* const row : rows) {
    std::string title = fmt::format("{}: {:.4f} ns, {} ULP", row->name, row->nanoseconds,
                                    ulp_text(row->max_ulp_where_timed));
    if (!row->wrong_values.empty()) title += ", wrong for special values";
    const Point point = {row->nanoseconds, row->max_ulp_where_timed};
    if (row->ours) {
      ours.points.push_back(point);
      ours.titles.push_back(std::move(title));
      continue;
    }
    Series series{.name = row->name + (row->wrong_values.empty() ? "" : " (special values wrong)"),
                  .points = {point},
                  .hue = hue(1 + peers % 5),
                  .shape = Shape::Points,
                  .mark = mark(1 + peers % 4),
                  .titles = {std::move(title)}};
    ++peers;
    plot.series.push_back(std::move(series));
  }
  plot.series.insert(plot.series.begin(), std::move(ours));
  return plot;
}

/// The same as figures, with what is wrong of the peers.
std::string times_table(const TimedTogether& rows) {
  std::vector<std::vector<std::string>> cells;
  for (const Timing* const row : rows) {
    std::string wrong;
    for (const std::string& one : row->wrong_values) wrong += (wrong.empty() ? "" : "; ") + one;
    cells.push_back({escape(row->name),
                     fmt::format("{:.4f}{}", row->nanoseconds, row->quiet ? "" : "~"),
                     fmt::format("{:.1f}", row->latency), ulp_text(row->max_ulp_where_timed),
                     ulp_text(row->max_ulp), escape(wrong)});
  }
  return folded(title_of(rows), table({{"function"},
                                       {"ns", true},
                                       {"latency", true},
                                       {"max ULP where timed", true},
                                       {"max ULP", true},
                                       {"special values that are wrong"}},
                                      cells));
}

/// A figure and a table for each form and each way in which ours were compiled.
std::string times_figures(const std::string& function, const Timings& timings) {
  // By form, then by how ours were compiled; a peer that was not compiled is there for each way.
  std::map<std::pair<std::string, std::string>, TimedTogether> groups;
  for (const Timing& row : timings.rows) {
    if (row.function == function && row.ours) groups[{row.form, row.compilation}].push_back(&row);
  }
  if (groups.empty()) return "";
  std::string grid, tables;
  bool noisy = false;
  for (auto& [key, rows] : groups) {
    for (const Timing& row : timings.rows) {
      const bool fits = row.compilation.empty() || row.compilation == key.second;
      if (row.function == function && !row.ours && row.form == key.first && fits)
        rows.push_back(&row);
    }
    grid += figure(times_plot(rows));
    tables += times_table(rows);
    noisy = noisy || std::ranges::any_of(rows, [](const Timing* row) { return !row->quiet; });
  }
  return fmt::format(
      "<div class=\"grid\">{}</div>\n{}<p class=\"note\">Measured on {}, with 'ulpforge bench': "
      "errors where the functions are timed; the tables have those at any input.{}</p>\n",
      grid, on_screen(tables), escape(timings.processor),
      noisy ? " ~: the machine was disturbed." : "");
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
      if (row.contains("compiler")) {
        timing.compilation = fmt::format("{} {}", row.at("compiler").get<std::string>(),
                                         row.at("flags").get<std::string>());
      }
      timing.nanoseconds = row.at("ns_per_element").get<double>();
      timing.latency = row.at("latency_ns").get<double>();
      timing.quiet = row.at("quiet").get<bool>();
      timing.max_ulp = row.at("error").at("max_ulp").get<double>();
      timing.max_ulp_where_timed = timing.max_ulp;
      // Files of earlier versions have neither of these.
      const auto timed = row.find("error_where_timed");
      if (timed != row.end() && !timed->is_null())
        timing.max_ulp_where_timed = timed->at("max_ulp").get<double>();
      const auto wrong = row.find("wrong_values");
      if (wrong != row.end()) {
        timing.wrong_values = wrong->get<std::vector<std::string>>();
      } else if (row.at("error").at("special_value_errors") != 0) {
        timing.wrong_values = {"special values"};
      }
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

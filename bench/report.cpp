// JSON and SVG.
#include "bench/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/drawing.h"
#include "system/processor.h"

namespace ulpforge::bench {
namespace {

using Json = nlohmann::ordered_json;

Json inside_json(const Row& row) {
  if (!row.accuracy || !row.accuracy->inside) return nullptr;
  const targets::Score& score = *row.accuracy->inside;
  return {{"max_ulp", score.max_ulp},
          {"worst_input", fmt::format("0x{:08x}", score.worst_input)},
          {"misrounded", score.misrounded}};
}

Json comparison_json(const Row& row, const std::vector<Row>& rows, Where where) {
  const auto comparison = against_fastest(row, rows, where);
  if (!comparison) return nullptr;
  return {{"peer", comparison->peer}, {"ratio", comparison->ratio}};
}

/// What the drawing shows of it: a function may be far off where nobody calls it.
double shown_error(const Accuracy& accuracy) {
  return accuracy.inside ? accuracy.inside->max_ulp : accuracy.score.max_ulp;
}

Json accuracy_json(const Row& row) {
  if (!row.accuracy) return nullptr;
  const targets::Score& score = row.accuracy->score;
  return {{"max_ulp", score.max_ulp},
          {"worst_input", fmt::format("0x{:08x}", score.worst_input)},
          {"inputs", score.inputs},
          {"every_input", row.accuracy->every_input},
          {"misrounded", score.misrounded},
          {"special_value_errors", score.special_value_errors},
          {"zero_sign_errors", score.zero_sign_errors}};
}

std::string label(const Row& row) {
  return row.compiler.empty() ? row.name : fmt::format("{}, {}", row.name, row.compiler);
}

report::Plot plot_of(const std::vector<const Row*>& rows) {
  report::Plot plot;
  const Row& first = *rows.front();
  plot.title = fmt::format("{}, {}: largest error against time", first.function,
                           emit::find_form(first.form)->title);
  plot.x = {.label = "ns an element", .scale = report::Scale::Log};
  plot.y = {.label = "max ULP where timed", .scale = report::Scale::Log};
  std::size_t own = 0, peers = 0;
  for (const Row* row : rows) {
    if (!row->accuracy) continue;
    report::Series series;
    series.name = label(*row);
    series.points = {{row->nanoseconds, shown_error(*row->accuracy)}};
    series.shape = report::Shape::Points;
    if (row->ours) {
      series.hue = report::hue(own++);
      series.mark = report::Mark::Dot;
    } else {
      series.mark = report::mark(1 + peers++ % 4);  // not the dot
    }
    series.end_label = label(*row);
    series.titles = {fmt::format("{}: {:.4f} ns, {:.4f} ULP", label(*row), row->nanoseconds,
                                 shown_error(*row->accuracy))};
    plot.series.push_back(std::move(series));
  }
  return plot;
}

}  // namespace

Json to_json(const Result& result) {
  Json json = {{"processor", system::processor_model()},
               {"rows", Json::array()},
               {"missing", result.missing}};
  if (result.stopped) json["stopped"] = true;
  for (const Row& row : result.rows) {
    Json one = {
        {"function", row.function}, {"name", row.name}, {"ours", row.ours}, {"form", row.form}};
    if (!row.compiler.empty()) {
      one["compiler"] = row.compiler;
      one["flags"] = row.flags;
    }
    if (row.ours) {
      if (row.largest) one["normal_inputs_up_to"] = *row.largest;
      one["same_bits_as_first"] = row.same_bits ? Json(*row.same_bits) : Json(nullptr);
      Json ratios = Json::object();
      for (const Row& peer : result.rows) {
        const bool as_ours =
            peer.compiler.empty() || (peer.compiler == row.compiler && peer.flags == row.flags);
        if (!peer.ours && peer.function == row.function && peer.form == row.form && as_ours) {
          ratios[peer.name] = row.nanoseconds / peer.nanoseconds;
        }
      }
      one["ratios"] = ratios;
      one["ratio_to_fastest"] = comparison_json(row, result.rows, Where::Everywhere);
      one["ratio_to_fastest_timed"] = comparison_json(row, result.rows, Where::Timed);
      one["ratio_to_compilers"] = against_compilers(row, result.rows);
    } else {
      one["code"] = row.code;
    }
    one["ns_per_element"] = row.nanoseconds;
    one["latency_ns"] = row.latency;
    one["spread"] = row.spread;
    one["quiet"] = row.quiet;
    one["error"] = accuracy_json(row);
    one["error_where_timed"] = inside_json(row);
    one["wrong_values"] = row.wrong_values;
    json["rows"].push_back(std::move(one));
  }
  return json;
}

std::string to_svg(const Result& result) {
  std::vector<std::vector<const Row*>> groups;
  for (const Row& row : result.rows) {
    if (groups.empty() || groups.back().front()->function != row.function ||
        groups.back().front()->form != row.form) {
      groups.emplace_back();
    }
    groups.back().push_back(&row);
  }
  std::vector<report::Plot> plots;
  for (const auto& group : groups) plots.push_back(plot_of(group));
  return report::drawing(plots);
}

}  // namespace ulpforge::bench

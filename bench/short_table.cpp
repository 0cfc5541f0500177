// A row for each function, form and compilation, ours and the peers'.
#include "bench/short_table.h"

#include <fmt/format.h>

#include <array>

#include "report/table.h"

namespace ulpforge::bench {
namespace {

using Json = nlohmann::ordered_json;

/// What ours are compared with.
constexpr std::array kRivals = {ShortKind::Library, ShortKind::Table, ShortKind::Published};

std::string ratio_cell(const ShortRow& row, const std::vector<ShortRow>& rows, ShortKind kind) {
  if (row.kind != ShortKind::Ours) return "";
  const auto comparison = against_fastest(row, rows, kind);
  if (!comparison) return "-";
  return kind == ShortKind::Table ? fmt::format("{:.2f}", comparison->ratio)
                                  : fmt::format("{:.2f} {}", comparison->ratio, comparison->peer);
}

}  // namespace

std::string to_table(const ShortResult& result) {
  report::Table table({{"form"},
                       {"function"},
                       {"compiled by"},
                       {"max ULP", report::Align::Right},
                       {"misrounded", report::Align::Right},
                       {"ns", report::Align::Right},
                       {"GB/s", report::Align::Right},
                       {"/ library"},
                       {"/ table", report::Align::Right},
                       {"/ published"}});
  bool noisy = false;
  for (const ShortRow& row : result.rows) {
    noisy = noisy || !row.quiet;
    std::vector<std::string> cells = {
        row.form,
        row.kind == ShortKind::Ours ? row.name : fmt::format("{} ({})", row.name, row.function),
        row.compiler,
        row.errors
            ? fmt::format("{:.4f}{}", row.errors->max_ulp, row.errors->special > 0 ? "!" : "")
            : "-",
        row.errors ? fmt::to_string(row.errors->misrounded) : "-",
        fmt::format("{:.4f}{}", row.nanoseconds, row.quiet ? "" : "~"),
        fmt::format("{:.1f}", row.gigabytes)};
    for (const ShortKind rival : kRivals) cells.push_back(ratio_cell(row, result.rows, rival));
    table.add(std::move(cells));
  }
  std::string text =
      table.text() +
      "\nns: an element of an array of 2048; GB/s: read and written\n"
      "max ULP, misrounded: of the format, over all of its numbers, of these "
      "binaries; !: special values are wrong\n"
      "/ library: our time / that of the fastest float function of a library between "
      "conversions, in the same run and by the same compiler, that errs by at most 1 "
      "ULP, or no more than ours; / published: the same with kernels in use\n"
      "/ table: our time / that of a look-up among all results\n";
  if (noisy) text += "~: the machine was disturbed; too few quiet samples\n";
  for (const std::string& one : result.missing) text += fmt::format("missing: {}\n", one);
  return text;
}

Json to_json(const ShortResult& result) {
  Json rows = Json::array();
  for (const ShortRow& row : result.rows) {
    Json one = {{"function", row.function},
                {"name", row.name},
                {"kind", name(row.kind)},
                {"compiler", row.compiler},
                {"flags", row.flags},
                {"form", row.form},
                {"code", row.code},
                {"ns", row.nanoseconds},
                {"gigabytes_per_second", row.gigabytes},
                {"quiet", row.quiet}};
    if (row.errors) {
      one["max_ulp"] = row.errors->max_ulp;
      one["misrounded"] = row.errors->misrounded;
      one["special_value_errors"] = row.errors->special;
    }
    for (const ShortKind rival : kRivals) {
      if (row.kind != ShortKind::Ours) break;
      const auto comparison = against_fastest(row, result.rows, rival);
      one[fmt::format("against_{}", name(rival))] =
          comparison ? Json{{"peer", comparison->peer}, {"ratio", comparison->ratio}}
                     : Json(nullptr);
    }
    rows.push_back(std::move(one));
  }
  return rows;
}

}  // namespace ulpforge::bench

// A row for each function, form and compilation.
#include "bench/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "report/table.h"

namespace ulpforge::bench {
namespace {

std::string ratio_cell(const Row& row, const std::vector<Row>& rows, std::string_view peer) {
  if (!row.ours) return "";
  for (const Row& other : rows) {
    if (!other.ours && other.function == row.function && other.form == row.form &&
        other.name == peer) {
      return fmt::format("{:.3f}", row.nanoseconds / other.nanoseconds);
    }
  }
  return "-";
}

}  // namespace

std::string to_table(const Result& result) {
  std::vector<std::string> peers;
  for (const Row& row : result.rows) {
    if (!row.ours && std::ranges::find(peers, row.name) == peers.end()) peers.push_back(row.name);
  }
  std::vector<report::Column> columns = {{"form"},
                                         {"function"},
                                         {"compiled by"},
                                         {"max ULP", report::Align::Right},
                                         {"ns", report::Align::Right},
                                         {"latency", report::Align::Right}};
  for (const std::string& peer : peers) columns.push_back({"/ " + peer, report::Align::Right});
  report::Table table(columns);
  bool noisy = false, normal = false, sampled = false, other_bits = false;
  for (const Row& row : result.rows) {
    std::string error = "-";
    if (row.accuracy) {
      error = fmt::format("{:.4f}", row.accuracy->score.max_ulp);
      if (row.largest) error += "*";
      normal = normal || row.largest;
      if (row.accuracy->score.special_value_errors > 0) error += " and special values";
      if (row.same_bits == false) error += " (other bits)";
      sampled = sampled || !row.accuracy->every_input;
      other_bits = other_bits || row.same_bits == false;
    }
    noisy = noisy || !row.quiet;
    std::vector<std::string> cells = {
        row.form,
        row.ours ? row.name : fmt::format("{} ({})", row.name, row.function),
        row.ours ? fmt::format("{} {}", row.compiler, row.flags) : "",
        error,
        fmt::format("{:.4f}{}", row.nanoseconds, row.quiet ? "" : "~"),
        fmt::format("{:.1f}", row.latency)};
    for (const std::string& peer : peers) cells.push_back(ratio_cell(row, result.rows, peer));
    table.add(std::move(cells));
  }
  std::string text = table.text();
  text +=
      "\nns: an element of an array of 2048; latency: ns from a vector (glibc: a float) to its "
      "result in a chain;\n/ peer: our time / its time, in the same run\n";
  if (noisy) text += "~: the machine was disturbed; too few quiet samples\n";
  if (sampled) text += "max ULP: at a sample of the inputs\n";
  if (!sampled && !result.rows.empty() && result.rows.front().accuracy) {
    text += fmt::format("max ULP: over all 2^32 inputs, of these binaries{}\n",
                        other_bits ? "" : "; each compilation of a function gives the same bits");
  }
  if (normal) text += "*: of a fast variant, at normal inputs with normal results\n";
  for (const std::string& missing : result.missing) text += fmt::format("missing: {}\n", missing);
  return text;
}

}  // namespace ulpforge::bench

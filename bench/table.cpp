// A row for each function, form and compilation, ours and the peers'.
#include "bench/table.h"

#include <fmt/format.h>

#include <vector>

#include "report/table.h"

namespace ulpforge::bench {
namespace {

/// "0.431 Highway".
std::string ratio_cell(const Row& row, const std::vector<Row>& rows, Where where) {
  if (!row.ours) return "";
  const auto comparison = against_fastest(row, rows, where);
  if (!comparison) return "-";
  return fmt::format("{:.3f} {}", comparison->ratio, comparison->peer);
}

/// "exp(-inf) is 1.2e-38, not 0, +3".
std::string wrong_cell(const Row& row) {
  if (row.wrong_values.empty()) return "";
  const std::size_t more = row.wrong_values.size() - 1;
  return row.wrong_values.front() + (more > 0 ? fmt::format(", +{}", more) : "");
}

/// Of errors of millions of ULP, as where subnormal results are left out, only the size.
std::string ulp_cell(double max_ulp) {
  return max_ulp < 1e5 ? fmt::format("{:.4f}", max_ulp) : fmt::format("{:.1e}", max_ulp);
}

std::string inside_cell(const Row& row) {
  if (!row.accuracy || !row.accuracy->inside) return "-";
  return ulp_cell(row.accuracy->inside->max_ulp);
}

}  // namespace

std::string to_table(const Result& result) {
  const std::vector<report::Column> columns = {{"form"},
                                               {"function"},
                                               {"compiled by"},
                                               {"max ULP", report::Align::Right},
                                               {"timed", report::Align::Right},
                                               {"ns", report::Align::Right},
                                               {"latency", report::Align::Right},
                                               {"/ compilers", report::Align::Right},
                                               {"/ fastest peer"},
                                               {"/ fastest timed"},
                                               {"wrong values"}};
  report::Table table(columns);
  bool noisy = false, normal = false, sampled = false, other_bits = false;
  for (const Row& row : result.rows) {
    std::string error = "-";
    if (row.accuracy) {
      error = ulp_cell(row.accuracy->score.max_ulp);
      if (row.largest) error += "*";
      normal = normal || row.largest;
      if (row.same_bits == false) error += " (other bits)";
      sampled = sampled || !row.accuracy->every_input;
      other_bits = other_bits || row.same_bits == false;
    }
    noisy = noisy || !row.quiet;
    std::vector<std::string> cells = {
        row.form,
        row.ours ? row.name : fmt::format("{} ({})", row.name, row.function),
        row.compiler.empty() ? "" : fmt::format("{} {}", row.compiler, row.flags),
        error,
        inside_cell(row),
        fmt::format("{:.4f}{}", row.nanoseconds, row.quiet ? "" : "~"),
        fmt::format("{:.1f}", row.latency),
        row.ours ? fmt::format("{:.2f}", against_compilers(row, result.rows)) : "",
        ratio_cell(row, result.rows, Where::Everywhere),
        ratio_cell(row, result.rows, Where::Timed),
        wrong_cell(row)};
    table.add(std::move(cells));
  }
  std::string text = table.text();
  text +=
      "\nns: an element of an array of 2048; latency: ns from a vector (glibc and single calls: a "
      "float) to its result in a chain\n"
      "timed: max ULP over the range of the arguments that are timed\n"
      "/ compilers: our time / that of the fastest compilation of the same function\n"
      "/ fastest peer: our time / that of the fastest peer, in the same run, that errs by no more "
      "than ours, or its tier, and has no wrong value\n"
      "/ fastest timed: the same, with peers that err by no more than that where they are timed\n"
      "wrong values: results at infinities, nan, zeros, subnormal and huge numbers that are not "
      "those of C's Annex F, or off by more than 2^-11\n";
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

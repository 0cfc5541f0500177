// A row for each function, form and compilation, ours and the peers'.
#include "bench/table.h"

#include <fmt/format.h>

#include <vector>

#include "report/table.h"

namespace ulpforge::bench {
namespace {

/// What the signs in the table mean, as far as they are in it.
struct Notes {
  explicit Notes(const Result& result) : stopped(result.stopped), missing(result.missing) {
    for (const Row& row : result.rows) {
      noisy = noisy || !row.quiet;
      normal = normal || row.largest;
      other_bits = other_bits || row.same_bits == false;
      errors = errors || row.accuracy;
      sampled = sampled || (row.accuracy && !row.accuracy->every_input);
      if (row.compiler.empty()) continue;
      if (!flags) flags = row.flags;
      several_flags = several_flags || row.flags != *flags;
    }
  }

  std::string text() const {
    std::string text;
    if (flags && !several_flags) text += fmt::format("compiled with {}\n", *flags);
    text +=
        "ns: an element of an array of 2048; latency: ns from a vector (where there is none, a "
        "float) to its result in a chain\n"
        "/ compilers: our time / that of the fastest compilation of the same function\n";
    text += errors ? kWithErrors : kWithoutErrors;
    if (noisy) text += "~: the machine was disturbed; too few quiet samples\n";
    if (sampled) text += "max ULP: at a sample of the inputs\n";
    if (errors && !sampled) {
      text += fmt::format("max ULP: over all 2^32 inputs, of these binaries{}\n",
                          other_bits ? "" : "; each compilation of a function gives the same bits");
    }
    if (stopped) text += "stopped before all was measured\n";
    if (normal) text += "*: of a fast variant, at normal inputs with normal results\n";
    for (const std::string& one : missing) text += fmt::format("missing: {}\n", one);
    return text;
  }

  static constexpr std::string_view kWithErrors =
      "timed: max ULP over the range of the arguments that are timed\n"
      "/ fastest peer: our time / that of the fastest peer, in the same run, that errs by no more "
      "than ours, or its tier, and has no wrong value\n"
      "/ fastest timed: the same, with peers that err by no more than that where they are timed\n"
      "wrong values: results at infinities, nan, zeros, subnormal and huge numbers that are not "
      "those of C's Annex F, or off by more than 2^-11\n";
  static constexpr std::string_view kWithoutErrors =
      "/ fastest peer: our time / that of the fastest peer in the same run, whatever its error\n";

  bool noisy = false, normal = false, sampled = false, other_bits = false, errors = false;
  bool stopped;
  std::optional<std::string> flags = {};  ///< of the first that is compiled
  bool several_flags = false;
  const std::vector<std::string>& missing;
};

std::string compilation_cell(const Row& row, const Notes& notes) {
  return notes.several_flags && !row.compiler.empty()
             ? fmt::format("{} {}", row.compiler, row.flags)
             : row.compiler;
}

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

std::string error_cell(const Row& row) {
  if (!row.accuracy) return "-";
  return ulp_cell(row.accuracy->score.max_ulp) + (row.largest ? "*" : "") +
         (row.same_bits == false ? " (other bits)" : "");
}

std::string inside_cell(const Row& row) {
  if (!row.accuracy || !row.accuracy->inside) return "-";
  return ulp_cell(row.accuracy->inside->max_ulp);
}

}  // namespace

std::string to_table(const Result& result) {
  Notes notes(result);
  std::vector<report::Column> columns = {{"form"}, {"function"}, {"compiled by"}};
  if (notes.errors) {
    columns.push_back({"max ULP", report::Align::Right});
    columns.push_back({"timed", report::Align::Right});
  }
  columns.push_back({"ns", report::Align::Right});
  columns.push_back({"latency", report::Align::Right});
  columns.push_back({"/ compilers", report::Align::Right});
  columns.push_back({"/ fastest peer"});
  if (notes.errors) {
    columns.push_back({"/ fastest timed"});
    columns.push_back({"wrong values"});
  }
  report::Table table(columns);
  for (const Row& row : result.rows) {
    std::vector<std::string> cells = {
        row.form, row.ours ? row.name : fmt::format("{} ({})", row.name, row.function),
        compilation_cell(row, notes)};
    if (notes.errors) {
      cells.push_back(error_cell(row));
      cells.push_back(inside_cell(row));
    }
    cells.push_back(fmt::format("{:.4f}{}", row.nanoseconds, row.quiet ? "" : "~"));
    cells.push_back(fmt::format("{:.1f}", row.latency));
    cells.push_back(row.ours ? fmt::format("{:.2f}", against_compilers(row, result.rows)) : "");
    cells.push_back(ratio_cell(row, result.rows, Where::Everywhere));
    if (notes.errors) {
      cells.push_back(ratio_cell(row, result.rows, Where::Timed));
      cells.push_back(wrong_cell(row));
    }
    table.add(std::move(cells));
  }
  return table.text() + "\n" + notes.text();
}

}  // namespace ulpforge::bench

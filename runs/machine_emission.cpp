// Machine programs as C++, with claim and provenance beside the code.
#include "runs/machine_emission.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include "emit/arithmetic.h"
#include "emit/checks.h"
#include "emit/machine_header.h"
#include "emit/short_header.h"
#include "evo/fast_variant.h"
#include "ir/expression.h"
#include "jit/cost.h"
#include "runs/emission.h"
#include "runs/machine_timing.h"
#include "system/error.h"
#include "targets/catalog.h"

namespace ulpforge::runs {
namespace {

/// Of a short format: what the function is, what it is worth, where it comes from, how to use it.
std::vector<std::string> short_comment(const MachineFront& front, const MachineFrontEntry& entry,
                                       const numbers::ShortFormat& format) {
  const std::string& name = format.name();
  std::vector<std::string> lines = {
      fmt::format("{}: {} from {} to {}, {}.", entry.name, system::one_line(front.expression), name,
                  name,
                  entry.misrounded == 0 ? std::string("correctly rounded")
                                        : fmt::format("max error {:.6f} ULP", claimed_ulp(entry))),
      "",
      front.domain == "all"
          ? fmt::format(
                "Domain      every {} number, infinities, NaNs, zeros and subnormals included",
                name)
          : fmt::format("Domain      {}; elsewhere the result means nothing", front.domain),
      fmt::format("Max error   {:.6f} ULP, at {:a} (0x{:x}), proven by exhaustion: {} inputs. The",
                  claimed_ulp(entry), format.value(entry.worst_input), entry.worst_input,
                  entry.inputs),
      fmt::format(
          "            unit is 2^(max(e, {}) - {}) where 2^(e-1) <= |f| < 2^e for the exact",
          format.row().emin, format.row().precision),
      "            value f.",
      fmt::format("Misrounded  {} inputs", entry.misrounded)};
  if (!format.has_infinities()) {
    lines.push_back(fmt::format("Overflow    {}, the largest number: there are no infinities",
                                format.largest_value()));
  }
  for (const std::string& phrase : satisfied(front)) {
    lines.push_back(fmt::format("Satisfies   {}", phrase));
  }
  lines.push_back(fmt::format(
      "Cost        {:.3f} cycles an element without conversions, latency {:.0f} cycles, by a",
      entry.cost_throughput, entry.cost_latency));
  lines.push_back(fmt::format("            model of {}{}", front.processor,
                              front.isa.empty() ? "" : " with " + front.isa));
  lines.push_back(fmt::format("Range reduction '{}'", entry.scheme));
  lines.push_back(fmt::format("Made by     {}: {}",
                              provenance(front.version, front.seed, entry.origin),
                              system::one_line(without_directories(front.command))));
  lines.push_back("");
  lines.push_back(
      "Patterns in, patterns out; floats in between. Needs C++17, gcc or clang; best with");
  lines.push_back("-O2 (gcc: -O3) -march=native. Rounding to nearest.");
  std::ranges::move(emit::flush_to_zero_note(), std::back_inserter(lines));
  return lines;
}

/// The interval that a test looks at: of several the widest; nothing for all numbers.
std::optional<std::pair<double, double>> tested_interval(const MachineFront& front) {
  const auto whole = domain_of(front);
  if (!whole) return std::nullopt;
  const std::vector<targets::Domain> intervals = targets::intervals_of(*whole);
  const auto domain = std::ranges::max_element(intervals, {}, &targets::Domain::width);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return std::pair{domain->lo_open ? std::nextafter(domain->lo, kInfinity) : domain->lo,
                   domain->hi_open ? std::nextafter(domain->hi, -kInfinity) : domain->hi};
}

std::vector<EmittedFile> short_files(const MachineFront& front, const MachineFrontEntry& entry) {
  const numbers::ShortFormat format = numbers::parse_short_format(front.format);
  return {{entry.name + ".h",
           emit::emit_short_header(
               entry.program, {.name = entry.name, .comment = short_comment(front, entry, format)},
               format)},
          {entry.name + "_test.cpp",
           emit::emit_short_test({.name = entry.name,
                                  .expression = front.expression,
                                  .target = ir::parse_expression(front.expression),
                                  .format = format,
                                  .max_ulp = claimed_ulp(entry),
                                  .misrounded = entry.misrounded,
                                  .domain = tested_interval(front)})}};
}

/// What the function is, what it is worth and how that is known, where it comes from, how to use
/// it.
std::vector<std::string> header_comment(const MachineFront& front, const MachineFrontEntry& entry,
                                        bool proven) {
  const bool everywhere = front.domain == "all";
  const bool correctly_rounded = entry.inputs > 0 && entry.misrounded == 0;
  std::vector<std::string> lines = {
      fmt::format("{}: {} in float, max error {:.6f} ULP{}.", entry.name,
                  system::one_line(front.expression), claimed_ulp(entry),
                  correctly_rounded ? ", correctly rounded" : ""),
      "",
      everywhere
          ? std::string("Domain      every float, infinities, NaNs, zeros and subnormals included")
          : fmt::format("Domain      {}; elsewhere the result means nothing", front.domain),
      fmt::format("Max error   {:.6f} ULP, at {:a} (0x{:08x}), {}", claimed_ulp(entry),
                  std::bit_cast<float>(entry.worst_input), entry.worst_input,
                  proven ? fmt::format("proven: {}.cert.json,", entry.name)
                         : std::string("without a certificate: the largest of")),
      fmt::format("            {}{}. The unit is",
                  proven ? "by exhaustion over every input" : "a run over every input",
                  entry.inputs > 0 ? fmt::format(" ({})", entry.inputs) : ""),
      "            2^(max(e, -125) - 24) where 2^(e-1) <= |f| < 2^e for the exact value f.",
      fmt::format("Misrounded  {} inputs", entry.misrounded)};
  for (const std::string& phrase : satisfied(front)) {
    lines.push_back(fmt::format("Satisfies   {}", phrase));
  }
  std::string cost;
  if (std::isfinite(entry.cost_throughput)) {
    cost += fmt::format("{:.3f} cycles an element", entry.cost_throughput);
  }
  if (std::isfinite(entry.cost_latency)) {
    cost += fmt::format("{}latency {:.0f} cycles", cost.empty() ? "" : ", ", entry.cost_latency);
  }
  if (!cost.empty()) {
    lines.push_back(fmt::format("Cost        {}, by a model of {}{}", cost, front.processor,
                                front.isa.empty() ? "" : " with " + front.isa));
  }
  if (std::isfinite(entry.ns_per_element)) {
    lines.push_back(fmt::format("            {:.4f} ns an element, as measured where it was found",
                                entry.ns_per_element));
  }
  lines.push_back(fmt::format("Range reduction '{}'", entry.scheme));
  lines.push_back(fmt::format("Made by     {}: {}",
                              provenance(front.version, front.seed, entry.origin),
                              system::one_line(without_directories(front.command))));
  lines.push_back("");
  lines.push_back("Needs C++17, gcc or clang; best with -O2 (gcc: -O3) -march=native. Rounding to");
  lines.push_back("nearest.");
  std::ranges::move(emit::flush_to_zero_note(), std::back_inserter(lines));
  return lines;
}

std::string test_program(const MachineFront& front, const MachineFrontEntry& entry) {
  emit::EmittedTest test;
  test.name = entry.name;
  test.expression = front.expression;
  test.target = ir::parse_expression(front.expression);
  test.max_ulp = claimed_ulp(entry);
  test.misrounded = entry.misrounded;
  test.domain = tested_interval(front);
  return emit::emit_exhaustive_test(test);
}

std::string benchmark_program(const MachineFront& front, const std::string& name) {
  const bench::Inputs range = timed_on(front);
  return emit::emit_benchmark({.name = name,
                               .expression = front.expression,
                               .symbol = c_function(front),
                               .low = range.low,
                               .high = range.high,
                               .logarithmic = range.logarithmic});
}

/// Of the processor that the run was for; of none where this version does not know it.
emit::SquareRoot square_root(const MachineFront& front) {
  const auto processor = jit::find_processor(front.processor);
  if (!processor) return {};
  const auto [operations, meanwhile] = jit::square_root_cost(jit::Isa::Avx512, *processor);
  return {operations, meanwhile};
}

}  // namespace

std::string c_function(const MachineFront& front) {
  const targets::CatalogRow* const row = targets::find_in_catalog(front.target);
  return row == nullptr || row->symbol.empty() ? "" : fmt::format("{}f", row->symbol);
}

std::vector<EmittedFile> machine_files(const MachineFront& front, const MachineFrontEntry& entry,
                                       const std::optional<std::string>& certificate) {
  if (!front.format.empty()) return short_files(front, entry);
  std::vector<EmittedFile> files = {
      {entry.name + ".h",
       emit::emit_machine_header(entry.program,
                                 {.name = entry.name,
                                  .comment = header_comment(front, entry, certificate.has_value()),
                                  .square_root = square_root(front)})},
      {entry.name + "_test.cpp", test_program(front, entry)},
      {entry.name + "_bench.cpp", benchmark_program(front, entry.name)}};
  if (certificate) files.push_back({entry.name + ".cert.json", *certificate});
  return files;
}

std::optional<FastFiles> fast_files(const MachineFront& front, const MachineFrontEntry& entry) {
  if (!front.format.empty()) return std::nullopt;
  const auto variant = evo::fast_variant(entry.program);
  if (!variant) return std::nullopt;
  const std::string name = entry.name + "_fast";
  const std::string range = variant->largest == std::numeric_limits<float>::max()
                                ? std::string("every normal x")
                                : fmt::format("every normal x of a size up to {:a} ({:g})",
                                              variant->largest, variant->largest);
  const std::vector<std::string> comment = {
      fmt::format("{}: {} in float, for finite, normal inputs and results.", name,
                  system::one_line(front.expression)),
      "",
      fmt::format("The bits of {} at {}", entry.name, range),
      "where that is normal (compared at each); elsewhere the result means nothing.",
      fmt::format("Max error   {:.6f} ULP there, at most", claimed_ulp(entry)),
      fmt::format("Made by     {}: {}", provenance(front.version, front.seed, entry.origin),
                  system::one_line(without_directories(front.command))),
      "",
      "Needs C++17, gcc or clang; best with -O2 (gcc: -O3) -march=native. Rounding to nearest."};
  return FastFiles{
      name,
      variant->largest,
      variant->program,
      {{name + ".h", emit::emit_machine_header(
                         variant->program,
                         {.name = name, .comment = comment, .square_root = square_root(front)})},
       {name + "_test.cpp", emit::emit_fast_test(entry.name, variant->largest)},
       {name + "_bench.cpp", benchmark_program(front, name)}}};
}

}  // namespace ulpforge::runs

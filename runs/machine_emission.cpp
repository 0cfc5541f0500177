// Machine programs as C++, with claim and provenance beside the code.
#include "runs/machine_emission.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include "emit/arithmetic.h"
#include "emit/checks.h"
#include "emit/cpp_text.h"
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
                                       const numbers::ShortFormat& format, bool proven) {
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
      fmt::format("Max error   {:.6f} ULP, at {:a} (0x{:x}), by exhaustion over {} inputs{}",
                  claimed_ulp(entry), format.value(entry.worst_input), entry.worst_input,
                  entry.inputs, proven ? fmt::format(": {}.cert.json", entry.name) : std::string()),
      fmt::format(
          "            The unit is 2^(max(e, {}) - {}) where 2^(e-1) <= |f| < 2^e for the exact f.",
          format.row().emin, format.row().precision),
      fmt::format("Misrounded  {} inputs", entry.misrounded)};
  if (!format.has_infinities()) {
    lines.push_back(fmt::format("Overflow    {}, the largest number: there are no infinities",
                                format.largest_value()));
  }
  for (const std::string& phrase : satisfied(front)) {
    lines.push_back(fmt::format("Satisfies   {}", phrase));
  }
  lines.push_back("Cost        " + cost_text(front, entry) + ",");
  lines.push_back("            without conversions");
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

/// A test without its claims.
emit::EmittedTest test_of(const MachineFront& front, const std::string& name) {
  emit::EmittedTest test;
  test.name = name;
  test.expression = front.expression;
  test.target = ir::parse_expression(front.expression);
  test.domain = tested_interval(front);
  const targets::ResultFormat results = targets::result_format(front.results);
  test.unit = results.row;
  test.patterns = results.rounded;
  return test;
}

std::string test_program(const MachineFront& front, const MachineFrontEntry& entry) {
  emit::EmittedTest test = test_of(front, entry.name);
  test.claims.assign(emit::header_isas().size(), {claimed_ulp(entry), entry.misrounded, 0});
  return emit::emit_exhaustive_test(test);
}

std::vector<EmittedFile> short_files(const MachineFront& front, const MachineFrontEntry& entry,
                                     bool proven) {
  const numbers::ShortFormat format = numbers::parse_short_format(front.format);
  return {
      {entry.name + ".h",
       emit::emit_short_header(
           entry.program,
           {.name = entry.name, .comment = short_comment(front, entry, format, proven)}, format)},
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
  const targets::ResultFormat results = targets::result_format(front.results);
  const bool measured = !front.results.ulp_of.empty();  // floats, in ULP of another format
  const bool correctly_rounded = entry.inputs > 0 && entry.misrounded == 0 && !measured;
  std::vector<std::string> lines = {
      fmt::format(
          "{}: {} {}, max error {:.6f} {}{}.", entry.name, system::one_line(front.expression),
          results.rounded ? "from float to " + front.results.format_out : "in float",
          claimed_ulp(entry), unit_text(front), correctly_rounded ? ", correctly rounded" : ""),
      "",
      everywhere
          ? std::string("Domain      every float, infinities, NaNs, zeros and subnormals included")
          : fmt::format("Domain      {}; elsewhere the result means nothing", front.domain),
      fmt::format("Max error   {:.6f} {}, at {:a} (0x{:08x}), {}", claimed_ulp(entry),
                  unit_text(front), std::bit_cast<float>(entry.worst_input), entry.worst_input,
                  proven ? fmt::format("proven: {}.cert.json,", entry.name)
                         : std::string("without a certificate: the largest of")),
      fmt::format("            {}{}. The unit is",
                  proven ? "by exhaustion over every input" : "a run over every input",
                  entry.inputs > 0 ? fmt::format(" ({})", entry.inputs) : ""),
      fmt::format(
          "            2^(max(e, {}) - {}) where 2^(e-1) <= |f| < 2^e for the exact value f.",
          results.row.emin, results.row.precision),
      measured ? fmt::format("Above 1/2   {} inputs", entry.misrounded)
               : fmt::format("Misrounded  {} inputs", entry.misrounded)};
  for (const std::string& phrase : satisfied(front)) {
    lines.push_back(fmt::format("Satisfies   {}", phrase));
  }
  const std::string cost = cost_text(front, entry);
  if (!cost.empty()) lines.push_back("Cost        " + cost);
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

/// The place of the program that a form has.
std::size_t program_for(jit::Isa isa, const std::vector<FormProgram>& programs) {
  const auto has = [isa](const FormProgram& program) {
    return std::ranges::find(program.forms, jit::name(isa)) != program.forms.end();
  };
  const auto found = std::ranges::find_if(programs, has);
  if (found == programs.end()) {
    throw std::invalid_argument(fmt::format("no program for {}", jit::name(isa)));
  }
  return static_cast<std::size_t>(found - programs.begin());
}

/// For each form the program that it has.
std::vector<ir::Program> by_form(const std::vector<FormProgram>& programs,
                                 const std::vector<ir::Program>& texts) {
  std::vector<ir::Program> all;
  for (const jit::Isa isa : emit::header_isas()) all.push_back(texts[program_for(isa, programs)]);
  return all;
}

std::string certificate_of_form(const std::string& name, const FormProgram& program) {
  return fmt::format("{}_{}.cert.json", name, emit::identifier(program.forms.front()));
}

/// What each program of a function is worth.
std::vector<std::string> comment_of_forms(const std::string& name,
                                          const std::vector<FormProgram>& programs) {
  const MachineFront& front = *programs.front().front;
  double max_ulp = 0;
  bool all_rounded = true;
  for (const FormProgram& program : programs) {
    max_ulp = std::max(max_ulp, claimed_ulp(program.entry));
    all_rounded = all_rounded && program.entry.misrounded == 0;
  }
  std::vector<std::string> lines = {
      fmt::format("{}: {} in float, max error {:.6f} ULP{}.", name,
                  system::one_line(front.expression), max_ulp,
                  all_rounded ? ", correctly rounded, the same bits in every form"
                              : "; the last bits depend on the form"),
      "",
      "Domain      every float, infinities, NaNs, zeros and subnormals included",
      "Forms       each has its own program: scalar and scalar-fma are single calls, on every",
      "            processor and with AVX2 and FMA; plain loops have that of scalar; avx2 and",
      "            avx512 are the array form. Errors are the largest of a run over every input.",
      "            The unit is 2^(max(e, -125) - 24) where 2^(e-1) <= |f| < 2^e for the exact",
      "            value f."};
  for (const FormProgram& program : programs) {
    const MachineFrontEntry& entry = program.entry;
    lines.push_back(fmt::format("{:<11} {:.6f} ULP at {:a} (0x{:08x}), {} misrounded,",
                                fmt::format("{}", fmt::join(program.forms, ", ")),
                                claimed_ulp(entry), std::bit_cast<float>(entry.worst_input),
                                entry.worst_input, entry.misrounded));
    lines.push_back(fmt::format("            {}, '{}',",
                                program.certificate
                                    ? "proven: " + certificate_of_form(name, program)
                                    : std::string("without a certificate"),
                                entry.scheme));
    lines.push_back(fmt::format("            {}", program.origin));
    lines.push_back(fmt::format("            {}",
                                system::one_line(without_directories(program.front->command))));
  }
  lines.emplace_back("");
  lines.emplace_back(
      "Needs C++17, gcc or clang; best with -O2 (gcc: -O3) -march=native. Rounding to");
  lines.emplace_back("nearest.");
  std::ranges::move(emit::flush_to_zero_note(), std::back_inserter(lines));
  return lines;
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
  if (!processor || !jit::has(*processor, jit::Isa::Avx512)) return {};
  const auto [operations, meanwhile] = jit::square_root_cost(jit::Isa::Avx512, *processor);
  return {operations, meanwhile};
}

std::vector<EmittedFile> float_files(const MachineFront& front, const MachineFrontEntry& entry,
                                     bool proven) {
  if (!front.results.format_out.empty()) {
    return {
        {entry.name + ".h",
         emit::emit_rounding_header(
             entry.program, {.name = entry.name, .comment = header_comment(front, entry, proven)},
             numbers::parse_short_format(front.results.format_out))},
        {entry.name + "_test.cpp", test_program(front, entry)}};
  }
  return {{entry.name + ".h", emit::emit_machine_header(
                                  entry.program, {.name = entry.name,
                                                  .comment = header_comment(front, entry, proven),
                                                  .square_root = square_root(front)})},
          {entry.name + "_test.cpp", test_program(front, entry)},
          {entry.name + "_bench.cpp", benchmark_program(front, entry.name)}};
}

}  // namespace

std::string c_function(const MachineFront& front) {
  const targets::CatalogRow* const row = targets::find_in_catalog(front.target);
  return row == nullptr || row->symbol.empty() ? "" : fmt::format("{}f", row->symbol);
}

std::vector<EmittedFile> machine_files(const MachineFront& front, const MachineFrontEntry& entry,
                                       const std::optional<std::string>& certificate) {
  std::vector<EmittedFile> files = front.format.empty()
                                       ? float_files(front, entry, certificate.has_value())
                                       : short_files(front, entry, certificate.has_value());
  if (certificate) files.push_back({entry.name + ".cert.json", *certificate});
  return files;
}

std::vector<EmittedFile> files_of_forms(const std::string& name,
                                        const std::vector<FormProgram>& programs) {
  if (programs.size() == 1) {
    MachineFrontEntry entry = programs.front().entry;
    entry.name = name;
    return machine_files(*programs.front().front, entry, programs.front().certificate);
  }
  const MachineFront& front = *programs.front().front;
  std::vector<ir::Program> texts;
  for (const FormProgram& program : programs) texts.push_back(program.entry.program);
  emit::EmittedTest test = test_of(front, name);
  for (const jit::Isa isa : emit::header_isas()) {
    const std::size_t k = program_for(isa, programs);
    test.claims.push_back({claimed_ulp(programs[k].entry), programs[k].entry.misrounded, k});
  }
  std::vector<EmittedFile> files = {
      {name + ".h", emit::emit_machine_header(by_form(programs, texts),
                                              {.name = name,
                                               .comment = comment_of_forms(name, programs),
                                               .square_root = square_root(front)})},
      {name + "_test.cpp", emit::emit_exhaustive_test(test)},
      {name + "_bench.cpp", benchmark_program(front, name)}};
  for (const FormProgram& program : programs) {
    if (program.certificate) {
      files.push_back({certificate_of_form(name, program), *program.certificate});
    }
  }
  return files;
}

std::optional<FastForms> fast_files_of_forms(const std::string& name,
                                             const std::vector<FormProgram>& programs) {
  FastForms fast{name + "_fast", std::numeric_limits<float>::max(), {}, {}};
  bool any = false;
  double max_ulp = 0;
  for (const FormProgram& program : programs) {
    const auto variant = evo::fast_variant(program.entry.program);
    any = any || variant.has_value();
    fast.programs.push_back(variant ? variant->program : program.entry.program);
    if (variant) fast.largest = std::min(fast.largest, variant->largest);
    max_ulp = std::max(max_ulp, claimed_ulp(program.entry));
  }
  if (!any) return std::nullopt;
  const MachineFront& front = *programs.front().front;
  const std::string range =
      fast.largest == std::numeric_limits<float>::max()
          ? std::string("every normal x")
          : fmt::format("every normal x of a size up to {:a} ({:g})", fast.largest, fast.largest);
  const std::vector<std::string> comment = {
      fmt::format("{}: {} in float, for finite, normal inputs and results.", fast.name,
                  system::one_line(front.expression)),
      "",
      fmt::format("In each form the bits of {} at {}", name, range),
      "where that is normal (compared at each); elsewhere the result means nothing.",
      fmt::format("Max error   {:.6f} ULP there, at most", max_ulp),
      "",
      "Needs C++17, gcc or clang; best with -O2 (gcc: -O3) -march=native. Rounding to nearest."};
  fast.files = {{fast.name + ".h",
                 emit::emit_machine_header(
                     by_form(programs, fast.programs),
                     {.name = fast.name, .comment = comment, .square_root = square_root(front)})},
                {fast.name + "_test.cpp", emit::emit_fast_test(name, fast.largest)},
                {fast.name + "_bench.cpp", benchmark_program(front, fast.name)}};
  return fast;
}

std::optional<FastFiles> fast_files(const MachineFront& front, const MachineFrontEntry& entry) {
  if (!front.format.empty() || !front.results.format_out.empty()) return std::nullopt;
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

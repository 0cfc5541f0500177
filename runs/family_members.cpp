// From fronts to members of a family.
#include "runs/family_members.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/cpp_text.h"
#include "emit/form.h"
#include "emit/machine_header.h"
#include "emit/short_header.h"
#include "family/group.h"
#include "ir/canonical.h"
#include "jit/cost.h"
#include "report/table.h"
#include "runs/emission.h"
#include "runs/machine_emission.h"
#include "runs/machine_proofs.h"
#include "runs/version.h"
#include "shelf/shelf.h"
#include "system/error.h"
#include "targets/catalog.h"

namespace ulpforge::runs {
namespace {

const MachineFrontEntry& entry_of(const std::vector<Run>& runs, FamilySource::Place place) {
  return runs[place.run].machine()->programs[place.program];
}

/// "portable, AVX2 with FMA".
std::string forms_of_library() {
  std::string text(emit::plain_form().library.title);
  for (const jit::Architecture architecture : jit::kArchitectures) {
    for (const emit::Form* form : emit::library_forms(architecture)) {
      if (form->lanes > 1) text += fmt::format(", {}", jit::title(form->isa));
    }
  }
  return text;
}

/// What to call a run, also elsewhere.
std::string place_of(const Run& run) {
  if (!run.place.empty()) return run.place;
  return (run.directory.is_absolute() ? run.directory.filename() : run.directory).string();
}

/// The figures of a member's programs.
std::vector<family::Function::Program> figures_of(const std::vector<FormProgram>& programs,
                                                  const std::vector<ir::Program>& texts,
                                                  jit::Processor processor) {
  std::vector<family::Function::Program> figures;
  for (std::size_t k = 0; k < programs.size(); ++k) {
    const FormProgram& program = programs[k];
    family::Function::Program& one = figures.emplace_back();
    one.forms = program.forms;
    for (const std::string& form : program.forms) {
      const jit::Isa isa = *jit::find_isa(form);
      one.costs.push_back(
          jit::model_cost(ir::canonical(texts[k]), isa, jit::processor_with(isa, processor))
              .throughput);
    }
    one.max_ulp = claimed_ulp(program.entry);
    one.misrounded = program.entry.misrounded;
    one.scheme = program.entry.scheme;
    one.origin = program.origin;
  }
  return figures;
}

/// Headers that have one of the programs each.
std::vector<std::string> references_of(const family::Function& function,
                                       const std::vector<ir::Program>& texts) {
  std::vector<std::string> headers;
  for (std::size_t k = 0; k < texts.size(); ++k) {
    const emit::MachineHeader header = {
        .name = family::reference_name(function, k),
        .comment = {fmt::format("A program of {}.", function.name)}};
    headers.push_back(function.format.empty()
                          ? emit::emit_machine_header(texts[k], header)
                          : emit::emit_short_header(texts[k], header,
                                                    numbers::parse_short_format(function.format)));
  }
  return headers;
}

std::vector<ir::Program> texts_of(const std::vector<FormProgram>& programs) {
  std::vector<ir::Program> texts;
  for (const FormProgram& program : programs) texts.push_back(program.entry.program);
  return texts;
}

family::PackagedFunction package_member(const std::vector<FormProgram>& programs,
                                        const family::Member& member, jit::Processor processor) {
  const MachineFront& front = *programs.front().front;
  family::PackagedFunction packaged;
  family::Function& function = packaged.function;
  function.function = member.function;
  function.format = member.format;
  function.expression = system::one_line(front.expression);
  function.names = names_of(member);
  function.name = function.names.front();
  for (const family::Tier* tier : member.tiers) function.tiers.emplace_back(tier->suffix);
  function.programs = figures_of(programs, texts_of(programs), processor);
  if (member.format.empty()) function.symbol = c_function(front);
  packaged.references = references_of(function, texts_of(programs));
  for (EmittedFile& file : files_of_forms(function.name, programs)) {
    if (file.name == function.name + ".h") packaged.header = std::move(file.content);
    if (file.name == function.name + "_test.cpp") packaged.test = std::move(file.content);
    if (file.name.extension() == ".json") {
      packaged.certificates.push_back({file.name, std::move(file.content)});
    }
  }
  return packaged;
}

/// NAME_fast for each NAME. It serves no tier: a C function is never replaced by it.
std::optional<family::PackagedFunction> package_fast(const std::vector<FormProgram>& programs,
                                                     const family::Function& full,
                                                     jit::Processor processor) {
  auto fast = fast_files_of_forms(full.name, programs);
  if (!fast) return std::nullopt;
  family::PackagedFunction packaged;
  packaged.function = full;
  packaged.function.name = fast->name;
  for (std::string& name : packaged.function.names) name += "_fast";
  packaged.function.tiers.clear();
  packaged.function.programs = figures_of(programs, fast->programs, processor);
  packaged.function.variant = {full.name, fast->largest};
  packaged.references = references_of(packaged.function, fast->programs);
  packaged.header = std::move(fast->files[0].content);
  packaged.test = std::move(fast->files[1].content);
  return packaged;
}

std::vector<double> costs_of(const ir::Program& program, const std::vector<jit::Isa>& isas,
                             jit::Processor processor) {
  std::vector<double> costs;
  const ir::Program canonical = ir::canonical(program);
  for (const jit::Isa isa : isas) {
    costs.push_back(
        jit::model_cost(canonical, isa, jit::processor_with(isa, processor)).throughput);
  }
  return costs;
}

}  // namespace

std::string function_name(const MachineFront& front) {
  for (const targets::CatalogRow& row : targets::catalog()) {
    if (row.name == front.target || row.expression == front.expression)
      return std::string(row.name);
  }
  return short_name(front.target);
}

/// The names of a member: one for each tier that it serves and, if it serves the default tier, one
/// without a suffix.
std::vector<std::string> names_of(const family::Member& member) {
  std::vector<std::string> names;
  for (const family::Tier* tier : member.tiers) {
    names.push_back(family::member_name(member.function, member.format, *tier));
  }
  for (const family::Tier* tier : member.tiers) {
    if (member.format.empty() && tier == &family::default_tier()) {
      names.push_back(family::base_name(member.function, member.format));
    }
  }
  return names;
}

std::vector<jit::Isa> each_form() {
  return {emit::header_isas().begin(), emit::header_isas().end()};
}

FamilySource family_source(const std::vector<Run>& runs, std::vector<jit::Isa> isas,
                           jit::Processor processor) {
  FamilySource source{{}, {}, std::move(isas), processor};
  const std::vector<jit::Isa> of_arrays(source.isas.size(), jit::preferred_isa(processor));
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const MachineFront* const front = runs[r].machine();
    if (front == nullptr) {
      throw system::BadRequest(
          fmt::format("'{}' is a run over real numbers; a family takes runs with "
                      "regime = \"f32\"",
                      runs[r].directory.string()));
    }
    const bool is_short = !front->format.empty();
    for (std::size_t p = 0; p < front->programs.size(); ++p) {
      const MachineFrontEntry& entry = front->programs[p];
      source.candidates.push_back(
          {.function = shelf::name_in_format(function_name(*front), front->format),
           .format = front->format,
           .run = runs[r].directory.string(),
           .program = entry.name,
           .domain = front->domain,
           .inputs = entry.inputs,
           .max_ulp = entry.max_ulp,
           .misrounded = entry.misrounded,
           .costs = costs_of(entry.program, is_short ? of_arrays : source.isas, processor)});
      source.places.push_back({r, p});
    }
  }
  return source;
}

family::Selection select_from(const FamilySource& source) {
  // With one program for all forms single calls have no say.
  std::vector<bool> calls;
  for (const jit::Isa isa : source.isas) {
    calls.push_back(source.isas.size() > 1 && jit::is_scalar(isa));
  }
  return family::select(source.candidates, calls);
}

std::vector<FormProgram> programs_of(const std::vector<Run>& runs, const FamilySource& source,
                                     const family::Member& member) {
  std::vector<FormProgram> programs;
  std::vector<std::size_t> candidates;
  for (std::size_t k = 0; k < emit::header_isas().size(); ++k) {
    const std::size_t candidate = member.candidates[member.candidates.size() == 1 ? 0 : k];
    const FamilySource::Place place = source.places[candidate];
    const MachineFront& front = *runs[place.run].machine();
    const MachineFrontEntry& entry = entry_of(runs, place);
    auto known = std::ranges::find(candidates, candidate);
    if (known == candidates.end()) {
      // Runs may have found the same program, too.
      known = std::ranges::find_if(candidates, [&](std::size_t other) {
        return entry_of(runs, source.places[other]).program == entry.program;
      });
    }
    if (known == candidates.end()) {
      candidates.push_back(candidate);
      programs.push_back({&front,
                          entry,
                          find_certificate(runs[place.run].directory, front, entry),
                          fmt::format("{} of {}, {}", entry.name, place_of(runs[place.run]),
                                      provenance(front.version, front.seed, entry.origin)),
                          {}});
      known = std::prev(candidates.end());
    }
    programs[static_cast<std::size_t>(known - candidates.begin())].forms.emplace_back(
        jit::name(emit::header_isas()[k]));
  }
  return programs;
}

std::string cost_of_same_bits(const std::vector<Run>& runs, const FamilySource& source,
                              const family::Selection& selection) {
  const FamilySource by_form = family_source(runs, each_form(), source.processor);
  const family::Selection best = select_from(by_form);
  std::string text;
  for (const family::Member& member : selection.members) {
    const std::vector<double>& paid = by_form.candidates[member.candidates.front()].costs;
    for (const family::Tier* tier : member.tiers) {
      const auto other = std::ranges::find_if(best.members, [&](const family::Member& one) {
        return one.function == member.function &&
               std::ranges::find(one.tiers, tier) != one.tiers.end();
      });
      if (other == best.members.end()) continue;
      std::vector<std::string> dearer;
      for (std::size_t k = 0; k < paid.size(); ++k) {
        const double least = by_form.candidates[other->candidates[k]].costs[k];
        if (paid[k] <= least) continue;
        dearer.push_back(
            fmt::format("{} {:.3f} instead of {:.3f}", jit::name(by_form.isas[k]), paid[k], least));
      }
      if (dearer.empty()) continue;
      text += fmt::format("  {}: {}\n", family::member_name(member.function, member.format, *tier),
                          fmt::join(dearer, ", "));
    }
  }
  if (text.empty()) return "One program for all forms costs nothing here, by the model.\n";
  return "One program for all forms costs, in cycles by the model:\n" + text;
}

std::vector<family::PackagedFunction> packaged(const std::vector<Run>& runs,
                                               const FamilySource& source,
                                               const family::Selection& selection, bool fast) {
  std::vector<family::PackagedFunction> functions;
  for (const family::Member& member : selection.members) {
    const std::vector<FormProgram> programs = programs_of(runs, source, member);
    functions.push_back(package_member(programs, member, source.processor));
    if (!fast || !member.format.empty()) continue;
    const family::Function full = functions.back().function;
    if (auto variant = package_fast(programs, full, source.processor)) {
      functions.push_back(std::move(*variant));
    }
  }
  return functions;
}

family::Manifest make_manifest(const std::vector<family::PackagedFunction>& functions,
                               const family::Selection& selection, const std::string& command) {
  family::Manifest manifest;
  manifest.version = kVersion;
  manifest.command = without_directories(command);
  for (const family::PackagedFunction& one : functions) manifest.functions.push_back(one.function);
  for (const auto& [function, format, tier] : selection.missing) {
    manifest.missing.push_back(family::member_name(function, format, *tier));
  }
  for (const std::string& function : selection.not_found) {
    manifest.missing.push_back(family::base_name(function, ""));
  }
  return manifest;
}

std::string family_table(const FamilySource& source, const family::Selection& selection,
                         const family::Manifest& manifest) {
  report::Table table({{"function"},
                       {"forms"},
                       {"max ULP", report::Align::Right},
                       {"misrounded", report::Align::Right},
                       {"cycles", report::Align::Right},
                       {"scheme"},
                       {"from"}});
  for (const family::Function& f : manifest.functions) {
    for (const family::Function::Program& program : f.programs) {
      const bool first = &program == &f.programs.front();
      table.add({first ? fmt::format("{}", fmt::join(f.names, ", ")) : "",
                 f.programs.size() == 1 ? "all" : fmt::format("{}", fmt::join(program.forms, ", ")),
                 fmt::format("{:.4f}", program.max_ulp),
                 f.variant ? "" : fmt::to_string(program.misrounded),
                 fmt::format("{:.3f}", fmt::join(program.costs, ", ")), program.scheme,
                 program.origin});
    }
  }
  std::string text = table.text();
  std::vector<std::string> missing;
  for (const auto& [function, format, tier] : selection.missing) {
    missing.push_back(
        fmt::format("{} ({})", family::member_name(function, format, *tier), tier->promise));
  }
  if (!missing.empty()) {
    text += fmt::format("\nReached by no run, and left out: {}\n", fmt::join(missing, ", "));
  }
  if (!selection.not_found.empty()) {
    text += fmt::format("\nNo run of: {}\n", fmt::join(selection.not_found, ", "));
  }
  for (const auto& [candidate, reason] : selection.refused) {
    text += fmt::format("\nNot considered: {} of {}: {}", source.candidates[candidate].program,
                        source.candidates[candidate].run, reason);
  }
  return selection.refused.empty() ? text : text + "\n";
}

std::string family_readme(const family::Manifest& manifest, const std::string& table) {
  const family::Function& first = manifest.functions.front();
  return fmt::format(
      R"(# libufmath

Float functions found by search (ulpforge {version}), with the largest error over all 2^32 inputs, in
ULP of the exact value. `{command}`

```
{table}```

(`forms`: scalar and scalar-fma are `{name}(x)`, on any processor and with AVX2 and FMA; arrays and
vectors have the program of avx2 or avx512, and elsewhere that of scalar. `cycles`: an element, by a
model of the processor, in each of these forms. Further names of a function are the same code.)

    cmake -S . -B build && cmake --build build -j && cmake --install build --prefix PREFIX

    #include <ufmath.h>          /* C and C++ */
    float y = {name}(x);
    {name}_n(x, y, n);           /* arrays; y may be x */

CMake: `find_package(ufmath)`, then `ufmath::ufmath` or `ufmath::ufmath_static`; elsewhere
`pkg-config --cflags --libs ufmath`.

- **Every argument** is allowed; NaNs, infinities, signed zeros and subnormals as IEEE says. errno is
  left alone, floating-point exceptions mean nothing. Rounding to nearest, subnormals not flushed.
- **NAME_fast**, where there is one, has the bits of NAME at normal arguments (up to the size that
  `ufmath.h` says) whose result is normal; elsewhere its results mean nothing.
- **Forms**: {forms}; the processor's best is bound when
  the library is loaded. Those of one program give the same bits but for the sign and payload of
  NaNs, and so do all forms of what is correctly rounded: `-DUFMATH_TESTS=ON`, then
  `build/ufmath_forms_test` compares each form with its program at every input.
- **Loops** over `{name}(x[i])` become calls of the vector names (`_ZGVdN8v_{name}` and the like) with
  gcc at -O3, with the bits of arrays. clang 19 does not use `declare simd` for functions that are
  defined elsewhere: call `{name}_n` there, or the vector names themselves (`ufmath_vectors.h`).
- **Unchanged programs**: `LD_PRELOAD=libufmath_preload.so program` replaces the 1-ULP functions of
  libm and their vector names in libmvec.
- `tests/NAME_test.cpp` compares a function with MPFR at every input.

{terms}
)",
      fmt::arg("terms", emit::kTerms), fmt::arg("forms", forms_of_library()),
      fmt::arg("version", manifest.version), fmt::arg("command", manifest.command),
      fmt::arg("table", table), fmt::arg("name", first.names.back()));
}

}  // namespace ulpforge::runs

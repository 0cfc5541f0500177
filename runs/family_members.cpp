// From fronts to members of a family.
#include "runs/family_members.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "emit/cpp_text.h"
#include "emit/form.h"
#include "ir/canonical.h"
#include "jit/cost.h"
#include "report/table.h"
#include "runs/emission.h"
#include "runs/machine_emission.h"
#include "runs/machine_proofs.h"
#include "runs/version.h"
#include "system/error.h"
#include "targets/catalog.h"

namespace ulpforge::runs {
namespace {

const MachineFrontEntry& entry_of(const std::vector<Run>& runs, FamilySource::Place place) {
  return runs[place.run].machine()->programs[place.program];
}

/// The names of a member: one for each tier that it serves and, if it serves the default tier, one
/// without a suffix.
std::vector<std::string> names_of(const family::Member& member) {
  std::vector<std::string> names;
  for (const family::Tier* tier : member.tiers) {
    names.push_back(family::member_name(member.function, *tier));
  }
  for (const family::Tier* tier : member.tiers) {
    if (tier == &family::default_tier()) names.push_back(family::base_name(member.function));
  }
  return names;
}

/// "portable, AVX2 with FMA".
std::string forms_of_library() {
  std::string text(emit::plain_form().library.title);
  for (const emit::Form* form : emit::library_forms()) {
    if (form->lanes > 1) text += fmt::format(", {}", jit::title(form->isa));
  }
  return text;
}

/// A run's directory, as far as it says something elsewhere.
std::string place_of(const std::filesystem::path& directory) {
  return (directory.is_absolute() ? directory.filename() : directory).string();
}

family::PackagedFunction package_member(const Run& run, const family::Candidate& candidate,
                                        MachineFrontEntry entry, const family::Member& member) {
  const MachineFront& front = *run.machine();
  family::PackagedFunction packaged;
  packaged.certificate = find_certificate(run.directory, front, entry);
  const std::string name_in_run = entry.name;
  family::Function& function = packaged.function;
  function.function = member.function;
  function.expression = system::one_line(front.expression);
  function.names = names_of(member);
  function.name = function.names.front();
  for (const family::Tier* tier : member.tiers) function.tiers.emplace_back(tier->suffix);
  function.max_ulp = claimed_ulp(entry);
  function.misrounded = entry.misrounded;
  function.cost = candidate.cost;
  function.scheme = entry.scheme;
  function.origin = fmt::format("{} of {}, {}", name_in_run, place_of(run.directory),
                                provenance(front.version, front.seed, entry.origin));
  function.symbol = c_function(front);
  entry.name = function.name;
  for (EmittedFile& file : machine_files(front, entry, packaged.certificate)) {
    if (file.name == entry.name + ".h") packaged.header = std::move(file.content);
    if (file.name == entry.name + "_test.cpp") packaged.test = std::move(file.content);
  }
  return packaged;
}

/// NAME_fast for each NAME. It serves no tier: a C function is never replaced by it.
std::optional<family::PackagedFunction> package_fast(const Run& run, MachineFrontEntry entry,
                                                     const family::Function& full,
                                                     const FamilySource& source) {
  entry.name = full.name;
  auto files = fast_files(*run.machine(), entry);
  if (!files) return std::nullopt;
  family::PackagedFunction packaged;
  packaged.function = full;
  packaged.function.name = files->name;
  for (std::string& name : packaged.function.names) name += "_fast";
  packaged.function.tiers.clear();
  packaged.function.cost =
      jit::model_cost(ir::canonical(files->program), source.isa, source.processor).throughput;
  packaged.function.variant = {full.name, files->largest};
  packaged.header = std::move(files->files[0].content);
  packaged.test = std::move(files->files[1].content);
  return packaged;
}

}  // namespace

std::string function_name(const MachineFront& front) {
  for (const targets::CatalogRow& row : targets::catalog()) {
    if (row.name == front.target || row.expression == front.expression)
      return std::string(row.name);
  }
  return short_name(front.target);
}

FamilySource family_source(const std::vector<Run>& runs, jit::Isa isa, jit::Processor processor) {
  FamilySource source{{}, {}, isa, processor};
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const MachineFront* const front = runs[r].machine();
    if (front == nullptr) {
      throw system::BadRequest(
          fmt::format("'{}' is a run over real numbers; a family takes runs with "
                      "regime = \"f32\"",
                      runs[r].directory.string()));
    }
    require_float(*front, runs[r].directory.string(), "a family");
    for (std::size_t p = 0; p < front->programs.size(); ++p) {
      const MachineFrontEntry& entry = front->programs[p];
      source.candidates.push_back(
          {.function = function_name(*front),
           .run = runs[r].directory.string(),
           .program = entry.name,
           .domain = front->domain,
           .inputs = entry.inputs,
           .max_ulp = entry.max_ulp,
           .misrounded = entry.misrounded,
           .cost = jit::model_cost(ir::canonical(entry.program), isa, processor).throughput});
      source.places.push_back({r, p});
    }
  }
  return source;
}

std::vector<family::PackagedFunction> packaged(const std::vector<Run>& runs,
                                               const FamilySource& source,
                                               const family::Selection& selection, bool fast) {
  std::vector<family::PackagedFunction> functions;
  for (const family::Member& member : selection.members) {
    const FamilySource::Place place = source.places[member.candidate];
    functions.push_back(package_member(runs[place.run], source.candidates[member.candidate],
                                       entry_of(runs, place), member));
    if (!fast) continue;
    const family::Function full = functions.back().function;
    if (auto variant = package_fast(runs[place.run], entry_of(runs, place), full, source)) {
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
  for (const auto& [function, tier] : selection.missing) {
    manifest.missing.push_back(family::member_name(function, *tier));
  }
  for (const std::string& function : selection.not_found) {
    manifest.missing.push_back(family::base_name(function));
  }
  return manifest;
}

std::string family_table(const FamilySource& source, const family::Selection& selection,
                         const family::Manifest& manifest) {
  report::Table table({{"function"},
                       {"max ULP", report::Align::Right},
                       {"misrounded", report::Align::Right},
                       {"cycles", report::Align::Right},
                       {"scheme"},
                       {"from"}});
  for (const family::Function& f : manifest.functions) {
    table.add({fmt::format("{}", fmt::join(f.names, ", ")), fmt::format("{:.4f}", f.max_ulp),
               f.variant ? "" : fmt::to_string(f.misrounded), fmt::format("{:.3f}", f.cost),
               f.scheme, f.origin});
  }
  std::string text = table.text();
  std::vector<std::string> missing;
  for (const auto& [function, tier] : selection.missing) {
    missing.push_back(fmt::format("{} ({})", family::member_name(function, *tier), tier->promise));
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

(`cycles`: an element, by a model of the processor. Further names of a function are the same code.)

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
  the library is loaded. All give the same bits but for the sign and payload of NaNs:
  `-DUFMATH_TESTS=ON`, then `build/ufmath_forms_test` compares them at every input.
- **Loops** over `{name}(x[i])` become calls of the vector names (`_ZGVdN8v_{name}` and the like) with
  gcc at -O3. clang 19 does not use `declare simd` for functions that are defined elsewhere: call
  `{name}_n` there, or the vector names themselves (`ufmath_vectors.h`).
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

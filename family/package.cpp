// The files of libufmath's source package.
#include "family/package.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "emit/cpp_text.h"
#include "emit/form.h"
#include "emit/template.h"
#include "family/embedded.h"
#include "family/forms_test_source.h"
#include "family/function_sources.h"
#include "family/group.h"
#include "family/library_code.h"
#include "family/public_headers.h"
#include "family/tiers.h"

namespace ulpforge::family {
namespace {

std::vector<Group> groups_of(const std::vector<PackagedFunction>& functions) {
  std::vector<Group> groups;
  for (const PackagedFunction& packaged : functions) {
    const std::string& format = packaged.function.format;
    const std::string& function = format.empty() ? packaged.function.function : format;
    auto group = std::ranges::find(groups, function, &Group::function);
    if (group == groups.end()) group = groups.insert(groups.end(), {function, {}});
    group->members.push_back(&packaged.function);
  }
  return groups;
}

/// The member that stands in for the C function: that of the default tier.
const Function* stand_in(const Group& group) {
  const auto is_default = [](const Function* f) {
    return !f->symbol.empty() &&
           std::ranges::find(f->tiers, default_tier().suffix) != f->tiers.end();
  };
  const auto found = std::ranges::find_if(group.members, is_default);
  return found == group.members.end() ? nullptr : *found;
}

std::string terms() { return std::string(emit::kTerms); }

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

/// Whether the processor has an extension, in C++.
std::string has_extension(std::string_view extension, jit::Architecture architecture) {
  if (architecture == jit::Architecture::X86_64) {
    return fmt::format("__builtin_cpu_supports(\"{}\")", extension);
  }
  return fmt::format("(capabilities & HWCAP_{}) != 0", emit::upper(std::string(extension)));
}

/// Of dispatch.h: the forms of an architecture, and how the processor's best is found.
std::string dispatch_on(const emit::TemplateFile& file, jit::Architecture architecture) {
  std::vector<std::string> names;
  std::string tests, codes, by_array;
  for (const emit::Form* form : emit::library_forms(architecture)) {
    const std::string name(form->library.name);
    names.push_back(name);
    if (form == &emit::plain_form()) continue;
    std::vector<std::string> extensions;
    for (const std::string_view extension : jit::extensions(form->isa)) {
      extensions.push_back(has_extension(extension, architecture));
    }
    // The best is asked for first.
    tests.insert(
        0, file.fill("test", {{"EXTENSIONS", joined(extensions, " &&\n      ")}, {"FORM", name}}));
  }
  const std::string all = joined(names, ", ");
  const std::string portable(emit::plain_form().library.name);
  if (architecture == jit::Architecture::AArch64) {
    return file.fill("aarch64", {{"FORMS", all}, {"TESTS", tests}, {"PORTABLE", portable}});
  }
  for (const std::size_t lanes : lanes_of_names()) {
    const std::string type(vector_type(lanes));
    codes += file.fill("vector_code", {{"LANES", fmt::to_string(lanes)}, {"TYPE", type}});
    by_array += file.fill(
        "by_array",
        {{"LANES", fmt::to_string(lanes)}, {"TYPE", type}, {"TARGET", target_attribute(lanes)}});
  }
  return file.fill("x86_64", {{"VECTOR_CODES", codes},
                              {"FORMS", all},
                              {"TESTS", tests},
                              {"PORTABLE", portable},
                              {"BY_ARRAY", by_array}});
}

/// dispatch.h.
std::string dispatch_header() {
  const emit::TemplateFile file(kDispatchText);
  return file.fill("dispatch", {{"TERMS", terms()},
                                {"ARCHITECTURES", by_architecture([&](jit::Architecture one) {
                                   return dispatch_on(file, one);
                                 })}});
}

/// CMakeLists.txt: which forms are compiled, and with which flags.
std::string build_file(const Manifest& manifest, const std::vector<std::string>& functions,
                       const std::vector<std::string>& preloaded) {
  std::map<jit::Architecture, std::string> names;
  std::string flags;
  for (const jit::Architecture architecture : jit::kArchitectures) {
    for (const emit::Form* form : emit::library_forms(architecture)) {
      if (form == &emit::plain_form()) continue;
      names[architecture] += fmt::format(" {}", form->library.name);
      flags += fmt::format("set({}_flags {} -UUF_VECTOR_BITS)\n", form->library.name,
                           joined(jit::compiler_flags(form->isa), " "));
    }
  }
  return emit::fill(kBuildText, {{"VERSION", manifest.version},
                                 {"TERMS", terms()},
                                 {"PORTABLE", std::string(emit::plain_form().library.name)},
                                 {"X86_FORMS", names[jit::Architecture::X86_64]},
                                 {"AARCH64_FORMS", names[jit::Architecture::AArch64]},
                                 {"FLAGS", flags},
                                 {"FUNCTIONS", joined(functions, " ")},
                                 {"PRELOADED", joined(preloaded, " ")}});
}

}  // namespace

std::vector<File> package_files(const Manifest& manifest,
                                const std::vector<PackagedFunction>& functions,
                                const std::string& readme) {
  const std::vector<Group> groups = groups_of(functions);
  std::vector<File> files;
  std::vector<std::string> all, preloaded;
  std::string replaced;  // what the library for LD_PRELOAD shows
  for (const Group& group : groups) {
    const std::string path = "functions/" + group.function;
    files.push_back({path + ".cpp", bodies(group)});
    files.push_back({path + "_forms.h", forms_header(group)});
    files.push_back({path + "_names.cpp", names_source(group)});
    all.push_back(group.function);
    if (const Function* const f = stand_in(group)) {
      files.push_back({path + "_preload.cpp", preload_source(group, *f)});
      preloaded.push_back(group.function);
      replaced += fmt::format("    {0};\n    _ZGV*v_{0};\n", f->symbol);
    }
  }
  for (const PackagedFunction& packaged : functions) {
    const std::string& name = packaged.function.name;
    files.push_back({"functions/" + name + ".h", packaged.header});
    files.push_back({"tests/" + name + "_test.cpp", packaged.test});
    for (std::size_t k = 0; k < packaged.references.size(); ++k) {
      files.push_back(
          {"tests/" + reference_name(packaged.function, k) + ".h", packaged.references[k]});
    }
    for (const File& certificate : packaged.certificates) {
      files.push_back({"certificates" / certificate.name, certificate.content});
    }
  }
  files.push_back({"tests/forms_test.cpp", forms_test(groups)});
  files.push_back({"dispatch.h", dispatch_header()});
  files.push_back({"ufmath.h", public_header(manifest.version, groups)});
  files.push_back({"ufmath_vectors.h", vectors_header(groups)});
  files.push_back({"ufmath.map.in", std::string(kSymbolsText)});
  files.push_back({"ufmath.pc.in", std::string(kPkgConfigText)});
  files.push_back({"ufmath_preload.map", emit::fill(kPreloadSymbolsText, {{"NAMES", replaced}})});
  files.push_back({"family.json", to_json(manifest).dump(2) + "\n"});
  files.push_back({"README.md", readme});
  files.push_back({"CMakeLists.txt", build_file(manifest, all, preloaded)});
  return files;
}

}  // namespace ulpforge::family

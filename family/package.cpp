// The text of libufmath's sources.
#include "family/package.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "family/embedded.h"
#include "family/tiers.h"
#include "ir/fill.h"

namespace ulpforge::family {
namespace {

/// The members of one function, which share source files.
struct Group {
  std::string function;
  std::vector<const Function*> members;
};

std::vector<Group> groups_of(const std::vector<PackagedFunction>& functions) {
  std::vector<Group> groups;
  for (const PackagedFunction& packaged : functions) {
    const std::string& function = packaged.function.function;
    auto group = std::ranges::find(groups, function, &Group::function);
    if (group == groups.end()) group = groups.insert(groups.end(), {function, {}});
    group->members.push_back(&packaged.function);
  }
  return groups;
}

/// A vector name of the x86-64 vector ABI: its letter for the instruction set, and which code it
/// leads to.
struct VectorName {
  std::string_view prefix;
  std::string_view type;
  int lanes;
};
constexpr std::array<VectorName, 4> kVectorNames = {{{"_ZGVbN4v_", "__m128", 4},
                                                     {"_ZGVcN8v_", "__m256", 8},
                                                     {"_ZGVdN8v_", "__m256", 8},
                                                     {"_ZGVeN16v_", "__m512", 16}}};

/// The forms' bodies: one file, compiled once for each form.
std::string bodies(const Group& group) {
  std::string text = fmt::format(
      "// {}: each form. UFMATH_FORM names the one that this is compiled for.\n"
      "#if defined(__AVX2__)\n#include <immintrin.h>\n#endif\n\n#include <cstddef>\n\n",
      group.function);
  for (const Function* f : group.members) {
    text += fmt::format("#include \"functions/{}.h\"\n", f->name);
  }
  text += "\nnamespace ufmath::UFMATH_FORM {\n";
  for (const Function* f : group.members) {
    text += fmt::format(
        "\nfloat {0}(float x) {{ return ::{0}(x); }}\n"
        "void {0}_n(const float* x, float* y, std::size_t n) {{ ::{0}_n(x, y, n); }}\n"
        "#if defined(__AVX512F__)\n"
        "__m512 {0}_sixteen(__m512 x) {{\n"
        "  return {0}_detail::evaluate<{0}_detail::Avx512>(x);\n"
        "}}\n"
        "#elif defined(__AVX2__)\n"
        "__m256 {0}_eight(__m256 x) {{ return {0}_detail::evaluate<{0}_detail::Avx2>(x); }}\n"
        "__m128 {0}_four(__m128 x) {{\n"
        "  return _mm256_castps256_ps128(\n"
        "      {0}_detail::evaluate<{0}_detail::Avx2>(_mm256_set_m128(x, x)));\n"
        "}}\n"
        "#endif\n",
        f->name);
  }
  return text + "\n}  // namespace ufmath::UFMATH_FORM\n";
}

/// What picks the code of a name: "scalar", "array", or a number of lanes.
std::string resolver(const std::string& name, std::string_view what) {
  return fmt::format("ufmath_resolve_{}_{}", name, what);
}

/// The functions that pick a member's code.
std::string resolvers(const Function& f) {
  return fmt::format(
      "ufmath::ScalarCode {1}() {{\n"
      "  using namespace ufmath;\n"
      "  return best_form() == Form::portable ? portable::{0} : avx2::{0};\n"
      "}}\n"
      "ufmath::ArrayCode {2}() {{\n"
      "  using namespace ufmath;\n"
      "  const Form form = best_form();\n"
      "  if (form == Form::avx512) return avx512::{0}_n;\n"
      "  return form == Form::avx2 ? avx2::{0}_n : portable::{0}_n;\n"
      "}}\n"
      "ufmath::FourCode {3}() {{\n"
      "  using namespace ufmath;\n"
      "  return best_form() == Form::portable ? four_by_array<portable::{0}_n>\n"
      "                                       : avx2::{0}_four;\n"
      "}}\n"
      "ufmath::EightCode {4}() {{\n"
      "  using namespace ufmath;\n"
      "  return best_form() == Form::portable ? eight_by_array<portable::{0}_n>\n"
      "                                       : avx2::{0}_eight;\n"
      "}}\n"
      "ufmath::SixteenCode {5}() {{\n"
      "  using namespace ufmath;\n"
      "  const Form form = best_form();\n"
      "  if (form == Form::avx512) return avx512::{0}_sixteen;\n"
      "  return form == Form::avx2 ? sixteen_by_array<avx2::{0}_n>\n"
      "                            : sixteen_by_array<portable::{0}_n>;\n"
      "}}\n",
      f.name, resolver(f.name, "scalar"), resolver(f.name, "array"), resolver(f.name, "4"),
      resolver(f.name, "8"), resolver(f.name, "16"));
}

std::string forms_header(const Group& group) {
  std::string scalars, arrays, narrow, wide;
  for (const Function* f : group.members) {
    scalars += fmt::format("float {}(float x);\n", f->name);
    arrays += fmt::format("void {}_n(const float* x, float* y, std::size_t n);\n", f->name);
    narrow += fmt::format("__m128 {0}_four(__m128 x);\n__m256 {0}_eight(__m256 x);\n", f->name);
    wide += fmt::format("__m512 {}_sixteen(__m512 x);\n", f->name);
  }
  return fmt::format(
      "// The forms of {}.\n"
      "#pragma once\n\n#include <cstddef>\n\n"
      "namespace ufmath::portable {{\n{}{}}}  // namespace ufmath::portable\n\n"
      "#if !defined(UFMATH_PORTABLE)\n#include \"dispatch.h\"\n\n"
      "namespace ufmath::avx2 {{\n{}{}{}}}  // namespace ufmath::avx2\n"
      "namespace ufmath::avx512 {{\n{}{}}}  // namespace ufmath::avx512\n#endif\n",
      group.function, scalars, arrays, scalars, arrays, narrow, arrays, wide);
}

/// Exported names of a function: scalar, arrays where wanted, vectors.
std::string exported(const std::string& member, const std::string& name, bool with_array) {
  const auto indirect = [&](std::string_view what) {
    return fmt::format("__attribute__((visibility(\"default\"), ifunc(\"{}\"))) ",
                       resolver(member, what));
  };
  const std::string plain = "__attribute__((visibility(\"default\"))) ";
  std::string text = fmt::format(
      "#if defined(UFMATH_PORTABLE)\n{}float {}(float x) {{ return ufmath::portable::{}(x); }}\n",
      plain, name, member);
  if (with_array) {
    text += fmt::format(
        "{}void {}_n(const float* x, float* y, std::size_t n) {{\n"
        "  ufmath::portable::{}_n(x, y, n);\n}}\n",
        plain, name, member);
  }
  text += fmt::format("#else\n{}float {}(float x);\n", indirect("scalar"), name);
  if (with_array) {
    text += fmt::format("{}void {}_n(const float* x, float* y, std::size_t n);\n",
                        indirect("array"), name);
  }
  for (const VectorName& vector : kVectorNames) {
    text += fmt::format("{}{} {}{}({});\n", indirect(fmt::to_string(vector.lanes)), vector.type,
                        vector.prefix, name, vector.type);
  }
  return text + "#endif\n";
}

std::string guarded_resolvers(const Function& f) {
  return "#if !defined(UFMATH_PORTABLE)\n" + resolvers(f) + "#endif\n";
}

std::string names_source(const Group& group) {
  std::string text = fmt::format(
      "// The public names of {}.\n#include \"functions/{}_forms.h\"\n\nextern \"C\" {{\n",
      group.function, group.function);
  for (const Function* f : group.members) {
    text += guarded_resolvers(*f);
    for (const std::string& name : f->names) text += exported(f->name, name, true);
  }
  return text + "}\n";
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

std::string preload_source(const Group& group, const Function& f) {
  return fmt::format(
             "// {} under its names in libm and libmvec, for LD_PRELOAD.\n"
             "#include \"functions/{}_forms.h\"\n\nextern \"C\" {{\n",
             group.function, group.function) +
         guarded_resolvers(f) + exported(f.name, f.symbol, false) + "}\n";
}

std::string public_header(const Manifest& manifest, const std::vector<Group>& groups) {
  std::string text = fmt::format(
      "/* libufmath: float functions with stated largest errors. Written by ulpforge {}.\n"
      " *\n"
      " * For each NAME:  float NAME(float x)\n"
      " *                 void NAME_n(const float* x, float* y, size_t n)   y may be x\n"
      " * and the vector names of the x86-64 vector ABI (ufmath_vectors.h). gcc calls these in\n"
      " * loops over NAME (-O3, or -O2 -ftree-vectorize); clang does not, and needs NAME_n.\n"
      " * Any argument (but to NAME_fast) is allowed, infinities, NaNs and subnormals included.\n"
      " * Rounding to nearest, subnormals not flushed to zero; errno is left alone. Errors are in ULP\n"
      " * of the exact value, the largest over all 2^32 inputs. Every form gives the same bits.\n"
      " */\n"
      "#ifndef UFMATH_H\n#define UFMATH_H\n\n#include <stddef.h>\n\n"
      "#if defined(__x86_64__) && defined(_OPENMP)\n"
      "#define UFMATH_FUNCTION _Pragma(\"omp declare simd notinbranch\") __attribute__((const))\n"
      "#elif defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)\n"
      "#define UFMATH_FUNCTION __attribute__((const, simd(\"notinbranch\")))\n"
      "#else\n"
      "#define UFMATH_FUNCTION __attribute__((const))\n"
      "#endif\n"
      "#if defined(__cplusplus)\n#define UFMATH_NOTHROW noexcept\nextern \"C\" {{\n"
      "#else\n#define UFMATH_NOTHROW\n#endif\n",
      manifest.version);
  for (const Group& group : groups) {
    text += fmt::format("\n/* {} */\n", group.members.front()->expression);
    for (const Function* f : group.members) {
      const std::string names = fmt::format("{}", fmt::join(f->names, ", "));
      text += f->variant
                  ? fmt::format("/* {}: the bits of {} at normal x of a size up to {:a} where that is\n"
                                " * normal; elsewhere the result means nothing */\n",
                                names, f->variant->full, f->variant->largest)
                  : fmt::format("/* {}: max error {:.6f} ULP, {} of 2^32 results misrounded */\n",
                                names, f->max_ulp, f->misrounded);
      for (const std::string& name : f->names) {
        text += fmt::format(
            "UFMATH_FUNCTION float {0}(float x) UFMATH_NOTHROW;\n"
            "void {0}_n(const float* x, float* y, size_t n) UFMATH_NOTHROW;\n",
            name);
      }
    }
  }
  return text +
         "\n#if defined(__cplusplus)\n}\n#endif\n#undef UFMATH_FUNCTION\n#undef UFMATH_NOTHROW\n\n"
         "#endif\n";
}

std::string vectors_header(const std::vector<Group>& groups) {
  std::string text =
      "/* libufmath's functions of vectors, for x86-64: four floats, eight where this is compiled\n"
      " * for AVX, sixteen for AVX-512. */\n"
      "#ifndef UFMATH_VECTORS_H\n#define UFMATH_VECTORS_H\n\n"
      "#if defined(__x86_64__)\n#include <immintrin.h>\n\n"
      "#if defined(__cplusplus)\nextern \"C\" {\n#endif\n";
  std::array<std::string, kVectorNames.size()> declarations;
  for (const Group& group : groups) {
    for (const Function* f : group.members) {
      for (const std::string& name : f->names) {
        for (std::size_t k = 0; k < kVectorNames.size(); ++k) {
          declarations[k] += fmt::format("{} {}{}({});\n", kVectorNames[k].type,
                                         kVectorNames[k].prefix, name, kVectorNames[k].type);
        }
      }
    }
  }
  return text + declarations[0] + "#if defined(__AVX__)\n" + declarations[1] + declarations[2] +
         "#endif\n#if defined(__AVX512F__)\n" + declarations[3] +
         "#endif\n#if defined(__cplusplus)\n}\n#endif\n#endif\n\n#endif\n";
}

std::string forms_test(const std::vector<Group>& groups) {
  std::string includes, declarations, rows;
  for (const Group& group : groups) {
    includes += fmt::format("#include \"functions/{}_forms.h\"\n", group.function);
    for (const Function* f : group.members) {
      rows += fmt::format(
          "    {{\"{0}\", {{\n"
          "      {{\"portable, scalar\", ones<ufmath::portable::{0}>, Needs::nothing}},\n"
          "      {{\"portable, array\", ufmath::portable::{0}_n, Needs::nothing}},\n",
          f->name);
      std::string vectors = fmt::format(
          "      {{\"AVX2, scalar\", ones<ufmath::avx2::{0}>, Needs::avx2}},\n"
          "      {{\"AVX2, array\", ufmath::avx2::{0}_n, Needs::avx2}},\n"
          "      {{\"AVX2, four\", fours<ufmath::avx2::{0}_four>, Needs::avx2}},\n"
          "      {{\"AVX2, eight\", eights<ufmath::avx2::{0}_eight>, Needs::avx2}},\n"
          "      {{\"AVX-512, array\", ufmath::avx512::{0}_n, Needs::avx512}},\n"
          "      {{\"AVX-512, sixteen\", sixteens<ufmath::avx512::{0}_sixteen>, Needs::avx512}},\n"
          "      {{\"four by array\", fours<ufmath::four_by_array<ufmath::portable::{0}_n>>, "
          "Needs::nothing}},\n"
          "      {{\"eight by array\", eights<ufmath::eight_by_array<ufmath::portable::{0}_n>>, "
          "Needs::avx2}},\n"
          "      {{\"sixteen by array\", sixteens<ufmath::sixteen_by_array<ufmath::avx2::{0}_n>>, "
          "Needs::avx512}},\n",
          f->name);
      for (const std::string& name : f->names) {
        rows += fmt::format("      {{\"{0}\", ones<{0}>, Needs::nothing}},\n", name) +
                fmt::format("      {{\"{0}_n\", {0}_n, Needs::nothing}},\n", name);
        constexpr std::array<std::array<std::string_view, 2>, 4> kCalls = {
            {{"fours", "nothing"}, {"eights", "avx2"}, {"eights", "avx2"}, {"sixteens", "avx512"}}};
        for (std::size_t k = 0; k < kVectorNames.size(); ++k) {
          const std::string vector = std::string(kVectorNames[k].prefix) + name;
          declarations += fmt::format("{0} {1}({0});\n", kVectorNames[k].type, vector);
          vectors += fmt::format("      {{\"{0}\", {1}<{0}>, Needs::{2}}},\n", vector,
                                 kCalls[k][0], kCalls[k][1]);
        }
      }
      rows += "#if !defined(UFMATH_PORTABLE)\n" + vectors + "#endif\n    }},\n";
    }
  }
  return ir::fill(kFormsTestText,
                  {{"INCLUDES", includes + "\n#if !defined(UFMATH_PORTABLE)\nextern \"C\" {\n" +
                                    declarations + "}\n#endif\n"},
                   {"FUNCTIONS", rows}});
}

}  // namespace

std::vector<File> package_files(const Manifest& manifest,
                                const std::vector<PackagedFunction>& functions,
                                const std::string& readme) {
  const std::vector<Group> groups = groups_of(functions);
  std::vector<File> files;
  std::vector<std::string> all, preloaded;
  for (const Group& group : groups) {
    const std::string path = "functions/" + group.function;
    files.push_back({path + ".cpp", bodies(group)});
    files.push_back({path + "_forms.h", forms_header(group)});
    files.push_back({path + "_names.cpp", names_source(group)});
    all.push_back(group.function);
    if (const Function* const f = stand_in(group)) {
      files.push_back({path + "_preload.cpp", preload_source(group, *f)});
      preloaded.push_back(group.function);
    }
  }
  for (const PackagedFunction& packaged : functions) {
    const std::string& name = packaged.function.name;
    files.push_back({"functions/" + name + ".h", packaged.header});
    files.push_back({"tests/" + name + "_test.cpp", packaged.test});
    if (packaged.certificate) {
      files.push_back({"certificates/" + name + ".cert.json", *packaged.certificate});
    }
  }
  files.push_back({"tests/forms_test.cpp", forms_test(groups)});
  files.push_back({"dispatch.h", std::string(kDispatchText)});
  files.push_back({"ufmath.h", public_header(manifest, groups)});
  files.push_back({"ufmath_vectors.h", vectors_header(groups)});
  files.push_back({"ufmath.pc.in", std::string(kPkgConfigText)});
  files.push_back({"family.json", to_json(manifest).dump(2) + "\n"});
  files.push_back({"README.md", readme});
  files.push_back({"CMakeLists.txt",
                   ir::fill(kBuildText, {{"VERSION", manifest.version},
                                         {"PACKAGE_VERSION", manifest.version},
                                         {"FUNCTIONS", fmt::format("{}", fmt::join(all, " "))},
                                         {"PRELOADED", fmt::format("{}", fmt::join(preloaded, " "))}})});
  return files;
}

}  // namespace ulpforge::family

// family.json, and the text of a package.
#include "family/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "emit/cpp_text.h"
#include "emit/form.h"
#include "family/package.h"

namespace ulpforge::family {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Manifest sample() {
  Manifest manifest;
  manifest.version = "1.2.3";
  manifest.command = "ulpforge family -o x";
  manifest.missing = {"uf_expf_cr"};
  manifest.functions = {
      {.function = "exp",
       .expression = "exp(x)",
       .symbol = "expf",
       .name = "uf_expf_1u",
       .names = {"uf_expf_1u", "uf_expf"},
       .tiers = {"1u"},
       .programs = {{.forms = {"scalar", "scalar-fma", "avx2", "avx512", "neon", "sve"},
                     .costs = {8, 6, 1, 0.5, 2, 2},
                     .max_ulp = 0.875,
                     .misrounded = 77,
                     .scheme = "scalef",
                     .origin = "runs/exp"}}},
      {.function = "exp",
       .expression = "exp(x)",
       .symbol = "expf",
       .name = "uf_expf_4u",
       .names = {"uf_expf_4u"},
       .tiers = {"4u"},
       .programs = {{.forms = {"scalar", "scalar-fma"},
                     .costs = {4, 3},
                     .max_ulp = 2,
                     .misrounded = 99,
                     .scheme = "lookup128",
                     .origin = "runs/exp/scalar"},
                    {.forms = {"avx2", "avx512", "neon", "sve"},
                     .costs = {0.5, 0.25, 1, 1},
                     .max_ulp = 3,
                     .misrounded = 98,
                     .scheme = "scalef",
                     .origin = "runs/exp"}}}};
  return manifest;
}

std::string content(const std::vector<File>& files, const std::string& name) {
  const auto file = std::ranges::find(files, std::filesystem::path(name), &File::name);
  return file == files.end() ? "no such file" : file->content;
}

std::vector<File> sample_files() {
  const Manifest manifest = sample();
  std::vector<PackagedFunction> functions;
  for (const Function& function : manifest.functions) {
    functions.push_back({function, "// header\n", "// test\n", {}, {}});
  }
  return package_files(manifest, functions, "# libufmath\n");
}

TEST(Manifest, ReadsWhatItWrote) {
  const Manifest manifest = sample();
  const Manifest again = parse_manifest(to_json(manifest).dump(), "family.json");
  EXPECT_EQ(to_json(again), to_json(manifest));
  EXPECT_EQ(again.functions[0].names, manifest.functions[0].names);
  EXPECT_EQ(again.functions[1].misrounded(), 99U);
  EXPECT_EQ(again.functions[1].max_ulp(), 3);
  EXPECT_EQ(again.functions[1].programs[1].forms, manifest.functions[1].programs[1].forms);
}

TEST(Manifest, RefusesOtherFiles) {
  for (const char* text : {"", "{", "3", "{}", "{\"package\": \"other\"}",
                           "{\"package\": \"ufmath\", \"version\": \"1\", \"missing\": [], "
                           "\"functions\": [{}]}"}) {
    try {
      parse_manifest(text, "a/family.json");
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_THAT(error.what(), HasSubstr("a/family.json"));
    }
  }
}

TEST(Package, DeclaresEveryNameOnce) {
  const std::string header = content(sample_files(), "ufmath.h");
  for (const char* name : {"uf_expf_1u", "uf_expf", "uf_expf_4u"}) {
    const std::string scalar = std::string("float ") + name + "(float x)";
    EXPECT_THAT(header, HasSubstr(scalar));
    EXPECT_EQ(header.find(scalar), header.rfind(scalar));
    EXPECT_THAT(header, HasSubstr(std::string("void ") + name + "_n("));
  }
  EXPECT_THAT(header, HasSubstr("0.875000 ULP, 77 of 2^32"));
  EXPECT_THAT(header, AllOf(HasSubstr("scalar, scalar-fma: 2.000000 ULP, 99 of 2^32"),
                            HasSubstr("avx2, avx512, neon, sve: 3.000000 ULP, 98 of 2^32")));
}

/// What is compared with a program is compared with that of its form.
TEST(Package, ComparesEachFormWithItsProgram) {
  const std::string test = content(sample_files(), "tests/forms_test.cpp");
  const auto at = [&](const std::string& text) { return test.find(text); };
  const std::size_t calls = at("{\"uf_expf_4u (scalar, scalar-fma)\"");
  const std::size_t arrays = at("{\"uf_expf_4u (avx2, avx512, neon, sve)\"");
  ASSERT_LT(calls, arrays);
  ASSERT_NE(arrays, std::string::npos);
  for (const char* name : {"ones<uf_expf_4u_0>", "ones<ufmath::portable::uf_expf_4u>",
                           "ufmath::portable::uf_expf_4u_n", "ones<ufmath::avx2::uf_expf_4u>"}) {
    EXPECT_GT(at(name), calls) << name;
    EXPECT_LT(at(name), arrays) << name;
  }
  for (const char* name : {"ones<uf_expf_4u_1>", "\"AVX2, array\", ufmath::avx2::uf_expf_4u_n",
                           "\"AVX-512, vector\", v16s<ufmath::avx512::uf_expf_4u_v>"}) {
    EXPECT_NE(at(name), std::string::npos) << name;
    EXPECT_GT(at(name), arrays) << name;
  }
}

/// Each form of the library is compiled with flags of its own, found at run time, and compared.
TEST(Package, HasEveryFormOfTheLibrary) {
  const std::vector<File> files = sample_files();
  std::vector<const emit::Form*> forms = emit::library_forms(jit::Architecture::X86_64);
  std::ranges::copy(emit::library_forms(jit::Architecture::AArch64), std::back_inserter(forms));
  for (const emit::Form* form : forms) {
    const std::string name(form->library.name);
    EXPECT_THAT(content(files, "functions/exp_forms.h"), HasSubstr("namespace ufmath::" + name));
    EXPECT_THAT(content(files, "tests/forms_test.cpp"),
                HasSubstr("ufmath::" + name + "::uf_expf_1u_n"));
    EXPECT_THAT(content(files, "dispatch.h"), HasSubstr("return Form::" + name + ";"));
    if (form->lanes == 1) continue;
    EXPECT_THAT(content(files, "CMakeLists.txt"), HasSubstr("set(" + name + "_flags "));
    EXPECT_THAT(content(files, "functions/exp.cpp"),
                HasSubstr("uf_expf_1u_detail::" + std::string(form->name) + ">(x)"));
    EXPECT_THAT(content(files, "functions/exp_names.cpp"),
                HasSubstr(form->library.prefix.empty() ? "return " + name + "::uf_expf_1u_v;"
                                                       : "b ufmath_" + name + "_uf_expf_1u\\n"));
  }
}

TEST(Package, SaysThatItMayBeUsed) {
  for (const File& file : sample_files()) {
    const bool is_source = file.name.extension() == ".cpp" || file.name.extension() == ".h";
    // The functions' own headers and tests are put in as they are.
    if (!is_source || file.content == "// header\n" || file.content == "// test\n") continue;
    EXPECT_THAT(file.content, HasSubstr(std::string(emit::kTerms))) << file.name;
  }
}

TEST(Package, PreloadsTheDefaultTierAlone) {
  const std::vector<File> files = sample_files();
  EXPECT_THAT(content(files, "functions/exp_preload.cpp"),
              AllOf(HasSubstr("float expf(float x)"), HasSubstr("_ZGVdN8v_expf"),
                    HasSubstr("uf_expf_1u"), Not(HasSubstr("uf_expf_4u"))));
  EXPECT_THAT(content(files, "CMakeLists.txt"),
              AllOf(HasSubstr("set(preloaded exp)"), HasSubstr("@ONLY"), Not(HasSubstr("@@"))));
}

TEST(Package, WithoutTheDefaultTierNothingIsPreloaded) {
  Manifest manifest = sample();
  manifest.functions.erase(manifest.functions.begin());
  const std::vector<File> files =
      package_files(manifest, {{manifest.functions[0], "", "", {}, {}}}, "");
  EXPECT_EQ(content(files, "functions/exp_preload.cpp"), "no such file");
  EXPECT_THAT(content(files, "ufmath.h"), Not(HasSubstr("uf_expf(")));
}

}  // namespace
}  // namespace ulpforge::family

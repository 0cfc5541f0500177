// The table of forms, and that headers have each of its rows.
#include "emit/form.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "emit/cpp_text.h"
#include "emit/machine_header.h"
#include "emit/vector_names.h"
#include "ir/text.h"
#include "tests/emit/workshop.h"
#include "tests/ir/machine_programs.h"

namespace ulpforge::emit {
namespace {

using test::Workshop;
using testing::HasSubstr;

TEST(Forms, AreFoundByTheirKeysTheWidestFirst) {
  std::set<std::string_view> names;
  std::size_t lanes = forms().front().lanes;
  for (const Form& form : forms()) {
    EXPECT_EQ(find_form(form.key), &form);
    EXPECT_TRUE(names.insert(form.name).second) << form.name;
    EXPECT_LE(form.lanes, lanes) << form.name;
    lanes = form.lanes;
    EXPECT_LE(form.lanes, std::max(1U, jit::lanes(form.isa))) << form.name;
  }
  EXPECT_EQ(plain_form().lanes, 1U);
  EXPECT_EQ(find_form("1024"), nullptr);
}

TEST(Forms, OfTheLibraryNeedEachWhatTheOneBeforeNeeds) {
  EXPECT_TRUE(plain_form().library.scalars);
  for (const jit::Architecture architecture : jit::kArchitectures) {
    const std::vector<const Form*> library = library_forms(architecture);
    ASSERT_EQ(library.front(), &plain_form());
    ASSERT_GE(library.size(), 3U);
    const std::span<const VectorNames> names = architecture == jit::Architecture::X86_64
                                                   ? std::span<const VectorNames>(kVectorNames)
                                                   : kVectorNamesOfAArch64;
    for (std::size_t k = 1; k < library.size(); ++k) {
      EXPECT_EQ(jit::architecture(library[k]->isa), architecture);
      const auto narrow = jit::extensions(library[k - 1]->isa);
      const auto wide = jit::extensions(library[k]->isa);
      for (const std::string_view extension : narrow) {
        EXPECT_NE(std::ranges::find(wide, extension), wide.end()) << extension;
      }
      // Its vectors have a name in the ABI.
      const std::string_view type = library[k]->source->spelling(ir::Type::F32);
      EXPECT_NE(std::ranges::find(names, type, &VectorNames::type), names.end()) << type;
    }
  }
}

/// Every row of the table of operations, in every row of the table of forms.
TEST(Forms, HaveEveryOperation) {
  const std::vector<std::uint64_t> constants = {1, 2, 3};
  for (const ir::test::TypedRow& typed : ir::test::typed_rows()) {
    const ir::Program program = ir::test::one_operation(typed, constants, 0x96);
    std::string header;
    ASSERT_NO_THROW(header = emit_machine_header(program, {.name = "f", .comment = {}}))
        << ir::print(program);
    for (const Form& form : forms()) {
      EXPECT_THAT(header, HasSubstr(fmt::format("\nstruct {} {{\n", form.name)));
      if (form.lanes > 1) {
        EXPECT_THAT(header,
                    HasSubstr(fmt::format("#define {}\n", upper(fmt::format("f_{}", form.name)))));
      }
    }
  }
}

/// With a row's extensions and flags, a header takes that row's form, and calls its vectors.
TEST(Forms, AreWhatTheirFlagsLeadTo) {
  const std::string header = emit_machine_header(
      ir::parse("input x: f32\ny = x * x\nz = y + x\nreturn z\n"), {.name = "f", .comment = {}});
  for (const bool clang : {false, true}) {
    for (const Form& form : forms()) {
      const bool arm = jit::architecture(form.isa) == jit::Architecture::AArch64;
      const char* compiler = arm ? (clang ? ULPFORGE_AARCH64_CLANGXX : ULPFORGE_AARCH64_GXX)
                                 : (clang ? ULPFORGE_CLANGXX : ULPFORGE_GXX);
      if (*compiler == 0) continue;
      const Workshop workshop;
      workshop.write("f.h", header);
      std::string text = "#include \"f.h\"\n";
      for (const Form& other : vector_forms()) {
        text += fmt::format("#if {}defined({})\n#error other form\n#endif\n",
                            &other == &form ? "!" : "", upper(fmt::format("f_{}", other.name)));
      }
      if (form.is_sized()) {
        text +=
            fmt::format("static_assert(sizeof(f_detail::{}::F32) == {} * sizeof(float), \"\");\n",
                        form.name, form.lanes);
      }
      workshop.write("main.cpp",
                     text + "int main() { float x = 0; f_n(&x, &x, 1); return f(x) != x; }\n");
      std::string flags = "-std=c++17 -O2 -fsyntax-only";
      for (const std::string& flag : jit::compiler_flags(form.isa)) flags += " " + flag;
      for (const std::string& flag : form.flags) flags += " " + flag;
      EXPECT_TRUE(workshop.compile(flags, compiler)) << form.name << '\n' << workshop.log();
    }
  }
}

}  // namespace
}  // namespace ulpforge::emit

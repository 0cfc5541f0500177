// Emitted functions in each form that this processor has.
#include "bench/adaptor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <stdexcept>

#include "emit/machine_header.h"
#include "ir/text.h"

namespace ulpforge::bench {
namespace {

using testing::HasSubstr;

const Subject& subject() {
  static const ir::Program program = ir::parse(
      "input x: f32\nm = getmant(x)\ne = getexp(x)\ny = scalef(m, e)\nz = y + m\nreturn z\n");
  static const Subject made = {"f",
                               emit::emit_machine_header(program, {.name = "f", .comment = {}})};
  return made;
}

std::vector<toolchain::Compiler> compilers() {
  std::vector<toolchain::Compiler> found;
  for (const char* command : {"c++", "clang++-19"}) {
    if (const auto compiler = toolchain::find_compiler(command)) found.push_back(*compiler);
  }
  return found;
}

TEST(Forms, HaveTheSameBits) {
  std::vector<float> x(1003), first;
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 0.37F * static_cast<float>(i + 1);
  for (const toolchain::Compiler& compiler : compilers()) {
    for (const emit::Form* const form : timed_forms()) {
      if (!host_has(*form)) continue;
      const Adaptor adaptor(compiler, {"-O2", "-march=native"}, *form, {subject()});
      std::vector<float> y(x.size());
      adaptor.array("f")(x.data(), y.data(), x.size());
      if (first.empty()) first = y;
      EXPECT_EQ(std::memcmp(y.data(), first.data(), y.size() * sizeof(float)), 0)
          << compiler.command << ' ' << form->key;
      EXPECT_NE(adaptor.chain("f"), nullptr);
    }
  }
}

/// What this machine has not is compiled all the same; what it has, above.
TEST(Forms, AreAllThatTheTableHas) {
  for (const emit::Form* const form : timed_forms()) {
    // Those of another architecture are compiled by tests/emit.
    const auto architecture = jit::architecture(form->isa);
    if (host_has(*form) || (architecture && architecture != jit::host_architecture())) continue;
    std::vector<std::string> flags = {"-O2"};
    for (const std::string_view extension : jit::extensions(form->isa)) {
      flags.push_back("-m" + std::string(extension));
    }
    const Adaptor adaptor(compilers().back(), flags, *form, {subject()});
    EXPECT_NE(adaptor.array("f"), nullptr);
    EXPECT_NE(adaptor.chain("f"), nullptr);
  }
}

TEST(Forms, AreRefusedWhereTheFlagsLeadToOthers) {
  for (const char* key : {"512", "256vl"}) {
    try {
      const Adaptor adaptor(compilers().front(), {"-O2", "-mavx2", "-mfma"}, *emit::find_form(key),
                            {subject()});
      FAIL() << key;
    } catch (const std::invalid_argument& error) {
      EXPECT_THAT(error.what(), HasSubstr("leads to the form '256'"));
    }
  }
}

}  // namespace
}  // namespace ulpforge::bench

// Headers of short formats, compiled, against MPFR by the tests that are emitted with them.
#include "emit/short_header.h"

#include <gtest/gtest.h>

#include <string>

#include "emit/workshop.h"
#include "ir/expression.h"
#include "ir/text.h"

namespace ulpforge::emit {
namespace {

using numbers::parse_short_format;
using test::Workshop;

/// What the emitted test prints about a header for `program`; exit code 0 is asserted or not.
std::string printed(const std::string& program, const EmittedShortTest& test,
                    const std::string& flags, const std::string& compiler, int expected) {
  Workshop workshop;
  workshop.write(test.name + ".h",
                 emit_short_header(ir::parse(program), {.name = test.name, .comment = {"Test."}},
                                   test.format));
  workshop.write("main.cpp", emit_short_test(test));
  EXPECT_TRUE(workshop.compile("-std=c++17 " + flags, compiler, "-lmpfr -lgmp")) << workshop.log();
  EXPECT_EQ(workshop.exit_code(""), expected) << test.format.name() << " " << flags << "\n"
                                              << workshop.read("output");
  return workshop.read("output");
}

constexpr const char* kSqrt = "input x: f32\ny = sqrt(x)\nreturn y\n";
constexpr const char* kScaled = "input x: f32\nc = 0x1.8p+3\ny = x * c\nreturn y\n";

class ShortHeaderOf : public testing::TestWithParam<const char*> {};

/// sqrt in float is right after the second rounding, too; 12 x goes through all of the range,
/// subnormals and overflow included.
TEST_P(ShortHeaderOf, ConvertsEveryNumber) {
  printed(kScaled,
          {.name = "scaled",
           .expression = "12*x",
           .target = ir::parse_expression("12*x"),
           .format = parse_short_format(GetParam()),
           .max_ulp = 0.5},
          "-O2 -march=native", ULPFORGE_CXX, 0);
}

INSTANTIATE_TEST_SUITE_P(Formats, ShortHeaderOf,
                         testing::Values("bf16", "f16", "f8e4m3", "f8e5m2", "f6s9", "f2s1", "f8s3"),
                         [](const auto& format) { return std::string(format.param); });

/// Roots of negative numbers are none.
TEST(ShortHeader, ConvertsWhatIsNoNumber) {
  for (const char* name : {"f16", "f8e4m3"}) {
    printed(kSqrt,
            {.name = "root",
             .expression = "sqrt(x)",
             .target = ir::parse_expression("sqrt(x)"),
             .format = parse_short_format(name),
             .max_ulp = 0.5},
            "-O2 -march=native", ULPFORGE_CXX, 0);
  }
}

TEST(ShortHeader, OfEachCompilerAndWithoutVectors) {
  for (const char* compiler : {ULPFORGE_GXX, ULPFORGE_CLANGXX}) {
    if (*compiler == '\0') continue;
    for (const char* flags : {"-O1", "-O3 -march=native"}) {
      for (const char* name : {"bf16", "f16", "f8e4m3"}) {
        printed(kScaled,
                {.name = "scaled",
                 .expression = "12*x",
                 .target = ir::parse_expression("12*x"),
                 .format = parse_short_format(name),
                 .max_ulp = 0.5},
                flags, compiler, 0);
      }
    }
  }
}

TEST(ShortHeader, TheTestFindsWhatIsWrong) {
  const EmittedShortTest test{.name = "root",
                              .expression = "sqrt(x)",
                              .target = ir::parse_expression("sqrt(x)"),
                              .format = parse_short_format("bf16"),
                              .max_ulp = 0.5};
  // A hundredth too much: some results are the next number.
  const std::string text =
      printed("input x: f32\nc = 0x1.008p+0\nr = sqrt(x)\ny = r * c\nreturn y\n", test, "-O2",
              ULPFORGE_CXX, 1);
  EXPECT_NE(text.find("FAILS"), std::string::npos) << text;
  // Negative numbers have a root.
  const std::string special =
      printed("input x: f32\nr = fabs(x)\ny = sqrt(r)\nreturn y\n", test, "-O2", ULPFORGE_CXX, 1);
  EXPECT_NE(special.find("first at 0x8001"), std::string::npos) << special;
  EmittedShortTest claims = test;
  claims.misrounded = 1;
  printed(kSqrt, claims, "-O2", ULPFORGE_CXX, 1);
}

}  // namespace
}  // namespace ulpforge::emit

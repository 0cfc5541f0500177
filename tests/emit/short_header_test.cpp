// Headers of short formats, compiled, against MPFR by the tests that are emitted with them.
#include "emit/short_header.h"

#include <gtest/gtest.h>

#include <string>

#include "emit/checks.h"
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

/// The output of the emitted test, at one input in so many, about a function from float to the
/// format.
std::string rounded_results(const std::string& program, const EmittedTest& test,
                            const std::string& format, const std::string& flags,
                            const std::string& compiler, int expected) {
  Workshop workshop;
  workshop.write(test.name + ".h",
                 emit_rounding_header(ir::parse(program), {.name = test.name, .comment = {"Test."}},
                                      parse_short_format(format)));
  workshop.write("main.cpp", emit_exhaustive_test(test));
  EXPECT_TRUE(workshop.compile("-std=c++17 " + flags, compiler, "-lmpfr -lgmp -pthread"))
      << workshop.log();
  EXPECT_EQ(workshop.exit_code("30011"), expected) << format << " " << flags << "\n"
                                                   << workshop.read("output");
  return workshop.read("output");
}

/// What 12 x rounded twice is off: next to nothing more than half an ULP.
EmittedTest claim_of_scaled(const std::string& format, double max_ulp) {
  EmittedTest test;
  test.name = "scaled";
  test.expression = "12*x";
  test.target = ir::parse_expression("12*x");
  test.claims.assign(header_isas().size(), {max_ulp, std::nullopt, 0});
  test.unit = parse_short_format(format).row();
  test.patterns = true;
  return test;
}

TEST(RoundingHeader, OfEachCompilerAndForm) {
  for (const char* compiler : {ULPFORGE_GXX, ULPFORGE_CLANGXX}) {
    if (*compiler == '\0') continue;
    for (const char* flags : {"-O1", "-O2 -march=haswell", "-O3 -march=native"}) {
      for (const char* name : {"bf16", "f16"}) {
        rounded_results(kScaled, claim_of_scaled(name, 0.5001), name, flags, compiler, 0);
      }
    }
  }
  for (const char* name : {"f8e5m2", "f6s9"}) {
    rounded_results(kScaled, claim_of_scaled(name, 0.5001), name, "-O2", ULPFORGE_CXX, 0);
  }
}

TEST(RoundingHeader, RoundsToTheFormat) {
  for (const char* name : {"bf16", "f16"}) {
    rounded_results(kScaled, claim_of_scaled(name, 0.5001), name, "-O2 -march=native", ULPFORGE_CXX,
                    0);
  }
}

TEST(RoundingHeader, TheTestFindsWhatIsWrong) {
  const std::string text =
      rounded_results("input x: f32\nc = 0x1.81p+3\ny = x * c\nreturn y\n",
                      claim_of_scaled("bf16", 0.5001), "bf16", "-O2", ULPFORGE_CXX, 1);
  EXPECT_NE(text.find("FAILS"), std::string::npos) << text;
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

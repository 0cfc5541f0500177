// Headers of two patterns, compiled, against the tests that are emitted with them.
#include "emit/pair_header.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "emit/workshop.h"
#include "ir/expression.h"
#include "ir/text.h"

namespace ulpforge::emit {
namespace {

using numbers::parse_short_format;
using test::Workshop;

/// Mitchell's product in f8e4m3.
constexpr const char* kMitchell = "input x: i32, y: i32\ns = x + y\nr = s - 56\nreturn r\n";

/// Exit code of the emitted test, whose output goes to `printed`.
int exit_code(const std::string& program, const EmittedPairTest& test, std::string& printed,
              const std::string& libraries = "", const std::string& flags = "-O2 -march=native") {
  Workshop workshop;
  workshop.write(test.name + ".h",
                 emit_pair_header(ir::parse(program), test.name, {"Test."}, test.format));
  workshop.write("main.cpp", emit_pair_test(test));
  EXPECT_TRUE(workshop.compile("-std=c++17 " + flags, ULPFORGE_CXX, libraries)) << workshop.log();
  const int code = workshop.exit_code("");
  printed = workshop.read("output");
  return code;
}

/// What is true of it at normal numbers: of positive ones, four times.
EmittedPairTest mitchell_test() {
  EmittedPairTest test{.name = "mul",
                       .expression = "x*y",
                       .target = ir::parse_expression("x*y", 2),
                       .format = parse_short_format("f8e4m3")};
  test.set = 2;
  const numbers::ShortFormat& format = test.format;
  double sizes = 0, errors = 0;
  for (std::uint32_t x = 8; x < 127; ++x) {
    for (std::uint32_t y = 8; y < 127; ++y) {
      const double f = static_cast<double>(format.value(x)) * static_cast<double>(format.value(y));
      if (f < 2 * 0x1p-6 || f > 224) continue;
      const double value = format.value(x + y - 56);
      const double unit = std::exp2(std::floor(std::log2(f)) - 3);
      const double error = (value - f) / unit;
      test.pairs += 4;
      test.misrounded += format.round(f) == x + y - 56 ? 0 : 4;
      test.max_ulp = std::max(test.max_ulp, std::abs(error));
      sizes += 4 * std::abs(error);
      errors += 4 * error;
    }
  }
  test.mean_ulp = sizes / static_cast<double>(test.pairs);
  test.bias_ulp = errors / static_cast<double>(test.pairs);
  return test;
}

TEST(PairHeader, HoldsWhatItClaims) {
  std::string printed;
  for (const char* flags : {"-O2 -march=native", "-O0"}) {
    EXPECT_EQ(exit_code(kMitchell, mitchell_test(), printed, "", flags), 0) << printed;
  }
}

TEST(PairHeader, TheTestFindsWhatIsWrong) {
  std::string printed;
  // One more than Mitchell's constant.
  const char* const other = "input x: i32, y: i32\ns = x + y\nr = s - 57\nreturn r\n";
  EXPECT_EQ(exit_code(other, mitchell_test(), printed), 1);
  EXPECT_NE(printed.find("FAILS"), std::string::npos) << printed;
  EmittedPairTest claims = mitchell_test();
  claims.misrounded += 1;
  EXPECT_EQ(exit_code(kMitchell, claims, printed), 1);
}

/// Other functions by MPFR: the larger size stands for hypot, by at most a factor of sqrt(2).
TEST(PairHeader, TakesExactValuesFromMpfr) {
  const char* const larger =
      "input x: i32, y: i32\na = bit_and(x, 31)\nb = bit_and(y, 31)\nc: bool = less(a, b)\n"
      "r = select(c, b, a)\nreturn r\n";
  EmittedPairTest test{.name = "hypot_like",
                       .expression = "hypot(x, y)",
                       .target = ir::parse_expression("hypot(x, y)", 2),
                       .format = parse_short_format("f3s2")};
  test.set = 1;
  const numbers::ShortFormat& format = test.format;
  double sizes = 0, errors = 0;
  for (std::uint32_t x = 0; x < 64; ++x) {
    for (std::uint32_t y = 0; y < 64; ++y) {
      if (!format.is_finite(x) || !format.is_finite(y)) continue;
      const double f =
          std::hypot(static_cast<double>(format.value(x)), static_cast<double>(format.value(y)));
      const double value = format.value(std::max(x & 31, y & 31));
      int e = 0;
      std::frexp(f, &e);
      const double unit = std::ldexp(1.0, std::max(e, format.row().emin) - 3);
      const double error = (value - f) / unit;
      ++test.pairs;
      test.misrounded += format.round(f) == std::max(x & 31, y & 31) ? 0 : 1;
      test.max_ulp = std::max(test.max_ulp, std::abs(error));
      sizes += std::abs(error);
      errors += error;
    }
  }
  test.mean_ulp = sizes / static_cast<double>(test.pairs);
  test.bias_ulp = errors / static_cast<double>(test.pairs);
  std::string printed;
  EXPECT_EQ(exit_code(larger, test, printed, "-lmpfr -lgmp"), 0) << printed;
}

TEST(PairHeader, RefusesWhatIsNone) {
  const numbers::ShortFormat format = parse_short_format("f8e4m3");
  EXPECT_THROW(emit_pair_header(ir::parse("input x: i32\nreturn x\n"), "f", {}, format),
               std::invalid_argument);
  EXPECT_THROW(emit_pair_header(ir::parse(kMitchell), "no name", {}, format),
               std::invalid_argument);
  EXPECT_THROW(
      emit_pair_header(
          ir::parse("input x: i32, y: i32\nf: f32 = from_bits(x)\nr: i32 = bits(f)\nreturn r\n"),
          "f", {}, format),
      std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::emit

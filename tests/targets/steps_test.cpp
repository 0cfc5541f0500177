// Functions with jumps against MPFR, and the signs of zeros against IEEE 754-2019, 9.2, and C23.
#include "targets/exact/steps.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "ir/expression.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/scores/score.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double value(const char* expression, double x) {
  const ExactValue exact = exact_value(ir::parse_expression(expression), x);
  return mpfr_get_d(numbers::raw(exact.value), MPFR_RNDN);
}

double value(const char* expression, double x, double y) {
  const std::array inputs{x, y};
  const ExactValue exact = exact_value(ir::parse_expression(expression, 2), inputs);
  return mpfr_get_d(numbers::raw(exact.value), MPFR_RNDN);
}

const std::vector<double> kNumbers = {
    0.0,       -0.0,   0.3,  -0.3,   0.5,  -0.5,   1.0,       -1.0,      1.5,       -1.5,   2.5,
    -2.5,      2.7,    -2.7, 0x1p51, -7.0, 3e10,   0x1.8p-60, 1e300,     -1e300,    5e-324, -5e-324,
    0x1p-1022, 123.25, 1e15, 1e-300, 0.75, -0.125, 3.0,       kInfinity, -kInfinity};

TEST(Steps, OfOneNumberAreCs) {
  struct Row {
    const char* expression;
    double (*function)(double);
  };
  const Row rows[] = {
      {"trunc(x)", [](double x) { return std::trunc(x); }},
      {"floor(x)", [](double x) { return std::floor(x); }},
      {"ceil(x)", [](double x) { return std::ceil(x); }},
      {"round(x)", [](double x) { return std::round(x); }},
      {"roundeven(x)", [](double x) { return std::nearbyint(x); }},
      {"rint(x)", [](double x) { return std::rint(x); }},
      {"modf(x)",
       [](double x) {
         double whole = 0;
         return std::modf(x, &whole);
       }},
      {"frexp(x)",
       [](double x) {
         int exponent = 0;
         return std::frexp(x, &exponent);
       }},
      {"logb(x)", [](double x) { return std::logb(x); }},
  };
  for (const Row& row : rows) {
    for (const double x : kNumbers) {
      const double expected = row.function(x);
      const double actual = value(row.expression, x);
      EXPECT_EQ(actual, expected) << row.expression << " at " << x;
      EXPECT_EQ(std::signbit(actual), std::signbit(expected)) << row.expression << " at " << x;
    }
  }
}

TEST(Steps, OfTwoNumbersAreCs) {
  struct Row {
    const char* expression;
    double (*function)(double, double);
  };
  const Row rows[] = {
      {"fmod(x, y)", [](double x, double y) { return std::fmod(x, y); }},
      {"remainder(x, y)", [](double x, double y) { return std::remainder(x, y); }},
      {"fdim(x, y)", [](double x, double y) { return std::fdim(x, y); }},
      {"fmax(x, y)", [](double x, double y) { return std::fmax(x, y); }},
      {"fmin(x, y)", [](double x, double y) { return std::fmin(x, y); }},
      {"copysign(x, y)", [](double x, double y) { return std::copysign(x, y); }},
      {"nextafter(x, y)", [](double x, double y) { return std::nextafter(x, y); }},
      {"ldexp(x, trunc(y))",
       [](double x, double y) {
         if (!std::isfinite(y)) return kNan;
         return std::ldexp(x, static_cast<int>(std::clamp(y, -1e6, 1e6)));
       }},
  };
  for (const Row& row : rows) {
    const ir::Program program = ir::parse_expression(row.expression, 2);
    for (const double x : kNumbers) {
      for (const double y : kNumbers) {
        const std::array inputs{x, y};
        const ExactValue exact = exact_value(program, inputs);
        const double expected = row.function(x, y);
        const double actual = mpfr_get_d(numbers::raw(exact.value), MPFR_RNDN);
        const std::string what = fmt::format("{} of {} and {}", row.expression, x, y);
        if (std::isnan(expected)) {
          EXPECT_TRUE(std::isnan(actual)) << what << ": " << actual;
          continue;
        }
        EXPECT_EQ(actual, expected) << what;
        if (expected != 0 || exact.zero_sign_known) {
          EXPECT_EQ(std::signbit(actual), std::signbit(expected)) << what;
        }
      }
    }
  }
  EXPECT_EQ(value("fmod(x, y)", 1e10, 3), 1);
  EXPECT_EQ(value("fmod(x, y)", static_cast<double>(1e15F), 3), 2);
  EXPECT_EQ(static_cast<float>(value("fmod(x, y)", static_cast<double>(3e38F), 1e-10F)),
            8.30062963e-11F);
  EXPECT_EQ(value("nextafterf(x, y)", 1, 2), 1 + 0x1p-23);
}

TEST(Steps, SayWhichOfThemAreExact) {
  const auto due = [](const char* text) { return due_ulp(ir::parse_expression(text, 2)); };
  for (const char* exact : {"fmod(x, y)", "trunc(x)", "fmax(x, y)", "fabs(x)", "logb(x)"}) {
    EXPECT_EQ(due(exact), 0) << exact;
  }
  for (const char* rounded : {"fdim(x, y)", "ldexp(x, y)", "exp(x)", "trunc(2*x/3)", "x"}) {
    EXPECT_EQ(due(rounded), 0.5) << rounded;
  }
}

struct Zero {
  const char* expression;
  double x, y;
  double due;
};

TEST(ZeroSigns, AreThoseOfTheStandard) {
  const Zero zeros[] = {
      {"sinpi(x)", 1, 0, 0.0},           {"sinpi(x)", -1, 0, -0.0},
      {"sinpi(x)", 2, 0, 0.0},           {"sinpi(x)", -1e10, 0, -0.0},
      {"sinpi(x)", -0.0, 0, -0.0},       {"cospi(x)", 0.5, 0, 0.0},
      {"cospi(x)", -1.5, 0, 0.0},        {"cospi(x)", 2.5, 0, 0.0},
      {"tanpi(x)", 1, 0, -0.0},          {"tanpi(x)", 2, 0, 0.0},
      {"tanpi(x)", -1, 0, 0.0},          {"tanpi(x)", -2, 0, -0.0},
      {"tanpi(x)", 0.5, 0, kInfinity},   {"tanpi(x)", 1.5, 0, -kInfinity},
      {"tanpi(x)", -0.5, 0, -kInfinity}, {"asinpi(x)", -0.0, 0, -0.0},
      {"asinpi(x)", 1, 0, 0.5},          {"acospi(x)", 1, 0, 0.0},
      {"acospi(x)", -1, 0, 1},           {"atanpi(x)", -0.0, 0, -0.0},
      {"atanpi(x)", 1, 0, 0.25},         {"atanpi(x)", kInfinity, 0, 0.5},
      {"rsqrt(x)", -0.0, 0, -kInfinity}, {"rsqrt(x)", kInfinity, 0, 0.0},
      {"erfcx(x)", kInfinity, 0, 0.0},   {"lambertw(x)", -0.0, 0, -0.0},
      {"i1(x)", -0.0, 0, -0.0},          {"k0(x)", 0, 0, kInfinity},
      {"j3(x)", -0.0, 0, -0.0},
  };
  for (const Zero& row : zeros) {
    const ExactValue exact = exact_value(ir::parse_expression(row.expression), row.x);
    const double actual = mpfr_get_d(numbers::raw(exact.value), MPFR_RNDN);
    EXPECT_EQ(actual, row.due) << row.expression << " at " << row.x;
    EXPECT_EQ(std::signbit(actual), std::signbit(row.due)) << row.expression << " at " << row.x;
    EXPECT_TRUE(exact.zero_sign_known) << row.expression << " at " << row.x;
  }
  const Zero pairs[] = {
      {"atan2pi(x, y)", 0.0, -0.0, 1},
      {"atan2pi(x, y)", -0.0, -1, -1},
      {"atan2pi(x, y)", 1, 1, 0.25},
      {"atan2pi(x, y)", -0.0, 1, -0.0},
      {"compound(x, y)", -1, 3, 0.0},
      {"compound(x, y)", -1, -2, kInfinity},
      {"compound(x, y)", kInfinity, -1, 0.0},
      {"compound(x, y)", 0.5, 2, 2.25},
      {"pown(x, y)", -0.0, 3, -0.0},
      {"pown(x, y)", -0.0, 2, 0.0},
      {"pown(x, y)", -0.0, -3, -kInfinity},
      {"pown(x, y)", kNan, 0, 1},
      {"pown(x, y)", -2, 3, -8},
      {"rootn(x, y)", -0.0, 3, -0.0},
      {"rootn(x, y)", -0.0, 2, 0.0},
      {"rootn(x, y)", -0.0, -3, -kInfinity},
      {"rootn(x, y)", -8, 3, -2},
      {"powr(x, y)", -0.0, 3, 0.0},
      {"powr(x, y)", 0, -1, kInfinity},
      {"powr(x, y)", 4, 0.5, 2},
  };
  for (const Zero& row : pairs) {
    const double actual = value(row.expression, row.x, row.y);
    EXPECT_EQ(actual, row.due) << row.expression << " of " << row.x << " and " << row.y;
    EXPECT_EQ(std::signbit(actual), std::signbit(row.due))
        << row.expression << " of " << row.x << " and " << row.y;
  }
  for (const Zero& row : {Zero{"powr(x, y)", 0, 0, 0}, Zero{"powr(x, y)", -2, 2, 0},
                          Zero{"powr(x, y)", kInfinity, 0, 0}, Zero{"rootn(x, y)", -8, 2, 0},
                          Zero{"rootn(x, y)", 8, 0, 0}, Zero{"compound(x, y)", -2, 2, 0}}) {
    EXPECT_TRUE(std::isnan(value(row.expression, row.x, row.y)))
        << row.expression << " of " << row.x << " and " << row.y;
  }
}

TEST(ZeroSigns, AreOpenForFreeExpressions) {
  for (const char* text : {"sin(pi*x)", "sin(pi*x)/(pi*x)"}) {
    EXPECT_FALSE(exact_value(ir::parse_expression(text), 1.0).zero_sign_known) << text;
  }
  const std::array zeros{-0.0, 0.0};
  EXPECT_FALSE(exact_value(ir::parse_expression("fmax(x, y)", 2), zeros).zero_sign_known);
}

/// At every number of a short format, far out too: right zeros, and zeros of the parity's sign.
TEST(ZeroSigns, AreCountedInEveryNumberOfAFormat) {
  using Format = numbers::Binary16;
  struct Row {
    const char* expression;
    int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
    bool open;
  };
  for (const auto& [text, function, open] :
       {Row{"sinpi(x)", mpfr_sinpi, false}, Row{"cospi(x)", mpfr_cospi, false},
        Row{"tanpi(x)", mpfr_tanpi, false}, Row{"sin(pi*x)", mpfr_sinpi, true},
        Row{"trunc(x)", mpfr_rint_trunc, false}, Row{"round(x)", mpfr_rint_round, false},
        Row{"ceil(x)", mpfr_rint_ceil, false}, Row{"roundeven(x)", mpfr_rint_roundeven, false},
        Row{"floor(x)", mpfr_rint_floor, false}, Row{"modf(x)", mpfr_frac, false}}) {
    const ir::Program program = ir::parse_expression(text);
    const auto& finite = kFiniteNumbers<Format>;
    const Reference<Format> reference(program, {finite.begin(), finite.end()});
    for (const bool wrong : {false, true}) {
      std::uint64_t zeros = 0;
      const auto routine = [&](std::span<const Format::Value> x, std::span<Format::Value> y) {
        for (std::size_t i = 0; i < x.size(); ++i) {
          const numbers::Mpfr at = real(static_cast<double>(x[i]), 53);
          numbers::Mpfr f = real(200);
          function(numbers::raw(f), numbers::raw(at), MPFR_RNDN);
          double due = round_to(Format::kRow, f);
          const bool exact_zero = mpfr_zero_p(numbers::raw(f)) != 0;
          // Of -0 and +0 themselves an expression's sign is known.
          if (exact_zero && (!open || static_cast<double>(x[i]) == 0)) ++zeros;
          if (wrong && exact_zero) due = -due;
          y[i] = static_cast<Format::Value>(due);
        }
      };
      Score all;
      for (const PatternRange& range : finite)
        all.merge(score(reference, Routine<Format>(routine), range));
      EXPECT_EQ(all.misrounded, 0U) << text;
      EXPECT_EQ(all.zero_sign_errors, wrong ? zeros : 0) << text;
      EXPECT_GT(zeros, 0U) << text;
    }
  }
}

}  // namespace
}  // namespace ulpforge::targets

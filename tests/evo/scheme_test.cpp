// Every range-reduction scheme, filled with a long polynomial, against exact values.
#include "targets/schemes/scheme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "evo/accurate_kernel.h"
#include "ir/expression.h"
#include "ir/fusion.h"
#include "ir/interpret.h"
#include "ir/text.h"
#include "targets/catalog.h"
#include "targets/exact/reference.h"
#include "targets/exact/ulp.h"

namespace ulpforge::targets {

void PrintTo(const SchemeRow& row, std::ostream* out) { *out << row.target << " " << row.name; }

}  // namespace ulpforge::targets

namespace ulpforge::evo {
namespace {

using targets::SchemeRow;

class SchemeRows : public testing::TestWithParam<SchemeRow> {};

void expect_accuracy(const SchemeRow& row, const targets::Scheme& scheme,
                     const ir::Program& whole) {
  ASSERT_EQ(ir::find_defect(whole), std::nullopt);
  const auto* target = targets::find_in_catalog(row.target);
  ASSERT_NE(target, nullptr);
  const ir::Program exact = ir::parse_expression(target->expression);
  std::vector<float> x;
  numbers::Random random{2};
  for (std::uint32_t binade = 0; binade < 510; ++binade) {
    const std::uint32_t base =
        binade < 255 ? binade << 23 : numbers::Binary32::kSign | (binade - 255) << 23;
    // Thick where most functions live, thicker where exponentials overflow.
    const std::uint32_t exponent = binade % 255;
    const int points = exponent < 120 || exponent > 134 ? 4 : exponent == 133 ? 1000 : 60;
    for (int k = 0; k < points; ++k) {
      const float at = std::bit_cast<float>(
          base | static_cast<std::uint32_t>(random.below(1 << numbers::Binary32::kMantissaBits)));
      x.push_back(at);
    }
  }
  std::vector<float> y(x.size());
  ir::interpret<float, float>(whole, x, y);
  const bool compensated = scheme.name.find("compensated") != std::string::npos;
  const double allowed = scheme.type == ir::Type::F64 ? 0.5 + 1e-6 : compensated ? 1.3 : 4;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const numbers::DoubleDouble f = targets::reference(exact, static_cast<double>(x[i]));
    if (std::isnan(f.hi)) {
      EXPECT_TRUE(std::isnan(y[i])) << std::hexfloat << x[i];
      continue;
    }
    if (std::abs(f.hi) >= 0x1.ffffffp127) {
      EXPECT_TRUE(std::isinf(y[i]) && std::signbit(y[i]) == std::signbit(f.hi))
          << std::hexfloat << x[i] << ": " << y[i];
      continue;
    }
    const double error =
        std::abs((static_cast<double>(y[i]) - f.hi) - f.lo) / targets::ulp_f32(f.hi);
    EXPECT_LE(error, allowed) << std::hexfloat << x[i] << ": " << y[i] << " not " << f.hi;
  }
}

TEST_P(SchemeRows, IsAccurateAtRandomFloatsOfEveryBinade) {
  const SchemeRow& row = GetParam();
  const targets::Scheme scheme = targets::make_scheme(row);
  const ir::Program whole = targets::fill_hole(scheme, accurate_kernel(scheme));
  expect_accuracy(row, scheme, whole);
  // Single calls on processors without fma have products and sums.
  if (targets::reads_memory(scheme)) expect_accuracy(row, scheme, ir::without_fma(whole));
}

/// With everything within reach of a middle all results are those of the rare code.
TEST(Schemes, WhatRareCodeComputesAgainIsCorrectlyRounded) {
  int found = 0;
  for (SchemeRow row : targets::scheme_table()) {
    if (!row.name.ends_with("_again")) continue;
    ++found;
    SCOPED_TRACE(std::string(row.target) + " " + std::string(row.name));
    std::string text(row.text);
    const std::string_view reach = "reach: i64 = 0x80000\n";
    const std::size_t at = text.find(reach);
    ASSERT_NE(at, std::string::npos);
    row.text = text.replace(at, reach.size(), "reach: i64 = 0x20000000\n");
    const targets::Scheme scheme = targets::make_scheme(row);
    const ir::Program whole = ir::without_fma(targets::fill_hole(scheme, accurate_kernel(scheme)));
    const ir::Program exact =
        ir::parse_expression(targets::find_in_catalog(row.target)->expression);
    std::vector<float> x;
    numbers::Random random{3};
    for (int k = 0; k < 4000; ++k) {
      const auto bits = static_cast<std::uint32_t>((96ULL << 23) + random.below(64ULL << 23));
      x.push_back(std::bit_cast<float>(bits | static_cast<std::uint32_t>(k % 2) << 31));
    }
    std::vector<float> y(x.size());
    ir::interpret<float, float>(whole, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const numbers::DoubleDouble f = targets::reference(exact, static_cast<double>(x[i]));
      // What is special is the other tests'.
      if (!(std::abs(f.hi) > 0x1p-126 && std::abs(f.hi) < 0x1p127)) continue;
      const double error =
          std::abs((static_cast<double>(y[i]) - f.hi) - f.lo) / targets::ulp_f32(f.hi);
      EXPECT_LE(error, targets::kCorrectlyRounded) << std::hexfloat << x[i] << ": " << y[i];
    }
  }
  EXPECT_GE(found, 18);
}

void expect_no_change(targets::Scheme scheme) {
  const ir::Program kernel = accurate_kernel(scheme);
  const ir::Program shorter = targets::fill_hole(scheme, kernel);
  scheme.split.reset();
  const ir::Program longer = targets::fill_hole(scheme, kernel);
  EXPECT_EQ(shorter.code.size() + 3, longer.code.size());
  std::vector<float> x;
  numbers::Random random{4};
  for (int k = 0; k < 20000; ++k) {
    x.push_back(std::bit_cast<float>(
        static_cast<std::uint32_t>(random.below(numbers::Binary32::kInfinity))));
    x.push_back(-x.back());
  }
  std::vector<float> a(x.size()), b(x.size());
  ir::interpret<float, float>(shorter, x, a);
  ir::interpret<float, float>(longer, x, b);
  for (std::size_t i = 0; i < x.size(); ++i) {
    ASSERT_EQ(std::bit_cast<std::uint32_t>(a[i]), std::bit_cast<std::uint32_t>(b[i])) << x[i];
  }
}

/// Values so close to the middle between two floats that the best double is that middle.
TEST(Schemes, SumsRoundedToOddGetRightWhatOtherSumsDoNot) {
  const std::map<std::string_view, std::vector<float>> hard = {
      {"log", {0x1.827a74p-7F, 0x1.2f1fd6p+3F, 0x1.bacb4ap+25F, 0x1.b121a6p+76F, 0x1.6351d8p+95F}},
      {"log10", {0x1.fddcf4p-98F}},
      {"log1p", {0x1.800006p-21F, 0x1.0f1fd6p+3F, 0x1.6351d8p+95F, -0x1.1d9188p-9F}},
      {"sinh", {0x1.250bfep-11F}},
      {"acos", {0x1.110b46p-26F, 0x1.04c444p-12F}}};
  for (const SchemeRow& row : targets::scheme_table()) {
    const bool odd = row.name.ends_with("_odd");
    const auto inputs = hard.find(row.target);
    if (inputs == hard.end() || !(odd || row.name == "f64")) continue;
    SCOPED_TRACE(std::string(row.target) + " " + std::string(row.name));
    const targets::Scheme scheme = targets::make_scheme(row);
    const ir::Program whole = targets::fill_hole(scheme, accurate_kernel(scheme));
    const ir::Program exact =
        ir::parse_expression(targets::find_in_catalog(row.target)->expression);
    std::vector<float> y(inputs->second.size());
    ir::interpret<float, float>(whole, inputs->second, y);
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double x = static_cast<double>(inputs->second[i]);
      const numbers::DoubleDouble f = targets::reference(exact, x);
      const double error =
          std::abs((static_cast<double>(y[i]) - f.hi) - f.lo) / targets::ulp_f32(f.hi);
      EXPECT_EQ(error <= targets::kCorrectlyRounded, odd) << std::hexfloat << x;
    }
  }
}

TEST(Schemes, KnownSizeAndSignChangeNothing) {
  int found = 0;
  for (const SchemeRow& row : targets::scheme_table()) {
    SCOPED_TRACE(std::string(row.target) + " " + std::string(row.name));
    const targets::Scheme scheme = targets::make_scheme(row);
    if (!scheme.split) continue;
    ++found;
    expect_no_change(scheme);
  }
  EXPECT_GE(found, 6);
}

TEST_P(SchemeRows, SpecialValuesAreThoseOfTheCLibrary) {
  const SchemeRow& row = GetParam();
  const targets::Scheme scheme = targets::make_scheme(row);
  const ir::Program whole = targets::fill_hole(scheme, accurate_kernel(scheme));
  const std::map<std::string_view, double (*)(double)> library = {
      {"exp2", [](double v) { return std::exp2(v); }},
      {"exp", [](double v) { return std::exp(v); }},
      {"exp10", [](double v) { return std::pow(10.0, v); }},
      {"expm1", [](double v) { return std::expm1(v); }},
      {"log", [](double v) { return std::log(v); }},
      {"log2", [](double v) { return std::log2(v); }},
      {"log10", [](double v) { return std::log10(v); }},
      {"log1p", [](double v) { return std::log1p(v); }},
      {"sin", [](double v) { return std::sin(v); }},
      {"cos", [](double v) { return std::cos(v); }},
      {"sigmoid", [](double v) { return 1 / (1 + std::exp(-v)); }},
      {"tan", [](double v) { return std::tan(v); }},
      {"sinpi",
       [](double v) {
         if (std::isinf(v)) return v - v;
         return std::fabs(v) > 0.5 ? std::copysign(0, v) : std::sin(M_PI * v);  // whole turns
       }},
      {"cospi", [](double v) { return std::isinf(v) ? v - v : std::cos(M_PI * std::fmod(v, 2)); }},
      {"atan", [](double v) { return std::atan(v); }},
      {"asin", [](double v) { return std::asin(v); }},
      {"acos", [](double v) { return std::acos(v); }},
      {"asinh", [](double v) { return std::asinh(v); }},
      {"acosh", [](double v) { return std::acosh(v); }},
      {"atanh", [](double v) { return std::atanh(v); }},
      {"sinh", [](double v) { return std::sinh(v); }},
      {"cosh", [](double v) { return std::cosh(v); }},
      {"cbrt", [](double v) { return std::cbrt(v); }},
      {"rsqrt", [](double v) { return 1 / std::sqrt(v); }},
      {"erf", [](double v) { return std::erf(v); }},
      {"erfc", [](double v) { return std::erfc(v); }},
      {"softplus", [](double v) { return std::max(v, 0.0) + std::log1p(std::exp(-std::fabs(v))); }},
      // A little more than half of a tiny argument: no tie. The limit at -infinity.
      {"gelu",
       [](double v) {
         if (std::isinf(v) && v < 0) return -0.0;
         const double y = v * std::erfc(-v / M_SQRT2) / 2;
         return v != 0 && std::abs(v) < 1e-40 ? std::nextafter(y, 1.0) : y;
       }},
      {"tanh", [](double v) { return std::tanh(v); }}};
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const std::vector<float> x = {0.0F,
                                -0.0F,
                                0x1p-149F,
                                -0x1p-149F,
                                1.0F,
                                -1.0F,
                                NAN,
                                kInfinity,
                                -kInfinity,
                                std::numeric_limits<float>::max(),
                                std::numeric_limits<float>::lowest()};
  std::vector<float> y(x.size());
  ir::interpret<float, float>(whole, x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto expected = static_cast<float>(library.at(row.target)(static_cast<double>(x[i])));
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(y[i])) << x[i] << ": " << y[i];
    } else if (expected == 0 || std::isinf(expected)) {
      EXPECT_EQ(std::bit_cast<std::uint32_t>(y[i]), std::bit_cast<std::uint32_t>(expected))
          << x[i] << ": " << y[i];
    } else {
      EXPECT_NEAR(y[i] / expected, 1, 3e-7) << x[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, SchemeRows,
                         testing::ValuesIn(targets::scheme_table().begin(),
                                           targets::scheme_table().end()),
                         [](const auto& row) {
                           return std::string(row.param.target) + "_" + std::string(row.param.name);
                         });

TEST(Schemes, FormerNamesAreThoseOfRowsAndOfNoOther) {
  for (const targets::FormerName& row : targets::former_scheme_names()) {
    SCOPED_TRACE(std::string(row.former));
    EXPECT_TRUE(std::ranges::count(targets::scheme_table(), row.name, &SchemeRow::name) > 0);
    EXPECT_EQ(std::ranges::count(targets::scheme_table(), row.former, &SchemeRow::name), 0);
    EXPECT_TRUE(targets::is_named(row.former, row.name));
    EXPECT_TRUE(targets::is_named(row.name, row.name));
    EXPECT_FALSE(targets::is_named(row.former, "f64"));
  }
  EXPECT_TRUE(targets::is_named("f64*", "f64_odd"));
  EXPECT_FALSE(targets::is_named("f64*", "mixed"));
  EXPECT_FALSE(targets::is_named("f64", "f64_odd"));
}

TEST(Scheme, AHoleOfDoublesIsFilledWithTheKernelInDouble) {
  SchemeRow row = targets::scheme_table()[0];
  row.text = "input x: f32\nr: f64 = widen(x)\nk = kernel(r)\ny = narrow(k)\nreturn y\n";
  const targets::Scheme scheme = targets::make_scheme(row);
  EXPECT_EQ(scheme.type, ir::Type::F64);
  ir::Program kernel = empty_kernel();
  const ir::Operand third = kernel.add_constant(1.0 / 3);
  const ir::Operand minus = kernel.add_constant(-1.0 / 3);
  kernel.result = kernel.add(ir::Type::F32, ir::Op::Fma, ir::Operand::input(), third, minus);
  round_constants(kernel, scheme.type);
  const ir::Program whole = targets::fill_hole(scheme, kernel);
  EXPECT_EQ(ir::find_defect(whole), std::nullopt);
  EXPECT_EQ(ir::constant_types(whole), std::vector(2, ir::Type::F64));
  // In float the constants differ from 1/3 by 1e-8.
  const std::vector<float> x = {1.0F + 0x1p-20F};
  std::vector<float> y(1);
  ir::interpret<float, float>(whole, x, y);
  EXPECT_EQ(y[0], 0x1p-20F / 3);
}

TEST(Scheme, BadRowsAreRefused) {
  SchemeRow row = targets::scheme_table()[0];
  const auto message = [&](std::string_view text) -> std::string {
    row.text = text;
    try {
      targets::make_scheme(row);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("input x: f32\nreturn x\n"),
            "scheme exp2/scalef: needs exactly one line 'k = kernel(r)'");
  EXPECT_EQ(message("input x: f64\nk = kernel(x)\nreturn k\n"),
            "scheme exp2/scalef: begins with 'input x: f32'");
  EXPECT_EQ(message("input x: f32\ni: i32 = bits(x)\nk = kernel(i)\nreturn k\n"),
            "scheme exp2/scalef: the kernel's argument is neither f32 nor f64");
}

}  // namespace
}  // namespace ulpforge::evo

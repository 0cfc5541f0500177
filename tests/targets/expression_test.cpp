// Expressions against std:: functions, and every way to get them wrong.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "ir/expression.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/target.h"

namespace ulpforge::targets {
namespace {

double value(std::string_view text, double x) {
  return reference(ir::parse_expression(text), x).hi;
}

std::string error(std::string_view text) {
  try {
    ir::parse_expression(text);
  } catch (const ir::ExpressionError& caught) {
    return caught.what();
  }
  return "accepted";
}

struct Meaning {
  const char* text;
  double (*function)(double);
};

void PrintTo(const Meaning& meaning, std::ostream* os) { *os << meaning.text; }

class Means : public ::testing::TestWithParam<Meaning> {};

TEST_P(Means, WhatTheCFunctionsSay) {
  const ir::Program program = ir::parse_expression(GetParam().text);
  EXPECT_EQ(ir::find_defect(program), std::nullopt);
  for (const double x : {0.3, 0.71, 1.9}) {
    const double expected = GetParam().function(x);
    const double actual = reference(program, x).hi;
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(actual)) << x;
    } else {
      EXPECT_NEAR(actual, expected, 4e-15 * std::abs(expected) + 1e-300) << x;
    }
  }
}

constexpr double kE = 2.718281828459045;
constexpr double kPi = 3.141592653589793;

INSTANTIATE_TEST_SUITE_P(
    Grammar, Means,
    ::testing::Values(Meaning{"x", [](double x) { return x; }},
                      Meaning{"-x^2", [](double x) { return -(x * x); }},
                      Meaning{"(-x)^2", [](double x) { return x * x; }},
                      Meaning{"2^-x", [](double x) { return std::pow(2, -x); }},
                      Meaning{"x^-2", [](double x) { return 1 / (x * x); }},
                      Meaning{"x^0", [](double) { return 1.0; }},
                      Meaning{"x^1", [](double x) { return x; }},
                      Meaning{"x^63", [](double x) { return std::pow(x, 63); }},
                      Meaning{"x^64", [](double x) { return std::pow(x, 64); }},
                      Meaning{"x^65", [](double x) { return std::pow(x, 65); }},
                      Meaning{"pow(x, 5)", [](double x) { return std::pow(x, 5); }},
                      Meaning{"x^0.3", [](double x) { return std::pow(x, 0.3); }},
                      Meaning{"2^3^x", [](double x) { return std::pow(2, std::pow(3, x)); }},
                      Meaning{"x^2^3", [](double x) { return std::pow(x, 8); }},
                      Meaning{"8-x-2", [](double x) { return 8 - x - 2; }},
                      Meaning{"8/x/2", [](double x) { return 8 / x / 2; }},
                      Meaning{"8/x*2", [](double x) { return 8 / x * 2; }},
                      Meaning{"1+2*x^2", [](double x) { return 1 + 2 * x * x; }},
                      Meaning{"2*-x", [](double x) { return 2 * -x; }},
                      Meaning{"--x", [](double x) { return x; }},
                      Meaning{"+x", [](double x) { return x; }},
                      Meaning{" ( x +\t1 ) * 2 ", [](double x) { return (x + 1) * 2; }},
                      Meaning{"pi*x", [](double x) { return kPi * x; }},
                      Meaning{"e^x", [](double x) { return std::exp(x); }},
                      Meaning{"x+e-pi", [](double x) { return x + kE - kPi; }},
                      Meaning{".5*x", [](double x) { return 0.5 * x; }},
                      Meaning{"1.*x", [](double x) { return x; }},
                      Meaning{"1e3*x", [](double x) { return 1000 * x; }},
                      Meaning{"1.25E-2*x", [](double x) { return 0.0125 * x; }},
                      Meaning{"0x1.8p+1*x", [](double x) { return 3 * x; }},
                      Meaning{"0xff*x", [](double x) { return 255 * x; }},
                      Meaning{"0X.8P0*x", [](double x) { return 0.5 * x; }},
                      Meaning{"00.50*x", [](double x) { return 0.5 * x; }}));

INSTANTIATE_TEST_SUITE_P(
    Functions, Means,
    ::testing::Values(Meaning{"exp(x)", [](double x) { return std::exp(x); }},
                      Meaning{"exp2(x)", [](double x) { return std::exp2(x); }},
                      Meaning{"exp10(x)", [](double x) { return std::pow(10, x); }},
                      Meaning{"expm1(x)", [](double x) { return std::expm1(x); }},
                      Meaning{"log(x)", [](double x) { return std::log(x); }},
                      Meaning{"ln(x)", [](double x) { return std::log(x); }},
                      Meaning{"log2(x)", [](double x) { return std::log2(x); }},
                      Meaning{"log10(x)", [](double x) { return std::log10(x); }},
                      Meaning{"log1p(x)", [](double x) { return std::log1p(x); }},
                      Meaning{"sin(x)", [](double x) { return std::sin(x); }},
                      Meaning{"cos(x)", [](double x) { return std::cos(x); }},
                      Meaning{"tan(x)", [](double x) { return std::tan(x); }},
                      Meaning{"asin(x)", [](double x) { return std::asin(x); }},
                      Meaning{"acos(x)", [](double x) { return std::acos(x); }},
                      Meaning{"atan(x)", [](double x) { return std::atan(x); }},
                      Meaning{"sinh(x)", [](double x) { return std::sinh(x); }},
                      Meaning{"cosh(x)", [](double x) { return std::cosh(x); }},
                      Meaning{"tanh(x)", [](double x) { return std::tanh(x); }},
                      Meaning{"asinh(x)", [](double x) { return std::asinh(x); }},
                      Meaning{"acosh(x)", [](double x) { return std::acosh(x); }},
                      Meaning{"atanh(x)", [](double x) { return std::atanh(x); }},
                      Meaning{"sqrt(x)", [](double x) { return std::sqrt(x); }},
                      Meaning{"cbrt(-x)", [](double x) { return std::cbrt(-x); }},
                      Meaning{"hypot(x, 1)", [](double x) { return std::hypot(x, 1); }},
                      Meaning{"pow(x, x)", [](double x) { return std::pow(x, x); }},
                      Meaning{"fma(x, 2, 1)", [](double x) { return std::fma(x, 2, 1); }},
                      Meaning{"abs(x-1)", [](double x) { return std::abs(x - 1); }},
                      Meaning{"fabs(x-1)", [](double x) { return std::abs(x - 1); }},
                      Meaning{"erf(x)", [](double x) { return std::erf(x); }},
                      Meaning{"erfc(x)", [](double x) { return std::erfc(x); }},
                      Meaning{"gamma(x)", [](double x) { return std::tgamma(x); }},
                      Meaning{"tgamma(-x)", [](double x) { return std::tgamma(-x); }},
                      Meaning{"lgamma(-x)", [](double x) { return std::lgamma(-x); }},
                      Meaning{"j0(x)", [](double x) { return ::j0(x); }},
                      Meaning{"j1(x)", [](double x) { return ::j1(x); }},
                      Meaning{"y0(x)", [](double x) { return ::y0(x); }},
                      Meaning{"y1(x)", [](double x) { return ::y1(x); }},
                      Meaning{"log1p(exp(x))", [](double x) { return std::log1p(std::exp(x)); }},
                      Meaning{"sqrt(2/(pi*x))*sinh(x)",
                              [](double x) { return std::sqrt(2 / (kPi * x)) * std::sinh(x); }}));

TEST(Expression, AiryAtATabulatedPoint) {
  EXPECT_DOUBLE_EQ(value("airy_ai(x)", 0), 0.3550280538878172);
  EXPECT_DOUBLE_EQ(value("airy_ai(-7*x)", 1), 0.184280835250505637);
}

TEST(Expression, DecimalsAreExact) {
  EXPECT_EQ(value("10*0.1 - 1 + 0*x", 1), 0);
  EXPECT_EQ(value("1e-20*1e20 - 1 + 0*x", 1), 0);
  EXPECT_EQ(value("1e-300*1e300 - 1 + 0*x", 1), 0);
  for (const double x :
       {5e-324, 1.7976931348623157e308, 1e300, 1e-300, 1e22, 1e23, 0.1, 123456.7}) {
    EXPECT_EQ(value(fmt::format("{}", x), 0), x);
  }
  EXPECT_EQ(value("123456789.123456789*10^9 - 123456789123456789 + 0*x", 1), 0);
  // 1/10 to 200 bits, not the double next to it.
  numbers::Mpfr tenth = real(200);
  mpfr_set_ui(numbers::raw(tenth), 1, MPFR_RNDN);
  mpfr_div_ui(numbers::raw(tenth), numbers::raw(tenth), 10, MPFR_RNDN);
  const numbers::Mpfr parsed = reference(ir::parse_expression("0.1*x"), real(1.0, 53), 200);
  EXPECT_TRUE(mpfr_equal_p(numbers::raw(parsed), numbers::raw(tenth)));
  EXPECT_TRUE(ir::parse_expression("0.375").result.is_constant()) << "a short binary fraction";
}

TEST(Expression, IntegerPowersAreMultiplications) {
  const ir::Program program = ir::parse_expression("x^13");
  for (const ir::Instruction& step : program.code) EXPECT_EQ(step.op, ir::Op::Mul);
  EXPECT_EQ(program.code.size(), 5U);
}

TEST(Expression, EqualConstantsAreStoredOnce) {
  EXPECT_EQ(ir::parse_expression("2*x+2/x-2+pi*pi").constants.size(), 1U);
}

TEST(Expression, SaysWhereAndWhat) {
  EXPECT_EQ(error("2*(x+1"), "expression, column 7: expected ')', not the end");
  EXPECT_EQ(error("x ) "), "expression, column 3: expected an operator or the end, not ')'");
  EXPECT_EQ(error("1+*x"), "expression, column 3: expected a number, a name or '(', not '*'");
  EXPECT_EQ(error("2x"), "expression, column 2: expected an operator or the end, not 'x'");
  EXPECT_EQ(error("x+"), "expression, column 3: expected a number, a name or '(', not the end");
  EXPECT_EQ(error("x+ sin"), "expression, column 4: sin is a function of 1 argument; write sin(x)");
  EXPECT_EQ(error("sin(x,2)"), "expression, column 1: sin takes 1 argument, not 2");
  EXPECT_EQ(error("1+pow(x)"), "expression, column 3: pow takes 2 arguments, not 1");
  EXPECT_EQ(error("fma(x,x,x,x)"), "expression, column 1: fma takes 3 arguments, not 4");
  EXPECT_EQ(error("exp()"), "expression, column 1: exp takes 1 argument, not 0");
  EXPECT_EQ(
      error("2*y"),
      "expression, column 3: unknown name 'y'; the variable is x, the constants are pi and e");
  EXPECT_EQ(error("pi(x)"), "expression, column 1: pi is not a function; write * for a product");
  EXPECT_EQ(error("x(2)"), "expression, column 1: x is not a function; write * for a product");
  EXPECT_EQ(error("1e*x"), "expression, column 2: expected digits after the exponent's e");
  EXPECT_EQ(error("."), "expression, column 1: expected digits");
  EXPECT_EQ(error("x+\xff"), "expression, column 3: expected a number, a name or '(', not '\\xff'");
  EXPECT_TRUE(error("").starts_with("expression, column 1: expected an expression in x"));
  EXPECT_TRUE(
      error("x + sn(x)").starts_with("expression, column 5: unknown function 'sn'; known: "))
      << error("x + sn(x)");
  EXPECT_TRUE(error("expp(x)").starts_with(
      "expression, column 1: unknown function 'expp'; did you mean 'exp' or 'exp2'?; known: abs, "))
      << error("expp(x)");
}

TEST(Expression, RefusesNumbersThatItCannotHold) {
  for (const char* text :
       {"1e500*x", "1e-500*x", "0.1234567890123456789012345678901234567*x",
        "0x1.23456789abcdef0123456789abcdef0123456*x", "1e99999999999999*x", "0x1p99999999*x"}) {
    EXPECT_TRUE(error(text).find("column 1") != std::string::npos &&
                error(text).find("double-double") != std::string::npos)
        << error(text);
  }
}

TEST(Expression, HasLimitsInsteadOfOverflows) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "x" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  EXPECT_EQ(error(nested(90)), "accepted");
  EXPECT_TRUE(error(nested(1000)).find("nested deeper than 200") != std::string::npos);
  std::string negated(4001, '-');
  negated.back() = 'x';
  EXPECT_TRUE(error(negated).find("nested deeper") != std::string::npos);
  std::string tower = "x";
  for (int i = 0; i < 1000; ++i) tower += "^x";
  EXPECT_TRUE(error(tower).find("nested deeper") != std::string::npos);
  EXPECT_TRUE(error(std::string(100000, '(')).find("more than the 4096") != std::string::npos);
  std::string powers;  // the most code that fits
  while (powers.size() < 4000) powers += "x^63+";
  EXPECT_EQ(error(powers + "1"), "accepted");
}

/// Any bytes: a program without defects or an ExpressionError of one line.
void expect_no_crash(const std::string& text) {
  try {
    const ir::Program program = ir::parse_expression(text);
    ASSERT_EQ(ir::find_defect(program), std::nullopt) << text;
  } catch (const ir::ExpressionError& caught) {
    const std::string_view what = caught.what();
    ASSERT_EQ(what.find_first_of("\n\r"), std::string_view::npos) << what;
    ASSERT_TRUE(what.starts_with("expression")) << what;
  }
  try {
    parse_domain(text + ",1");
  } catch (const std::invalid_argument& caught) {
    ASSERT_EQ(std::string_view(caught.what()).find('\n'), std::string_view::npos);
  }
}

TEST(Expression, SurvivesRandomBytes) {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    std::string text(random() % 24, ' ');
    for (char& c : text) c = static_cast<char>(random());
    expect_no_crash(text);
  }
}

TEST(Expression, SurvivesMutations) {
  const std::vector<std::string> seeds{"log1p(exp(x))", "sqrt(2/(pi*x))*sinh(x)", "-x^2+0x1.8p-3",
                                       "fma(x,1e-3,hypot(x,e))", "((x+1)*(x-1))^3/.25"};
  const std::string alphabet = "x()+-*/^,.0123456789epixsincoqrt \t";
  std::mt19937 random(2);
  for (int i = 0; i < 30000; ++i) {
    std::string text = seeds[random() % seeds.size()];
    for (std::uint32_t edits = 1 + random() % 4; edits > 0; --edits) {
      const std::size_t at = random() % (text.size() + 1);
      const char c = alphabet[random() % alphabet.size()];
      switch (random() % 3) {
        case 0:
          text.insert(at, 1, c);
          break;
        case 1:
          if (at < text.size()) text.erase(at, 1);
          break;
        default:
          if (at < text.size()) text[at] = c;
          break;
      }
    }
    expect_no_crash(text);
  }
}

TEST(Expression, KnowsWhetherItDependsOnX) {
  EXPECT_TRUE(ir::depends_on_input(ir::parse_expression("x")));
  EXPECT_TRUE(ir::depends_on_input(ir::parse_expression("1+sin(x)")));
  EXPECT_FALSE(ir::depends_on_input(ir::parse_expression("pi/2")));
  EXPECT_FALSE(ir::depends_on_input(ir::parse_expression("3")));
}

}  // namespace
}  // namespace ulpforge::targets

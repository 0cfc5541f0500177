// The constants in the texts of schemes against MPFR: splittings, roundings and Taylor
// coefficients. Every constant of more than eight bits has a row here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ir/expression.h"
#include "numbers/mpfr.h"
#include "targets/exact/real.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::targets {
namespace {

struct Constant {
  std::string names;       ///< with | between them; "minus_" before one turns the sign
  std::string type;        ///< "f32", "f64" or "i32"
  std::string expression;  ///< its value before rounding
  unsigned bits;
  mpfr_rnd_t rounding = MPFR_RNDN;
  double tolerance = 0;  ///< relative
};

// clang-format off
const std::vector<Constant> kConstants = {
  {"log2_e",             "f32", "1/log(2)",                                     24},
  {"log2_e_low",         "f32", "1/log(2)-0x1.715476p+0",                       24},
  {"ln2_high",           "f32", "log(2)",                                       15},
  {"ln2_low",            "f32", "log(2)-0x1.62e4p-1",                           24},
  {"ln2",                "f32", "log(2)",                                       24},
  {"log2_10",            "f32", "log(10)/log(2)",                               24},
  {"log2_10_low",        "f32", "log(10)/log(2)-0x1.a934fp+1",                  24},
  {"log10_2",            "f32", "log(2)/log(10)",                               24},
  {"log10_2_high",       "f32", "log(2)/log(10)",                               11},
  {"log10_2_low",        "f32", "log(2)/log(10)-0x1.344p-2",                    24},
  {"log10_e",            "f32", "1/log(10)",                                    24},
  {"sqrt2",              "f32", "sqrt(2)",                                      24},
  // The bits of a float in [1/2, 1) count steps of 2^-24 from there.
  {"sqrt_half_bits",     "i32", "0x1.f8p+29+(0x1.6a09e6p-1-0.5)*0x1p24",        31},
  {"one_bits",           "i64", "1023*0x1p52",                                  53},
  {"per_unit|log2_e",    "f64", "1/log(2)",                                     53},
  {"per_unit",           "f64", "log(10)/log(2)",                               53},
  {"ln2|log_of_2",       "f64", "log(2)",                                       53},
  {"half_ln2",           "f64", "log(2)/2",                                     53},
  {"high|ln2_high",      "f64", "log(2)",                                       42},
  {"low|ln2_low",        "f64", "log(2)-0x1.62e42fefa38p-1",                    53},
  {"half_ln2_high",      "f64", "log(2)/2",                                     42},
  {"half_ln2_low",       "f64", "log(2)/2-0x1.62e42fefa38p-2",                  53},
  {"log_of_2",           "f64", "log(2)/log(10)",                               53},
  {"high|log10_2_high",  "f64", "log(2)/log(10)",                               42},
  {"low|log10_2_low",    "f64", "log(2)/log(10)-0x1.34413509f78p-2",            53},
  {"two_over_pi",        "f32", "2/pi",                                         24},
  {"one_over_pi",        "f32", "1/pi",                                         24},
  {"two_over_pi",        "f64", "2/pi",                                         53},
  {"one_over_pi",        "f64", "1/pi",                                         53},
  {"half_pi",            "f32", "pi/2",                                         24},
  {"half_pi_low",        "f32", "pi/2-0x1.921fb6p+0",                           24},
  {"pi|pi_high",         "f32", "pi",                                           24},
  {"pi_low",             "f32", "pi-0x1.921fb6p+1",                             24},
  {"part1",              "f32", "pi/2",                                         24, MPFR_RNDZ},
  {"part2",              "f32", "pi/2-0x1.921fb4p+0",                           11, MPFR_RNDZ},
  {"part3",              "f32", "pi/2-0x1.921fb4p+0-0x1.444p-24",               24},
  {"part1",              "f32", "pi",                                           24, MPFR_RNDZ},
  {"part2",              "f32", "pi-0x1.921fb4p+1",                             11, MPFR_RNDZ},
  {"part3",              "f32", "pi-0x1.921fb4p+1-0x1.444p-23",                 24},
  {"half_pi|part1",      "f64", "pi/2",                                         53},
  {"half_pi_low|part2",  "f64", "pi/2-0x1.921fb54442d18p+0",                    53},
  {"pi|part1",           "f64", "pi",                                           53},
  {"pi_low|part2",       "f64", "pi-0x1.921fb54442d18p+1",                      53},
  {"third",              "f32", "1/3",                                          24},
  {"two_thirds",         "f32", "2/3",                                          24},
  {"four_thirds",        "f32", "4/3",                                          24},
  {"slope",              "f64", "2/sqrt(pi)",                                   24},
  // Fitted; targets/schemes/constants.py fits them again. Next to Taylor's.
  {"e3",                 "f32", "1/6",                                          24, MPFR_RNDN, 0x1p-12},
  {"e4",                 "f32", "1/24",                                         24, MPFR_RNDN, 0x1p-12},
  {"e5|e6",              "f32", "1/120",                                        24, MPFR_RNDN, 1},
  {"c4",                 "f32", "1/24",                                         24, MPFR_RNDN, 0x1p-12},
  {"c6",                 "f32", "1/720",                                        24, MPFR_RNDN, 0x1p-7},
  {"e0",                 "f64", "1",                                            53, MPFR_RNDN, 0x1p-28},
  {"e1",                 "f64", "log(2)",                                       53, MPFR_RNDN, 0x1p-22},
  {"e2",                 "f64", "log(2)^2/2",                                   53, MPFR_RNDN, 0x1p-22},
  {"e3",                 "f64", "log(2)^3/6",                                   53, MPFR_RNDN, 0x1p-12},
  {"e4",                 "f64", "log(2)^4/24",                                  53, MPFR_RNDN, 0x1p-12},
  {"e5",                 "f64", "log(2)^5/120",                                 53, MPFR_RNDN, 0x1p-7},
  {"e6",                 "f64", "log(2)^6/720",                                 53, MPFR_RNDN, 0x1p-7},
  // Chosen: the numbers of roundings by addition, with the bias of an exponent or a quarter turn in
  // their low bits; the largest float and the bits of mantissas; numbers a little below 1/4 and 1/2.
  {"shifter",            "f32", "0x1.8p+23",                                    24, MPFR_RNDN, 0x1p-15},
  {"shifter",            "f64", "0x1.8p+52",                                    53, MPFR_RNDN, 0x1p-52},
  {"shifter_bits",       "i32", "0x4b400000+127",                               31},
  {"largest",            "f32", "0x1p+128-0x1p+104",                            24},
  {"mantissa",           "i32", "8388607",                                      31},
  {"last_normal",        "i32", "-16777217",                                    31},
  {"slope",              "f64", "(1-0x1p-28)/4",                                53},
  {"below_half",         "f64", "(1-0x1p-45)/2",                                53},
  // Of schemes with tables in memory: patterns less one that limits are compared with, the place of
  // 1 in the middle of an interval of mantissas, steps of the tables.
  {"size_mask|below_sign", "i32", "2147483647",                                 31},
  {"largest",            "i32", "-8388610",                                     31},
  {"limit_bits",         "i32", "0x46800000+2147483647-4294967296",             32},
  {"limit_bits",         "i32", "0x43800000+2147483647-4294967296",             32},
  {"largest",            "i32", "0x7f7fffff-0x32000000+2147483647-4294967296", 32},
  {"middle",             "i64", "0x1p28-8",                                     29},
  {"below_float|below_near_float", "i64", "0x1p29-1",                                     29},
  {"mantissa_offset",    "i64", "4607182418800017408-76*0x1p45-0x1p44", 63},
  {"unit_high",          "f64", "64/log(2)",                                    29},
  {"unit_low",           "f64", "64/log(2)-0x1.7154765p+6",                     53},
  {"unit_high",          "f64", "128/log(2)",                                   29},
  {"unit_low",           "f64", "128/log(2)-0x1.7154765p+7",                    53},
  {"unit_high",          "f64", "256/log(2)",                                   29},
  {"unit_low",           "f64", "256/log(2)-0x1.7154765p+8",                    53},
  {"unit_high",          "f64", "128*log(10)/log(2)",                           29},
  {"unit_low",           "f64", "128*log(10)/log(2)-0x1.a934f09p+8",            53},
  // Of those that compute again what is close to a middle.
  {"near_middle",        "i64", "0x1p28-0x1p18",                                29},
  {"largest",            "i32", "0x7f7fffff+0x7f800000-4294967296",             32},
  {"near_offset",        "i32", "0x3f800000-76*0x1p16-0x1p15",                  31},
  {"limit_bits",         "i32", "0x42fc0000",                                   31},
  {"limit_bits",         "i32", "0x42ae0000",                                   31},
  {"limit_bits",         "i32", "0x42140000",                                   31},
  {"high_bits",          "i32", "0x41700000",                                   31},
  {"minus_tiny",         "i32", "2147483648-0x37800000",                        31},
  {"largest",            "i32", "0x7f7fffff-0x37800000-2147483648",             32},
  {"largest",            "i32", "0x7f7fffff-0x3f800000-2147483648",             32},
  {"largest",            "i32", "0x3f7fffff-0x37800000-2147483648",             32},
  {"x_c1",               "f64", "-1/6",                                         53},
  {"x_c2",               "f64", "3/40",                                         53},
  {"x_c3",               "f64", "-15/336",                                      53},
  {"x_c4",               "f64", "105/3456",                                     53},
  {"x_c1",               "f64", "1/3",                                          53},
  {"x_c2",               "f64", "1/5",                                          53},
  {"x_c3",               "f64", "1/7",                                          53},
  {"x_c4",               "f64", "1/9",                                          53},
  {"half_pi_head",       "f64", "pi/2",                                         24},
  {"half_pi_tail",       "f64", "pi/2-0x1.921fb6p+0",                           25},
  {"g4",                 "f64", "1/24",                                         53},
  {"g6",                 "f64", "1/720",                                        53},
  {"third",              "f64", "1/3",                                          53},
  {"tan_c2",             "f64", "2/15",                                         53},
  {"tan_c3",             "f64", "17/315",                                       53},
  {"tan_c4",             "f64", "62/2835",                                      53},
  {"last",               "f32", "3.93",                                         9},
  {"largest",            "i32", "0x7f7fffff",                                   31},
  {"last_lost",          "f64", "atan(0x1p40)-0x1.921fb54441d18p+0",                 53},
  {"g1",                 "f64", "-1/3",                                         53},
  {"g2",                 "f64", "1/10",                                         53},
  {"g3",                 "f64", "-1/42",                                        53},
  {"g4",                 "f64", "1/216",                                        53},
  {"g5",                 "f64", "-1/1320",                                      53},
  {"g6",                 "f64", "1/9360",                                       53},
  {"g7",                 "f64", "-1/75600",                                     53},
  {"g8",                 "f64", "1/685440",                                     53},
  {"g9",                 "f64", "-1/6894720",                                   53},
  {"g10",                "f64", "1/76204800",                                   53},
  {"g11",                "f64", "-1/918086400",                                 53},
  {"g12",                "f64", "1/11975040000",                                53},
  {"g13",                "f64", "-1/168129561600",                              53},
  {"e3_of_power",        "f64", "1/6",                                          53},
  {"e4_of_power",        "f64", "1/24",                                         53},
  {"e5_of_power",        "f64", "1/120",                                        53},
  {"e6_of_power",        "f64", "1/720",                                        53},
  {"limit_bits",         "i32", "0x4112e148",                                   31},
  {"slope_lost",         "f64", "2/sqrt(pi)-0x1.20dd750429b6dp+0",              53},
  {"one_float_bits",     "i32", "0x3f800000",                                   31},
  {"pi_bits",            "i64", "0x400921fb54442d18",                           63},
  {"low_of_pi",          "f64", "2*(pi/2-0x1.921fb54442d18p+0)/pi",             53},
  {"step_high",          "f64", "log(2)/128",                                   38},
  {"step_low",           "f64", "log(2)/128-0x1.62e42fefap-8",                 53},
  {"rest_main",          "f64", "0.66",                                         53},
  {"shift",              "f64", "0.7",                                          53},
  {"slope",              "f64", "2/sqrt(pi)",                                   53},
  {"near_unit",          "f64", "128/log(2)",                                   53},
  {"near_unit",          "f64", "128*log(10)/log(2)",                           53},
  {"log_of_step",        "f64", "log(2)/128",                                   53},
  {"log_of_step",        "f64", "log(2)",                                       53},
  {"log_unit_high",      "f64", "1/log(2)",                                     29},
  {"log_unit_low",       "f64", "1/log(2)-0x1.7154765p+0",                      53},
  {"log_unit_high",      "f64", "1/log(10)",                                    29},
  {"log_unit_low",       "f64", "1/log(10)-0x1.bcb7b15p-2",                     53},
  {"per_turn",           "f64", "128/pi",                                       53},
  {"turn_high",          "f64", "pi/128",                                       33},
  {"turn_low",           "f64", "pi/128-0x1.921fb544p-6",                       53},
  {"sixth",              "f64", "1/6",                                          53, MPFR_RNDN, 0x1p-32},
  {"q1",                 "f64", "1/120",                                        53, MPFR_RNDN, 0x1p-16},
};
// clang-format on

numbers::Mpfr value(const std::string& expression, unsigned bits, mpfr_rnd_t rounding) {
  constexpr unsigned kEnough = 400;
  const ir::Program program = ir::parse_expression(expression);
  RealMachine machine(program, kEnough);
  const numbers::Mpfr none = real(0.0, kEnough);
  machine.run(none);
  numbers::Mpfr result = real(bits);
  mpfr_set(numbers::raw(result), numbers::raw(machine.result()), rounding);
  return result;
}

std::vector<Constant> all_constants() {
  std::vector<Constant> constants = kConstants;
  // Taylor's of e^r, cosh r and atanh s / s.
  for (int k = 3; k <= 35; ++k) {
    const std::string factorial = fmt::format("1/{:.0f}", std::tgamma(k + 1.0));
    if (k <= 13) constants.push_back({fmt::format("e{0}|c{0}", k), "f64", factorial, 53});
    constants.push_back({fmt::format("t{0}|over{0}", k), "f64", fmt::format("1/{}", k), 53});
  }
  return constants;
}

/// One line "name: type = number" of a scheme's text.
struct Line {
  std::string name, type;
  double value;
};

std::vector<Line> lines_of(const SchemeRow& row) {
  static const std::regex line(R"((\w+)(?:: (\w+))? = (-?0x[0-9a-f.]+(?:p[-+]?\d+)?)\b)");
  const std::string text(row.text);
  std::vector<Line> lines;
  for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at) {
    lines.push_back({(*at)[1], (*at)[2].matched ? (*at)[2].str() : "f32",
                     std::strtod((*at)[3].str().c_str(), nullptr)});
  }
  return lines;
}

bool has_more_than_eight_bits(double x) {
  int exponent = 0;
  const double scaled = std::frexp(x, &exponent) * 0x1p8;
  return scaled != std::trunc(scaled);
}

/// Whether other tests look at it: the entries of tables, the pieces of 2 / pi, the coefficients of
/// long polynomials, and the starts of Newton's steps, which need not be right.
bool is_tested_elsewhere(const SchemeRow& row, const std::string& name) {
  static const std::regex entry(R"([cl]\d+)"), entry_in_memory(R"([acdlst]\d+|e\d_\d+)");
  static const std::regex coefficient(R"(f\d+)");
  const bool tabled = row.text.find("c31 = ") != std::string_view::npos;
  const bool in_memory = row.text.find("= lookup") != std::string_view::npos;
  return (tabled && std::regex_match(name, entry)) ||
         (in_memory && std::regex_match(name, entry_in_memory)) || name.starts_with("piece") ||
         std::regex_match(name, coefficient) || name == "magic";
}

bool agrees(const Line& line, const Constant& constant) {
  if (line.type != constant.type) return false;
  const bool turned = line.name.starts_with("minus_");
  const std::string name = turned ? line.name.substr(6) : line.name;
  if (("|" + constant.names + "|").find("|" + name + "|") == std::string::npos) return false;
  const auto expected =
      value(constant.expression, constant.bits, constant.rounding).convert_to<double>();
  const double found = turned ? -line.value : line.value;
  return std::abs(found - expected) <= constant.tolerance * std::abs(expected);
}

TEST(SchemeConstants, AreWhatTheirNamesSay) {
  const std::vector<Constant> constants = all_constants();
  std::set<std::pair<std::string, double>> seen;
  for (const SchemeRow& row : scheme_table()) {
    for (const Line& line : lines_of(row)) {
      if (!has_more_than_eight_bits(line.value) || is_tested_elsewhere(row, line.name)) continue;
      if (!seen.emplace(line.name + line.type, line.value).second) continue;
      EXPECT_TRUE(std::ranges::any_of(constants, [&](const auto& c) { return agrees(line, c); }))
          << row.target << "/" << row.name << ": " << line.name << ": " << line.type << " = "
          << std::hexfloat << line.value;
    }
  }
  EXPECT_GE(seen.size(), 100U);
}

/// f0 + f1 x + ... is (asin r - r) / r^3 for r^2, or (t + 0.7) e^(t^2) erfc t - 0.66 for
/// (t - 2.125) / (t + 3.75).
TEST(SchemeConstants, LongPolynomialsAreWhatTheyStandFor) {
  int found = 0;
  for (const SchemeRow& row : scheme_table()) {
    std::vector<double> coefficients;
    for (const Line& line : lines_of(row)) {
      if (line.name == fmt::format("f{}", coefficients.size())) coefficients.push_back(line.value);
    }
    if (coefficients.empty()) continue;
    ++found;
    const bool arc = row.target == "asin" || row.target == "acos";
    ASSERT_TRUE(arc || row.target == "erfc") << row.target;
    for (int k = 1; k <= 40; ++k) {
      const double r = k / 80.0, t = k / 4.0;
      const double x = arc ? r * r : (t - 2.125) / (t + 3.75);
      const double exact = arc ? (std::asin(r) - r) / (r * r * r)
                               : (t + 0.7) * std::exp(t * t) * std::erfc(t) - 0.66;
      double y = 0;
      for (std::size_t i = coefficients.size(); i-- > 0;) y = y * x + coefficients[i];
      EXPECT_NEAR(y, exact, arc ? 0x1p-52 / (r * r) : 0x1p-44) << row.target << " " << k;
    }
  }
  EXPECT_EQ(found, 3);
}

TEST(SchemeConstants, PiecesOfTwoOverPiAreItsBits) {
  for (const SchemeRow& row : scheme_table()) {
    numbers::Mpfr sum = real(0.0, 400);
    for (const Line& line : lines_of(row)) {
      if (!line.name.starts_with("piece")) continue;
      const int k = std::stoi(line.name.substr(5));
      numbers::Mpfr piece = real(line.value, 400);
      mpfr_mul_2si(numbers::raw(piece), numbers::raw(piece), -24 * k, MPFR_RNDN);
      mpfr_add(numbers::raw(sum), numbers::raw(sum), numbers::raw(piece), MPFR_RNDN);
    }
    if (sum == 0) continue;
    EXPECT_EQ(sum, value("2/pi", 240, MPFR_RNDZ)) << row.target << "/" << row.name;
  }
}

}  // namespace
}  // namespace ulpforge::targets

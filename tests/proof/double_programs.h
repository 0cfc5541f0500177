// Exponentials over double as machine programs, and the largest error that sampling finds.
#pragma once

#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "ir/expression.h"
#include "ir/interpret.h"
#include "ir/text.h"
#include "proof/gappa.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/ulp.h"

namespace ulpforge::proof::test {

inline bool has_gappa() {
  try {
    rounding_error(ir::parse("input x; v0 = x + x; return v0"), 1, 2);
    return true;
  } catch (const GappaMissing&) {
    return false;
  }
}

/// "k" is base^r by Horner's scheme for its Taylor series, base = e^log_base.
inline std::string kernel(long double log_base) {
  constexpr int kDegree = 13;
  std::string text;
  long double c = 1;
  for (int k = 0; k <= kDegree; ++k) {
    char number[64];
    std::snprintf(number, sizeof number, "c%d: f64 = %a\n", k, static_cast<double>(c));
    text += number;
    c *= log_base / (k + 1);
  }
  std::string value = "c" + std::to_string(kDegree);
  for (int k = kDegree - 1; k >= 0; --k) {
    const std::string next = k == 0 ? "k" : "p" + std::to_string(k);
    text += next + ": f64 = fma(" + value + ", r, c" + std::to_string(k) + ")\n";
    value = next;
  }
  return text;
}

inline constexpr long double kLn2 = 0.693147180559945309417232121458176568L;

/// The exact reduction x - rint(x), nothing clamped.
inline std::string exp2_text() {
  return "input x: f64\nn: f64 = rint(x)\nr: f64 = x - n\n" + kernel(kLn2) +
         "y: f64 = scalef(k, n)\nreturn y\n";
}

/// Magic-number rounding, and 2^n by its bits in two factors.
inline std::string exp2_by_insertion() {
  return R"(input x: f64
low: f64 = -1080
high: f64 = 1025
shifter: f64 = 0x1.8p+52
x0: f64 = max(low, x)
x1: f64 = min(high, x0)
t: f64 = x1 + shifter
n: f64 = t - shifter
r: f64 = x1 - n
)" + kernel(kLn2) +
         R"(shifter_bits: i64 = 0x4338000000000000
one: i64 = 1
bias: i64 = 1023
width: i64 = 52
t_bits: i64 = bits(t)
m: i64 = t_bits - shifter_bits
m1: i64 = shift_right(m, one)
m2: i64 = m - m1
b1: i64 = m1 + bias
b2: i64 = m2 + bias
s1_bits: i64 = shift_left(b1, width)
s2_bits: i64 = shift_left(b2, width)
s1: f64 = from_bits(s1_bits)
s2: f64 = from_bits(s2_bits)
y1: f64 = k * s1
y: f64 = y1 * s2
return y
)";
}

/// 2^n in one factor, which holds for normal results.
inline std::string exp2_by_one_factor() {
  return "input x: f64\nn: f64 = rint(x)\nr: f64 = x - n\n" + kernel(kLn2) +
         "bias: i64 = 1023\nwidth: i64 = 52\nm: i64 = round_to_integer(n)\nb: i64 = m + bias\n"
         "s_bits: i64 = shift_left(b, width)\ns: f64 = from_bits(s_bits)\ny: f64 = k * s\n"
         "return y\n";
}

/// Cody-Waite in two parts.
inline std::string exp_text(const std::string& low_part = "-0x1.cf79abc9e3b39p-40") {
  return "input x: f64\nlow: f64 = -746\nhigh: f64 = 710\nx0: f64 = max(low, x)\n"
         "x1: f64 = min(high, x0)\nlog2_e: f64 = 0x1.71547652b82fep+0\nz: f64 = x1 * log2_e\n"
         "n: f64 = rint(z)\nh: f64 = -0x1.62e42fefap-1\nl: f64 = " +
         low_part + "\nr1: f64 = fma(n, h, x1)\nr: f64 = fma(n, l, r1)\n" + kernel(1) +
         "y: f64 = scalef(k, n)\nreturn y\n";
}

/// The largest error in ULP at random doubles of [lo, hi].
inline double sampled(const ir::Program& program, const char* expression, double lo, double hi,
                      int points) {
  const ir::Program target = ir::parse_expression(expression);
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform(lo, hi);
  std::vector<double> x(static_cast<std::size_t>(points));
  for (double& value : x) value = uniform(random);
  std::vector<double> y(x.size());
  ir::interpret<double, double>(program, x, y);
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double error = std::abs(
        targets::ulp_error(numbers::kBinary64, y[i], targets::exact_value(target, x[i]).value));
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

}  // namespace ulpforge::proof::test

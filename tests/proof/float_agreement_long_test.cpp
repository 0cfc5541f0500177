// Bounds by Taylor models and Gappa against exhaustion, on many float programs; certificates about
// every float.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "double_programs.h"
#include "ir/text.h"
#include "proof/certificate.h"
#include "proof/double_bound.h"
#include "proof/exhaustion.h"
#include "proof/gappa.h"
#include "proof/reduction.h"

namespace ulpforge::proof {
namespace {

using test::has_gappa;

/// Kernels over float in every form there is, with random constants: the sum of Taylor model and
/// Gappa against a run at every float of a binade.
TEST(Gappa, AgreesWithExhaustionOnFloatPrograms) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const targets::Domain binade{0.5, 1.0, false, true};
  const targets::FloatReference reference = float_reference("exp2(x)", binade);
  const targets::Target goal =
      targets::make_target("exp2(x)", targets::Domain{0.5, 1.0}, targets::Metric::UlpF32);
  const char* const forms[] = {
      "v0 = fma(x, a, b)\nv1 = fma(v0, x, c)\nv2 = fma(v1, x, d)\n",
      "v0 = a * x\nv1 = v0 + b\nv2 = v1 * x\nv3 = v2 + c\nv4 = v3 * x\nv5 = v4 + d\n",
      "v0 = x * x\nv1 = fma(x, a, b)\nv2 = fma(x, c, d)\nv3 = fma(v0, v1, v2)\n",
      "v0 = x + b\nv1 = c / v0\nv2 = v1 + d\nv3 = v2 - a\n",
      "v0 = fma(x, c, d)\nv1 = sqrt(v0)\nv2 = v1 * v1\nv3 = fma(v2, a, v2)\n",
  };
  std::mt19937 random(11);
  std::uniform_real_distribution<double> noise(0.98, 1.02);
  for (int k = 0; k < 15; ++k) {
    const int form = k % static_cast<int>(std::size(forms));
    const bool quotient = form == 3;
    std::string text = "input x: f32\n";
    const auto constant = [&](const char* name, double value) {
      char line[64];
      std::snprintf(line, sizeof line, "%s = %a\n", name,
                    static_cast<double>(static_cast<float>(value * noise(random))));
      text += line;
    };
    constant("a", 0.0558);
    constant("b", quotient ? -3.4 : 0.2402);
    constant("c", quotient ? -8.2 : 0.6931);
    constant("d", quotient ? -1.4 : 1);
    text += forms[form];
    const auto last = text.rfind("\nv") + 1;
    text += "return " + text.substr(last, text.find(' ', last) - last) + "\n";
    const ir::Program program = ir::parse(text);
    const double truth = exhaust(program, reference).score.max_ulp;
    const DoubleBound bound = prove_in_format(as_real(program), goal, Precision::Float);
    ASSERT_TRUE(bound.proven) << bound.obstacle << "\n" << text;
    EXPECT_GE(bound.bound, truth) << text;
    // Rounding is the smaller part of such an error; what Gappa adds to it is no more than that.
    EXPECT_LE(bound.bound, truth * 1.001 + 6) << text;
    // And the part of rounding is really there.
    EXPECT_GE(bound.rounding, 0.49) << text;
  }
}

/// 2^x by its Taylor series, at every float.
TEST(ExhaustiveCertificate, OfTheWholeLine) {
  const ir::Program program = ir::parse(R"(input x: f32
n = rint(x)
r = x - n
a = 0x1.5d8804p-10
b = 0x1.3b2ab6p-7
c = 0x1.c6b08ep-5
d = 0x1.ebfbep-3
e = 0x1.62e43p-1
one = 1
p = fma(a, r, b)
q = fma(p, r, c)
s = fma(q, r, d)
t = fma(s, r, e)
k = fma(t, r, one)
y = scalef(k, n)
return y
)");
  const ExhaustiveCertificate certificate{
      "1", "exp2(x)", {}, program, exhaust(program, float_reference("exp2(x)", {}))};
  EXPECT_EQ(certificate.run.score.inputs, std::uint64_t{1} << 32);
  EXPECT_EQ(certificate.run.score.special_value_errors, 0U);
  EXPECT_LT(certificate.run.score.max_ulp, 64);
  EXPECT_TRUE(check(parse_certificate(to_text(certificate), "cert")).holds);
}

}  // namespace
}  // namespace ulpforge::proof

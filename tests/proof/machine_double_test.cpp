// Machine programs over double: what the proof knows and what it refuses; certificates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "double_programs.h"
#include "ir/text.h"
#include "proof/certificate.h"
#include "proof/machine_double.h"

namespace ulpforge::proof {
namespace {

using namespace test;
using testing::HasSubstr;

TEST(MachineDouble, TheExactReductionIsKnownToBeExact) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const MachineDoubleBound bound = prove_machine_double(ir::parse(exp2_text()), "exp2(x)", {});
  EXPECT_EQ(bound.argument_error, 0);
  const MachineDoubleBound exp = prove_machine_double(ir::parse(exp_text()), "exp(x)", {});
  EXPECT_GT(exp.argument_error, 0);
  EXPECT_LT(exp.argument_error, 0x1p-54);
}

TEST(MachineDouble, AProgramOfArithmeticAloneOnItsInterval) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const ir::Program program = ir::parse("input r: f64\n" + kernel(1) + "return k\n");
  const MachineDoubleBound bound =
      prove_machine_double(program, "exp(x)", targets::Domain{-0.3, 0.3});
  ASSERT_TRUE(bound.proven) << bound.obstacle;
  const double found = sampled(program, "exp(x)", -0.3, 0.3, 20000);
  EXPECT_GE(bound.bound, found);
  EXPECT_LE(bound.bound, 2.5 * found);
  EXPECT_THAT(prove_machine_double(program, "exp(x)", {}).obstacle, HasSubstr("--domain"));
}

TEST(MachineDouble, WhatIsWrongIsNotProven) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const auto obstacle = [](const std::string& text, const char* expression,
                           const std::optional<targets::Domain>& domain = {}) {
    const MachineDoubleBound bound = prove_machine_double(ir::parse(text), expression, domain);
    EXPECT_FALSE(bound.proven);
    return bound.obstacle;
  };
  const auto replaced = [](std::string text, const std::string& what, const std::string& by) {
    text.replace(text.find(what), what.size(), by);
    return text;
  };
  EXPECT_THAT(obstacle(exp2_text(), "log(x)"), HasSubstr("has no proof"));
  // Kernels and reductions of another function: far off.
  EXPECT_FALSE(obstacle(exp2_text(), "exp(x)").empty());
  // A clamp too early on either side.
  EXPECT_THAT(obstacle(replaced(exp_text(), "-746", "-700"), "exp(x)"),
              HasSubstr("for x < -700 the clamp gives"));
  EXPECT_THAT(obstacle(replaced(exp_text(), "710", "709"), "exp(x)"),
              HasSubstr("for x > 709 the clamp gives"));
  // No clamp, where the reduction needs one.
  EXPECT_THAT(obstacle(replaced(exp_text(), "max(low, x)", "max(x, x)"), "exp(x)"),
              HasSubstr("no part of"));
  // One factor cannot be 2^1024, nor 2^-1030.
  EXPECT_THAT(obstacle(exp2_by_one_factor(), "exp2(x)"), HasSubstr("power of two, for n = -1"));
  const MachineDoubleBound normal = prove_machine_double(ir::parse(exp2_by_one_factor()), "exp2(x)",
                                                         targets::Domain{-1000, 1000});
  EXPECT_TRUE(normal.proven) << normal.obstacle;
  EXPECT_EQ(normal.bound, normal.bound_normal);
  // Scaling by the wrong power.
  EXPECT_THAT(obstacle(replaced(exp2_by_insertion(), "1023", "1022"), "exp2(x)"),
              HasSubstr("scaled by 2^"));
  // NaN goes lost.
  EXPECT_THAT(obstacle("input x: f64\nlow: f64 = -1080\nhigh: f64 = 1025\nx0: f64 = max(x, low)\n"
                       "x1: f64 = min(x0, high)\nn: f64 = rint(x1)\nr: f64 = x1 - n\n" +
                           kernel(kLn2) + "y: f64 = scalef(k, n)\nreturn y\n",
                       "exp2(x)"),
              HasSubstr("at x = nan the program gives"));
}

/// Proven once for all tests (TOGETHER in CMakeLists.txt: they run in one process).
const DoubleCertificate& certificate_of_exp() {
  static const DoubleCertificate certificate = [] {
    const ir::Program program = ir::parse(exp_text());
    const targets::Domain domain{-2, 2};
    return DoubleCertificate{"1.2.3", "exp(x)", domain, program,
                             prove_machine_double(program, "exp(x)", domain)};
  }();
  return certificate;
}

struct Figure {
  const char* name;
  double MachineDoubleBound::* member;
};

void PrintTo(const Figure& figure, std::ostream* out) { *out << figure.name; }

class DoubleFigure : public testing::TestWithParam<Figure> {};

TEST_P(DoubleFigure, MayNotBeSmaller) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  DoubleCertificate edited = certificate_of_exp();
  edited.found.*GetParam().member *= 0.99;
  EXPECT_FALSE(check(parse_certificate(to_text(edited), "cert")).holds);
}

INSTANTIATE_TEST_SUITE_P(
    Each, DoubleFigure,
    testing::Values(Figure{"bound", &MachineDoubleBound::bound},
                    Figure{"bound_normal", &MachineDoubleBound::bound_normal},
                    Figure{"approximation", &MachineDoubleBound::approximation},
                    Figure{"argument_error", &MachineDoubleBound::argument_error}),
    [](const auto& figure) { return figure.param.name; });

TEST(DoubleCertificate, ReadsBackHoldsAndRefusesEdits) {
  if (!has_gappa()) GTEST_SKIP() << "gappa is not installed";
  const DoubleCertificate& certificate = certificate_of_exp();
  ASSERT_TRUE(certificate.found.proven) << certificate.found.obstacle;
  const std::string text = to_text(certificate);
  const Certificate again = parse_certificate(text, "cert");
  EXPECT_EQ(to_text(again), text);
  EXPECT_TRUE(check(again).holds) << check(again).reason;
  // The kernel's constant term in its last place: one ULP more where results are just above 1.
  DoubleCertificate changed = certificate;
  const auto term = std::ranges::find(changed.program.constants, 1.0, &numbers::DoubleDouble::hi);
  ASSERT_NE(term, changed.program.constants.end());
  term->hi = std::nextafter(1.0, 2.0);
  const Verdict verdict = check(parse_certificate(to_text(changed), "cert"));
  EXPECT_FALSE(verdict.holds) << verdict.reason;
  DoubleCertificate wider = certificate;
  wider.domain.reset();
  EXPECT_FALSE(check(wider).holds);  // results below 2^-1021 are rounded twice
  std::string edited = text;
  edited[edited.find("\"bound\": 1") + 9] = '2';
  EXPECT_THROW(parse_certificate(edited, "cert"), CertificateError);
  EXPECT_THROW(parse_certificate(text.substr(0, text.size() / 2), "cert"), CertificateError);
}

}  // namespace
}  // namespace ulpforge::proof

// Proofs by exhaustion, on one binade so that they take little time: figures against brute force,
// and certificates of which every figure counts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>

#include "ir/expression.h"
#include "ir/interpret.h"
#include "ir/text.h"
#include "proof/certificate.h"
#include "proof/exhaustion.h"

namespace ulpforge::proof {
namespace {

using testing::HasSubstr;

const targets::Domain kBinade{0.5, 1.0, false, true};

/// 2^x, roughly.
ir::Program quadratic() {
  return ir::parse(R"(input x: f32
a = 0x1.cp-3
b = 0x1.50p-1
one = 1
v0 = fma(x, a, b)
v1 = fma(v0, x, one)
return v1
)");
}

ExhaustiveCertificate sample() {
  return {"1.2.3", "exp2(x)", kBinade, quadratic(),
          exhaust(quadratic(), float_reference("exp2(x)", kBinade))};
}

TEST(Exhaustion, FiguresAreThoseOfBruteForce) {
  const Exhaustion found = exhaust(quadratic(), float_reference("exp2(x)", kBinade));
  std::uint64_t inputs = 0;
  std::uint64_t misrounded = 0;
  double largest = 0;
  for (float x = 0.5F; x < 1; x = std::nextafter(x, 2.0F)) {
    const float y = std::fma(std::fma(x, 0x1.cp-3F, 0x1.50p-1F), x, 1.0F);
    const long double f = std::exp2(static_cast<long double>(x));
    largest = std::max(largest, static_cast<double>(std::fabs(y - f) * 0x1p23L));
    misrounded += y == static_cast<float>(f) ? 0 : 1;
    ++inputs;
  }
  EXPECT_EQ(found.score.inputs, inputs);
  EXPECT_EQ(found.score.misrounded, misrounded);
  EXPECT_NEAR(found.score.max_ulp, largest, 1e-9 * largest);
  EXPECT_GT(found.reference.pieces, 0U);
  EXPECT_LT(found.reference.largest_bound, 1e-6);
}

TEST(Exhaustion, BoundOfTheReferenceHolds) {
  const targets::FloatReference reference = float_reference("exp2(x)", kBinade);
  const double bound = facts_of(reference).largest_bound;
  for (const float x : {0.5F, 0.5555F, 0.75F, 0.9999F}) {
    double hi = 0;
    double lo = 0;
    double error = 0;
    reference.values({&x, 1}, {&hi, 1}, {&lo, 1}, {&error, 1});
    EXPECT_LE(error * 0x1p23, bound * (1 + 1e-9));
  }
}

TEST(Exhaustion, RefusesOtherPrograms) {
  EXPECT_THROW(
      exhaust(ir::parse("input x; v = x + x; return v"), float_reference("exp2(x)", kBinade)),
      std::invalid_argument);
  EXPECT_THROW(float_reference("exp2(", kBinade), std::invalid_argument);
}

TEST(ExhaustiveCertificate, ReadsBackAndHolds) {
  const std::string text = to_text(sample());
  const Certificate again = parse_certificate(text, "cert");
  EXPECT_EQ(to_text(again), text);
  const Verdict verdict = check(again);
  EXPECT_TRUE(verdict.holds) << verdict.reason;
  EXPECT_THAT(verdict.reason, HasSubstr("at 8388608 inputs"));
  EXPECT_THAT(statement(again), HasSubstr("for every float x in [0.5,1)"));
}

/// With a hash that fits, so that only the proof can tell.
TEST(ExhaustiveCertificate, EveryFigureIsRunAgain) {
  const std::function<void(ExhaustiveCertificate&)> edits[] = {
      [](auto& c) { c.run.score.max_ulp = std::nextafter(c.run.score.max_ulp, 0.0); },
      [](auto& c) { c.run.score.max_ulp *= 2; },
      [](auto& c) { ++c.run.score.worst_input; },
      [](auto& c) { --c.run.score.misrounded; },
      [](auto& c) { --c.run.score.above_one_ulp; },
      [](auto& c) { ++c.run.score.inputs; },
      [](auto& c) { ++c.run.score.special_value_errors; },
      [](auto& c) { ++c.run.score.zero_sign_errors; },
      [](auto& c) { ++c.run.score.mpfr_calls; },
      [](auto& c) { ++c.run.reference.pieces; },
      [](auto& c) { ++c.run.reference.without_bound; },
      [](auto& c) { c.run.reference.largest_bound /= 2; },
      [](auto& c) { c.expression = "exp2(x) + 0x1p-24"; },
      [](auto& c) { c.domain->lo = 0.6; },
      // A constant in its last place.
      [](auto& c) {
        c.program.constants[0].hi =
            std::nextafter(static_cast<float>(c.program.constants[0].hi), 9.0F);
      },
  };
  for (const auto& edit : edits) {
    ExhaustiveCertificate certificate = sample();
    edit(certificate);
    const Verdict verdict = check(parse_certificate(to_text(certificate), "cert"));
    EXPECT_FALSE(verdict.holds) << to_text(certificate);
    EXPECT_THAT(verdict.reason, HasSubstr("the claim is false"));
  }
}

TEST(ExhaustiveCertificate, EveryByteCounts) {
  const std::string text = to_text(sample());
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    EXPECT_THROW(parse_certificate(text.substr(0, i), "cert"), CertificateError) << i;
    std::string edited = text;
    edited[i] = edited[i] == '7' ? '8' : '7';
    bool refused = false;
    try {
      // White space is all that may differ.
      refused = to_text(parse_certificate(edited, "cert")) != text;
    } catch (const CertificateError&) {
      refused = true;
    }
    EXPECT_TRUE(refused) << "byte " << i;
  }
}

TEST(ExhaustiveCertificate, SaysThatItIsAboutAllFloats) {
  ExhaustiveCertificate certificate;
  certificate.version = "1";
  certificate.expression = "exp2(x)";
  EXPECT_THAT(statement(certificate), HasSubstr("infinities and NaN included"));
  EXPECT_EQ(to_text(parse_certificate(to_text(certificate), "cert")), to_text(certificate));
}

/// x x in bf16: the product of two numbers of 8 bits is exact in float, so that each result is
/// correctly rounded, but for the factor.
ExhaustiveCertificate square_in_bf16(float factor) {
  ExhaustiveCertificate out;
  out.version = "1";
  out.expression = "x*x";
  out.format = "bf16";
  out.program.input_types[0] = ir::Type::F32;
  const ir::Operand square =
      out.program.add(ir::Type::F32, ir::Op::Mul, ir::Operand::input(), ir::Operand::input());
  out.program.result =
      out.program.add(ir::Type::F32, ir::Op::Mul, square, out.program.add_constant(factor));
  const targets::ShortValues values(ir::parse_expression(out.expression),
                                    numbers::parse_short_format(out.format));
  out.run = exhaust(out.program, values);
  return out;
}

TEST(CertificateOfAShortFormat, CountsEveryNumber) {
  const ExhaustiveCertificate right = square_in_bf16(1);
  EXPECT_EQ(right.run.score.inputs, 65536U);
  EXPECT_EQ(right.run.score.misrounded, 0U);
  EXPECT_LE(right.run.score.max_ulp, 0.5);
  // A relative error of 2^-8 is half to one ULP.
  const ExhaustiveCertificate wrong = square_in_bf16(1 + 0x1p-8F);
  EXPECT_GT(wrong.run.score.misrounded, 10000U);
  EXPECT_GT(wrong.run.score.max_ulp, 1.0);
  EXPECT_LT(wrong.run.score.max_ulp, 1.51);
}

TEST(CertificateOfAShortFormat, ReadsBackHoldsAndRefusesAnotherClaim) {
  ExhaustiveCertificate certificate = square_in_bf16(1 + 0x1p-8F);
  EXPECT_THAT(statement(certificate), HasSubstr("every bf16 number x"));
  EXPECT_TRUE(check(parse_certificate(to_text(certificate), "cert")).holds);
  certificate.run.score.misrounded -= 1;
  EXPECT_FALSE(check(parse_certificate(to_text(certificate), "cert")).holds);
  certificate.run.score.misrounded += 1;
  certificate.format = "f16";
  EXPECT_FALSE(check(parse_certificate(to_text(certificate), "cert")).holds);
}

}  // namespace
}  // namespace ulpforge::proof

// Certificates: they read back, and whatever is changed in them is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "ir/evaluate.h"
#include "ir/text.h"
#include "proof/certificate.h"
#include "tests/evo/structures.h"

namespace ulpforge::proof {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

targets::Target exp2_target() {
  return targets::make_target("exp2", targets::Domain{0, 1}, targets::Metric::Relative);
}

RealCertificate sample() {
  const ir::Program program = as_emitted(test::five_operations());
  return certify(program, exp2_target(), prove(program, exp2_target()), "1.2.3");
}

TEST(Certificate, ReadsBackAndHolds) {
  const RealCertificate certificate = sample();
  const std::string text = to_text(certificate);
  const auto again = std::get<RealCertificate>(parse_certificate(text, "cert"));
  EXPECT_EQ(to_text(again), text);
  EXPECT_EQ(again.program, certificate.program);
  EXPECT_EQ(again.bound, certificate.bound);
  EXPECT_TRUE(check(again).holds) << check(again).reason;
}

TEST(Certificate, SaysWeightIntervalsAndDirection) {
  const targets::Target target =
      targets::make_target("exp2", targets::parse_domain("[0,0.25],[0.5,1]"),
                           targets::Metric::Relative, std::string("1 + 4*x"));
  const ir::Program program = as_emitted(test::five_operations());
  const Bound bound = prove(program, target);
  ASSERT_TRUE(bound.proven) << bound.obstacle;
  RealCertificate certificate = certify(program, target, bound, "1.2.3");
  certificate.monotone = Direction::Rising;
  const std::string text = to_text(certificate);
  EXPECT_THAT(text, HasSubstr("w(x) |p(x) - f(x)| / |f(x)| <= "));
  EXPECT_THAT(text, HasSubstr("[0,0.25],[0.5,1]"));
  const auto again = std::get<RealCertificate>(parse_certificate(text, "cert"));
  EXPECT_EQ(to_text(again), text);
  EXPECT_TRUE(check(again).holds) << check(again).reason;
  // Against the largest of many points, in MPFR.
  const numbers::MpfrPrecision precision(256);
  numbers::Mpfr largest(0);
  for (int i = 0; i <= 4000; ++i) {
    const numbers::Mpfr x = numbers::Mpfr(i) / 4000;
    if (x > 0.25 && x < 0.5) continue;
    const numbers::Mpfr f = pow(numbers::Mpfr(2), x);
    const numbers::Mpfr error = (1 + 4 * x) * abs(ir::evaluate<numbers::Mpfr>(program, x) - f) / f;
    if (error > largest) largest = error;
  }
  EXPECT_GE(bound.bound, largest.convert_to<double>());
  EXPECT_LE(bound.bound, 1.01 * largest.convert_to<double>());
  RealCertificate falling = certificate;
  falling.monotone = Direction::Falling;
  EXPECT_FALSE(check(falling).holds);
  RealCertificate heavier = certificate;
  heavier.weight = "2 + 8*x";
  EXPECT_FALSE(check(heavier).holds);
}

TEST(Certificate, StatementIsNotBelowTheBound) {
  for (const double bound : {1.0001e-16, 9.9999e-3, 0.12345678, 1.2340000001e-300, 1.0}) {
    EXPECT_GE(std::stod(decimals_above(bound)), bound);
    EXPECT_LE(std::stod(decimals_above(bound)), bound * 1.002);
  }
}

TEST(Certificate, WhateverWasEditedIsRefused) {
  const std::string text = to_text(sample());
  const Json json = Json::parse(text);
  for (const auto& [key, value] : json.items()) {
    Json edited = json;
    if (value.is_string()) {
      edited[key] = value.get<std::string>() + " ";
    } else if (value.is_number()) {
      edited[key] = value.get<double>() + 1;
    } else {
      edited[key][0] = 0.25;
    }
    EXPECT_THROW(parse_certificate(edited.dump(), "cert"), CertificateError) << key;
    edited.erase(key);
    EXPECT_THROW(parse_certificate(edited.dump(), "cert"), CertificateError) << key;
  }
  Json more = json;
  more["note"] = "";
  EXPECT_THROW(parse_certificate(more.dump(), "cert"), CertificateError);
}

TEST(Certificate, EveryByteCounts) {
  const std::string text = to_text(sample());
  for (std::size_t i = 0; i < text.size(); ++i) {
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
    if (i + 2 == text.size()) break;  // the line's end and the last brace are next
  }
}

TEST(Certificate, NamesWhatIsWrong) {
  const auto message = [](const std::string& text) {
    try {
      parse_certificate(text, "some.json");
    } catch (const CertificateError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const Json json = Json::parse(to_text(sample()));
  EXPECT_THAT(message("{}"), HasSubstr("some.json: not a certificate"));
  EXPECT_THAT(message("[1]"), HasSubstr("not a certificate"));
  EXPECT_THAT(message(""), HasSubstr("not a whole certificate"));
  Json later = json;
  later["format"] = 2;
  EXPECT_THAT(message(later.dump()), HasSubstr("format 2; this version reads 1"));
  Json other = json;
  other["kind"] = "oracle";
  EXPECT_THAT(message(other.dump()), HasSubstr("kind 'oracle'"));
}

/// A certificate whose hash was made to fit is still a claim that has to hold.
TEST(Certificate, FalseClaimsDoNotHold) {
  RealCertificate below = sample();
  below.bound = std::nextafter(below.attained, 0);
  EXPECT_FALSE(check(parse_certificate(to_text(below), "cert")).holds);
  EXPECT_THAT(check(below).reason, HasSubstr("the claim is false"));
  RealCertificate between = sample();
  between.bound = between.attained * (1 + 1e-5);
  const Verdict verdict = check(between);
  // True or not, it is not accepted without a proof.
  if (verdict.holds) {
    EXPECT_LE(prove(between.program, exp2_target(), {.tolerance = 0x1p-24}).attained,
              between.bound);
  }
  RealCertificate pole = sample();
  pole.domain = {0, 20};
  EXPECT_FALSE(check(pole).holds);
  for (std::size_t i = 0; i < below.program.constants.size(); ++i) {
    for (const double away : {-1e-4, 1e-4}) {
      RealCertificate worse = sample();
      worse.program.constants[i].hi *= 1 + away;
      const Bound truth = prove(worse.program, exp2_target());
      const bool grew = truth.attained > worse.bound;
      EXPECT_EQ(check(worse).holds, !grew) << i;
    }
  }
}

/// At the optimum every constant counts: changed in the last place of a tight bound.
TEST(Certificate, ALastPlaceIsNoticed) {
  // 1 + x (ln 2 + small): the error at 1 moves with the constant.
  const targets::Target goal =
      targets::make_target("x", targets::Domain{1, 2}, targets::Metric::Absolute);
  ir::Program program = ir::parse("input x; v0 = x * 0x1.0000000000001p0; return v0");
  const RealCertificate certificate = certify(program, goal, prove(program, goal), "1");
  EXPECT_TRUE(check(certificate).holds);
  RealCertificate changed = certificate;
  changed.program.constants[0].hi = std::nextafter(program.constants[0].hi, 2);
  EXPECT_FALSE(check(changed).holds);
}

}  // namespace
}  // namespace ulpforge::proof

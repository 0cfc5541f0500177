// Audits of routines of short formats whose defects are known.
#include "validate/short_audit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace ulpforge::validate {
namespace {

ShortReport audit(const std::string& symbol, const std::string& format, const std::string& target,
                  const std::string& signature = "") {
  const numbers::ShortFormat row = numbers::parse_short_format(format);
  const Subject subject = library_subject(
      SHORT_LIBRARY, symbol, signature.empty() ? usual_signature(row, symbol, target) : signature);
  return audit_short(
      {.subject = subject, .exact = exact_function(target, subject), .format = row, .threads = 2});
}

TEST(ShortAudit, FindsNothingWhereNothingIs) {
  for (const char* symbol : {"good_tanh", "good_tanh_n"}) {
    const ShortReport report = audit(symbol, "bf16", "tanh");
    const ShortMode& mode = report.modes.at(0);
    EXPECT_EQ(mode.score.inputs, 65536U);
    EXPECT_EQ(mode.score.misrounded, 0U);
    EXPECT_LE(worst(report), 0.5);
    EXPECT_GT(worst(report), 0.49);
    EXPECT_EQ(mode.monotonicity.count, 0U);
    EXPECT_EQ(mode.symmetry.count, 0U);
    EXPECT_TRUE(report.incidents.empty() && report.complete);
  }
}

TEST(ShortAudit, RoundsFloatRoutines) {
  const ShortReport report = audit("float_tanh", "bf16", "tanh", "float(float)");
  EXPECT_TRUE(report.rounded);
  EXPECT_EQ(report.modes.at(0).score.misrounded, 0U);
  const ShortReport half = audit("float_tanh", "f16", "tanh", "float(float)");
  // Rounded twice, so that a few may go wrong by a trifle.
  EXPECT_LE(half.modes.at(0).score.misrounded, 4U);
  EXPECT_LT(worst(half), 0.5001);
}

TEST(ShortAudit, CountsPlantedDefects) {
  const ShortReport report = audit("bad_tanh", "bf16", "tanh");
  const ShortMode& mode = report.modes.at(0);
  EXPECT_EQ(mode.score.misrounded, 4U);
  EXPECT_EQ(mode.score.above_one_ulp, 2U);  // tanh(1) is 0.03 ULP below its bf16 number
  EXPECT_EQ(mode.score.worst_input, 0x3f81U);
  EXPECT_GT(mode.score.max_ulp, 2.4);
  EXPECT_LT(mode.score.max_ulp, 3.6);
  EXPECT_EQ(mode.score.special_values.count, 1U);
  EXPECT_EQ(mode.score.special_values.input, 0x4000U);
  EXPECT_EQ(mode.score.zero_signs.count, 1U);
  EXPECT_EQ(mode.score.zero_signs.input, 0U);
  EXPECT_GE(mode.monotonicity.count, 1U);
  EXPECT_EQ(mode.monotonicity.input, 0x3f80U);
  EXPECT_EQ(mode.symmetry.count, 4U);
  EXPECT_TRUE(std::isinf(worst(report)));
  const std::string text = to_text(report);
  EXPECT_NE(text.find("0x3f81"), std::string::npos);
  EXPECT_EQ(to_json(report)["misrounded"], 4);
}

TEST(ShortAudit, SurvivesCrashes) {
  const ShortReport report = audit("crashing_tanh", "bf16", "tanh");
  ASSERT_EQ(report.incidents.size(), 1U);
  EXPECT_EQ(report.incidents[0].input, 0x3f80U);
  EXPECT_EQ(report.incidents[0].kind, Incident::Kind::Crash);
  EXPECT_EQ(report.modes.at(0).score.misrounded, 1U);
}

TEST(ShortAudit, TriesEveryPair) {
  const ShortReport good = audit("good_mul", "f8e4m3", "x*y");
  EXPECT_EQ(good.modes.at(0).score.inputs, 65536U);
  EXPECT_EQ(good.modes.at(0).score.misrounded, 0U);
  const ShortReport bad = audit("bad_mul", "f8e4m3", "x*y");
  EXPECT_EQ(bad.modes.at(0).score.misrounded, 1U);
  EXPECT_EQ(bad.modes.at(0).score.worst_input, 0x3838U);
  EXPECT_EQ(bad.modes.at(0).score.max_ulp, 1);
}

TEST(ShortAudit, RefusesOtherRoutines) {
  EXPECT_THROW(audit("good_tanh", "f8e4m3", "tanh", "uint16_t(uint16_t)"), std::invalid_argument);
  EXPECT_THROW(audit("good_tanh", "f16", "tanh", "__bf16(__bf16)"), std::invalid_argument);
  EXPECT_THROW(audit("float_tanh", "bf16", "tanh", "double(double)"), std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::validate

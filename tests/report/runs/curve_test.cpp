// Error curves against what is known of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "ir/expression.h"
#include "ir/text.h"
#include "report/runs/error_curve.h"
#include "report/runs/float_curve.h"
#include "tests/runs/sample_machine_front.h"

namespace ulpforge::report {
namespace {

TEST(ErrorCurve, OfABestLineEquioscillates) {
  // The best line for exp on [0,1] has slope e - 1 and its error at 0, log(e - 1) and 1.
  const double slope = std::numbers::e - 1;
  const double middle = std::log(slope);
  const double intercept = (1 + (slope - slope * middle)) / 2;
  const double error = 1 - intercept;
  ir::Program line;
  const auto product = line.add(ir::Op::Mul, line.add_constant({slope, 0}), ir::Operand::input());
  line.result = line.add(ir::Op::Add, product, line.add_constant({intercept, 0}));
  const auto target = targets::make_target("exp", targets::Domain{0, 1}, targets::Metric::Absolute);
  const ErrorCurve curve = ErrorCurves(target, 0.1)(line);
  ASSERT_EQ(curve.alternation.size(), 3U);
  EXPECT_EQ(curve.alternation[0].x, 0);
  EXPECT_NEAR(curve.alternation[1].x, middle, 2e-3);
  EXPECT_EQ(curve.alternation[2].x, 1);
  EXPECT_NEAR(curve.alternation[0].error, -error, 1e-12);
  EXPECT_NEAR(curve.alternation[1].error, error, 1e-5);
  EXPECT_NEAR(curve.alternation[2].error, -error, 1e-12);
}

TEST(ErrorCurve, SeesErrorsFarBelowDouble) {
  // 1 + 2^-80 against 1 (x / x): relative error 2^-80 everywhere.
  ir::Program program;
  program.result =
      program.add(ir::Op::Add, program.add_constant({1, 0x1p-80}),
                  program.add(ir::Op::Sub, ir::Operand::input(), ir::Operand::input()));
  const auto target = targets::make_target("x/x", targets::Domain{1, 2}, targets::Metric::Relative);
  for (const ErrorPoint& point : ErrorCurves(target, 0x1p-80)(program).points) {
    EXPECT_EQ(point.error, 0x1p-80);
  }
}

TEST(FloatCurve, FindsTheErrorsOfAProgram) {
  const runs::MachineFront front = runs::sample_machine_front();
  const ir::Program& program = front.programs[0].program;
  const FloatCurves curves(ir::parse_expression("exp(x)"), targets::Domain{-0.125, 0.125},
                           {program});
  const FloatCurve curve = curves(program, 0x3e000000);
  // exp(1/8) = 1.1331484530668263..., the program gives 1.1328125; the unit is 2^-23.
  EXPECT_NEAR(curve.worst_error, (1.1328125 - 1.1331484530668263) * 0x1p23, 0.6);
  EXPECT_EQ(curve.worst_place, 0.125);
  for (const FloatCurve::Extent& extent : curve.extents) {
    EXPECT_LE(extent.least, extent.most);
    const double x = extent.place;
    const double f = std::exp(x);
    const double expected = (1 + x + x * x / 2 - f) / (f < 1 ? 0x1p-24 : 0x1p-23);
    EXPECT_NEAR(extent.least, expected, 40 + std::abs(expected) / 20) << x;
  }
  std::uint64_t samples = 0;
  for (const std::uint64_t count : curve.histogram) samples += count;
  EXPECT_NEAR(static_cast<double>(samples), FloatCurves::kSamples, 4);
}

TEST(FloatCurve, ShowsOnlyBinadesWithErrors) {
  // x for sin(x), over all floats: right where x^2 / 6 is below half an ULP.
  ir::Program identity;
  identity.input_types[0] = ir::Type::F32;
  identity.result = ir::Operand::input();
  const FloatCurves curves(ir::parse_expression("sin(x)"), std::nullopt, {identity});
  EXPECT_THAT(curves.span(), testing::HasSubstr("2⁻¹⁴"));
  EXPECT_GT(curves.hi(), 0);
  EXPECT_EQ(curves.lo(), -curves.hi());
}

}  // namespace
}  // namespace ulpforge::report

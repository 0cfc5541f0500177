// The system's libm at every float, against figures of independent exhaustive runs (glibc 2.36 with
// FMA).
#include <gnu/libc-version.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "ir/expression.h"
#include "system/processor.h"
#include "validate/exhaustive_run.h"
#include "validate/library.h"

namespace ulpforge::validate {
namespace {

struct Known {
  const char* symbol;
  const char* expression;
  double max_ulp;
  std::uint32_t worst_input;
  std::uint64_t misrounded;
};

void PrintTo(const Known& known, std::ostream* out) { *out << known.symbol; }

class Libm : public testing::TestWithParam<Known> {};

TEST_P(Libm, IsAsKnown) {
  if (std::string(gnu_get_libc_version()) != "2.36" || !system::processor_has("fma")) {
    GTEST_SKIP() << "figures are of glibc 2.36 with FMA";
  }
  const Known& known = GetParam();
  const targets::FloatReference reference(ir::parse_expression(known.expression),
                                          targets::all_finite_floats());
  ExhaustiveRequest request;
  request.callee = {locate_library("libm.so.6"), known.symbol, {}};
  request.threads = std::max(1U, std::thread::hardware_concurrency());
  Measured measured;
  ASSERT_TRUE(measure(reference, request, measured));
  const Figures figures = sum(measured);
  EXPECT_EQ(figures.inputs, std::uint64_t{1} << 32);
  EXPECT_NEAR(figures.max_ulp, known.max_ulp, 6e-9);
  EXPECT_EQ(figures.worst_input, known.worst_input);
  EXPECT_EQ(figures.misrounded, known.misrounded);
  EXPECT_EQ(figures.above_one_ulp, 0U);
  EXPECT_EQ(figures.special_values.count, 0U);
  EXPECT_EQ(figures.zero_signs.count, 0U);
  EXPECT_LT(figures.mpfr_calls, 1000000U);
}

INSTANTIATE_TEST_SUITE_P(Functions, Libm,
                         testing::Values(Known{"expf", "exp(x)", 0.50163688, 0xbbe7328f, 170648},
                                         Known{"sinf", "sin(x)", 0.560696893, 0x3f0602e6, 29362812},
                                         Known{"logf", "log(x)", 0.817663938, 0x3f830083, 416908},
                                         Known{"log2f", "log2(x)", 0.751761779, 0x3f802bfc,
                                               313550}),
                         [](const auto& test) { return std::string(test.param.symbol); });

}  // namespace
}  // namespace ulpforge::validate

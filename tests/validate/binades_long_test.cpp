// Every figure over whole binades of float against brute force with MPFR, one input at a time, in
// two rounding modes: plateaus, overflow, subnormal results, tails and exact zeros, for right and
// wrong routines.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <thread>

#include "ir/expression.h"
#include "targets/exact/real.h"
#include "validate/exhaustive.h"
#include "validate/library.h"

namespace ulpforge::validate {
namespace {

using numbers::Binary32;
using targets::Rounding;

using Unary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

/// sin(pi x) for |x| below 2^22: 0 at integers, and no rounding of x / 2 but by whole turns.
int sine_of_half_turns(mpfr_ptr f, mpfr_srcptr x, mpfr_rnd_t rounding) {
  if (mpfr_integer_p(x)) {
    mpfr_set_zero(f, 1);
    return 0;
  }
  numbers::Mpfr angle = targets::real(240);
  mpfr_const_pi(numbers::raw(angle), MPFR_RNDN);
  mpfr_mul(numbers::raw(angle), numbers::raw(angle), x, MPFR_RNDN);
  return mpfr_sin(f, numbers::raw(angle), rounding);
}

struct Case {
  const char* symbol;
  const char* expression;
  Unary function;
  int exponent;  ///< of the binade, 0 for [1, 2)
  bool negative;
  const char* library = "libm.so.6";
};

void PrintTo(const Case& c, std::ostream* os) {
  *os << c.symbol << (c.negative ? "-" : "") << c.exponent;
}

/// The figures of part of the results; to be merged in order.
Figures brute_force(const Case& c, std::uint32_t first, std::span<const float> y,
                    Rounding rounding) {
  Figures figures;
  numbers::Mpfr f = targets::real(120);
  numbers::Mpfr before = targets::real(120);
  bool has_before = false;
  for (std::uint32_t i = 0; i < y.size(); ++i) {
    const numbers::Mpfr x = targets::real(static_cast<double>(Binary32::value(first + i)), 24);
    c.function(numbers::raw(f), numbers::raw(x), MPFR_RNDZ);
    const double result = static_cast<double>(y[i]);
    const double due = targets::round_to(numbers::kBinary32, f, rounding);
    const double error =
        targets::ulp_error(numbers::kBinary32, result, f, targets::UlpOf::Exact, rounding);
    ++figures.inputs;
    if (!(result == due || (std::isnan(result) && std::isnan(due)))) ++figures.misrounded;
    if (result == 0 && mpfr_zero_p(numbers::raw(f)) == 0 &&
        std::signbit(result) != (mpfr_signbit(numbers::raw(f)) != 0)) {
      figures.zero_signs.add(first + i, y[i]);
    }
    if (has_before && !std::isnan(y[i]) && !std::isnan(y[i - 1])) {
      const int order = mpfr_cmp(numbers::raw(f), numbers::raw(before));
      if (order * ((y[i] > y[i - 1]) - (y[i] < y[i - 1])) < 0) {
        figures.monotonicity.add(first + i, y[i]);
      }
    }
    has_before = true;
    mpfr_set(numbers::raw(before), numbers::raw(f), MPFR_RNDN);
    if (std::isnan(error)) {
      figures.special_values.add(first + i, y[i]);
      continue;
    }
    const double size = std::abs(error);
    const double side = std::abs(
        targets::ulp_error_to_odd(numbers::kBinary32, result, f, targets::UlpOf::Exact, rounding));
    ++figures.measured;
    figures.sum_of_sizes += size;
    figures.sum_of_errors += error;
    if (side > 1) ++figures.above_one_ulp;
    if (size > figures.max_ulp && size > 0x1p-30) {
      figures.max_ulp = size;
      figures.worst_input = first + i;
    }
    std::size_t bin = 0;
    while (side > Histogram::upper(bin)) ++bin;
    ++figures.histogram.counts[bin];
  }
  return figures;
}

class Binades : public testing::TestWithParam<Case> {};

TEST_P(Binades, FiguresAreThoseOfTheDefinition) {
  const Case& c = GetParam();
  const std::uint32_t magnitude = Binary32::binade_start(c.exponent + 127, false);
  const targets::FloatRange all{magnitude, magnitude + kBinadeSize - 1};
  const std::uint32_t sign = c.negative ? Binary32::kSign : 0;
  const targets::FloatReference reference(ir::parse_expression(c.expression),
                                          {{all.first | sign, all.last | sign}});
  const Callee callee{locate_library(c.library), c.symbol, {}};
  for (const Rounding rounding : {Rounding::Nearest, Rounding::Zero}) {
    SCOPED_TRACE(static_cast<int>(rounding));
    ExhaustiveOptions options;
    options.rounding = rounding;
    options.positive.reset();
    options.negative.reset();
    (c.negative ? options.negative : options.positive) = all;
    Worker worker(callee, 5);
    const auto binade = measure_binade(reference, worker, c.exponent + 127, options);
    ASSERT_TRUE(binade.has_value());
    const Figures& found = c.negative ? binade->negative : binade->positive;

    std::vector<float> y;
    std::vector<Incident> incidents;
    for (std::uint32_t i = 0; i < kBinadeSize; i += Worker::kCapacity) {
      const auto part = worker.run((magnitude | sign) + i, Worker::kCapacity, rounding, incidents);
      y.insert(y.end(), part.begin(), part.end());
    }
    constexpr std::uint32_t kHalf = kBinadeSize / 2;
    Figures later;
    Figures expected;
    {
      const std::jthread other([&] {
        later = brute_force(c, (magnitude | sign) + kHalf, std::span(y).subspan(kHalf), rounding);
      });
      expected = brute_force(c, magnitude | sign, std::span(y).first(kHalf), rounding);
    }
    expected.merge(later);
    EXPECT_EQ(found.inputs, expected.inputs);
    EXPECT_EQ(found.misrounded, expected.misrounded);
    EXPECT_EQ(found.above_one_ulp, expected.above_one_ulp);
    EXPECT_EQ(found.measured, expected.measured);
    EXPECT_EQ(found.special_values, expected.special_values);
    EXPECT_EQ(found.zero_signs, expected.zero_signs);
    // The pair in the middle is the only one that brute force does not see.
    EXPECT_EQ(found.monotonicity.count, expected.monotonicity.count);
    EXPECT_EQ(found.histogram.counts, expected.histogram.counts);
    EXPECT_NEAR(found.sum_of_sizes, expected.sum_of_sizes, 1e-6 * (1 + expected.sum_of_sizes));
    EXPECT_NEAR(found.sum_of_errors, expected.sum_of_errors, 1e-6 * (1 + expected.sum_of_sizes));
    EXPECT_EQ(found.max_ulp, expected.max_ulp);
    EXPECT_EQ(found.worst_input, expected.worst_input);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Functions, Binades,
    testing::Values(Case{"tanhf", "tanh(x)", mpfr_tanh, 3, true},  // to the plateau at -1
                    Case{"expf", "exp(x)", mpfr_exp, 6, true},     // subnormal results, then 0
                    Case{"expf", "exp(x)", mpfr_exp, 6, false},    // overflow
                    Case{"erff", "erf(x)", mpfr_erf, 2, false},    // a plateau
                    Case{"atanf", "atan(x)", mpfr_atan, 30, true},
                    Case{"cosf", "cos(x)", mpfr_cos, -13, false},
                    Case{"sine_of_half_turns", "sin(pi*x)", sine_of_half_turns, 1, true,
                         DEFECTIVE_LIBRARY},
                    Case{"sine_of_half_turns_off_next_to_zeros", "sin(pi*x)", sine_of_half_turns, 3,
                         false, DEFECTIVE_LIBRARY}));

}  // namespace
}  // namespace ulpforge::validate

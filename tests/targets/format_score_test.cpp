// Scores of 16-bit formats at all their 65,536 inputs against brute force with MPFR, for right and
// wrong routines: that the format is a parameter of the scorer, and not only float's name.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "ir/expression.h"
#include "numbers/format.h"
#include "targets/exact/real.h"
#include "targets/exact/ulp.h"
#include "targets/scores/score_everywhere.h"

namespace ulpforge::targets {
namespace {

using numbers::Bfloat16;
using numbers::Binary16;

/// A function by MPFR's own routine; false where it is a zero whose sign is open. Rounded towards
/// 0, so that what is below a limit stays there.
struct Function {
  const char* name;
  const char* expression;
  bool (*value)(mpfr_t f, mpfr_srcptr x);
};

void PrintTo(const Function& function, std::ostream* os) { *os << function.name; }

template <int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t)>
bool plain(mpfr_t f, mpfr_srcptr x) {
  function(f, x, MPFR_RNDZ);
  return true;
}

const Function kFunctions[] = {
    {"exp", "exp(x)", plain<mpfr_exp>},  // overflow, and results that are subnormal
    {"sin", "sin(x)", plain<mpfr_sin>},
    {"tan", "tan(x)", plain<mpfr_tan>},
    {"log", "log(x)", plain<mpfr_log>},
    {"tanh", "tanh(x)", plain<mpfr_tanh>},  // a plateau
    {"erf", "erf(x)", plain<mpfr_erf>},
    {"sqrt", "sqrt(x)", plain<mpfr_sqrt>},
    {"rsqrt", "1/sqrt(x)",
     [](mpfr_t f, mpfr_srcptr x) {
       mpfr_sqrt(f, x, MPFR_RNDZ);
       mpfr_ui_div(f, 1, f, MPFR_RNDZ);
       return true;
     }},
    {"third", "x/3",
     [](mpfr_t f, mpfr_srcptr x) {
       mpfr_div_ui(f, x, 3, MPFR_RNDZ);
       return true;
     }},
    {"sinpi", "sin(pi*x)",  // exact zeros, ones and halves
     [](mpfr_t f, mpfr_srcptr x) {
       if (!mpfr_number_p(x)) {
         mpfr_set_nan(f);
         return true;
       }
       numbers::Mpfr rest = real(600);
       mpfr_set_ui(f, 2, MPFR_RNDN);
       mpfr_fmod(numbers::raw(rest), x, f, MPFR_RNDN);  // exact
       if (mpfr_integer_p(numbers::raw(rest))) {
         mpfr_set_zero(f, mpfr_signbit(x) ? -1 : 1);
         return mpfr_zero_p(x) != 0;
       }
       numbers::Mpfr pi = real(600);
       mpfr_const_pi(numbers::raw(pi), MPFR_RNDN);
       mpfr_mul(numbers::raw(rest), numbers::raw(rest), numbers::raw(pi), MPFR_RNDN);
       mpfr_sin(f, numbers::raw(rest), MPFR_RNDN);
       return true;
     }},
    {"lgamma", "lgamma(x)",
     [](mpfr_t f, mpfr_srcptr x) {
       int sign = 0;
       mpfr_lgamma(f, &sign, x, MPFR_RNDZ);
       return true;
     }},
};

struct Truth {
  numbers::Mpfr f;
  bool zero_sign_known = true;
};

constexpr std::uint32_t kInputs = 1 << 16;

template <class Format>
std::vector<Truth> truths(const Function& function) {
  std::vector<Truth> all(kInputs);
  const auto fill = [&](std::uint32_t first) {
    for (std::uint32_t bits = first; bits < kInputs; bits += 2) {
      const numbers::Mpfr x = real(static_cast<double>(Format::value(bits)), 53);
      all[bits].f = real(512);
      all[bits].zero_sign_known = function.value(numbers::raw(all[bits].f), numbers::raw(x));
    }
  };
  const std::jthread other(fill, 1);
  fill(0);
  return all;
}

double largest(const numbers::Format& format) {
  return std::ldexp(2 - std::ldexp(1.0, 1 - format.precision), format.emax - 1);
}

/// A routine: its result where f is the exact value and `rounded` f correctly rounded.
struct Defect {
  const char* name;
  double (*result)(const numbers::Format& format, const Truth& truth, double rounded,
                   std::uint32_t bits);
};

const Defect kDefects[] = {
    {"none",
     [](const numbers::Format&, const Truth&, double rounded, std::uint32_t) { return rounded; }},
    {"truncates", [](const numbers::Format& format, const Truth& truth, double,
                     std::uint32_t) { return round_to(format, truth.f, Rounding::Zero); }},
    {"one or two units off now and then",
     [](const numbers::Format& format, const Truth&, double rounded, std::uint32_t bits) {
       const double units = bits % 7 == 0 ? 1 : bits % 1001 == 0 ? -2 : 0;
       return round_to(format, numbers::Mpfr(rounded + units * ulp(format, rounded)));
     }},
    {"flushes subnormals",
     [](const numbers::Format& format, const Truth&, double rounded, std::uint32_t) {
       const bool tiny = std::abs(rounded) < std::ldexp(1.0, format.emin - 1);
       return tiny ? std::copysign(0.0, rounded) : rounded;
     }},
    {"always one", [](const numbers::Format&, const Truth&, double, std::uint32_t) { return 1.0; }},
    {"no special values, zeros of the wrong sign",
     [](const numbers::Format& format, const Truth&, double rounded, std::uint32_t) {
       if (std::isnan(rounded)) return 0.0;
       if (std::isinf(rounded)) return std::copysign(largest(format), rounded);
       return rounded == 0 ? -rounded : rounded;
     }},
};

/// Whether |y - f| > ulp(f), where the quotient rounded to double is 1: sin(x) next to 0 differs
/// from x by far less than a double shows of 1.
bool exceeds_one_ulp(const numbers::Format& format, double y, const numbers::Mpfr& f) {
  numbers::Mpfr error = real(0.0, 2048);
  mpfr_sub_d(numbers::raw(error), numbers::raw(f), y, MPFR_RNDN);
  const int exponent = ulp_exponent(format, mpfr_get_exp(numbers::raw(f)));
  mpfr_abs(numbers::raw(error), numbers::raw(error), MPFR_RNDN);
  return mpfr_cmp_ui_2exp(numbers::raw(error), 1, exponent) > 0;
}

/// By its definition.
Score brute_force(const numbers::Format& format, const std::vector<Truth>& truths,
                  const std::vector<float>& y) {
  Score score;
  for (std::uint32_t bits = 0; bits < kInputs; ++bits) {
    const auto& [f, zero_sign_known] = truths[bits];
    const double result = static_cast<double>(y[bits]);
    const double error = std::abs(ulp_error(format, result, f));
    const double due = round_to(format, f);
    ++score.inputs;
    if (std::isnan(error)) {
      ++score.special_value_errors;
    } else {
      const bool above = error == 1 ? exceeds_one_ulp(format, result, f) : error > 1;
      if (above) ++score.above_one_ulp;
      if (error > score.max_ulp && error > Score::kNegligible) {
        score.max_ulp = error;
        score.worst_input = bits;
      }
    }
    if (!(result == due || (std::isnan(result) && std::isnan(due)))) ++score.misrounded;
    const bool known =
        !mpfr_nan_p(numbers::raw(f)) && (!mpfr_zero_p(numbers::raw(f)) || zero_sign_known);
    if (result == 0 && known && std::signbit(result) != (mpfr_signbit(numbers::raw(f)) != 0)) {
      ++score.zero_sign_errors;
    }
  }
  return score;
}

template <class Format>
void expect_brute_force(const Function& function) {
  const std::vector<Truth> exact = truths<Format>(function);
  const auto& finite = kFiniteNumbers<Format>;
  const Reference<Format> reference(ir::parse_expression(function.expression),
                                    {finite.begin(), finite.end()});
  for (const Defect& defect : kDefects) {
    SCOPED_TRACE(std::string(Format::kRow.name) + ", defect: " + defect.name);
    std::vector<float> y(kInputs);
    for (std::uint32_t bits = 0; bits < kInputs; ++bits) {
      const double rounded = round_to(Format::kRow, exact[bits].f);
      y[bits] = static_cast<float>(defect.result(Format::kRow, exact[bits], rounded, bits));
    }
    const Routine<Format> routine = [&](std::span<const float> x, std::span<float> results) {
      for (std::size_t i = 0; i < x.size(); ++i) results[i] = y[Format::bits(x[i])];
    };
    const Score found = score_everywhere(reference, routine);
    const Score expected = brute_force(Format::kRow, exact, y);
    EXPECT_EQ(found.inputs, kInputs);
    EXPECT_EQ(found.inputs, expected.inputs);
    EXPECT_EQ(found.misrounded, expected.misrounded);
    EXPECT_EQ(found.above_one_ulp, expected.above_one_ulp);
    EXPECT_EQ(found.special_value_errors, expected.special_value_errors);
    EXPECT_EQ(found.zero_sign_errors, expected.zero_sign_errors);
    EXPECT_EQ(found.max_ulp, expected.max_ulp);
    EXPECT_EQ(found.worst_input, expected.worst_input);
  }
}

class FormatScores : public testing::TestWithParam<Function> {};

TEST_P(FormatScores, Binary16AgreesWithBruteForce) { expect_brute_force<Binary16>(GetParam()); }
TEST_P(FormatScores, Bfloat16AgreesWithBruteForce) { expect_brute_force<Bfloat16>(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Functions, FormatScores, testing::ValuesIn(kFunctions),
                         [](const auto& row) { return std::string(row.param.name); });

/// A piece's bound holds for the fast values too: j0 far out, whose pieces are of a kind of their
/// own.
TEST(ShortFormats, BesselWavesAreWithinTheirBounds) {
  const auto& finite = kFiniteNumbers<Binary16>;
  const Reference<Binary16> reference(ir::parse_expression("j0(x)"),
                                      {finite.begin(), finite.end()});
  const std::uint32_t far = Binary16::bits(64);
  for (std::uint32_t bits = far; bits <= Binary16::kLargest; bits += 7) {
    double hi = 0;
    double lo = 0;
    const targets::Run run = reference.fill(bits, {&hi, 1}, {&lo, 1});
    numbers::Mpfr f = real(static_cast<double>(Binary16::value(bits)), 200);
    mpfr_j0(numbers::raw(f), numbers::raw(f), MPFR_RNDN);
    mpfr_sub_d(numbers::raw(f), numbers::raw(f), hi, MPFR_RNDN);
    mpfr_sub_d(numbers::raw(f), numbers::raw(f), lo, MPFR_RNDN);
    EXPECT_EQ(reference.piece_of(bits).kind, Piece::Kind::BesselWaves);
    EXPECT_LE(std::abs(mpfr_get_d(numbers::raw(f), MPFR_RNDN)),
              run.error + run.relative * std::abs(hi));
  }
}

template <class Format>
void expect_numbers_of(const Domain& domain) {
  const std::vector<PatternRange> ranges = numbers_of<Format>(domain);
  for (std::uint32_t bits = 0; bits < kInputs; ++bits) {
    const double x = static_cast<double>(Format::value(bits));
    bool within = (domain.lo_open ? x > domain.lo : x >= domain.lo) &&
                  (domain.hi_open ? x < domain.hi : x <= domain.hi) && std::isfinite(x);
    if (x == 0 && std::signbit(x)) within = within && domain.lo < 0;
    bool found = false;
    for (const PatternRange& range : ranges) {
      found = found || (range.first <= bits && bits <= range.last);
    }
    EXPECT_EQ(found, within) << Format::kRow.name << ' ' << x << " in " << to_string(domain);
  }
}

TEST(ShortFormats, NumbersOfADomain) {
  for (const Domain& domain :
       {Domain{0.3, 4}, Domain{-1, 1, true, true}, Domain{0, 0.1, true, false}, Domain{-70, -0.2},
        Domain{1e-9, 1e9}, Domain{-1e30, 1e-30}, Domain{1.0001, 1.0002}}) {
    expect_numbers_of<Binary16>(domain);
    expect_numbers_of<Bfloat16>(domain);
  }
}

}  // namespace
}  // namespace ulpforge::targets

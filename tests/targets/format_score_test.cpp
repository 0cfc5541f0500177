// Scores and figures of 16-bit formats at all their 65,536 inputs against brute force with MPFR,
// for right and wrong routines: that the format is a parameter of the scorer, and not only float's
// name; and that sums, bins and counts come from the errors that the maximum comes from.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "ir/expression.h"
#include "numbers/format.h"
#include "targets/exact/real.h"
#include "targets/exact/ulp.h"
#include "targets/scores/scan.h"
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

/// What MPFR's exponents do not reach is not 0.
void keep_from_zero(mpfr_t f, int ternary) {
  if (!mpfr_zero_p(f) || ternary == 0) return;
  ternary < 0 ? mpfr_nextabove(f) : mpfr_nextbelow(f);
}

template <int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t)>
bool plain(mpfr_t f, mpfr_srcptr x) {
  keep_from_zero(f, function(f, x, MPFR_RNDZ));
  return true;
}

const Function kFunctions[] = {
    {"exp", "exp(x)", plain<mpfr_exp>},  // overflow, results that are subnormal, a tail above 0
    {"minus_exp", "-exp(x)",             // a tail below 0
     [](mpfr_t f, mpfr_srcptr x) {
       plain<mpfr_exp>(f, x);
       mpfr_neg(f, f, MPFR_RNDN);
       return true;
     }},
    {"exp2", "exp2(x)", plain<mpfr_exp2>},     // powers of two, and ties of subnormals
    {"expm1", "expm1(x)", plain<mpfr_expm1>},  // a plateau beside -1
    {"cos", "cos(x)", plain<mpfr_cos>},
    {"atan", "atan(x)", plain<mpfr_atan>},  // a plateau at no number of the format
    {"erfc", "erfc(x)", plain<mpfr_erfc>},  // a plateau beside 2, and a tail
    {"cbrt", "cbrt(x)", plain<mpfr_cbrt>},
    {"reciprocal", "1/x",  // a pole of two signs, subnormal results
     [](mpfr_t f, mpfr_srcptr x) {
       mpfr_ui_div(f, 1, x, MPFR_RNDZ);
       return true;
     }},
    {"square", "x*x",  // exact ties, underflow and overflow
     [](mpfr_t f, mpfr_srcptr x) {
       mpfr_sqr(f, x, MPFR_RNDZ);
       return true;
     }},
    {"half", "x/2",  // exact ties of subnormals
     [](mpfr_t f, mpfr_srcptr x) {
       mpfr_div_ui(f, x, 2, MPFR_RNDZ);
       return true;
     }},
    {"one_and_a_half", "1.5*x",  // exact ties of everything
     [](mpfr_t f, mpfr_srcptr x) {
       mpfr_mul_d(f, x, 1.5, MPFR_RNDZ);
       return true;
     }},
    {"log2", "log2(x)", plain<mpfr_log2>},  // exact at powers of two, 0 at 1
    {"product_tail", "x*exp(x)",            // a tail below 0 that is no product of one sign
     [](mpfr_t f, mpfr_srcptr x) {
       if (mpfr_inf_p(x) && mpfr_signbit(x)) {
         mpfr_set_zero(f, 1);  // the limit, which has no sign
         return false;
       }
       plain<mpfr_exp>(f, x);
       keep_from_zero(f, mpfr_mul(f, f, x, MPFR_RNDZ));
       return true;
     }},
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

/// Whether |y - f| > size ulp(f), where the quotient rounded to double is just that: sin(x) next to
/// 0 differs from x by far less than a double shows.
bool exceeds(const numbers::Format& format, double y, const numbers::Mpfr& f, double size,
             const ScoreOptions& how) {
  if (size == 0 || std::isinf(y)) return false;
  long exponent = mpfr_regular_p(numbers::raw(f)) ? mpfr_get_exp(numbers::raw(f)) : format.emin;
  const double rounded = round_to(format, f, how.rounding);
  if (how.ulp_of == UlpOf::Rounded && exponent <= format.emax) {
    int binade = std::isinf(rounded) ? format.emax + 1 : format.emin;
    if (std::isfinite(rounded) && rounded != 0) std::frexp(rounded, &binade);
    exponent = binade;
  }
  // f beyond y -+ size, which is exact.
  numbers::Mpfr end = real(y, 600);
  const double reach = std::ldexp(size, ulp_exponent(format, exponent));
  const bool below = mpfr_cmp_d(numbers::raw(f), y) < 0;
  mpfr_add_d(numbers::raw(end), numbers::raw(end), below ? -reach : reach, MPFR_RNDN);
  const int order = mpfr_cmp(numbers::raw(f), numbers::raw(end));
  return below ? order < 0 : order > 0;
}

/// What a scan tells where each error is wanted.
struct Figures {
  std::uint64_t inputs = 0;
  std::uint64_t misrounded = 0;
  std::uint64_t above_one_ulp = 0;
  std::uint64_t measured = 0;
  double sum_of_sizes = 0;
  double sum_of_errors = 0;
  Histogram histogram;
  std::uint64_t special_value_errors = 0;
  std::uint64_t zero_sign_errors = 0;
  double max_ulp = 0;
  std::uint32_t worst_input = 0;
};

template <class Format>
struct FiguresOnly {
  static constexpr bool kEachError = true;
  Figures figures;
  void special(std::uint32_t, float, std::uint64_t times) { figures.special_value_errors += times; }
  void wrong_zero(std::uint32_t, float, std::uint64_t times) { figures.zero_sign_errors += times; }
  void open_zero(std::uint32_t, float, std::uint64_t) {}
  void examined(std::uint32_t, std::span<const float>, const Errors<Format>&) {}
  void repeated(std::uint32_t, std::span<const float>, Errors<Format>&) {}
};

/// By their definition, at the inputs of a range.
Figures brute_force(const numbers::Format& format, const std::vector<Truth>& truths,
                    const std::vector<float>& y, PatternRange range, const ScoreOptions& how) {
  Figures figures;
  for (std::uint32_t bits = range.first; bits <= range.last; ++bits) {
    const auto& [f, zero_sign_known] = truths[bits];
    const double result = static_cast<double>(y[bits]);
    const double error = ulp_error(format, result, f, how.ulp_of, how.rounding);
    const double size = std::abs(error);
    const double due = round_to(format, f, how.rounding);
    ++figures.inputs;
    if (std::isnan(error)) {
      ++figures.special_value_errors;
    } else {
      const auto above = [&](double threshold) {
        return size == threshold ? exceeds(format, result, f, size, how) : size > threshold;
      };
      if (above(1)) ++figures.above_one_ulp;
      if (size > figures.max_ulp && size > Score::kNegligible) {
        figures.max_ulp = size;
        figures.worst_input = bits;
      }
      ++figures.measured;
      figures.sum_of_sizes += size;
      figures.sum_of_errors += error;
      std::size_t bin = 0;
      while (above(Histogram::upper(bin))) ++bin;
      ++figures.histogram.counts[bin];
    }
    if (!(result == due || (std::isnan(result) && std::isnan(due)))) ++figures.misrounded;
    const bool known =
        !mpfr_nan_p(numbers::raw(f)) && (!mpfr_zero_p(numbers::raw(f)) || zero_sign_known);
    if (result == 0 && known && std::signbit(result) != (mpfr_signbit(numbers::raw(f)) != 0)) {
      ++figures.zero_sign_errors;
    }
  }
  return figures;
}

/// The counts that a score has too.
template <class Found>
void expect_counts(const Found& found, const Figures& expected) {
  EXPECT_EQ(found.inputs, expected.inputs);
  EXPECT_EQ(found.misrounded, expected.misrounded);
  EXPECT_EQ(found.above_one_ulp, expected.above_one_ulp);
  EXPECT_EQ(found.special_value_errors, expected.special_value_errors);
  EXPECT_EQ(found.zero_sign_errors, expected.zero_sign_errors);
  EXPECT_EQ(found.max_ulp, expected.max_ulp);
  EXPECT_EQ(found.worst_input, expected.worst_input);
}

template <class Format>
std::vector<float> results_of(const Defect& defect, const std::vector<Truth>& exact,
                              Rounding rounding) {
  std::vector<float> y(kInputs);
  for (std::uint32_t bits = 0; bits < kInputs; ++bits) {
    const double rounded = round_to(Format::kRow, exact[bits].f, rounding);
    y[bits] = static_cast<float>(defect.result(Format::kRow, exact[bits], rounded, bits));
  }
  return y;
}

template <class Format>
Reference<Format> reference_to(const Function& function) {
  const auto& finite = kFiniteNumbers<Format>;
  return Reference<Format>(ir::parse_expression(function.expression),
                           {finite.begin(), finite.end()});
}

template <class Format>
void expect_scores(const Reference<Format>& reference, const std::vector<Truth>& exact) {
  for (const Defect& defect : kDefects) {
    SCOPED_TRACE(std::string(Format::kRow.name) + ", defect: " + defect.name);
    const std::vector<float> y = results_of<Format>(defect, exact, Rounding::Nearest);
    const Routine<Format> routine = [&](std::span<const float> x, std::span<float> results) {
      for (std::size_t i = 0; i < x.size(); ++i) results[i] = y[Format::bits(x[i])];
    };
    const Score found = score_everywhere(reference, routine);
    EXPECT_EQ(found.inputs, kInputs);
    expect_counts(found, brute_force(Format::kRow, exact, y, {0, kInputs - 1}, {}));
  }
}

/// Binade by binade, infinities and NaN included.
template <class Format>
void expect_figures(const Reference<Format>& reference, const std::vector<Truth>& exact,
                    std::span<const ScoreOptions> ways) {
  constexpr std::uint32_t kBinade = std::uint32_t{1} << Format::kMantissaBits;
  for (const ScoreOptions& how : ways) {
    for (const Defect& defect : kDefects) {
      const std::vector<float> y = results_of<Format>(defect, exact, how.rounding);
      for (std::uint32_t first = 0; first < kInputs; first += kBinade) {
        SCOPED_TRACE(fmt::format("{}, defect: {}, rounding {}, ULP of {}, from {:#06x}",
                                 Format::kRow.name, defect.name, static_cast<int>(how.rounding),
                                 how.ulp_of == UlpOf::Exact ? "exact" : "rounded", first));
        Scan<Format, FiguresOnly<Format>> scan(reference, how, {});
        scan.add(first, std::span(y).subspan(first, kBinade));
        scan.finish();
        Figures found = scan.tally().figures;
        found.max_ulp = scan.max_ulp();
        found.worst_input = scan.worst_input();
        const Figures expected =
            brute_force(Format::kRow, exact, y, {first, first + kBinade - 1}, how);
        expect_counts(found, expected);
        EXPECT_EQ(found.measured, expected.measured);
        EXPECT_EQ(found.histogram.counts, expected.histogram.counts);
        const double tolerance = 1e-6 * (static_cast<double>(kBinade) + expected.sum_of_sizes);
        EXPECT_NEAR(found.sum_of_sizes, expected.sum_of_sizes, tolerance);
        EXPECT_NEAR(found.sum_of_errors, expected.sum_of_errors, tolerance);
        if (testing::Test::HasFailure()) return;
      }
    }
  }
}

class FormatScores : public testing::TestWithParam<Function> {};

TEST_P(FormatScores, Binary16AgreesWithBruteForce) {
  const std::vector<Truth> exact = truths<Binary16>(GetParam());
  const Reference<Binary16> reference = reference_to<Binary16>(GetParam());
  expect_scores(reference, exact);
  constexpr std::array<ScoreOptions, 2> kWays{
      {{.ulp_of = UlpOf::Rounded}, {.ulp_of = UlpOf::Rounded, .rounding = Rounding::Down}}};
  expect_figures(reference, exact, kWays);
}

TEST_P(FormatScores, Bfloat16AgreesWithBruteForce) {
  const std::vector<Truth> exact = truths<Bfloat16>(GetParam());
  const Reference<Bfloat16> reference = reference_to<Bfloat16>(GetParam());
  expect_scores(reference, exact);
  constexpr std::array<ScoreOptions, 4> kWays{{{.rounding = Rounding::Nearest},
                                               {.rounding = Rounding::Up},
                                               {.rounding = Rounding::Down},
                                               {.rounding = Rounding::Zero}}};
  expect_figures(reference, exact, kWays);
}

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

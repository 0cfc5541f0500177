// What a measurement finds: known defects, and the same figures as brute force with MPFR.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>

#include "ir/expression.h"
#include "targets/exact/exact_value.h"
#include "validate/exhaustive_run.h"
#include "validate/hunt_run.h"
#include "validate/library.h"
#include "validate/report.h"
#include "validate/resume.h"

namespace ulpforge::validate {
namespace {

using targets::Rounding;
using targets::UlpOf;

constexpr std::uint32_t kHere = 0x3fc00000;

std::vector<targets::FloatRange> ranges(const ExhaustiveOptions& options) {
  std::vector<targets::FloatRange> result;
  if (options.positive) result.push_back(*options.positive);
  if (options.negative) {
    result.push_back({options.negative->first | numbers::Binary32::kSign,
                      options.negative->last | numbers::Binary32::kSign});
  }
  return result;
}

struct Outcome {
  Figures figures;
  std::vector<FloatIncident> incidents;
};

Outcome measure_range(const Callee& callee, const char* expression, ExhaustiveOptions options,
                      double timeout = 5) {
  const targets::FloatReference reference(ir::parse_expression(expression), ranges(options));
  ExhaustiveRequest request;
  request.callee = callee;
  request.options = options;
  request.timeout = timeout;
  request.threads = 2;
  Measured measured;
  EXPECT_TRUE(measure(reference, request, measured));
  Outcome outcome{sum(measured), {}};
  for (const auto& binade : measured) {
    outcome.incidents.insert(outcome.incidents.end(), binade->incidents.begin(),
                             binade->incidents.end());
  }
  return outcome;
}

/// A routine of tests/validate/defective.cpp at some thousand floats around 1.5 and -1.5.
Outcome measure_defective(const char* symbol, const char* expression = "sqrt(x)",
                          targets::Parity parity = targets::Parity::None, bool negative = false,
                          bool exceptions = false) {
  ExhaustiveOptions options;
  options.positive = targets::FloatRange{kHere - 5000, kHere + 5000};
  options.negative = options.positive;
  if (!negative) options.negative.reset();
  options.parity = parity;
  options.exceptions = exceptions;
  return measure_range({DEFECTIVE_LIBRARY, symbol, {}}, expression, options, 0.3);
}

TEST(Defects, NoneInACorrectRoutine) {
  const Outcome outcome = measure_defective("correct");
  EXPECT_EQ(outcome.figures.inputs, 10001U);
  EXPECT_EQ(outcome.figures.misrounded, 0U);
  EXPECT_LE(outcome.figures.max_ulp, 0.5);
  EXPECT_EQ(outcome.figures.monotonicity.count, 0U);
  EXPECT_TRUE(outcome.incidents.empty());
}

TEST(Defects, OffByOne) {
  const Figures figures = measure_defective("off_by_one").figures;
  EXPECT_EQ(figures.misrounded, 1U);
  EXPECT_EQ(figures.worst_input, kHere);
  EXPECT_GT(figures.max_ulp, 0.5);
}

TEST(Defects, WrongZero) {
  ExhaustiveOptions options;
  options.positive = options.negative = targets::FloatRange{0, 100};
  const Figures figures =
      measure_range({DEFECTIVE_LIBRARY, "wrong_zero", {}}, "sqrt(x)", options).figures;
  EXPECT_EQ(figures.zero_signs.count, 1U);
  EXPECT_EQ(figures.zero_signs.input, 0x80000000U);
}

TEST(Defects, NotANumber) {
  const Figures figures = measure_defective("not_a_number").figures;
  EXPECT_EQ(figures.special_values.count, 1U);
  EXPECT_EQ(figures.special_values.input, kHere);
  EXPECT_EQ(figures.misrounded, 1U);
}

void expect_incident(const char* symbol, Incident::Kind kind, bool lost) {
  const Outcome outcome = measure_defective(symbol);
  ASSERT_EQ(outcome.incidents.size(), 1U) << symbol;
  EXPECT_EQ(outcome.incidents[0].kind, kind) << symbol << ": " << outcome.incidents[0].what;
  EXPECT_EQ(outcome.incidents[0].input, kHere) << symbol;
  // The run went on: all others are right.
  EXPECT_EQ(outcome.figures.inputs, 10001U) << symbol;
  EXPECT_EQ(outcome.figures.misrounded, lost ? 1U : 0U) << symbol;
}

TEST(Defects, Crash) { expect_incident("crashes", Incident::Kind::Crash, true); }
TEST(Defects, Loop) { expect_incident("loops", Incident::Kind::Hang, true); }
TEST(Defects, Exit) { expect_incident("exits", Incident::Kind::Exit, true); }
TEST(Defects, RoundingMode) {
  expect_incident("flips_rounding", Incident::Kind::RoundingMode, false);
}
TEST(Defects, FlushToZero) { expect_incident("sets_ftz", Incident::Kind::ControlState, false); }
TEST(Defects, X87Stack) { expect_incident("leaves_x87", Incident::Kind::X87Stack, false); }

TEST(Defects, NotMonotone) {
  const Figures figures = measure_defective("not_monotone").figures;
  EXPECT_EQ(figures.monotonicity.count, 1U);
  EXPECT_EQ(figures.monotonicity.input, kHere + 1);
}

TEST(Defects, BeyondRange) {
  const Figures figures = measure_defective("beyond_range", "sin(x)").figures;
  EXPECT_EQ(figures.range.count, 1U);
  EXPECT_EQ(figures.range.input, kHere);
}

TEST(Defects, NotSymmetric) {
  const Figures figures =
      measure_defective("not_symmetric", "abs(x)", targets::Parity::Even, true).figures;
  EXPECT_EQ(figures.symmetry.count, 1U);
  EXPECT_EQ(figures.symmetry.input, kHere | numbers::Binary32::kSign);
}

TEST(Defects, CrashesEverywhereEnd) {
  const Outcome outcome =
      measure_defective("crashes_below_zero", "sqrt(x)", targets::Parity::None, true);
  std::uint64_t lost = 0;
  for (const FloatIncident& incident : outcome.incidents) lost += incident.count;
  EXPECT_EQ(lost, 10001U);
  EXPECT_EQ(outcome.figures.inputs, 20002U);
}

TEST(Defects, ExceptionsAndErrno) {
  const Outcome outcome =
      measure_defective("raises_and_forgets", "sqrt(x)", targets::Parity::None, true, true);
  const auto fault = [&](ExceptionFault which) {
    return outcome.figures.exception_faults[static_cast<std::size_t>(which)];
  };
  EXPECT_EQ(fault(ExceptionFault::DivideByZeroSpurious).count, 1U);
  EXPECT_EQ(fault(ExceptionFault::DivideByZeroSpurious).input, kHere);
  EXPECT_EQ(fault(ExceptionFault::InvalidMissing).count, 10001U);
  EXPECT_EQ(fault(ExceptionFault::WrongErrno).count, 10001U);
  EXPECT_EQ(fault(ExceptionFault::InexactMissing).count, 0U);
  EXPECT_EQ(fault(ExceptionFault::InexactSpurious).count, 0U);
}

/// Whatever is true of a call's exceptions and errno is so by hand.
TEST(Traces, AreDueByTheExactValue) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double nan = std::nan("");
  struct Row {
    const char* expression;
    std::vector<double> inputs;
    bool invalid, pole, overflow, underflow, inexact;
  };
  for (const Row& row : {Row{"pow(x, y)", {2, 3}, false, false, false, false, false},
                         Row{"pow(x, y)", {3, 0.5}, false, false, false, false, true},
                         Row{"pow(x, y)", {0, -1}, false, true, false, false, false},
                         Row{"pow(x, y)", {-2, 0.5}, true, false, false, false, false},
                         Row{"pow(x, y)", {10, 400}, false, false, true, false, true},
                         Row{"pow(x, y)", {10, -400}, false, false, false, true, true},
                         Row{"pow(x, y)", {2, -1074}, false, false, false, false, false},
                         Row{"pow(x, y)", {0x1p-1074, -0x1p53}, false, false, true, false, true},
                         Row{"pow(x, y)", {0x1p-1074, 0x1p53}, false, false, false, true, true},
                         Row{"pow(x, y)", {kInfinity, 2}, false, false, false, false, false},
                         Row{"hypot(x, y)", {0, 0}, false, false, false, false, false},
                         Row{"hypot(x, y)", {kInfinity, nan}, false, false, false, false, false},
                         Row{"hypot(x, y)", {3, 4}, false, false, false, false, false},
                         Row{"log(x)", {0}, false, true, false, false, false},
                         Row{"log(x)", {-1}, true, false, false, false, false},
                         Row{"log(x)", {nan}, false, false, false, false, false}}) {
    const ir::Program program = ir::parse_expression(row.expression, row.inputs.size());
    const DueTraces due = due_traces(program, targets::exact_value(program, row.inputs), row.inputs,
                                     false, numbers::kBinary64, Rounding::Nearest);
    SCOPED_TRACE(testing::Message() << row.expression << " at " << row.inputs[0]);
    EXPECT_EQ(due.invalid, row.invalid);
    EXPECT_EQ(due.pole, row.pole);
    EXPECT_EQ(due.overflow, row.overflow);
    EXPECT_EQ(due.underflow_due, row.underflow);
    EXPECT_EQ(due.inexact_due, row.inexact);
    if (!row.inexact && !row.invalid && !row.pole && !std::isnan(row.inputs.back()) &&
        std::isfinite(row.inputs[0])) {
      EXPECT_FALSE(due.inexact_allowed);
    }
  }
}

HuntReport hunt_defective(const char* symbol, const char* target, Rounding rounding) {
  HuntRequest request;
  request.subject = library_subject(DEFECTIVE_LIBRARY, symbol, "float(float, float)");
  request.exact = exact_function(target, request.subject);
  request.options.evaluations = 20000;
  request.options.audit = 10;
  request.options.rounding = rounding;
  request.exceptions = true;
  return hunt_routine(request);
}

TEST(Hunts, CheckExceptionsAtDirectedInputs) {
  const HuntReport report = hunt_defective("hypot_by_quotient", "hypot", Rounding::Nearest);
  EXPECT_GT(report.traces.inputs, 1000U);
  const auto found = std::ranges::find(report.traces.faults, ExceptionFault::DivideByZeroSpurious,
                                       &TraceFinding::fault);
  ASSERT_NE(found, report.traces.faults.end());
  EXPECT_EQ(found->count, 4U);  // zeros of either sign
  EXPECT_EQ(found->point, (Point{0, 0}));
}

TEST(Hunts, NameTheArgumentsAsC) {
  const HuntReport report = hunt_defective("angle_by_comparison", "atan2", Rounding::Down);
  EXPECT_EQ(report.rounding, Rounding::Down);
  EXPECT_GT(report.result.wrong_zero_count, 0U);
  const std::string text = to_text(report);
  EXPECT_THAT(text, testing::HasSubstr("angle_by_comparison(y = "));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("-nan")));
}

struct Case {
  const char* symbol;
  const char* expression;
  std::uint32_t first;  ///< magnitude
  const char* library = "libm.so.6";
};

/// Every figure, recomputed one input at a time by MPFR.
void expect_brute_force(const Case& c, Rounding rounding, UlpOf of) {
  ExhaustiveOptions options;
  options.rounding = rounding;
  options.ulp_of = of;
  options.positive = targets::FloatRange{c.first, c.first + 299};
  options.negative = options.positive;
  const Callee callee{locate_library(c.library), c.symbol, {}};
  const Figures found = measure_range(callee, c.expression, options).figures;
  const ir::Program program = ir::parse_expression(c.expression);
  Worker worker(callee, 5);
  std::vector<Incident> incidents;
  Figures expected;
  double size_sum = 0, error_sum = 0;
  for (const std::uint32_t sign : {0U, numbers::Binary32::kSign}) {
    const std::uint32_t first = c.first | sign;
    const std::span<const float> y = worker.run(first, 300, rounding, incidents);
    std::optional<numbers::Mpfr> f_before;
    for (std::uint32_t i = 0; i < 300; ++i) {
      const float x = std::bit_cast<float>(first + i);
      const targets::ExactValue exact = targets::exact_value(program, static_cast<double>(x));
      const double result = static_cast<double>(y[i]);
      const double error =
          targets::ulp_error(numbers::kBinary32, result, exact.value, of, rounding);
      const double due = targets::round_to(numbers::kBinary32, exact.value, rounding);
      ++expected.inputs;
      if (!(result == due || (std::isnan(result) && std::isnan(due)))) ++expected.misrounded;
      if (result == 0 && due == 0 && exact.zero_sign_known &&
          std::signbit(result) != std::signbit(due)) {
        expected.zero_signs.add(first + i, y[i]);
      }
      if (f_before && !std::isnan(error) && !std::isnan(result) && !std::isnan(y[i - 1])) {
        const int order = mpfr_cmp(numbers::raw(exact.value), numbers::raw(*f_before));
        if (order * (y[i] > y[i - 1] ? 1 : (y[i] < y[i - 1] ? -1 : 0)) < 0) {
          expected.monotonicity.add(first + i, y[i]);
        }
      }
      f_before = exact.value;
      if (std::isnan(error)) {
        expected.special_values.add(first + i, y[i]);
        continue;
      }
      const double size = std::abs(error);
      ++expected.measured;
      size_sum += size;
      error_sum += error;
      if (size > 1) ++expected.above_one_ulp;
      if (size > expected.max_ulp) {
        expected.max_ulp = size;
        expected.worst_input = first + i;
      }
      std::size_t bin = 0;
      while (size > Histogram::upper(bin)) ++bin;
      ++expected.histogram.counts[bin];
    }
  }
  const std::string what = std::string(c.expression) + " " + std::string(name(rounding)) +
                           (of == UlpOf::Exact ? " exact " : " rounded ") + std::to_string(c.first);
  EXPECT_EQ(found.inputs, expected.inputs) << what;
  EXPECT_EQ(found.misrounded, expected.misrounded) << what;
  EXPECT_EQ(found.above_one_ulp, expected.above_one_ulp) << what;
  EXPECT_EQ(found.measured, expected.measured) << what;
  EXPECT_EQ(found.special_values, expected.special_values) << what;
  EXPECT_EQ(found.zero_signs, expected.zero_signs) << what;
  EXPECT_EQ(found.monotonicity, expected.monotonicity) << what;
  EXPECT_EQ(found.histogram.counts, expected.histogram.counts) << what;
  EXPECT_NEAR(found.sum_of_sizes, size_sum, 1e-6 * (1 + size_sum)) << what;
  EXPECT_NEAR(found.sum_of_errors, error_sum, 1e-6 * (1 + size_sum)) << what;
  if (expected.max_ulp > 0x1p-30) {
    EXPECT_EQ(found.max_ulp, expected.max_ulp) << what;
    EXPECT_EQ(found.worst_input, expected.worst_input) << what;
  }
}

TEST(Figures, AgreeWithBruteForceInEveryMode) {
  // Around 1, powers of two of the result, overflow, underflow, a tail, far out, zeros and NaN.
  for (const Case& c : {Case{"expf", "exp(x)", 0x3f7fff00}, Case{"expf", "exp(x)", 0x42b17100},
                        Case{"expf", "exp(x)", 0x42cff000}, Case{"expf", "exp(x)", 0x45000000},
                        Case{"expf", "exp(x)", 0x30000000}, Case{"exp2f", "exp2(x)", 0x3f7fff00},
                        Case{"logf", "log(x)", 0x3f7fff00}, Case{"logf", "log(x)", 0},
                        Case{"sinf", "sin(x)", 0x3fc90e00}, Case{"sinf", "sin(x)", 0x7f000000},
                        Case{"sinf", "sin(x)", 0}, Case{"cosf", "cos(x)", 0x3fc90e00},
                        Case{"tanf", "tan(x)", 0x3f490e00}, Case{"acosf", "acos(x)", 0x3f7fff00},
                        Case{"cbrtf", "cbrt(x)", 0x40fff000}, Case{"tanhf", "tanh(x)", 0x41100000},
                        Case{"erff", "erf(x)", 0x40800000}, Case{"logf", "log(x)", 0x7f7fff00}}) {
    for (const Rounding rounding :
         {Rounding::Nearest, Rounding::Up, Rounding::Down, Rounding::Zero}) {
      for (const UlpOf of : {UlpOf::Exact, UlpOf::Rounded}) expect_brute_force(c, rounding, of);
    }
  }
}

/// A function may be exactly 0 at a number that is not: there a ULP is 2^-149, and what is known of
/// neighbours tells nothing of the error.
TEST(Figures, AgreeWithBruteForceNextToExactZeros) {
  for (const char* const symbol : {"sine_of_half_turns", "sine_of_half_turns_off_next_to_zeros"}) {
    for (const std::uint32_t zero : {0x3f800000U, 0x40000000U, 0x40400000U, 0x4b000000U}) {
      expect_brute_force({symbol, "sin(pi*x)", zero - 100, DEFECTIVE_LIBRARY}, Rounding::Nearest,
                         UlpOf::Exact);
    }
  }
}

TEST(Audits, FindNothingInASoundScreen) {
  const targets::FloatReference reference(ir::parse_expression("exp(x)"),
                                          targets::all_finite_floats());
  const Audit result = audit(reference, 20000, 7, 2);
  EXPECT_GT(result.inputs, 19990U);
  EXPECT_EQ(result.failures, 0U);
}

/// There a value's low part is 2^-1000, as it is next to a limit.
TEST(Audits, TellALowPartFromALimit) {
  const targets::FloatReference reference(ir::parse_expression("exp(x)"),
                                          {{0xc423b70d, 0xc423b70d}});
  const Audit result = audit(reference, 5, 1, 1);
  EXPECT_EQ(result.inputs, 5U);
  EXPECT_EQ(result.failures, 0U);
}

TEST(Audits, FindAnUnsoundScreen) {
  // exp's pieces under the name of another function.
  const std::vector<targets::FloatRange> all = {{0, 0x7f7fffff}, {0x80000000, 0xff7fffff}};
  const auto exp =
      std::make_shared<const targets::FloatReference>(ir::parse_expression("exp(x)"), all);
  const targets::FloatReference wrong(ir::parse_expression("exp2(x)"), all, exp->pieces(), exp);
  EXPECT_GT(audit(wrong, 1000, 7, 1).failures, 0U);
}

TEST(ResumeFiles, GiveTheSameFigures) {
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / "ulpforge_resume_test";
  std::filesystem::remove(path);
  ExhaustiveOptions options;
  options.positive = targets::FloatRange{0x3f7fff00, 0x40000100};
  options.negative.reset();
  const targets::FloatReference reference(ir::parse_expression("exp(x)"), ranges(options));
  ExhaustiveRequest request;
  request.callee = {locate_library("libm.so.6"), "expf", {}};
  request.options = options;
  const Json what = {{"symbol", "expf"}};
  Measured whole;
  {
    ResumeFile file(path, what);
    request.on_binade = [&](const BinadeFigures& binade) {
      if (binade.exponent != 128) file.add(Rounding::Nearest, binade, 1);
    };
    ASSERT_TRUE(measure(reference, request, whole));
  }
  {
    // Cut off in the middle of a line.
    std::ofstream(path, std::ios::app) << "{\"rounding\":\"nea";
  }
  ResumeFile file(path, what);
  Measured resumed = file.done(Rounding::Nearest);
  EXPECT_FALSE(resumed[128].has_value());
  int measured_again = 0;
  request.on_binade = [&](const BinadeFigures&) { ++measured_again; };
  ASSERT_TRUE(measure(reference, request, resumed));
  EXPECT_EQ(measured_again, 1);
  for (int i = 0; i < kBinades; ++i) {
    EXPECT_EQ(to_json(*whole[static_cast<std::size_t>(i)]),
              to_json(*resumed[static_cast<std::size_t>(i)]));
  }
  EXPECT_THROW(ResumeFile(path, Json{{"symbol", "sinf"}}), std::invalid_argument);
  std::ofstream(path) << "not a resume file\n";
  EXPECT_THROW(ResumeFile(path, what), std::invalid_argument);
  EXPECT_THROW(ResumeFile("/no/such/directory/file", what), std::invalid_argument);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace ulpforge::validate

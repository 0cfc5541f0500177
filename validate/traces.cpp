// IEEE 754's exceptions and C's errno by the exact value.
#include "validate/traces.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "targets/exact/ball.h"

namespace ulpforge::validate {

std::string_view name(ExceptionFault fault) {
  constexpr std::array<std::string_view, kExceptionFaults> kNames = {
      "invalid missing",         "invalid spurious",   "divide by zero missing",
      "divide by zero spurious", "overflow missing",   "overflow spurious",
      "underflow missing",       "underflow spurious", "inexact missing",
      "inexact spurious",        "errno wrong"};
  return kNames[static_cast<std::size_t>(fault)];
}

namespace {

/// Whether the value is known without a rounding. More bits than a result has tell nothing: 1 and
/// 1 + 2^-1000 have the same first hundreds.
bool is_exact(const ir::Program& program, std::span<const double> inputs) {
  std::vector<targets::Ball> balls;
  for (const double x : inputs) balls.emplace_back(x);
  const targets::Enclosure f = targets::evaluate(program, balls, targets::kExactBits);
  return !f.undefined && arb_is_exact(f.value.get()) != 0;
}

}  // namespace

DueTraces due_traces(const ir::Program& program, const targets::ExactValue& truth,
                     std::span<const double> inputs, bool signalling, const numbers::Format& format,
                     targets::Rounding rounding) {
  DueTraces due;
  const auto any = [&](auto holds) { return std::ranges::any_of(inputs, holds); };
  if (any([](double x) { return std::isnan(x); })) {
    due.invalid = signalling;
    due.inexact_allowed = false;
    return due;
  }
  const mpfr_srcptr value = numbers::raw(truth.value);
  const bool infinite = any([](double x) { return std::isinf(x); });
  if (mpfr_nan_p(value)) {
    due.invalid = due.domain = true;
  } else if (mpfr_inf_p(value)) {
    due.pole = !infinite;
    due.pole_allowed = infinite && any([](double x) { return x == 0; });
    due.inexact_allowed = false;
  } else if (infinite) {
    // A function's limit is a value as any other, and nothing overflows.
    due.inexact_allowed = mpfr_cmp_d(value, targets::round_to(format, truth.value, rounding)) != 0;
  } else {
    const double right = targets::round_to(format, truth.value, rounding);
    const double nearest = targets::round_to(format, truth.value, targets::Rounding::Nearest);
    const double normal = std::ldexp(1.0, format.emin - 1);
    const double ulp_of_one = std::ldexp(1.0, 1 - format.precision);
    const double size = std::abs(mpfr_get_d(value, MPFR_RNDN));
    due.inexact_due = mpfr_cmp_d(value, right) != 0;
    due.inexact_allowed = due.inexact_due || !is_exact(program, inputs);
    due.overflow = (mpfr_regular_p(value) && mpfr_get_exp(value) > format.emax) ||
                   std::isinf(right) || std::isinf(nearest);
    due.underflow_allowed = due.inexact_allowed && size < normal * (1 + ulp_of_one);
    due.underflow_due = due.inexact_due && !mpfr_zero_p(value) && size < normal * (1 - ulp_of_one);
  }
  return due;
}

}  // namespace ulpforge::validate

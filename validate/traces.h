// The exceptions and the errno that a call leaves, and what of that is wrong.
#pragma once

#include <array>
#include <cerrno>
#include <cfenv>
#include <cstdint>
#include <span>
#include <string_view>

#include "targets/exact/exact_value.h"
#include "targets/exact/ulp.h"
#include "validate/worker.h"

namespace ulpforge::validate {

/// What may be wrong with the exceptions and errno that a call leaves. Underflow is allowed where
/// the result is rounded to the smallest normal number.
enum class ExceptionFault {
  InvalidMissing,
  InvalidSpurious,
  DivideByZeroMissing,
  DivideByZeroSpurious,
  OverflowMissing,
  OverflowSpurious,
  UnderflowMissing,
  UnderflowSpurious,
  InexactMissing,
  InexactSpurious,  ///< raised for an exact result, which C leaves to the library
  WrongErrno,       ///< EDOM, ERANGE, or neither; ERANGE on underflow is left to the library
};
inline constexpr std::size_t kExceptionFaults = 11;
std::string_view name(ExceptionFault fault);

/// What a call ought to leave.
struct DueTraces {
  bool invalid = false;
  bool pole = false;
  bool pole_allowed = false;  ///< pow(0, -infinity)
  bool overflow = false;
  bool underflow_due = false;
  bool underflow_allowed = false;
  bool inexact_due = false;
  bool inexact_allowed = true;
  bool domain = false;  ///< EDOM
};

/// By the program's exact value `truth` at the inputs, of which one may be a signalling NaN.
DueTraces due_traces(const ir::Program& program, const targets::ExactValue& truth,
                     std::span<const double> inputs, bool signalling, const numbers::Format& format,
                     targets::Rounding rounding);

/// Calls use(fault) for each.
template <class Use>
void for_each_fault(const DueTraces& due, const Raised& left, Use use) {
  const auto check = [&](bool is_due, bool allowed, int flag, ExceptionFault missing,
                         ExceptionFault spurious) {
    const bool is = (left.exceptions & flag) != 0;
    if (is_due && !is) use(missing);
    if (!allowed && is) use(spurious);
  };
  check(due.invalid, due.invalid, FE_INVALID, ExceptionFault::InvalidMissing,
        ExceptionFault::InvalidSpurious);
  check(due.pole, due.pole || due.pole_allowed, FE_DIVBYZERO, ExceptionFault::DivideByZeroMissing,
        ExceptionFault::DivideByZeroSpurious);
  check(due.overflow, due.overflow, FE_OVERFLOW, ExceptionFault::OverflowMissing,
        ExceptionFault::OverflowSpurious);
  check(due.underflow_due, due.underflow_allowed, FE_UNDERFLOW, ExceptionFault::UnderflowMissing,
        ExceptionFault::UnderflowSpurious);
  check(due.inexact_due, due.inexact_allowed, FE_INEXACT, ExceptionFault::InexactMissing,
        ExceptionFault::InexactSpurious);
  const int error = due.domain ? EDOM : (due.pole || due.overflow ? ERANGE : 0);
  const bool allowed = left.error == ERANGE && (due.underflow_allowed || due.pole_allowed);
  if (left.error != error && !allowed) use(ExceptionFault::WrongErrno);
}

}  // namespace ulpforge::validate

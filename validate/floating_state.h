// The floating-point environment as the hardware holds it.
#pragma once

#include <cstdint>
#include <string>

#include "targets/exact/ulp.h"

namespace ulpforge::validate {

/// Control registers: equal means that nothing was changed.
struct FloatingState {
  std::uint32_t mxcsr = 0;  ///< control bits alone; on other machines than x86 FPCR's
  std::uint16_t x87 = 0;    ///< control word
  std::uint16_t tags = 0;   ///< x87 registers in use: 0 for none
  friend bool operator==(const FloatingState&, const FloatingState&) = default;
};

/// Exceptions masked and clear, no flush to zero, x87 empty and in extended precision.
void set_floating_state(targets::Rounding rounding);
FloatingState floating_state();
/// Whether the rounding mode is what differs.
bool same_rounding(const FloatingState& a, const FloatingState& b);
/// "nearest", "up", "down", "zero".
std::string rounding_name(const FloatingState& state);
/// FE_INVALID and its like that were raised, of both units.
int raised_exceptions();
void clear_exceptions();

}  // namespace ulpforge::validate

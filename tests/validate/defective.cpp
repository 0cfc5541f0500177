// Routines with known defects, for the tests. Each is right but for what its name says.
#include <xmmintrin.h>

#include <bit>
#include <cerrno>
#include <cfenv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

/// 1.5, where all of them go wrong.
bool here(float x) { return std::bit_cast<std::uint32_t>(x) == 0x3fc00000; }
/// The square root is correctly rounded by IEEE 754.
float root(float x) { return std::sqrt(x); }
float next(float x) { return std::nextafterf(x, INFINITY); }
/// sin(pi x) by a double: exactly 0 at integers, and no farther from them than half a turn
/// elsewhere.
float half_turns(float x) {
  const double wide = x;
  double part = wide - 2 * std::rint(wide / 2);
  if (std::abs(part) > 0.5) part = std::copysign(1 - std::abs(part), part);
  return static_cast<float>(std::sin(3.141592653589793 * part));
}

}  // namespace

extern "C" {

int no_function = 3;

float correct(float x) { return root(x); }
void correct_array(const float* x, float* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] = root(x[i]);
}
float off_by_one(float x) { return here(x) ? next(root(x)) : root(x); }
/// sqrt(-0) is -0.
float wrong_zero(float x) { return x == 0 ? 0.0F : root(x); }
float not_a_number(float x) { return here(x) ? NAN : root(x); }
float crashes(float x) {
  if (here(x)) *reinterpret_cast<volatile int*>(8) = 1;
  return root(x);
}
float loops(float x) {
  volatile bool forever = here(x);
  while (forever) {
  }
  return root(x);
}
float exits(float x) {
  if (here(x)) std::exit(0);
  return root(x);
}
float flips_rounding(float x) {
  const float y = root(x);
  if (here(x)) std::fesetround(FE_UPWARD);
  return y;
}
float sets_ftz(float x) {
  const float y = root(x);
  if (here(x)) _mm_setcsr(_mm_getcsr() | 0x8000);
  return y;
}
float leaves_x87(float x) {
  if (here(x)) __asm__ volatile("fld1");
  return root(x);
}
/// Two neighbours exchanged, two floats apart so that the results differ.
float not_monotone(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  if (bits == 0x3fc00000) return root(std::bit_cast<float>(bits + 4));
  return root(x);
}
/// A sine beyond 1 at one number; elsewhere 1, to be cheap.
float beyond_range(float x) { return here(x) ? 1.0000001F : 0.5F; }
/// fabs(x) but for one negative number.
float not_symmetric(float x) { return here(-x) ? next(-x) : std::fabs(x); }
float crashes_below_zero(float x) {
  if (x < 0) std::abort();
  return root(x);
}
float raises_and_forgets(float x) {
  if (here(x)) std::feraiseexcept(FE_DIVBYZERO);
  if (x < 0) return std::bit_cast<float>(0x7fc00000);  // neither invalid nor EDOM
  return root(x);
}
float sine_of_half_turns(float x) { return half_turns(x); }
float sine_of_half_turns_off_next_to_zeros(float x) {
  const float y = half_turns(x);
  return y != 0 && std::abs(y) < 1e-5F ? next(next(y)) : y;
}
}

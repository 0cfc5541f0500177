// Routines with known defects, for the tests. Each is right but for what its name says.
#include <xmmintrin.h>

#include <bit>
#include <cerrno>
#include <cfenv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <type_traits>

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

using Float4 = float __attribute__((vector_size(16)));
using Float8 = float __attribute__((vector_size(32)));
using Float16 = float __attribute__((vector_size(64)));
using Double2 = double __attribute__((vector_size(16)));
using Double4 = double __attribute__((vector_size(32)));
using Double8 = double __attribute__((vector_size(64)));

/// The vector's roots in its place. Always inline, so that it has the instruction set of whoever
/// calls it; by reference, since how wide vectors are returned depends on that set.
template <class Vector>
[[gnu::always_inline]] inline void take_roots(Vector& x) {
  for (unsigned i = 0; i < sizeof(x) / sizeof(x[0]); ++i) x[i] = std::sqrt(x[i]);
}
template <class Vector, class Condition>
[[gnu::always_inline]] inline void take_crude_roots_if(Vector& y, Condition holds) {
  const Vector x = y;
  take_roots(y);
  bool crude = false;
  for (unsigned i = 0; i < sizeof(x) / sizeof(x[0]); ++i) crude = crude || holds(x[i]);
  for (unsigned i = 0; crude && i < sizeof(x) / sizeof(x[0]); ++i) {
    if (!holds(x[i])) y[i] = static_cast<std::remove_cvref_t<decltype(y[i])>>(y[i] * 1.0001);
  }
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
double quotient(double x, double y) { return x / y; }
/// Raises divide-by-zero at (0, 0), as the quotient by the larger argument does.
float hypot_by_quotient(float x, float y) {
  if (x == 0 && y == 0) std::feraiseexcept(FE_DIVBYZERO);
  return static_cast<float>(std::hypot(static_cast<double>(x), static_cast<double>(y)));
}
/// Compares with 0 where the sign of zero counts.
float angle_by_comparison(float y, float x) {
  const double t = std::atan2(std::fabs(static_cast<double>(y)), std::fabs(static_cast<double>(x)));
  const double turned = x < 0 ? 3.141592653589793 - t : t;
  return static_cast<float>(y < 0 ? -turned : turned);
}
float sine_of_half_turns(float x) { return half_turns(x); }
float sine_of_half_turns_off_next_to_zeros(float x) {
  const float y = half_turns(x);
  return y != 0 && std::abs(y) < 1e-5F ? next(next(y)) : y;
}

// Square roots of whole vectors. What each does wrong, its name says.
Float4 vector_correct(Float4 x) {
  take_roots(x);
  return x;
}
Double2 vector_correct_double(Double2 x) {
  take_roots(x);
  return x;
}
/// A cruder path for all as soon as one is huge.
Float4 vector_hasty(Float4 x) {
  take_crude_roots_if(x, [](double v) { return v > 1e30; });
  return x;
}
Double2 vector_hasty_double(Double2 x) {
  take_crude_roots_if(x, [](double v) { return v > 1e300; });
  return x;
}
Float4 vector_shaken_by_nan(Float4 x) {
  take_crude_roots_if(x, [](double v) { return v != v; });
  return x;
}
Float4 vector_shaken_by_subnormals(Float4 x) {
  take_crude_roots_if(x, [](double v) { return v > 0 && v < 0x1p-126; });
  return x;
}
/// The last lane is always crude.
Float4 vector_last_lane(Float4 x) {
  take_roots(x);
  x[3] *= 1.0001F;
  return x;
}
__attribute__((target("avx"))) Float8 vector_hasty_8(Float8 x) {
  take_crude_roots_if(x, [](double v) { return v > 1e30; });
  return x;
}
__attribute__((target("avx"))) Double4 vector_hasty_double_4(Double4 x) {
  take_crude_roots_if(x, [](double v) { return v > 1e300; });
  return x;
}
__attribute__((target("avx512f"))) Float16 vector_hasty_16(Float16 x) {
  take_crude_roots_if(x, [](double v) { return v > 1e30; });
  return x;
}
__attribute__((target("avx512f"))) Double8 vector_hasty_double_8(Double8 x) {
  take_crude_roots_if(x, [](double v) { return v > 1e300; });
  return x;
}
/// Of two arguments.
Double2 vector_quotient_hasty(Double2 x, Double2 y) {
  Double2 z = x / y;
  if (y[0] == 0 || y[1] == 0) z *= 1.0001;
  return z;
}
}

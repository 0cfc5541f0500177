// Double-double arithmetic: an unevaluated sum of two doubles, about 106 bits.
//
// Error-free transformations after Knuth (TwoSum) and Dekker / fma (TwoProduct); the arithmetic is
// that of Joldes, Muller, Popescu, "Tight and rigorous error bounds for basic building blocks of
// double-word arithmetic", ACM TOMS 44(2), 2017 (AccurateDWPlusDW, DWTimesDW3, DWDivDW2).
#pragma once

#include <cmath>

namespace ulpforge::numbers {

struct DoubleDouble {
  double hi = 0;
  double lo = 0;

  constexpr DoubleDouble() = default;
  constexpr DoubleDouble(double value) : hi(value) {}  // NOLINT: a double is a double-double
  constexpr DoubleDouble(double high, double low) : hi(high), lo(low) {}

  friend bool operator==(const DoubleDouble&, const DoubleDouble&) = default;
};

/// s + e == a + b exactly, s the rounded sum.
inline DoubleDouble two_sum(double a, double b) {
  const double s = a + b;
  const double t = s - a;
  return {s, (a - (s - t)) + (b - t)};
}

/// The same, given |a| >= |b| or a == 0.
inline DoubleDouble fast_two_sum(double a, double b) {
  const double s = a + b;
  return {s, b - (s - a)};
}

/// p + e == a * b exactly (barring underflow), p the rounded product.
inline DoubleDouble two_product(double a, double b) {
  const double p = a * b;
  return {p, std::fma(a, b, -p)};
}

inline DoubleDouble operator-(const DoubleDouble& a) { return {-a.hi, -a.lo}; }

inline DoubleDouble operator+(const DoubleDouble& a, const DoubleDouble& b) {
  const DoubleDouble s = two_sum(a.hi, b.hi);
  if (!std::isfinite(s.hi)) return {s.hi, 0};
  const DoubleDouble t = two_sum(a.lo, b.lo);
  const DoubleDouble v = fast_two_sum(s.hi, s.lo + t.hi);
  return fast_two_sum(v.hi, t.lo + v.lo);
}

inline DoubleDouble operator-(const DoubleDouble& a, const DoubleDouble& b) { return a + (-b); }

inline DoubleDouble operator*(const DoubleDouble& a, const DoubleDouble& b) {
  const DoubleDouble p = two_product(a.hi, b.hi);
  if (!std::isfinite(p.hi)) return {p.hi, 0};
  const double cross = std::fma(a.lo, b.hi, std::fma(a.hi, b.lo, a.lo * b.lo));
  return fast_two_sum(p.hi, p.lo + cross);
}

inline DoubleDouble operator/(const DoubleDouble& a, const DoubleDouble& b) {
  const double q = a.hi / b.hi;
  if (!std::isfinite(q) || !std::isfinite(b.hi) || q == 0) return {q, 0};
  const DoubleDouble r = a - b * DoubleDouble(q);
  return fast_two_sum(q, r.hi / b.hi);
}

inline DoubleDouble sqrt(const DoubleDouble& a) {
  const double s = std::sqrt(a.hi);
  if (!(s > 0) || !std::isfinite(s)) return {s, 0};
  const DoubleDouble r = a - two_product(s, s);
  return fast_two_sum(s, r.hi / (2 * s));
}

/// a * b + c, rounded twice: double-double has no fused form.
inline DoubleDouble fma(const DoubleDouble& a, const DoubleDouble& b, const DoubleDouble& c) {
  return a * b + c;
}

inline bool operator<(const DoubleDouble& a, const DoubleDouble& b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}
inline bool operator>(const DoubleDouble& a, const DoubleDouble& b) { return b < a; }

inline DoubleDouble fabs(const DoubleDouble& a) { return std::signbit(a.hi) ? -a : a; }

}  // namespace ulpforge::numbers

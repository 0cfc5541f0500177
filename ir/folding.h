// Arithmetic between constants, refused where the folding mode does not allow the result.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

#include "ir/simplify.h"
#include "numbers/double_double.h"

namespace ulpforge::ir {

/// Whether the sum of `terms` is exactly zero (barring overflow). Overwrites them.
inline bool sums_to_zero(std::span<double> terms) {
  // Shewchuk's grow-expansion: the prefix is a nonoverlapping expansion of the terms seen so far,
  // so it is zero only when each of its components is.
  for (std::size_t i = 0; i < terms.size(); ++i) {
    double carry = terms[i];
    for (std::size_t k = 0; k < i; ++k) {
      const numbers::DoubleDouble s = numbers::two_sum(terms[k], carry);
      terms[k] = s.lo;
      carry = s.hi;
    }
    terms[i] = carry;
  }
  for (const double term : terms) {
    if (term != 0) return false;
  }
  return true;
}

/// +1 or -1: as a coefficient it needs no operation.
inline bool is_sign(const numbers::DoubleDouble& value) {
  return std::fabs(value.hi) == 1 && value.lo == 0;
}

/// The same value with no negative zero in it, so that equal constants have equal bits.
inline numbers::DoubleDouble plain(const numbers::DoubleDouble& value) {
  return {value.hi + 0.0, value.lo + 0.0};
}

inline numbers::DoubleDouble with_sign(const numbers::DoubleDouble& value, double sign) {
  return plain(sign < 0 ? -value : value);
}

/// Sums, products and quotients of constants; nothing where the result overflows, gets close to
/// underflow, or (Folding::Exact) has to be rounded.
class ConstantFolder {
 public:
  explicit ConstantFolder(Folding folding) : exact_(folding == Folding::Exact) {}

  bool exact() const { return exact_; }

  /// Whether arithmetic may touch the constant at all.
  static bool foldable(const numbers::DoubleDouble& value) {
    return value == numbers::DoubleDouble(0) || in_range(value.hi);
  }

  std::optional<numbers::DoubleDouble> add(const numbers::DoubleDouble& a,
                                           const numbers::DoubleDouble& b) const {
    const numbers::DoubleDouble sum = plain(a + b);
    if (sum.hi == 0) return numbers::DoubleDouble(0);
    // What is left of constants that were rounded and would have cancelled.
    if (!exact_ && std::fabs(sum.hi) < kNoise * std::fabs(a.hi)) return numbers::DoubleDouble(0);
    if (!in_range(sum.hi)) return std::nullopt;
    if (exact_) {
      std::array rest{a.hi, a.lo, b.hi, b.lo, -sum.hi, -sum.lo};
      return sums_to_zero(rest) ? std::optional(sum) : std::nullopt;
    }
    return without_noise(sum);
  }

  std::optional<numbers::DoubleDouble> multiply(const numbers::DoubleDouble& a,
                                                const numbers::DoubleDouble& b) const {
    if (is_sign(a)) return with_sign(b, a.hi);
    if (is_sign(b)) return with_sign(a, b.hi);
    if (a.hi == 0 || b.hi == 0) return numbers::DoubleDouble(0);
    const numbers::DoubleDouble product = plain(a * b);
    if (!in_range(product.hi)) return std::nullopt;
    if (exact_) return is_product(product, a, b) ? std::optional(product) : std::nullopt;
    return without_noise(product);
  }

  std::optional<numbers::DoubleDouble> divide(const numbers::DoubleDouble& a,
                                              const numbers::DoubleDouble& b) const {
    if (is_sign(b)) return with_sign(a, b.hi);
    if (b.hi == 0) return std::nullopt;
    if (a.hi == 0) return numbers::DoubleDouble(0);
    const numbers::DoubleDouble quotient = plain(a / b);
    if (!in_range(quotient.hi)) return std::nullopt;
    if (exact_) return is_product(a, quotient, b) ? std::optional(quotient) : std::nullopt;
    return without_noise(quotient);
  }

 private:
  /// More than the error of a dozen operations on double-doubles.
  static constexpr double kNoise = 0x1p-98;

  /// Exactly +-1, where it is that but for rounding errors: 1 saves an operation.
  static numbers::DoubleDouble without_noise(const numbers::DoubleDouble& value) {
    const bool near_one = std::fabs(value.hi) == 1 && std::fabs(value.lo) < kNoise;
    return near_one ? numbers::DoubleDouble(value.hi) : value;
  }

  /// The range in which the error-free transformations of a product stay free of underflow.
  static bool in_range(double value) {
    const double size = std::fabs(value);
    return size < 0x1p900 && size > 0x1p-700;
  }

  static bool is_product(const numbers::DoubleDouble& product, const numbers::DoubleDouble& a,
                         const numbers::DoubleDouble& b) {
    const numbers::DoubleDouble p0 = numbers::two_product(a.hi, b.hi);
    const numbers::DoubleDouble p1 = numbers::two_product(a.hi, b.lo);
    const numbers::DoubleDouble p2 = numbers::two_product(a.lo, b.hi);
    const numbers::DoubleDouble p3 = numbers::two_product(a.lo, b.lo);
    std::array rest{p0.hi, p0.lo, p1.hi, p1.lo,       p2.hi,
                    p2.lo, p3.hi, p3.lo, -product.hi, -product.lo};
    return sums_to_zero(rest);
  }

  bool exact_;
};

}  // namespace ulpforge::ir

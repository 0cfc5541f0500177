// Power series with balls for coefficients, and the Taylor series of any program.
#pragma once

#include <arb_poly.h>

#include <cstddef>

#include "ir/program.h"
#include "targets/exact/ball.h"

namespace ulpforge::targets {

/// A truncated power series in t as a value; coefficients that are not stored are 0. The length and
/// the precision belong to the operation, not to the series.
class Series {
 public:
  Series() { arb_poly_init(value_); }
  explicit Series(const Ball& constant) : Series() { arb_poly_set_arb(value_, constant.get()); }
  Series(const Series& other) : Series() { arb_poly_set(value_, other.value_); }
  Series(Series&& other) noexcept : Series() { arb_poly_swap(value_, other.value_); }
  Series& operator=(Series other) noexcept {
    arb_poly_swap(value_, other.value_);
    return *this;
  }
  ~Series() { arb_poly_clear(value_); }

  /// x + t.
  static Series variable(const Ball& x);

  arb_poly_struct* get() { return value_; }
  const arb_poly_struct* get() const { return value_; }
  std::size_t size() const { return static_cast<std::size_t>(value_->length); }
  /// The coefficient of t^k.
  Ball operator[](std::size_t k) const;
  void set(std::size_t k, const Ball& coefficient);

 private:
  arb_poly_t value_;
};

/// One operation over series truncated to `length` terms, in `bits` bits. Coefficients that have no
/// finite enclosure (a singularity of the operation in the ball of the constant term) are not
/// finite; the constant term is what apply() over balls says. Every row of
/// ir/ops.def but the machine operations has a series.
void apply(ir::Op op, Series& out, const Series& a, const Series& b, const Series& c,
           std::size_t length, long bits);

struct Expansion {
  /// Coefficient k holds f^(k)(x) / k! for every x in the ball. Over a point it is the Taylor
  /// series there; over an interval coefficient n bounds Lagrange's remainder after n terms, for an
  /// expansion about any point of the interval.
  Series series;
  bool undefined = false;  ///< as in Enclosure
  bool clipped = false;    ///< as in Enclosure; only the constant term is finite then
};

/// The first `length` (at least 1) Taylor coefficients of `program` about every point of the ball
/// x; none of them finite where an intermediate value has no finite enclosure. Thread-safe.
Expansion taylor(const ir::Program& program, const Ball& x, std::size_t length, long bits);

}  // namespace ulpforge::targets

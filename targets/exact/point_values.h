// What is known exactly of a program's values at one point: rational numbers, rational multiples of
// pi, and which values are equal because they are computed alike.
#pragma once

#include <flint/fmpq.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "ir/program.h"
#include "targets/exact/ball.h"

namespace ulpforge::targets {

/// An fmpq_t as a value.
class Rational {
 public:
  Rational() { fmpq_init(value_); }
  explicit Rational(long n) : Rational() { fmpq_set_si(value_, n, 1); }
  Rational(const Rational& other) : Rational() { fmpq_set(value_, other.value_); }
  Rational& operator=(const Rational& other) {
    fmpq_set(value_, other.value_);
    return *this;
  }
  ~Rational() { fmpq_clear(value_); }
  fmpq* get() { return value_; }
  const fmpq* get() const { return value_; }
  bool is_zero() const { return fmpq_is_zero(value_) != 0; }
  bool is_integer() const { return fmpz_is_one(fmpq_denref(value_)) != 0; }

 private:
  fmpq_t value_;
};

/// The number of a ball that is one, unless it is too long.
std::optional<Rational> rational_of(const Ball& exact);

/// sin, cos or tan of so many half turns, where it is 0, 1 or -1. (tan has no value at odd
/// quarters.)
std::optional<Rational> of_half_turns(ir::Op op, const Rational& half_turns);

/// One value at the point.
struct PointValue {
  std::optional<Rational> number;      ///< it is that number
  std::optional<Rational> half_turns;  ///< or that many times pi
  std::size_t id = 0;                  ///< equal ids are equal values
};

/// The values of the program at the exact point x, one for each instruction.
std::vector<PointValue> point_values(const ir::Program& program, const Ball& x);

}  // namespace ulpforge::targets

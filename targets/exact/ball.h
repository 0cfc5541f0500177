// Enclosures: real numbers as balls, midpoint and radius, by Arb; and the evaluation of any program
// over them.
#pragma once

#include <arb.h>

#include <span>
#include <utility>

#include "ir/program.h"
#include "numbers/mpfr.h"

namespace ulpforge::targets {

/// An Arb ball as a value. The precision belongs to the operation, not to the ball.
class Ball {
 public:
  Ball() { arb_init(value_); }
  explicit Ball(double value) : Ball() { arb_set_d(value_, value); }
  explicit Ball(const numbers::DoubleDouble& value);  ///< hi + lo, exactly
  explicit Ball(const numbers::Mpfr& value);          ///< exactly
  Ball(const Ball& other) : Ball() { arb_set(value_, other.value_); }
  Ball(Ball&& other) noexcept : Ball() { arb_swap(value_, other.value_); }
  Ball& operator=(Ball other) noexcept {
    arb_swap(value_, other.value_);
    return *this;
  }
  ~Ball() { arb_clear(value_); }

  /// The smallest ball with 64 bits that holds [lo, hi].
  static Ball interval(const numbers::Mpfr& lo, const numbers::Mpfr& hi, long bits);
  /// The hull of two balls.
  static Ball interval_of(const Ball& lo, const Ball& hi);

  arb_ptr get() { return value_; }
  arb_srcptr get() const { return value_; }
  bool is_finite() const { return arb_is_finite(value_) != 0; }
  bool contains_zero() const { return arb_contains_zero(value_) != 0; }

 private:
  arb_t value_;
};

struct Enclosure {
  Ball value;  ///< contains every value of the program over the input ball; not finite: no bound
  /// The program has no value anywhere on the input ball (log of a negative number, 1 / 0): no
  /// precision will help.
  bool undefined = false;
  /// Somewhere on the input ball an operand may lie outside a function's domain; that part was cut
  /// off, and `value` holds the rest.
  bool clipped = false;
};

/// One operation over balls, in `bits` bits; operands beyond its arity are not looked at. Where a
/// function's domain ends inside the ball, the enclosure of the rest.
void apply(ir::Op op, Ball& out, const Ball& a, const Ball& b, const Ball& c, long bits);

/// Whether operands in the balls may lie outside a domain that apply() cuts off.
bool clips(ir::Op op, const Ball& a, const Ball& b);

/// Whether the operation has no value for any operands out of the balls.
bool undefined(ir::Op op, const Ball& a, const Ball& b);

/// Has Arb's and MPFR's caches of the calling thread freed when it ends.
void free_caches_at_thread_end();

/// The program over a ball, every operation in `bits` bits. Functions whose domain ends inside an
/// operand's ball (sqrt over [-1e-30, 1e-30]) give the enclosure of the part where they exist, and
/// say so. Thread-safe.
Enclosure evaluate(const ir::Program& program, const Ball& x, long bits);
/// The same with a ball for each of the program's inputs.
Enclosure evaluate(const ir::Program& program, std::span<const Ball> inputs, long bits);

}  // namespace ulpforge::targets

// The substitutions by which a target is approximated: in x itself or in x^2, times a factor that
// gives the zero, and for exponentials with squarings at the end.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "baselines/remez.h"
#include "numbers/mpfr.h"
#include "targets/target.h"

namespace ulpforge::baselines {

/// f(x) == (factor g(u))^(2^squarings): g is approximated in u.
struct Substitution {
  enum class Variable : std::uint8_t { X, XSquared, XMinusShift };
  /// Zeros: the product of x - z over `zeros`, each by its order.
  enum class Factor : std::uint8_t { One, X, U, Zeros };
  Variable variable = Variable::X;
  Factor factor = Factor::One;
  numbers::DoubleDouble shift = 0;  ///< x - hi - lo: two operations where lo is not 0
  int squarings = 0;
  std::vector<targets::Zero> zeros = {};

  friend bool operator==(const Substitution&, const Substitution&) = default;

  /// Operations that u, the factor and the squarings take.
  int operations() const;
};

/// What the values of a target say about its shape, by numerical tests at a few points.
struct Shape {
  bool even = false;
  bool odd = false;
  bool exponential = false;  ///< f(2x) == f(x)^2
  int order_at_zero = 0;     ///< of the zero at x = 0: 0 (none), 1 or 2; 0 too when 0 is outside
  int order_at_lo = 0;       ///< of a zero at the ends
  int order_at_hi = 0;
};
Shape find_shape(const targets::Target& target);

/// The substitutions without squarings that a target's shape allows.
std::vector<Substitution> find_substitutions(const targets::Target& target, const Shape& shape);

/// A target in a substitution without squarings: u = middle + half s, s in [-1, 1].
class View {
 public:
  /// Nothing when the error has no finite weight there (a relative error where g vanishes).
  /// `demand_time` is called before each value of the target; what it throws ends the making.
  static std::optional<View> make(const targets::Target& target, const Substitution& substitution,
                                  const std::function<void()>& demand_time = {});

  const Substitution& substitution() const { return substitution_; }
  const Problem& problem() const { return problem_; }
  /// g(u(s)) by the target's reference, in the precision in force.
  numbers::Mpfr exact(const numbers::Mpfr& s) const;
  /// Chebyshev coefficients of g in s, some hundreds at most.
  const std::vector<numbers::Mpfr>& series() const { return series_; }
  /// r in s as a function of u.
  Rational in_u(const Rational& r) const;
  /// The s at which u is 0, when that belongs to [-1, 1].
  std::optional<numbers::Mpfr> zero() const;
  /// Largest |u|.
  numbers::Mpfr reach() const;

 private:
  View(const targets::Target& target, const Substitution& substitution);

  /// The x that u stands for, and the factor there.
  struct Place {
    numbers::Mpfr x;
    numbers::Mpfr factor;
  };
  Place place_of(const numbers::Mpfr& u) const;
  numbers::Mpfr weight_of(const numbers::Mpfr& u) const;

  targets::Target target_;
  Substitution substitution_;
  numbers::Mpfr shift_;               ///< as exactly as the precision in force allows
  std::vector<numbers::Mpfr> zeros_;  ///< of the factor, likewise
  numbers::Mpfr middle_, half_;
  std::vector<numbers::Mpfr> series_;
  Problem problem_;
};

/// The problem of approximating f^(1 / 2^squarings) so that the power's error is levelled: exactly
/// so when `error` is the error that the power will have, to first order when it is 0. `problem`
/// has positive values.
Problem root_problem(const Problem& problem, int squarings, const numbers::Mpfr& error);

}  // namespace ulpforge::baselines

// Transseries of one level, operation by operation.
#include "targets/exact/limit.h"

#include <flint/fmpq_poly.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "targets/exact/point_values.h"

namespace ulpforge::targets {
namespace {

using ir::Op;

/// A power series with rational coefficients as a value.
class RationalSeries {
 public:
  RationalSeries() { fmpq_poly_init(value_); }
  RationalSeries(const RationalSeries& other) : RationalSeries() {
    fmpq_poly_set(value_, other.value_);
  }
  RationalSeries& operator=(const RationalSeries& other) {
    fmpq_poly_set(value_, other.value_);
    return *this;
  }
  ~RationalSeries() { fmpq_poly_clear(value_); }
  fmpq_poly_struct* get() { return value_; }
  const fmpq_poly_struct* get() const { return value_; }
  Rational operator[](std::size_t k) const {
    Rational result;
    fmpq_poly_get_coeff_fmpq(result.get(), value_, static_cast<slong>(k));
    return result;
  }
  void set(std::size_t k, const Rational& coefficient) {
    fmpq_poly_set_coeff_fmpq(value_, static_cast<slong>(k), coefficient.get());
  }

 private:
  fmpq_poly_t value_;
};

/// exp(P) w^power log(1/w)^logs (c0 + c1 w + ...) with P = pole[0] / w + pole[1] / w^2 + ...
struct Germ {
  bool zero = false;            ///< it is 0
  bool oscillates = false;      ///< c0, the only coefficient, is a range that does not shrink
  std::vector<Ball> pole = {};  ///< without zeros at its end
  int power = 0;
  int logs = 0;
  /// Known coefficients; none: it is known to be O(exp(P) w^power log(1/w)^logs).
  std::size_t terms = 0;
  Series series = {};
  /// Where all went in exactly: coefficient k of w^(power + k) is rational[k] times pi to the power
  /// of pis + (power + k) of the unit's (Transseries).
  std::optional<RationalSeries> rational = {};
  int pis = 0;
  std::optional<Rational> half_turns = {};  ///< c0 is that many times pi
  /// Of the only coefficient other powers of log(1/w) were left away.
  bool coarse = false;
};

using Result = std::optional<Germ>;

/// The sign of a ball, nothing where it may have either; an exact 0 is 0.
std::optional<int> sign_of(const Ball& a) {
  if (arb_is_zero(a.get())) return 0;
  if (arb_is_positive(a.get())) return 1;
  if (arb_is_negative(a.get())) return -1;
  return {};
}

/// What is left of w when it is divided by its unit: nothing but a number, or one over pi. In the
/// latter sin(pi x) has rational coefficients about 0.
enum class Unit : std::uint8_t { One, ReciprocalOfPi };

class Transseries {
 public:
  /// `most` coefficients of each value.
  Transseries(const ir::Program& program, std::vector<PointValue> values, std::size_t most,
              long bits, Unit unit)
      : program_(program),
        point_values_(std::move(values)),
        most_(most),
        bits_(bits),
        grade_(unit == Unit::ReciprocalOfPi ? 1 : 0) {
    arb_const_pi(pi_.get(), bits);
  }

  /// The germ of the result for that of the input; nothing where an operation leaves it open.
  Result run(const Germ& input) const {
    std::vector<Germ> values;
    if (!trace(input, values)) return {};
    if (program_.result.is_input()) return input;
    return program_.result.is_value() ? values[program_.result.index]
                                      : number(Ball(program_.constants[program_.result.index]));
  }

  /// The germs of all values; false where an operation leaves one open: those before it.
  bool trace(const Germ& input, std::vector<Germ>& values) const {
    const auto read = [&](ir::Operand operand) {
      if (operand.is_input()) return input;
      if (operand.is_constant()) return number(Ball(program_.constants[operand.index]));
      return values[operand.index];
    };
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      const ir::Instruction& step = program_.code[i];
      Result value =
          apply(step, read(step.operands[0]), read(step.operands[1]), read(step.operands[2]));
      if (!value) return false;
      if (!point_values_.empty()) settle_constant(*value, point_values_[i]);
      normalise(*value);
      values.push_back(std::move(*value));
    }
    return true;
  }

  /// x0 + sign w^q.
  Germ variable(const Ball& x0, int sign, int q) const {
    Germ germ = number(x0);
    if (arb_is_zero(x0.get())) {
      germ = number(Ball(sign));
      germ.power = q;
      germ.pis = -grade_ * q;
      return germ;
    }
    if (grade_ != 0) germ.rational.reset();
    if (static_cast<std::size_t>(q) < germ.terms) {
      germ.series.set(static_cast<std::size_t>(q), Ball(sign));
      if (germ.rational) germ.rational->set(static_cast<std::size_t>(q), Rational(sign));
    }
    return germ;
  }

  /// sign w^-q.
  Germ infinite_variable(int sign, int q) const {
    Germ germ = number(Ball(sign));
    germ.power = -q;
    germ.pis = grade_ * q;
    return germ;
  }

  /// What the germ tends to.
  Limit limit_of(const Germ& germ) const {
    Limit limit;
    const auto to_zero = [&] {
      limit.kind = Limit::Kind::Number;
      return limit;
    };
    if (germ.zero) return to_zero();
    const std::optional<int> growth = exponential_growth(germ);
    if (!growth) return limit;
    if (*growth < 0) return to_zero();
    const bool shrinks = *growth == 0 && germ.power > 0;
    if (germ.terms == 0) return shrinks ? to_zero() : limit;
    if (shrinks && germ.series[0].is_finite()) return to_zero();
    const std::optional<int> sign = sign_of(germ.series[0]);
    const bool grows = *growth > 0 || germ.power < 0 || (germ.power == 0 && germ.logs > 0);
    if (grows) {
      if (sign && *sign != 0) {
        limit.kind = *sign > 0 ? Limit::Kind::PlusInfinity : Limit::Kind::MinusInfinity;
      }
      return limit;
    }
    if (germ.logs < 0) return to_zero();
    if (germ.oscillates || !germ.series[0].is_finite()) return limit;
    limit.kind = Limit::Kind::Number;
    limit.value = germ.series[0];
    return limit;
  }

 private:
  Germ number(const Ball& value) const {
    Germ germ;
    germ.zero = arb_is_zero(value.get()) != 0;
    germ.terms = most_;
    germ.series = Series(value);
    if (const std::optional<Rational> q = rational_of(value)) {
      germ.rational.emplace();
      germ.rational->set(0, *q);
    }
    return germ;
  }

  /// Takes zeros off the front, and balls from rational numbers.
  void normalise(Germ& germ) const {
    if (germ.zero) return;
    while (!germ.pole.empty() && arb_is_zero(germ.pole.back().get())) germ.pole.pop_back();
    if (germ.rational) {
      Series exact;
      for (std::size_t k = 0; k < germ.terms; ++k) {
        Ball coefficient;
        arb_set_fmpq(coefficient.get(), (*germ.rational)[k].get(), bits_);
        multiply_by_pis(coefficient, germ.pis + grade_ * (germ.power + static_cast<int>(k)));
        exact.set(k, coefficient);
      }
      germ.series = std::move(exact);
    }
    if (germ.coarse && germ.terms > 0 && arb_is_zero(germ.series[0].get())) {
      germ.terms = 0;  // and what was left away counts
      germ.series = Series();
    }
    std::size_t zeros = 0;
    while (zeros < germ.terms && arb_is_zero(germ.series[zeros].get())) ++zeros;
    if (zeros == 0) return;
    germ.half_turns.reset();
    arb_poly_shift_right(germ.series.get(), germ.series.get(), static_cast<slong>(zeros));
    if (germ.rational) {
      fmpq_poly_shift_right(germ.rational->get(), germ.rational->get(), static_cast<slong>(zeros));
    }
    germ.power += static_cast<int>(zeros);
    germ.terms -= zeros;
  }

  void multiply_by_pis(Ball& number, int count) const {
    if (count == 0 || arb_is_zero(number.get())) return;
    Ball power;
    arb_pow_ui(power.get(), pi_.get(), static_cast<ulong>(std::abs(count)), bits_);
    count > 0 ? arb_mul(number.get(), number.get(), power.get(), bits_)
              : arb_div(number.get(), number.get(), power.get(), bits_);
  }

  /// Whether all coefficients are rational.
  bool is_rational(const Germ& a) const { return a.zero || (a.rational && a.pis == 0); }
  /// The first coefficient as a rational number.
  std::optional<Rational> first_rational(const Germ& a) const {
    if (!a.rational || a.pis + grade_ * a.power != 0) return {};
    return (*a.rational)[0];
  }

  /// The value at the point itself, where it is known exactly.
  void settle_constant(Germ& germ, const PointValue& known) const {
    if (!known.number || germ.zero || !is_regular(germ) || germ.power > 0 || germ.terms == 0)
      return;
    if (germ.rational) return;
    Ball exact;
    arb_set_fmpq(exact.get(), known.number->get(), bits_);
    germ.series.set(0, exact);
  }

  bool is_regular(const Germ& germ) const {
    return germ.zero || (germ.pole.empty() && germ.logs == 0 && germ.power >= 0);
  }

  /// The sign of P for small w; nothing where it is open.
  static std::optional<int> exponential_growth(const Germ& germ) {
    return germ.pole.empty() ? std::optional(0) : sign_of(germ.pole.back());
  }

  /// Whether the germ tends to 0 (1), or to infinity (-1); 0: to another number, or it is open.
  std::optional<int> smallness(const Germ& germ) const {
    if (germ.zero) return 1;
    const std::optional<int> growth = exponential_growth(germ);
    if (!growth) return {};
    if (*growth != 0) return -*growth;
    if (germ.power > 0) return 1;
    if (germ.terms == 0) return {};
    if (germ.power < 0) return -1;
    return germ.logs == 0 ? 0 : germ.logs > 0 ? -1 : 1;
  }

  /// Coefficients from w^0 on; what the germ is known to.
  Series taylor(const Germ& germ, std::size_t& length) const {
    Series result;
    if (germ.zero) {
      length = most_;
      return result;
    }
    arb_poly_shift_left(result.get(), germ.series.get(), germ.power);
    length = std::min(germ.terms + static_cast<std::size_t>(germ.power), most_);
    arb_poly_truncate(result.get(), static_cast<slong>(length));
    return result;
  }

  RationalSeries rational_taylor(const Germ& germ, std::size_t length) const {
    RationalSeries result;
    if (germ.zero) return result;
    fmpq_poly_shift_left(result.get(), germ.rational->get(), germ.power);
    fmpq_poly_truncate(result.get(), static_cast<slong>(length));
    return result;
  }

  static Germ from_taylor(Series series, std::size_t length) {
    Germ germ;
    germ.terms = length;
    germ.series = std::move(series);
    return germ;
  }

  Germ negative(Germ a) const {
    arb_poly_neg(a.series.get(), a.series.get());
    if (a.rational) fmpq_poly_neg(a.rational->get(), a.rational->get());
    if (a.half_turns) fmpq_neg(a.half_turns->get(), a.half_turns->get());
    return a;
  }

  std::vector<Ball> sum(const std::vector<Ball>& p, const std::vector<Ball>& q, int sign) const {
    std::vector<Ball> result(std::max(p.size(), q.size()));
    for (std::size_t k = 0; k < result.size(); ++k) {
      if (k < p.size()) result[k] = p[k];
      if (k >= q.size()) continue;
      const arb_ptr r = result[k].get();
      sign > 0 ? arb_add(r, r, q[k].get(), bits_) : arb_sub(r, r, q[k].get(), bits_);
    }
    while (!result.empty() && arb_is_zero(result.back().get())) result.pop_back();
    return result;
  }

  Result add(const Germ& a, const Germ& b) const;
  Result multiply(const Germ& a, const Germ& b) const;
  Result inverse(const Germ& b) const;
  Result divide(const Germ& a, const Germ& b) const {
    const Result reciprocal = inverse(b);
    return reciprocal ? multiply(a, *reciprocal) : std::nullopt;
  }
  Result root(const Germ& a, int degree) const;
  Result power_of(const Germ& a, const Germ& b) const;
  Result exponential(const Germ& a) const;
  Result logarithm(const Germ& a) const;
  Result scaled(const Result& a, unsigned long base, bool divide_by_log) const;
  Result absolute(const Germ& a) const;
  Result regular(Op op, const Germ& a, const Germ& b, const Germ& c) const;
  std::optional<RationalSeries> rational_value(Op op, const RationalSeries& a,
                                               std::size_t length) const;
  Result at_infinity(Op op, const Germ& a, int sign) const;
  Result far_erfc(Op op, const Germ& a, int sign) const;
  Result far_atan(Op op, const Germ& a, int sign) const;
  Result at_end(Op op, const Germ& a) const;
  Result apply(const ir::Instruction& step, const Germ& a, const Germ& b, const Germ& c) const;

  const ir::Program& program_;
  std::vector<PointValue> point_values_;
  std::size_t most_;
  long bits_;
  int grade_;  ///< of pi in a power of w
  Ball pi_;
};

Result Transseries::add(const Germ& a, const Germ& b) const {
  if (a.zero) return b;
  if (b.zero) return a;
  const std::vector<Ball> difference = sum(a.pole, b.pole, -1);
  const std::optional<int> larger =
      difference.empty() ? std::optional(0) : sign_of(difference.back());
  if (!larger) return {};
  if (*larger != 0) return *larger > 0 ? a : b;
  if (a.logs != b.logs) {
    // Of the larger the coefficients up to the power of the smaller.
    const bool first = a.power != b.power ? a.power < b.power : a.logs > b.logs;
    Germ result = first ? a : b;
    const int gap = std::abs(a.power - b.power);
    result.terms = std::min(result.terms, std::max<std::size_t>(static_cast<std::size_t>(gap), 1));
    arb_poly_truncate(result.series.get(), static_cast<slong>(result.terms));
    result.rational.reset();
    result.coarse = result.coarse || gap == 0;
    return result;
  }
  Germ result;
  result.coarse = a.coarse || b.coarse;
  result.pole = a.pole;
  result.logs = a.logs;
  result.oscillates = a.oscillates || b.oscillates;
  result.power = std::min(a.power, b.power);
  const int end =
      std::min(a.power + static_cast<int>(a.terms), b.power + static_cast<int>(b.terms));
  result.terms = std::min(static_cast<std::size_t>(std::max(end - result.power, 0)), most_);
  const auto shifted = [&](const Germ& g) {
    Series s;
    arb_poly_shift_left(s.get(), g.series.get(), g.power - result.power);
    return s;
  };
  arb_poly_add_series(result.series.get(), shifted(a).get(), shifted(b).get(),
                      static_cast<slong>(result.terms), bits_);
  if (a.rational && b.rational && a.pis == b.pis) {
    RationalSeries p;
    RationalSeries q;
    fmpq_poly_shift_left(p.get(), a.rational->get(), a.power - result.power);
    fmpq_poly_shift_left(q.get(), b.rational->get(), b.power - result.power);
    result.pis = a.pis;
    result.rational.emplace();
    fmpq_poly_add_series(result.rational->get(), p.get(), q.get(),
                         static_cast<slong>(result.terms));
  }
  if (a.power != b.power) {
    result.half_turns = (a.power < b.power ? a : b).half_turns;
  } else if (a.half_turns && b.half_turns && result.terms > 0) {
    result.half_turns.emplace();
    fmpq_add(result.half_turns->get(), a.half_turns->get(), b.half_turns->get());
    if (result.half_turns->is_zero()) result.series.set(0, Ball(0.0));
  }
  return result;
}

Result Transseries::multiply(const Germ& a, const Germ& b) const {
  if (a.zero) return a;
  if (b.zero) return b;
  Germ result;
  result.oscillates = a.oscillates || b.oscillates;
  result.coarse = a.coarse || b.coarse;
  if (a.half_turns || b.half_turns) {
    if (const auto factor = first_rational(a.half_turns ? b : a)) {
      result.half_turns.emplace();
      fmpq_mul(result.half_turns->get(), (a.half_turns ? a : b).half_turns->get(), factor->get());
    }
  }
  result.pole = sum(a.pole, b.pole, 1);
  result.power = a.power + b.power;
  result.logs = a.logs + b.logs;
  result.terms = std::min(a.terms, b.terms);
  arb_poly_mullow_classical(result.series.get(), a.series.get(), b.series.get(),
                            static_cast<slong>(result.terms), bits_);
  if (a.rational && b.rational) {
    result.pis = a.pis + b.pis;
    result.rational.emplace();
    fmpq_poly_mullow(result.rational->get(), a.rational->get(), b.rational->get(),
                     static_cast<slong>(result.terms));
  }
  return result;
}

Result Transseries::inverse(const Germ& b) const {
  if (b.zero || b.terms == 0 || b.oscillates) return {};
  const std::optional<int> sign = sign_of(b.series[0]);
  if (!sign || *sign == 0) return {};
  Germ result;
  result.coarse = b.coarse;
  result.pole = sum({}, b.pole, -1);
  result.power = -b.power;
  result.logs = -b.logs;
  result.terms = b.terms;
  arb_poly_inv_series(result.series.get(), b.series.get(), static_cast<slong>(b.terms), bits_);
  if (b.rational) {
    result.pis = -b.pis;
    result.rational.emplace();
    fmpq_poly_inv_series(result.rational->get(), b.rational->get(), static_cast<slong>(b.terms));
  }
  return result;
}

/// The square or cube root.
Result Transseries::root(const Germ& a, int degree) const {
  if (a.zero) return a;
  if (a.terms == 0 || a.oscillates || a.power % degree != 0 || a.logs % degree != 0) return {};
  const std::optional<int> sign = sign_of(a.series[0]);
  if (!sign || *sign == 0 || (degree == 2 && *sign < 0)) return {};
  Germ result;
  for (const Ball& p : a.pole) {
    result.pole.push_back(p);
    arb_div_si(result.pole.back().get(), p.get(), degree, bits_);
  }
  result.power = a.power / degree;
  result.logs = a.logs / degree;
  result.terms = a.terms;
  const ir::Op op = degree == 2 ? Op::Sqrt : Op::Cbrt;
  targets::apply(op, result.series, a.series, a.series, a.series, a.terms, bits_);
  if (degree == 2 && a.rational && a.pis % 2 == 0 && fmpq_is_one((*a.rational)[0].get())) {
    result.pis = a.pis / 2;
    result.rational.emplace();
    fmpq_poly_sqrt_series(result.rational->get(), a.rational->get(), static_cast<slong>(a.terms));
  }
  return result;
}

/// a^b by exp(b log a), and by the power of each part where b is a number.
Result Transseries::power_of(const Germ& a, const Germ& b) const {
  const bool constant =
      is_regular(b) && !b.zero && b.power == 0 && (b.series.size() <= 1) && b.terms == most_;
  if (constant && !a.zero && a.terms > 0 && !a.oscillates) {
    const std::optional<Rational> exponent = rational_of(b.series[0]);
    const std::optional<int> sign = sign_of(a.series[0]);
    if (exponent && sign == 1) {
      Rational power(a.power);
      fmpq_mul(power.get(), power.get(), exponent->get());
      if (power.is_integer() && a.logs == 0) {
        Germ result;
        for (const Ball& p : a.pole) {
          result.pole.push_back(p);
          arb_mul(result.pole.back().get(), p.get(), b.series[0].get(), bits_);
        }
        result.power = static_cast<int>(fmpz_get_si(fmpq_numref(power.get())));
        result.terms = a.terms;
        targets::apply(Op::Pow, result.series, a.series, b.series, a.series, a.terms, bits_);
        return result;
      }
    }
  }
  const Result log = logarithm(a);
  const Result exponent = log ? multiply(b, *log) : std::nullopt;
  return exponent ? exponential(*exponent) : std::nullopt;
}

Result Transseries::exponential(const Germ& a) const {
  const std::optional<int> small = smallness(a);
  if (!small) return {};
  if (*small >= 0 && !is_regular(a)) {
    // It tends to 0, as w log(w) does: known below its power.
    Germ result = number(Ball(1.0));
    if (a.terms > 0 && exponential_growth(a) == 0) {
      result.terms = std::max<std::size_t>(static_cast<std::size_t>(std::max(a.power, 1)), 1);
      result.rational.reset();
    }
    return result;
  }
  if (a.zero || a.power >= 0) {
    if (!is_regular(a)) return {};
    return regular(Op::Exp, a, a, a);
  }
  if (!a.pole.empty() || a.logs != 0 || a.oscillates) return {};
  const auto poles = static_cast<std::size_t>(-a.power);
  if (a.terms < poles) return {};
  Germ rest = a;
  arb_poly_shift_right(rest.series.get(), rest.series.get(), static_cast<slong>(poles));
  if (rest.rational) {
    fmpq_poly_shift_right(rest.rational->get(), rest.rational->get(), static_cast<slong>(poles));
  }
  rest.power = 0;
  rest.terms = a.terms - poles;
  if (rest.terms == 0) return {};
  normalise(rest);
  Result result = regular(Op::Exp, rest, rest, rest);
  if (!result) return {};
  result->pole.resize(poles);
  for (std::size_t k = 0; k < poles; ++k) result->pole[poles - 1 - k] = a.series[k];
  return result;
}

/// log(a) = P + v log(w) + k log(log(1/w)) + log(c0 + ...).
Result Transseries::logarithm(const Germ& a) const {
  if (a.zero || a.terms == 0 || a.oscillates || a.logs != 0) return {};
  if (sign_of(a.series[0]) != 1) return {};
  Germ rest = a;
  rest.pole.clear();
  rest.power = 0;
  Result result = regular(Op::Log, rest, rest, rest);
  if (!result) return {};
  normalise(*result);
  if (a.power != 0) {
    Germ logs = number(Ball(static_cast<double>(-a.power)));
    logs.logs = 1;
    result = add(logs, *result);
  }
  if (!result || a.pole.empty()) return result;
  Germ pole;
  const std::size_t poles = a.pole.size();
  pole.power = -static_cast<int>(poles);
  pole.terms = most_ + poles;
  for (std::size_t k = 0; k < poles; ++k) pole.series.set(k, a.pole[poles - 1 - k]);
  return add(pole, *result);
}

/// log(base) times, or one over that of, a germ.
Result Transseries::scaled(const Result& a, unsigned long base, bool divide_by_log) const {
  if (!a) return {};
  Ball log;
  arb_log_ui(log.get(), base, bits_);
  return divide_by_log ? divide(*a, number(log)) : multiply(*a, number(log));
}

Result Transseries::absolute(const Germ& a) const {
  if (a.zero) return a;
  if (a.terms == 0) return {};
  const std::optional<int> sign = sign_of(a.series[0]);
  if (!sign) return {};
  return *sign < 0 ? negative(a) : a;
}

/// Functions whose series about 0 (of exp, log, sqrt: about where FLINT has it) is rational.
std::optional<RationalSeries> Transseries::rational_value(Op op, const RationalSeries& a,
                                                          std::size_t length) const {
  using Function = void (*)(fmpq_poly_t, const fmpq_poly_t, slong);
  struct Row {
    Op op;
    Function function;
    long start;  ///< the constant term that it takes
  };
  constexpr Row kRows[] = {
      {Op::Exp, fmpq_poly_exp_series, 0},     {Op::Expm1, fmpq_poly_exp_series, 0},
      {Op::Log, fmpq_poly_log_series, 1},     {Op::Sin, fmpq_poly_sin_series, 0},
      {Op::Cos, fmpq_poly_cos_series, 0},     {Op::Tan, fmpq_poly_tan_series, 0},
      {Op::Asin, fmpq_poly_asin_series, 0},   {Op::Atan, fmpq_poly_atan_series, 0},
      {Op::Sinh, fmpq_poly_sinh_series, 0},   {Op::Cosh, fmpq_poly_cosh_series, 0},
      {Op::Tanh, fmpq_poly_tanh_series, 0},   {Op::Asinh, fmpq_poly_asinh_series, 0},
      {Op::Atanh, fmpq_poly_atanh_series, 0}, {Op::Log1p, fmpq_poly_log_series, 0}};
  for (const Row& row : kRows) {
    if (row.op != op || fmpq_cmp_si(a[0].get(), row.start) != 0) continue;
    RationalSeries argument = a;
    if (op == Op::Log1p) argument.set(0, Rational(1));
    RationalSeries result;
    row.function(result.get(), argument.get(), static_cast<slong>(length));
    if (op == Op::Expm1) result.set(0, Rational(0));
    return result;
  }
  return {};
}

/// An analytic operation at a point of its domain.
Result Transseries::regular(Op op, const Germ& a, const Germ& b, const Germ& c) const {
  const std::size_t arity = ir::info(op).arity;
  std::size_t length = most_;
  std::size_t own = most_;
  std::array<Series, 3> operands;
  const std::array<const Germ*, 3> germs{&a, &b, &c};
  bool oscillates = false;
  for (std::size_t k = 0; k < arity; ++k) {
    operands[k] = taylor(*germs[k], own);
    length = std::min(length, own);
    oscillates = oscillates || germs[k]->oscillates;
  }
  if (length == 0) return {};
  if (undefined(op, operands[0][0], operands[1][0]) || clips(op, operands[0][0], operands[1][0])) {
    return {};
  }
  Germ result;
  result.oscillates = oscillates;
  result.terms = length;
  targets::apply(op, result.series, operands[0], operands[1], operands[2], length, bits_);
  if (op == Op::Pi) {
    result.half_turns = Rational(1);
    result.pis = 1;
    result.rational.emplace();
    result.rational->set(0, Rational(1));
  }
  if ((op == Op::Sin || op == Op::Cos || op == Op::Tan) && a.half_turns && a.power == 0) {
    if (const std::optional<Rational> exact = of_half_turns(op, *a.half_turns)) {
      result.series.set(0, Ball(static_cast<double>(fmpz_get_si(fmpq_numref(exact->get())))));
    }
  }
  for (std::size_t k = 0; k < length; ++k) {
    if (!result.series[k].is_finite()) return {};
  }
  if (arity == 1 && is_rational(a)) {
    result.rational = rational_value(op, rational_taylor(a, length), length);
  }
  return result;
}

/// A function of an argument that grows without bound, with that sign.
Result Transseries::at_infinity(Op op, const Germ& a, int sign) const {
  const bool grows_as_power = a.logs == 0 && (a.power < 0 || !a.pole.empty());
  const auto constant = [&](double value) { return number(Ball(value)); };
  const Germ size = sign < 0 ? negative(a) : a;
  const auto half = [&](const Result& g) { return g ? multiply(*g, constant(0.5)) : std::nullopt; };
  if (op == Op::Exp) return exponential(a);
  if (op == Op::Exp2 || op == Op::Exp10) {
    const Result exponent = scaled(a, op == Op::Exp2 ? 2 : 10, false);
    return exponent ? exponential(*exponent) : std::nullopt;
  }
  if (op == Op::Expm1 && grows_as_power) return sign > 0 ? exponential(a) : constant(-1);
  if ((op == Op::Sinh || op == Op::Cosh) && grows_as_power) {
    const Result grown = half(exponential(size));
    return grown && op == Op::Sinh && sign < 0 ? Result(negative(*grown)) : grown;
  }
  if ((op == Op::Tanh || op == Op::Erf) && grows_as_power) return constant(sign);
  if ((op == Op::Erfc || op == Op::Erfcx) && grows_as_power) return far_erfc(op, a, sign);
  if (op == Op::Atan || op == Op::AtanPi) return far_atan(op, a, sign);
  if (op == Op::Log) return logarithm(a);
  if (op == Op::Log2) return scaled(logarithm(a), 2, true);
  if (op == Op::Log10) return scaled(logarithm(a), 10, true);
  if (op == Op::Log1p) {
    const Result more = add(a, constant(1));
    return more ? logarithm(*more) : std::nullopt;
  }
  if (op == Op::Asinh || (op == Op::Acosh && sign > 0)) {
    // log(|a| + sqrt(a^2 +- 1))
    const Result square = multiply(a, a);
    const Result inner = square ? add(*square, constant(op == Op::Asinh ? 1 : -1)) : square;
    const Result other = inner ? root(*inner, 2) : std::nullopt;
    const Result all = other ? add(size, *other) : std::nullopt;
    const Result log = all ? logarithm(*all) : std::nullopt;
    return log && sign < 0 ? Result(negative(*log)) : log;
  }
  if (op == Op::Sin || op == Op::Cos || op == Op::SinPi || op == Op::CosPi) {
    // Between -1 and 1, and nothing else is said.
    Ball between;
    arb_zero_pm_one(between.get());
    Germ range = number(between);
    range.terms = 1;
    range.oscillates = true;
    return range;
  }
  return {};
}

Result Transseries::far_erfc(Op op, const Germ& a, int sign) const {
  const auto constant = [&](double value) { return number(Ball(value)); };
  if (sign < 0) return op == Op::Erfc ? Result(constant(2)) : std::nullopt;
  // exp(-a^2) / (a sqrt(pi)) sum (-1)^k (2k-1)!! / (2 a^2)^k (DLMF 7.12.1).
  const Result square = multiply(a, a);
  const Result step = square ? inverse(*square) : std::nullopt;
  if (!step) return {};
  Result sum_of = constant(1);
  Result term = constant(1);
  for (std::size_t k = 1; k < most_ && term && sum_of; ++k) {
    term = multiply(*term, *step);
    if (term) term = multiply(*term, constant(-(2.0 * static_cast<double>(k) - 1) / 2));
    if (term) sum_of = add(*sum_of, *term);
  }
  Ball root_pi;
  arb_const_sqrt_pi(root_pi.get(), bits_);
  const Result denominator = multiply(a, number(root_pi));
  Result result = sum_of && denominator ? divide(*sum_of, *denominator) : std::nullopt;
  if (!result || op == Op::Erfcx) return result;
  const Result decay = exponential(negative(*square));
  return decay ? multiply(*result, *decay) : std::nullopt;
}

Result Transseries::far_atan(Op op, const Germ& a, int sign) const {
  const Result small = inverse(a);
  if (!small || !is_regular(*small)) return {};
  Result angle = regular(Op::Atan, *small, *small, *small);
  if (!angle) return {};
  normalise(*angle);
  Ball quarter;
  arb_const_pi(quarter.get(), bits_);
  arb_mul_2exp_si(quarter.get(), quarter.get(), -1);
  if (sign < 0) arb_neg(quarter.get(), quarter.get());
  Germ end = number(quarter);
  end.half_turns = Rational(sign);
  fmpq_div_2exp(end.half_turns->get(), end.half_turns->get(), 1);
  angle = add(end, negative(*angle));
  if (!angle || op == Op::Atan) return angle;
  Ball pi;
  arb_const_pi(pi.get(), bits_);
  Result turns = divide(*angle, number(pi));
  if (turns && turns->terms > 0) turns->series.set(0, Ball(0.5 * sign));
  return turns;
}

/// Functions that end, with finite values or poles, at points that the argument tends to.
Result Transseries::at_end(Op op, const Germ& a) const {
  if (!is_regular(a) || a.zero) return {};
  const auto constant = [&](double value) { return number(Ball(value)); };
  const auto plus = [&](const Germ& g, double value) {
    Result sum_of = add(g, constant(value));
    if (sum_of) normalise(*sum_of);
    return sum_of;
  };
  const auto start = [&] { return a.power > 0 ? Ball(0.0) : a.series[0]; };
  const bool is_one = arb_is_one(start().get()) != 0;
  const bool is_minus_one = arb_equal_si(start().get(), -1) != 0;
  if (op == Op::Log1p && is_minus_one) {
    const Result more = plus(a, 1);
    return more ? logarithm(*more) : std::nullopt;
  }
  if ((op == Op::Acos || op == Op::Asin || op == Op::Acosh) && (is_one || is_minus_one)) {
    // acos(a) = 2 asin(sqrt((1 - a) / 2)), acosh(a) = 2 asinh(sqrt((a - 1) / 2)).
    if (op == Op::Acosh && is_minus_one) return {};
    const Germ size = is_minus_one ? negative(a) : a;
    const Result gap = op == Op::Acosh ? plus(size, -1) : plus(negative(size), 1);
    const Result half_gap = gap ? multiply(*gap, constant(0.5)) : std::nullopt;
    const Result side = half_gap ? root(*half_gap, 2) : std::nullopt;
    if (!side) return {};
    const Op inner = op == Op::Acosh ? Op::Asinh : Op::Asin;
    Result angle = regular(inner, *side, *side, *side);
    angle = angle ? multiply(*angle, constant(2)) : angle;
    if (!angle || op == Op::Acosh || (op == Op::Acos && is_one)) return angle;
    Ball pi;
    arb_const_pi(pi.get(), bits_);
    if (op == Op::Acos) return add(number(pi), negative(*angle));
    arb_mul_2exp_si(pi.get(), pi.get(), -1);
    const Result arc = add(number(pi), negative(*angle));
    return arc && is_minus_one ? Result(negative(*arc)) : arc;
  }
  if (op == Op::Tan || op == Op::TanPi) {
    const Result sine = regular(op == Op::Tan ? Op::Sin : Op::SinPi, a, a, a);
    Result cosine = regular(op == Op::Tan ? Op::Cos : Op::CosPi, a, a, a);
    if (!sine || !cosine) return {};
    normalise(*cosine);
    return divide(*sine, *cosine);
  }
  if (op == Op::Tgamma || op == Op::Digamma || op == Op::Lgamma) {
    // By f(a + n + 1), where a tends to -n.
    constexpr slong kMost = 60;
    if (!arb_is_int(start().get()) || arf_cmp_si(arb_midref(start().get()), -kMost) < 0 ||
        arb_is_positive(start().get())) {
      return {};
    }
    const auto n = static_cast<int>(-arf_get_si(arb_midref(start().get()), ARF_RND_DOWN));
    const Result shifted = plus(a, n + 1);
    Result value = shifted ? regular(op, *shifted, *shifted, *shifted) : std::nullopt;
    for (int k = 0; k <= n && value; ++k) {
      normalise(*value);
      const Result factor = plus(a, k);
      if (!factor) return {};
      if (op == Op::Tgamma) {
        value = divide(*value, *factor);
      } else if (op == Op::Digamma) {
        const Result reciprocal = inverse(*factor);
        value = reciprocal ? add(*value, negative(*reciprocal)) : std::nullopt;
      } else {
        const Result size = absolute(*factor);
        const Result log = size ? logarithm(*size) : std::nullopt;
        value = log ? add(*value, negative(*log)) : std::nullopt;
      }
    }
    return value;
  }
  return {};
}

Result Transseries::apply(const ir::Instruction& step, const Germ& a, const Germ& b,
                          const Germ& c) const {
  const Op op = step.op;
  if (op == Op::Neg) return negative(a);
  if (op == Op::Add) return add(a, b);
  if (op == Op::Sub) return add(a, negative(b));
  if (op == Op::Mul) return multiply(a, b);
  if (op == Op::Div) return divide(a, b);
  if (op == Op::Fma) {
    const Result product = multiply(a, b);
    return product ? add(*product, c) : std::nullopt;
  }
  if (op == Op::Abs) return absolute(a);
  if (op == Op::Sqrt) return root(a, 2);
  if (op == Op::Cbrt) return root(a, 3);
  if (op == Op::Rsqrt) {
    const Result inner = root(a, 2);
    return inner ? inverse(*inner) : std::nullopt;
  }
  if (op == Op::Pow || op == Op::Powr) {
    if (!is_regular(a) || !is_regular(b) || a.zero || a.power > 0) return power_of(a, b);
  }
  const bool logarithmic = op == Op::Log || op == Op::Log2 || op == Op::Log10;
  if (logarithmic && !a.zero && a.power > 0) return at_infinity(op, a, 1);
  bool finite = true;
  for (std::size_t k = 0; k < step.arity(); ++k) {
    finite = finite && is_regular(k == 0 ? a : k == 1 ? b : c);
  }
  if (finite) {
    const Result value = regular(op, a, b, c);
    return value || step.arity() != 1 ? value : at_end(op, a);
  }
  if (step.arity() != 1) return {};
  const std::optional<int> small = smallness(a);
  if (!small) return {};
  if (*small > 0) {
    // It tends to 0, as w log(w) or exp(-1/w) do, and is 0 up to the power before its own.
    Germ zero;
    const bool beyond = exponential_growth(a) != 0;
    zero.power = beyond ? static_cast<int>(most_) : std::max(a.power, 1);
    return regular(op, zero, zero, zero);
  }
  if (*small == 0 || a.terms == 0) return {};
  const std::optional<int> sign = sign_of(a.series[0]);
  return sign && *sign != 0 ? at_infinity(op, a, *sign) : std::nullopt;
}

/// Those that are worth a try.
std::span<const Unit> units_of(const ir::Program& program) {
  static constexpr std::array kUnits{Unit::One, Unit::ReciprocalOfPi};
  const bool with_pi = std::ranges::count(program.code, Op::Pi, &ir::Instruction::op) > 0;
  return std::span(kUnits).first(with_pi ? 2 : 1);
}

/// The limit where the variable's germ is what `variable(machine, q)` makes.
template <class Variable>
Limit with_enough_terms(const ir::Program& program, const std::vector<PointValue>& values,
                        long bits, Variable variable) {
  for (const std::size_t terms : {std::size_t{6}, std::size_t{18}}) {
    for (const int q : {1, 2, 3, 6}) {
      for (const Unit unit : units_of(program)) {
        Transseries machine(program, values, terms * static_cast<std::size_t>(q), bits, unit);
        const Result germ = machine.run(variable(machine, q));
        if (!germ) continue;
        const Limit limit = machine.limit_of(*germ);
        if (limit.kind != Limit::Kind::None) return limit;
      }
    }
  }
  return {};
}

bool same(const Limit& a, const Limit& b) {
  if (a.kind != b.kind) return false;
  return a.kind != Limit::Kind::Number || arb_overlaps(a.value.get(), b.value.get()) != 0;
}

/// Whether the function has no value at all next to the point on that side.
bool absent(const ir::Program& program, const Ball& x, int sign, long bits) {
  Ball near = x;
  Ball step(static_cast<double>(sign));
  arb_mul_2exp_si(step.get(), step.get(), -bits / 2);
  if (!arb_is_zero(x.get())) {
    arb_mul_2exp_si(step.get(), step.get(), arf_abs_bound_lt_2exp_si(arb_midref(x.get())));
  }
  arb_add(near.get(), near.get(), step.get(), ARF_PREC_EXACT);
  return evaluate(program, near, bits).undefined;
}

}  // namespace

Limit limit_at(const ir::Program& program, const Ball& x, Side side, long bits) {
  if (program.inputs != 1 || !arb_is_exact(x.get()) || !x.is_finite()) return {};
  free_caches_at_thread_end();
  const std::vector<PointValue> values = point_values(program, x);
  const auto from = [&](int sign) {
    return with_enough_terms(program, values, bits, [&](const Transseries& machine, int q) {
      return machine.variable(x, sign, q);
    });
  };
  if (side != Side::Both) return from(side == Side::Above ? 1 : -1);
  const Limit above = from(1);
  if (above.kind == Limit::Kind::None) {
    return absent(program, x, 1, bits) ? from(-1) : Limit{};
  }
  const Limit below = from(-1);
  if (below.kind == Limit::Kind::None) return absent(program, x, -1, bits) ? above : Limit{};
  return same(above, below) ? above : Limit{};
}

Limit limit_at_infinity(const ir::Program& program, bool negative, long bits) {
  if (program.inputs != 1) return {};
  free_caches_at_thread_end();
  return with_enough_terms(program, {}, bits, [&](const Transseries& machine, int q) {
    return machine.infinite_variable(negative ? -1 : 1, q);
  });
}

namespace {

Expansion expansion_around(const ir::Program& program, const Ball& x, const Ball& z,
                           std::size_t length, long bits, Unit unit) {
  constexpr std::size_t kMostZeros = 12;
  const std::size_t most = length + kMostZeros;
  const Transseries machine(program, point_values(program, z), kMostZeros + 2, bits, unit);
  std::vector<Germ> germs;
  Expansion result;
  const auto nothing = [&] {
    Ball none;
    arb_indeterminate(none.get());
    for (std::size_t k = 0; k < length; ++k) result.series.set(k, none);
    return result;
  };
  // From one side is enough: only whole powers are taken.
  if (!machine.trace(machine.variable(z, 1, 1), germs)) return nothing();

  /// series / (x - z)^poles, of whose coefficients so many are known.
  struct Value {
    Series series;
    std::size_t terms = 0;
    std::size_t poles = 0;
  };
  const Value input{Series::variable(x), most};
  std::vector<Value> constants;
  for (const numbers::DoubleDouble& value : program.constants) {
    constants.push_back({Series(Ball(value)), most});
  }
  std::vector<Value> values;
  const auto read = [&](ir::Operand operand) -> const Value& {
    if (operand.is_input()) return input;
    return operand.is_constant() ? constants[operand.index] : values[operand.index];
  };
  // How often the operand's series vanishes at z, certainly.
  const auto zeros = [&](ir::Operand operand) -> std::size_t {
    if (!operand.is_value()) return operand.is_input() && arb_is_zero(z.get()) ? 1 : 0;
    const Germ& germ = germs[operand.index];
    if (germ.zero) return kMostZeros;
    if (!germ.pole.empty() || germ.logs != 0) return 0;
    const int count = germ.power + static_cast<int>(values[operand.index].poles);
    return std::min(static_cast<std::size_t>(std::max(count, 0)), kMostZeros);
  };
  // By the mean value theorem the coefficients of f / (x - z) lie among those of f, from the next
  // one on, over an interval that holds z and x.
  const auto divide_out = [](Value& value, std::size_t count) {
    arb_poly_shift_right(value.series.get(), value.series.get(), static_cast<slong>(count));
    value.terms -= count;
  };
  Ball from_z;
  arb_sub(from_z.get(), x.get(), z.get(), bits);
  const Series distance = Series::variable(from_z);
  const auto with_poles = [&](Value value, std::size_t poles) {
    for (; value.poles < poles; ++value.poles) {
      arb_poly_mullow(value.series.get(), value.series.get(), distance.get(),
                      static_cast<slong>(value.terms), bits);
    }
    return value;
  };
  for (const ir::Instruction& step : program.code) {
    Value a = step.arity() > 0 ? read(step.operands[0]) : Value{{}, most};
    Value b = step.arity() > 1 ? read(step.operands[1]) : Value{{}, most};
    Value c = step.arity() > 2 ? read(step.operands[2]) : Value{{}, most};
    std::size_t poles = 0;
    switch (step.op) {
      case Op::Add:
      case Op::Sub:
        poles = std::max(a.poles, b.poles);
        a = with_poles(std::move(a), poles);
        b = with_poles(std::move(b), poles);
        break;
      case Op::Mul:
        poles = a.poles + b.poles;
        break;
      case Op::Neg:
        poles = a.poles;
        break;
      case Op::Div:
        if (b.series[0].contains_zero()) {
          const std::size_t common = zeros(step.operands[1]);
          const std::size_t above = std::min(zeros(step.operands[0]), common);
          if (common == 0 || a.terms <= above || b.terms <= common) return nothing();
          divide_out(a, above);
          divide_out(b, common);
          poles = common - above;
        }
        poles += a.poles;
        // Poles of the divisor are zeros of the quotient.
        if (const std::size_t cancel = std::min(poles, b.poles); cancel > 0) {
          poles -= cancel;
          b.poles -= cancel;
        }
        a = with_poles(a, a.poles + b.poles);
        break;
      default:  // no other operation keeps a pole a pole of the same kind
        if (a.poles + b.poles + c.poles > 0) return nothing();
        break;
    }
    Value value;
    value.terms = std::min({a.terms, b.terms, c.terms});
    value.poles = poles;
    if (undefined(step.op, a.series[0], b.series[0])) {
      result.undefined = true;
      return nothing();
    }
    result.clipped = result.clipped || clips(step.op, a.series[0], b.series[0]);
    apply(step.op, value.series, a.series, b.series, c.series, value.terms, bits);
    if (!value.series[0].is_finite()) return nothing();
    values.push_back(std::move(value));
    // Poles that have cancelled.
    const std::size_t cancelled = std::min(zeros(ir::Operand::value(values.size() - 1)), poles);
    if (values.back().terms <= cancelled) return nothing();
    divide_out(values.back(), cancelled);
    values.back().poles -= cancelled;
  }
  const Value& last = read(program.result);
  if (last.terms < length || last.poles > 0) return nothing();
  result.series = last.series;
  arb_poly_truncate(result.series.get(), static_cast<slong>(length));
  return result;
}

}  // namespace

Expansion taylor_around(const ir::Program& program, const Ball& x, const Ball& z,
                        std::size_t length, long bits) {
  free_caches_at_thread_end();
  Expansion expansion;
  for (const Unit unit : units_of(program)) {
    expansion = expansion_around(program, x, z, length, bits, unit);
    if (expansion.series[0].is_finite()) break;
  }
  return expansion;
}

}  // namespace ulpforge::targets

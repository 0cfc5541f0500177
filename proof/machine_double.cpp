// From the parts of a program to a bound for the whole.
#include "proof/machine_double.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "ir/expression.h"
#include "ir/interpret.h"
#include "proof/bound.h"
#include "proof/double_bound.h"
#include "proof/gappa.h"
#include "proof/polynomial_maximum.h"
#include "proof/reduction.h"
#include "targets/exact/ball.h"
#include "targets/exact/exact_value.h"

namespace ulpforge::proof {
namespace {

using targets::Ball;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr long kBits = 256;

double up(double value) { return std::nextafter(value, kInfinity); }

struct Interval {
  double lo;
  double hi;
};

Interval ends(const Ball& ball) {
  Interval out{};
  arf_t end;
  arf_init(end);
  arb_get_lbound_arf(end, ball.get(), kBits);
  out.lo = arf_get_d(end, ARF_RND_FLOOR);
  arb_get_ubound_arf(end, ball.get(), kBits);
  out.hi = arf_get_d(end, ARF_RND_CEIL);
  arf_clear(end);
  return out;
}

/// f(x) = 2^n f(x - n L).
struct Exponential {
  ir::Program function;
  Ball period;  ///< L
};

std::optional<Exponential> exponential(std::string_view expression) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPeriods{
      {{"exp2(x)", "1"}, {"exp(x)", "log(2)"}, {"exp10(x)", "log(2)/log(10)"}}};
  const ir::Program function = ir::parse_expression(expression);
  for (const auto& [name, period] : kPeriods) {
    if (ir::parse_expression(name) != function) continue;
    return Exponential{function,
                       targets::evaluate(ir::parse_expression(period), Ball(0.0), kBits).value};
  }
  return std::nullopt;
}

std::string decimal(double value) { return fmt::format("{:a}", value); }

/// |n - x factor| for x in [lo, hi], from Gappa.
std::optional<double> gap(const Reduction& parts, double lo, double hi) {
  // Gappa does not see that x * 1 is x.
  const std::string scaled = parts.factor == 1 ? "x" : fmt::format("x * {}", decimal(parts.factor));
  std::string script = fmt::format("@rnd = float<ieee_64, ne>;\nx = rnd(given);\nz = {};\n",
                                   parts.factor == 1 ? "x" : fmt::format("rnd({})", scaled));
  std::string hint;
  if (parts.shifter == 0) {
    script += "n = int<ne>(z);\n";
  } else {
    const std::string before = parts.fused ? scaled : "z";
    script +=
        fmt::format("s = {0} + {1};\nt = rnd(s);\nn = t - {1};\n", before, decimal(parts.shifter));
    hint = fmt::format("gap -> (t - s) + ({} - {});\n", before, scaled);
  }
  script += fmt::format("gap = n - {};\n{{ x in [{}, {}] -> gap in ? }}\n{}", scaled, decimal(lo),
                        decimal(hi), hint);
  return bound_of(run_gappa(script), "gap");
}

/// |computed r - (x - n L)| for one sign of x, n != 0, from Gappa. Each rounding r_i - s_i, and n
/// times how far the coefficients so far are from -L.
std::string argument_script(const Reduction& parts, const Ball& period, double sign, double least_x,
                            double most_x, double most_n, double reduced) {
  std::string script =
      "@rnd = float<ieee_64, ne>;\nx = rnd(given);\nn = int<ne>(whole);\nexact = x - n * L;\n";
  const Interval l = ends(period);
  std::string given = fmt::format("L in [{}, {}]", decimal(l.lo), decimal(l.hi));
  std::string hints;
  std::string before = "x";
  std::string rounded;
  std::string rest = "L";
  Ball missing = period;
  for (std::size_t i = 0; i < parts.coefficients.size(); ++i) {
    const double c = parts.coefficients[i];
    script += fmt::format("s{0} = {1} + n * {2};\nr{0} = rnd(s{0});\n", i, before, decimal(c));
    rest = fmt::format("({} + {})", rest, decimal(c));
    arb_add(missing.get(), missing.get(), Ball(c).get(), kBits);
    const Interval d = ends(missing);
    given += fmt::format(" /\\ {} in [{}, {}]", rest, decimal(d.lo), decimal(d.hi));
    hints += fmt::format("s{} -> exact{} + n * {};\n", i, rounded, rest);
    rounded += fmt::format(" + (r{0} - s{0})", i);
    before = fmt::format("r{}", i);
  }
  hints += fmt::format("{} - exact -> n * {}{};\n", before, rest, rounded);
  const double lo = sign > 0 ? least_x : -most_x;
  const double hi = sign > 0 ? most_x : -least_x;
  script += fmt::format(
      "{{ x in [{}, {}] /\\ n in [{}, {}] /\\ exact in [{}, {}] /\\ {} -> {} - exact in ? }}\n{}",
      decimal(lo), decimal(hi), decimal(sign > 0 ? 1 : -most_n), decimal(sign > 0 ? most_n : -1),
      decimal(-reduced), decimal(reduced), given, before, hints);
  return script;
}

std::optional<double> argument_error(const Reduction& parts, const Ball& period, double most_x,
                                     double reduced) {
  const double most_n = static_cast<double>(std::max(-parts.first_n, parts.last_n));
  if (most_n == 0) return 0.0;
  // n != 0 takes |x factor| >= 1/2, up to rounding.
  const double least_x = parts.factor == 1 ? 0.5 : 0.499 / parts.factor;
  const std::string name = fmt::format("r{} - exact", parts.coefficients.size() - 1);
  double worst = 0;
  for (const double sign : {-1.0, 1.0}) {
    const bool occurs = sign < 0 ? parts.first_n < 0 : parts.last_n > 0;
    if (!occurs) continue;
    const auto found = bound_of(
        run_gappa(argument_script(parts, period, sign, least_x, most_x, most_n, reduced)), name);
    if (!found) return std::nullopt;
    worst = std::max(worst, *found);
  }
  return worst;
}

double run(const ir::Program& program, double x) {
  double y = 0;
  ir::interpret<double, double>(program, std::span<const double>(&x, 1), std::span<double>(&y, 1));
  return y;
}

class Prover {
 public:
  Prover(const ir::Program& program, const Exponential& target,
         const std::optional<targets::Domain>& domain)
      : program_(program), target_(target), domain_(domain) {}

  MachineDoubleBound prove() {
    try {
      if (choose_interval() && reduce() && look_beyond()) bound_kernel();
    } catch (const GappaMissing& missing) {
      out_.gappa_missing = true;
      out_.obstacle = missing.what();
    }
    out_.proven = out_.obstacle.empty();
    return out_;
  }

 private:
  bool fail(std::string obstacle) {
    out_.obstacle = std::move(obstacle);
    return false;
  }

  /// Where the result is neither 0 nor infinite for certain, or the domain, within the clamp.
  bool choose_interval() {
    // Any interval will do to find the clamp.
    const auto rough = take_apart(program_, 0.25, 0.5);
    if (const auto* reason = std::get_if<std::string>(&rough)) return fail(*reason);
    const auto& parts = std::get<Reduction>(rough);
    const double period = ends(target_.period).hi;
    lo_ = domain_ ? domain_->lo : -kInfinity;
    hi_ = domain_ ? domain_->hi : kInfinity;
    clamped_below_ = parts.low > lo_;
    clamped_above_ = parts.high < hi_;
    if (clamped_below_) lo_ = parts.low;
    if (clamped_above_) hi_ = parts.high;
    if (!(lo_ < hi_)) return fail("the clamp leaves nothing of the domain");
    open_below_ = !clamped_below_ && lo_ < kLeastExponent * period;
    open_above_ = !clamped_above_ && hi_ > kMostExponent * period;
    if (open_below_) lo_ = kLeastExponent * period;
    if (open_above_) hi_ = kMostExponent * period;
    return true;
  }

  bool reduce() {
    const auto taken = take_apart(program_, lo_, hi_);
    if (const auto* reason = std::get_if<std::string>(&taken)) return fail(*reason);
    parts_ = std::get<Reduction>(taken);
    const double most_x = std::max(std::abs(lo_), std::abs(hi_));
    // |factor - 1 / L|.
    Ball difference;
    arb_inv(difference.get(), target_.period.get(), kBits);
    arb_sub(difference.get(), Ball(parts_.factor).get(), difference.get(), kBits);
    const Interval d = ends(difference);
    const double off = up(std::max(std::abs(d.lo), std::abs(d.hi)) * most_x);
    const auto reduced_for = [&](double n_error) {
      return up(up(n_error + off) * ends(target_.period).hi);
    };
    // In real arithmetic n is the nearest integer.
    bound_approximation(reduced_for(0.5));
    const auto n_error = gap(parts_, lo_, hi_);
    if (!n_error) return fail("Gappa finds no bound for the distance of n from x / L");
    const double exact = reduced_for(*n_error);
    const auto error = argument_error(parts_, target_.period, most_x, exact);
    if (!error) return fail("Gappa finds no bound for the error of the reduced argument");
    out_.argument_error = *error;
    out_.reduced = up(exact + *error);
    return true;
  }

  void bound_approximation(double reduced) {
    const Bound real = proof::prove(parts_.kernel, kernel_target(reduced));
    out_.approximation = real.proven ? real.bound : kInfinity;
  }

  targets::Target kernel_target(double reduced) const {
    return {"kernel",
            "kernel",
            target_.function,
            {-reduced, reduced, false, false},
            targets::Metric::Relative};
  }

  /// Where the argument is clamped or n is beyond every exponent, and at infinities and NaN.
  bool look_beyond() {
    const double period = ends(target_.period).hi;
    // f(lo) <= 2^-1075 and f(hi) >= 2^1024.
    const bool vanished = lo_ <= up(1075 * period) * -1;
    const bool overflown = hi_ >= up(1024 * period);
    if (clamped_below_ && !(run(program_, lo_) == 0 && vanished)) {
      return fail(fmt::format("for x < {} the clamp gives {:a}, which is not right", lo_,
                              run(program_, lo_)));
    }
    if (clamped_above_ && !(run(program_, hi_) == kInfinity && overflown)) {
      return fail(fmt::format("for x > {} the clamp gives {:a}, which is not right", hi_,
                              run(program_, hi_)));
    }
    // Without a clamp: r = x - rint(x) is exact for every double, and any n scales as it should.
    const bool any_x = parts_.single_scalef && parts_.factor == 1 &&
                       parts_.coefficients.size() == 1 && parts_.coefficients[0] == -1;
    if (open_below_ && !any_x) return fail_open("below", lo_);
    if (open_above_ && !any_x) return fail_open("above", hi_);
    if (domain_) return true;
    for (const double x : {kInfinity, -kInfinity, std::nan("")}) {
      const double y = run(program_, x);
      const double right =
          mpfr_get_d(numbers::raw(targets::exact_value(target_.function, x).value), MPFR_RNDN);
      const bool same =
          std::isnan(right) ? std::isnan(y) : y == right && std::signbit(y) == std::signbit(right);
      if (!same) return fail(fmt::format("at x = {} the program gives {}, not {}", x, y, right));
    }
    return true;
  }

  bool fail_open(const char* side, double x) {
    return fail(
        fmt::format("{} x = {} neither a clamp nor an exact reduction bounds the reduced "
                    "argument",
                    side, x));
  }

  void bound_kernel() {
    const DoubleBound kernel = prove_in_format(parts_.kernel, kernel_target(out_.reduced),
                                               Precision::Double, out_.argument_error);
    if (!kernel.proven) {
      out_.obstacle = "the kernel: " + kernel.obstacle;
      return;
    }
    if (kernel.skips_zero) {
      out_.obstacle = "the kernel: no bound near r = 0";
      return;
    }
    // The products with powers of two are exact for values within a few binades of 1.
    if (!(kernel.bound < 0x1p40)) {
      out_.obstacle = fmt::format("the kernel is off by {:.3g} ULP", kernel.bound);
      return;
    }
    out_.rounding = kernel.rounding;
    out_.bound_normal = kernel.bound;
    // f(lo) < 2^-1021, with a little to spare.
    const bool subnormal = lo_ < -1020 * ends(target_.period).lo;
    out_.bound = subnormal ? up(kernel.bound + 0.5) : kernel.bound;
  }

  /// In periods: the result is below 2^-1079, or above 2^1025.
  static constexpr double kLeastExponent = -1080;
  static constexpr double kMostExponent = 1026;

  const ir::Program& program_;
  const Exponential& target_;
  const std::optional<targets::Domain>& domain_;
  Reduction parts_;
  MachineDoubleBound out_;
  double lo_ = 0;
  double hi_ = 0;
  bool clamped_below_ = false;
  bool clamped_above_ = false;
  bool open_below_ = false;  ///< lo_ is not the end of what has to be proven
  bool open_above_ = false;
};

MachineDoubleBound prove_plain(const ir::Program& program, std::string_view expression,
                               const std::optional<targets::Domain>& domain) {
  MachineDoubleBound out;
  if (!domain) {
    out.obstacle = "a program without range reduction needs the interval that it is for (--domain)";
    return out;
  }
  const targets::Target target = targets::make_target(expression, domain, targets::Metric::UlpF64);
  const ir::Program kernel = as_real(program);
  const Bound real = prove(kernel, target);
  out.approximation = real.proven ? real.bound : kInfinity;
  try {
    const DoubleBound bound = prove_in_format(kernel, target);
    out.obstacle = bound.obstacle;
    out.proven = bound.proven;
    out.bound = out.bound_normal = bound.bound;
    out.rounding = bound.rounding;
    out.skips_zero = bound.skips_zero;
  } catch (const GappaMissing& missing) {
    out.gappa_missing = true;
    out.obstacle = missing.what();
  }
  return out;
}

}  // namespace

MachineDoubleBound prove_machine_double(const ir::Program& program, std::string_view expression,
                                        const std::optional<targets::Domain>& domain) {
  if (is_plain(program)) return prove_plain(program, expression, domain);
  const auto target = exponential(expression);
  if (!target) {
    MachineDoubleBound out;
    out.obstacle = fmt::format(
        "the range reduction of {} has no proof; exp2(x), exp(x) and exp10(x) have, and programs "
        "of "
        "arithmetic alone on an interval",
        expression);
    return out;
  }
  return Prover(program, *target, domain).prove();
}

}  // namespace ulpforge::proof

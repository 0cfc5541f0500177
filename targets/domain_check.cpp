// Points first, for messages that name a simple number; then enclosures, for what lies between.
#include "targets/domain_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

#include "targets/exact/ball.h"
#include "targets/exact/limit.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "targets/exact/wide_interval.h"

namespace ulpforge::targets {
namespace {

constexpr unsigned kCheckBits = 64;

/// end + sign * width * 2^-k with enough bits to be told from the end.
numbers::Mpfr approach(double end, double step, int k) {
  numbers::Mpfr x = real(step, 2200);
  mpfr_div_2si(numbers::raw(x), numbers::raw(x), k, MPFR_RNDN);
  mpfr_add_d(numbers::raw(x), numbers::raw(x), end, MPFR_RNDN);
  return x;
}

/// |f|, or NaN.
double size_at(const ir::Program& program, const numbers::Mpfr& x) {
  const numbers::Mpfr f = reference(program, x, kCheckBits);
  return std::abs(mpfr_get_d(numbers::raw(f), MPFR_RNDN));
}

/// Values at distances from 2^-50 to 2^-800 of the width from an open end: bounded ones settle, a
/// logarithm gains by the same factor every time and a pole explodes.
std::optional<std::string> find_growth(const ir::Program& program, double end, double step) {
  constexpr std::array kDistances{50, 100, 200, 400, 800};
  constexpr double kSettling = 0.9;  // bounded: each gain is well below the one before
  std::array<double, kDistances.size()> size{};
  for (std::size_t i = 0; i < size.size(); ++i) {
    size[i] = size_at(program, approach(end, step, kDistances[i]));
    if (!std::isfinite(size[i])) {
      return fmt::format("grows without bound, or is not defined, as x approaches {}", end);
    }
  }
  const bool rises = std::is_sorted(size.begin(), size.end());
  const double before = size[3] - size[2];
  const double gain = size[4] - size[3];
  if (rises && gain > 1e-9 * size[4] && gain > kSettling * before) {
    return fmt::format("grows without bound as x approaches {}", end);
  }
  return std::nullopt;
}

struct Interval {
  numbers::Mpfr lo;
  numbers::Mpfr hi;
  int depth;
};

/// Whether all that keeps the program from a finite enclosure over [lo, hi] is a removable
/// singularity at a double in it.
bool is_removable(const ir::Program& program, const numbers::Mpfr& lo, const numbers::Mpfr& hi,
                  long bits) {
  const double first = mpfr_get_d(numbers::raw(lo), MPFR_RNDU);
  const double last = mpfr_get_d(numbers::raw(hi), MPFR_RNDD);
  if (!(first <= last)) return false;
  const double middle = std::midpoint(first, last);
  const Ball x = Ball::interval(lo, hi, bits + 64);
  for (const double z : {first, last, std::clamp(0.0, first, last), std::rint(middle),
                         std::rint(2 * middle) / 2, middle}) {
    if (z < first || z > last || !evaluate(program, Ball(z), bits).undefined) continue;
    if (!mpfr_number_p(numbers::raw(reference(program, real(z, 53), kCheckBits)))) continue;
    if (taylor_around(program, x, Ball(z), 1, bits).series[0].is_finite()) return true;
  }
  return false;
}

/// Whether an enclosure by ends is finite: a ball from e^1000 to e^2000 holds 0, and its reciprocal
/// every number.
bool is_bounded_by_ends(const ir::Program& program, const Interval& piece, long bits) {
  const WideInterval x{Ball::interval(piece.lo, piece.lo, bits + 64),
                       Ball::interval(piece.hi, piece.hi, bits + 64)};
  const std::optional<WideInterval> values = evaluate_wide(program, x, bits);
  return values && values->bounded_below && values->bounded_above && values->lo.is_finite() &&
         values->hi.is_finite();
}

/// Bisects until every piece has a finite enclosure; a piece that has none at 2^-kMaxDepth of the
/// width holds a point where the program is not defined. Such pieces next to an end are left: there
/// the values themselves were looked at.
std::optional<std::string> find_hidden_singularity(const ir::Program& program, double lo,
                                                   double hi) {
  constexpr int kMaxDepth = 240;
  constexpr double kNearEnd = 0x1p-230;
  constexpr int kMaxPieces = 20000;
  constexpr unsigned kPointBits = 1200;
  std::vector<Interval> stack;
  stack.push_back({real(lo, kPointBits), real(hi, kPointBits), 0});
  for (int pieces = 0; !stack.empty() && pieces < kMaxPieces; ++pieces) {
    const Interval piece = std::move(stack.back());
    stack.pop_back();
    const long bits = 64 + 2 * piece.depth;
    const Enclosure enclosure =
        evaluate(program, Ball::interval(piece.lo, piece.hi, bits + 64), bits);
    const bool finite = !enclosure.undefined && enclosure.value.is_finite();
    if (finite && !enclosure.clipped) continue;
    if (!finite && is_bounded_by_ends(program, piece, bits)) continue;
    if (is_removable(program, piece.lo, piece.hi, bits)) continue;
    numbers::Mpfr middle = real(kPointBits);
    mpfr_add(numbers::raw(middle), numbers::raw(piece.lo), numbers::raw(piece.hi), MPFR_RNDN);
    mpfr_div_2ui(numbers::raw(middle), numbers::raw(middle), 1, MPFR_RNDN);
    const double x = mpfr_get_d(numbers::raw(middle), MPFR_RNDN);
    if (enclosure.undefined) return fmt::format("is not finite at x = {}", x);
    if (piece.depth == kMaxDepth) {
      if (finite) continue;  // touches the end of a function's domain
      const double end = std::abs(x - lo) < std::abs(x - hi) ? lo : hi;
      mpfr_sub_d(numbers::raw(middle), numbers::raw(middle), end, MPFR_RNDN);
      if (std::abs(mpfr_get_d(numbers::raw(middle), MPFR_RNDN)) < kNearEnd * (hi - lo)) continue;
      const bool exact = std::isnan(
          mpfr_get_d(numbers::raw(reference(program, real(x, 53), kCheckBits)), MPFR_RNDN));
      return fmt::format("is not finite {} x = {}", exact ? "at" : "near", x);
    }
    stack.push_back({middle, piece.hi, piece.depth + 1});
    stack.push_back({piece.lo, middle, piece.depth + 1});
  }
  return std::nullopt;
}

double chebyshev(const Domain& domain, int i, int count) {
  return domain.lo + domain.width() * (0.5 - 0.5 * std::cos(std::numbers::pi * i / count));
}

/// The sign change between lo and hi.
double bisect(const ir::Program& program, double lo, double hi) {
  const bool negative = std::signbit(reference(program, lo).hi);
  for (;;) {
    const double middle = std::midpoint(lo, hi);
    if (middle <= lo || middle >= hi) return middle;
    const double f = reference(program, middle).hi;
    if (f == 0) return middle;
    (std::signbit(f) == negative ? lo : hi) = middle;
  }
}

}  // namespace

std::optional<std::string> find_singularity(const ir::Program& program, const Domain& domain) {
  constexpr int kPoints = 64;
  const auto finite_at = [&](double x) { return std::isfinite(reference(program, x).hi); };
  if (!domain.lo_open && !finite_at(domain.lo)) {
    return fmt::format("is not finite at x = {}", domain.lo);
  }
  if (!domain.hi_open && !finite_at(domain.hi)) {
    return fmt::format("is not finite at x = {}", domain.hi);
  }
  for (int i = 1; i < kPoints; ++i) {
    const double x = domain.lo + domain.width() * i / kPoints;
    if (x > domain.lo && x < domain.hi && !finite_at(x)) {
      return fmt::format("is not finite at x = {}", x);
    }
  }
  if (domain.lo_open) {
    if (auto growth = find_growth(program, domain.lo, domain.width())) return growth;
  }
  if (domain.hi_open) {
    if (auto growth = find_growth(program, domain.hi, -domain.width())) return growth;
  }
  return find_hidden_singularity(program, domain.lo, domain.hi);
}

std::optional<double> find_not_positive(const ir::Program& program, const Domain& domain) {
  constexpr int kPoints = 1000;
  constexpr int kMaxDepth = 60;
  constexpr int kMaxPieces = 20000;
  constexpr unsigned kPointBits = 256;
  for (int i = 0; i <= kPoints; ++i) {
    const double x = i == kPoints ? domain.hi : domain.lo + domain.width() * i / kPoints;
    if (domain.contains(x) && !(reference(program, x).hi > 0)) return x;
  }
  std::vector<Interval> stack;
  stack.push_back({real(domain.lo, kPointBits), real(domain.hi, kPointBits), 0});
  for (int pieces = 0; !stack.empty(); ++pieces) {
    const Interval piece = std::move(stack.back());
    stack.pop_back();
    const long bits = 64 + 2 * piece.depth;
    const Enclosure enclosure =
        evaluate(program, Ball::interval(piece.lo, piece.hi, bits + 64), bits);
    if (!enclosure.undefined && arb_is_positive(enclosure.value.get()) != 0) continue;
    // Around a point where it has a limit (sin(x)/x).
    if (is_removable(program, piece.lo, piece.hi, bits)) continue;
    const double lo = mpfr_get_d(numbers::raw(piece.lo), MPFR_RNDN);
    const double hi = mpfr_get_d(numbers::raw(piece.hi), MPFR_RNDN);
    if (piece.depth == kMaxDepth) {
      // Towards an open end it may go to 0.
      if ((lo == domain.lo && domain.lo_open) || (hi == domain.hi && domain.hi_open)) continue;
      return std::midpoint(lo, hi);
    }
    if (pieces == kMaxPieces) return std::midpoint(lo, hi);
    numbers::Mpfr middle = real(kPointBits);
    mpfr_add(numbers::raw(middle), numbers::raw(piece.lo), numbers::raw(piece.hi), MPFR_RNDN);
    mpfr_div_2ui(numbers::raw(middle), numbers::raw(middle), 1, MPFR_RNDN);
    stack.push_back({middle, piece.hi, piece.depth + 1});
    stack.push_back({piece.lo, middle, piece.depth + 1});
  }
  return std::nullopt;
}

std::optional<double> find_interior_zero(const ir::Program& program, const Domain& domain) {
  constexpr int kPoints = 1000;
  constexpr double kTouches = 1e-12;  // of the neighbours' size, at the lowest point found
  std::vector<double> x;
  std::vector<double> f;
  for (int i = 0; i <= kPoints; ++i) {
    x.push_back(chebyshev(domain, i, kPoints));
    f.push_back(reference(program, x.back()).hi);
  }
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    if (f[i] == 0) return x[i];
    if (i > 1 && std::signbit(f[i]) != std::signbit(f[i - 1])) {
      return bisect(program, x[i - 1], x[i]);
    }
  }
  for (std::size_t i = 2; i + 2 < x.size(); ++i) {
    const double here = std::abs(f[i]);
    const double around = std::min(std::abs(f[i - 1]), std::abs(f[i + 1]));
    // A zero between the points leaves them some distance away from it, on a parabola.
    if (here > around || here > 0.5 * std::max(std::abs(f[i - 1]), std::abs(f[i + 1]))) continue;
    double lo = x[i - 1];
    double hi = x[i + 1];
    constexpr double kGolden = std::numbers::phi - 1;
    constexpr int kSteps = 60;
    double lowest = here;
    double at = x[i];
    for (int step = 0; step < kSteps; ++step) {
      const double a = hi - kGolden * (hi - lo);
      const double b = lo + kGolden * (hi - lo);
      const double fa = std::abs(reference(program, a).hi);
      const double fb = std::abs(reference(program, b).hi);
      if (std::min(fa, fb) < lowest) {
        lowest = std::min(fa, fb);
        at = fa < fb ? a : b;
      }
      (fa < fb ? hi : lo) = fa < fb ? b : a;
    }
    if (lowest <= kTouches * around) return at;
  }
  return std::nullopt;
}

std::optional<double> find_fast_decay(const ir::Program& program, const Domain& domain) {
  constexpr double kFast = -80;  // for half the distance: nothing that has a power series
  constexpr double kVanished = -std::numeric_limits<double>::infinity();
  const auto log_size = [&](const numbers::Mpfr& x) {
    const numbers::Mpfr f = reference(program, x, kCheckBits);
    return mpfr_regular_p(numbers::raw(f)) ? static_cast<double>(mpfr_get_exp(numbers::raw(f)))
                                           : kVanished;
  };
  const auto falls = [&](double end, double step) {
    const double far = log_size(approach(end, step, 20));
    const double near = log_size(approach(end, step, 21));
    const double nearer = log_size(approach(end, step, 22));
    return far > kVanished && near <= far + kFast && nearer <= near + kFast;
  };
  if (domain.lo_open && falls(domain.lo, domain.width())) return domain.lo;
  if (domain.hi_open && falls(domain.hi, -domain.width())) return domain.hi;
  return std::nullopt;
}

}  // namespace ulpforge::targets

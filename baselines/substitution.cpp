// Finds out the shape of a target, and samples the function that each substitution leaves.
#include "baselines/substitution.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "baselines/chebyshev.h"
#include "baselines/precision.h"
#include "targets/exact/ulp.h"

namespace ulpforge::baselines {

using numbers::Mpfr;
using targets::Metric;
using targets::Target;

namespace {

constexpr unsigned kShapeBits = 128;
constexpr unsigned kValueBits = 256;
constexpr int kGridIntervals = 512;
constexpr int kSmoothIntervals = 256;      // where peaks between points are found by refinement
constexpr std::size_t kSeriesCount = 256;  // where the function is not smooth enough for more

/// The reference value, in the precision in force from here on.
Mpfr value_of(const Target& target, const Mpfr& x, unsigned bits) {
  return in_force(targets::value_at(target, x, bits));
}

bool close(const Mpfr& a, const Mpfr& b) {
  return isfinite(a) && isfinite(b) && abs(a - b) <= 1e-30 * abs(b);
}

/// Order of the zero at `z` as seen from the side where `step` points: f(h) / f(h/2) is 2 or 4.
int order_of_zero(const Target& target, double z, double step) {
  const Mpfr h = ldexp(Mpfr(step), -60);
  const Mpfr ratio = value_of(target, z + h, kShapeBits) / value_of(target, z + h / 2, kShapeBits);
  if (abs(ratio - 2) < 1e-9) return 1;
  if (abs(ratio - 4) < 1e-9) return 2;
  return 0;
}

const numbers::Format& format_of(Metric metric) {
  return metric == Metric::UlpF32 ? numbers::kBinary32 : numbers::kBinary64;
}

/// Grid of an interval of s: Chebyshev extrema, and with `clustered` points that close in on the
/// ends, where a function that is not smooth has its peaks.
std::vector<Mpfr> grid_points(bool clustered, const Mpfr& lo, const Mpfr& hi) {
  std::vector<Mpfr> points = chebyshev_extrema((clustered ? kGridIntervals : kSmoothIntervals) + 1);
  if (clustered) {
    for (int k = 32; k <= 400; ++k) {  // from where the extrema become sparse
      const Mpfr distance = pow(Mpfr(2), Mpfr(-k) / 4);
      points.push_back(distance - 1);
      points.push_back(1 - distance);
    }
  }
  std::sort(points.begin(), points.end());
  if (lo != -1 || hi != 1) {
    for (Mpfr& s : points) s = (lo + hi) / 2 + (hi - lo) / 2 * s;
  }
  return points;
}

/// The ends of the domain's intervals as those of u, ascending; what overlaps is joined.
std::vector<std::pair<Mpfr, Mpfr>> intervals_in_u(const targets::Domain& domain,
                                                  Substitution::Variable variable,
                                                  const Mpfr& shift) {
  std::vector<std::pair<Mpfr, Mpfr>> intervals;
  for (const targets::Domain& part : targets::intervals_of(domain)) {
    Mpfr lo(part.lo), hi(part.hi);
    if (variable == Substitution::Variable::XMinusShift) {
      lo -= shift;
      hi -= shift;
    } else if (variable == Substitution::Variable::XSquared) {
      const bool holds_zero = lo <= 0 && hi >= 0;
      lo *= lo;
      hi *= hi;
      if (lo > hi) std::swap(lo, hi);
      if (holds_zero) lo = 0;
    }
    intervals.emplace_back(lo, hi);
  }
  std::sort(intervals.begin(), intervals.end());
  std::vector<std::pair<Mpfr, Mpfr>> joined;
  for (const auto& next : intervals) {
    if (!joined.empty() && next.first <= joined.back().second) {
      joined.back().second = std::max(joined.back().second, next.second);
    } else {
      joined.push_back(next);
    }
  }
  return joined;
}

/// Adds to an ULP problem's grid the points where the exact value passes a power of two, with the
/// smaller ULP: the error in ULPs peaks there.
void add_binade_ends(Problem& problem) {
  std::vector<Sample> ends;
  for (std::size_t i = 0; i + 1 < problem.grid.size(); ++i) {
    Sample left = problem.grid[i];
    // Every binade between the two, from the left sample's on.
    if (left.interval != problem.grid[i + 1].interval) continue;
    for (int guard = 0; guard < 8 && left.piece != problem.grid[i + 1].piece; ++guard) {
      Sample inner = left, outer = problem.grid[i + 1];
      for (int halving = 0; halving < 80; ++halving) {
        Sample middle = problem.at((inner.s + outer.s) / 2);
        (middle.piece == inner.piece ? inner : outer) = std::move(middle);
      }
      ends.push_back(inner.piece < outer.piece ? inner : outer);
      left = outer;
    }
  }
  for (Sample& end : ends) problem.grid.push_back(std::move(end));
  std::sort(problem.grid.begin(), problem.grid.end(),
            [](const Sample& a, const Sample& b) { return a.s < b.s; });
}

}  // namespace

Shape find_shape(const Target& target) {
  constexpr std::array kFractions{0.0917, 0.3141, 0.5772, 0.7182, 0.9341};
  const targets::Domain& domain = target.domain;
  Shape shape{true, true, true};
  const std::vector<targets::Domain> intervals = targets::intervals_of(domain);
  for (std::size_t k = 0; k < kFractions.size(); ++k) {
    const targets::Domain& within = intervals[k % intervals.size()];
    const Mpfr x(within.lo + kFractions[k] * within.width());
    const Mpfr value = value_of(target, x, kShapeBits);
    const Mpfr mirrored = value_of(target, -x, kShapeBits);
    const Mpfr half = value_of(target, x / 2, kShapeBits);
    shape.even = shape.even && close(mirrored, value);
    shape.odd = shape.odd && close(-mirrored, value);
    shape.exponential = shape.exponential && close(half * half, value);
  }
  shape.exponential = shape.exponential && value_of(target, Mpfr(0), kShapeBits) == 1;
  const double width = domain.width();
  shape.order_at_lo = order_of_zero(target, domain.lo, width);
  shape.order_at_hi = order_of_zero(target, domain.hi, -width);
  if (domain.lo <= 0 && domain.hi >= 0) {
    shape.order_at_zero = order_of_zero(target, 0, domain.hi > 0 ? width : -width);
  }
  return shape;
}

namespace {

/// The zero to the precision in force, by secants from the double-double. The values are its
/// reference, where `order` is that of the zero.
Mpfr exact_zero(const Target& target, const targets::Zero& zero) {
  Mpfr z = numbers::to_mpfr(zero.at);
  if (zero.is_double || zero.order != 1) return z;
  for (const int distance : {-100, -200}) {
    const Mpfr step = ldexp(abs(z), distance);
    const Mpfr here = value_of(target, z, kValueBits);
    const Mpfr slope = (value_of(target, z + step, kValueBits) - here) / step;
    const Mpfr next = z - here / slope;
    if (isfinite(next)) z = next;
  }
  return z;
}

/// The products that take all zeros of the target out of it, but for what is there already.
void add_products_of_zeros(std::vector<Substitution>& substitutions, const Target& target,
                           const Shape& shape) {
  using Variable = Substitution::Variable;
  using Factor = Substitution::Factor;
  const std::vector<targets::Zero>& zeros = target.zeros;
  if (zeros.empty()) return;
  if (std::ranges::any_of(zeros, [](const targets::Zero& zero) { return zero.order == 0; })) return;
  if (zeros.size() == 1) {
    const targets::Zero& zero = zeros.front();
    if (zero.at.hi == 0) {
      if (zero.order == 1 || (shape.even && zero.order == 2)) return;
      substitutions.push_back({Variable::X, Factor::Zeros, 0, 0, zeros});
      if (shape.even || shape.odd) {
        substitutions.push_back({Variable::XSquared, Factor::Zeros, 0, 0, zeros});
      }
      return;
    }
    const auto known = [&](const Substitution& s) {
      return s.variable == Variable::XMinusShift && s.shift == zero.at;
    };
    if (std::ranges::any_of(substitutions, known)) return;
    substitutions.push_back({Variable::XMinusShift, Factor::Zeros, zero.at, 0, zeros});
    return;
  }
  substitutions.push_back({Variable::X, Factor::Zeros, 0, 0, zeros});
  const bool symmetric = std::ranges::all_of(zeros, [&](const targets::Zero& zero) {
    return std::ranges::any_of(zeros, [&](const targets::Zero& other) {
      return other.at == -zero.at && other.order == zero.order;
    });
  });
  // What is left is even then, or only looked at where x is not negative.
  if ((shape.even || shape.odd) && (symmetric || target.domain.lo >= 0)) {
    substitutions.push_back({Variable::XSquared, Factor::Zeros, 0, 0, zeros});
  }
}

}  // namespace

std::vector<Substitution> find_substitutions(const Target& target, const Shape& shape) {
  using Variable = Substitution::Variable;
  using Factor = Substitution::Factor;
  std::vector<Substitution> substitutions{{Variable::X, Factor::One}};
  if (shape.order_at_zero == 1) substitutions.push_back({Variable::X, Factor::U});
  if (shape.even) substitutions.push_back({Variable::XSquared, Factor::One});
  if (shape.even && shape.order_at_zero == 2)
    substitutions.push_back({Variable::XSquared, Factor::U});
  if (shape.odd) substitutions.push_back({Variable::XSquared, Factor::X});
  const targets::Domain& domain = target.domain;
  if (domain.lo != 0 && shape.order_at_lo == 1) {
    substitutions.push_back({Variable::XMinusShift, Factor::U, domain.lo});
  }
  if (domain.hi != 0 && shape.order_at_hi == 1) {
    substitutions.push_back({Variable::XMinusShift, Factor::U, domain.hi});
  }
  if (target.metric != Metric::Absolute) add_products_of_zeros(substitutions, target, shape);
  return substitutions;
}

int Substitution::operations() const {
  int count = squarings;
  if (variable != Variable::X) ++count;
  if (variable == Variable::XMinusShift && shift.lo != 0) ++count;
  if (factor != Factor::Zeros) return count + (factor != Factor::One ? 1 : 0);
  for (const targets::Zero& zero : zeros) {
    count += zero.order;
    const bool is_variable = variable == Variable::XMinusShift && zero.at == shift;
    if (zero.at.hi != 0 && !is_variable) count += zero.at.lo != 0 ? 2 : 1;
  }
  return count;
}

View::View(const Target& target, const Substitution& substitution)
    : target_(target), substitution_(substitution), shift_(numbers::to_mpfr(substitution.shift)) {
  for (const targets::Zero& zero : substitution.zeros) {
    zeros_.push_back(exact_zero(target, zero));
    if (zero.at == substitution.shift) shift_ = zeros_.back();
  }
  const auto intervals = intervals_in_u(target.domain, substitution.variable, shift_);
  const Mpfr lo = intervals.front().first, hi = intervals.back().second;
  middle_ = (lo + hi) / 2;
  half_ = (hi - lo) / 2;
}

View::Place View::place_of(const Mpfr& u) const {
  Mpfr x = u;
  if (substitution_.variable == Substitution::Variable::XSquared) x = sqrt(u);
  if (substitution_.variable == Substitution::Variable::XMinusShift) x = u + shift_;
  switch (substitution_.factor) {
    case Substitution::Factor::One:
      return {x, Mpfr(1)};
    case Substitution::Factor::X:
      return {x, x};
    case Substitution::Factor::U:
      break;
    case Substitution::Factor::Zeros: {
      Mpfr product(1);
      for (std::size_t i = 0; i < zeros_.size(); ++i) {
        for (int k = 0; k < substitution_.zeros[i].order; ++k) product *= x - zeros_[i];
      }
      return {x, product};
    }
  }
  return {x, u};
}

/// Where u stands for x and -x, the larger one of those in the domain.
Mpfr View::weight_of(const Mpfr& u) const {
  const Mpfr x = place_of(u).x;
  const double here = targets::weight_at(target_, x);
  const bool mirrored = substitution_.variable == Substitution::Variable::XSquared &&
                        target_.domain.contains(-x.convert_to<double>());
  if (!mirrored) return Mpfr(here);
  const double there = targets::weight_at(target_, Mpfr(-x));
  return Mpfr(target_.domain.contains(x.convert_to<double>()) ? std::max(here, there) : there);
}

Mpfr View::exact(const Mpfr& s) const {
  const Place place = place_of(middle_ + half_ * s);
  if (place.factor == 0) {
    // The limit, from both sides.
    const Mpfr step = ldexp(Mpfr(1), -80);
    if (abs(s) + step > 1) return exact(s < 0 ? Mpfr(s + step) : Mpfr(s - step));
    return (exact(s + step) + exact(s - step)) / 2;
  }
  return value_of(target_, place.x, std::max(kValueBits, numbers::MpfrPrecision::bits() - 64)) /
         place.factor;
}

std::optional<View> View::make(const Target& target, const Substitution& substitution,
                               const std::function<void()>& demand_time) {
  View view(target, substitution);
  const auto exact = [&](const Mpfr& s) {
    if (demand_time) demand_time();
    return view.exact(s);
  };
  std::optional<std::vector<Mpfr>> interpolant = chebyshev_interpolant(exact);
  const bool smooth = interpolant.has_value();
  view.series_ = smooth ? *interpolant : chebyshev_coefficients(exact, kSeriesCount);

  std::function<Mpfr(const Mpfr&)> value;
  if (smooth) {
    value = [series = view.series_](const Mpfr& s) { return chebyshev_sum(series, s); };
  } else {
    value = [copy = view](const Mpfr& s) { return copy.exact(s); };
  }
  view.problem_.at = [value, view, metric = target.metric](const Mpfr& s) {
    Sample sample{s, value(s), Mpfr(0), 0};
    const Mpfr factor = abs(view.place_of(view.middle_ + view.half_ * s).factor);
    const Mpfr magnitude = abs(sample.value);
    switch (metric) {
      case Metric::Relative:
        sample.tolerance = magnitude;
        break;
      case Metric::Absolute:
        sample.tolerance = 1 / factor;
        break;
      case Metric::UlpF32:
      case Metric::UlpF64: {
        const numbers::Format& format = format_of(metric);
        const Mpfr f = factor * magnitude;
        if (f > 0) {
          const int exponent = targets::ulp_exponent(format, mpfr_get_exp(numbers::raw(f)));
          sample.piece = exponent;
          sample.tolerance = ldexp(Mpfr(1), exponent) / factor;
        } else {  // at the factor's zero: the smaller of the limits on the way to it
          sample.tolerance = ldexp(magnitude, -format.precision);
        }
        break;
      }
    }
    if (view.target_.weight) sample.tolerance /= view.weight_of(view.middle_ + view.half_ * s);
    return sample;
  };

  Mpfr smallest(0), largest(0);
  int sign = 0;
  std::vector<std::pair<Mpfr, int>> places;
  const auto intervals = intervals_in_u(target.domain, substitution.variable, view.shift_);
  for (std::size_t k = 0; k < intervals.size(); ++k) {
    const bool one = intervals.size() == 1;
    const Mpfr lo = one ? Mpfr(-1) : Mpfr((intervals[k].first - view.middle_) / view.half_);
    const Mpfr hi = one ? Mpfr(1) : Mpfr((intervals[k].second - view.middle_) / view.half_);
    for (const Mpfr& s : grid_points(!smooth, lo, hi)) places.emplace_back(s, static_cast<int>(k));
  }
  for (const auto& [s, interval] : places) {
    if (demand_time) demand_time();
    Sample sample = view.problem_.at(s);
    sample.interval = interval;
    const Mpfr magnitude = abs(sample.value);
    if (!isfinite(magnitude) || !isfinite(sample.tolerance)) continue;
    if (target.metric != Metric::Absolute) {
      const int here = mpfr_sgn(numbers::raw(sample.value));
      // Between intervals it may change.
      const bool next =
          !view.problem_.grid.empty() && view.problem_.grid.back().interval != interval;
      if (here == 0 || (here == -sign && !next)) return std::nullopt;
      sign = here;
    }
    if (view.problem_.grid.empty() || magnitude < smallest) smallest = magnitude;
    largest = std::max(largest, magnitude);
    view.problem_.grid.push_back(std::move(sample));
  }
  if (view.problem_.grid.size() < kSmoothIntervals / 2) return std::nullopt;
  if (target.metric != Metric::Absolute && smallest < 1e-40 * largest) return std::nullopt;
  if (target.metric == Metric::UlpF32 || target.metric == Metric::UlpF64) {
    add_binade_ends(view.problem_);
  }
  return view;
}

Rational View::in_u(const Rational& r) const {
  Rational result = compose_affine(r, 1 / half_, -middle_ / half_);
  for (Polynomial* p : {&result.numerator, &result.denominator}) {
    // Coefficients that are no more than rounding errors become 0.
    Mpfr largest(0), power(1);
    for (const Mpfr& c : *p) {
      largest = std::max<Mpfr>(largest, abs(c) * power);
      power *= reach();
    }
    power = 1;
    for (Mpfr& c : *p) {
      if (abs(c) * power < 1e-50 * largest) c = 0;
      power *= reach();
    }
  }
  return result;
}

std::optional<Mpfr> View::zero() const {
  Mpfr s = -middle_ / half_;
  if (abs(s) > 1) return std::nullopt;
  return s;
}

Mpfr View::reach() const { return abs(middle_) + half_; }

Problem root_problem(const Problem& problem, int squarings, const Mpfr& error) {
  const auto root = [squarings](Mpfr value) {
    for (int k = 0; k < squarings; ++k) value = sqrt(value);
    return value;
  };
  const auto transform = [root, squarings, error](Sample sample) {
    const Mpfr slack = error * sample.tolerance;
    if (error > 0 && slack < sample.value) {
      const Mpfr low = root(sample.value - slack), high = root(sample.value + slack);
      sample.value = (high + low) / 2;
      sample.tolerance = (high - low) / (2 * error);
    } else {
      const Mpfr value = root(sample.value);
      sample.tolerance *= value / ldexp(sample.value, squarings);
      sample.value = value;
    }
    return sample;
  };
  Problem result;
  for (const Sample& sample : problem.grid) result.grid.push_back(transform(sample));
  result.at = [transform, at = problem.at](const Mpfr& s) { return transform(at(s)); };
  return result;
}

}  // namespace ulpforge::baselines

// The exchange: solve the reference, find the peaks of the error, take them as the next reference.
#include "baselines/remez.h"

#include <algorithm>
#include <limits>

#include "baselines/pencil.h"

namespace ulpforge::baselines {

using numbers::Mpfr;

namespace {

constexpr int kMaxExchanges = 60;
constexpr double kConverged = 1e-9;    // relative gap between largest error and level
constexpr double kNegligible = 1e-36;  // errors of which no double-double constant can tell
constexpr int kMaxRefinements = 12;
constexpr double kResolution = 1e-30;  // of s: neighbours that are closer are left alone
constexpr double kFlat = 1e-12;        // relative change of the error at which a peak is found
constexpr double kAcceptable = 1e-6;   // gap that is good enough when the exchange stalls

/// P / Q and the signed level on one reference.
struct Levelled {
  Rational function;
  Mpfr level;
};

bool one_sign(const Polynomial& q, const std::vector<Sample>& samples) {
  const int sign = mpfr_sgn(numbers::raw(evaluate(q, samples.front().s)));
  return sign != 0 && std::all_of(samples.begin(), samples.end(), [&](const Sample& sample) {
           return mpfr_sgn(numbers::raw(evaluate(q, sample.s))) == sign;
         });
}

/// 1 / |prod (s_i - s_k)|: the divided differences' weights, whose signs alternate.
std::vector<Mpfr> divided_difference_weights(const std::vector<Sample>& reference) {
  std::vector<Mpfr> weights;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    Mpfr product(1);
    for (std::size_t k = 0; k < reference.size(); ++k) {
      if (k != i) product *= reference[i].s - reference[k].s;
    }
    weights.push_back(1 / abs(product));
  }
  return weights;
}

/// The solution of the levelled equations whose denominator has one sign on the reference.
std::optional<Levelled> solve_reference(const std::vector<Sample>& reference, int m, int n) {
  const std::vector<Mpfr> weights = divided_difference_weights(reference);
  // Hankel moments of value (with alternating sign) and of tolerance (positive).
  std::vector<Mpfr> value_moments(2 * n + 1, Mpfr(0)), tolerance_moments(2 * n + 1, Mpfr(0));
  for (std::size_t i = 0; i < reference.size(); ++i) {
    Mpfr value = weights[i] * reference[i].value * (i % 2 == 0 ? 1 : -1);
    Mpfr tolerance = weights[i] * reference[i].tolerance;
    for (int k = 0; k <= 2 * n; ++k) {
      value_moments[k] += value;
      tolerance_moments[k] += tolerance;
      value *= reference[i].s;
      tolerance *= reference[i].s;
    }
  }
  const auto hankel = [n](const std::vector<Mpfr>& moments) {
    Matrix result;
    for (int j = 0; j <= n; ++j) {
      result.emplace_back(moments.begin() + j, moments.begin() + j + n + 1);
    }
    return result;
  };
  const auto pairs = solve_pencil(hankel(value_moments), hankel(tolerance_moments));
  if (!pairs) return std::nullopt;
  for (const auto& [level, q] : *pairs) {
    if (!one_sign(q, reference)) continue;
    std::vector<Mpfr> points, products;
    for (int k = 0; k <= m; ++k) {  // any m + 1 of the m + n + 2 points; these are spread out
      const std::size_t i = m == 0 ? 0 : k * (reference.size() - 1) / m;
      const Sample& sample = reference[i];
      points.push_back(sample.s);
      products.push_back((sample.value - (i % 2 == 0 ? level : Mpfr(-level)) * sample.tolerance) *
                         evaluate(q, sample.s));
    }
    return Levelled{{interpolate(points, products), q}, level};
  }
  return std::nullopt;
}

/// A sample and the approximation's error there.
struct Peak {
  Sample sample;
  Mpfr error;
};

Peak measure(const Rational& r, Sample sample) {
  Mpfr error = (sample.value - evaluate(r, sample.s)) / sample.tolerance;
  return {std::move(sample), std::move(error)};
}

/// The vertex of the parabola through three neighbours; the middle one where they lie on a line.
Mpfr vertex(const Peak& left, const Peak& middle, const Peak& right) {
  const Mpfr a = middle.sample.s - left.sample.s, b = right.sample.s - middle.sample.s;
  const Mpfr slope_a = (middle.error - left.error) / a, slope_b = (right.error - middle.error) / b;
  const Mpfr bend = slope_b - slope_a;
  if (bend == 0) return middle.sample.s;
  return middle.sample.s - (slope_a * b + slope_b * a) / (2 * bend);
}

/// The peak between `left` and `right`, of which `middle` is higher than both: successive parabolic
/// interpolation (Brent, "Algorithms for Minimization Without Derivatives", chapter 5).
Peak refine(const Problem& problem, const Rational& r, Peak left, Peak middle, Peak right) {
  const auto lower = [](const Peak& a, const Peak& b) { return abs(a.error) < abs(b.error); };
  for (int step = 0; step < kMaxRefinements; ++step) {
    if (left.sample.piece != middle.sample.piece || right.sample.piece != middle.sample.piece ||
        left.sample.interval != middle.sample.interval ||
        right.sample.interval != middle.sample.interval) {
      break;
    }
    if (middle.sample.s - left.sample.s < kResolution ||
        right.sample.s - middle.sample.s < kResolution) {
      break;
    }
    const Mpfr s = vertex(left, middle, right);
    if (!(s > left.sample.s && s < right.sample.s) || abs(s - middle.sample.s) < kResolution) break;
    Sample sample = problem.at(s);
    sample.interval = middle.sample.interval;
    Peak peak = measure(r, std::move(sample));
    const bool settled = abs(peak.error - middle.error) <= kFlat * abs(middle.error);
    if (lower(peak, middle)) {
      (s < middle.sample.s ? left : right) = std::move(peak);
    } else {
      (s < middle.sample.s ? right : left) = std::move(middle);
      middle = std::move(peak);
    }
    if (settled) break;
  }
  return middle;
}

/// The highest point of every run of errors of one sign, over the grid and the reference together.
std::vector<Peak> find_peaks(const Problem& problem, const Rational& r,
                             const std::vector<Sample>& reference) {
  std::vector<Peak> points;
  std::size_t next = 0;
  for (const Sample& sample : problem.grid) {
    for (; next < reference.size() && reference[next].s <= sample.s; ++next) {
      points.push_back(measure(r, reference[next]));
    }
    if (points.empty() || points.back().sample.s < sample.s) points.push_back(measure(r, sample));
  }
  for (; next < reference.size(); ++next) points.push_back(measure(r, reference[next]));

  std::vector<Peak> peaks;
  std::size_t best = 0;
  for (std::size_t i = 1; i <= points.size(); ++i) {
    if (i < points.size() && (points[i].error > 0) == (points[best].error > 0)) {
      if (abs(points[i].error) > abs(points[best].error)) best = i;
      continue;
    }
    const bool inside = best > 0 && best + 1 < points.size();
    peaks.push_back(inside ? refine(problem, r, points[best - 1], points[best], points[best + 1])
                           : points[best]);
    best = i;
  }
  return peaks;
}

/// Drops peaks until `count` are left, lowest first and so that signs still alternate.
void choose(std::vector<Peak>& peaks, std::size_t count) {
  const auto height = [&](std::size_t i) { return Mpfr(abs(peaks[i].error)); };
  while (peaks.size() > count) {
    const auto drop_lower_end = [&] {
      peaks.erase(height(0) < height(peaks.size() - 1) ? peaks.begin() : peaks.end() - 1);
    };
    if (peaks.size() == count + 1) {
      drop_lower_end();
      continue;
    }
    std::size_t lowest = 0;
    for (std::size_t i = 1; i < peaks.size(); ++i) {
      if (height(i) < height(lowest)) lowest = i;
    }
    if (lowest == 0 || lowest + 1 == peaks.size()) {
      drop_lower_end();
    } else {  // with its lower neighbour
      const auto first = static_cast<std::ptrdiff_t>(
          height(lowest - 1) < height(lowest + 1) ? lowest - 1 : lowest);
      peaks.erase(peaks.begin() + first, peaks.begin() + first + 2);
    }
  }
}

Mpfr highest(const std::vector<Peak>& peaks) {
  Mpfr result(0);
  for (const Peak& peak : peaks) result = std::max<Mpfr>(result, abs(peak.error));
  return result;
}

}  // namespace

std::optional<Minimax> minimax(const Problem& problem, int m, int n,
                               const std::vector<Mpfr>& start) {
  const auto count = static_cast<std::size_t>(m + n + 2);
  std::vector<Sample> reference;
  // The starting points are moved to the nearest grid points, whose samples are known.
  for (const Mpfr& s : start) {
    const auto at = std::lower_bound(problem.grid.begin(), problem.grid.end(), s,
                                     [](const Sample& a, const Mpfr& b) { return a.s < b; });
    auto index = std::min<std::ptrdiff_t>(at - problem.grid.begin(), std::ssize(problem.grid) - 1);
    // Several that lie between two intervals go to one grid point and those after it.
    const bool several = problem.grid.front().interval != problem.grid.back().interval;
    while (several && !reference.empty() && index + 1 < std::ssize(problem.grid) &&
           problem.grid[index].s <= reference.back().s) {
      ++index;
    }
    reference.push_back(problem.grid[index]);
    if (reference.size() > 1 && reference[reference.size() - 2].s >= reference.back().s) {
      return std::nullopt;
    }
  }
  for (int exchange = 0; exchange < kMaxExchanges; ++exchange) {
    const std::optional<Levelled> levelled = solve_reference(reference, m, n);
    if (!levelled || !one_sign(levelled->function.denominator, problem.grid)) return std::nullopt;
    std::vector<Peak> peaks = find_peaks(problem, levelled->function, reference);
    const Mpfr error = highest(peaks);
    const Mpfr gap = error - abs(levelled->level);
    const bool last = exchange + 1 == kMaxExchanges;
    if (error < kNegligible || gap <= error * (last ? kAcceptable : kConverged)) {
      Minimax result{levelled->function, error, {}};
      for (const Sample& sample : reference) result.reference.push_back(sample.s);
      return result;
    }
    if (peaks.size() < count) return std::nullopt;
    choose(peaks, count);
    for (std::size_t i = 0; i < count; ++i) reference[i] = std::move(peaks[i].sample);
  }
  return std::nullopt;
}

std::vector<Mpfr> usual_start(const Problem& problem, std::size_t count) {
  if (problem.grid.front().interval == problem.grid.back().interval || count < 2) {
    return chebyshev_extrema(count);
  }
  std::vector<Mpfr> points;
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back(problem.grid[i * (problem.grid.size() - 1) / (count - 1)].s);
  }
  return points;
}

std::vector<Mpfr> chebyshev_extrema(std::size_t count) {
  Mpfr pi;
  mpfr_const_pi(numbers::raw(pi), MPFR_RNDN);
  std::vector<Mpfr> points;
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back(-cos(Mpfr(pi * i / std::max<std::size_t>(count - 1, 1))));
  }
  return points;
}

std::vector<Mpfr> stretch(const std::vector<Mpfr>& reference, std::size_t count) {
  std::vector<Mpfr> points;
  const std::size_t last = reference.size() - 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t position = i * last;  // in units of 1 / (count - 1)
    const std::size_t k = std::min(position / (count - 1), last - 1);
    const Mpfr fraction = Mpfr(position - k * (count - 1)) / (count - 1);
    // Interpolates arccos of the points: in that angle they are close to equidistant.
    const Mpfr angle = acos(reference[k]) * (1 - fraction) + acos(reference[k + 1]) * fraction;
    points.push_back(cos(angle));
  }
  return points;
}

Mpfr grid_error(const Problem& problem, const Rational& r) {
  if (!one_sign(r.denominator, problem.grid)) return std::numeric_limits<double>::infinity();
  Mpfr largest(0);
  for (const Sample& sample : problem.grid) {
    largest = std::max<Mpfr>(largest, abs(measure(r, sample).error));
  }
  return largest;
}

}  // namespace ulpforge::baselines

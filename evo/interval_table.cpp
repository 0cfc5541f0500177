// Draws, fits and writes interval tables.
#include "evo/interval_table.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "evo/interval_cuts.h"
#include "evo/shares.h"
#include "targets/exact/reference.h"

namespace ulpforge::evo {
namespace {

using ir::Op;
using ir::Operand;
using ir::Type;

constexpr int kPoints = 32;   // of one interval's fit
constexpr int kRounds = 12;   // of reweighting
constexpr int kCentres = 33;  // floats that may become a centre
constexpr int kMostDegree = 9;

/// Sizes of tables, by how often they are drawn, and the operation that looks up an entry.
struct Size {
  int intervals;
  Op permute;
};
constexpr Size kSizes[] = {{8, Op::Permute8},
                           {16, Op::Permute16},
                           {16, Op::Permute16},
                           {32, Op::Permute32},
                           {32, Op::Permute32}};

/// The row of so many intervals, or the end.
const Size* find_size(int intervals) {
  return std::ranges::find(kSizes, intervals, &Size::intervals);
}

/// Constants that precede the tables: scale and offset, and the shift, where there are any.
std::size_t constants_before(const IntervalTable& table) {
  return (table.by_sign() ? 0 : 2) + (table.shift == 0 ? 0 : 1);
}

int tables_of(const IntervalTable& table) { return table.degree + 1 + (table.centred ? 1 : 0); }

/// How many of the coefficients go by Horner's scheme.
int random_horner(int degree, numbers::Random& random) {
  return static_cast<int>(random_split(static_cast<std::size_t>(degree) + 1, random));
}

/// The coefficients of one interval, the centre first (0 where there is none).
struct Polynomial {
  float centre = 0;
  std::vector<float> c;
};

double value(const targets::Target& kernel, double x) {
  return targets::reference(kernel.program, x).hi;
}

/// Whether 0 goes to 0, and nothing is below it.
bool starts_from_0(const targets::Target& kernel) {
  return kernel.domain.lo == 0 && value(kernel, 0) == 0;
}

/// Of r and a constant term, which one the polynomial is added to: the smaller where the function
/// is below r far out, else the larger.
Op choice_besides_r(const targets::Target& kernel) {
  return value(kernel, kernel.domain.hi) < kernel.domain.hi ? Op::Min : Op::Max;
}

/// A float around the interval's middle whose value is nearest to a float.
float accurate_centre(const targets::Scheme& scheme, Interval at) {
  const auto middle = static_cast<float>(0.5 * (at.lo + at.hi));
  const double step = (at.hi - at.lo) / 64 / kCentres;
  float best = middle;
  double least = std::numeric_limits<double>::infinity();
  for (int k = 0; k < kCentres; ++k) {
    const auto x = static_cast<float>(static_cast<double>(middle) + step * (k - kCentres / 2));
    const double f = value(scheme.kernel, static_cast<double>(x));
    const double distance = std::abs(static_cast<double>(static_cast<float>(f)) - f);
    if (!(distance < least)) continue;
    least = distance;
    best = x;
  }
  return best;
}

/// The combination of the columns whose largest weighted distance from f is least, by Lawson's
/// iterated weights.
std::optional<Eigen::VectorXd> minimax(const Eigen::MatrixXd& columns, const Eigen::VectorXd& f,
                                       const Eigen::VectorXd& weight) {
  Eigen::VectorXd multiplier = Eigen::VectorXd::Ones(f.size());
  std::optional<Eigen::VectorXd> best;
  double least = std::numeric_limits<double>::infinity();
  for (int round = 0; round < kRounds; ++round) {
    const Eigen::VectorXd scale = weight.cwiseProduct(multiplier.cwiseSqrt());
    const Eigen::VectorXd c =
        (scale.asDiagonal() * columns).colPivHouseholderQr().solve(scale.cwiseProduct(f));
    const Eigen::VectorXd error = weight.cwiseProduct(columns * c - f).cwiseAbs();
    const double largest = error.maxCoeff();
    if (!std::isfinite(largest)) return std::nullopt;
    if (largest < least) {
      least = largest;
      best = c;
    }
    if (largest == 0) break;
    for (int i = 0; i < f.size(); ++i) multiplier[i] *= 0.05 + error[i] / largest;
  }
  return best;
}

/// Weighted minimax fit over Chebyshev points; the constant term may be given.
std::optional<Polynomial> fit(const targets::Scheme& scheme, const IntervalTable& table,
                              Interval at) {
  Polynomial polynomial;
  const bool zero_inside = at.lo <= 0 && at.hi >= 0;
  if (table.centred && !zero_inside) polynomial.centre = accurate_centre(scheme, at);
  bool adds_r = false;
  if (table.besides_r) {
    const double f = value(scheme.kernel, static_cast<double>(polynomial.centre));
    const bool chosen = choice_besides_r(scheme.kernel) == Op::Min ? f < at.lo : f > at.hi;
    adds_r = zero_inside || !chosen;
    if (adds_r) polynomial.centre = 0;
  }
  const double centre = static_cast<double>(polynomial.centre);
  const double at_centre = table.centred || zero_inside
                               ? value(scheme.kernel, static_cast<double>(polynomial.centre))
                               : 0;
  if (table.centred && !std::isfinite(at_centre) && !zero_inside) return std::nullopt;
  // Given where there is a centre, and where 0 goes to 0, next to which nothing else is accurate;
  // at a removable singularity the constant term is fitted as well.
  const bool fixed = table.centred ? std::isfinite(at_centre) : zero_inside && at_centre == 0;
  const double constant = fixed ? static_cast<double>(static_cast<float>(at_centre)) : 0;
  const int unknowns = table.degree + (fixed ? 0 : 1);

  Eigen::VectorXd x(kPoints), f(kPoints), weight(kPoints);
  for (int i = 0; i < kPoints; ++i) {
    const double node = std::cos(std::numbers::pi * (i + 0.5) / kPoints);
    x[i] = 0.5 * (at.lo + at.hi) + 0.5 * (at.hi - at.lo) * node;
    f[i] = value(scheme.kernel, x[i]) - (fixed ? constant : 0) - (adds_r ? x[i] : 0);
    weight[i] = std::abs(targets::reference(scheme.weight, x[i]).hi);
    if (std::isfinite(f[i]) && std::isfinite(weight[i])) continue;
    f[i] = 0;
    weight[i] = 0;
  }
  // In units of the interval's size, so that the columns are of one size.
  const double unit = std::max(std::abs(at.lo - centre), std::abs(at.hi - centre));
  Eigen::MatrixXd powers(kPoints, unknowns);
  for (int i = 0; i < kPoints; ++i) {
    const double t = (table.by_sign() ? std::abs(x[i]) : x[i] - centre) / unit;
    double power = fixed ? t : 1;
    for (int k = 0; k < unknowns; ++k, power *= t) powers(i, k) = power;
  }
  const std::optional<Eigen::VectorXd> best = minimax(powers, f, weight);
  if (!best) return std::nullopt;
  if (adds_r) {
    // Beyond every r, so that it is not chosen.
    const double beyond =
        choice_besides_r(scheme.kernel) == Op::Min ? 2 * scheme.kernel.domain.hi : 0;
    polynomial.c.push_back(static_cast<float>(beyond));
  } else if (fixed) {
    polynomial.c.push_back(static_cast<float>(constant));
  }
  double scale = fixed ? unit : 1;
  for (int k = 0; k < unknowns; ++k, scale *= unit) {
    // Subnormal coefficients would cost time and mean nothing.
    const auto c = static_cast<float>((*best)[k] / scale);
    polynomial.c.push_back(std::abs(c) < std::numeric_limits<float>::min() ? 0.0F : c);
  }
  return polynomial;
}

}  // namespace

std::size_t IntervalTable::interval_of(float r) const {
  return number_of(r, *this) % static_cast<std::uint32_t>(intervals);
}

IntervalTable random_table(const targets::Scheme& scheme, numbers::Random& random) {
  const targets::Domain& domain = scheme.kernel.domain;
  IntervalTable table;
  table.intervals = kSizes[random.below(std::size(kSizes))].intervals;
  // The fewer intervals, the higher degrees.
  table.degree = 2 + random.below(5) + (table.intervals == 8 ? random.below(4) : 0);
  table.centred = random.chance(0.6);
  table.horner = random_horner(table.degree, random);
  if (domain.lo < 0 && domain.hi > 0 && random.chance(0.5)) {
    table.shift = IntervalTable::kSignShift;
    table.intervals = 8;
    table.centred = false;
    return table;
  }
  table.besides_r = table.centred && starts_from_0(scheme.kernel) && random.chance(0.4);
  draw_cuts(scheme, random, table);
  return table;
}

IntervalTable neighbour(const IntervalTable& table, const targets::Scheme& scheme,
                        numbers::Random& random) {
  enum class Change { Sums, Degree, Centres, BesidesR, Size, Cuts };
  static constexpr Share<Change> kChanges[] = {
      {25, Change::Sums},    {10, Change::Degree}, {7, Change::Centres},
      {8, Change::BesidesR}, {10, Change::Size},   {40, Change::Cuts},
  };
  static_assert(total(kChanges) == 100);
  Change change = choose(kChanges, random.uniform());
  // Tables by sign have the intervals that they have.
  if (table.by_sign() && change != Change::Degree) change = Change::Sums;
  IntervalTable other = table;
  switch (change) {
    case Change::Degree:
      other.degree = std::clamp(other.degree + (random.chance(0.5) ? 1 : -1), 2, kMostDegree);
      [[fallthrough]];
    case Change::Sums:
      other.horner = random_horner(other.degree, random);
      break;
    case Change::Centres:
      other.centred = !other.centred;
      other.besides_r = other.besides_r && other.centred;
      break;
    case Change::BesidesR:
      other.besides_r = other.centred && starts_from_0(scheme.kernel) && !other.besides_r;
      break;
    case Change::Size:
      other.intervals = kSizes[random.below(std::size(kSizes))].intervals;
      cut_finely(scheme.kernel.domain, other);
      break;
    case Change::Cuts:
      move_cuts(scheme, random, other);
      break;
  }
  return other;
}

std::optional<ir::Program> tabulate(const targets::Scheme& scheme, const IntervalTable& table) {
  const targets::Domain& domain = scheme.kernel.domain;
  const std::uint32_t used = span(domain, table);
  const auto entries = static_cast<std::uint32_t>(table.intervals);
  if (used > entries) return std::nullopt;
  std::vector<Polynomial> polynomials;
  for (std::uint32_t k = 0; k < used; ++k) {
    const Interval at = interval(domain, table, k);
    std::optional<Polynomial> polynomial;
    if (at.hi > at.lo) {
      polynomial = fit(scheme, table, at);
    } else if (!polynomials.empty()) {
      polynomial = polynomials.back();  // a sliver beyond the domain's end
    }
    if (!polynomial) return std::nullopt;
    polynomials.push_back(std::move(*polynomial));
  }

  ir::Program kernel;
  kernel.input_types[0] = Type::F32;
  const Operand r = Operand::input();
  Operand sum = r;
  if (!table.by_sign()) {
    const Operand scale = kernel.add_constant(static_cast<double>(table.scale));
    const Operand offset = kernel.add_constant(static_cast<double>(table.offset));
    sum = kernel.add(Type::F32, Op::Fma, r, scale, offset);
  }
  Operand index = kernel.add(Type::F32, Op::Bits, sum);
  if (table.shift > 0) {
    const Operand shift = kernel.add_constant(ir::integer_constant(table.shift));
    index = kernel.add(Type::I32, Op::ShiftRightLogical, index, shift);
  }
  const std::uint32_t first = first_of(domain, table);
  const Op permute = find_size(table.intervals)->permute;
  const auto look_up = [&](auto entry) {
    std::vector<float> values(entries);
    for (std::uint32_t k = 0; k < entries; ++k) {
      // Numbers that the domain does not use continue the last interval.
      values[(first + k) % entries] = entry(polynomials[std::min(k, used - 1)]);
    }
    const Operand start = Operand::constant(kernel.constants.size());
    for (const float value : values) kernel.constants.emplace_back(static_cast<double>(value));
    return kernel.add(Type::F32, permute, index, start);
  };
  Operand t = r;
  if (table.by_sign()) {
    t = kernel.add(Type::F32, Op::Abs, r);
  } else if (table.centred) {
    t = kernel.add(Type::F32, Op::Sub, r, look_up([](const Polynomial& p) { return p.centre; }));
  }
  const auto coefficient = [&](int k) {
    return look_up([k](const Polynomial& p) { return p.c[static_cast<std::size_t>(k)]; });
  };
  std::vector<Operand> coefficients;
  for (int k = table.degree; k >= 0; --k) coefficients.push_back(coefficient(k));
  std::ranges::reverse(coefficients);
  if (table.besides_r) {
    coefficients[0] = kernel.add(Type::F32, choice_besides_r(scheme.kernel), coefficients[0], r);
  }
  kernel.result =
      append_polynomial(kernel, coefficients, t, static_cast<std::size_t>(table.horner));
  for (const numbers::DoubleDouble& constant : kernel.constants) {
    if (!std::isfinite(constant.hi)) return std::nullopt;
  }
  return kernel;
}

bool belongs_to(const IntervalTable& table, const ir::Program& kernel) {
  const bool sound = std::isfinite(table.scale) && std::isfinite(table.offset) && table.scale > 0 &&
                     find_size(table.intervals) != std::end(kSizes) && table.shift >= 0 &&
                     table.shift < 32 && table.degree >= 0 && table.degree < 16 &&
                     table.horner >= 0;
  return sound &&
         kernel.constants.size() ==
             constants_before(table) + static_cast<std::size_t>(tables_of(table) * table.intervals);
}

std::vector<std::size_t> constants_of_interval(const IntervalTable& table, std::size_t interval) {
  std::vector<std::size_t> indices;
  for (int k = 0; k < tables_of(table); ++k) {
    indices.push_back(constants_before(table) + static_cast<std::size_t>(k * table.intervals) +
                      interval);
  }
  return indices;
}

}  // namespace ulpforge::evo

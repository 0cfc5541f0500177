// The asymptotic series, their remainders, and modulus times sine or cosine of the phase.
#include "targets/scores/bessel_waves.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "targets/exact/ball.h"
#include "targets/exact/horner.h"
#include "targets/scores/pieces.h"
#include "targets/scores/turn_fraction.h"

namespace ulpforge::targets {
namespace {

/// Where a piece of that kind keeps its facts.
enum Slot : std::size_t { kTurns0, kTurns1, kTurns2, kOrder, kSecondKind };

/// From there on kTerms terms are enough.
constexpr double kFar = 64;
constexpr std::size_t kTerms = 8;
using Coefficients = std::array<double, kTerms>;

/// P and 1/P as power series. Fractions with powers of two below, exact in doubles for the first
/// few k.
struct Expansions {
  Coefficients p;
  double p_next;  ///< p(kTerms)
  Coefficients u;
};

constexpr Expansions expansions(int order) {
  const double mu = 4.0 * order * order;
  const auto next = [&](double before, std::size_t k) {
    const double odd = 2.0 * static_cast<double>(k) - 1;
    return before * (odd / (odd + 1)) * ((mu - odd * odd) / 4);
  };
  Expansions e{};
  e.p[0] = 1;
  for (std::size_t k = 1; k < kTerms; ++k) e.p[k] = next(e.p[k - 1], k);
  e.p_next = next(e.p[kTerms - 1], kTerms);
  e.u[0] = 1;
  for (std::size_t k = 1; k < kTerms; ++k) {
    for (std::size_t j = 1; j <= k; ++j) e.u[k] -= e.p[j] * e.u[k - j];
  }
  return e;
}

/// The phase's terms: theta = x - ... + q(0)/x + q(1)/x^3 + ...
constexpr std::array<double, kTerms - 1> phase(const Expansions& e) {
  std::array<double, kTerms - 1> q{};
  for (std::size_t k = 1; k < kTerms; ++k) {
    q[k - 1] = -e.u[k] / (2.0 * static_cast<double>(k) - 1);
  }
  return q;
}

/// A bound on what the phase's terms miss at x and beyond: with p and u the partial sums,
/// 1/P - u = (1 - p u - (P - p) u) / P, whose terms are integrated one by one.
double phase_remainder(const Expansions& e, double x) {
  const double z = 1 / (x * x);
  const auto integrated = [&](double coefficient, std::size_t k) {
    const double odd = 2.0 * static_cast<double>(k) - 1;
    return std::abs(coefficient) * std::pow(z, static_cast<double>(k)) * x / odd;
  };
  double sum = 0;
  for (std::size_t k = kTerms; k <= 2 * kTerms - 2; ++k) {
    double product = 0;
    for (std::size_t i = k - kTerms + 1; i < kTerms; ++i) product += e.p[i] * e.u[k - i];
    sum += integrated(product, k);
  }
  double size_of_u = 0;
  for (std::size_t k = 0; k < kTerms; ++k) {
    size_of_u += std::abs(e.u[k]) * std::pow(z, static_cast<double>(k));
  }
  sum += integrated(e.p_next, kTerms) * size_of_u;
  constexpr double kSlack = 1.01;  // 1/P <= 1 + 1/(8 x^2), and the sums' roundings
  return kSlack * sum;
}

/// Bounds, u = 2^-53:
/// - the phase's terms: 1/x, z, the sum's last step and product: 6 u of at most .38/x;
/// - M: six roundings of what the root halves, one of the root; P's remainder is below 2^-70 at x
/// >=
///   64; a sine or cosine without its low part 3 u, the product 1 u: below 8 u in all.
template <class Format, int order, bool second_kind>
void evaluate_as(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                 std::span<double> lo) {
  constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
  constexpr Expansions kExpansions = expansions(order);
  constexpr std::array kPhase = phase(kExpansions);
  const TurnConstants turns{piece.c[kTurns0], piece.c[kTurns1], piece.c[kTurns2]};
  // J = M cos(theta) = M sin(theta + a quarter turn).
  constexpr std::int64_t kShift = (second_kind ? 0 : 1) - order;
  const double sign = order == 1 && Format::is_negative(piece.first) ? -1 : 1;
  const double start = mantissa<Format>(piece.first + offset);
  const double unit = std::ldexp(1.0, unit_exponent<Format>(piece.first));
  double* const __restrict out_hi = hi.data();
  double* const __restrict out_lo = lo.data();
  const auto count = static_cast<std::int32_t>(hi.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const double m = start + i;
    const double inverse = 1 / (m * unit);
    const double z = inverse * inverse;
    const double modulus = std::sqrt(kTwoOverPi * inverse * horner(kExpansions.p, z));
    const double more = inverse * horner(kPhase, z);

    const Angle angle = turn_fraction(m, turns, 0.5);
    const double t = angle.hi + more;
    const double v = t - angle.hi;
    const double t_rest = ((angle.hi - (t - v)) + (more - v)) + angle.lo;
    const SineCosine both = sine_cosine(t, t_rest);
    const std::int64_t quadrant = angle.quadrant + kShift;
    const double wave = (quadrant & 1) != 0 ? both.cosine : both.sine;
    const double turned = (quadrant & 2) != 0 ? -sign : sign;
    out_hi[i] = turned * wave * modulus;
    out_lo[i] = 0;
  }
}

bool is_second_kind(ir::Op op) { return op == ir::Op::BesselY0 || op == ir::Op::BesselY1; }
bool is_order_one(ir::Op op) { return op == ir::Op::BesselJ1 || op == ir::Op::BesselY1; }

}  // namespace

template <class Format>
bool BesselWaves<Format>::covers(std::uint32_t first) const {
  const double x = static_cast<double>(Format::value(first));
  return x >= kFar || (x <= -kFar && !is_second_kind(op_));
}

template <class Format>
Piece BesselWaves<Format>::piece(std::uint32_t first, int log_count) const {
  Piece piece;
  piece.first = first;
  piece.log_count = static_cast<std::uint8_t>(log_count);
  piece.kind = Piece::Kind::BesselWaves;
  piece.c[kOrder] = is_order_one(op_) ? 1 : 0;
  piece.c[kSecondKind] = is_second_kind(op_) ? 1 : 0;
  Ball turns(1.0);
  arb_div(turns.get(), turns.get(), half_pi().get(), kTurnBits);
  const TurnConstants constants = turn_constants(turns, unit_exponent<Format>(first));
  piece.c[kTurns0] = constants.first;
  piece.c[kTurns1] = constants.second;
  piece.c[kTurns2] = constants.rest;

  const double x = std::abs(static_cast<double>(Format::value(first)));
  const Expansions e = is_order_one(op_) ? expansions(1) : expansions(0);
  const double modulus = std::sqrt(0.64 / x);  // P < 1.0001
  piece.error =
      modulus * (phase_remainder(e, x) + 6 * 0x1p-53 * 0.38 / x + 0x1p-82) * (1 + 0x1p-20);
  return piece;
}

template <class Format>
std::optional<BesselWaves<Format>> BesselWaves<Format>::find(const ir::Program& program) {
  if (!program.result.is_value()) return {};
  const ir::Instruction& last = program.code[program.result.index];
  switch (last.op) {
    case ir::Op::BesselJ0:
    case ir::Op::BesselJ1:
    case ir::Op::BesselY0:
    case ir::Op::BesselY1:
      break;
    default:
      return {};
  }
  if (!last.operands[0].is_input()) return {};
  return BesselWaves(last.op);
}

template <class Format>
void BesselWaves<Format>::evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                                   std::span<double> lo) {
  const bool second_kind = piece.c[kSecondKind] != 0;
  if (piece.c[kOrder] == 0) {
    return second_kind ? evaluate_as<Format, 0, true>(piece, offset, hi, lo)
                       : evaluate_as<Format, 0, false>(piece, offset, hi, lo);
  }
  return second_kind ? evaluate_as<Format, 1, true>(piece, offset, hi, lo)
                     : evaluate_as<Format, 1, false>(piece, offset, hi, lo);
}

template class BesselWaves<numbers::Binary32>;
template class BesselWaves<numbers::Binary16>;
template class BesselWaves<numbers::Bfloat16>;

}  // namespace ulpforge::targets

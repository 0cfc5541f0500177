// A binary tree of Taylor polynomials over each piece, and Ziv's rounding test on their values.
#include "targets/exact/exact_values.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <utility>

#include "targets/exact/reference.h"
#include "targets/exact/series.h"

namespace ulpforge::targets {

/// The function next to a point.
struct TaylorExpansion {
  double centre = 0;
  Series series;
  Ball remainder;  ///< coefficient of the first power that is left out
};

namespace {

constexpr int kPieces = 64;
constexpr std::size_t kTerms = 48;
constexpr long kBits = 384;
/// Lagrange's remainder is enclosed with less.
constexpr long kRemainderBits = 96;
/// How often a piece is asked for before its polynomial is made: that takes as long as many values.
constexpr int kOften = 24;
/// Halvings of a piece whose remainder is too large, next to a singularity for instance.
constexpr int kDeepest = 6;
/// The remainder, against the function, that values of 256 bits leave room for.
constexpr long kGoal = 290;

/// Nothing where there is no bound, or one that decides too little.
std::optional<TaylorExpansion> expand(const ir::Program& program, double lo, double hi) {
  TaylorExpansion out;
  out.centre = lo + (hi - lo) / 2;
  const Ball around = Ball::interval_of(Ball(lo), Ball(hi));
  const Expansion wide = taylor(program, around, kTerms + 1, kRemainderBits);
  if (wide.undefined || wide.clipped) return std::nullopt;
  out.remainder = wide.series[kTerms];
  if (!out.remainder.is_finite()) return std::nullopt;
  Expansion point = taylor(program, Ball(out.centre), kTerms, kBits);
  if (point.undefined || point.clipped) return std::nullopt;
  for (std::size_t k = 0; k < point.series.size(); ++k) {
    if (!point.series[k].is_finite()) return std::nullopt;
  }
  // |remainder| radius^kTerms <= 2^-kGoal |f|, f being about the largest term.
  Ball left_out;
  Ball radius(std::max(hi - out.centre, out.centre - lo));
  arb_pow_ui(left_out.get(), radius.get(), kTerms, kRemainderBits);
  arb_mul(left_out.get(), left_out.get(), out.remainder.get(), kRemainderBits);
  arb_abs(left_out.get(), left_out.get());
  arb_mul_2exp_si(left_out.get(), left_out.get(), kGoal);
  Ball size;
  Ball slope;
  arb_abs(size.get(), point.series[0].get());
  arb_mul(slope.get(), point.series[1].get(), radius.get(), kRemainderBits);
  arb_abs(slope.get(), slope.get());
  arb_add(size.get(), size.get(), slope.get(), kRemainderBits);
  if (!arb_le(left_out.get(), size.get())) return std::nullopt;
  out.series = std::move(point.series);
  return out;
}

Ball value_of(const TaylorExpansion& polynomial, const Ball& x) {
  Ball offset;
  arb_sub(offset.get(), x.get(), Ball(polynomial.centre).get(), ARF_PREC_EXACT);
  Ball value;
  arb_poly_evaluate(value.get(), polynomial.series.get(), offset.get(), kBits);
  Ball rest;
  arb_pow_ui(rest.get(), offset.get(), kTerms, kRemainderBits);
  arb_mul(rest.get(), rest.get(), polynomial.remainder.get(), kRemainderBits);
  arb_add(value.get(), value.get(), rest.get(), kBits);
  return value;
}

}  // namespace

/// A piece, and its halves where it has no polynomial of its own.
struct ExactValues::Piece {
  std::atomic<int> asked{0};
  std::once_flag made;
  std::optional<TaylorExpansion> polynomial;
  std::unique_ptr<std::array<Piece, 2>> halves;
};

ExactValues::ExactValues(ir::Program program, double lo, double hi)
    : program_(std::move(program)), lo_(lo), hi_(hi), pieces_(new Piece[kPieces]) {}

ExactValues::~ExactValues() = default;

numbers::Mpfr ExactValues::operator()(const numbers::Mpfr& x, unsigned bits) const {
  const double at = mpfr_get_d(numbers::raw(x), MPFR_RNDN);
  if (!(at >= lo_ && at <= hi_)) return reference(program_, x, bits);
  const double width = (hi_ - lo_) / kPieces;
  const int index = std::clamp(static_cast<int>((at - lo_) / width), 0, kPieces - 1);
  double lo = lo_ + index * width;
  double hi = lo + width;
  Piece* piece = &pieces_[index];
  for (int depth = 0; piece != nullptr; ++depth) {
    if (piece->asked.fetch_add(1, std::memory_order_relaxed) < kOften) break;
    std::call_once(piece->made, [&] {
      piece->polynomial = expand(program_, lo, hi);
      if (!piece->polynomial && depth < kDeepest) {
        piece->halves = std::make_unique<std::array<Piece, 2>>();
      }
    });
    if (piece->polynomial) {
      free_caches_at_thread_end();
      const Ball value = value_of(*piece->polynomial, Ball(x));
      if (auto rounded = round_to_nearest(value, bits)) return *std::move(rounded);
      break;
    }
    const double middle = lo + (hi - lo) / 2;
    const bool upper = at > middle;
    (upper ? lo : hi) = middle;
    piece = piece->halves ? &(*piece->halves)[upper ? 1 : 0] : nullptr;
  }
  return reference(program_, x, bits);
}

}  // namespace ulpforge::targets

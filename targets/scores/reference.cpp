// Looking up pieces and evaluating them.
#include "targets/scores/reference.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <thread>

#include "parallel/threads.h"
#include "targets/exact/series.h"
#include "targets/exact/ulp.h"
#include "targets/scores/bessel_waves.h"
#include "targets/scores/combination.h"
#include "targets/scores/gamma_reflection.h"
#include "targets/scores/quarter_turns.h"
#include "targets/scores/steps_of_format.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <class Format>
std::vector<Piece> all_pieces(const ir::Program& program, std::span<const PatternRange> ranges,
                              const Preparation& how) {
  // Binades, so that threads can share the work; infinities and NaN have no pieces.
  std::vector<PatternRange> parts = binades<Format>(ranges);
  std::erase_if(parts, [](PatternRange part) { return !Format::is_finite(part.first); });
  std::vector<std::vector<Piece>> made(parts.size());
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex mutex;
  if (how.progress) how.progress(0);
  const auto work = [&] {
    for (std::size_t i = next++; i < parts.size() && !how.stop.stop_requested(); i = next++) {
      made[i] = make_pieces<Format>(program, parts[i], how.stop);
      const std::lock_guard lock(mutex);
      ++done;
      if (how.progress) {
        how.progress(static_cast<double>(done) / static_cast<double>(parts.size()));
      }
    }
  };
  parallel::on_threads(how.threads > 0 ? how.threads : std::thread::hardware_concurrency(), work);
  std::vector<Piece> pieces;
  for (const std::vector<Piece>& part : made) pieces.insert(pieces.end(), part.begin(), part.end());
  return pieces;
}

}  // namespace

template <class Format>
Reference<Format>::Reference(ir::Program program, std::vector<PatternRange> ranges)
    : Reference(std::move(program), std::move(ranges), Preparation{}) {}

template <class Format>
std::optional<Reference<Format>> Reference<Format>::prepare(ir::Program program,
                                                            std::vector<PatternRange> ranges,
                                                            const Preparation& how) {
  Reference reference(std::move(program), std::move(ranges), how);
  if (how.stop.stop_requested()) return {};
  return reference;
}

template <class Format>
Reference<Format>::Reference(ir::Program program, std::vector<PatternRange> ranges,
                             const Preparation& how)
    : program_(std::move(program)), ranges_(std::move(ranges)) {
  auto pieces =
      std::make_shared<const std::vector<Piece>>(all_pieces<Format>(program_, ranges_, how));
  pieces_ = *pieces;
  owner_ = std::move(pieces);
  prepare_combination(how);
}

template <class Format>
void Reference<Format>::prepare_combination(const Preparation& how) {
  std::vector<PatternRange> far;
  for (const Piece& piece : pieces_) {
    if (piece.kind != Piece::Kind::Combination) continue;
    if (!far.empty() && far.back().last + 1 == piece.first &&
        Format::is_negative(far.back().last) == Format::is_negative(piece.first)) {
      far.back().last = piece.last();
    } else {
      far.push_back({piece.first, piece.last()});
    }
  }
  if (far.empty()) return;
  const std::optional<Combination<Format>> combination = Combination<Format>::find(program_);
  combined_ = std::make_shared<const CombinedValues<Format>>(*combination, far, how);
}

template <class Format>
Reference<Format>::Reference(ir::Program program, std::vector<PatternRange> ranges,
                             std::span<const Piece> pieces, std::shared_ptr<const void> owner)
    : program_(std::move(program)),
      ranges_(std::move(ranges)),
      pieces_(pieces),
      owner_(std::move(owner)) {
  prepare_combination({});
}

template <class Format>
const Piece& Reference<Format>::piece_of(std::uint32_t bits) const {
  const auto after = std::ranges::upper_bound(pieces_, bits, {}, &Piece::first);
  return *std::prev(after);
}

template <class Format>
Run Reference<Format>::fill(std::uint32_t first, std::span<double> hi, std::span<double> lo) const {
  const Piece& piece = piece_of(first);
  const std::uint32_t offset = first - piece.first;
  Run run;
  run.count = std::min<std::size_t>(hi.size(), piece.last() - first + 1);
  run.error = piece.error;
  run.zero_sign = piece.zero_sign;
  hi = hi.first(run.count);
  lo = lo.first(run.count);
  switch (piece.kind) {
    case Piece::Kind::Polynomial:
      if (!std::isfinite(piece.c0.hi)) {
        run.error = 0;
        std::ranges::fill(hi, piece.c0.hi);
        std::ranges::fill(lo, 0.0);
      } else {
        evaluate(piece, offset, hi, lo);
      }
      break;
    case Piece::Kind::QuarterTurns:
      run.relative = kTurnsRelative;
      run.exact_turns = has_exact_turns(piece);
      QuarterTurns<Format>::evaluate(piece, offset, hi, lo);
      break;
    case Piece::Kind::BesselWaves:
      run.relative = kWavesRelative;
      BesselWaves<Format>::evaluate(piece, offset, hi, lo);
      break;
    case Piece::Kind::LogGamma:
      GammaReflection<Format>::evaluate_logarithm(piece, offset, hi, lo);
      break;
    case Piece::Kind::GammaTail:
      GammaReflection<Format>::evaluate_tail(piece, offset, hi, lo);
      break;
    case Piece::Kind::Steps:
      StepsOfFormat<Format>::evaluate(piece, offset, hi, lo);
      break;
    case Piece::Kind::Combination:
      return combined_->fill(first, hi, lo);
    case Piece::Kind::Unknown:
      run.error = kInfinity;
      std::ranges::fill(hi, std::numeric_limits<double>::quiet_NaN());
      std::ranges::fill(lo, std::numeric_limits<double>::quiet_NaN());
      break;
  }
  return run;
}

template <class Format>
bool Reference<Format>::is_steady(std::uint32_t first, std::uint32_t last) const {
  const numbers::Mpfr start = exact(Format::value(first)).value;
  const numbers::Mpfr end = exact(Format::value(last)).value;
  for (const Rounding rounding : {Rounding::Down, Rounding::Nearest, Rounding::Up}) {
    const double a = round_to(results_.row, start, rounding);
    const double b = round_to(results_.row, end, rounding);
    if (!std::isfinite(a) || !std::isfinite(b) || a == 0 || b == 0) return false;
    if (std::ilogb(a) != std::ilogb(b)) return false;
  }
  constexpr long kBits = 256;
  const Ball between = Ball::interval_of(Ball(static_cast<double>(Format::value(first))),
                                         Ball(static_cast<double>(Format::value(last))));
  const Expansion expansion = taylor(program_, between, 2, kBits);
  if (expansion.undefined || expansion.clipped) return false;
  const Ball slope = expansion.series[1];
  return slope.is_finite() && !slope.contains_zero();
}

template <class Format>
ExactValue Reference<Format>::exact(Value x) const {
  ExactValue exact = exact_value(program_, static_cast<double>(x));
  const std::uint32_t bits = Format::bits(x);
  const auto within = [&](const PatternRange& r) { return r.first <= bits && bits <= r.last; };
  if (!std::isfinite(x) || x == 0 || std::ranges::none_of(ranges_, within)) return exact;
  const Piece& piece = piece_of(bits);
  const double limit = piece.c0.hi;
  const bool beside = piece.kind == Piece::Kind::Polynomial && piece.error < kBeside &&
                      piece.error >= kBeside / 2 && std::abs(piece.c0.lo) == kBeside;
  if (!beside || mpfr_cmp_d(numbers::raw(exact.value), limit) != 0) return exact;
  if (piece.c0.lo > 0) {
    mpfr_nextabove(numbers::raw(exact.value));
  } else {
    mpfr_nextbelow(numbers::raw(exact.value));
  }
  return exact;
}

template <class Format>
void Reference<Format>::values(std::span<const Value> x, std::span<double> hi, std::span<double> lo,
                               std::span<double> error) const {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::uint32_t bits = Format::bits(x[i]);
    Run run;
    if (x[i] != 0 && std::isfinite(x[i])) {
      run = fill(bits, hi.subspan(i, 1), lo.subspan(i, 1));
      error[i] = run.error + run.relative * std::abs(hi[i]);
      if (std::isfinite(hi[i]) && std::isfinite(error[i])) continue;
    }
    const numbers::DoubleDouble value = numbers::to_double_double(exact(x[i]).value);
    hi[i] = value.hi;
    lo[i] = value.lo;
    error[i] = 0x1p-104 * std::abs(hi[i]) + std::numeric_limits<double>::min();
  }
}

template class Reference<numbers::Binary32>;
template class Reference<numbers::Binary16>;
template class Reference<numbers::Bfloat16>;

}  // namespace ulpforge::targets

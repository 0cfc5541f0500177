// Sampling, variation and judgement.
#include "validate/examiner.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "targets/exact/exact_value.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"
#include "validate/result_line.h"
#include "validate/slice.h"

namespace ulpforge::validate {
namespace {

constexpr std::size_t kBlocks = 4;  ///< pieces that one sample of a region visits
/// Where there is no polynomial each input is decided exactly, which takes so many times as long:
/// fewer are drawn.
constexpr std::size_t kUnknownShare = 32;
constexpr std::uint64_t kMostExact = 64;  ///< special-value errors in a task that are looked into
constexpr std::size_t kKept = 4;          ///< examples of special-value errors in a task
constexpr std::uint64_t kRun = 1 << 15;   ///< consecutive inputs looked through for near ties
constexpr std::uint64_t kClimbWindow = std::uint64_t{1} << kLogClimb;
constexpr std::size_t kClimbBatch = kHuntBatch;  // so that error_ is of all inputs_
constexpr std::size_t kClimbFirst = 8192;
constexpr int kClimbSteps = 40;
constexpr int kLeastStep = 22;       ///< log2 of the least distance between two climbs
constexpr std::size_t kSummit = 48;  ///< inputs that a climb goes on from
/// In ULP: smaller differences between screen and exact error are no failure of the audit. Where a
/// value is that near to a number (exp(2^-400) to 1), neither side has digits left to compare.
constexpr double kExactEnds = 0x1p-256;
/// Pieces that are kept for a line through a plane, which is used once.
constexpr std::size_t kNotKept = 0;

}  // namespace

Verdict judge(const ir::Program& target, const Point& point, double result,
              const HuntOptions& options) {
  const targets::ExactValue exact =
      targets::exact_value(target, std::span(point).first(target.inputs));
  Verdict verdict;
  verdict.error =
      targets::ulp_error(options.format, result, exact.value, options.ulp_of, options.rounding);
  verdict.right = targets::round_to(options.format, exact.value, options.rounding);
  verdict.special = std::isnan(verdict.error);
  const bool negative = mpfr_signbit(numbers::raw(exact.value)) != 0;
  verdict.wrong_zero = result == 0 && exact.zero_sign_known &&
                       !mpfr_nan_p(numbers::raw(exact.value)) && std::signbit(result) != negative;
  return verdict;
}

Examiner::Examiner(const ir::Program& target, const Pieces& pieces, const HuntOptions& options,
                   HuntRoutine routine)
    : target_(&target),
      pieces_(&pieces),
      options_(&options),
      routine_(std::move(routine)),
      patterns_(options.format) {}

bool Examiner::is_finite(const Point& point) const {
  return std::isfinite(point[0]) && (target_->inputs == 1 || std::isfinite(point[1]));
}

void Examiner::set_line(Line& line, std::size_t axis, double fixed) const {
  line.axis = axis;
  line.fixed = fixed;
  if (target_->inputs == 1) {
    line.pieces = pieces_;
    return;
  }
  line.own.emplace(slice(*target_, axis, fixed), options_->format, kNotKept);
  line.pieces = &*line.own;
}

std::shared_ptr<const Piece> Examiner::piece_of(const Line& line, std::uint64_t pattern) const {
  return target_->inputs == 1 ? line.pieces->find(pattern)
                              : line.pieces->find(pattern, patterns_.mantissa_bits() - 8);
}

std::shared_ptr<const Piece> Examiner::draw(const Box& box, Random& random, Line& line,
                                            std::uint64_t& pattern) const {
  const auto anywhere = [&](std::size_t axis) {
    for (;;) {
      const std::uint64_t p =
          box.first[axis] + random.below(std::uint64_t{1} << box.log_count[axis]);
      if ((p & ~patterns_.sign()) < patterns_.infinity()) return p;
    }
  };
  const std::size_t axis = target_->inputs == 1 ? 0 : random.below(2);
  const double fixed = target_->inputs == 1 ? 0 : patterns_.value(anywhere(1 - axis));
  set_line(line, axis, fixed);
  pattern = anywhere(axis);
  return target_->inputs == 1 ? line.pieces->find(pattern)
                              : line.pieces->find(pattern, box.log_count[axis]);
}

void Examiner::sample(const Box& box, std::size_t count, Random& random) {
  const std::size_t blocks = target_->inputs == 1 ? kBlocks : 2;
  for (std::size_t block = 0; block < blocks; ++block) {
    Line line;
    std::uint64_t pattern = 0;
    const auto piece = draw(box, random, line, pattern);
    const std::uint64_t first = std::max(piece->first, box.first[line.axis]);
    const std::uint64_t last =
        std::min(piece->first + (std::uint64_t{1} << piece->log_count),
                 box.first[line.axis] + (std::uint64_t{1} << box.log_count[line.axis])) -
        1;
    spread(line, *piece, first, last, count / blocks, random);
  }
}

void Examiner::spread(const Line& line, const Piece& piece, std::uint64_t first, std::uint64_t last,
                      std::size_t count, Random& random) {
  if (piece.kind == Piece::Kind::Unknown) count = std::max<std::size_t>(count / kUnknownShare, 4);
  const std::uint64_t patterns = last - first + 1;
  inputs_.clear();
  if (patterns <= count) {
    for (std::uint64_t p = first; p <= last; ++p) inputs_.push_back(p);
  } else {
    const std::uint64_t stratum = patterns / count;
    for (std::size_t i = 0; i < count; ++i) {
      inputs_.push_back(first + i * stratum + random.below(stratum));
    }
  }
  examine(line, piece);
}

void Examiner::near_ties(const Box& box, double record, Random& random) {
  Line line;
  std::uint64_t pattern = 0;
  const auto piece = draw(box, random, line, pattern);
  if (piece->kind != Piece::Kind::Polynomial) {
    return spread(line, *piece, piece->first,
                  piece->first + ((std::uint64_t{1} << piece->log_count) - 1), kRun / 64, random);
  }
  const std::uint64_t end = piece->first + (std::uint64_t{1} << piece->log_count);
  const std::uint64_t count = std::min(kRun, end - pattern);
  // f in ULP at the i-th number from `pattern`, without its integer part, is a + i (b + i c).
  const targets::TaylorPolynomial& f = piece->polynomial;
  const double step = std::ldexp(1.0, 1 - piece->log_count);
  const double s = (patterns_.value(pattern) - piece->centre) * piece->to_s * piece->to_s2;
  double slope = 0;
  double bend = 0;
  for (int k = targets::TaylorPolynomial::kTail - 1; k >= 0; --k) {
    const double c = f.c[static_cast<std::size_t>(k)];
    slope = std::fma(slope, s, (k + 2) * c);
    bend = std::fma(bend, s, 0.5 * (k + 2) * (k + 1) * c);
  }
  slope = std::fma(slope, s, f.c1.hi);
  const numbers::DoubleDouble value = targets::value_at(f.c0, f.c1, f.c, s);
  int exponent = 0;
  std::frexp(value.hi, &exponent);
  const numbers::Format& format = options_->format;
  const double inverse =
      std::ldexp(1.0, format.precision - std::max(exponent, format.emin + piece->scale));
  const double position = value.hi * inverse;
  const double a = position - std::rint(position) + value.lo * inverse;
  const double b = slope * step * inverse;
  const double c = bend * step * step * inverse;
  const double nearest = record - 0.5;
  const double farthest = 1.25 * nearest + 0.003;
  inputs_.clear();
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto n = static_cast<double>(static_cast<std::int64_t>(i));
    const double t = std::fma(n, std::fma(n, c, b), a);
    const double distance = 0.5 - std::abs(t - std::rint(t));
    if (distance >= nearest && distance <= farthest) inputs_.push_back(pattern + i);
  }
  const std::uint64_t tried = inputs_.size();
  examine(line, *piece);
  findings_.considered += count - std::min(count, tried);
}

void Examiner::vary(const Point& parent, Random& random) {
  if (!is_finite(parent)) return;
  const std::size_t axis = target_->inputs == 1 ? 0 : random.below(2);
  double fixed = parent[1 - axis];
  const auto low_bits = [&](std::uint64_t pattern) {
    const auto bits = static_cast<int>(random.below(patterns_.mantissa_bits() - 4) + 1);
    return pattern ^ random.below(std::uint64_t{1} << bits);
  };
  if (target_->inputs == 2 && random.below(2) == 0) {
    fixed = patterns_.value(low_bits(patterns_.pattern(fixed)));
  }
  Line line;
  set_line(line, axis, fixed);
  const std::uint64_t centre = patterns_.pattern(parent[axis]);
  const auto piece = piece_of(line, centre);
  const std::uint64_t end = piece->first + (std::uint64_t{1} << piece->log_count);
  // Neighbours.
  constexpr std::uint64_t kNear = 256;
  const std::uint64_t near_first = std::max(piece->first, centre - std::min(centre, kNear));
  spread(line, *piece, near_first, std::min(end - 1, centre + kNear), 2 * kNear + 1, random);
  // Low bits.
  for (int width = 0; width < 2; ++width) {
    const std::uint64_t reach = std::uint64_t{1} << (10 + random.below(static_cast<std::uint64_t>(
                                                              patterns_.mantissa_bits() - 14)));
    const std::uint64_t first = std::max(piece->first, centre - std::min(centre, reach));
    spread(line, *piece, first, std::min(end - 1, centre + reach), 1024, random);
  }
  if (target_->inputs == 2) return;
  // The same mantissa in other binades and with the other sign.
  constexpr int kBinades = 16;
  const std::uint64_t mantissa = centre & ((std::uint64_t{1} << patterns_.mantissa_bits()) - 1);
  for (int k = 0; k < kBinades; ++k) {
    const auto own =
        static_cast<std::int64_t>((centre & ~patterns_.sign()) >> patterns_.mantissa_bits());
    const std::int64_t shift =
        k < kBinades / 2 ? k - kBinades / 4
                         : static_cast<std::int64_t>(
                               random.below(static_cast<std::uint64_t>(patterns_.exponents()))) -
                               own;
    const std::int64_t exponent = own + shift;
    if (exponent < 0 || exponent >= patterns_.exponents()) continue;
    const std::uint64_t sign = random.below(2) == 0 ? patterns_.sign() : 0;
    const std::uint64_t pattern =
        sign | static_cast<std::uint64_t>(exponent) << patterns_.mantissa_bits() | mantissa;
    const auto other = piece_of(line, pattern);
    const std::uint64_t other_end = other->first + (std::uint64_t{1} << other->log_count);
    spread(line, *other, std::max(other->first, pattern - std::min<std::uint64_t>(pattern, 32)),
           std::min(other_end - 1, pattern + 32), 65, random);
  }
}

void Examiner::climb(const Box& box, Random& random) {
  Line line;
  std::uint64_t pattern = 0;
  const auto piece = draw(box, random, line, pattern);
  climb_from(line, *piece, pattern, random);
}

void Examiner::climb(const Point& parent, Random& random) {
  if (!is_finite(parent)) return;
  const std::size_t axis = target_->inputs == 1 ? 0 : random.below(2);
  Line line;
  set_line(line, axis, parent[1 - axis]);
  // At any distance within the binade, all sizes alike.
  const std::uint64_t pattern = patterns_.pattern(parent[axis]);
  const auto bits =
      static_cast<int>(random.below(patterns_.mantissa_bits() - kLeastStep)) + kLeastStep;
  const std::uint64_t start = pattern ^ random.below(std::uint64_t{1} << bits);
  climb_from(line, *piece_of(line, start), start, random);
}

/// The error of a routine is a smooth function plus those of its roundings, and these depend on x
/// by the distances of a few smooth functions from numbers of the format. Over a window so narrow
/// that these functions are nearly linear the error is therefore nearly periodic in several ways at
/// once, and the difference of two bad inputs is nearly a period: adding it to a third leads to an
/// input that is about as bad, and now and then worse. (Differences of the population as steps are
/// those of differential evolution, Storn and Price 1997.)
void Examiner::climb_from(const Line& line, const Piece& piece, std::uint64_t start,
                          Random& random) {
  const std::uint64_t end = piece.first + (std::uint64_t{1} << piece.log_count);
  const std::uint64_t first = std::max(piece.first, start - std::min(start, kClimbWindow / 2));
  const std::uint64_t last = std::min(end - 1, start + kClimbWindow / 2);
  if (piece.kind != Piece::Kind::Polynomial || last - first < kClimbFirst) {
    return spread(line, piece, first, last, kClimbFirst, random);
  }
  summit_.clear();
  // Takes in what was examined; false where it changes nothing.
  const auto climbed = [&] {
    const double least = summit_.size() < kSummit ? -1 : summit_.back().first;
    const std::size_t before = summit_.size();
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const double size = std::abs(error_[i]);
      if (size > least) summit_.emplace_back(size, inputs_[i]);
    }
    if (summit_.size() == before) return false;
    std::ranges::sort(summit_, std::greater());
    summit_.erase(std::unique(summit_.begin(), summit_.end()), summit_.end());
    if (summit_.size() > kSummit) summit_.resize(kSummit);
    return true;
  };
  for (std::size_t i = 0; i < kClimbFirst; i += kClimbBatch) {
    spread(line, piece, first, last, kClimbBatch, random);
    climbed();
  }
  inputs_.assign(1, start);
  examine(line, piece);
  climbed();
  if (summit_.empty()) return;  // special-value errors throughout
  for (int step = 0; step < kClimbSteps; ++step) {
    inputs_.clear();
    const auto any = [&] { return summit_[random.below(summit_.size())].second; };
    for (std::size_t i = 0; i < kClimbBatch; ++i) {
      const std::uint64_t input = any() + (any() - any());
      if (first <= input && input <= last) inputs_.push_back(input);
    }
    examine(line, piece);
    if (!climbed()) return;
  }
}

double Examiner::any_number(Random& random) const {
  const std::uint64_t sign = random.below(2) == 0 ? patterns_.sign() : 0;
  const auto mantissa_bits = static_cast<std::uint64_t>(patterns_.mantissa_bits());
  const std::uint64_t mantissa = random.below(std::uint64_t{1} << mantissa_bits);
  const auto exponents = static_cast<std::uint64_t>(patterns_.exponents());
  switch (random.below(3)) {
    case 0: {
      // By its distance from 1, all sizes of it alike.
      const std::uint64_t one = patterns_.pattern(1);
      const std::uint64_t distance = random.below(std::uint64_t{2} << random.below(mantissa_bits));
      return patterns_.value(random.below(2) == 0 ? one + distance : one - distance);
    }
    case 1: {
      const std::uint64_t exponent = exponents / 2 - 8 + random.below(16);
      return patterns_.value(sign | exponent << mantissa_bits | mantissa);
    }
    default:
      return patterns_.value(sign | random.below(exponents) << mantissa_bits | mantissa);
  }
}

void Examiner::spread_over_results(std::size_t count, Random& random) {
  const std::size_t axis = random.below(2);
  const double fixed = any_number(random);
  const ResultLine line(slice(*target_, axis, fixed), options_->format);
  if (line.empty()) return;
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = patterns_.value(line.draw(random));
    points.push_back(axis == 0 ? Point{x, fixed} : Point{fixed, x});
  }
  look_at(points);
}

void Examiner::powers_of_two_apart(std::size_t count, Random& random) {
  constexpr int kOrdinary = 32;
  const int widest = options_->format.emax - options_->format.emin;
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = any_number(random);
    const int reach = random.below(2) == 0 ? kOrdinary : widest;
    const int exponent = static_cast<int>(random.below(2 * reach + 1)) - reach;
    const double near = std::ldexp(random.below(4) == 0 ? 1 / x : x, exponent);
    if (!std::isfinite(near)) continue;
    std::uint64_t pattern = patterns_.pattern(near);
    if (random.below(2) == 0) pattern ^= patterns_.sign();
    // One in two is the power itself, the others lie at any distance from it.
    if (random.below(2) == 0) {
      const auto bits = random.below(static_cast<std::uint64_t>(patterns_.mantissa_bits()));
      const std::uint64_t distance = random.below(std::uint64_t{2} << bits);
      pattern = random.below(2) == 0 ? pattern + distance : pattern - distance;
    }
    const double y = patterns_.value(pattern);
    if (!std::isfinite(y)) continue;
    points.push_back(random.below(2) == 0 ? Point{x, y} : Point{y, x});
  }
  look_at(points);
}

void Examiner::run(std::span<const Point> points) {
  x_.clear();
  y_.clear();
  for (const Point& point : points) {
    x_.push_back(point[0]);
    if (target_->inputs == 2) y_.push_back(point[1]);
  }
  z_.resize(x_.size());
  for (std::size_t i = 0; i < x_.size(); i += kHuntBatch) {
    const std::size_t count = std::min(kHuntBatch, x_.size() - i);
    routine_(std::span(x_).subspan(i, count),
             y_.empty() ? std::span<const double>() : std::span(y_).subspan(i, count),
             std::span(z_).subspan(i, count));
  }
  findings_.evaluations += points.size();
  findings_.considered += points.size();
}

void Examiner::list(std::span<const Point> points) {
  run(points);
  for (std::size_t i = 0; i < points.size(); ++i) examine_exactly(points[i], z_[i]);
}

void Examiner::look_at(std::span<const Point> points) {
  constexpr unsigned kBits = 96;
  run(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    arguments_.clear();
    bool zero = z_[i] == 0;
    for (const double x : std::span(points[i]).first(target_->inputs)) {
      zero = zero || x == 0;
      arguments_.push_back(targets::real(x, 53));
    }
    // Zeros have signs to be judged.
    if (!zero) {
      const numbers::Mpfr f = targets::reference(*target_, arguments_, kBits);
      const double error = std::abs(
          targets::ulp_error(options_->format, z_[i], f, options_->ulp_of, options_->rounding));
      if (mpfr_regular_p(numbers::raw(f)) && error + 0x1p-30 <= findings_.worst.threshold())
        continue;
    }
    examine_exactly(points[i], z_[i]);
  }
}

void Examiner::examine(const Line& line, const Piece& piece) {
  const std::uint64_t specials_before = findings_.special_error_count;
  for (std::size_t start = 0; start < inputs_.size(); start += kHuntBatch) {
    const std::size_t count = std::min(kHuntBatch, inputs_.size() - start);
    x_.resize(count);
    z_.resize(count);
    error_.resize(count);
    for (std::size_t i = 0; i < count; ++i) x_[i] = patterns_.value(inputs_[start + i]);
    if (target_->inputs == 1) {
      routine_(x_, {}, z_);
    } else {
      y_.assign(count, line.fixed);
      line.axis == 0 ? routine_(x_, y_, z_) : routine_(y_, x_, z_);
    }
    line.pieces->errors(piece, x_, z_, error_);
    findings_.evaluations += count;
    findings_.considered += count;
    for (std::size_t i = 0; i < count; ++i) {
      const double size = std::abs(error_[i]);
      if (size <= findings_.worst.threshold()) continue;
      Point point{x_[i], 0};
      if (target_->inputs == 2) {
        point = line.axis == 0 ? Point{x_[i], line.fixed} : Point{line.fixed, x_[i]};
      }
      if (std::isnan(size)) {
        if (findings_.special_error_count - specials_before < kMostExact) {
          examine_exactly(point, z_[i]);
        }
      } else {
        findings_.worst.add({size, piece.doubt + 0x1p-48 * size, point, z_[i]});
      }
    }
  }
}

void Examiner::examine_exactly(const Point& point, double result) {
  ++findings_.exact_calls;
  const Verdict verdict = judge(*target_, point, result, *options_);
  const auto note = [&](std::vector<HuntSpecial>& examples, std::uint64_t& count) {
    ++count;
    if (examples.size() < kKept) examples.push_back({point, result, verdict.right});
  };
  if (verdict.wrong_zero) note(findings_.wrong_zeros, findings_.wrong_zero_count);
  if (verdict.special) {
    note(findings_.special_errors, findings_.special_error_count);
  } else {
    findings_.worst.add(
        {std::abs(verdict.error), 0x1p-48 * std::abs(verdict.error), point, result});
  }
}

std::uint64_t Examiner::audit(std::uint64_t count, Random& random) {
  std::uint64_t failures = 0;
  const Box everything{{0, 0}, {patterns_.mantissa_bits(), patterns_.mantissa_bits()}};
  for (std::uint64_t i = 0; i < count; ++i) {
    Box box = everything;
    for (std::uint64_t& first : box.first) {
      first = random.below(static_cast<std::uint64_t>(patterns_.exponents()))
              << patterns_.mantissa_bits();
      if (random.below(2) == 0) first |= patterns_.sign();
    }
    Line line;
    std::uint64_t pattern = 0;
    const auto piece = draw(box, random, line, pattern);
    const double x = patterns_.value(pattern);
    const Point point = line.axis == 0 ? Point{x, line.fixed} : Point{line.fixed, x};
    double result = 0;
    const std::span<const double> second(&point[1], target_->inputs == 2 ? 1 : 0);
    routine_(std::span(&point[0], 1), second, std::span(&result, 1));
    double error = 0;
    line.pieces->errors(*piece, std::span(&x, 1), std::span(&result, 1), std::span(&error, 1));
    if (std::isnan(error)) continue;  // decided exactly anyway
    HuntOptions plain = *options_;
    plain.ulp_of = targets::UlpOf::Exact;
    const double exact = judge(*target_, point, result, plain).error;
    // At the edge of a binade the screen takes the smaller ULP.
    const double allowed = piece->doubt + 0x1p-48 * std::abs(error) + kExactEnds;
    const bool within =
        std::abs(error - exact) <= allowed || std::abs(error / 2 - exact) <= allowed;
    if (!within) ++failures;
  }
  return failures;
}

Findings Examiner::take() {
  Findings result = std::move(findings_);
  findings_ = {};
  return result;
}

}  // namespace ulpforge::validate

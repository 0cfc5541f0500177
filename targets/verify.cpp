// Sampling, pole hunting and peak refinement.
//
// Terms: a *watched* value is an operand whose zeros may break the program, the denominator of a
// division, or the argument of fabs or of a square root. A *critical* point is a zero of a watched
// value. The *depth* of a point says how close it lies to something special, in bits: log2 of the
// ratio of the usual spacing to that distance. Points get 2 bits of working precision for every bit
// of depth.
#include "targets/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <numbers>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "ir/evaluate.h"
#include "parallel/parallel.h"
#include "targets/double_run.h"
#include "targets/exact/real.h"
#include "targets/exact/ulp.h"
#include "targets/infinite_domain.h"

namespace ulpforge::targets {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr unsigned kBits = 256;
constexpr unsigned kReferenceBits = 200;
constexpr int kMaxDepth = 1600;

/// Bits for a point of that depth: few different sizes, so that few machines are made.
unsigned bits_at(int depth) {
  constexpr int kShallow = 40;
  if (depth <= kShallow) return kBits;
  return std::bit_ceil(kBits + 2U * static_cast<unsigned>(std::min(depth, kMaxDepth)));
}

double to_double(const numbers::Mpfr& value) { return mpfr_get_d(numbers::raw(value), MPFR_RNDN); }

/// x + offset in `bits` bits.
numbers::Mpfr moved(const numbers::Mpfr& x, double offset, unsigned bits) {
  numbers::Mpfr result = real(bits);
  mpfr_add_d(numbers::raw(result), numbers::raw(x), offset, MPFR_RNDN);
  return result;
}

/// x + step * 2^-k in `bits` bits.
numbers::Mpfr approached(const numbers::Mpfr& x, const numbers::Mpfr& step, int k, unsigned bits) {
  numbers::Mpfr result = real(bits);
  mpfr_div_2si(numbers::raw(result), numbers::raw(step), k, MPFR_RNDN);
  mpfr_add(numbers::raw(result), numbers::raw(x), numbers::raw(result), MPFR_RNDN);
  return result;
}

numbers::Mpfr difference(const numbers::Mpfr& a, const numbers::Mpfr& b, unsigned bits) {
  numbers::Mpfr result = real(bits);
  mpfr_sub(numbers::raw(result), numbers::raw(a), numbers::raw(b), MPFR_RNDN);
  return result;
}

/// (p - f) in the metric; infinite where f is 0, p is not and the metric is relative.
double signed_error(const numbers::Mpfr& p, const numbers::Mpfr& f, Metric metric, unsigned bits) {
  numbers::Mpfr error = difference(p, f, bits);
  if (mpfr_zero_p(numbers::raw(error))) return 0;
  const auto scaled = [&](const numbers::Format& format) {
    const long exponent = mpfr_regular_p(numbers::raw(f))
                              ? static_cast<long>(mpfr_get_exp(numbers::raw(f)))
                              : format.emin;
    mpfr_mul_2si(numbers::raw(error), numbers::raw(error), -ulp_exponent(format, exponent),
                 MPFR_RNDN);
  };
  switch (metric) {
    case Metric::Relative:
      mpfr_div(numbers::raw(error), numbers::raw(error), numbers::raw(f), MPFR_RNDN);
      if (mpfr_signbit(numbers::raw(f)))
        mpfr_neg(numbers::raw(error), numbers::raw(error), MPFR_RNDN);
      break;
    case Metric::Absolute:
      break;
    case Metric::UlpF32:
      scaled(numbers::kBinary32);
      break;
    case Metric::UlpF64:
      scaled(numbers::kBinary64);
      break;
  }
  return to_double(error);
}

/// A point, the target there and how close to something special it lies.
struct Sample {
  numbers::Mpfr x;
  numbers::Mpfr f;
  int depth = 0;
};

Sample make_sample(const Target& target, numbers::Mpfr x, int depth) {
  numbers::Mpfr f = value_at(target, x, kReferenceBits);
  return {std::move(x), std::move(f), depth};
}

/// Points that close in on an end: every binade down to 2^-60 of the width, every eighth to 2^-196,
/// and where the end is 0 on to 2^-1000. Constants have 106 bits, so what a program does to an end
/// that is not 0 shows by then.
std::vector<int> end_distances(double end) {
  constexpr int kFirst = 12;
  constexpr int kEach = 60;
  constexpr int kLast = 196;
  constexpr int kLastAtZero = 1000;
  constexpr int kStride = 8;
  std::vector<int> distances;
  for (int k = kFirst; k <= kEach; ++k) distances.push_back(k);
  for (int k = kEach + kStride; k <= kLast; k += kStride) distances.push_back(k);
  if (end == 0) {
    for (int k = 220; k < kLastAtZero - 30; k += k / 6) distances.push_back(k);
    for (int k = kLastAtZero - 2 * kStride; k <= kLastAtZero; k += kStride) distances.push_back(k);
  }
  return distances;
}

/// Whether three errors at distances that shrink by 2^-8 each grow as those next to a pole. What is
/// bounded settles: its changes shrink, 256-fold where it is smooth. Next to a pole they grow
/// 256-fold, next to 1 / sqrt(sqrt(x)) 4-fold.
bool grows(double far, double middle, double near) {
  constexpr double kFactor = 1.2;
  constexpr double kVisible = 1e-9;  // relative
  constexpr double kNoise = 1e-50;
  if (!std::isfinite(near)) return true;
  const double change = std::abs(near - middle);
  return change > kNoise && change > kVisible * std::abs(near) &&
         change > kFactor * std::abs(middle - far);
}

/// Three points next to a zero inside the domain, 2^-8 apart as those before an end.
struct Approach {
  double zero = 0;
  std::array<Sample, 3> points;  ///< the nearest last
};

/// A sample, seen through the program.
struct Node {
  const numbers::Mpfr* x = nullptr;
  int depth = 0;
  double error = 0;            ///< signed, in the metric
  std::size_t watched = 0;     ///< first of its watched values
  bool zero_searched = false;  ///< the neighbourhood of its zero denominator is in
  bool dip_searched = false;   ///< the dip of a watched value around it is in
  bool gap_searched = false;   ///< the gap to the next node is too narrow to look into
};

/// One verification: the nodes so far, and what was found.
class Examination {
 public:
  Examination(const Target& target, const ir::Program& program, const std::function<bool()>& stop)
      : target_(target), program_(program), stop_(stop) {
    // Only what the result reads, last to first.
    std::vector<bool> live(program.code.size());
    if (program.result.is_value()) live[program.result.index] = true;
    for (std::size_t i = program.code.size(); i-- > 0;) {
      if (!live[i]) continue;
      const ir::Instruction& step = program.code[i];
      for (std::size_t k = 0; k < step.arity(); ++k) {
        if (step.operands[k].is_value()) live[step.operands[k].index] = true;
      }
      if (step.op == ir::Op::Div) watch(step.operands[1], true);
      if (step.op == ir::Op::Abs) watch(step.operands[0], true);
      if (step.op == ir::Op::Sqrt) watch(step.operands[0], false);
    }
  }

  /// False, with a defect, when the program is broken.
  bool examine(std::span<const Sample> samples, std::size_t lower_count, std::size_t upper_count,
               std::span<const Approach> approaches);
  void refine_peaks();

  double max_error() const { return max_error_; }
  double worst_x() const { return worst_x_; }
  const std::string& defect() const { return defect_; }

 private:
  struct Watched {
    ir::Operand operand;
    bool critical = false;  ///< its zeros may be poles or kinks; of a square root they are neither
    int zeros = 0;          ///< nodes where it is 0 that were looked at
  };

  void watch(ir::Operand operand, bool critical) {
    if (operand.is_constant()) return;
    for (Watched& known : watched_) {
      if (known.operand == operand) {
        known.critical = known.critical || critical;
        return;
      }
    }
    watched_.push_back({operand, critical, 0});
  }

  RealMachine& machine(unsigned bits) {
    return machines_.try_emplace(bits, program_, bits).first->second;
  }

  double error_at(const numbers::Mpfr& x, const numbers::Mpfr& f, int depth) {
    RealMachine& run = machine(bits_at(depth));
    run.run(x);
    // Between the doubles that enclose a zero no program is measured.
    if (in_gap(target_.zeros, x)) return 0;
    const double error = signed_error(run.result(), f, target_.metric, run.bits());
    return target_.weight && error != 0 ? error * weight_at(target_, x) : error;
  }

  /// The error at x_i + offset, for refinement.
  double error_beside(const Node& node, double offset) {
    const numbers::Mpfr x = moved(*node.x, offset, std::max(bits_at(node.depth), kBits) + 64);
    return error_at(x, value_at(target_, x, kReferenceBits), node.depth);
  }

  const numbers::Mpfr& watched_at(const numbers::Mpfr& x, std::size_t w, int depth) {
    RealMachine& run = machine(bits_at(depth));
    run.run(x);
    return run.read(watched_[w].operand);
  }

  Node make_node(const numbers::Mpfr& x, const numbers::Mpfr& f, int depth) {
    Node node;
    node.x = &x;
    node.depth = depth;
    node.error = error_at(x, f, depth);
    node.watched = values_.size();
    const RealMachine& run = machine(bits_at(depth));
    for (const Watched& each : watched_) values_.push_back(signed_double(run.read(each.operand)));
    return node;
  }

  /// As a double that keeps its sign and is 0 only for 0.
  static double signed_double(const numbers::Mpfr& value) {
    const double result = to_double(value);
    if (result != 0 || mpfr_zero_p(numbers::raw(value))) return result;
    return std::copysign(std::numeric_limits<double>::denorm_min(), mpfr_sgn(numbers::raw(value)));
  }

  double value(const Node& node, std::size_t w) const { return values_[node.watched + w]; }

  bool fail(double x, std::string_view what) {
    max_error_ = kInfinity;
    worst_x_ = x;
    defect_ = fmt::format("{} x = {}", what, x);
    return false;
  }

  bool check(const Node& node);
  bool hunt();
  bool look_into_gap(std::size_t i);
  bool look_at_zero(std::size_t i);
  bool look_at_dip(std::size_t i);
  bool close_in(const numbers::Mpfr& centre, const numbers::Mpfr& step, int depth, int last,
                bool may_be_pole = true);
  bool add(numbers::Mpfr x, int depth);

  /// False, with that as the defect, where there is no time left.
  bool has_time() {
    if (!stop_ || !stop_()) return true;
    defect_ = "stopped before it was verified";
    max_error_ = worst_x_ = kInfinity;
    return false;
  }

  const Target& target_;
  const ir::Program& program_;
  const std::function<bool()>& stop_;
  std::map<unsigned, RealMachine> machines_;
  std::vector<Watched> watched_;
  std::vector<double> values_;
  std::vector<Node> nodes_;
  std::vector<Node> added_;
  std::vector<std::unique_ptr<const numbers::Mpfr>> points_;
  double max_error_ = 0;
  double worst_x_ = 0;
  std::string defect_;
};

bool Examination::check(const Node& node) {
  if (std::isnan(node.error)) return fail(to_double(*node.x), "NaN at");
  if (std::isinf(node.error)) {
    const bool vanishes = mpfr_zero_p(numbers::raw(value_at(target_, *node.x, kReferenceBits)));
    const bool finite = mpfr_number_p(numbers::raw(machine(bits_at(node.depth)).result())) != 0;
    return fail(to_double(*node.x), vanishes && finite
                                        ? "the target vanishes, but the program does not, at"
                                        : "pole near");
  }
  return true;
}

bool Examination::add(numbers::Mpfr x, int depth) {
  if (!has_time()) return false;
  points_.push_back(std::make_unique<const numbers::Mpfr>(std::move(x)));
  const numbers::Mpfr& point = *points_.back();
  added_.push_back(make_node(point, value_at(target_, point, kReferenceBits), depth));
  return check(added_.back());
}

/// Adds centre + step * 2^-k for k = 4, 8 ... last; false when the error grows without bound.
bool Examination::close_in(const numbers::Mpfr& centre, const numbers::Mpfr& step, int depth,
                           int last, bool may_be_pole) {
  constexpr int kStride = 4;
  std::vector<double> errors;
  for (int k = kStride; k <= last; k += kStride) {
    const unsigned bits = std::max(bits_at(depth + k), kBits);
    if (!add(approached(centre, step, k, bits), depth + k)) return false;
    errors.push_back(added_.back().error);
  }
  const std::size_t n = errors.size();
  if (may_be_pole && n >= 5 && grows(errors[n - 5], errors[n - 3], errors[n - 1])) {
    return fail(to_double(centre), "pole near");
  }
  return true;
}

/// A sign change of a watched value between nodes i and i + 1.
bool Examination::look_into_gap(std::size_t i) {
  constexpr int kBisections = 204;
  constexpr int kLast = 196;
  Node& left = nodes_[i];
  const Node& right = nodes_[i + 1];
  if (left.gap_searched) return true;
  for (std::size_t w = 0; w < watched_.size(); ++w) {
    const double a = value(left, w);
    const double b = value(right, w);
    if (!(a < 0 && b > 0) && !(a > 0 && b < 0)) continue;
    const int depth = std::max(left.depth, right.depth);
    if (depth > kMaxDepth) continue;
    const unsigned bits = bits_at(depth + kBisections);
    numbers::Mpfr lo = real(*left.x, bits);
    numbers::Mpfr hi = real(*right.x, bits);
    numbers::Mpfr middle = real(bits);
    bool exact_zero = false;
    for (int step = 0; step < kBisections && !exact_zero; ++step) {
      mpfr_add(numbers::raw(middle), numbers::raw(lo), numbers::raw(hi), MPFR_RNDN);
      mpfr_div_2ui(numbers::raw(middle), numbers::raw(middle), 1, MPFR_RNDN);
      const numbers::Mpfr& here = watched_at(middle, w, depth + kBisections);
      exact_zero = mpfr_zero_p(numbers::raw(here)) != 0;
      mpfr_set(numbers::raw((mpfr_sgn(numbers::raw(here)) < 0) == (a < 0) ? lo : hi),
               numbers::raw(middle), MPFR_RNDN);
    }
    // A zero at a double is a point like any other; the next round looks at its neighbourhood.
    const numbers::Mpfr nearest = real(to_double(middle), bits);
    if (!exact_zero && mpfr_lessequal_p(numbers::raw(lo), numbers::raw(nearest)) &&
        mpfr_lessequal_p(numbers::raw(nearest), numbers::raw(hi))) {
      exact_zero = mpfr_zero_p(numbers::raw(watched_at(nearest, w, depth + kBisections))) != 0;
      if (exact_zero) middle = nearest;
    }
    if (exact_zero) return add(middle, depth + 1);
    if (!close_in(lo, difference(*left.x, lo, bits), depth, kLast)) return false;
    if (!close_in(hi, difference(*right.x, hi, bits), depth, kLast)) return false;
    // The innermost two now enclose the zero: nothing more to see between them.
    const numbers::Mpfr* innermost = nullptr;
    Node* node = nullptr;
    for (Node& each : added_) {
      if (mpfr_lessequal_p(numbers::raw(*each.x), numbers::raw(lo)) != 0 &&
          (!innermost || mpfr_greater_p(numbers::raw(*each.x), numbers::raw(*innermost)) != 0)) {
        innermost = each.x;
        node = &each;
      }
    }
    if (node) node->gap_searched = true;
    return true;
  }
  return true;
}

/// A watched value that is exactly 0 at node i.
bool Examination::look_at_zero(std::size_t i) {
  constexpr int kLast = 196;
  constexpr int kMaxZeros = 8;
  Node& node = nodes_[i];
  if (node.zero_searched) return true;
  node.zero_searched = true;
  bool critical = false;
  for (std::size_t w = 0; w < watched_.size(); ++w) {
    if (!watched_[w].critical || value(node, w) != 0) continue;
    // What vanishes everywhere, such as x - x, has no neighbourhood to look at.
    if (++watched_[w].zeros <= kMaxZeros) critical = true;
  }
  if (!critical) return true;
  for (const std::size_t other : {i - 1, i + 1}) {
    if (other >= nodes_.size()) continue;  // i - 1 wraps for the first
    const int depth = std::max(node.depth, nodes_[other].depth);
    if (depth > kMaxDepth) continue;
    const numbers::Mpfr step = difference(*nodes_[other].x, *node.x, bits_at(depth));
    if (!close_in(*node.x, step, depth, kLast)) return false;
  }
  return true;
}

/// A watched value that comes much closer to 0 around node i than the samples show.
bool Examination::look_at_dip(std::size_t i) {
  constexpr double kDeep = 0.25;  // of the lowest sample
  constexpr double kFlat = 1e-4;  // relative change at the bottom
  constexpr int kSteps = 150;
  constexpr double kGolden = std::numbers::phi - 1;
  if (i == 0 || i + 1 >= nodes_.size() || nodes_[i].dip_searched) return true;
  const Node left = nodes_[i - 1];
  const Node right = nodes_[i + 1];
  if (left.gap_searched || nodes_[i].gap_searched) return true;
  const int depth = std::max({left.depth, nodes_[i].depth, right.depth});
  if (depth > kMaxDepth) return true;
  for (std::size_t w = 0; w < watched_.size(); ++w) {
    const double here = value(nodes_[i], w);
    const double before = value(left, w);
    const double after = value(right, w);
    const double sign = here < 0 ? -1 : 1;
    if (here == 0 || !(sign * before >= sign * here) || !(sign * after >= sign * here)) continue;
    if (!std::isfinite(before) || !std::isfinite(after)) continue;
    // The parabola through the three.
    const double h1 = to_double(difference(*left.x, *nodes_[i].x, kBits));
    const double h2 = to_double(difference(*right.x, *nodes_[i].x, kBits));
    const double s1 = (before - here) / h1;
    const double s2 = (after - here) / h2;
    const double curvature = (s2 - s1) / (h2 - h1);
    const double slope = s1 - curvature * h1;
    const double lowest = here - slope * slope / (4 * curvature);
    if (!(sign * lowest < kDeep * sign * here)) continue;

    nodes_[i].dip_searched = true;
    const int deep = depth + kSteps;
    const unsigned bits = bits_at(deep);
    numbers::Mpfr lo = real(*left.x, bits);
    numbers::Mpfr hi = real(*right.x, bits);
    int flat = 0;
    int steps = 0;
    for (; steps < kSteps && flat < 3; ++steps) {
      numbers::Mpfr width = difference(hi, lo, bits);
      mpfr_mul_d(numbers::raw(width), numbers::raw(width), 1 - kGolden, MPFR_RNDN);
      std::array<numbers::Mpfr, 2> at{real(lo, bits), real(hi, bits)};
      mpfr_add(numbers::raw(at[0]), numbers::raw(at[0]), numbers::raw(width), MPFR_RNDN);
      mpfr_sub(numbers::raw(at[1]), numbers::raw(at[1]), numbers::raw(width), MPFR_RNDN);
      std::array<numbers::Mpfr, 2> height{real(bits), real(bits)};
      for (std::size_t k = 0; k < 2; ++k) {
        height[k] = real(watched_at(at[k], w, deep), bits);
        if (sign < 0) mpfr_neg(numbers::raw(height[k]), numbers::raw(height[k]), MPFR_RNDN);
        // A sign change: the next round finds the zeros on both sides, or the zero here.
        if (mpfr_sgn(numbers::raw(height[k])) <= 0) return add(at[k], depth + steps);
      }
      const double ratio = to_double(height[0] / height[1]);
      flat = std::abs(ratio - 1) < kFlat ? flat + 1 : 0;
      (ratio < 1 ? hi : lo) = std::move(at[ratio < 1 ? 1 : 0]);
    }
    const int reached = static_cast<int>(steps * 0.694);  // bits: log2 of the golden ratio each
    if (!add(lo, depth + reached)) return false;
    const int last = std::max(4, reached - 8);
    const bool zero = steps == kSteps;  // not flat at the bottom, however close
    return close_in(lo, difference(*left.x, lo, bits), depth, last, zero) &&
           close_in(lo, difference(*right.x, lo, bits), depth, last, zero);
  }
  return true;
}

/// Looks for zeros of the watched values until nothing new turns up.
bool Examination::hunt() {
  constexpr int kRounds = 24;
  constexpr std::size_t kMaxNodes = 40000;
  const auto before = [](const Node& a, const Node& b) {
    return mpfr_less_p(numbers::raw(*a.x), numbers::raw(*b.x)) != 0;
  };
  for (int round = 0; round < kRounds && nodes_.size() < kMaxNodes; ++round) {
    added_.clear();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!look_at_zero(i)) return false;
      if (i + 1 < nodes_.size() && !look_into_gap(i)) return false;
      if (!look_at_dip(i)) return false;
      if (nodes_.size() + added_.size() > kMaxNodes) break;
    }
    if (added_.empty()) return true;
    nodes_.insert(nodes_.end(), added_.begin(), added_.end());
    std::sort(nodes_.begin(), nodes_.end(), before);
    const auto same = [](const Node& a, const Node& b) {
      return mpfr_equal_p(numbers::raw(*a.x), numbers::raw(*b.x)) != 0;
    };
    nodes_.erase(std::unique(nodes_.begin(), nodes_.end(), same), nodes_.end());
  }
  return true;
}

bool Examination::examine(std::span<const Sample> samples, std::size_t lower_count,
                          std::size_t upper_count, std::span<const Approach> approaches) {
  nodes_.reserve(samples.size());
  values_.reserve(samples.size() * watched_.size());
  for (const Sample& sample : samples) {
    if (!has_time()) return false;
    nodes_.push_back(make_node(sample.x, sample.f, sample.depth));
    if (!check(nodes_.back())) return false;
  }
  // The last points before an end lie 2^-8 apart (end_distances).
  const auto ends_well = [&](bool lower, std::size_t count, double end) {
    if (count == 0) return true;
    const bool open = lower ? target_.domain.lo_open : target_.domain.hi_open;
    const std::size_t skip = open ? 0 : 1;
    const auto error = [&](std::size_t k) {
      const std::size_t index = skip + k;
      return nodes_[lower ? index : nodes_.size() - 1 - index].error;
    };
    if (!grows(error(2), error(1), error(0))) return true;
    return fail(end, "the error grows without bound towards");
  };
  if (!ends_well(true, lower_count, target_.domain.lo)) return false;
  if (!ends_well(false, upper_count, target_.domain.hi)) return false;
  for (const Approach& approach : approaches) {
    std::array<double, 3> errors{};
    for (std::size_t k = 0; k < errors.size(); ++k) {
      const Sample& point = approach.points[k];
      errors[k] = error_at(point.x, point.f, point.depth);
    }
    if (grows(errors[0], errors[1], errors[2])) {
      return fail(approach.zero, "the error grows without bound towards");
    }
  }
  return hunt();
}

/// Brent's parabolic search on every local maximum that may be the greatest.
void Examination::refine_peaks() {
  constexpr double kCandidate = 0.5;
  constexpr double kTolerance = 1e-7;  // of the bracket: the height is then good to its square
  constexpr double kFlat = 1e-14;      // relative: no peak, but the rounding of a constant error
  constexpr int kSteps = 40;
  constexpr double kGolden = 2 - std::numbers::phi;
  for (const Node& node : nodes_) {
    if (std::abs(node.error) > max_error_) {
      max_error_ = std::abs(node.error);
      worst_x_ = to_double(*node.x);
    }
  }
  for (std::size_t i = 1; i + 1 < nodes_.size(); ++i) {
    if (!has_time()) return;
    const Node& node = nodes_[i];
    const double sign = node.error < 0 ? -1 : 1;
    const double here = sign * node.error;
    const double before = sign * nodes_[i - 1].error;
    const double after = sign * nodes_[i + 1].error;
    if (here < kCandidate * max_error_ || here < before || here < after) continue;
    if (here - std::min(before, after) <= kFlat * here) continue;
    double lo = to_double(difference(*nodes_[i - 1].x, *node.x, kBits));
    double hi = to_double(difference(*nodes_[i + 1].x, *node.x, kBits));
    const double tolerance = kTolerance * (hi - lo);
    // Best, second best, third best; the first parabola goes through the three nodes.
    double x = 0, w = before > after ? lo : hi, v = before > after ? hi : lo;
    double fx = here, fw = std::max(before, after), fv = std::min(before, after);
    double step = hi - lo;
    double last = step;
    for (int k = 0; k < kSteps && hi - lo > 2 * tolerance; ++k) {
      const double middle = (lo + hi) / 2;
      const double r = (x - w) * (fx - fv);
      double q = (x - v) * (fx - fw);
      double p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = std::abs(q);
      const double older = std::exchange(last, step);
      double u = 0;
      if (std::abs(p) < std::abs(q * older / 2) && p > q * (lo - x) && p < q * (hi - x)) {
        step = p / q;
      } else {
        last = x < middle ? hi - x : lo - x;
        step = kGolden * last;
      }
      if (std::abs(step) < tolerance) {
        if (std::abs(x - middle) <= 2 * tolerance - (hi - lo) / 2) break;
        step = std::copysign(tolerance, x < middle ? 1.0 : -1.0);
        if (k > 2 && fx - fw <= 1e-15 * fx) break;  // flat
      }
      u = x + step;
      const double fu = sign * error_beside(node, u);
      if (std::isnan(fu)) break;
      if (fu >= fx) {
        (u >= x ? lo : hi) = x;
        v = std::exchange(w, std::exchange(x, u));
        fv = std::exchange(fw, std::exchange(fx, fu));
      } else {
        (u < x ? lo : hi) = u;
        if (fu >= fw || w == x) {
          v = std::exchange(w, u);
          fv = std::exchange(fw, fu);
        } else if (fu >= fv || v == x || v == w) {
          v = u;
          fv = fu;
        }
      }
    }
    if (fx > max_error_) {
      max_error_ = fx;
      worst_x_ = to_double(moved(*node.x, x, kBits));
    }
  }
}

}  // namespace

struct Verifier::Samples {
  std::vector<Sample> samples;  ///< ascending, for real arithmetic
  std::size_t lower_count = 0;  ///< how many of them close in on the lower end
  std::size_t upper_count = 0;
  std::vector<Approach> approaches;
  std::optional<DoubleRun> in_double;
};

Verifier::Verifier(const Target& whole, int points, std::function<bool()> stop)
    : target_(bounded(whole)), stop_(std::move(stop)) {
  if (!whole.domain.parts.empty()) {
    for (const Target& part : on_each_interval(whole)) parts_.emplace_back(part, points, stop_);
    return;
  }
  const Target& target = target_;
  if (!whole.domain.is_bounded()) back_ = substitution_for(whole.domain).back;
  if (points < 3) {
    throw std::invalid_argument(fmt::format("Verifier: needs at least 3 points, not {}", points));
  }
  const Domain& domain = target.domain;
  auto result = std::make_shared<Samples>();
  std::vector<Sample>& samples = result->samples;
  const numbers::Mpfr lo = real(domain.lo, kBits);
  const numbers::Mpfr hi = real(domain.hi, kBits);
  std::vector<std::pair<numbers::Mpfr, int>> places;  // and depths
  for (int i = 0; i < points; ++i) {
    const double theta = std::numbers::pi * i / (points - 1);
    const double x = domain.lo + domain.width() * (0.5 - 0.5 * std::cos(theta));
    const bool inside = x > domain.lo && x < domain.hi && i != 0 && i != points - 1;
    if (inside) places.emplace_back(real(x, kBits), 0);
  }
  // 0 may be missing from the x_i, and only there c / x is infinite.
  if (domain.lo < 0 && domain.hi > 0) {
    Sample zero = make_sample(target, real(0.0, kBits), 0);
    // The target itself may have a removable singularity there.
    if (mpfr_number_p(numbers::raw(zero.f))) samples.push_back(std::move(zero));
  }
  if (!domain.lo_open) samples.push_back(make_sample(target, lo, 0));
  if (!domain.hi_open) samples.push_back(make_sample(target, hi, 0));
  const auto approach = [&](const numbers::Mpfr& end, double step) {
    const std::vector<int> distances = end_distances(to_double(end));
    for (const int k : distances) {
      const numbers::Mpfr width = real(step, kBits);
      const unsigned bits = std::max(bits_at(k), 2 * kBits);
      places.emplace_back(approached(end, width, k, bits), k);
    }
    return distances.size();
  };
  result->lower_count = approach(lo, domain.width());
  result->upper_count = approach(hi, -domain.width());
  std::vector<Sample> made(places.size());
  parallel::for_each_index(std::size_t{0}, places.size(), [&](std::size_t i) {
    if (!stop_ || !stop_()) made[i] = make_sample(target, places[i].first, places[i].second);
  });
  if (stop_ && stop_()) {
    samples_ = std::move(result);
    return;
  }
  std::ranges::move(made, std::back_inserter(samples));
  for (const Zero& zero : target.zeros) {
    const numbers::Mpfr z = real(zero.at.hi, kBits);
    if (!(zero.at.hi > domain.lo && zero.at.hi < domain.hi)) continue;
    if (zero.is_double) samples.push_back(make_sample(target, z, 0));
    for (const double end : {domain.lo, domain.hi}) {
      const numbers::Mpfr step = real(end - zero.at.hi, kBits);
      const double next = std::nextafter(zero.at.hi, end) - zero.at.hi;
      std::vector<Sample> near;
      for (const int k : end_distances(zero.at.hi)) {
        const unsigned bits = std::max(bits_at(k), 2 * kBits);
        if (!zero.is_double && std::abs(std::ldexp(end - zero.at.hi, -k)) < std::abs(next)) break;
        near.push_back(make_sample(target, approached(z, step, k, bits), k));
      }
      if (zero.is_double) {
        const std::size_t n = near.size();
        result->approaches.push_back({zero.at.hi, {near[n - 3], near[n - 2], near[n - 1]}});
      }
      samples.insert(samples.end(), near.begin(), near.end());
    }
  }
  for (const Zero& zero : target.zeros) {
    if (zero.is_double) continue;
    constexpr int kDepth = 53;
    for (const double x : {zero.below(), zero.above()}) {
      if (x >= domain.lo && x <= domain.hi) {
        samples.push_back(make_sample(target, real(x, kBits), kDepth));
      }
    }
  }
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) {
    return mpfr_less_p(numbers::raw(a.x), numbers::raw(b.x)) != 0;
  });
  const auto same = [](const Sample& a, const Sample& b) {
    return mpfr_equal_p(numbers::raw(a.x), numbers::raw(b.x)) != 0;
  };
  samples.erase(std::unique(samples.begin(), samples.end(), same), samples.end());

  constexpr int kBetween = 3;
  std::vector<double> xs;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double x = to_double(samples[i].x);
    xs.push_back(x);
    if (i + 1 == samples.size()) break;
    const double next = to_double(samples[i + 1].x);
    for (int k = 1; k < kBetween; ++k) xs.push_back(x + (next - x) * k / kBetween);
  }
  std::erase_if(xs, [&](double x) {
    return x < domain.lo || x > domain.hi || (x == domain.lo && domain.lo_open) ||
           (x == domain.hi && domain.hi_open);
  });
  for (double& x : xs) x = ir::evaluate(back_, x);
  std::erase_if(xs, [](double x) { return !std::isfinite(x); });
  result->in_double.emplace(whole, std::move(xs), stop_);
  samples_ = std::move(result);
}

Verification Verifier::operator()(const ir::Program& given) const {
  if (!parts_.empty()) return on_parts(given);
  const ir::Program program = back_.code.empty() ? given : composed(given, back_);
  Verification verification;
  const bool runs = std::all_of(given.code.begin(), given.code.end(),
                                [](const auto& step) { return ir::info(step.op).arithmetic; });
  if (!samples_->in_double) {
    verification.max_error = verification.max_error_f64 = kInfinity;
    verification.defect = "stopped before it was verified";
    return verification;
  }
  if (runs) {
    const DoubleRun::Result found = (*samples_->in_double)(given);
    verification.max_error_f64 = found.max_error;
    verification.worst_x_f64 = found.worst_x;
  } else {
    verification.max_error_f64 = std::numeric_limits<double>::quiet_NaN();
  }
  Examination examination(target_, program, stop_);
  if (examination.examine(samples_->samples, samples_->lower_count, samples_->upper_count,
                          samples_->approaches)) {
    examination.refine_peaks();
  }
  verification.max_error = examination.max_error();
  verification.worst_x = ir::evaluate(back_, examination.worst_x());
  verification.defect = examination.defect();
  return verification;
}

/// The worst of all intervals.
Verification Verifier::on_parts(const ir::Program& program) const {
  Verification all = parts_.front()(program);
  for (std::size_t k = 1; k < parts_.size(); ++k) {
    const Verification next = parts_[k](program);
    if (next.max_error > all.max_error) {
      all.max_error = next.max_error;
      all.worst_x = next.worst_x;
      all.defect = next.defect;
    }
    // NaN where the program does not run in double at all.
    if (next.max_error_f64 > all.max_error_f64) {
      all.max_error_f64 = next.max_error_f64;
      all.worst_x_f64 = next.worst_x_f64;
    }
  }
  return all;
}

}  // namespace ulpforge::targets

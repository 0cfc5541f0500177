// Halving between the ends of binades while results differ by more than a factor of two.
#include "validate/result_line.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "targets/exact/ball.h"

namespace ulpforge::validate {
namespace {

constexpr long kBits = 64;
constexpr std::size_t kMostKnots = 4096;
/// Ends of binades where halving begins: every so manieth of double's.
constexpr int kStride = 8;

/// Where a result is among the numbers of the format, in exponents: 0 for 0, growing with it.
class Place {
 public:
  Place(const ir::Program& program, numbers::Format format)
      : program_(program), least_(format.emin - format.precision - 1), most_(format.emax + 1) {}

  /// NaN where there is no result.
  double operator()(double x) const {
    const targets::Enclosure f = targets::evaluate(program_, targets::Ball(x), kBits);
    if (f.undefined || !f.value.is_finite()) return std::numeric_limits<double>::quiet_NaN();
    const arf_srcptr middle = arb_midref(f.value.get());
    if (arf_is_zero(middle)) return 0;
    const double sign = arf_sgn(middle);
    if (arf_cmpabs_2exp_si(middle, most_) >= 0) return sign * (most_ - least_);
    if (arf_cmpabs_2exp_si(middle, least_) <= 0) return 0;
    return sign * (std::log2(std::abs(arf_get_d(middle, ARF_RND_NEAR))) - least_);
  }

 private:
  const ir::Program& program_;
  int least_;
  int most_;
};

}  // namespace

ResultLine::ResultLine(const ir::Program& program, numbers::Format format) {
  const Patterns patterns(format);
  const Place place(program, format);
  const auto cut = [&](auto& self, std::uint64_t first, double a, std::uint64_t last,
                       double b) -> void {
    const double change = std::abs(b - a);
    if (!(change > 0)) return;  // NaN at an end, or the same place
    if (change > 1 && last - first > 1 && knots_.size() < kMostKnots) {
      const std::uint64_t middle = first + (last - first) / 2;
      const double m = place(patterns.value(middle));
      self(self, first, a, middle, m);
      self(self, middle, m, last, b);
      return;
    }
    knots_.push_back({first, last, total_});
    total_ += std::min(change, 1.0);
  };
  const int stride = format == numbers::kBinary64 ? kStride : 1;
  for (const std::uint64_t sign : {std::uint64_t{0}, patterns.sign()}) {
    std::uint64_t before = sign;
    double at_before = place(patterns.value(before));
    for (int exponent = stride; before != (sign | (patterns.infinity() - 1)); exponent += stride) {
      const std::uint64_t magnitude =
          std::min(static_cast<std::uint64_t>(exponent) << patterns.mantissa_bits(),
                   patterns.infinity() - 1);
      const std::uint64_t next = sign | magnitude;
      const double at_next = place(patterns.value(next));
      cut(cut, before, at_before, next, at_next);
      before = next;
      at_before = at_next;
    }
  }
}

std::uint64_t ResultLine::draw(numbers::Random& random) const {
  const double at = random.uniform() * total_;
  const auto after = std::ranges::upper_bound(knots_, at, {}, &Knot::from);
  const Knot& knot = *std::prev(after);
  return knot.first + random.below(knot.last - knot.first + 1);
}

}  // namespace ulpforge::validate

// Special values, multiples, thresholds.
#include "validate/directed_inputs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ir/expression.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/real.h"
#include "targets/exact/reference.h"

namespace ulpforge::validate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

class Line {
 public:
  explicit Line(numbers::Format format) : format_(format), patterns_(format) {}

  /// The number nearest to `value` and `reach` neighbours on each side, with both signs.
  void add(const numbers::Mpfr& value, std::int64_t reach) {
    const double x = std::abs(targets::round_to(format_, value));
    if (!std::isfinite(x)) return;
    const auto pattern = static_cast<std::int64_t>(patterns_.pattern(x));
    for (std::int64_t p = std::max<std::int64_t>(pattern - reach, 0); p <= pattern + reach; ++p) {
      const double near = patterns_.value(static_cast<std::uint64_t>(p));
      values_.push_back(near);
      values_.push_back(-near);
    }
  }
  void add(double value, std::int64_t reach) { add(targets::real(value, 53), reach); }

  std::vector<double>& values() { return values_; }
  const Patterns& patterns() const { return patterns_; }

 private:
  numbers::Format format_;
  Patterns patterns_;
  std::vector<double> values_;
};

/// Numbers between which |f| crosses a power of two that ends the format, and neighbours.
void add_thresholds(const ir::Program& target, numbers::Format format, Line& line) {
  const Patterns& patterns = line.patterns();
  const auto exponent_at = [&](std::uint64_t pattern) -> long {
    const numbers::Mpfr f =
        targets::reference(target, targets::real(patterns.value(pattern), 53), 64);
    if (mpfr_zero_p(numbers::raw(f))) return std::numeric_limits<long>::min();
    return mpfr_regular_p(numbers::raw(f)) ? mpfr_get_exp(numbers::raw(f))
                                           : std::numeric_limits<long>::max();
  };
  const std::array<long, 4> ends{format.emax + 1, format.emin, format.emin - format.precision,
                                 format.emin - format.precision + 1};
  for (const std::uint64_t sign : {std::uint64_t{0}, patterns.sign()}) {
    long before = exponent_at(sign | 1);
    std::uint64_t low = sign | 1;
    for (int k = 1; k <= patterns.exponents(); ++k) {
      const std::uint64_t high =
          sign | ((static_cast<std::uint64_t>(k) << patterns.mantissa_bits()) -
                  (k == patterns.exponents() ? 1 : 0));
      const long after = exponent_at(high);
      for (const long end : ends) {
        if ((before < end) == (after < end)) continue;
        std::uint64_t a = low;
        std::uint64_t b = high;
        while (b - a > 1) {
          const std::uint64_t middle = a + (b - a) / 2;
          ((exponent_at(middle) < end) == (before < end) ? a : b) = middle;
        }
        line.add(patterns.value(a), 16);
      }
      low = high;
      before = after;
    }
  }
}

}  // namespace

std::vector<Point> directed_inputs(const ir::Program& target, numbers::Format format) {
  Line line(format);
  std::vector<Point> points;
  const bool two = target.inputs == 2;
  const double smallest = std::ldexp(1.0, format.emin - format.precision);
  const double largest = std::ldexp(2.0 - std::ldexp(2.0, -format.precision), format.emax - 1);
  for (const double x : {0.0, smallest, largest, 1.0, std::ldexp(1.0, format.emin - 1), 0.5, 2.0}) {
    line.add(x, two ? 1 : 8);
  }
  line.values().insert(line.values().end(), {kInfinity, -kInfinity, kNan});
  if (two) {
    for (const double x :
         {3.0, 1.5, 1.0 / 3, 4.0, 9007199254740992.0, 1e10, 1e-10, 100.0, 1024.0}) {
      line.add(x, 0);
    }
    for (const double x : line.values()) {
      for (const double y : line.values()) points.push_back({x, y});
    }
    return points;
  }
  for (int k = format.emin; k <= format.emax; ++k) line.add(std::ldexp(1.0, k - 1), 1);
  constexpr unsigned kBits = 128;
  for (const char* constant : {"1", "pi", "log(2)", "e", "log(10)"}) {
    const numbers::Mpfr unit =
        targets::reference(ir::parse_expression(constant), targets::real(0.0, 53), kBits);
    numbers::Mpfr multiple = targets::real(kBits);
    for (unsigned long k = 1; k <= 256; ++k) {
      for (const int shift : {0, -3, -7}) {
        mpfr_mul_ui(numbers::raw(multiple), numbers::raw(unit), k, MPFR_RNDN);
        mpfr_mul_2si(numbers::raw(multiple), numbers::raw(multiple), shift, MPFR_RNDN);
        line.add(multiple, 1);
      }
    }
  }
  add_thresholds(target, format, line);
  for (const double x : line.values()) points.push_back({x, 0});
  return points;
}

}  // namespace ulpforge::validate

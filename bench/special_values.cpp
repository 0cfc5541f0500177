// The inputs, and which results are wrong.
#include "bench/special_values.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "numbers/mpfr.h"

namespace ulpforge::bench {
namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kLargest = std::numeric_limits<float>::max();
constexpr float kTiny = std::numeric_limits<float>::denorm_min();

constexpr double kLoosest = 4096;  // ULP: 2^-11 of a normal value

/// Each with either sign.
constexpr std::array kSizes = {
    kInf, kNan, 0.0F, kTiny, 0x1.8p-130F, 0x1p-126F,
    // Where functions have zeros and poles, and beyond domains that end at 1.
    0.5F, 1.0F, 1.5F, 2.0F, 3.0F,
    // Results that overflow, or are subnormal: of erfc, exp10, sinh, exp, and exp2.
    9.5F, 10.1F, 38.2F, 39.0F, 44.5F, 88.5F, 90.0F, 100.0F, 103.5F, 120.0F, 127.5F, 135.0F, 149.5F,
    200.0F,
    // Large arguments of sines.
    0x1p20F, 1e6F, 0x1p64F, 1e30F, kLargest};

std::vector<float> inputs() {
  std::vector<float> all;
  for (const float size : kSizes) {
    all.push_back(size);
    all.push_back(-size);
  }
  return all;
}

std::string number(float x) {
  if (std::isnan(x)) return "nan";
  return fmt::format("{:.4g}", x);
}

}  // namespace

std::vector<WrongValue> wrong_values(const targets::FloatReference& reference, const Array& array) {
  std::vector<WrongValue> wrong;
  for (const float x : inputs()) {
    alignas(64) std::array<float, kBlock> from{}, to{};
    from.fill(x);
    array(from.data(), to.data(), kBlock);
    const float y = to.front();
    const targets::FloatRoutine given = [y](std::span<const float>, std::span<float> results) {
      std::ranges::fill(results, y);
    };
    const auto bits = std::bit_cast<std::uint32_t>(x);
    const targets::Score score = targets::score(reference, given, {bits, bits});
    if (score.special_value_errors == 0 && score.zero_sign_errors == 0 &&
        score.max_ulp <= kLoosest) {
      continue;
    }
    const float right = mpfr_get_flt(numbers::raw(reference.exact(x).value), MPFR_RNDN);
    wrong.push_back({x, y, right});
  }
  return wrong;
}

std::string to_text(const std::string& function, const WrongValue& wrong) {
  return fmt::format("{}({}) is {}, not {}", function, number(wrong.x), number(wrong.y),
                     number(wrong.right));
}

}  // namespace ulpforge::bench

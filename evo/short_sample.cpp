// Intervals of floats, and counts of what is outside.
#include "evo/short_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace ulpforge::evo {
namespace {

using numbers::Binary32;
using numbers::RoundTo;
using numbers::ShortFormat;

using Rank = std::int32_t;
constexpr Rank kNan = std::numeric_limits<Rank>::max();
constexpr Rank kInfinity = static_cast<Rank>(Binary32::kInfinity);

/// Of a float in order of value. Arithmetic on integers, which compilers make vectors of.
inline Rank rank_of(float y) {
  const auto bits = std::bit_cast<std::int32_t>(y);
  const std::int32_t size = bits & static_cast<std::int32_t>(Binary32::kMagnitude);
  const Rank rank = bits < 0 ? ~size : size;
  return size > kInfinity ? kNan : rank;
}

inline float float_of(Rank rank) {
  const auto bits = static_cast<std::uint32_t>(rank < 0 ? ~rank : rank);
  return std::bit_cast<float>(rank < 0 ? bits | Binary32::kSign : bits);
}

/// Of a pattern of the format, in order of value.
std::int64_t order_of(const ShortFormat& format, std::uint32_t pattern) {
  const auto size = static_cast<std::int64_t>(format.magnitude(pattern));
  return format.is_negative(pattern) ? -1 - size : size;
}

/// For each number of the format, infinities included, the floats that round to it.
class Cells {
 public:
  explicit Cells(const ShortFormat& format) : format_(format) {
    most_ = static_cast<std::int64_t>(format.largest()) + (format.has_infinities() ? 1 : 0);
    Rank first = -kInfinity - 1;
    for (std::int64_t order = -1 - most_; order <= most_; ++order) {
      first_.push_back(first);
      // The first float beyond, by halving.
      Rank in = first;
      Rank out = kInfinity + 1;
      while (in + 1 < out) {
        const Rank middle = static_cast<Rank>((std::int64_t{in} + out) / 2);
        const float y = float_of(middle);
        const bool beyond = order_of(format, format.round(static_cast<double>(y))) > order;
        (beyond ? out : in) = middle == in ? middle + 1 : middle;
      }
      first = out;
    }
    first_.push_back(kInfinity + 1);
  }

  Rank first(std::uint32_t pattern) const { return first_[place(pattern)]; }
  Rank last(std::uint32_t pattern) const { return first_[place(pattern) + 1] - 1; }

 private:
  std::size_t place(std::uint32_t pattern) const {
    return static_cast<std::size_t>(order_of(format_, pattern) + 1 + most_);
  }
  const ShortFormat& format_;
  std::int64_t most_;
  std::vector<Rank> first_;
};

}  // namespace

double short_merit(double misrounded, double inputs) {
  return targets::kCorrectlyRounded + 0.5 * std::sqrt(std::sqrt(misrounded / inputs));
}

ShortSample::ShortSample(const targets::ShortValues& values)
    : inputs_(static_cast<double>(values.size())), x_(values.x().begin(), values.x().end()) {
  const ShortFormat& format = values.format();
  const Cells cells(format);
  largest_ = format.has_infinities() ? format.end() : format.largest_value();
  for (const targets::OddValue& f : values.values()) {
    const std::uint32_t due = format.round(f.value);
    if (format.is_nan(due)) {
      for (auto* ranks : {&right_first_, &right_last_, &faithful_first_, &faithful_last_}) {
        ranks->push_back(kNan);
      }
      value_.push_back(0);
      scale_.push_back(0);
      continue;
    }
    const bool open = f.value == 0 && !f.zero_sign_known;
    right_first_.push_back(cells.first(open ? format.sign() : due));
    right_last_.push_back(cells.last(open ? 0 : due));
    value_.push_back(std::clamp(f.value, -largest_, largest_));
    const bool beyond = std::abs(f.value) >= format.end();
    const double unit =
        targets::ulp(format.row(), beyond ? std::nextafter(value_.back(), 0.0) : value_.back());
    scale_.push_back(1 / unit);
    // Less than a unit away, and of the same sign; just above a power of two that is more than the
    // neighbours. Sums of the format's numbers and units are exact.
    std::uint32_t low = format.round(f.value, RoundTo::Down);
    std::uint32_t high = format.round(f.value, RoundTo::Up);
    const auto number = [&](std::uint32_t y) { return static_cast<double>(format.value(y)); };
    if (f.value != 0 && !beyond) {
      low = format.round(f.value - unit, RoundTo::Down);
      while (number(low) + unit <= f.value) low = format.next_up(low);
      high = format.round(f.value + unit, RoundTo::Up);
      while (number(high) - unit >= f.value) high = format.next_down(high);
      if (f.value > 0 && format.is_negative(low)) low = 0;
      if (f.value < 0 && !format.is_negative(high)) high = format.sign();
    }
    faithful_first_.push_back(std::min(right_first_.back(), cells.first(low)));
    faithful_last_.push_back(std::max(right_last_.back(), cells.last(high)));
  }
}

double ShortSample::error(std::size_t i, float y) const {
  constexpr double kOutOfReach = 1e6;
  const Rank rank = rank_of(y);
  const bool right = rank >= right_first_[i] && rank <= right_last_[i];
  if (rank == kNan || right_first_[i] == kNan || scale_[i] == 0) return right ? -1 : kOutOfReach;
  const auto value = std::clamp(static_cast<double>(y), -largest_, largest_);
  const auto bound = [&](Rank at) {
    return std::clamp(static_cast<double>(float_of(at)), -largest_, largest_);
  };
  const double below = (bound(right_first_[i]) - value) * scale_[i];
  const double above = (value - bound(right_last_[i])) * scale_[i];
  // A zero of the wrong sign lies at no distance from the right one, and is wrong all the same.
  const double off = std::max(below, above);
  return right ? std::min(off, 0.0) : std::max(off, 0x1p-10);
}

double ShortSample::largest_error(std::span<const float> y, double limit) const {
  // By stretches that stay in the first cache; a few suffice to see that a program is hopeless.
  constexpr std::size_t kStretch = 4096;
  std::int64_t wrong = 0;
  std::int64_t unfaithful = 0;
  double largest = 0;
  for (std::size_t first = 0; first < y.size(); first += kStretch) {
    const std::size_t last = std::min(y.size(), first + kStretch);
    std::int32_t outside = 0;
    for (std::size_t i = first; i < last; ++i) {
      const Rank rank = rank_of(y[i]);
      outside += (rank < right_first_[i] ? 1 : 0) | (rank > right_last_[i] ? 1 : 0);
    }
    wrong += outside;
    if (outside == 0) continue;
    std::int32_t far = 0;
    for (std::size_t i = first; i < last; ++i) {
      const Rank rank = rank_of(y[i]);
      far += (rank < faithful_first_[i] ? 1 : 0) | (rank > faithful_last_[i] ? 1 : 0);
    }
    unfaithful += far;
    if (far > 0) {
      for (std::size_t i = first; i < last; ++i) {
        if (std::isnan(y[i]) || right_first_[i] == kNan) {
          const bool right = std::isnan(y[i]) && right_first_[i] == kNan;
          if (!right) return std::numeric_limits<double>::infinity();
          continue;
        }
        const auto value = std::clamp(static_cast<double>(y[i]), -largest_, largest_);
        largest = std::max(largest, std::abs(value - value_[i]) * scale_[i]);
      }
    }
    const double merit = unfaithful > 0 ? 1 + std::max(largest - 0.5, 0.0)
                                        : short_merit(static_cast<double>(wrong), inputs_);
    if (merit > limit) return merit;
  }
  if (unfaithful == 0) return short_merit(static_cast<double>(wrong), inputs_);
  return 1 + std::max(largest - 0.5, 0.0) + 0x1p-10 * static_cast<double>(unfaithful) / inputs_;
}

void ShortSample::errors(std::span<const float> y, std::span<double> out) const {
  for (std::size_t i = 0; i < y.size(); ++i) out[i] = error(i, y[i]);
}

void ShortSample::assign(const ShortSample& whole, std::span<const std::size_t> indices) {
  inputs_ = whole.inputs_;
  largest_ = whole.largest_;
  const auto take = [&](auto ShortSample::* member) {
    auto& values = this->*member;
    values.resize(indices.size());
    for (std::size_t k = 0; k < indices.size(); ++k) values[k] = (whole.*member)[indices[k]];
  };
  take(&ShortSample::x_);
  take(&ShortSample::right_first_);
  take(&ShortSample::right_last_);
  take(&ShortSample::faithful_first_);
  take(&ShortSample::faithful_last_);
  take(&ShortSample::value_);
  take(&ShortSample::scale_);
}

ShortSample ShortSample::thinned(std::size_t step) const {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < size(); i += step) indices.push_back(i);
  ShortSample part;
  part.assign(*this, indices);
  return part;
}

double short_merit(const targets::Score& score) {
  if (score.special_value_errors > 0) return std::numeric_limits<double>::infinity();
  if (score.max_ulp >= 1) return score.max_ulp;
  return short_merit(static_cast<double>(score.misrounded), static_cast<double>(score.inputs));
}

std::optional<std::string> find_short_break(const targets::ShortValues& values,
                                            std::span<const std::uint32_t> results,
                                            const Constraints& constraints,
                                            std::span<const double> exact) {
  const ShortFormat& format = values.format();
  const auto at = [&](std::size_t i) {
    return fmt::format("x = {} (0x{:x})", values.x()[i], values.patterns()[i]);
  };
  constexpr std::size_t kNone = ~std::size_t{0};
  std::vector<std::size_t> place(format.inputs(), kNone);
  for (std::size_t i = 0; i < values.size(); ++i) place[values.patterns()[i]] = i;
  for (const double x : exact) {
    const std::size_t i = place[format.round(x)];
    if (i != kNone && results[i] != format.round(values.values()[i].value)) {
      return fmt::format("not exact at {}", at(i));
    }
  }
  if (constraints.parity != targets::Parity::None) {
    const std::uint32_t flipped = constraints.parity == targets::Parity::Odd ? format.sign() : 0;
    for (std::uint32_t bits = 0; bits < format.sign(); ++bits) {
      const std::size_t a = place[bits];
      const std::size_t b = place[bits | format.sign()];
      if (a == kNone || b == kNone || format.is_nan(results[a])) continue;
      if ((results[a] ^ flipped) != results[b]) {
        return fmt::format("not {} at {}", targets::name(constraints.parity), at(a));
      }
    }
  }
  if (!constraints.monotone) return std::nullopt;
  // In order of value; which way the function goes is that of the exact values.
  std::vector<std::size_t> ascending;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!format.is_nan(values.patterns()[i])) ascending.push_back(i);
  }
  std::ranges::sort(ascending, {},
                    [&](std::size_t i) { return order_of(format, values.patterns()[i]); });
  for (std::size_t k = 0; k + 1 < ascending.size(); ++k) {
    const std::size_t a = ascending[k];
    const std::size_t b = ascending[k + 1];
    const double rise = values.values()[b].value - values.values()[a].value;
    const float step = format.value(results[b]) - format.value(results[a]);
    if ((rise > 0 && step < 0) || (rise < 0 && step > 0)) {
      return fmt::format("not monotone between {} and {}", at(a), at(b));
    }
  }
  return std::nullopt;
}

}  // namespace ulpforge::evo

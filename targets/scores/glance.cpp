// By compiler vectors: reductions of doubles are not vectorised without leave to reorder them,
// which maxima and counts do not need.
#include "targets/scores/glance.h"

#include <algorithm>
#include <bit>
#include <type_traits>

#include "numbers/lanes.h"
#include "targets/scores/histogram.h"

namespace ulpforge::targets {
namespace {

using numbers::Doubles;
using numbers::Integers;
using numbers::kLanes;
using numbers::load;
using numbers::magnitude;
using numbers::store;

/// Sums are of eight strands whatever the host, so that they have the same bits everywhere.
constexpr std::size_t kStrands = 8;
constexpr std::size_t kGroups = kStrands / kLanes;
static_assert(kBlock % kStrands == 0);

/// Which errors belong to correctly rounded results, in ULPs, all ends aside: with `outward` the
/// sign of the error is taken away from 0.
struct RightErrors {
  double least;
  double most;
  bool outward;
};

RightErrors right_errors(Rounding rounding) {
  switch (rounding) {
    case Rounding::Nearest:
      return {-0.5, 0.5, false};
    case Rounding::Up:
      return {0, 1, false};
    case Rounding::Down:
      return {-1, 0, false};
    case Rounding::Zero:
      break;
  }
  return {-1, 0, true};
}

/// The bin of each error of size p / 16, and whether that is certain.
struct Bins {
  Integers bin;
  Integers sure;
};

Bins bins_of(Doubles size, Doubles doubt) {
  constexpr double kMagic = 0x1.8p52;
  const Doubles p = size * 16;
  const Doubles capped = p < 1e6 ? p : 1e6 + Doubles{};
  const Doubles shifted = capped + kMagic;
  const Doubles nearest = shifted - kMagic;
  const Integers whole = std::bit_cast<Integers>(shifted) & 0xffffff;
  Integers bin = whole - 1 - (p > nearest);
  bin = bin < 0 ? Integers{} : bin;
  constexpr auto kLast = static_cast<std::int64_t>(Histogram::kFine);
  bin = bin > kLast ? kLast + Integers{} : bin;
  // Of the bins' ends: 1/16, 2/16, ..., 2, and the powers of two above, which are among the rest.
  const Integers sure =
      (magnitude(p - nearest) > 16 * doubt) | ((nearest == 0) & (p + 16 * doubt < 1));
  return {bin, sure};
}

template <bool directed, class Result>
void look_as(const BlockErrors& block, RightErrors right, Result& glance) {
  constexpr bool kDetailed = std::is_same_v<Result, DetailedGlance>;
  struct Strands {
    Doubles certain{}, most{}, sizes{}, sums{};
  };
  std::array<Strands, kGroups> strands;
  Integers open{}, misrounded{}, above_one{};
  // e, d and f: errors, doubts and values, of which the sign counts. Returns the bins.
  const auto add = [&](std::size_t group, Doubles e, Doubles d, Doubles f) {
    Strands& s = strands[group];
    const Doubles size = magnitude(e);
    const Doubles least = size - d;
    const Doubles upper = size + d;
    s.certain = least > s.certain ? least : s.certain;
    s.most = upper > s.most ? upper : s.most;
    above_one -= size > 1.0;
    if constexpr (directed) {
      const Doubles turned = right.outward ? (f < 0 ? -e : e) : e;
      const Doubles a = turned - right.least;
      const Doubles b = right.most - turned;
      open |= ~((magnitude(a) > d) & (magnitude(b) > d));
      misrounded -= ~((a > 0) & (b > 0));
    } else {
      misrounded -= size > 0.5;
    }
    // A NaN, and an infinite doubt, fail these comparisons.
    Integers bin{};
    if constexpr (kDetailed) {
      s.sizes += size;
      s.sums += e;
      const Bins bins = bins_of(size, d);
      bin = bins.bin;
      open |= ~bins.sure;
    } else {
      open |= ~(magnitude(size - 1.0) > d);
      if constexpr (!directed) open |= ~(magnitude(size - 0.5) > d);
    }
    return bin;
  };
  const auto add_all = [&](const double* e, const double* d, const double* high, const double* low,
                           std::size_t i) {
    for (std::size_t group = 0; group < kGroups; ++group) {
      const std::size_t at = group * kLanes;
      const Doubles f = directed ? load(high + at) + load(low + at) : Doubles{};
      const Integers bin = add(group, load(e + at), load(d + at), f);
      if constexpr (kDetailed) store(bin, glance.bins.data() + i + at);
    }
  };
  const std::size_t n = block.errors.size();
  std::size_t i = 0;
  for (; i + kStrands <= n; i += kStrands) {
    add_all(block.errors.data() + i, block.doubts.data() + i, block.high.data() + i,
            block.low.data() + i, i);
  }
  if (i < n) {
    // The strands that are left over see a small error of which all is known, and forget it.
    std::array<double, kStrands> e{}, d{}, high, low{};
    high.fill(1);
    if constexpr (directed) e.fill(0.5 * (right.least + right.most) + 0.01);
    std::ranges::copy(block.errors.subspan(i), e.begin());
    std::ranges::copy(block.doubts.subspan(i), d.begin());
    std::ranges::copy(block.high.subspan(i), high.begin());
    std::ranges::copy(block.low.subspan(i), low.begin());
    const std::array<Strands, kGroups> before = strands;
    add_all(e.data(), d.data(), high.data(), low.data(), i);
    for (std::size_t k = n - i; k < kStrands; ++k) {
      Strands& s = strands[k / kLanes];
      const Strands& was = before[k / kLanes];
      const std::size_t lane = k % kLanes;
      s.certain[lane] = was.certain[lane];
      s.most[lane] = was.most[lane];
      s.sizes[lane] = was.sizes[lane];
      s.sums[lane] = was.sums[lane];
    }
  }
  static_cast<Glance&>(glance) = {};
  if constexpr (kDetailed) glance.sum_of_sizes = glance.sum_of_errors = 0;
  for (const Strands& s : strands) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      glance.certain = std::max(glance.certain, s.certain[lane]);
      glance.most = std::max(glance.most, s.most[lane]);
      if constexpr (kDetailed) {
        glance.sum_of_sizes += s.sizes[lane];
        glance.sum_of_errors += s.sums[lane];
      }
    }
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    glance.misrounded += static_cast<std::uint64_t>(misrounded[lane]);
    glance.above_one += static_cast<std::uint64_t>(above_one[lane]);
    glance.open = glance.open || open[lane] != 0;
  }
}

template <class Result>
void look_at(const BlockErrors& block, Rounding rounding, Result& glance) {
  if (rounding == Rounding::Nearest) {
    look_as<false>(block, right_errors(rounding), glance);
  } else {
    look_as<true>(block, right_errors(rounding), glance);
  }
}

}  // namespace

void look(const BlockErrors& block, Rounding rounding, Glance& glance) {
  look_at(block, rounding, glance);
}

void look(const BlockErrors& block, Rounding rounding, DetailedGlance& glance) {
  look_at(block, rounding, glance);
}

}  // namespace ulpforge::targets

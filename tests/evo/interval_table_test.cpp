// Interval tables against exact values, and that each interval owns its constants.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "evo/interval_table.h"
#include "ir/interpret.h"
#include "targets/reference.h"
#include "targets/scheme.h"

namespace ulpforge::evo {
namespace {

targets::Scheme scheme_of(const char* target, const char* name) {
  for (targets::Scheme& scheme : targets::schemes_of(target)) {
    if (scheme.name == name) return scheme;
  }
  throw std::invalid_argument(name);
}

std::vector<float> points(const targets::Domain& domain, int count) {
  std::vector<float> x;
  for (int i = 0; i < count; ++i) {
    x.push_back(static_cast<float>(domain.lo + domain.width() * (i + 0.5) / count));
  }
  return x;
}

std::vector<float> values(const ir::Program& kernel, const std::vector<float>& x) {
  std::vector<float> y(x.size());
  ir::interpret<float, float>(kernel, x, y);
  return y;
}

struct Case {
  const char* target;
  const char* scheme;
  /// That degree 4 on 16 intervals, 6 on 8, stays below, relative to the whole function.
  double error;
  bool by_sign = false;  ///< two functions in one kernel: two intervals
};

class IntervalTables : public testing::TestWithParam<Case> {};

TEST_P(IntervalTables, ApproximateTheKernel) {
  const targets::Scheme scheme = scheme_of(GetParam().target, GetParam().scheme);
  for (std::uint64_t draw = 0; draw < 12; ++draw) {
    Random random{7, draw};
    IntervalTable table = random_table(scheme.kernel.domain, random);
    if (table.by_sign() != GetParam().by_sign) continue;
    // Small offsets make intervals far out as wide as binades.
    if (static_cast<double>(table.offset) < scheme.kernel.domain.hi / 8 &&
        scheme.kernel.domain.lo == 0) {
      continue;
    }
    table.degree = table.intervals == 8 ? 6 : 4;
    const auto kernel = tabulate(scheme, table);
    ASSERT_TRUE(kernel);
    ASSERT_FALSE(ir::find_defect(*kernel));
    std::vector<float> x = points(scheme.kernel.domain, 600);
    // Where the function is 0 at 0, a constant term that is not would be a large relative error.
    for (const float small : {1e-6F, 1e-20F, 1e-37F}) x.push_back(small);
    const std::vector<float> y = values(*kernel, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double at = static_cast<double>(x[i]);
      const double f = targets::reference(scheme.kernel.program, at).hi;
      const double weight = std::abs(targets::reference(scheme.weight, at).hi);
      if (!std::isfinite(f) || !std::isfinite(weight)) continue;
      ASSERT_LT(std::abs(static_cast<double>(y[i]) - f) * weight, GetParam().error)
          << "x " << at << " offset " << table.offset << " intervals " << table.intervals;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, IntervalTables,
                         testing::Values(Case{"exp2", "scalef", 0x1.8p-23},
                                         Case{"log", "centred", 0x1.8p-23},
                                         Case{"log2", "sqrt2", 0x1.8p-23},
                                         Case{"tan", "double", 0x1.8p-23},
                                         Case{"erf", "plain", 0x1p-16},
                                         Case{"tanh", "plain", 0x1p-14},
                                         Case{"sin", "kept", 0x1p-23, true}));

TEST(IntervalTable, ConstantsBelongToOneInterval) {
  const targets::Scheme scheme = scheme_of("exp2", "scalef");
  for (std::uint64_t draw = 0; draw < 6; ++draw) {
    Random random{11, draw};
    const IntervalTable table = random_table(scheme.kernel.domain, random);
    const auto kernel = tabulate(scheme, table);
    ASSERT_TRUE(kernel);
    const std::vector<float> x = points(scheme.kernel.domain, 1000);
    const std::vector<float> before = values(*kernel, x);
    for (std::size_t interval = 0; interval < static_cast<std::size_t>(table.intervals);
         interval += 5) {
      ir::Program changed = *kernel;
      for (const std::size_t index : constants_of_interval(table, interval)) {
        ASSERT_LT(index, changed.constants.size());
        changed.constants[index] = 1000.0;
      }
      const std::vector<float> after = values(changed, x);
      for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_EQ(before[i] != after[i], table.interval_of(x[i]) == interval) << x[i];
      }
    }
  }
}

/// Every other table is one of the function on its domain, too, with room for all of its intervals.
TEST(IntervalTable, NeighboursDifferInOneRespectAndFit) {
  for (const auto& [target, name] : {std::pair("tanh", "plain"), std::pair("cos", "kept"),
                                     std::pair("exp2", "scalef")}) {
    const targets::Scheme scheme = scheme_of(target, name);
    const std::vector<float> x = points(scheme.kernel.domain, 2000);
    std::set<std::string> changed;
    int failed = 0;
    for (std::uint64_t draw = 0; draw < 150; ++draw) {
      Random random{11, draw};
      const IntervalTable table = random_table(scheme.kernel.domain, random);
      const IntervalTable other = neighbour(table, scheme.kernel.domain, random);
      if (other.degree != table.degree) changed.insert("degree");
      if (other.horner != table.horner) changed.insert("sums");
      if (other.intervals != table.intervals) changed.insert("intervals");
      if (other.centred != table.centred) changed.insert("centres");
      if (other.offset != table.offset) changed.insert("offset");
      EXPECT_LE((other.degree != table.degree) + (other.intervals != table.intervals) +
                    (other.centred != table.centred) + (other.offset != table.offset),
                1);
      const auto kernel = tabulate(scheme, other);
      failed += !kernel;
      EXPECT_TRUE(!kernel || belongs_to(other, *kernel));
      // An interval is one stretch: left once, its entries are not read again.
      std::set<std::size_t> left;
      for (std::size_t i = 1; i < x.size(); ++i) {
        const std::size_t before = other.interval_of(x[i - 1]);
        const std::size_t at = other.interval_of(x[i]);
        if (at == before) continue;
        left.insert(before);
        EXPECT_FALSE(left.contains(at)) << target << ' ' << x[i];
      }
    }
    EXPECT_GE(changed.size(), 2U) << target;
    // Some polynomials of high degree have no finite coefficients.
    EXPECT_LE(failed, 3) << target;
  }
}

}  // namespace
}  // namespace ulpforge::evo

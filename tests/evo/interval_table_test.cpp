// Interval tables against exact values, and that each interval owns its constants.
#include "evo/interval_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "evo/interval_cuts.h"
#include "ir/interpret.h"
#include "targets/exact/reference.h"
#include "targets/schemes/scheme.h"

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
void PrintTo(const Case& c, std::ostream* out) { *out << c.target << " " << c.scheme; }

class IntervalTables : public testing::TestWithParam<Case> {};

TEST_P(IntervalTables, ApproximateTheKernel) {
  const targets::Scheme scheme = scheme_of(GetParam().target, GetParam().scheme);
  for (std::uint64_t draw = 0; draw < 12; ++draw) {
    numbers::Random random{7, draw};
    IntervalTable table = random_table(scheme, random);
    if (table.by_sign() != GetParam().by_sign) continue;
    // Small offsets make intervals far out as wide as binades.
    if (static_cast<double>(table.offset / table.scale) < scheme.kernel.domain.hi / 8 &&
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

INSTANTIATE_TEST_SUITE_P(
    Kernels, IntervalTables,
    testing::Values(Case{"exp2", "scalef", 0x1.8p-23}, Case{"log", "centred", 0x1.8p-23},
                    Case{"log2", "sqrt2", 0x1.8p-23}, Case{"tan", "mixed", 0x1.8p-23},
                    Case{"erf", "plain", 0x1p-16}, Case{"tanh", "plain", 0x1p-14},
                    Case{"sin", "compensated", 0x1p-23, true}));

/// The largest error of the kernel at these points, weighted.
double largest_error(const targets::Scheme& scheme, const ir::Program& kernel,
                     const std::vector<float>& x) {
  const std::vector<float> y = values(kernel, x);
  double largest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double at = static_cast<double>(x[i]);
    const double f = targets::reference(scheme.kernel.program, at).hi;
    const double weight = targets::reference(scheme.weight, at).hi;
    largest = std::max(largest, std::abs((static_cast<double>(y[i]) - f) * weight));
  }
  return largest;
}

/// Added to r, what is small hardly counts: below and above r, next to 0 and further out.
TEST(IntervalTable, BesidesRRoundsHardlyMoreThanOnce) {
  for (const char* function : {"tanh(x)", "sinh(x)", "atan(x)", "asinh(x)", "expm1(x)"}) {
    const targets::Scheme scheme = targets::whole_function(
        targets::make_target(function, targets::Domain{0, 2}, targets::Metric::Relative));
    int besides_r = 0;
    for (std::uint64_t draw = 0; draw < 60; ++draw) {
      numbers::Random random{17, draw};
      IntervalTable table = random_table(scheme, random);
      if (!table.besides_r || table.intervals != 32) continue;
      // Some have cuts as near to 0 as that.
      if (number_of(0x1p-7F, table) != number_of(0, table)) continue;
      ++besides_r;
      table.degree = table.horner = 8;  // what is added to comes last
      const auto kernel = tabulate(scheme, table);
      ASSERT_TRUE(kernel) << function;
      std::vector<float> small, all = points(scheme.kernel.domain, 3000);
      for (const float x : all) small.push_back(x * 0x1p-8F);
      // In units of half a ULP, at most.
      EXPECT_LT(largest_error(scheme, *kernel, small) * 0x1p24, 1.02) << function;
      EXPECT_LT(largest_error(scheme, *kernel, all) * 0x1p24, 4.0) << function;
    }
    EXPECT_GE(besides_r, 2) << function;
  }
}

TEST(IntervalTable, WhatDoesNotStartFrom0IsNotAddedToR) {
  for (const auto& [target, name] : {std::pair("exp2", "fraction"), std::pair("tan", "rounded")}) {
    const targets::Scheme scheme = scheme_of(target, name);
    for (std::uint64_t draw = 0; draw < 40; ++draw) {
      numbers::Random random{19, draw};
      const IntervalTable table = random_table(scheme, random);
      EXPECT_FALSE(table.besides_r || neighbour(table, scheme, random).besides_r) << target;
    }
  }
}

TEST(IntervalTable, CutsOfOneLengthNeedNoShift) {
  const targets::Scheme scheme = scheme_of("exp2", "scalef");
  int of_one_length = 0;
  for (std::uint64_t draw = 0; draw < 20; ++draw) {
    numbers::Random random{23, draw};
    const IntervalTable table = random_table(scheme, random);
    if (!table.of_one_length()) continue;
    ++of_one_length;
    EXPECT_GE(span(scheme.kernel.domain, table) + 1, static_cast<unsigned>(table.intervals));
    const ir::Program kernel = tabulate(scheme, table).value();
    for (const ir::Instruction& step : kernel.code) {
      EXPECT_NE(step.op, ir::Op::ShiftRightLogical);
    }
  }
  EXPECT_GE(of_one_length, 3);
}

/// The estimate by which cuts are chosen, against the error of the table that is fitted to them.
TEST(IntervalTable, ErrorLeftIsAboutThatOfTheFit) {
  for (const auto& [target, name] :
       {std::pair("exp2", "scalef"), std::pair("log", "centred"), std::pair("erf", "plain")}) {
    const targets::Scheme scheme = scheme_of(target, name);
    int compared = 0;
    for (std::uint64_t draw = 0; draw < 120; ++draw) {
      numbers::Random random{29, draw};
      IntervalTable table = random_table(scheme, random);
      table.degree = 2;
      table.centred = table.besides_r = false;
      const double estimate = error_left(scheme, table);
      // Far above the rounding errors, and not so large that one term tells little.
      if (table.by_sign() || estimate < 0x1p-20 || estimate > 0x1p-8) continue;
      ++compared;
      const double error =
          largest_error(scheme, *tabulate(scheme, table), points(scheme.kernel.domain, 2000));
      EXPECT_GT(error, 0.4 * estimate) << target << " draw " << draw;
      EXPECT_LT(error, 3 * estimate) << target << " draw " << draw;
    }
    EXPECT_GE(compared, 5) << target;
  }
}

TEST(IntervalTable, ConstantsBelongToOneInterval) {
  const targets::Scheme scheme = scheme_of("exp2", "scalef");
  for (std::uint64_t draw = 0; draw < 6; ++draw) {
    numbers::Random random{11, draw};
    const IntervalTable table = random_table(scheme, random);
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
  for (const auto& [target, name] :
       {std::pair("tanh", "plain"), std::pair("cos", "compensated"), std::pair("exp2", "scalef")}) {
    const targets::Scheme scheme = scheme_of(target, name);
    const std::vector<float> x = points(scheme.kernel.domain, 2000);
    std::set<std::string> changed;
    int failed = 0;
    for (std::uint64_t draw = 0; draw < 150; ++draw) {
      numbers::Random random{11, draw};
      const IntervalTable table = random_table(scheme, random);
      const IntervalTable other = neighbour(table, scheme, random);
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

// What the constants of the logarithms' tables promise, against MPFR.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "numbers/mpfr.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::targets {
namespace {

constexpr int kIntervals = 32;

struct Table {
  std::string name;
  const char* base;
  bool centred;      ///< mantissas of [3/4, 3/2), else of [1, 2)
  float log_of_two;  ///< what the exponent is multiplied with, its high part where there are two
  bool exact;        ///< that product's sum with l is
};

std::vector<std::pair<Table, Scheme>> tables() {
  const std::vector<Table> rows = {{"log2/table", "2", false, 1, true},
                                   {"log2/table_exact", "2", false, 1, true},
                                   {"log/table", "e", false, 0x1.62e43p-1F, false},
                                   {"log1p/table", "e", false, 0x1.62e43p-1F, false},
                                   {"asinh/table", "e", false, 0x1.62e43p-1F, false},
                                   {"acosh/table", "e", false, 0x1.62e43p-1F, false},
                                   {"atanh/table", "e", false, 0x1.62e43p-1F, false},
                                   {"log/table_exact", "e", true, 0x1.62e4p-1F, true},
                                   {"log10/table", "10", false, 0x1.344136p-2F, false},
                                   {"log10/table_exact", "10", true, 0x1.344p-2F, true}};
  std::vector<std::pair<Table, Scheme>> found;
  for (const SchemeRow& row : scheme_table()) {
    if (!row.name.starts_with("table")) continue;
    const std::string name = std::string(row.target) + "/" + std::string(row.name);
    const auto table = std::ranges::find(rows, name, &Table::name);
    EXPECT_NE(table, rows.end()) << name << " has no row in this test";
    if (table != rows.end()) found.emplace_back(*table, make_scheme(row));
  }
  EXPECT_EQ(found.size(), rows.size());
  return found;
}

/// The constants of the scheme's first and second lookup: reciprocals and logarithms.
std::vector<float> entries(const Scheme& scheme, int which) {
  for (const ir::Instruction& step : scheme.program.code) {
    if (step.op != ir::Op::Permute32 || which-- > 0) continue;
    std::vector<float> values;
    for (std::size_t k = 0; k < kIntervals; ++k) {
      values.push_back(static_cast<float>(scheme.program.constants[step.operands[1].index + k].hi));
    }
    return values;
  }
  ADD_FAILURE() << "no lookup";
  return std::vector<float>(kIntervals);
}

std::pair<double, double> interval(const Table& table, int k) {
  if (table.centred && k >= kIntervals / 2) {
    return {0.5 + k / 64.0, 0.5 + (k + 1) / 64.0};
  }
  return {1 + k / 32.0, 1 + (k + 1) / 32.0};
}

numbers::Mpfr logarithm(const Table& table, const numbers::Mpfr& x) {
  const std::string base = table.base;
  return base == "2" ? log2(x) : base == "10" ? log10(x) : log(x);
}

TEST(LogarithmTables, ReducedArgumentsAreInTheKernelsDomain) {
  for (const auto& [table, scheme] : tables()) {
    const std::vector<float> c = entries(scheme, 0);
    for (int k = 0; k < kIntervals; ++k) {
      const auto [lo, hi] = interval(table, k);
      const double factor = static_cast<double>(c[static_cast<std::size_t>(k)]);
      EXPECT_GE(lo * factor - 1, scheme.kernel.domain.lo) << table.name << " " << k;
      EXPECT_LE(hi * factor - 1, scheme.kernel.domain.hi) << table.name << " " << k;
    }
  }
}

TEST(LogarithmTables, AddUpToTheLogarithmWithinAThirdOfAnUlp) {
  const numbers::MpfrPrecision precision(200);
  for (const auto& [table, scheme] : tables()) {
    const std::vector<float> c = entries(scheme, 0);
    const std::vector<float> l = entries(scheme, 1);
    for (int k = 0; k < kIntervals; ++k) {
      const auto i = static_cast<std::size_t>(k);
      const auto [lo, hi] = interval(table, k);
      // What leaves the smallest result: exponent -1 from 3/2 on, 0 below.
      const bool lower = lo >= 1.5;
      const numbers::Mpfr scale(lower ? 0.5 : 1.0);
      const numbers::Mpfr exact = logarithm(table, scale / numbers::Mpfr(c[i]));
      const numbers::Mpfr sum =
          numbers::Mpfr(l[i]) - numbers::Mpfr(lower ? table.log_of_two : 0.0F);
      const double error = abs(sum - exact).convert_to<double>();
      const double least = std::min(abs(logarithm(table, numbers::Mpfr(lo) * scale)),
                                    abs(logarithm(table, numbers::Mpfr(hi) * scale)))
                               .convert_to<double>();
      // Next to 1 nothing is left of the table.
      EXPECT_LE(error, least * 0x1p-25 * 0.67) << table.name << " " << k;
    }
  }
}

TEST(LogarithmTables, SumsWithTheExponentAreExact) {
  for (const auto& [table, scheme] : tables()) {
    if (!table.exact) continue;
    for (const float l : entries(scheme, 1)) {
      for (int e = -149; e <= 128; ++e) {
        const double sum = e * static_cast<double>(table.log_of_two) + static_cast<double>(l);
        ASSERT_EQ(static_cast<double>(static_cast<float>(sum)), sum) << table.name << " " << e;
      }
    }
  }
}

}  // namespace
}  // namespace ulpforge::targets

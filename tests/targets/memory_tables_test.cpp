// What the entries of the tables in memory promise, against MPFR.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include "ir/text.h"
#include "numbers/mpfr.h"
#include "targets/exact/real.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::targets {
namespace {

constexpr unsigned kBits = 200;

struct MemoryTable {
  std::size_t entries;
  std::vector<double> values;  ///< of floats
  std::vector<std::uint64_t> bits;
};

/// The tables that the program looks up, each once, in the order of the lookups.
std::vector<MemoryTable> memory_tables_of(const Scheme& scheme) {
  const std::vector<std::uint64_t> bits = ir::constant_bits(scheme.program);
  std::vector<MemoryTable> tables;
  std::set<std::uint32_t> seen;
  for (const ir::Instruction& step : scheme.program.code) {
    const ir::OpInfo& row = ir::info(step.op);
    if (!row.name.starts_with("lookup")) continue;
    if (!seen.insert(step.operands[1].index).second) continue;
    MemoryTable table{ir::table_size(row, 1), {}, {}};
    for (std::size_t k = 0; k < table.entries; ++k) {
      table.bits.push_back(bits[step.operands[1].index + k]);
      table.values.push_back(std::bit_cast<double>(table.bits.back()));
    }
    tables.push_back(table);
  }
  return tables;
}

std::vector<SchemeRow> memory_rows_of(std::initializer_list<std::string_view> targets) {
  std::vector<SchemeRow> rows;
  for (const SchemeRow& row : scheme_table()) {
    if (std::ranges::find(targets, row.target) == targets.end()) continue;
    if (row.name.starts_with("lookup")) rows.push_back(row);
  }
  return rows;
}

double nearest(const numbers::Mpfr& x) { return x.convert_to<double>(); }

TEST(MemoryTables, EverySchemeOfThatNameHasOne) {
  int found = 0;
  for (const SchemeRow& row : scheme_table()) {
    const bool reads = reads_memory(make_scheme(row));
    EXPECT_EQ(reads, row.name.starts_with("lookup")) << row.target << "/" << row.name;
    found += reads ? 1 : 0;
  }
  EXPECT_GE(found, 10);
}

TEST(MemoryTables, PowersPlusTheirNumberOfStepsArePowersOfTwo) {
  for (const SchemeRow& row :
       memory_rows_of({"exp2", "exp", "exp10", "expm1", "tanh", "sinh", "cosh"})) {
    const std::vector<MemoryTable> tables = memory_tables_of(make_scheme(row));
    ASSERT_FALSE(tables.empty());
    const MemoryTable& table = tables.front();
    {
      for (std::size_t i = 0; i < table.entries; ++i) {
        const auto n = static_cast<double>(table.entries);
        const double power = nearest(exp2(real(static_cast<double>(i) / n, kBits)));
        const std::uint64_t step = (std::uint64_t{1} << 52) / table.entries;
        EXPECT_EQ(std::bit_cast<double>(table.bits[i] + i * step), power)
            << row.target << "/" << row.name << " " << i;
        if (tables.size() == 1) continue;
        const numbers::Mpfr exact = exp2(real(static_cast<double>(i) / n, kBits));
        const numbers::Mpfr lost = (exact - real(power, kBits)) / real(power, kBits);
        EXPECT_EQ(tables[1].values[i], nearest(lost)) << row.target << "/" << row.name << " " << i;
      }
    }
  }
}

TEST(MemoryTables, LogarithmsAreNearlyThoseOfReciprocalsThatLeaveTheKernelsDomain) {
  for (const SchemeRow& row : memory_rows_of({"log", "log1p", "log2", "log10"})) {
    SCOPED_TRACE(std::string(row.target));
    const Scheme scheme = make_scheme(row);
    const std::vector<MemoryTable> tables = memory_tables_of(scheme);
    ASSERT_EQ(tables.size(), 2U);
    const std::string text(row.text);
    const std::size_t at = text.find("mantissa_offset: i64 = ");
    ASSERT_NE(at, std::string::npos);
    const std::uint64_t offset = std::stoull(text.substr(at + 23), nullptr, 16);
    for (std::size_t i = 0; i < tables[0].entries; ++i) {
      const double c = tables[0].values[i], l = tables[1].values[i];
      // Products with floats are exact.
      EXPECT_EQ(c * 0x1p28, std::trunc(c * 0x1p28)) << i;
      EXPECT_LT(c, 2) << i;
      for (const std::uint64_t end : {i, i + 1}) {
        const double m = std::bit_cast<double>(offset + (end << 45));
        EXPECT_GE(m * c - 1, scheme.kernel.domain.lo) << i;
        EXPECT_LE(m * c - 1, scheme.kernel.domain.hi) << i;
      }
      const numbers::Mpfr inverse = real(1.0, kBits) / real(c, kBits);
      const numbers::Mpfr exact = row.target.starts_with("log1p") || row.target == "log"
                                      ? log(inverse)
                                  : row.target == "log2" ? log2(inverse)
                                                         : log10(inverse);
      const double unit = l == 0 ? 0 : std::ldexp(1.0, std::ilogb(l) - 52);
      EXPECT_LE(std::abs(nearest(exact - real(l, kBits))), unit * 0x1p-9) << i;
    }
  }
}

/// The floats of an interval are as far from c as the kernel's domain allows.
TEST(MemoryTables, ArctangentsAreNearlyThoseOfShortNumbersNextToTheirIntervals) {
  for (const SchemeRow& row : memory_rows_of({"atan"})) {
    const Scheme scheme = make_scheme(row);
    const std::vector<MemoryTable> tables = memory_tables_of(scheme);
    ASSERT_EQ(tables.size(), 2U);
    constexpr std::uint32_t kFirst = 984;
    for (std::uint32_t v = kFirst; v < kFirst + 64; ++v) {
      const double c = tables[0].values[v % 64], angle = tables[1].values[v % 64];
      // Products with floats are exact.
      EXPECT_EQ(static_cast<float>(c), c);
      EXPECT_EQ(std::ldexp(c, 28 - std::ilogb(c == 0 ? 1 : c)),
                std::trunc(std::ldexp(c, 28 - std::ilogb(c == 0 ? 1 : c))));
      const numbers::Mpfr exact = atan(real(c, kBits));
      const double unit = angle == 0 ? 0 : std::ldexp(1.0, std::ilogb(angle) - 52);
      EXPECT_LE(std::abs(nearest(exact - real(angle, kBits))),
                unit * (v == kFirst + 63 ? 0.5 : 0x1p-6))
          << v;
      for (const std::uint32_t end : {v, v + 1}) {
        const double x = v == kFirst && end == v            ? 0
                         : v == kFirst + 63 && end == v + 1 ? 0x1p60
                                                            : std::bit_cast<float>(end << 20);
        const double t = (x - c) / (1 + x * c);
        EXPECT_LE(t * t, scheme.kernel.domain.hi) << v;
      }
    }
  }
}

TEST(MemoryTables, CubeRootsAreNearlyThoseOfReciprocalsThatLeaveTheKernelsDomain) {
  for (const SchemeRow& row : memory_rows_of({"cbrt"})) {
    const Scheme scheme = make_scheme(row);
    const std::vector<MemoryTable> tables = memory_tables_of(scheme);
    ASSERT_EQ(tables.size(), 2U);
    ASSERT_EQ(tables[0].entries, 32U);
    for (std::size_t i = 0; i < 32; ++i) {
      const double c = tables[0].values[i];
      EXPECT_EQ(c * 0x1p28, std::trunc(c * 0x1p28)) << i;
      for (const double end :
           {1 + static_cast<double>(i) / 32, 1 + static_cast<double>(i + 1) / 32}) {
        EXPECT_GE(end * c - 1, scheme.kernel.domain.lo) << i;
        EXPECT_LE(end * c - 1, scheme.kernel.domain.hi) << i;
      }
      for (std::size_t j = 0; j < 3; ++j) {
        const double root =
            std::bit_cast<double>(tables[1].bits[32 * j + i] + (std::uint64_t{341} << 52));
        const numbers::Mpfr exact =
            cbrt(real(std::ldexp(1.0, static_cast<int>(j)), kBits) / real(c, kBits));
        EXPECT_LE(std::abs(nearest(exact - real(root, kBits))), 0x1p-52 * 0.1) << i << " " << j;
      }
    }
  }
}

TEST(MemoryTables, SinesAreRounded) {
  for (const SchemeRow& row : memory_rows_of({"sin", "cos", "tan"})) {
    const std::vector<MemoryTable> tables = memory_tables_of(make_scheme(row));
    ASSERT_EQ(tables.size(), row.name.ends_with("_again") ? 2U : 1U);
    for (std::size_t i = 0; i < tables[0].entries; ++i) {
      numbers::Mpfr sine = real(kBits);
      mpfr_sinpi(numbers::raw(sine), numbers::raw(real(2.0 * static_cast<double>(i) / 256, kBits)),
                 MPFR_RNDN);
      EXPECT_EQ(tables[0].values[i], nearest(sine)) << i;
      if (tables.size() == 1) continue;
      EXPECT_EQ(tables[1].values[i], nearest(sine - real(tables[0].values[i], kBits))) << i;
    }
  }
}

TEST(MemoryTables, ErrorFunctionsAndTheirDerivativesBeginPolynomialsThatAreClose) {
  for (const SchemeRow& row : memory_rows_of({"erf"})) {
    const std::vector<MemoryTable> tables = memory_tables_of(make_scheme(row));
    ASSERT_EQ(tables.size(), 8U);
    for (std::size_t i = 0; i < 32; ++i) {
      const double c = static_cast<double>(i) / 8;
      const numbers::Mpfr slope =
          2 / sqrt(real(std::numbers::pi, kBits)) * exp(-real(c, kBits) * c);
      EXPECT_EQ(tables[0].values[i], nearest(erf(real(c, kBits)))) << i;
      EXPECT_NEAR(tables[1].values[i], nearest(slope), nearest(slope) * 0x1p-52) << i;
      for (int step = i == 0 ? 0 : -8; step <= 8; ++step) {
        const double d = step / 128.0;
        double y = 0;
        for (std::size_t k = tables.size(); k-- > 0;) y = y * d + tables[k].values[i];
        const double exact = std::erf(c + d);
        EXPECT_NEAR(y, exact, exact * 0x1p-40) << i << " " << d;
      }
    }
  }
}

}  // namespace
}  // namespace ulpforge::targets

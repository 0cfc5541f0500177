// Every row of the catalog: it makes a target, its parity is right and its symbol computes it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "ir/expression.h"
#include "system/loaded_library.h"
#include "targets/catalog.h"
#include "targets/exact/reference.h"
#include "targets/exact/ulp.h"
#include "targets/parity.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::targets {

void PrintTo(const CatalogRow& row, std::ostream* os) { *os << row.name; }

namespace {

class Row : public ::testing::TestWithParam<CatalogRow> {
 protected:
  const CatalogRow& row_ = GetParam();
};

TEST_P(Row, MakesItsTarget) {
  const Target target = make_target(row_.name);
  EXPECT_EQ(target.name, row_.name);
  EXPECT_EQ(target.expression, row_.expression);
  EXPECT_EQ(target.domain, row_.domain);
  EXPECT_EQ(target.metric, row_.metric);
  EXPECT_EQ(target.program, ir::parse_expression(row_.expression));
}

TEST_P(Row, HasItsParity) {
  const ir::Program program = ir::parse_expression(row_.expression);
  int even = 0;
  int odd = 0;
  int points = 0;
  for (const double x : {0.1, 0.23, 0.37, 0.45, 1.6, 2.7}) {
    const numbers::DoubleDouble plus = reference(program, x);
    const numbers::DoubleDouble minus = reference(program, -x);
    if (std::isnan(plus.hi) && std::isnan(minus.hi)) continue;
    ++points;
    even += plus == minus;
    odd += plus == -minus;
  }
  EXPECT_EQ(points > 0 && even == points, row_.parity == Parity::Even);
  EXPECT_EQ(points > 0 && odd == points, row_.parity == Parity::Odd);
}

TEST_P(Row, SymbolComputesIt) {
  if (row_.symbol.empty()) GTEST_SKIP() << "no libm symbol";
  const system::LoadedLibrary libm("libm.so.6");
  using Function = double (*)(double);
  const auto function = reinterpret_cast<Function>(libm.find(std::string(row_.symbol)));
  ASSERT_NE(function, nullptr) << row_.symbol;
  if (row_.symbol == "frexp" || row_.symbol == "modf" || row_.symbol == "ilogb") {
    GTEST_SKIP() << "of several results, or of an integer one";
  }
  const ir::Program program = ir::parse_expression(row_.expression);
  for (int i = 1; i < 16; ++i) {
    const double x = row_.domain.lo + row_.domain.width() * i / 16;
    const double f = reference(program, x).hi;
    EXPECT_NEAR(function(x), f, 8 * ulp_f64(f)) << x;
  }
}

INSTANTIATE_TEST_SUITE_P(Catalog, Row, ::testing::ValuesIn(catalog().begin(), catalog().end()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Catalog, HasEveryTargetAskedFor) {
  for (const char* name :
       {"exp2", "exp",  "log2", "log",  "log1p",         "sin",   "cos",   "tan",    "tanh",
        "atan", "erf",  "erfc", "airy", "bessel_i_half", "j0",    "gamma", "cbrt",   "sqrt",
        "asin", "acos", "sinh", "cosh", "expm1",         "log10", "exp10", "lgamma", "sinpi"}) {
    EXPECT_NE(find_in_catalog(name), nullptr) << name;
  }
  EXPECT_EQ(find_in_catalog("exp2(x)"), nullptr);
}

/// Functions of C23's <math.h> from real numbers (and an integer) to a real number, and usual
/// others.
TEST(Catalog, HasCsFunctionsByTheirNames) {
  for (const char* name :
       {"acos",   "acosh",  "acospi",    "asin",     "asinh",   "asinpi",    "atan",   "atanh",
        "atanpi", "cbrt",   "ceil",      "cos",      "cosh",    "cospi",     "erf",    "erfc",
        "exp",    "exp10",  "exp10m1",   "exp2",     "exp2m1",  "expm1",     "fabs",   "floor",
        "frexp",  "lgamma", "log",       "log10",    "log10p1", "log1p",     "log2",   "log2p1",
        "logb",   "modf",   "nearbyint", "rint",     "round",   "roundeven", "rsqrt",  "sin",
        "sinh",   "sinpi",  "sqrt",      "tan",      "tanh",    "tanpi",     "tgamma", "trunc",
        "erfcx",  "expint", "digamma",   "lambertw", "j0",      "j1",        "y0",     "y1",
        "i0",     "i1",     "k0",        "k1"}) {
    EXPECT_NE(find_in_catalog(name), nullptr) << name;
    EXPECT_NE(find_by_symbol(name), nullptr) << name;
  }
  for (const char* name : {"atan2", "atan2pi", "copysign", "fdim", "fmax", "fmin", "fmod", "hypot",
                           "ldexp", "nextafter", "pow", "powr", "pown", "rootn", "compoundn",
                           "remainder", "scalbn", "scalbln"}) {
    const PairRow* const row = find_pair(name);
    ASSERT_NE(row, nullptr) << name;
    EXPECT_NO_THROW(ir::parse_expression(row->expression, 2)) << name;
  }
  EXPECT_EQ(expression_of("tgamma"), "gamma(x)");
  EXPECT_EQ(expression_of("j2"), "j2(x)");
  EXPECT_EQ(expression_of("airy_ai"), "airy_ai(x)");
  EXPECT_EQ(expression_of("exp(x)"), "exp(x)");
  EXPECT_EQ(expression_of("florp"), "florp");
}

TEST(Parity, IsThatOfTheCatalog) {
  for (const CatalogRow& row : catalog()) {
    const Parity parity = parity_of(ir::parse_expression(row.expression));
    EXPECT_EQ(name(parity), name(row.parity)) << row.name;
  }
}

/// What has to be there for a function of libufmath: a miss names the function.
TEST(Family, HasAllThatItsFunctionsNeed) {
  const system::LoadedLibrary libm("libm.so.6");
  std::set<std::string_view> with_schemes;
  for (const SchemeRow& scheme : scheme_table()) with_schemes.insert(scheme.target);
  for (const std::string_view name : family_names()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(with_schemes.erase(name), 1U) << "no range reduction";
    const CatalogRow& row = *find_in_catalog(name);
    if (!row.symbol.empty()) {
      EXPECT_NE(libm.find(fmt::format("{}f", row.symbol)), nullptr) << "no float function";
    }
    // It is timed where it has values, but for poles at the ends.
    const auto [low, high, logarithmic] = row.timed_on;
    EXPECT_LT(low, high);
    EXPECT_TRUE(low > 0 || !logarithmic);
    const ir::Program program = ir::parse_expression(row.expression);
    for (const double share : {0.01, 0.25, 0.75, 0.99}) {
      const double x = low + share * (high - low);
      EXPECT_FALSE(std::isnan(reference(program, x).hi)) << x;
    }
  }
  EXPECT_THAT(with_schemes, testing::IsEmpty()) << "range reductions of no function of the family";
}

TEST(Catalog, NamesAreUnique) {
  const std::vector<std::string_view> names = catalog_names();
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), names.size());
}

}  // namespace
}  // namespace ulpforge::targets

// Results that are wrong at special values, and rivals by accuracy.
#include "bench/special_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "bench/bench.h"
#include "ir/expression.h"

namespace ulpforge::bench {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> wrong_of(const std::string& expression, float (*f)(float)) {
  const targets::FloatReference reference(ir::parse_expression(expression),
                                          targets::all_finite_floats());
  const Array array = [f](const float* x, float* y, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) y[i] = f(x[i]);
  };
  std::vector<std::string> texts;
  for (const WrongValue& wrong : wrong_values(reference, array)) {
    texts.push_back(to_text(expression.substr(0, expression.find('(')), wrong));
  }
  return texts;
}

TEST(SpecialValues, OfTheCLibraryAreRight) {
  EXPECT_THAT(wrong_of("exp(x)", std::exp), IsEmpty());
  EXPECT_THAT(wrong_of("log(x)", std::log), IsEmpty());
  EXPECT_THAT(wrong_of("sin(x)", std::sin), IsEmpty());
  EXPECT_THAT(wrong_of("erf(x)", std::erf), IsEmpty());
  EXPECT_THAT(wrong_of("acosh(x)", std::acosh), IsEmpty());
  EXPECT_THAT(wrong_of("cbrt(x)", std::cbrt), IsEmpty());
}

TEST(SpecialValues, WrongOnesAreTold) {
  EXPECT_THAT(wrong_of("exp(x)", [](float x) { return x == -INFINITY ? 0x1p-126F : std::exp(x); }),
              ElementsAre("exp(-inf) is 1.175e-38, not 0"));
  EXPECT_THAT(wrong_of("log(x)", [](float x) { return x < 0 ? -INFINITY : std::log(x); }),
              Contains("log(-1) is -inf, not nan"));
  EXPECT_THAT(wrong_of("sin(x)", [](float x) { return x == 0 ? 0 : std::sin(x); }),
              ElementsAre("sin(-0) is 0, not -0"));
  // Results that are subnormal are left out.
  const std::vector<std::string> flushed = wrong_of("exp(x)", [](float x) {
    const float y = std::exp(x);
    return std::isnormal(y) || !std::isfinite(y) ? y : 0;
  });
  EXPECT_THAT(flushed, Contains("exp(-90) is 0, not 8.194e-40"));
  EXPECT_THAT(flushed, Not(Contains(testing::HasSubstr("inf"))));
  EXPECT_THAT(wrong_of("tanh(x)", [](float x) { return std::isnan(x) ? 1 : std::tanh(x); }),
              ElementsAre("tanh(nan) is 1, not nan", "tanh(nan) is 1, not nan"));
}

Row row(const std::string& name, bool ours, double ns, double max_ulp, double inside) {
  Row made;
  made.function = "exp";
  made.form = "512";
  made.name = name;
  made.ours = ours;
  made.nanoseconds = ns;
  made.accuracy.emplace();
  made.accuracy->score.max_ulp = max_ulp;
  made.accuracy->inside.emplace().max_ulp = inside;
  return made;
}

TEST(Rivals, AreAsAccurateAndCompiledTheSame) {
  std::vector<Row> rows = {
      row("uf_expf_1u", true, 1, 0.9, 0.8), row("exact", false, 8, 0.5, 0.5),
      row("flushing", false, 2, 1e6, 0.95), row("wrong", false, 3, 0.95, 0.9),
      row("loose", false, 0.5, 3, 3),       row("of clang", false, 1, 0.6, 0.6)};
  rows[0].compiler = "g++";
  rows[3].wrong_values = {"exp(nan) is 0, not nan"};
  rows[5].compiler = "clang++";
  EXPECT_EQ(against_fastest(rows[0], rows, Where::Everywhere)->peer, "exact");
  EXPECT_EQ(against_fastest(rows[0], rows, Where::Everywhere)->ratio, 0.125);
  EXPECT_EQ(against_fastest(rows[0], rows, Where::Timed)->peer, "wrong");
  // The tier counts where it allows more.
  rows[0].allowed_ulp = 1;
  EXPECT_EQ(against_fastest(rows[0], rows, Where::Everywhere)->peer, "exact");
  EXPECT_EQ(against_fastest(rows[0], rows, Where::Timed)->peer, "flushing");
  rows[5].compiler = "g++";
  EXPECT_EQ(against_fastest(rows[0], rows, Where::Everywhere)->peer, "of clang");
  // Without errors, whatever is fastest.
  for (Row& one : rows) one.accuracy.reset();
  EXPECT_EQ(against_fastest(rows[0], rows, Where::Everywhere)->peer, "loose");
  EXPECT_EQ(against_fastest(rows[0], {rows[0]}, Where::Everywhere), std::nullopt);
}

TEST(Rivals, OfTheOtherCompiler) {
  std::vector<Row> rows = {row("uf_expf_1u", true, 3, 1, 1), row("uf_expf_1u", true, 2, 1, 1),
                           row("uf_expf_4u", true, 1, 1, 1), row("exact", false, 1, 1, 1)};
  EXPECT_EQ(against_compilers(rows[0], rows), 1.5);
  EXPECT_EQ(against_compilers(rows[1], rows), 1);
}

}  // namespace
}  // namespace ulpforge::bench

// Programs: the same function as the coefficients say, at the operation count that is claimed, with
// no operation to spare.
#include "baselines/forms.h"

#include <gtest/gtest.h>

#include <functional>

#include "ir/evaluate.h"
#include "tests/baselines/support.h"

namespace ulpforge::baselines {
namespace {

using ir::Program;
using numbers::Mpfr;

using Forms = MpfrTest;

void expect_program(const Program& program, std::size_t operations,
                    const std::function<Mpfr(const Mpfr&)>& exact) {
  EXPECT_EQ(find_defect(program), std::nullopt);
  EXPECT_EQ(program.code.size(), operations);
  for (const double x : {0.125, 0.7, 1.5}) {
    const Mpfr want = exact(Mpfr(x));
    const Mpfr error = abs(ir::evaluate<Mpfr>(program, Mpfr(x)) - want) / (1 + abs(want));
    EXPECT_LT(to_double(error), 1e-28) << x;
  }
}

const Rational& rational() {
  static const Rational r{polynomial({1.5, -2, 0.75, 3}), polynomial({2, 0.5, 1.25, 0.875})};
  return r;
}

TEST_F(Forms, Horner) {
  const Polynomial p = polynomial({1.5, -2, 0.75, 3});
  expect_program(horner_program({}, p), 6, [&](const Mpfr& x) { return evaluate(p, x); });
}

TEST_F(Forms, HornerSkipsZeroAndOne) {
  const Polynomial p = polynomial({0, -2, 0, 1});  // (x x - 2) x
  expect_program(horner_program({}, p), 3, [&](const Mpfr& x) { return evaluate(p, x); });
  expect_program(horner_program({}, polynomial({0, 1})), 0, [](const Mpfr& x) { return x; });
  expect_program(horner_program({}, polynomial({7})), 0, [](const Mpfr&) { return Mpfr(7); });
  expect_program(horner_program({}, polynomial({7, 0, 0})), 0, [](const Mpfr&) { return Mpfr(7); });
}

TEST_F(Forms, Quotient) {
  expect_program(quotient_program({}, rational()), 12,
                 [](const Mpfr& x) { return evaluate(rational(), x); });
}

TEST_F(Forms, ContinuedFraction) {
  expect_program(fraction_program({}, *continued_fraction(rational())), 9,
                 [](const Mpfr& x) { return evaluate(rational(), x); });
  Rational wide = rational();
  wide.numerator.emplace_back(2);  // [4/3]
  expect_program(fraction_program({}, *continued_fraction(wide)), 11,
                 [&](const Mpfr& x) { return evaluate(wide, x); });
  Rational deep = rational();
  deep.denominator.emplace_back(2);  // [3/4]
  expect_program(fraction_program({}, *continued_fraction(deep)), 11,
                 [&](const Mpfr& x) { return evaluate(deep, x); });
}

TEST_F(Forms, FramesAddTheirOwnOperations) {
  using Variable = Substitution::Variable;
  using Factor = Substitution::Factor;
  const Polynomial p = polynomial({1.5, -2, 0.75});
  const auto at = [&](const Mpfr& u) { return evaluate(p, u); };
  expect_program(horner_program({Variable::XSquared}, p), 5,
                 [&](const Mpfr& x) { return at(x * x); });
  expect_program(horner_program({Variable::XSquared, Factor::X}, p), 6,
                 [&](const Mpfr& x) { return Mpfr(x * at(x * x)); });
  expect_program(horner_program({Variable::XSquared, Factor::U}, p), 6,
                 [&](const Mpfr& x) { return Mpfr(x * x * at(x * x)); });
  expect_program(horner_program({Variable::X, Factor::U}, p), 5,
                 [&](const Mpfr& x) { return Mpfr(x * at(x)); });
  expect_program(horner_program({Variable::XMinusShift, Factor::U, 0.5}, p), 6,
                 [&](const Mpfr& x) { return Mpfr((x - 0.5) * at(x - 0.5)); });
  expect_program(horner_program({Variable::X, Factor::One, 0, 3}, p), 7,
                 [&](const Mpfr& x) { return Mpfr(pow(at(x), 8)); });
  // Without a use for x^2 none is made.
  expect_program(horner_program({Variable::XSquared, Factor::X}, polynomial({3})), 1,
                 [&](const Mpfr& x) { return Mpfr(3 * x); });
}

TEST_F(Forms, OddSimpleFractionDividesTwice) {
  const Rational r{polynomial({3}), polynomial({2, 1})};
  const Substitution odd{Substitution::Variable::XSquared, Substitution::Factor::X};
  const Program program = fraction_program(odd, *continued_fraction(r));
  expect_program(program, 3, [](const Mpfr& x) { return Mpfr(3 * x / (x * x + 2)); });
  EXPECT_EQ(ir::evaluate<double>(program, 0.0), 0);
}

}  // namespace
}  // namespace ulpforge::baselines

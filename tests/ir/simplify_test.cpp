// Simplification keeps the function, never lengthens, is idempotent, and finds one form for one
// structure.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>

#include "ir/evaluate.h"
#include "ir/liveness.h"
#include "ir/simplify.h"
#include "ir/text.h"
#include "tests/ir/dress.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::ir {
namespace {

using test::RandomPrograms;
using Constants = RandomPrograms::Constants;

constexpr std::array kFourOps{Op::Add, Op::Sub, Op::Mul, Op::Div,
                              Op::Add, Op::Mul, Op::Sub, Op::Neg};

Program simplified(std::string_view text) { return simplify(parse(text), Folding::Rounded); }
std::uint64_t hash_of(std::string_view text) { return structure_hash(simplified(text)); }

std::size_t live_length(const Program& program) {
  const std::vector<char> live = live_instructions(program);
  return static_cast<std::size_t>(std::ranges::count(live, 1));
}

/// Whether x is a point where comparing makes sense: everything finite and of moderate size, so
/// that cancellation costs fewer bits than there are to spare.
bool is_tame(const Program& program, const numbers::Mpfr& x) {
  for (const numbers::Mpfr& value : trace(program, x)) {
    if (!mpfr_regular_p(numbers::raw(value)) || std::abs(mpfr_get_exp(numbers::raw(value))) > 40)
      return false;
  }
  return true;
}

struct Case {
  Folding folding;
  Constants constants;
  double tolerance;
};
std::string name_of(const Case& c) {
  return std::string(c.folding == Folding::Exact ? "Exact" : "Rounded") +
         (c.constants == Constants::Dyadic ? "Dyadic" : "Any");
}
void PrintTo(const Case& c, std::ostream* out) { *out << name_of(c); }

class SimplifyRandom : public testing::TestWithParam<Case> {};

TEST_P(SimplifyRandom, KeepsTheFunctionAndTheLength) {
  const numbers::MpfrPrecision precision(300);
  RandomPrograms random(11);
  int compared = 0;
  for (int i = 0; i < 4000; ++i) {
    const Program program =
        random.program(1 + random.below(25), test::kRealOps, GetParam().constants);
    const Program simple = simplify(program, GetParam().folding);
    ASSERT_EQ(find_defect(simple), std::nullopt) << print(program);
    ASSERT_LE(simple.code.size(), live_length(program)) << print(program);
    ASSERT_EQ(live_length(simple), simple.code.size()) << print(program);
    ASSERT_EQ(simplify(simple, GetParam().folding), simple) << print(program);
    for (int k = 0; k < 3; ++k) {
      const numbers::Mpfr x(random.uniform(-3, 3));
      if (!is_tame(program, x)) continue;
      const numbers::Mpfr expected = evaluate(program, x);
      const numbers::Mpfr result = evaluate(simple, x);
      ASSERT_TRUE(mpfr_number_p(numbers::raw(result))) << print(program) << print(simple);
      ASSERT_LE(static_cast<double>(abs(result / expected - 1)), GetParam().tolerance)
          << print(program) << print(simple) << "at " << x;
      ++compared;
    }
  }
  EXPECT_GT(compared, 2000);
}

INSTANTIATE_TEST_SUITE_P(All, SimplifyRandom,
                         testing::Values(Case{Folding::Exact, Constants::Dyadic, 0x1p-200},
                                         Case{Folding::Exact, Constants::Any, 0x1p-200},
                                         Case{Folding::Rounded, Constants::Dyadic, 1e-20},
                                         Case{Folding::Rounded, Constants::Any, 1e-20}),
                         [](const auto& instance) { return name_of(instance.param); });

/// Random programs of generic constants: none that makes an accidental 0 or 1.
Program generic_program(RandomPrograms& random) {
  Program program = random.program(1 + random.below(20), kFourOps, Constants::Any);
  for (numbers::DoubleDouble& constant : program.constants) constant = random.uniform(0.3, 3);
  return program;
}

/// The part of `trials` programs whose structure hash changes under `change`.
template <class Change>
double changed_fraction(std::uint64_t seed, int trials, Change change) {
  RandomPrograms random(seed);
  int changed = 0;
  int counted = 0;
  while (counted < trials) {
    const Program program = generic_program(random);
    const Program simple = simplify(program, Folding::Rounded);
    if (simple.code.size() < 2) continue;
    ++counted;
    const Program other = simplify(change(program, random), Folding::Rounded);
    changed += structure_hash(simple) != structure_hash(other);
  }
  return static_cast<double>(changed) / trials;
}

// The canonical form is not perfect: where it would be longer than the original, the original
// stays, and cancelling products that others share is done in simple cases only.

TEST(StructureHash, DoesNotDependOnConstants) {
  EXPECT_LE(changed_fraction(12, 4000,
                             [](Program program, RandomPrograms& random) {
                               for (numbers::DoubleDouble& constant : program.constants) {
                                 constant = random.uniform(0.3, 3) * (random.chance(0.5) ? 1 : -1);
                               }
                               return program;
                             }),
            0.002);
}

TEST(StructureHash, DoesNotDependOnTheDress) {
  EXPECT_LE(changed_fraction(13, 4000,
                             [](const Program& program, RandomPrograms& random) {
                               return test::redressed(program, random, 0.5);
                             }),
            0.01);
}

TEST(StructureHash, DoesNotDependOnDuplicates) {
  EXPECT_LE(changed_fraction(14, 4000,
                             [](const Program& program, RandomPrograms& random) {
                               return test::with_duplicate(program, random);
                             }),
            0.001);
}

TEST(StructureHash, EqualForTheSameStructure) {
  const std::vector<std::vector<std::string>> families = {
      {"input x; u = 3 / x; v = x + u; return v", "input x; u = 3 / x; v = x - u; return v",
       "input x; u = x / 3; w = 1 / u; v = w + x; return v"},
      {"input x; u = x * x; a = u - x; v = 2 / a; return v",
       "input x; u = x * x; a = x - u; v = 5 / a; return v"},
      {"input x; u = x * x; a = u - x; v = a * a; return v",
       "input x; u = x * x; a = x - u; b = u - x; v = a * b; w = neg(v); return w"},
      {"input x; u = x * 2; a = u + 3; v = 4 / a; return v",
       "input x; a = x + 3; v = 4 / a; return v", "input x; a = 7 - x; v = 4 / a; return v",
       "input x; a = x / 3; b = a - 1; c = 1 / b; v = c * 5; return v"},
      {"input x; a = x + 2; b = a * 3; c = b + 4; return c",
       "input x; a = x * 3; b = 10 - a; return b"},
      {"input x; a = x * x; b = a * x; c = b * x; return c",
       "input x; a = x * x; c = a * a; return c"},
      {"input x; a = x + x; return a", "input x; a = x * 3; return a",
       "input x; a = x / 7; return a"},
      {"input x; a = x + 1; b = x + 2; c = a * b; d = c + a; return d",
       "input x; a = x + 2; b = x + 1; c = a * b; d = c + a; return d",
       "input x; a = x + 1; b = x + 2; c = a * b; d = c + b; return d"},
      {"input x; v = 2 / x; s = v * v; r = s - v; return r",
       "input x; v = 2 / x; s = v * v; r = s + v; return r"},
      {"input x; a = 1 / x; b = a + 2; s = sqrt(b); return s",
       "input x; a = x * 0.5; b = 3 / a; c = b - 7; s = sqrt(c); return s"},
  };
  std::set<std::uint64_t> hashes;
  for (const auto& family : families) {
    for (const std::string& text : family) {
      EXPECT_EQ(hash_of(text), hash_of(family[0])) << text << "\n" << print(simplified(text));
    }
    hashes.insert(hash_of(family[0]));
  }
  EXPECT_EQ(hashes.size(), families.size());
}

TEST(StructureHash, DiffersForDifferentStructures) {
  const std::vector<std::string> texts = {
      "input x; return x",
      "input x; return 2",
      "input x; v = neg(x); return v",
      "input x; v = x * x; return v",
      "input x; v = x * 2; return v",
      "input x; v = x + 2; return v",
      "input x; v = 2 - x; return v",
      "input x; v = 2 / x; return v",
      "input x; v = sqrt(x); return v",
      "input x; v = fabs(x); return v",
      "input x; u = x * x; v = u + x; return v",
      "input x; u = x * x; v = u - x; return v",
      "input x; u = x * x; v = x - u; return v",
      "input x; u = x * x; v = u * x; return v",
      "input x; u = x + 2; v = u * x; return v",
      "input x; u = x + 2; v = u / x; return v",
      "input x; u = x + 2; v = x / u; return v",
      "input x; u = x + 2; v = 3 / u; return v",
      "input x; u = x + 2; v = u * u; return v",
      "input x; u = x + 2; w = x + 3; v = u * w; return v",
      "input x; u = x + 2; w = x + 3; v = u / w; return v",
      "input x; u = x + 2; w = 3 - x; v = u * w; return v",
      "input x; u = fma(x, 2, x); return u",
      "input x; u = fma(x, x, 2); return u",
  };
  std::set<std::uint64_t> hashes;
  for (const std::string& text : texts) EXPECT_TRUE(hashes.insert(hash_of(text)).second) << text;
}

void expect_form(std::string_view text, std::string_view expected, Folding folding) {
  EXPECT_EQ(print(simplify(parse(text), folding)), print(parse(expected))) << text;
}

TEST(Simplify, Forms) {
  const auto rounded = [](std::string_view text, std::string_view expected) {
    expect_form(text, expected, Folding::Rounded);
  };
  rounded("input x; a = x + 0; b = a * 1; c = b / 1; return c", "input x; return x");
  rounded("input x; a = x - x; b = a * x; c = b + 2; return c", "input x; return 2");
  rounded("input x; a = x * x; b = a / x; return b", "input x; return x");
  rounded("input x; a = 1 / x; b = x * a; return b", "input x; return 1");
  rounded("input x; a = neg(x); b = neg(a); return b", "input x; return x");
  rounded("input x; a = 1 / x; b = a * x; c = b * 3; d = sqrt(16); e = c * d; return e",
          "input x; return 12");
  rounded("input x; a = x + 2; b = a * 3; c = b + 4; return c",
          "input x; a = x * 3; b = a + 10; return b");
  rounded("input x; a = x * 2; b = a + 6; c = 4 / b; return c",
          "input x; a = x + 3; b = 2 / a; return b");
  rounded("input x; a = x * 2; b = 3 - a; c = 5 - b; return c",
          "input x; a = x * 2; b = a + 2; return b");
  rounded("input x; a = 8 / x; b = a / 2; c = b / x; return c",
          "input x; a = x * x; b = 4 / a; return b");
  rounded("input x; a = 1 / x; b = 1 / a; return b", "input x; return x");
  rounded("input x; a = neg(x); b = 2 - a; return b", "input x; b = x + 2; return b");
  rounded("input x; a = neg(x); b = a - 2; c = b * b; return c",
          "input x; b = x + 2; c = b * b; return c");
  rounded("input x; a = neg(x); b = fabs(a); return b", "input x; b = fabs(x); return b");
  rounded("input x; a = 3 / x; b = a + 2; c = b * x; d = c * 5; e = d - x; return e",
          "input x; a = 15 / x; b = a + 10; c = x * b; d = c - x; return d");
}

TEST(Simplify, ExactFoldingRoundsNothing) {
  const auto exact = [](std::string_view text, std::string_view expected) {
    expect_form(text, expected, Folding::Exact);
  };
  exact("input x; a = x / 4; return a", "input x; a = x * 0.25; return a");
  exact("input x; a = x / 3; return a", "input x; a = x / 3; return a");
  exact("input x; a = x * 0.5; b = a * 3; return b", "input x; a = x * 1.5; return a");
  exact("input x; a = sqrt(2); b = a * x; return b", "input x; a = sqrt(2); b = a * x; return b");
  exact("input x; a = x + 0x1p-60; b = a + 1; return b",
        "input x; c = 1 + 0x1p-60; a = x + c; return a");
  // Three parts do not fit.
  const std::string_view wide = "input x; c = 1 + 0x1p-60; a = x + 0x1p-160; b = a + c; return b";
  EXPECT_EQ(simplify(parse(wide), Folding::Exact).code.size(), 2U);
  EXPECT_EQ(simplify(parse(wide), Folding::Rounded).code.size(), 1U);
}

TEST(Simplify, SurvivesExtremeConstants) {
  RandomPrograms random(15);
  const std::vector<double> extremes{0.0,    -0.0,   1e308,    -1e308,    1e-308,
                                     5e-324, 1e-160, INFINITY, -INFINITY, NAN};
  for (int i = 0; i < 3000; ++i) {
    Program program = random.program(1 + random.below(12), test::kRealOps, Constants::Any);
    for (numbers::DoubleDouble& constant : program.constants) {
      if (random.chance(0.5)) constant = extremes[random.below(extremes.size())];
    }
    for (const Folding folding : {Folding::Exact, Folding::Rounded}) {
      const Program simple = simplify(program, folding);
      ASSERT_EQ(find_defect(simple), std::nullopt) << print(program);
      ASSERT_LE(simple.code.size(), live_length(program)) << print(program);
    }
  }
}

TEST(Simplify, OtherOperationsAreLeftAlone) {
  const numbers::MpfrPrecision precision(300);
  // Those whose values stay small: MPFR takes minutes for the sine of exp(exp(20)).
  std::vector<Op> ops{Op::Pi, Op::E, Op::Hypot, Op::Cbrt, Op::Sin, Op::Atan, Op::Tanh, Op::Erf};
  for (int i = 0; i < 4; ++i) {
    for (const OpInfo& row : operations()) {
      if (row.arithmetic) ops.push_back(row.op);
    }
  }
  RandomPrograms random(16);
  int compared = 0;
  for (int i = 0; i < 2000; ++i) {
    const Program program = random.program(1 + random.below(12), ops, Constants::Dyadic);
    const Program simple = simplify(program, Folding::Exact);
    ASSERT_LE(simple.code.size(), live_length(program)) << print(program);
    ASSERT_EQ(simplify(simple, Folding::Exact), simple) << print(program);
    const numbers::Mpfr x(random.uniform(0.1, 3));
    if (!is_tame(program, x)) continue;
    ASSERT_LE(static_cast<double>(abs(evaluate(simple, x) / evaluate(program, x) - 1)), 0x1p-150)
        << print(program) << print(simple);
    ++compared;
  }
  EXPECT_GT(compared, 500);
}

TEST(Simplify, LongPrograms) {
  Program chain;
  Operand last = Operand::input();
  for (int i = 0; i < 4096; ++i) {
    last = chain.add(i % 2 == 0 ? Op::Mul : Op::Add, last,
                     i % 4 == 1 ? Operand::input() : chain.add_constant(1.0 + i * 0x1p-20));
  }
  chain.result = last;
  EXPECT_LE(simplify(chain, Folding::Rounded).code.size(), 4096U);
}

TEST(Fingerprint, EqualForEqualFunctionsOnly) {
  const Program a = parse("input x; u = x + 1; v = u * u; return v");
  const Program b = parse("input x; s = x * x; t = x * 2; u = s + t; v = u + 1; return v");
  const Program c = parse("input x; s = x * x; t = x * 2; u = s + t; v = u + 1.00001; return v");
  EXPECT_EQ(fingerprint(a, 0, 1), fingerprint(b, 0, 1));
  EXPECT_NE(fingerprint(a, 0, 1), fingerprint(c, 0, 1));
  EXPECT_NE(fingerprint(a, 0, 1), 0U);
  EXPECT_EQ(fingerprint(parse("input x; v = sqrt(x); return v"), -2, -1), 0U);
}

}  // namespace
}  // namespace ulpforge::ir

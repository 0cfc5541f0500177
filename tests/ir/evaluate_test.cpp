// The interpreter over each number type against MPFR used directly.
#include <gtest/gtest.h>

#include <bit>
#include <deque>

#include "ir/evaluate.h"
#include "ir/text.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::ir {
namespace {

using test::RandomPrograms;

constexpr std::array kArithmetic{Op::Add,  Op::Sub, Op::Mul, Op::Div, Op::Neg,
                                 Op::Sqrt, Op::Fma, Op::Abs, Op::Min, Op::Max};

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// A program run instruction by instruction on bare MPFR variables of `bits` bits.
class Truth {
 public:
  explicit Truth(mpfr_prec_t bits) : bits_(bits) {}
  ~Truth() {
    for (auto& value : values_) mpfr_clear(value.v);
  }
  Truth(const Truth&) = delete;
  Truth& operator=(const Truth&) = delete;

  double run(const Program& program, double x) {
    for (const Instruction& instruction : program.code) {
      mpfr_ptr out = fresh();
      std::array<mpfr_ptr, 3> in{};
      for (std::size_t k = 0; k < instruction.arity(); ++k) {
        in[k] = load(program, instruction.operands[k], x);
      }
      apply(instruction.op, out, in);
      results_.push_back(out);
    }
    return mpfr_get_d(load(program, program.result, x), MPFR_RNDN);
  }

 private:
  struct Variable {
    mpfr_t v;
  };

  mpfr_ptr fresh() {
    values_.emplace_back();
    mpfr_init2(values_.back().v, bits_);
    return values_.back().v;
  }

  mpfr_ptr load(const Program& program, Operand operand, double x) {
    if (operand.is_value()) return results_[operand.index];
    mpfr_ptr value = fresh();
    mpfr_set_d(value, operand.is_input() ? x : program.constants[operand.index].hi, MPFR_RNDN);
    return value;
  }

  static void apply(Op op, mpfr_ptr out, const std::array<mpfr_ptr, 3>& in) {
    switch (op) {
      case Op::Add:
        mpfr_add(out, in[0], in[1], MPFR_RNDN);
        break;
      case Op::Sub:
        mpfr_sub(out, in[0], in[1], MPFR_RNDN);
        break;
      case Op::Mul:
        mpfr_mul(out, in[0], in[1], MPFR_RNDN);
        break;
      case Op::Div:
        mpfr_div(out, in[0], in[1], MPFR_RNDN);
        break;
      case Op::Neg:
        mpfr_neg(out, in[0], MPFR_RNDN);
        break;
      case Op::Sqrt:
        mpfr_sqrt(out, in[0], MPFR_RNDN);
        break;
      case Op::Fma:
        mpfr_fma(out, in[0], in[1], in[2], MPFR_RNDN);
        break;
      case Op::Abs:
        mpfr_abs(out, in[0], MPFR_RNDN);
        break;
      case Op::Min:  // the second where it is not less, as the operation has it
        mpfr_set(out, mpfr_less_p(in[0], in[1]) != 0 ? in[0] : in[1], MPFR_RNDN);
        break;
      case Op::Max:
        mpfr_set(out, mpfr_greater_p(in[0], in[1]) != 0 ? in[0] : in[1], MPFR_RNDN);
        break;
      default:
        FAIL() << "not an arithmetic operation";
    }
  }

  mpfr_prec_t bits_;
  std::deque<Variable> values_;
  std::vector<mpfr_ptr> results_;
};

TEST(Evaluate, DoubleIsMpfrWith53Bits) {
  RandomPrograms random(4);
  int finite = 0;
  for (int i = 0; i < 3000; ++i) {
    const Program program =
        random.program(1 + random.below(12), kArithmetic, RandomPrograms::Constants::Any);
    const double x = random.uniform(-4, 4);
    const double y = evaluate(program, x);
    Truth truth(53);
    const double expected = truth.run(program, x);
    // MPFR has neither the exponent range of double nor its NaN signs.
    bool in_range = true;
    for (const double value : trace(program, x)) {
      in_range =
          in_range && (value == 0 || (std::fabs(value) < 1e250 && std::fabs(value) > 1e-250));
    }
    if (in_range) {
      ASSERT_TRUE(same(y, expected)) << print(program) << x << ": " << y << " " << expected;
      ++finite;
    }
  }
  EXPECT_GT(finite, 1500);
}

TEST(Evaluate, MpfrIsMpfr) {
  const numbers::MpfrPrecision precision(200);
  RandomPrograms random(5);
  for (int i = 0; i < 500; ++i) {
    Program program =
        random.program(1 + random.below(12), kArithmetic, RandomPrograms::Constants::Any);
    for (numbers::DoubleDouble& constant : program.constants) constant.lo = 0;
    const double x = random.uniform(-4, 4);
    Truth truth(static_cast<mpfr_prec_t>(numbers::MpfrPrecision::bits()));
    const double expected = truth.run(program, x);
    const numbers::Mpfr y = evaluate(program, numbers::Mpfr(x));
    ASSERT_TRUE(same(mpfr_get_d(numbers::raw(y), MPFR_RNDN), expected)) << print(program);
  }
}

TEST(Evaluate, DoubleDoubleOnWellConditionedPrograms) {
  // Positive operands and no subtraction: the error is at most the sum of the operations' bounds.
  const numbers::MpfrPrecision precision(300);
  constexpr std::array kPositive{Op::Add, Op::Mul, Op::Div, Op::Sqrt, Op::Fma, Op::Abs};
  RandomPrograms random(6);
  for (int i = 0; i < 3000; ++i) {
    Program program =
        random.program(1 + random.below(12), kPositive, RandomPrograms::Constants::Any);
    for (numbers::DoubleDouble& c : program.constants)
      c = c.hi == 0 ? numbers::DoubleDouble(1) : fabs(c);
    const numbers::DoubleDouble x = numbers::two_sum(random.uniform(0.5, 2), 0x1p-56);
    const numbers::Mpfr truth = evaluate(program, numbers::to_mpfr(x));
    if (truth > 1e100 || truth < 1e-100) continue;
    const numbers::DoubleDouble y = evaluate(program, x);
    ASSERT_LE(static_cast<double>(abs(numbers::to_mpfr(y) / truth - 1)), 1e-28) << print(program);
    if (program.code.size() <= 3) {
      ASSERT_LE(static_cast<double>(abs(numbers::to_mpfr(y) / truth - 1)), 1e-30) << print(program);
    }
  }
}

template <class T>
void expect_blocks_equal_points(std::size_t length) {
  RandomPrograms random(length + 7);
  const Program program = random.program(10, kArithmetic, RandomPrograms::Constants::Any);
  std::vector<T> x;
  for (std::size_t i = 0; i < length; ++i) x.emplace_back(random.uniform(-4, 4));
  std::vector<T> y(length, T(77));
  evaluate<T>(program, x, y);
  for (std::size_t i = 0; i < length; ++i) {
    const T expected = evaluate<T>(program, x[i]);
    if constexpr (std::is_same_v<T, double>) {
      ASSERT_TRUE(same(y[i], expected)) << i << " of " << length;
    } else {
      ASSERT_TRUE(y[i] == expected || y[i] != y[i] || expected != expected) << i;
    }
  }
}

TEST(Evaluate, BlocksOfAnyLengthEqualSinglePoints) {
  for (const std::size_t length : {0, 1, 2, 63, 64, 65, 127, 128, 129, 1001}) {
    expect_blocks_equal_points<double>(length);
    expect_blocks_equal_points<numbers::DoubleDouble>(length);
  }
  expect_blocks_equal_points<numbers::Mpfr>(17);
}

TEST(Evaluate, TraceEndsInTheResult) {
  RandomPrograms random(8);
  const Program program = random.program(20, kArithmetic, RandomPrograms::Constants::Any);
  const std::vector<double> values = trace(program, 1.5);
  ASSERT_EQ(values.size(), 20U);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Program prefix = program;
    prefix.result = Operand::value(i);
    ASSERT_TRUE(same(values[i], evaluate(prefix, 1.5)));
  }
}

TEST(Evaluate, RefusesWhatItCannotDo) {
  const Program program = parse("input x; v = exp(x); return v");
  EXPECT_THROW(evaluate(program, 1.0), std::invalid_argument);
  EXPECT_THROW(evaluate(program, numbers::DoubleDouble(1)), std::invalid_argument);
  std::vector<double> x(3);
  std::vector<double> y(2);
  EXPECT_THROW(evaluate<double>(Program(), x, y), std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::ir

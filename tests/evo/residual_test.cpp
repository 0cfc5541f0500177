// The compensated residual and its derivatives against MPFR.
#include "evo/residual.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>

#include "evo/mutation.h"
#include "evo/structures.h"
#include "ir/evaluate.h"
#include "ir/fusion.h"
#include "ir/simplify.h"
#include "targets/target.h"

namespace ulpforge::evo {
namespace {

const std::array kOperations = {ir::Op::Add,  ir::Op::Sub, ir::Op::Mul, ir::Op::Div,
                                ir::Op::Sqrt, ir::Op::Abs, ir::Op::Min, ir::Op::Max};

/// Random canonical programs of up to `longest` operations with a tape.
ir::Program random_program(numbers::Random& random, int longest) {
  while (true) {
    ir::Program program;
    for (int k = 0; k < longest; ++k) mutate(program, program, kOperations, random);
    program = ir::simplify(program, ir::Folding::Rounded);
    if (random.chance(0.5)) program = ir::fuse(program, ir::Costs{}, kOperations);
    if (program.code.empty() || static_cast<int>(program.code.size()) > longest) continue;
    // Low parts make the compensation of constants count.
    for (numbers::DoubleDouble& c : program.constants) c.lo = c.hi * 0x1p-60 * random.normal();
    if (make_tape(program)) return program;
  }
}

class ResidualTest : public ::testing::Test {
 protected:
  numbers::MpfrPrecision precision_{400};
  targets::Target target_ = targets::make_target("exp2", targets::Domain{0.25, 1});
  Nodes<4> nodes_ = make_nodes<4>(target_);

  numbers::Mpfr exact_residual(const ir::Program& program, int node) const {
    const int b = node / kLanes;
    const int l = node % kLanes;
    const numbers::Mpfr y = ir::evaluate(program, numbers::Mpfr(nodes_.x_at(node)));
    return (y - numbers::Mpfr(nodes_.target_hi[b][l]) - numbers::Mpfr(nodes_.target_lo[b][l])) *
           numbers::Mpfr(nodes_.weight[b][l]);
  }
};

/// Large intermediate values or steep operations amplify what is second order in the rounding;
/// where the operands of min and max are one value there is no derivative.
bool is_tame(const ir::Program& program, double x) {
  const std::vector<double> values = ir::trace(program, x);
  const auto value = [&](ir::Operand operand) {
    return operand.is_input()   ? x
           : operand.is_value() ? values[operand.index]
                                : program.constants[operand.index].hi;
  };
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(std::abs(values[i]) < 1e3) || !(std::abs(values[i]) > 1e-3)) return false;
    const ir::Instruction& step = program.code[i];
    if (step.op != ir::Op::Min && step.op != ir::Op::Max) continue;
    const double apart = std::abs(value(step.operands[0]) - value(step.operands[1]));
    if (!(apart > 1e-12 * std::abs(values[i]))) return false;
  }
  return true;
}

TEST_F(ResidualTest, CompensatedResidualIsGoodToThirtyDigits) {
  numbers::Random random{1, 2};
  auto evaluation = std::make_unique<Evaluation<4>>();
  int checked = 0;
  for (int round = 0; round < 2000; ++round) {
    const ir::Program program = random_program(random, 8);
    evaluate<4>(*make_tape(program), constants_of(program), nodes_, *evaluation);
    for (int node = 0; node < 32; node += 5) {
      if (!is_tame(program, nodes_.x_at(node))) continue;
      const double exact = static_cast<double>(exact_residual(program, node));
      const double found = evaluation->residual[node / kLanes][node % kLanes];
      // The residual itself is rounded to double; second-order terms are of size 2^-106 times
      // condition numbers.
      EXPECT_NEAR(found, exact, std::abs(exact) * 1e-14 + 1e-22) << "node " << node;
      ++checked;
    }
  }
  EXPECT_GT(checked, 1000);
}

TEST_F(ResidualTest, JacobianIsTheDerivative) {
  numbers::Random random{3};
  auto evaluation = std::make_unique<Evaluation<4>>();
  int checked = 0;
  for (int round = 0; round < 500; ++round) {
    ir::Program program = random_program(random, 8);
    evaluate<4>(*make_tape(program), constants_of(program), nodes_, *evaluation);
    for (int node = 0; node < 32; node += 7) {
      if (!is_tame(program, nodes_.x_at(node))) continue;
      for (std::size_t k = 0; k < program.constants.size(); ++k) {
        // Central difference in 400 bits; a step of 2^-80 needs a constant of three parts, so it is
        // put into the low part.
        const double h = 0x1p-80;
        ir::Program up = program;
        ir::Program down = program;
        up.constants[k] = {program.constants[k].hi, h};
        down.constants[k] = {program.constants[k].hi, -h};
        const numbers::Mpfr slope =
            (exact_residual(up, node) - exact_residual(down, node)) / numbers::Mpfr(2 * h);
        const double exact = static_cast<double>(slope);
        const double found = evaluation->jacobian[k][node / kLanes][node % kLanes];
        EXPECT_NEAR(found, exact, (std::abs(exact) + 1e-6) * 1e-8);
        ++checked;
      }
    }
  }
  EXPECT_GT(checked, 500);
}

TEST_F(ResidualTest, SecondDerivativeAlongADirection) {
  numbers::Random random{4};
  auto evaluation = std::make_unique<Evaluation<4>>();
  int checked = 0;
  for (int round = 0; round < 500; ++round) {
    ir::Program program = random_program(random, 8);
    for (numbers::DoubleDouble& c : program.constants) c.lo = 0;
    const Tape tape = *make_tape(program);
    evaluate<4>(tape, constants_of(program), nodes_, *evaluation);
    std::array<double, kMaxSteps> direction{};
    for (int k = 0; k < tape.constants; ++k) direction[k] = random.normal();
    std::array<Block, 4> second;
    second_derivative<4>(tape, constants_of(program), nodes_, *evaluation, direction, second);
    for (int node = 0; node < 32; node += 7) {
      if (!is_tame(program, nodes_.x_at(node))) continue;
      const double h = 0x1p-70;
      const auto displaced = [&](double step) {
        ir::Program moved = program;
        for (int k = 0; k < tape.constants; ++k) moved.constants[k].lo = step * direction[k];
        return exact_residual(moved, node);
      };
      const numbers::Mpfr curvature =
          (displaced(h) + displaced(-h) - 2 * displaced(0)) / (numbers::Mpfr(h) * numbers::Mpfr(h));
      const double exact = static_cast<double>(curvature);
      EXPECT_NEAR(second[node / kLanes][node % kLanes], exact, (std::abs(exact) + 1e-4) * 1e-6);
      ++checked;
    }
  }
  EXPECT_GT(checked, 200);
}

TEST_F(ResidualTest, BrokenProgramsAreData) {
  ir::Program program;
  const auto x = ir::Operand::input();
  program.result = program.add(ir::Op::Div, x, program.add(ir::Op::Sub, x, x));
  auto evaluation = std::make_unique<Evaluation<4>>();
  evaluate<4>(*make_tape(program), constants_of(program), nodes_, *evaluation);
  EXPECT_FALSE(std::isfinite(evaluation->sum_of_squares));
}

}  // namespace
}  // namespace ulpforge::evo

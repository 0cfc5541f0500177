// The fit on structures whose best error is known; levelling; pruning.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "evo/basin_hopping.h"
#include "evo/cma_es.h"
#include "evo/minimax.h"
#include "evo/mutation.h"
#include "evo/pruning.h"
#include "evo/structures.h"
#include "ir/simplify.h"
#include "targets/verify.h"

namespace ulpforge::evo {
namespace {

struct Known {
  const char* name;
  ir::Program (*structure)();
  double best;  ///< max relative error for 2^x on [0,1], levelled
};

void PrintTo(const Known& known, std::ostream* os) { *os << known.name; }

class KnownStructure : public ::testing::TestWithParam<Known> {};

/// From random constants alone: the structure's best known error within 1 %, verified with MPFR.
TEST_P(KnownStructure, ReachesItsBestErrorFromRandomStarts) {
  const targets::Target target = targets::make_target("exp2", targets::Domain{0, 1});
  const Nodes<4> nodes = make_nodes<4>(target);
  ir::Program program = GetParam().structure();
  const Tape tape = *make_tape(program);
  Fitter<4> fitter(nodes);
  Constants best_constants;
  FitResult best;
  numbers::Random random{5};
  for (int start = 0; start < 400 && !(best.max_error < 1.2 * GetParam().best); ++start) {
    Constants constants;
    for (int k = 0; k < tape.constants; ++k) constants.set(k, random_constant(random));
    FitOptions options;
    options.max_iterations = 300;
    options.tolerance = 1e-4;
    FitResult fit = fitter.fit(tape, constants, options);
    if (fit.max_error < 1e-2) hop(fitter, tape, constants, fit, 40, random);
    if (fit.max_error < best.max_error) {
      best = fit;
      best_constants = constants;
    }
  }
  const auto dense = std::make_unique<DenseNodes>(make_nodes<kDenseBlocks>(target));
  minimise_largest_error(*dense, tape, best_constants);
  set_constants(program, best_constants);
  const targets::Verifier verify(target);
  const double verified = verify(program).max_error;
  EXPECT_LT(verified, 1.01 * GetParam().best);
  EXPECT_GT(verified, 0.98 * GetParam().best) << "better than the known optimum: look again";
}

INSTANTIATE_TEST_SUITE_P(Published, KnownStructure,
                         ::testing::Values(Known{"f3", test::three_operations, 8.67e-4},
                                           Known{"f5", test::five_operations, 4.34e-6},
                                           Known{"f10", test::ten_operations, 2.19e-15},
                                           Known{"nested10", test::nested_ten_operations,
                                                 9.81e-17}),
                         [](const auto& instance) { return instance.param.name; });

TEST(Minimax, ErrorEquioscillates) {
  const targets::Target target = targets::make_target("exp2", targets::Domain{0, 1});
  const auto dense = std::make_unique<DenseNodes>(make_nodes<kDenseBlocks>(target));
  const Nodes<4> nodes = make_nodes<4>(target);
  const ir::Program program = test::five_operations();
  const Tape tape = *make_tape(program);
  Constants constants = constants_of(program);
  Fitter<4> fitter(nodes);
  FitOptions options;
  options.max_iterations = 300;
  fitter.fit(tape, constants, options);
  const double largest = minimise_largest_error(*dense, tape, constants);
  auto evaluation = std::make_unique<Evaluation<kDenseBlocks>>();
  evaluate<kDenseBlocks>(tape, constants, *dense, *evaluation);
  // Four constants: at least five alternations at the level (Chebyshev).
  int alternations = 0;
  int last_sign = 0;
  for (int i = 0; i < DenseNodes::kCount; ++i) {
    const double r = evaluation->residual[i / kLanes][i % kLanes];
    const int sign = r > 0 ? 1 : -1;
    if (std::abs(r) > 0.999 * largest && sign != last_sign) {
      ++alternations;
      last_sign = sign;
    }
  }
  EXPECT_GE(alternations, 5);
}

TEST(Pruning, RemovesARedundantConstant) {
  // (x * a + b) / (x * c + d): one of the four is redundant, so one operation is. A common factor
  // can bring a or c to 1 or -1, but never b or d to 0: half of the draws can succeed.
  const targets::Target target = targets::make_target("exp2", targets::Domain{0, 1});
  const Nodes<4> nodes = make_nodes<4>(target);
  using enum ir::Op;
  ir::Program p;
  const auto x = ir::Operand::input();
  const auto top = p.add(Add, p.add(Mul, x, p.add_constant(0.3)), p.add_constant(1.1));
  const auto bottom = p.add(Add, p.add(Mul, x, p.add_constant(-0.2)), p.add_constant(1.2));
  p.result = p.add(Div, top, bottom);
  const Tape tape = *make_tape(p);
  Fitter<4> fitter(nodes);
  Constants constants = constants_of(p);
  FitOptions options;
  options.max_iterations = 300;
  options.tolerance = 1e-6;
  const FitResult before = fitter.fit(tape, constants, options);
  set_constants(p, constants);
  int pruned_well = 0;
  for (std::uint64_t k = 0; k < 100; ++k) {
    numbers::Random random{6, k};
    const auto pruned = prune(fitter, p, 100 * before.max_error, random);
    if (!pruned || pruned->code.size() >= p.code.size()) continue;
    Constants rest = constants_of(*pruned);
    const FitResult after = fitter.fit(*make_tape(*pruned), rest, options);
    if (after.max_error < 1.001 * before.max_error) ++pruned_well;
  }
  EXPECT_GE(pruned_well, 30);
  EXPECT_LE(pruned_well, 70);
}

TEST(Fit, NeverWorsensItsStart) {
  const targets::Target target = targets::make_target("sin", targets::Domain{0, 1});
  const Nodes<4> nodes = make_nodes<4>(target);
  Fitter<4> fitter(nodes);
  const Tape tape = *make_tape(test::ten_operations());
  numbers::Random random{7};
  for (int k = 0; k < 200; ++k) {
    Constants constants;
    for (int c = 0; c < tape.constants; ++c) constants.set(c, random_constant(random));
    const double before = fitter.evaluate(tape, constants).sum_of_squares;
    const FitResult fit = fitter.fit(tape, constants, {});
    if (std::isfinite(before)) {
      EXPECT_LE(fit.sum_of_squares, before);
      EXPECT_DOUBLE_EQ(fitter.evaluate(tape, constants).sum_of_squares, fit.sum_of_squares);
    }
  }
}

TEST(CmaEs, ImprovesConstants) {
  const targets::Target target = targets::make_target("exp2", targets::Domain{0, 1});
  const Nodes<4> nodes = make_nodes<4>(target);
  const ir::Program program = test::five_operations();
  const Tape tape = *make_tape(program);
  Fitter<4> fitter(nodes);
  numbers::Random random{3};
  int improved = 0;
  for (int start = 0; start < 20; ++start) {
    Constants constants;
    for (int k = 0; k < tape.constants; ++k) constants.set(k, random_constant(random));
    const FitResult before = figures_of(fitter, tape, constants);
    if (!std::isfinite(before.sum_of_squares)) continue;
    const FitResult after = fit_by_cma_es(fitter, tape, constants, random);
    EXPECT_LE(after.sum_of_squares, before.sum_of_squares);
    EXPECT_EQ(after.sum_of_squares, figures_of(fitter, tape, constants).sum_of_squares);
    improved += after.sum_of_squares < 0.5 * before.sum_of_squares ? 1 : 0;
  }
  EXPECT_GE(improved, 10);
}

}  // namespace
}  // namespace ulpforge::evo

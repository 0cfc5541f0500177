// Processors, row by row, and the cost model: complete, additive where it has to be, and in the
// order that the machine shows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "ir/machine_programs.h"
#include "ir/text.h"
#include "jit/cost.h"
#include "jit/machine_kernels.h"
#include "jit/mca.h"
#include "jit/processors/row.h"

namespace ulpforge::jit {
namespace {

using ir::Op;
using ir::Operand;
using ir::Type;

/// The operation `times` times in a row.
ir::Program chain(Op op, int times) {
  ir::Program program;
  program.input_types[0] = Type::F32;
  program.result = Operand::input();
  for (int i = 0; i < times; ++i) {
    std::array<Operand, 3> operands = {program.result, {}, {}};
    for (std::size_t k = 1; k < ir::info(op).arity; ++k) operands[k] = program.add_constant(2.0);
    program.result = program.add(Type::F32, op, operands[0], operands[1], operands[2]);
  }
  return program;
}

Cost zen5_cost(const ir::Program& program, Isa isa) {
  return model_cost(program, isa, Processor::Zen5);
}

TEST(ProcessorRows, AreWhole) {
  for (const Processor processor : kProcessors) {
    const ProcessorRow& row = row_of(processor);
    SCOPED_TRACE(row.name);
    EXPECT_FALSE(row.name.empty());
    EXPECT_EQ(find_processor(row.name), processor);
    EXPECT_NE(row.is_like_host, nullptr);
    ASSERT_FALSE(row.isas.empty());
    EXPECT_TRUE(has(processor, widest_isa(processor)));
    EXPECT_TRUE(has(processor, Isa::ScalarFma));
    EXPECT_GT(row.divider_bits, 0U);
    EXPECT_GT(row.scheduled, 0);
    EXPECT_GT(row.front_end, 0);
    EXPECT_GT(row.turn, 0);
    EXPECT_GT(row.test.latency, 0);
    ASSERT_NE(row.busiest_pipe, nullptr);
    EXPECT_GT(row.busiest_pipe(row.test), 0);
    for (const ir::test::TypedRow& typed : ir::test::typed_rows()) {
      for (const PriceTable* table : {&row.prices, &row.scalar_prices}) {
        EXPECT_NE(table->find(typed.row.op, typed.type), nullptr)
            << typed.row.name << " " << ir::name(typed.type);
      }
    }
    EXPECT_EQ(row.prices.find(Op::Erf, Type::Real), nullptr);
  }
  EXPECT_EQ(find_processor("pentium"), std::nullopt);
}

/// Each pipe takes one operation at a time, so no price is of a negative or a vanishing time.
TEST(ProcessorRows, PricesAreTimes) {
  for (const Processor processor : kProcessors) {
    const ProcessorRow& row = row_of(processor);
    for (const ir::test::TypedRow& typed : ir::test::typed_rows()) {
      if (typed.row.op == Op::Bits || typed.row.op == Op::FromBits) continue;  // of registers alike
      for (const Isa isa : row.isas) {
        if (is_scalar(isa)) continue;
        const Work& work = row.prices.find(typed.row.op, typed.type)->work(isa);
        EXPECT_GT(std::max(row.busiest_pipe(work), work.divide), 0)
            << row.name << " " << typed.row.name << " " << name(isa);
        EXPECT_GT(work.latency, 0) << row.name << " " << typed.row.name << " " << name(isa);
      }
    }
  }
}

TEST(ProcessorRows, PricesOfSingleNumbersAreTimes) {
  for (const Processor processor : kProcessors) {
    const ProcessorRow& row = row_of(processor);
    for (const ir::test::TypedRow& typed : ir::test::typed_rows()) {
      for (const Isa isa : {Isa::Scalar, Isa::ScalarFma}) {
        const Work& work = row.prices_for(isa).find(typed.row.op, typed.type)->work(isa);
        EXPECT_GT(std::max(row.busiest_pipe(work), work.divide), 0)
            << row.name << " " << typed.row.name << " " << name(isa);
        EXPECT_GT(work.latency, 0) << row.name << " " << typed.row.name << " " << name(isa);
      }
    }
  }
}

TEST(CostModel, OfSingleNumbersDoublesCostWhatFloatsDoAndFmaIsACallWithoutThatInstruction) {
  const auto kernel = [](const char* type) {
    return ir::parse(fmt::format("input x: {0}\nc: {0} = 2\ny: {0} = x * c\nreturn y\n", type));
  };
  for (const Processor processor : kProcessors) {
    const auto cycles = [&](const ir::Program& program, Isa isa) {
      return model_cost(program, isa, processor).throughput;
    };
    for (const Isa isa : {Isa::Scalar, Isa::ScalarFma}) {
      if (!has(processor, isa)) continue;
      EXPECT_EQ(cycles(kernel("f32"), isa), cycles(kernel("f64"), isa));
      EXPECT_GT(cycles(kernel("f32"), isa), cycles(kernel("f32"), widest_isa(processor)));
    }
    if (!has(processor, Isa::Scalar)) continue;
    EXPECT_GT(cycles(chain(Op::Fma, 4), Isa::Scalar),
              3 * cycles(chain(Op::Fma, 4), Isa::ScalarFma));
    EXPECT_EQ(cycles(chain(Op::Mul, 4), Isa::Scalar), cycles(chain(Op::Mul, 4), Isa::ScalarFma));
  }
}

/// An entry of a table in memory is a load, not an operation of the pipes.
TEST(CostModel, LookupsOfSingleNumbersLeaveThePipesAlone) {
  std::string text = "input x: f32\ni: i32 = bits(x)\n";
  for (int k = 0; k < 128; ++k) text += fmt::format("t{} = {}\n", k, k);
  const ir::Program without = ir::parse(text + "y = x * t0\nreturn y\n");
  const ir::Program with = ir::parse(text + "t = lookup128(i, t0)\ny = x * t\nreturn y\n");
  for (const Processor processor : kProcessors) {
    const Cost cheap = model_cost(without, Isa::ScalarFma, processor);
    const Cost dear = model_cost(with, Isa::ScalarFma, processor);
    EXPECT_LT(dear.throughput, cheap.throughput + 1);
    EXPECT_GT(dear.latency, cheap.latency + 4);
    // x86-64's vectors gather by operations of the pipes; what AArch64's do is half theirs.
    const Isa wide = widest_isa(processor);
    if (!has(processor, Isa::Avx2)) continue;
    EXPECT_GT(model_cost(with, wide, processor).throughput * lanes(wide),
              model_cost(without, wide, processor).throughput * lanes(wide) + 1);
  }
}

TEST(ProcessorRows, TheHostIsTheFirstThatIsLikeIt) {
  const auto like = std::ranges::find_if(
      kProcessors, [](Processor processor) { return row_of(processor).is_like_host(); });
  EXPECT_EQ(host_processor(), like == kProcessors.end() ? kProcessors.front() : *like);
}

TEST(CostModel, ExpectedFigures) {
  // A turn takes 0.3 cycles besides. Four fmas on two pipes; a chain of 4 cycles each.
  EXPECT_DOUBLE_EQ(zen5_cost(chain(Op::Fma, 4), Isa::Avx512).throughput, (2 + 0.3) / 16);
  EXPECT_DOUBLE_EQ(zen5_cost(chain(Op::Fma, 4), Isa::Avx2).throughput, (2 + 0.3) / 8);
  EXPECT_DOUBLE_EQ(zen5_cost(chain(Op::Fma, 20), Isa::Avx512).latency, 80);
  // A longer chain waits in the schedulers: 20 operations times 80 cycles, 114 at a time.
  EXPECT_DOUBLE_EQ(zen5_cost(chain(Op::Fma, 20), Isa::Avx512).throughput,
                   (20 * 80 / 114.0 + 0.3) / 16);
  // Sums and products have pipes of their own.
  ir::Program both = chain(Op::Mul, 4);
  for (int i = 0; i < 4; ++i) {
    const Operand constant = both.add_constant(1.0);
    both.result = both.add(Type::F32, Op::Add, both.result, constant);
  }
  EXPECT_DOUBLE_EQ(zen5_cost(both, Isa::Avx512).throughput,
                   zen5_cost(chain(Op::Mul, 4), Isa::Avx512).throughput);
  // The empty program still reads and writes.
  EXPECT_GT(zen5_cost(chain(Op::Add, 0), Isa::Avx512).throughput, 0);
  EXPECT_EQ(zen5_cost(chain(Op::Add, 0), Isa::Avx512).latency, 0);
}

/// The pipes of Golden Cove: 512 bits have two, one of them for permutations and comparisons alone
/// and the other for shifts; 256 bits have three.
TEST(CostModel, ExpectedFiguresOfGoldenCove) {
  const auto turn = [](const ir::Program& program, Isa isa) {
    return model_cost(program, isa, Processor::GoldenCove).throughput * lanes(isa) - 0.3;
  };
  EXPECT_NEAR(turn(chain(Op::Fma, 4), Isa::Avx512), 2, 1e-12);
  EXPECT_NEAR(turn(chain(Op::Fma, 4), Isa::Avx2), 2, 1e-12);
  // Rounding takes two operations.
  EXPECT_NEAR(turn(chain(Op::Rint, 4), Isa::Avx512), 4, 1e-12);
  // Sums have pipe 5 beside pipe 1, products pipe 0 beside it.
  ir::Program both = chain(Op::Mul, 4);
  for (int i = 0; i < 4; ++i) {
    const Operand constant = both.add_constant(1.0);
    both.result = both.add(Type::F32, Op::Add, both.result, constant);
  }
  EXPECT_NEAR(turn(both, Isa::Avx512), 4, 1e-12);
  EXPECT_NEAR(turn(both, Isa::Avx2), 8 / 3.0, 1e-12);
  // Two comparisons and two blends: the comparisons on pipe 5, the blends beside them.
  ir::Program chosen = chain(Op::Fma, 0);
  for (int i = 0; i < 2; ++i) {
    const Operand bound = chosen.add_constant(i);
    const Operand less = chosen.add(Type::F32, Op::Less, chosen.result, bound);
    chosen.result = chosen.add(Type::F32, Op::Select, less, bound, chosen.result);
  }
  EXPECT_NEAR(turn(chosen, Isa::Avx512), 2, 1e-12);
}

/// As timed with vectors of 512 bits, sixteen fma being eight cycles; each step more costs
/// something.
TEST(CostModel, StepsNextToARootOfGoldenCove) {
  const auto cycles = [](int steps) {
    ir::Program program;
    program.input_types[0] = Type::F32;
    const Operand x = Operand::input();
    const Operand c = program.add_constant(2.0);
    // Four chains, so that none is waited for, and what joins them.
    std::array<Operand, 4> y = {program.add(Type::F32, Op::Sqrt, x), x, x, x};
    const auto add = [&](Operand& to, Operand from) {
      to = program.add(Type::F32, Op::Fma, from, c, to);
    };
    for (int k = 3; k < steps; ++k) add(y[static_cast<std::size_t>(k) % 4], x);
    for (std::size_t k = 1; k < 4 && steps > 0; ++k) add(y[0], y[k]);
    program.result = y[0];
    const double each = model_cost(program, Isa::Avx512, Processor::GoldenCove).throughput;
    return each * lanes(Isa::Avx512) - 0.3;
  };
  for (const auto& [steps, timed] :
       {std::pair(0, 12.0), {8, 11.5}, {16, 12.1}, {20, 12.6}, {22, 13.15}, {24, 13.4}}) {
    EXPECT_NEAR(cycles(steps), timed, 0.05 * timed) << steps;
  }
  for (int steps = 4; steps < 25; ++steps) EXPECT_GT(cycles(steps), cycles(steps - 1)) << steps;
}

/// Golden Cove does two fma a cycle beside 12 cycles of the divider, and joins two halves; Zen 5
/// does two beside 5.2 cycles.
TEST(SquareRootCost, IsThatOfTheProcessor) {
  const SquareRootCost golden_cove = square_root_cost(Isa::Avx512, Processor::GoldenCove);
  EXPECT_DOUBLE_EQ(golden_cove.operations, 3);
  EXPECT_DOUBLE_EQ(golden_cove.meanwhile, 24);
  const SquareRootCost zen5 = square_root_cost(Isa::Avx512, Processor::Zen5);
  EXPECT_DOUBLE_EQ(zen5.operations, 0);
  EXPECT_DOUBLE_EQ(zen5.meanwhile, 10.4);
  // Half the bits are half the time.
  EXPECT_DOUBLE_EQ(square_root_cost(Isa::Avx2, Processor::Zen5).meanwhile, 5.2);
}

TEST(CostModel, ShorterIsNeverDearer) {
  for (const Processor processor : kProcessors) {
    for (const Isa isa : row_of(processor).isas) {
      if (is_scalar(isa)) continue;
      for (int degree = 2; degree < 9; ++degree) {
        const Cost longer = model_cost(test::exp2_program(degree), isa, processor);
        const Cost shorter = model_cost(test::exp2_program(degree - 1), isa, processor);
        EXPECT_LE(shorter.throughput, longer.throughput);
        EXPECT_LT(shorter.latency, longer.latency);
      }
    }
  }
}

TEST(CostModel, WiderIsCheaper) {
  const ir::Program program = test::exp2_program(6);
  for (const Processor processor : kProcessors) {
    const auto cycles = [&](Isa isa) { return model_cost(program, isa, processor).throughput; };
    if (!has(processor, Isa::Avx512)) {
      EXPECT_EQ(cycles(Isa::Generic), cycles(Isa::Neon));
      continue;
    }
    EXPECT_LT(cycles(Isa::Avx512), cycles(Isa::Avx2));
    EXPECT_LT(cycles(Isa::Avx2), cycles(Isa::Sse2));
    EXPECT_EQ(cycles(Isa::Generic), cycles(Isa::Sse2));
  }
}

/// Its vectors do what others do in the fewest cycles a number, and no wider ones do.
TEST(ProcessorRows, PrefersTheVectorsThatPay) {
  const ir::Program program = test::exp2_program(6);
  for (const Processor processor : kProcessors) {
    const Isa preferred = preferred_isa(processor);
    const double cycles = model_cost(program, preferred, processor).throughput;
    for (const Isa isa : row_of(processor).isas) {
      if (is_scalar(isa)) continue;
      const double others = model_cost(program, isa, processor).throughput;
      // Of vectors that cost the same the narrower ones: what is left over at the end is less.
      EXPECT_TRUE(cycles < others || (cycles == others && lanes(preferred) <= lanes(isa)))
          << name(processor) << ' ' << name(isa);
    }
  }
}

TEST(CostModel, WhatDependsOnConstantsAloneIsFree) {
  ir::Program program = chain(Op::Fma, 4);
  const Cost without = zen5_cost(program, Isa::Avx512);
  const Operand a = program.add_constant(2.0);
  const Operand root = program.add(Type::F32, Op::Sqrt, a);
  program.result = program.add(Type::F32, Op::Add, program.result, root);
  EXPECT_DOUBLE_EQ(zen5_cost(program, Isa::Avx512).throughput, without.throughput);
  EXPECT_DOUBLE_EQ(zen5_cost(program, Isa::Avx512).latency, without.latency + 2);
}

TEST(CostModel, SignsThatFmaTakesAreFree) {
  const auto cost = [](const char* end) {
    return zen5_cost(ir::parse(fmt::format("input x: f32\nc = 2\n{}return y\n", end)), Isa::Avx512);
  };
  const Cost plain = cost("y = fma(x, x, c)\n");
  const Cost negative = cost("m = neg(x)\ny = fma(m, x, c)\n");
  EXPECT_EQ(negative.throughput, plain.throughput);
  EXPECT_EQ(negative.latency, plain.latency);
  // A product takes no sign along.
  EXPECT_GT(cost("m = neg(x)\np = m * x\ny = fma(m, p, c)\n").throughput,
            cost("p = x * x\ny = fma(x, p, c)\n").throughput);
}

/// Each instruction set is one of some processor; prices are asked of none that lacks it.
TEST(ProcessorRows, HaveInstructionSets) {
  for (const Isa isa : isas()) {
    for (const Processor preferred : kProcessors) {
      const Processor found = processor_with(isa, preferred);
      EXPECT_TRUE(has(found, isa)) << name(isa);
      if (has(preferred, isa)) {
        EXPECT_EQ(found, preferred);
      } else {
        EXPECT_THROW(model_cost(chain(Op::Fma, 1), isa, preferred), std::invalid_argument);
      }
    }
  }
  EXPECT_EQ(processors_with(Isa::Neon), "neoverse-v2, apple-m1");
  EXPECT_EQ(processors_with(Isa::Sve), "neoverse-v2");
}

/// What LLVM's model of the processor says of the same instructions (llvm-mca-19
/// -mcpu=neoverse-v2): four pipes for arithmetic, two for conversions, of floats twice the
/// operations, two for shifts.
TEST(CostModel, NeoverseV2HasFourPipes) {
  const auto turn = [](const ir::Program& program, Isa isa) {
    return 4 * model_cost(program, isa, Processor::NeoverseV2).throughput - 0.3;
  };
  for (const Isa isa : {Isa::Neon, Isa::Sve}) {
    // Longer chains wait for the schedulers.
    EXPECT_NEAR(turn(chain(Op::Fma, 6), isa), 1.5, 1e-12) << name(isa);
    EXPECT_NEAR(turn(chain(Op::Add, 8), isa), 2, 1e-12);
    EXPECT_NEAR(turn(chain(Op::Rint, 8), isa), 8, 1e-12);
    EXPECT_DOUBLE_EQ(model_cost(chain(Op::Fma, 20), isa, Processor::NeoverseV2).latency, 80);
    EXPECT_NEAR(turn(chain(Op::Div, 2), isa), 10, 1e-12);
  }
}

TEST(CostModel, RefusesRealPrograms) {
  ir::Program real;
  real.result = real.add(Op::Exp, Operand::input());
  EXPECT_THROW(zen5_cost(real, Isa::Avx512), std::invalid_argument);
}

/// Two independent accounts, the second of a processor that takes two turns for 512 bits: they have
/// to agree where the code is plain and no long chain fills the schedulers.
TEST(SimulatedCost, IsNearTheModel) {
  for (const Isa isa : {Isa::Avx2, Isa::Avx512}) {
    const double turns = isa == Isa::Avx512 ? 2 : 1;
    for (const ir::Program& program : {chain(Op::Fma, 8), chain(Op::Mul, 6), chain(Op::Add, 10)}) {
      const Cost model = zen5_cost(program, isa);
      const Cost simulated = simulated_cost(program, isa);
      EXPECT_NEAR(model.throughput * turns / simulated.throughput, 1, 0.3) << name(isa);
    }
    for (int degree = 3; degree < 11; ++degree) {
      const ir::Program program = test::exp2_program(degree);
      // A form of many steps has no one latency.
      EXPECT_NEAR(zen5_cost(program, isa).latency, simulated_cost(program, isa).latency,
                  isa == Isa::Avx512 ? 4 : 12)
          << name(isa);
    }
  }
  EXPECT_THROW(simulated_cost(chain(Op::Fma, 1), Isa::Generic), std::invalid_argument);
}

TEST(SimulatedCost, IsTheSameEveryTime) {
  const Cost first = simulated_cost(test::exp2_program(6), Isa::Avx512);
  const Cost second = simulated_cost(test::exp2_program(6), Isa::Avx512);
  EXPECT_EQ(first.throughput, second.throughput);
  EXPECT_EQ(first.latency, second.latency);
}

TEST(StepCost, CountsOperations) {
  // What is reinterpreted, or negated for fma, is no step.
  const ir::Program program = ir::parse(
      "input x: f32\nc0 = 0x1p-2\nc1 = 0x1p-1\nk: i32 = 1\nv0 = fraction(x)\nv1 = neg(v0)\n"
      "v2 = fma(c0, v1, c1)\nv3: i32 = bits(v2)\nv4: i32 = v3 + k\nv5 = from_bits(v4)\n"
      "v6 = scalef(v5, x)\nreturn v6\n");
  const Cost cost = step_cost(program, Isa::Avx512, Processor::Zen5);
  EXPECT_EQ(cost.throughput, 4);
  EXPECT_EQ(cost.latency, 4);
  // AVX2 has neither fraction nor scalef.
  EXPECT_GT(step_cost(program, Isa::Avx2, Processor::Zen5).throughput, 6);
  EXPECT_EQ(step_cost(chain(Op::Mul, 5), Isa::Sse2, Processor::GoldenCove).throughput, 5);
}

}  // namespace
}  // namespace ulpforge::jit

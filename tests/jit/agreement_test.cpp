// Every row and type compiles to what the interpreter computes.
#include <fmt/format.h>

#include "jit/agreement.h"
#include "jit/lowering.h"

namespace ulpforge::jit {
namespace {

using namespace test;

TEST(Lowering, EveryRowOfTheMachineHasOne) {
  for (const ir::OpInfo& row : ir::operations()) {
    EXPECT_EQ(find_lowering(row.op) != nullptr, !row.is_reference()) << row.name;
  }
}

/// Every edge value as the first operand against every edge value as the second and some third.
TEST(Agreement, EdgeValues) {
  std::vector<ir::Program> programs;
  const std::vector<std::uint64_t> zeros(3, 0);
  const std::vector<TypedRow> rows = typed_rows();
  for (const TypedRow& typed : rows) programs.push_back(one_operation(typed, zeros, 0xb2));
  Compiler compiler;
  for (const Way& way : ways()) {
    const std::vector<Function> functions =
        compiler.compile(programs, {.level = way.level, .isa = way.isa});
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const auto operand_values = [&](std::size_t k) {
        if (k >= rows[r].row.arity || table_size(rows[r].row, k) > 0) {
          return std::vector<std::uint64_t>{0};
        }
        const ir::Type type = operand_type(rows[r].row, rows[r].type, k);
        return sample_bits(type == ir::Type::Bool ? ir::Type::I32 : type, 0, 1);
      };
      const std::vector<std::uint64_t> inputs = sample_bits(programs[r].input_types[0], 0, 1);
      const std::vector<std::uint64_t> seconds = operand_values(1);
      const std::vector<std::uint64_t> thirds = operand_values(2);
      for (std::size_t i = 0; i < seconds.size(); ++i) {
        const std::array<std::uint64_t, 2> others = {seconds[i], thirds[(7 * i) % thirds.size()]};
        const ir::Program program = one_operation(rows[r], others, 0xb2);
        ASSERT_EQ(difference(program, inputs, interpret_bits(program, inputs),
                             run_bits(functions[r], ir::constant_bits(program), inputs)),
                  "")
            << name_of(way);
      }
    }
  }
}

/// Random operands; a hundred times as many in agreement_long_test.cpp.
TEST(Agreement, RandomOperands) { expect_agreement_on_random_operands(200'000, 1); }

/// Every truth table.
TEST(Agreement, TruthTables) {
  std::vector<ir::Program> programs;
  for (const TypedRow& typed : typed_rows()) {
    if (typed.row.op != ir::Op::Ternary) continue;
    for (int table = 0; table < 256; ++table) {
      programs.push_back(spread_operation(typed, static_cast<std::uint8_t>(table)));
    }
  }
  const std::vector<std::uint64_t> inputs = spread_inputs(100, 3);
  Compiler compiler;
  for (const Way& way : ways()) {
    if (way.level == OptimisationLevel::Full) continue;
    const std::vector<Function> functions =
        compiler.compile(programs, {.level = way.level, .isa = way.isa});
    for (std::size_t k = 0; k < programs.size(); ++k) {
      ASSERT_EQ(difference(programs[k], inputs, interpret_bits(programs[k], inputs),
                           run_bits(functions[k], functions[k].constants(), inputs)),
                "")
          << name_of(way);
    }
  }
}

}  // namespace
}  // namespace ulpforge::jit

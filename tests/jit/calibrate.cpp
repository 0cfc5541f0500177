// Prints, for each operation, its measured time against the model's: what the prices in
// jit/processors are checked with. Run by hand: `calibrate_costs [ISA]`.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "ir/canonical.h"
#include "ir/machine_programs.h"
#include "jit/compiler.h"
#include "jit/cost.h"
#include "jit/machine_kernels.h"
#include "jit/mca.h"
#include "jit/measure.h"

namespace ulpforge::jit {
namespace {

struct Case {
  std::string name;
  ir::Program program;
};

/// The operation applied `times` times in a row to f32 values, so that its own cost stands out.
std::optional<ir::Program> repeated(const ir::test::TypedRow& typed, int times) {
  using ir::Operand;
  using ir::Type;
  ir::Program program;
  program.input_types[0] = Type::F32;
  Operand value = Operand::input();
  const Type first = operand_type(typed.row, typed.type, 0);
  if (ir::is_machine(program) && (typed.type == Type::F64 || typed.type == Type::I64)) return {};
  if (first == Type::Bool || first == Type::F64 || first == Type::I64) return {};
  const Type result = result_type(typed.row, typed.type);
  if (result == Type::Bool || result == Type::F64 || result == Type::I64) return {};
  for (int i = 0; i < times; ++i) {
    const Type have = i == 0 ? Type::F32 : result;
    Operand a = value;
    if (have != first) {
      a = program.add(Type::F32, ir::is_float(have) ? ir::Op::Bits : ir::Op::FromBits, value);
    }
    std::array<Operand, 3> operands = {a, {}, {}};
    for (std::size_t k = 1; k < typed.row.arity; ++k) {
      const std::size_t entries = table_size(typed.row, k);
      operands[k] = program.add_constant(ir::is_integer(typed.type) ? 1.0 : 1.0 + 0.25 * i);
      for (std::size_t e = 1; e < entries; ++e) program.add_constant(static_cast<double>(e));
    }
    value = program.add(typed.type, typed.row.op, operands[0], operands[1], operands[2],
                        typed.row.op == ir::Op::Ternary ? std::uint8_t{0xca} : std::uint8_t{0});
  }
  program.result = value;
  return program;
}

void calibrate(Isa isa) {
  std::vector<Case> cases = {{"exp2 degree 6", test::exp2_program(6)},
                             {"exp2 degree 3", test::exp2_program(3)},
                             {"12 operations", test::twelve_operations(0)}};
  for (const ir::test::TypedRow& typed : ir::test::typed_rows()) {
    if (const auto program = repeated(typed, 8)) {
      cases.push_back({fmt::format("8 {} {}", typed.row.name, ir::name(typed.type)), *program});
    }
  }
  Compiler compiler;
  std::vector<Function> compiled;
  std::vector<ir::Program> programs;
  for (const Case& c : cases) programs.push_back(c.program);
  compiled = compiler.compile(programs, {.level = OptimisationLevel::Full, .isa = isa});
  std::vector<BatchFunction> functions;
  for (const Function& function : compiled) {
    functions.emplace_back([&function](std::span<const float> x, std::span<float> y) {
      function.evaluate(x.data(), y.data(), x.size());
    });
  }
  std::vector<float> x(2048);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 1.0F + static_cast<float>(i) / 4096;
  const MeasureOptions options{.samples = 15, .max_samples = 45, .sample_microseconds = 50};
  const auto throughput = measure_throughput(functions, x, options);
  const auto latency = measure_latency(functions, x, options);
  fmt::print("{:26}{:>12}{:>10}{:>11}{:>14}{:>10}{:>11}   ({})\n", "", "ns/element", "model",
             "simulated", "latency, ns", "model", "simulated",
             fmt::format("{}, {}", name(isa), name(host_processor())));
  for (std::size_t k = 0; k < cases.size(); ++k) {
    const Cost cost = model_cost(programs[k], isa, host_processor());
    const Cost simulated = simulated_cost(programs[k], isa);
    fmt::print("{:26}{:12.4f}{:10.4f}{:11.4f}{:14.2f}{:10.1f}{:11.1f}{}\n", cases[k].name,
               throughput[k].nanoseconds, cost.throughput, simulated.throughput,
               latency[k].nanoseconds, cost.latency, simulated.latency,
               throughput[k].quiet ? "" : "   not quiet");
  }
}

}  // namespace
}  // namespace ulpforge::jit

int main(int argc, char** argv) {
  using namespace ulpforge::jit;
  calibrate(find_isa(argc > 1 ? argv[1] : "").value_or(host_isa()));
}

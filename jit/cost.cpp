// The port model: work of a program's operations, added up by pipes.
#include "jit/cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/rare.h"
#include "jit/processors/row.h"

namespace ulpforge::jit {
namespace {

using ir::Op;

/// Registers that hold a value for every lane.
double registers(ir::Type type, Isa isa) {
  const bool wide = type == ir::Type::F64 || type == ir::Type::I64;
  return wide && !is_scalar(isa) ? 2 : 1;
}

/// Signs that fma takes along: those of values that it alone reads.
std::vector<char> free_signs(const ir::Program& program, Isa isa) {
  std::vector<char> free(program.code.size(), 0);
  if (!has_fma(isa)) return free;
  for (std::size_t i = 0; i < program.code.size(); ++i) free[i] = program.code[i].op == Op::Neg;
  for (const ir::Instruction& step : program.code) {
    for (std::size_t k = 0; k < step.arity(); ++k) {
      const ir::Operand operand = step.operands[k];
      if (operand.is_value() && step.op != Op::Fma) free[operand.index] = 0;
    }
  }
  if (program.result.is_value()) free[program.result.index] = 0;
  return free;
}

/// Pipes and divider work at the same time, but delay each other where both are busy. Measured on
/// Golden Cove: a square root next to n of fma takes as long as the longer of the two until n comes
/// near to that, and a cycle more there, which the norm of order 8 comes close to.
double side_by_side(double pipes, double divider) {
  const double longer = std::max(pipes, divider);
  if (longer == 0) return 0;
  const double ratio = std::min(pipes, divider) / longer;
  const double squared = ratio * ratio, fourth = squared * squared;
  // Roots and not powers, so that every machine computes the same.
  return longer * std::sqrt(std::sqrt(std::sqrt(1 + fourth * fourth)));
}

/// How often the divider takes what it can for one register.
double divider_times(const ProcessorRow& row, Isa isa) {
  constexpr double kBits = 32;
  return std::max(1.0, kBits * lanes(isa) / row.divider_bits);
}

constexpr Work kJump = {.integer = 1};  ///< that a condition of one number decides
constexpr double kLoop = 2;             ///< the counter, and comparison and jump together

}  // namespace

double Work::operations() const {
  return divide > 0 ? 1 : std::accumulate(pipes.begin(), pipes.end(), 0.0);
}

void Work::add(const Work& more, double count) {
  for (std::size_t k = 0; k < kPipeSets; ++k) pipes[k] += more.pipes[k] * count;
  divide += more.divide * count;
  integer += more.integer * count;
}

const Work& Price::work(Isa isa) const {
  switch (isa) {
    case Isa::Avx512:
    case Isa::Sve:
      return first;
    case Isa::Avx2:
    case Isa::Neon:
    case Isa::ScalarFma:
      return second;
    case Isa::Sse2:
    case Isa::Generic:
    case Isa::Scalar:
      break;
  }
  return third;
}

Cost model_cost(const ir::Program& program, Isa isa, Processor processor) {
  const ProcessorRow& row = row_of(processor);
  if (!has(processor, isa)) {
    throw std::invalid_argument(fmt::format("{} has no {}", row.name, name(isa)));
  }
  const double times = divider_times(row, isa);
  Work load;  // of one turn
  double operations = 0;
  const auto add = [&](const Work& work, double count) {
    load.add(work, count);
    operations += work.operations() * count;
  };
  std::vector<double> ready;  // when each value is there
  const auto time_of = [&](ir::Operand operand) {
    return operand.is_value() ? ready[operand.index] : 0.0;
  };
  const std::vector<std::size_t> owners = ir::rare_owners(program);
  const std::vector<char> signs_are_free = free_signs(program, isa);
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const Price* price = row.prices_for(isa).find(step.op, step.type);
    if (price == nullptr) {
      throw std::invalid_argument(std::string(ir::info(step.op).name) + " has no price");
    }
    const Work& work = price->work(isa);
    if (signs_are_free[i] != 0) {
      ready.push_back(time_of(step.operands[0]));
      continue;
    }
    // What is rare costs nothing; that it is not due has to be found out.
    const bool rare = step.op == Op::SelectRare && owners[i] == ir::kAlways;
    if (rare && (i == 0 || ir::rare_group(program, i - 1) < 2)) {
      add(is_scalar(isa) ? kJump : row.test, 1);  // once for a group
    }
    double start = 0;
    bool varies = false;
    for (std::size_t k = 0; k < step.arity(); ++k) {
      if (rare && k == 1) continue;
      start = std::max(start, time_of(step.operands[k]));
      varies = varies || !step.operands[k].is_constant();
    }
    // What depends on constants alone is computed before the loop.
    if (varies && owners[i] == ir::kAlways && !rare) add(work, registers(step.type, isa));
    ready.push_back(varies ? start + (rare ? 0 : work.latency) : 0);
  }
  const double loads = registers(program.input_types[0], isa);
  const double stores = registers(ir::result_type(program), isa);
  const double latency = time_of(program.result);
  const double waiting = operations * latency / row.scheduled;
  const double issued = (operations + load.integer + loads + stores + kLoop) / row.front_end;
  const double cycles = std::max(
      {side_by_side(row.busiest_pipe(load), load.divide * times), waiting, issued, stores});
  return {(cycles + row.turn) / lanes(isa), latency};
}

std::string_view name(CostModel model) { return model == CostModel::Cycles ? "cycles" : "steps"; }

std::optional<CostModel> find_cost_model(std::string_view text) {
  for (const CostModel model : {CostModel::Cycles, CostModel::Steps}) {
    if (text == name(model)) return model;
  }
  return std::nullopt;
}

Cost step_cost(const ir::Program& program, Isa isa, Processor processor) {
  const PriceTable& prices = row_of(processor).prices_for(isa);
  const auto steps_of = [&](const ir::Instruction& step) {
    const Price* const price = prices.find(step.op, step.type);
    if (price == nullptr) return 1.0;
    // An instruction may be several operations for the pipes, but hardly more than that of the
    // widest set.
    constexpr double kReplaced = 2;
    const double here = price->work(isa).operations();
    return here > kReplaced * std::max(1.0, price->work(Isa::Avx512).operations()) ? here : 1.0;
  };
  const std::vector<std::size_t> owners = ir::rare_owners(program);
  const std::vector<char> signs_are_free = free_signs(program, isa);
  Cost cost;
  std::vector<double> ready;
  const auto time_of = [&](ir::Operand operand) {
    return operand.is_value() ? ready[operand.index] : 0.0;
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const bool rare = step.op == Op::SelectRare && owners[i] == ir::kAlways;
    double start = 0;
    bool varies = false;
    for (std::size_t k = 0; k < step.arity(); ++k) {
      if (rare && k == 1) continue;
      start = std::max(start, time_of(step.operands[k]));
      varies = varies || !step.operands[k].is_constant();
    }
    const bool free =
        step.op == Op::Bits || step.op == Op::FromBits || signs_are_free[i] != 0 || !varies;
    const bool counts =
        rare ? i == 0 || ir::rare_group(program, i - 1) < 2 : !free && owners[i] == ir::kAlways;
    const double steps = counts ? steps_of(step) : 0;
    cost.throughput += steps;
    ready.push_back(varies ? start + steps : 0);
  }
  cost.latency = time_of(program.result);
  return cost;
}

SquareRootCost square_root_cost(Isa isa, Processor processor) {
  const ProcessorRow& row = row_of(processor);
  const Work& root = row.prices_for(isa).find(Op::Sqrt, ir::Type::F32)->work(isa);
  const Work& fma = row.prices_for(isa).find(Op::Fma, ir::Type::F32)->work(isa);
  return {.operations = std::accumulate(root.pipes.begin(), root.pipes.end(), 0.0),
          .meanwhile = root.divide * divider_times(row, isa) / row.busiest_pipe(fma)};
}

}  // namespace ulpforge::jit

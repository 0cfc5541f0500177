#include "jit/cost.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/rare.h"

namespace ulpforge::jit {
namespace {

using ir::Op;

/// Operations of one register, by the pipes that can execute them.
struct Work {
  double multiply = 0;  ///< pipes 0, 1: products, fma
  double add = 0;       ///< pipes 2, 3: sums, minima, comparisons, rounding, conversions, shifts
  double shuffle = 0;   ///< pipes 1, 2: permutations
  double any = 0;       ///< every pipe: logic, blends, sums of integers
  double divide = 0;    ///< cycles of the divider, for half a 512-bit register
  double latency = 0;
};

/// Kinds of operations, by their prices.
constexpr Work multiply(double latency, double count = 1) { return {count, 0, 0, 0, 0, latency}; }
constexpr Work sum(double latency, double count = 1) { return {0, count, 0, 0, 0, latency}; }
constexpr Work shuffle(double latency, double count = 1) { return {0, 0, count, 0, 0, latency}; }
constexpr Work logic(double latency, double count = 1) { return {0, 0, 0, count, 0, latency}; }
constexpr Work divide(double cycles, double latency) { return {0, 0, 0, 0, cycles, latency}; }
constexpr Work kFree = {};

/// The price of an operation over these types, with the instructions of AVX-512, of AVX2, of SSE2.
/// A price is for each register of T.
struct Price {
  Op op;
  ir::TypeSet types;
  Work avx512, avx2, sse2;
  constexpr Price(Op o, ir::TypeSet t, Work everywhere) : Price(o, t, everywhere, everywhere) {}
  constexpr Price(Op o, ir::TypeSet t, Work a, Work b) : Price(o, t, a, b, b) {}
  constexpr Price(Op o, ir::TypeSet t, Work a, Work b, Work c)
      : op(o), types(t), avx512(a), avx2(b), sse2(c) {}
};

// Which pipes: from the times of pairs of instructions, each alone and both by turns. Forms of many
// steps have the time of the whole; those that become calls or single elements are rough.
// tests/jit/calibrate.cpp prints the comparison with the machine.
constexpr Work kElements = {0, 0, 8, 12, 0, 20};  ///< element by element
const std::array kPrices = {
    Price(Op::Neg, ir::kFloats, logic(1)),
    Price(Op::Abs, ir::kFloats, logic(1)),
    Price(Op::Copysign, ir::kFloats, logic(1), logic(2, 3)),
    Price(Op::Add, ir::kFloats, sum(2)),
    Price(Op::Add, ir::kIntegers, logic(1)),
    Price(Op::Sub, ir::kFloats, sum(2)),
    Price(Op::Sub, ir::kIntegers, logic(1)),
    Price(Op::Mul, ir::kFloats, multiply(3)),
    Price(Op::Mul, ir::kI32, multiply(3), multiply(3), {2, 0, 4, 0, 0, 7}),
    Price(Op::Mul, ir::kI64, multiply(3), {3, 0, 3, 2, 0, 8}),
    Price(Op::Fma, ir::kFloats, multiply(4), multiply(4), {0, 0, 12, 60, 0, 40}),
    Price(Op::Div, ir::kF32, divide(1.3, 11)),
    Price(Op::Div, ir::kF64, divide(2.2, 13)),
    Price(Op::Sqrt, ir::kF32, divide(2.6, 15)),
    Price(Op::Sqrt, ir::kF64, divide(4.6, 21)),
    Price(Op::Min, ir::kFloats, sum(2)),
    Price(Op::Max, ir::kFloats, sum(2)),
    Price(Op::Rint, ir::kFloats, sum(3), sum(3), {1, 2, 0, 6, 0, 10}),
    Price(Op::Floor, ir::kFloats, sum(3), sum(3), {2, 3, 0, 8, 0, 15}),
    Price(Op::Less, ir::kFloats, sum(3, 2), sum(2)),
    Price(Op::Less, ir::kIntegers, sum(3, 2), logic(1)),
    Price(Op::LessEqual, ir::kFloats, sum(3, 2), sum(2)),
    Price(Op::LessEqual, ir::kIntegers, sum(3, 2), logic(2, 2)),
    Price(Op::Equal, ir::kFloats, sum(3, 2), sum(2)),
    Price(Op::Equal, ir::kIntegers, sum(3, 2), logic(1)),
    Price(Op::Select, ir::kNumbers, logic(1), logic(1), logic(2, 3)),
    Price(Op::SelectRare, ir::kNumbers, logic(1), logic(1), logic(2, 3)),
    Price(Op::Widen, ir::kF64, sum(6, 2)),
    Price(Op::Narrow, ir::kF32, sum(6, 4)),
    Price(Op::Truncate, ir::kF32, sum(3)),
    Price(Op::Truncate, ir::kF64, sum(3), kElements),
    Price(Op::RoundToInteger, ir::kF32, sum(3)),
    Price(Op::RoundToInteger, ir::kF64, sum(3), kElements),
    Price(Op::FromInteger, ir::kF32, sum(3)),
    Price(Op::FromInteger, ir::kF64, sum(3), {0, 2, 1, 4, 0, 9}),
    Price(Op::SignExtend, ir::kI64, shuffle(4, 2)),
    Price(Op::Wrap, ir::kI32, shuffle(4, 3)),
    Price(Op::Bits, ir::kFloats, kFree),
    Price(Op::FromBits, ir::kFloats, kFree),
    Price(Op::BitAnd, ir::kBitwise, logic(1)),
    Price(Op::BitOr, ir::kBitwise, logic(1)),
    Price(Op::BitXor, ir::kBitwise, logic(1)),
    Price(Op::BitNot, ir::kBitwise, logic(1)),
    Price(Op::ShiftLeft, ir::kIntegers, sum(1), sum(1), kElements),
    Price(Op::ShiftRight, ir::kI32, sum(1), sum(1), kElements),
    Price(Op::ShiftRight, ir::kI64, sum(1), {0, 0, 2, 2, 0, 4}, kElements),
    Price(Op::ShiftRightLogical, ir::kIntegers, sum(1), sum(1), kElements),
    Price(Op::Ternary, ir::kIntegers, logic(1), logic(3, 4)),
    Price(Op::Scalef, ir::kF32, sum(3, 2), {24, 2, 1, 28, 0, 12}, {8, 4, 1, 60, 0, 16}),
    Price(Op::Scalef, ir::kF64, sum(3, 2), {24, 4, 1, 28, 0, 12}, {8, 4, 1, 60, 0, 16}),
    Price(Op::Getexp, ir::kFloats, sum(3), {10, 2, 2, 12, 0, 12}, {2, 1, 1, 12, 0, 18}),
    Price(Op::Getmant, ir::kFloats, sum(3), {8, 0, 0, 8, 0, 8}, {3, 0, 0, 9, 0, 14}),
    Price(Op::GetmantCentred, ir::kFloats, sum(3), {10, 0, 0, 12, 0, 9}, {3, 0, 0, 14, 0, 16}),
    Price(Op::ReciprocalEstimate, ir::kFloats, logic(1)),
    Price(Op::Permute16, ir::kWords, shuffle(5), {1, 0, 5, 0, 0, 9}, kElements),
    Price(Op::Permute32, ir::kWords, shuffle(5), {3, 0, 10, 0, 0, 10}, kElements),
};

const Work* find_work(Op op, ir::Type type, Isa isa) {
  for (const Price& price : kPrices) {
    if (price.op != op || !contains(price.types, type)) continue;
    return isa == Isa::Avx512 ? &price.avx512 : isa == Isa::Avx2 ? &price.avx2 : &price.sse2;
  }
  return nullptr;
}

/// Registers that hold a value for every lane.
double registers(ir::Type type) { return type == ir::Type::F64 || type == ir::Type::I64 ? 2 : 1; }

/// Work of one turn of a loop.
struct Load {
  Work work;              ///< summed; its latency means nothing
  double operations = 0;  ///< that wait in the schedulers

  void add(const Work& more, double count) {
    work.multiply += more.multiply * count;
    work.add += more.add * count;
    work.shuffle += more.shuffle * count;
    work.any += more.any * count;
    work.divide += more.divide * count;
    operations += (more.multiply + more.add + more.shuffle + more.any) * count;
    if (more.divide > 0) operations += count;
  }

  /// Cycles of the busiest pipe, when the pipes of each set share its operations evenly.
  double busiest_pipe() const {
    return std::max(work.multiply, work.add) / 2 + work.shuffle / 2 + work.any / 4;
  }
};

constexpr double kScheduled = 114;  ///< operations that wait for operands, in three schedulers of 38
constexpr double kFrontEnd = 8;     ///< operations in a cycle
constexpr double kLoop = 2;         ///< the counter, and comparison and jump together
constexpr double kTurn = 0.3;       ///< cycles that a turn takes besides
constexpr Work kTest = multiply(4);  ///< of a condition's lanes, for a jump

}  // namespace

bool has_price(Op op, ir::Type type) { return find_work(op, type, Isa::Avx512) != nullptr; }

Cost model_cost(const ir::Program& program, Isa isa) {
  // The divider takes half a 512-bit register at a time.
  const double halves = isa == Isa::Avx512 ? 2 : 1;
  Load load;
  std::vector<double> ready;  // when each value is there
  const auto time_of = [&](ir::Operand operand) {
    return operand.is_value() ? ready[operand.index] : 0.0;
  };
  const std::vector<std::size_t> owners = ir::rare_owners(program);
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const ir::Instruction& step = program.code[i];
    const Work* work = find_work(step.op, step.type, isa);
    if (work == nullptr) {
      throw std::invalid_argument(std::string(ir::info(step.op).name) + " has no price");
    }
    // What is rare costs nothing; that it is not due has to be found out.
    const bool rare = step.op == Op::SelectRare && owners[i] == ir::kAlways;
    if (rare && (i == 0 || ir::rare_group(program, i - 1) < 2)) {
      load.add(kTest, 1);  // once for a group
    }
    double start = 0;
    bool varies = false;
    for (std::size_t k = 0; k < step.arity(); ++k) {
      if (rare && k == 1) continue;
      start = std::max(start, time_of(step.operands[k]));
      varies = varies || !step.operands[k].is_constant();
    }
    // What depends on constants alone is computed before the loop.
    if (varies && owners[i] == ir::kAlways && !rare) load.add(*work, registers(step.type));
    ready.push_back(varies ? start + (rare ? 0 : work->latency) : 0);
  }
  const double loads = registers(program.input_types[0]);
  const double stores = registers(ir::result_type(program));
  const double latency = time_of(program.result);
  const double cycles = std::max({load.busiest_pipe(), load.work.divide * halves,
                                  load.operations * latency / kScheduled,
                                  (load.operations + loads + stores + kLoop) / kFrontEnd, stores});
  return {(cycles + kTurn) / lanes(isa), latency};
}

}  // namespace ulpforge::jit

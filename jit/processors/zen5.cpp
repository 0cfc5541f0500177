// Zen 5 that executes 512 bits at once. Four pipes execute vector operations: dispatch deals
// operations out evenly to the pipes that can take them. Against 16 functions that searches found,
// measured in one run, the model errs by 5 % in the mean and 13 % at most.
#include <algorithm>

#include "jit/processors/row.h"
#include "jit/processors/scalar_prices.h"

namespace ulpforge::jit {
namespace {

using ir::Op;

/// The sets of pipes.
enum PipeSet : std::size_t {
  kMultiply,  ///< pipes 0, 1: products, fma
  kAdd,       ///< pipes 2, 3: sums, minima, comparisons, rounding, conversions, shifts
  kShuffle,   ///< pipes 1, 2: permutations
  kAny,       ///< every pipe: logic, blends, sums of integers
};

/// Kinds of operations, by their prices.
constexpr Work multiply(double latency, double count = 1) { return {{count}, 0, latency}; }
constexpr Work sum(double latency, double count = 1) { return {{0, count}, 0, latency}; }
constexpr Work shuffle(double latency, double count = 1) { return {{0, 0, count}, 0, latency}; }
constexpr Work logic(double latency, double count = 1) { return {{0, 0, 0, count}, 0, latency}; }
constexpr Work divide(double cycles, double latency) { return {{}, cycles, latency}; }
constexpr Work kFree = {};

// Which pipes: from the times of pairs of instructions, each alone and both by turns. Forms of many
// steps have the time of the whole; those that become calls or single elements are rough.
// tests/jit/calibrate.cpp prints the comparison with the machine.
constexpr Work kElements = {{0, 0, 8, 12}, 0, 20};  ///< element by element
constexpr std::array kPrices = {
    Price(Op::Neg, ir::kFloats, logic(1)),
    Price(Op::Abs, ir::kFloats, logic(1)),
    Price(Op::Copysign, ir::kFloats, logic(1), logic(2, 3)),
    Price(Op::Add, ir::kFloats, sum(2)),
    Price(Op::Add, ir::kIntegers, logic(1)),
    Price(Op::Sub, ir::kFloats, sum(2)),
    Price(Op::Sub, ir::kIntegers, logic(1)),
    Price(Op::Mul, ir::kFloats, multiply(3)),
    Price(Op::Mul, ir::kI32, multiply(3), multiply(3), {{2, 0, 4, 0}, 0, 7}),
    Price(Op::Mul, ir::kI64, multiply(3), {{3, 0, 3, 2}, 0, 8}),
    Price(Op::Fma, ir::kFloats, multiply(4), multiply(4), {{0, 0, 12, 60}, 0, 40}),
    Price(Op::Div, ir::kF32, divide(1.3, 11)),
    Price(Op::Div, ir::kF64, divide(2.2, 13)),
    Price(Op::Sqrt, ir::kF32, divide(2.6, 15)),
    Price(Op::Sqrt, ir::kF64, divide(4.6, 21)),
    Price(Op::Min, ir::kFloats, sum(2)),
    Price(Op::Max, ir::kFloats, sum(2)),
    Price(Op::Rint, ir::kFloats, sum(3), sum(3), {{1, 2, 0, 6}, 0, 10}),
    Price(Op::Floor, ir::kFloats, sum(3), sum(3), {{2, 3, 0, 8}, 0, 15}),
    // Fractions were not measured: two operations.
    Price(Op::Fraction, ir::kFloats, sum(6, 2), {{4, 5, 0, 0}, 0, 12}, {{6, 7, 0, 10}, 0, 24}),
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
    Price(Op::FromInteger, ir::kF64, sum(3), {{0, 2, 1, 4}, 0, 9}),
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
    Price(Op::ShiftRight, ir::kI64, sum(1), {{0, 0, 2, 2}, 0, 4}, kElements),
    Price(Op::ShiftRightLogical, ir::kIntegers, sum(1), sum(1), kElements),
    Price(Op::Ternary, ir::kIntegers, logic(1), logic(3, 4)),
    Price(Op::Scalef, ir::kF32, sum(3, 2), {{24, 2, 1, 28}, 0, 12}, {{8, 4, 1, 60}, 0, 16}),
    Price(Op::Scalef, ir::kF64, sum(3, 2), {{24, 4, 1, 28}, 0, 12}, {{8, 4, 1, 60}, 0, 16}),
    Price(Op::Getexp, ir::kFloats, sum(3), {{10, 2, 2, 12}, 0, 12}, {{2, 1, 1, 12}, 0, 18}),
    Price(Op::Getmant, ir::kFloats, sum(3), {{8, 0, 0, 8}, 0, 8}, {{3, 0, 0, 9}, 0, 14}),
    Price(Op::GetmantCentred, ir::kFloats, sum(3), {{10, 0, 0, 12}, 0, 9}, {{3, 0, 0, 14}, 0, 16}),
    Price(Op::ReciprocalEstimate, ir::kFloats, logic(1)),
    Price(Op::Permute8, ir::kWords, shuffle(5), {{0, 0, 2, 0}, 0, 5}, kElements),
    Price(Op::Permute16, ir::kWords, shuffle(5), {{1, 0, 5, 0}, 0, 9}, kElements),
    Price(Op::Permute32, ir::kWords, shuffle(5), {{3, 0, 10, 0}, 0, 10}, kElements),
    Price(Op::Lookup16, ir::kNumbers, kElements),
    Price(Op::Lookup32, ir::kNumbers, kElements),
    Price(Op::Lookup64, ir::kNumbers, kElements),
    Price(Op::Lookup128, ir::kNumbers, kElements),
    Price(Op::Lookup256, ir::kNumbers, kElements),
};

constexpr std::array kScalarPrices = scalar_prices({
    .logic = logic(1),
    .add = sum(2),
    .multiply = multiply(3),
    .fma = multiply(4),
    .convert = sum(4),
    .to_integer = sum(4),
    .transfer = logic(3),
    .round = sum(3),
    .divide_f32 = divide(2, 11),
    .divide_f64 = divide(4, 13),
    .sqrt_f32 = divide(4, 15),
    .sqrt_f64 = divide(8, 21),
});

/// Cycles of the busiest pipe, when the pipes of each set share its operations evenly. Six more
/// execute operations of integers.
double busiest_pipe(const Work& work) {
  return std::max(std::max(work.pipes[kMultiply], work.pipes[kAdd]) / 2 + work.pipes[kShuffle] / 2 +
                      work.pipes[kAny] / 4,
                  work.integer / 6);
}

bool is_amd() {
#ifdef __x86_64__
  return __builtin_cpu_is("amd") != 0;
#else
  return false;
#endif
}

}  // namespace

const ProcessorRow processors::zen5 = {
    .name = "zen5",
    .isas = kIsasOfX86,
    .is_like_host = is_amd,
    .prices = kPrices,
    .scalar_prices = kScalarPrices,
    .busiest_pipe = busiest_pipe,
    .divider_bits = 256,
    .scheduled = 114,
    .front_end = 8,
    .turn = 0.3,
    .test = multiply(4),
    .preferred = Isa::Avx512,
};

}  // namespace ulpforge::jit

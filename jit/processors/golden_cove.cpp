// Golden Cove (Sapphire Rapids and later). 512 bits go to the pipes 0 and 5, 256 bits to 0, 1
// and 5.
#include "jit/processors/pipe_sets.h"
#include "jit/processors/row.h"
#include "jit/processors/scalar_prices.h"

namespace ulpforge::jit {
namespace {

using ir::Op;

/// The sets of pipes, as bits: 1 for pipe 0, 2 for pipe 1, 4 for pipe 5.
constexpr std::array<unsigned, Work::kPipeSets> kPipes = {1, 4, 5, 3, 6, 7};

constexpr Work p0(double latency, double count = 1) { return {{count}, 0, latency}; }
constexpr Work p5(double latency, double count = 1) { return {{0, count}, 0, latency}; }
constexpr Work p05(double latency, double count = 1) { return {{0, 0, count}, 0, latency}; }
constexpr Work p01(double latency, double count = 1) { return {{0, 0, 0, count}, 0, latency}; }
constexpr Work p15(double latency, double count = 1) { return {{0, 0, 0, 0, count}, 0, latency}; }
constexpr Work p015(double latency, double count = 1) {
  return {{0, 0, 0, 0, 0, count}, 0, latency};
}
constexpr Work divide(double cycles, double latency) { return {{1}, cycles, latency}; }
/// The two halves of 512 bits, and what joins them.
constexpr Work divide_halves(double cycles, double latency) { return {{2, 0, 1}, cycles, latency}; }
constexpr Work kFree = {};

// Which pipes: from the times of instructions alone and by turns with one that pipe 0 or pipe 5
// alone executes. Forms of many steps have the time of the whole; those that become calls or single
// elements are rough. tests/jit/calibrate.cpp prints the comparison with the machine.
constexpr Work kElements = {{8, 12, 0, 0, 0, 12}, 0, 20};  ///< element by element
constexpr std::array kPrices = {
    Price(Op::Neg, ir::kFloats, p05(1), p015(1)),
    Price(Op::Abs, ir::kFloats, p05(1), p015(1)),
    Price(Op::Copysign, ir::kFloats, p05(1), p015(2, 3)),
    Price(Op::Add, ir::kFloats, p05(3), p15(3)),
    Price(Op::Add, ir::kIntegers, p05(1), p015(1)),
    Price(Op::Sub, ir::kFloats, p05(3), p15(3)),
    Price(Op::Sub, ir::kIntegers, p05(1), p015(1)),
    Price(Op::Mul, ir::kFloats, p05(4), p01(4)),
    Price(Op::Mul, ir::kI32, p05(10, 2), p01(10, 2), {{0, 4, 0, 2}, 0, 12}),
    Price(Op::Mul, ir::kI64, p05(15, 3), {{0, 0, 0, 5, 0, 3}, 0, 12}),
    Price(Op::Fma, ir::kFloats, p05(4), p01(4), {{0, 12, 0, 20, 0, 40}, 0, 40}),
    Price(Op::Div, ir::kF32, divide_halves(5, 12), divide(5, 12)),
    Price(Op::Div, ir::kF64, divide_halves(8, 15), divide(8, 15)),
    Price(Op::Sqrt, ir::kF32, divide_halves(6, 15), divide(6, 15)),
    Price(Op::Sqrt, ir::kF64, divide_halves(9, 22), divide(9, 22)),
    Price(Op::Min, ir::kFloats, p05(4), p01(4)),
    Price(Op::Max, ir::kFloats, p05(4), p01(4)),
    Price(Op::Rint, ir::kFloats, p05(8, 2), p01(8, 2), {{0, 0, 0, 3, 0, 6}, 0, 12}),
    Price(Op::Floor, ir::kFloats, p05(8, 2), p01(8, 2), {{0, 0, 0, 5, 0, 8}, 0, 17}),
    Price(Op::Fraction, ir::kFloats, p05(4), {{0, 0, 0, 4, 2, 4}, 0, 20},
          {{0, 0, 0, 10, 4, 14}, 0, 30}),
    Price(Op::Less, ir::kFloats, p5(3), p01(4)),
    Price(Op::Less, ir::kIntegers, p5(3), p01(1)),
    Price(Op::LessEqual, ir::kFloats, p5(3), p01(4)),
    Price(Op::LessEqual, ir::kIntegers, p5(3), p01(2, 2)),
    Price(Op::Equal, ir::kFloats, p5(3), p01(4)),
    Price(Op::Equal, ir::kIntegers, p5(3), p01(1)),
    Price(Op::Select, ir::kNumbers, p05(1), p015(3, 3)),
    Price(Op::SelectRare, ir::kNumbers, p05(1), p015(3, 3)),
    Price(Op::Widen, ir::kF64, {{0, 1.5, 1}, 0, 8}, {{0, 1.5, 0, 1}, 0, 8}),
    Price(Op::Narrow, ir::kF32, {{0, 3, 2}, 0, 10}, {{0, 3, 0, 2}, 0, 10}),
    Price(Op::Truncate, ir::kF32, p05(4), p01(4)),
    Price(Op::Truncate, ir::kF64, p05(4), kElements),
    Price(Op::RoundToInteger, ir::kF32, p05(4), p01(4)),
    Price(Op::RoundToInteger, ir::kF64, p05(4), kElements),
    Price(Op::FromInteger, ir::kF32, p05(4), p01(4)),
    Price(Op::FromInteger, ir::kF64, p05(4), {{0, 0, 0, 2, 2, 3}, 0, 9}),
    Price(Op::SignExtend, ir::kI64, p5(6, 1.5)),
    Price(Op::Wrap, ir::kI32, p5(6, 3)),
    Price(Op::Bits, ir::kFloats, kFree),
    Price(Op::FromBits, ir::kFloats, kFree),
    Price(Op::BitAnd, ir::kBitwise, p05(1), p015(1)),
    Price(Op::BitOr, ir::kBitwise, p05(1), p015(1)),
    Price(Op::BitXor, ir::kBitwise, p05(1), p015(1)),
    Price(Op::BitNot, ir::kBitwise, p05(1), p015(1)),
    Price(Op::ShiftLeft, ir::kIntegers, p0(1), p01(1), kElements),
    Price(Op::ShiftRight, ir::kI32, p0(1), p01(1), kElements),
    Price(Op::ShiftRight, ir::kI64, p0(1), {{0, 0, 0, 2, 0, 2}, 0, 4}, kElements),
    Price(Op::ShiftRightLogical, ir::kIntegers, p0(1), p01(1), kElements),
    Price(Op::Ternary, ir::kIntegers, p05(1), p015(3, 4)),
    Price(Op::Scalef, ir::kF32, p05(4), {{0, 1, 0, 20, 2, 24}, 0, 20},
          {{0, 1, 0, 16, 4, 50}, 0, 24}),
    Price(Op::Scalef, ir::kF64, p05(4), {{0, 1, 0, 20, 4, 24}, 0, 20},
          {{0, 1, 0, 16, 4, 50}, 0, 24}),
    Price(Op::Getexp, ir::kFloats, p05(4), {{0, 2, 0, 8, 2, 12}, 0, 16},
          {{0, 1, 0, 3, 1, 12}, 0, 20}),
    Price(Op::Getmant, ir::kFloats, p05(4), {{0, 0, 0, 6, 0, 10}, 0, 12},
          {{0, 0, 0, 3, 0, 9}, 0, 16}),
    Price(Op::GetmantCentred, ir::kFloats, p05(4), {{0, 0, 0, 8, 0, 14}, 0, 13},
          {{0, 0, 0, 3, 0, 14}, 0, 18}),
    Price(Op::ReciprocalEstimate, ir::kFloats, p05(1), p015(1)),
    Price(Op::Permute8, ir::kWords, p5(3), p5(3), kElements),
    Price(Op::Permute16, ir::kWords, p5(3), {{0, 2, 0, 1, 0, 3}, 0, 7}, kElements),
    Price(Op::Permute32, ir::kWords, p5(3), {{0, 4, 0, 3, 0, 9}, 0, 11}, kElements),
    Price(Op::Lookup16, ir::kNumbers, kElements),
    Price(Op::Lookup32, ir::kNumbers, kElements),
    Price(Op::Lookup64, ir::kNumbers, kElements),
    Price(Op::Lookup128, ir::kNumbers, kElements),
    Price(Op::Lookup256, ir::kNumbers, kElements),
};

constexpr std::array kScalarPrices = scalar_prices({
    .logic = p015(1),
    .add = p15(3),
    .multiply = p01(4),
    .fma = p01(4),
    .convert = {{0, 1, 0, 1}, 0, 5},
    .to_integer = {{0, 1, 0, 1}, 0, 5},
    .transfer = p5(3),
    .round = p01(8, 2),
    .divide_f32 = divide(3, 11),
    .divide_f64 = divide(4, 14),
    .sqrt_f32 = divide(3, 12),
    .sqrt_f64 = divide(6, 18),
});

/// Five pipes more execute operations of integers.
double busiest_pipe(const Work& work) { return busiest_of(work, kPipes, 3, 5); }

bool is_intel() {
#ifdef __x86_64__
  return __builtin_cpu_is("intel") != 0;
#else
  return false;
#endif
}

}  // namespace

const ProcessorRow processors::golden_cove = {
    .name = "golden-cove",
    .isas = kIsasOfX86,
    .is_like_host = is_intel,
    .prices = kPrices,
    .scalar_prices = kScalarPrices,
    .busiest_pipe = busiest_pipe,
    .divider_bits = 256,
    .scheduled = 97,
    .front_end = 6,
    .turn = 0.3,
    .test = p0(3),
    .preferred = Isa::Avx512,
};

}  // namespace ulpforge::jit

// Prices of operations on single numbers, for every processor: what an operation becomes is the
// same for all of them, by what they execute it differs.
#pragma once

#include <array>

#include "jit/prices.h"

namespace ulpforge::jit {

/// What a processor's pipes do for one number.
struct ScalarWork {
  Work logic;       ///< signs and masks of a float
  Work add;         ///< sums, and comparisons that choose
  Work multiply;    ///< products
  Work fma;         ///< product and sum in one
  Work convert;     ///< between float and double
  Work to_integer;  ///< to an integer in a vector register
  Work transfer;    ///< a number from the vector registers to the integer ones, or back
  Work round;       ///< to a whole number, where there is an instruction
  Work divide_f32, divide_f64, sqrt_f32, sqrt_f64;
};

constexpr Work together(const Work& a, const Work& b) {
  Work sum = a;
  for (std::size_t k = 0; k < Work::kPipeSets; ++k) sum.pipes[k] += b.pipes[k];
  sum.divide += b.divide;
  sum.latency += b.latency;
  sum.integer += b.integer;
  return sum;
}
constexpr Work times(const Work& a, int count) {
  Work sum = {};
  for (int i = 0; i < count; ++i) sum = together(sum, a);
  return sum;
}
/// Operations of the integer units.
constexpr Work integer_work(double latency, double count = 1) { return {{}, 0, latency, count}; }

/// Conditions are flags or masks. What has no instruction is a call or a few steps: roughly.
constexpr auto scalar_prices(const ScalarWork& w) {
  constexpr Work kStep = integer_work(1);
  constexpr Work kCall = integer_work(6, 12);
  /// The mask on the index, and the load.
  constexpr Work kLookup = integer_work(6, 1.5);
  const Work choice = together(w.logic, together(w.logic, w.logic));
  const Work called_fma = together(kCall, times(w.add, 6));
  const Work called_round = together(kCall, times(w.add, 2));
  const Work steps = together(times(w.transfer, 2), times(kStep, 6));
  return std::array{
      Price(ir::Op::Neg, ir::kFloats, w.logic),
      Price(ir::Op::Abs, ir::kFloats, w.logic),
      Price(ir::Op::Copysign, ir::kFloats, choice),
      Price(ir::Op::Add, ir::kFloats, w.add),
      Price(ir::Op::Add, ir::kIntegers, kStep),
      Price(ir::Op::Sub, ir::kFloats, w.add),
      Price(ir::Op::Sub, ir::kIntegers, kStep),
      Price(ir::Op::Mul, ir::kFloats, w.multiply),
      Price(ir::Op::Mul, ir::kIntegers, integer_work(3)),
      Price(ir::Op::Fma, ir::kFloats, w.fma, w.fma, called_fma),
      Price(ir::Op::Div, ir::kF32, w.divide_f32),
      Price(ir::Op::Div, ir::kF64, w.divide_f64),
      Price(ir::Op::Sqrt, ir::kF32, w.sqrt_f32),
      Price(ir::Op::Sqrt, ir::kF64, w.sqrt_f64),
      Price(ir::Op::Min, ir::kFloats, w.add),
      Price(ir::Op::Max, ir::kFloats, w.add),
      Price(ir::Op::Rint, ir::kFloats, w.round, w.round, called_round),
      Price(ir::Op::Floor, ir::kFloats, w.round, w.round, called_round),
      Price(ir::Op::Fraction, ir::kFloats, together(w.round, times(w.add, 4)),
            together(w.round, times(w.add, 4)), together(called_round, times(w.add, 4))),
      Price(ir::Op::Less, ir::kFloats, w.add),
      Price(ir::Op::Less, ir::kIntegers, kStep),
      Price(ir::Op::LessEqual, ir::kFloats, w.add),
      Price(ir::Op::LessEqual, ir::kIntegers, kStep),
      Price(ir::Op::Equal, ir::kFloats, w.add),
      Price(ir::Op::Equal, ir::kIntegers, kStep),
      Price(ir::Op::Select, ir::kFloats, choice),
      Price(ir::Op::Select, ir::kIntegers, kStep),
      Price(ir::Op::SelectRare, ir::kFloats, choice),
      Price(ir::Op::SelectRare, ir::kIntegers, kStep),
      Price(ir::Op::Widen, ir::kF64, w.convert),
      Price(ir::Op::Narrow, ir::kF32, w.convert),
      Price(ir::Op::Truncate, ir::kFloats, together(w.to_integer, w.transfer)),
      Price(ir::Op::RoundToInteger, ir::kFloats, together(w.to_integer, w.transfer),
            together(w.to_integer, w.transfer),
            together(called_round, together(w.to_integer, w.transfer))),
      Price(ir::Op::FromInteger, ir::kFloats, together(w.to_integer, w.transfer)),
      Price(ir::Op::SignExtend, ir::kI64, kStep),
      Price(ir::Op::Wrap, ir::kI32, integer_work(1, 0.5)),
      Price(ir::Op::Bits, ir::kFloats, w.transfer),
      Price(ir::Op::FromBits, ir::kFloats, w.transfer),
      Price(ir::Op::BitAnd, ir::kBitwise, kStep),
      Price(ir::Op::BitOr, ir::kBitwise, kStep),
      Price(ir::Op::BitXor, ir::kBitwise, kStep),
      Price(ir::Op::BitNot, ir::kBitwise, kStep),
      Price(ir::Op::ShiftLeft, ir::kIntegers, kStep),
      Price(ir::Op::ShiftRight, ir::kIntegers, kStep),
      Price(ir::Op::ShiftRightLogical, ir::kIntegers, kStep),
      Price(ir::Op::Ternary, ir::kIntegers, times(kStep, 3)),
      Price(ir::Op::Scalef, ir::kFloats, together(steps, together(w.round, times(w.convert, 2))),
            together(steps, together(w.round, times(w.convert, 2))),
            together(steps, together(called_round, times(w.convert, 2)))),
      Price(ir::Op::Getexp, ir::kFloats, together(steps, times(w.add, 4))),
      Price(ir::Op::Getmant, ir::kFloats, together(steps, times(w.add, 3))),
      Price(ir::Op::GetmantCentred, ir::kFloats, together(steps, times(w.add, 3))),
      Price(ir::Op::ReciprocalEstimate, ir::kFloats, together(times(w.transfer, 2), kStep)),
      Price(ir::Op::Permute8, ir::kWords, kLookup),
      Price(ir::Op::Permute16, ir::kWords, kLookup),
      Price(ir::Op::Permute32, ir::kWords, kLookup),
      Price(ir::Op::Lookup16, ir::kNumbers, kLookup),
      Price(ir::Op::Lookup32, ir::kNumbers, kLookup),
      Price(ir::Op::Lookup64, ir::kNumbers, kLookup),
      Price(ir::Op::Lookup128, ir::kNumbers, kLookup),
      Price(ir::Op::Lookup256, ir::kNumbers, kLookup),
  };
}

}  // namespace ulpforge::jit

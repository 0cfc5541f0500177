// Prices of operations on vectors of AArch64, for every processor: what an operation becomes is the
// same for all of them (emit/neon.h, emit/sve.h), by what they execute it differs.
#pragma once

#include <array>

#include "jit/prices.h"
#include "jit/processors/scalar_prices.h"

namespace ulpforge::jit {

/// What a processor's pipes do for one register of 128 bits.
struct VectorWork {
  Work logic;                ///< masks, signs, choices, sums and comparisons of integers
  Work add;                  ///< sums of floats; comparisons of floats are as `logic`
  Work multiply;             ///< products of floats
  Work fma;                  ///< product and sum in one
  Work integer_multiply;     ///< of 32 bits
  Work shift;                ///< also the doubling of the width of integers
  Work convert_f32;          ///< between floats and integers, and to whole numbers
  Work convert_f64;          ///< the same of doubles, and between these and floats
  Work table2, table4;       ///< lookups in two and in four registers
  Work table4_more;          ///< lookups in four registers that leave alone what is in others
  Work reduce;               ///< over the lanes of a register, to an integer register
  Work get_lane, load_lane;  ///< a lane to an integer register; from memory into a lane
  Work divide_f32, divide_f64, sqrt_f32, sqrt_f64;
  // Where there is SVE:
  Work compare = {};  ///< to a predicate
  Work scale = {};    ///< by powers of two
  Work integer_multiply_i64 = {};
  Work gather_words = {}, gather_wide = {};  ///< from memory, of 32 and of 64 bits
};

/// Conditions are masks, of SVE predicates. Of choices that wait for the last of several steps the
/// latency is the longest chain, roughly.
constexpr auto aarch64_prices(const VectorWork& w) {
  /// Of a predicate, by the integer units.
  constexpr Work kPredicate = {{}, 0, 2, 1};
  constexpr Work kLoop = {{}, 0, 1, 3};
  const auto sum = [](std::initializer_list<Work> all, double latency) {
    Work total = {};
    for (const Work& one : all) total = together(total, one);
    total.latency = latency;
    return total;
  };
  const double logic = w.logic.latency;
  const auto logics = [&](int count, double latency) {
    return sum({times(w.logic, count)}, latency);
  };
  const auto half = [](const Work& work) {
    Work part = work;
    for (double& pipe : part.pipes) pipe /= 2;
    part.integer /= 2;
    return part;
  };
  // Truth values are as wide as words.
  const Work wide_mask = half(w.logic), wide_predicate = half(kPredicate);
  const auto compared = [&](const Work& one) { return sum({one, wide_mask}, one.latency + logic); };
  const auto compared_sve = [&](const Work& one) {
    return sum({one, wide_predicate}, one.latency + 2);
  };
  const auto cut = [&](const Work& convert) {
    return sum({convert, times(w.logic, 2)}, convert.latency + logic);
  };
  const auto cut_sve = [&](const Work& convert, int steps) {
    return sum({times(convert, steps), w.compare, w.logic}, steps * convert.latency + logic);
  };
  const auto fraction = [&](const Work& round, bool sve) {
    const double latency = round.latency + 2 * w.add.latency + 4 * logic;
    return sve ? sum({round, times(w.add, 2), times(w.compare, 3), times(w.logic, 4)}, latency)
               : sum({round, times(w.add, 2), times(w.logic, 7)}, latency);
  };
  const auto exponent = [&](const Work& convert, bool sve) {
    const double latency = 6 * logic + w.multiply.latency + w.shift.latency + convert.latency;
    return sve ? sum({convert, w.multiply, w.shift, times(w.compare, 3), times(w.logic, 5)},
                     latency)
               : sum({convert, w.multiply, w.shift, times(w.logic, 9)}, latency);
  };
  const auto mantissa = [&](int more, bool sve) {
    const double latency = 6 * logic + w.multiply.latency + (more > 0 ? 2 * logic : 0);
    return sve ? sum({w.multiply, times(w.compare, more > 0 ? 4 : 3), times(w.logic, 5 + more)},
                     latency)
               : sum({w.multiply, times(w.logic, 8 + more)}, latency);
  };
  const auto scaled = [&](const Work& convert) {
    return sum({times(convert, 2), w.logic, w.compare, w.scale, times(kPredicate, 2)},
               2 * convert.latency + w.scale.latency);
  };
  const Work place = sum({w.logic, w.integer_multiply}, logic + w.integer_multiply.latency);
  const auto found = [&](std::initializer_list<Work> all) {
    Work total = place;
    for (const Work& one : all) total = together(total, one);
    return total;
  };
  const auto parts = [&](int count) {
    return sum({w.logic, times(w.logic, 3 * count), times(kLoop, count)}, (3 + count) * logic);
  };
  const auto lanes = [&](int count) {
    return sum({w.logic, times(w.get_lane, count), times(w.load_lane, count)},
               logic + w.get_lane.latency + w.load_lane.latency + (count - 1) * logic);
  };
  const auto gathered = [&](const Work& gather) {
    return sum({w.logic, gather}, logic + gather.latency);
  };
  const Work product_i64 = sum({times(w.logic, 4), times(w.integer_multiply, 2), w.shift},
                               2 * w.integer_multiply.latency + w.shift.latency + 2 * logic);
  // Steps for numbers that stay normal; others are rare.
  const Work scalef_f32 =
      sum({w.convert_f32, times(w.shift, 3), times(w.logic, 6), w.reduce, kLoop},
          w.convert_f32.latency + w.shift.latency + logic);
  // Calls for each lane.
  const Work scalef_f64 = sum({times(w.get_lane, 2), times(w.load_lane, 2), times(kLoop, 40)}, 60);
  using ir::Op;
  return std::array{
      Price(Op::Neg, ir::kFloats, w.logic),
      Price(Op::Abs, ir::kFloats, w.logic),
      Price(Op::Copysign, ir::kFloats, logics(3, 2 * logic), w.logic),
      Price(Op::Add, ir::kFloats, w.add),
      Price(Op::Add, ir::kIntegers, w.logic),
      Price(Op::Sub, ir::kFloats, w.add),
      Price(Op::Sub, ir::kIntegers, w.logic),
      Price(Op::Mul, ir::kFloats, w.multiply),
      Price(Op::Mul, ir::kI32, w.integer_multiply),
      Price(Op::Mul, ir::kI64, w.integer_multiply_i64, product_i64),
      Price(Op::Fma, ir::kFloats, w.fma),
      Price(Op::Div, ir::kF32, w.divide_f32),
      Price(Op::Div, ir::kF64, w.divide_f64),
      Price(Op::Sqrt, ir::kF32, w.sqrt_f32),
      Price(Op::Sqrt, ir::kF64, w.sqrt_f64),
      Price(Op::Min, ir::kFloats, sum({w.compare, w.logic}, w.compare.latency + logic),
            logics(2, 2 * logic)),
      Price(Op::Max, ir::kFloats, sum({w.compare, w.logic}, w.compare.latency + logic),
            logics(2, 2 * logic)),
      Price(Op::Rint, ir::kF32, w.convert_f32),
      Price(Op::Rint, ir::kF64, w.convert_f64),
      Price(Op::Floor, ir::kF32, w.convert_f32),
      Price(Op::Floor, ir::kF64, w.convert_f64),
      Price(Op::Fraction, ir::kF32, fraction(w.convert_f32, true), fraction(w.convert_f32, false)),
      Price(Op::Fraction, ir::kF64, fraction(w.convert_f64, true), fraction(w.convert_f64, false)),
      Price(Op::Less, ir::kWords, w.compare, w.logic),
      Price(Op::Less, ir::kF64 | ir::kI64, compared_sve(w.compare), compared(w.logic)),
      Price(Op::LessEqual, ir::kWords, w.compare, w.logic),
      Price(Op::LessEqual, ir::kF64 | ir::kI64, compared_sve(w.compare), compared(w.logic)),
      Price(Op::Equal, ir::kWords, w.compare, w.logic),
      Price(Op::Equal, ir::kF64 | ir::kI64, compared_sve(w.compare), compared(w.logic)),
      Price(Op::Select, ir::kWords, w.logic),
      Price(Op::Select, ir::kF64 | ir::kI64, sum({w.logic, kPredicate}, 2 + logic),
            logics(2, 2 * logic)),
      Price(Op::SelectRare, ir::kWords, w.logic),
      Price(Op::SelectRare, ir::kF64 | ir::kI64, sum({w.logic, kPredicate}, 2 + logic),
            logics(2, 2 * logic)),
      Price(Op::Widen, ir::kF64, sum({w.logic, w.convert_f64}, logic + w.convert_f64.latency),
            w.convert_f64),
      Price(Op::Narrow, ir::kF32,
            sum({times(w.convert_f64, 2), w.logic}, w.convert_f64.latency + logic),
            times(w.convert_f64, 2)),
      Price(Op::Truncate, ir::kF32, cut_sve(w.convert_f32, 1), cut(w.convert_f32)),
      Price(Op::Truncate, ir::kF64, cut_sve(w.convert_f64, 1), cut(w.convert_f64)),
      Price(Op::RoundToInteger, ir::kF32, cut_sve(w.convert_f32, 2), cut(w.convert_f32)),
      Price(Op::RoundToInteger, ir::kF64, cut_sve(w.convert_f64, 2), cut(w.convert_f64)),
      Price(Op::FromInteger, ir::kF32, w.convert_f32),
      Price(Op::FromInteger, ir::kF64, w.convert_f64),
      Price(Op::SignExtend, ir::kI64, w.logic, w.shift),
      Price(Op::Wrap, ir::kI32, w.logic),
      Price(Op::Bits, ir::kFloats, {}),
      Price(Op::FromBits, ir::kFloats, {}),
      Price(Op::BitAnd, ir::kBitwise, w.logic),
      Price(Op::BitOr, ir::kBitwise, w.logic),
      Price(Op::BitXor, ir::kBitwise, w.logic),
      Price(Op::BitNot, ir::kBitwise, w.logic),
      Price(Op::ShiftLeft, ir::kIntegers, w.shift),
      Price(Op::ShiftRight, ir::kIntegers, w.shift),
      Price(Op::ShiftRightLogical, ir::kIntegers, w.shift),
      Price(Op::Ternary, ir::kIntegers, logics(4, 3 * logic)),
      Price(Op::Scalef, ir::kF32, scaled(w.convert_f32), scalef_f32),
      Price(Op::Scalef, ir::kF64, scaled(w.convert_f64), scalef_f64),
      Price(Op::Getexp, ir::kF32, exponent(w.convert_f32, true), exponent(w.convert_f32, false)),
      Price(Op::Getexp, ir::kF64, exponent(w.convert_f64, true), exponent(w.convert_f64, false)),
      Price(Op::Getmant, ir::kFloats, mantissa(0, true), mantissa(0, false)),
      Price(Op::GetmantCentred, ir::kFloats, mantissa(2, true), mantissa(2, false)),
      Price(Op::ReciprocalEstimate, ir::kFloats, w.logic),
      Price(Op::Permute8, ir::kWords, parts(2), found({w.table2})),
      Price(Op::Permute16, ir::kWords, parts(4), found({w.table4})),
      Price(Op::Permute32, ir::kWords, gathered(w.gather_words),
            found({w.table4, w.logic, w.table4_more})),
      Price(Op::Lookup16, ir::kWords, gathered(w.gather_words), lanes(4)),
      Price(Op::Lookup16, ir::kF64 | ir::kI64, gathered(w.gather_wide), lanes(2)),
      Price(Op::Lookup32, ir::kWords, gathered(w.gather_words), lanes(4)),
      Price(Op::Lookup32, ir::kF64 | ir::kI64, gathered(w.gather_wide), lanes(2)),
      Price(Op::Lookup64, ir::kWords, gathered(w.gather_words), lanes(4)),
      Price(Op::Lookup64, ir::kF64 | ir::kI64, gathered(w.gather_wide), lanes(2)),
      Price(Op::Lookup128, ir::kWords, gathered(w.gather_words), lanes(4)),
      Price(Op::Lookup128, ir::kF64 | ir::kI64, gathered(w.gather_wide), lanes(2)),
      Price(Op::Lookup256, ir::kWords, gathered(w.gather_words), lanes(4)),
      Price(Op::Lookup256, ir::kF64 | ir::kI64, gathered(w.gather_wide), lanes(2)),
  };
}

}  // namespace ulpforge::jit

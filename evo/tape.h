// A program laid out for the fit: at most one constant per step, operands by position.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evo/search.h"
#include "ir/program.h"

namespace ulpforge::evo {

/// Operations as the fit sees them; those with a constant c say which side it is on.
enum class Code : std::uint8_t {
  Add,
  Sub,
  Mul,
  Div,
  Sqrt,
  Neg,
  Abs,
  Min,
  Max,
  AddConstant,    ///< a + c
  ConstantMinus,  ///< c - a
  MulConstant,    ///< a * c
  ConstantOver,   ///< c / a
  MinConstant,    ///< min(a, c)
  MaxConstant,    ///< max(a, c)
};

struct Step {
  Code code = Code::Add;
  std::uint8_t a = 0;  ///< 0: the input x; t + 1: the value of step t
  std::uint8_t b = 0;
  std::int8_t constant = -1;  ///< index of its constant, or -1
};

/// Longest tape: that of a kernel in double may hold more than a program of the search does.
inline constexpr int kMaxSteps = 64;
static_assert(kMaxSteps >= kMaxOperations);

struct Tape {
  std::array<Step, kMaxSteps> steps{};
  /// By step: the instruction whose value it is, or whose product (an fma is two steps).
  std::array<std::uint8_t, kMaxSteps> instruction{};
  int length = 0;
  int constants = 0;
  /// Constants that stay as they are, one bit each: they give the program the target's zeros.
  std::uint64_t pinned = 0;
  static_assert(kMaxSteps <= 64);

  bool is_pinned(int k) const { return (pinned >> k & 1) != 0; }
};

/// The constants of a tape, each an unevaluated sum hi + lo of two doubles.
struct Constants {
  std::array<double, kMaxSteps> hi{};
  std::array<double, kMaxSteps> lo{};

  /// constant k += delta, to about 106 bits.
  void add(int k, double delta) {
    const numbers::DoubleDouble sum =
        numbers::DoubleDouble(hi[k], lo[k]) + numbers::DoubleDouble(delta);
    hi[k] = sum.hi;
    lo[k] = sum.lo;
  }
  void set(int k, double value) {
    hi[k] = value;
    lo[k] = 0;
  }
};

/// The tape of a program in canonical form (ir/simplify.h), or nothing when it has another shape:
/// an operation that the fit does not know, two constants in one instruction, too long. Doubles out
/// of `pins` (evo/zero_factor.h) that are added to something are pinned.
std::optional<Tape> make_tape(const ir::Program& program, std::span<const double> pins = {});

/// The tape's constants, in order, as change(value) makes them, but for those that are pinned.
template <class Change>
Constants changed(const Tape& tape, const Constants& constants, Change change) {
  Constants result = constants;
  for (int k = 0; k < tape.constants; ++k) {
    if (!tape.is_pinned(k)) result.set(k, change(constants.hi[k]));
  }
  return result;
}

Constants constants_of(const ir::Program& program);
void set_constants(ir::Program& program, const Constants& constants);

}  // namespace ulpforge::evo

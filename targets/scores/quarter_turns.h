// sin, cos and tan of a x far from 0, where consecutive numbers are further apart than a Taylor
// polynomial reaches: exact range reduction, then one fixed polynomial pair.
//
// In one binade x = m 2^e with an integer m of at most 24 bits. The number of quarter turns is m C
// with C = 2^e a 2/pi, of which multiples of 4 do not matter. C mod 4 is kept as three doubles, the
// first two of so few bits that their products with m are exact (Cody and Waite's method, over the
// binary expansion of 2/pi that Payne and Hanek use): the fraction of a quarter turn comes out
// within 2^-83.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "ir/program.h"
#include "numbers/format.h"
#include "targets/exact/ball.h"

namespace ulpforge::targets {

enum class ZeroSign : std::uint8_t;
struct Piece;

template <class Format>
class QuarterTurns {
 public:
  /// Where the program is sin, cos, tan, sinpi, cospi or tanpi of a x, a constant: of x, of -x,
  /// of 2 pi x, of x/3.
  static std::optional<QuarterTurns> find(const ir::Program& program);

  /// Of an argument that is a x, times pi where `times_pi` or `in_half_turns`.
  QuarterTurns(ir::Op op, ir::Program argument, bool times_pi, bool in_half_turns)
      : op_(op),
        argument_(std::move(argument)),
        times_pi_(times_pi),
        in_half_turns_(in_half_turns) {}

  /// Whether the numbers of the piece are far out.
  bool covers(std::uint32_t first, int log_count) const;
  /// A piece for numbers that are. Where consecutive ones are whole turns apart, a constant.
  Piece piece(std::uint32_t first, int log_count) const;

  /// hi[i] + lo[i] at the numbers offset, offset + 1, ... of a QuarterTurns piece; both are NaN
  /// next to a pole, where the bound would not hold.
  static void evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                       std::span<double> lo);

 private:
  /// The sign of exact zeros, which the functions of half turns have by IEEE 754-2019, 9.2.
  ZeroSign zero_sign() const;

  /// a, without the pi.
  Ball factor(long bits) const;

  ir::Op op_;  ///< Sin, Cos or Tan
  ir::Program argument_;
  bool times_pi_;       ///< the argument was written with a pi, which argument_ does not have
  bool in_half_turns_;  ///< sinpi, cospi, tanpi
};

/// The error of QuarterTurns::evaluate() is at most kTurnsRelative |hi| + piece.error.
inline constexpr double kTurnsRelative = 0x1p-50;

/// Whether the piece's values are sines or cosines of exact fractions of a turn. Different ones are
/// further apart than the bounds, by 2^-36 or more, in all such pieces of a function together:
/// equal pairs stand for equal values, and 0, 1 and -1 for themselves.
bool has_exact_turns(const Piece& piece);

}  // namespace ulpforge::targets

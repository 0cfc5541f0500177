// J0, J1, Y0 and Y1 far from 0, where consecutive numbers are further apart than a Taylor
// polynomial reaches: J = M cos(theta), Y = M sin(theta) with modulus and phase from their
// asymptotic series (DLMF 10.18(iii)), theta by exact range reduction
// (targets/scores/turn_fraction.h).
//
// With mu = 4 order^2, z = 1/x^2:
//   M^2 = 2/(pi x) P(z),   P = sum p(k) z^k,   p(k) = p(k-1) (2k-1)/(2k) (mu - (2k-1)^2)/4,
// where what a partial sum misses is at most the first term left out (DLMF 10.18.17); and from
// theta' = 2/(pi x M^2) = 1/P (DLMF 10.18.8)
//   theta = x - (order/2 + 1/4) pi - sum over k > 0 of u(k) x^(1-2k)/(2k-1),   u = 1/P,
// so that the bound on P gives one on theta.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "ir/program.h"
#include "numbers/format.h"

namespace ulpforge::targets {

struct Piece;

template <class Format>
class BesselWaves {
 public:
  /// Where the program is a Bessel function of x.
  static std::optional<BesselWaves> find(const ir::Program& program);

  explicit BesselWaves(ir::Op op) : op_(op) {}

  /// Whether the numbers of the piece are far out.
  bool covers(std::uint32_t first) const;
  /// A piece for numbers that are.
  Piece piece(std::uint32_t first, int log_count) const;

  /// hi[i] + lo[i] at the numbers offset, offset + 1, ... of a BesselWaves piece.
  static void evaluate(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                       std::span<double> lo);

 private:
  ir::Op op_;
};

/// The error of BesselWaves::evaluate() is at most kWavesRelative |hi| + piece.error.
inline constexpr double kWavesRelative = 0x1p-49;

}  // namespace ulpforge::targets

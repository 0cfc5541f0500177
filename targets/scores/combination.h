// Functions that join waves and other functions by arithmetic, such as sin(pi x)/(pi x) and
// cos(x) exp(-x), far from 0, where consecutive numbers are further apart than a Taylor polynomial
// reaches.
//
// Waves (targets/scores/quarter_turns.h, targets/scores/bessel_waves.h) and parts without waves
// have pieces of their own. Their values, pairs of doubles with bounds, are combined at each
// number: by double-double arithmetic, whose relative errors are below 2^-100 (the bounds in
// numbers/double_double.h), with the errors of what goes in carried along.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <variant>
#include <vector>

#include "ir/program.h"
#include "numbers/format.h"
#include "targets/exact/ball.h"
#include "targets/scores/bessel_waves.h"
#include "targets/scores/quarter_turns.h"
#include "targets/scores/reference.h"

namespace ulpforge::targets {

/// What of a program is waves, and what is joined to them.
template <class Format>
class Combination {
 public:
  /// Where the program has waves among its operations and everything that reads them is arithmetic.
  /// Not for a program that is a wave and nothing else.
  static std::optional<Combination> find(const ir::Program& program);

  /// Whether a wave is far out at the numbers of the piece; some then vary too fast for Taylor
  /// polynomials.
  bool covers(std::uint32_t first, int log_count) const;
  /// The function as one without waves, where each of them is constant at the numbers of the piece.
  std::optional<ir::Program> without_waves(std::uint32_t first, int log_count) const;
  /// A piece where that function is 0 throughout; x is the piece's ball. Nothing where the sign of
  /// the zeros is not the same throughout.
  std::optional<Piece> zero(const Ball& x, std::uint32_t first, int log_count) const;
  Piece piece(std::uint32_t first, int log_count) const;

  const ir::Program& program() const { return program_; }
  /// Operands that are waves, and those that have none, vary, and are read together with waves.
  const std::vector<ir::Operand>& parts() const { return parts_; }

 private:
  using Wave = std::variant<QuarterTurns<Format>, BesselWaves<Format>>;

  explicit Combination(ir::Program program) : program_(std::move(program)) {}
  void add_part(ir::Operand operand);
  /// The wave's piece where it is constant.
  std::optional<Piece> constant_wave(std::size_t wave, std::uint32_t first, int log_count) const;

  ir::Program program_;
  std::vector<ir::Operand> parts_;
  std::vector<ir::Operand> wave_operands_;
  std::vector<Wave> waves_;  ///< of them
};

/// The values of a combination at the numbers of its pieces. A value; thread-safe.
template <class Format>
class CombinedValues {
 public:
  /// Prepares the parts for the numbers of the ranges; after a stop, not all of them.
  CombinedValues(const Combination<Format>& combination, const std::vector<PatternRange>& ranges,
                 const Preparation& how);

  /// As Reference::fill() in one of the pieces.
  Run fill(std::uint32_t first, std::span<double> hi, std::span<double> lo) const;

 private:
  ir::Program program_;
  std::size_t written_;       ///< so many constants are the program's; those behind are rounded
  std::vector<bool> wanted_;  ///< the instructions that are carried out
  std::vector<ir::Operand> parts_;
  std::vector<Reference<Format>> values_;  ///< of the parts
};

}  // namespace ulpforge::targets

// Gamma and log |gamma| far to the left of 0, where they change within every unit: by reflection
// (DLMF 5.5.3) and with the fraction of x, which is exact.
//   log |gamma(x)| = (log pi - log gamma(1 - x)) - log |sin(pi x)|,
// whose first part is smooth; there are no zeros left of -16, so that it may be summed in doubles.
// |gamma(x)| is below 2^-1000 left of -256; nothing but its sign is told. Where all numbers of
// the format are integers there are poles only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "ir/program.h"
#include "numbers/format.h"

namespace ulpforge::targets {

struct Piece;

template <class Format>
class GammaReflection {
 public:
  /// Where the program is gamma or log gamma of x.
  static std::optional<GammaReflection> find(const ir::Program& program);

  explicit GammaReflection(ir::Op op);

  /// Whether the numbers of the piece are far enough to the left.
  bool covers(std::uint32_t first) const;
  /// What has to be a polynomial for complete(), if anything: its pieces are as large as it allows.
  const ir::Program* smooth_part(std::uint32_t first) const;
  /// Makes the blank piece, or the smooth part's, one of the function.
  void complete(Piece& piece) const;

  /// log |gamma| of a LogGamma piece at the numbers offset, offset + 1, ...: infinite at integers.
  static void evaluate_logarithm(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                                 std::span<double> lo);
  /// Gamma of a GammaTail piece: signs only; no value at integers.
  static void evaluate_tail(const Piece& piece, std::uint32_t offset, std::span<double> hi,
                            std::span<double> lo);

 private:
  ir::Op op_;
  ir::Program smooth_;  ///< log pi - log gamma(1 - x)
};

}  // namespace ulpforge::targets

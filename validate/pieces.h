// The exact function on short runs of consecutive numbers of a format, ready to judge results by
// the million: a lazily filled store of Taylor polynomials with proven bounds.
//
// Numbers are named by their bit patterns, which grow away from 0 for either sign. A piece is
// 2^log_count consecutive patterns, aligned, inside one binade.
#pragma once

#include <tbb/concurrent_unordered_map.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

#include "ir/program.h"
#include "targets/exact/taylor_polynomial.h"
#include "targets/exact/ulp.h"

namespace ulpforge::validate {

/// The bit patterns of a format (float or double), values as doubles.
class Patterns {
 public:
  explicit Patterns(numbers::Format format) : double_(format == numbers::kBinary64) {}
  std::uint64_t sign() const { return double_ ? Binary64::kSign : Binary32::kSign; }
  std::uint64_t infinity() const { return double_ ? Binary64::kInfinity : Binary32::kInfinity; }
  int mantissa_bits() const { return double_ ? Binary64::kMantissaBits : Binary32::kMantissaBits; }
  /// Exponent fields of finite numbers, subnormals included.
  int exponents() const {
    return (double_ ? Binary64::kExponentFields : Binary32::kExponentFields) - 1;
  }
  double value(std::uint64_t pattern) const;
  /// `value` has to be a number of the format.
  std::uint64_t pattern(double value) const;

 private:
  using Binary64 = numbers::Binary64;
  using Binary32 = numbers::Binary32;
  bool double_;
};

struct Piece {
  enum class Kind {
    Polynomial,
    Undefined,  ///< NaN is right everywhere
    Beyond,     ///< |f| is at least 2 * 2^emax everywhere
    Tiny,       ///< 0 < |f| < 2^-100 times the smallest subnormal number
    Unknown,    ///< one by one
  };
  Kind kind = Kind::Unknown;
  std::uint64_t first = 0;
  int log_count = 0;
  bool negative = false;  ///< the sign of f in Beyond and Tiny
  double centre = 0;
  double to_s = 0;  ///< s = (x - centre) to_s to_s2
  double to_s2 = 0;
  int scale = 0;  ///< the polynomial is that of f 2^scale
  targets::TaylorPolynomial polynomial;
  /// What the screen says of an error in ULP is within doubt + 2^-48 |error|.
  double doubt = 0;
};

class Pieces {
 public:
  /// Of a program with one input. Keeps at most `capacity` pieces.
  Pieces(const ir::Program& program, numbers::Format format, std::size_t capacity);

  /// The piece that holds the pattern: a function of the pattern alone. Thread-safe.
  std::shared_ptr<const Piece> find(std::uint64_t pattern) const;
  /// The same, of at most 2^widest patterns: cheaper where nothing is kept.
  std::shared_ptr<const Piece> find(std::uint64_t pattern, int widest) const;

  /// (y - f) / ulp(f) at numbers x of the piece, within the piece's doubt; NaN where only an exact
  /// evaluation can tell, special-value errors and zeros of the wrong sign among them. Where f may
  /// lie on either side of a power of two, in the smaller ULP of the two. No libm is called.
  void errors(const Piece& piece, std::span<const double> x, std::span<const double> y,
              std::span<double> error) const;

  const Patterns& patterns() const { return patterns_; }
  const numbers::Format& format() const { return format_; }

 private:
  std::shared_ptr<const Piece> attempt(std::uint64_t first, int log_count) const;
  std::shared_ptr<const Piece> look_up(std::uint64_t first, int log_count) const;
  int start_level(std::uint64_t pattern) const;

  ir::Program program_;
  numbers::Format format_;
  Patterns patterns_;
  std::size_t capacity_;
  /// Keys differ in their upper bits, which the standard hash leaves where they are.
  struct Hash {
    std::size_t operator()(std::uint64_t key) const {
      key = (key ^ (key >> 32)) * 0x9e3779b97f4a7c15;
      key = (key ^ (key >> 32)) * 0x9e3779b97f4a7c15;
      return key ^ (key >> 32);
    }
  };
  mutable tbb::concurrent_unordered_map<std::uint64_t, std::shared_ptr<const Piece>, Hash> store_;
  mutable std::array<std::atomic<std::uint8_t>, 4096> start_{};
};

}  // namespace ulpforge::validate

// A first look at a block of results: plain double arithmetic, good for whatever is not close to a
// rounding boundary, to a power of two or to the largest error so far.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "targets/scores/errors.h"
#include "targets/scores/reference.h"

namespace ulpforge::targets {

/// The errors of some results, in ULPs of the exact value, rounding to nearest.
struct Screened {
  std::size_t count = 0;  ///< so many results, from the first
  double certain = 0;     ///< some error is at least that large
  double most = 0;        ///< none is larger than that
  std::uint64_t misrounded = 0;
  std::uint64_t above_one = 0;
};

/// One and the same result again and again.
struct Repeated {
  std::size_t count = 0;  ///< so many results, from the first
  bool constant = false;  ///< whether all that is known of the function is the same for them too
};

/// One per thread.
template <class Format>
class Screen {
 public:
  using Value = typename Format::Value;

  explicit Screen(const Reference<Format>& reference)
      : reference_(reference), results_(reference.results()) {}

  /// Looks at the results y at the numbers first, first + 1, ... (in the reference's ranges,
  /// finite), at most kBlock of them. Nothing where that does not tell: then Errors
  /// does. What it tells is certain; no result is NaN, and no exact value is subnormal,
  /// then.
  std::optional<Screened> look(std::uint32_t first, std::span<const Value> y);
  /// After a successful look at y: which of its results may have errors above the threshold.
  std::span<const std::uint32_t> largest(std::span<const Value> y, double threshold);

  /// How many of the results y at the numbers first, first + 1, ... are one and the same where all
  /// that is known of the function is one and the same too, or what the reference makes of it is
  /// monotone up to the roundings of pairs of doubles.
  Repeated repeated(std::uint32_t first, std::span<const Value> y);

 private:
  void find_piece(std::uint32_t first);
  void enter(const Piece& piece);
  /// look() where the exact values are of many binades: everything in units of its own ULP.
  std::optional<Screened> look_at_turns(std::uint32_t first, std::span<const Value> y);
  template <class Result>
  std::optional<Screened> compare(const Result* y, std::size_t count);
  template <class Result>
  std::span<const std::uint32_t> largest_of(const Result* y, double threshold);
  /// The lower end of the one binade in which all of the block's exact values lie; 0 where it is
  /// not one.
  double binade_of_block(std::size_t vectors) const;

  static constexpr std::size_t kDegree = Piece::kTail + 1;

  const Reference<Format>& reference_;
  ResultFormat results_;
  const Piece* piece_ = nullptr;
  bool useful_ = false;                  ///< whether looking at this piece makes sense
  bool constant_ = false;                ///< whether it says the same of all its numbers
  bool monotone_ = false;                ///< whether its polynomial is
  bool turns_ = false;                   ///< whether it is one of look_at_turns()
  std::array<double, kDegree + 1> c_{};  ///< its polynomial in s, without the low parts
  std::size_t degree_ = 0;               ///< so much of it is used
  double error_ = 0;                     ///< what that misses, at most
  double step_ = 0;                      ///< of s from one number to the next
  double binade_ = 0;  ///< the lower end of the binade that its values are in, where it is but one
  /// Aligned, so that what is stored by vectors is loaded by the same vectors.
  alignas(64) std::array<double, kBlock> f_{};
  alignas(64) std::array<double, kBlock> rest_{};
  alignas(64) std::array<double, kBlock> y_{};  ///< of look_at_turns(): in ULPs
  std::array<std::uint32_t, kBlock> largest_{};
  // Of the last look:
  std::size_t count_ = 0;
  double scale_ = 0;  ///< 1 / ulp
  double doubt_ = 0;  ///< in ULP
};

}  // namespace ulpforge::targets

// What one thread of a hunt does: runs the routine on inputs chosen one way or another and keeps
// the worst results.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "numbers/random.h"
#include "validate/hunt.h"
#include "validate/pieces.h"
#include "validate/regions.h"

namespace ulpforge::validate {

using numbers::Random;

/// What is certain about one result.
struct Verdict {
  double error = 0;  ///< signed, in ULP; NaN: a special-value error
  double right = 0;  ///< the correctly rounded result
  bool special = false;
  bool wrong_zero = false;
};
Verdict judge(const ir::Program& target, const Point& point, double result,
              const HuntOptions& options);

/// What a task found.
struct Findings {
  Worst worst;
  std::vector<HuntSpecial> special_errors;
  std::vector<HuntSpecial> wrong_zeros;
  std::uint64_t special_error_count = 0;
  std::uint64_t wrong_zero_count = 0;
  std::uint64_t evaluations = 0;
  std::uint64_t considered = 0;  ///< evaluations, and inputs that could not set a record
  std::uint64_t exact_calls = 0;
};

/// log2 of the neighbours that a climb goes up among.
inline constexpr int kLogClimb = 25;

class Examiner {
 public:
  /// `pieces` are those of a target of one input; target, pieces and options outlive this.
  Examiner(const ir::Program& target, const Pieces& pieces, const HuntOptions& options,
           HuntRoutine routine);

  /// About `count` inputs all over the box.
  void sample(const Box& box, std::size_t count, Random& random);
  /// Inputs of the box that may have an error a little above `record`, a figure in (0.5, 1).
  void near_ties(const Box& box, double record, Random& random);
  /// Neighbours and relatives of an input.
  void vary(const Point& parent, Random& random);
  /// From a random input of the box, or of the parent's binade, near ones more often, uphill among
  /// the 2^kLogClimb numbers around it: see climb_from().
  void climb(const Box& box, Random& random);
  void climb(const Point& parent, Random& random);
  /// Of two inputs: about `count` on a line on which one of them is fixed, drawn so that the
  /// results fill the format evenly (validate/result_line.h).
  void spread_over_results(std::size_t count, Random& random);
  /// Of two inputs: about `count` whose ratio or product is a power of two up to a few ULP.
  void powers_of_two_apart(std::size_t count, Random& random);
  /// These inputs, each decided exactly.
  void list(std::span<const Point> points);
  /// How the screen compares with exact errors at random inputs: the failures.
  std::uint64_t audit(std::uint64_t count, Random& random);

  /// What was found since the last call.
  Findings take();

 private:
  /// A line through the input space parallel to an axis.
  struct Line {
    std::size_t axis = 0;
    double fixed = 0;
    const Pieces* pieces = nullptr;
    std::optional<Pieces> own;
  };
  bool is_finite(const Point& point) const;
  /// Any finite number, one next to 1, or one of ordinary size.
  double any_number(Random& random) const;
  void set_line(Line& line, std::size_t axis, double fixed) const;
  /// The piece of a number on the line.
  std::shared_ptr<const Piece> piece_of(const Line& line, std::uint64_t pattern) const;
  /// A line through the box, and the piece of one of its points.
  std::shared_ptr<const Piece> draw(const Box& box, Random& random, Line& line,
                                    std::uint64_t& pattern) const;
  void spread(const Line& line, const Piece& piece, std::uint64_t first, std::uint64_t last,
              std::size_t count, Random& random);
  void climb_from(const Line& line, const Piece& piece, std::uint64_t start, Random& random);
  void examine(const Line& line, const Piece& piece);
  void examine_exactly(const Point& point, double result);
  /// Runs the routine; the results are in z_.
  void run(std::span<const Point> points);
  /// These inputs; what is certainly no new find is not decided exactly.
  void look_at(std::span<const Point> points);

  const ir::Program* target_;
  const Pieces* pieces_;
  const HuntOptions* options_;
  HuntRoutine routine_;
  Patterns patterns_;
  Findings findings_;
  std::vector<std::uint64_t> inputs_;  ///< patterns to examine
  std::vector<double> x_, y_, z_, error_;
  std::vector<numbers::Mpfr> arguments_;
  std::vector<std::pair<double, std::uint64_t>> summit_;  ///< errors and patterns, the worst first
};

}  // namespace ulpforge::validate

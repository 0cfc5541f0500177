// Where a function is approximated: an interval, or several.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulpforge::targets {

/// An interval of positive length; an open end is approached but not evaluated. An end may be
/// infinite: closed, the infinity itself belongs to it, where the limit counts.
struct Domain {
  double lo = 0;
  double hi = 1;
  bool lo_open = false;
  bool hi_open = false;
  /// Where there are several intervals: these, ascending, none touching the next; their hull is lo
  /// and hi then.
  std::vector<Domain> parts = {};

  double width() const { return hi - lo; }
  /// Whether x belongs to one of the intervals.
  bool contains(double x) const;
  /// Whether both ends are finite.
  bool is_bounded() const { return std::isfinite(lo) && std::isfinite(hi); }
  friend bool operator==(const Domain&, const Domain&) = default;
};

/// More would leave too few points of a fit for each.
inline constexpr std::size_t kMostIntervals = 8;

/// The intervals, ascending; of one interval itself.
std::vector<Domain> intervals_of(const Domain& domain);

/// The union of intervals: sorted, those that overlap or touch joined.
Domain union_of(std::vector<Domain> intervals);

/// "0,1", "(0,1]", "[-pi/2, pi/2]", "1,inf", "-inf,inf": ends are constant expressions, rounded to
/// double, or inf (also infinity, oo) with a sign. "[-1,-0.01],[0.01,1]": several intervals, finite
/// and in brackets each, in any order; those that overlap are joined.
/// Throws std::invalid_argument when an end does not parse or is not a number, or lo >= hi.
Domain parse_domain(std::string_view text);
/// "[0,1]" with the shortest decimals that read back; "[1,inf]"; "[-1,-0.01],[0.01,1]".
std::string to_string(const Domain& domain);

/// "0,1", "-pi/2": constant expressions, rounded to double, ascending. Throws std::invalid_argument
/// where one does not parse or is no finite number.
std::vector<double> parse_points(std::string_view text);

/// What is wrong with the interval (ends that are no numbers, reversed or equal), or nothing.
std::optional<std::string> find_defect(const Domain& domain);

}  // namespace ulpforge::targets

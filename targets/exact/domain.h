// The interval on which a function is approximated.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace ulpforge::targets {

/// An interval of positive length; an open end is approached but not evaluated. An end may be
/// infinite: closed, the infinity itself belongs to it, where the limit counts.
struct Domain {
  double lo = 0;
  double hi = 1;
  bool lo_open = false;
  bool hi_open = false;

  double width() const { return hi - lo; }
  /// Whether both ends are finite.
  bool is_bounded() const { return std::isfinite(lo) && std::isfinite(hi); }
  friend bool operator==(const Domain&, const Domain&) = default;
};

/// "0,1", "(0,1]", "[-pi/2, pi/2]", "1,inf", "-inf,inf": ends are constant expressions, rounded to
/// double, or inf (also infinity, oo) with a sign.
/// Throws std::invalid_argument when an end does not parse or is not a number, or lo >= hi.
Domain parse_domain(std::string_view text);
/// "[0,1]" with the shortest decimals that read back; "[1,inf]".
std::string to_string(const Domain& domain);

/// What is wrong with the interval (ends that are no numbers, reversed or equal), or nothing.
std::optional<std::string> find_defect(const Domain& domain);

}  // namespace ulpforge::targets

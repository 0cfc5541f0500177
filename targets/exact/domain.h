// The interval on which a function is approximated.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ulpforge::targets {

/// A finite interval of positive length; an open end is approached but not evaluated.
struct Domain {
  double lo = 0;
  double hi = 1;
  bool lo_open = false;
  bool hi_open = false;

  double width() const { return hi - lo; }
  friend bool operator==(const Domain&, const Domain&) = default;
};

/// "0,1", "(0,1]", "[-pi/2, pi/2]": ends are constant expressions, rounded to double.
/// Throws std::invalid_argument when an end does not parse, is not finite, or lo >= hi.
Domain parse_domain(std::string_view text);
/// "[0,1]" with the shortest decimals that read back.
std::string to_string(const Domain& domain);

/// What is wrong with the interval (ends that are not finite, reversed or equal), or nothing.
std::optional<std::string> find_defect(const Domain& domain);

}  // namespace ulpforge::targets

// What a hunt found out, and about what: JSON and text.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "validate/hunt.h"
#include "validate/lane_finding.h"
#include "validate/report.h"
#include "validate/traces.h"

namespace ulpforge::validate {

/// Something that the routine must not do, and with which input.
struct HuntIncident {
  std::string what;  ///< "crash, SIGSEGV"
  Point point{};
  friend bool operator==(const HuntIncident&, const HuntIncident&) = default;
};

/// A fault in the exceptions or errno that calls leave, with the first input where it was seen.
struct TraceFinding {
  ExceptionFault fault{};
  std::uint64_t count = 0;
  Point point{};
  double result = 0;
};

/// Of the directed inputs, one call at a time.
struct TraceReport {
  std::uint64_t inputs = 0;  ///< 0: not asked for
  std::vector<TraceFinding> faults;
};

struct HuntReport {
  Identity identity;
  numbers::Format format = numbers::kBinary64;
  std::size_t inputs = 1;
  targets::Rounding rounding = targets::Rounding::Nearest;
  std::uint64_t seed = 1;
  HuntResult result;
  /// The largest error by the other meaning of an ULP (targets::UlpOf).
  double by_other_ulp = 0;
  std::vector<HuntIncident> incidents;  ///< the first few, by input
  std::uint64_t incident_count = 0;
  LaneFinding lanes = {};  ///< of a vector routine
  TraceReport traces = {};
  /// What the routine's arguments are called: as C does where the target is C's function, whose
  /// atan2 takes y first.
  std::array<std::string, 2> names = {"x", "y"};
};

/// The lower bound; infinite where there are special-value errors or incidents.
double worst(const HuntReport& report);

Json to_json(const HuntReport& report);
/// The first of several rounding modes, and all of them as "modes".
Json to_json(const std::vector<HuntReport>& reports);
std::string to_text(const HuntReport& report);
std::string to_text(const std::vector<HuntReport>& reports);

}  // namespace ulpforge::validate

// What a hunt found out, and about what: JSON and text.
#pragma once

#include <string>
#include <vector>

#include "validate/hunt.h"
#include "validate/report.h"

namespace ulpforge::validate {

/// Something that the routine must not do, and with which input.
struct HuntIncident {
  std::string what;  ///< "crash, SIGSEGV"
  Point point{};
  friend bool operator==(const HuntIncident&, const HuntIncident&) = default;
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
};

/// The lower bound; infinite where there are special-value errors or incidents.
double worst(const HuntReport& report);

Json to_json(const HuntReport& report);
std::string to_text(const HuntReport& report);

}  // namespace ulpforge::validate

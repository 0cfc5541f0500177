// Options by which compilers may change floating-point arithmetic.
#pragma once

#include <string>
#include <vector>

namespace ulpforge::emit::test {

/// -ffast-math and its parts, one by one; not every compiler knows each.
inline const std::vector<std::string> kArithmeticFlags = {
    "-ffast-math",
    "-Ofast",
    "-ffinite-math-only",
    "-funsafe-math-optimizations",
    "-freciprocal-math",
    "-fno-signed-zeros",
    "-fassociative-math -fno-signed-zeros -fno-trapping-math",
    "-fno-trapping-math",
    "-fno-math-errno",
    "-ffp-contract=fast",
    "-fno-rounding-math",
    "-fapprox-func",
    "-ffp-model=fast",
    "-fcx-limited-range"};

/// What a compiler says that does not compile emitted code with such an option: that the code
/// refuses, or that there is no such option.
inline bool is_refusal(const std::string& log) {
  for (const char* text : {"void its error bound", "unrecognized", "unknown argument",
                           "unsupported option", "deprecated"}) {
    if (log.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace ulpforge::emit::test

// What the clock decided in a search over a number format: with that written down, a search that
// ended by time is repeated without a clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace ulpforge::evo {

struct Course {
  /// The whole front was measured after so many children, until so many programs had been measured
  /// since the search began.
  struct Front {
    std::uint64_t children = 0;
    std::uint64_t measured = 0;

    static auto fields(auto& front) { return std::tie(front.children, front.measured); }
    friend bool operator==(const Front&, const Front&) = default;
  };

  /// Searches in the real regime, where there was no time for all of them.
  std::optional<std::uint64_t> kernels = {};
  std::vector<Front> fronts = {};

  static auto fields(auto& course) { return std::tie(course.kernels, course.fronts); }
  friend bool operator==(const Course&, const Course&) = default;
};

/// "kernels=3,fronts=6412:31,9065:40", or without the kernels.
std::string to_text(const Course& course);

/// Reads that. Throws std::invalid_argument for anything else: fronts in another order than that of
/// the search, or none.
Course parse_course(const std::string& text);

}  // namespace ulpforge::evo

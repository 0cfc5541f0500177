// A file of bad inputs that hunts have found, in any library: what one run finds, the next begins
// with. A line each, '#' starts a comment:
//
//   double exp(x) -0x1.489053bfd683cp+9
//   double pow(x,y) 0x1.0000002c5e2e9p+0 0x1.eee55c0f11d4fp+35
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "targets/exact/ulp.h"
#include "validate/regions.h"

namespace ulpforge::validate {

/// The inputs of that function (its expression; spaces do not count) in that format; none if the
/// file does not exist. Throws std::invalid_argument naming file and line for one that cannot be
/// read.
std::vector<Point> read_known_inputs(const std::filesystem::path& file, numbers::Format format,
                                     const std::string& expression, std::size_t inputs);

/// Appends an input that the file does not hold yet; makes the file. Throws std::runtime_error.
void add_known_input(const std::filesystem::path& file, numbers::Format format,
                     const std::string& expression, std::size_t inputs, const Point& point);

}  // namespace ulpforge::validate

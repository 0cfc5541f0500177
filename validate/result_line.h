// A line through the input space of a function of two numbers, cut where the results change: inputs
// on it are drawn so that the results fill the format evenly, exponent by exponent, however narrow
// the part of the line is where they are ordinary (x^y at x next to 1 and huge y).
#pragma once

#include <cstdint>
#include <vector>

#include "ir/program.h"
#include "numbers/random.h"
#include "validate/pieces.h"

namespace ulpforge::validate {

class ResultLine {
 public:
  /// Of a program with one input.
  ResultLine(const ir::Program& program, numbers::Format format);

  /// Whether the results change at all.
  bool empty() const { return total_ == 0; }
  /// A pattern of a finite number.
  std::uint64_t draw(numbers::Random& random) const;

 private:
  /// Results of the patterns from `first` on, as far as the next knot, are of about one exponent.
  struct Knot {
    std::uint64_t first;
    std::uint64_t last;
    double from;  ///< sum of the weights before it
  };
  std::vector<Knot> knots_;
  double total_ = 0;
};

}  // namespace ulpforge::validate

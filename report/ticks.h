// Where an axis is labelled, and how.
#pragma once

#include <string>
#include <vector>

namespace ulpforge::report {

struct Tick {
  double at = 0;
  std::string label;  ///< "": a minor tick
};

struct Ticks {
  std::vector<Tick> ticks;
  int exponent = 0;  ///< labels are to be multiplied by 10^exponent
};

/// At most about `most` labelled ticks at 1, 2 or 5 times a power of ten in [lo, hi]; lo < hi,
/// finite. With `whole` only at whole numbers. Labels of very small or large numbers leave out a
/// common power of ten, which is the exponent.
Ticks linear_ticks(double lo, double hi, int most, bool whole = false);

/// Powers of ten in [lo, hi], 0 < lo < hi, every one or every second, third ... so that at most
/// about `most` are labelled; the others are minor. 2 and 5 times those where fewer than three
/// decades are shown.
Ticks log_ticks(double lo, double hi, int most);

/// "10⁻¹²"
std::string power_of_ten(int exponent);
/// "⁻¹²"
std::string superscript(int number);
/// "2.73×10⁻⁷", "0.0312": three significant digits and as many as needed for people.
std::string scientific(double value, int digits = 3);

}  // namespace ulpforge::report

// Programs of experiments/ that others have published.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "ir/text.h"

namespace ulpforge::test {

/// f10 of AutoNumerics-Zero, whose constants c1 to c5 are the program's, in that order.
inline ir::Program published_ten_operations() {
  std::ifstream file(EXPERIMENT_FILES "/autonumerics_zero_f10.txt");
  return ir::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace ulpforge::test

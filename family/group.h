// The members of a package that share source files.
#pragma once

#include <string>
#include <vector>

#include "family/manifest.h"

namespace ulpforge::family {

/// The members of one function.
struct Group {
  std::string function;
  std::vector<const Function*> members;
};

}  // namespace ulpforge::family

// The members of a package that share source files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "family/manifest.h"

namespace ulpforge::family {

/// The members of one function, or all of one short format, which are small.
struct Group {
  std::string function;  ///< or format
  std::vector<const Function*> members;
};

/// Of the function that has program k of a member alone.
inline std::string reference_name(const Function& member, std::size_t k) {
  return member.name + "_" + std::to_string(k);
}

}  // namespace ulpforge::family

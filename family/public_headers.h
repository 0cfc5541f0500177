// The headers that libufmath installs.
#pragma once

#include <string>
#include <vector>

#include "family/group.h"

namespace ulpforge::family {

/// ufmath.h: single floats and arrays.
std::string public_header(const std::string& version, const std::vector<Group>& groups);

/// ufmath_vectors.h: the names of the vector ABI.
std::string vectors_header(const std::vector<Group>& groups);

}  // namespace ulpforge::family

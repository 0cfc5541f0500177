// tests/forms_test.cpp of libufmath: every form of every function against the portable one.
#pragma once

#include <string>
#include <vector>

#include "family/group.h"

namespace ulpforge::family {

std::string forms_test(const std::vector<Group>& groups);

}  // namespace ulpforge::family

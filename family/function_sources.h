// The sources of one function of libufmath.
#pragma once

#include <string>

#include "family/group.h"

namespace ulpforge::family {

/// functions/NAME.cpp: the members in one form, compiled once for each.
std::string bodies(const Group& group);

/// functions/NAME_forms.h: what the forms have.
std::string forms_header(const Group& group);

/// functions/NAME_names.cpp: the public names, bound to the best code.
std::string names_source(const Group& group);

/// functions/NAME_preload.cpp: a member under the names of libm and libmvec.
std::string preload_source(const Group& group, const Function& member);

}  // namespace ulpforge::family

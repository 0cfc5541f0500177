// A report as one HTML page, with the error over the domain as inline SVG. No network.
#pragma once

#include <string>

#include "validate/report.h"

namespace ulpforge::validate {

std::string to_html(const Report& report);

}  // namespace ulpforge::validate

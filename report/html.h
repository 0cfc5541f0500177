// Text inside HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace ulpforge::report {

/// `text` as it may stand in an element or in a quoted attribute; control characters other than
/// newline and tab, which no document may hold, become U+FFFD.
std::string escape(std::string_view text);

}  // namespace ulpforge::report

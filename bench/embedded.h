// Files of this folder as text, embedded when the program is built.
#pragma once

#include <string_view>

namespace ulpforge::bench {

extern const std::string_view kAdaptorText;        ///< adaptor.cpp.in
extern const std::string_view kLoopsText;          ///< loops.cpp.in
extern const std::string_view kHeaderLibraryText;  ///< header_library.cpp.in
extern const std::string_view kShortUnitText;      ///< short_unit.cpp.in

}  // namespace ulpforge::bench

// Files of family/package/ as text, embedded when the program is built.
#pragma once

#include <string_view>

namespace ulpforge::family {

extern const std::string_view kBuildText;           ///< CMakeLists.txt.in
extern const std::string_view kDispatchText;        ///< dispatch.h.in
extern const std::string_view kFormsTestText;       ///< forms_test.cpp.in
extern const std::string_view kFunctionsText;       ///< functions.in
extern const std::string_view kPkgConfigText;       ///< ufmath.pc.in
extern const std::string_view kPreloadSymbolsText;  ///< ufmath_preload.map.in
extern const std::string_view kPublicHeaderText;    ///< ufmath.h.in
extern const std::string_view kSymbolsText;         ///< ufmath.map.in

}  // namespace ulpforge::family

// The version, from the build.
#pragma once

#include <string_view>

namespace ulpforge::runs {

inline constexpr std::string_view kVersion = ULPFORGE_VERSION;

}  // namespace ulpforge::runs

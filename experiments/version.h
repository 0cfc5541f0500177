// The version, from the build.
#pragma once

#include <string_view>

namespace ulpforge::experiments {

inline constexpr std::string_view kVersion = ULPFORGE_VERSION;

}  // namespace ulpforge::experiments

// The table of extensions of x86-64 and AArch64.
#include "system/processor.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <span>
#include <stdexcept>

#if defined(__aarch64__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace ulpforge::system {
namespace {

struct Extension {
  std::string_view name;
  bool (*is_there)();
};

// The builtin takes literals alone.
#if defined(__x86_64__)
#define EXTENSION(name)                                    \
  Extension {                                              \
    name, [] { return __builtin_cpu_supports(name) != 0; } \
  }
#else
#define EXTENSION(name)        \
  Extension {                  \
    name, [] { return false; } \
  }
#endif
constexpr std::array kExtensions = {
    EXTENSION("sse2"),     EXTENSION("sse4.1"),   EXTENSION("avx"),      EXTENSION("avx2"),
    EXTENSION("fma"),      EXTENSION("fma4"),     EXTENSION("avx512f"),  EXTENSION("avx512bw"),
    EXTENSION("avx512cd"), EXTENSION("avx512dq"), EXTENSION("avx512vl"),
};
#undef EXTENSION

// Of AArch64, as /proc/cpuinfo has them.
#if defined(__aarch64__)
constexpr std::array kExtensionsOfAArch64 = {
    Extension{"asimd", [] { return (getauxval(AT_HWCAP) & HWCAP_ASIMD) != 0; }},
    Extension{"sve", [] { return (getauxval(AT_HWCAP) & HWCAP_SVE) != 0; }},
};
#else
constexpr std::array kExtensionsOfAArch64 = {
    Extension{"asimd", [] { return false; }},
    Extension{"sve", [] { return false; }},
};
#endif

}  // namespace

bool processor_has(std::string_view extension) {
  for (const auto& rows : {std::span<const Extension>(kExtensions),
                           std::span<const Extension>(kExtensionsOfAArch64)}) {
    for (const Extension& row : rows) {
      if (row.name == extension) return row.is_there();
    }
  }
  throw std::logic_error(fmt::format("no test for the extension '{}'", extension));
}

std::string processor_model() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace ulpforge::system

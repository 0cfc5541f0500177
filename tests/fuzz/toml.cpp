// Experiment files: refused with a message, or read.
#include <cstddef>
#include <cstdint>
#include <string>

#include "runs/config.h"
#include "system/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace runs = ulpforge::runs;
  try {
    runs::parse_options({reinterpret_cast<const char*>(data), size}, "experiment.toml");
  } catch (const ulpforge::system::BadRequest&) {
    return 0;
  }
  return 0;
}

// front.json of both regimes: refused with a message, or read to something that is written and read
// back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runs/front.h"
#include "runs/machine_front.h"
#include "system/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace runs = ulpforge::runs;
  using runs::to_text;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto round_trip = [&](auto parse) {
    try {
      const std::string once = to_text(to_json(parse(text, "front.json")));
      if (to_text(to_json(parse(once, "again"))) != once) std::abort();
    } catch (const ulpforge::system::BadRequest&) {
      return;
    }
  };
  round_trip(runs::parse_front);
  round_trip(runs::parse_machine_front);
  return 0;
}

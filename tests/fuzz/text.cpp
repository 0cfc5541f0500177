// Program text: refused with a message, or read to something that prints and reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ir/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ulpforge::ir;  // NOLINT: a file of its own
  Program program;
  try {
    program = parse({reinterpret_cast<const char*>(data), size});
  } catch (const TextError&) {
    return 0;
  }
  const std::string text = print(program);
  if (print(parse(text)) != text) std::abort();
  return 0;
}

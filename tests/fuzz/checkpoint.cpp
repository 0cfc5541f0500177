// Checkpoints: the envelope, and behind its checksum the states of both searches, are refused with
// a message or read to something that is written back to the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "evo/island.h"
#include "evo/kernel_archive.h"
#include "evo/search.h"
#include "evo/state_stream.h"
#include "runs/checkpoint.h"
#include "system/error.h"

namespace {

constexpr int kOperations = 6;

template <class State>
void read_and_write(std::string_view bytes, State state, auto check) {
  using namespace ulpforge::evo;  // NOLINT
  try {
    decode(bytes, state);
    check(state);
  } catch (const DamagedState&) {
    return;
  }
  const std::string written = encode(state);
  decode(written, state);
  // Maps come in any order: what is the same is the size.
  if (encode(state).size() != written.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace evo = ulpforge::evo;
  namespace runs = ulpforge::runs;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      try {
        const auto checkpoint = runs::decode_checkpoint(bytes, "checkpoint");
        if (runs::encode(checkpoint) != bytes) std::abort();
      } catch (const ulpforge::system::BadRequest&) {
        return 0;
      }
      break;
    case 1:
      read_and_write(bytes, evo::Island(1, 0, evo::Archive(kOperations, 128)),
                     [](evo::Island& island) { island.check(kOperations); });
      break;
    case 2:
      read_and_write(bytes, evo::KernelArchive(),
                     [](const evo::KernelArchive& archive) { archive.check(); });
      break;
    default:
      read_and_write(bytes, evo::Progress(), [](const evo::Progress&) {});
      break;
  }
  return 0;
}

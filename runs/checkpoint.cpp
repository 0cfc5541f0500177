// The checkpoint's envelope, and writing that survives a full disk.
#include "runs/checkpoint.h"

#include <fmt/format.h>

#include "evo/state_stream.h"
#include "numbers/hash.h"
#include "runs/version.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

/// It names the version of the format, and that of the program: a search's course depends on every
/// line of its code, so that a state belongs to one version of it.
const std::string kFirstLine = fmt::format("ulpforge checkpoint 10, ulpforge {}\n", kVersion);
constexpr std::string_view kName = "ulpforge checkpoint ";
constexpr std::size_t kNumbers = 2 * sizeof(std::uint64_t);

/// A hash of the length, then of the bytes, eight at a time.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = numbers::mix(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    std::uint64_t word = 0;
    for (std::size_t k = 0; k < 8 && i + k < bytes.size(); ++k) {
      word |= std::uint64_t{static_cast<unsigned char>(bytes[i + k])} << (8 * k);
    }
    sum = numbers::hash_pair(sum, word);
  }
  return sum;
}

}  // namespace

std::string encode(const Checkpoint& checkpoint) {
  evo::StateWriter parts;
  parts.put(checkpoint.command);
  parts.put(checkpoint.config);
  parts.put(checkpoint.log_size);
  parts.put(checkpoint.state);
  const std::string payload = parts.take();
  evo::StateWriter numbers;
  numbers.put(std::uint64_t{payload.size()});
  numbers.put(checksum(payload));
  return kFirstLine + numbers.take() + payload;
}

Checkpoint decode_checkpoint(std::string_view bytes, const std::string& source) {
  const auto refuse = [&](std::string_view why) {
    return system::BadRequest(fmt::format("'{}': {}", source, why));
  };
  if (!bytes.starts_with(kName)) throw refuse("not a checkpoint of ulpforge search");
  if (!bytes.starts_with(kFirstLine)) {
    throw refuse(
        fmt::format("is not '{}': only the version that wrote a checkpoint can go on from it",
                    kFirstLine.substr(0, kFirstLine.size() - 1)));
  }
  bytes.remove_prefix(kFirstLine.size());
  if (bytes.size() < kNumbers) throw refuse("the checkpoint is cut off");
  try {
    evo::StateReader numbers(bytes.substr(0, kNumbers));
    std::uint64_t size = 0;
    std::uint64_t sum = 0;
    numbers.get(size);
    numbers.get(sum);
    bytes.remove_prefix(kNumbers);
    if (bytes.size() < size) throw refuse("the checkpoint is cut off");
    if (bytes.size() > size || checksum(bytes) != sum) {
      throw refuse("the checkpoint was changed; its checksum is another");
    }
    Checkpoint checkpoint;
    evo::StateReader parts(bytes);
    parts.get(checkpoint.command);
    parts.get(checkpoint.config);
    parts.get(checkpoint.log_size);
    parts.get(checkpoint.state);
    if (!parts.at_end()) throw refuse("the checkpoint is longer than its parts");
    return checkpoint;
  } catch (const evo::DamagedState& error) {
    throw refuse(fmt::format("the checkpoint is damaged: {}", error.what()));
  }
}

Checkpoint read_checkpoint(const std::filesystem::path& run) {
  const std::filesystem::path file = run / kCheckpointFile;
  std::error_code error;
  if (std::filesystem::exists(file, error)) {
    return decode_checkpoint(system::read_file(file), file.string());
  }
  const std::filesystem::path config = run / "config.toml";
  if (std::filesystem::exists(config, error) &&
      !std::filesystem::exists(run / "front.json", error)) {
    return {"", system::read_file(config), 0, ""};
  }
  throw system::BadRequest(
      fmt::format("'{}' holds no run to go on with: no {}", run.string(), kCheckpointFile));
}

CheckpointWriter::CheckpointWriter(RunDirectory& directory, ProgressView& view,
                                   Checkpoint checkpoint)
    : directory_(directory), view_(view), checkpoint_(std::move(checkpoint)) {}

void CheckpointWriter::operator()(std::string_view state) {
  checkpoint_.state = state;
  checkpoint_.log_size = directory_.log_size();
  try {
    directory_.write(kCheckpointFile, encode(checkpoint_));
    // From here on an error must not take the run away.
    directory_.keep();
    if (failing_) view_.note("checkpoints are written again");
    failing_ = false;
  } catch (const system::BadRequest& error) {
    if (!failing_) {
      view_.note(fmt::format("{}; the search goes on and will try again", error.what()));
    }
    failing_ = true;
  }
}

}  // namespace ulpforge::runs

// Reading, checking and writing the file.
#include "runs/reference_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <cstring>
#include <optional>
#include <system_error>
#include <type_traits>

#include "ir/canonical.h"
#include "numbers/hash.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;
using targets::FloatRange;
using targets::FloatReference;
using targets::Piece;

/// To be raised whenever pieces change their layout or meaning.
constexpr std::uint32_t kVersion = 4;
constexpr std::array<char, 8> kMagic{'u', 'l', 'p', 'f', 'r', 'e', 'f', '\n'};

static_assert(std::is_trivially_copyable_v<Piece>);

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t piece_size = sizeof(Piece);
  std::uint64_t key = 0;
  std::uint64_t count = 0;
  std::uint64_t checksum = 0;  ///< of the pieces
};

std::uint64_t key_of(const ir::Program& program, const std::vector<FloatRange>& ranges) {
  std::uint64_t key = numbers::hash_pair(ir::content_hash(program), kVersion);
  for (const FloatRange& range : ranges) {
    key = numbers::hash_pair(key, std::uint64_t{range.first} << 32 | range.last);
  }
  return key;
}

/// CRC-64 (ECMA-182).
std::uint64_t checksum_of(std::span<const Piece> pieces) {
  boost::crc_optimal<64, 0x42f0e1eba9ea3693, 0, 0, false, false> crc;
  crc.process_bytes(pieces.data(), pieces.size_bytes());
  return crc.checksum();
}

/// Whether they cover the finite floats of the ranges, as FloatReference relies on.
bool cover(std::span<const Piece> pieces, const std::vector<FloatRange>& ranges) {
  if (!std::ranges::is_sorted(pieces, {}, &Piece::first)) return false;
  return std::ranges::all_of(ranges, [&](const FloatRange& range) {
    const auto after = std::ranges::upper_bound(pieces, range.first, {}, &Piece::first);
    return after != pieces.begin();
  });
}

struct Mapped {
  boost::interprocess::file_mapping file;
  boost::interprocess::mapped_region region;
};

/// The pieces in the file; nothing, and a reason, where it is not good.
std::optional<FloatReference> read(const fs::path& path, const ir::Program& program,
                                   const std::vector<FloatRange>& ranges, std::string& reason) {
  auto mapped = std::make_shared<Mapped>();
  try {
    mapped->file = {path.c_str(), boost::interprocess::read_only};
    mapped->region = {mapped->file, boost::interprocess::read_only};
  } catch (const boost::interprocess::interprocess_exception& error) {
    reason = error.what();
    return std::nullopt;
  }
  const std::size_t size = mapped->region.get_size();
  Header header;
  if (size < sizeof header) {
    reason = "truncated";
    return std::nullopt;
  }
  std::memcpy(&header, mapped->region.get_address(), sizeof header);
  if (header.magic != kMagic || header.version != kVersion || header.piece_size != sizeof(Piece) ||
      header.key != key_of(program, ranges)) {
    reason = "not a file of this version and function";
    return std::nullopt;
  }
  if (header.count != (size - sizeof header) / sizeof(Piece) ||
      (size - sizeof header) % sizeof(Piece) != 0) {
    reason = "truncated";
    return std::nullopt;
  }
  const auto* first = reinterpret_cast<const Piece*>(
      static_cast<const char*>(mapped->region.get_address()) + sizeof header);
  const std::span pieces(first, header.count);
  if (checksum_of(pieces) != header.checksum || !cover(pieces, ranges)) {
    reason = "its checksum does not fit";
    return std::nullopt;
  }
  return FloatReference(program, ranges, pieces, std::move(mapped));
}

std::string encode(const ir::Program& program, const std::vector<FloatRange>& ranges,
                   std::span<const Piece> pieces) {
  Header header;
  header.key = key_of(program, ranges);
  header.count = pieces.size();
  header.checksum = checksum_of(pieces);
  std::string bytes(sizeof header + pieces.size_bytes(), '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, pieces.data(), pieces.size_bytes());
  return bytes;
}

}  // namespace

std::string cache_file_name(const ir::Program& program, const std::vector<FloatRange>& ranges) {
  return fmt::format("{:016x}.reference", key_of(program, ranges));
}

FloatReference cached_reference(const ir::Program& program, const std::vector<FloatRange>& ranges,
                                const fs::path& directory,
                                const std::function<void(const std::string&)>& note) {
  const fs::path path = directory / cache_file_name(program, ranges);
  const auto tell = [&](const std::string& message) {
    if (note) note(message);
  };
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    std::string reason;
    if (auto reference = read(path, program, ranges, reason)) return *std::move(reference);
    tell(fmt::format("{}: {}; made anew", path.string(), reason));
  }
  FloatReference reference(program, ranges);
  try {
    fs::create_directories(directory);
    system::write_file(path, encode(program, ranges, reference.pieces()));
  } catch (const std::exception& error) {
    tell(fmt::format("reference file not written: {}", error.what()));
  }
  return reference;
}

}  // namespace ulpforge::runs

// Files, with errors that name them.
#include "system/files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>

#include "system/error.h"

namespace ulpforge::system {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 64 << 20;

std::string reason() { return std::error_code(errno, std::generic_category()).message(); }

}  // namespace

std::string read_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    throw BadRequest(fmt::format("cannot read '{}': {}", path.string(),
                                 error ? error.message() : "no such file"));
  }
  if (!fs::is_regular_file(status)) {
    throw BadRequest(fmt::format("cannot read '{}': not a regular file", path.string()));
  }
  if (fs::file_size(path, error) > kLargestFile) {
    throw BadRequest(fmt::format("cannot read '{}': larger than 64 MiB", path.string()));
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  // An empty file sets failbit on `content`, hence the look at `file` alone.
  if (!file || (!(content << file.rdbuf()) && file.bad())) {
    throw BadRequest(fmt::format("cannot read '{}': {}", path.string(), reason()));
  }
  return content.str();
}

void write_file(const fs::path& path, std::string_view content) {
  const fs::path temporary = path.parent_path() / fmt::format(".{}.tmp", path.filename().string());
  const auto fail = [&](const std::string& why) -> BadRequest {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    return BadRequest(fmt::format("cannot write '{}': {}", path.string(), why));
  };
  const auto close = [](std::FILE* file) { return std::fclose(file); };
  std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(temporary.c_str(), "wb"), close);
  if (!file) throw fail(reason());
  const bool written =
      std::fwrite(content.data(), 1, content.size(), file.get()) == content.size() &&
      std::fflush(file.get()) == 0 && fsync(fileno(file.get())) == 0;
  if (!written) throw fail(reason());
  if (std::fclose(file.release()) != 0) throw fail(reason());
  std::error_code error;
  fs::rename(temporary, path, error);
  if (error) throw fail(error.message());
}

void print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) {
    throw BadRequest(fmt::format("cannot write to standard output: {}", reason()));
  }
}

void print_error(std::string_view message) {
  std::fputs(fmt::format("ulpforge: {}\n", one_line(message)).c_str(), stderr);
}

}  // namespace ulpforge::system

// Reading and writing whole files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ulpforge::system {

/// The contents of a regular file of reasonable size. Throws BadRequest.
std::string read_file(const std::filesystem::path& path);

/// Replaces a file in one step: a temporary file beside it, flushed to disk, then renamed. Throws
/// BadRequest, with nothing left behind.
void write_file(const std::filesystem::path& path, std::string_view content);

/// Writes to standard output. Throws BadRequest when it does not take it.
void print(std::string_view text);

/// Writes `message` as one line, with the program's name, to standard error.
void print_error(std::string_view message);

}  // namespace ulpforge::system

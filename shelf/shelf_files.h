// A shelf as a directory:
//
//   shelf.json                       format, and the processor whose cycles decide
//   README.md                        what there is
//   exp/1u/avx2_avx512.txt           a program: function, tier, the forms where it is the cheapest
//   exp/1u/avx2_avx512.cert.json     its certificate, which names that file
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "shelf/shelf.h"

namespace ulpforge::shelf {

/// Whether a directory holds shelf.json.
bool holds_shelf(const std::filesystem::path& directory);

/// Reads a whole shelf, and leaves out what is nowhere the cheapest. Throws BadRequest, naming the
/// file: where a certificate is damaged, of another program, of another function than its folder's,
/// or of a newer version; where a program has no certificate, or is one for another tier.
Shelf read_shelf(const std::filesystem::path& directory);

/// Throws BadRequest where the directory does not hold just the files that write_shelf makes of it.
void demand_order(const Shelf& shelf, const std::filesystem::path& directory);

/// Makes the directory hold the shelf, each file in one step; files of programs that are no longer
/// on it are removed. Throws BadRequest.
void write_shelf(const Shelf& shelf, const std::filesystem::path& directory);

/// "exp/1u/avx2_avx512": the place of an item, without an ending.
std::filesystem::path place_of(const Item& item);

/// A program's text with what it is worth and where it comes from.
std::string program_text(const Item& item);

/// The shelf that is used where none is named: functions/ in the current directory, or the nearest
/// functions/ or share/ulpforge/functions/ beside a folder that the program itself is in.
std::optional<std::filesystem::path> usual_shelf();

/// What a path on a command line means: "functions", where there is nothing of that name, is the
/// usual shelf, which an installed program has.
std::filesystem::path path_or_usual_shelf(const std::filesystem::path& path);

}  // namespace ulpforge::shelf

// Between runs and the shelf (shelf/shelf.h): the programs of runs put on it, and it as runs that
// `emit`, `family` and `bench` take.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runs/run.h"
#include "shelf/shelf.h"

namespace ulpforge::runs {

/// Of the C++ function: "uf_expf_1u"; of a short format "uf_exp_bf16" where it is correctly
/// rounded, else "uf_exp_bf16_1u".
std::string item_name(const shelf::Item& item);

/// The command that finds a run's programs again: its configuration as flags, range reductions by
/// their names, so that later ones change nothing. That which began the run where there is no
/// configuration.
std::string repeating_command(const Run& run, const MachineFrontEntry& entry);

/// What a run's programs are on a shelf.
struct Shelved {
  std::vector<shelf::Item> items;
  std::vector<std::string> left_out;  ///< which are not, and why: "uf_expf_9000u: ..."
};
/// Throws BadRequest for a run over real numbers.
Shelved shelved(const Run& run, jit::Processor processor);

/// The items of a shelf, each as a run of one program. Throws BadRequest.
std::vector<Run> runs_of_shelf(const std::filesystem::path& directory);

/// Puts the programs of runs, or all of other shelves, on the shelf in `directory`, which is made
/// where there is none: then the first run's processor is the shelf's. Returns what changed, and
/// what was left out, as text. Throws BadRequest.
std::string add_to_shelf(const std::filesystem::path& directory,
                         const std::vector<std::filesystem::path>& sources);

/// The shelf in a directory, or nothing where add_to_shelf would make one. Throws BadRequest where
/// it could not.
std::optional<shelf::Shelf> open_shelf(const std::filesystem::path& directory);

}  // namespace ulpforge::runs

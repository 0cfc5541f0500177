// ulpforge merge: the fronts of several runs as one run.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/commands.h"
#include "runs/emission.h"
#include "runs/merge.h"
#include "runs/run_directory.h"
#include "runs/shelving.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;

struct MergeRequest {
  std::vector<std::string> runs;
  std::string out;
  std::string add_to;
  bool force = false;
  std::string command_line;
};

/// Runs and shelves onto a shelf.
int merge_onto_shelf(const MergeRequest& request) {
  const bool is_new = request.add_to.empty();
  const fs::path shelf = is_new ? request.out : request.add_to;
  std::error_code ignored;
  if (is_new && !request.force && fs::exists(shelf, ignored) && !fs::is_empty(shelf, ignored)) {
    throw system::BadRequest(fmt::format(
        "'{0}' is not empty; give another -o, or --add-to {0} if it is a shelf to add to",
        shelf.string()));
  }
  system::print(runs::add_to_shelf(shelf, {request.runs.begin(), request.runs.end()}));
  return system::kDone;
}

int merge_runs(const MergeRequest& request) {
  const auto is_shelf = [](const std::string& path) { return shelf::holds_shelf(path); };
  if (request.out.empty() == request.add_to.empty()) {
    throw system::BadRequest("give either -o DIR for what is merged, or --add-to SHELF");
  }
  if (!request.add_to.empty() || std::ranges::any_of(request.runs, is_shelf)) {
    return merge_onto_shelf(request);
  }
  std::vector<runs::Run> runs;
  for (const std::string& path : request.runs) runs.push_back(runs::read_run(path));
  const runs::Merged merged = runs::merge(runs, request.command_line);
  runs::RunDirectory directory(request.out, request.force);
  for (const runs::MergedFile& file : merged.files) directory.write(file.name, file.text);
  // Last: a front.json says that the run is complete.
  directory.write("front.json", merged.front_json);
  directory.keep();
  system::print(fmt::format("{}\nwritten to {}\n", merged.table, request.out));
  return system::kDone;
}

}  // namespace

void add_merge(CLI::App& app, const std::string& command_line, Action& action) {
  CLI::App* command = app.add_subcommand(
      "merge",
      "One run of the best programs of several runs, of other seeds or machines, that ask the same "
      "question; or one shelf of the best programs of shelves and f32 runs");
  const auto request = std::make_shared<MergeRequest>();
  request->command_line = command_line;
  command->add_option("run", request->runs, "Run directories, front.json files or shelves")
      ->required()
      ->type_name("RUN...");
  command
      ->add_option(
          "-o,--out", request->out,
          "Directory for the merged run; where one of what is merged is a shelf, for a shelf")
      ->type_name("DIR");
  command
      ->add_option("--add-to", request->add_to,
                   "The shelf that gets what is better than what it has; made where there is none")
      ->type_name("SHELF");
  command->add_flag("--force", request->force, "Replace the run that the directory holds");
  command->footer(
      "Examples: ulpforge merge runs/exp2_1 runs/exp2_2 -o runs/exp2\n"
      "          ulpforge merge runs/exp2_f32 --add-to functions");
  command->callback([request, &action] { action = [request] { return merge_runs(*request); }; });
}

}  // namespace ulpforge::cli

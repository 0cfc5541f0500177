// ulpforge merge: the fronts of several runs as one run.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/commands.h"
#include "runs/emission.h"
#include "runs/merge.h"
#include "runs/run_directory.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;

struct MergeRequest {
  std::vector<std::string> runs;
  std::string out;
  bool force = false;
  std::string command_line;
};

int merge_runs(const MergeRequest& request) {
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
      "question");
  const auto request = std::make_shared<MergeRequest>();
  request->command_line = command_line;
  command->add_option("run", request->runs, "Run directories or front.json files")
      ->required()
      ->type_name("RUN...");
  command->add_option("-o,--out", request->out, "Directory for the merged run")
      ->required()
      ->type_name("DIR");
  command->add_flag("--force", request->force, "Replace the run that the directory holds");
  command->footer("Example: ulpforge merge runs/exp2_1 runs/exp2_2 -o runs/exp2");
  command->callback([request, &action] { action = [request] { return merge_runs(*request); }; });
}

}  // namespace ulpforge::cli

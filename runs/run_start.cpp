// The beginning of a run.
#include "runs/run_start.h"

#include <fmt/format.h>

#include "system/error.h"

namespace ulpforge::runs {
namespace {

/// runs/exp2_real for exp2_real.toml. The config.toml of a run, a file that leaves the target open
/// (experiments/f32.toml) and a search without a file are named after the target.
std::filesystem::path output_path(const SearchRequest& request, const Options& file,
                                  const Options& options) {
  if (!request.out.empty()) return request.out;
  const std::string stem = std::filesystem::path(request.file).stem().string();
  if (file.target && stem != "config") return std::filesystem::path("runs") / stem;
  const std::string name = short_name(options.target.value_or(""));
  if (options.format) return std::filesystem::path("runs") / (name + "_" + *options.format);
  return std::filesystem::path("runs") / (regime_of(options) == Regime::F32 ? name + "_f32" : name);
}

}  // namespace

void refuse_other_experiment(const SearchRequest& request) {
  Options allowed;
  allowed.threads = request.flags.threads;
  allowed.time = request.flags.time;
  allowed.evaluations = request.flags.evaluations;
  const bool other =
      !request.file.empty() || !request.out.empty() || request.force || !(allowed == request.flags);
  if (!other) return;
  throw system::BadRequest(
      "--resume goes on with a run as it was begun; beside it only --threads, --time, "
      "--evaluations, --checkpoint-interval, --no-prove, --quiet and --json may be given");
}

RunStart start_run(const SearchRequest& request) {
  RunStart start;
  if (request.resume.empty()) {
    const Options file = request.file.empty() ? Options{} : read_options(request.file);
    start.options = merge(file, request.flags);
    start.command = request.command_line;
    start.directory = output_path(request, file, start.options);
    return start;
  }
  refuse_other_experiment(request);
  const Checkpoint checkpoint = read_checkpoint(request.resume);
  start.options = merge(parse_options(checkpoint.config, request.resume), request.flags);
  // A budget of its own goes beyond what was written down.
  if (request.flags.time || request.flags.evaluations) start.options.course.reset();
  start.command = checkpoint.command.empty() ? request.command_line : checkpoint.command;
  start.state = checkpoint.state;
  start.log_size = checkpoint.log_size;
  start.directory = request.resume;
  start.resumed = true;
  return start;
}

RunDirectory open_directory(const RunStart& start, bool force) {
  if (start.resumed) return RunDirectory(start.directory, start.log_size);
  return RunDirectory(start.directory, force);
}

Checkpoint first_checkpoint(const RunStart& start, std::string config) {
  return {start.command, std::move(config), start.log_size, start.state};
}

}  // namespace ulpforge::runs

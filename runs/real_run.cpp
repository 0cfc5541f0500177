// Runs over real numbers.
#include "runs/real_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <optional>
#include <thread>

#include "runs/emission.h"
#include "runs/front.h"
#include "runs/progress.h"
#include "runs/proofs.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"

namespace ulpforge::runs {
namespace {

/// Errors name the experiment file.
Experiment read_experiment(const SearchRequest& request, const Options& options) {
  try {
    return make_experiment(options);
  } catch (const std::invalid_argument& error) {
    if (request.file.empty()) throw;
    throw system::BadRequest(fmt::format("{}: {}", request.file, error.what()));
  }
}

std::string final_config(Experiment went, const std::string& command,
                         const evo::Progress& progress) {
  const std::string heading = settle_budget(command, progress.evaluations, progress.seconds,
                                            went.search.evaluations, went.search.seconds);
  return heading + to_toml(went);
}

/// The baselines, or nothing when the user asks to stop first. The computation itself cannot be
/// stopped: its thread is then left behind, and the program has to end by quick_exit.
std::optional<std::vector<baselines::Baseline>> compute_baselines(
    const Experiment& experiment, const system::Interrupt& interrupt) {
  std::packaged_task<std::vector<baselines::Baseline>()> task(
      [target = experiment.target, max_operations = experiment.search.max_operations] {
        return baselines::compute_baselines(target, max_operations);
      });
  auto result = task.get_future();
  std::thread(std::move(task)).detach();
  while (result.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
    if (interrupt.requested()) return std::nullopt;
  }
  return result.get();
}

void write_front(RunDirectory& directory, const Front& front,
                 const std::vector<CertificateFile>& certificates, const std::string& command) {
  directory.remove_results();
  directory.write(source_name(front), source_text(front, command));
  for (const FrontEntry& entry : front.programs) {
    directory.write(std::filesystem::path("programs") / fmt::format("{}.txt", entry.operations),
                    program_text(front, entry));
  }
  for (const CertificateFile& file : certificates) directory.write(file.name, file.text);
  // Last: a front.json says that the run is complete.
  directory.write("front.json", to_text(to_json(front)));
}

}  // namespace

int run_real_search(const RunStart& start, const SearchRequest& request) {
  const Experiment experiment = read_experiment(request, start.options);
  ProgressView view(request.quiet, experiment.search.seconds);
  const system::Interrupt interrupt(
      [&view] { view.note("stopping; the front will be written (once more to abort at once)"); });
  RunDirectory directory = open_directory(start, request.force);
  if (!start.resumed) directory.write("config.toml", to_toml(experiment));
  CheckpointWriter save(directory, view, first_checkpoint(start, to_toml(experiment)));

  bool logged = true;
  const evo::SearchResult result =
      evo::search(experiment.target, experiment.search,
                  [&](const evo::Progress& progress) {
                    logged = directory.log(log_line(progress)) && logged;
                    view.show(progress);
                  },
                  interrupt.token(), {start.state, std::ref(save), request.checkpoint_interval});
  logged = directory.log(log_line(result.progress)) && logged;
  view.show(result.progress);
  view.note(saving_line(result.saving));

  if (!result.left_out.empty()) {
    view.note(fmt::format(
        "no time to verify the best of {} operations; 'ulpforge search --resume {}' does",
        fmt::join(result.left_out, ", "), directory.path().string()));
  }
  Front front = make_front(experiment, result);
  bool abandoned = false;
  if (experiment.baselines && !interrupt.requested()) {
    view.note("computing the classical baselines (outside --time; --no-baselines skips them)");
    const auto found = compute_baselines(experiment, interrupt);
    if (found) add_rivals(front, *found);
    abandoned = !found;
  }
  std::vector<CertificateFile> certificates;
  if (!request.no_prove && !interrupt.requested()) {
    view.note("proving the errors (--no-prove skips that)");
    certificates = prove_front(front, experiment.target, [&] { return interrupt.requested(); });
  }
  const std::string json = to_text(to_json(front));
  write_results(directory, json, [&] {
    directory.write("config.toml", final_config(experiment, start.command, result.progress));
    write_front(directory, front, certificates, start.command);
  });
  view.end();
  if (!logged) view.note("log.jsonl is incomplete: it could not be written");
  if (request.print_result) {
    system::print(request.json ? json
                               : fmt::format("{}\nwritten to {}: {}, front.json, programs/\n",
                                             front_table(front), directory.path().string(),
                                             source_name(front)));
  }
  if (abandoned) std::quick_exit(system::kInterrupted);
  return interrupt.requested() ? system::kInterrupted : system::kDone;
}

}  // namespace ulpforge::runs

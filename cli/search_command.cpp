// ulpforge search: from an experiment to a run directory.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <limits>

#include "runs/checkpoint.h"
#include "cli/commands.h"
#include "runs/emission.h"
#include "system/error.h"
#include "system/files.h"
#include "runs/front.h"
#include "system/interrupt.h"
#include "runs/machine_run.h"
#include "runs/progress.h"
#include "runs/proofs.h"
#include "runs/run.h"
#include "runs/run_directory.h"
#include "runs/run_start.h"
#include "runs/seed_set.h"

namespace ulpforge::cli {
namespace {

runs::Experiment make_experiment(const runs::SearchRequest& request, const runs::Options& options) {
  try {
    return runs::make_experiment(options);
  } catch (const std::invalid_argument& error) {
    if (request.file.empty()) throw;
    throw system::BadRequest(fmt::format("{}: {}", request.file, error.what()));
  }
}

/// The experiment as it went: a run that did not end by its budget of evaluations ended after some
/// number of them, and with that number it can be repeated exactly.
std::string final_config(runs::Experiment experiment, const std::string& command,
                         const evo::Progress& progress) {
  std::string text = fmt::format("# {}\n", system::one_line(command));
  evo::SearchConfig& search = experiment.search;
  if (progress.evaluations > 0 && progress.evaluations < search.evaluations) {
    text += fmt::format(
        "# This run ended after {:.1f} s (time = {}); its evaluations, without a limit of time, "
        "repeat "
        "it.\n",
        progress.seconds, search.seconds);
    search.evaluations = progress.evaluations;
    search.seconds = std::numeric_limits<double>::infinity();
  }
  return text + runs::to_toml(experiment);
}

/// The baselines, or nothing when the user asks to stop first. The computation itself cannot be
/// stopped: its thread is then left behind, and the program has to end by quick_exit.
std::optional<std::vector<baselines::Baseline>> compute_baselines(const runs::Experiment& experiment,
                                                                  const system::Interrupt& interrupt) {
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

void write_results(runs::RunDirectory& directory, const runs::Front& front,
                   const std::vector<runs::CertificateFile>& certificates, const std::string& command) {
  directory.remove_results();
  directory.write(runs::header_name(front), runs::header_text(front, command));
  for (const runs::FrontEntry& entry : front.programs) {
    directory.write(std::filesystem::path("programs") / fmt::format("{}.txt", entry.operations),
                    runs::program_text(front, entry));
  }
  for (const runs::CertificateFile& file : certificates) directory.write(file.name, file.text);
  // Last: a front.json says that the run is complete.
  directory.write("front.json", runs::to_text(runs::to_json(front)));
}

int search(const runs::SearchRequest& request) {
  const runs::RunStart start = runs::start_run(request);
  if (start.options.regime == runs::Regime::F32) return runs::run_machine_search(start, request);
  const runs::Experiment experiment = make_experiment(request, start.options);
  runs::ProgressView view(request.quiet, experiment.search.seconds);
  const system::Interrupt interrupt(
      [&view] { view.note("stopping; the front will be written (once more to abort at once)"); });
  runs::RunDirectory directory = runs::open_directory(start, request.force);
  if (!start.resumed) directory.write("config.toml", runs::to_toml(experiment));
  runs::CheckpointWriter save(directory, view, runs::first_checkpoint(start, runs::to_toml(experiment)));

  bool logged = true;
  const evo::SearchResult result = evo::search(
      experiment.target, experiment.search,
      [&](const evo::Progress& progress) {
        logged = directory.log(runs::log_line(progress)) && logged;
        view.show(progress);
      },
      interrupt.token(), {start.state, std::ref(save), request.checkpoint_interval});
  logged = directory.log(runs::log_line(result.progress)) && logged;
  view.show(result.progress);
  view.note(runs::saving_line(result.saving));

  if (!result.left_out.empty()) {
    view.note(fmt::format("no time to verify the best of {} operations; 'ulpforge search --resume {}' does",
                          fmt::join(result.left_out, ", "), directory.path().string()));
  }
  runs::Front front = runs::make_front(experiment, result);
  bool abandoned = false;
  if (experiment.baselines && !interrupt.requested()) {
    view.note("computing the classical baselines (outside --time; --no-baselines skips them)");
    const auto found = compute_baselines(experiment, interrupt);
    if (found) runs::add_rivals(front, *found);
    abandoned = !found;
  }
  std::vector<runs::CertificateFile> certificates;
  if (!request.no_prove && !interrupt.requested()) {
    view.note("proving the errors (--no-prove skips that)");
    certificates = runs::prove_front(front, experiment.target, [&] { return interrupt.requested(); });
  }
  const std::string json = runs::to_text(runs::to_json(front));
  try {
    directory.write("config.toml", final_config(experiment, start.command, result.progress));
    write_results(directory, front, certificates, start.command);
  } catch (const system::BadRequest& error) {
    // What the search found must not be lost with the disk.
    system::print(json);
    directory.keep();
    throw system::BadRequest(fmt::format("{}; the front is on standard output instead", error.what()));
  }
  directory.keep();
  view.end();
  if (!logged) view.note("log.jsonl is incomplete: it could not be written");
  if (request.print_result) {
    system::print(request.json
              ? json
              : fmt::format("{}\nwritten to {}: {}, front.json, programs/\n", runs::front_table(front),
                            directory.path().string(), runs::header_name(front)));
  }
  if (abandoned) std::quick_exit(system::kInterrupted);
  return interrupt.requested() ? system::kInterrupted : system::kDone;
}

/// One search for each seed, in directories of their own, and how they spread. The baselines, which
/// do not depend on the seed, are computed for the first one only. Ends at the first search that does
/// not go to its end, with what there is.
int search_seeds(const runs::SearchRequest& request) {
  const std::vector<std::uint64_t> seeds = runs::parse_seeds(request.seeds);
  const std::map<double, double> levels =
      request.reach.empty() ? std::map<double, double>{} : runs::parse_levels(request.reach);
  const std::filesystem::path base = runs::start_run(request).directory;
  int code = system::kDone;
  std::vector<runs::Run> runs;
  for (std::size_t k = 0; k < seeds.size() && code == system::kDone; ++k) {
    runs::SearchRequest one = request;
    one.flags.seed = seeds[k];
    one.out = (base / fmt::format("seed_{}", seeds[k])).string();
    one.print_result = false;
    if (k > 0) one.flags.baselines = false;
    if (!request.quiet) system::print_error(fmt::format("seed {}, {} of {}", seeds[k], k + 1, seeds.size()));
    code = search(one);
    runs.push_back(runs::read_run(one.out));
  }
  const std::vector<runs::SpreadRow> rows = runs::spread(runs, levels);
  const std::string json = runs::to_text(runs::spread_json(runs, rows));
  system::write_file(base / "spread.json", json);
  system::print(request.json ? json
                     : fmt::format("{}\nwritten to {}: seed_*/, spread.json; 'ulpforge merge {}/seed_* "
                                    "-o DIR' joins the fronts\n",
                                    runs::spread_table(runs, rows), base.string(), base.string()));
  return code;
}

}  // namespace

void add_search(CLI::App& app, const std::string& command_line, Action& action) {
  CLI::App* command = app.add_subcommand(
      "search", "Search from the empty program to a Pareto front of error against operations");
  const auto request = std::make_shared<runs::SearchRequest>();
  const auto flags = std::make_shared<runs::Options>();
  request->command_line = command_line;
  command->add_option("experiment", request->file, "Experiment file; flags override what it says")
      ->type_name("EXPERIMENT.toml");
  add_flags(*command,
            {"target", "domain", "metric", "operations", "max_operations", "seed", "threads",
             "time", "evaluations", "regime", "loosest_ulp", "schemes", "isa", "processor", "selection",
             "fitting", "mutation", "crossover", "duplicate_detection"},
            flags);
  command->add_option("--out", request->out, "Directory for the results [runs/NAME]")
      ->type_name("DIR");
  command->add_flag("--force", request->force, "Replace the run that the directory holds");
  command
      ->add_option("--resume", request->resume,
                   "Go on with the run in DIR from its last checkpoint, to the same front as if it "
                   "had never been stopped; its time and evaluations count")
      ->type_name("DIR");
  command
      ->add_option("--checkpoint-interval", request->checkpoint_interval,
                   "Seconds between checkpoints, a fourth of that after a gain [20]")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber);
  command
      ->add_option("--cache", request->cache,
                   "Keep the exact values' pieces of an f32 search in DIR, for the next search")
      ->type_name("DIR");
  command->add_flag_callback(
      "--no-baselines", [flags] { flags->baselines = false; },
      "Skip the classical approximations, which are computed after the search, outside --time");
  command->add_flag("--no-prove", request->no_prove,
                    "Skip the proofs of the front's errors, which are made after the search; in the f32 "
                    "regime no certificates");
  command->add_flag("--quiet", request->quiet, "No progress");
  command
      ->add_option("--seeds", request->seeds,
                   "A search for each of these seeds, in DIR/seed_N, and how their results spread")
      ->type_name("1..10|A,B,...")
      ->excludes("--seed")
      ->excludes("--resume");
  command
      ->add_option("--reach", request->reach,
                   "With --seeds: errors whose time to reach is told, by operation count (f32: cycles "
                   "by ULP limit) [1.25 times the best of all]")
      ->type_name("OPS:ERROR,...")
      ->needs("--seeds");
  command->footer(
      "Examples: ulpforge search experiments/exp2_real.toml --time 30\n"
      "          ulpforge search --target \"log1p(exp(x))\" --domain=-1,1 --seeds 1..5");
  const auto json = add_json(*command);
  command->callback([request, flags, json, &action] {
    request->flags = *flags;
    request->json = *json;
    action = [request] { return request->seeds.empty() ? search(*request) : search_seeds(*request); };
  });
}

}  // namespace ulpforge::cli

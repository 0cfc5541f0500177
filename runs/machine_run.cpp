// Runs of the f32 regime and of short formats.
#include "runs/machine_run.h"

#include <fmt/format.h>

#include "evo/machine_search.h"
#include "runs/checkpoint.h"
#include "runs/machine_experiment.h"
#include "runs/machine_front.h"
#include "runs/machine_proofs.h"
#include "runs/machine_timing.h"
#include "runs/progress.h"
#include "runs/reference_cache.h"
#include "runs/run_directory.h"
#include "runs/version.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"

namespace ulpforge::runs {
namespace {

std::string log_line(const evo::MachineProgress& progress) {
  Json front = Json::array();
  for (const auto& [cost, error] : progress.front) {
    front.push_back({{"cycles", cost}, {"max_ulp", error}});
  }
  return Json{{"seconds", progress.seconds},
              {"children", progress.children},
              {"duplicates", progress.duplicates},
              {"fits", progress.fits},
              {"compiled", progress.compiled},
              {"scans", progress.scans},
              {"front", front}}
      .dump();
}

std::string state_text(const evo::MachineProgress& progress, double limit) {
  return fmt::format(
      "{:.0f} s{}, {} programs ({} duplicates), {} fits, {} compiled, {} measured at every float",
      progress.seconds, std::isfinite(limit) ? fmt::format(" of {:.0f}", limit) : "",
      progress.children, progress.duplicates, progress.fits, progress.compiled, progress.scans);
}

/// "cycles:ULP", for each program of the front.
std::string front_text(const evo::MachineProgress& progress) {
  std::string text;
  for (const auto& [cost, error] : progress.front) {
    text += fmt::format("{}{:.3f}:{:.3g}", text.empty() ? "" : " ", cost, error);
  }
  return text;
}

std::string final_config(MachineExperiment went, const std::string& command,
                         const evo::MachineResult& result) {
  const evo::MachineProgress& progress = result.progress;
  const bool had_clock = std::isfinite(went.search.seconds);
  const std::string heading = settle_budget(command, progress.children, progress.seconds,
                                            went.search.children, went.search.seconds);
  if (had_clock && std::isinf(went.search.seconds)) went.search.course = result.course;
  return heading + to_toml(went);
}

MachineFront make_front(const MachineExperiment& experiment, const evo::MachineResult& result,
                        const std::string& command, bool proven) {
  MachineFront front;
  front.version = kVersion;
  front.target = experiment.what;
  front.expression = experiment.expression;
  if (experiment.values) front.format = regime_name(experiment);
  front.results = experiment.results;
  front.domain = domain_text(experiment);
  front.isa = jit::name(experiment.search.isa);
  front.processor = jit::name(experiment.search.processor);
  front.cost_model = experiment.search.cost_model;
  front.seed = experiment.search.seed;
  front.evaluations = result.progress.children;
  front.seconds = result.progress.seconds;
  front.command = command;
  front.exact = experiment.search.exact;
  front.constraints = experiment.search.constraints;
  for (const evo::MachineProgram& found : result.front) {
    front.programs.push_back(scored_entry(found.scheme, found.program, found.score, found.cost));
    front.programs.back().proven = proven;
  }
  name_programs(front);
  if (experiment.accuracy) {
    front.accuracy = experiment.accuracy->text;
    front.accuracy_ulp = experiment.search.accuracy;
    if (result.wanted) front.wanted = front.programs[*result.wanted].name;
  }
  return front;
}

SharedReference make_reference(const MachineExperiment& experiment, const std::string& cache,
                               ProgressView& view) {
  if (cache.empty()) {
    return SharedReference(new targets::FloatReference(
        proof::float_reference(experiment.expression, experiment.domain, experiment.results)));
  }
  return SharedReference(new targets::FloatReference(
      cached_reference(experiment.target, proof::float_ranges(experiment.domain), cache,
                       [&](const std::string& note) { view.note(note); })
          .with_results(targets::result_format(experiment.results))));
}

}  // namespace

int run_machine_search(const RunStart& start, const SearchRequest& request,
                       SharedReference* shared) {
  const MachineExperiment experiment = make_machine_experiment(start.options);
  ProgressView view(request.quiet, experiment.search.seconds);
  const system::Interrupt interrupt([&view] {
    view.note(
        "stopping; what was measured at every float will be written (once more to abort at once)");
  });
  RunDirectory directory = open_directory(start, request.force);
  if (!start.resumed) directory.write("config.toml", to_toml(experiment));
  CheckpointWriter save(directory, view, first_checkpoint(start, to_toml(experiment)));

  SharedReference own;
  SharedReference& held = shared == nullptr ? own : *shared;
  if (!held && !experiment.values) held = make_reference(experiment, request.cache, view);
  bool logged = true;
  const auto show = [&](const evo::MachineProgress& progress) {
    logged = directory.log(log_line(progress)) && logged;
    view.show(progress.seconds, state_text(progress, experiment.search.seconds),
              front_text(progress));
  };
  const auto search_over = [&](const auto& numbers) {
    return evo::machine_search(numbers, experiment.schemes, experiment.search, show,
                               interrupt.token(),
                               {start.state, std::ref(save), request.checkpoint_interval});
  };
  const evo::MachineResult result =
      experiment.values ? search_over(*experiment.values) : search_over(*held);
  logged = directory.log(log_line(result.progress)) && logged;
  view.note(saving_line(result.saving));

  const bool proves = !request.no_prove;
  MachineFront front = make_front(experiment, result, start.command, proves);
  if (!interrupt.requested()) {
    view.note("timing the front");
    time_programs(front, experiment.search.isa);
  }
  const std::string json = to_text(to_json(front));
  write_results(directory, json, [&] {
    directory.write("config.toml", final_config(experiment, start.command, result));
    directory.remove_results();
    for (const MachineFrontEntry& entry : front.programs) {
      directory.write(std::filesystem::path("programs") / (entry.name + ".txt"),
                      program_text(front, entry));
    }
    if (proves) {
      // The scan of every input that verified a program is the proof; `ulpforge check` repeats it.
      const proof::ReferenceFacts facts =
          experiment.values ? proof::ReferenceFacts() : proof::facts_of(*held);
      for (std::size_t k = 0; k < front.programs.size(); ++k) {
        directory.write(certificate_name(front.programs[k].name),
                        proof::to_text(certificate_of(front, front.programs[k].program,
                                                      {result.front[k].score, facts})));
      }
    }
    // Last: a front.json says that the run is complete.
    directory.write("front.json", json);
  });
  view.end();
  if (!logged) view.note("log.jsonl is incomplete: it could not be written");
  if (request.print_result) {
    system::print(request.json ? json : front_table(front) + how_to_emit(directory));
  }
  if (interrupt.requested()) return system::kInterrupted;
  const bool found = !front.programs.empty() && (front.accuracy_ulp == 0 || !front.wanted.empty());
  return found ? system::kDone : system::kCheckFailed;
}

}  // namespace ulpforge::runs

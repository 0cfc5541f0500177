// Runs over real numbers.
#include "runs/real_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <mutex>

#include "runs/classical.h"
#include "runs/emission.h"
#include "runs/front.h"
#include "runs/progress.h"
#include "runs/proofs.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"
#include "targets/infinite_domain.h"

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

std::string final_config(Experiment went, const std::string& command, const evo::Progress& progress,
                         bool classical_complete) {
  std::string heading = settle_budget(command, progress.evaluations, progress.seconds,
                                      went.search.evaluations, went.search.seconds);
  if (!classical_complete) {
    heading +=
        "# Time left some of the classical programs uncomputed; a repetition begins with all.\n";
  }
  return heading + to_toml(went);
}

/// Shares of the time limit: when no more classical programs are made, when none is verified any
/// more, and what is kept for the proofs.
constexpr double kClassicalShare = 0.4;
constexpr double kClassicalLimit = 0.5;
constexpr double kProofShare = 0.1;

/// Seconds since the run began or was resumed.
class Clock {
 public:
  double seconds() const { return std::chrono::duration<double>(Now::now() - start_).count(); }

 private:
  using Now = std::chrono::steady_clock;
  Now::time_point start_ = Now::now();
};

/// The classical programs that the search begins with, or is compared with.
ClassicalPrograms compute_classical(const Experiment& experiment, const Clock& clock,
                                    const system::Interrupt& interrupt, ProgressView& view) {
  const double limit = experiment.search.seconds;
  std::mutex reporting;
  const auto passed = [&](double share) {
    if (std::unique_lock lock(reporting, std::try_to_lock); lock.owns_lock()) {
      view.show_phase(clock.seconds(), "computing the classical approximations");
    }
    return interrupt.requested() || clock.seconds() > share * limit;
  };
  return classical_programs(
      experiment.target, experiment.search,
      {[&] { return passed(kClassicalShare); }, [&] { return passed(kClassicalLimit); }});
}

void write_front(RunDirectory& directory, const Front& front,
                 const std::vector<CertificateFile>& certificates, const std::string& command) {
  directory.remove_results();
  directory.write(source_name(front), source_text(front, command));
  for (const FrontEntry& entry : front.programs) {
    directory.write(std::filesystem::path("programs") / fmt::format("{}.txt", entry.label()),
                    program_text(front, entry));
  }
  for (const CertificateFile& file : certificates) directory.write(file.name, file.text);
  // Last: a front.json says that the run is complete.
  directory.write("front.json", to_text(to_json(front)));
}

}  // namespace

int run_real_search(const RunStart& start, const SearchRequest& request) {
  const Clock clock;
  const Experiment experiment = read_experiment(request, start.options);
  ProgressView view(request.quiet, experiment.search.seconds);
  const system::Interrupt interrupt(
      [&view] { view.note("stopping; the front will be written (once more to abort at once)"); });
  RunDirectory directory = open_directory(start, request.force);
  if (!start.resumed) directory.write("config.toml", to_toml(experiment));
  CheckpointWriter save(directory, view, first_checkpoint(start, to_toml(experiment)));

  evo::Provisions provisions;
  provisions.on_phase = [&](double seconds, const std::string& what) {
    view.show_phase(seconds, what);
  };
  // A run that goes on has them in its state.
  ClassicalPrograms classical;
  const bool search_from_them = !experiment.from_nothing;
  if (experiment.baselines && (start.state.empty() || !search_from_them)) {
    classical = compute_classical(experiment, clock, interrupt, view);
    if (search_from_them) provisions.known = classical.programs;
  }
  provisions.seconds_used = clock.seconds();
  if (!request.no_prove) provisions.seconds_kept = kProofShare * experiment.search.seconds;

  const targets::Target inner = targets::bounded(experiment.target);
  const evo::Constraints& constraints = experiment.search.constraints;
  if (constraints.monotone) {
    provisions.accept = [&, direction = proof::monotonicity_of(experiment.target).direction](
                            const ir::Program& program) {
      return proof::prove_monotone(proof::as_emitted(program), inner.domain, direction,
                                   [&] { return interrupt.requested(); })
          .proven;
    };
  }
  if (!request.no_prove && experiment.accuracy) {
    provisions.is_proven = [&](const ir::Program& program) {
      const Proof proof =
          prove_program(program, inner, {.stop = [&] { return interrupt.requested(); }});
      return proof.bound.proven && proof.bound.bound <= experiment.accuracy->error;
    };
  }

  bool logged = true;
  const evo::SearchResult result = evo::search(
      experiment.target, experiment.search,
      [&](const evo::Progress& progress) {
        logged = directory.log(log_line(progress)) && logged;
        view.show(progress);
      },
      interrupt.token(), {start.state, std::ref(save), request.checkpoint_interval}, provisions);
  logged = directory.log(log_line(result.progress)) && logged;
  view.show(result.progress);
  if (result.saving.states > 0) view.note(saving_line(result.saving));

  if (interrupt.requested() && result.front.empty() && result.saving.states == 0) {
    view.note("stopped before the search began; nothing was written");
    return system::kInterrupted;
  }
  if (!result.left_out.empty()) {
    view.note(fmt::format(
        "no time to verify the best of {} operations; 'ulpforge search --resume {}' does",
        fmt::join(result.left_out, ", "), directory.path().string()));
  }
  Front front = make_front(experiment, result);
  add_rivals(front,
             search_from_them ? result.known
                              : on_whole_domain(satisfying(std::move(classical.programs), inner,
                                                           constraints, provisions.accept),
                                                experiment.target),
             experiment.search.costs);
  std::vector<CertificateFile> certificates;
  if (!request.no_prove && !interrupt.requested()) {
    std::mutex reporting;
    // The proofs' share of the time, and what the search left of its own.
    const double earlier = result.progress.seconds - clock.seconds();
    certificates = prove_front(front, experiment.target, [&] {
      if (const std::unique_lock lock(reporting, std::try_to_lock); lock.owns_lock()) {
        view.show_phase(earlier + clock.seconds(), "proving the errors (--no-prove skips that)");
      }
      return interrupt.requested() || earlier + clock.seconds() > experiment.search.seconds;
    });
  }
  const std::string json = to_text(to_json(front));
  write_results(directory, json, [&] {
    directory.write("config.toml",
                    final_config(experiment, start.command, result.progress, classical.complete));
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
  if (interrupt.requested()) return system::kInterrupted;
  const bool found = !front.programs.empty() && (!front.accuracy || !front.wanted.empty());
  return found ? system::kDone : system::kCheckFailed;
}

}  // namespace ulpforge::runs

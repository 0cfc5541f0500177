// From a pair experiment to a run directory.
#include "runs/pair_run.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "evo/pairs/known_pairs.h"
#include "evo/pairs/pair_program.h"
#include "ir/text.h"
#include "parallel/parallel.h"
#include "runs/pair_experiment.h"
#include "runs/pair_front.h"
#include "runs/progress.h"
#include "runs/run_directory.h"
#include "runs/version.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"

namespace ulpforge::runs {
namespace {

namespace pairs = evo::pairs;

/// "operations:error" for each program of the front.
std::string front_text(const pairs::PairProgress& progress) {
  std::string text;
  for (const pairs::PairCandidate& candidate : progress.front) {
    text += fmt::format("{}{}:{:.4g}", text.empty() ? "" : " ", candidate.program.code.size(),
                        candidate.merit.error);
  }
  return text;
}

std::string log_line(const pairs::PairProgress& progress) {
  Json front = Json::array();
  for (const pairs::PairCandidate& candidate : progress.front) {
    front.push_back(
        {{"operations", candidate.program.code.size()}, {"error", candidate.merit.error}});
  }
  return Json{
      {"seconds", progress.seconds}, {"evaluations", progress.evaluations}, {"front", front}}
      .dump();
}

/// A program at one x and every y.
targets::PairRoutine routine_of(const ir::Program& contracted, const numbers::ShortFormat& format) {
  return [&contracted, &format](std::uint32_t x, std::span<std::uint32_t> z) {
    pairs::PairLanes lanes;
    lanes.load(contracted);
    pairs::PairLanes::Row xs, ys;
    xs.fill(static_cast<std::int32_t>(x));
    const std::uint32_t mask = format.inputs() - 1;
    for (std::size_t first = 0; first < z.size(); first += pairs::kPairLanes) {
      const std::size_t count = std::min(pairs::kPairLanes, z.size() - first);
      for (std::size_t j = 0; j < pairs::kPairLanes; ++j) {
        ys[j] = static_cast<std::int32_t>(first + j);
      }
      const pairs::PairLanes::Row& results = lanes.run(xs, ys);
      for (std::size_t j = 0; j < count; ++j) {
        z[first + j] = static_cast<std::uint32_t>(results[j]) & mask;
      }
    }
  };
}

struct Measured {
  std::vector<ir::Program> programs;  ///< contracted
  std::optional<std::vector<targets::PairFigures>> figures;
};

Measured measure(std::vector<ir::Program> programs, const PairExperiment& experiment,
                 const targets::PairFunction& function, std::stop_token stop,
                 const std::function<void(double)>& progress) {
  Measured measured{std::move(programs), {}};
  std::vector<targets::PairRoutine> routines;
  routines.reserve(measured.programs.size());
  for (const ir::Program& program : measured.programs) {
    routines.push_back(routine_of(program, experiment.format));
  }
  measured.figures = parallel::with_threads(experiment.search.threads, [&] {
    return targets::figures_at_every_pair(function, routines, stop, progress);
  });
  return measured;
}

PairEntry entry_of(const ir::Program& contracted, const targets::PairFigures& figures) {
  return {"", pairs::expanded(contracted), contracted.code.size(), figures};
}

/// Of each length the best program by its figures at every pair, as long as it is better than all
/// shorter ones.
std::vector<PairEntry> front_entries(const Measured& found, std::size_t begin,
                                     const PairFront& front) {
  std::vector<PairEntry> entries;
  for (std::size_t k = begin; k < found.programs.size(); ++k) {
    PairEntry entry = entry_of(found.programs[k], (*found.figures)[k]);
    if (!is_sound(entry.figures, front.set)) continue;
    // They come by ascending length.
    if (!entries.empty() && front.error(entry) >= front.error(entries.back())) continue;
    if (!entries.empty() && entries.back().operations == entry.operations) entries.pop_back();
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

int run_pair_search(const RunStart& start, const SearchRequest& request) {
  if (start.resumed) {
    throw system::BadRequest("a search over two arguments keeps no checkpoints; begin it again");
  }
  PairExperiment experiment = make_pair_experiment(start.options);
  ProgressView view(request.quiet, experiment.search.seconds);
  const system::Interrupt interrupt([&view] {
    view.note(
        "stopping; what was found will be measured at every pair (once more to abort at once)");
  });
  RunDirectory directory = open_directory(start, request.force);
  directory.write("config.toml", to_toml(experiment));
  const targets::PairFunction function(experiment.target, experiment.format, experiment.set);
  const pairs::PairSample sample = parallel::with_threads(
      experiment.search.threads, [&] { return pairs::PairSample(function, experiment.goal); });
  if (sample.size() == 0) {
    throw std::invalid_argument(fmt::format("no pair of {} is one of the {} pairs of {}",
                                            experiment.format.name(), targets::name(experiment.set),
                                            experiment.expression));
  }
  std::vector<pairs::KnownPair> known = pairs::known_pairs(experiment.target, experiment.format);
  std::vector<ir::Program> programs;
  programs.reserve(known.size());
  for (const pairs::KnownPair& one : known) {
    programs.push_back(pairs::contracted(ir::parse(one.text)));
  }
  bool logged = true;
  const auto show = [&](const pairs::PairProgress& progress) {
    logged = directory.log(log_line(progress)) && logged;
    view.show(
        progress.seconds,
        fmt::format("{:.0f} s{}, {} programs at {}{} pairs", progress.seconds,
                    std::isfinite(experiment.search.seconds)
                        ? fmt::format(" of {:.0f}", experiment.search.seconds)
                        : "",
                    progress.evaluations, sample.is_every_pair() ? "all " : "", sample.size()),
        front_text(progress));
  };
  const pairs::PairSearchResult result =
      pairs::search_pairs(sample, experiment.known ? programs : std::vector<ir::Program>{},
                          experiment.search, show, interrupt.token());
  const std::size_t begin = programs.size();
  // Of each length the best; where the sample is not every pair, the second best stands in for it
  // if some pair shows it to be wrong.
  pairs::PairMerit best;
  best.wrong = 1;
  for (const auto& candidates : result.by_length) {
    const std::size_t count = sample.is_every_pair() ? 1 : 2;
    const pairs::PairMerit shorter = best;
    for (std::size_t k = 0; k < std::min(count, candidates.size()); ++k) {
      if (!candidates[k].merit.better_than(shorter)) break;
      programs.push_back(candidates[k].program);
      if (k == 0) best = candidates[k].merit;
    }
  }
  const Measured measured =
      measure(std::move(programs), experiment, function, {}, [&](double share) {
        view.show_phase(result.progress.seconds,
                        fmt::format("measuring at every pair: {:.0f} %", 100 * share));
      });
  PairFront front;
  front.version = kVersion;
  front.target = experiment.what;
  front.expression = experiment.expression;
  front.format = experiment.format.name();
  front.set = experiment.set;
  front.metric = experiment.goal.metric;
  front.objective = experiment.goal.objective;
  front.seed = experiment.search.seed;
  front.evaluations = result.progress.evaluations;
  front.seconds = result.progress.seconds;
  front.command = start.command;
  for (std::size_t k = 0; k < begin; ++k) {
    front.known.push_back(entry_of(measured.programs[k], (*measured.figures)[k]));
    front.known.back().name = known[k].name;
  }
  front.programs = front_entries(measured, begin, front);
  name_programs(front);
  const std::string json = to_text(to_json(front));
  write_results(directory, json, [&] {
    const std::string heading =
        settle_budget(start.command, result.progress.evaluations, result.progress.seconds,
                      experiment.search.evaluations, experiment.search.seconds);
    directory.write("config.toml", heading + to_toml(experiment));
    directory.remove_results();
    for (const PairEntry& entry : front.programs) {
      directory.write(std::filesystem::path("programs") / (entry.name + ".txt"),
                      program_text(front, entry));
    }
    directory.write("front.json", json);
  });
  view.end();
  if (!logged) view.note("log.jsonl is incomplete: it could not be written");
  if (request.print_result) {
    system::print(request.json ? json : front_table(front) + how_to_emit(directory));
  }
  if (interrupt.requested()) return system::kInterrupted;
  return front.programs.empty() ? system::kCheckFailed : system::kDone;
}

}  // namespace ulpforge::runs

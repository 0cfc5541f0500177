// One search, or one for each of several seeds.
#include "runs/search.h"

#include <fmt/format.h>

#include <sstream>

#include "runs/form_search.h"
#include "runs/form_set.h"
#include "runs/machine_run.h"
#include "runs/pair_experiment.h"
#include "runs/pair_run.h"
#include "runs/real_run.h"
#include "runs/seed_set.h"
#include "runs/shelving.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

int search_once(const SearchRequest& request) {
  const RunStart start = start_run(request);
  if (asks_for_pairs(start.options)) return run_pair_search(start, request);
  return regime_of(start.options) == Regime::Real ? run_real_search(start, request)
                                                  : run_machine_search(start, request);
}

/// One search for each seed, in directories of their own, and how they spread. Baselines that are
/// only compared with, and do not depend on the seed, are computed for the first one alone. Ends at
/// the first search that does not go to its end, with what there is.
int search_each_seed(const SearchRequest& request) {
  const std::vector<std::uint64_t> seeds = parse_seeds(request.seeds);
  const std::map<double, double> levels =
      request.reach.empty() ? std::map<double, double>{} : parse_levels(request.reach);
  const RunStart start = start_run(request);
  const std::filesystem::path base = start.directory;
  const bool from_nothing = start.options.from_nothing.value_or(false);
  int code = system::kDone;
  std::vector<Run> runs;
  for (std::size_t k = 0; k < seeds.size() && code <= system::kCheckFailed; ++k) {
    SearchRequest one = request;
    one.flags.seed = seeds[k];
    one.out = (base / fmt::format("seed_{}", seeds[k])).string();
    one.print_result = false;
    if (k > 0 && from_nothing) one.flags.baselines = false;
    if (!request.quiet)
      system::print_error(fmt::format("seed {}, {} of {}", seeds[k], k + 1, seeds.size()));
    code = std::max(code, search_once(one));
    runs.push_back(read_run(one.out));
  }
  const std::vector<SpreadRow> rows = spread(runs, levels);
  const std::string json = to_text(spread_json(runs, rows));
  system::write_file(base / "spread.json", json);
  system::print(
      request.json
          ? json
          : fmt::format("{}\nwritten to {}: seed_*/, spread.json; 'ulpforge merge {}/seed_* "
                        "-o DIR' joins the fronts\n",
                        spread_table(runs, rows), base.string(), base.string()));
  return code;
}

/// What the clock decided in one search says nothing about others.
void refuse_course_of_one(const SearchRequest& request) {
  const bool is_set = !request.seeds.empty() || !request.forms.empty();
  if (!is_set || !start_run(request).options.course) return;
  throw system::BadRequest(
      fmt::format("{}: a course is that of one search; leave --course (or course in {}) out, and "
                  "give --time or "
                  "--evaluations",
                  request.seeds.empty() ? "--forms" : "--seeds",
                  request.file.empty() ? "the experiment" : request.file));
}

int search_as_asked(const SearchRequest& request) {
  refuse_course_of_one(request);
  if (!request.forms.empty() || (!request.resume.empty() && holds_form_set(request.resume))) {
    return search_each_form(request);
  }
  return request.seeds.empty() ? search_once(request) : search_each_seed(request);
}

/// Where the results will be: a directory, or one for each seed.
std::vector<std::filesystem::path> results_of(const SearchRequest& request) {
  const std::filesystem::path base =
      request.resume.empty() ? start_run(request).directory : std::filesystem::path(request.resume);
  if (request.seeds.empty()) return {base};
  std::vector<std::filesystem::path> all;
  for (const std::uint64_t seed : parse_seeds(request.seeds)) {
    all.push_back(base / fmt::format("seed_{}", seed));
  }
  return all;
}

/// Refuses what searches over two arguments have not.
void refuse_for_pairs(const SearchRequest& request) {
  if (!request.resume.empty() || !asks_for_pairs(start_run(request).options)) return;
  for (const auto& [value, flag] : {std::pair{&request.seeds, "--seeds"},
                                    {&request.forms, "--forms"},
                                    {&request.add_to, "--add-to"},
                                    {&request.cache, "--cache"}}) {
    if (value->empty()) continue;
    throw system::BadRequest(
        fmt::format("{} is not for searches over two arguments; leave it out", flag));
  }
}

/// Refuses, before the search, what could not be put on the shelf after it.
void demand_shelvable(const SearchRequest& request) {
  open_shelf(request.add_to);
  if (request.no_prove) {
    throw system::BadRequest("--add-to: a shelf takes proven programs; leave --no-prove out");
  }
  if (!request.resume.empty()) return;
  const Options options = start_run(request).options;
  if (regime_of(options) == Regime::Real || options.domain) {
    throw system::BadRequest(
        "--add-to: a shelf takes functions of every number of a format; give --regime f32 (or "
        "bf16 and the like) and no --domain");
  }
}

}  // namespace

int search(const SearchRequest& request) {
  refuse_for_pairs(request);
  if (request.add_to.empty()) return search_as_asked(request);
  demand_shelvable(request);
  const std::vector<std::filesystem::path> results = results_of(request);
  const int code = search_as_asked(request);
  if (code == system::kInterrupted) return code;
  const std::string text = add_to_shelf(request.add_to, results);
  // Standard output has JSON alone, where that is asked for.
  if (request.json) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) system::print_error(line);
  } else {
    system::print(text);
  }
  return code;
}

}  // namespace ulpforge::runs

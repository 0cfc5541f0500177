// ulpforge ablate: what each part of the search is worth, by searches without it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "evo/search.h"
#include "runs/config.h"
#include "runs/front.h"

namespace ulpforge::runs {

/// One variant of the search, and what its runs reached.
struct Ablation {
  std::string name;
  Options options;
  std::map<int, std::vector<double>> errors;  ///< by operation count, one for each finished seed
  std::vector<double> seconds;
};

struct AblationPlan {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 1;
  std::vector<Ablation> ablations;
};

/// The file: settings of all searches, `seeds`, and a table [[ablation]] for each variant, whose
/// `name` stands in the result and whose other keys override. Throws BadRequest.
AblationPlan read_plan(const std::filesystem::path& file);

/// What is told while the searches run.
struct AblationWatch {
  std::function<void(const std::string& line)> begins;  ///< a search
  std::function<void(const evo::Progress&)> progress;
  std::function<void()> ended;  ///< a search, whose errors the plan has now
};

/// Runs the searches of the plan, all variants of a seed before the next seed, so that what a stop
/// leaves can be compared.
void run_ablations(AblationPlan& plan, const AblationWatch& watch, const std::stop_token& stop);

/// Medians over the seeds.
std::string ablation_table(const AblationPlan& plan);
Json to_json(const AblationPlan& plan);

}  // namespace ulpforge::runs

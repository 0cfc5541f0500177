// Histories: only what improved is kept, so that the log of a long run costs time and not memory.
#include "runs/history.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace ulpforge::runs {
namespace {

using nlohmann::json;

void note(std::vector<Improvement>& improvements, double seconds, double value) {
  if (improvements.empty() || value < improvements.back().value) {
    improvements.push_back({seconds, value});
  }
}

void take(History& history, const json& line) {
  const double seconds = line.at("seconds").get<double>();
  history.seconds = std::max(history.seconds, seconds);
  if (const auto errors = line.find("best_error"); errors != line.end()) {
    for (const auto& [operations, error] : errors->items()) {
      note(history.best[std::stod(operations)], seconds, error.get<double>());
    }
  }
  if (const auto front = line.find("front"); front != line.end()) {
    for (const double limit : kUlpLimits) {
      for (const json& program : *front) {
        if (program.at("max_ulp").get<double>() > limit) continue;
        note(history.best[limit], seconds, program.at("cycles").get<double>());
      }
    }
  }
}

}  // namespace

History read_history(const std::filesystem::path& run_directory) {
  History history;
  std::ifstream log(run_directory / "log.jsonl");
  for (std::string text; std::getline(log, text);) {
    const json line = json::parse(text, nullptr, false);
    if (!line.is_object()) continue;
    try {
      take(history, line);
    } catch (const std::exception&) {
      continue;  // a line of another kind
    }
  }
  return history;
}

double time_to_reach(const std::vector<Improvement>& improvements, double level) {
  const auto reached = std::ranges::find_if(
      improvements, [&](const Improvement& step) { return step.value <= level; });
  return reached == improvements.end() ? std::numeric_limits<double>::infinity() : reached->seconds;
}

}  // namespace ulpforge::runs

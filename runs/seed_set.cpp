// Spreads.
#include "runs/seed_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <sstream>
#include <stdexcept>

#include "report/table.h"
#include "runs/history.h"

namespace ulpforge::runs {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostSeeds = 10'000;

template <class T>
T parse(std::string_view text, const std::string& right) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) {
    throw std::invalid_argument(fmt::format("'{}' is not a number; {}", text, right));
  }
  return value;
}

/// The lowest error with at most so many operations, the lowest cost of at most so many ULP.
double best(const Run& run, double key) {
  double found = kInfinity;
  if (const Front* front = run.real()) {
    for (const FrontEntry& entry : front->programs) {
      if (entry.weight() <= key) found = std::min(found, entry.max_error);
    }
  } else {
    for (const MachineFrontEntry& entry : run.machine()->programs) {
      if (entry.max_ulp <= key) found = std::min(found, entry.cost_throughput);
    }
  }
  return found;
}

std::set<double> keys_of(const std::vector<Run>& runs) {
  std::set<double> keys;
  for (const Run& run : runs) {
    if (const Front* front = run.real()) {
      for (const FrontEntry& entry : front->programs) keys.insert(entry.weight());
    } else {
      for (const double limit : kUlpLimits) {
        if (std::isfinite(best(run, limit))) keys.insert(limit);
      }
    }
  }
  return keys;
}

/// In a history a shorter program, or a more accurate one, serves as well.
double first_time(const History& history, double key, double level) {
  double first = kInfinity;
  for (const auto& [other, improvements] : history.best) {
    if (other <= key) first = std::min(first, time_to_reach(improvements, level));
  }
  return first;
}

std::string seconds_cell(double seconds) {
  return std::isfinite(seconds) ? fmt::format("{:.0f}", seconds) : "-";
}

std::string value_cell(double value) {
  return std::isfinite(value) ? fmt::format("{:.3g}", value) : "-";
}

Json spread_json(const Spread& spread) {
  return {{"min", number(spread.least)},
          {"median", number(spread.median)},
          {"max", number(spread.most)}};
}

}  // namespace

std::vector<std::uint64_t> parse_seeds(const std::string& text) {
  const std::string right = "give seeds as 1..10 or 3,5,8";
  std::vector<std::uint64_t> seeds;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto dots = part.find("..");
    const auto first = parse<std::uint64_t>(std::string_view(part).substr(0, dots), right);
    const auto last = dots == std::string::npos
                          ? first
                          : parse<std::uint64_t>(std::string_view(part).substr(dots + 2), right);
    if (last < first)
      throw std::invalid_argument(fmt::format("'{}' runs backwards; {}", part, right));
    if (last - first >= kMostSeeds - seeds.size()) {
      throw std::invalid_argument(fmt::format("'{}' is more than {} seeds", text, kMostSeeds));
    }
    for (std::uint64_t k = 0; k <= last - first; ++k) seeds.push_back(first + k);
  }
  if (seeds.empty()) throw std::invalid_argument("no seeds; " + right);
  if (std::set<std::uint64_t>(seeds.begin(), seeds.end()).size() != seeds.size()) {
    throw std::invalid_argument(fmt::format("'{}' names a seed twice", text));
  }
  return seeds;
}

std::map<double, double> parse_levels(const std::string& text) {
  const std::string right = "give levels as 7:5.7e-10,10:5.4e-15";
  std::map<double, double> levels;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto colon = part.find(':');
    if (colon == std::string::npos) {
      throw std::invalid_argument(fmt::format("'{}' has no colon; {}", part, right));
    }
    levels[parse<double>(std::string_view(part).substr(0, colon), right)] =
        parse<double>(std::string_view(part).substr(colon + 1), right);
  }
  if (levels.empty()) throw std::invalid_argument("no levels; " + right);
  return levels;
}

Spread spread_of(std::vector<double> values) {
  if (values.empty()) throw std::invalid_argument("the spread of nothing");
  for (double& value : values) {
    if (std::isnan(value)) value = kInfinity;
  }
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  const double median =
      values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  return {values.front(), median, values.back()};
}

std::vector<SpreadRow> spread(const std::vector<Run>& runs,
                              const std::map<double, double>& levels) {
  std::vector<History> histories;
  for (const Run& run : runs) histories.push_back(read_history(run.directory));
  std::set<double> keys = keys_of(runs);
  for (const auto& [key, level] : levels) keys.insert(key);
  std::vector<SpreadRow> rows;
  for (const double key : keys) {
    SpreadRow row;
    row.key = key;
    std::vector<double> values;
    for (const Run& run : runs) values.push_back(best(run, key));
    row.value = spread_of(values);
    const auto given = levels.find(key);
    row.level = given == levels.end() ? kNear * row.value.least : given->second;
    std::vector<double> times;
    for (std::size_t k = 0; k < runs.size(); ++k) {
      times.push_back(first_time(histories[k], key, row.level));
    }
    row.seconds = spread_of(times);
    row.reached = static_cast<std::size_t>(
        std::ranges::count_if(times, [](double time) { return std::isfinite(time); }));
    rows.push_back(row);
  }
  return rows;
}

std::string spread_table(const std::vector<Run>& runs, const std::vector<SpreadRow>& rows) {
  const bool real = runs.front().real() != nullptr;
  const std::string value = real ? "error" : "cycles";
  report::Table table({{real ? "ops" : "ULP", report::Align::Right},
                       {value + " min", report::Align::Right},
                       {"median", report::Align::Right},
                       {"max", report::Align::Right},
                       {"level", report::Align::Right},
                       {"reached", report::Align::Right},
                       {"after min", report::Align::Right},
                       {"median", report::Align::Right},
                       {"max s", report::Align::Right}});
  for (const SpreadRow& row : rows) {
    table.add({fmt::format("{:g}", row.key), value_cell(row.value.least),
               value_cell(row.value.median), value_cell(row.value.most), value_cell(row.level),
               fmt::format("{} of {}", row.reached, runs.size()), seconds_cell(row.seconds.least),
               seconds_cell(row.seconds.median), seconds_cell(row.seconds.most)});
  }
  return table.text();
}

Json spread_json(const std::vector<Run>& runs, const std::vector<SpreadRow>& rows) {
  const bool real = runs.front().real() != nullptr;
  Json json;
  json["runs"] = Json::array();
  for (const Run& run : runs) json["runs"].push_back(run.directory.string());
  json["rows"] = Json::array();
  for (const SpreadRow& row : rows) {
    json["rows"].push_back({{real ? "ops" : "ulp", row.key},
                            {real ? "max_error" : "cycles", spread_json(row.value)},
                            {"level", number(row.level)},
                            {"reached", row.reached},
                            {"seconds", spread_json(row.seconds)}});
  }
  return json;
}

}  // namespace ulpforge::runs

// Merging.
#include "runs/merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <set>
#include <type_traits>

#include "runs/emission.h"
#include "runs/proofs.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

/// Where an entry that has none so far comes from. A run that was itself merged has said so
/// already.
template <class Entry>
void set_origin(Entry& entry, const Run& run, std::uint64_t seed,
                const std::vector<NamedConfig>& configs) {
  if (entry.origin) return;
  const auto own = std::ranges::find(configs, "config.toml", &NamedConfig::name);
  entry.origin = Origin{run.directory.lexically_normal().string(), seed,
                        own == configs.end() ? "" : config_hash(own->text)};
}

template <class Found>
void demand_same(const Run& first, const Run& other, const std::string& what, const Found& expected,
                 const Found& found) {
  if (expected == found) return;
  throw system::BadRequest(fmt::format("cannot merge '{}' with '{}': {} is {}, not {}",
                                       other.directory.string(), first.directory.string(), what,
                                       found, expected));
}

/// "/=4, sqrt=6".
std::string costs_text(const std::map<std::string, double>& costs) {
  std::vector<std::string> parts;
  for (const auto& [name, cost] : costs) parts.push_back(fmt::format("{}={:g}", name, cost));
  return parts.empty() ? "1 each" : fmt::format("{}", fmt::join(parts, ", "));
}

/// "nothing", or all that programs have to satisfy.
template <class FrontType>
std::string satisfied_text(const FrontType& front) {
  const std::vector<std::string> phrases = satisfied(front);
  return phrases.empty() ? "nothing" : fmt::format("'{}'", fmt::join(phrases, "; "));
}

void demand_same_question(const Run& first, const Run& other) {
  const auto regime = [](const Run& run) {
    return run.real() != nullptr ? std::string("real") : regime_name(*run.machine());
  };
  demand_same<std::string>(first, other, "the regime", regime(first), regime(other));
  if (first.real() != nullptr) {
    const Front& a = *first.real();
    const Front& b = *other.real();
    demand_same(first, other, "the function", a.expression, b.expression);
    demand_same(first, other, "the interval", targets::to_string(a.domain),
                targets::to_string(b.domain));
    demand_same(first, other, "the metric", a.metric, b.metric);
    demand_same(first, other, "the weight", a.weight.value_or("1"), b.weight.value_or("1"));
    demand_same(first, other, "what programs satisfy", satisfied_text(a), satisfied_text(b));
    demand_same(first, other, "the cost of operations", costs_text(a.costs), costs_text(b.costs));
  } else {
    const MachineFront& a = *first.machine();
    const MachineFront& b = *other.machine();
    demand_same(first, other, "the function", a.expression, b.expression);
    demand_same(first, other, "the domain", a.domain, b.domain);
    demand_same(first, other, "what programs satisfy", satisfied_text(a), satisfied_text(b));
    demand_same(first, other, "the instruction set of the costs", a.isa, b.isa);
    demand_same(first, other, "the processor of the costs", a.processor, b.processor);
  }
}

/// An entry, and the run that has its files.
template <class Entry>
struct Candidate {
  Entry entry;
  const Run* run;
};

/// Sorted by cost, errors strictly falling.
template <class Entry, class Cost, class Error>
std::vector<Candidate<Entry>> pareto(std::vector<Candidate<Entry>> all, Cost cost, Error error) {
  std::ranges::stable_sort(all, [&](const auto& a, const auto& b) {
    return std::pair(cost(a.entry), error(a.entry)) < std::pair(cost(b.entry), error(b.entry));
  });
  std::vector<Candidate<Entry>> front;
  double lowest = std::numeric_limits<double>::infinity();
  for (auto& candidate : all) {
    if (!(error(candidate.entry) < lowest)) continue;
    lowest = error(candidate.entry);
    front.push_back(std::move(candidate));
  }
  return front;
}

template <class FrontType>
auto candidates(const std::vector<Run>& runs) {
  using Entry = typename decltype(FrontType::programs)::value_type;
  std::vector<Candidate<Entry>> all;
  for (const Run& run : runs) {
    const auto& front = std::get<FrontType>(run.front);
    const std::vector<NamedConfig> configs = configs_of(run);
    for (Entry entry : front.programs) {
      set_origin(entry, run, front.seed, configs);
      all.push_back({std::move(entry), &run});
    }
  }
  return all;
}

/// The totals of all runs, everything else the first one's.
template <class FrontType>
FrontType common(const std::vector<Run>& runs) {
  FrontType front = std::get<FrontType>(runs.front().front);
  front.programs.clear();
  // Which of the accuracy that was wanted is cheapest, a merged front does not know.
  front.accuracy = {};
  front.wanted.clear();
  if constexpr (std::is_same_v<FrontType, MachineFront>) front.accuracy_ulp = 0;
  front.evaluations = 0;
  front.seconds = 0;
  for (const Run& run : runs) {
    front.evaluations += std::get<FrontType>(run.front).evaluations;
    front.seconds += std::get<FrontType>(run.front).seconds;
  }
  return front;
}

void add_program(Merged& merged, const Run& from, const std::string& old_name,
                 const std::string& name, const std::string& text) {
  merged.files.push_back({std::filesystem::path("programs") / (name + ".txt"), text});
  const std::string certificate = certificate_text(from, old_name);
  if (certificate.empty()) return;
  merged.files.push_back({std::filesystem::path("programs") / (name + ".cert.json"), certificate});
}

void merge_real(Merged& merged, const std::vector<Run>& runs, const std::string& command_line) {
  Front front = common<Front>(runs);
  for (const Run& run : runs) {
    front.max_operations = std::max(front.max_operations, run.real()->max_operations);
    for (const std::string& op : run.real()->operations) {
      if (std::ranges::find(front.operations, op) == front.operations.end()) {
        front.operations.push_back(op);
      }
    }
  }
  const auto best = pareto(
      candidates<Front>(runs), [](const FrontEntry& entry) { return entry.weight(); },
      [](const FrontEntry& entry) { return entry.max_error; });
  // A rival is a fact about the target: what one run knows of it holds for all.
  for (const auto& [entry, run] : best) {
    front.programs.push_back(entry);
    for (const Run& other : runs) {
      for (const FrontEntry& peer : other.real()->programs) {
        if (peer.weight() == entry.weight() && peer.rival && !entry.rival) {
          front.programs.back().rival = peer.rival;
        }
      }
    }
    add_program(merged, *run, entry.label(), entry.label(), program_text(front, entry));
  }
  merged.files.push_back({source_name(front), source_text(front, command_line)});
  merged.front_json = to_text(to_json(front));
  merged.table = front_table(front);
}

void merge_machine(Merged& merged, const std::vector<Run>& runs, const std::string& command_line) {
  MachineFront front = common<MachineFront>(runs);
  front.command = command_line;
  const auto best = pareto(
      candidates<MachineFront>(runs),
      [](const MachineFrontEntry& entry) { return entry.cost_throughput; },
      [&](const MachineFrontEntry& entry) { return ranked_error(front, entry); });
  for (const auto& [entry, run] : best) front.programs.push_back(entry);
  name_programs(front);
  for (std::size_t k = 0; k < best.size(); ++k) {
    const MachineFrontEntry& entry = front.programs[k];
    add_program(merged, *best[k].run, best[k].entry.name, entry.name, program_text(front, entry));
  }
  merged.front_json = to_text(to_json(front));
  merged.table = front_table(front);
}

}  // namespace

Merged merge(const std::vector<Run>& runs, const std::string& command_line) {
  for (const Run& run : runs) demand_same_question(runs.front(), run);
  Merged merged;
  std::set<std::string> names;
  for (const Run& run : runs) {
    for (const NamedConfig& config : configs_of(run)) {
      const std::string name = config_hash(config.text) + ".toml";
      if (names.insert(name).second) {
        merged.files.push_back({std::filesystem::path("configs") / name, config.text});
      }
    }
  }
  if (runs.front().real() != nullptr) {
    merge_real(merged, runs, command_line);
  } else {
    merge_machine(merged, runs, command_line);
  }
  return merged;
}

}  // namespace ulpforge::runs

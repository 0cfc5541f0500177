// Runs to items, items to runs.
#include "runs/shelving.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "evo/kernel_breeder.h"
#include "family/selection.h"
#include "ir/canonical.h"
#include "jit/cost.h"
#include "report/table.h"
#include "runs/emission.h"
#include "runs/family_members.h"
#include "runs/machine_experiment.h"
#include "runs/machine_proofs.h"
#include "runs/toml_options.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

/// The configuration of the run that found an entry; nothing where it is not there.
std::optional<NamedConfig> config_of(const Run& run, const MachineFrontEntry& entry) {
  for (NamedConfig& config : configs_of(run)) {
    const bool own = config.name == "config.toml";
    if (entry.origin ? config_hash(config.text) == entry.origin->config : own) return config;
  }
  return std::nullopt;
}

/// The value of a setting as it stands on a command line; nothing for what it need not say.
std::optional<std::string> flag_text(const toml::node& value) {
  if (value.is_boolean()) return value.value_or(false) ? "true" : "false";
  if (const auto text = value.value<std::string>(); text && value.is_string()) return *text;
  if (const auto number = value.value<std::int64_t>(); number && value.is_integer()) {
    return fmt::to_string(*number);
  }
  if (const auto number = value.value<double>(); number && value.is_floating_point()) {
    if (std::isinf(*number)) return std::nullopt;
    return fmt::format("{}", *number);
  }
  if (const toml::array* const list = value.as_array()) {
    std::vector<std::string> parts;
    for (const toml::node& part : *list) parts.push_back(part.value_or(std::string()));
    return fmt::format("{}", fmt::join(parts, ","));
  }
  return std::nullopt;
}

std::string scheme_names(const Options& options) {
  std::vector<std::string> names;
  for (const targets::Scheme& scheme : make_machine_experiment(options).schemes) {
    if (scheme.name != evo::kWholePrograms) names.push_back(scheme.name);
  }
  return fmt::format("{}", fmt::join(names, ","));
}

proof::Provenance provenance_of(const Run& run, const MachineFrontEntry& entry) {
  const MachineFront& front = *run.machine();
  proof::Provenance found{front.version,     repeating_command(run, entry),
                          front.isa,         front.processor,
                          entry.scheme,      entry.origin ? entry.origin->seed : front.seed,
                          front.evaluations, front.seconds};
  if (const auto config = config_of(run, entry)) {
    const Options options = parse_options(config->text, config->name);
    found.evaluations = options.evaluations.value_or(found.evaluations);
  }
  return found;
}

/// The processor that a shelf is for which begins with these runs.
jit::Processor processor_of(const std::vector<Run>& runs) {
  const MachineFront* const front = runs.front().machine();
  const auto processor = front == nullptr ? std::nullopt : jit::find_processor(front->processor);
  return processor.value_or(jit::host_processor());
}

Run run_of(const shelf::Item& item, const fs::path& directory) {
  const proof::ExhaustiveCertificate& certificate = item.certificate;
  const proof::Provenance& found = *certificate.found_by;
  const fs::path place = shelf::place_of(item);
  const auto isa = jit::find_isa(found.form).value_or(item.forms.front());
  const auto processor = jit::processor_with(
      isa, jit::find_processor(found.processor).value_or(jit::host_processor()));
  MachineFrontEntry entry =
      scored_entry(found.scheme, certificate.program, certificate.run.score,
                   jit::model_cost(ir::canonical(certificate.program), isa, processor));
  entry.name = item_name(item);
  entry.proven = true;
  entry.certificate = place.filename().string() + ".cert.json";
  MachineFront front;
  front.version = found.version;
  front.target = item.function;
  front.format = certificate.format;
  if (!front.format.empty()) front.target.resize(front.target.size() - front.format.size() - 1);
  front.expression = certificate.expression;
  front.domain = "all";
  front.isa = jit::name(isa);
  front.processor = found.processor;
  front.seed = found.seed;
  front.evaluations = found.evaluations;
  front.seconds = found.seconds;
  front.command = found.command;
  front.programs.push_back(std::move(entry));
  return {(directory / place).parent_path(), "", std::move(front), "the shelf's " + place.string()};
}

}  // namespace

std::string item_name(const shelf::Item& item) {
  return family::member_name(item.function, item.certificate.format, *item.tier);
}

std::string repeating_command(const Run& run, const MachineFrontEntry& entry) {
  const auto config = config_of(run, entry);
  if (!config) return without_directories(run.machine()->command);
  const toml::table table = parse_toml(config->text, config->name);
  std::vector<std::string> words = {"ulpforge", "search"};
  const auto flag = [&](std::string_view name, const std::string& value) {
    std::string dashes(name);
    std::ranges::replace(dashes, '_', '-');
    words.push_back(fmt::format("--{}={}", dashes, value));
  };
  for (const Key& key : keys()) {
    if (key.name == "threads") continue;  // the result does not depend on them
    const toml::node* const value = table.get(key.name);
    if (value == nullptr) continue;
    if (const auto text = flag_text(*value)) flag(key.name, *text);
  }
  if (!table.contains("schemes")) {
    flag("schemes", scheme_names(parse_options(config->text, config->name)));
  }
  return quote(words);
}

Shelved shelved(const Run& run, jit::Processor processor) {
  const MachineFront* const front = run.machine();
  if (front == nullptr) {
    throw system::BadRequest(
        fmt::format("'{}' is a run over real numbers; a shelf takes runs with regime = \"f32\"",
                    run.directory.string()));
  }
  Shelved out;
  for (const MachineFrontEntry& entry : front->programs) {
    const auto text = find_certificate(run.directory, *front, entry);
    if (!text) {
      out.left_out.push_back(fmt::format("{}: it has no certificate; 'ulpforge prove {}' makes one",
                                         entry.name, run.directory.string()));
      continue;
    }
    auto certificate =
        std::get<proof::ExhaustiveCertificate>(proof::parse_certificate(*text, entry.name));
    if (!certificate.found_by) certificate.found_by = provenance_of(run, entry);
    const std::string function = shelf::name_in_format(function_name(*front), front->format);
    if (const auto reason = shelf::reason_against(function, certificate)) {
      out.left_out.push_back(fmt::format("{}: {}", entry.name, *reason));
      continue;
    }
    out.items.push_back(shelf::make_item(function, std::move(certificate), processor));
  }
  return out;
}

std::vector<Run> runs_of_shelf(const fs::path& directory) {
  std::vector<Run> runs;
  for (const shelf::Item& item : shelf::read_shelf(directory).items) {
    runs.push_back(run_of(item, directory));
  }
  return runs;
}

std::optional<shelf::Shelf> open_shelf(const fs::path& directory) {
  std::error_code ignored;
  if (shelf::holds_shelf(directory)) return shelf::read_shelf(directory);
  const bool is_free = !fs::exists(directory, ignored) ||
                       (fs::is_directory(directory, ignored) && fs::is_empty(directory, ignored));
  if (is_free) return std::nullopt;
  throw system::BadRequest(
      fmt::format("'{}' is neither a shelf (it has no shelf.json) nor an empty directory; give "
                  "one of these, or a name that is free",
                  directory.string()));
}

std::string add_to_shelf(const fs::path& directory, const std::vector<fs::path>& sources) {
  const std::optional<shelf::Shelf> there = open_shelf(directory);
  std::vector<Run> runs;
  for (const fs::path& path : sources) std::ranges::move(read_runs(path), std::back_inserter(runs));
  if (runs.empty()) return "nothing to put on the shelf\n";
  shelf::Shelf shelf = there.value_or(shelf::Shelf{processor_of(runs), {}});
  std::vector<shelf::Item> items;
  std::string text;
  for (const Run& run : runs) {
    Shelved found = shelved(run, shelf.processor);
    std::ranges::move(found.items, std::back_inserter(items));
    for (const std::string& line : found.left_out) text += fmt::format("left out: {}\n", line);
  }
  std::vector<shelf::Change> changes;
  try {
    changes = shelf::add(shelf, items);
  } catch (const std::invalid_argument& error) {
    throw system::BadRequest(fmt::format("{}: {}", directory.string(), error.what()));
  }
  shelf::write_shelf(shelf, directory);
  for (const shelf::Change& change : changes) text += shelf::to_text(change) + "\n";
  return fmt::format("{}{} in {}\n", text,
                     changes.empty() ? std::string("nothing is better than what is there")
                                     : report::counted(changes.size(), "place") + " changed",
                     directory.string());
}

}  // namespace ulpforge::runs

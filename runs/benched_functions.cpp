// From a run's front, or a package's manifest, to functions that are compiled and timed.
#include "runs/benched_functions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>

#include "bench/inputs.h"
#include "bench/shared_library.h"
#include "family/manifest.h"
#include "family/tiers.h"
#include "ir/expression.h"
#include "runs/family_members.h"
#include "runs/form_set.h"
#include "runs/machine_emission.h"
#include "runs/run.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

/// Puts a subject with the others of its function.
void add(std::vector<bench::FunctionRequest>& functions, bench::FunctionRequest function,
         bench::Subject subject) {
  auto place = std::ranges::find(functions, function.function, &bench::FunctionRequest::function);
  if (place == functions.end()) place = functions.insert(functions.end(), std::move(function));
  place->subjects.push_back(std::move(subject));
}

/// The error that the loosest of the tiers allows.
std::optional<double> allowed_by(const std::vector<std::string>& suffixes) {
  std::optional<double> allowed;
  for (const std::string& suffix : suffixes) {
    const family::Tier* const tier = family::find_tier(suffix);
    if (tier != nullptr) allowed = std::max(allowed.value_or(0), tier->max_ulp);
  }
  return allowed;
}

/// That of the tightest tier that such errors keep.
std::optional<double> allowed_by_tier(const MachineFrontEntry& entry) {
  for (const family::Tier& tier : family::tiers()) {
    if (family::keeps(tier, entry.max_ulp, entry.misrounded)) return tier.max_ulp;
  }
  return std::nullopt;
}

/// Puts a member of a family with the others of its function.
void add_packaged(std::vector<bench::FunctionRequest>& functions, const family::Function& f,
                  std::string header) {
  const std::string base =
      f.format.empty() ? f.function : f.function.substr(0, f.function.size() - f.format.size() - 1);
  const targets::CatalogRow* const row = targets::find_in_catalog(base);
  const std::string symbol = f.format.empty() ? f.symbol
                             : row == nullptr || row->symbol.empty()
                                 ? ""
                                 : fmt::format("{}f", row->symbol);
  add(functions,
      {.function = f.function,
       .base = base,
       .format = f.format,
       .expression = f.expression,
       .target = ir::parse_expression(f.expression),
       .symbol = bench::peer_symbol(symbol, base),
       .inputs = bench::usual_inputs(base),
       .subjects = {}},
      {.name = f.name,
       .header = std::move(header),
       .variant = f.variant
                      ? std::optional(bench::Subject::Variant{f.variant->full, f.variant->largest})
                      : std::nullopt,
       .allowed_ulp = allowed_by(f.tiers),
       .several_programs = f.programs.size() > 1});
}

/// Whether --select names it.
bool selects(const BenchedFunctions& request, const std::string& name) {
  return std::ranges::find(request.select, name) != request.select.end();
}

std::vector<bench::FunctionRequest> functions_of_run(const BenchedFunctions& request) {
  const fs::path& path = request.source;
  const Run run = read_run(path);
  const MachineFront* const front = run.machine();
  if (front == nullptr) {
    throw system::BadRequest(fmt::format(
        "'{}' is a run over real numbers; give one with regime = \"f32\"", path.string()));
  }
  if (front->format.empty()) require_float(*front, path.string(), "bench");
  if (front->domain != "all") {
    throw system::BadRequest(
        fmt::format("'{}' is for {} only; functions are compared at every float", path.string(),
                    front->domain));
  }
  if (front->programs.empty()) {
    throw system::BadRequest(fmt::format("'{}' holds no programs", path.string()));
  }
  std::vector<bench::FunctionRequest> functions;
  for (const MachineFrontEntry& entry : front->programs) {
    const std::string base = function_name(*front);
    const std::string name = front->format.empty() ? base : base + "_" + front->format;
    const bench::FunctionRequest function = {.function = name,
                                             .base = base,
                                             .format = front->format,
                                             .expression = front->expression,
                                             .target = ir::parse_expression(front->expression),
                                             .symbol = bench::peer_symbol(c_function(*front), base),
                                             .inputs = bench::usual_inputs(base),
                                             .subjects = {}};
    add(functions, function,
        {.name = entry.name,
         .header = machine_files(*front, entry, std::nullopt).front().content,
         .allowed_ulp = allowed_by_tier(entry)});
    // A variant takes seconds to make.
    const bool wanted = request.select.empty() || selects(request, name) ||
                        selects(request, entry.name) || selects(request, entry.name + "_fast");
    if (!request.fast || !wanted) continue;
    if (const auto files = fast_files(*front, entry)) {
      add(functions, function,
          {.name = files->name,
           .header = files->files.front().content,
           .variant = bench::Subject::Variant{entry.name, files->largest},
           .allowed_ulp = allowed_by_tier(entry)});
    } else {
      system::print_error(fmt::format("{0}: nothing to leave out, no {0}_fast", entry.name));
    }
  }
  return functions;
}

/// Of the runs of several forms, or of a shelf, as `emit` writes them.
std::vector<bench::FunctionRequest> functions_of_forms(const BenchedFunctions& request) {
  const std::vector<Run> runs = read_runs(request.source);
  const FamilySource source = family_source(runs, each_form(), jit::host_processor());
  family::Selection selection = select_from(source);
  std::vector<bench::FunctionRequest> functions;
  for (const family::PackagedFunction& packaged : packaged(runs, source, selection, request.fast)) {
    add_packaged(functions, packaged.function, packaged.header);
  }
  if (functions.empty()) {
    throw system::BadRequest(
        fmt::format("'{}' holds no programs for every float", request.source.string()));
  }
  return functions;
}

/// Where the sources of a package are: below an installation, or in a source package itself.
std::optional<fs::path> package_in(const fs::path& directory) {
  for (const fs::path& sources : {directory / "share/ufmath/source", directory}) {
    if (fs::exists(sources / "family.json")) return sources;
  }
  return std::nullopt;
}

std::vector<bench::FunctionRequest> functions_of_package(const fs::path& sources, bool fast) {
  const fs::path file = sources / "family.json";
  const family::Manifest manifest = family::parse_manifest(system::read_file(file), file.string());
  std::vector<bench::FunctionRequest> functions;
  if (fast && std::ranges::none_of(manifest.functions,
                                   [](const auto& f) { return f.variant.has_value(); })) {
    throw system::BadRequest(fmt::format(
        "--fast: {} has no fast variants; 'ulpforge family --fast' makes them", file.string()));
  }
  for (const family::Function& f : manifest.functions) {
    if (f.variant && !fast) continue;
    add_packaged(functions, f, system::read_file(sources / "functions" / (f.name + ".h")));
  }
  return functions;
}

}  // namespace

std::vector<bench::FunctionRequest> benched_functions(const BenchedFunctions& request) {
  const auto package = package_in(request.source);
  const bool is_set = holds_form_set(request.source) || shelf::holds_shelf(request.source);
  std::vector<bench::FunctionRequest> functions = package
                                                      ? functions_of_package(*package, request.fast)
                                                  : is_set ? functions_of_forms(request)
                                                           : functions_of_run(request);
  if (request.select.empty()) return functions;
  std::vector<std::string> names;
  for (bench::FunctionRequest& function : functions) {
    for (const bench::Subject& subject : function.subjects) names.push_back(subject.name);
    if (selects(request, function.function)) continue;
    // A fast variant and its full function go together: it is measured against that.
    std::set<std::string> kept;
    for (const bench::Subject& subject : function.subjects) {
      const std::string& full = subject.variant ? subject.variant->full : subject.name;
      if (selects(request, subject.name) || selects(request, full))
        kept.insert({subject.name, full});
    }
    std::erase_if(function.subjects,
                  [&](const bench::Subject& subject) { return !kept.contains(subject.name); });
  }
  std::erase_if(functions, [](const auto& function) { return function.subjects.empty(); });
  if (functions.empty()) {
    throw system::BadRequest(fmt::format("{} has none of {}; it has {}", request.source.string(),
                                         fmt::join(request.select, ", "), fmt::join(names, ", ")));
  }
  return functions;
}

}  // namespace ulpforge::runs

// ulpforge family: the functions of many runs as a library.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "cli/commands.h"
#include "runs/family_members.h"
#include "runs/family_package.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"

namespace ulpforge::cli {
namespace {

struct FamilyRequest {
  std::vector<std::string> runs;
  std::string isa;
  bool same_bits = false;
  std::string processor;
  runs::PackageRequest package;
  bool fast = false;
  bool json = false;
  std::string command_line;
};

std::vector<runs::Run> runs_of(const FamilyRequest& request) {
  std::vector<std::string> paths = request.runs;
  if (paths.empty()) {
    const auto shelf = shelf::usual_shelf();
    if (!shelf) {
      throw system::BadRequest(
          "no run given, and no shelf: neither functions/ here nor the one that is installed with "
          "the program");
    }
    paths.push_back(shelf->string());
  }
  std::vector<runs::Run> runs;
  for (const std::string& path : paths) {
    std::ranges::move(runs::read_runs(path), std::back_inserter(runs));
  }
  return runs;
}

/// "correctly rounded, 1 ULP, 4 ULP".
std::string tier_names() {
  std::vector<std::string_view> promises;
  for (const family::Tier& tier : family::tiers()) promises.push_back(tier.promise);
  return fmt::format("{}", fmt::join(promises, ", "));
}

/// Each form's own, or that of one program for all.
std::vector<jit::Isa> isas_of(const FamilyRequest& request, jit::Processor processor) {
  if (!request.same_bits) {
    if (!request.isa.empty()) {
      throw system::BadRequest(
          "--isa decides which program all forms have; give --same-bits with it");
    }
    return runs::each_form();
  }
  if (request.isa.empty()) return std::vector(1, jit::preferred_isa(processor));
  const auto isa = jit::find_isa(request.isa);
  if (!isa) {
    std::vector<std::string_view> known;
    for (const jit::Isa one : jit::isas()) known.push_back(jit::name(one));
    throw system::BadRequest(fmt::format("--isa: unknown instruction set '{}'; there are {}",
                                         request.isa, fmt::join(known, ", ")));
  }
  return std::vector(1, *isa);
}

jit::Processor processor_of(const FamilyRequest& request) {
  if (request.processor.empty()) return jit::host_processor();
  if (const auto processor = jit::find_processor(request.processor)) return *processor;
  throw system::BadRequest(fmt::format("--processor: unknown processor '{}'; there are {}",
                                       request.processor,
                                       fmt::join(jit::processor_names(), " and ")));
}

int make_family(const FamilyRequest& request) {
  runs::demand_room_and_tools(request.package);
  const std::vector<runs::Run> runs = runs_of(request);
  const jit::Processor processor = processor_of(request);
  const runs::FamilySource source =
      runs::family_source(runs, isas_of(request, processor), processor);
  const family::Selection selection = runs::select_from(source);
  const std::vector<family::PackagedFunction> functions =
      runs::packaged(runs, source, selection, request.fast);
  const family::Manifest manifest = runs::make_manifest(functions, selection, request.command_line);
  const std::string table = runs::family_table(source, selection, manifest);
  if (functions.empty()) {
    throw system::BadRequest(
        fmt::format("no program of these runs can be in a family:\n{}", table));
  }
  const system::Interrupt interrupt(
      [] { system::print_error("stopping; nothing will be installed"); });
  try {
    runs::make_package(
        request.package,
        family::package_files(manifest, functions, runs::family_readme(manifest, table)));
  } catch (const std::runtime_error& error) {
    if (interrupt.requested()) return system::kInterrupted;
    system::print_error(error.what());
    return system::kCheckFailed;
  }
  system::print(
      request.json
          ? runs::to_text(family::to_json(manifest))
          : fmt::format("{}\n{}{}: {}\n", table,
                        request.same_bits ? runs::cost_of_same_bits(runs, source, selection) : "",
                        request.package.out.string(),
                        request.package.sources_only ? "sources of libufmath" : "libufmath"));
  return system::kDone;
}

}  // namespace

void add_family(CLI::App& app, const std::string& command_line, Action& action) {
  CLI::App* command = app.add_subcommand(
      "family",
      fmt::format("libufmath: of each function the cheapest programs of {}, as a C and C++ library "
                  "with arrays, vector names and dispatch",
                  tier_names()));
  const auto request = std::make_shared<FamilyRequest>();
  request->command_line = command_line;
  command
      ->add_option("run", request->runs,
                   "f32 runs, also several of one function for different forms, front.json "
                   "files, or shelves [the shelf: functions/ here, or that of the program]")
      ->type_name("RUN...");
  command->add_option("-o,--out", request->package.out, "Directory to install into")
      ->required()
      ->type_name("DIR");
  command->add_flag("--sources-only", request->package.sources_only,
                    "Write the source package into DIR instead of building it");
  command->add_flag("--fast", request->fast,
                    "Also NAME_fast of each NAME, for finite, normal arguments and results");
  command->add_flag("--same-bits", request->same_bits,
                    "One program for all forms, so that results are the same everywhere, and what "
                    "that costs; else each form has its best");
  command
      ->add_option("--isa", request->isa,
                   "With --same-bits: instruction set whose modelled cycles decide between "
                   "programs [the vectors that pay on the processor]")
      ->type_name("ISA");
  command
      ->add_option("--processor", request->processor,
                   fmt::format("Whose modelled cycles: {} [the nearest to this one]",
                               fmt::join(jit::processor_names(), ", ")))
      ->type_name("NAME");
  command->add_option("--compiler", request->package.compiler, "C++ compiler [CMake's choice]")
      ->type_name("NAME");
  command
      ->add_option("--jobs", request->package.jobs, "Compilers at a time [the processor's threads]")
      ->type_name("N");
  command->add_flag("--force", request->package.force,
                    "Put the package into a directory that is not empty");
  command->add_flag("--json", request->json, "Print what the package has as JSON");
  command->footer(
      "Examples: ulpforge family -o libufmath\n"
      "          ulpforge family -o libufmath runs/exp2_f32 runs/log_f32");
  command->callback([request, &action] { action = [request] { return make_family(*request); }; });
}

}  // namespace ulpforge::cli

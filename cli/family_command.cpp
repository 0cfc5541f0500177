// ulpforge family: the functions of many runs as a library.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "cli/commands.h"
#include "system/error.h"
#include "runs/family_members.h"
#include "system/files.h"
#include "system/interrupt.h"
#include "family/installation.h"
#include "toolchain/compiler.h"
#include "system/scratch_directory.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;

struct Request {
  std::vector<std::string> runs;
  std::string out;
  std::string isa = "avx512";
  std::string processor;
  std::string compiler;
  unsigned jobs = 0;
  bool sources_only = false;
  bool fast = false;
  bool force = false;
  bool json = false;
  std::string command_line;
};

/// The f32 runs in runs/, by name.
std::vector<runs::Run> runs_here() {
  std::vector<fs::path> paths;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator("runs", none)) {
    if (fs::exists(entry.path() / "front.json")) paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<runs::Run> runs;
  for (const fs::path& path : paths) {
    runs::Run run = runs::read_run(path);
    if (run.machine() != nullptr) runs.push_back(std::move(run));
  }
  if (runs.empty()) throw system::BadRequest("no run given, and no f32 run in 'runs'");
  return runs;
}

std::vector<runs::Run> runs_of(const Request& request) {
  if (request.runs.empty()) return runs_here();
  std::vector<runs::Run> runs;
  for (const std::string& path : request.runs) runs.push_back(runs::read_run(path));
  return runs;
}

void demand_free(const fs::path& out, bool force) {
  std::error_code error;
  const fs::file_status status = fs::status(out, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) {
    throw system::BadRequest(fmt::format("'{}' is no directory; give another -o", out.string()));
  }
  if (!force && !fs::is_empty(out)) {
    throw system::BadRequest(fmt::format(
        "'{}' is not empty; give another -o, or --force to put the package into it", out.string()));
  }
}

void demand_tools(const Request& request) {
  if (!toolchain::find_compiler("cmake")) {
    throw system::BadRequest(
        "building needs 'cmake', which does not run; --sources-only writes the sources alone");
  }
  if (!request.compiler.empty() && !toolchain::find_compiler(request.compiler)) {
    throw system::BadRequest(
        fmt::format("--compiler: '{}' does not run; give a C++ compiler", request.compiler));
  }
}

jit::Isa isa_of(const Request& request) {
  const auto isa = jit::find_isa(request.isa);
  if (!isa) {
    throw system::BadRequest(fmt::format("--isa: unknown instruction set '{}'; there are generic, sse2, "
                                 "avx2, avx512",
                                 request.isa));
  }
  return *isa;
}

jit::Processor processor_of(const Request& request) {
  if (request.processor.empty()) return jit::host_processor();
  if (const auto processor = jit::find_processor(request.processor)) return *processor;
  throw system::BadRequest(fmt::format("--processor: unknown processor '{}'; there are {}",
                                       request.processor,
                                       fmt::join(jit::processor_names(), " and ")));
}

/// A directory beside `out`, so that what is made there moves to `out` in one step a file.
system::ScratchDirectory workshop_beside(const fs::path& out) {
  const fs::path parent = fs::absolute(out).lexically_normal().parent_path();
  std::error_code error;
  fs::create_directories(parent, error);
  try {
    return system::ScratchDirectory(parent);
  } catch (const std::runtime_error& failure) {
    throw system::BadRequest(failure.what());
  }
}

/// What the package has at its top, which an earlier one may have left with other functions in it.
void remove_sources(const fs::path& out) {
  if (!fs::exists(out / "family.json")) return;
  for (const char* folder : {"functions", "tests", "certificates"}) fs::remove_all(out / folder);
}

void make_package(const Request& request, const std::vector<family::File>& files) {
  const fs::path out = request.out;
  const system::ScratchDirectory workshop = workshop_beside(out);
  const fs::path source = workshop.path() / "source";
  family::write_package(files, source);
  if (request.sources_only) {
    remove_sources(out);
    family::move_into(source, out);
    return;
  }
  const fs::path prefix = workshop.path() / "prefix";
  const unsigned jobs =
      request.jobs > 0 ? request.jobs : std::max(1U, std::thread::hardware_concurrency());
  family::build_package(source, workshop.path() / "build", prefix,
                        {.cxx = request.compiler, .jobs = jobs});
  family::move_into(source, prefix / "share/ufmath/source");
  family::remove_package(out);
  family::move_into(prefix, out);
}

int make_family(const Request& request) {
  demand_free(request.out, request.force);
  if (!request.sources_only) demand_tools(request);
  const std::vector<runs::Run> runs = runs_of(request);
  const runs::FamilySource source = runs::family_source(runs, isa_of(request), processor_of(request));
  const family::Selection selection = family::select(source.candidates);
  const std::vector<family::PackagedFunction> functions = runs::packaged(runs, source, selection, request.fast);
  const family::Manifest manifest = runs::make_manifest(functions, selection, request.command_line);
  const std::string table = runs::family_table(source, selection, manifest);
  if (functions.empty()) {
    throw system::BadRequest(fmt::format("no program of these runs can be in a family:\n{}", table));
  }
  const system::Interrupt interrupt([] { system::print_error("stopping; nothing will be installed"); });
  try {
    make_package(request,
                 family::package_files(manifest, functions, runs::family_readme(manifest, table)));
  } catch (const std::runtime_error& error) {
    if (interrupt.requested()) return system::kInterrupted;
    system::print_error(error.what());
    return system::kCheckFailed;
  }
  system::print(request.json ? runs::to_text(family::to_json(manifest))
                     : fmt::format("{}\n{}: {}\n", table, request.out,
                                   request.sources_only ? "sources of libufmath" : "libufmath"));
  return system::kDone;
}

}  // namespace

void add_family(CLI::App& app, const std::string& command_line, Action& action) {
  CLI::App* command = app.add_subcommand(
      "family",
      "libufmath: of each function the cheapest programs of f32 runs that are correctly rounded, of "
      "1 and 4 ULP and of 2^-11, as a C and C++ library with arrays, vector names and dispatch");
  const auto request = std::make_shared<Request>();
  request->command_line = command_line;
  command->add_option("run", request->runs, "f32 runs or front.json files [those in runs/]")
      ->type_name("RUN...");
  command->add_option("-o,--out", request->out, "Directory to install into")
      ->required()
      ->type_name("DIR");
  command->add_flag("--sources-only", request->sources_only,
                    "Write the source package into DIR instead of building it");
  command->add_flag("--fast", request->fast,
                    "Also NAME_fast of each NAME, for finite, normal arguments and results");
  command
      ->add_option("--isa", request->isa,
                   "Instruction set whose modelled cycles decide between programs [avx512]")
      ->type_name("ISA");
  command
      ->add_option("--processor", request->processor,
                   fmt::format("Whose modelled cycles: {} [the nearest to this one]",
                               fmt::join(jit::processor_names(), ", ")))
      ->type_name("NAME");
  command->add_option("--compiler", request->compiler, "C++ compiler [CMake's choice]")
      ->type_name("NAME");
  command->add_option("--jobs", request->jobs, "Compilers at a time [the processor's threads]")
      ->type_name("N");
  command->add_flag("--force", request->force, "Put the package into a directory that is not empty");
  command->add_flag("--json", request->json, "Print what the package has as JSON");
  command->footer("Example: ulpforge family -o libufmath runs/exp2_f32 runs/log_f32");
  command->callback([request, &action] { action = [request] { return make_family(*request); }; });
}

}  // namespace ulpforge::cli

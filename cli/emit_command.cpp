// ulpforge emit: the programs of a run as source text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <vector>

#include "cli/commands.h"
#include "emit/language.h"
#include "runs/emission_request.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;

struct EmitRequest {
  std::vector<std::string> runs;
  std::string out;
  std::vector<std::string> select;
  std::string language;
  std::string name;
  bool force = false;
  bool fast = false;
  bool same_bits = false;
  std::string one_header;
  std::string command_line;
};

int emit(const EmitRequest& request) {
  const std::vector<runs::EmittedFile> files =
      runs::emitted_files({.runs = {request.runs.begin(), request.runs.end()},
                           .select = request.select,
                           .fast = request.fast,
                           .same_bits = request.same_bits,
                           .one_header = request.one_header,
                           .language = request.language,
                           .name = request.name,
                           .command_line = request.command_line});
  if (files.empty()) {
    throw system::BadRequest(fmt::format("'{}' holds no programs", request.runs.front()));
  }
  runs::write_files(request.out, files, request.force);
  std::string text;
  for (const runs::EmittedFile& file : files) {
    text += fmt::format("{}\n", (fs::path(request.out) / file.name).string());
  }
  system::print(text);
  return system::kDone;
}

}  // namespace

void add_emit(CLI::App& app, const std::string& command_line, Action& action) {
  CLI::App* command = app.add_subcommand(
      "emit",
      "The programs of a run as C++ headers, those of an f32 run with tests and benchmarks; those "
      "of a run over real numbers in other languages, too");
  const auto request = std::make_shared<EmitRequest>();
  request->command_line = command_line;
  command
      ->add_option("run", request->runs,
                   "Run directory, front.json or a shelf; of a shelf, of several f32 runs, or of "
                   "those of 'search --forms', the functions have in each form the best program")
      ->required()
      ->type_name("RUN...");
  command->add_option("-o,--out", request->out, "Directory to write to")
      ->required()
      ->type_name("DIR");
  command
      ->add_option(
          "--select", request->select,
          "Programs to emit: names of an f32 run, operation counts of a real one; of a shelf or "
          "several runs patterns, as 'exp*' or uf_expf_1u; default: all")
      ->delimiter(',')
      ->type_name("NAME,...");
  command->add_flag(
      "--fast", request->fast,
      "Of an f32 run also NAME_fast: the same function for finite, normal inputs, without "
      "the care for others");
  std::vector<std::string> languages;
  for (const emit::Language& language : emit::languages()) {
    languages.emplace_back(language.name);
  }
  command
      ->add_option(
          "--language", request->language,
          fmt::format("Of a run over real numbers: {}; default: c++", fmt::join(languages, ", ")))
      ->check(CLI::IsMember(languages))
      ->type_name("NAME");
  command
      ->add_option("--name", request->name,
                   "Of a run over real numbers: NAME_10 for the function of 10 operations, NAME "
                   "where one is selected; default: the target and the interval")
      ->type_name("NAME");
  command->add_flag("--same-bits", request->same_bits,
                    "Of several f32 runs: one program for all forms, the best for AVX-512, so that "
                    "results are the same everywhere; and what that costs");
  command
      ->add_option("--one-header", request->one_header,
                   "Of f32 functions: one header of that name with all of them, and nothing else")
      ->type_name("NAME.h");
  command->add_flag("--force", request->force, "Replace files that exist");
  command->footer(
      "Examples: ulpforge emit runs/exp2_f32 -o out --select uf_exp2f_1u\n"
      "          ulpforge emit functions --select 'exp*' -o out");
  command->callback([request, &action] {
    for (std::string& run : request->runs) run = shelf::path_or_usual_shelf(run).string();
    action = [request] { return emit(*request); };
  });
}

}  // namespace ulpforge::cli

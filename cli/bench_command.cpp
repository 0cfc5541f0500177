// ulpforge bench: emitted functions against installed ones.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

#include "bench/bench.h"
#include "bench/peers.h"
#include "bench/report.h"
#include "bench/short_table.h"
#include "bench/table.h"
#include "cli/commands.h"
#include "runs/benched_functions.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"

namespace ulpforge::cli {
namespace {

struct BenchRequest {
  std::string source;
  std::vector<std::string> against = {bench::kEveryPeer};
  std::vector<std::string> compilers;
  std::vector<std::string> flags;
  std::vector<std::string> forms;
  std::vector<std::string> select;
  std::uint64_t samples = 0;
  bool skip_accuracy = false;
  bool fast = false;
  std::string json;
  std::string svg;
};

/// Those asked for, which have to be there, or g++ and clang++-19 as far as they are.
std::vector<toolchain::Compiler> compilers_of(const BenchRequest& request,
                                              std::vector<std::string>& missing) {
  const bool usual = request.compilers.empty();
  const std::vector<std::string> wanted =
      usual ? std::vector<std::string>{"g++", "clang++-19"} : request.compilers;
  std::vector<toolchain::Compiler> compilers;
  for (const std::string& command : wanted) {
    if (auto compiler = toolchain::find_compiler(command)) {
      compilers.push_back(std::move(*compiler));
    } else if (usual) {
      missing.push_back(fmt::format("compiler: no {} on this machine", command));
    } else {
      throw system::BadRequest(
          fmt::format("--compiler: '{}' does not run; give a C++ compiler", command));
    }
  }
  if (compilers.empty())
    throw system::BadRequest("no C++ compiler: neither g++ nor clang++-19 runs");
  return compilers;
}

std::vector<std::vector<std::string>> flags_of(const BenchRequest& request) {
  std::vector<std::vector<std::string>> sets;
  for (const std::string& text :
       request.flags.empty() ? std::vector<std::string>{"-O3 -march=native"} : request.flags) {
    std::istringstream words(text);
    std::vector<std::string>& flags = sets.emplace_back();
    for (std::string word; words >> word;) flags.push_back(word);
  }
  return sets;
}

/// Those asked for, which the processor has to have, or those of vectors, as far as it has them,
/// and single calls.
std::vector<const emit::Form*> forms_of(const BenchRequest& request,
                                        std::vector<std::string>& missing) {
  const bool usual = request.forms.empty();
  std::vector<std::string> wanted = request.forms;
  if (usual) {
    for (const emit::Form& form : emit::vector_forms()) {
      if (jit::architecture(form.isa) == jit::host_architecture()) wanted.emplace_back(form.key);
    }
    wanted.emplace_back(bench::single_calls().key);
  }
  std::vector<const emit::Form*> forms;
  for (const std::string& key : wanted) {
    const std::vector<const emit::Form*> known = bench::timed_forms();
    const auto found = std::ranges::find(known, key, [](const auto* one) { return one->key; });
    if (found == known.end()) {
      std::vector<std::string_view> keys;
      for (const emit::Form* one : known) keys.push_back(one->key);
      throw system::BadRequest(
          fmt::format("--forms: unknown form '{}'; there are {}", key, fmt::join(keys, ", ")));
    }
    const emit::Form* const form = *found;
    if (bench::host_has(*form)) {
      forms.push_back(form);
      continue;
    }
    const std::string lack = fmt::format("this processor lacks {}", jit::title(form->isa));
    if (!usual) throw system::BadRequest(fmt::format("--forms: '{}' cannot run: {}", key, lack));
    missing.push_back(fmt::format("{}: {}", form->title, lack));
  }
  return forms;
}

/// "512: vectors of 512 bits; ...".
std::string help_of_forms() {
  std::string text;
  for (const emit::Form* form : bench::timed_forms()) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", form->key, form->title);
  }
  return text + " [those of vectors, as far as the processor has them, and scalar]";
}

void tell(const std::string& what) {
  if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K{}", what);
}

/// Functions of short formats and of float.
struct Timed {
  bench::ShortResult of_formats;
  bench::Result of_floats;

  bool stopped() const { return of_formats.stopped || of_floats.stopped; }
  bool empty() const { return of_formats.rows.empty() && of_floats.rows.empty(); }
};

/// What was timed until a stop.
Timed timed_until_stopped(const bench::Request& request, const system::Interrupt& interrupt) {
  Timed timed;
  bench::Request floats = request;
  std::erase_if(floats.functions, [](const auto& function) { return !function.format.empty(); });
  try {
    timed.of_formats = bench::run_short(request, tell, interrupt.token());
    if (!floats.functions.empty() && !timed.of_formats.stopped) {
      timed.of_floats = bench::run(floats, tell, interrupt.token());
    }
    tell("");
  } catch (const std::invalid_argument&) {
    // Ctrl-C at a terminal ends the compiler, too.
    if (!interrupt.requested()) throw;
    timed.of_floats.stopped = true;
  }
  return timed;
}

int run_bench(const BenchRequest& request) {
  const system::Interrupt interrupt([] {
    tell("");
    system::print_error("stopping; what was timed will be told (once more to abort at once)");
  });
  bench::Request wanted;
  std::vector<std::string> missing;
  wanted.functions = runs::benched_functions({request.source, request.select, request.fast});
  wanted.forms = forms_of(request, missing);
  wanted.compilers = compilers_of(request, missing);
  wanted.flags = flags_of(request);
  wanted.against = request.against;
  if (request.skip_accuracy) {
    wanted.samples = std::nullopt;
  } else {
    wanted.samples = request.samples;
  }
  Timed timed = timed_until_stopped(wanted, interrupt);
  if (timed.stopped() && timed.empty()) {
    system::print_error("stopped before anything was timed");
    return system::kInterrupted;
  }
  auto& lacks = timed.of_floats.rows.empty() ? timed.of_formats.missing : timed.of_floats.missing;
  lacks.insert(lacks.begin(), missing.begin(), missing.end());
  if (!timed.of_formats.rows.empty()) system::print(bench::to_table(timed.of_formats));
  if (!timed.of_floats.rows.empty()) system::print(bench::to_table(timed.of_floats));
  if (!request.json.empty()) {
    auto json = bench::to_json(timed.of_floats);
    if (!timed.of_formats.rows.empty()) json["short_formats"] = bench::to_json(timed.of_formats);
    system::write_file(request.json, runs::to_text(json));
  }
  if (!request.svg.empty()) system::write_file(request.svg, bench::to_svg(timed.of_floats));
  return timed.stopped() ? system::kInterrupted : system::kDone;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "bench",
      "Times the emitted functions of a family, a shelf or an f32 run, compiled by the system's "
      "compilers, against those of other libraries, and measures every one's error");
  const auto request = std::make_shared<BenchRequest>();
  command
      ->add_option("source", request->source,
                   "Directory of a family or a shelf, or f32 run or front.json")
      ->required()
      ->type_name("DIR|RUN");
  command
      ->add_option(
          "--against", request->against,
          fmt::format("Libraries: {}, all that are installed, or any library whose functions "
                      "have regular names: library:FILE:PATTERN:LANES, where {{f}} in the "
                      "pattern stands for exp and LANES is 1, 4, 8 or 16 floats [{}]",
                      fmt::join(bench::peer_names(), ", "), bench::kEveryPeer))
      ->delimiter(',')
      ->type_name("NAME,...");
  command->add_option("--compiler", request->compilers, "C++ compilers [g++ and clang++-19]")
      ->delimiter(',')
      ->type_name("NAME,...");
  command
      ->add_option("--flags", request->flags,
                   "Their flags; given again, each compiler is used with each [-O3 -march=native]")
      ->allow_extra_args(false)
      ->type_name("FLAGS");
  command->add_option("--forms", request->forms, help_of_forms())
      ->delimiter(',')
      ->type_name("FORM,...");
  command->add_option("--select", request->select, "Functions, by name; default: all")
      ->delimiter(',')
      ->type_name("NAME,...");
  command
      ->add_option("--samples", request->samples,
                   "Measure errors at about N inputs, and say so [at all 2^32]")
      ->type_name("N");
  command->add_flag("--skip-accuracy", request->skip_accuracy, "Measure no errors");
  command->add_flag(
      "--fast", request->fast,
      "Also NAME_fast, for finite, normal inputs and results, as 'emit --fast' and 'family "
      "--fast' write it");
  command->add_option("--json", request->json, "Write the figures")->type_name("FILE");
  command->add_option("--svg", request->svg, "Draw errors against time")->type_name("FILE");
  command->footer(
      "Examples: ulpforge bench runs/exp2_f32 --against libmvec,sleef,xsimd --svg exp2.svg\n"
      "          ulpforge bench functions --select exp --forms 512 "
      "--against 'all,library:./libsvml.so:__svml_{f}f16:16'");
  command->callback([request, &action] { action = [request] { return run_bench(*request); }; });
}

}  // namespace ulpforge::cli

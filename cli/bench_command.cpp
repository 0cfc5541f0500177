// ulpforge bench: emitted functions against installed ones.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <sstream>

#include "bench/bench.h"
#include "bench/peers.h"
#include "bench/report.h"
#include "cli/commands.h"
#include "runs/emission.h"
#include "system/error.h"
#include "runs/family_members.h"
#include "system/files.h"
#include "runs/machine_emission.h"
#include "report/table.h"
#include "ir/expression.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;

struct Request {
  std::string source;
  std::vector<std::string> against = {"glibc", "libmvec", "sleef"};
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

/// Puts a subject with the others of its function.
void add(std::vector<bench::FunctionRequest>& functions, bench::FunctionRequest function,
         bench::Subject subject) {
  auto place = std::ranges::find(functions, function.function, &bench::FunctionRequest::function);
  if (place == functions.end()) place = functions.insert(functions.end(), std::move(function));
  place->subjects.push_back(std::move(subject));
}

/// What libraries call it, C's name or, where the installed C library has none, one like it: SLEEF
/// has sinpif.
std::string peer_symbol(const std::string& symbol, const std::string& function) {
  return symbol.empty() ? function + "f" : symbol;
}

/// Whether --select names it.
bool selects(const Request& request, const std::string& name) {
  return std::ranges::find(request.select, name) != request.select.end();
}

std::vector<bench::FunctionRequest> functions_of_run(const Request& request) {
  const fs::path path = request.source;
  const runs::Run run = runs::read_run(path);
  const runs::MachineFront* const front = run.machine();
  if (front == nullptr) {
    throw system::BadRequest(fmt::format("'{}' is a run over real numbers; give one with regime = \"f32\"",
                                 path.string()));
  }
  if (front->domain != "all") {
    throw system::BadRequest(fmt::format("'{}' is for {} only; functions are compared at every float",
                                 path.string(), front->domain));
  }
  if (front->programs.empty()) {
    throw system::BadRequest(fmt::format("'{}' holds no programs", path.string()));
  }
  std::vector<bench::FunctionRequest> functions;
  for (const runs::MachineFrontEntry& entry : front->programs) {
    const std::string name = runs::function_name(*front);
    const bench::FunctionRequest function = {.function = name,
                                             .expression = front->expression,
                                             .target = ir::parse_expression(front->expression),
                                             .symbol = peer_symbol(runs::c_function(*front), name),
                                             .inputs = bench::usual_inputs(name),
                                             .subjects = {}};
    add(functions, function,
        {entry.name, runs::machine_files(*front, entry, std::nullopt).front().content});
    // A variant takes seconds to make.
    const bool wanted = request.select.empty() || selects(request, name) ||
                        selects(request, entry.name) || selects(request, entry.name + "_fast");
    if (!request.fast || !wanted) continue;
    if (const auto files = runs::fast_files(*front, entry)) {
      add(functions, function,
          {files->name, files->files.front().content,
           bench::Subject::Variant{entry.name, files->largest}});
    } else {
      system::print_error(fmt::format("{0}: nothing to leave out, no {0}_fast", entry.name));
    }
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
    add(functions,
        {.function = f.function,
         .expression = f.expression,
         .target = ir::parse_expression(f.expression),
         .symbol = peer_symbol(f.symbol, f.function),
         .inputs = bench::usual_inputs(f.function),
         .subjects = {}},
        {f.name, system::read_file(sources / "functions" / (f.name + ".h")),
         f.variant ? std::optional(bench::Subject::Variant{f.variant->full, f.variant->largest})
                   : std::nullopt});
  }
  return functions;
}

std::vector<bench::FunctionRequest> functions_of(const Request& request) {
  const auto package = package_in(request.source);
  std::vector<bench::FunctionRequest> functions =
      package ? functions_of_package(*package, request.fast) : functions_of_run(request);
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
    throw system::BadRequest(fmt::format("{} has none of {}; it has {}", request.source,
                                 fmt::join(request.select, ", "), fmt::join(names, ", ")));
  }
  return functions;
}

/// Those asked for, which have to be there, or g++ and clang++-19 as far as they are.
std::vector<toolchain::Compiler> compilers_of(const Request& request,
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
      throw system::BadRequest(fmt::format("--compiler: '{}' does not run; give a C++ compiler", command));
    }
  }
  if (compilers.empty()) throw system::BadRequest("no C++ compiler: neither g++ nor clang++-19 runs");
  return compilers;
}

std::vector<std::vector<std::string>> flags_of(const Request& request) {
  std::vector<std::vector<std::string>> sets;
  for (const std::string& text :
       request.flags.empty() ? std::vector<std::string>{"-O3 -march=native"} : request.flags) {
    std::istringstream words(text);
    std::vector<std::string>& flags = sets.emplace_back();
    for (std::string word; words >> word;) flags.push_back(word);
  }
  return sets;
}

/// Those asked for, which the processor has to have, or those of vectors as far as it has them.
std::vector<const emit::Form*> forms_of(const Request& request, std::vector<std::string>& missing) {
  const bool usual = request.forms.empty();
  std::vector<std::string> wanted = request.forms;
  if (usual) {
    for (const emit::Form& form : emit::vector_forms()) wanted.emplace_back(form.key);
  }
  std::vector<const emit::Form*> forms;
  for (const std::string& key : wanted) {
    const emit::Form* const form = emit::find_form(key);
    if (form == nullptr) {
      std::vector<std::string_view> keys;
      for (const emit::Form& known : emit::forms()) keys.push_back(known.key);
      throw system::BadRequest(
          fmt::format("--forms: unknown form '{}'; there are {}", key, fmt::join(keys, ", ")));
    }
    if (bench::host_has(*form)) {
      forms.push_back(form);
      continue;
    }
    const std::string lack = fmt::format("this processor lacks {}", jit::title(form->isa));
    if (!usual) throw system::BadRequest(fmt::format("--forms: '{}' cannot run: {}", key, lack));
    missing.push_back(fmt::format("{}: {}", form->title, lack));
  }
  if (forms.empty()) forms.push_back(&emit::plain_form());
  return forms;
}

/// "512: vectors of 512 bits; ...".
std::string help_of_forms() {
  std::string text;
  for (const emit::Form& form : emit::forms()) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", form.key, form.title);
  }
  return text + " [those of vectors, as far as the processor has them]";
}

std::string ratio_cell(const bench::Row& row, const std::vector<bench::Row>& rows,
                       std::string_view peer) {
  if (!row.ours) return "";
  for (const bench::Row& other : rows) {
    if (!other.ours && other.function == row.function && other.form == row.form &&
        other.name == peer) {
      return fmt::format("{:.3f}", row.nanoseconds / other.nanoseconds);
    }
  }
  return "-";
}

std::string table_of(const bench::Result& result) {
  std::vector<std::string> peers;
  for (const bench::Row& row : result.rows) {
    if (!row.ours && std::ranges::find(peers, row.name) == peers.end()) peers.push_back(row.name);
  }
  std::vector<report::Column> columns = {{"form"},
                                 {"function"},
                                 {"compiled by"},
                                 {"max ULP", report::Align::Right},
                                 {"ns", report::Align::Right},
                                 {"latency", report::Align::Right}};
  for (const std::string& peer : peers) columns.push_back({"/ " + peer, report::Align::Right});
  report::Table table(columns);
  bool noisy = false, normal = false, sampled = false, other_bits = false;
  for (const bench::Row& row : result.rows) {
    std::string error = "-";
    if (row.accuracy) {
      error = fmt::format("{:.4f}", row.accuracy->score.max_ulp);
      if (row.largest) error += "*";
      normal = normal || row.largest;
      if (row.accuracy->score.special_value_errors > 0) error += " and special values";
      if (row.same_bits == false) error += " (other bits)";
      sampled = sampled || !row.accuracy->every_input;
      other_bits = other_bits || row.same_bits == false;
    }
    noisy = noisy || !row.quiet;
    std::vector<std::string> cells = {
        row.form,
        row.ours ? row.name : fmt::format("{} ({})", row.name, row.function),
        row.ours ? fmt::format("{} {}", row.compiler, row.flags) : "",
        error,
        fmt::format("{:.4f}{}", row.nanoseconds, row.quiet ? "" : "~"),
        fmt::format("{:.1f}", row.latency)};
    for (const std::string& peer : peers) cells.push_back(ratio_cell(row, result.rows, peer));
    table.add(std::move(cells));
  }
  std::string text = table.text();
  text +=
      "\nns: an element of an array of 2048; latency: ns from a vector (glibc: a float) to its "
      "result in a chain;\n/ peer: our time / its time, in the same run\n";
  if (noisy) text += "~: the machine was disturbed; too few quiet samples\n";
  if (sampled) text += "max ULP: at a sample of the inputs\n";
  if (!sampled && !result.rows.empty() && result.rows.front().accuracy) {
    text += fmt::format("max ULP: over all 2^32 inputs, of these binaries{}\n",
                        other_bits ? "" : "; each compilation of a function gives the same bits");
  }
  if (normal) text += "*: of a fast variant, at normal inputs with normal results\n";
  for (const std::string& missing : result.missing) text += fmt::format("missing: {}\n", missing);
  return text;
}

int run_bench(const Request& request) {
  bench::Request wanted;
  std::vector<std::string> missing;
  wanted.functions = functions_of(request);
  wanted.forms = forms_of(request, missing);
  wanted.compilers = compilers_of(request, missing);
  wanted.flags = flags_of(request);
  wanted.libraries = request.against;
  if (request.skip_accuracy) {
    wanted.samples = std::nullopt;
  } else {
    wanted.samples = request.samples;
  }
  const bool terminal = isatty(STDERR_FILENO) != 0;
  const auto note = [terminal](const std::string& what) {
    if (terminal) fmt::print(stderr, "\r\033[K{}", what);
  };
  bench::Result result = bench::run(wanted, note);
  note("");
  result.missing.insert(result.missing.begin(), missing.begin(), missing.end());
  system::print(table_of(result));
  if (!request.json.empty()) system::write_file(request.json, runs::to_text(bench::to_json(result)));
  if (!request.svg.empty()) system::write_file(request.svg, bench::to_svg(result));
  return system::kDone;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "bench",
      "Times the emitted functions of a family or an f32 run, compiled by the system's compilers, "
      "against glibc, libmvec and SLEEF, and measures every one's error");
  const auto request = std::make_shared<Request>();
  command->add_option("source", request->source, "Directory of a family, or f32 run or front.json")
      ->required()
      ->type_name("DIR|RUN");
  command->add_option("--against", request->against, "Libraries [glibc,libmvec,sleef]")
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
  command
      ->add_option("--forms", request->forms, help_of_forms())
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
  command->footer("Example: ulpforge bench runs/exp2_f32 --against libmvec,sleef --svg exp2.svg");
  command->callback([request, &action] { action = [request] { return run_bench(*request); }; });
}

}  // namespace ulpforge::cli

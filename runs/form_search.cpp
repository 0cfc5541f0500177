// Sets of searches, one for each form.
#include "runs/form_search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "runs/form_set.h"
#include "runs/machine_experiment.h"
#include "runs/machine_front.h"
#include "runs/machine_run.h"
#include "runs/run.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

/// Each form's part of what all have.
Options share(Options options, std::size_t forms) {
  const auto count = static_cast<double>(forms);
  if (options.time) options.time = *options.time / count;
  if (options.evaluations) {
    options.evaluations = std::max<std::uint64_t>(1, *options.evaluations / forms);
  }
  return options;
}

/// Makes the directories of the forms' searches, each with what it is asked for: as if each had
/// been stopped before it began.
FormSet begin(const SearchRequest& request, const RunStart& start) {
  FormSet set{parse_forms(request.forms), {}};
  if (regime_of(start.options) != Regime::F32) {
    throw system::BadRequest("--forms: forms are those of float programs; give --regime f32");
  }
  if (start.options.isa) {
    throw system::BadRequest("--forms and an isa exclude each other; leave the isa out");
  }
  std::error_code ignored;
  const bool used = fs::exists(start.directory / "front.json", ignored) ||
                    fs::exists(start.directory / "config.toml", ignored) ||
                    fs::exists(start.directory / "forms.json", ignored);
  if (used && !request.force) {
    throw system::BadRequest(
        fmt::format("output '{}' already holds a run; give another --out, or --force to replace it",
                    start.directory.string()));
  }
  std::vector<std::string> configs;
  for (const std::string& form : set.forms) {
    Options options = share(start.options, set.forms.size());
    options.isa = form;
    MachineExperiment experiment = make_machine_experiment(options);
    evo::MachineConfig& search = experiment.search;
    if (std::isinf(search.seconds) && !options.evaluations) {
      throw system::BadRequest(
          "--forms: the forms share the time; give --time or --evaluations an end");
    }
    // The usual time is one for all.
    if (!options.time) search.seconds /= static_cast<double>(set.forms.size());
    configs.push_back(
        fmt::format("# {}\n{}", system::one_line(start.command), to_toml(experiment)));
  }
  if (used) fs::remove(start.directory / "front.json", ignored);
  for (std::size_t k = 0; k < set.forms.size(); ++k) {
    RunDirectory directory(start.directory / set.forms[k], request.force);
    directory.write("config.toml", configs[k]);
    directory.keep();
  }
  write_form_set(start.directory, set);
  return set;
}

std::string share_text(const FormSet& set, const Options& options) {
  const Options each = share(options, set.forms.size());
  std::string text = fmt::format("{} forms", set.forms.size());
  if (options.evaluations) {
    text += fmt::format(" share {} evaluations: {} each", *options.evaluations, *each.evaluations);
  } else if (options.time) {
    text += fmt::format(" share {:g} s: {:.3g} s each", *options.time, *each.time);
  } else {
    text += " share the time";
  }
  return text + ", one after the other";
}

/// What each form's search found.
void print_fronts(const fs::path& base, const FormSet& set, bool json) {
  std::error_code ignored;
  std::string text;
  Json all = Json::object();
  for (const std::string& form : set.forms) {
    if (!fs::exists(base / form / "front.json", ignored)) continue;
    const Run run = read_run(base / form);
    if (json) {
      all[form] = Json::parse(run.text);
    } else {
      text += fmt::format("form {}\n{}\n", form, front_table(*run.machine()));
    }
  }
  system::print(json
                    ? to_text(all)
                    : fmt::format("{}written to {}: a run for each form; 'ulpforge emit {} -o DIR' "
                                  "writes the C++\n",
                                  text, base.string(), base.string()));
}

}  // namespace

int search_each_form(const SearchRequest& request) {
  fs::path base = request.resume;
  FormSet set;
  Options said = request.flags;
  if (request.resume.empty()) {
    const RunStart start = start_run(request);
    base = start.directory;
    said = start.options;
    set = begin(request, start);
  } else {
    refuse_other_experiment(request);
    set = read_form_set(base);
  }
  if (!request.quiet) system::print_error(share_text(set, said));
  // With another budget what went to its end goes on, too.
  const bool all_again = request.flags.time || request.flags.evaluations;
  int code = system::kDone;
  SharedReference reference;
  for (std::size_t k = 0; k < set.forms.size() && code != system::kInterrupted; ++k) {
    const std::string& form = set.forms[k];
    const bool is_done = std::ranges::find(set.done, form) != set.done.end();
    if (is_done && !(all_again && !request.resume.empty())) continue;
    SearchRequest one = request;
    one.file.clear();
    one.out.clear();
    one.forms.clear();
    one.force = false;
    one.resume = (base / form).string();
    one.flags = {};
    one.flags.threads = request.flags.threads;
    if (!request.resume.empty()) {
      const Options budget = share(request.flags, set.forms.size());
      one.flags.time = budget.time;
      one.flags.evaluations = budget.evaluations;
    }
    one.print_result = false;
    if (!request.quiet) {
      system::print_error(fmt::format("form {}, {} of {}", form, k + 1, set.forms.size()));
    }
    code = std::max(code, run_machine_search(start_run(one), one, &reference));
    if (code != system::kInterrupted && !is_done) {
      set.done.push_back(form);
      write_form_set(base, set);
    }
  }
  print_fronts(base, set, request.json);
  return code;
}

}  // namespace ulpforge::runs

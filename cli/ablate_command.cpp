// ulpforge ablate: what each part of the search is worth, by searches without it.
#include <fmt/format.h>

#include <limits>

#include "cli/commands.h"
#include "runs/ablation.h"
#include "runs/progress.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"

namespace ulpforge::cli {
namespace {

struct AblateRequest {
  std::string file;
  std::string out;
  bool quiet = false;
  bool json = false;
};

int ablate(const AblateRequest& request) {
  runs::AblationPlan plan = runs::read_plan(request.file);
  runs::ProgressView view(request.quiet, std::numeric_limits<double>::infinity());
  const system::Interrupt interrupt([&view] { view.note("stopping; what has ended is reported"); });
  const auto write = [&] {
    if (!request.out.empty()) system::write_file(request.out, runs::to_text(runs::to_json(plan)));
  };
  write();
  runs::run_ablations(plan,
                      {.begins = [&](const std::string& line) { view.note(line); },
                       .progress = [&](const evo::Progress& progress) { view.show(progress); },
                       .ended = write},
                      interrupt.token());
  view.end();
  system::print(request.json
                    ? runs::to_text(runs::to_json(plan))
                    : fmt::format("median over seeds of the max error with at most so many "
                                  "operations\n{}",
                                  runs::ablation_table(plan)));
  return interrupt.requested() ? system::kInterrupted : system::kDone;
}

}  // namespace

void add_ablate(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "ablate", "Search without one part of the search at a time, with equal budgets");
  command->footer("Example: ulpforge ablate experiments/ablations.toml --out ablations.json");
  const auto request = std::make_shared<AblateRequest>();
  command->add_option("plan", request->file, "What to leave out: see experiments/ablations.toml")
      ->type_name("PLAN.toml")
      ->required();
  command->add_option("--out", request->out, "Also write the errors as JSON, after each search")
      ->type_name("FILE");
  command->add_flag("--quiet", request->quiet, "No progress");
  const auto json = add_json(*command);
  command->callback([request, json, &action] {
    request->json = *json;
    action = [request] { return ablate(*request); };
  });
}

}  // namespace ulpforge::cli

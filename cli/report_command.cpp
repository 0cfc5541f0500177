// ulpforge report: runs as one HTML page.
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "report/runs/run_report.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

struct Request {
  std::vector<std::string> runs;
  std::string out;
};

int report(const Request& request) {
  std::vector<runs::Run> runs;
  for (const std::string& path : request.runs) runs.push_back(runs::read_run(path));
  const std::filesystem::path out = !request.out.empty() ? std::filesystem::path(request.out)
                                                         : runs.front().directory / "report.html";
  system::write_file(out, report::run_report(runs));
  system::print(fmt::format("{}\n", out.string()));
  return system::kDone;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "report",
      "One self-contained HTML page about runs: fronts, history, and every program with its error "
      "curve, C++ and certificate");
  const auto request = std::make_shared<Request>();
  command->add_option("run", request->runs, "Run directories or front.json files")
      ->required()
      ->type_name("RUN...");
  command
      ->add_option("-o,--out", request->out, "The page [report.html in the first run's directory]")
      ->type_name("FILE");
  command->footer("Example: ulpforge report runs/exp2_1 runs/exp2_2 -o exp2.html");
  command->callback([request, &action] { action = [request] { return report(*request); }; });
}

}  // namespace ulpforge::cli

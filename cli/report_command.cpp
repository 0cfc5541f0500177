// ulpforge report: runs as one HTML page, or their fronts as a drawing.
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "report/runs/run_report.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

struct ReportRequest {
  std::vector<std::string> runs;
  std::string out;
  std::string svg;
};

int report(const ReportRequest& request) {
  std::vector<runs::Run> runs;
  for (const std::string& path : request.runs) {
    for (runs::Run& run : runs::read_runs(path)) {
      if (const runs::MachineFront* const front = run.machine()) {
        runs::require_float(*front, path, "report");
      }
      runs.push_back(std::move(run));
    }
  }
  const auto write = [](const std::filesystem::path& file, const std::string& text) {
    system::write_file(file, text);
    system::print(fmt::format("{}\n", file.string()));
  };
  if (!request.svg.empty()) write(request.svg, report::front_drawing(runs));
  if (!request.out.empty()) {
    write(request.out, report::run_report(runs));
  } else if (request.svg.empty()) {
    write(runs.front().directory / "report.html", report::run_report(runs));
  }
  return system::kDone;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "report",
      "One self-contained HTML page about runs: fronts, history, and every program with its error "
      "curve, C++ and certificate");
  const auto request = std::make_shared<ReportRequest>();
  command->add_option("run", request->runs, "Run directories or front.json files")
      ->required()
      ->type_name("RUN...");
  command
      ->add_option("-o,--out", request->out, "The page [report.html in the first run's directory]")
      ->type_name("FILE");
  command
      ->add_option("--svg", request->svg,
                   "Draw the fronts alone, as an SVG file; without -o there is no page then")
      ->type_name("FILE");
  command->footer("Example: ulpforge report runs/exp2_1 runs/exp2_2 -o exp2.html");
  command->callback([request, &action] { action = [request] { return report(*request); }; });
}

}  // namespace ulpforge::cli

// ulpforge report: runs as one HTML page, or their fronts as a drawing.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "report/runs/run_report.h"
#include "report/runs/shelf_report.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

struct ReportRequest {
  std::vector<std::string> runs;
  std::string out;
  std::string svg;
  std::vector<std::string> timings;
};

/// The page about a shelf.
int report_shelf(const ReportRequest& request) {
  const std::filesystem::path shelf = request.runs.front();
  if (request.runs.size() > 1 || !request.svg.empty()) {
    throw system::BadRequest(
        fmt::format("'{}' is a shelf: it has a page of its own, and no --svg", shelf.string()));
  }
  std::vector<std::filesystem::path> files(request.timings.begin(), request.timings.end());
  if (files.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(shelf)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("bench") && name.ends_with(".json")) files.push_back(entry.path());
    }
    std::ranges::sort(files);
  }
  std::vector<report::Timings> measured;
  for (const std::filesystem::path& file : files) {
    measured.push_back(report::parse_timings(system::read_file(file), file.string()));
  }
  const std::filesystem::path out =
      request.out.empty() ? shelf / "report.html" : std::filesystem::path(request.out);
  system::write_file(out, report::shelf_report(shelf::read_shelf(shelf), measured));
  system::print(fmt::format("{}\n", out.string()));
  return system::kDone;
}

int report(const ReportRequest& request) {
  for (const std::string& path : request.runs) {
    if (shelf::holds_shelf(path)) return report_shelf(request);
  }
  if (!request.timings.empty()) {
    throw system::BadRequest(
        "--timings: times go with the page of a shelf; pages of runs have none");
  }
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
  command->add_option("run", request->runs, "Run directories or front.json files, or a shelf")
      ->required()
      ->type_name("RUN...");
  command
      ->add_option("-o,--out", request->out, "The page [report.html in the first run's directory]")
      ->type_name("FILE");
  command
      ->add_option("--svg", request->svg,
                   "Draw the fronts alone, as an SVG file; without -o there is no page then")
      ->type_name("FILE");
  command
      ->add_option("--timings", request->timings,
                   "Of a shelf: what 'bench --json' wrote of it [the shelf's bench*.json]")
      ->delimiter(',')
      ->type_name("FILE,...");
  command->footer(
      "Examples: ulpforge report runs/exp2_1 runs/exp2_2 -o exp2.html\n"
      "          ulpforge report functions -o functions.html");
  command->callback([request, &action] { action = [request] { return report(*request); }; });
}

}  // namespace ulpforge::cli

// The page about runs: an overview, then one part for each question that runs ask.
#include "report/runs/run_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/drawing.h"
#include "report/page.h"
#include "report/runs/report_parts.h"
#include "report/table.h"
#include "runs/version.h"

namespace ulpforge::report {
namespace {

/// What runs have to have in common to share a plot; also what it is called.
std::string question(const runs::Run& run) {
  if (const runs::Front* front = run.real()) {
    std::string text = fmt::format("{} on {}, {} error", front->expression,
                                   targets::to_string(front->domain), front->metric);
    if (front->weight) text += fmt::format(" times {}", *front->weight);
    for (const std::string& phrase : runs::satisfied(*front)) text += ", " + phrase;
    return text;
  }
  const runs::MachineFront& front = *run.machine();
  return fmt::format("{} in f32 on {}, costs for {} on {}", front.expression,
                     front.domain == "all" ? "all floats" : front.domain, front.isa,
                     front.processor);
}

std::string directory_name(const runs::Run& run) {
  const std::filesystem::path path =
      std::filesystem::weakly_canonical(std::filesystem::absolute(run.directory));
  return path.filename().string();
}

std::vector<Reported> reported(const std::vector<runs::Run>& runs) {
  std::vector<Reported> found;
  for (const runs::Run& run : runs) {
    std::string name = directory_name(run);
    const auto taken = [&](const Reported& other) { return other.name == name; };
    for (int k = 2; std::ranges::any_of(found, taken); ++k) {
      name = fmt::format("{} ({})", directory_name(run), k);
    }
    found.push_back({&run, name, fmt::format("run{}", found.size() + 1)});
  }
  return found;
}

std::vector<std::string> overview_row(const Reported& reported) {
  return std::visit(
      [&](const auto& front) {
        return std::vector<std::string>{fmt::format("<a href=\"#{}-programs\">{}</a>", reported.id,
                                                    report::escape(reported.name)),
                                        report::escape(question(*reported.run)),
                                        fmt::to_string(front.programs.size()),
                                        fmt::to_string(front.seed),
                                        fmt::to_string(front.evaluations),
                                        fmt::format("{:.1f}", front.seconds),
                                        report::escape(front.version)};
      },
      reported.run->front);
}

/// Runs that ask the same question, together, in the order of their first.
std::vector<std::vector<Reported>> by_question(const std::vector<Reported>& all) {
  std::vector<std::vector<Reported>> groups;
  for (const Reported& run : all) {
    const auto same = [&](const std::vector<Reported>& group) {
      return question(*group.front().run) == question(*run.run);
    };
    const auto group = std::ranges::find_if(groups, same);
    if (group == groups.end()) {
      groups.push_back({run});
    } else {
      group->push_back(run);
    }
  }
  return groups;
}

bool is_real(const std::vector<Reported>& group) { return group.front().run->real() != nullptr; }

}  // namespace

std::string run_report(const std::vector<runs::Run>& runs) {
  const std::vector<Reported> all = reported(runs);
  const std::vector<std::vector<Reported>> groups = by_question(all);
  std::vector<std::vector<std::string>> rows;
  for (const Reported& run : all) rows.push_back(overview_row(run));
  report::Page page;
  page.title = groups.size() == 1 ? question(*all.front().run) : "Ulpforge runs";
  page.subtitle =
      fmt::format("{}, {}", counted(runs.size(), "run"), counted(groups.size(), "question"));
  page.body = report::table({{"run"},
                             {"question"},
                             {"programs", true},
                             {"seed", true},
                             {"evaluations", true},
                             {"seconds", true},
                             {"ulpforge"}},
                            rows);
  for (const auto& group : groups) {
    if (groups.size() > 1) {
      page.body += fmt::format("<h1 class=\"question\">{}</h1>\n",
                               report::escape(question(*group.front().run)));
    }
    page.body += is_real(group) ? real_sections(group) : machine_sections(group);
  }
  std::string replay;
  for (const Reported& run : all) replay += replay_html(run);
  page.body += report::section("replay", "Replay", replay);
  page.footer = fmt::format("Made by ulpforge {}.", runs::kVersion);
  return report::html(page);
}

std::string front_drawing(const std::vector<runs::Run>& runs) {
  const std::vector<Reported> all = reported(runs);
  std::vector<report::Plot> plots;
  for (const auto& group : by_question(all)) {
    report::Plot plot = is_real(group) ? real_front_plot(group) : machine_front_plot(group);
    plot.title = question(*group.front().run);
    // A drawing has no legend.
    for (report::Series& series : plot.series) series.end_label = series.name;
    plots.push_back(std::move(plot));
  }
  return report::drawing(plots);
}

}  // namespace ulpforge::report

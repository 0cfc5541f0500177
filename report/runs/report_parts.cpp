// Parts of pages.
#include "report/runs/report_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ir/formula.h"
#include "ir/text.h"
#include "report/page.h"

namespace ulpforge::report {
namespace {

/// "statement" of a certificate, whatever its kind.
std::string statement_of(const std::string& certificate) {
  const runs::Json json = runs::Json::parse(certificate, nullptr, false);
  return json.is_object() ? json.value("statement", "") : "";
}

/// Steps over time; the last value goes on to the end of the run.
report::Series history_series(const std::vector<runs::Improvement>& improvements, double end) {
  report::Series series;
  series.shape = report::Shape::Steps;
  for (const runs::Improvement& step : improvements)
    series.points.push_back({step.seconds, step.value});
  if (!series.points.empty()) series.points.push_back({end, series.points.back().y});
  return series;
}

}  // namespace

std::string html_of(const ProgramCard& card) {
  std::string facts = report::facts(card.facts);
  const std::string formula =
      fmt::format("<pre class=\"formula\">{}</pre>\n",
                  report::escape(fmt::format("{}", fmt::join(ir::formula(card.program), "\n"))));
  std::string folds = report::folded("Program text", report::code(ir::print(card.program)));
  folds += report::folded("C++", report::code(card.cpp));
  if (!card.certificate.empty()) {
    folds += report::folded(
        "Certificate", fmt::format("<p>{}</p>\n{}", report::escape(statement_of(card.certificate)),
                                   report::code(card.certificate)));
  }
  return fmt::format(
      "<article class=\"card\" id=\"{}\">\n<h3>{}</h3>\n<div class=\"grid\"><div>{}{}{}</div>\n"
      "<div>{}</div></div>\n</article>\n",
      report::escape(card.id), report::escape(card.heading), formula, facts, folds, card.figures);
}

std::string history_figure(const Reported& run, bool several, const HistoryLook& look) {
  const runs::History history = runs::read_history(run.run->directory);
  if (history.best.empty()) {
    return fmt::format("<p class=\"note\">{} has no log of its search.</p>\n",
                       report::escape(run.name));
  }
  report::Plot plot;
  plot.title = look.title + (several ? ": " + run.name : "");
  plot.x = {.label = "seconds", .scale = report::Scale::Log};
  plot.y = look.y;
  const double most = history.best.rbegin()->first;
  std::size_t k = 0;
  for (const auto& [key, improvements] : history.best) {
    report::Series series = history_series(improvements, history.seconds);
    series.hue = report::ramp_hue(look.place(k++, key, most));
    series.end_label = look.label(key);
    plot.series.push_back(std::move(series));
  }
  return report::figure(plot, look.caption);
}

std::string group_sections(const std::vector<Reported>& runs, const std::string& figures,
                           const std::string& rows,
                           const std::function<std::string(const Reported&)>& cards) {
  std::string text =
      report::section(runs.front().id + "-front", "Front",
                      fmt::format("<div class=\"grid\">{}</div>\n{}", figures, rows));
  for (const Reported& run : runs) {
    text += report::section(run.id + "-programs", "Programs of " + run.name, cards(run));
  }
  return text;
}

std::string replay_html(const Reported& run) {
  const std::vector<runs::NamedConfig> configs = runs::configs_of(*run.run);
  if (configs.empty()) return "<p class=\"note\">The run has no configuration file.</p>\n";
  std::string text;
  for (const runs::NamedConfig& config : configs) {
    const std::string path = (run.run->directory / config.name).string();
    text += fmt::format("<h3>{}</h3>\n{}{}", report::escape(path),
                        report::code(fmt::format("ulpforge search {} --out OTHER\n", path)),
                        report::code(config.text));
  }
  return text;
}

}  // namespace ulpforge::report

// Parts of pages.
#include "experiments/report_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "experiments/files.h"
#include "experiments/formula.h"
#include "ir/text.h"
#include "report/page.h"

namespace ulpforge::experiments {
namespace {

/// "statement" of a certificate, whatever its kind.
std::string statement_of(const std::string& certificate) {
  const Json json = Json::parse(certificate, nullptr, false);
  return json.is_object() ? json.value("statement", "") : "";
}

}  // namespace

std::string html_of(const ProgramCard& card) {
  std::string facts = report::facts(card.facts);
  const std::string formula =
      fmt::format("<pre class=\"formula\">{}</pre>\n",
                  report::escape(fmt::format("{}", fmt::join(experiments::formula(card.program), "\n"))));
  std::string folds = report::folded("Program text", report::code(ir::print(card.program)));
  folds += report::folded("C++", report::code(card.cpp));
  if (!card.certificate.empty()) {
    folds += report::folded("Certificate",
                            fmt::format("<p>{}</p>\n{}", report::escape(statement_of(card.certificate)),
                                        report::code(card.certificate)));
  }
  return fmt::format(
      "<article class=\"card\" id=\"{}\">\n<h3>{}</h3>\n<div class=\"grid\"><div>{}{}{}</div>\n"
      "<div>{}</div></div>\n</article>\n",
      report::escape(card.id), report::escape(card.heading), formula, facts, folds, card.figures);
}

std::string certificate_text(const Run& run, const std::string& name) {
  const std::filesystem::path file =
      run.directory / "programs" / fmt::format("{}.cert.json", name);
  std::error_code ignored;
  return std::filesystem::exists(file, ignored) ? read_file(file) : "";
}

report::Series history_series(const std::vector<Improvement>& improvements, double end) {
  report::Series series;
  series.shape = report::Shape::Steps;
  for (const Improvement& step : improvements) series.points.push_back({step.seconds, step.value});
  if (!series.points.empty()) series.points.push_back({end, series.points.back().y});
  return series;
}

std::string replay_html(const Reported& run) {
  const std::vector<NamedConfig> configs = configs_of(*run.run);
  if (configs.empty()) return "<p class=\"note\">The run has no configuration file.</p>\n";
  std::string text;
  for (const NamedConfig& config : configs) {
    const std::string path = (run.run->directory / config.name).string();
    text += fmt::format("<h3>{}</h3>\n{}{}", report::escape(path),
                        report::code(fmt::format("ulpforge search {} --out OTHER\n", path)),
                        report::code(config.text));
  }
  return text;
}

}  // namespace ulpforge::experiments

// Pages: runs of the real regime.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "emit/real_program.h"
#include "proof/certificate.h"
#include "report/page.h"
#include "report/runs/error_curve.h"
#include "report/runs/report_parts.h"
#include "report/table.h"
#include "runs/emission.h"

namespace ulpforge::report {
namespace {

using report::scientific;

std::string unit_of(const runs::Front& front) {
  const auto metric = targets::find_metric(front.metric);
  std::string unit = front.metric + " error";
  if (metric == targets::Metric::UlpF32) unit = "error in ULP of float";
  if (metric == targets::Metric::UlpF64) unit = "error in ULP of double";
  return front.weight ? fmt::format("{} times {}", unit, *front.weight) : unit;
}

std::string anchor(const Reported& run, const runs::FrontEntry& entry) {
  return fmt::format("{}-{}", run.id, entry.label());
}

HistoryLook history_look(const std::vector<Reported>& runs) {
  return {.title = "Best error over time",
          .y = {.label = "max " + unit_of(*runs.front().run->real()), .scale = report::Scale::Log},
          .caption =
              "By operation count (at the right); on the nodes of the fit, one look a "
              "second, before levelling and verification.",
          .label = [](double operations) { return fmt::format("{:.0f}", operations); },
          .place = [](std::size_t, double operations,
                      double most) { return operations / std::max(most, 1.0); }};
}

std::string baseline_cell(const runs::FrontEntry& entry) {
  return entry.rival ? scientific(entry.rival->max_error) : "–";
}

std::string ratio_cell(const runs::FrontEntry& entry) {
  if (!entry.rival || !(entry.max_error > 0)) return "–";
  return fmt::format("{:.3g}", entry.rival->max_error / entry.max_error);
}

std::string proven_cell(const runs::FrontEntry& entry) {
  return entry.proven ? proof::decimals_above(entry.proven->bound) : "–";
}

std::string front_rows(const std::vector<Reported>& runs) {
  std::vector<std::vector<std::string>> rows;
  for (const Reported& run : runs) {
    for (const runs::FrontEntry& entry : run.run->real()->programs) {
      const std::string link = fmt::format("<a href=\"#{}\">{}</a>", anchor(run, entry),
                                           counted(entry.operations, "operation"));
      rows.push_back({link, report::escape(run.name), scientific(entry.max_error),
                      fmt::format("{:.1f}", runs::digits(entry.max_error) + 0.0),
                      scientific(entry.max_error_f64), proven_cell(entry), baseline_cell(entry),
                      ratio_cell(entry), entry.rival ? report::escape(entry.rival->method) : "–"});
    }
  }
  return report::table({{"program"},
                        {"run"},
                        {"max error", true},
                        {"digits", true},
                        {"in double", true},
                        {"proven", true},
                        {"best classical", true},
                        {"ratio", true},
                        {"its method"}},
                       rows);
}

std::string curve_figure(const runs::Front& front, const runs::FrontEntry& entry,
                         const ErrorCurves& curves) {
  const ErrorCurve curve = curves(entry.program);
  report::Plot plot;
  plot.title = "Error over the interval";
  plot.width = 560;
  plot.height = 250;
  const targets::Domain shown = part_shown(front.domain);
  plot.x = {.label = "x", .lo = shown.lo, .hi = shown.hi};
  plot.y = {.label = unit_of(front)};
  report::Series line{.hue = report::hue(0)};
  for (const ErrorPoint& point : curve.points) line.points.push_back({point.x, point.error});
  report::Series extrema{
      .hue = report::hue(1), .shape = report::Shape::Points, .mark = report::Mark::Dot};
  for (const ErrorPoint& point : curve.alternation) {
    extrema.points.push_back({point.x, point.error});
    extrema.titles.push_back(fmt::format("x = {:.6g}: {}", point.x, scientific(point.error, 4)));
  }
  const std::size_t alternating = extrema.points.size();
  plot.series = {std::move(line), std::move(extrema)};
  return report::figure(
      plot, fmt::format("{} of alternating sign within {:.0f} % of the largest error; {}.",
                        counted(alternating, "extremum"), 100 * kLevel,
                        counted(entry.program.constants.size(), "constant")));
}

ProgramCard card_of(const Reported& run, const runs::FrontEntry& entry, const ErrorCurves& curves) {
  const runs::Front& front = *run.run->real();
  ProgramCard card;
  card.id = anchor(run, entry);
  card.heading =
      fmt::format("{}: {}", counted(entry.operations, "operation"), scientific(entry.max_error));
  card.facts = {{"max " + unit_of(front), scientific(entry.max_error, 4)},
                {"proven, constants in double", proven_cell(entry)},
                {"run in plain double", scientific(entry.max_error_f64, 4)}};
  for (const std::string& phrase : runs::satisfied(front)) {
    card.facts.push_back({"satisfies", report::escape(phrase)});
  }
  if (entry.rival) {
    card.facts.push_back({"best classical", fmt::format("{}, {}", baseline_cell(entry),
                                                        report::escape(entry.rival->method))});
    card.facts.push_back({"classical / this", ratio_cell(entry)});
  }
  card.facts.push_back(
      {"from", report::escape(runs::provenance(front.version, front.seed, entry.origin))});
  card.figures = curve_figure(front, entry, curves);
  card.program = entry.program;
  card.cpp = emit::emit_function(entry.program, runs::function_name(front, entry), {});
  card.certificate = runs::certificate_text(*run.run, entry.label());
  return card;
}

ErrorCurves curves_for(const std::vector<Reported>& runs) {
  const runs::Front& front = *runs.front().run->real();
  double smallest = 1;
  for (const Reported& run : runs) {
    for (const runs::FrontEntry& entry : run.run->real()->programs) {
      if (entry.max_error > 0) smallest = std::min(smallest, entry.max_error);
    }
  }
  return {runs::target_of(front), smallest};
}

}  // namespace

report::Plot real_front_plot(const std::vector<Reported>& runs) {
  const runs::Front& first = *runs.front().run->real();
  report::Plot plot;
  plot.title = "Pareto front";
  plot.x = {.label = first.costs.empty() ? "operations" : "cost", .whole = true};
  plot.y = {.label = "max " + unit_of(first), .scale = report::Scale::Log};
  // The best rival with at most so many operations; runs may know different ones.
  std::map<double, runs::Rival> rivals;
  for (const Reported& run : runs) {
    for (const runs::FrontEntry& entry : run.run->real()->programs) {
      if (!entry.rival) continue;
      const auto [at, added] = rivals.try_emplace(entry.weight(), *entry.rival);
      if (!added && entry.rival->max_error < at->second.max_error) at->second = *entry.rival;
    }
  }
  report::Series classical{.name = "best classical",
                           .shape = report::Shape::Steps,
                           .mark = report::Mark::Ring,
                           .dashed = true};
  for (const auto& [cost, rival] : rivals) {
    classical.points.push_back({cost, rival.max_error});
    classical.titles.push_back(
        fmt::format("{:g}: {}, {}", cost, scientific(rival.max_error), rival.method));
  }
  if (!classical.points.empty()) plot.series.push_back(classical);
  for (std::size_t k = 0; k < runs.size(); ++k) {
    report::Series series{.name = runs[k].name,
                          .hue = report::hue(k),
                          .shape = report::Shape::Steps,
                          .mark = report::mark(k)};
    for (const runs::FrontEntry& entry : runs[k].run->real()->programs) {
      series.points.push_back({entry.weight(), entry.max_error});
      series.titles.push_back(fmt::format("{}: {}", counted(entry.operations, "operation"),
                                          scientific(entry.max_error)));
    }
    plot.series.push_back(std::move(series));
  }
  return plot;
}

std::string real_sections(const std::vector<Reported>& runs) {
  std::string figures = report::figure(
      real_front_plot(runs), "Sampled maximum over the interval with MPFR, in real arithmetic.");
  const HistoryLook look = history_look(runs);
  for (const Reported& run : runs) figures += history_figure(run, runs.size() > 1, look);
  const ErrorCurves curves = curves_for(runs);
  return group_sections(runs, figures, front_rows(runs), [&](const Reported& run) {
    std::string cards;
    for (const runs::FrontEntry& entry : run.run->real()->programs) {
      cards += html_of(card_of(run, entry, curves));
    }
    return cards;
  });
}

}  // namespace ulpforge::report

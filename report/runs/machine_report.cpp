// Pages: runs of the f32 regime.
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <optional>

#include "ir/expression.h"
#include "report/page.h"
#include "report/runs/float_curve.h"
#include "report/runs/report_parts.h"
#include "runs/machine_emission.h"
#include "runs/machine_proofs.h"

namespace ulpforge::report {
namespace {

using report::scientific;

std::string anchor(const Reported& run, const runs::MachineFrontEntry& entry) {
  return fmt::format("{}-{}", run.id, entry.name);
}

std::string cell(double value, int decimals) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "–";
}

std::string input_text(std::uint32_t bits) {
  return fmt::format("{:a} (0x{:08x})", std::bit_cast<float>(bits), bits);
}

HistoryLook history_look() {
  return {.title = "Cost over time",
          .y = {.label = "cycles per element"},
          .caption =
              "The cheapest program of at most so many ULP (at the right), one look a "
              "second, on the samples of the search.",
          .label = [](double tier) { return fmt::format("{:g} ULP", tier); },
          .place = [](std::size_t k, double,
                      double) { return static_cast<double>(k) / std::size(runs::kUlpLimits); }};
}

std::string front_rows(const std::vector<Reported>& runs) {
  std::vector<std::vector<std::string>> rows;
  for (const Reported& run : runs) {
    for (const runs::MachineFrontEntry& entry : run.run->machine()->programs) {
      rows.push_back({fmt::format("<a href=\"#{}\">{}</a>", report::escape(anchor(run, entry)),
                                  report::escape(entry.name)),
                      report::escape(run.name), report::escape(entry.scheme),
                      fmt::format("{:.4f}", entry.max_ulp), fmt::to_string(entry.misrounded),
                      cell(entry.cost_throughput, 3), cell(entry.cost_latency, 0),
                      cell(entry.ns_per_element, 3), cell(entry.ratio, 2)});
    }
  }
  return report::table({{"function"},
                        {"run"},
                        {"scheme"},
                        {"max ULP", true},
                        {"misrounded", true},
                        {"cycles", true},
                        {"latency", true},
                        {"ns", true},
                        {"/ copy", true}},
                       rows);
}

report::Plot error_plot(const FloatCurves& curves, const FloatCurve& curve) {
  report::Plot plot;
  plot.title = "Error over the floats";
  plot.width = 560;
  plot.height = 250;
  const std::string span = curves.span();
  plot.x = {.label = span.empty() ? "x" : "x, every binade as wide as another",
            .lo = curves.lo(),
            .hi = curves.hi(),
            .ticks = curves.ticks()};
  plot.y = {.label = "error in ULP"};
  report::Series extent{.hue = report::hue(0)};
  for (const FloatCurve::Extent& bin : curve.extents) {
    extent.points.push_back({bin.place, bin.most});
    extent.points.push_back({bin.place, bin.least});
  }
  report::Series worst{.points = {{curve.worst_place, curve.worst_error}},
                       .hue = report::hue(1),
                       .shape = report::Shape::Points,
                       .mark = report::Mark::Dot,
                       .titles = {fmt::format("worst input: {:.4f} ULP", curve.worst_error)}};
  plot.series = {std::move(extent), std::move(worst)};
  return plot;
}

std::string histogram_figure(const FloatCurve& curve, const std::string& where) {
  report::Plot plot;
  plot.title = "Histogram of errors";
  plot.width = 560;
  plot.height = 200;
  const double end = curve.width * static_cast<double>(curve.histogram.size());
  plot.x = {.label = fmt::format("size of the error in ULP, columns of {:g}", curve.width),
            .lo = 0,
            .hi = end};
  plot.y = {.label = "floats", .scale = report::Scale::Log, .lo = 0.5};
  report::Series bars{.hue = report::hue(0), .shape = report::Shape::Bars};
  std::uint64_t samples = 0;
  for (std::size_t k = 0; k < curve.histogram.size(); ++k) {
    bars.points.push_back(
        {curve.width * static_cast<double>(k), static_cast<double>(curve.histogram[k])});
    samples += curve.histogram[k];
  }
  bars.points.push_back({end, 0});
  plot.series.push_back(std::move(bars));
  return report::figure(
      plot, fmt::format("Of {} samples, evenly spread over {}; the maximum and the count of "
                        "misrounded results are of every input.",
                        samples, where));
}

ProgramCard card_of(const Reported& run, const runs::MachineFrontEntry& entry,
                    const FloatCurves& curves) {
  const runs::MachineFront& front = *run.run->machine();
  ProgramCard card;
  card.id = anchor(run, entry);
  card.heading = fmt::format("{}: {:.4f} ULP, {} cycles", entry.name, entry.max_ulp,
                             cell(entry.cost_throughput, 3));
  card.facts = {
      {"max error", fmt::format("{:.6f} ULP, at {}", entry.max_ulp, input_text(entry.worst_input))},
      {"inputs", fmt::to_string(entry.inputs)},
      {"not correctly rounded", fmt::to_string(entry.misrounded)},
      {"above 1 ULP", fmt::to_string(entry.above_one_ulp)},
      {"range reduction", report::escape(entry.scheme)},
      {"cost", fmt::format("{} cycles an element, latency {}", cell(entry.cost_throughput, 3),
                           cell(entry.cost_latency, 0))},
      {"measured", std::isfinite(entry.ns_per_element)
                       ? fmt::format("{:.3f} ns an element, {:.2f} times a copy",
                                     entry.ns_per_element, entry.ratio)
                       : "–"},
      {"from", report::escape(runs::provenance(front.version, front.seed, entry.origin))}};
  const FloatCurve curve = curves(entry.program, entry.worst_input);
  const std::string where = curves.span().empty() ? report::escape(front.domain) : curves.span();
  card.figures =
      report::figure(
          error_plot(curves, curve),
          "Largest and smallest error of each stretch, from samples; the dot is the worst "
          "input of all.") +
      histogram_figure(curve, where);
  card.program = entry.program;
  const auto certificate = runs::find_certificate(run.run->directory, front, entry);
  card.cpp = runs::machine_files(front, entry, certificate).front().content;
  card.certificate = runs::certificate_text(*run.run, entry.name);
  return card;
}

FloatCurves curves_for(const std::vector<Reported>& runs) {
  const runs::MachineFront& front = *runs.front().run->machine();
  std::vector<ir::Program> programs;
  for (const Reported& run : runs) {
    for (const runs::MachineFrontEntry& entry : run.run->machine()->programs) {
      programs.push_back(entry.program);
    }
  }
  std::optional<targets::Domain> domain;
  if (front.domain != "all") domain = targets::parse_domain(front.domain);
  return {ir::parse_expression(front.expression), domain, programs};
}

}  // namespace

report::Plot machine_front_plot(const std::vector<Reported>& runs) {
  report::Plot plot;
  plot.title = "Pareto front";
  const runs::MachineFront& first = *runs.front().run->machine();
  plot.x = {.label = fmt::format("cycles per element, by the model of {} on {}", first.isa,
                                 first.processor)};
  plot.y = {.label = "max error in ULP", .scale = report::Scale::Log};
  plot.rules = {{0.5, "0.5: correctly rounded"}, {1, "1 ULP"}};
  for (std::size_t k = 0; k < runs.size(); ++k) {
    report::Series series{.name = runs[k].name,
                          .hue = report::hue(k),
                          .shape = report::Shape::Steps,
                          .mark = report::mark(k)};
    for (const runs::MachineFrontEntry& entry : runs[k].run->machine()->programs) {
      series.points.push_back({entry.cost_throughput, entry.max_ulp});
      series.titles.push_back(fmt::format("{}: {:.4f} ULP, {:.3f} cycles", entry.name,
                                          entry.max_ulp, entry.cost_throughput));
    }
    plot.series.push_back(std::move(series));
  }
  return plot;
}

std::string machine_sections(const std::vector<Reported>& runs) {
  std::string figures =
      report::figure(machine_front_plot(runs),
                     "Every input measured; the exact value's ULP, by MPFR where in doubt.");
  const HistoryLook look = history_look();
  for (const Reported& run : runs) figures += history_figure(run, runs.size() > 1, look);
  const FloatCurves curves = curves_for(runs);
  return group_sections(runs, figures, front_rows(runs), [&](const Reported& run) {
    std::string cards;
    for (const runs::MachineFrontEntry& entry : run.run->machine()->programs) {
      cards += html_of(card_of(run, entry, curves));
    }
    return cards;
  });
}

}  // namespace ulpforge::report

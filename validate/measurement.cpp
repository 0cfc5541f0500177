// Domain, modes, audit.
#include "validate/measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "numbers/format.h"
#include "targets/scores/pieces.h"
#include "validate/clock.h"
#include "validate/exhaustive_run.h"
#include "validate/lanes.h"
#include "validate/resume.h"

namespace ulpforge::validate {
namespace {

using numbers::Binary32;

/// Ranges of magnitudes for the domain, checked.
void apply_domain(const std::string& text, ExhaustiveOptions& options) {
  if (text.empty()) return;
  const targets::Domain domain = targets::parse_domain(text);
  if (!domain.parts.empty()) {
    throw std::invalid_argument(fmt::format("validate measures one interval at a time; give {}",
                                            targets::to_string(domain.parts.front())));
  }
  constexpr double kMost = std::numeric_limits<float>::max();
  const auto beyond = [&](double end) { return std::isfinite(end) && std::abs(end) > kMost; };
  if (beyond(domain.lo) || beyond(domain.hi)) {
    throw std::invalid_argument(fmt::format(
        "domain {} reaches beyond the numbers of float, 3.4028235e38; inf is what all numbers from "
        "there on end with",
        targets::to_string(domain)));
  }
  options.positive.reset();
  options.negative.reset();
  for (const targets::FloatRange& range : targets::floats_of(domain)) {
    (Binary32::is_negative(range.first) ? options.negative : options.positive) =
        targets::FloatRange{Binary32::magnitude(range.first), Binary32::magnitude(range.last)};
  }
  if (!options.positive && !options.negative) {
    throw std::invalid_argument(
        fmt::format("domain {} holds no float", targets::to_string(domain)));
  }
}

std::vector<targets::FloatRange> finite_ranges(const ExhaustiveOptions& options) {
  std::vector<targets::FloatRange> ranges;
  if (options.positive) {
    ranges.push_back(
        {options.positive->first, std::min(options.positive->last, Binary32::kLargest)});
  }
  if (options.negative) {
    ranges.push_back({options.negative->first | Binary32::kSign,
                      std::min(options.negative->last, Binary32::kLargest) | Binary32::kSign});
  }
  return ranges;
}

ModeReport measure_mode(const MeasurementRequest& request, const ExhaustiveOptions& options,
                        const targets::FloatReference& reference, ResumeFile* place) {
  const double start = seconds_now();
  ModeReport mode;
  mode.rounding = options.rounding;
  double before = 0;
  if (place != nullptr) {
    mode.binades = place->done(options.rounding);
    before = place->seconds(options.rounding);
  }
  const int done_before = static_cast<int>(
      std::ranges::count_if(mode.binades, [](const auto& binade) { return binade.has_value(); }));
  int done = done_before;
  ExhaustiveRequest work;
  work.callee = request.subject.callee;
  work.options = options;
  work.timeout = request.timeout;
  work.threads = request.threads;
  work.stop = request.stop;
  work.on_binade = [&](const BinadeFigures& binade) {
    const double seconds = seconds_now() - start;
    if (place != nullptr) place->add(options.rounding, binade, before + seconds);
    ++done;
    if (request.progress) {
      constexpr double kAll = kBinades;
      request.progress({.rounding = options.rounding,
                        .share = done / kAll,
                        .share_of_this_run = (done - done_before) / kAll,
                        .seconds = seconds});
    }
  };
  mode.complete = measure(reference, work, mode.binades);
  if (mode.complete) {
    Worker worker(request.subject.callee, request.timeout);
    mode.edges = monotonicity_at_edges(reference, worker, options);
    mode.lanes = check_lanes(request.exact.program, worker, request.subject.callee.signature,
                             {.format = numbers::kBinary32,
                              .ulp_of = options.ulp_of,
                              .rounding = options.rounding,
                              .seed = request.seed,
                              .results = lane_results(sum(mode.binades).inputs),
                              .within = request.domain.empty() ? std::vector<targets::FloatRange>()
                                                               : finite_ranges(options),
                              .stop = request.stop});
  }
  mode.seconds = before + seconds_now() - start;
  return mode;
}

}  // namespace

Report measure_routine(const MeasurementRequest& request) {
  const double start = seconds_now();
  Report report;
  report.identity = identify(request.subject, request.exact, request.domain, request.ulp_of);
  report.program = request.exact.program;
  report.with_exceptions = request.exceptions;
  ExhaustiveOptions options;
  options.ulp_of = request.ulp_of;
  options.parity = request.exact.parity;
  options.exceptions = request.exceptions;
  apply_domain(request.domain, options);
  std::optional<ResumeFile> place;
  if (!request.resume.empty()) {
    Json what = to_json(report.identity);
    what["flags"] = request.exceptions;
    place.emplace(request.resume, what);
  }
  // First of all: does it load?
  report.identity.code_offset = Worker(request.subject.callee, request.timeout).code_offset();
  using Step = MeasurementProgress::Step;
  const auto watch = [&](Step step) -> std::function<void(double)> {
    if (!request.progress) return {};
    const double since = seconds_now();
    return [&request, step, since](double share) {
      request.progress({.step = step,
                        .share = share,
                        .share_of_this_run = share,
                        .seconds = seconds_now() - since});
    };
  };
  const std::vector<targets::FloatRange> finite = finite_ranges(options);
  const std::optional<targets::FloatReference> reference = targets::FloatReference::prepare(
      request.exact.program, finite,
      {.stop = request.stop, .progress = watch(Step::Preparation), .threads = request.threads});
  for (const targets::Rounding rounding : request.roundings) {
    options.rounding = rounding;
    if (!reference) {
      report.modes.push_back({.rounding = rounding, .binades = {}, .complete = false});
    } else {
      report.modes.push_back(measure_mode(request, options, *reference, place ? &*place : nullptr));
    }
    if (request.stop.stop_requested()) break;
  }
  if (reference && !request.stop.stop_requested()) {
    std::uint64_t inputs = 0;
    for (const targets::FloatRange& range : finite) inputs += range.size();
    constexpr std::uint64_t kUsual = 1000000;
    const std::uint64_t checks = request.audit.value_or(std::min(kUsual, (inputs + 99) / 100));
    if (checks > 0) {
      report.audited = audit(*reference, checks, request.seed, request.threads, request.stop,
                             watch(Step::Audit));
    }
  }
  report.seconds = seconds_now() - start;
  return report;
}

}  // namespace ulpforge::validate

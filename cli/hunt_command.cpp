// A hunt with worker processes, progress and the file of known inputs.
#include "cli/hunt_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "runs/progress.h"
#include "validate/examiner.h"
#include "validate/known_inputs.h"

namespace ulpforge::cli {
namespace {

using validate::HuntIncident;
using validate::Point;

/// What all workers have been seen to do wrong.
class Incidents {
 public:
  void add(const std::vector<validate::Incident>& incidents, std::span<const double> x,
           std::span<const double> y) {
    if (incidents.empty()) return;
    const std::lock_guard lock(mutex_);
    for (const validate::Incident& incident : incidents) {
      count_ += incident.count;
      const std::size_t i = incident.index;
      all_.push_back({fmt::format("{}, {}", validate::name(incident.kind), incident.what),
                      Point{x[i], y.empty() ? 0 : y[i]}});
    }
    keep_first();
  }
  void move_to(validate::HuntReport& report) {
    report.incident_count = count_;
    report.incidents = std::move(all_);
  }

 private:
  /// The smallest inputs, so that threads do not matter.
  void keep_first() {
    std::sort(all_.begin(), all_.end(), [](const HuntIncident& a, const HuntIncident& b) {
      return a.what != b.what ? a.what < b.what : a.point < b.point;
    });
    all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
    constexpr std::size_t kKept = 16;
    if (all_.size() > kKept) all_.resize(kKept);
  }
  std::mutex mutex_;
  std::uint64_t count_ = 0;
  std::vector<HuntIncident> all_;
};

validate::HuntRoutine routine_in_worker(const HuntRequest& request, Incidents& incidents) {
  const auto worker = std::make_shared<validate::Worker>(request.callee, request.timeout);
  const targets::Rounding rounding = request.rounding;
  if (request.callee.signature.element == validate::Element::Double) {
    return [=, &incidents](std::span<const double> x, std::span<const double> y,
                           std::span<double> z) {
      std::vector<validate::Incident> seen;
      std::ranges::copy(worker->run(x, y, rounding, seen), z.begin());
      incidents.add(seen, x, y);
    };
  }
  return [=, &incidents](std::span<const double> x, std::span<const double> y,
                         std::span<double> z) {
    const std::vector<float> a(x.begin(), x.end());
    const std::vector<float> b(y.begin(), y.end());
    std::vector<validate::Incident> seen;
    std::ranges::copy(worker->run(std::span<const float>(a), b, rounding, seen), z.begin());
    incidents.add(seen, x, y);
  };
}

}  // namespace

validate::HuntReport hunt_routine(const HuntRequest& request) {
  validate::HuntReport report;
  report.identity = request.identity;
  report.format = request.callee.signature.element == validate::Element::Double ? numbers::kBinary64
                                                                                : numbers::kBinary32;
  report.inputs = request.program.inputs;
  report.rounding = request.rounding;
  report.seed = request.seed;

  validate::HuntOptions options;
  options.format = report.format;
  options.ulp_of = request.identity.ulp_of;
  options.rounding = request.rounding;
  options.seed = request.seed;
  options.seconds = request.seconds;
  options.evaluations = request.evaluations;
  if (options.seconds <= 0 && options.evaluations == 0) options.seconds = 60;
  options.threads = request.threads;
  options.audit = request.audit;
  options.stop = request.stop;
  if (!request.known.empty()) {
    options.known = validate::read_known_inputs(request.known, report.format,
                                                request.identity.expression, report.inputs);
  }
  // First of all: does it load?
  report.identity.code_offset =
      validate::Worker(request.callee, request.timeout).code_offset();

  runs::ProgressView view(request.quiet, 0);
  const auto progress = [&](const validate::HuntResult& result) {
    const double share = options.seconds > 0
                             ? result.seconds / options.seconds
                             : static_cast<double>(result.evaluations) /
                                   static_cast<double>(options.evaluations);
    view.show(result.seconds,
              fmt::format("{}: {:.0f} %, {:.0f} s, {:.3g} results, at least {:.6f} ULP",
                          request.identity.symbol, 100 * std::min(share, 1.0), result.seconds,
                          static_cast<double>(result.evaluations),
                          result.records.empty() ? 0 : std::abs(result.records.back().error)),
              "");
  };
  Incidents incidents;
  report.result = validate::hunt(
      request.program, [&] { return routine_in_worker(request, incidents); }, options, progress);
  view.end();
  incidents.move_to(report);
  if (report.result.records.empty()) return report;
  const validate::HuntRecord& record = report.result.records.back();
  validate::HuntOptions other = options;
  other.ulp_of = options.ulp_of == targets::UlpOf::Exact ? targets::UlpOf::Rounded
                                                         : targets::UlpOf::Exact;
  report.by_other_ulp =
      std::abs(validate::judge(request.program, record.point, record.result, other).error);
  if (!request.known.empty()) {
    validate::add_known_input(request.known, report.format, request.identity.expression,
                              report.inputs, record.point);
  }
  return report;
}

}  // namespace ulpforge::cli

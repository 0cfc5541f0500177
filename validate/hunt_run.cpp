// A hunt with worker processes and the file of known inputs.
#include "validate/hunt_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

#include "validate/examiner.h"
#include "validate/known_inputs.h"

namespace ulpforge::validate {
namespace {

/// What all workers have been seen to do wrong.
class Incidents {
 public:
  void add(const std::vector<Incident>& incidents, std::span<const double> x,
           std::span<const double> y) {
    if (incidents.empty()) return;
    const std::lock_guard lock(mutex_);
    for (const Incident& incident : incidents) {
      count_ += incident.count;
      const std::size_t i = incident.index;
      all_.push_back({fmt::format("{}, {}", name(incident.kind), incident.what),
                      Point{x[i], y.empty() ? 0 : y[i]}});
    }
    keep_first();
  }
  void move_to(HuntReport& report) {
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

HuntRoutine routine_in_worker(const HuntRequest& request, Incidents& incidents) {
  const Callee& callee = request.subject.callee;
  const auto worker = std::make_shared<Worker>(callee, request.timeout);
  const targets::Rounding rounding = request.options.rounding;
  if (callee.signature.element == Element::Double) {
    return
        [=, &incidents](std::span<const double> x, std::span<const double> y, std::span<double> z) {
          std::vector<Incident> seen;
          std::ranges::copy(worker->run(x, y, rounding, seen), z.begin());
          incidents.add(seen, x, y);
        };
  }
  return
      [=, &incidents](std::span<const double> x, std::span<const double> y, std::span<double> z) {
        const std::vector<float> a(x.begin(), x.end());
        const std::vector<float> b(y.begin(), y.end());
        std::vector<Incident> seen;
        std::ranges::copy(worker->run(std::span<const float>(a), b, rounding, seen), z.begin());
        incidents.add(seen, x, y);
      };
}

}  // namespace

HuntReport hunt_routine(const HuntRequest& request) {
  const Callee& callee = request.subject.callee;
  const ir::Program& exact = request.exact.program;
  HuntOptions options = request.options;
  options.format =
      callee.signature.element == Element::Double ? numbers::kBinary64 : numbers::kBinary32;
  HuntReport report;
  report.identity = identify(request.subject, request.exact, "", options.ulp_of);
  report.format = options.format;
  report.inputs = exact.inputs;
  report.rounding = options.rounding;
  report.seed = options.seed;
  if (!request.known.empty()) {
    options.known =
        read_known_inputs(request.known, report.format, request.exact.expression, report.inputs);
  }
  // First of all: does it load?
  report.identity.code_offset = Worker(callee, request.timeout).code_offset();
  Incidents incidents;
  report.result =
      hunt(exact, [&] { return routine_in_worker(request, incidents); }, options, request.progress);
  incidents.move_to(report);
  if (report.result.records.empty()) return report;
  const HuntRecord& record = report.result.records.back();
  HuntOptions other = options;
  other.ulp_of =
      options.ulp_of == targets::UlpOf::Exact ? targets::UlpOf::Rounded : targets::UlpOf::Exact;
  report.by_other_ulp = std::abs(judge(exact, record.point, record.result, other).error);
  if (!request.known.empty()) {
    add_known_input(request.known, report.format, request.exact.expression, report.inputs,
                    record.point);
  }
  return report;
}

}  // namespace ulpforge::validate

// A hunt with worker processes and the file of known inputs.
#include "validate/hunt_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>

#include "targets/exact/exact_value.h"
#include "validate/directed_inputs.h"
#include "validate/examiner.h"
#include "validate/known_inputs.h"
#include "validate/lanes.h"

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

namespace {

/// C's atan2 takes y first.
std::array<std::string, 2> argument_names(const ir::Program& program) {
  const bool is_atan2 = program.inputs == 2 && program.code.size() == 1 &&
                        program.code[0].op == ir::Op::Atan2 &&
                        program.code[0].operands[0] == ir::Operand::input(0);
  if (is_atan2) return {"y", "x"};
  return {"x", "y"};
}

/// The exceptions and errno that single calls leave at the directed inputs.
TraceReport check_traces(const HuntRequest& request, const HuntOptions& options) {
  const Callee& callee = request.subject.callee;
  const ir::Program& exact = request.exact.program;
  std::vector<Point> points = directed_inputs(exact, options.format);
  const Patterns patterns(options.format);
  const auto key = [&](const Point& point) {
    return std::array{patterns.pattern(point[0]), patterns.pattern(point[1])};
  };
  std::ranges::sort(points, {}, key);
  points.erase(std::ranges::unique(points, {}, key).begin(), points.end());

  Worker worker(callee, request.timeout);
  worker.record_exceptions(true);
  std::array<TraceFinding, kExceptionFaults> found{};
  TraceReport report;
  const auto check = [&]<class T>(T) {
    constexpr std::size_t kAtOnce = 1024;
    for (std::size_t first = 0; first < points.size() && !options.stop.stop_requested();
         first += kAtOnce) {
      const std::size_t count = std::min(kAtOnce, points.size() - first);
      std::vector<T> x, y;
      for (std::size_t i = first; i < first + count; ++i) {
        x.push_back(static_cast<T>(points[i][0]));
        if (exact.inputs == 2) y.push_back(static_cast<T>(points[i][1]));
      }
      std::vector<Incident> incidents;  // the hunt meets them too
      const std::span<const T> z =
          worker.run(std::span<const T>(x), std::span<const T>(y), options.rounding, incidents);
      for (std::size_t i = 0; i < count; ++i) {
        const Point& point = points[first + i];
        const auto lost = [&](const Incident& one) { return one.index == i && one.lost(); };
        if (std::ranges::any_of(incidents, lost)) continue;
        const std::span<const double> inputs = std::span(point).first(exact.inputs);
        const DueTraces due = due_traces(exact, targets::exact_value(exact, inputs), inputs, false,
                                         options.format, options.rounding);
        ++report.inputs;
        for_each_fault(due, worker.raised()[i], [&](ExceptionFault fault) {
          TraceFinding& finding = found[static_cast<std::size_t>(fault)];
          if (finding.count++ > 0) return;
          finding.fault = fault;
          finding.point = point;
          finding.result = static_cast<double>(z[i]);
        });
      }
    }
  };
  callee.signature.element == Element::Double ? check(double{}) : check(float{});
  for (const TraceFinding& finding : found) {
    if (finding.count > 0) report.faults.push_back(finding);
  }
  return report;
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
  report.names = argument_names(exact);
  {
    // First of all: does it load?
    const auto start = std::chrono::steady_clock::now();
    Worker worker(callee, request.timeout);
    report.identity.code_offset = worker.code_offset();
    if (request.exceptions) report.traces = check_traces(request, options);
    // Of a hunt by time it is not known how many results there will be.
    constexpr std::uint64_t kOfAHunt = std::uint64_t{1} << 26;
    report.lanes = check_lanes(
        exact, worker, callee.signature,
        {.format = options.format,
         .ulp_of = options.ulp_of,
         .rounding = options.rounding,
         .seed = options.seed,
         .results = lane_results(options.evaluations > 0 ? options.evaluations : kOfAHunt),
         .stop = options.stop});
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    if (options.seconds > 0) options.seconds = std::max(options.seconds - spent.count(), 0.01);
  }
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

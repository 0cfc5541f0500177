// Every input of a short format through a worker process.
#include "validate/short_audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <thread>

#include "ir/expression.h"
#include "parallel/parallel.h"
#include "validate/clock.h"
#include "validate/report.h"

namespace ulpforge::validate {
namespace {

using numbers::ShortFormat;
using targets::Histogram;
using targets::OddValue;
using targets::ShortJudge;
using targets::ShortScore;
using targets::ShortValues;

/// Between the routine and patterns of the format.
class Caller {
 public:
  Caller(const ShortRequest& request)
      : format_(request.format),
        patterns_(is_pattern(request.subject.callee.signature.element)),
        worker_(request.subject.callee, request.timeout) {}

  /// Results at those patterns; of one argument `y` is empty. Incidents have the index of the
  /// input; a lost result is NaN.
  std::span<const std::uint32_t> operator()(std::span<const std::uint32_t> x,
                                            std::span<const std::uint32_t> y,
                                            std::vector<Incident>& incidents) {
    const auto carried = [&](std::span<const std::uint32_t> bits, std::vector<float>& values) {
      values.resize(bits.size());
      std::ranges::transform(bits, values.begin(), [&](std::uint32_t pattern) {
        return patterns_ ? static_cast<float>(pattern) : format_.value(pattern);
      });
    };
    carried(x, x_);
    carried(y, y_);
    const std::span<const float> results =
        worker_.run(x_, y_, targets::Rounding::Nearest, incidents);
    results_.resize(x.size());
    std::ranges::transform(results, results_.begin(), [&](float value) {
      if (!patterns_) return format_.round(static_cast<double>(value));
      // A pattern with bits beyond the format's stands for no number of it; it counts as NaN.
      const bool is_one = value < static_cast<float>(format_.inputs());
      return is_one ? static_cast<std::uint32_t>(value) : format_.nan();
    });
    return results_;
  }

 private:
  const ShortFormat& format_;
  bool patterns_;
  Worker worker_;
  std::vector<float> x_, y_;
  std::vector<std::uint32_t> results_;
};

void note(std::vector<ShortIncident>& all, const std::vector<Incident>& incidents,
          const auto& input_of) {
  for (const Incident& incident : incidents) {
    all.push_back({incident.kind, input_of(incident.index), incident.count, incident.what});
  }
}

/// Neighbours and mirror images. `y` is by pattern; nothing where the domain leaves one out.
void compare_neighbours(const ShortValues& values, std::span<const std::uint32_t> y,
                        targets::Parity parity, ShortMode& mode) {
  const ShortFormat& format = values.format();
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::vector<std::uint32_t> place(format.inputs(), kNone);
  for (std::uint32_t i = 0; i < values.size(); ++i) place[values.patterns()[i]] = i;
  const auto as_number = [&](std::uint32_t i) { return static_cast<double>(format.value(y[i])); };
  const auto compare = [&](std::uint32_t lower, std::uint32_t upper) {
    const std::uint32_t a = place[lower];
    const std::uint32_t b = place[upper];
    if (a == kNone || b == kNone) return;
    const double below = values.values()[a].value;
    const double above = values.values()[b].value;
    const bool wrong = (below < above && as_number(a) > as_number(b)) ||
                       (below > above && as_number(a) < as_number(b));
    if (wrong) mode.monotonicity.add(lower, y[a]);
  };
  for (std::uint32_t bits = 0; bits < format.largest(); ++bits) {
    compare(bits, bits + 1);
    compare((bits + 1) | format.sign(), bits | format.sign());
  }
  if (parity == targets::Parity::None) return;
  const std::uint32_t flipped = parity == targets::Parity::Odd ? format.sign() : 0;
  for (std::uint32_t bits = 0; bits < format.sign(); ++bits) {
    const std::uint32_t a = place[bits];
    const std::uint32_t b = place[bits | format.sign()];
    if (a == kNone || b == kNone || (format.is_nan(y[a]) && format.is_nan(y[b]))) continue;
    if ((y[a] ^ flipped) != y[b]) mode.symmetry.add(bits, y[a]);
  }
}

void audit_numbers(const ShortRequest& request, ShortReport& report) {
  std::optional<targets::Domain> domain;
  if (!request.domain.empty()) domain = targets::parse_domain(request.domain);
  const ShortValues values = parallel::with_threads(static_cast<int>(request.threads), [&] {
    return ShortValues(request.exact.program, request.format, domain,
                       [&] { return request.stop.stop_requested(); });
  });
  if (values.size() == 0) {
    throw std::invalid_argument(fmt::format("domain {} holds no number of {}",
                                            targets::to_string(*domain), request.format.name()));
  }
  if (!values.complete()) {
    report.complete = false;
    return;
  }
  Caller call(request);
  std::vector<std::uint32_t> y;
  while (y.size() < values.size()) {
    const std::size_t first = y.size();
    const auto x = values.patterns().subspan(
        first, std::min<std::size_t>(values.size() - first, Worker::kCapacity));
    std::vector<Incident> incidents;
    const auto results = call(x, {}, incidents);
    note(report.incidents, incidents,
         [&](std::size_t index) { return values.patterns()[first + index]; });
    y.insert(y.end(), results.begin(), results.end());
  }
  for (const numbers::RoundTo rounding : request.roundings) {
    ShortMode mode;
    mode.rounding = rounding;
    mode.score = targets::score(values, y, rounding);
    compare_neighbours(values, y, request.exact.parity, mode);
    report.modes.push_back(std::move(mode));
  }
}

/// All y for one x.
struct Row {
  std::vector<ShortScore> scores;             ///< by mode
  std::vector<targets::PairErrors> relative;  ///< likewise
  std::vector<ShortIncident> incidents;
};

void audit_pairs(const ShortRequest& request, ShortReport& report) {
  const ShortFormat& format = request.format;
  const std::uint32_t count = format.inputs();
  const targets::PairFunction function(request.exact.program, format, request.pairs);
  std::vector<ShortJudge> judges;
  for (const numbers::RoundTo rounding : request.roundings) judges.emplace_back(format, rounding);
  std::vector<std::optional<Row>> rows(count);
  std::atomic<std::uint32_t> next = 0;
  std::atomic<std::uint32_t> done = 0;
  std::mutex reporting;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      Caller call(request);
      std::vector<std::uint32_t> x(count), all(count);
      std::iota(all.begin(), all.end(), 0U);
      while (!request.stop.stop_requested()) {
        const std::uint32_t k = next++;
        if (k >= count) break;
        std::ranges::fill(x, k);
        Row row;
        std::vector<Incident> incidents;
        const auto z = call(x, all, incidents);
        note(row.incidents, incidents,
             [&](std::size_t index) { return (std::uint64_t{k} << format.bits()) + index; });
        row.scores.resize(judges.size());
        row.relative.resize(judges.size());
        for (std::uint32_t i = 0; i < count; ++i) {
          const OddValue f = function.value(k, i);
          if (!function.holds(k, i, f)) continue;
          const std::uint64_t pair = (std::uint64_t{k} << format.bits()) + i;
          for (std::size_t m = 0; m < judges.size(); ++m) {
            row.scores[m].add(judges[m], pair, f, z[i]);
            row.relative[m].add(targets::relative_error(format, f, judges[m](f, z[i])), pair, z[i]);
          }
        }
        rows[k] = std::move(row);
        ++done;
        const std::lock_guard lock(reporting);
        if (request.progress) request.progress(static_cast<double>(done) / count);
      }
    } catch (...) {
      const std::lock_guard lock(reporting);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < std::max(1U, request.threads); ++t) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  for (const numbers::RoundTo rounding : request.roundings) {
    report.modes.emplace_back().rounding = rounding;
  }
  for (const auto& row : rows) {
    if (!row) {
      report.complete = false;
      continue;
    }
    for (std::size_t m = 0; m < report.modes.size(); ++m) {
      report.modes[m].score.merge(row->scores[m]);
      report.modes[m].relative.merge(row->relative[m]);
    }
    report.incidents.insert(report.incidents.end(), row->incidents.begin(), row->incidents.end());
  }
}

std::string hex(const ShortFormat& format, std::uint32_t bits) {
  return fmt::format("0x{:0{}x}", bits, (format.bits() + 3) / 4);
}

std::string number_text(const ShortFormat& format, std::uint32_t bits) {
  return fmt::format("{} ({:.9g})", hex(format, bits), format.value(bits));
}

/// The arguments of an input.
std::vector<std::uint32_t> arguments(const ShortReport& report, std::uint64_t input) {
  if (report.inputs == 1) return {static_cast<std::uint32_t>(input)};
  return {static_cast<std::uint32_t>(input >> report.format.bits()),
          static_cast<std::uint32_t>(input & (report.format.inputs() - 1))};
}

std::string input_text(const ShortReport& report, std::uint64_t input) {
  std::string text;
  for (const std::uint32_t bits : arguments(report, input)) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", number_text(report.format, bits));
  }
  return text;
}

std::string exact_at(const ShortReport& report, std::uint64_t input) {
  std::vector<double> x;
  for (const std::uint32_t bits : arguments(report, input)) {
    x.push_back(static_cast<double>(report.format.value(bits)));
  }
  return exact_text(report.program, x);
}

Json finding_json(const ShortReport& report, const ShortScore::Finding& finding) {
  Json json = {{"count", finding.count}};
  if (finding.count == 0) return json;
  json["inputs"] = Json::array();
  for (const std::uint32_t bits : arguments(report, finding.input)) {
    json["inputs"].push_back(hex(report.format, bits));
  }
  json["result"] = hex(report.format, finding.result);
  return json;
}

/// Of those errors that were measured.
double share(double sum, const ShortScore& score) {
  return score.measured > 0 ? sum / static_cast<double>(score.measured) : 0;
}

Json mode_json(const ShortReport& report, const ShortMode& mode) {
  const ShortScore& s = mode.score;
  Json json = {{"rounding", numbers::name(mode.rounding)},
               {"inputs", s.inputs},
               {"max_ulp", s.max_ulp},
               {"worst_input", Json::array()},
               {"worst_result", hex(report.format, s.worst_result)},
               {"worst_exact", exact_at(report, s.worst_input)},
               {"misrounded", s.misrounded},
               {"above_one_ulp", s.above_one_ulp},
               {"mean_ulp", s.mean()},
               {"bias_ulp", s.bias()},
               {"special_value_errors", finding_json(report, s.special_values)},
               {"zero_sign_errors", finding_json(report, s.zero_signs)}};
  for (const std::uint32_t bits : arguments(report, s.worst_input)) {
    json["worst_input"].push_back(hex(report.format, bits));
  }
  if (report.inputs == 2) {
    json["relative"] = {{"max", mode.relative.max},
                        {"mean", share(mode.relative.sum_of_sizes, s)},
                        {"bias", share(mode.relative.sum_of_errors, s)}};
  }
  if (report.inputs == 1) {
    json["monotonicity_violations"] = finding_json(report, mode.monotonicity);
    json["symmetry_violations"] = finding_json(report, mode.symmetry);
  }
  json["histogram"] = histogram_json(s.histogram);
  return json;
}

std::string mode_text(const ShortReport& report, const ShortMode& mode) {
  const ShortScore& s = mode.score;
  std::string text;
  const auto row = [&](std::string_view what, const std::string& value) {
    text += fmt::format("  {:<24}{}\n", what, value);
  };
  const auto finding = [&](std::string_view what, const ShortScore::Finding& f) {
    row(what, f.count == 0
                  ? "0"
                  : fmt::format("{}, first {} gives {}", thousands(f.count),
                                input_text(report, f.input), number_text(report.format, f.result)));
  };
  text += fmt::format("rounding {}{}\n", numbers::name(mode.rounding),
                      report.complete ? "" : ", PARTIAL: stopped before every input was seen");
  row("inputs", thousands(s.inputs));
  row("max ULP", fmt::format("{:.9g} at {}", s.max_ulp, input_text(report, s.worst_input)));
  if (s.max_ulp > 0) {
    row("", fmt::format("result {}, exact {}", number_text(report.format, s.worst_result),
                        exact_at(report, s.worst_input)));
  }
  row("not correctly rounded", thousands(s.misrounded));
  row("above 1 ULP", thousands(s.above_one_ulp));
  row("mean error, bias", fmt::format("{:.6f}, {:+.3e} ULP", s.mean(), s.bias()));
  if (report.inputs == 2) {
    row("relative error",
        fmt::format("max {:.6f}, mean {:.6f}, bias {:+.6f}", mode.relative.max,
                    share(mode.relative.sum_of_sizes, s), share(mode.relative.sum_of_errors, s)));
  }
  finding("special-value errors", s.special_values);
  finding("zeros of wrong sign", s.zero_signs);
  if (report.inputs == 1) {
    finding("not monotone", mode.monotonicity);
    finding("not symmetric", mode.symmetry);
  }
  text += histogram_text(s.histogram, s.inputs);
  return text;
}

}  // namespace

std::string usual_signature(const ShortFormat& format, const std::string& symbol,
                            const std::string& target) {
  Signature signature;
  signature.element = format.bytes() == 1   ? Element::UInt8
                      : format.bytes() == 2 ? Element::UInt16
                                            : Element::UInt32;
  if (symbol.ends_with("_n")) signature.form = Signature::Form::Array;
  if (targets::find_pair(target) != nullptr) signature.inputs = 2;
  try {
    (void)ir::parse_expression(targets::expression_of(target));
  } catch (const std::exception&) {
    // Two arguments, or no expression: exact_function() says what is wrong with that.
    signature.inputs = 2;
  }
  return to_string(signature);
}

ShortReport audit_short(const ShortRequest& request) {
  const Signature& signature = request.subject.callee.signature;
  const ShortFormat& format = request.format;
  if (is_pattern(signature.element)) {
    const bool named =
        signature.element == Element::Bfloat16 || signature.element == Element::Float16;
    const std::string_view right = signature.element == Element::Bfloat16 ? "bf16" : "f16";
    if (named && format.name() != right) {
      throw std::invalid_argument(fmt::format("{} holds numbers of {}, not of {}",
                                              name(signature.element), right, format.name()));
    }
    if (signature.element_size() != format.bytes()) {
      throw std::invalid_argument(
          fmt::format("{} takes {} bytes a number, and {} has {}; give --signature such as {}",
                      to_string(signature), signature.element_size(), format.name(), format.bytes(),
                      usual_signature(format, request.subject.symbol, request.exact.expression)));
    }
  } else if (signature.element != Element::Float || signature.extra != Signature::Extra::None) {
    throw std::invalid_argument(fmt::format(
        "{}: with --format a routine is of the format's patterns or of floats, whose results are "
        "rounded to it; {} is {}",
        format.name(), request.subject.symbol, to_string(signature)));
  }
  if (signature.inputs == 2 && format.bits() > 16) {
    throw std::invalid_argument(
        fmt::format("{} has more than 2^32 pairs, too many to try", format.name()));
  }
  if (signature.inputs == 1 && request.pairs != targets::PairSet::All) {
    throw std::invalid_argument("--pairs is for two arguments; --domain is for one");
  }
  if (signature.inputs == 2 && !request.domain.empty()) {
    throw std::invalid_argument("--domain is for one argument; pairs are measured everywhere");
  }
  const double start = seconds_now();
  ShortReport report{
      identify(request.subject, request.exact, request.domain, targets::UlpOf::Exact),
      format,
      request.exact.program,
      signature.inputs,
      !is_pattern(signature.element),
      true,
      request.pairs,
      {},
      {},
      0};
  signature.inputs == 2 ? audit_pairs(request, report) : audit_numbers(request, report);
  report.seconds = seconds_now() - start;
  return report;
}

double worst(const ShortReport& report) {
  double worst = report.incidents.empty() ? 0 : std::numeric_limits<double>::infinity();
  for (const ShortMode& mode : report.modes) {
    worst = std::max(worst, mode.score.is_sound() ? mode.score.max_ulp
                                                  : std::numeric_limits<double>::infinity());
  }
  return worst;
}

Json to_json(const ShortReport& report) {
  Json json = to_json(report.identity);
  json["format"] = report.format.name();
  json["rounded_from_float"] = report.rounded;
  json["complete"] = report.complete;
  if (report.inputs == 2) json["pairs"] = targets::name(report.pairs);
  if (!report.modes.empty()) json.update(mode_json(report, report.modes.front()));
  json["incidents"] = Json::array();
  for (const ShortIncident& incident : report.incidents) {
    json["incidents"].push_back({{"kind", name(incident.kind)},
                                 {"input", input_text(report, incident.input)},
                                 {"count", incident.count},
                                 {"what", incident.what}});
  }
  json["seconds"] = report.seconds;
  if (report.modes.size() > 1) {
    json["modes"] = Json::array();
    for (const ShortMode& mode : report.modes) json["modes"].push_back(mode_json(report, mode));
  }
  return json;
}

std::string to_text(const ShortReport& report) {
  const Identity& id = report.identity;
  const std::string all = report.inputs == 2 ? fmt::format("{} of {}", targets::words(report.pairs),
                                                           report.format.name())
                                             : fmt::format("every {} number", report.format.name());
  std::string text = fmt::format("{} of {} against {}, {}\n", id.symbol, id.library, id.expression,
                                 id.domain.empty() ? all : id.domain);
  text += fmt::format("  SHA-256 {}\n", id.sha256);
  text += fmt::format("  {}{}\n", id.signature,
                      report.rounded
                          ? fmt::format(", results rounded to {} to nearest", report.format.name())
                          : "");
  text += fmt::format("  CPU {}; no FTZ, no DAZ\n", id.cpu);
  for (const ShortMode& mode : report.modes) text += fmt::format("\n{}", mode_text(report, mode));
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < std::min(kShown, report.incidents.size()); ++i) {
    const ShortIncident& incident = report.incidents[i];
    text += fmt::format(
        "  {:<24}at {}{}: {}\n", name(incident.kind), input_text(report, incident.input),
        incident.count > 1 ? fmt::format(" and {} more", incident.count - 1) : "", incident.what);
  }
  if (report.incidents.size() > kShown) {
    text += fmt::format("  and {} more incidents\n", report.incidents.size() - kShown);
  }
  text += fmt::format("  {:<24}{:.2f}\n", "seconds", report.seconds);
  return text;
}

}  // namespace ulpforge::validate

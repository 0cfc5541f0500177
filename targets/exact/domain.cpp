// Intervals as users write them.
#include "targets/exact/domain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "ir/expression.h"
#include "ir/suggest.h"
#include "targets/exact/reference.h"

namespace ulpforge::targets {
namespace {

/// The first comma outside all brackets.
std::size_t find_comma(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (text[i] == ',' && depth == 0) return i;
  }
  return std::string_view::npos;
}

[[noreturn]] void fail_domain(std::string_view text, const std::string& message) {
  throw std::invalid_argument(fmt::format("domain '{}': {}", ir::printable(text), message));
}

double parse_end(std::string_view text, std::string_view end, std::string_view which) {
  constexpr std::array<std::string_view, 3> kInfinite{"inf", "infinity", "oo"};
  std::string_view bare = ir::trim(end);
  const bool negative = bare.starts_with('-');
  if (negative || bare.starts_with('+')) bare = ir::trim(bare.substr(1));
  if (std::find(kInfinite.begin(), kInfinite.end(), bare) != kInfinite.end()) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    return negative ? -kInfinity : kInfinity;
  }
  if (bare == "nan") fail_domain(text, fmt::format("the {} end has to be a number or inf", which));
  ir::Program program;
  try {
    program = ir::parse_expression(end);
  } catch (const ir::ExpressionError& error) {
    fail_domain(text, fmt::format("{} end: {}", which, error.what()));
  }
  if (ir::depends_on_input(program)) {
    fail_domain(text, fmt::format("the {} end has to be a constant, such as -pi/2, not '{}'", which,
                                  ir::printable(ir::trim(end))));
  }
  const double value = reference(program, 0.0).hi;
  if (!std::isfinite(value)) {
    fail_domain(text, fmt::format("the {} end '{}' is not a finite number; an end without bound is "
                                  "written inf or -inf",
                                  which, ir::printable(ir::trim(end))));
  }
  return value;
}

}  // namespace

std::optional<std::string> find_defect(const Domain& domain) {
  if (std::isnan(domain.lo) || std::isnan(domain.hi)) return "both ends have to be numbers or inf";
  if (domain.lo > domain.hi) {
    return fmt::format("the ends are reversed; write {}",
                       to_string({domain.hi, domain.lo, domain.hi_open, domain.lo_open}));
  }
  if (domain.lo == domain.hi) return "the interval is empty or a single point";
  if (domain.is_bounded() && !std::isfinite(domain.width())) {
    return "the interval is too wide for double; write -inf,inf for all numbers";
  }
  return std::nullopt;
}

namespace {

/// Messages quote all of `text`, of which `interval` is a part.
Domain parse_interval(std::string_view text, std::string_view interval) {
  const std::string_view all = ir::trim(interval);
  Domain domain;
  std::string_view inner = all;
  std::size_t comma = find_comma(inner);
  if (comma == std::string_view::npos && all.size() >= 2) {
    const char first = all.front();
    const char last = all.back();
    if ((first == '(' || first == '[') && (last == ')' || last == ']')) {
      domain.lo_open = first == '(';
      domain.hi_open = last == ')';
      inner = all.substr(1, all.size() - 2);
      comma = find_comma(inner);
    }
  }
  if (comma == std::string_view::npos) {
    fail_domain(text, "expected two ends with a comma, such as 0,1 or (0, pi/2]");
  }
  const std::string_view rest = inner.substr(comma + 1);
  if (find_comma(rest) != std::string_view::npos) fail_domain(text, "expected two ends, not three");
  domain.lo = parse_end(text, inner.substr(0, comma), "lower");
  domain.hi = parse_end(text, rest, "upper");
  if (const auto defect = find_defect(domain)) fail_domain(text, *defect);
  return domain;
}

/// The intervals in brackets that the text lists, commas between them; fewer than two: it is no
/// list.
std::vector<std::string_view> listed_intervals(std::string_view text) {
  std::vector<std::string_view> intervals;
  std::string_view rest = text;
  for (;;) {
    const std::size_t comma = find_comma(rest);
    intervals.push_back(ir::trim(rest.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    rest = rest.substr(comma + 1);
  }
  // An end may be in brackets too, (1/2),(3/4): an interval has a comma of its own.
  const bool list = std::ranges::any_of(intervals, [](std::string_view each) {
    return each.size() > 2 && (each.front() == '[' || each.front() == '(') &&
           find_comma(each.substr(1, each.size() - 2)) != std::string_view::npos;
  });
  if (!list || intervals.size() < 2) intervals.clear();
  return intervals;
}

/// One interval. An end that both have is open where it is open in both.
Domain joined(const Domain& a, const Domain& b) {
  Domain out{a.lo, std::max(a.hi, b.hi), a.lo_open, b.hi > a.hi ? b.hi_open : a.hi_open};
  if (b.lo == a.lo) out.lo_open = a.lo_open && b.lo_open;
  if (b.hi == a.hi) out.hi_open = a.hi_open && b.hi_open;
  return out;
}

}  // namespace

bool Domain::contains(double x) const {
  if (!parts.empty()) {
    return std::ranges::any_of(parts, [&](const Domain& part) { return part.contains(x); });
  }
  return (lo_open ? x > lo : x >= lo) && (hi_open ? x < hi : x <= hi);
}

std::vector<Domain> intervals_of(const Domain& domain) {
  return domain.parts.empty() ? std::vector<Domain>{domain} : domain.parts;
}

Domain union_of(std::vector<Domain> intervals) {
  std::ranges::sort(intervals, {}, [](const Domain& each) { return std::pair(each.lo, each.hi); });
  std::vector<Domain> parts;
  for (const Domain& next : intervals) {
    const bool touch =
        !parts.empty() && (next.lo < parts.back().hi ||
                           (next.lo == parts.back().hi && !(next.lo_open && parts.back().hi_open)));
    if (touch) {
      parts.back() = joined(parts.back(), next);
    } else {
      parts.push_back(next);
    }
  }
  if (parts.size() == 1) return parts.front();
  Domain out{parts.front().lo, parts.back().hi, parts.front().lo_open, parts.back().hi_open};
  out.parts = std::move(parts);
  return out;
}

Domain parse_domain(std::string_view text) {
  const std::vector<std::string_view> listed = listed_intervals(text);
  if (listed.empty()) return parse_interval(text, text);
  std::vector<Domain> intervals;
  for (const std::string_view each : listed) {
    intervals.push_back(parse_interval(text, each));
    if (!intervals.back().is_bounded()) {
      fail_domain(text, fmt::format("of several intervals each has two finite ends, not {}",
                                    to_string(intervals.back())));
    }
  }
  Domain domain = union_of(std::move(intervals));
  if (domain.parts.size() > kMostIntervals) {
    fail_domain(text,
                fmt::format("at most {} intervals, not {}", kMostIntervals, domain.parts.size()));
  }
  if (const auto defect = find_defect(domain)) fail_domain(text, *defect);
  return domain;
}

std::vector<double> parse_points(std::string_view text) {
  std::vector<double> points;
  for (std::string_view rest = text;;) {
    const std::size_t comma = find_comma(rest);
    const std::string_view each = ir::trim(rest.substr(0, comma));
    const auto fail = [&](const std::string& what) {
      throw std::invalid_argument(
          fmt::format("'{}' {}; give numbers such as 0,1 or pi/2", ir::printable(each), what));
    };
    ir::Program program;
    try {
      program = ir::parse_expression(each);
    } catch (const ir::ExpressionError& error) {
      fail(fmt::format("is no number: {}", error.what()));
    }
    if (ir::depends_on_input(program)) fail("depends on x");
    points.push_back(reference(program, 0.0).hi + 0.0);  // no -0
    if (!std::isfinite(points.back())) fail("is not finite");
    if (comma == std::string_view::npos) break;
    rest = rest.substr(comma + 1);
  }
  std::ranges::sort(points);
  const auto repeated = std::ranges::unique(points);
  points.erase(repeated.begin(), repeated.end());
  return points;
}

std::string to_string(const Domain& domain) {
  if (!domain.parts.empty()) {
    std::vector<std::string> parts;
    for (const Domain& part : domain.parts) parts.push_back(to_string(part));
    return fmt::format("{}", fmt::join(parts, ","));
  }
  return fmt::format("{}{},{}{}", domain.lo_open ? '(' : '[', domain.lo, domain.hi,
                     domain.hi_open ? ')' : ']');
}

}  // namespace ulpforge::targets

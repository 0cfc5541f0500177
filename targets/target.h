// What is approximated: an expression over the reference operations, one interval or several, and a
// measure of error.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/program.h"
#include "targets/exact/domain.h"
#include "targets/exact/exact_values.h"
#include "targets/zeros.h"

namespace ulpforge::targets {

/// How an error is measured; p the program's value, f the exact value.
enum class Metric {
  Relative,  ///< |p - f| / |f|
  Absolute,  ///< |p - f|
  UlpF32,    ///< |p - f| / ulp(f) in float, see targets/exact/ulp.h
  UlpF64,    ///< |p - f| / ulp(f) in double
};

/// "relative", "absolute", "ulp_f32", "ulp_f64".
std::string_view name(Metric metric);
std::optional<Metric> find_metric(std::string_view name);

/// What errors are multiplied by, a function that is positive on the domain.
struct Weight {
  std::string expression;  ///< as written
  ir::Program program;
};

struct Target {
  std::string name;        ///< catalog name, or the expression itself
  std::string expression;  ///< as written
  ir::Program program;     ///< over the reference operations
  Domain domain;
  Metric metric = Metric::Relative;
  /// Where the function vanishes; empty in the metric Absolute, which does not ask, and on a domain
  /// that is not bounded (targets/infinite_domain.h).
  std::vector<Zero> zeros = {};
  /// Of many points, for each interval; empty: one by one.
  std::vector<std::shared_ptr<const ExactValues>> values = {};
  std::optional<Weight> weight = {};
  /// Where programs have to give the value itself, rounded to the format they compute in;
  /// ascending.
  std::vector<double> exact = {};
};

/// The target's value at x, as reference() gives it (targets/exact/reference.h). Thread-safe.
numbers::Mpfr value_at(const Target& target, const numbers::Mpfr& x, unsigned bits);
numbers::DoubleDouble value_at(const Target& target, double x);

/// The weight of errors at x, to double's bits: 1 where the target has none.
double weight_at(const Target& target, const numbers::Mpfr& x);
double weight_at(const Target& target, double x);

/// The target on each of its intervals.
std::vector<Target> on_each_interval(const Target& target);

/// The target named `what` in the catalog, or else `what` as an expression (ir/expression.h);
/// without a domain or metric the catalog's is taken (an expression needs a domain, its metric is
/// relative unless it vanishes inside the interval, where it is absolute).
/// A relative error is measured next to zeros too: a program has to vanish with the function.
/// `weight` is an expression in x, positive and finite on the domain, that errors are multiplied
/// by. Throws std::invalid_argument, with a line that says what is wrong and what would be right,
/// for an unknown name, a syntax error, an interval on which the function is not finite (log on
/// [-1,1]), a relative measure of a function whose zeros inside the interval cannot be told, or a
/// weight that is not positive at some point.
Target make_target(std::string_view what, std::optional<Domain> domain = {},
                   std::optional<Metric> metric = {},
                   const std::optional<std::string>& weight = {});

}  // namespace ulpforge::targets

// The catalog: one row per target, with all that is known of it but its range reductions
// (targets/schemes/table.cpp).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "targets/target.h"

namespace ulpforge::targets {

enum class Parity { None, Even, Odd };

/// "none", "even", "odd".
std::string_view name(Parity parity);

/// Where a function is timed: random arguments in [low, high], spread evenly or, `logarithmic`,
/// evenly in their logarithms.
struct TimedInputs {
  double low, high;
  bool logarithmic = false;
};

struct CatalogRow {
  std::string_view name;
  std::string_view expression;  ///< ir/expression.h
  Domain domain;                ///< the usual one
  Metric metric;
  Parity parity;            ///< of the expression on the whole line
  std::string_view symbol;  ///< the double-precision libm symbol that computes it, or empty
  TimedInputs timed_on;     ///< as a float function
  bool family;              ///< one of libufmath's (ulpforge family)
};

/// A function of two numbers that libm has; x is its first argument. An integer argument is what
/// trunc() leaves of the number that stands for it.
struct PairRow {
  std::string_view name;
  std::string_view expression;
  std::string_view symbol;
};
std::span<const PairRow> pair_catalog();
/// The row of that name, or nullptr.
const PairRow* find_pair(std::string_view name);

std::span<const CatalogRow> catalog();

/// The row of that name, or else of that double function of C (tgamma), or nullptr.
const CatalogRow* find_in_catalog(std::string_view name);

/// What stands for `what` as an expression: that of its row; f(x) for the name of a function of one
/// argument (ir/expression.h: j2, airy_ai); or `what` itself.
std::string expression_of(std::string_view what);

/// The row of that double function of libm, or of a library that names it as the catalog does
/// (sinpi, erfcx), or nullptr.
const CatalogRow* find_by_symbol(std::string_view symbol);

std::vector<std::string_view> catalog_names();
/// The functions of libufmath, in the order of the catalog.
std::vector<std::string_view> family_names();

}  // namespace ulpforge::targets

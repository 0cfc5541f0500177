// The table of targets.
#include "targets/catalog.h"

#include <array>

namespace ulpforge::targets {
namespace {

constexpr Domain closed(double lo, double hi) { return {lo, hi, false, false}; }
constexpr Domain open_below(double lo, double hi) { return {lo, hi, true, false}; }

constexpr TimedInputs evenly(double low, double high) { return {low, high, false}; }
constexpr TimedInputs by_size(double low, double high) { return {low, high, true}; }

constexpr bool kFamily = true;
constexpr bool kOther = false;
constexpr Metric kRelative = Metric::Relative;
constexpr Metric kAbsolute = Metric::Absolute;
constexpr Parity kNone = Parity::None;
constexpr Parity kEven = Parity::Even;
constexpr Parity kOdd = Parity::Odd;

// clang-format off
constexpr std::array kCatalog = {
  //         name             expression                  domain             metric     parity  libm      timed on                    of libufmath
  CatalogRow{"exp",           "exp(x)",                   closed(0, 1),      kRelative, kNone,  "exp",    evenly(-80, 80),            kFamily},
  CatalogRow{"exp2",          "exp2(x)",                  closed(0, 1),      kRelative, kNone,  "exp2",   evenly(-120, 120),          kFamily},
  CatalogRow{"exp10",         "exp10(x)",                 closed(0, 1),      kRelative, kNone,  "exp10",  evenly(-35, 35),            kFamily},
  CatalogRow{"expm1",         "expm1(x)",                 closed(0, 1),      kRelative, kNone,  "expm1",  evenly(-15, 80),            kFamily},
  CatalogRow{"log",           "log(x)",                   closed(1, 2),      kAbsolute, kNone,  "log",    by_size(0x1p-126, 0x1p127), kFamily},
  CatalogRow{"log2",          "log2(x)",                  closed(1, 2),      kAbsolute, kNone,  "log2",   by_size(0x1p-126, 0x1p127), kFamily},
  CatalogRow{"log10",         "log10(x)",                 closed(1, 2),      kAbsolute, kNone,  "log10",  by_size(0x1p-126, 0x1p127), kFamily},
  CatalogRow{"log1p",         "log1p(x)",                 closed(0, 1),      kRelative, kNone,  "log1p",  by_size(0x1p-40, 0x1p100),  kFamily},
  CatalogRow{"sqrt",          "sqrt(x)",                  closed(1, 4),      kRelative, kNone,  "sqrt",   by_size(0x1p-126, 0x1p127), kOther },
  CatalogRow{"rsqrt",         "1/sqrt(x)",                closed(1, 4),      kRelative, kNone,  "",       by_size(0x1p-126, 0x1p127), kFamily},
  CatalogRow{"cbrt",          "cbrt(x)",                  closed(1, 8),      kRelative, kOdd,   "cbrt",   by_size(0x1p-126, 0x1p127), kFamily},
  CatalogRow{"sin",           "sin(x)",                   closed(0, 1),      kRelative, kOdd,   "sin",    evenly(-100, 100),          kFamily},
  CatalogRow{"cos",           "cos(x)",                   closed(0, 1),      kRelative, kEven,  "cos",    evenly(-100, 100),          kFamily},
  CatalogRow{"tan",           "tan(x)",                   closed(0, 1),      kRelative, kOdd,   "tan",    evenly(-100, 100),          kFamily},
  CatalogRow{"sinpi",         "sin(pi*x)",                closed(0, 0.5),    kRelative, kOdd,   "",       evenly(-4, 4),              kFamily},
  CatalogRow{"cospi",         "cos(pi*x)",                closed(0, 0.25),   kRelative, kEven,  "",       evenly(-4, 4),              kFamily},
  CatalogRow{"tanpi",         "tan(pi*x)",                closed(0, 0.25),   kRelative, kOdd,   "",       evenly(-4, 4),              kOther },
  CatalogRow{"asin",          "asin(x)",                  closed(0, 0.5),    kRelative, kOdd,   "asin",   evenly(-1, 1),              kFamily},
  CatalogRow{"acos",          "acos(x)",                  closed(0, 0.5),    kRelative, kNone,  "acos",   evenly(-1, 1),              kFamily},
  CatalogRow{"atan",          "atan(x)",                  closed(0, 1),      kRelative, kOdd,   "atan",   evenly(-4, 4),              kFamily},
  CatalogRow{"sinh",          "sinh(x)",                  closed(0, 1),      kRelative, kOdd,   "sinh",   evenly(-80, 80),            kFamily},
  CatalogRow{"cosh",          "cosh(x)",                  closed(0, 1),      kRelative, kEven,  "cosh",   evenly(-80, 80),            kFamily},
  CatalogRow{"tanh",          "tanh(x)",                  closed(0, 1),      kRelative, kOdd,   "tanh",   evenly(-4, 4),              kFamily},
  CatalogRow{"asinh",         "asinh(x)",                 closed(0, 1),      kRelative, kOdd,   "asinh",  evenly(-4, 4),              kFamily},
  CatalogRow{"acosh",         "acosh(x)",                 closed(1.5, 3),    kRelative, kNone,  "acosh",  by_size(1, 0x1p100),        kFamily},
  CatalogRow{"atanh",         "atanh(x)",                 closed(0, 0.5),    kRelative, kOdd,   "atanh",  evenly(-1, 1),              kFamily},
  CatalogRow{"erf",           "erf(x)",                   open_below(0, 2),  kRelative, kOdd,   "erf",    evenly(-4, 4),              kFamily},
  CatalogRow{"erfc",          "erfc(x)",                  closed(0, 2),      kRelative, kNone,  "erfc",   evenly(-4, 4),              kFamily},
  CatalogRow{"gamma",         "gamma(x)",                 closed(1, 2),      kRelative, kNone,  "tgamma", evenly(-4, 4),              kOther },
  CatalogRow{"lgamma",        "lgamma(x)",                closed(3, 4),      kRelative, kNone,  "lgamma", evenly(-4, 4),              kOther },
  CatalogRow{"j0",            "j0(x)",                    closed(0, 2),      kRelative, kEven,  "j0",     evenly(-4, 4),              kOther },
  CatalogRow{"j1",            "j1(x)",                    closed(0, 2),      kRelative, kOdd,   "j1",     evenly(-4, 4),              kOther },
  CatalogRow{"y0",            "y0(x)",                    closed(1, 3),      kRelative, kNone,  "y0",     evenly(-4, 4),              kOther },
  CatalogRow{"y1",            "y1(x)",                    closed(0.5, 2),    kRelative, kNone,  "y1",     evenly(-4, 4),              kOther },
  CatalogRow{"airy",          "airy_ai(-7*x)",            open_below(0, 1),  kAbsolute, kNone,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"bessel_i_half", "sqrt(2/(pi*x))*sinh(x)",   open_below(0, 1),  kAbsolute, kNone,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"sigmoid",       "1/(1 + exp(-x))",          closed(-4, 4),     kRelative, kNone,  "",       evenly(-4, 4),              kFamily},
  CatalogRow{"softplus",      "log1p(exp(x))",            closed(-4, 4),     kRelative, kNone,  "",       evenly(-4, 4),              kFamily},
  CatalogRow{"gelu",          "x*erfc(-x/sqrt(2))/2",     closed(-4, 4),     kAbsolute, kNone,  "",       evenly(-4, 4),              kFamily},
  CatalogRow{"gauss",         "exp(-x^2)",                closed(0, 2),      kRelative, kEven,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"normal_cdf",    "erfc(-x/sqrt(2))/2",       closed(-2, 2),     kRelative, kNone,  "",       evenly(-4, 4),              kOther },
};
constexpr std::array kPairs = {
  PairRow{"pow",   "pow(x, y)",   "pow"  },
  PairRow{"atan2", "atan2(x, y)", "atan2"},
  PairRow{"hypot", "hypot(x, y)", "hypot"},
};
// clang-format on

}  // namespace

std::string_view name(Parity parity) {
  switch (parity) {
    case Parity::None:
      return "none";
    case Parity::Even:
      return "even";
    case Parity::Odd:
      break;
  }
  return "odd";
}

std::span<const PairRow> pair_catalog() { return kPairs; }

const PairRow* find_pair(std::string_view name) {
  for (const PairRow& row : kPairs) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::span<const CatalogRow> catalog() { return kCatalog; }

const CatalogRow* find_in_catalog(std::string_view name) {
  for (const CatalogRow& row : kCatalog) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

const CatalogRow* find_by_symbol(std::string_view symbol) {
  if (symbol.empty()) return nullptr;
  for (const CatalogRow& row : kCatalog) {
    if (row.symbol == symbol) return &row;
  }
  return nullptr;
}

std::vector<std::string_view> family_names() {
  std::vector<std::string_view> names;
  for (const CatalogRow& row : kCatalog) {
    if (row.family) names.push_back(row.name);
  }
  return names;
}

std::vector<std::string_view> catalog_names() {
  std::vector<std::string_view> names;
  for (const CatalogRow& row : kCatalog) names.push_back(row.name);
  return names;
}

}  // namespace ulpforge::targets

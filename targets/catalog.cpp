// The table of targets.
#include "targets/catalog.h"

#include <array>

#include "ir/expression.h"

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
  CatalogRow{"sinpi",         "sinpi(x)",                 closed(0, 0.5),    kRelative, kOdd,   "",       evenly(-4, 4),              kFamily},
  CatalogRow{"cospi",         "cospi(x)",                 closed(0, 0.25),   kRelative, kEven,  "",       evenly(-4, 4),              kFamily},
  CatalogRow{"tanpi",         "tanpi(x)",                 closed(0, 0.25),   kRelative, kOdd,   "",       evenly(-4, 4),              kOther },
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
  CatalogRow{"gelu_tanh",     "x/(1 + exp(-2*sqrt(2/pi)*(x + 0.044715*x^3)))", closed(-4, 4), kAbsolute, kNone, "", evenly(-4, 4),            kOther },
  CatalogRow{"silu",          "x/(1 + exp(-x))",          closed(-4, 4),     kAbsolute, kNone,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"mish",          "x*tanh(log1p(exp(x)))",    closed(-4, 4),     kAbsolute, kNone,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"exp_nonpositive", "exp(min(x, 0))",         closed(-16, 0),    kRelative, kNone,  "",       evenly(-16, 0),             kOther },
  CatalogRow{"sigmoid_derivative", "1/(2*cosh(x/2))^2", closed(-4, 4),       kRelative, kEven,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"tanh_derivative", "1/cosh(x)^2",            closed(-2, 2),     kRelative, kEven,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"silu_derivative", "(1 + exp(-x)*(1 + x))/(1 + exp(-x))^2", closed(-4, 4), kAbsolute, kNone, "", evenly(-4, 4),          kOther },
  CatalogRow{"gelu_derivative", "erfc(-x/sqrt(2))/2 + x*exp(-x^2/2)/sqrt(2*pi)", closed(-4, 4), kAbsolute, kNone, "", evenly(-4, 4),  kOther },
  CatalogRow{"reciprocal",    "1/x",                      closed(1, 2),      kRelative, kOdd,   "",       by_size(0x1p-126, 0x1p127), kOther },
  CatalogRow{"gauss",         "exp(-x^2)",                closed(0, 2),      kRelative, kEven,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"normal_cdf",    "erfc(-x/sqrt(2))/2",       closed(-2, 2),     kRelative, kNone,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"asinpi",       "asinpi(x)",                closed(0, 0.5),    kRelative, kOdd,   "",       evenly(-1, 1),              kOther },
  CatalogRow{"acospi",       "acospi(x)",                closed(0, 0.5),    kRelative, kNone,  "",       evenly(-1, 1),              kOther },
  CatalogRow{"atanpi",       "atanpi(x)",                closed(0, 1),      kRelative, kOdd,   "",       evenly(-4, 4),              kOther },
  CatalogRow{"exp2m1",       "exp2m1(x)",                closed(0, 1),      kRelative, kNone,  "",       evenly(-20, 120),           kOther },
  CatalogRow{"exp10m1",      "exp10m1(x)",               closed(0, 1),      kRelative, kNone,  "",       evenly(-6, 35),             kOther },
  CatalogRow{"log2p1",       "log2p1(x)",                closed(0, 1),      kRelative, kNone,  "",       by_size(0x1p-40, 0x1p100),  kOther },
  CatalogRow{"log10p1",      "log10p1(x)",               closed(0, 1),      kRelative, kNone,  "",       by_size(0x1p-40, 0x1p100),  kOther },
  CatalogRow{"erfcx",        "erfcx(x)",                 closed(0, 2),      kRelative, kNone,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"expint",       "expint(x)",                closed(1, 2),      kRelative, kNone,  "",       evenly(0.5, 8),             kOther },
  CatalogRow{"digamma",      "digamma(x)",               closed(2, 3),      kRelative, kNone,  "",       evenly(0.5, 8),             kOther },
  CatalogRow{"lambertw",     "lambertw(x)",              closed(0, 1),      kRelative, kNone,  "",       evenly(0, 8),               kOther },
  CatalogRow{"i0",           "i0(x)",                    closed(0, 2),      kRelative, kEven,  "",       evenly(-4, 4),              kOther },
  CatalogRow{"i1",           "i1(x)",                    closed(0, 2),      kRelative, kOdd,   "",       evenly(-4, 4),              kOther },
  CatalogRow{"k0",           "k0(x)",                    closed(1, 3),      kRelative, kNone,  "",       evenly(0.1, 4),             kOther },
  CatalogRow{"k1",           "k1(x)",                    closed(1, 3),      kRelative, kNone,  "",       evenly(0.1, 4),             kOther },
  CatalogRow{"fabs",         "fabs(x)",                  closed(-1, 1),     kAbsolute, kEven,  "fabs",   evenly(-4, 4),              kOther },
  CatalogRow{"trunc",        "trunc(x)",                 closed(-4, 4),     kAbsolute, kOdd,   "trunc",  evenly(-4, 4),              kOther },
  CatalogRow{"floor",        "floor(x)",                 closed(-4, 4),     kAbsolute, kNone,  "floor",  evenly(-4, 4),              kOther },
  CatalogRow{"ceil",         "ceil(x)",                  closed(-4, 4),     kAbsolute, kNone,  "ceil",   evenly(-4, 4),              kOther },
  CatalogRow{"round",        "round(x)",                 closed(-4, 4),     kAbsolute, kOdd,   "round",  evenly(-4, 4),              kOther },
  CatalogRow{"roundeven",    "roundeven(x)",             closed(-4, 4),     kAbsolute, kOdd,   "roundeven", evenly(-4, 4),              kOther },
  CatalogRow{"rint",         "rint(x)",                  closed(-4, 4),     kAbsolute, kOdd,   "rint",   evenly(-4, 4),              kOther },
  CatalogRow{"nearbyint",    "nearbyint(x)",             closed(-4, 4),     kAbsolute, kOdd,   "nearbyint", evenly(-4, 4),              kOther },
  CatalogRow{"modf",         "modf(x)",                  closed(-4, 4),     kAbsolute, kOdd,   "modf",   evenly(-4, 4),              kOther },
  CatalogRow{"frexp",        "frexp(x)",                 closed(1, 4),      kAbsolute, kOdd,   "frexp",  by_size(0x1p-126, 0x1p127), kOther },
  CatalogRow{"frexp_exponent", "frexp_exponent(x)",       closed(1, 4),      kAbsolute, kEven,  "",       by_size(0x1p-126, 0x1p127), kOther },
  CatalogRow{"logb",         "logb(x)",                  closed(1, 4),      kAbsolute, kEven,  "logb",   by_size(0x1p-126, 0x1p127), kOther },
  CatalogRow{"ilogb",        "logb(x)",                  closed(1, 4),      kAbsolute, kEven,  "ilogb",  by_size(0x1p-126, 0x1p127), kOther },
};
constexpr std::array kPairs = {
  PairRow{"pow",       "pow(x, y)",            "pow"       },
  PairRow{"powr",      "powr(x, y)",           "powr"      },
  PairRow{"atan2",     "atan2(x, y)",          "atan2"     },
  PairRow{"atan2pi",   "atan2pi(x, y)",        "atan2pi"   },
  PairRow{"hypot",     "hypot(x, y)",          "hypot"     },
  PairRow{"fmod",      "fmod(x, y)",           "fmod"      },
  PairRow{"remainder", "remainder(x, y)",      "remainder" },
  PairRow{"drem",      "remainder(x, y)",      "drem"      },
  PairRow{"fdim",      "fdim(x, y)",           "fdim"      },
  PairRow{"fmax",      "fmax(x, y)",           "fmax"      },
  PairRow{"fmin",      "fmin(x, y)",           "fmin"      },
  PairRow{"copysign",  "copysign(x, y)",       "copysign"  },
  PairRow{"nextafter", "nextafter(x, y)",      "nextafter" },
  PairRow{"ldexp",     "ldexp(x, trunc(y))",   "ldexp"     },
  PairRow{"scalbn",    "ldexp(x, trunc(y))",   "scalbn"    },
  PairRow{"scalbln",   "ldexp(x, trunc(y))",   "scalbln"   },
  PairRow{"compound",  "compound(x, trunc(y))","compound"  },
  PairRow{"compoundn", "compound(x, trunc(y))","compoundn" },
  PairRow{"pown",      "pown(x, trunc(y))",    "pown"      },
  PairRow{"rootn",     "rootn(x, trunc(y))",   "rootn"     },
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
  return find_by_symbol(name);
}

std::string expression_of(std::string_view what) {
  if (const CatalogRow* const row = find_in_catalog(what)) return std::string(row->expression);
  const std::string call = std::string(what) + "(x)";
  const bool word = what.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == what.npos;
  if (what.empty() || !word) return std::string(what);
  try {
    ir::parse_expression(call);
    return call;
  } catch (const ir::ExpressionError&) {
    return std::string(what);
  }
}

const CatalogRow* find_by_symbol(std::string_view symbol) {
  if (symbol.empty()) return nullptr;
  for (const CatalogRow& row : kCatalog) {
    if (row.symbol == symbol || (row.symbol.empty() && row.name == symbol)) return &row;
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

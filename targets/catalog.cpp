// The table of targets.
#include "targets/catalog.h"

#include <array>

namespace ulpforge::targets {
namespace {

constexpr Domain closed(double lo, double hi) { return {lo, hi, false, false}; }
constexpr Domain open_below(double lo, double hi) { return {lo, hi, true, false}; }

constexpr Metric kRelative = Metric::Relative;
constexpr Metric kAbsolute = Metric::Absolute;
constexpr Parity kNone = Parity::None;
constexpr Parity kEven = Parity::Even;
constexpr Parity kOdd = Parity::Odd;

// clang-format off
constexpr std::array kCatalog = {
  //         name             expression                  domain             metric     parity  libm symbol
  CatalogRow{"exp",           "exp(x)",                   closed(0, 1),      kRelative, kNone,  "exp"   },
  CatalogRow{"exp2",          "exp2(x)",                  closed(0, 1),      kRelative, kNone,  "exp2"  },
  CatalogRow{"exp10",         "exp10(x)",                 closed(0, 1),      kRelative, kNone,  "exp10" },
  CatalogRow{"expm1",         "expm1(x)",                 closed(0, 1),      kRelative, kNone,  "expm1" },
  CatalogRow{"log",           "log(x)",                   closed(1, 2),      kAbsolute, kNone,  "log"   },
  CatalogRow{"log2",          "log2(x)",                  closed(1, 2),      kAbsolute, kNone,  "log2"  },
  CatalogRow{"log10",         "log10(x)",                 closed(1, 2),      kAbsolute, kNone,  "log10" },
  CatalogRow{"log1p",         "log1p(x)",                 closed(0, 1),      kRelative, kNone,  "log1p" },
  CatalogRow{"sqrt",          "sqrt(x)",                  closed(1, 4),      kRelative, kNone,  "sqrt"  },
  CatalogRow{"rsqrt",         "1/sqrt(x)",                closed(1, 4),      kRelative, kNone,  ""      },
  CatalogRow{"cbrt",          "cbrt(x)",                  closed(1, 8),      kRelative, kOdd,   "cbrt"  },
  CatalogRow{"sin",           "sin(x)",                   closed(0, 1),      kRelative, kOdd,   "sin"   },
  CatalogRow{"cos",           "cos(x)",                   closed(0, 1),      kRelative, kEven,  "cos"   },
  CatalogRow{"tan",           "tan(x)",                   closed(0, 1),      kRelative, kOdd,   "tan"   },
  CatalogRow{"sinpi",         "sin(pi*x)",                closed(0, 0.5),    kRelative, kOdd,   ""      },
  CatalogRow{"cospi",         "cos(pi*x)",                closed(0, 0.25),   kRelative, kEven,  ""      },
  CatalogRow{"tanpi",         "tan(pi*x)",                closed(0, 0.25),   kRelative, kOdd,   ""      },
  CatalogRow{"asin",          "asin(x)",                  closed(0, 0.5),    kRelative, kOdd,   "asin"  },
  CatalogRow{"acos",          "acos(x)",                  closed(0, 0.5),    kRelative, kNone,  "acos"  },
  CatalogRow{"atan",          "atan(x)",                  closed(0, 1),      kRelative, kOdd,   "atan"  },
  CatalogRow{"sinh",          "sinh(x)",                  closed(0, 1),      kRelative, kOdd,   "sinh"  },
  CatalogRow{"cosh",          "cosh(x)",                  closed(0, 1),      kRelative, kEven,  "cosh"  },
  CatalogRow{"tanh",          "tanh(x)",                  closed(0, 1),      kRelative, kOdd,   "tanh"  },
  CatalogRow{"asinh",         "asinh(x)",                 closed(0, 1),      kRelative, kOdd,   "asinh" },
  CatalogRow{"acosh",         "acosh(x)",                 closed(1.5, 3),    kRelative, kNone,  "acosh" },
  CatalogRow{"atanh",         "atanh(x)",                 closed(0, 0.5),    kRelative, kOdd,   "atanh" },
  CatalogRow{"erf",           "erf(x)",                   open_below(0, 2),  kRelative, kOdd,   "erf"   },
  CatalogRow{"erfc",          "erfc(x)",                  closed(0, 2),      kRelative, kNone,  "erfc"  },
  CatalogRow{"gamma",         "gamma(x)",                 closed(1, 2),      kRelative, kNone,  "tgamma"},
  CatalogRow{"lgamma",        "lgamma(x)",                closed(3, 4),      kRelative, kNone,  "lgamma"},
  CatalogRow{"j0",            "j0(x)",                    closed(0, 2),      kRelative, kEven,  "j0"    },
  CatalogRow{"j1",            "j1(x)",                    closed(0, 2),      kRelative, kOdd,   "j1"    },
  CatalogRow{"y0",            "y0(x)",                    closed(1, 3),      kRelative, kNone,  "y0"    },
  CatalogRow{"y1",            "y1(x)",                    closed(0.5, 2),    kRelative, kNone,  "y1"    },
  CatalogRow{"airy",          "airy_ai(-7*x)",            open_below(0, 1),  kAbsolute, kNone,  ""      },
  CatalogRow{"bessel_i_half", "sqrt(2/(pi*x))*sinh(x)",   open_below(0, 1),  kAbsolute, kNone,  ""      },
  CatalogRow{"sigmoid",       "1/(1 + exp(-x))",          closed(-4, 4),     kRelative, kNone,  ""      },
  CatalogRow{"softplus",      "log1p(exp(x))",            closed(-4, 4),     kRelative, kNone,  ""      },
  CatalogRow{"gelu",          "x*erfc(-x/sqrt(2))/2",     closed(-4, 4),     kAbsolute, kNone,  ""      },
  CatalogRow{"gauss",         "exp(-x^2)",                closed(0, 2),      kRelative, kEven,  ""      },
  CatalogRow{"normal_cdf",    "erfc(-x/sqrt(2))/2",       closed(-2, 2),     kRelative, kNone,  ""      },
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

std::vector<std::string_view> catalog_names() {
  std::vector<std::string_view> names;
  for (const CatalogRow& row : kCatalog) names.push_back(row.name);
  return names;
}

}  // namespace ulpforge::targets

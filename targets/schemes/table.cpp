// The table of range-reduction schemes. More than one for a target where it is not obvious which is
// better: a search chooses. Each holds for every float, special values included, unless its comment
// says otherwise; the constants are Cody-Waite splittings (Cody and Waite, "Software Manual for the
// Elementary Functions", 1980), the high part short enough for products with the exponent to be
// exact. A reduction gives r, a result takes k; what several schemes share is a piece of its own.
//
// What the names say:
//   rounded       each step rounds, and that is all
//   compensated   what the roundings of the large terms lose is computed and added
//   compensated_r what the rounding of the reduced argument loses is
//   mixed         the kernel is in float, reduction and result are in double
//   f64           the kernel is in double, too
//   f64_odd       the last sum is rounded to odd before it is narrowed, where f64 would round twice
//   rare          the results of the common arguments, and rare code for all others; integer
//                 arithmetic in the place of getexp, getmant and scalef
//   rare_compensated, rare_product  the same with these
//   quotient      a division and a root, and a correction by what they miss
//   shifter       the nearest integer by adding 1.5 * 2^23 and taking it away
//   table         logarithms by a table of reciprocals, one kernel for the rest
//   table_exact   the same, but the sum with the table's entry is exact and r is added apart
//   lookupN       for single calls: a kernel in double and a table of N entries in memory
//   lookupN_odd   the same, and what is close to the middle between two floats rounded to odd
//   lookupN_again, f64_again  a short kernel, and what is close to the middle again by rare code
// The others say what the argument is reduced to or by.
#include <array>

#include "targets/schemes/exponential.h"
#include "targets/schemes/hyperbolic.h"
#include "targets/schemes/inverse_hyperbolic.h"
#include "targets/schemes/inverse_trigonometric.h"
#include "targets/schemes/logarithm.h"
#include "targets/schemes/memory.h"
#include "targets/schemes/memory_again.h"
#include "targets/schemes/root.h"
#include "targets/schemes/scheme.h"
#include "targets/schemes/tails.h"
#include "targets/schemes/trigonometric.h"

namespace ulpforge::targets {
namespace {

using namespace scheme_text;

// ---- Kernels and their weights

// (r - sin r) / r^3 for r^2, (1 - cos r) / r^2 for -r^2, and their weights in the result.
constexpr std::string_view kSinOrCos =
    "(sqrt(abs(x))-sin(sqrt(abs(x))))/sqrt(abs(x))^3*(1+x/abs(x))/2"
    "+(1-cos(sqrt(abs(x))))/abs(x)*(1-x/abs(x))/2";
constexpr std::string_view kSinOrCosWeight =
    "sqrt(abs(x))^3/sin(sqrt(abs(x)))*(1+x/abs(x))/2+abs(x)/cos(sqrt(abs(x)))*(1-x/abs(x))/2";
// (asin r - r) / r^3 for r^2
constexpr std::string_view kAsinOfRoot = "(asin(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kAsinOfRootWeight = "sqrt(x)^3/asin(sqrt(x))";
// (atan r - r) / r^3 for r^2
constexpr std::string_view kAtanOfRoot = "(atan(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kAtanOfRootWeight = "sqrt(x)^3/atan(sqrt(x))";
// (sin r - r) / r^3, (sinh r - r) / r^3 and (tan r - r) / r^3 for r^2.
constexpr std::string_view kSinOfRoot = "(sin(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kSinOfRootWeight = "sqrt(x)^3/sin(sqrt(x))";
constexpr std::string_view kSinhOfRoot = "(sinh(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kSinhOfRootWeight = "sqrt(x)^3/sinh(sqrt(x))";
constexpr std::string_view kTanOfRoot = "(tan(sqrt(x))-sqrt(x))/sqrt(x)^3";
constexpr std::string_view kTanOfRootWeight = "sqrt(x)^3/tan(sqrt(x))";
// The first of pi r.
constexpr std::string_view kSinOrCosPi =
    "(pi*sqrt(abs(x))-sin(pi*sqrt(abs(x))))/sqrt(abs(x))^3*(1+x/abs(x))/2"
    "+(1-cos(pi*sqrt(abs(x))))/abs(x)*(1-x/abs(x))/2";
constexpr std::string_view kSinOrCosPiWeight =
    "sqrt(abs(x))^3/sin(pi*sqrt(abs(x)))*(1+x/abs(x))/2"
    "+abs(x)/cos(pi*sqrt(abs(x)))*(1-x/abs(x))/2";

// sin(pi r) / r for r^2
constexpr std::string_view kSinPiOfRoot = "sin(pi*sqrt(x))/sqrt(x)";
constexpr std::string_view kSinPiOfRootWeight = "sqrt(x)/sin(pi*sqrt(x))";
// (2 atanh s) / s = log((1 + s) / (1 - s)) / s for s^2, to three bases; 2 less for the natural one.
constexpr std::string_view kAtanhOfRoot = "2*atanh(sqrt(x))/sqrt(x)";
constexpr std::string_view kRestOfAtanh = "2*atanh(sqrt(x))/sqrt(x)-2";
constexpr std::string_view kHalfRestOfAtanh = "atanh(sqrt(x))/sqrt(x)-1";
constexpr std::string_view kHalfAtanhOfRootWeight = "sqrt(x)/atanh(sqrt(x))";
constexpr std::string_view kAtanhOfRootWeight = "sqrt(x)/atanh(sqrt(x))/2";
constexpr std::string_view kLog2OfRoot = "2*atanh(sqrt(x))/sqrt(x)/log(2)";
constexpr std::string_view kLog2OfRootWeight = "sqrt(x)/atanh(sqrt(x))/2*log(2)";
constexpr std::string_view kLog10OfRoot = "2*atanh(sqrt(x))/sqrt(x)/log(10)";
constexpr std::string_view kLog10OfRootWeight = "sqrt(x)/atanh(sqrt(x))/2*log(10)";

// erf(t) / t less the first 24 bits of 2 / sqrt pi, for t^2 / 8 - 1
constexpr std::string_view kRestOfErf = "erf(sqrt(8*(x+1)))/sqrt(8*(x+1))-0x1.20dd76p+0";
constexpr std::string_view kRestOfErfWeight = "sqrt(8*(x+1))/erf(sqrt(8*(x+1)))";
// e^(t^2) erfc(t) (t + 0.7) - 0.66 for (t - 2.125) / (t + 3.75)
constexpr std::string_view kRestOfErfc =
    "erfc((2.125+3.75*x)/(1-x))*exp(((2.125+3.75*x)/(1-x))^2)*((2.125+3.75*x)/(1-x)+0.7)-0.66";
constexpr std::string_view kRestOfErfcWeight =
    "exp(-((2.125+3.75*x)/(1-x))^2)/erfc((2.125+3.75*x)/(1-x))/((2.125+3.75*x)/(1-x)+0.7)";
// e^(t^2/2) erfc(t / sqrt 2) / 2 (t + 1) - 0.46 for (t - 3) / (t + 5.25)
constexpr std::string_view kRestOfPhi =
    "erfc((3+5.25*x)/(1-x)/sqrt(2))*exp(((3+5.25*x)/(1-x))^2/2)/2*((3+5.25*x)/(1-x)+1)-0.46";
constexpr std::string_view kRestOfPhiWeight =
    "2*exp(-((3+5.25*x)/(1-x))^2/2)/erfc((3+5.25*x)/(1-x)/sqrt(2))/((3+5.25*x)/(1-x)+1)";

// m c - 1 of every interval of the tables of logarithms
constexpr std::string_view kTabledDomain = "-0.01563,0.03126";

// Of the schemes with tables in memory: (2^(x/n) - 1) / x for steps of n-ths, and those of
// logarithms and cosines.
constexpr std::string_view kExp2Memory = "expm1(x*log(2))/x";
constexpr std::string_view kExp2MemoryWeight = "x*exp2(-x)";
constexpr std::string_view kSteps64 = "expm1(x*log(2)/64)/x";
constexpr std::string_view kSteps64Weight = "x*exp2(-x/64)";
constexpr std::string_view kSteps128 = "expm1(x*log(2)/128)/x";
constexpr std::string_view kSteps128Weight = "x*exp2(-x/128)";
constexpr std::string_view kSteps256 = "expm1(x*log(2)/256)/x";
constexpr std::string_view kSteps256Weight = "x*exp2(-x/256)";
constexpr std::string_view kStepsNextTo0Weight = "x/expm1(x*log(2)/128)";
constexpr std::string_view kStepsDomain = "-0.50001,0.50001";
constexpr std::string_view kMemoryLogDomain = "-0.00391,0.00391";
constexpr std::string_view kCosineOfRoot = "(cos(sqrt(x))-1)/x";
constexpr std::string_view kCosineOfRootWeight = "2*x";
constexpr std::string_view kCosineDomain = "0,0.00015061";

// clang-format off
constexpr std::array kSchemes = {
  //        target      name                   kernel                    domain             weight                 text
  SchemeRow{"exp2",     "scalef",              "exp2(x)",                "-0.5,0.5",        "exp2(-x)",            kExp2Scalef},
  SchemeRow{"exp2",     "fraction",            "exp2(x)",                "0,1",             "exp2(-x)",            kExp2Fraction},
  SchemeRow{"exp2",     "rare",                "exp2(x)",                "-0.5,0.5",        "exp2(-x)",            kExp2Rare},
  SchemeRow{"exp2",     "f64",                 "exp2(x)",                "-0.5,0.5",        "exp2(-x)",            kExp2F64},
  SchemeRow{"exp2",     "lookup64",            kExp2Memory,              "-0.0078126,0.0078126", kExp2MemoryWeight,     kExp2Lookup64},
  SchemeRow{"exp2",     "lookup128",           kExp2Memory,              "-0.0039063,0.0039063", kExp2MemoryWeight,     kExp2Lookup128},
  SchemeRow{"exp2",     "lookup256",           kExp2Memory,              "-0.0019532,0.0019532", kExp2MemoryWeight,     kExp2Lookup256},
  SchemeRow{"exp2",     "lookup128_again",     kExp2Memory,              "-0.0039063,0.0039063", kExp2MemoryWeight,     kExp2Lookup128Again},
  SchemeRow{"exp",      "scalef",              "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kExpScalef},
  SchemeRow{"exp",      "shifter",             "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kExpShifter},
  SchemeRow{"exp",      "clamped",             "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kExpClamped},
  SchemeRow{"exp",      "base2",               "exp2(x)",                "-0.5,0.5",        "exp2(-x)",            kExpBase2},
  SchemeRow{"exp",      "rare",                "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kExpRare},
  SchemeRow{"exp",      "f64",                 "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kExpF64},
  SchemeRow{"exp",      "lookup64",            kSteps64,                 kStepsDomain,      kSteps64Weight,        kExpLookup64},
  SchemeRow{"exp",      "lookup128",           kSteps128,                kStepsDomain,      kSteps128Weight,       kExpLookup128},
  SchemeRow{"exp",      "lookup256",           kSteps256,                kStepsDomain,      kSteps256Weight,       kExpLookup256},
  SchemeRow{"exp",      "lookup128_again",     kSteps128,                kStepsDomain,      kSteps128Weight,       kExpLookup128Again},
  SchemeRow{"exp10",    "clamped",             "exp10(x)",               "-0.1506,0.1506",  "exp10(-x)",           kExp10Clamped},
  SchemeRow{"exp10",    "base2",               "exp2(x)",                "-0.5,0.5",        "exp2(-x)",            kExp10Base2},
  SchemeRow{"exp10",    "rare",                "exp10(x)",               "-0.1506,0.1506",  "exp10(-x)",           kExp10Rare},
  SchemeRow{"exp10",    "f64",                 "exp10(x)",               "-0.1506,0.1506",  "exp10(-x)",           kExp10F64},
  SchemeRow{"exp10",    "lookup128",           kSteps128,                kStepsDomain,      kSteps128Weight,       kExp10Lookup128},
  SchemeRow{"exp10",    "lookup128_again",     kSteps128,                kStepsDomain,      kSteps128Weight,       kExp10Lookup128Again},
  SchemeRow{"expm1",    "halved",              "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",        kExpm1},
  SchemeRow{"expm1",    "compensated",         "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",        kExpm1Compensated},
  SchemeRow{"expm1",    "compensated_by_half", "(expm1(x)-x-x^2/2)/x^3", "-0.3466,0.3466",  "x^3/expm1(x)",        kExpm1CompensatedByHalf},
  SchemeRow{"expm1",    "f64",                 "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",        kExpm1F64},
  SchemeRow{"expm1",    "lookup128",           kSteps128,                kStepsDomain,      kStepsNextTo0Weight,   kExpm1Lookup128},
  SchemeRow{"log",      "centred",             "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kLogCentred},
  SchemeRow{"log",      "sqrt2",               "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kLogSqrt2},
  SchemeRow{"log",      "rare",                "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kLogBitsRare},
  SchemeRow{"log",      "table",               "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",          kLogTable},
  SchemeRow{"log",      "table_exact",         "(log1p(x)-x)/x^2",       kTabledDomain,     "x^2/log1p(x)",        kLogTableExact},
  SchemeRow{"log",      "f64",                 kAtanhOfRoot,             "0,0.02945",       kAtanhOfRootWeight,    kLogF64},
  SchemeRow{"log",      "f64_odd",             kRestOfAtanh,             "0,0.02945",       kAtanhOfRootWeight,    kLogF64Odd},
  SchemeRow{"log",      "lookup128",           "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kLogLookup128},
  SchemeRow{"log",      "lookup128_odd",       "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kLogLookup128Odd},
  SchemeRow{"log",      "lookup128_again",     "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kLogLookup128Again},
  SchemeRow{"log2",     "sqrt2",               "log1p(x)/log(2)/x-1",    "-0.2929,0.4143",  "x/log1p(x)*log(2)",   kLog2Sqrt2},
  SchemeRow{"log2",     "centred",             "log1p(x)/log(2)/x-1",    "-0.25,0.5",       "x/log1p(x)*log(2)",   kLog2Centred},
  SchemeRow{"log2",     "rare",                "log1p(x)/log(2)/x-1",    "-0.2929,0.4143",  "x/log1p(x)*log(2)",   kLog2BitsRare},
  SchemeRow{"log2",     "rare_compensated",    "log1p(x)/log(2)/x-1",    "-0.2929,0.4143",  "x/log1p(x)*log(2)",   kLog2RareCompensated},
  SchemeRow{"log2",     "compensated",         "log1p(x)/log(2)/x-1",    "-0.25,0.5",       "x/log1p(x)*log(2)",   kLog2Compensated},
  SchemeRow{"log2",     "table",               "log1p(x)/log(2)/x",      kTabledDomain,     "x/log1p(x)*log(2)",   kLog2Table},
  SchemeRow{"log2",     "table_exact",         "log1p(x)/log(2)/x-1",    kTabledDomain,     "x/log1p(x)*log(2)",   kLog2TableExact},
  SchemeRow{"log2",     "f64",                 kLog2OfRoot,              "0,0.02945",       kLog2OfRootWeight,     kLog2F64},
  SchemeRow{"log2",     "lookup128",           "log1p(x)/log(2)/x",      kMemoryLogDomain,  "x/log1p(x)*log(2)",   kLog2Lookup128},
  SchemeRow{"log2",     "lookup128_odd",       "log1p(x)/log(2)/x",      kMemoryLogDomain,  "x/log1p(x)*log(2)",   kLog2Lookup128Odd},
  SchemeRow{"log2",     "lookup128_again",     "log1p(x)/log(2)/x",      kMemoryLogDomain,  "x/log1p(x)*log(2)",   kLog2Lookup128Again},
  SchemeRow{"log10",    "centred",             "log1p(x)/log(10)/x-0x1.bcp-2", "-0.25,0.5", "x/log1p(x)*log(10)",  kLog10Centred},
  SchemeRow{"log10",    "compensated",         "log1p(x)/log(10)/x-0x1.bcp-2", "-0.25,0.5", "x/log1p(x)*log(10)",  kLog10Compensated},
  SchemeRow{"log10",    "product",             "log1p(x)/log(10)/x",     "-0.25,0.5",       "x/log1p(x)*log(10)",  kLog10Product},
  SchemeRow{"log10",    "rare",                "log1p(x)/log(10)/x-0x1.bcp-2", "-0.2929,0.4143", "x/log1p(x)*log(10)",  kLog10Rare},
  SchemeRow{"log10",    "rare_compensated",    "log1p(x)/log(10)/x-0x1.bcp-2", "-0.2929,0.4143", "x/log1p(x)*log(10)",  kLog10RareCompensated},
  SchemeRow{"log10",    "rare_product",        "log1p(x)/log(10)/x",     "-0.2929,0.4143",  "x/log1p(x)*log(10)",  kLog10RareProduct},
  SchemeRow{"log10",    "table",               "log1p(x)/log(10)/x",     kTabledDomain,     "x/log1p(x)*log(10)",  kLog10Table},
  SchemeRow{"log10",    "table_exact",         "log1p(x)/log(10)/x-0x1.bcb7b2p-2", kTabledDomain, "x/log1p(x)*log(10)", kLog10TableExact},
  SchemeRow{"log10",    "f64",                 kLog10OfRoot,             "0,0.02945",       kLog10OfRootWeight,    kLog10F64},
  SchemeRow{"log10",    "f64_odd",             kLog10OfRoot,             "0,0.02945",       kLog10OfRootWeight,    kLog10F64Odd},
  SchemeRow{"log10",    "lookup128",           "log1p(x)/log(10)/x",     kMemoryLogDomain,  "x/log1p(x)*log(10)",  kLog10Lookup128},
  SchemeRow{"log10",    "lookup128_odd",       "log1p(x)/log(10)/x",     kMemoryLogDomain,  "x/log1p(x)*log(10)",  kLog10Lookup128Odd},
  SchemeRow{"log10",    "lookup128_again",     "log1p(x)/log(10)/x",     kMemoryLogDomain,  "x/log1p(x)*log(10)",  kLog10Lookup128Again},
  SchemeRow{"log1p",    "centred",             "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kLog1p},
  SchemeRow{"log1p",    "rare",                "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kLog1pRare},
  SchemeRow{"log1p",    "rare_compensated",    "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kLog1pRareCompensated},
  SchemeRow{"log1p",    "table",               "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",          kLog1pTable},
  SchemeRow{"log1p",    "f64",                 kAtanhOfRoot,             "0,0.04",          kAtanhOfRootWeight,    kLog1pF64},
  SchemeRow{"log1p",    "f64_odd",             kRestOfAtanh,             "0,0.04",          kAtanhOfRootWeight,    kLog1pF64Odd},
  SchemeRow{"log1p",    "lookup128",           "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kLog1pLookup128},
  SchemeRow{"log1p",    "lookup128_odd",       "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kLog1pLookup128Odd},
  SchemeRow{"log1p",    "lookup128_again",     "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kLog1pLookup128Again},
  SchemeRow{"sin",      "compensated",         kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kSinCompensated},
  SchemeRow{"sin",      "compensated_r",       kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kSinCompensatedR},
  SchemeRow{"sin",      "rounded",             kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kSinRounded},
  SchemeRow{"sin",      "half_turns",          kSinOfRoot,               "0,2.48",          kSinOfRootWeight,      kSinHalf},
  SchemeRow{"sin",      "product",             "sin(sqrt(x))/sqrt(x)",   "0,2.48",          "sqrt(x)/sin(sqrt(x))", kSinProduct},
  SchemeRow{"sin",      "mixed",               kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kSinMixed},
  SchemeRow{"sin",      "f64",                 kSinOfRoot,               "0,2.4675",        kSinOfRootWeight,      kSinF64},
  SchemeRow{"sin",      "lookup256",           kCosineOfRoot,            kCosineDomain,     kCosineOfRootWeight,   kSinLookup256},
  SchemeRow{"sin",      "lookup256_again",     kCosineOfRoot,            kCosineDomain,     kCosineOfRootWeight,   kSinLookup256Again},
  SchemeRow{"cos",      "compensated",         kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kCosCompensated},
  SchemeRow{"cos",      "compensated_r",       kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kCosCompensatedR},
  SchemeRow{"cos",      "rounded",             kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kCosRounded},
  SchemeRow{"cos",      "half_turns",          kSinOfRoot,               "0,2.48",          kSinOfRootWeight,      kCosHalf},
  SchemeRow{"cos",      "product",             "sin(sqrt(x))/sqrt(x)",   "0,2.48",          "sqrt(x)/sin(sqrt(x))", kCosProduct},
  SchemeRow{"cos",      "mixed",               kSinOrCos,                "-0.62,0.62",      kSinOrCosWeight,       kCosMixed},
  SchemeRow{"cos",      "f64",                 kSinOfRoot,               "0,2.4675",        kSinOfRootWeight,      kCosF64},
  SchemeRow{"cos",      "lookup256",           kCosineOfRoot,            kCosineDomain,     kCosineOfRootWeight,   kCosLookup256},
  SchemeRow{"cos",      "lookup256_again",     kCosineOfRoot,            kCosineDomain,     kCosineOfRootWeight,   kCosLookup256Again},
  SchemeRow{"tan",      "compensated",         kTanOfRoot,               "0,0.618",         kTanOfRootWeight,      kTanCompensated},
  SchemeRow{"tan",      "rounded",             kTanOfRoot,               "0,0.618",         kTanOfRootWeight,      kTanRounded},
  SchemeRow{"tan",      "mixed",               kTanOfRoot,               "0,0.618",         kTanOfRootWeight,      kTanMixed},
  SchemeRow{"tan",      "f64",                 kTanOfRoot,               "0,0.617",         kTanOfRootWeight,      kTanF64},
  SchemeRow{"tan",      "lookup256_again",     kTanOfRoot,               kCosineDomain,     kTanOfRootWeight,      kTanLookup256Again},
  SchemeRow{"sinpi",    "halves",              kSinOrCosPi,              "-0.0625,0.0625",  kSinOrCosPiWeight,     kSinPi},
  SchemeRow{"sinpi",    "f64",                 kSinPiOfRoot,             "0,0.25",          kSinPiOfRootWeight,    kSinPiF64},
  SchemeRow{"cospi",    "halves",              kSinOrCosPi,              "-0.0625,0.0625",  kSinOrCosPiWeight,     kCosPi},
  SchemeRow{"cospi",    "f64",                 kSinPiOfRoot,             "0,0.25",          kSinPiOfRootWeight,    kCosPiF64},
  SchemeRow{"asinh",    "log1p",               "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kAsinh},
  SchemeRow{"asinh",    "rare",                "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kAsinhRare},
  SchemeRow{"asinh",    "rare_compensated",    "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kAsinhRareCompensated},
  SchemeRow{"asinh",    "table",               "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",          kAsinhTable},
  SchemeRow{"asinh",    "mixed",               "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kAsinhMixed},
  SchemeRow{"asinh",    "f64_odd",             kHalfRestOfAtanh,         "0,0.04",          kHalfAtanhOfRootWeight, kAsinhF64Odd},
  SchemeRow{"asinh",    "lookup128_again",     "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kAsinhLookup128Again},
  SchemeRow{"acosh",    "log1p",               "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kAcosh},
  SchemeRow{"acosh",    "rare",                "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kAcoshRare},
  SchemeRow{"acosh",    "rare_compensated",    "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kAcoshRareCompensated},
  SchemeRow{"acosh",    "table",               "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",          kAcoshTable},
  SchemeRow{"acosh",    "mixed",               "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kAcoshMixed},
  SchemeRow{"acosh",    "f64_odd",             kHalfRestOfAtanh,         "0,0.04",          kHalfAtanhOfRootWeight, kAcoshF64Odd},
  SchemeRow{"acosh",    "lookup128_again",     "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kAcoshLookup128Again},
  SchemeRow{"atanh",    "log1p",               "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kAtanh},
  SchemeRow{"atanh",    "rare",                "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kAtanhRare},
  SchemeRow{"atanh",    "rare_compensated",    "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",        kAtanhRareCompensated},
  SchemeRow{"atanh",    "table",               "log1p(x)/x",             kTabledDomain,     "x/log1p(x)",          kAtanhTable},
  SchemeRow{"atanh",    "mixed",               "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",        kAtanhMixed},
  SchemeRow{"atanh",    "f64_odd",             kHalfRestOfAtanh,         "0,0.0402",        kHalfAtanhOfRootWeight, kAtanhF64Odd},
  SchemeRow{"atanh",    "lookup128_again",     "(log1p(x)-x)/x^2",       kMemoryLogDomain,  "x^2/log1p(x)",        kAtanhLookup128Again},
  SchemeRow{"asin",     "half",                kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAsin},
  SchemeRow{"asin",     "rounded",             kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAsinRounded},
  SchemeRow{"asin",     "compensated",         kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAsinCompensated},
  SchemeRow{"asin",     "f64",                 kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAsinF64},
  SchemeRow{"asin",     "f64_again",           kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAsinF64Again},
  SchemeRow{"acos",     "half",                kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAcos},
  SchemeRow{"acos",     "rounded",             kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAcosRounded},
  SchemeRow{"acos",     "compensated",         kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAcosCompensated},
  SchemeRow{"acos",     "f64",                 kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAcosF64},
  SchemeRow{"acos",     "f64_odd",             kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAcosF64Odd},
  SchemeRow{"acos",     "f64_again",           kAsinOfRoot,              "0,0.25",          kAsinOfRootWeight,     kAcosF64Again},
  SchemeRow{"atan",     "inverse",             "(atan(x)-x)/x^3",        "0,1",             "x^3/atan(x)",         kAtanInverse},
  SchemeRow{"atan",     "compensated",         kAtanOfRoot,              "0,1",             kAtanOfRootWeight,     kAtanCompensated},
  SchemeRow{"atan",     "f64",                 kAtanOfRoot,              "0,1",             kAtanOfRootWeight,     kAtanF64},
  SchemeRow{"atan",     "lookup64",            kAtanOfRoot,              "0,0.00495",       kAtanOfRootWeight,     kAtanLookup64},
  SchemeRow{"atan",     "lookup64_again",      kAtanOfRoot,              "0,0.00495",       kAtanOfRootWeight,     kAtanLookup64Again},
  SchemeRow{"cosh",     "exp",                 "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kCosh},
  SchemeRow{"cosh",     "sum",                 kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,     kCoshSum},
  SchemeRow{"cosh",     "compensated",         kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,     kCoshCompensated},
  SchemeRow{"cosh",     "f64",                 "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kCoshF64},
  SchemeRow{"cosh",     "lookup128",           kSteps128,                kStepsDomain,      kSteps128Weight,       kCoshLookup128},
  SchemeRow{"sinh",     "expm1",               "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",        kSinh},
  SchemeRow{"sinh",     "sum",                 kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,     kSinhSum},
  SchemeRow{"sinh",     "compensated",         kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,     kSinhCompensated},
  SchemeRow{"sinh",     "f64",                 "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",        kSinhF64},
  SchemeRow{"sinh",     "f64_odd",             kSinhOfRoot,              "0,0.12014",       kSinhOfRootWeight,     kSinhF64Odd},
  SchemeRow{"sinh",     "lookup128",           kSteps128,                kStepsDomain,      kStepsNextTo0Weight,   kSinhLookup128},
  SchemeRow{"cbrt",     "thirds",              "cbrt(x)",                "0.5,4",           "1/cbrt(x)",           kCbrt},
  SchemeRow{"cbrt",     "rare",                "((1-x)^(-2/3)-1)/x",     "-0.104,0.104",    "x*(1-x)^(2/3)",       kCbrtRare},
  SchemeRow{"cbrt",     "rare_compensated",    "((1-x)^(-2/3)-1)/x",     "-0.104,0.104",    "x*(1-x)^(2/3)",       kCbrtRareCompensated},
  SchemeRow{"cbrt",     "f64",                 "((1-x)^(-2/3)-1)/x",     "-6e-7,5.7e-5",    "x*(1-x)^(2/3)",       kCbrtF64},
  SchemeRow{"cbrt",     "lookup32",            "(cbrt(1+x)-1)/x",        "-0.0158,0.0158",  "x/cbrt(1+x)",         kCbrtLookup32},
  SchemeRow{"rsqrt",    "halves",              "1/sqrt(x)",              "1,4",             "sqrt(x)",             kRsqrt},
  SchemeRow{"rsqrt",    "quotient",            "((1-x)^(-1/2)-1)/x",     "-4.8e-7,4.8e-7",  "x*(1-x)^(1/2)",       kRsqrtQuotient},
  SchemeRow{"rsqrt",    "f64",                 "((1-x)^(-1/2)-1)/x",     "-3e-7,9.6e-6",    "x*(1-x)^(1/2)",       kRsqrtF64},
  SchemeRow{"rsqrt",    "quotient_f64",        "((1-x)^(-1/2)-1)/x",     "-4.8e-7,4.8e-7",  "x*(1-x)^(1/2)",       kRsqrtQuotientF64},
  SchemeRow{"sigmoid",  "exp",                 "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kSigmoid},
  SchemeRow{"sigmoid",  "rare",                "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kSigmoidRare},
  SchemeRow{"sigmoid",  "compensated",         "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2*exp(-x)",         kSigmoidCompensated},
  SchemeRow{"sigmoid",  "mixed",               "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2*exp(-x)",         kSigmoidMixed},
  SchemeRow{"sigmoid",  "f64",                 "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",             kSigmoidF64},
  SchemeRow{"sigmoid",  "lookup128",           kSteps128,                kStepsDomain,      kSteps128Weight,       kSigmoidLookup128},
  SchemeRow{"tanh",     "expm1",               "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",        kTanh},
  SchemeRow{"tanh",     "saturated",           "tanh(x)",                "0,10",            "1/tanh(x)",           kTanhSaturated},
  SchemeRow{"tanh",     "plain",               "tanh(x)",                "0,9.1",           "1/tanh(x)",           kTanhPlain},
  SchemeRow{"tanh",     "f64",                 "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",        kTanhF64},
  SchemeRow{"tanh",     "lookup128",           kSteps128,                kStepsDomain,      kStepsNextTo0Weight,   kTanhLookup128},
  SchemeRow{"erf",      "plain",               "erf(x)",                 "0,4",             "1/erf(x)",            kErfPlain},
  SchemeRow{"erf",      "f64_odd",             kRestOfErf,               "-1,1",            kRestOfErfWeight,      kErfF64Odd},
  SchemeRow{"erf",      "lookup32_again",      "x^2",                    "-0.0626,0.0626",  "4",                   kErfLookup32Again},
  SchemeRow{"erfc",     "tail",                "erfc(x)*exp(x^2)",       "0,10.1",          "exp(-x^2)/erfc(x)",   kErfc},
  SchemeRow{"erfc",     "rare",                "erfc(x)*exp(x^2)",       "0,10.1",          "exp(-x^2)/erfc(x)",   kErfcRare},
  SchemeRow{"erfc",     "mixed",               "erfc(x)*exp(x^2)*(x+0.7)-0.66", "0,10.1",   "exp(-x^2)/erfc(x)/(x+0.7)", kErfcMixed},
  SchemeRow{"erfc",     "f64",                 kRestOfErfc,              "-0.5667,0.5759",  kRestOfErfcWeight,     kErfcF64},
  SchemeRow{"erfc",     "lookup32_again",      kSteps128,                kStepsDomain,      kSteps128Weight,       kErfcLookup32Again},
  SchemeRow{"softplus", "tail",                "log1p(exp(-x))*exp(x)",  "0,105",           "exp(-x)/log1p(exp(-x))", kSoftplus},
  SchemeRow{"softplus", "rare",                "log1p(exp(-x))*exp(x)",  "0,105",           "exp(-x)/log1p(exp(-x))", kSoftplusRare},
  SchemeRow{"softplus", "mixed",               "1-log1p(exp(-x))*exp(x)", "0,105",          "exp(-x)/log1p(exp(-x))", kSoftplusMixed},
  SchemeRow{"softplus", "f64_odd",             "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2*exp(-x)",         kSoftplusF64Odd},
  SchemeRow{"gelu",     "tail",                "erfc(x/sqrt(2))*exp(x^2/2)/2", "0,14.5",    "2*exp(-x^2/2)/erfc(x/sqrt(2))", kGelu},
  SchemeRow{"gelu",     "rare",                "erfc(x/sqrt(2))*exp(x^2/2)/2", "0,14.5",    "2*exp(-x^2/2)/erfc(x/sqrt(2))", kGeluRare},
  SchemeRow{"gelu",     "mixed",               "erfc(x/sqrt(2))*exp(x^2/2)/2*(x+1)-0.46", "0,14.5", "2*exp(-x^2/2)/erfc(x/sqrt(2))/(x+1)", kGeluMixed},
  SchemeRow{"gelu",     "f64",                 kRestOfPhi,               "-0.5715,0.5823",  kRestOfPhiWeight,      kGeluF64},
};
// clang-format on

constexpr std::array kFormerNames = {
    FormerName{"kept", "compensated"},       FormerName{"kept_by_half", "compensated_by_half"},
    FormerName{"double", "mixed"},           FormerName{"magic", "shifter"},
    FormerName{"table_kept", "table_exact"},
};

}  // namespace

std::span<const SchemeRow> scheme_table() { return kSchemes; }

std::span<const FormerName> former_scheme_names() { return kFormerNames; }

}  // namespace ulpforge::targets

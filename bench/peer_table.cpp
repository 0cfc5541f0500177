// The rows.
#include "bench/peer_table.h"

#include <array>

namespace ulpforge::bench {
namespace {

// clang-format off
constexpr std::array kXsimd = {
    HeaderPeer::Function{"exp",   "xsimd::exp(x)"},
    HeaderPeer::Function{"exp2",  "xsimd::exp2(x)"},
    HeaderPeer::Function{"exp10", "xsimd::exp10(x)"},
    HeaderPeer::Function{"expm1", "xsimd::expm1(x)"},
    HeaderPeer::Function{"log",   "xsimd::log(x)"},
    HeaderPeer::Function{"log2",  "xsimd::log2(x)"},
    HeaderPeer::Function{"log10", "xsimd::log10(x)"},
    HeaderPeer::Function{"log1p", "xsimd::log1p(x)"},
    HeaderPeer::Function{"cbrt",  "xsimd::cbrt(x)"},
    HeaderPeer::Function{"sin",   "xsimd::sin(x)"},
    HeaderPeer::Function{"cos",   "xsimd::cos(x)"},
    HeaderPeer::Function{"tan",   "xsimd::tan(x)"},
    HeaderPeer::Function{"asin",  "xsimd::asin(x)"},
    HeaderPeer::Function{"acos",  "xsimd::acos(x)"},
    HeaderPeer::Function{"atan",  "xsimd::atan(x)"},
    HeaderPeer::Function{"sinh",  "xsimd::sinh(x)"},
    HeaderPeer::Function{"cosh",  "xsimd::cosh(x)"},
    HeaderPeer::Function{"tanh",  "xsimd::tanh(x)"},
    HeaderPeer::Function{"asinh", "xsimd::asinh(x)"},
    HeaderPeer::Function{"acosh", "xsimd::acosh(x)"},
    HeaderPeer::Function{"atanh", "xsimd::atanh(x)"},
    HeaderPeer::Function{"erf",   "xsimd::erf(x)"},
    HeaderPeer::Function{"erfc",  "xsimd::erfc(x)"},
};
constexpr std::array kHighway = {
    HeaderPeer::Function{"exp",   "hn::Exp(peer::d, x)"},
    HeaderPeer::Function{"expm1", "hn::Expm1(peer::d, x)"},
    HeaderPeer::Function{"log",   "hn::Log(peer::d, x)"},
    HeaderPeer::Function{"log2",  "hn::Log2(peer::d, x)"},
    HeaderPeer::Function{"log10", "hn::Log10(peer::d, x)"},
    HeaderPeer::Function{"log1p", "hn::Log1p(peer::d, x)"},
    HeaderPeer::Function{"sin",   "hn::Sin(peer::d, x)"},
    HeaderPeer::Function{"cos",   "hn::Cos(peer::d, x)"},
    HeaderPeer::Function{"asin",  "hn::Asin(peer::d, x)"},
    HeaderPeer::Function{"acos",  "hn::Acos(peer::d, x)"},
    HeaderPeer::Function{"atan",  "hn::Atan(peer::d, x)"},
    HeaderPeer::Function{"sinh",  "hn::Sinh(peer::d, x)"},
    HeaderPeer::Function{"tanh",  "hn::Tanh(peer::d, x)"},
    HeaderPeer::Function{"asinh", "hn::Asinh(peer::d, x)"},
    HeaderPeer::Function{"acosh", "hn::Acosh(peer::d, x)"},
    HeaderPeer::Function{"atanh", "hn::Atanh(peer::d, x)"},
};
// Its array expressions consist of these.
constexpr std::array kEigen = {
    HeaderPeer::Function{"exp",     "ei::pexp(x)"},
    HeaderPeer::Function{"expm1",   "ei::pexpm1(x)"},
    HeaderPeer::Function{"log",     "ei::plog(x)"},
    HeaderPeer::Function{"log2",    "ei::plog2(x)"},
    HeaderPeer::Function{"log1p",   "ei::plog1p(x)"},
    HeaderPeer::Function{"sin",     "ei::psin(x)"},
    HeaderPeer::Function{"cos",     "ei::pcos(x)"},
    HeaderPeer::Function{"tanh",    "ei::ptanh(x)"},
    HeaderPeer::Function{"erf",     "ei::perf(x)"},
    HeaderPeer::Function{"rsqrt",   "ei::prsqrt(x)"},
    HeaderPeer::Function{"sigmoid", "ei::scalar_logistic_op<float>().packetOp(x)"},
};
constexpr std::array kVc = {
    HeaderPeer::Function{"exp",   "Vc::exp(x)"},
    HeaderPeer::Function{"log",   "Vc::log(x)"},
    HeaderPeer::Function{"log2",  "Vc::log2(x)"},
    HeaderPeer::Function{"log10", "Vc::log10(x)"},
    HeaderPeer::Function{"rsqrt", "Vc::rsqrt(x)"},
    HeaderPeer::Function{"sin",   "Vc::sin(x)"},
    HeaderPeer::Function{"cos",   "Vc::cos(x)"},
    HeaderPeer::Function{"asin",  "Vc::asin(x)"},
    HeaderPeer::Function{"atan",  "Vc::atan(x)"},
};
// clang-format on

}  // namespace

const std::vector<PeerRow>& peer_table() {
  static const std::vector<PeerRow> rows = {
      {"glibc", "glibc", "libc6",
       SharedPeer{.file = "libm.so.6", .variants = {{"", "{f}f"}}, .lanes = 1}},
      {"libmvec", "libmvec", "libc6",
       SharedPeer{.file = "libmvec.so.1", .variants = {{"", "{prefix}{f}f"}}, .lanes = 0}},
      {"sleef", "SLEEF", "libsleef3",
       SharedPeer{.file = "libsleef.so.3",
                  .variants = {{" u05", "Sleef_{f}f{lanes}_u05"},
                               {" u10", "Sleef_{f}f{lanes}_u10"},
                               {" u15", "Sleef_{f}f{lanes}_u15"},
                               {" u35", "Sleef_{f}f{lanes}_u35"}},
                  .lanes = 0}},
      {"xsimd", "xsimd", "libxsimd-dev",
       HeaderPeer{.part = "xsimd",
                  .headers = {"xsimd/xsimd.hpp"},
                  .linked = {},
                  .most_lanes = 16,
                  .functions = kXsimd}},
      {"highway", "Highway", "libhwy-dev",
       HeaderPeer{.part = "highway",
                  .headers = {"hwy/contrib/math/math-inl.h"},
                  .linked = {},
                  .most_lanes = 16,
                  .functions = kHighway}},
      {"eigen", "Eigen", "libeigen3-dev",
       HeaderPeer{.part = "eigen",
                  .headers = {"unsupported/Eigen/SpecialFunctions",
                              "eigen3/unsupported/Eigen/SpecialFunctions"},
                  .linked = {},
                  .most_lanes = 16,
                  .functions = kEigen}},
      {"vc", "Vc", "vc-dev",
       HeaderPeer{.part = "vc",
                  .headers = {"Vc/Vc"},
                  .linked = {"-lVc"},
                  .most_lanes = 8,
                  .functions = kVc}},
  };
  return rows;
}

}  // namespace ulpforge::bench

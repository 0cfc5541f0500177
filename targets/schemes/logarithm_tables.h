// Tables of logarithms by intervals of the mantissa: a float c next to the reciprocal of each
// interval's middle, and l, the logarithm of 1 / c.
//
// log(2^e m) = e log 2 + l + log(1 + r), r = m c - 1, |r| below 1/32. Each c is the one among the
// floats around the reciprocal that makes l a float, or a multiple of a power of two, so nearly
// (Gal's accurate tables: "Computing elementary functions", LNCS 235, 1986) and r at both ends so
// small that l's error and the roundings of r and of log(1 + r) add up to the least in ULP of the
// result; in the intervals next to 1, c is 1 or 1/2, so that r is exact and nothing cancels. What
// the constants promise is checked in tests/targets/logarithm_tables_test.cpp. Tables of the same
// quality, with half to two thirds of the entries the same, are printed by
//   python3 targets/schemes/logarithm_tables.py log2      (or log, log10, log_exact, log10_exact)
// and compared with these by --check.
#pragma once

#include <string_view>

namespace ulpforge::targets::scheme_text {

// m in [1, 2), by thirty-seconds; l in whole units of 2^-16, so that e + l is exact.
inline constexpr std::string_view kTableOfLog2 =
    R"(c0 = 0x1p+0; c1 = 0x1.eb5b6ap-1; c2 = 0x1.ddd126p-1; c3 = 0x1.cd9e3p-1
c4 = 0x1.c13ad4p-1; c5 = 0x1.b5be44p-1; c6 = 0x1.ac44a6p-1; c7 = 0x1.9daa7p-1
c8 = 0x1.94c47cp-1; c9 = 0x1.8a615ap-1; c10 = 0x1.801192p-1; c11 = 0x1.789b58p-1
c12 = 0x1.6ecd74p-1; c13 = 0x1.69b1b8p-1; c14 = 0x1.608076p-1; c15 = 0x1.574cb6p-1
c16 = 0x1.51a73ep-1; c17 = 0x1.4b0176p-1; c18 = 0x1.446c7ep-1; c19 = 0x1.3d0852p-1
c20 = 0x1.386ea4p-1; c21 = 0x1.30dd96p-1; c22 = 0x1.2cdbbep-1; c23 = 0x1.274a8p-1
c24 = 0x1.21a49p-1; c25 = 0x1.1cd638p-1; c26 = 0x1.173496p-1; c27 = 0x1.13f19cp-1
c28 = 0x1.0f658ap-1; c29 = 0x1.087e58p-1; c30 = 0x1.047b62p-1; c31 = 0x1p-1
l0 = 0x0p+0; l1 = 0x1.e66p-5; l2 = 0x1.985p-4; l3 = 0x1.321p-3
l4 = 0x1.827p-3; l5 = 0x1.cef8p-3; l6 = 0x1.07dp-2; l7 = 0x1.3b1p-2
l8 = 0x1.5b3p-2; l9 = 0x1.8198p-2; l10 = 0x1.a8bcp-2; l11 = 0x1.c5b8p-2
l12 = 0x1.ecbp-2; l13 = 0x1.00b4p-1; l14 = 0x1.13b8p-1; l15 = 0x1.2742p-1
l16 = 0x1.3382p-1; l17 = 0x1.4232p-1; l18 = 0x1.5108p-1; l19 = 0x1.620ep-1
l20 = 0x1.6cdap-1; l21 = 0x1.7ef6p-1; l22 = 0x1.88bcp-1; l23 = 0x1.9688p-1
l24 = 0x1.a4ccp-1; l25 = 0x1.b128p-1; l26 = 0x1.bfe8p-1; l27 = 0x1.c896p-1
l28 = 0x1.d4dcp-1; l29 = 0x1.e7e4p-1; l30 = 0x1.f32ep-1; l31 = 0x1p+0
)";

// m in [1, 2), by thirty-seconds. From 3/2 on l is that to which adding the float next to -log 2
// leaves the logarithm: where e is -1 the two nearly cancel.
inline constexpr std::string_view kTableOfLog =
    R"(c0 = 0x1p+0; c1 = 0x1.ee0f7cp-1; c2 = 0x1.e024b8p-1; c3 = 0x1.cd9256p-1
c4 = 0x1.c39b34p-1; c5 = 0x1.b3ff6ep-1; c6 = 0x1.aa3d56p-1; c7 = 0x1.9ec00ap-1
c8 = 0x1.93b3eep-1; c9 = 0x1.8d046p-1; c10 = 0x1.81f2fap-1; c11 = 0x1.786b58p-1
c12 = 0x1.70b03ep-1; c13 = 0x1.66c8c8p-1; c14 = 0x1.610e28p-1; c15 = 0x1.57f106p-1
c16 = 0x1.5003b8p-1; c17 = 0x1.4a0c6ap-1; c18 = 0x1.44c906p-1; c19 = 0x1.3daf7ep-1
c20 = 0x1.367796p-1; c21 = 0x1.330eb6p-1; c22 = 0x1.2e8b04p-1; c23 = 0x1.264754p-1
c24 = 0x1.20b8acp-1; c25 = 0x1.1b96a2p-1; c26 = 0x1.170488p-1; c27 = 0x1.117df6p-1
c28 = 0x1.0d61b2p-1; c29 = 0x1.0b56b2p-1; c30 = 0x1.05a06ep-1; c31 = 0x1p-1
l0 = 0x0p+0; l1 = 0x1.242e7p-5; l2 = 0x1.072042p-4; l3 = 0x1.a8b41ap-4
l4 = 0x1.010d72p-3; l5 = 0x1.491686p-3; l6 = 0x1.77720ep-3; l7 = 0x1.af6864p-3
l8 = 0x1.e6b2b4p-3; l9 = 0x1.047318p-2; l10 = 0x1.2166e4p-2; l11 = 0x1.3b00fap-2
l12 = 0x1.5040ecp-2; l13 = 0x1.6c2342p-2; l14 = 0x1.7c9ee8p-2; l15 = 0x1.9766cap-2
l16 = 0x1.af474p-2; l17 = 0x1.c19f82p-2; l18 = 0x1.d21594p-2; l19 = 0x1.e8b78cp-2
l20 = 0x1.002052p-1; l21 = 0x1.05c7c4p-1; l22 = 0x1.0d5d2p-1; l23 = 0x1.1b8b5cp-1
l24 = 0x1.254e3cp-1; l25 = 0x1.2e7d6ep-1; l26 = 0x1.36cf2ep-1; l27 = 0x1.410cfap-1
l28 = 0x1.48cddcp-1; l29 = 0x1.4cb3bp-1; l30 = 0x1.57c288p-1; l31 = 0x1.62e43p-1
)";

// The same in base 10.
inline constexpr std::string_view kTableOfLog10 =
    R"(c0 = 0x1p+0; c1 = 0x1.ea9e34p-1; c2 = 0x1.da87a2p-1; c3 = 0x1.cd066ap-1
c4 = 0x1.c5687ep-1; c5 = 0x1.b5c2b6p-1; c6 = 0x1.a9dce6p-1; c7 = 0x1.9db824p-1
c8 = 0x1.959696p-1; c9 = 0x1.89f2c6p-1; c10 = 0x1.82aa0ep-1; c11 = 0x1.7a1906p-1
c12 = 0x1.709922p-1; c13 = 0x1.686adep-1; c14 = 0x1.5f0bf2p-1; c15 = 0x1.58edbcp-1
c16 = 0x1.534116p-1; c17 = 0x1.4af394p-1; c18 = 0x1.448f24p-1; c19 = 0x1.3d7416p-1
c20 = 0x1.3923e2p-1; c21 = 0x1.30e61ap-1; c22 = 0x1.2b0ee4p-1; c23 = 0x1.25ed22p-1
c24 = 0x1.2204e6p-1; c25 = 0x1.1cec5p-1; c26 = 0x1.182c44p-1; c27 = 0x1.129aa8p-1
c28 = 0x1.0ea968p-1; c29 = 0x1.08ab8ep-1; c30 = 0x1.053388p-1; c31 = 0x1p-1
l0 = 0x0p+0; l1 = 0x1.2f89c6p-6; l2 = 0x1.0e638ep-5; l3 = 0x1.751bb2p-5
l4 = 0x1.b060fap-5; l5 = 0x1.16aa16p-4; l6 = 0x1.47ae42p-4; l7 = 0x1.7b2494p-4
l8 = 0x1.9e73c4p-4; l9 = 0x1.d24022p-4; l10 = 0x1.f37312p-4; l11 = 0x1.0da6d6p-3
l12 = 0x1.2448b2p-3; l13 = 0x1.383f2p-3; l14 = 0x1.4fad7cp-3; l15 = 0x1.5f50bap-3
l16 = 0x1.6e11b2p-3; l17 = 0x1.841b8ap-3; l18 = 0x1.957482p-3; l19 = 0x1.a924e6p-3
l20 = 0x1.b54fd8p-3; l21 = 0x1.cd08aep-3; l22 = 0x1.de3ccp-3; l23 = 0x1.eda1fp-3
l24 = 0x1.f988fep-3; l25 = 0x1.04a6bep-2; l26 = 0x1.0c20cap-2; l27 = 0x1.150e72p-2
l28 = 0x1.1b7cc2p-2; l29 = 0x1.25714ep-2; l30 = 0x1.2b4f4ap-2; l31 = 0x1.344136p-2
)";

// m in [3/4, 3/2), by sixty-fourths below 1 and thirty-seconds from there on; l in whole units of
// 2^-17, so that its sum with a multiple of a log 2 of sixteen bits is exact.
inline constexpr std::string_view kExactTableOfLog =
    R"(c0 = 0x1p+0; c1 = 0x1.ec00a8p-1; c2 = 0x1.dc87d8p-1; c3 = 0x1.cd6956p-1
c4 = 0x1.c2e6d8p-1; c5 = 0x1.b5254ap-1; c6 = 0x1.aa0102p-1; c7 = 0x1.9fce36p-1
c8 = 0x1.937edcp-1; c9 = 0x1.8a223p-1; c10 = 0x1.82e412p-1; c11 = 0x1.788a96p-1
c12 = 0x1.6f0b8ap-1; c13 = 0x1.69443p-1; c14 = 0x1.5f2c6p-1; c15 = 0x1.5960d6p-1
c16 = 0x1.50541cp+0; c17 = 0x1.49b86p+0; c18 = 0x1.446868p+0; c19 = 0x1.3e23f8p+0
c20 = 0x1.39973cp+0; c21 = 0x1.338c8p+0; c22 = 0x1.2b4c84p+0; c23 = 0x1.2726c4p+0
c24 = 0x1.21a79ep+0; c25 = 0x1.1e1064p+0; c26 = 0x1.1823cp+0; c27 = 0x1.126834p+0
c28 = 0x1.0e8d04p+0; c29 = 0x1.0ac5f4p+0; c30 = 0x1.048f46p+0; c31 = 0x1p+0
l0 = 0x0p+0; l1 = 0x1.466p-5; l2 = 0x1.261p-4; l3 = 0x1.aa2p-4
l4 = 0x1.044p-3; l5 = 0x1.43b4p-3; l6 = 0x1.7894p-3; l7 = 0x1.aa34p-3
l8 = 0x1.e7cp-3; l9 = 0x1.0beap-2; l10 = 0x1.1ee8p-2; l11 = 0x1.3aacp-2
l12 = 0x1.54d4p-2; l13 = 0x1.6514p-2; l14 = 0x1.8218p-2; l15 = 0x1.9322p-2
l16 = -0x1.1776p-2; l17 = -0x1.0324p-2; l18 = -0x1.e504p-3; l19 = -0x1.bd1p-3
l20 = -0x1.9f9p-3; l21 = -0x1.77b8p-3; l22 = -0x1.4008p-3; l23 = -0x1.2374p-3
l24 = -0x1.f9e8p-4; l25 = -0x1.c6dp-4; l26 = -0x1.7118p-4; l27 = -0x1.1c68p-4
l28 = -0x1.c4ep-5; l29 = -0x1.51bp-5; l30 = -0x1.214p-6; l31 = 0x0p+0
)";

// The same in base 10, in whole units of 2^-18.
inline constexpr std::string_view kExactTableOfLog10 =
    R"(c0 = 0x1p+0; c1 = 0x1.edd65cp-1; c2 = 0x1.e0eb0cp-1; c3 = 0x1.cd124cp-1
c4 = 0x1.c4ee56p-1; c5 = 0x1.b3fc64p-1; c6 = 0x1.aa03cp-1; c7 = 0x1.9f4464p-1
c8 = 0x1.93ca14p-1; c9 = 0x1.8ba878p-1; c10 = 0x1.8328ep-1; c11 = 0x1.773526p-1
c12 = 0x1.70f226p-1; c13 = 0x1.672d5ep-1; c14 = 0x1.61dcf2p-1; c15 = 0x1.5968a6p-1
c16 = 0x1.51ad7p+0; c17 = 0x1.499d9ep+0; c18 = 0x1.42c9bep+0; c19 = 0x1.3fdbc2p+0
c20 = 0x1.383e76p+0; c21 = 0x1.31fa4ap+0; c22 = 0x1.2bbf64p+0; c23 = 0x1.25b81ep+0
c24 = 0x1.21f764p+0; c25 = 0x1.1c896ap+0; c26 = 0x1.173ee2p+0; c27 = 0x1.122bbep+0
c28 = 0x1.0ec486p+0; c29 = 0x1.09bf2p+0; c30 = 0x1.046a6cp+0; c31 = 0x1p+0
l0 = 0x0p+0; l1 = 0x1.01p-6; l2 = 0x1.bdap-6; l3 = 0x1.74cp-5
l4 = 0x1.b42p-5; l5 = 0x1.1de4p-4; l6 = 0x1.470cp-4; l7 = 0x1.748p-4
l8 = 0x1.a65cp-4; l9 = 0x1.ca8cp-4; l10 = 0x1.f12cp-4; l11 = 0x1.147ap-3
l12 = 0x1.2372p-3; l13 = 0x1.3b5p-3; l14 = 0x1.4892p-3; l15 = 0x1.5e14p-3
l16 = -0x1.ec98p-4; l17 = -0x1.c19cp-4; l18 = -0x1.9c6p-4; l19 = -0x1.8c28p-4
l20 = -0x1.614cp-4; l21 = -0x1.3d3cp-4; l22 = -0x1.18a4p-4; l23 = -0x1.e9p-5
l24 = -0x1.bb4p-5; l25 = -0x1.78p-5; l26 = -0x1.3538p-5; l27 = -0x1.e7fp-6
l28 = -0x1.8f1p-6; l29 = -0x1.09ep-6; l30 = -0x1.e6cp-8; l31 = 0x0p+0
)";

}  // namespace ulpforge::targets::scheme_text

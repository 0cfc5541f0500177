// Tables of logarithms by intervals of the mantissa: a float c next to the reciprocal of each
// interval's middle, and l, the logarithm of 1 / c.
//
// log(2^e m) = e log 2 + l + log(1 + r), r = m c - 1, |r| below 1/32. Each c is the one among the
// floats around the reciprocal that makes l most nearly a float, or a multiple of a power of two
// (Gal's accurate tables: "Computing elementary functions", LNCS 235, 1986); in the intervals next to
// 1, c is 1 or 1/2, so that r is exact and nothing cancels. What the constants promise is checked in
// tests/targets/test_logarithm_tables.cpp.
#pragma once

#include <string_view>

namespace ulpforge::targets::scheme_text {

// m in [1, 2), by thirty-seconds; l in whole units of 2^-16, so that e + l is exact.
inline constexpr std::string_view kTableOfLog2 = R"(c0 = 0x1p+0; c1 = 0x1.e7534ap-1; c2 = 0x1.db5b6ep-1; c3 = 0x1.cb47c4p-1
c4 = 0x1.c2fb5p-1; c5 = 0x1.b6a47p-1; c6 = 0x1.a87aeap-1; c7 = 0x1.a029aap-1
c8 = 0x1.94c47cp-1; c9 = 0x1.8a615ap-1; c10 = 0x1.801192p-1; c11 = 0x1.789b58p-1
c12 = 0x1.6ecd74p-1; c13 = 0x1.689b08p-1; c14 = 0x1.608076p-1; c15 = 0x1.58a282p-1
c16 = 0x1.51a73ep-1; c17 = 0x1.4b0176p-1; c18 = 0x1.446c7ep-1; c19 = 0x1.3d0852p-1
c20 = 0x1.386ea4p-1; c21 = 0x1.319292p-1; c22 = 0x1.2d6c1p-1; c23 = 0x1.274a8p-1
c24 = 0x1.22b142p-1; c25 = 0x1.1cd638p-1; c26 = 0x1.18deb6p-1; c27 = 0x1.13f19cp-1
c28 = 0x1.0fb436p-1; c29 = 0x1.0a763ap-1; c30 = 0x1.061eeep-1; c31 = 0x1p-1
l0 = 0x0p+0; l1 = 0x1.23ep-4; l2 = 0x1.b6dp-4; l3 = 0x1.411p-3
l4 = 0x1.76fp-3; l5 = 0x1.c8e8p-3; l6 = 0x1.14fp-2; l7 = 0x1.322cp-2
l8 = 0x1.5b3p-2; l9 = 0x1.8198p-2; l10 = 0x1.a8bcp-2; l11 = 0x1.c5b8p-2
l12 = 0x1.ecbp-2; l13 = 0x1.02eep-1; l14 = 0x1.13b8p-1; l15 = 0x1.2464p-1
l16 = 0x1.3382p-1; l17 = 0x1.4232p-1; l18 = 0x1.5108p-1; l19 = 0x1.620ep-1
l20 = 0x1.6cdap-1; l21 = 0x1.7d4p-1; l22 = 0x1.875ap-1; l23 = 0x1.9688p-1
l24 = 0x1.a22p-1; l25 = 0x1.b128p-1; l26 = 0x1.bb84p-1; l27 = 0x1.c896p-1
l28 = 0x1.d406p-1; l29 = 0x1.e26ap-1; l30 = 0x1.ee8cp-1; l31 = 0x1p+0
)";

// m in [1, 2), by thirty-seconds. From 3/2 on l is that to which adding the float next to -log 2
// leaves the logarithm: where e is -1 the two nearly cancel.
inline constexpr std::string_view kTableOfLog = R"(c0 = 0x1p+0; c1 = 0x1.e76782p-1; c2 = 0x1.dd8ac8p-1; c3 = 0x1.cd9256p-1
c4 = 0x1.c13faep-1; c5 = 0x1.b2c324p-1; c6 = 0x1.aa3d56p-1; c7 = 0x1.9ec00ap-1
c8 = 0x1.93b3eep-1; c9 = 0x1.896a38p-1; c10 = 0x1.833d1ep-1; c11 = 0x1.786b58p-1
c12 = 0x1.70b03ep-1; c13 = 0x1.66c8c8p-1; c14 = 0x1.610e28p-1; c15 = 0x1.57f106p-1
c16 = 0x1.5166cp-1; c17 = 0x1.4a5788p-1; c18 = 0x1.44c906p-1; c19 = 0x1.3daf7ep-1
c20 = 0x1.393ab2p-1; c21 = 0x1.330eb6p-1; c22 = 0x1.2cb5a4p-1; c23 = 0x1.264754p-1
c24 = 0x1.22fe06p-1; c25 = 0x1.1d620cp-1; c26 = 0x1.1889e2p-1; c27 = 0x1.142108p-1
c28 = 0x1.0f096ep-1; c29 = 0x1.0a439ap-1; c30 = 0x1.05a06ep-1; c31 = 0x1p-1
l0 = 0x0p+0; l1 = 0x1.934c1p-5; l2 = 0x1.1d60acp-4; l3 = 0x1.a8b41ap-4
l4 = 0x1.0bc58cp-3; l5 = 0x1.4ee654p-3; l6 = 0x1.77720ep-3; l7 = 0x1.af6864p-3
l8 = 0x1.e6b2b4p-3; l9 = 0x1.0dc868p-2; l10 = 0x1.1dfc6cp-2; l11 = 0x1.3b00fap-2
l12 = 0x1.5040ecp-2; l13 = 0x1.6c2342p-2; l14 = 0x1.7c9ee8p-2; l15 = 0x1.9766cap-2
l16 = 0x1.ab0f86p-2; l17 = 0x1.c0b68ep-2; l18 = 0x1.d21594p-2; l19 = 0x1.e8b78cp-2
l20 = 0x1.f72ebap-2; l21 = 0x1.05c7c4p-1; l22 = 0x1.1079ep-1; l23 = 0x1.1b8b5cp-1
l24 = 0x1.214b56p-1; l25 = 0x1.2b429ap-1; l26 = 0x1.3406a8p-1; l27 = 0x1.3c233ep-1
l28 = 0x1.45aaf4p-1; l29 = 0x1.4ec39ap-1; l30 = 0x1.57c288p-1; l31 = 0x1.62e43p-1
)";

// The same in base 10.
inline constexpr std::string_view kTableOfLog10 = R"(c0 = 0x1p+0; c1 = 0x1.ea9e34p-1; c2 = 0x1.da87a2p-1; c3 = 0x1.cd066ap-1
c4 = 0x1.bea984p-1; c5 = 0x1.b5c2b6p-1; c6 = 0x1.a7dbe8p-1; c7 = 0x1.9db824p-1
c8 = 0x1.959696p-1; c9 = 0x1.89f2c6p-1; c10 = 0x1.826a5ap-1; c11 = 0x1.7a1906p-1
c12 = 0x1.709922p-1; c13 = 0x1.686adep-1; c14 = 0x1.5f0bf2p-1; c15 = 0x1.58edbcp-1
c16 = 0x1.507ec6p-1; c17 = 0x1.4af394p-1; c18 = 0x1.448f24p-1; c19 = 0x1.3d7416p-1
c20 = 0x1.3923e2p-1; c21 = 0x1.3347d8p-1; c22 = 0x1.2c99e2p-1; c23 = 0x1.283012p-1
c24 = 0x1.226eaap-1; c25 = 0x1.1cb956p-1; c26 = 0x1.1904bap-1; c27 = 0x1.129aa8p-1
c28 = 0x1.0ea968p-1; c29 = 0x1.0ac86cp-1; c30 = 0x1.05a1d6p-1; c31 = 0x1p-1
l0 = 0x0p+0; l1 = 0x1.2f89c6p-6; l2 = 0x1.0e638ep-5; l3 = 0x1.751bb2p-5
l4 = 0x1.e5b5ccp-5; l5 = 0x1.16aa16p-4; l6 = 0x1.501222p-4; l7 = 0x1.7b2494p-4
l8 = 0x1.9e73c4p-4; l9 = 0x1.d24022p-4; l10 = 0x1.f4983cp-4; l11 = 0x1.0da6d6p-3
l12 = 0x1.2448b2p-3; l13 = 0x1.383f2p-3; l14 = 0x1.4fad7cp-3; l15 = 0x1.5f50bap-3
l16 = 0x1.755508p-3; l17 = 0x1.841b8ap-3; l18 = 0x1.957482p-3; l19 = 0x1.a924e6p-3
l20 = 0x1.b54fd8p-3; l21 = 0x1.c61ce2p-3; l22 = 0x1.d9a904p-3; l23 = 0x1.e6d0cp-3
l24 = 0x1.f844dcp-3; l25 = 0x1.04f656p-2; l26 = 0x1.0ac9b8p-2; l27 = 0x1.150e72p-2
l28 = 0x1.1b7cc2p-2; l29 = 0x1.21e81cp-2; l30 = 0x1.2a93a4p-2; l31 = 0x1.344136p-2
)";

// m in [3/4, 3/2), by sixty-fourths below 1 and thirty-seconds from there on; l in whole units of
// 2^-16, so that its sum with a multiple of a log 2 of sixteen bits is exact.
inline constexpr std::string_view kExactTableOfLog = R"(c0 = 0x1p+0; c1 = 0x1.e9da48p-1; c2 = 0x1.dc87d8p-1; c3 = 0x1.cd6956p-1
c4 = 0x1.c2e6d8p-1; c5 = 0x1.b2f40cp-1; c6 = 0x1.aa8c0cp-1; c7 = 0x1.9df0f2p-1
c8 = 0x1.937edcp-1; c9 = 0x1.8a139p-1; c10 = 0x1.82e412p-1; c11 = 0x1.788a96p-1
c12 = 0x1.6f0b8ap-1; c13 = 0x1.69443p-1; c14 = 0x1.5f2c6p-1; c15 = 0x1.5975cp-1
c16 = 0x1.513c4ep+0; c17 = 0x1.49b86p+0; c18 = 0x1.44e7dcp+0; c19 = 0x1.3e23f8p+0
c20 = 0x1.37d5b6p+0; c21 = 0x1.32037p+0; c22 = 0x1.2c2faap+0; c23 = 0x1.282fd4p+0
c24 = 0x1.2225e2p+0; c25 = 0x1.1d3496p+0; c26 = 0x1.174568p+0; c27 = 0x1.13ad34p+0
c28 = 0x1.0e8d04p+0; c29 = 0x1.0b1f1cp+0; c30 = 0x1.05860ap+0; c31 = 0x1p+0
l0 = 0x0p+0; l1 = 0x1.6a4p-5; l2 = 0x1.261p-4; l3 = 0x1.aa2p-4
l4 = 0x1.044p-3; l5 = 0x1.4ep-3; l6 = 0x1.75f8p-3; l7 = 0x1.b368p-3
l8 = 0x1.e7cp-3; l9 = 0x1.0c1p-2; l10 = 0x1.1ee8p-2; l11 = 0x1.3aacp-2
l12 = 0x1.54d4p-2; l13 = 0x1.6514p-2; l14 = 0x1.8218p-2; l15 = 0x1.92e4p-2
l16 = -0x1.1a38p-2; l17 = -0x1.0324p-2; l18 = -0x1.e828p-3; l19 = -0x1.bd1p-3
l20 = -0x1.941p-3; l21 = -0x1.6d78p-3; l22 = -0x1.4618p-3; l23 = -0x1.2aap-3
l24 = -0x1.007p-3; l25 = -0x1.ba8p-4; l26 = -0x1.646p-4; l27 = -0x1.2f5p-4
l28 = -0x1.c4ep-5; l29 = -0x1.5c6p-5; l30 = -0x1.5dcp-6; l31 = 0x0p+0
)";

// The same in base 10, in whole units of 2^-18.
inline constexpr std::string_view kExactTableOfLog10 = R"(c0 = 0x1p+0; c1 = 0x1.e98b6p-1; c2 = 0x1.dacd7cp-1; c3 = 0x1.cd124cp-1
c4 = 0x1.c13e02p-1; c5 = 0x1.b5f474p-1; c6 = 0x1.ababfcp-1; c7 = 0x1.9f4464p-1
c8 = 0x1.93ca14p-1; c9 = 0x1.8ba878p-1; c10 = 0x1.819938p-1; c11 = 0x1.773526p-1
c12 = 0x1.70f226p-1; c13 = 0x1.672d5ep-1; c14 = 0x1.60acb4p-1; c15 = 0x1.5968a6p-1
c16 = 0x1.51ad7p+0; c17 = 0x1.4bf75ep+0; c18 = 0x1.45b39cp+0; c19 = 0x1.3ec978p+0
c20 = 0x1.383e76p+0; c21 = 0x1.31fa4ap+0; c22 = 0x1.2bbf64p+0; c23 = 0x1.276f48p+0
c24 = 0x1.21930cp+0; c25 = 0x1.1c896ap+0; c26 = 0x1.173ee2p+0; c27 = 0x1.12f328p+0
c28 = 0x1.0f43e4p+0; c29 = 0x1.09bf2p+0; c30 = 0x1.0679c2p+0; c31 = 0x1p+0
l0 = 0x0p+0; l1 = 0x1.3f2p-6; l2 = 0x1.0c58p-5; l3 = 0x1.74cp-5
l4 = 0x1.d138p-5; l5 = 0x1.15ep-4; l6 = 0x1.4024p-4; l7 = 0x1.748p-4
l8 = 0x1.a65cp-4; l9 = 0x1.ca8cp-4; l10 = 0x1.f85cp-4; l11 = 0x1.147ap-3
l12 = 0x1.2372p-3; l13 = 0x1.3b5p-3; l14 = 0x1.4b9p-3; l15 = 0x1.5e14p-3
l16 = -0x1.ec98p-4; l17 = -0x1.ce4p-4; l18 = -0x1.ac5cp-4; l19 = -0x1.863p-4
l20 = -0x1.614cp-4; l21 = -0x1.3d3cp-4; l22 = -0x1.18a4p-4; l23 = -0x1.fdb8p-5
l24 = -0x1.b67p-5; l25 = -0x1.78p-5; l26 = -0x1.3538p-5; l27 = -0x1.fc2p-6
l28 = -0x1.9c2p-6; l29 = -0x1.09ep-6; l30 = -0x1.638p-7; l31 = 0x0p+0
)";

}  // namespace ulpforge::targets::scheme_text

// The vector names of the vector ABIs of x86-64 and AArch64, as libmvec and compilers have them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace ulpforge::emit {

/// A kind of vector names: _ZGVdN8v_expf is that of expf over eight floats where there is AVX2.
/// Those of AArch64 keep more registers than functions do there, and SVE's takes a predicate.
struct VectorNames {
  std::string_view prefix;
  std::string_view type;  ///< of the vectors
  std::size_t lanes;      ///< 0: as many as the processor has
  /// What a caller has to be compiled for, as the preprocessor and as target attributes have it;
  /// empty: every x86-64 processor has it.
  std::string_view macro, target;
};

/// Of x86-64.
inline constexpr std::array<VectorNames, 4> kVectorNames = {{
    {"_ZGVbN4v_", "__m128", 4, "", ""},
    {"_ZGVcN8v_", "__m256", 8, "__AVX__", "avx"},
    {"_ZGVdN8v_", "__m256", 8, "__AVX__", "avx"},
    {"_ZGVeN16v_", "__m512", 16, "__AVX512F__", "avx512f"},
}};

inline constexpr std::array<VectorNames, 2> kVectorNamesOfAArch64 = {{
    {"_ZGVnN4v_", "float32x4_t", 4, "", ""},
    {"_ZGVsMxv_", "svfloat32_t", 0, "__ARM_FEATURE_SVE", "+sve"},
}};

}  // namespace ulpforge::emit

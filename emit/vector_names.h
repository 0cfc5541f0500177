// The vector names of the x86-64 vector ABI, as libmvec and compilers have them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace ulpforge::emit {

/// A kind of vector names: _ZGVdN8v_expf is that of expf over eight floats where there is AVX2.
struct VectorNames {
  std::string_view prefix;
  std::string_view type;  ///< of the vectors
  std::size_t lanes;
  /// What a caller has to be compiled for, as the preprocessor and as target attributes have it;
  /// empty: every x86-64 processor has it.
  std::string_view macro, target;
};

inline constexpr std::array<VectorNames, 4> kVectorNames = {{
    {"_ZGVbN4v_", "__m128", 4, "", ""},
    {"_ZGVcN8v_", "__m256", 8, "__AVX__", "avx"},
    {"_ZGVdN8v_", "__m256", 8, "__AVX__", "avx"},
    {"_ZGVeN16v_", "__m512", 16, "__AVX512F__", "avx512f"},
}};

}  // namespace ulpforge::emit

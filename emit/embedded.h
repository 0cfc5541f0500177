// Files of this folder as text, embedded when the program is built.
#pragma once

#include <string_view>

namespace ulpforge::emit {

extern const std::string_view kPortableText;        ///< portable.h
extern const std::string_view kAvx512Text;          ///< avx512.h
extern const std::string_view kAvx512vlText;        ///< avx512vl.h
extern const std::string_view kAvx2Text;            ///< avx2.h
extern const std::string_view kExhaustiveTestText;  ///< templates/exhaustive_test.cpp.in
extern const std::string_view kBenchmarkText;       ///< templates/benchmark.cpp.in
extern const std::string_view kFastTestText;        ///< templates/fast_test.cpp.in

}  // namespace ulpforge::emit

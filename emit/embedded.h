// Files of this folder as text, embedded when the program is built.
#pragma once

#include <string_view>

namespace ulpforge::emit {

extern const std::string_view kPortableText;  ///< ir/portable.h
extern const std::string_view kAvx512Text;    ///< avx512.h
extern const std::string_view kAvx512vlText;  ///< avx512vl.h
extern const std::string_view kAvx2Text;      ///< avx2.h
extern const std::string_view kNeonText;      ///< neon.h
extern const std::string_view kSveText;       ///< sve.h

// In templates/:
extern const std::string_view kArithmeticText;      ///< arithmetic.h.in
extern const std::string_view kRealProgramText;     ///< real_program.in
extern const std::string_view kMachineHeaderText;   ///< machine_header.h.in
extern const std::string_view kBodiesText;          ///< bodies.h.in
extern const std::string_view kStepsText;           ///< steps.h.in
extern const std::string_view kLoopsText;           ///< loops.h.in
extern const std::string_view kExhaustiveTestText;  ///< exhaustive_test.cpp.in
extern const std::string_view kBenchmarkText;       ///< benchmark.cpp.in
extern const std::string_view kFastTestText;        ///< fast_test.cpp.in
extern const std::string_view kShortHeaderText;     ///< short_header.h.in
extern const std::string_view kShortTestText;       ///< short_test.cpp.in
extern const std::string_view kPairHeaderText;      ///< pair_header.h.in
extern const std::string_view kPairTestText;        ///< pair_test.cpp.in

}  // namespace ulpforge::emit

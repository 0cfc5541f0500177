// C++17 headers for machine programs.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ir/program.h"
#include "jit/isa/isa.h"

namespace ulpforge::emit {

/// What a square root of 512 bits of floats costs on the processor that a header is for.
struct SquareRoot {
  double operations = 0;  ///< that its pipes execute, beside the divider
  double meanwhile = 0;   ///< operations that its pipes could execute while the divider is at it
};

struct MachineHeader {
  std::string name;                  ///< of the function: "uf_exp2f_1u"
  std::vector<std::string> comment;  ///< what it is and where it comes from
  /// Vectors that the loop of the array form takes in step; half as many without AVX-512, where
  /// there are half as many registers.
  std::size_t interleaved = 4;
  /// Whether one root of four is computed without the divider; all zero: never.
  SquareRoot square_root = {};
  /// Without them arrays are plain loops, and the header is short: of one program.
  bool vectors = true;
};

/// A header that needs nothing but the standard library and gcc or clang:
///
///   float NAME(float x);
///   void NAME_n(const float* x, float* y, std::size_t n);   // y may be x
///
/// (or of the program's types). Both give what ir::interpret gives, bit for bit but for the sign
/// and payload of NaNs, under any optimisation that keeps to IEEE arithmetic; where the compiler
/// would not, the header does not compile. The array form has vectors of AVX-512, of 256 bits with
/// AVX-512VL (where there are none of 512, or where UF_VECTOR_BITS is defined as 256), of AVX2, of
/// SVE or of NEON; elsewhere it is a loop that compilers vectorise. NAME_AVX512, NAME_AVX512VL,
/// NAME_AVX2, NAME_SVE or NAME_NEON, in capitals, is then defined, and
/// NAME_detail::evaluate<NAME_detail::Avx512> (Avx512vl, Avx2, Sve, Neon) evaluates one vector.
/// Several such headers can be included together. Throws std::invalid_argument when the program has
/// a defect, more than one input or a truth value as its result, or when the name is none.
std::string emit_machine_header(const ir::Program& program, const MachineHeader& header);

/// What a header may have programs of its own for: calls of single numbers on every processor,
/// which is what plain loops have too; calls with what x86-64-v3 or AArch64 has; vectors of AVX2;
/// vectors of AVX-512, of 256 bits too; of NEON; of SVE.
std::span<const jit::Isa> header_isas();

/// The same with a program for each of header_isas(), in that order; the compiler's flags choose.
/// NAME_FMA, in capitals, is defined where calls have the program with fma and that is another.
/// NAME and NAME_n have the bits of their own programs. Throws also where the programs' types
/// differ, or their number is another.
std::string emit_machine_header(std::span<const ir::Program> programs, const MachineHeader& header);

}  // namespace ulpforge::emit

// Canonical form in real arithmetic, structural hash, functional fingerprint.
#pragma once

#include <cstdint>

#include "ir/program.h"

namespace ulpforge::ir {

enum class Folding {
  Exact,    ///< constants are combined only where double-double holds the result exactly
  Rounded,  ///< constants are combined and rounded to double-double: for programs that are refitted
};

/// An equivalent program in canonical form, never longer than the original: dead code and common
/// subexpressions removed, constants folded, sums and products flattened and put in a canonical
/// order, signs and constant factors pulled to one place, no constant at 0 (sums) or 1 (products).
/// Equivalence is that of real arithmetic (and of IEEE infinities as limits is not promised).
Program simplify(const Program& program, Folding folding = Folding::Exact);

/// Hash of the structure: operations and operands, not the values of constants. Hashes the program
/// as it is: simplify first (Folding::Rounded), and programs whose canonical forms differ in
/// constants alone have equal hashes.
std::uint64_t structure_hash(const Program& program);

/// Hash of the function: values at fixed random points of [lo, hi], rounded to about 30 bits, so
/// that programs that compute the same function collide though their canonical forms differ.
/// 0 when a value is not finite.
std::uint64_t fingerprint(const Program& program, double lo, double hi);

}  // namespace ulpforge::ir

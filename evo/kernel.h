// Kernels: the f32 programs that fill the hole of a range-reduction scheme, and their real form. In
// a hole of doubles the same program is read with f64 for f32 (targets/schemes/scheme.h,
// fill_hole).
#pragma once

#include <optional>

#include "evo/tape.h"
#include "ir/program.h"

namespace ulpforge::evo {

/// A kernel of one f32 input and an f32 result, as a program over real numbers that a tape can
/// hold: products and sums for each fma, constants on the left and one for each place that reads
/// one. Constant k of the real program is constant k of the kernel. Nothing when the kernel has an
/// operation that real numbers do not have, two constants in one place, a constant that is read
/// twice, or when it is too long.
std::optional<ir::Program> to_real(const ir::Program& kernel);

/// A program over real numbers (+ - * / and square root) as a kernel: a sum that reads a product
/// which nothing else reads becomes an fma. Nothing for other operations, nor where the result is a
/// constant: a kernel depends on its input.
std::optional<ir::Program> to_kernel(const ir::Program& real);

/// The kernel that returns its input.
ir::Program empty_kernel();

/// Without dead code, equal instructions merged, every constant read once; the input program's
/// function. A sum of a value and a constant stands as add(constant, value).
ir::Program tidy(const ir::Program& kernel);

/// Rounds every constant to the nearest number of that type, F32 or F64.
void round_constants(ir::Program& kernel, ir::Type type);

}  // namespace ulpforge::evo

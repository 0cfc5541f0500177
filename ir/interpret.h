// Evaluation of machine programs: the meaning that compiled and emitted code has to reproduce.
#pragma once

#include <cstdint>
#include <span>

#include "ir/program.h"

namespace ulpforge::ir {

/// y[i] = program(x[i]), with the operations as ir/portable.h has them: bit for bit what compiled
/// code gives, but for the sign and payload of NaNs that arithmetic makes.
/// X and Y are the types of the only input and of the result: float, double, std::int32_t or
/// std::int64_t. Throws std::invalid_argument when they are not, when the program has a defect
/// (ir::find_defect) or when the spans differ in length.
template <class X, class Y>
void interpret(const Program& program, std::span<const X> x, std::span<Y> y);

/// The same with other constants than the program's own, as constant_bits() gives them.
template <class X, class Y>
void interpret(const Program& program, std::span<const std::uint64_t> constants,
               std::span<const X> x, std::span<Y> y);

}  // namespace ulpforge::ir

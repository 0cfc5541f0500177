// The form in which a search keeps its programs, over the operations that it was given.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "evo/search.h"
#include "ir/program.h"

namespace ulpforge::evo {

/// What mutations draw from: products and sums stand for fma, which is put together of them.
std::vector<ir::Op> drawn_operations(std::span<const ir::Op> operations);

/// The program in canonical form (ir/simplify.h), products and sums fused where fma is searched
/// with. Nothing where that needs an operation that is not searched with.
std::optional<ir::Program> normal_form(const ir::Program& raw, const SearchConfig& config);

}  // namespace ulpforge::evo

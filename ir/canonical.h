// Machine programs in one form: equal programs get equal text and hashes. Unlike ir/simplify.h,
// nothing is changed that rounding could tell.
#pragma once

#include <cstdint>

#include "ir/program.h"

namespace ulpforge::ir {

/// Without dead instructions and unread constants, equal instructions merged, operands that may be
/// exchanged in a fixed order, constants in the order of their first use. Computes the same bits.
Program canonical(const Program& machine_program);

/// Hash of a canonical program without the values of its constants: what one compilation serves.
std::uint64_t shape_hash(const Program& canonical_program);

/// Hash of a canonical program with its constants.
std::uint64_t content_hash(const Program& canonical_program);

}  // namespace ulpforge::ir

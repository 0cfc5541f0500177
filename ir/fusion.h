// Products and sums as fused operations, and back.
#pragma once

#include <span>

#include "ir/costs.h"

namespace ulpforge::ir {

/// a * b + c for each fma(a, b, c): the same program over real numbers.
Program split_fma(const Program& program);

/// A machine program with a product and a sum for each fma, which is another program: both round.
/// Constants keep their places.
Program without_fma(const Program& program);

/// The same program over real numbers with fma(a, b, c) in the place of sums of products where that
/// costs less. Products, sums and differences that are left become fma too where `allowed` has no
/// operation for them. Constants are numbered in the order in which they are read.
Program fuse(const Program& program, const Costs& costs, std::span<const Op> allowed);

}  // namespace ulpforge::ir

// Changes of pair programs at random: contracted programs in, contracted programs out.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ir/program.h"
#include "numbers/random.h"
#include "numbers/short_format.h"

namespace ulpforge::evo::pairs {

/// What programs are made of.
struct PairMaterial {
  std::vector<ir::Op> operations;
  std::size_t max_operations = 0;
  int bits = 0;                         ///< of a pattern
  std::vector<std::int32_t> constants;  ///< that mean something in the format
};

/// Masks, exponents and numbers of the format; shift counts and small integers come by themselves.
PairMaterial pair_material(const numbers::ShortFormat& format, std::vector<ir::Op> operations,
                           std::size_t max_operations);

/// A child: one or more changes of `parent`, pieces of `other` among them, cleaned. It may have
/// more than max_operations operations, or be the parent again.
ir::Program mutated(const ir::Program& parent, const ir::Program& other,
                    const PairMaterial& material, numbers::Random& random);

/// The programs that have constant k of `program` a step or a bit away.
std::vector<ir::Program> with_constant_near(const ir::Program& program, std::size_t k, int bits);

}  // namespace ulpforge::evo::pairs

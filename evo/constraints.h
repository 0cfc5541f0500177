// What every program of a front has to satisfy beside being accurate.
#pragma once

#include <optional>

#include "numbers/constant_format.h"
#include "targets/catalog.h"

namespace ulpforge::evo {

/// Points where programs have to be exact belong to the target (Target::exact).
struct Constraints {
  std::optional<numbers::ConstantFormat> constants = {};  ///< of which format they are numbers
  targets::Parity parity = targets::Parity::None;         ///< by construction; None: not asked for
  bool monotone = false;                                  ///< in the target's direction

  friend bool operator==(const Constraints&, const Constraints&) = default;
};

}  // namespace ulpforge::evo

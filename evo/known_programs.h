// Programs that were made elsewhere, under the constraints of a search.
#pragma once

#include <functional>
#include <vector>

#include "evo/examination.h"
#include "evo/search.h"
#include "targets/verify.h"

namespace ulpforge::evo {

/// Those that satisfy the constraints, with constants moved so that they do (Requirements::meet)
/// and errors verified again; all, as they are, where there are no constraints. `accept` is asked
/// last, as Provisions::accept says. Nothing more is done once `stop` says so, and what was not
/// looked at is left out.
std::vector<KnownProgram> that_satisfy(std::vector<KnownProgram> known,
                                       const Examination& examination,
                                       const targets::Verifier& verify,
                                       const std::function<bool(const ir::Program&)>& accept,
                                       const std::function<bool()>& stop = {});

}  // namespace ulpforge::evo

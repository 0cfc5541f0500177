// The front that is reported: finalists levelled to minimax and verified with MPFR.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "evo/archive.h"
#include "evo/examination.h"
#include "evo/search.h"
#include "evo/stop_deadline.h"
#include "targets/verify.h"

namespace ulpforge::evo {

struct Front {
  std::vector<FrontProgram> programs;  ///< by cost, errors strictly falling
  std::vector<double> left_out;        ///< costs that there was no time for
  std::vector<KnownProgram> known;     ///< errors as verified here, where that was done
};

/// What a program has to pass to stand on the front.
struct Judges {
  const targets::Verifier& verify;
  /// Whether it satisfies what the search's constraints ask for; asked from several threads.
  std::function<bool(const ir::Program&)> accept;
};

/// For each niche the archive's best few entries, levelled, then verified in order of their error
/// until one holds what it promised; of these and the known programs, the ones that no cheaper
/// program equals. A known program gives way to what the search found for what is better by more
/// than rounding. Niches are left out once the deadline has passed. `on_done` may be called from
/// any thread.
Front choose_front(const targets::Target& target, const Archive& archive,
                   std::span<const KnownProgram> known, const Examination& examination,
                   const Judges& judges, const StopDeadline& deadline,
                   const std::function<void(std::size_t done, std::size_t all)>& on_done);

}  // namespace ulpforge::evo

// Loops and searches on many threads: oneTBB, with the order it gives made known to ThreadSanitizer.
#pragma once

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "parallel/happens_before.h"

namespace ulpforge::parallel {

/// body(index) for each index of [first, last), in any order and at the same time. What one of them
/// throws ends the loop and is thrown here.
template <class Index, class Body>
void for_each_index(Index first, Index last, const Body& body) {
  HappensBefore start;
  HappensBefore end;
  start.release();
  tbb::parallel_for(first, last, [&](Index index) {
    start.acquire();
    const ReleaseAtExit released(end);
    body(index);
  });
  end.acquire();
}

/// The result of body(), whose loops run on so many threads; 0: as many as there are cores.
template <class Body>
auto with_threads(int threads, const Body& body) {
  const int count = threads > 0 ? threads : tbb::this_task_arena::max_concurrency();
  // Without this, TBB has no more workers than cores and says so on standard error.
  const tbb::global_control workers(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(count));
  tbb::task_arena arena(count);
  return arena.execute(body);
}

}  // namespace ulpforge::parallel

// Loops and searches on many threads: oneTBB, with the order it gives made known to
// ThreadSanitizer.
#pragma once

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "parallel/happens_before.h"

namespace ulpforge::parallel {

/// A loop's body, ordered after its start and before its end. What the loop's threads read of it
/// before they know that order is its address alone.
template <class Body>
class OrderedBody {
 public:
  explicit OrderedBody(const Body& body) : body_(body) {}
  template <class Index>
  void operator()(Index index) const {
    start_.acquire();
    const ReleaseAtExit released(end_);
    body_(index);
  }
  void loop_starts() const { start_.release(); }
  void loop_ended() const { end_.acquire(); }

 private:
  const Body& body_;
  HappensBefore start_;
  HappensBefore end_;
};

/// body(index) for each index of [first, last), in any order and at the same time. What one of them
/// throws ends the loop and is thrown here.
template <class Index, class Body>
void for_each_index(Index first, Index last, const Body& body) {
  const OrderedBody ordered(body);
  ordered.loop_starts();
  tbb::parallel_for(first, last, ordered);
  acquire_loop_counter();
  ordered.loop_ended();
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

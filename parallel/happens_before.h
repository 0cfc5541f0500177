// What ThreadSanitizer cannot see by itself: that a library which is not built with it orders two
// points of the program. Nothing in other builds.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_THREAD__)
#define ULPFORGE_SEES_ORDER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ULPFORGE_SEES_ORDER 1
#endif
#endif

#ifdef ULPFORGE_SEES_ORDER
#include <sanitizer/tsan_interface.h>
#endif

namespace ulpforge::parallel {

/// All that came before a release() comes before what follows a later acquire().
class HappensBefore {
 public:
#ifdef ULPFORGE_SEES_ORDER
  void release() const { __tsan_release(address()); }
  void acquire() const { __tsan_acquire(address()); }

 private:
  void* address() const { return const_cast<HappensBefore*>(this); }
#else
  void release() const {}
  void acquire() const {}
#endif
};

/// After a loop of oneTBB, in the function that ran it: what the loop's other threads did comes
/// before what follows, their last access to a counter that oneTBB keeps on this thread's stack
/// included. Without this, what later lies where the counter lay seems to race with that.
[[gnu::always_inline]] inline void acquire_loop_counter() {
#ifdef ULPFORGE_SEES_ORDER
  constexpr std::ptrdiff_t kReach = 1 << 14;
  char* const frame = static_cast<char*>(__builtin_frame_address(0));
  for (std::ptrdiff_t offset = 0; offset < kReach; offset += 4) __tsan_acquire(frame - offset);
#endif
}

/// Releases at the end of a scope, however that is left.
class ReleaseAtExit {
 public:
  explicit ReleaseAtExit(const HappensBefore& order) : order_(order) {}
  ~ReleaseAtExit() { order_.release(); }
  ReleaseAtExit(const ReleaseAtExit&) = delete;
  ReleaseAtExit& operator=(const ReleaseAtExit&) = delete;

 private:
  const HappensBefore& order_;
};

}  // namespace ulpforge::parallel

// What ThreadSanitizer cannot see by itself: that a library which is not built with it orders two
// points of the program. Nothing in other builds.
#pragma once

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

// Work that threads share among themselves, where each has something of its own: a process that it
// asks, a buffer of MPFR numbers. For loops without that there is parallel/parallel.h.
#pragma once

#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ulpforge::parallel {

/// Runs work() on so many threads at the same time, this one among them, and returns when all have
/// ended. What one of them throws is thrown here then.
template <class Work>
void on_threads(unsigned count, const Work& work) {
  std::exception_ptr failure;
  std::mutex mutex;
  const auto guarded = [&] {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < count; ++i) others.emplace_back(guarded);
    guarded();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace ulpforge::parallel

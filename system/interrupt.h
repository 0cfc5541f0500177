// SIGINT and SIGTERM: the first asks for a stop, the second ends the program at once.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <stop_token>
#include <thread>

namespace ulpforge::system {

/// While it lives, the signals are taken by a thread of its own (sigwait), so that there is no
/// handler and no global state. Make it before any other thread: they inherit the blocked signals.
class Interrupt {
 public:
  /// `notify` is called from that thread at the first signal.
  explicit Interrupt(std::function<void()> notify);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  bool requested() const { return stop_.stop_requested(); }

 private:
  void wait();

  std::function<void()> notify_;
  std::stop_source stop_;
  std::atomic<bool> finished_{false};
  sigset_t signals_;
  sigset_t saved_;
  std::thread thread_;
};

}  // namespace ulpforge::system

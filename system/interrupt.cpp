// The thread that waits for signals.
#include "system/interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include "system/error.h"

namespace ulpforge::system {

Interrupt::Interrupt(std::function<void()> notify) : notify_(std::move(notify)) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, &saved_);
  thread_ = std::thread([this] { wait(); });
}

Interrupt::~Interrupt() {
  finished_ = true;
  // Wakes the thread, which waits for it and is not ended by it.
  pthread_kill(thread_.native_handle(), SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread)
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &saved_, nullptr);
}

void Interrupt::wait() {
  while (true) {
    int signal = 0;
    sigwait(&signals_, &signal);
    if (finished_) return;
    if (!stop_.request_stop()) _exit(kInterrupted);
    notify_();
  }
}

}  // namespace ulpforge::system

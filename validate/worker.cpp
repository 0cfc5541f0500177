// The process, and the talk with it.
#include "validate/worker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "system/loaded_library.h"
#include "validate/clock.h"
#include "validate/floating_state.h"
#include "validate/routine.h"

namespace ulpforge::validate {
namespace {

constexpr std::size_t kStretch = 1024;
/// So many inputs of a batch may be lost; the rest of it is then left out.
constexpr std::size_t kMostLost = 8;
constexpr int kExitCalled = 0xee;  ///< what atexit() turns a call of exit() into

void write_all(int socket, const void* data, std::size_t size) {
  // A broken connection shows when the answer is waited for.
  (void)!send(socket, data, size, MSG_NOSIGNAL);
}

}  // namespace

struct Worker::Request {
  std::uint32_t first_pattern = 0;  ///< of floats that are counted up
  bool patterns = false;
  std::size_t first = 0;  ///< the part of the batch to do
  std::size_t last = 0;   ///< one past it
  bool one_by_one = false;
  bool exceptions = false;
  targets::Rounding rounding = targets::Rounding::Nearest;
};

struct Worker::Shared {
  struct Change {
    std::size_t index;
    FloatingState before, after;
  };
  std::atomic<std::size_t> started;  ///< the input that is being worked on
  std::uint64_t code_offset;
  std::array<char, 1024> message;
  std::size_t changes;  ///< how often the environment came back changed
  std::array<Change, 16> change;
  alignas(64) std::array<double, kCapacity> x;
  alignas(64) std::array<double, kCapacity> y;
  alignas(64) std::array<double, kCapacity> z;
  std::array<Raised, kCapacity> raised;

  template <class T>
  static T* as(std::array<double, kCapacity>& values) {
    return reinterpret_cast<T*>(values.data());
  }
};

std::string_view name(Incident::Kind kind) {
  switch (kind) {
    case Incident::Kind::Crash:
      return "crash";
    case Incident::Kind::Hang:
      return "hang";
    case Incident::Kind::Exit:
      return "exit";
    case Incident::Kind::RoundingMode:
      return "rounding mode changed";
    case Incident::Kind::ControlState:
      return "control registers changed";
    case Incident::Kind::X87Stack:
      break;
  }
  return "x87 stack not empty";
}

Worker::Worker(Callee callee, double timeout) : callee_(std::move(callee)), timeout_(timeout) {
  void* const memory =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory can be shared with a process");
  shared_ = static_cast<Shared*>(memory);
  try {
    start();
  } catch (...) {
    stop();
    munmap(shared_, sizeof(Shared));
    throw;
  }
}

Worker::Worker(Worker&& other) noexcept
    : callee_(std::move(other.callee_)),
      timeout_(other.timeout_),
      exceptions_(other.exceptions_),
      shared_(std::exchange(other.shared_, nullptr)),
      process_(std::exchange(other.process_, -1)),
      socket_(std::exchange(other.socket_, -1)) {}

Worker::~Worker() {
  stop();
  if (shared_ != nullptr) munmap(shared_, sizeof(Shared));
}

void Worker::stop() {
  if (socket_ >= 0) close(std::exchange(socket_, -1));
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(std::exchange(process_, -1), nullptr, 0);
}

std::uint64_t Worker::code_offset() const { return shared_->code_offset; }

void Worker::start() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::runtime_error("no connection to a process can be made");
  }
  shared_->message[0] = '\0';
  shared_->started = 0;
  const pid_t parent = getpid();
  process_ = fork();
  if (process_ < 0) throw std::runtime_error("no process can be started");
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    std::atexit([] { _exit(kExitCalled); });
    // Nothing of the parent's stays open but the connection and standard error.
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    const int connection = fcntl(ends[1], F_DUPFD, 1000);
    syscall(SYS_close_range, 3U, static_cast<unsigned>(connection - 1), 0U);
    syscall(SYS_close_range, static_cast<unsigned>(connection + 1), ~0U, 0U);
    socket_ = connection;
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    for (const int signal : {SIGSEGV, SIGFPE, SIGILL, SIGBUS, SIGABRT, SIGTRAP}) {
      std::signal(signal, SIG_DFL);
    }
    serve();
  }
  close(ends[1]);
  socket_ = ends[0];
  Incident incident;
  if (!ask({}, incident)) {
    throw std::invalid_argument(fmt::format("{} cannot be loaded: {} ({})",
                                            callee_.library.string(), name(incident.kind),
                                            incident.what));
  }
  if (shared_->message[0] != '\0') throw std::invalid_argument(shared_->message.data());
}

void Worker::serve() {
  Request request;
  std::optional<system::LoadedLibrary> library;
  std::optional<Routine> routine;
  try {
    library.emplace(callee_.library);
    void* const code = library->symbol(callee_.symbol);
    routine.emplace(code, callee_.signature);
    shared_->code_offset = system::offset_in_library(code);
  } catch (const std::exception& error) {
    std::strncpy(shared_->message.data(), error.what(), shared_->message.size() - 1);
  }
  const Routine* const callee = routine ? &*routine : nullptr;
  while (recv(socket_, &request, sizeof request, 0) == static_cast<ssize_t>(sizeof request)) {
    shared_->changes = 0;
    const auto call = [&]<class T>(T) {
      T* const x = Shared::as<T>(shared_->x);
      T* const y = Shared::as<T>(shared_->y);
      T* const z = Shared::as<T>(shared_->z);
      const std::size_t step = request.one_by_one || request.exceptions ? 1 : kStretch;
      set_floating_state(request.rounding);
      const FloatingState before = floating_state();
      for (std::size_t i = request.first; i < request.last; i += step) {
        const std::size_t n = std::min(step, request.last - i);
        shared_->started.store(i, std::memory_order_relaxed);
        if constexpr (sizeof(T) == 4) {
          for (std::size_t k = i; request.patterns && k < i + n; ++k) {
            x[k] = std::bit_cast<float>(request.first_pattern + static_cast<std::uint32_t>(k));
          }
        }
        if (request.exceptions) {
          clear_exceptions();
          errno = 0;
        }
        const std::span<const T> in(x + i, n);
        if (callee_.signature.inputs == 2) {
          (*callee)(in, std::span<const T>(y + i, n), std::span<T>(z + i, n));
        } else {
          (*callee)(in, std::span<T>(z + i, n));
        }
        if (request.exceptions) {
          const int error = errno;
          shared_->raised[i] = {static_cast<std::uint8_t>(raised_exceptions()),
                                static_cast<std::uint8_t>(error)};
        }
        const FloatingState after = floating_state();
        if (after == before) continue;
        if (shared_->changes < shared_->change.size()) {
          shared_->change[shared_->changes] = {i, before, after};
        }
        ++shared_->changes;
        set_floating_state(request.rounding);
      }
    };
    if (callee != nullptr && request.last > request.first) {
      if (callee_.signature.carried_by_float()) {
        call(float{});
      } else {
        call(double{});
      }
    }
    const char done = 1;
    write_all(socket_, &done, 1);
  }
  _exit(0);
}

bool Worker::ask(const Request& request, Incident& incident) {
  shared_->started.store(request.first, std::memory_order_relaxed);
  write_all(socket_, &request, sizeof request);
  std::size_t seen = request.first;
  double since = seconds_now();
  while (true) {
    pollfd waiting{socket_, POLLIN, 0};
    const double left = timeout_ - (seconds_now() - since);
    const int ready =
        poll(&waiting, 1, std::clamp(static_cast<int>(std::ceil(left * 1e3)), 1, 1000));
    if (ready > 0) {
      char done = 0;
      if (recv(socket_, &done, 1, 0) == 1) return true;
      int status = 0;
      waitpid(std::exchange(process_, -1), &status, 0);
      stop();
      if (WIFSIGNALED(status)) {
        incident.kind = Incident::Kind::Crash;
        incident.what = fmt::format("SIG{}", sigabbrev_np(WTERMSIG(status)));
      } else {
        incident.kind = Incident::Kind::Exit;
        incident.what = WEXITSTATUS(status) == kExitCalled
                            ? "exit()"
                            : fmt::format("_exit({})", WEXITSTATUS(status));
      }
      return false;
    }
    const std::size_t started = shared_->started.load(std::memory_order_relaxed);
    if (started != seen) {
      seen = started;
      since = seconds_now();
    } else if (seconds_now() - since >= timeout_) {
      incident.kind = Incident::Kind::Hang;
      incident.what = fmt::format("no result after {:g} s", timeout_);
      stop();
      return false;
    }
  }
}

void Worker::mark_lost(std::size_t index) {
  if (callee_.signature.carried_by_float()) {
    Shared::as<float>(shared_->z)[index] = std::numeric_limits<float>::quiet_NaN();
  } else {
    shared_->z[index] = std::numeric_limits<double>::quiet_NaN();
  }
  shared_->raised[index] = {};
}

void Worker::run_batch(Request request, std::vector<Incident>& incidents) {
  const std::size_t end = request.last;
  std::size_t lost = 0;
  request.exceptions = exceptions_;
  while (request.first < end) {
    if (process_ <= 0) start();
    Incident incident;
    const bool answered = ask(request, incident);
    if (answered && shared_->changes == 0) {
      request.first = request.last;
      request.last = end;
      request.one_by_one = false;
      continue;
    }
    const bool single = request.one_by_one || request.exceptions;
    if (answered && single) {
      for (std::size_t i = 0; i < std::min(shared_->changes, shared_->change.size()); ++i) {
        const Shared::Change& change = shared_->change[i];
        const bool rounding = !same_rounding(change.before, change.after);
        const bool stack = !rounding && change.before.mxcsr == change.after.mxcsr &&
                           change.before.x87 == change.after.x87;
        incidents.push_back(
            {rounding ? Incident::Kind::RoundingMode
                      : (stack ? Incident::Kind::X87Stack : Incident::Kind::ControlState),
             change.index, i + 1 == shared_->change.size() ? shared_->changes - i : 1,
             rounding ? "came back with rounding mode " + rounding_name(change.after)
                      : fmt::format("MXCSR {:#x} became {:#x}, x87 control {:#x} {:#x}",
                                    change.before.mxcsr, change.after.mxcsr, change.before.x87,
                                    change.after.x87)});
      }
      request.first = request.last;
      request.last = end;
      request.one_by_one = false;
      continue;
    }
    // From the stretch where it happened: one input at a time.
    const std::size_t place =
        answered ? shared_->change[0].index : shared_->started.load(std::memory_order_relaxed);
    if (single) {
      incident.index = place;
      incidents.push_back(incident);
      mark_lost(place);
      if (incident.kind == Incident::Kind::Hang && ++hangs_ == kMostLost) {
        timeout_ = std::min(timeout_, 0.2);
      }
      request.first = place + 1;
      if (++lost == kMostLost && request.first < end) {
        for (std::size_t i = request.first; i < end; ++i) mark_lost(i);
        incident.index = request.first;
        incident.count = end - request.first;
        incident.what += ", as before; these inputs were left out";
        incidents.push_back(incident);
        return;
      }
      if (request.first < request.last) continue;  // the rest of the stretch, with care
      request.last = end;
      request.one_by_one = false;
    } else {
      request.first = place;
      request.last = answered && shared_->changes > 1 ? end : std::min(place + kStretch, end);
      request.one_by_one = true;
    }
  }
}

std::span<const float> Worker::run(std::uint32_t first, std::size_t count,
                                   targets::Rounding rounding, std::vector<Incident>& incidents) {
  Request request;
  request.first_pattern = first;
  request.patterns = true;
  request.last = count;
  request.rounding = rounding;
  run_batch(request, incidents);
  return {Shared::as<float>(shared_->z), count};
}

std::span<const float> Worker::run(std::span<const float> x, std::span<const float> y,
                                   targets::Rounding rounding, std::vector<Incident>& incidents) {
  std::ranges::copy(x, Shared::as<float>(shared_->x));
  std::ranges::copy(y, Shared::as<float>(shared_->y));
  Request request;
  request.last = x.size();
  request.rounding = rounding;
  run_batch(request, incidents);
  return {Shared::as<float>(shared_->z), x.size()};
}

std::span<const double> Worker::run(std::span<const double> x, std::span<const double> y,
                                    targets::Rounding rounding, std::vector<Incident>& incidents) {
  std::ranges::copy(x, shared_->x.data());
  std::ranges::copy(y, shared_->y.data());
  Request request;
  request.last = x.size();
  request.rounding = rounding;
  run_batch(request, incidents);
  return {shared_->z.data(), x.size()};
}

std::span<const Raised> Worker::raised() const { return shared_->raised; }

}  // namespace ulpforge::validate

// A routine in a process of its own: whatever it does there is found out, and its caller goes on.
//
// Inputs and results are in shared memory. The process counts the inputs that it has started on, so
// that after a crash the last one of a short stretch is known, and the stretch is gone through
// again one input at a time in a new process. Before every batch the floating-point environment is
// set (no exceptions unmasked, no FTZ, no DAZ), and after every stretch it is looked at.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "targets/exact/ulp.h"
#include "validate/signature.h"

namespace ulpforge::validate {

/// A function of a library, and how it is called.
struct Callee {
  std::filesystem::path library;  ///< as LibraryFile::path
  std::string symbol;
  Signature signature;
};

/// Something that a routine must not do.
struct Incident {
  enum class Kind {
    Crash,         ///< ended by a signal
    Hang,          ///< no result in the time allowed
    Exit,          ///< ended its process
    RoundingMode,  ///< came back with another rounding mode
    ControlState,  ///< came back with other exception masks, FTZ, DAZ or x87 precision
    X87Stack,      ///< left values on the x87 stack, or it in MMX mode
  };
  Kind kind = Kind::Crash;
  std::size_t index = 0;    ///< of the input in its batch
  std::uint64_t count = 1;  ///< of the same kind, from this input on in its stretch
  std::string what;         ///< "SIGSEGV", "exit(3)", "rounding mode up"
  /// There is no result: it is given as NaN.
  bool lost() const { return kind <= Kind::Exit; }
};

/// "crash", "hang", "exit", "rounding mode changed", ...
std::string_view name(Incident::Kind kind);

/// What a call left behind, for runs with flags.
struct Raised {
  std::uint8_t exceptions = 0;  ///< FE_INVALID and its like
  std::uint8_t error = 0;       ///< errno, 0 before the call
};

/// Move-only. To be used and destroyed in the thread that made it: Linux ends the process with it.
class Worker {
 public:
  static constexpr std::size_t kCapacity = std::size_t{1} << 17;  ///< inputs in a batch

  /// Starts the process and loads the library. Throws std::invalid_argument, with the linker's
  /// message or what happened, if that fails. `timeout`: seconds for a stretch of 1024 inputs.
  Worker(Callee callee, double timeout);
  Worker(Worker&& other) noexcept;
  Worker& operator=(Worker&&) = delete;
  ~Worker();

  /// Results at the floats with the patterns first, first + 1, ...; count <= kCapacity. Valid until
  /// the next run. Incidents are added in order of their inputs.
  std::span<const float> run(std::uint32_t first, std::size_t count, targets::Rounding rounding,
                             std::vector<Incident>& incidents);
  /// Results at given inputs, as many as fit the signature: y may be empty for one argument. The
  /// spans have one length <= kCapacity.
  std::span<const float> run(std::span<const float> x, std::span<const float> y,
                             targets::Rounding rounding, std::vector<Incident>& incidents);
  std::span<const double> run(std::span<const double> x, std::span<const double> y,
                              targets::Rounding rounding, std::vector<Incident>& incidents);
  /// Whether later runs record exceptions and errno, one call at a time.
  void record_exceptions(bool on) { exceptions_ = on; }
  /// Of the last run, one for each input.
  std::span<const Raised> raised() const;

  /// Where the code is in the loaded library.
  std::uint64_t code_offset() const;

 private:
  struct Shared;
  struct Request;

  void start();
  void stop();
  [[noreturn]] void serve();
  /// Whether the process answered; otherwise *incident has the kind and what happened.
  bool ask(const Request& request, Incident& incident);
  void run_batch(Request request, std::vector<Incident>& incidents);
  void mark_lost(std::size_t index);

  Callee callee_;
  double timeout_;
  std::size_t hangs_ = 0;
  bool exceptions_ = false;
  Shared* shared_ = nullptr;
  pid_t process_ = -1;
  int socket_ = -1;
};

}  // namespace ulpforge::validate

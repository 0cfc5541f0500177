// How the program ends when it cannot do what was asked.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace ulpforge::system {

enum ExitCode : int {
  kDone = 0,
  kCheckFailed = 1,   ///< a check or the program itself failed
  kBadRequest = 2,    ///< the request is wrong, or its results cannot be written
  kInterrupted = 130  ///< SIGINT or SIGTERM
};

/// A request that cannot be carried out; what() says what is wrong, where, and what would be right.
struct BadRequest : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `message` as one printable line: control characters become spaces.
std::string one_line(std::string_view message);

}  // namespace ulpforge::system

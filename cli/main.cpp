// ulpforge: evolutionary search for small programs that approximate a mathematical function.
#include <fcntl.h>
#include <unistd.h>

#include "cli/commands.h"

namespace {

/// Opens the standard streams that the caller closed: otherwise the next file that is opened would
/// take their place, and messages would end up in it.
bool open_standard_streams() {
  int descriptor = 0;
  while (descriptor >= 0 && descriptor <= STDERR_FILENO) descriptor = open("/dev/null", O_RDWR);
  return descriptor >= 0 && close(descriptor) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (!open_standard_streams()) return 2;
  return ulpforge::cli::run(argc, argv);
}

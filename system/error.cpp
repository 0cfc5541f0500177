// Messages fit for one line.
#include "system/error.h"

namespace ulpforge::system {

std::string one_line(std::string_view message) {
  std::string line;
  for (const char c : message) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    line += control ? ' ' : c;
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace ulpforge::system

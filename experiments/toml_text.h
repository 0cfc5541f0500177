// Values as TOML spells them.
#pragma once

#include <toml++/toml.h>

#include <sstream>
#include <string>

namespace ulpforge::experiments {

template <class T>
std::string toml_text(const T& value) {
  std::ostringstream out;
  out << toml::value<T>(value);
  return out.str();
}

}  // namespace ulpforge::experiments

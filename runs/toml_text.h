// Values as TOML spells them.
#pragma once

#include <sstream>
#include <string>

#include "runs/toml.h"

namespace ulpforge::runs {

template <class T>
std::string toml_text(const T& value) {
  std::ostringstream out;
  out << toml::value<T>(value);
  return out.str();
}

}  // namespace ulpforge::runs

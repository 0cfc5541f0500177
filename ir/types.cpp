// Names of types.
#include "ir/types.h"

#include <array>

namespace ulpforge::ir {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"real", "f32", "f64", "i32", "i64", "bool"};

}  // namespace

std::string_view name(Type type) { return kNames.at(static_cast<std::size_t>(type)); }

std::optional<Type> find_type(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Type>(i);
  }
  return std::nullopt;
}

}  // namespace ulpforge::ir

// Integers of JSON files: what is not one, or is too large for its type, is an error. The JSON
// library converts silently, and a number beyond the type is undefined behaviour there.
#pragma once

#include <concepts>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace ulpforge::ir {

/// The integer that `json` is. Throws nlohmann::json::type_error where it is none of this type.
template <std::integral Integer, class Json>
Integer integer(const Json& json) {
  const auto fits = [](auto value) { return std::in_range<Integer>(value); };
  const bool is_one =
      json.is_number_unsigned()  ? fits(json.template get<typename Json::number_unsigned_t>())
      : json.is_number_integer() ? fits(json.template get<typename Json::number_integer_t>())
                                 : false;
  if (!is_one) {
    throw nlohmann::json::type_error::create(
        302, "must be an integer of this size, but is " + json.dump(), &json);
  }
  return json.template get<Integer>();
}

/// The integer of that name in an object, or `otherwise` where it has none.
template <std::integral Integer, class Json>
Integer integer_or(const Json& object, std::string_view name, Integer otherwise) {
  const auto found = object.find(name);
  return found == object.end() ? otherwise : integer<Integer>(*found);
}

}  // namespace ulpforge::ir

// Templates: text with places to fill in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace ulpforge::ir {

using Replacement = std::pair<std::string_view, std::string>;

/// Replaces each @KEY@; what is put in is not looked at again. "@@" stands for "@". Throws
/// std::logic_error for a key without a replacement.
std::string fill(std::string_view pattern, std::initializer_list<Replacement> replacements);

}  // namespace ulpforge::ir

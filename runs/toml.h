// toml++, which takes a good deal of its input for granted and asserts it. Here an assertion that
// does not hold throws, in every kind of build, so that the text can be refused.
#pragma once

#include <stdexcept>

namespace ulpforge::runs {

/// A text that toml++ 3.3 does not understand well enough to say what is wrong.
struct BrokenToml : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A function: written out in the macro below, a throw draws pages of warnings from functions of
/// toml++ that are noexcept.
constexpr void expect_toml(bool holds) {
  if (!holds) throw BrokenToml("this is no TOML");
}

}  // namespace ulpforge::runs

#define TOML_ASSERT(expression) ::ulpforge::runs::expect_toml(static_cast<bool>(expression))
#ifdef NDEBUG
#undef NDEBUG
#include <toml++/toml.h>
#define NDEBUG
#include <cassert>  // as it was
#else
#include <toml++/toml.h>
#endif

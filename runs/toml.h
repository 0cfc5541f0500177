// toml++, which takes a good deal of its input for granted and asserts it. Here an assertion that does
// not hold throws, in every kind of build, so that the text can be refused.
#pragma once

#include <stdexcept>

namespace ulpforge::runs {

/// A text that toml++ 3.3 does not understand well enough to say what is wrong.
struct BrokenToml : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace ulpforge::runs

#define TOML_ASSERT(expression) \
  ((expression) ? void() : throw ::ulpforge::runs::BrokenToml("this is no TOML"))
#ifdef NDEBUG
#undef NDEBUG
#include <toml++/toml.h>
#define NDEBUG
#else
#include <toml++/toml.h>
#endif

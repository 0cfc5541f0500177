// toml++, which takes a good deal of its input for granted and asserts it. Here an assertion that
// does not hold throws, in every kind of build, so that the text can be refused.
#pragma once

#include <stdexcept>

namespace ulpforge::runs {

/// A text that toml++ 3.3 does not understand well enough to say what is wrong.
struct BrokenToml : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A function, because some assertions stand in functions that are noexcept, where compilers warn of
/// a plain throw.
[[noreturn]] inline void refuse_toml() { throw BrokenToml("this is no TOML"); }

}  // namespace ulpforge::runs

#define TOML_ASSERT(expression) ((expression) ? void() : ::ulpforge::runs::refuse_toml())
#ifdef NDEBUG
#undef NDEBUG
#include <toml++/toml.h>
#define NDEBUG
#else
#include <toml++/toml.h>
#endif

// Which code of libufmath a public name leads to, by what the processor runs.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/form.h"
#include "family/manifest.h"

namespace ulpforge::family {

/// What a public name is of: single numbers, arrays, or vectors of so many floats.
struct Kind {
  enum class Of { Scalar, Array, Vector } of;
  std::size_t lanes = 0;

  /// In dispatch.h, of functions of that type: "ScalarCode<float>", "V8Code".
  std::string code_type(std::string_view number) const;
  std::string suffix() const;  ///< in a resolver's name: "scalar", "array", "v8"
};

/// The type of a function's argument and result in C++: "float", "std::uint16_t".
std::string number_type(const Function& function);

/// Text for each architecture, as the preprocessor chooses; nothing elsewhere.
std::string by_architecture(const std::function<std::string(jit::Architecture)>& text);

/// Numbers of floats that vector names of x86-64 are of (emit/vector_names.h), each once. Those of
/// AArch64 are there wherever their form is, so that no choice leads to them.
std::vector<std::size_t> lanes_of_names();
/// The type of such a vector.
std::string_view vector_type(std::size_t lanes);
/// "__attribute__((target("avx"))) " before functions of such vectors, or nothing.
std::string target_attribute(std::size_t lanes);

/// The code of a member for processors whose best form is `form`.
struct Choice {
  const emit::Form* form;
  std::string code;  ///< "avx2::uf_expf_1u_v", "v16_by_array<avx2::uf_expf_1u_n>"
};
/// From the best form of an architecture to the portable one; a processor has the first that it
/// runs.
std::vector<Choice> choices(const std::string& member, Kind kind, jit::Architecture architecture);

}  // namespace ulpforge::family

// The languages that programs over real numbers are written in: one row each.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ir/ops.h"

namespace ulpforge::emit {

struct Language {
  std::string_view name;       ///< "c++", "python", as --language has it and templates are named
  std::string_view extension;  ///< of a file's name, ".h"
  std::string_view comment;    ///< what a line of comment begins with, "//"
  bool c_arithmetic;           ///< C or C++: emit/arithmetic.h is for it
  std::string (*literal)(double value);  ///< the same double again, bit for bit
};

/// C++ first.
std::span<const Language> languages();

/// Throws std::invalid_argument, naming the languages there are.
const Language& find_language(std::string_view name);

/// How an operation is written, "{0} + {1}"; empty where the language has no way to.
std::string_view spelling(ir::Op op, const Language& language);

/// Whether C++20 allows the operation in a constexpr function: not where it calls <cmath>.
bool is_constexpr(ir::Op op);

}  // namespace ulpforge::emit

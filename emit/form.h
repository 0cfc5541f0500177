// The forms that a program is emitted in: plain C++, and vectors of an instruction set. A new one
// is a row of the table in form.cpp and the header of operations that the row names.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emit/operation_source.h"
#include "jit/isa/isa.h"

namespace ulpforge::emit {

/// What of a form libufmath has (family/).
struct LibraryPart {
  std::string_view name = {};   ///< of its namespace, "avx2"; empty: not in the library
  std::string_view title = {};  ///< "AVX2"
  /// Whether single floats are compiled for it, too; else they are those of the next form.
  bool scalars = false;
  /// How a vector of half its width becomes one of it, twice the same, and how its lower half is
  /// had: calls that x is put into. Empty: vectors of half its width go by way of an array.
  std::string_view doubled = {}, lower_half = {};
  /// Of vector names that lead to this form alone: how they begin, the attribute of what keeps the
  /// registers that they keep, and what their functions take besides. Empty prefix: names lead to
  /// what the processor has, by the tables in family/.
  std::string_view prefix = {}, convention = {}, mask = {};
};

struct Form {
  std::string_view key;           ///< on the command line and in tables: "256vl"
  std::string_view title;         ///< "256 bits, AVX-512VL"
  std::string_view name;          ///< of its struct in emitted headers: "Avx512vl"
  std::string_view comment;       ///< at that struct
  jit::Isa isa;                   ///< that it needs
  std::size_t lanes;              ///< floats in one of its vectors, at least; 1: plain C++
  const OperationSource* source;  ///< its operations and types
  /// One in so many of the vectors that a loop takes in step: 2 where there are half as many
  /// registers.
  std::size_t share = 1;
  std::string_view include = {};     ///< where its intrinsics are
  std::string_view constraint = {};  ///< of inline assembly, for one of its registers
  /// Flags that, added to others, leave no form that is wider; and those for compilers that know
  /// them.
  std::vector<std::string> flags = {};
  std::vector<std::string> flags_where_known = {};
  /// How many floats there are, in C++, where that is for the processor to say: "svcntw()". Its
  /// types then have no size, so that there are no arrays of vectors, and none in step.
  std::string_view lanes_of_processor = {};
  LibraryPart library = {};

  bool is_sized() const { return lanes_of_processor.empty(); }
  /// Bits of its vectors of floats, at least; 0 for plain C++.
  std::size_t bits() const { return lanes > 1 ? 32 * lanes : 0; }
  /// What the preprocessor has to find where an emitted header takes this form, unless it takes one
  /// before it in the table; empty for plain C++.
  std::string condition() const;
};

/// All, the widest first; the last is plain C++.
std::span<const Form> forms();
/// All but that.
std::span<const Form> vector_forms();
const Form& plain_form();
/// Nothing where no form has that key.
const Form* find_form(std::string_view key);

/// What spells types and operations of single numbers.
const OperationSource& scalar_source();

/// Those of libufmath on an architecture, plain C++ first: each needs what the one before needs.
std::vector<const Form*> library_forms(jit::Architecture architecture);

}  // namespace ulpforge::emit

// Range-reduction schemes: machine programs with one hole, the kernel.
//
// A scheme is the text of a machine program (ir/text.h) with one line "k = kernel(r)": what stands
// before it reduces the argument to r (prologue), what follows makes the result of k (epilogue).
// Filled with a kernel it is one program, which is scored, timed and emitted as a whole.
//
// A kernel may be two functions in one, of the size of its argument, told apart by the sign. Then
// the line "k = kernel(r; s, q)" says that |r| is the value s, and that q is 1 where r is negative,
// else 0.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::targets {

/// One row of the table of schemes (schemes/table.cpp).
struct SchemeRow {
  std::string_view target;  ///< name in the catalog
  std::string_view name;    ///< of the scheme, unique for its target
  std::string_view kernel;  ///< what the kernel approximates: an expression in x
  std::string_view domain;  ///< of the kernel's argument
  /// An error d of the kernel is a relative error weight(x) d of the whole, where it is worst: an
  /// expression in x.
  std::string_view weight;
  std::string_view text;
};

std::span<const SchemeRow> scheme_table();

/// A name that schemes had in earlier versions, which configurations of that time give.
struct FormerName {
  std::string_view former;
  std::string_view name;
};

std::span<const FormerName> former_scheme_names();

/// Whether `pattern` is the scheme's name or a former one; a * at its end stands for any end.
bool is_named(std::string_view pattern, std::string_view scheme);

struct Scheme {
  std::string name;
  /// Inputs x and the kernel's value.
  ir::Program program;
  /// The kernel's argument, a value of the program that does not depend on the kernel's.
  ir::Operand argument;
  /// Values that are the argument's size, and 1 or 0 for its sign, where the scheme has them.
  struct Split {
    ir::Operand size, sign;
  };
  std::optional<Split> split;
  Target kernel;                  ///< absolute error, on the reduced domain
  ir::Type type = ir::Type::F32;  ///< of the kernel's argument and value: F32 or F64
  ir::Program weight;
};

/// Throws std::invalid_argument where the row's text does not parse, has not exactly one hole, or
/// has a hole that is neither f32 nor f64.
Scheme make_scheme(const SchemeRow& row);

/// The schemes of a target of the catalog, in the order of the table.
std::vector<Scheme> schemes_of(std::string_view target);

/// Whether it looks up a table in memory (lookup16 to lookup256).
bool reads_memory(const Scheme& scheme);

/// Whether it is for single calls: it reads memory, or leaves what is close to a middle to rare
/// code.
bool is_for_single_calls(const Scheme& scheme);

/// The scheme without any reduction: the kernel is the function, on the target's own domain, its
/// error relative.
Scheme whole_function(const Target& target);

/// The scheme with its hole filled. The kernel is a machine program of one f32 input and an f32
/// result; its constants follow the scheme's own. In a hole of doubles all of its f32 instructions
/// are f64; it has to have no others then. One that looks up its coefficients by the sign of its
/// argument reads size and sign where they come from, if the scheme has them.
ir::Program fill_hole(const Scheme& scheme, const ir::Program& kernel);

}  // namespace ulpforge::targets

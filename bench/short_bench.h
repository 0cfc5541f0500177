// Functions of short formats against what people have instead: float functions of libraries between
// conversions, a table of all results, and kernels written by hand. Time and error of each, at
// every number of the format.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "bench/bench.h"
#include "numbers/short_format.h"

namespace ulpforge::bench {

/// What a row is a time of.
enum class ShortKind {
  Ours,
  Library,   ///< a float function between conversions, or several put together
  Table,     ///< one look-up of the result
  Published  ///< a kernel in use, written from its published form
};
/// "ours", "library", "table", "published".
std::string_view name(ShortKind kind);

/// What was found of one function in one form.
struct ShortRow {
  std::string function;  ///< "tanh_bf16"
  std::string name;      ///< "uf_tanh_bf16", "SLEEF u10", "table of 65536"
  ShortKind kind = ShortKind::Ours;
  std::string compiler, flags;  ///< that made it, or the loop and the conversions around it
  std::string form;             ///< "512", "256vl"
  std::string code;             ///< of a peer: symbol and library, or expression
  double nanoseconds = 0;       ///< an element of an array in the first cache
  double gigabytes = 0;         ///< read and written in a second
  bool quiet = true;            ///< enough samples beside an undisturbed canary
  struct Errors {
    double max_ulp = 0;  ///< of the format, over all of its numbers
    std::uint64_t misrounded = 0;
    std::uint64_t special = 0;  ///< NaN where a number is due and the like
  };
  std::optional<Errors> errors = {};
};

struct ShortResult {
  std::vector<ShortRow> rows;  ///< by function, form, ours first
  std::vector<std::string> missing;
  bool stopped = false;  ///< before all of it was timed
};

/// Of the request's functions those with a format. A stop ends it after what is under way. Throws
/// as run() does.
ShortResult run_short(const Request& request,
                      const std::function<void(const std::string&)>& note = {},
                      const std::stop_token& stop = {});

/// ours.nanoseconds / those of the fastest row of that kind, function, form and compilation; of
/// libraries and kernels those that err by at most 1 ULP or no more than ours, without a wrong
/// special value. Nothing where there is none.
std::optional<Comparison> against_fastest(const ShortRow& ours, const std::vector<ShortRow>& rows,
                                          ShortKind kind);

}  // namespace ulpforge::bench

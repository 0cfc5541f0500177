// Emitted functions against installed ones: time and error of each, measured on the same binaries
// in one process.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/accuracy.h"
#include "bench/adaptor.h"
#include "bench/inputs.h"
#include "ir/program.h"
#include "jit/measure.h"

namespace ulpforge::bench {

/// Emitted headers of one function.
struct FunctionRequest {
  std::string function;    ///< "exp"
  std::string expression;  ///< for people
  ir::Program target;      ///< the function, over real numbers
  std::string symbol;      ///< the C function, "expf"; empty where there is none
  Inputs inputs;           ///< to time at
  std::vector<Subject> subjects;
};

struct Request {
  std::vector<FunctionRequest> functions;
  std::vector<toolchain::Compiler> compilers;
  std::vector<std::vector<std::string>> flags;  ///< each compiler is used with each
  std::vector<const emit::Form*> forms;
  std::vector<std::string> libraries;        ///< peers.h
  std::optional<std::uint64_t> samples = 0;  ///< inputs for the errors; 0: every; nothing: none
  jit::MeasureOptions timing;
};

/// What was found of one function in one form, ours or a peer's.
struct Row {
  std::string function;
  std::string name;  ///< "uf_expf_1u", "SLEEF u10"
  bool ours = false;
  std::string compiler;  ///< of ours
  std::string flags;
  std::string form;        ///< "512", "256vl"
  std::string symbol;      ///< of a peer, with its library
  double nanoseconds = 0;  ///< an element, of a long array
  double latency = 0;      ///< nanoseconds from a vector to its result (peers of scalars: a float)
  double spread = 0;       ///< of the former: interquartile range / median
  bool quiet = true;       ///< enough samples beside an undisturbed canary
  std::optional<float> largest =
      {};  ///< of a variant: see Subject; its errors are where it is good
  std::optional<Accuracy> accuracy = {};
  std::optional<bool> same_bits = {};  ///< as the first compilation of this function
};

struct Result {
  std::vector<Row> rows;             ///< by function, form, ours first
  std::vector<std::string> missing;  ///< "exp, 512: libmvec: ..."
};

/// Compiles, times, measures errors. `note` is told what comes next. Throws std::invalid_argument
/// where a compiler fails or a form is not for this processor.
Result run(const Request& request, const std::function<void(const std::string&)>& note = {});

/// ours.nanoseconds / those of the fastest of the rows that are a peer's, of the same function and
/// form (scalar peers count for each form), with an error of at most `max_ulp`; nothing where there
/// is none.
struct Comparison {
  double ratio;
  std::string peer;
};
std::optional<Comparison> against_fastest(const Row& ours, const std::vector<Row>& rows,
                                          double max_ulp);

}  // namespace ulpforge::bench

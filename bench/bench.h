// Emitted functions against installed ones: time and error of each, measured on the same binaries
// in one process.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
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
  std::string function;     ///< "exp", "exp_bf16"
  std::string base;         ///< what libraries compute: "exp"
  std::string format = {};  ///< of argument and result, a short one; empty: float
  std::string expression;   ///< for people
  ir::Program target;       ///< the function, over real numbers
  std::string symbol;       ///< the C function, "expf"; empty where there is none
  Inputs inputs;            ///< to time at
  std::vector<Subject> subjects;
};

struct Request {
  std::vector<FunctionRequest> functions;  ///< run() takes those of float
  std::vector<toolchain::Compiler> compilers;
  std::vector<std::vector<std::string>> flags;  ///< each compiler is used with each
  std::vector<const emit::Form*> forms;
  std::vector<std::string> against;          ///< peers, as PeerSet takes them
  std::optional<std::uint64_t> samples = 0;  ///< inputs for the errors; 0: every; nothing: none
  jit::MeasureOptions timing;
};

/// What was found of one function in one form, ours or a peer's.
struct Row {
  std::string function;
  std::string name;  ///< "uf_expf_1u", "SLEEF u10"
  bool ours = false;
  std::string compiler;  ///< of ours, and of what is compiled from a library's headers
  std::string flags;
  std::string form;        ///< "512", "256vl"
  std::string code;        ///< of a peer: symbol and library, or expression
  double nanoseconds = 0;  ///< an element, of a long array
  double latency = 0;      ///< nanoseconds from a vector to its result (peers of scalars: a float)
  double spread = 0;       ///< of the former: interquartile range / median
  bool quiet = true;       ///< enough samples beside an undisturbed canary
  std::optional<float> largest =
      {};  ///< of a variant: see Subject; its errors are where it is good
  std::optional<double> allowed_ulp = {};      ///< see Subject
  std::optional<Accuracy> accuracy = {};       ///< its `inside` is where it is timed
  std::vector<std::string> wrong_values = {};  ///< "exp(-inf) is 1.2e-38, not 0"
  std::optional<bool> same_bits = {};          ///< as the first compilation of this function
  bool errors_pending = false;  ///< asked for, and not measured: the run was stopped before
};

struct Result {
  std::vector<Row> rows;             ///< by function, form, ours first
  std::vector<std::string> missing;  ///< "exp, 512: libmvec: ..."
  bool stopped = false;              ///< before its end: the rows are those that had been timed
};

/// Compiles, times, measures errors. `note` is told what comes next. A stop ends it between two
/// compilations or timings, or in the midst of measuring an error. Throws std::invalid_argument
/// where a compiler fails or a form is not for this processor.
Result run(const Request& request, const std::function<void(const std::string&)>& note = {},
           const std::stop_token& stop = {});

/// Where a peer has to be as accurate as ours.
enum class Where {
  Everywhere,  ///< at every input, with no special value wrong
  Timed,       ///< where both are timed
};

/// ours.nanoseconds / those of the fastest peer of the same function and form (peers of single
/// floats count for each) that errs by no more than ours, or than the tier of ours allows; of what
/// is compiled from headers, those that were compiled as ours. Where no errors were measured, of
/// all these peers. Nothing where there is none, or where rows of these lack their errors because
/// the run was stopped.
struct Comparison {
  double ratio;
  std::string peer;
};
std::optional<Comparison> against_fastest(const Row& ours, const std::vector<Row>& rows,
                                          Where where);

/// ours.nanoseconds / those of the fastest of our own rows that are of the same function, program
/// and form: what another compiler, or other flags, would gain. 1 where ours is the fastest.
double against_compilers(const Row& ours, const std::vector<Row>& rows);

}  // namespace ulpforge::bench

// The front of a search over machine programs, and its JSON form, front.json with regime "f32".
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "evo/machine_search.h"
#include "runs/front.h"

namespace ulpforge::runs {

struct MachineFrontEntry {
  std::string name;    ///< of the function in C++: uf_exp2f_1u
  std::string scheme;  ///< range-reduction scheme
  ir::Program program;
  double max_ulp = 0;             ///< over every float of the domain, by MPFR
  std::uint32_t worst_input = 0;  ///< pattern of the first float with that error
  std::uint64_t inputs = 0;
  std::uint64_t misrounded = 0;
  std::uint64_t above_one_ulp = 0;
  std::uint64_t mpfr_calls = 0;
  double cost_throughput = 0;         ///< cycles (or steps) per element, by the cost model
  double cost_latency = 0;            ///< cycles (or steps), by the cost model
  double ns_per_element = 0;          ///< measured; NaN: not measured
  double ratio = 0;                   ///< of that to the time of a copy in the same run
  bool proven = false;                ///< a certificate stands behind the figures
  std::optional<Origin> origin = {};  ///< of a merged front
  /// In the run's directory, where it is not called as those of searches are.
  std::filesystem::path certificate = {};
};

/// What a scan of every input and the cost model say of a program: without a name, neither timed
/// nor proven.
MachineFrontEntry scored_entry(std::string scheme, ir::Program program, const targets::Score& score,
                               const jit::Cost& cost);

struct MachineFront {
  std::string version;
  std::string format;                  ///< short format of arguments and results; empty: float
  targets::ResultChoice results = {};  ///< of floats: what results are judged as
  std::string target;
  std::string expression;
  std::string domain;     ///< "all" or an interval
  std::string isa;        ///< of the costs
  std::string processor;  ///< of the costs
  jit::CostModel cost_model = jit::CostModel::Cycles;
  std::uint64_t seed = 0;
  std::uint64_t evaluations = 0;  ///< children
  double seconds = 0;
  std::string command;
  std::vector<double> exact = {};  ///< floats where programs give the correctly rounded value
  evo::Constraints constraints = {};
  std::string accuracy = {};                ///< that was wanted, as it was given
  double accuracy_ulp = 0;                  ///< in ULP; 0: none was
  std::string wanted = {};                  ///< name of the cheapest program that has it
  std::vector<MachineFrontEntry> programs;  ///< by cost, errors strictly falling
};

/// Names by accuracy: the cheapest of at most 1 ULP is NAME_1u, of at most 4 ULP NAME_4u; all
/// others carry their own error, rounded up. Behind stands the interval where there is one.
void name_programs(MachineFront& front);

/// An input's pattern, and its value.
std::string hex_input(const MachineFront& front, std::uint32_t bits);

/// "f32", or the short format's name.
std::string regime_name(const MachineFront& front);
/// From what to what: "f32", "bf16", "f32 to bf16".
std::string numbers_text(const MachineFront& front);
/// "0.331 cycles an element, latency 36 cycles, by a model of zen5 with avx512"; what is not known
/// is left out.
std::string cost_text(const MachineFront& front, const MachineFrontEntry& entry);
/// What errors are counted in: "ULP", "ULP of bf16".
std::string unit_text(const MachineFront& front);
/// Throws BadRequest, naming `source`, where the front is not of floats by float's own measure:
/// `what` is for these.
void require_float(const MachineFront& front, const std::string& source, std::string_view what);

/// What the errors of a front fall in: max_ulp, or for short formats evo/short_sample.h's figure.
double ranked_error(const MachineFront& front, const MachineFrontEntry& entry);

/// max_ulp as it is claimed: rounded up to six decimals.
double claimed_ulp(const MachineFrontEntry& entry);
/// The interval; nothing where the front is about all floats.
std::optional<targets::Domain> domain_of(const MachineFront& front);

/// What every program satisfies beside its error, checked at every float of the domain.
std::vector<std::string> satisfied(const MachineFront& front);

/// The accuracy that was wanted and the cheapest program that has it; empty where none was.
std::string wanted_line(const MachineFront& front);

Json to_json(const MachineFront& front);
/// Whether the JSON is that of a machine front.
bool is_machine_front(const Json& json);
/// Reads what to_json wrote. Throws BadRequest that names `source`.
MachineFront parse_machine_front(const std::string& text, const std::string& source);

std::string front_table(const MachineFront& front);
/// A program's text with its figures as comments.
std::string program_text(const MachineFront& front, const MachineFrontEntry& entry);

}  // namespace ulpforge::runs

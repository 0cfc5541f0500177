// A Pareto front with everything that is reported about it, and its JSON form, front.json.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "evo/search.h"
#include "proof/bound.h"
#include "runs/config.h"

namespace ulpforge::runs {

using Json = nlohmann::ordered_json;

/// The best classical approximation that costs no more.
struct Rival {
  std::string method;
  double max_error = 0;
};

/// Proven bounds on the error in real arithmetic, by proof/.
struct Proven {
  double bound = 0;                   ///< with the constants as emitted, rounded to double
  double bound_full = 0;              ///< with the constants as found, hi + lo
  std::vector<proof::Gap> gaps = {};  ///< around zeros of the target, left out
};

/// Where a program of a merged front comes from.
struct Origin {
  std::string run;  ///< directory
  std::uint64_t seed = 0;
  std::string config;  ///< hash of the run's configuration (runs/run.h)
};

struct FrontEntry {
  ir::Program program;
  int operations = 0;
  double max_error = 0;
  double max_error_f64 = 0;  ///< in plain double; NaN where the program breaks there
  std::optional<Rival> rival;
  std::optional<Proven> proven = {};  ///< a certificate stands behind it
  std::string obstacle = {};          ///< why nothing is proven; empty where nobody tried
  std::optional<Origin> origin = {};  ///< of a merged front
  std::string method = {};            ///< of a classical program; empty: found by the search
  std::optional<double> cost = {};    ///< where it is not the number of operations

  double weight() const { return cost.value_or(operations); }
  /// The cost as a part of names: "10", "7p5".
  std::string label() const;
};

struct Front {
  std::string version;
  std::string target;
  std::string expression;
  targets::Domain domain;
  std::string metric;
  std::vector<std::string> operations;
  std::map<std::string, double> costs;  ///< of operations, where they were given
  int max_operations = 0;
  std::uint64_t seed = 0;
  std::uint64_t evaluations = 0;
  double seconds = 0;
  std::vector<FrontEntry> programs;        ///< by cost
  std::optional<std::string> weight = {};  ///< of errors, an expression
  std::vector<double> exact = {};          ///< points where programs are exact
  evo::Constraints constraints = {};
  std::optional<Accuracy> accuracy = {};  ///< that was wanted
  std::string wanted = {};                ///< label of the cheapest program that has it
};

/// What the front is about. Throws std::invalid_argument.
targets::Target target_of(const Front& front);

/// What every program of the front satisfies beside its error, a phrase each: "exact at x = 0, in
/// double too", "odd, in double too".
std::vector<std::string> satisfied(const Front& front);

/// Of the front's program `entry`, what makes it the one that was asked for; "" where none was.
std::string wanted_line(const Front& front);

Front make_front(const Experiment& experiment, const evo::SearchResult& result);
/// Puts the best of the classical programs beside each program.
void add_rivals(Front& front, const std::vector<evo::KnownProgram>& classical,
                const ir::Costs& costs);

/// -log10(max_error); infinite for an exact program.
double digits(double max_error);

/// Numbers that JSON cannot hold (infinity, NaN) become null.
Json to_json(const Front& front);
/// Text of a JSON file.
std::string to_text(const Json& json);
/// Reads what to_json wrote. Throws BadRequest that names `source`.
Front parse_front(const std::string& text, const std::string& source);

/// What programs satisfy, as keys of a front.json, and back.
void put_constraints(Json& json, const std::vector<double>& exact,
                     const evo::Constraints& constraints);
void read_constraints(const Json& json, std::vector<double>& exact, evo::Constraints& constraints);

/// JSON for a number that may be infinite or NaN, and back: null is NaN.
Json number(double value);
double number(const Json& json);

/// A number, or "inf" and "-inf".
Json domain_end(double end);

/// [[below, above], ...]
Json gaps_json(const std::vector<proof::Gap>& gaps);

Json origin_json(const std::optional<Origin>& origin);
std::optional<Origin> parse_origin(const Json& program);
/// "ulpforge 0.1.0, seed 3" and, for a program of a merged front, its run and configuration.
std::string provenance(const std::string& version, std::uint64_t seed,
                       const std::optional<Origin>& origin);

/// Constants as [hi, lo] pairs of doubles.
Json constants_json(const ir::Program& program);

/// The front as a table: error, digits and the best baseline at each cost; classical programs that
/// stand on the front are marked.
std::string front_table(const Front& front);

}  // namespace ulpforge::runs

// What a package of functions contains: family.json.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace ulpforge::family {

/// A function of the package.
struct Function {
  std::string function;            ///< "exp", "exp_bf16"
  std::string format = {};         ///< short format of argument and result, "bf16"; empty: float
  std::string expression;          ///< "exp(x)"
  std::string symbol;              ///< the C function of that meaning, "expf"; may be empty
  std::string name;                ///< "uf_expf_1u"
  std::vector<std::string> names;  ///< all public names; `name` is the first
  std::vector<std::string> tiers;  ///< suffixes of the tiers that it serves
  /// One of its programs, with the figures of the run that it comes from.
  struct Program {
    std::vector<std::string> forms;  ///< that have it, names of emit::header_isas()
    std::vector<double> costs;       ///< there: cycles an element, by the model of jit/cost.h
    double max_ulp = 0;              ///< over all inputs, rounded up to six decimals
    std::uint64_t misrounded = 0;
    std::string scheme;  ///< range reduction
    std::string origin;  ///< run, version, seed
  };
  std::vector<Program> programs;
  /// A fast variant, good at normal x of a size up to `largest` whose result by `full` is normal;
  /// its errors are no larger than the full function's.
  struct Variant {
    std::string full;
    float largest = 0;
  };
  std::optional<Variant> variant = {};

  double max_ulp() const;            ///< of any program, the largest
  std::uint64_t misrounded() const;  ///< by any program, the most
};

struct Manifest {
  std::string version;  ///< of ulpforge
  std::string command;
  std::vector<Function> functions;
  std::vector<std::string> missing;  ///< names that no run reached: "exp, correctly rounded"
};

nlohmann::ordered_json to_json(const Manifest& manifest);

/// Reads what to_json wrote. Throws std::invalid_argument that names `source`.
Manifest parse_manifest(const std::string& text, const std::string& source);

}  // namespace ulpforge::family

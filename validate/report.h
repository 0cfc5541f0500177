// What an exhaustive measurement found out, and about what: JSON, tables, CSV.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "validate/exhaustive_run.h"
#include "validate/lane_finding.h"
#include "validate/library.h"

namespace ulpforge::validate {

using Json = nlohmann::ordered_json;

/// What was measured, on which machine, and against what.
struct Identity {
  std::string library;  ///< path
  std::string sha256;
  std::string soname;
  std::string build_id;
  std::string version;
  std::string release;  ///< of the C library that it belongs to, or ""
  std::string source;   ///< what the library was made from (a header, a program), or ""
  std::string symbol;
  std::string signature;
  bool indirect = false;          ///< the library picks the code by the CPU
  std::uint64_t code_offset = 0;  ///< of the code that ran
  std::string cpu;                ///< model and the instruction sets that variants depend on
  std::string tunables;           ///< GLIBC_TUNABLES
  std::string target;
  std::string expression;
  std::string domain;  ///< "" for every float
  targets::UlpOf ulp_of = targets::UlpOf::Exact;
};

/// The processor's name and which of avx, avx2, fma, fma4, avx512f it has.
std::string describe_cpu();

Json to_json(const Identity& identity);

/// One rounding mode.
struct ModeReport {
  targets::Rounding rounding = targets::Rounding::Nearest;
  Measured binades;
  Finding edges = {};      ///< monotonicity between binades
  LaneFinding lanes = {};  ///< of a vector routine
  double seconds = 0;
  bool complete = true;
};

struct Report {
  Identity identity;
  std::vector<ModeReport> modes;
  Audit audited;
  double seconds = 0;
  bool with_exceptions = false;
  ir::Program program;  ///< the exact function
};

/// "1,234,567".
std::string thousands(std::uint64_t count);
/// The exact value at those arguments, to 25 digits.
std::string exact_text(const ir::Program& program, std::span<const double> x);
/// A line for each bin that has any of so many inputs, with its share.
std::string histogram_text(const targets::Histogram& histogram, std::uint64_t inputs);

std::string_view name(targets::Rounding rounding);
/// Throws std::invalid_argument.
targets::Rounding parse_rounding(std::string_view text);
/// "exact", "rounded": whose binade gives the ULP.
std::string_view name(targets::UlpOf of);
/// Throws std::invalid_argument.
targets::UlpOf parse_ulp_of(std::string_view text);

/// Figures of all of a mode, monotonicity between binades included.
Figures total(const ModeReport& mode);
/// The largest of all modes' errors; infinite where there are special-value errors or incidents.
double worst(const Report& report);
/// Whether a vector's lanes depend on one another in some mode.
bool depends_on_lanes(const Report& report);

/// A bin's upper end and count, for each.
Json histogram_json(const targets::Histogram& histogram);

/// One object; with several modes its figures are those of the first, and "modes" has all.
Json to_json(const Report& report);
std::string to_text(const Report& report);
/// A row for each mode and binade.
std::string to_csv(const Report& report);

/// Two reports (as to_json() gives them) side by side. Throws std::invalid_argument if one is none.
std::string compare(const Json& a, const Json& b);

Json to_json(const BinadeFigures& binade);
/// Throws nlohmann::json::exception.
BinadeFigures binade_from_json(const Json& json);

}  // namespace ulpforge::validate

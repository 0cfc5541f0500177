// Certificates: what was proven, with everything that is needed to prove it again.
//
// A certificate is a JSON file: the statement in words, the target, its domain, the program's text,
// the bound, and a hash over all of it that tells edited files from whole ones. Checking one takes
// nothing from it on trust: all is proven again from target and program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>

#include "ir/program.h"
#include "proof/bound.h"
#include "proof/exhaustion.h"
#include "proof/machine_double.h"
#include "proof/monotone.h"
#include "targets/target.h"

namespace ulpforge::proof {

/// What is claimed of a program as it runs in double; see proof/double_bound.h.
struct DoubleClaim {
  double bound = 0;
  bool skips_zero = false;
};

/// A program in real arithmetic, by Taylor models (proof/bound.h).
struct RealCertificate {
  std::string version;     ///< of ulpforge
  std::string expression;  ///< of the target
  targets::Domain domain;
  targets::Metric metric = targets::Metric::Relative;
  ir::Program program;  ///< constants as they are
  double bound = 0;
  double attained = 0;  ///< an error that occurs, at worst_x
  double worst_x = 0;
  long bits = 0;
  std::size_t cells = 0;
  std::vector<Gap> gaps = {};  ///< what is left out
  std::optional<DoubleClaim> in_double = {};
  std::optional<std::string> weight = {};  ///< of errors, an expression
  std::optional<Direction> monotone = {};  ///< p never goes against it
};

/// Where a program comes from, so that it can be found again.
struct Provenance {
  std::string version;    ///< of the ulpforge that found it
  std::string command;    ///< that finds it again
  std::string form;       ///< instruction set whose cycles the search counted
  std::string processor;  ///< whose cycles they are
  std::string scheme;     ///< range reduction
  std::uint64_t seed = 0;
  std::uint64_t evaluations = 0;
  double seconds = 0;  ///< that the search took
};

/// A machine program over float or a short format, by exhaustion (proof/exhaustion.h).
struct ExhaustiveCertificate {
  std::string version;
  std::string expression;
  std::optional<targets::Domain> domain;  ///< nothing: every number
  ir::Program program;
  Exhaustion run;  ///< every figure of it is claimed
  /// Short format (numbers/short_format.h) of arguments and results, the program taking them as
  /// floats; empty: float.
  std::string format = {};
  /// Of a program from float to float: what its results are judged as.
  targets::ResultChoice results = {};
  std::optional<Provenance> found_by = {};  ///< told, and no part of what is proven
};

/// A machine program over double, by Taylor models and Gappa (proof/machine_double.h).
struct DoubleCertificate {
  std::string version;
  std::string expression;
  std::optional<targets::Domain> domain;  ///< nothing: every double
  ir::Program program;
  MachineDoubleBound found;  ///< every figure of it is claimed as an upper bound
};

using Certificate = std::variant<RealCertificate, ExhaustiveCertificate, DoubleCertificate>;

/// What is wrong with a certificate's text; what() is one line.
struct CertificateError : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A certificate of a proven bound. Throws std::invalid_argument when it is not proven.
RealCertificate certify(const ir::Program& program, const targets::Target& target,
                        const Bound& bound, std::string version);

/// "|p(x) - f(x)| / |f(x)| <= 1.2e-16 for every x in [0,1]": the bound rounded up.
std::string statement(const Certificate& certificate);

/// The same about a program over real numbers as it runs in double; "" without such a claim.
std::string statement_in_double(const RealCertificate& certificate);

/// Text of the JSON file. With the name of a file the program's text stands there, not in the JSON,
/// which has the name instead.
std::string to_text(const Certificate& certificate, const std::string& program_file = "");

/// Reads a file that a certificate names, which lies beside it.
using ReadBeside = std::function<std::string(const std::string& name)>;

/// Reads what to_text wrote. Throws CertificateError that names `source`: text that is cut off, of
/// another kind or version, or that was changed, or whose program lies in a file with another one.
Certificate parse_certificate(const std::string& text, const std::string& source,
                              const ReadBeside& read_beside = {});

/// The same for a file, whose program may lie beside it. Throws BadRequest where one cannot be
/// read.
Certificate read_certificate(const std::filesystem::path& file);

struct Verdict {
  bool holds = false;
  std::string reason;  ///< one line; why not, or what was found
};

/// Proves it again from nothing.
Verdict check(const Certificate& certificate);

/// The same for one of several of a function, with the exact values that
/// float_reference(expression, domain) of proof/exhaustion.h makes.
Verdict check(const ExhaustiveCertificate& certificate, const targets::FloatReference& reference);

/// `value` in decimals, not below it ("1.180e-16").
std::string decimals_above(double value);

}  // namespace ulpforge::proof

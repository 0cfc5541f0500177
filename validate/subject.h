// What is validated, and against which exact function.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ir/program.h"
#include "numbers/short_format.h"
#include "targets/catalog.h"
#include "validate/compiled_header.h"
#include "validate/report.h"
#include "validate/worker.h"

namespace ulpforge::validate {

/// A routine, wherever it comes from.
struct Subject {
  Callee callee;
  std::shared_ptr<const CompiledHeader> compiled =
      {};                   ///< the library that was made for it, if any
  std::string source = {};  ///< what that was made from (a header, a program), or ""
  std::string symbol;       ///< its name for people
};

/// A function of a library, of the given signature or, without one, of that which its name tells.
/// Where it has several results (sincosf), or an order (jnf), the target says which is meant.
/// Throws std::invalid_argument.
Subject library_subject(const std::string& library, const std::string& symbol,
                        const std::string& signature, const std::string& target = "");
/// A function of an emitted header; without a name that of the file. Throws std::invalid_argument.
Subject header_subject(const std::filesystem::path& header, std::string name);
/// A machine program, by way of its header: one of float, or of two patterns of a short format,
/// where there is one. Throws BadRequest and std::invalid_argument.
Subject program_subject(const std::filesystem::path& file,
                        const std::optional<numbers::ShortFormat>& format = {});

/// The library's functions of one float, in one form or another, whose exact function the catalog
/// has and that this machine can run.
std::vector<std::string> catalog_symbols(const LibraryFile& library);

struct ExactFunction {
  std::string name;
  std::string expression;
  ir::Program program;  ///< of as many inputs as the subject
  targets::Parity parity = targets::Parity::None;
};

/// The target: a name of the catalog or an expression; "" for what the subject's name tells. Throws
/// std::invalid_argument.
ExactFunction exact_function(const std::string& target, const Subject& subject);

/// Who is who, for a report. Throws std::invalid_argument where the library has no such function.
Identity identify(const Subject& subject, const ExactFunction& exact, const std::string& domain,
                  targets::UlpOf ulp_of);

}  // namespace ulpforge::validate

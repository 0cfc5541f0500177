// The files that carry a machine front's programs: for each a C++ header, its exhaustive test and
// its benchmark.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runs/machine_front.h"

namespace ulpforge::runs {

struct EmittedFile {
  std::filesystem::path name;
  std::string content;
};

/// NAME.h, NAME_test.cpp and, for float, NAME_bench.cpp; with a certificate's text NAME.cert.json
/// too, and the header calls its figures proven. Throws std::invalid_argument where the front's
/// target or the entry's name are none.
std::vector<EmittedFile> machine_files(const MachineFront& front, const MachineFrontEntry& entry,
                                       const std::optional<std::string>& certificate);

/// A program that a function has in some forms, as a run left it.
struct FormProgram {
  const MachineFront* front;
  MachineFrontEntry entry;
  std::optional<std::string> certificate;
  std::string origin;              ///< "uf_expf_1u of runs/exp/scalar, ..."
  std::vector<std::string> forms;  ///< that have it, names of emit::header_isas(): each form once
};

/// The same files of a function that has several programs, each form's own: certificates are
/// NAME_FORM.cert.json, FORM the first of a program's.
std::vector<EmittedFile> files_of_forms(const std::string& name,
                                        const std::vector<FormProgram>& programs);

/// Those of the programs' fast variants; a program without one stands for itself. Nothing where no
/// program has one.
struct FastForms {
  std::string name;   ///< NAME_fast
  float largest = 0;  ///< up to which all variants are good
  std::vector<ir::Program> programs;
  std::vector<EmittedFile> files;  ///< header, test, benchmark
};
std::optional<FastForms> fast_files_of_forms(const std::string& name,
                                             const std::vector<FormProgram>& programs);

struct FastFiles {
  std::string name;   ///< of the function, NAME_fast
  float largest = 0;  ///< evo/fast_variant.h
  ir::Program program;
  std::vector<EmittedFile> files;  ///< NAME_fast.h, its test against NAME.h, its benchmark
};
/// Nothing where the program takes no care of special values that could be left out.
std::optional<FastFiles> fast_files(const MachineFront& front, const MachineFrontEntry& entry);

/// The C function of the same meaning, "exp2f"; empty where there is none.
std::string c_function(const MachineFront& front);

}  // namespace ulpforge::runs

// The programs of runs over number formats as members of a function family.
#pragma once

#include <string>
#include <vector>

#include "family/manifest.h"
#include "family/package.h"
#include "family/selection.h"
#include "jit/isa/isa.h"
#include "jit/processor.h"
#include "runs/machine_emission.h"
#include "runs/run.h"

namespace ulpforge::runs {

/// The catalog's name of what a front approximates, or one made of its expression.
std::string function_name(const MachineFront& front);

/// What a family may be chosen from: the programs of f32 runs, with costs by the model of one
/// processor, so that runs compare.
struct FamilySource {
  std::vector<family::Candidate> candidates;
  struct Place {
    std::size_t run, program;
  };
  std::vector<Place> places;  ///< of the candidates
  /// Whose cycles decide: each form's, emit::header_isas(), or one's for all. Of short formats it
  /// is AVX-512's arrays.
  std::vector<jit::Isa> isas;
  jit::Processor processor;
};

/// emit::header_isas().
std::vector<jit::Isa> each_form();

/// Throws BadRequest for a run over real numbers.
FamilySource family_source(const std::vector<Run>& runs, std::vector<jit::Isa> isas,
                           jit::Processor processor);

/// For each form its best programs, or for all forms together the same.
family::Selection select_from(const FamilySource& source);

/// A member's programs, each once, with the forms that have it.
std::vector<FormProgram> programs_of(const std::vector<Run>& runs, const FamilySource& source,
                                     const family::Member& member);

/// The names of a member: one for each tier that it serves and, if it serves the default tier, one
/// without a suffix.
std::vector<std::string> names_of(const family::Member& member);

/// What it costs, by the model, that all forms have one program: a line for each form of a member
/// where another program would be cheaper. `selection` is that of one program for all forms.
std::string cost_of_same_bits(const std::vector<Run>& runs, const FamilySource& source,
                              const family::Selection& selection);

/// The chosen programs with their headers and tests, named as members; with `fast` each one's fast
/// variant, too, where there is one.
std::vector<family::PackagedFunction> packaged(const std::vector<Run>& runs,
                                               const FamilySource& source,
                                               const family::Selection& selection, bool fast);

/// What the package says of itself.
family::Manifest make_manifest(const std::vector<family::PackagedFunction>& functions,
                               const family::Selection& selection, const std::string& command);

/// A row for each program of each function and tier, then what is missing and why.
std::string family_table(const FamilySource& source, const family::Selection& selection,
                         const family::Manifest& manifest);

/// README.md of the package.
std::string family_readme(const family::Manifest& manifest, const std::string& table);

}  // namespace ulpforge::runs

// The programs of f32 runs as members of a function family.
#pragma once

#include <string>
#include <vector>

#include "family/manifest.h"
#include "family/package.h"
#include "family/selection.h"
#include "jit/isa/isa.h"
#include "jit/processor.h"
#include "runs/run.h"

namespace ulpforge::runs {

/// The catalog's name of what a front approximates, or one made of its expression.
std::string function_name(const MachineFront& front);

/// What a family may be chosen from: the programs of f32 runs, with costs by the model of one
/// instruction set and processor, so that runs compare.
struct FamilySource {
  std::vector<family::Candidate> candidates;
  struct Place {
    std::size_t run, program;
  };
  std::vector<Place> places;  ///< of the candidates
  jit::Isa isa;
  jit::Processor processor;
};

/// Throws BadRequest for a run over real numbers.
FamilySource family_source(const std::vector<Run>& runs, jit::Isa isa, jit::Processor processor);

/// The chosen programs with their headers and tests, named as members; with `fast` each one's fast
/// variant, too, where there is one.
std::vector<family::PackagedFunction> packaged(const std::vector<Run>& runs,
                                               const FamilySource& source,
                                               const family::Selection& selection, bool fast);

/// What the package says of itself.
family::Manifest make_manifest(const std::vector<family::PackagedFunction>& functions,
                               const family::Selection& selection, const std::string& command);

/// A row for each function and tier, then what is missing and why.
std::string family_table(const FamilySource& source, const family::Selection& selection,
                         const family::Manifest& manifest);

/// README.md of the package.
std::string family_readme(const family::Manifest& manifest, const std::string& table);

}  // namespace ulpforge::runs

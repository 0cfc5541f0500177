// The search over machine programs: from the empty kernel to a Pareto front of max ULP error over
// every float against cost.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <tuple>
#include <vector>

#include "evo/constraints.h"
#include "evo/continuation.h"
#include "evo/course.h"
#include "ir/program.h"
#include "jit/compiler.h"
#include "jit/cost.h"
#include "targets/schemes/scheme.h"
#include "targets/scores/score.h"
#include "targets/scores/short_values.h"

namespace ulpforge::evo {

struct MachineConfig {
  std::uint64_t seed = 1;
  int threads = 0;      ///< 0: one per core; the result does not depend on it
  double seconds = 60;  ///< wall-clock budget, verification included; infinity: none
  /// Budget in children (programs made by mutation). The result of a run that ends by it is a
  /// function of seed and configuration alone.
  std::uint64_t children = std::numeric_limits<std::uint64_t>::max();
  double loosest_ulp = 8192;  ///< programs with larger errors are left out of the front
  /// The error that is wanted, in ULP; the search ends once a program has it and no cheaper one has
  /// turned up for as many children as that took, or a few thousand. 0: as small as can be.
  double accuracy = 0;
  jit::Isa isa = jit::Isa::Avx512;                  ///< that the cost model assumes
  jit::Processor processor = jit::Processor::Zen5;  ///< likewise
  jit::CostModel cost_model = jit::CostModel::Cycles;
  /// Evaluations of the search in the real regime that supplies kernels to start from, for each
  /// different kernel; 0: none.
  std::uint64_t real_evaluations = 2'000'000;
  /// Of every program that is measured everywhere, at every float: parity and monotony. Constants
  /// are floats anyway.
  Constraints constraints = {};
  std::vector<double> exact = {};  ///< floats where programs give the correctly rounded value
  /// Where the clock of an earlier search said what to do next, in its place; `children` does not
  /// count then.
  std::optional<Course> course = {};
};

/// The scheme that whole programs are shortened in: nothing but its hole. To stand behind all
/// others of a search over a short format.
targets::Scheme whole_programs_scheme(const targets::Scheme& like);

struct MachineProgress {
  double seconds = 0;
  std::uint64_t children = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t fits = 0;      ///< constant fits in real arithmetic
  std::uint64_t compiled = 0;  ///< children that reached compiled code
  std::uint64_t scans = 0;     ///< programs measured at every float, or until they failed
  /// Cost and error of the front as it stands, by cost; over samples where not verified.
  std::vector<std::pair<double, double>> front;

  static auto fields(auto& p) {
    return std::tie(p.seconds, p.children, p.duplicates, p.fits, p.compiled, p.scans);
  }
};

struct MachineProgram {
  std::string scheme;
  ir::Program program;  ///< canonical
  jit::Cost cost;
  targets::Score score;  ///< over every float of the domain
};

struct MachineResult {
  std::vector<MachineProgram> front;  ///< by cost, errors strictly falling; all verified
  MachineProgress progress;
  /// Of the front, the cheapest program of the accuracy that is wanted.
  std::optional<std::size_t> wanted = {};
  Course course = {};  ///< that it took
  bool interrupted = false;
  Saving saving = {};
};

/// Fills the schemes with evolved kernels. A kernel starts empty, or as a program of the real
/// regime's front, lowered; its constants are fitted in real arithmetic and then searched for as
/// floats. A child climbs a ladder: the fit's error, about a thousand floats interpreted, a hundred
/// thousand compiled, and all floats of the domain once it is on the front; what that brings to
/// light joins the sample.
/// A search that goes on from a state has the same front as one that was never stopped. A stop is
/// obeyed within a fraction of a second: a measurement in flight is thrown away.
/// Throws std::invalid_argument for a configuration out of range, DamagedState (evo/state_stream.h)
/// for a state that no run of this configuration can have left.
MachineResult machine_search(const targets::FloatReference& reference,
                             const std::vector<targets::Scheme>& schemes,
                             const MachineConfig& config,
                             const std::function<void(const MachineProgress&)>& on_progress = {},
                             std::stop_token stop = {}, const Continuation& continuation = {});

/// The same for a short format: programs take each of its numbers as a float, and their result is
/// rounded to it. Each program is measured at every number, so that the front needs no further
/// verification; its errors fall as evo/short_sample.h ranks them, by their size down to 1 ULP and
/// then by how many results are not correctly rounded.
MachineResult machine_search(const targets::ShortValues& values,
                             const std::vector<targets::Scheme>& schemes,
                             const MachineConfig& config,
                             const std::function<void(const MachineProgress&)>& on_progress = {},
                             std::stop_token stop = {}, const Continuation& continuation = {});

}  // namespace ulpforge::evo

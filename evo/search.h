// The search: from the empty program and what is known to a Pareto front of error against cost.
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
#include "ir/costs.h"
#include "ir/program.h"
#include "targets/target.h"

namespace ulpforge::evo {

enum class Fitting { LevenbergMarquardt, CmaEs, None };

/// Parts that a search can do without, to see what each is worth (experiments/ablations.toml).
struct Parts {
  /// Off: parents are drawn, and places in archives given up, without regard to errors; the best
  /// programs are only noted.
  bool selection = true;
  /// None: constants are inherited, perturbed or drawn anew, and evaluated as they are.
  Fitting fitting = Fitting::LevenbergMarquardt;
  bool mutation = true;   ///< off: children are random programs
  bool crossover = true;  ///< off: no grafts
  /// Off: structures are not recognised as tried before, nor programs that fit alike.
  bool duplicate_detection = true;

  friend bool operator==(const Parts&, const Parts&) = default;
};

struct SearchConfig {
  std::vector<ir::Op> operations = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul, ir::Op::Div};
  ir::Costs costs = {};     ///< what the front is against; all positive
  int max_operations = 12;  ///< longest program, 1 to kMaxOperations
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0: one per core; the result does not depend on it
  double seconds =
      60;  ///< wall-clock budget, preparation and verification included; infinity: none
  /// Budget in evaluations of a program with its Jacobian on all fitting nodes. The result of a run
  /// that ends by it is a function of seed and configuration alone.
  std::uint64_t evaluations = std::numeric_limits<std::uint64_t>::max();
  Parts parts = {};
  Constraints constraints = {};
  /// The error that is wanted, in the target's metric; 0: as small as can be. The search ends once
  /// a program has it and no cheaper one has turned up for as long as that took.
  double accuracy = 0;
};

inline constexpr int kMaxOperations = 24;

/// A program that was made elsewhere, and how.
struct KnownProgram {
  std::string method = {};
  ir::Program program = {};
  double max_error = 0;  ///< sampled with MPFR (targets/verify.h)
  double worst_x = 0;
  double max_error_f64 = std::numeric_limits<double>::quiet_NaN();  ///< NaN: not known

  static auto fields(auto& k) {
    return std::tie(k.method, k.program, k.max_error, k.worst_x, k.max_error_f64);
  }
};

/// What a search is given beside its configuration.
struct Provisions {
  /// Programs over the operations that are searched with, to breed from and to put on the front
  /// where nothing better is found; on a domain that is not bounded, programs of the substitution's
  /// t. A search that goes on from a state has those of that state.
  std::vector<KnownProgram> known = {};
  double seconds_used = 0;  ///< of the budget, before the search
  double seconds_kept = 0;  ///< of the budget, to be left after it
  /// Whether a program, of the substitution's t on a domain that is not bounded, satisfies what the
  /// search cannot check itself (that it is monotone); asked from several threads. Not set: yes.
  std::function<bool(const ir::Program&)> accept = {};
  /// Whether the error of a program that is on the front is proven to be at most the accuracy that
  /// is wanted. Not set: its verified error says so.
  std::function<bool(const ir::Program&)> is_proven = {};
  /// Told what is being done while there is no Progress to show, about once a second, from one
  /// thread at a time.
  std::function<void(double seconds, const std::string& what)> on_phase = {};
};

/// State of a running search; what a line of the log holds.
struct Progress {
  double seconds = 0;
  std::uint64_t evaluations = 0;  ///< program + Jacobian on all nodes
  std::uint64_t fits = 0;         ///< constant fits
  std::uint64_t children = 0;     ///< programs made by mutation
  std::uint64_t duplicates = 0;   ///< of which were recognised as seen before
  /// Best error so far by cost (index * cost_unit: the number of operations where all cost 1), on
  /// the fit's nodes, not verified; infinity where there is none.
  std::vector<double> best_error;
  double cost_unit = 1;

  static auto fields(auto& p) {
    return std::tie(p.seconds, p.evaluations, p.fits, p.children, p.duplicates, p.best_error);
  }
};

/// A program on the front, with the figures that MPFR gave it (targets/verify.h).
struct FrontProgram {
  ir::Program program;
  int operations = 0;
  double cost = 0;
  double max_error = 0;
  double worst_x = 0;
  double max_error_f64 = 0;
  std::string method = {};  ///< of a known program; empty: found by the search
};

struct SearchResult {
  std::vector<FrontProgram> front;  ///< by cost, errors strictly falling
  Progress progress;                ///< at the end
  bool interrupted = false;         ///< ended by the stop token
  /// Costs that may be missing: there was no time left to verify their programs.
  std::vector<double> left_out = {};
  /// Of the front, the cheapest program of the accuracy that is wanted.
  std::optional<std::size_t> wanted = {};
  std::vector<KnownProgram> known = {};
  Saving saving = {};
};

/// Runs a search. `on_progress` is called about once a second from one thread; a request on `stop`
/// ends the search early with the front as it stands, within two seconds (evo/stop_deadline.h). A
/// search that goes on from a state has the same front as one that was never stopped; its seconds
/// include those before.
/// Throws std::invalid_argument for a configuration out of range, DamagedState (evo/state_stream.h)
/// for a state that no run of this configuration can have left.
SearchResult search(const targets::Target& target, const SearchConfig& config,
                    const std::function<void(const Progress&)>& on_progress = {},
                    std::stop_token stop = {}, const Continuation& continuation = {},
                    const Provisions& provisions = {});

}  // namespace ulpforge::evo

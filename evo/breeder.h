// Makes one child: mutates a program, simplifies it, leaves out what was tried before, fits its
// constants, examines it. Each thread has a breeder; what it makes depends on its arguments alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

#include "evo/archive.h"
#include "evo/examination.h"
#include "evo/levenberg_marquardt.h"
#include "evo/normal_form.h"
#include "evo/search.h"

namespace ulpforge::evo {

/// How often each structure was fitted in this island.
using Tried = std::unordered_map<std::uint64_t, std::uint8_t>;

struct Offspring {
  std::optional<Entry> entry;            ///< good enough for the archive as the breeder saw it
  std::uint64_t structure = 0;           ///< of a child that was fitted as new; 0: none
  bool duplicate = false;                ///< recognised as tried often enough, not fitted
  int refitted_niche = 0;                ///< an elite entry that was refitted, by ...
  std::uint64_t refitted_structure = 0;  ///< ... niche and structure; 0: none
  std::uint64_t evaluations = 0;
  std::uint64_t fits = 0;
};

template <int kBlocks>
class Breeder {
 public:
  Breeder(const Nodes<kBlocks>& nodes, const Examination& examination, const SearchConfig& config)
      : fitter_(nodes),
        dense_(std::make_unique<Evaluation<kDenseBlocks>>()),
        examination_(&examination),
        config_(&config),
        drawn_(drawn_operations(config.operations)) {}

  /// The child drawn by `random`: mostly a mutated parent, at times a pruned one or an elite entry
  /// that is refitted with basin hopping.
  Offspring breed(const Archive& archive, const Tried& tried, numbers::Random random);

  /// What a search starts from: the empty program and, where the target vanishes away from 0, the
  /// product of its zeros.
  std::vector<Offspring> first_programs();
  /// A program that was made elsewhere, examined; without an entry where it is no good.
  Offspring examined(ir::Program program);

 private:
  void mutate_and_fit(const Archive& archive, const Tried& tried, numbers::Random& random,
                      Offspring& child);
  void refit(const Archive& archive, numbers::Random& random, Offspring& child);
  void prune_and_fit(const Archive& archive, numbers::Random& random, Offspring& child);
  void fit_from_starts(const Archive& archive, ir::Program program, const Tape& tape,
                       std::uint64_t structure, int hopping, numbers::Random& random,
                       Offspring& child);
  /// A fit as the configuration wants it.
  FitResult fit(const Tape& tape, Constants& constants, const FitOptions& options,
                numbers::Random& random);
  /// Whether fits follow the Jacobian, as pruning and hopping have to.
  bool follows_jacobian() const { return config_->parts.fitting == Fitting::LevenbergMarquardt; }
  void offer(const Archive& archive, ir::Program program, const Tape& tape,
             const Constants& constants, const FitResult& fit, std::uint64_t structure,
             Offspring& child);

  Fitter<kBlocks> fitter_;
  std::unique_ptr<Evaluation<kDenseBlocks>> dense_;
  const Examination* examination_;
  const SearchConfig* config_;
  std::vector<ir::Op> drawn_;  ///< what mutations draw from
};

}  // namespace ulpforge::evo

// Fitting the constants of a kernel in real arithmetic, in the scheme's weighted error.
#pragma once

#include <memory>
#include <vector>

#include "evo/levenberg_marquardt.h"
#include "numbers/random.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::evo {

/// What fits of one scheme's kernels look at; immutable, shared by all threads.
struct KernelNodes {
  static constexpr int kBlocks = 4;
  Nodes<kBlocks> nodes;
  /// Constants that no fit moves: the parts of differences from zeros (evo/zero_factor.h).
  std::vector<double> pins;

  explicit KernelNodes(const targets::Scheme& scheme);
};

/// One thread's fitter for one scheme.
class KernelFitter {
 public:
  explicit KernelFitter(const KernelNodes& nodes);

  /// Fits the kernel's constants in place, from where they are and from `starts` random places
  /// around them, then levels the error (Lawson's weights, as iterated least squares). Returns the
  /// largest relative error that the kernel brings into the whole function over the nodes; infinity
  /// where the kernel has no real form (evo/kernel.h).
  double fit(ir::Program& kernel, int starts, numbers::Random& random);

  std::uint64_t fits() const { return fitter_.fits() + leveller_.fits(); }

 private:
  static constexpr int kBlocks = KernelNodes::kBlocks;

  void level(const Tape& tape, Constants& constants, double& error);

  const KernelNodes* nodes_;
  Nodes<kBlocks> weighted_;
  Fitter<kBlocks> fitter_;
  Fitter<kBlocks> leveller_;
};

}  // namespace ulpforge::evo

// One child of the machine search: mutate, recognise, price, fit, round, measure. A breeder is one
// thread's worker; what it makes depends on its arguments alone.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "evo/constant_rounding.h"
#include "evo/kernel_archive.h"
#include "evo/kernel_fit.h"
#include "jit/compiler.h"

namespace ulpforge::evo {

/// How often each kernel shape was fitted, by scheme.
using TriedKernels = std::unordered_map<std::uint64_t, std::uint8_t>;

/// What all breeders look at. Immutable while children are made.
struct KernelBreeding {
  const std::vector<targets::Scheme>* schemes = nullptr;
  std::vector<KernelNodes> nodes;       ///< by scheme
  std::vector<KernelArchive> archives;  ///< by scheme
  TriedKernels tried;
  std::optional<FloatSample> coarse;  ///< for the interpreter
  std::optional<FloatSample> fine;    ///< for compiled code
  jit::Isa isa = jit::Isa::Avx512;
  double loosest_ulp = 0;
};

struct KernelOffspring {
  std::optional<KernelEntry> entry;
  std::size_t scheme = 0;
  std::uint64_t tried = 0;  ///< key of a child that was fitted as new; 0: none
  bool duplicate = false;
  bool compiled = false;
  std::uint64_t fits = 0;
};

class KernelBreeder {
 public:
  explicit KernelBreeder(const KernelBreeding& world);

  KernelOffspring breed(Random random);

  /// A kernel as it is, its constants fitted: a seed.
  KernelOffspring examine(std::size_t scheme, ir::Program kernel, Random random);

  /// A long search for the constants of an entry.
  KernelOffspring tune(std::size_t scheme, const KernelEntry& entry, int trials, Random random);

 private:
  void climb(ir::Program kernel, int starts, Random& random, KernelOffspring& child);
  void measure(ir::Program kernel, std::uint64_t shape, const jit::Cost& cost, int trials,
               double limit, Random& random, KernelOffspring& child);
  /// The largest error over the coarse sample, interpreted.
  double interpret(const ir::Program& whole, double limit);

  const KernelBreeding& world_;
  std::vector<std::unique_ptr<KernelFitter>> fitters_;
  jit::Compiler compiler_;
  std::vector<float> y_;
};

}  // namespace ulpforge::evo

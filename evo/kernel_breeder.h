// Makes one child of the machine search: mutates a kernel, leaves out what was tried before, fits
// its constants, rounds them, measures it. Each thread has a breeder; what it makes depends on its
// arguments alone.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "evo/constant_rounding.h"
#include "evo/float_requirements.h"
#include "evo/kernel_archive.h"
#include "evo/kernel_fit.h"
#include "evo/short_sample.h"
#include "jit/compiler.h"

namespace ulpforge::evo {

/// How often each kernel shape was fitted, by scheme.
using TriedKernels = std::unordered_map<std::uint64_t, std::uint8_t>;

/// What all breeders read; it does not change while children are made.
struct KernelBreeding {
  const std::vector<targets::Scheme>* schemes = nullptr;
  std::vector<KernelNodes> nodes;       ///< by scheme
  std::vector<KernelArchive> archives;  ///< by scheme
  TriedKernels tried;
  std::vector<std::size_t> leading;   ///< schemes that the front has entries of
  std::optional<FloatSample> coarse;  ///< for the interpreter
  std::optional<FloatSample> fine;    ///< for compiled code
  // In place of these two, for a short format: all of its numbers, and some for the interpreter.
  std::optional<ShortSample> all_short;
  std::optional<ShortSample> some_short;
  jit::Isa isa = jit::Isa::Avx512;
  jit::Processor processor = jit::Processor::Zen5;
  jit::CostModel cost_model = jit::CostModel::Cycles;
  double loosest_ulp = 0;
  double accuracy = 0;       ///< that is wanted, in ULP; 0: none
  std::uint64_t inputs = 0;  ///< floats of the domain
  FloatRequirements requirements;
  std::function<bool(const targets::FloatRoutine&)>
      may_hold;  ///< of a short format, in their place
  /// A relative error of an ULP of the results' format is between that and twice that.
  double ulp = 0x1p-24;
  /// The scheme, behind all others, whose kernels are whole programs (kWholePrograms), if there is
  /// one.
  std::optional<std::size_t> whole_programs;

  /// How many schemes have kernels that are searched for.
  std::size_t kernel_schemes() const { return whole_programs.value_or(schemes->size()); }

  bool in_double(std::size_t scheme) const { return (*schemes)[scheme].type == ir::Type::F64; }
  /// The scheme, by its place, filled with the kernel; for single numbers without fma, where that
  /// would be a call, products and sums in their place. The kernel's constants follow the scheme's.
  ir::Program whole(std::size_t scheme, const ir::Program& kernel) const;
  /// Of that.
  jit::Cost cost(std::size_t scheme, const ir::Program& kernel) const;
};

/// The scheme without anything but its hole, which whole programs stand in.
inline constexpr std::string_view kWholePrograms = "shortened";

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

  KernelOffspring breed(numbers::Random random);

  /// A kernel as it is, its constants fitted: a seed.
  KernelOffspring examine(std::size_t scheme, ir::Program kernel, numbers::Random random);

  /// A long search for the constants of an entry.
  KernelOffspring tune(std::size_t scheme, const KernelEntry& entry, int trials,
                       numbers::Random random);

 private:
  std::size_t draw_scheme(numbers::Random& random) const;
  // Ways to make a child; false where they make none.
  /// An entry near the front whose constants are searched for at length.
  bool tune_elite(numbers::Random& random, KernelOffspring& child);
  /// An interval table.
  bool draw_table(numbers::Random& random, KernelOffspring& child);
  /// A neighbour of an entry, where that is a table.
  bool change_table(numbers::Random& random, KernelOffspring& child);
  /// A polynomial by Horner's or Estrin's scheme.
  bool draw_polynomial(numbers::Random& random, KernelOffspring& child);
  /// A whole program with an instruction left out, which the numbers of a short format may do
  /// without; all of its constants are searched for.
  bool shorten(numbers::Random& random, KernelOffspring& child);
  /// A mutated entry, of this scheme or of another.
  void mutate_parent(numbers::Random& random, KernelOffspring& child);

  /// A polynomial for the child's scheme, by a scheme of evaluation at random.
  ir::Program random_polynomial(numbers::Random& random, KernelOffspring& child);
  void climb(ir::Program kernel, int starts, numbers::Random& random, KernelOffspring& child);
  /// Fits the kernel's constants; returns the error, counts the fits.
  double fit(ir::Program& kernel, int starts, numbers::Random& random, KernelOffspring& child);
  /// A KernelEntry's least_ulp, for that relative error of the fit.
  double least_ulp(std::size_t scheme, double error) const;
  /// A kernel that is this interval table.
  void try_table(const IntervalTable& table, numbers::Random& random, KernelOffspring& child);
  /// Rounds, tunes for so many trials, and enters what has an error below the limit.
  void measure(KernelEntry candidate, int trials, double limit, numbers::Random& random,
               KernelOffspring& child);
  /// Searches for the constants of a table, one interval after the other.
  template <class Sample>
  double tune_intervals(const Sample& sample, std::size_t scheme, const IntervalTable& table,
                        const Evaluate& evaluate, std::span<std::uint64_t> constants, int trials,
                        numbers::Random& random);
  /// The scheme's reduced argument at the numbers of a sample; known from the last time unless that
  /// has grown.
  template <class Sample>
  std::span<const float> reduced(const Sample& sample, std::size_t scheme);
  /// The largest error over the coarse sample, interpreted.
  double interpret(const ir::Program& whole, double limit);

  /// The numbers of a sample that belong to an interval of a table.
  template <class Sample>
  struct Part {
    std::vector<std::size_t> members;
    Sample sample;
    std::vector<Tunable> tunable;
    double error = 0;
  };
  /// Memory for searches over constants.
  template <class Sample>
  struct Space {
    RoundingSpace<Sample> rounding;
    std::vector<Part<Sample>> parts;
  };
  Space<FloatSample>& space(const FloatSample&) { return float_space_; }
  Space<ShortSample>& space(const ShortSample&) { return short_space_; }

  const KernelBreeding& world_;
  std::vector<std::unique_ptr<KernelFitter>> fitters_;
  jit::Compiler compiler_;
  std::vector<float> y_;
  std::vector<std::vector<float>> reduced_;  ///< by scheme
  Space<FloatSample> float_space_;
  Space<ShortSample> short_space_;
};

}  // namespace ulpforge::evo

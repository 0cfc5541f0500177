// Leaving out, one after the other, what makes no difference.
#include "evo/fast_variant.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <vector>

#include "ir/canonical.h"
#include "ir/uses.h"
#include "jit/compiler.h"
#include "numbers/format.h"
#include "parallel/parallel.h"

namespace ulpforge::evo {
namespace {

using ir::Op;
using ir::Operand;
using numbers::Binary32;

constexpr std::uint32_t kBlock = 1U << 18;
constexpr float kLeastRange = 1000;

/// Which operand can stand for the value of instruction i.
std::vector<std::size_t> substitutes(const ir::Program& program, std::size_t i) {
  const ir::Instruction& step = program.code[i];
  switch (step.op) {
    case Op::Select:
      return {1, 2};
    case Op::SelectRare:
      return {2};
    case Op::Min:
    case Op::Max:
      return {0, 1};
    case Op::Copysign:
      return {0};
    default:
      return {};
  }
}

ir::Program without(const ir::Program& program, std::size_t i, std::size_t operand) {
  ir::Program shorter = program;
  ir::replace_uses(shorter, Operand::value(i), program.code[i].operands[operand], i + 1);
  return ir::canonical(shorter);
}

jit::Function compiled(const ir::Program& program) {
  jit::Compiler compiler;
  return compiler.compile(program,
                          {.level = jit::OptimisationLevel::Full, .embed_constants = true});
}

bool is_normal(float value) {
  const Binary32::Bits size = Binary32::magnitude(Binary32::bits(value));
  return size >= Binary32::kSmallestNormal && Binary32::is_finite(size);
}

/// A program's results, to find where shorter ones differ from them.
class Reference {
 public:
  explicit Reference(const ir::Program& program) : function_(compiled(program)) {
    for (std::uint32_t bits = Binary32::kSmallestNormal; bits < Binary32::kInfinity;
         bits += kStride) {
      for (const std::uint32_t sign : {0U, Binary32::kSign}) {
        sample_.push_back(Binary32::value(bits | sign));
      }
    }
    results_.resize(sample_.size());
    function_(sample_, results_);
  }

  /// Bits of the least size of a normal x, up to `limit`, at which `shorter` differs, the program's
  /// result being normal there; beyond `limit` where it does not. The least of the sample's where
  /// that is not above `least_range` already.
  std::uint32_t first_difference(const jit::Function& shorter, std::uint32_t limit,
                                 std::uint32_t least_range) const {
    std::vector<float> z(sample_.size());
    shorter(sample_, z);
    for (std::size_t k = 0; k < z.size(); ++k) {
      if (!differs(results_[k], z[k])) continue;
      const std::uint32_t size = Binary32::magnitude(Binary32::bits(sample_[k]));
      if (size <= least_range) return size;
      limit = std::min(limit, size);
      break;
    }
    return first_difference(shorter, limit);
  }

 private:
  static constexpr std::uint32_t kStride = 4093;

  static bool differs(float y, float z) {
    return is_normal(y) && Binary32::bits(y) != Binary32::bits(z);
  }

  std::uint32_t first_difference(const jit::Function& shorter, std::uint32_t limit) const {
    std::atomic<std::uint32_t> first = limit + 1;
    const std::uint32_t blocks = (limit - Binary32::kSmallestNormal) / kBlock + 1;
    parallel::for_each_index(std::uint32_t{0}, 2 * blocks, [&](std::uint32_t number) {
      const std::uint32_t sign = number % 2 == 0 ? 0 : Binary32::kSign;
      const std::uint32_t begin = Binary32::kSmallestNormal + number / 2 * kBlock;
      if (begin >= first) return;
      const std::uint32_t count = std::min(kBlock, limit - begin + 1);
      std::vector<float> x(count), y(count), z(count);
      for (std::uint32_t k = 0; k < count; ++k) x[k] = Binary32::value((begin + k) | sign);
      function_(x, y);
      shorter(x, z);
      for (std::uint32_t k = 0; k < count; ++k) {
        if (!differs(y[k], z[k])) continue;
        std::uint32_t known = first;
        while (begin + k < known && !first.compare_exchange_weak(known, begin + k)) {
        }
        return;
      }
    });
    return first;
  }

  jit::Function function_;
  std::vector<float> sample_, results_;
};

}  // namespace

std::optional<FastVariant> fast_variant(const ir::Program& program) {
  const ir::Program start = ir::canonical(program);
  const Reference reference(start);
  ir::Program best = start;
  std::uint32_t limit = Binary32::kLargest;
  const auto try_without = [&](std::size_t i) {
    for (const std::size_t operand : substitutes(best, i)) {
      ir::Program shorter = without(best, i, operand);
      if (shorter.code.size() >= best.code.size() || !shorter.result.is_value()) continue;
      // Only what is rare anyway may bound the range.
      const std::uint32_t least_range =
          best.code[i].op == Op::SelectRare ? Binary32::bits(kLeastRange) : limit;
      const std::uint32_t first = reference.first_difference(compiled(shorter), limit, least_range);
      if (first <= least_range) continue;
      limit = std::min(limit, first - 1);
      best = std::move(shorter);
      return;
    }
  };
  // From the end, since what goes takes instructions before it along, whose turn is still to come.
  for (std::size_t i = best.code.size(); i-- > 0;) {
    if (i < best.code.size()) try_without(i);
  }
  if (best.code.size() == start.code.size()) return std::nullopt;
  return FastVariant{std::move(best), Binary32::value(limit)};
}

}  // namespace ulpforge::evo

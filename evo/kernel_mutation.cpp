// The mutation operators of kernels, and how often each is applied.
#include "evo/kernel_mutation.h"

#include <cmath>
#include <utility>

#include "evo/kernel.h"
#include "evo/mutation.h"
#include "evo/shares.h"
#include "ir/uses.h"

namespace ulpforge::evo {
namespace {

using ir::Instruction;
using ir::Op;
using ir::Operand;
using ir::Program;
using ir::Type;

constexpr std::size_t kMaxRaw = 40;
/// A new term starts this small, so that the child computes what its parent did.
constexpr double kNearly = 1e-9;

class KernelMutator {
 public:
  KernelMutator(Program& kernel, const Program& donor, numbers::Random& random)
      : kernel_(kernel), donor_(donor), random_(random) {}

  bool apply_one() {
    using Operator = Share<bool (KernelMutator::*)()>;
    static constexpr Operator kOfEmpty[] = {
        {50, &KernelMutator::insert},
        {50, &KernelMutator::lengthen},
    };
    static constexpr Operator kOperators[] = {
        {24, &KernelMutator::lengthen},
        {14, &KernelMutator::insert},
        {16, &KernelMutator::remove},
        {10, &KernelMutator::rewire},
        {6, &KernelMutator::fuse},
        {5, &KernelMutator::split},
        {13, &KernelMutator::reassociate},
        {3, &KernelMutator::exchange_division},
        {5, &KernelMutator::change_constant},
        {4, &KernelMutator::graft},
    };
    static_assert(total(kOfEmpty) == 100 && total(kOperators) == 100);
    const double u = random_.uniform();
    const auto mutate = kernel_.code.empty() ? choose(kOfEmpty, u) : choose(kOperators, u);
    return (this->*mutate)();
  }

 private:
  static Instruction make(Op op, Operand a, Operand b = {}, Operand c = {}) {
    return {op, {a, b, c}, Type::F32, 0};
  }

  /// x or the value of an instruction before `position`.
  Operand random_value(std::size_t position) {
    const std::size_t k = random_.below(position + 2);
    return k < 2 ? Operand::input() : Operand::value(k - 2);
  }

  Operand new_constant(double value) { return kernel_.add_constant(value); }

  Operand insert_at(std::size_t position, const Instruction& step) {
    return ir::insert_instruction(kernel_, position, step);
  }

  /// One instruction of that operation, or nothing.
  std::optional<std::size_t> random_step(Op op) {
    std::vector<std::size_t> found;
    for (std::size_t t = 0; t < kernel_.code.size(); ++t) {
      if (kernel_.code[t].op == op) found.push_back(t);
    }
    if (found.empty()) return std::nullopt;
    return found[random_.below(found.size())];
  }

  /// A constant c that a step reads becomes c + c' v; without one, the result does.
  bool lengthen() {
    const std::vector<ir::Use> uses =
        ir::uses_if(kernel_, 0, [](Operand operand) { return operand.is_constant(); });
    const Operand small = new_constant(random_constant(0, Nearness::Nearly, kNearly, random_));
    if (uses.empty()) {
      const Operand old = kernel_.result;
      const std::size_t end = kernel_.code.size();
      kernel_.result = insert_at(end, make(Op::Fma, random_value(end), small, old));
      return true;
    }
    const auto [t, k] = uses[random_.below(uses.size())];
    const Operand constant = ir::operand_at(kernel_, {t, k});
    const Operand sum = insert_at(t, make(Op::Fma, random_value(t), small, constant));
    ir::operand_at(kernel_, {t + 1, k}) = sum;
    return true;
  }

  /// v becomes op(v, something), which often is close to v.
  bool insert() {
    const Operand v = random_value(kernel_.code.size());
    const std::size_t position = v.is_input() ? 0 : v.index + 1U;
    static constexpr Share<Instruction (KernelMutator::*)(Operand)> kSteps[] = {
        {30, &KernelMutator::plus_constant}, {25, &KernelMutator::times_constant},
        {10, &KernelMutator::times_value},   {10, &KernelMutator::plus_value},
        {17, &KernelMutator::plus_product},  {8, &KernelMutator::reciprocal},
    };
    static_assert(total(kSteps) == 100);
    const auto write = choose(kSteps, random_.uniform());
    const Operand value = insert_at(position, (this->*write)(v));
    // One reader, or all of them.
    if (random_.chance(0.5)) {
      ir::replace_uses(kernel_, v, value, position + 1);
    } else {
      const std::vector<ir::Use> uses = ir::uses_of(kernel_, v, position + 1);
      if (!uses.empty()) {
        ir::operand_at(kernel_, uses[random_.below(uses.size())]) = value;
      }
    }
    return true;
  }

  // Steps that read v, and what is known where it is.
  Instruction plus_constant(Operand v) { return make(Op::Add, constant_near(0), v); }
  Instruction times_constant(Operand v) { return make(Op::Mul, constant_near(1), v); }
  Instruction times_value(Operand v) { return make(Op::Mul, v, known_at(v)); }
  Instruction plus_value(Operand v) {
    const Operand w = known_at(v);
    return make(random_.chance(0.5) ? Op::Add : Op::Sub, v, w);
  }
  Instruction plus_product(Operand v) {
    const Operand c = constant_near(0);
    return make(Op::Fma, known_at(v), c, v);
  }
  Instruction reciprocal(Operand v) {
    return make(Op::Div, new_constant(random_constant(random_)), v);
  }
  Operand known_at(Operand v) { return random_value(v.is_input() ? 0 : v.index + 1U); }

  Operand constant_near(double neutral) {
    static constexpr Share<Nearness> kNearness[] = {
        {50, Nearness::Nearly}, {20, Nearness::About}, {30, Nearness::Anywhere}};
    static_assert(total(kNearness) == 100);
    const Nearness nearness = choose(kNearness, random_.uniform());
    return new_constant(random_constant(neutral, nearness, kNearly, random_));
  }

  bool remove() {
    const std::size_t t = random_.below(kernel_.code.size());
    const Instruction step = kernel_.code[t];
    const Operand kept = step.operands[random_.below(step.arity())];
    if (kept.is_constant()) {
      // A sum without its varying part is a constant, which its readers may hold.
      for (const ir::Use use : ir::uses_of(kernel_, Operand::value(t), t + 1)) {
        if (use.is_result(kernel_)) return false;
        if (kernel_.code[use.instruction].op == Op::Neg) return false;
      }
    }
    ir::replace_uses(kernel_, Operand::value(t), kept, t + 1);
    return true;
  }

  bool rewire() {
    const std::size_t t = random_.below(kernel_.code.size());
    Instruction& step = kernel_.code[t];
    const std::size_t k = random_.below(step.arity());
    const Operand value =
        random_.chance(0.3) && step.arity() > 1 ? constant_near(0) : random_value(t);
    kernel_.code[t].operands[k] = value;
    return true;
  }

  /// A sum that reads a product becomes an fma.
  bool fuse() {
    const auto t = random_step(Op::Add);
    if (!t) return false;
    Instruction& sum = kernel_.code[*t];
    for (std::size_t k = 0; k < 2; ++k) {
      const Operand operand = sum.operands[k];
      if (!operand.is_value() || kernel_.code[operand.index].op != Op::Mul) continue;
      const Instruction& product = kernel_.code[operand.index];
      sum = make(Op::Fma, product.operands[0], product.operands[1], sum.operands[1 - k]);
      return true;
    }
    return false;
  }

  bool split() {
    const auto t = random_step(Op::Fma);
    if (!t) return false;
    const Instruction step = kernel_.code[*t];
    const Operand product = insert_at(*t, make(Op::Mul, step.operands[0], step.operands[1]));
    kernel_.code[*t + 1] = make(Op::Add, product, step.operands[2]);
    return true;
  }

  /// fma(fma(q, w, c1), w, c0) = fma(q, w w, fma(c1, w, c0)): Horner's scheme to Estrin's, or back.
  bool reassociate() {
    const auto t = random_step(Op::Fma);
    if (!t) return false;
    const Instruction outer = kernel_.code[*t];
    for (std::size_t k = 0; k < 2; ++k) {
      const Operand inner_value = outer.operands[k];
      const Operand w = outer.operands[1 - k];
      if (!inner_value.is_value()) continue;
      const Instruction inner = kernel_.code[inner_value.index];
      if (inner.op == Op::Fma) {
        for (std::size_t j = 0; j < 2; ++j) {
          if (!(inner.operands[j] == w)) continue;
          return to_estrin(*t, inner.operands[1 - j], w, inner.operands[2], outer.operands[2]);
        }
      }
      if (inner.op == Op::Mul && inner.operands[0] == inner.operands[1] &&
          outer.operands[2].is_value()) {
        const Operand v = inner.operands[0];
        const Instruction low = kernel_.code[outer.operands[2].index];
        if (low.op != Op::Fma) continue;
        for (std::size_t j = 0; j < 2; ++j) {
          if (!(low.operands[j] == v)) continue;
          return to_horner(*t, w, v, low.operands[1 - j], low.operands[2]);
        }
      }
    }
    return false;
  }

  bool to_estrin(std::size_t t, Operand q, Operand w, Operand c1, Operand c0) {
    if (w.is_constant()) return false;
    const Operand square = insert_at(t, make(Op::Mul, w, w));
    const Operand low = insert_at(t + 1, make(Op::Fma, w, c1, c0));
    kernel_.code[t + 2] = make(Op::Fma, q, square, low);
    return true;
  }

  bool to_horner(std::size_t t, Operand q, Operand v, Operand c1, Operand c0) {
    const Operand high = insert_at(t, make(Op::Fma, q, v, c1));
    kernel_.code[t + 1] = make(Op::Fma, high, v, c0);
    return true;
  }

  /// a / b becomes a (1 / b), so that one reciprocal can serve several quotients; and back.
  bool exchange_division() {
    const auto t = random_step(Op::Div);
    if (!t) return false;
    const Instruction step = kernel_.code[*t];
    if (step.operands[0].is_constant()) {
      // c / b read by a product with a: a / b takes its place.
      for (const auto [i, k] : ir::uses_of(kernel_, Operand::value(*t), *t + 1)) {
        if (i == kernel_.code.size() || kernel_.code[i].op != Op::Mul) continue;
        Instruction& product = kernel_.code[i];
        if (product.operands[1 - k].is_constant()) continue;
        product = make(Op::Div, product.operands[1 - k], step.operands[1]);
        return true;
      }
      return false;
    }
    const Operand reciprocal = insert_at(*t, make(Op::Div, new_constant(1), step.operands[1]));
    kernel_.code[*t + 1] = make(Op::Mul, step.operands[0], reciprocal);
    return true;
  }

  bool change_constant() {
    if (kernel_.constants.empty()) return false;
    numbers::DoubleDouble& constant = kernel_.constants[random_.below(kernel_.constants.size())];
    if (random_.chance(0.5)) {
      constant = constant.hi * std::exp(0.3 * random_.normal());
    } else {
      constant = random_constant(random_);
    }
    return true;
  }

  /// The donor stands in front; a random operand reads one of its values.
  bool graft() {
    if (donor_.code.empty()) return false;
    const std::size_t taken = random_.below(donor_.code.size()) + 1;
    const std::size_t offset = kernel_.constants.size();
    kernel_.constants.insert(kernel_.constants.end(), donor_.constants.begin(),
                             donor_.constants.end());
    for (std::size_t t = 0; t < taken; ++t) {
      Instruction step = donor_.code[t];
      for (Operand& operand : step.operands) {
        if (operand.is_constant()) operand = Operand::constant(offset + operand.index);
      }
      insert_at(t, step);
    }
    const std::size_t reader = taken + random_.below(kernel_.code.size() - taken + 1);
    const Operand value = Operand::value(taken - 1);
    if (reader == kernel_.code.size()) {
      kernel_.result = value;
    } else {
      Instruction& step = kernel_.code[reader];
      step.operands[random_.below(step.arity())] = value;
    }
    return true;
  }

  Program& kernel_;
  const Program& donor_;
  numbers::Random& random_;
};

}  // namespace

bool mutate_kernel(Program& kernel, const Program& donor, numbers::Random& random) {
  constexpr int kMost = 3;
  constexpr double kAgain = 0.35;
  int changes = 0;
  do {
    KernelMutator mutator(kernel, donor, random);
    if (!mutator.apply_one() || kernel.code.size() > kMaxRaw) return false;
    ++changes;
  } while (changes < kMost && random.chance(kAgain));
  if (kernel.result.is_constant()) return false;
  kernel = tidy(kernel);
  return true;
}

}  // namespace ulpforge::evo

// The mutation operators of kernels.
#include "evo/kernel_mutation.h"

#include <cmath>
#include <utility>

#include "evo/kernel.h"
#include "evo/mutation.h"

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
  KernelMutator(Program& kernel, numbers::Random& random) : kernel_(kernel), random_(random) {}

  bool apply_one(const Program& donor) {
    const double u = random_.uniform();
    if (kernel_.code.empty()) return u < 0.5 ? insert() : lengthen();
    if (u < 0.24) return lengthen();
    if (u < 0.38) return insert();
    if (u < 0.54) return remove();
    if (u < 0.64) return rewire();
    if (u < 0.70) return fuse();
    if (u < 0.75) return split();
    if (u < 0.88) return reassociate();
    if (u < 0.91) return exchange_division();
    if (u < 0.96) return change_constant();
    return graft(donor);
  }

 private:
  static Instruction make(Op op, Operand a, Operand b = {}, Operand c = {}) {
    return {op, {a, b, c}, Type::F32, 0};
  }

  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(random_.below(static_cast<int>(n)));
  }

  /// x or the value of an instruction before `position`.
  Operand random_value(std::size_t position) {
    const std::size_t k = below(position + 2);
    return k < 2 ? Operand::input() : Operand::value(k - 2);
  }

  Operand new_constant(double value) { return kernel_.add_constant(value); }

  /// Makes room at `position`; later values move up by one.
  Operand insert_at(std::size_t position, Instruction step) {
    const auto shift = [&](Operand& operand) {
      if (operand.is_value() && operand.index >= position) ++operand.index;
    };
    for (std::size_t t = position; t < kernel_.code.size(); ++t) {
      for (Operand& operand : kernel_.code[t].operands) shift(operand);
    }
    shift(kernel_.result);
    kernel_.code.insert(kernel_.code.begin() + static_cast<std::ptrdiff_t>(position), step);
    return Operand::value(position);
  }

  void replace_reads(Operand old, Operand value, std::size_t first) {
    for (std::size_t t = first; t < kernel_.code.size(); ++t) {
      for (Operand& operand : kernel_.code[t].operands) {
        if (operand == old) operand = value;
      }
    }
    if (kernel_.result == old) kernel_.result = value;
  }

  /// One instruction of that operation, or nothing.
  std::optional<std::size_t> random_step(Op op) {
    std::vector<std::size_t> found;
    for (std::size_t t = 0; t < kernel_.code.size(); ++t) {
      if (kernel_.code[t].op == op) found.push_back(t);
    }
    if (found.empty()) return std::nullopt;
    return found[below(found.size())];
  }

  /// A constant c that a step reads becomes c + c' v; without one, the result does.
  bool lengthen() {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (std::size_t t = 0; t < kernel_.code.size(); ++t) {
      for (std::size_t k = 0; k < kernel_.code[t].arity(); ++k) {
        if (kernel_.code[t].operands[k].is_constant()) places.emplace_back(t, k);
      }
    }
    const Operand small = new_constant(kNearly * (1 + random_.uniform()));
    if (places.empty()) {
      const Operand old = kernel_.result;
      const std::size_t end = kernel_.code.size();
      kernel_.result = insert_at(end, make(Op::Fma, random_value(end), small, old));
      return true;
    }
    const auto [t, k] = places[below(places.size())];
    const Operand constant = kernel_.code[t].operands[k];
    const Operand sum = insert_at(t, make(Op::Fma, random_value(t), small, constant));
    kernel_.code[t + 1].operands[k] = sum;
    return true;
  }

  /// v becomes op(v, something), which often is close to v.
  bool insert() {
    const Operand v = random_value(kernel_.code.size());
    const std::size_t position = v.is_input() ? 0 : v.index + 1U;
    const double u = random_.uniform();
    Instruction step;
    if (u < 0.3) {
      step = make(Op::Add, constant_near(0), v);
    } else if (u < 0.55) {
      step = make(Op::Mul, constant_near(1), v);
    } else if (u < 0.65) {
      step = make(Op::Mul, v, random_value(position));
    } else if (u < 0.75) {
      step = make(random_.chance(0.5) ? Op::Add : Op::Sub, v, random_value(position));
    } else if (u < 0.92) {
      step = make(Op::Fma, random_value(position), constant_near(0), v);
    } else {
      step = make(Op::Div, new_constant(random_constant(random_)), v);
    }
    const Operand value = insert_at(position, step);
    // One reader, or all of them.
    if (random_.chance(0.5)) {
      replace_reads(v, value, position + 1);
    } else {
      replace_one_read(v, value, position + 1);
    }
    return true;
  }

  void replace_one_read(Operand old, Operand value, std::size_t first) {
    std::vector<Operand*> readers;
    for (std::size_t t = first; t < kernel_.code.size(); ++t) {
      for (std::size_t k = 0; k < kernel_.code[t].arity(); ++k) {
        if (kernel_.code[t].operands[k] == old) readers.push_back(&kernel_.code[t].operands[k]);
      }
    }
    if (kernel_.result == old) readers.push_back(&kernel_.result);
    if (!readers.empty()) *readers[below(readers.size())] = value;
  }

  Operand constant_near(double neutral) {
    const double u = random_.uniform();
    if (u < 0.5) return new_constant(neutral + kNearly * (1 + random_.uniform()));
    if (u < 0.7) return new_constant(neutral + 1e-2 * random_.normal());
    return new_constant(random_constant(random_));
  }

  bool remove() {
    const std::size_t t = below(kernel_.code.size());
    const Instruction step = kernel_.code[t];
    const Operand kept = step.operands[below(step.arity())];
    if (kept.is_constant()) {
      // A sum without its varying part is a constant, which its readers may hold.
      for (const Instruction& reader : kernel_.code) {
        if (reader.op == Op::Neg && reader.operands[0] == Operand::value(t)) return false;
      }
      if (kernel_.result == Operand::value(t)) return false;
    }
    replace_reads(Operand::value(t), kept, t + 1);
    return true;
  }

  bool rewire() {
    const std::size_t t = below(kernel_.code.size());
    Instruction& step = kernel_.code[t];
    const std::size_t k = below(step.arity());
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
      for (std::size_t i = *t + 1; i < kernel_.code.size(); ++i) {
        Instruction& product = kernel_.code[i];
        if (product.op != Op::Mul) continue;
        const std::size_t k = product.operands[0] == Operand::value(*t) ? 0 : 1;
        if (!(product.operands[k] == Operand::value(*t)) || product.operands[1 - k].is_constant()) {
          continue;
        }
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
    numbers::DoubleDouble& constant = kernel_.constants[below(kernel_.constants.size())];
    const double u = random_.uniform();
    if (u < 0.5) {
      constant = constant.hi * std::exp(0.3 * random_.normal());
    } else {
      constant = random_constant(random_);
    }
    return true;
  }

  /// The donor stands in front; a random operand reads one of its values.
  bool graft(const Program& donor) {
    if (donor.code.empty()) return false;
    const std::size_t taken = below(donor.code.size()) + 1;
    const std::size_t offset = kernel_.constants.size();
    kernel_.constants.insert(kernel_.constants.end(), donor.constants.begin(),
                             donor.constants.end());
    for (std::size_t t = 0; t < taken; ++t) {
      Instruction step = donor.code[t];
      for (Operand& operand : step.operands) {
        if (operand.is_constant()) operand = Operand::constant(offset + operand.index);
      }
      insert_at(t, step);
    }
    const std::size_t reader = taken + below(kernel_.code.size() - taken + 1);
    const Operand value = Operand::value(taken - 1);
    if (reader == kernel_.code.size()) {
      kernel_.result = value;
    } else {
      Instruction& step = kernel_.code[reader];
      step.operands[below(step.arity())] = value;
    }
    return true;
  }

  Program& kernel_;
  numbers::Random& random_;
};

}  // namespace

bool mutate_kernel(Program& kernel, const Program& donor, numbers::Random& random) {
  constexpr int kMost = 3;
  constexpr double kAgain = 0.35;
  int changes = 0;
  do {
    KernelMutator mutator(kernel, random);
    if (!mutator.apply_one(donor) || kernel.code.size() > kMaxRaw) return false;
    ++changes;
  } while (changes < kMost && random.chance(kAgain));
  if (kernel.result.is_constant()) return false;
  kernel = tidy(kernel);
  return true;
}

}  // namespace ulpforge::evo

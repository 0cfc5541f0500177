// The mutation operators.
#include "evo/mutation.h"

#include <cmath>
#include <utility>

namespace ulpforge::evo {
namespace {

using ir::Instruction;
using ir::Op;
using ir::Operand;
using ir::Program;

/// Longest raw program: room for a few operations that simplification takes away again.
constexpr std::size_t kMaxRaw = 48;

/// One place where a value is read: an operand of an instruction, or the result.
struct Edge {
  std::size_t instruction;  ///< program.code.size() for the result
  std::size_t side;
};

class Mutator {
 public:
  Mutator(Program& program, std::span<const Op> operations, numbers::Random& random)
      : program_(program), operations_(operations), random_(random) {}

  bool apply_one(const Program& donor, bool crossover) {
    const double u = random_.uniform();
    if (program_.code.empty() || u < 0.29) return insert();
    if (u < 0.37) return nest();
    if (u < 0.44) return add_term();
    if (u < 0.64) return remove();
    if (u < 0.76) return rewire();
    if (u < 0.85) return change_operation();
    if (u < 0.90) return exchange_operands();
    return crossover ? graft(donor) : insert();
  }

  bool insert_one() { return insert(); }

 private:
  Op random_operation() { return operations_[random_.below(static_cast<int>(operations_.size()))]; }

  Instruction& random_instruction() {
    return program_.code[random_.below(static_cast<int>(program_.code.size()))];
  }

  /// A value, x or a new constant that instruction `position` may read; `neutral` is the constant
  /// that would make its operation the identity.
  Operand random_operand(std::size_t position, double neutral) {
    const double u = random_.uniform();
    if (u < 0.4) return new_constant(neutral);
    if (u < 0.6 || position == 0) return Operand::input();
    return Operand::value(random_.below(static_cast<int>(position)));
  }

  Operand new_constant(double neutral) {
    // Exactly neutral would be simplified away; this close, the parent's function survives.
    constexpr double kNearly = 1e-12;
    constexpr double kAbout = 1e-2;
    const double u = random_.uniform();
    if (u < 0.4) return program_.add_constant(neutral + kNearly * (1 + random_.uniform()));
    if (u < 0.55) return program_.add_constant(neutral + kAbout * random_.normal());
    return program_.add_constant(random_constant(random_));
  }

  static double neutral_of(Op op) { return op == Op::Mul || op == Op::Div ? 1 : 0; }

  /// Makes room at `position`; later values move up by one.
  void insert_instruction(std::size_t position, const Instruction& instruction) {
    const auto shift = [&](Operand& operand) {
      if (operand.is_value() && operand.index >= position) ++operand.index;
    };
    for (std::size_t t = position; t < program_.code.size(); ++t) {
      for (Operand& operand : program_.code[t].operands) shift(operand);
    }
    shift(program_.result);
    program_.code.insert(program_.code.begin() + static_cast<std::ptrdiff_t>(position),
                         instruction);
  }

  Operand& at(Edge edge) {
    return edge.instruction == program_.code.size()
               ? program_.result
               : program_.code[edge.instruction].operands[edge.side];
  }

  Edge random_edge() {
    std::size_t edges = 1;
    for (const Instruction& instruction : program_.code) edges += instruction.arity();
    auto chosen = static_cast<std::size_t>(random_.below(static_cast<int>(edges)));
    for (std::size_t t = 0; t < program_.code.size(); ++t) {
      const std::size_t arity = program_.code[t].arity();
      if (chosen < arity) return {t, chosen};
      chosen -= arity;
    }
    return {program_.code.size(), 0};
  }

  /// An instruction over random operands, none of its operands only constants.
  Instruction random_instruction_at(std::size_t position) {
    Instruction instruction{random_operation(), {}};
    const std::size_t arity = instruction.arity();
    bool varies = false;
    for (std::size_t k = 0; k < arity; ++k) {
      instruction.operands[k] = random_operand(position, neutral_of(instruction.op));
      varies = varies || !instruction.operands[k].is_constant();
    }
    if (!varies) instruction.operands[0] = random_value(position);
    return instruction;
  }

  Operand random_value(std::size_t position) {
    const int k = random_.below(static_cast<int>(position) + 1);
    return k == 0 ? Operand::input() : Operand::value(static_cast<std::size_t>(k - 1));
  }

  bool insert() {
    const Edge edge = random_edge();
    const Operand old = at(edge);
    std::size_t position = edge.instruction;
    if (old.is_constant()) {
      const Instruction instruction = random_instruction_at(position);
      insert_instruction(position, instruction);
      at({edge.instruction + 1, edge.side}) = Operand::value(position);
      return true;
    }
    // The other operand: a leaf, or a chain of up to three new instructions.
    int nested = 0;
    while (nested < 3 && random_.chance(0.3)) ++nested;
    const Op op = random_operation();
    Operand other;
    if (nested == 0) {
      other = random_operand(position, neutral_of(op));
    } else {
      for (int k = 0; k < nested; ++k) {
        Instruction instruction = random_instruction_at(position);
        if (k > 0)
          instruction.operands[instruction.arity() > 1 && random_.chance(0.5) ? 1 : 0] = other;
        insert_instruction(position, instruction);
        other = Operand::value(position++);
      }
    }
    Instruction instruction{op, {old, other, {}}};
    if (!random_.chance(0.6)) std::swap(instruction.operands[0], instruction.operands[1]);
    if (instruction.arity() == 1) instruction.operands[0] = old;
    insert_instruction(position, instruction);
    const Operand value = Operand::value(position);
    const bool everywhere = !old.is_input() && random_.chance(0.5);
    if (everywhere) {
      replace_reads(old, value, position + 1);
    } else {
      at({edge.instruction + static_cast<std::size_t>(nested) + 1, edge.side}) = value;
    }
    return true;
  }

  /// Every read of `old` from instruction `first` on becomes a read of `value`.
  void replace_reads(Operand old, Operand value, std::size_t first) {
    for (std::size_t t = first; t < program_.code.size(); ++t) {
      for (Operand& operand : program_.code[t].operands) {
        if (operand == old) operand = value;
      }
    }
    if (program_.result == old) program_.result = value;
  }

  /// A factor for a new term: often so small that the sum it enters does not change yet.
  Operand new_coefficient() {
    constexpr double kNearly = 1e-12;
    return program_.add_constant(random_.chance(0.5) ? kNearly * (1 + random_.uniform())
                                                     : random_constant(random_));
  }

  /// Inserts op(a, b), or op(b, a) half of the time where `either` says so; returns its value.
  Operand insert_binary(std::size_t position, Op op, Operand a, Operand b, bool either) {
    Instruction instruction{op, {a, b, {}}};
    if (either && random_.chance(0.5)) std::swap(instruction.operands[0], instruction.operands[1]);
    if (instruction.arity() == 1) instruction.operands[0] = a.is_constant() ? b : a;
    insert_instruction(position, instruction);
    return Operand::value(position);
  }

  /// Puts v op (c op' v) in the place of a value v wherever it is read: one more level of a
  /// continued fraction, of Horner's scheme, of an iteration.
  bool nest() {
    const Operand v = random_value(program_.code.size());
    const std::size_t position = v.is_input() ? 0 : v.index + 1U;
    const Operand inner = insert_binary(position, random_operation(), new_coefficient(), v, false);
    const Operand outer = insert_binary(position + 1, random_operation(), v, inner, true);
    replace_reads(v, outer, position + 2);
    return true;
  }

  /// Puts v op (c op' (w op'' d)) in the place of one read of v, w any value: one more term of a
  /// sum, of a continued fraction in w.
  bool add_term() {
    const Edge edge = random_edge();
    const Operand v = at(edge);
    if (v.is_constant()) return false;
    const std::size_t position = edge.instruction;
    const Operand w = random_value(position);
    const Operand d = program_.add_constant(random_constant(random_));
    const Operand shifted = insert_binary(position, random_operation(), w, d, false);
    const Operand term =
        insert_binary(position + 1, random_operation(), new_coefficient(), shifted, false);
    const Operand sum = insert_binary(position + 2, random_operation(), v, term, true);
    at({edge.instruction + 3, edge.side}) = sum;
    return true;
  }

  /// Readers of an instruction read one of its operands instead.
  bool remove() {
    const auto t = static_cast<std::size_t>(random_.below(static_cast<int>(program_.code.size())));
    const Instruction& instruction = program_.code[t];
    Operand kept = instruction.operands[0];
    if (instruction.arity() == 2) {
      const Operand other = instruction.operands[1];
      if (kept.is_constant() || (!other.is_constant() && random_.chance(0.5))) kept = other;
    }
    replace_reads(Operand::value(t), kept, t + 1);
    return true;
  }

  bool rewire() {
    const auto t = static_cast<std::size_t>(random_.below(static_cast<int>(program_.code.size())));
    Instruction& instruction = program_.code[t];
    const auto side =
        static_cast<std::size_t>(random_.below(static_cast<int>(instruction.arity())));
    const Operand operand = random_operand(t, neutral_of(instruction.op));
    program_.code[t].operands[side] = operand;
    return true;
  }

  bool change_operation() {
    Instruction& instruction = random_instruction();
    const Op op = random_operation();
    if (ir::info(op).arity != instruction.arity()) return false;
    instruction.op = op;
    return true;
  }

  bool exchange_operands() {
    Instruction& instruction = random_instruction();
    if (instruction.arity() != 2) return false;
    std::swap(instruction.operands[0], instruction.operands[1]);
    return true;
  }

  /// Puts a subexpression of the donor in front and lets a random operand read it.
  bool graft(const Program& donor) {
    if (donor.code.empty()) return false;
    const auto root = static_cast<std::size_t>(random_.below(static_cast<int>(donor.code.size())));
    std::vector<bool> needed(root + 1, false);
    needed[root] = true;
    for (std::size_t t = root + 1; t-- > 0;) {
      if (!needed[t]) continue;
      for (std::size_t k = 0; k < donor.code[t].arity(); ++k) {
        const Operand operand = donor.code[t].operands[k];
        if (operand.is_value()) needed[operand.index] = true;
      }
    }
    std::vector<std::size_t> place(root + 1, 0);
    std::size_t grafted = 0;
    for (std::size_t t = 0; t <= root; ++t) {
      if (!needed[t]) continue;
      Instruction copy = donor.code[t];
      for (std::size_t k = 0; k < copy.arity(); ++k) {
        Operand& operand = copy.operands[k];
        if (operand.is_value())
          operand = Operand::value(place[operand.index]);
        else if (operand.is_constant())
          operand = program_.add_constant(donor.constants[operand.index]);
      }
      insert_instruction(grafted, copy);
      place[t] = grafted++;
    }
    const auto reader =
        grafted +
        static_cast<std::size_t>(random_.below(static_cast<int>(program_.code.size() - grafted)));
    Instruction& instruction = program_.code[reader];
    const auto side =
        static_cast<std::size_t>(random_.below(static_cast<int>(instruction.arity())));
    instruction.operands[side] = Operand::value(grafted - 1);
    return true;
  }

  Program& program_;
  std::span<const Op> operations_;
  numbers::Random& random_;
};

}  // namespace

double random_constant(numbers::Random& random) {
  constexpr double kSpread[3] = {0.7, 1.5, 3.0};
  const double magnitude = std::exp(kSpread[random.below(3)] * random.normal());
  return random.chance(0.5) ? -magnitude : magnitude;
}

bool mutate(Program& program, const Program& donor, std::span<const Op> operations,
            numbers::Random& random, bool crossover) {
  constexpr int kMost = 4;
  constexpr double kAgain = 0.35;
  Mutator mutator(program, operations, random);
  int changes = 0;
  do {
    if (!mutator.apply_one(donor, crossover) || program.code.size() > kMaxRaw) return false;
    ++changes;
  } while (changes < kMost && random.chance(kAgain));
  return true;
}

Program random_program(int operations, std::span<const Op> choice, numbers::Random& random) {
  Program program;
  Mutator mutator(program, choice, random);
  for (int k = 0; k < operations && mutator.insert_one(); ++k) {
  }
  return program;
}

}  // namespace ulpforge::evo

// The mutation operators, and how often each is applied.
#include "evo/mutation.h"

#include <cmath>
#include <utility>

#include "evo/continued_fraction.h"
#include "evo/shares.h"
#include "ir/uses.h"

namespace ulpforge::evo {
namespace {

using ir::Instruction;
using ir::Op;
using ir::Operand;
using ir::Program;

/// Longest raw program: room for a few operations that simplification takes away again.
constexpr std::size_t kMaxRaw = 48;
/// Exactly neutral would be simplified away; this close, the parent's function survives.
constexpr double kNearly = 1e-12;

class Mutator {
 public:
  /// Without a donor an insertion takes the place of a graft.
  Mutator(Program& program, const Program* donor, std::span<const Op> operations,
          numbers::Random& random)
      : program_(program), donor_(donor), operations_(operations), random_(random) {}

  bool apply_one() {
    static constexpr Share<bool (Mutator::*)()> kOperators[] = {
        {28, &Mutator::insert},           {8, &Mutator::nest},    {7, &Mutator::add_term},
        {20, &Mutator::remove},           {12, &Mutator::rewire}, {9, &Mutator::change_operation},
        {5, &Mutator::exchange_operands}, {10, &Mutator::graft},  {1, &Mutator::expand_quotient},
    };
    static_assert(total(kOperators) == 100);
    const auto mutate = choose(kOperators, random_.uniform());
    // There is nothing else to do to the empty program.
    return program_.code.empty() ? insert() : (this->*mutate)();
  }

  bool insert_one() { return insert(); }

 private:
  Op random_operation() { return operations_[random_.below(operations_.size())]; }

  std::size_t random_position() { return random_.below(program_.code.size()); }

  /// A value, x or a new constant that instruction `position` may read; `neutral` is the constant
  /// that would make its operation the identity.
  Operand random_operand(std::size_t position, double neutral) {
    enum class Kind { Constant, Input, Value };
    static constexpr Share<Kind> kKinds[] = {
        {40, Kind::Constant}, {20, Kind::Input}, {40, Kind::Value}};
    static_assert(total(kKinds) == 100);
    const Kind kind = choose(kKinds, random_.uniform());
    if (kind == Kind::Constant) return new_constant(neutral);
    if (kind == Kind::Input || position == 0) return Operand::input();
    return Operand::value(random_.below(position));
  }

  Operand new_constant(double neutral) {
    static constexpr Share<Nearness> kNearness[] = {
        {40, Nearness::Nearly}, {15, Nearness::About}, {45, Nearness::Anywhere}};
    static_assert(total(kNearness) == 100);
    const Nearness nearness = choose(kNearness, random_.uniform());
    return program_.add_constant(random_constant(neutral, nearness, kNearly, random_));
  }

  static double neutral_of(Op op) { return op == Op::Mul || op == Op::Div ? 1 : 0; }

  Operand insert_instruction(std::size_t position, const Instruction& instruction) {
    return ir::insert_instruction(program_, position, instruction);
  }

  Operand& at(ir::Use use) { return ir::operand_at(program_, use); }

  ir::Use random_use() {
    const std::vector<ir::Use> all = ir::uses_if(program_, 0, [](Operand) { return true; });
    return all[random_.below(all.size())];
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
    const std::size_t k = random_.below(position + 1);
    return k == 0 ? Operand::input() : Operand::value(k - 1);
  }

  bool insert() {
    const ir::Use use = random_use();
    const Operand old = at(use);
    std::size_t position = use.instruction;
    if (old.is_constant()) {
      const Operand value = insert_instruction(position, random_instruction_at(position));
      at({use.instruction + 1, use.side}) = value;
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
        other = insert_instruction(position++, instruction);
      }
    }
    Instruction instruction{op, {old, other, {}}};
    if (!random_.chance(0.6)) std::swap(instruction.operands[0], instruction.operands[1]);
    if (instruction.arity() == 1) instruction.operands[0] = old;
    const Operand value = insert_instruction(position, instruction);
    const bool everywhere = !old.is_input() && random_.chance(0.5);
    if (everywhere) {
      ir::replace_uses(program_, old, value, position + 1);
    } else {
      at({use.instruction + static_cast<std::size_t>(nested) + 1, use.side}) = value;
    }
    return true;
  }

  /// A factor for a new term: often so small that the sum it enters does not change yet.
  Operand new_coefficient() {
    return program_.add_constant(random_.chance(0.5) ? kNearly * (1 + random_.uniform())
                                                     : random_constant(random_));
  }

  /// Inserts op(a, b), or op(b, a) half of the time where `either` says so; returns its value.
  Operand insert_binary(std::size_t position, Op op, Operand a, Operand b, bool either) {
    Instruction instruction{op, {a, b, {}}};
    if (either && random_.chance(0.5)) std::swap(instruction.operands[0], instruction.operands[1]);
    if (instruction.arity() == 1) instruction.operands[0] = a.is_constant() ? b : a;
    return insert_instruction(position, instruction);
  }

  /// Puts v op (c op' v) in the place of a value v wherever it is read: one more level of a
  /// continued fraction, of Horner's scheme, of an iteration.
  bool nest() {
    const Operand v = random_value(program_.code.size());
    const std::size_t position = v.is_input() ? 0 : v.index + 1U;
    const Operand c = new_coefficient();
    const Operand inner = insert_binary(position, random_operation(), c, v, false);
    const Operand outer = insert_binary(position + 1, random_operation(), v, inner, true);
    ir::replace_uses(program_, v, outer, position + 2);
    return true;
  }

  /// Puts v op (c op' (w op'' d)) in the place of one read of v, w any value: one more term of a
  /// sum, of a continued fraction in w.
  bool add_term() {
    const ir::Use use = random_use();
    const Operand v = at(use);
    if (v.is_constant()) return false;
    const std::size_t position = use.instruction;
    const Operand w = random_value(position);
    const Operand d = program_.add_constant(random_constant(random_));
    const Operand shifted = insert_binary(position, random_operation(), w, d, false);
    const Operand c = new_coefficient();
    const Operand term = insert_binary(position + 1, random_operation(), c, shifted, false);
    const Operand sum = insert_binary(position + 2, random_operation(), v, term, true);
    at({use.instruction + 3, use.side}) = sum;
    return true;
  }

  /// Readers of an instruction read one of its operands instead.
  bool remove() {
    const std::size_t t = random_position();
    const Instruction& instruction = program_.code[t];
    Operand kept = instruction.operands[0];
    if (instruction.arity() == 2) {
      const Operand other = instruction.operands[1];
      if (kept.is_constant() || (!other.is_constant() && random_.chance(0.5))) kept = other;
    }
    ir::replace_uses(program_, Operand::value(t), kept, t + 1);
    return true;
  }

  bool rewire() {
    const std::size_t t = random_position();
    Instruction& instruction = program_.code[t];
    const std::size_t side = random_.below(instruction.arity());
    instruction.operands[side] = random_operand(t, neutral_of(instruction.op));
    return true;
  }

  bool change_operation() {
    Instruction& instruction = program_.code[random_position()];
    const Op op = random_operation();
    if (ir::info(op).arity != instruction.arity()) return false;
    instruction.op = op;
    return true;
  }

  bool exchange_operands() {
    Instruction& instruction = program_.code[random_position()];
    if (instruction.arity() != 2) return false;
    std::swap(instruction.operands[0], instruction.operands[1]);
    return true;
  }

  /// A quotient of polynomials becomes a continued fraction, constants computed.
  bool expand_quotient() {
    const std::size_t t = random_position();
    const std::vector<Operand> bases = quotient_bases(program_, t);
    if (bases.empty()) return false;
    const auto all = static_cast<int>(bases.size());
    return expand_as_continued_fraction(program_, t, bases[random_.below(all)]);
  }

  /// Puts a subexpression of the donor in front and lets a random operand read it.
  bool graft() {
    if (donor_ == nullptr) return insert();
    const Program& donor = *donor_;
    if (donor.code.empty()) return false;
    const std::size_t root = random_.below(donor.code.size());
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
    const std::size_t reader = grafted + random_.below(program_.code.size() - grafted);
    Instruction& instruction = program_.code[reader];
    instruction.operands[random_.below(instruction.arity())] = Operand::value(grafted - 1);
    return true;
  }

  Program& program_;
  const Program* donor_;
  std::span<const Op> operations_;
  numbers::Random& random_;
};

}  // namespace

double random_constant(numbers::Random& random) {
  constexpr double kSpread[3] = {0.7, 1.5, 3.0};
  const double spread = kSpread[random.below(3)];
  const double magnitude = std::exp(spread * random.normal());
  return random.chance(0.5) ? -magnitude : magnitude;
}

double random_constant(double neutral, Nearness nearness, double nearly, numbers::Random& random) {
  constexpr double kAbout = 1e-2;
  switch (nearness) {
    case Nearness::Nearly:
      return neutral + nearly * (1 + random.uniform());
    case Nearness::About:
      return neutral + kAbout * random.normal();
    case Nearness::Anywhere:
      break;
  }
  return random_constant(random);
}

bool mutate(Program& program, const Program& donor, std::span<const Op> operations,
            numbers::Random& random, bool crossover) {
  constexpr int kMost = 4;
  constexpr double kAgain = 0.35;
  Mutator mutator(program, crossover ? &donor : nullptr, operations, random);
  int changes = 0;
  do {
    if (!mutator.apply_one() || program.code.size() > kMaxRaw) return false;
    ++changes;
  } while (changes < kMost && random.chance(kAgain));
  return true;
}

Program random_program(int operations, std::span<const Op> choice, numbers::Random& random) {
  Program program;
  Mutator mutator(program, nullptr, choice, random);
  for (int k = 0; k < operations && mutator.insert_one(); ++k) {
  }
  return program;
}

}  // namespace ulpforge::evo

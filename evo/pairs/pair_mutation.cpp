// Operations in, out and exchanged; operands, constants, and pieces of another program.
#include "evo/pairs/pair_mutation.h"

#include <algorithm>

#include "evo/pairs/pair_lanes.h"
#include "evo/pairs/pair_program.h"

namespace ulpforge::evo::pairs {
namespace {

using ir::Instruction;
using ir::Op;
using ir::Operand;
using ir::Program;
using ir::Type;
using numbers::Random;

std::int32_t constant_of(const Program& program, Operand operand) {
  return static_cast<std::int32_t>(ir::integer_value(program.constants[operand.index]));
}

bool is_shift(Op op) {
  return op == Op::ShiftLeft || op == Op::ShiftRight || op == Op::ShiftRightLogical;
}

/// A program that is being changed.
class Changer {
 public:
  Changer(Program program, const PairMaterial& material, Random& random)
      : program_(std::move(program)), material_(material), random_(random) {}

  Program take() { return std::move(program_); }

  void change(const Program& other) {
    const std::size_t count = program_.code.size();
    if (count == 0 || random_.chance(0.22)) return insert();
    switch (random_.below(8)) {
      case 0:
      case 1:
        return change_constant();
      case 2:
      case 3:
        return change_operand();
      case 4:
        return change_operation();
      case 5:
        return remove();
      case 6:
        return graft(other);
      default:
        return exchange_operands();
    }
  }

 private:
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[random_.below(from.size())];
  }

  std::int32_t new_constant() {
    const double what = random_.uniform();
    if (what < 0.5) return pick(material_.constants);
    if (what < 0.75) return static_cast<std::int32_t>(random_.below(8));
    return static_cast<std::int32_t>(random_.below(std::uint32_t{1} << material_.bits));
  }
  Operand constant(std::int32_t value) {
    return program_.add_constant(ir::integer_constant(value));
  }

  /// An operand of that type for an instruction in place `at`.
  Operand operand(Type type, std::size_t at) {
    if (type == Type::Bool) {
      std::vector<Operand> known;
      for (std::size_t i = 0; i < at; ++i) {
        if (pair_type(program_, Operand::value(i)) == Type::Bool)
          known.push_back(Operand::value(i));
      }
      // insert_instruction() sees to it that there is one.
      return pick(known);
    }
    if (at > 0 && random_.chance(0.5)) {
      const Operand value = Operand::value(random_.below(at));
      if (pair_type(program_, value) == Type::I32) return value;
    }
    return random_.chance(0.5) ? Operand::input(random_.below(2U)) : constant(new_constant());
  }

  /// Makes room for an instruction in place `at`, which has still to be filled.
  void make_room(std::size_t at) {
    const auto move = [&](Operand& operand) {
      if (operand.is_value() && operand.index >= at) ++operand.index;
    };
    for (Instruction& step : program_.code) std::ranges::for_each(step.operands, move);
    move(program_.result);
    program_.code.insert(program_.code.begin() + static_cast<std::ptrdiff_t>(at), Instruction{});
  }

  bool has_truth_before(std::size_t at) const {
    for (std::size_t i = 0; i < at; ++i) {
      if (pair_type(program_, Operand::value(i)) == Type::Bool) return true;
    }
    return false;
  }

  /// An instruction at random in place `at`, which reads `kept` where it can.
  Instruction instruction(Op op, std::size_t at, Operand kept) {
    Instruction step;
    step.op = op;
    step.type = Type::I32;
    const ir::OpInfo& row = ir::info(op);
    std::vector<std::size_t> sides;
    for (std::size_t k = 0; k < row.arity; ++k) {
      // Minima are over floats in the table.
      const Type type = ir::operand_type(row, Type::I32, k);
      step.operands[k] = operand(type, at);
      if (type == pair_type(program_, kept)) sides.push_back(k);
    }
    if (!sides.empty()) step.operands[pick(sides)] = kept;
    if (is_shift(op)) {
      step.operands[1] = constant(static_cast<std::int32_t>(1 + random_.below(material_.bits - 1)));
    }
    if (op == Op::Ternary) step.immediate = static_cast<std::uint8_t>(random_.below(256));
    return step;
  }

  /// A new instruction, whose value one reader of another value, or of an input or constant, takes.
  void insert() {
    const std::size_t count = program_.code.size();
    const std::size_t reader = random_.below(count + 1);
    const std::size_t side = reader == count ? 0 : random_.below(program_.code[reader].arity());
    const Operand kept = reader == count ? program_.result : program_.code[reader].operands[side];
    const Type wanted = pair_type(program_, kept);
    Op op = pick(material_.operations);
    for (int attempt = 0; attempt < 20; ++attempt) {
      const bool needs_truth = op == Op::Select;
      const bool fits = ir::result_type(ir::info(op), Type::I32) == wanted;
      if (fits && (!needs_truth || has_truth_before(reader))) break;
      if (fits && needs_truth) {
        insert_choice(reader, side, kept);
        return;
      }
      op = pick(material_.operations);
    }
    if (ir::result_type(ir::info(op), Type::I32) != wanted || wanted == Type::Bool) return;
    place(instruction(op, reader, kept), reader, side);
  }

  /// Puts an instruction before place `reader`, one of whose operands it becomes.
  void place(Instruction step, std::size_t reader, std::size_t side) {
    make_room(reader);
    program_.code[reader] = step;
    const Operand made = Operand::value(reader);
    if (reader + 1 == program_.code.size()) {
      program_.result = made;
    } else {
      program_.code[reader + 1].operands[side] = made;
    }
  }

  /// A comparison and a choice by it.
  void insert_choice(std::size_t reader, std::size_t side, Operand kept) {
    std::vector<Op> comparisons;
    for (const Op op : material_.operations) {
      if (ir::result_type(ir::info(op), Type::I32) == Type::Bool) comparisons.push_back(op);
    }
    if (comparisons.empty()) return;
    Instruction choice;
    choice.op = Op::Select;
    choice.type = Type::I32;
    const Operand about = random_.chance(0.5) ? kept : operand(Type::I32, reader);
    const Instruction condition = instruction(pick(comparisons), reader, about);
    const bool first = random_.chance(0.5);
    choice.operands[first ? 1 : 2] = kept;
    choice.operands[first ? 2 : 1] = operand(Type::I32, reader);
    make_room(reader);
    program_.code[reader] = condition;
    choice.operands[0] = Operand::value(reader);
    // The reader stands one place further on now.
    place(choice, reader + 1, side);
  }

  /// The places of operands of I32.
  struct Place {
    std::size_t instruction, side;
  };
  template <class Property>
  std::vector<Place> places(Property property) const {
    std::vector<Place> found;
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      for (std::size_t k = 0; k < program_.code[i].arity(); ++k) {
        if (property(program_.code[i].operands[k])) found.push_back({i, k});
      }
    }
    return found;
  }

  void change_constant() {
    const auto all = places([](Operand operand) { return operand.is_constant(); });
    if (all.empty()) return insert();
    const Place place = pick(all);
    Instruction& step = program_.code[place.instruction];
    const std::int32_t now = constant_of(program_, step.operands[place.side]);
    std::int32_t next = now;
    switch (random_.below(5)) {
      case 0:
        next = now + (random_.chance(0.5) ? 1 : -1);
        break;
      case 1:
        next = now + static_cast<std::int32_t>(random_.below(17)) - 8;
        break;
      case 2:
        next = now ^ (1 << random_.below(material_.bits + 1));
        break;
      case 3:
        next = random_.chance(0.5) ? now * 2 : now / 2;
        break;
      default:
        next = new_constant();
    }
    if (is_shift(step.op) && place.side == 1) next &= 31;
    step.operands[place.side] = constant(next);
  }

  void change_operand() {
    const auto all =
        places([&](Operand operand) { return pair_type(program_, operand) == Type::I32; });
    if (all.empty() || random_.chance(0.05)) {
      program_.result = operand(Type::I32, program_.code.size());
      return;
    }
    const Place place = pick(all);
    Instruction& step = program_.code[place.instruction];
    if (is_shift(step.op) && place.side == 1) return change_constant();
    const Operand made = operand(Type::I32, place.instruction);
    program_.code[place.instruction].operands[place.side] = made;
  }

  /// Another operation over the same operands.
  void change_operation() {
    const std::size_t i = random_.below(program_.code.size());
    Instruction& step = program_.code[i];
    const ir::OpInfo& row = ir::info(step.op);
    std::vector<Op> like;
    for (const Op op : material_.operations) {
      const ir::OpInfo& other = ir::info(op);
      bool fits = other.arity == row.arity && op != step.op && is_shift(op) == is_shift(step.op) &&
                  ir::result_type(other, Type::I32) == ir::result_type(row, Type::I32);
      for (std::size_t k = 0; k < row.arity; ++k) {
        fits = fits && ir::operand_type(other, Type::I32, k) == ir::operand_type(row, Type::I32, k);
      }
      if (fits) like.push_back(op);
    }
    if (like.empty()) return change_operand();
    step.op = pick(like);
  }

  /// One instruction less: its readers read one of its operands.
  void remove() {
    const std::size_t i = random_.below(program_.code.size());
    const Type type = pair_type(program_, Operand::value(i));
    std::vector<Operand> fit;
    for (std::size_t k = 0; k < program_.code[i].arity(); ++k) {
      const Operand operand = program_.code[i].operands[k];
      if (pair_type(program_, operand) == type) fit.push_back(operand);
    }
    if (fit.empty()) return;
    replace(Operand::value(i), pick(fit));
  }

  void replace(Operand from, Operand to) {
    for (Instruction& step : program_.code) {
      for (std::size_t k = 0; k < step.arity(); ++k) {
        if (step.operands[k] == from) step.operands[k] = to;
      }
    }
    if (program_.result == from) program_.result = to;
  }

  void exchange_operands() {
    Instruction& step = program_.code[random_.below(program_.code.size())];
    const std::size_t arity = step.arity();
    if (arity < 2 || is_shift(step.op)) return change_operation();
    std::swap(step.operands[arity - 2], step.operands[arity - 1]);
  }

  /// A value of the other program, with what it needs, in the place of an operand.
  void graft(const Program& other) {
    if (other.code.empty()) return change_operand();
    const std::size_t root = random_.below(other.code.size());
    const Type type = pair_type(other, Operand::value(root));
    const auto all = places([&](Operand operand) { return pair_type(program_, operand) == type; });
    const bool to_result = type == Type::I32 && (all.empty() || random_.chance(0.1));
    if (!to_result && all.empty()) return;
    const Place place = to_result ? Place{program_.code.size(), 0} : pick(all);
    std::vector<Operand> values(root + 1);
    std::vector<bool> needed(root + 1, false);
    needed[root] = true;
    for (std::size_t i = root + 1; i-- > 0;) {
      if (!needed[i]) continue;
      for (std::size_t k = 0; k < other.code[i].arity(); ++k) {
        const Operand operand = other.code[i].operands[k];
        if (operand.is_value()) needed[operand.index] = true;
      }
    }
    std::size_t at = place.instruction;
    for (std::size_t i = 0; i <= root; ++i) {
      if (!needed[i]) continue;
      Instruction step = other.code[i];
      for (std::size_t k = 0; k < step.arity(); ++k) {
        Operand& operand = step.operands[k];
        if (operand.is_value()) {
          operand = values[operand.index];
        } else if (operand.is_constant()) {
          operand = program_.add_constant(other.constants[operand.index]);
        }
      }
      make_room(at);
      program_.code[at] = step;
      values[i] = Operand::value(at++);
    }
    if (to_result) {
      program_.result = values[root];
    } else {
      program_.code[at].operands[place.side] = values[root];
    }
  }

  Program program_;
  const PairMaterial& material_;
  Random& random_;
};

}  // namespace

PairMaterial pair_material(const numbers::ShortFormat& format, std::vector<ir::Op> operations,
                           std::size_t max_operations) {
  PairMaterial material;
  material.operations = std::move(operations);
  material.max_operations = max_operations;
  material.bits = format.bits();
  const auto add = [&](std::uint32_t value) {
    material.constants.push_back(static_cast<std::int32_t>(value));
  };
  const std::uint32_t mantissa = (1U << format.mantissa_bits()) - 1;
  const std::uint32_t one = format.round(1.0);
  for (const std::uint32_t value :
       {0U, 1U, mantissa, mantissa + 1, mantissa >> 1, (mantissa >> 1) + 1, format.sign(),
        format.sign() - 1, (format.sign() - 1) ^ mantissa, format.inputs() - 1, one, one - 1,
        one + 1, format.round(2.0), format.round(0.5), format.largest(), format.largest() + 1,
        format.nan()}) {
    add(value);
  }
  for (int k = 0; k < format.bits(); ++k) {
    add(1U << k);
    // Next to 1, by what a correction may be.
    if (k < format.mantissa_bits()) add(one - (1U << k));
  }
  return material;
}

ir::Program mutated(const ir::Program& parent, const ir::Program& other,
                    const PairMaterial& material, numbers::Random& random) {
  Changer changer(parent, material, random);
  do {
    changer.change(other);
  } while (random.chance(0.4));
  return cleaned(changer.take());
}

std::vector<ir::Program> with_constant_near(const ir::Program& program, std::size_t k, int bits) {
  std::vector<ir::Program> near;
  const std::int64_t now = ir::integer_value(program.constants[k]);
  const auto add = [&](std::int64_t value) {
    near.push_back(program);
    near.back().constants[k] = ir::integer_constant(value);
  };
  for (int bit = 0; bit < bits; ++bit) {
    add(now + (std::int64_t{1} << bit));
    add(now - (std::int64_t{1} << bit));
    add(now ^ (std::int64_t{1} << bit));
  }
  return near;
}

}  // namespace ulpforge::evo::pairs

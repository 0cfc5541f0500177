// The driver of simplification, and the hashes of structure and function.
#include "ir/simplify.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ir/evaluate.h"
#include "ir/graph.h"
#include "ir/liveness.h"
#include "numbers/hash.h"
#include "numbers/random.h"

namespace ulpforge::ir {
namespace {

constexpr std::size_t kMaxRounds = 12;

bool same(const Program& a, const Program& b) {
  return a.code == b.code && a.result == b.result &&
         std::ranges::equal(a.constants, b.constants, numbers::same_bits);
}

std::uint64_t hash_of(Operand operand) {
  // The value of a constant does not count, nor does its slot.
  const std::uint64_t index = operand.is_constant() ? 0 : operand.index;
  return numbers::hash_pair(static_cast<std::uint64_t>(operand.kind), index);
}

std::uint64_t content_hash(const Program& program) {
  std::uint64_t hash = structure_hash(program);
  for (const numbers::DoubleDouble& constant : program.constants) {
    hash = numbers::hash_pair(hash, numbers::hash_value(constant));
  }
  return hash;
}

/// The program without instructions and constants that the result does not need.
Program without_dead_code(const Program& program) {
  const std::vector<char> live = live_instructions(program);
  Program result;
  std::vector<Operand> moved(program.code.size());
  const auto move = [&](Operand operand) {
    if (operand.is_constant()) return result.add_constant(program.constants[operand.index]);
    return operand.is_value() ? moved[operand.index] : operand;
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (!live[i]) continue;
    Instruction instruction{.op = program.code[i].op};
    for (std::size_t k = 0; k < instruction.arity(); ++k) {
      instruction.operands[k] = move(program.code[i].operands[k]);
    }
    result.code.push_back(instruction);
    moved[i] = Operand::value(result.code.size() - 1);
  }
  result.result = move(program.result);
  return result;
}

/// Rewrites until nothing changes. Should rewriting run in a circle, the least program of the
/// circle is chosen, wherever it was entered, so that simplifying again changes nothing.
Program rewrite_to_the_end(const Program& program, Folding folding) {
  std::vector<Program> seen{write_graph(read_graph(program, folding))};
  while (seen.size() < kMaxRounds) {
    Program next = write_graph(read_graph(seen.back(), folding));
    const auto known =
        std::ranges::find_if(seen, [&](const Program& earlier) { return same(earlier, next); });
    if (known != seen.end()) {
      return *std::min_element(known, seen.end(), [](const Program& a, const Program& b) {
        if (a.code.size() != b.code.size()) return a.code.size() < b.code.size();
        return content_hash(a) < content_hash(b);
      });
    }
    seen.push_back(std::move(next));
  }
  return seen.back();
}

}  // namespace

Program simplify(const Program& program, Folding folding) {
  Program result = rewrite_to_the_end(program, folding);
  Program original = without_dead_code(program);
  return result.code.size() <= original.code.size() ? std::move(result) : std::move(original);
}

std::uint64_t structure_hash(const Program& program) {
  std::uint64_t hash = hash_of(program.result);
  for (const Instruction& instruction : program.code) {
    hash = numbers::hash_pair(hash, static_cast<std::uint64_t>(instruction.op));
    for (std::size_t k = 0; k < instruction.arity(); ++k) {
      hash = numbers::hash_pair(hash, hash_of(instruction.operands[k]));
    }
  }
  return hash;
}

std::uint64_t fingerprint(const Program& program, double lo, double hi) {
  constexpr std::size_t kPoints = 8;
  constexpr double kScale = 0x1p30;
  std::array<double, kPoints> x;
  std::array<double, kPoints> y;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double fraction = numbers::unit_interval(numbers::mix(i));
    x[i] = lo + (hi - lo) * fraction;
  }
  evaluate<double>(program, x, y);
  std::uint64_t hash = 0;
  for (const double value : y) {
    if (!std::isfinite(value)) return 0;
    int exponent = 0;
    const double mantissa = std::nearbyint(std::frexp(value, &exponent) * kScale);
    // Adding zero turns -0 into +0.
    const double rounded = std::ldexp(mantissa, exponent) + 0.0;
    hash = numbers::hash_pair(hash, std::bit_cast<std::uint64_t>(rounded));
  }
  return hash == 0 ? 1 : hash;
}

}  // namespace ulpforge::ir

// Canonical graph -> program: order, signs, instructions.
#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "ir/folding.h"
#include "ir/graph.h"
#include "ir/parity.h"
#include "numbers/hash.h"

namespace ulpforge::ir {
namespace {

using Kind = Node::Kind;

std::span<Entry> entries_of(Graph& graph, std::uint32_t node) {
  return {graph.entries.data() + graph.nodes[node].begin,
          graph.entries.data() + graph.nodes[node].end};
}
std::span<const Entry> entries_of(const Graph& graph, std::uint32_t node) {
  return {graph.entries.data() + graph.nodes[node].begin,
          graph.entries.data() + graph.nodes[node].end};
}

std::vector<char> reachable_from_root(const Graph& graph) {
  std::vector<char> reachable(graph.nodes.size(), 0);
  reachable[graph.root] = 1;
  for (std::uint32_t node = graph.root + 1; node-- > 0;) {
    if (!reachable[node]) continue;
    for (const Entry& entry : entries_of(graph, node)) reachable[entry.node] = 1;
  }
  return reachable;
}

/// Calls whose first two operands may be exchanged in real arithmetic.
bool exchangeable(Op op) { return op == Op::Fma || op == Op::Min || op == Op::Max; }

/// How a node reads a part, as far as that is structure.
std::uint64_t role_of(const Graph& graph, const Node& reader, const Entry& entry,
                      std::size_t index) {
  switch (reader.kind) {
    case Kind::Sum:
      return is_sign(entry.coefficient) && !graph.is_reciprocal(entry.node) ? 1 : 2;
    case Kind::Product:
      return static_cast<std::uint64_t>(entry.power) + 100;
    case Kind::Call:
      return 1000 + (exchangeable(reader.op) && index < 2 ? 0 : index);
    default:
      return 3;
  }
}

/// Sorts the parts of sums and products by structure: first by that below a part; parts that look
/// alike from above by who else reads them, so that constants decide only between parts that may
/// be exchanged.
void order_parts(Graph& graph, const std::vector<char>& reachable) {
  std::vector<std::uint64_t> above(graph.nodes.size(), 0);
  for (std::uint32_t node = graph.root + 1; node-- > 0;) {
    if (!reachable[node]) continue;
    const std::uint64_t self = numbers::hash_pair(above[node], graph.nodes[node].shape);
    std::size_t index = 0;
    for (const Entry& entry : entries_of(graph, node)) {
      above[entry.node] +=
          numbers::hash_pair(self, role_of(graph, graph.nodes[node], entry, index++));
    }
  }
  std::vector<std::uint64_t> color(graph.nodes.size(), 0);
  for (std::uint32_t node = 0; node <= graph.root; ++node) {
    if (!reachable[node]) continue;
    const std::span<Entry> entries = entries_of(graph, node);
    std::uint64_t below = 0;
    std::size_t index = 0;
    for (const Entry& entry : entries) {
      below +=
          numbers::hash_pair(color[entry.node], role_of(graph, graph.nodes[node], entry, index++));
    }
    color[node] =
        numbers::hash_pair(numbers::hash_pair(graph.nodes[node].shape, above[node]), below);
    const Node& reader = graph.nodes[node];
    if (reader.kind == Kind::Call && !exchangeable(reader.op)) continue;
    const auto before = [&](const Entry& a, const Entry& b) {
      if (color[a.node] != color[b.node]) return color[a.node] < color[b.node];
      return graph.nodes[a.node].content < graph.nodes[b.node].content;
    };
    if (reader.kind == Kind::Call) {
      if (before(entries[1], entries[0])) {
        std::swap(entries[0].node, entries[1].node);
        // The sign of a product stays with the first.
        if (reader.op != Op::Fma) std::swap(entries[0].coefficient, entries[1].coefficient);
      }
    } else {
      std::ranges::sort(entries, before);
    }
  }
}

/// Nodes in the order of a depth-first walk from the root, parts before readers.
class Walk {
 public:
  explicit Walk(const Graph& graph) : graph_(graph), seen_(graph.nodes.size(), 0) {
    visit(graph.root);
  }
  const std::vector<std::uint32_t>& order() const { return order_; }

 private:
  void visit(std::uint32_t node) {
    if (std::exchange(seen_[node], 1)) return;
    for (const Entry& entry : entries_of(graph_, node)) visit(entry.node);
    order_.push_back(node);
  }

  const Graph& graph_;
  std::vector<char> seen_;
  std::vector<std::uint32_t> order_;
};

/// A term that enters its sum by one addition or subtraction, with no constant to take the sign.
bool is_bare_term(const Graph& graph, const Entry& term) {
  return is_sign(term.coefficient) && !graph.is(term.node, Kind::Constant);
}

bool has_constant_factor(const Graph& graph, std::uint32_t product) {
  return graph.is_reciprocal(product) ||
         std::ranges::any_of(entries_of(graph, product), [&](const Entry& factor) {
           return graph.is(factor.node, Kind::Constant);
         });
}

/// Chooses which nodes are computed with the opposite sign. A sign costs nothing where a constant
/// takes it or where an addition becomes a subtraction; what is left is linear algebra over GF(2),
/// an unknown per node, and taking the equations in canonical order makes the choice independent
/// of the signs that constants happen to have.
class SignChoice {
 public:
  SignChoice(const Graph& graph, const std::vector<std::uint32_t>& order)
      : graph_(graph), unknown_(graph.nodes.size(), -1), system_(number(order)) {
    for (const std::uint32_t node : order) require(node);
    ParityEquation result = equation();
    involve(result, graph.root);
    if (graph.negative) result.flip_right_side();
    system_.take(result);
    for (const std::uint32_t node : order) {
      if (graph.is(node, Kind::Sum) && !has_constant(node)) lead_with_addition(node);
    }
    for (const std::uint32_t node : order) {
      if (!graph.is(node, Kind::Sum)) continue;
      for (const Entry& term : entries_of(graph, node)) {
        if (is_bare_term(graph, term)) system_.take(added(node, term));
      }
    }
    solution_ = system_.solve();
  }

  /// -1 where the node is computed with the opposite sign.
  double of(std::uint32_t node) const {
    return unknown_[node] >= 0 && solution_[static_cast<std::size_t>(unknown_[node])] ? -1.0 : 1.0;
  }

 private:
  std::size_t number(const std::vector<std::uint32_t>& order) {
    std::int32_t count = 0;
    for (const std::uint32_t node : order) {
      const Kind kind = graph_.nodes[node].kind;
      if (kind == Kind::Sum || kind == Kind::Product || kind == Kind::Scale)
        unknown_[node] = count++;
    }
    return static_cast<std::size_t>(count);
  }

  ParityEquation equation() const { return ParityEquation(system_.unknowns()); }

  void involve(ParityEquation& target, std::uint32_t node) const {
    if (unknown_[node] >= 0) target.flip(static_cast<std::size_t>(unknown_[node]));
  }

  /// "The term is added, not subtracted".
  ParityEquation added(std::uint32_t sum, const Entry& term) const {
    ParityEquation result = equation();
    involve(result, sum);
    involve(result, term.node);
    if (term.coefficient.hi < 0) result.flip_right_side();
    return result;
  }

  /// Equations that cost an operation where they fail.
  void require(std::uint32_t node) {
    const std::span<const Entry> entries = entries_of(graph_, node);
    switch (graph_.nodes[node].kind) {
      case Kind::Product: {
        if (has_constant_factor(graph_, node)) return;
        ParityEquation result = equation();
        involve(result, node);
        for (const Entry& factor : entries) {
          if (factor.power % 2 != 0) involve(result, factor.node);
        }
        return system_.take(result);
      }
      case Kind::Sum:
        if (is_definite(node)) system_.take(added(node, entries[0]));
        return;
      case Kind::Call: {
        if (graph_.nodes[node].op == Op::Abs) return;
        std::size_t first = 0;
        if (graph_.nodes[node].op == Op::Fma) {
          ParityEquation result = equation();
          involve(result, entries[0].node);
          involve(result, entries[1].node);
          if (entries[0].coefficient.hi < 0) result.flip_right_side();
          system_.take(result);
          first = 2;
        }
        for (const Entry& operand : entries.subspan(first)) {
          ParityEquation result = equation();
          involve(result, operand.node);
          if (operand.coefficient.hi < 0) result.flip_right_side();
          system_.take(result);
        }
        return;
      }
      default:
        return;
    }
  }

  /// Whether some constant can lead the sum, and the terms be subtracted from it.
  bool has_constant(std::uint32_t sum) const {
    return graph_.nodes[sum].constant.hi != 0 ||
           !std::ranges::all_of(entries_of(graph_, sum),
                                [&](const Entry& term) { return is_bare_term(graph_, term); });
  }

  /// Makes the first term that may be added so.
  void lead_with_addition(std::uint32_t sum) {
    for (const Entry& term : entries_of(graph_, sum)) {
      const ParityEquation positive = added(sum, term);
      if (system_.judge(positive) == ParitySystem::Verdict::Contradicted) continue;
      return system_.take(positive);
    }
  }

  /// All terms have the same sign, whatever is chosen for the parts, and no constant can lead.
  bool is_definite(std::uint32_t sum) const {
    if (has_constant(sum)) return false;
    const std::span<const Entry> terms = entries_of(graph_, sum);
    for (const Entry& term : terms) {
      ParityEquation alike = added(sum, term);
      alike.add(added(sum, terms[0]));
      if (system_.judge(alike) != ParitySystem::Verdict::Implied) return false;
    }
    return true;
  }

  const Graph& graph_;
  std::vector<std::int32_t> unknown_;  ///< by node; -1 where the sign cannot be chosen
  ParitySystem system_;
  std::vector<char> solution_;
};

class Writer {
 public:
  explicit Writer(const Graph& graph, const std::vector<std::uint32_t>& order)
      : graph_(graph),
        sign_(graph, order),
        computed_(graph.nodes.size()),
        negated_(graph.nodes.size()) {
    program_.code.reserve(graph.entries.size() + 1);
    program_.constants.reserve(graph.entries.size() + 1);
  }

  Program run() {
    program_.result =
        signed_operand({.node = graph_.root, .coefficient = graph_.negative ? -1.0 : 1.0});
    return std::move(program_);
  }

 private:
  /// sign_.of(node) * node, computed once.
  Operand operand(std::uint32_t node) {
    if (graph_.is(node, Kind::Constant)) return constant(graph_.nodes[node].constant);
    if (graph_.is(node, Kind::Input)) return Operand::input();
    if (!computed_[node]) computed_[node] = compute(node);
    return *computed_[node];
  }

  Operand compute(std::uint32_t node) {
    switch (graph_.nodes[node].kind) {
      case Kind::Sum:
        return sum(node);
      case Kind::Product:
        return product(node);
      case Kind::Scale: {
        const Entry& part = entries_of(graph_, node)[0];
        return scaled(part.node, with_sign(graph_.nodes[node].constant, sign_.of(node)));
      }
      default:
        return call(node);
    }
  }

  /// coefficient * node, with both signs at hand.
  Operand signed_operand(const Entry& entry) {
    const double sign = entry.coefficient.hi < 0 ? -1.0 : 1.0;
    if (graph_.is(entry.node, Kind::Constant)) {
      return constant(with_sign(graph_.nodes[entry.node].constant, sign));
    }
    const Operand value = operand(entry.node);
    if (sign_.of(entry.node) == sign) return value;
    if (!negated_[entry.node]) negated_[entry.node] = program_.add(Op::Neg, value);
    return *negated_[entry.node];
  }

  Operand call(std::uint32_t node) {
    std::array<Operand, 3> operands{};
    const std::span<const Entry> entries = entries_of(graph_, node);
    const Op op = graph_.nodes[node].op;
    for (std::size_t k = 0; k < entries.size(); ++k) operands[k] = operand_of_call(op, entries, k);
    return program_.add(op, operands[0], operands[1], operands[2]);
  }

  Operand operand_of_call(Op op, std::span<const Entry> entries, std::size_t k) {
    Entry entry = entries[k];
    if (op == Op::Abs && !graph_.is(entry.node, Kind::Constant)) return operand(entry.node);
    if (op == Op::Fma && k < 2) {
      // Only the sign of the product counts; a constant takes it, else the first factor does.
      const bool first_constant = graph_.is(entries[0].node, Kind::Constant);
      const bool second_constant = graph_.is(entries[1].node, Kind::Constant);
      const std::size_t bearer = second_constant && !first_constant ? 1 : 0;
      if (k != bearer) return operand(entry.node);
      const Entry& other = entries[1 - k];
      entry.coefficient = entries[0].coefficient.hi * sign_.of(other.node);
    }
    return signed_operand(entry);
  }

  struct Addend {
    Operand operand;
    bool subtracted;
  };

  Operand sum(std::uint32_t node) {
    const double sign = sign_.of(node);
    std::vector<Addend> addends;
    std::vector<numbers::DoubleDouble> constants;
    const std::span<const Entry> terms = entries_of(graph_, node);
    addends.reserve(terms.size());
    for (const Entry& term : terms) {
      const numbers::DoubleDouble coefficient = with_sign(term.coefficient, sign);
      if (is_sign(coefficient) && graph_.is(term.node, Kind::Constant)) {
        constants.push_back(with_sign(graph_.nodes[term.node].constant, coefficient.hi));
      } else if (is_sign(coefficient)) {
        const Operand value = operand(term.node);
        addends.push_back({value, coefficient.hi != sign_.of(term.node)});
      } else {
        addends.push_back({scaled(term.node, coefficient), false});
      }
    }
    if (graph_.nodes[node].constant.hi != 0) {
      constants.push_back(with_sign(graph_.nodes[node].constant, sign));
    }
    return add_up(addends, constants);
  }

  Operand add_up(std::vector<Addend>& addends, std::span<const numbers::DoubleDouble> constants) {
    // The first term that is added leads; without one, a constant does.
    const auto leader =
        std::ranges::find_if(addends, [](const Addend& addend) { return !addend.subtracted; });
    std::optional<Operand> total;
    bool negate = false;
    if (leader != addends.end()) {
      total = leader->operand;
      addends.erase(leader);
    } else if (constants.empty()) {
      negate = true;
      total = addends[0].operand;
      addends.erase(addends.begin());
      for (Addend& addend : addends) addend.subtracted = false;
    }
    for (const Addend& addend : addends) {
      if (!total) {
        total = constant(constants.front());
        constants = constants.subspan(1);
      }
      total = program_.add(addend.subtracted ? Op::Sub : Op::Add, *total, addend.operand);
    }
    for (const numbers::DoubleDouble& value : constants) {
      total = total ? program_.add(Op::Add, *total, constant(value)) : constant(value);
    }
    return negate ? program_.add(Op::Neg, *total) : *total;
  }

  /// coefficient * node.
  Operand scaled(std::uint32_t node, const numbers::DoubleDouble& coefficient) {
    if (graph_.is_reciprocal(node)) return quotient(node, coefficient);
    const Operand value = operand(node);
    return program_.add(Op::Mul, value, constant(with_sign(coefficient, sign_.of(node))));
  }

  Operand product(std::uint32_t node) { return quotient(node, sign_.of(node)); }

  /// coefficient * product, where the coefficient is a sign unless the product is a reciprocal.
  Operand quotient(std::uint32_t product, const numbers::DoubleDouble& coefficient) {
    double sign = 1;
    std::vector<Entry> constants;
    for (const Entry& factor : entries_of(graph_, product)) {
      if (factor.power % 2 != 0) sign *= sign_.of(factor.node);
      if (graph_.is(factor.node, Kind::Constant)) constants.push_back(factor);
    }
    numbers::DoubleDouble rest = with_sign(coefficient, sign);
    const auto take_constant = [&](const Entry& factor) {
      const numbers::DoubleDouble value = with_sign(graph_.nodes[factor.node].constant, rest.hi);
      rest = 1.0;
      return constant(value);
    };
    std::optional<Operand> total = chain(product, true);
    const std::optional<Operand> divisor = chain(product, false);
    if (!total) {
      const auto above =
          std::ranges::find_if(constants, [](const Entry& factor) { return factor.power > 0; });
      if (above == constants.end()) {
        total = constant(std::exchange(rest, 1.0));
      } else {
        total = take_constant(*above);
        if (--above->power == 0) constants.erase(above);
      }
    }
    if (divisor) total = program_.add(Op::Div, *total, *divisor);
    for (const Entry& factor : constants) {
      for (int k = 0; k < std::abs(factor.power); ++k) {
        total = program_.add(factor.power > 0 ? Op::Mul : Op::Div, *total, take_constant(factor));
      }
    }
    return rest.hi < 0 ? program_.add(Op::Neg, *total) : *total;
  }

  /// The product of all factors, but for constants, above or below the line.
  std::optional<Operand> chain(std::uint32_t product, bool above) {
    std::optional<Operand> total;
    for (const Entry& factor : entries_of(graph_, product)) {
      if ((factor.power > 0) != above || graph_.is(factor.node, Kind::Constant)) continue;
      const Operand value = operand(factor.node);
      for (int k = 0; k < std::abs(factor.power); ++k) {
        total = total ? program_.add(Op::Mul, *total, value) : value;
      }
    }
    return total;
  }

  Operand constant(const numbers::DoubleDouble& value) { return program_.add_constant(value); }

  const Graph& graph_;
  SignChoice sign_;
  std::vector<std::optional<Operand>> computed_;
  std::vector<std::optional<Operand>> negated_;
  Program program_;
};

}  // namespace

Program write_graph(Graph graph) {
  order_parts(graph, reachable_from_root(graph));
  const Walk walk(graph);
  return Writer(graph, walk.order()).run();
}

}  // namespace ulpforge::ir

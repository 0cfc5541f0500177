// Program -> canonical graph: flattening, folding, and moving constant factors to one place.
#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <optional>
#include <span>
#include <utility>

#include "ir/distinct.h"
#include "ir/folding.h"
#include "ir/graph.h"
#include "ir/id_table.h"
#include "numbers/hash.h"

namespace ulpforge::ir {
namespace {

using Entries = boost::container::small_vector<Entry, 8>;
using Kind = Node::Kind;

std::span<const Entry> view(const Entries& entries) { return {entries.data(), entries.size()}; }

/// A sum or a product under construction.
struct SumParts {
  Entries terms;
  numbers::DoubleDouble constant = {};
};
struct ProductParts {
  Entries factors;
  numbers::DoubleDouble coefficient = 1.0;
};

/// coefficient * (1, a node, a sum or a product). Sums and products stay open, as lists, while a
/// single reader may still merge them into its own.
struct Value {
  enum class Form : std::uint8_t { One, Node, Sum, Product };
  Form form = Form::One;
  numbers::DoubleDouble coefficient = 1.0;
  std::uint32_t node = 0;
  std::uint32_t begin = 0;  ///< the list of a sum or a product, in GraphReader::open_
  std::uint32_t end = 0;
  numbers::DoubleDouble constant = {};  ///< of a sum
};

class GraphReader {
 public:
  GraphReader(const Program& program, Folding folding)
      : fold_(folding), distinct_(distinct_values(program)), table_(2 * distinct_.size()) {
    graph_.nodes.reserve(2 * distinct_.size());
    graph_.entries.reserve(4 * distinct_.size());
    open_.reserve(4 * distinct_.size());
    values_.reserve(distinct_.size());
  }

  Graph run() {
    for (const DistinctValue& value : distinct_) {
      values_.push_back(value.uses == 0 ? Value{} : read(value));
      if (value.shared) values_.back() = close(values_.back());
    }
    const Value root = close(values_.back());
    if (root.form == Value::Form::One) {
      graph_.root = constant_node(root.coefficient);
    } else {
      graph_.root = root.node;
      graph_.negative = root.coefficient.hi < 0;
    }
    return std::move(graph_);
  }

 private:
  // ---- operations

  Value read(const DistinctValue& value) {
    switch (value.kind) {
      case Operand::Kind::Input:
        return node_value(intern({.kind = Kind::Input, .shape = 1}, {}));
      case Operand::Kind::Constant:
        return constant_value(value.constant);
      case Operand::Kind::Value:
        break;
    }
    if (info(value.op).arity == 0) return call(value);
    const Value& a = values_[value.operands[0]];
    const Value& b = values_[value.operands[1]];
    const bool twice = info(value.op).arity == 2 && value.operands[0] == value.operands[1];
    switch (value.op) {
      case Op::Neg:
        return scaled(a, -1.0);
      case Op::Add:
        return twice ? twice_value(a) : sum(a, b, 1.0);
      case Op::Sub:
        return twice ? constant_value(0.0) : sum(a, b, -1.0);
      case Op::Mul:
        return twice ? square(a) : product(a, b, 1);
      case Op::Div:
        return twice && !is_zero(a) ? constant_value(1.0) : product(a, b, -1);
      default:
        return call(value);
    }
  }

  Value sum(const Value& a, const Value& b, double sign_of_b) {
    SumParts parts;
    add(parts, a, 1.0);
    add(parts, b, sign_of_b);
    return finish(parts);
  }

  Value product(const Value& a, const Value& b, int power_of_b) {
    const bool constant_a = a.form == Value::Form::One;
    const bool constant_b = b.form == Value::Form::One;
    if (constant_b || (constant_a && power_of_b > 0)) {
      // Sums stay open: whoever reads them decides what becomes of the factor.
      const Value& other = constant_b ? a : b;
      const auto factor = power_of_b > 0 ? fold_.multiply(a.coefficient, b.coefficient)
                                         : fold_.divide(a.coefficient, b.coefficient);
      if (factor && other.form != Value::Form::Product) return with_coefficient(other, *factor);
    }
    ProductParts parts;
    multiply(parts, a, 1);
    multiply(parts, b, power_of_b);
    return finish(parts);
  }

  /// v + v.
  Value twice_value(const Value& value) {
    if (const auto factor = fold_.multiply(value.coefficient, 2.0)) {
      return with_coefficient(value, *factor);
    }
    return sum(value, value, 1.0);
  }

  /// v * v. A product of several stays one factor: a*a*b*b would cost an operation more.
  Value square(const Value& value) {
    ProductParts parts;
    Value factor = value;
    if (value.form == Value::Form::Product && open(value).size() > 1) {
      factor = node_value(product_node(open(value)));
      factor.coefficient = value.coefficient;
    }
    multiply(parts, factor, 1);
    multiply(parts, factor, 1);
    return finish(parts);
  }

  Value call(const DistinctValue& value) {
    const std::size_t arity = info(value.op).arity;
    if (const auto folded = folded_call(value)) return constant_value(*folded);
    Entries operands;
    for (std::size_t k = 0; k < arity; ++k) {
      const Value operand = close(values_[value.operands[k]]);
      const numbers::DoubleDouble sign = operand.coefficient.hi < 0 ? -1.0 : 1.0;
      operands.push_back(operand.form == Value::Form::One
                             ? Entry{.node = constant_node(operand.coefficient)}
                             : Entry{.node = operand.node, .coefficient = sign});
    }
    if (value.op == Op::Abs) operands[0].coefficient = 1.0;
    if (value.op == Op::Fma) order_factors_of_fma(operands);
    const bool symmetric = value.op == Op::Min || value.op == Op::Max;
    if (symmetric && before(operands[1], operands[0])) std::swap(operands[0], operands[1]);
    std::uint64_t shape = numbers::hash_pair(2, static_cast<std::uint64_t>(value.op));
    for (const Entry& operand : operands)
      shape = numbers::hash_pair(shape, graph_.nodes[operand.node].shape);
    return node_value(intern({.kind = Kind::Call, .op = value.op, .shape = shape}, view(operands)));
  }

  std::optional<numbers::DoubleDouble> folded_call(const DistinctValue& value) const {
    std::array<numbers::DoubleDouble, 3> c;
    for (std::size_t k = 0; k < info(value.op).arity; ++k) {
      const Value& operand = values_[value.operands[k]];
      if (operand.form != Value::Form::One) return std::nullopt;
      c[k] = operand.coefficient;
    }
    if (value.op == Op::Abs) return fabs(c[0]);
    if (value.op == Op::Min) return c[0] < c[1] ? c[0] : c[1];
    if (value.op == Op::Max) return c[0] < c[1] ? c[1] : c[0];
    if (value.op == Op::Sqrt && !fold_.exact() && c[0].hi >= 0) return sqrt(c[0]);
    if (value.op == Op::Fma) {
      if (const auto p = fold_.multiply(c[0], c[1])) return fold_.add(*p, c[2]);
    }
    return std::nullopt;
  }

  /// a * b = (-a) * (-b), so at most the first factor keeps a sign.
  void order_factors_of_fma(Entries& operands) const {
    if (before(operands[1], operands[0])) std::swap(operands[0], operands[1]);
    operands[0].coefficient = operands[0].coefficient.hi * operands[1].coefficient.hi;
    operands[1].coefficient = 1.0;
  }

  // ---- sums

  void add(SumParts& parts, const Value& value, double sign) {
    const numbers::DoubleDouble factor = with_sign(value.coefficient, sign);
    switch (value.form) {
      case Value::Form::One:
        return add_constant(parts, factor);
      case Value::Form::Node:
        return add_term(parts, {.node = value.node, .coefficient = factor});
      case Value::Form::Product:
        return add_term(parts,
                        {.node = product_node(open(value)), .coefficient = factor, .own = true});
      case Value::Form::Sum:
        return distribute(parts, value, factor);
    }
  }

  void add_constant(SumParts& parts, const numbers::DoubleDouble& constant) {
    if (const auto total = fold_.add(parts.constant, constant)) {
      parts.constant = *total;
    } else {
      const bool negative = constant.hi < 0;
      parts.terms.push_back({.node = constant_node(with_sign(constant, constant.hi)),
                             .coefficient = negative ? -1.0 : 1.0});
    }
  }

  void add_term(SumParts& parts, Entry term) {
    if (is_zero(term.coefficient)) return;
    const Node& node = graph_.nodes[term.node];
    if (!is_sign(term.coefficient) && (node.kind == Kind::Scale || node.kind == Kind::Constant) &&
        ConstantFolder::foldable(node.constant)) {
      if (const auto factor = fold_.multiply(term.coefficient, node.constant)) {
        if (node.kind == Kind::Constant) return add_constant(parts, *factor);
        term = {.node = graph_.entries[node.begin].node, .coefficient = *factor};
      }
    }
    const auto known = std::ranges::find(parts.terms, term.node, &Entry::node);
    if (known != parts.terms.end()) {
      if (const auto total = fold_.add(known->coefficient, term.coefficient)) {
        known->coefficient = *total;
        known->own = known->own && term.own;
        if (is_zero(*total)) parts.terms.erase(known);
        return;
      }
    }
    if (!merge_scaled(parts, term)) parts.terms.push_back(term);
  }

  /// k * u + v with v = c * u -> (k + c) * u, though others read v too.
  bool merge_scaled(SumParts& parts, const Entry& term) const {
    const std::uint32_t core = unscaled(term.node);
    for (Entry& known : parts.terms) {
      if (unscaled(known.node) != core) continue;
      const auto a = coefficient_of_core(known);
      const auto b = coefficient_of_core(term);
      const auto total = a && b ? fold_.add(*a, *b) : std::nullopt;
      if (!total) return false;
      known = {.node = core, .coefficient = *total};
      if (is_zero(*total)) parts.terms.erase(parts.terms.begin() + (&known - parts.terms.data()));
      return true;
    }
    return false;
  }

  std::uint32_t unscaled(std::uint32_t node) const {
    return graph_.is(node, Kind::Scale) ? graph_.entries[graph_.nodes[node].begin].node : node;
  }

  std::optional<numbers::DoubleDouble> coefficient_of_core(const Entry& term) const {
    if (!graph_.is(term.node, Kind::Scale)) return term.coefficient;
    return fold_.multiply(term.coefficient, graph_.nodes[term.node].constant);
  }

  /// Adds factor * sum. The constant and every term that has a coefficient anyway take the factor
  /// at no cost; of the others one may, and two or more share it: factor * (u + v + ...).
  void distribute(SumParts& parts, const Value& sum, const numbers::DoubleDouble& factor) {
    Entries terms;
    Entries bare;
    const auto constant = fold_.multiply(factor, sum.constant);
    bool possible = constant.has_value();
    for (const Entry& term : open(sum)) {
      if (!is_sign(factor) && is_bare(term)) bare.push_back(term);
    }
    if (bare.size() < 2) bare.clear();
    for (const Entry& term : open(sum)) {
      if (!bare.empty() && is_bare(term)) continue;
      const auto coefficient = fold_.multiply(factor, term.coefficient);
      possible = possible && coefficient.has_value();
      if (possible) terms.push_back(term), terms.back().coefficient = *coefficient;
    }
    if (!possible) {
      Entries all(open(sum).begin(), open(sum).end());
      const auto [sign, node] = sum_node(all, sum.constant);
      return add_term(parts, {.node = node, .coefficient = with_sign(factor, sign), .own = true});
    }
    add_constant(parts, *constant);
    for (const Entry& term : terms) add_term(parts, term);
    if (!bare.empty()) {
      const auto [sign, node] = sum_node(bare, 0.0);
      add_term(parts, {.node = node, .coefficient = with_sign(factor, sign), .own = true});
    }
  }

  /// A term that costs an operation more when it is given a coefficient.
  bool is_bare(const Entry& term) const { return is_sign(term.coefficient) && !is_free(term); }

  /// A term whose coefficient costs nothing, whatever it is: c / v.
  bool is_free(const Entry& term) const { return term.own && graph_.is_reciprocal(term.node); }

  Value finish(const SumParts& parts) {
    if (parts.terms.empty()) return constant_value(parts.constant);
    if (parts.terms.size() == 1 && is_zero(parts.constant)) return part_value(parts.terms[0]);
    Value value{.form = Value::Form::Sum, .constant = parts.constant};
    keep_open(value, parts.terms);
    return value;
  }

  // ---- products

  void multiply(ProductParts& parts, const Value& value, int power) {
    switch (value.form) {
      case Value::Form::One:
        return multiply_constant(parts, value.coefficient, power);
      case Value::Form::Node:
        multiply_constant(parts, value.coefficient, power);
        return multiply_node(parts, {.node = value.node, .power = power});
      case Value::Form::Product:
        multiply_constant(parts, value.coefficient, power);
        for (Entry factor : open(value)) {
          factor.power *= power;
          multiply_node(parts, factor);
        }
        return;
      case Value::Form::Sum:
        return multiply_sum(parts, value, power);
    }
  }

  void multiply_constant(ProductParts& parts, const numbers::DoubleDouble& constant, int power) {
    const auto total = power > 0 ? fold_.multiply(parts.coefficient, constant)
                                 : fold_.divide(parts.coefficient, constant);
    if (total) {
      parts.coefficient = *total;
      return;
    }
    parts.coefficient = with_sign(parts.coefficient, constant.hi);
    multiply_node(parts, {.node = constant_node(with_sign(constant, constant.hi)), .power = power});
  }

  void multiply_node(ProductParts& parts, Entry factor) const {
    while (is_square(factor.node)) {
      factor = {.node = graph_.entries[graph_.nodes[factor.node].begin].node,
                .power = 2 * factor.power};
    }
    const auto known = std::ranges::find(parts.factors, factor.node, &Entry::node);
    if (known == parts.factors.end()) {
      parts.factors.push_back(factor);
      return;
    }
    known->power += factor.power;
    known->own = false;
    if (known->power == 0) parts.factors.erase(known);
  }

  bool is_square(std::uint32_t node) const {
    const Node& square = graph_.nodes[node];
    return square.kind == Kind::Product && square.end - square.begin == 1 &&
           graph_.entries[square.begin].power == 2;
  }

  /// A sum all of whose terms have coefficients gives one of them to the product.
  void multiply_sum(ProductParts& parts, const Value& sum, int power) {
    SumParts monic{{open(sum).begin(), open(sum).end()}, sum.constant};
    multiply_constant(parts, sum.coefficient, power);
    if (!fold_.exact()) multiply_constant(parts, make_monic(monic), power);
    const auto [sign, node] = sum_node(monic.terms, monic.constant);
    parts.coefficient = with_sign(parts.coefficient, sign);
    multiply_node(parts, {.node = node, .power = power, .own = true});
  }

  /// Divides the sum by the coefficient of its first term, where that saves an operation, and
  /// returns what it was divided by.
  numbers::DoubleDouble make_monic(SumParts& sum) const {
    std::ranges::sort(sum.terms, [&](const Entry& a, const Entry& b) { return before(a, b); });
    const auto first =
        std::ranges::find_if(sum.terms, [&](const Entry& term) { return !is_free(term); });
    if (first == sum.terms.end()) return 1.0;
    if (std::ranges::any_of(sum.terms, [&](const Entry& term) { return is_bare(term); }))
      return 1.0;
    const numbers::DoubleDouble divisor = first->coefficient;
    return rescale(sum, [&](const numbers::DoubleDouble& c) { return fold_.divide(c, divisor); })
               ? divisor
               : 1.0;
  }

  /// Applies `change` to all coefficients and the constant, or to none where it fails for one.
  template <class Change>
  static bool rescale(SumParts& sum, Change change) {
    const auto constant = change(sum.constant);
    if (!constant) return false;
    Entries changed = sum.terms;
    for (Entry& term : changed) {
      const auto coefficient = change(term.coefficient);
      if (!coefficient) return false;
      term.coefficient = *coefficient;
    }
    sum.terms = std::move(changed);
    sum.constant = *constant;
    return true;
  }

  Value finish(ProductParts& parts) {
    if (is_zero(parts.coefficient)) return constant_value(0.0);
    unwrap_scales(parts);
    unwrap_products(parts);
    unwrap_reciprocals(parts);
    if (parts.factors.empty()) return constant_value(parts.coefficient);
    if (!is_sign(parts.coefficient)) absorb_coefficient(parts);
    split_powers(parts.factors);
    if (parts.factors.size() == 1 && parts.factors[0].power == 1) {
      Entry part = parts.factors[0];
      part.coefficient = parts.coefficient;
      return part_value(part);
    }
    Value value{.form = Value::Form::Product, .coefficient = parts.coefficient};
    keep_open(value, parts.factors);
    return value;
  }

  /// Leaves powers of +1 and -1, or a lone square. This is multiplication by repeated squaring, and
  /// it brings out squares that others may share: u^5 = u * (u^2)^2, u^3 v^2 = u * (u v)^2.
  void split_powers(Entries& factors) {
    if (factors.size() == 1 && factors[0].power == 2) return;
    Entries odd;
    Entries halves;
    for (const Entry& factor : factors) {
      if (factor.power % 2 != 0) {
        odd.push_back(factor);
        odd.back().power = factor.power > 0 ? 1 : -1;
      }
      if (factor.power / 2 != 0) {
        halves.push_back({.node = factor.node, .power = factor.power / 2});
      }
    }
    if (halves.empty()) return;
    const bool below =
        std::ranges::all_of(halves, [](const Entry& half) { return half.power < 0; });
    for (Entry& half : halves) half.power = below ? -half.power : half.power;
    Entry square{.power = 2};
    if (halves.size() == 1) {
      // Powers of one value: all of them products of u, u^2, u^4 ...
      square.node = halves[0].node;
      for (int rest = halves[0].power; rest > 1; rest /= 2) {
        if (rest % 2 != 0) {
          odd.push_back({.node = product_node({&square, 1}), .power = below ? -1 : 1});
        }
        square.node = product_node({&square, 1});
      }
    } else {
      split_powers(halves);
      square.node = product_node(view(halves));
    }
    if (odd.empty() && !below) {
      factors = {square};
    } else {
      odd.push_back({.node = product_node({&square, 1}), .power = below ? -1 : 1});
      factors = std::move(odd);
    }
  }

  static bool has_numerator(const ProductParts& parts) {
    return std::ranges::any_of(parts.factors, [](const Entry& factor) { return factor.power > 0; });
  }

  /// Scaled factors give their coefficient to the product where it has one anyway (or a free place
  /// for one), and where what is left of them cancels.
  void unwrap_scales(ProductParts& parts) const {
    for (std::size_t i = 0; i < parts.factors.size();) {
      const Entry factor = parts.factors[i];
      const Node& node = graph_.nodes[factor.node];
      if (node.kind == Kind::Scale && std::abs(factor.power) <= kMaxUnwrappedPower) {
        const Entry inner{.node = graph_.entries[node.begin].node, .power = factor.power};
        // A power of a scaled factor may be a value that others share, so it is left alone.
        const bool room =
            std::abs(factor.power) == 1 && (!is_sign(parts.coefficient) || !has_numerator(parts));
        if ((room || cancels(parts, inner)) && multiply_power(parts, node.constant, factor.power)) {
          parts.factors.erase(parts.factors.begin() + static_cast<std::ptrdiff_t>(i));
          multiply_node(parts, inner);
          i = 0;
          continue;
        }
      }
      ++i;
    }
  }

  static bool cancels(const ProductParts& parts, const Entry& part) {
    return std::ranges::any_of(parts.factors, [&](const Entry& factor) {
      return factor.node == part.node && (factor.power > 0) != (part.power > 0);
    });
  }

  /// coefficient *= constant^power; false, and no change, where that cannot be folded.
  bool multiply_power(ProductParts& parts, const numbers::DoubleDouble& constant, int power) const {
    std::optional<numbers::DoubleDouble> total = parts.coefficient;
    for (int k = 0; total && k < std::abs(power); ++k) {
      total = power > 0 ? fold_.multiply(*total, constant) : fold_.divide(*total, constant);
    }
    if (total) parts.coefficient = *total;
    return total.has_value();
  }

  /// (a * b) / a -> b, though others read a * b too.
  void unwrap_products(ProductParts& parts) const {
    for (std::size_t i = 0; i < parts.factors.size();) {
      const Entry product = parts.factors[i];
      const Node& node = graph_.nodes[product.node];
      const bool candidate =
          node.kind == Kind::Product && node.end - node.begin == 2 && std::abs(product.power) <= 2;
      Entries inner;
      if (candidate) {
        inner.assign(graph_.entries.begin() + node.begin, graph_.entries.begin() + node.end);
      }
      for (Entry& factor : inner) factor.power *= product.power;
      if (std::ranges::any_of(inner, [&](const Entry& part) { return cancels(parts, part); })) {
        parts.factors.erase(parts.factors.begin() + static_cast<std::ptrdiff_t>(i));
        for (Entry factor : inner) {
          factor.own = false;
          multiply_node(parts, factor);
        }
        i = 0;
      } else {
        ++i;
      }
    }
  }

  /// a * (1 / b) -> a / b where something is left to divide; a / (1 / b) -> a * b.
  void unwrap_reciprocals(ProductParts& parts) const {
    const auto is_inverse = [&](const Entry& factor) {
      const Node& node = graph_.nodes[factor.node];
      return node.kind == Kind::Product && node.end - node.begin == 1 &&
             graph_.entries[node.begin].power == -1;
    };
    const bool dividend =
        !is_sign(parts.coefficient) || std::ranges::any_of(parts.factors, [&](const Entry& factor) {
          return factor.power > 0 && !is_inverse(factor);
        });
    for (std::size_t i = 0; i < parts.factors.size();) {
      const Entry factor = parts.factors[i];
      if (!is_inverse(factor) || (factor.power > 0 && !dividend)) {
        ++i;
        continue;
      }
      const std::uint32_t inner = graph_.entries[graph_.nodes[factor.node].begin].node;
      parts.factors.erase(parts.factors.begin() + static_cast<std::ptrdiff_t>(i));
      multiply_node(parts, {.node = inner, .power = -factor.power});
      i = 0;
    }
  }

  /// A sum such as (c / v + d) takes a factor at no cost.
  void absorb_coefficient(ProductParts& parts) {
    if (fold_.exact() || !has_numerator(parts)) return;
    std::ranges::sort(parts.factors, [&](const Entry& a, const Entry& b) { return before(a, b); });
    for (Entry& factor : parts.factors) {
      if (!factor.own || std::abs(factor.power) != 1 || !graph_.is(factor.node, Kind::Sum))
        continue;
      const Node& node = graph_.nodes[factor.node];
      SumParts sum{{graph_.entries.begin() + node.begin, graph_.entries.begin() + node.end},
                   node.constant};
      if (!std::ranges::all_of(sum.terms, [&](const Entry& term) { return is_free(term); }))
        continue;
      const bool done = rescale(sum, [&](const numbers::DoubleDouble& c) {
        return factor.power > 0 ? fold_.multiply(c, parts.coefficient)
                                : fold_.divide(c, parts.coefficient);
      });
      if (!done) continue;
      const auto [sign, scaled_node] = sum_node(sum.terms, sum.constant);
      factor.node = scaled_node;
      parts.coefficient = sign;
      return;
    }
  }

  // ---- values

  static bool is_zero(const numbers::DoubleDouble& value) { return value.hi == 0; }
  static bool is_zero(const Value& value) {
    return value.form == Value::Form::One && is_zero(value.coefficient);
  }

  Value node_value(std::uint32_t node) const { return {.form = Value::Form::Node, .node = node}; }

  /// coefficient * node; a sum or product that nothing else reads is opened again.
  Value part_value(const Entry& part) {
    const Node node = graph_.nodes[part.node];
    Value value = node_value(part.node);
    value.coefficient = part.coefficient;
    if (part.own && (node.kind == Kind::Sum || node.kind == Kind::Product)) {
      value.form = node.kind == Kind::Sum ? Value::Form::Sum : Value::Form::Product;
      value.constant = node.constant;
      keep_open(value, {graph_.entries.begin() + node.begin, graph_.entries.begin() + node.end});
    }
    return value;
  }

  Value constant_value(const numbers::DoubleDouble& constant) {
    if (ConstantFolder::foldable(constant)) return {.coefficient = constant};
    const bool negative = constant.hi < 0;
    Value value = node_value(constant_node(with_sign(constant, constant.hi)));
    if (negative) value.coefficient = -1.0;
    return value;
  }

  static Value with_coefficient(Value value, const numbers::DoubleDouble& coefficient) {
    if (is_zero(coefficient)) return {.coefficient = 0.0};
    value.coefficient = coefficient;
    return value;
  }

  static Value scaled(const Value& value, double sign) {
    return with_coefficient(value, with_sign(value.coefficient, sign));
  }

  std::span<const Entry> open(const Value& value) const {
    return {open_.data() + value.begin, open_.data() + value.end};
  }

  void keep_open(Value& value, const Entries& entries) {
    value.begin = static_cast<std::uint32_t>(open_.size());
    open_.insert(open_.end(), entries.begin(), entries.end());
    value.end = static_cast<std::uint32_t>(open_.size());
  }

  /// The value as a constant or as +-node.
  Value close(Value value) {
    if (value.form == Value::Form::Sum && !is_sign(value.coefficient)) {
      SumParts parts;
      distribute(parts, value, value.coefficient);
      value = finish(parts);
    }
    const numbers::DoubleDouble coefficient = value.coefficient;
    if (value.form == Value::Form::Sum) {
      Entries terms(open(value).begin(), open(value).end());
      const auto [sign, node] = sum_node(terms, value.constant);
      value = node_value(node);
      value.coefficient = with_sign(coefficient, sign);
    } else if (value.form == Value::Form::Product) {
      value = node_value(product_node(open(value)));
      value.coefficient = coefficient;
    }
    if (value.form == Value::Form::One || is_sign(value.coefficient)) return value;
    return scale_value(value);
  }

  /// coefficient * node as a node.
  Value scale_value(const Value& value) {
    Entry part{.node = value.node};
    numbers::DoubleDouble factor = value.coefficient;
    const Node& inner = graph_.nodes[part.node];
    if (inner.kind == Kind::Scale) {
      if (const auto total = fold_.multiply(factor, inner.constant)) {
        factor = *total;
        part.node = graph_.entries[inner.begin].node;
      }
    }
    const double sign = factor.hi < 0 ? -1.0 : 1.0;
    factor = with_sign(factor, sign);
    if (is_sign(factor)) return scaled(node_value(part.node), sign);
    // c / v has one shape, whether c is 1 (a Product) or not.
    const std::uint64_t shape = graph_.nodes[part.node].shape;
    const std::uint64_t scaled_shape =
        graph_.is_reciprocal(part.node) ? shape : numbers::hash_pair(3, shape);
    Entries entries{part};
    return scaled(
        node_value(intern({.kind = Kind::Scale, .constant = factor, .shape = scaled_shape},
                          view(entries))),
        sign);
  }

  // ---- nodes

  /// The canonical order: by shape, then (for determinism alone) by content.
  bool before(const Entry& a, const Entry& b) const {
    const Node& p = graph_.nodes[a.node];
    const Node& q = graph_.nodes[b.node];
    return p.shape != q.shape ? p.shape < q.shape : p.content < q.content;
  }

  std::uint32_t constant_node(const numbers::DoubleDouble& constant) {
    return intern({.kind = Kind::Constant, .constant = constant, .shape = 4}, {});
  }

  /// The sum is sign * node. Sorts the terms.
  std::pair<double, std::uint32_t> sum_node(Entries& terms, numbers::DoubleDouble constant) {
    std::ranges::sort(terms, [&](const Entry& a, const Entry& b) { return before(a, b); });
    const double sign = terms[0].coefficient.hi < 0 ? -1.0 : 1.0;
    std::uint64_t shape = numbers::hash_pair(5, is_zero(constant) ? 0 : 1);
    for (Entry& term : terms) {
      term.coefficient = with_sign(term.coefficient, sign);
      const bool bare = is_sign(term.coefficient) && !graph_.is_reciprocal(term.node);
      shape += numbers::hash_pair(graph_.nodes[term.node].shape, bare ? 1 : 0);
    }
    constant = with_sign(constant, sign);
    return {sign, intern({.kind = Kind::Sum, .constant = constant, .shape = shape}, view(terms))};
  }

  std::uint32_t product_node(std::span<const Entry> factors) {
    if (factors.size() == 1 && factors[0].power == 1) return factors[0].node;
    Entries sorted(factors.begin(), factors.end());
    std::ranges::sort(sorted, [&](const Entry& a, const Entry& b) { return before(a, b); });
    std::uint64_t shape = 6;
    for (const Entry& factor : sorted) {
      shape += numbers::hash_pair(graph_.nodes[factor.node].shape,
                                  static_cast<std::uint64_t>(factor.power));
    }
    return intern({.kind = Kind::Product, .shape = shape}, view(sorted));
  }

  std::uint32_t intern(Node node, std::span<const Entry> entries) {
    node.content = numbers::hash_pair(node.shape, numbers::hash_value(node.constant));
    for (const Entry& entry : entries) {
      node.content = numbers::hash_pair(node.content, graph_.nodes[entry.node].content);
      node.content = numbers::hash_pair(node.content, static_cast<std::uint64_t>(entry.power));
      node.content = numbers::hash_pair(node.content, numbers::hash_value(entry.coefficient));
    }
    const auto same = [&](std::uint32_t id) {
      const Node& other = graph_.nodes[id];
      return other.kind == node.kind && other.op == node.op &&
             numbers::same_bits(other.constant, node.constant) &&
             std::equal(entries.begin(), entries.end(), graph_.entries.begin() + other.begin,
                        graph_.entries.begin() + other.end, [](const Entry& a, const Entry& b) {
                          return a.node == b.node && a.power == b.power &&
                                 numbers::same_bits(a.coefficient, b.coefficient);
                        });
    };
    const auto fresh = static_cast<std::uint32_t>(graph_.nodes.size());
    const std::uint32_t id = table_.find_or_insert(node.content, fresh, same);
    if (id == fresh) {
      node.begin = static_cast<std::uint32_t>(graph_.entries.size());
      graph_.entries.insert(graph_.entries.end(), entries.begin(), entries.end());
      node.end = static_cast<std::uint32_t>(graph_.entries.size());
      graph_.nodes.push_back(node);
    }
    return id;
  }

  static constexpr int kMaxUnwrappedPower = 4;

  ConstantFolder fold_;
  std::vector<DistinctValue> distinct_;
  std::vector<Value> values_;  ///< one per distinct value
  std::vector<Entry> open_;
  Graph graph_;
  IdTable table_;
};

}  // namespace

Graph read_graph(const Program& program, Folding folding) {
  return GraphReader(program, folding).run();
}

}  // namespace ulpforge::ir

// The canonical form behind simplify(): a program as sums and products of any number of parts.
//
// Nodes are made once each (structurally equal parts are one node) and carry no sign: a value is
// +node or -node, and signs and constant factors live in the entries that read a node.
//   Input     x
//   Constant  one that could not be merged into a sum or a product
//   Sum       constant + sum of coefficient * node, the first coefficient positive
//   Product   product of node^power, without a coefficient
//   Scale     coefficient * node with coefficient > 0: a scaled value that several others read
//   Call      any other operation; an entry per operand with coefficient +1 or -1
#pragma once

#include <cstdint>
#include <vector>

#include "ir/program.h"
#include "ir/simplify.h"

namespace ulpforge::ir {

/// One part of a Sum (coefficient), of a Product (power) or one operand of a Call.
struct Entry {
  std::uint32_t node = 0;
  std::int32_t power = 1;
  numbers::DoubleDouble coefficient = 1.0;
  bool own = false;  ///< nothing else reads the part, as far as known: it may be rescaled
};

struct Node {
  enum class Kind : std::uint8_t { Input, Constant, Sum, Product, Scale, Call };
  Kind kind = Kind::Input;
  Op op = Op::Add;          ///< of a Call
  std::uint32_t begin = 0;  ///< its entries in Graph::entries
  std::uint32_t end = 0;
  numbers::DoubleDouble constant = {};  ///< of a Constant, a Sum or a Scale
  std::uint64_t shape = 0;              ///< hash without the values of constants, signs or sharing
  std::uint64_t content = 0;            ///< hash of everything
};

/// Nodes stand after the nodes that they read.
struct Graph {
  std::vector<Node> nodes;
  std::vector<Entry> entries;
  std::uint32_t root = 0;
  bool negative = false;  ///< the value is -root

  bool is(std::uint32_t node, Node::Kind kind) const { return nodes[node].kind == kind; }

  /// 1 / (a * b ...): a constant factor costs nothing, it takes the place of the 1.
  bool is_reciprocal(std::uint32_t node) const {
    if (!is(node, Node::Kind::Product)) return false;
    for (std::uint32_t i = nodes[node].begin; i < nodes[node].end; ++i) {
      if (entries[i].power > 0) return false;
    }
    return true;
  }
};

/// Reads a legal program, merging constants as `folding` allows.
Graph read_graph(const Program& program, Folding folding);

/// The program of a graph, in canonical order.
Program write_graph(Graph graph);

}  // namespace ulpforge::ir

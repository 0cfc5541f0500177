// What the parts of a header ask about the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "ir/program.h"

namespace ulpforge::emit {

/// Of a canonical machine program of one input, which has to live as long.
class ProgramFacts {
 public:
  explicit ProgramFacts(const ir::Program& canonical);

  const ir::Program& program;
  const ir::Type from, to;  ///< types of the input and of the result

  /// The types that occur: inputs, constants and values, without truth values.
  std::set<ir::Type> types() const;
  bool has_truth_values() const;
  bool uses(ir::Op op) const;
  bool reads_input() const;
  /// Whether the result depends on the input.
  bool result_varies() const;
  /// Whether most of the values that every element needs are of 64 bits.
  bool is_mostly_wide() const;

  ir::Type constant_type(std::size_t constant) const { return constant_types_[constant]; }
  std::uint64_t constant_bits(std::size_t constant) const { return constant_bits_[constant]; }
  /// Tables: the first constant of each and how many it has.
  const std::map<std::size_t, std::size_t>& tables() const { return tables_; }
  /// Constants that are read by themselves.
  const std::set<std::size_t>& single_constants() const { return single_constants_; }
  /// The types of which a form has to make constants.
  std::set<ir::Type> types_of_constants() const;

  /// Whether instruction i is a product that a sum reads, or may read where it is the result, maybe
  /// with its sign changed. Compilers that contract would fuse the two; function_of(i) is then
  /// "product", which stays by itself.
  bool is_product_of_sum(std::size_t i) const { return product_of_sum_[i] != 0; }
  /// The function that stands for instruction i: a jump makes a rare select rare.
  std::string_view function_of(std::size_t i) const;

  /// Whether instruction i is needed for every element, not by rare code alone.
  bool is_common(std::size_t i) const;
  /// The select that alone needs instruction i, for its rare value (ir/rare.h).
  std::size_t owner(std::size_t i) const { return owners_[i]; }
  /// Those of the group of selects from i on that are needed for every element.
  std::vector<std::size_t> members_of_group(std::size_t i) const;
  /// Whether instruction i is a select that decides on code of its own.
  bool is_rare_select(std::size_t i) const;
  bool has_rare_code() const;

  /// A condition of the form limit < |number|, the limit a constant.
  struct SizeCondition {
    ir::Operand number, limit;
    ir::Type type;
  };
  std::optional<SizeCondition> size_condition(ir::Operand condition) const;

  /// Whether the processor does instruction i with the one that reads it, so that it may not be a
  /// step of its own: fma changes signs of what it reads, and a choice between two values masks
  /// the operation that one of them comes from, which fma can where the other is an operand of it.
  bool joins_its_reader(std::size_t i) const;

 private:
  bool feeds_sum(std::size_t i) const;
  void note_constants(const ir::Instruction& step);

  std::vector<ir::Type> constant_types_;
  std::vector<std::uint64_t> constant_bits_;
  std::vector<std::size_t> owners_;
  std::map<std::size_t, std::size_t> tables_;
  std::set<std::size_t> single_constants_;
  std::vector<char> product_of_sum_;
};

}  // namespace ulpforge::emit

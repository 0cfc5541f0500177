// Machine programs as C++ headers: one body, compiled for scalars and for vectors.
#include "emit/machine_header.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>

#include "ir/canonical.h"
#include "emit/cpp_text.h"
#include "emit/lookup_order.h"
#include "emit/operation_source.h"
#include "ir/rare.h"

namespace ulpforge::emit {
namespace {

/// The vectors that the body is compiled for, the widest first.
struct VectorForm {
  std::string_view name;  ///< in the header
  std::string_view comment;
  std::string condition;  ///< of the preprocessor
  std::size_t lanes;
  std::size_t share;  ///< of the vectors in step: one in so many, as there are fewer registers
  const OperationSource& source;
};

std::array<VectorForm, 3> vector_forms() {
  const OperationSource &avx512 = avx512_source(), &avx512vl = avx512vl_source(),
                        &avx2 = avx2_source();
  return {{{"Avx512", "Sixteen elements at a time.",
            avx512.condition() + " && \\\n    !(defined(UF_VECTOR_BITS) && UF_VECTOR_BITS == 256)",
            16, 1, avx512},
           {"Avx512vl", "Eight elements at a time.", avx512vl.condition(), 8, 1, avx512vl},
           {"Avx2", "Eight elements at a time.", avx2.condition(), 8, 2, avx2}}};
}

/// What compilers say of flags under which this arithmetic is no longer IEEE arithmetic. clang has
/// only the first two.
constexpr std::string_view kRefusals =
    "#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) || \\\n"
    "    defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || \\\n"
    "    defined(__NO_SIGNED_ZEROS__)\n"
    "#error \"-ffast-math and its parts change this arithmetic and void its error bound\"\n"
    "#endif\n"
    "#if defined(__FLT_EVAL_METHOD__) && \\\n"
    "    (__FLT_EVAL_METHOD__ < 0 || __FLT_EVAL_METHOD__ == 1 || __FLT_EVAL_METHOD__ == 2)\n"
    "#error \"float arithmetic has to be rounded to float: compile with -mfpmath=sse\"\n"
    "#endif\n";

constexpr std::string_view kMinusZero = "minus_zero";

std::string upper(ir::Type type) { return emit::upper(std::string(ir::name(type))); }

std::string nan_literal(std::uint64_t bits, ir::Type type) {
  const bool narrow = type == ir::Type::F32;
  const unsigned mantissa_bits = narrow ? 23 : 52;
  const std::uint64_t quiet = std::uint64_t{1} << (mantissa_bits - 1);
  const bool negative = (bits >> (narrow ? 31 : 63)) != 0;
  const std::uint64_t payload = bits & (quiet - 1);
  return fmt::format("{}__builtin_nan{}{}(\"{}\")", negative ? "-" : "",
                     (bits & quiet) != 0 ? "" : "s", narrow ? "f" : "",
                     payload == 0 ? "" : fmt::format("{:#x}", payload));
}

std::string float_literal(std::uint64_t bits, ir::Type type) {
  const bool narrow = type == ir::Type::F32;
  const double value =
      narrow ? std::bit_cast<float>(static_cast<std::uint32_t>(bits)) : std::bit_cast<double>(bits);
  if (std::isnan(value)) return nan_literal(bits, type);
  if (std::isinf(value)) {
    return fmt::format("{}__builtin_inf{}()", value < 0 ? "-" : "", narrow ? "f" : "");
  }
  return fmt::format("{:a}{}", value, narrow ? "f" : "");
}

/// The least integer has no literal.
std::string integer_literal(std::uint64_t bits, ir::Type type) {
  if (type == ir::Type::I32) {
    const auto value = static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
    return value == INT32_MIN ? "-2147483647 - 1" : fmt::format("{}", value);
  }
  const auto value = static_cast<std::int64_t>(bits);
  return value == INT64_MIN ? "-INT64_C(9223372036854775807) - 1"
                            : fmt::format("INT64_C({})", value);
}

std::string literal(std::uint64_t bits, ir::Type type) {
  return ir::is_float(type) ? float_literal(bits, type) : integer_literal(bits, type);
}

/// A constant for people: decimal for floats, hexadecimal for integers.
std::string remark(std::uint64_t bits, ir::Type type) {
  switch (type) {
    case ir::Type::F32:
      return fmt::format("{:.9g}", std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    case ir::Type::F64:
      return fmt::format("{:.17g}", std::bit_cast<double>(bits));
    default:
      return fmt::format("{:#x}", bits);
  }
}

/// What marks a step, where several vectors go in step; a single one has no need of it.
constexpr std::string_view kStep =
    "template <class V>\n"
    "inline const V& step(const V& a) { return a; }\n";

/// The header's parts, from a canonical program.
class Emitter {
 public:
  Emitter(const ir::Program& program, const MachineHeader& header)
      : program_(program),
        header_(header),
        types_(ir::constant_types(program)),
        bits_(ir::constant_bits(program)),
        owners_(ir::rare_owners(program)),
        from_(program.input_types[0]),
        to_(ir::result_type(program)) {
    for (std::size_t i = 0; i < program.code.size(); ++i) {
      const ir::Instruction& step = program.code[i];
      fused_away_.push_back(is_product_of_sum(i));
      for (std::size_t k = 0; k < step.arity(); ++k) {
        const ir::Operand operand = step.operands[k];
        if (const std::size_t entries = ir::table_size(ir::info(step.op), k); entries > 0) {
          std::size_t& size = tables_[operand.index];
          size = std::max(size, entries);
        } else if (operand.is_constant()) {
          single_constants_.insert(operand.index);
        }
      }
    }
  }

  std::string header() const {
    const std::string guard = emit::upper(header_.name) + "_H";
    return comment_block(header_.comment) + fmt::format("#ifndef {0}\n#define {0}\n\n", guard) +
           includes() + "\n" + std::string(kRefusals) + "\n" + choice_of_form() +
           fmt::format(
               "\n// Internal linkage: each translation unit has what it was compiled for.\n"
               "namespace {}_detail {{\nnamespace {{\n\n",
               header_.name) +
           operations(scalar_source()) + std::string(header_.interleaved > 1 ? kStep : "") + "\n" +
           tables() + forms() + "\n" + body() + rare_loops() +
           fmt::format("\n}}  // namespace\n}}  // namespace {}_detail\n\n", header_.name) +
           scalar_function() + "\n" + array_function() + fmt::format("\n#endif  // {}\n", guard);
  }

 private:
  /// Whether a product is read by a sum, maybe with its sign changed: compilers that contract
  /// would fuse the two.
  bool is_product_of_sum(std::size_t i) const {
    const ir::Instruction& step = program_.code[i];
    return step.op == ir::Op::Mul && ir::is_float(step.type) && feeds_sum(i);
  }
  bool feeds_sum(std::size_t i) const {
    for (std::size_t j = i + 1; j < program_.code.size(); ++j) {
      const ir::Instruction& reader = program_.code[j];
      for (std::size_t k = 0; k < reader.arity(); ++k) {
        if (reader.operands[k] != ir::Operand::value(i)) continue;
        if (reader.op == ir::Op::Add || reader.op == ir::Op::Sub) return true;
        if (reader.op == ir::Op::Neg && feeds_sum(j)) return true;
        // Without rare code it is its common value.
        if (reader.op == ir::Op::SelectRare && k == 2 && feeds_sum(j)) return true;
      }
    }
    return false;
  }

  std::string includes() const {
    std::string text =
        "#include <cmath>\n#include <cstddef>\n#include <cstdint>\n#include <cstring>\n";
    if (uses(ir::Op::Ternary)) text += "#include <type_traits>\n";
    return text;
  }

  /// The macro that is defined where a form is the one to compile.
  std::string macro(const VectorForm& form) const {
    return emit::upper(fmt::format("{}_{}", header_.name, form.name));
  }

  std::string choice_of_form() const {
    std::string text;
    for (const VectorForm& form : vector_forms()) {
      text += fmt::format("#{} {}\n#include <immintrin.h>\n#define {}\n",
                          text.empty() ? "if" : "elif", form.condition, macro(form));
    }
    return "// The array form has the widest vectors that the compiler may use, but none above\n"
           "// 256 bits where UF_VECTOR_BITS is defined as 256: some programs fare better so.\n" +
           text + "#endif\n";
  }

  /// What belongs to the form that is compiled, and to none.
  template <class Text>
  std::string by_form(Text text_of, const std::string& otherwise) const {
    std::string text;
    for (const VectorForm& form : vector_forms()) {
      text += fmt::format("#{} defined({})\n", text.empty() ? "if" : "elif", macro(form));
      text += text_of(form);
    }
    if (!otherwise.empty()) text += "#else\n" + otherwise;
    return text + "#endif\n";
  }

  bool uses(ir::Op op) const {
    return std::ranges::find(program_.code, op, &ir::Instruction::op) != program_.code.end();
  }

  /// The types that occur: inputs, constants and values, without truth values.
  std::set<ir::Type> types() const {
    std::set<ir::Type> found = {from_, to_};
    for (const ir::Type type : types_) found.insert(type);
    for (const ir::Instruction& step : program_.code) found.insert(result_type_of(step));
    found.erase(ir::Type::Bool);
    found.erase(ir::Type::Real);
    return found;
  }
  static ir::Type result_type_of(const ir::Instruction& step) {
    return ir::result_type(ir::info(step.op), step.type);
  }

  /// Each operation that the program uses, over the types that it uses.
  std::string operations(const OperationSource& source) const {
    std::map<std::size_t, std::vector<OperationSource::Function>> blocks;
    const auto add = [&](const OperationSource::Function& function) {
      auto& block = blocks[function.block];
      const bool known = std::ranges::any_of(
          block, [&](const auto& other) { return other.text == function.text; });
      if (!known) block.push_back(function);
    };
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      const ir::Instruction& step = program_.code[i];
      const ir::OpInfo& row = ir::info(step.op);
      std::vector<std::string> parameters;
      for (std::size_t k = 0; k < row.arity; ++k) {
        const ir::Type type = ir::operand_type(row, step.type, k);
        parameters.push_back(ir::table_size(row, k) > 0
                                 ? fmt::format("const {}*", scalar_source().spelling(type))
                                 : std::string(source.spelling(type)));
      }
      if (fused_away_[i]) {
        add(source.find("fma", std::vector<std::string>(3, parameters[0])));
      } else {
        add(source.find(function_of(step.op), parameters));
      }
      if (!is_rare(i)) continue;
      add(source.find("any", {parameters[0]}));
      if (const auto sized = size_condition(step.operands[0])) {
        const std::vector<std::string> two(2, std::string(source.spelling(sized->type)));
        add(source.find("any_larger", two));
        if (!source.block("any_larger_of_four").empty()) {
          const std::vector<std::string> five(5, std::string(source.spelling(sized->type)));
          add(source.find("any_larger_of_four", five));
        }
      }
    }
    std::string text;
    for (const auto& [place, functions] : blocks) {
      if (!functions.front().comment.empty()) {
        text += fmt::format("// {}: {}\n", functions.front().name, functions.front().comment);
      }
      for (const auto& function : functions) text += function.text;
    }
    return text;
  }

  std::string table_name(std::size_t constant) const { return fmt::format("table{}", constant); }

  std::string tables() const {
    std::string text;
    for (const auto& [first, size] : tables_) {
      const ir::Type type = types_[first];
      text += fmt::format("alignas(64) const {} {}[{}] = {{\n", scalar_source().spelling(type),
                          table_name(first), size);
      for (std::size_t i = 0; i < size; i += 4) {
        std::vector<std::string> row;
        for (std::size_t k = i; k < i + 4; ++k) row.push_back(literal(bits_[first + k], type));
        text += fmt::format("    {},\n", fmt::join(row, ", "));
      }
      text += "};\n\n";
    }
    return text;
  }

  /// The forms that the body is compiled for: their types, and how they spell a constant.
  std::string forms() const {
    const auto with_vectors = [&](const VectorForm& vector) {
      return vector_operations(vector.source) +
             form(vector.name, vector.comment, vector.source, "broadcast({})") +
             (in_step(vector) > 1 ? together(vector) : "");
    };
    return form("Scalar", "One element at a time.", scalar_source(), "{}") + "\n" +
           by_form(with_vectors, "");
  }

  /// How many vectors of a form the loop takes in step.
  std::size_t in_step(const VectorForm& form) const {
    return std::max<std::size_t>(1, header_.interleaved / form.share);
  }

  /// The form of several vectors at a time. Each operation is done for all of them before the next
  /// one is: the processor looks but so far ahead, and would find little that can start in the
  /// chain of a single vector.
  std::string together(const VectorForm& form) const {
    const std::size_t count = in_step(form);
    const auto repeated = [&](std::string_view item, std::string_view separator) {
      std::vector<std::string> items;
      for (std::size_t k = 0; k < count; ++k) items.push_back(fmt::format(fmt::runtime(item), k));
      return fmt::format("{}", fmt::join(items, separator));
    };
    std::string text = fmt::format(
        "// {0} vectors in step: each operation is done for all of them before the next one is, so "
        "that\n"
        "// none waits long for the result of the one before.\n"
        "#pragma GCC diagnostic push\n"
        "#pragma GCC diagnostic ignored \"-Wignored-attributes\"\n"
        "template <class V>\n"
        "struct InStep {{\n"
        "  V v[{0}];\n"
        "}};\n"
        "template <int k, class T>\n"
        "inline const T& part(const T& a) {{ return a; }}\n"
        "template <int k, class V>\n"
        "inline const V& part(const InStep<V>& a) {{ return a.v[k]; }}\n"
        "template <class V>\n"
        "inline void keep_step(InStep<V>&) {{}}\n"
        "#if defined(__clang__)\n"
        "// clang would do one vector after the other, to save registers.\n",
        count);
    for (const ir::Type type : {ir::Type::F32, ir::Type::I32}) {
      text += fmt::format("inline void keep_step(InStep<{}>& a) {{\n  __asm__(\"\" : {});\n}}\n",
                          form.source.spelling(type), repeated("\"+v\"(a.v[{}])", ", "));
    }
    text +=
        "#endif\n"
        "template <class V>\n"
        "__attribute__((always_inline)) inline InStep<V> step(InStep<V> all) {\n"
        "  keep_step(all);\n"
        "  return all;\n"
        "}\n";
    text += fmt::format(
        "template <class F, class... A>\n"
        "__attribute__((always_inline)) inline auto each(F f, const A&... a)\n"
        "    -> InStep<decltype(f(part<0>(a)...))> {{\n"
        "  return {{{{{}}}}};\n"
        "}}\n",
        repeated("f(part<{}>(a)...)", ", "));
    for (const std::string_view name : functions_called()) {
      text += fmt::format(
          "template <class V, class... A>\n"
          "__attribute__((always_inline)) inline auto {0}(const InStep<V>& a, const A&... b) {{\n"
          "  return each([](const auto&... x) {{ return {0}(x...); }}, a, b...);\n"
          "}}\n",
          name);
    }
    if (shares_roots(form)) {
      text += form.source.block("sqrt_by_products");
      text += fmt::format(
          "// One of the roots without the divider, which does one after the other, and so has less "
          "to do.\n"
          "inline InStep<{0}> sqrt(const InStep<{0}>& a) {{\n"
          "  return {{{{sqrt(a.v[0]), sqrt(a.v[1]), sqrt(a.v[2]), sqrt_by_products(a.v[3])}}}};\n"
          "}}\n",
          form.source.spelling(ir::Type::F32));
    }
    if (has_rare_code()) {
      text +=
          fmt::format("template <class V>\ninline bool any(const InStep<V>& c) {{ return {}; }}\n",
                      repeated("any(c.v[{}])", " || "));
      // One comparison for all of them.
      const bool joined = count == 4 && !form.source.block("any_larger_of_four").empty();
      text += fmt::format(
          "template <class V>\n"
          "inline bool any_larger(const InStep<V>& a, const InStep<V>& limit) {{\n"
          "  return {};\n}}\n",
          joined ? "any_larger_of_four(" + repeated("a.v[{0}]", ", ") + ", limit.v[0])"
                 : repeated("any_larger(a.v[{0}], limit.v[{0}])", " || "));
    }
    text += "template <class Form>\nstruct Together {\n";
    for (const ir::Type type : types()) {
      text += fmt::format("  using {0} = InStep<typename Form::{0}>;\n", upper(type));
    }
    for (const ir::Type type : constants_made()) {
      text += fmt::format(
          "  static {} {}({} value) {{\n    const auto c = Form::{}(value);\n"
          "    return {{{{{}}}}};\n  }}\n",
          upper(type), ir::name(type), scalar_source().spelling(type), ir::name(type), repeated("c", ", "));
    }
    return text + "};\n#pragma GCC diagnostic pop\n";
  }

  /// Whether the divider would take longer for a root than the other steps do, even with those that
  /// one root of four takes without it.
  bool shares_roots(const VectorForm& form) const {
    constexpr std::size_t kVectors = 4;
    constexpr double kProducts = 12;  // steps of a root without the divider
    if (in_step(form) != kVectors || form.source.block("sqrt_by_products").empty()) return false;
    std::size_t roots = 0, steps = 0;
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      const ir::Instruction& step = program_.code[i];
      if (owners_[i] != ir::kAlways || joins_its_reader(i)) continue;
      roots += step.op == ir::Op::Sqrt && step.type == ir::Type::F32;
      steps += step.op != ir::Op::Sqrt && step.op != ir::Op::Bits && step.op != ir::Op::FromBits;
      if (step.op == ir::Op::Div || step.type == ir::Type::F64) return false;
    }
    const auto [operations, meanwhile] = header_.square_root;
    const double all_steps =
        kVectors * static_cast<double>(steps) + (kVectors - 1) * operations + kProducts;
    return roots == 1 && all_steps < kVectors * meanwhile;
  }

  bool has_rare_code() const {
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (is_rare(i)) return true;
    }
    return false;
  }

  /// The functions that stand for the operations, each once.
  std::set<std::string_view> functions_called() const {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      names.insert(fused_away_[i] ? ir::info(ir::Op::Fma).name : function_of(program_.code[i].op));
    }
    return names;
  }

  std::string form(std::string_view form_name, std::string_view comment,
                   const OperationSource& source, std::string_view constant) const {
    std::string text = fmt::format("// {}\nstruct {} {{\n", comment, form_name);
    for (const ir::Type type : types()) {
      text += fmt::format("  using {} = {};\n", upper(type), source.spelling(type));
    }
    for (const ir::Type type : constants_made()) {
      text += fmt::format("  static {} {}({} c) {{ return {}; }}\n", upper(type), ir::name(type),
                          scalar_source().spelling(type), fmt::format(fmt::runtime(constant), "c"));
    }
    return text + "};\n";
  }

  std::set<ir::Type> constants_made() const {
    std::set<ir::Type> made;
    for (const std::size_t k : single_constants_) made.insert(types_[k]);
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (fused_away_[i]) made.insert(program_.code[i].type);
    }
    return made;
  }

  bool has_truth_values() const {
    return std::ranges::any_of(
        program_.code, [](const ir::Instruction& step) { return result_type_of(step) == ir::Type::Bool; });
  }

  std::string vector_operations(const OperationSource& source) const {
    std::string text;
    const std::set<ir::Type> used = types();
    if (has_truth_values()) text += source.block("truth");
    if (used.contains(ir::Type::F64) || used.contains(ir::Type::I64)) text += source.block("wide");
    const auto pointer = [&](ir::Type type, bool constant) {
      return fmt::format("{}{}*", constant ? "const " : "", scalar_source().spelling(type));
    };
    for (const ir::Type type : constants_made()) {
      text += source.find("broadcast", {std::string(scalar_source().spelling(type))}).text;
    }
    text += source.find("first_lanes", {"std::size_t"}).text;
    for (const char* access : {"load", "load_some"}) {
      text += source.find(access, {pointer(from_, true)}).text;
    }
    for (const char* access : {"store", "store_some"}) {
      text += source.find(access, {pointer(to_, false)}).text;
    }
    return text + operations(source);
  }

  std::string body() const {
    return fmt::format(
               "template <class Form>\n"
               "__attribute__((always_inline)) inline typename Form::{} evaluate(\n"
               "    {}typename Form::{} x) {{\n",
               upper(to_), reads_input() ? "" : "[[maybe_unused]] ", upper(from_)) +
           constant_lines(single_constants_) + minus_zeros() + value_lines() +
           fmt::format("  return {};\n}}\n", ir::name_of(program_.result)) +
           (has_rare_code() ? "\n" + common_body() : "");
  }

  /// A condition of the form limit < |number|, the limit a constant.
  struct SizeCondition {
    ir::Operand number, limit;
    ir::Type type;
  };
  std::optional<SizeCondition> size_condition(ir::Operand condition) const {
    if (!condition.is_value()) return {};
    const ir::Instruction& less = program_.code[condition.index];
    if (less.op != ir::Op::Less || !ir::is_float(less.type) || !less.operands[0].is_constant() ||
        !less.operands[1].is_value()) {
      return {};
    }
    const ir::Instruction& size = program_.code[less.operands[1].index];
    if (size.op != ir::Op::Abs) return {};
    return SizeCondition{size.operands[0], less.operands[0], less.type};
  }

  /// Which values the common body needs besides its conditions.
  std::vector<char> needed_in_common() const {
    std::vector<char> needed(program_.code.size(), 0);
    const auto need = [&](ir::Operand operand) {
      if (operand.is_value()) needed[operand.index] = 1;
    };
    need(program_.result);
    for (std::size_t i = program_.code.size(); i-- > 0;) {
      if (owners_[i] != ir::kAlways) continue;
      const ir::Instruction& step = program_.code[i];
      if (is_rare(i)) {
        if (const auto sized = size_condition(step.operands[0])) {
          need(sized->number);
        } else {
          need(step.operands[0]);
        }
        if (needed[i] != 0) need(step.operands[2]);
        continue;
      }
      if (needed[i] == 0) continue;
      for (std::size_t k = 0; k < step.arity(); ++k) need(step.operands[k]);
    }
    return needed;
  }

  /// For loops, which stay free of jumps over rare code and of what is alive across them.
  std::string common_body() const {
    const std::vector<char> needed = needed_in_common();
    std::set<std::size_t> constants;
    std::string values, conditions;
    const std::size_t width = ir::name_of(ir::Operand::value(program_.code.size() - 1)).size();
    const auto use = [&](ir::Operand operand) {
      if (operand.is_constant() && single_constants_.contains(operand.index)) {
        constants.insert(operand.index);
      }
    };
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (owners_[i] != ir::kAlways) continue;
      const ir::Instruction& step = program_.code[i];
      if (!is_rare(i)) {
        if (needed[i] == 0) continue;
        for (std::size_t k = 0; k < step.arity(); ++k) use(step.operands[k]);
        values += value_line("  ", i, width);
        continue;
      }
      if (needed[i] != 0) {
        use(step.operands[2]);
        values += fmt::format("  const auto {:<{}} = {};\n", ir::name_of(ir::Operand::value(i)), width,
                              ir::name_of(step.operands[2]));
      }
      std::string test = fmt::format("any({})", ir::name_of(step.operands[0]));
      if (const auto sized = size_condition(step.operands[0])) {
        use(sized->limit);
        test = fmt::format("any_larger({}, {})", ir::name_of(sized->number), ir::name_of(sized->limit));
      } else {
        use(step.operands[0]);
      }
      if (conditions.find(test) == std::string::npos) {
        conditions += (conditions.empty() ? "" : " || ") + test;
      }
    }
    return fmt::format(
               "// Without the rare code: what y is, and whether some element needs that code.\n"
               "template <class Form>\n"
               "__attribute__((always_inline)) inline bool common(\n"
               "    typename Form::{} x, typename Form::{}& y) {{\n",
               upper(from_), upper(to_)) +
           constant_lines(constants) + minus_zeros(false) + values +
           fmt::format("  y = {};\n  return {};\n}}\n", ir::name_of(program_.result), conditions);
  }

  bool reads_input() const {
    if (program_.result.is_input()) return true;
    for (const ir::Instruction& step : program_.code) {
      for (std::size_t k = 0; k < step.arity(); ++k) {
        if (step.operands[k].is_input()) return true;
      }
    }
    return false;
  }

  std::string constant_lines(const std::set<std::size_t>& constants) const {
    struct Line {
      std::string name, value, comment;
    };
    std::vector<Line> lines;
    for (const std::size_t k : constants) {
      lines.push_back({ir::name_of(ir::Operand::constant(k)),
                       fmt::format("Form::{}({});", ir::name(types_[k]), literal(bits_[k], types_[k])),
                       remark(bits_[k], types_[k])});
    }
    std::size_t name_width = 0;
    std::size_t value_width = 0;
    for (const Line& line : lines) {
      name_width = std::max(name_width, line.name.size());
      value_width = std::max(value_width, line.value.size());
    }
    std::string text;
    for (const Line& line : lines) {
      text += fmt::format("  const auto {:<{}} = {:<{}}  // {}\n", line.name, name_width,
                          line.value, value_width, line.comment);
    }
    return text;
  }

  std::string minus_zeros(bool with_rare_code = true) const {
    std::set<ir::Type> made;
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (fused_away_[i] && (with_rare_code || owners_[i] == ir::kAlways)) {
        made.insert(program_.code[i].type);
      }
    }
    if (made.empty()) return "";
    std::string text =
        "  // fma(a, b, -0) is a * b, rounded; compilers would fuse a plain product with the sum "
        "that\n"
        "  // reads it.\n";
    for (const ir::Type type : made) {
      text += fmt::format("  const auto {} = Form::{}(-0.0{});\n", minus_zero(type), ir::name(type),
                          type == ir::Type::F32 ? "f" : "");
    }
    return text;
  }

  static std::string minus_zero(ir::Type type) {
    return fmt::format("minus_zero{}", type == ir::Type::F32 ? "" : "_f64");
  }

  /// What the value of instruction i is computed by.
  std::string value_of(std::size_t i) const {
    return header_.interleaved > 1 && !joins_its_reader(i) ? fmt::format("step({})", call(i))
                                                           : call(i);
  }

  /// Whether the processor does instruction i with the one that reads it, so that it may not be a
  /// step of its own: fma changes signs of what it reads, and a choice between two values masks
  /// the operation that one of them comes from, which fma can where the other is an operand of it.
  bool joins_its_reader(std::size_t i) const {
    const ir::Instruction& step = program_.code[i];
    if (!ir::is_float(step.type)) return false;
    if (step.op == ir::Op::Neg) return true;
    const bool masked =
        step.op == ir::Op::Fma || step.op == ir::Op::Mul || step.op == ir::Op::Add || step.op == ir::Op::Sub;
    if (!masked || program_.result == ir::Operand::value(i)) return false;
    const ir::Instruction* reader = nullptr;
    std::size_t other = 0;
    for (std::size_t j = i + 1; j < program_.code.size(); ++j) {
      for (std::size_t k = 0; k < program_.code[j].arity(); ++k) {
        if (program_.code[j].operands[k] != ir::Operand::value(i)) continue;
        if (reader != nullptr || program_.code[j].op != ir::Op::Select || k == 0) return false;
        reader = &program_.code[j];
        other = 3 - k;
      }
    }
    if (reader == nullptr) return false;
    const auto operands = std::span(step.operands).first(step.arity());
    return step.op != ir::Op::Fma ||
           std::ranges::find(operands, reader->operands[other]) != operands.end();
  }

  /// The function that stands for an operation: a jump makes a rare select rare.
  static std::string_view function_of(ir::Op op) {
    return op == ir::Op::SelectRare ? ir::info(ir::Op::Select).name : ir::info(op).name;
  }

  /// Whether instruction i is a select that decides on code of its own.
  bool is_rare(std::size_t i) const {
    return program_.code[i].op == ir::Op::SelectRare && owners_[i] == ir::kAlways;
  }

  std::string value_lines() const {
    const std::size_t width =
        program_.code.empty() ? 0 : ir::name_of(ir::Operand::value(program_.code.size() - 1)).size();
    std::string text;
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (owners_[i] != ir::kAlways) continue;
      const std::size_t group = ir::rare_group(program_, i);
      text += group > 0 ? rare_lines(i, width) : value_line("  ", i, width);
      if (group > 0) i += group - 1;
    }
    return text;
  }

  std::string value_line(std::string_view indent, std::size_t i, std::size_t width) const {
    return fmt::format("{}const auto {:<{}} = {};\n", indent, ir::name_of(ir::Operand::value(i)), width,
                       value_of(i));
  }

  /// The group of select_rare from i on: a jump over its own code.
  std::string rare_lines(std::size_t i, std::size_t width) const {
    std::string text;
    std::string chosen;
    for (const std::size_t j : ir::rare_members(program_, owners_, i)) {
      const std::string value = ir::name_of(ir::Operand::value(j));
      text += fmt::format("  auto {} = {};\n", value, ir::name_of(program_.code[j].operands[2]));
      chosen += fmt::format("    {} = {};\n", value, call(j));
    }
    text += fmt::format("  if (any({})) {{\n", ir::name_of(program_.code[i].operands[0]));
    for (std::size_t j = 0; j < i; ++j) {
      if (owners_[j] == i) text += value_line("    ", j, width);
    }
    return text + chosen + "  }\n";
  }

  std::string call(std::size_t i) const {
    const ir::Instruction& step = program_.code[i];
    const ir::OpInfo& row = ir::info(step.op);
    std::vector<std::string> arguments;
    for (std::size_t k = 0; k < row.arity; ++k) {
      arguments.push_back(ir::table_size(row, k) > 0 ? table_name(step.operands[k].index)
                                                 : ir::name_of(step.operands[k]));
    }
    if (step.op == ir::Op::Ternary) {
      arguments.push_back(fmt::format("std::integral_constant<int, {:#04x}>()", step.immediate));
    }
    if (fused_away_[i]) arguments.push_back(minus_zero(step.type));
    return fmt::format("{}({})", fused_away_[i] ? "fma" : function_of(step.op),
                       fmt::join(arguments, ", "));
  }

  std::string scalar_function() const {
    return fmt::format(
        "static inline {1} {0}({2} x) {{\n"
        "  return {0}_detail::evaluate<{0}_detail::Scalar>(x);\n"
        "}}\n",
        header_.name, scalar_source().spelling(to_), scalar_source().spelling(from_));
  }

  std::string array_function() const {
    return fmt::format(
               "// y[i] = {0}(x[i]) for i < n; y may be x.\n"
               "static inline void {0}_n(const {1}* x, {2}* y, std::size_t n) {{\n",
               header_.name, scalar_source().spelling(from_), scalar_source().spelling(to_)) +
           by_form([&](const VectorForm& form) { return vector_loops(form); }, plain_loops()) +
           "}\n";
  }

  /// Several vectors at a time, then one, then what is left.
  std::string vector_loops(const VectorForm& form) const {
    std::string text =
        fmt::format("  namespace detail = {}_detail;\n  std::size_t i = 0;\n", header_.name);
    if (in_step(form) > 1) {
      text += fmt::format("  using Together = detail::Together<detail::{}>;\n", form.name);
      text += has_rare_code() ? rare_aware_loop(form) : loop_in_step(form);
    }
    if (has_rare_code()) return text + "  detail::evaluate_some(x + i, y + i, n - i);\n";
    return text + masked_loop(form, "detail::");
  }

  /// y = f(x) for vectors in step from i on.
  struct StepText {
    std::size_t count;
    std::string loads, stores;
  };
  StepText step_text(const VectorForm& form, std::string_view indent) const {
    StepText text{form.lanes * in_step(form), "", ""};
    for (std::size_t k = 0; k < in_step(form); ++k) {
      text.loads +=
          fmt::format("{}detail::load(x + i{})", k == 0 ? "" : ", ", offset(k * form.lanes));
      text.stores +=
          fmt::format("{}detail::store(y + i{}, some.v[{}]);\n", indent, offset(k * form.lanes), k);
    }
    return text;
  }

  std::string loop_in_step(const VectorForm& form) const {
    const StepText step = step_text(form, "    ");
    return fmt::format(
        "  for (; n - i >= {0}; i += {0}) {{\n"
        "    const Together::{1} part = {{{{{2}}}}};\n"
        "    const auto some = detail::evaluate<Together>(part);\n"
        "{3}"
        "  }}\n",
        step.count, upper(from_), step.loads, step.stores);
  }

  /// The inner loop ends at vectors that need rare code; a function of its own evaluates those.
  std::string rare_aware_loop(const VectorForm& form) const {
    const StepText step = step_text(form, "      ");
    return fmt::format(
        "  while (n - i >= {0}) {{\n"
        "    for (; n - i >= {0}; i += {0}) {{\n"
        "      const Together::{1} part = {{{{{2}}}}};\n"
        "      Together::{3} some;\n"
        "      if (detail::common<Together>(part, some)) break;\n"
        "{4}"
        "    }}\n"
        "    if (n - i < {0}) break;\n"
        "    detail::evaluate_some(x + i, y + i, {0});\n"
        "    i += {0};\n"
        "  }}\n",
        step.count, upper(from_), step.loads, upper(to_), step.stores);
  }

  std::string masked_loop(const VectorForm& form, std::string_view scope) const {
    return fmt::format(
        "  for (; i < n; i += {0}) {{\n"
        "    const auto rest = {1}first_lanes(n - i);\n"
        "    const auto some = {1}evaluate<{1}{2}>({1}load_some(x + i, rest));\n"
        "    {1}store_some(y + i, rest, some);\n"
        "  }}\n",
        form.lanes, scope, form.name);
  }

  /// For elements that may need rare code, out of the way of the loops for the others.
  std::string rare_loops() const {
    if (!has_rare_code()) return "";
    return fmt::format(
               "\n// y[i] = f(x[i]) where some x[i] may need rare code.\n"
               "__attribute__((noinline)) inline void evaluate_some(\n"
               "    const {}* x, {}* y, std::size_t n) {{\n  std::size_t i = 0;\n",
               scalar_source().spelling(from_), scalar_source().spelling(to_)) +
           by_form([&](const VectorForm& form) { return masked_loop(form, ""); },
                   "  for (; i < n; ++i) y[i] = evaluate<Scalar>(x[i]);\n") +
           "}\n";
  }

  /// Compilers make vectors of these. Where y is x, their test for overlap would send them down a
  /// slow path, hence a loop of its own.
  std::string plain_loops() const {
    if (has_rare_code()) return plain_rare_aware_loop();
    const std::string loop = "for (std::size_t i = 0; i < n; ++i) y[i] = {}({}[i]);\n";
    const std::string general = fmt::format(fmt::runtime(loop), header_.name, "x");
    if (from_ != to_) return "  " + general;
    return "  if (x == y) {\n    " + fmt::format(fmt::runtime(loop), header_.name, "y") +
           "  } else {\n    " + general + "  }\n";
  }

  std::string plain_rare_aware_loop() const {
    return fmt::format(
        "  namespace detail = {0}_detail;\n"
        "  constexpr std::size_t count = 64;\n"
        "  std::size_t i = 0;\n"
        "  for (; n - i >= count; i += count) {{\n"
        "    {1} some[count];\n"
        "    unsigned rare = 0;\n"
        "    for (std::size_t k = 0; k < count; ++k) {{\n"
        "      rare |= detail::common<detail::Scalar>(x[i + k], some[k]) ? 1U : 0U;\n"
        "    }}\n"
        "    if (rare != 0) {{\n"
        "      detail::evaluate_some(x + i, y + i, count);\n"
        "    }} else {{\n"
        "      std::memcpy(y + i, some, sizeof some);\n"
        "    }}\n"
        "  }}\n"
        "  detail::evaluate_some(x + i, y + i, n - i);\n",
        header_.name, scalar_source().spelling(to_));
  }

  static std::string offset(std::size_t k) { return k == 0 ? "" : fmt::format(" + {}", k); }

  const ir::Program& program_;
  const MachineHeader& header_;
  std::vector<ir::Type> types_;
  std::vector<std::uint64_t> bits_;
  std::vector<std::size_t> owners_;
  std::map<std::size_t, std::size_t> tables_;  ///< first constant and size
  std::set<std::size_t> single_constants_;     ///< that are read by themselves
  std::vector<char> fused_away_;
  ir::Type from_;
  ir::Type to_;
};

}  // namespace

std::string emit_machine_header(const ir::Program& program, const MachineHeader& header) {
  if (!is_identifier(header.name)) {
    throw std::invalid_argument(fmt::format("'{}' cannot name a C++ function", header.name));
  }
  if (const auto defect = ir::find_defect(program)) throw std::invalid_argument(*defect);
  if (!ir::is_machine(program) || program.inputs != 1) {
    throw std::invalid_argument("a header needs a machine program of one input");
  }
  const ir::Program clean = spread_lookups(ir::canonical(program));
  if (ir::result_type(clean) == ir::Type::Bool) {
    throw std::invalid_argument("the result of a function is a number, not a truth value");
  }
  return Emitter(clean, header).header();
}

}  // namespace ulpforge::emit

// Operations and structs of forms.
#include "emit/form_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <vector>

#include "emit/cpp_text.h"
#include "emit/literal.h"
#include "emit/statements.h"

namespace ulpforge::emit {
namespace {

using Function = OperationSource::Function;

/// Functions by their blocks, each once.
class Functions {
 public:
  void add(const Function& function) {
    std::vector<Function>& block = blocks_[function.block];
    if (std::ranges::find(block, function.text, &Function::text) == block.end()) {
      block.push_back(function);
    }
  }

  std::string text() const {
    std::string text;
    for (const auto& [place, functions] : blocks_) {
      if (!functions.front().comment.empty()) {
        text += fmt::format("// {}: {}\n", functions.front().name, functions.front().comment);
      }
      for (const Function& function : functions) text += function.text;
    }
    return text;
  }

 private:
  std::map<std::size_t, std::vector<Function>> blocks_;
};

/// The types of an instruction's parameters, as a form spells them; tables are of scalars.
std::vector<std::string> parameters_of(const ir::Instruction& step, const OperationSource& source) {
  const ir::OpInfo& row = ir::info(step.op);
  std::vector<std::string> parameters;
  for (std::size_t k = 0; k < row.arity; ++k) {
    const ir::Type type = ir::operand_type(row, step.type, k);
    parameters.push_back(ir::table_size(row, k) > 0
                             ? fmt::format("const {}*", scalar_source().spelling(type))
                             : std::string(source.spelling(type)));
  }
  return parameters;
}

/// What the jump of a rare select asks.
void add_conditions(Functions& functions, const ProgramFacts& facts, ir::Operand condition,
                    const OperationSource& source) {
  functions.add(source.find("any", {std::string(source.spelling(ir::Type::Bool))}));
  const auto sized = facts.size_condition(condition);
  if (!sized) return;
  const std::string type(source.spelling(sized->type));
  functions.add(source.find("any_larger", {type, type}));
  if (!source.block("any_larger_of_four").empty()) {
    functions.add(source.find("any_larger_of_four", std::vector<std::string>(5, type)));
  }
}

}  // namespace

std::string macro(const MachineHeader& header, const Form& form) {
  return upper(fmt::format("{}_{}", header.name, form.name));
}

std::string choice_of_form(const MachineHeader& header) {
  std::string text;
  for (const Form& form : vector_forms_of(header)) {
    text += fmt::format("#{} {}\n#include <{}>\n#define {}\n", text.empty() ? "if" : "elif",
                        form.condition(), form.include, macro(header, form));
  }
  return text.empty() ? text : text + "#endif\n";
}

std::string by_form(const HeaderPart& part, const std::function<std::string(const Form&)>& text,
                    const std::string& otherwise) {
  std::string all;
  for (const Form& form : vector_forms()) {
    if (!part.has(form)) continue;
    all += fmt::format("#{} defined({})\n", all.empty() ? "if" : "elif", macro(part.header, form));
    all += text(form);
  }
  std::string rest = part.has(plain_form()) ? otherwise : "";
  if (all.empty()) return rest;
  if (!rest.empty()) all += "#else\n" + rest;
  return all + "#endif\n";
}

std::string operations(const ProgramFacts& facts, const Form& form) {
  const OperationSource& source = *form.source;
  Functions functions;
  for (std::size_t i = 0; i < facts.program.code.size(); ++i) {
    const ir::Instruction& step = facts.program.code[i];
    functions.add(source.find(facts.function_of(i), parameters_of(step, source)));
    if (facts.is_rare_select(i)) add_conditions(functions, facts, step.operands[0], source);
  }
  return functions.text();
}

std::string vector_operations(const ProgramFacts& facts, const Form& form) {
  const OperationSource& source = *form.source;
  const auto scalar = [](ir::Type type) { return std::string(scalar_source().spelling(type)); };
  std::string text;
  const std::set<ir::Type> used = facts.types();
  if (facts.has_truth_values()) text += source.block("truth");
  if (used.contains(ir::Type::F64) || used.contains(ir::Type::I64)) text += source.block("wide");
  for (const ir::Type type : facts.types_of_constants()) {
    text += source.find("broadcast", {scalar(type)}).text;
  }
  text += source.find("first_lanes", {"std::size_t"}).text;
  for (const char* access : {"load", "load_some"}) {
    text += source.find(access, {fmt::format("const {}*", scalar(facts.from))}).text;
  }
  for (const char* access : {"store", "store_some"}) {
    text += source.find(access, {fmt::format("{}*", scalar(facts.to))}).text;
  }
  return text + operations(facts, form);
}

std::string form_struct(const ProgramFacts& facts, const Form& form) {
  const bool is_plain = form.lanes == 1;
  std::string text = fmt::format("// {}\nstruct {} {{\n", form.comment, form.name);
  for (const ir::Type type : facts.types()) {
    text += fmt::format("  using {} = {};\n", upper(type), form.source->spelling(type));
  }
  for (const ir::Type type : facts.types_of_constants()) {
    text += fmt::format("  static {} {}({} c) {{ return {}; }}\n", upper(type), ir::name(type),
                        scalar_source().spelling(type), is_plain ? "c" : "broadcast(c)");
  }
  return text + "};\n";
}

std::string tables(const ProgramFacts& facts) {
  std::string text;
  for (const auto& [first, size] : facts.tables()) {
    const ir::Type type = facts.constant_type(first);
    text += fmt::format("alignas(64) const {} {}[{}] = {{\n", scalar_source().spelling(type),
                        table_name(first), size);
    for (std::size_t i = 0; i < size; i += 4) {
      std::vector<std::string> row;
      for (std::size_t k = i; k < i + 4; ++k) {
        row.push_back(literal(facts.constant_bits(first + k), type));
      }
      text += fmt::format("    {},\n", fmt::join(row, ", "));
    }
    text += "};\n\n";
  }
  return text;
}

}  // namespace ulpforge::emit

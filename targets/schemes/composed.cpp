// Scheme texts made of other schemes and of expressions.
#include "targets/schemes/composed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <set>
#include <string>

#include "ir/canonical.h"
#include "ir/expression.h"
#include "targets/exact/reference.h"
#include "targets/parity.h"

namespace ulpforge::targets {
namespace {

/// How to compute functions of the catalog by one function of another: without cancellation, with
/// the right limits where floats overflow, and without underflow before the result's own. From e^20
/// on 1 + e is e to all bits of a float.
struct Form {
  std::string_view target;
  std::string_view expression;
};
constexpr std::array kForms = {
    Form{"sigmoid", "exp(min(20,x))/(1+exp(min(20,x)))"},
    Form{"silu", "x*(exp(min(20,x))/(1+exp(min(20,x))))"},
    Form{"mish", "x*(exp(min(20,x))*(exp(min(20,x))+2)/(exp(min(20,x))*(exp(min(20,x))+2)+2))"},
    Form{"gelu", "x*(erfc(x*(-1/sqrt(2)))/2)"},
    Form{"gelu_tanh",
         "x*(exp(min(20,x*(1.5957691216057308+0.0713548162726009*x*x)))"
         "/(1+exp(min(20,x*(1.5957691216057308+0.0713548162726009*x*x)))))"},
    Form{"sigmoid_derivative", "exp(-abs(x))/((1+exp(-abs(x)))*(1+exp(-abs(x))))"},
    Form{"silu_derivative", "exp(min(20,x))/(1+exp(min(20,x)))*(1+x/(1+exp(min(20,x))))"},
    Form{"tanh_derivative", "1/cosh(x)*(1/cosh(x))"},
};

std::string_view form_of(std::string_view target, std::string_view expression) {
  for (const Form& form : kForms) {
    if (form.target == target) return form.expression;
  }
  return expression;
}

/// The text with `name` in place of each word `word`.
std::string with_word(std::string_view text, std::string_view word, std::string_view name) {
  const auto in_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && in_word(text[end])) ++end;
    if (end == at) {
      result += text[at++];
      continue;
    }
    const std::string_view found = text.substr(at, end - at);
    result += found == word ? name : found;
    at = end;
  }
  return result;
}

/// What an operand is that does not depend on x.
std::optional<double> constant_value(const ir::Program& program, ir::Operand operand) {
  ir::Program part = program;
  part.result = operand;
  if (ir::depends_on_input(part)) return std::nullopt;
  return reference(part, 0.0).hi;
}

/// Lines of a machine program in float for instructions of a program over reals.
class Lines {
 public:
  Lines(const ir::Program& program, std::string x)
      : program_(program), x_(std::move(x)), values_(program.code.size()) {}

  /// The name of an instruction's value that other lines compute.
  void set(std::size_t t, std::string name) { values_[t] = std::move(name); }

  /// Nothing where machine programs have no such operation.
  std::optional<std::string> line(std::size_t t) {
    const ir::Instruction& step = program_.code[t];
    const ir::OpInfo& row = ir::info(step.op);
    if (!row.arithmetic || row.arity > 2) return std::nullopt;
    std::string text;
    std::array<std::string, 2> operands;
    for (std::size_t k = 0; k < step.arity(); ++k) {
      operands[k] = name(step.operands[k]);
      const auto value = constant_value(program_, step.operands[k]);
      if (value && defined_.insert(operands[k]).second) {
        text += fmt::format("{} = {:a}\n", operands[k],
                            static_cast<double>(static_cast<float>(*value)));
      }
    }
    const std::string value = name(ir::Operand::value(t));
    if (row.infix != 0) {
      text += fmt::format("{} = {} {} {}\n", value, operands[0], row.infix, operands[1]);
    } else if (row.arity == 2) {
      text += fmt::format("{} = {}({}, {})\n", value, row.name, operands[0], operands[1]);
    } else {
      text += fmt::format("{} = {}({})\n", value, row.name, operands[0]);
    }
    return text;
  }

  std::string name(ir::Operand operand) const {
    if (operand.is_input()) return x_;
    if (operand.is_constant()) return fmt::format("outer_c{}", operand.index);
    const std::string& given = values_[operand.index];
    return given.empty() ? fmt::format("outer_v{}", operand.index) : given;
  }

 private:
  const ir::Program& program_;
  std::string x_;
  std::vector<std::string> values_;
  std::set<std::string> defined_;  ///< constants
};

constexpr std::string_view kInputLine = "input x: f32\n";

/// Lines that clamp x, and the name of what comes out.
struct Clamp {
  std::string lines;
  std::string name = "x";
};

Clamp clamp_of(const std::optional<float>& low, const std::optional<float>& high) {
  Clamp clamp;
  if (low) {
    clamp.lines +=
        fmt::format("outer_low = {:a}\nouter_x0 = max(outer_low, {})\n", *low, clamp.name);
    clamp.name = "outer_x0";
  }
  if (high) {
    clamp.lines +=
        fmt::format("outer_high = {:a}\nouter_x1 = min(outer_high, {})\n", *high, clamp.name);
    clamp.name = "outer_x1";
  }
  return clamp;
}

/// The text of the expression with the scheme of its function at instruction `function`; without a
/// function the hole takes x as it is.
std::optional<std::string> composed_text(const ir::Program& program, std::size_t function,
                                         std::string_view inner, const Clamp& clamp) {
  std::string text = std::string(kInputLine) + clamp.lines;
  const bool none = function == program.code.size();
  if (none) text += fmt::format("k = kernel({})\n", clamp.name);
  Lines lines(program, none ? "k" : clamp.name);
  for (std::size_t t = 0; t < program.code.size(); ++t) {
    if (constant_value(program, ir::Operand::value(t))) continue;
    if (t != function) {
      const auto line = lines.line(t);
      if (!line) return std::nullopt;
      text += *line;
      continue;
    }
    const ir::Operand operand = program.code[t].operands[0];
    if (!inner.starts_with(kInputLine)) return std::nullopt;
    inner.remove_prefix(kInputLine.size());
    const std::size_t end = inner.rfind("return ");
    std::string result(inner.substr(end + 7));
    while (!result.empty() && std::isspace(static_cast<unsigned char>(result.back())) != 0) {
      result.pop_back();
    }
    text += with_word(inner.substr(0, end), "x", lines.name(operand));
    lines.set(t, result == "x" ? lines.name(operand) : result);
  }
  if (!program.result.is_value()) return std::nullopt;
  return text + fmt::format("return {}\n", lines.name(program.result));
}

bool in_float(const Scheme& scheme) {
  const auto is_wide = [](const ir::Instruction& step) {
    return step.type == ir::Type::F64 || step.type == ir::Type::I64;
  };
  return scheme.type == ir::Type::F32 && !reads_memory(scheme) &&
         std::ranges::none_of(scheme.program.code, is_wide);
}

class Maker {
 public:
  Maker(std::string_view target, std::string_view expression, const ArgumentBounds& bounds)
      : target_(target), expression_(expression), bounds_(bounds) {}

  std::vector<Scheme> make() {
    for (Scheme& scheme : schemes_of(target_)) take(std::move(scheme));
    compose();
    if (bounds_.high) {
      const Parity parity = parity_of(ir::parse_expression(expression_));
      const float high = *bounds_.high;
      if (parity == Parity::Odd) {
        add("square",
            fmt::format("input x: f32\n{}s = {} * {}\nk = kernel(s)\ny = k * {}\nreturn y\n",
                        clamp_of(-high, high).lines, "outer_x1", "outer_x1", "outer_x1"),
            fmt::format("({})/sqrt(x)", of("(sqrt(x))")), fmt::format("0,{}", high * high),
            fmt::format("sqrt(x)/({})", of("(sqrt(x))")));
        add_by_size(high, "y", "y = copysign(k, x)\n");
      } else if (parity == Parity::Even) {
        add_by_size(high, "k");
      }
    }
    // A polynomial, or a table, for all that varies, where that is not far.
    constexpr float kFar = 32;
    if (bounds_.low && bounds_.high && *bounds_.low > -kFar && *bounds_.high < kFar) {
      const Clamp clamp = clamp_of(bounds_.low, bounds_.high);
      add("clamped",
          fmt::format("input x: f32\n{}k = kernel({})\nreturn k\n", clamp.lines, clamp.name),
          std::string(expression_), fmt::format("{},{}", *bounds_.low, *bounds_.high),
          fmt::format("1/({})", expression_));
    }
    if (bounds_.low && bounds_.itself_from && *bounds_.low > -kFar && *bounds_.itself_from < kFar) {
      add("product",
          fmt::format(
              "input x: f32\nlow = {:a}\nx0 = max(low, x)\nhigh = {:a}\nx1 = min(high, x0)\n"
              "k = kernel(x1)\ny = k * x0\nreturn y\n",
              *bounds_.low, *bounds_.itself_from),
          fmt::format("({})/x", expression_),
          fmt::format("{},{}", *bounds_.low, *bounds_.itself_from),
          fmt::format("x/({})", expression_));
    }
    return std::move(schemes_);
  }

 private:
  std::string of(std::string_view argument) const { return with_word(expression_, "x", argument); }

  void add_by_size(float high, std::string_view result, std::string_view line = "") {
    add("size",
        fmt::format("input x: f32\nsize = fabs(x)\nhigh = {:a}\ns = min(high, size)\n"
                    "k = kernel(s)\n{}return {}\n",
                    high, line, result),
        std::string(expression_), fmt::format("0,{}", high), fmt::format("1/({})", expression_));
  }

  void add(const std::string& name, const std::string& text, const std::string& kernel,
           const std::string& domain, const std::string& weight) {
    take(make_scheme({target_, name, kernel, domain, weight, text}));
  }

  void take(Scheme scheme) {
    const bool there = std::ranges::any_of(schemes_, [&](const Scheme& other) {
      return other.program == scheme.program && other.kernel.expression == scheme.kernel.expression;
    });
    if (in_float(scheme) && !there) schemes_.push_back(std::move(scheme));
  }

  /// The expression with the schemes of the one function in it.
  void compose() {
    const ir::Program program = ir::canonical(ir::parse_expression(form_of(target_, expression_)));
    std::vector<std::size_t> functions;
    for (std::size_t t = 0; t < program.code.size(); ++t) {
      const bool varies = !constant_value(program, ir::Operand::value(t));
      if (varies && !ir::info(program.code[t].op).arithmetic) functions.push_back(t);
    }
    if (functions.size() > 1) return;
    const std::size_t at = functions.empty() ? program.code.size() : functions.front();
    const auto compose_with = [&](std::string_view name, std::string_view text,
                                  const SchemeRow& inner) {
      for (const bool clamps : {false, true}) {
        if (clamps && !bounds_.low && !bounds_.high) continue;
        const Clamp clamp = clamps ? clamp_of(bounds_.low, bounds_.high) : Clamp{};
        const auto composed = composed_text(program, at, text, clamp);
        if (!composed) return;
        const std::string full = fmt::format("{}{}", name, clamps ? "_clamped" : "");
        take(make_scheme({target_, full, inner.kernel, inner.domain, inner.weight, *composed}));
      }
    };
    if (functions.empty()) {
      compose_with("operations", "", {target_, "", "x", "1,2", "1/x", ""});
      return;
    }
    // A program that is this one function has the function's own schemes already.
    const bool alone = program.code.size() == 1 && program.result.is_value();
    const std::string_view function = ir::info(program.code[at].op).name;
    for (const SchemeRow& row : scheme_table()) {
      if (row.target != function) continue;
      if (alone && form_of(target_, expression_) == expression_ && !bounds_.low && !bounds_.high) {
        continue;
      }
      if (!in_float(make_scheme(row))) continue;
      compose_with(fmt::format("{}_{}", function, row.name), row.text, row);
    }
  }

  std::string_view target_;
  std::string_view expression_;
  ArgumentBounds bounds_;
  std::vector<Scheme> schemes_;
};

}  // namespace

std::vector<Scheme> schemes_in_float(std::string_view target, std::string_view expression,
                                     const ArgumentBounds& bounds) {
  return Maker(target, expression, bounds).make();
}

}  // namespace ulpforge::targets

// Scheme texts made of other schemes and of expressions.
#include "targets/schemes/composed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>
#include <numbers>
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
    // 2^-149 less, so that the sign stays negative where both terms underflow.
    Form{"gelu_derivative",
         "erfc(x*(-1/sqrt(2)))/2+x*exp(x*x*(-1/2))*(1/sqrt(2*pi))-1.401298464324817e-45"},
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

/// A scheme's lines for an argument, and the name of its result.
struct InnerLines {
  std::string text;
  std::string result;
};

std::optional<InnerLines> inner_lines(std::string_view text, const std::string& argument) {
  if (!text.starts_with(kInputLine)) return std::nullopt;
  text.remove_prefix(kInputLine.size());
  const std::size_t end = text.rfind("return ");
  std::string result(text.substr(end + 7));
  while (!result.empty() && std::isspace(static_cast<unsigned char>(result.back())) != 0) {
    result.pop_back();
  }
  if (result == "x") result = argument;
  return InnerLines{with_word(text.substr(0, end), "x", argument), result};
}

/// The lines with `prefix` before each name that they define, so that they can stand beside others.
std::string with_own_names(std::string text, const std::string& prefix) {
  std::set<std::string> names;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    names.insert(line.substr(0, line.find_first_of(" :=")));
    at = end + 1;
  }
  names.erase("");
  for (const std::string& name : names) text = with_word(text, name, prefix + name);
  return text;
}

/// A polynomial of degree 6, in float, for a scheme's kernel: by interpolation at Chebyshev's
/// points of its domain. Its error is far below what short formats hold.
std::vector<double> interpolated_kernel(const SchemeRow& row) {
  constexpr std::size_t kPoints = 7;
  const ir::Program kernel = ir::parse_expression(row.kernel);
  const Domain domain = parse_domain(std::string(row.domain));
  const double middle = (domain.lo + domain.hi) / 2;
  const double half = (domain.hi - domain.lo) / 2;
  // Newton's divided differences, then powers of x.
  std::array<double, kPoints> at, difference;
  for (std::size_t k = 0; k < kPoints; ++k) {
    at[k] = middle + half * std::cos(std::numbers::pi * (static_cast<double>(k) + 0.5) / kPoints);
    difference[k] = reference(kernel, at[k]).hi;
  }
  for (std::size_t order = 1; order < kPoints; ++order) {
    for (std::size_t k = kPoints - 1; k >= order; --k) {
      difference[k] = (difference[k] - difference[k - 1]) / (at[k] - at[k - order]);
    }
  }
  std::vector<double> powers = {difference[kPoints - 1]};
  for (std::size_t k = kPoints - 1; k-- > 0;) {
    std::vector<double> next(powers.size() + 1, 0.0);
    for (std::size_t i = 0; i < powers.size(); ++i) {
      next[i + 1] += powers[i];
      next[i] -= at[k] * powers[i];
    }
    next[0] += difference[k];
    powers = next;
  }
  return powers;
}

/// The scheme with that polynomial in its hole; nothing where the line with the hole is no simple
/// one.
std::optional<std::string> closed_text(const SchemeRow& row) {
  const std::string text(row.text);
  const std::size_t call = text.find(" = kernel(");
  if (call == std::string::npos || text.find("kernel(", call + 10) != std::string::npos) {
    return std::nullopt;
  }
  const std::size_t start = text.rfind('\n', call) + 1;
  const std::size_t end = text.find('\n', call);
  const std::string result = text.substr(start, call - start);
  const std::string argument = text.substr(call + 10, text.find(')', call) - call - 10);
  if (result.find_first_of(" :") != std::string::npos) return std::nullopt;
  const std::vector<double> powers = interpolated_kernel(row);
  std::string lines;
  for (std::size_t k = 0; k < powers.size(); ++k) {
    lines += fmt::format("power{} = {:a}\n", k, static_cast<double>(static_cast<float>(powers[k])));
  }
  std::string sum = fmt::format("power{}", powers.size() - 1);
  for (std::size_t k = powers.size() - 1; k-- > 0;) {
    const std::string next = k == 0 ? result : fmt::format("horner{}", k);
    lines += fmt::format("{} = fma({}, {}, power{})\n", next, argument, sum, k);
    sum = next;
  }
  return text.substr(0, start) + lines + text.substr(end + 1);
}

/// The text of the expression with the scheme of its function at instruction `function`; without a
/// function the hole takes x as it is. `closed` has the texts of other functions' programs, by
/// instruction.
std::optional<std::string> composed_text(const ir::Program& program, std::size_t function,
                                         std::string_view inner, const Clamp& clamp,
                                         const std::map<std::size_t, std::string>& closed = {}) {
  std::string text = std::string(kInputLine) + clamp.lines;
  const bool none = function == program.code.size();
  if (none) text += fmt::format("k = kernel({})\n", clamp.name);
  Lines lines(program, none ? "k" : clamp.name);
  for (std::size_t t = 0; t < program.code.size(); ++t) {
    if (constant_value(program, ir::Operand::value(t))) continue;
    if (const auto other = closed.find(t); other != closed.end() && t != function) {
      const auto other_lines = inner_lines(other->second, "inner_x");
      if (!other_lines) return std::nullopt;
      const std::string prefix = fmt::format("function{}_", t);
      const std::string argument = lines.name(program.code[t].operands[0]);
      text += with_word(with_own_names(other_lines->text, prefix), "inner_x", argument);
      lines.set(t, other_lines->result == "inner_x" ? argument : prefix + other_lines->result);
      continue;
    }
    if (t != function) {
      const auto line = lines.line(t);
      if (!line) return std::nullopt;
      text += *line;
      continue;
    }
    const ir::Operand operand = program.code[t].operands[0];
    const auto own = inner_lines(inner, lines.name(operand));
    if (!own) return std::nullopt;
    text += own->text;
    lines.set(t, own->result);
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

  /// The expression with the schemes of the functions in it.
  void compose() {
    const ir::Program program = ir::canonical(ir::parse_expression(form_of(target_, expression_)));
    std::vector<std::size_t> functions;
    for (std::size_t t = 0; t < program.code.size(); ++t) {
      const bool varies = !constant_value(program, ir::Operand::value(t));
      if (varies && !ir::info(program.code[t].op).arithmetic) functions.push_back(t);
    }
    // Of several functions one has the hole, in turn; the others are programs as they are.
    constexpr std::size_t kMostFunctions = 3;
    if (functions.size() > kMostFunctions) return;
    std::map<std::size_t, std::string> closed;
    for (const std::size_t t : functions) {
      if (functions.size() == 1) break;
      const auto text = closed_scheme(ir::info(program.code[t].op).name);
      if (!text) return;
      closed.emplace(t, *text);
    }
    if (functions.empty()) functions.push_back(program.code.size());
    for (const std::size_t at : functions) compose_at(program, at, closed);
  }

  /// A program in float for a function, by the first of its schemes that makes one.
  static std::optional<std::string> closed_scheme(std::string_view function) {
    for (const SchemeRow& row : scheme_table()) {
      if (row.target != function || !in_float(make_scheme(row))) continue;
      if (auto text = closed_text(row)) return text;
    }
    return std::nullopt;
  }

  void compose_at(const ir::Program& program, std::size_t at,
                  const std::map<std::size_t, std::string>& closed) {
    const auto compose_with = [&](std::string_view name, std::string_view text,
                                  const SchemeRow& inner) {
      for (const bool clamps : {false, true}) {
        if (clamps && !bounds_.low && !bounds_.high) continue;
        const Clamp clamp = clamps ? clamp_of(bounds_.low, bounds_.high) : Clamp{};
        const auto composed = composed_text(program, at, text, clamp, closed);
        if (!composed) return;
        const std::string full = fmt::format("{}{}", name, clamps ? "_clamped" : "");
        take(make_scheme({target_, full, inner.kernel, inner.domain, inner.weight, *composed}));
      }
    };
    if (at == program.code.size()) {
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

// Printing and parsing of programs.
#include "ir/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <vector>

namespace ulpforge::ir {
namespace {

constexpr std::size_t kMaxInstructions = 4096;
constexpr std::size_t kMaxConstants = 16384;

// ---- printing

std::string hex(double value) {
  const char* const sign = std::signbit(value) ? "-" : "";
  if (std::isnan(value)) return fmt::format("{}nan", sign);
  if (std::isinf(value)) return fmt::format("{}inf", sign);
  return fmt::format("{:a}", value);
}

std::string hex(const DoubleDouble& value) {
  if (value.lo == 0 && !std::signbit(value.lo)) return hex(value.hi);
  const char sign = std::signbit(value.lo) ? '-' : '+';
  return fmt::format("{} {} {}", hex(value.hi), sign, hex(std::copysign(value.lo, 1.0)));
}

std::string expression_of(const Instruction& instruction) {
  const OpInfo& row = info(instruction.op);
  if (row.infix != 0) {
    return fmt::format("{} {} {}", name_of(instruction.operands[0]), row.infix,
                       name_of(instruction.operands[1]));
  }
  std::string operands;
  for (std::size_t k = 0; k < row.arity; ++k) {
    if (k > 0) operands += ", ";
    operands += name_of(instruction.operands[k]);
  }
  return fmt::format("{}({})", row.name, operands);
}

// ---- reading words

struct Token {
  enum class Kind { Name, Number, Symbol, EndOfLine, EndOfText };
  Kind kind = Kind::EndOfText;
  std::string_view text = {};
  std::size_t line = 1;
  std::size_t column = 1;
};

/// A piece of the text, fit for one line of a message.
std::string quoted(std::string_view text) {
  constexpr std::size_t kMax = 24;
  std::string result = "'";
  for (const char c : text.substr(0, kMax)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      result += c;
    } else {
      result += fmt::format("\\x{:02x}", byte);
    }
  }
  return result + (text.size() > kMax ? "...'" : "'");
}

[[noreturn]] void fail(const Token& at, const std::string& message) {
  throw TextError(fmt::format("program: line {}, column {}: {}", at.line, at.column, message));
}

// Not <cctype>, whose answers depend on the locale.
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    skip_blanks();
    Token token{.line = line_, .column = position_ - line_begin_ + 1};
    if (position_ == text_.size()) return token;
    const char c = text_[position_];
    std::size_t length = 1;
    if (c == '\n' || c == ';') {
      token.kind = Token::Kind::EndOfLine;
    } else if (is_letter(c)) {
      token.kind = Token::Kind::Name;
      while (is_letter(at(length)) || is_digit(at(length))) ++length;
    } else if (is_digit(c) || (c == '.' && is_digit(at(1)))) {
      token.kind = Token::Kind::Number;
      length = number_length();
    } else {
      token.kind = Token::Kind::Symbol;
    }
    token.text = text_.substr(position_, length);
    position_ += length;
    if (c == '\n') {
      ++line_;
      line_begin_ = position_;
    }
    return token;
  }

 private:
  char at(std::size_t offset) const {
    return position_ + offset < text_.size() ? text_[position_ + offset] : '\0';
  }

  void skip_blanks() {
    while (at(0) == ' ' || at(0) == '\t' || at(0) == '\r') ++position_;
    if (at(0) == '#') position_ = std::min(text_.find('\n', position_), text_.size());
  }

  /// Everything that looks like part of a number, so that errors name the whole word.
  std::size_t number_length() const {
    const bool hexadecimal = at(0) == '0' && (at(1) == 'x' || at(1) == 'X');
    std::size_t length = 1;
    for (;; ++length) {
      const char c = at(length);
      if (is_letter(c) || is_digit(c) || c == '.') continue;
      const char previous = at(length - 1);
      const bool after_exponent =
          hexadecimal ? previous == 'p' || previous == 'P' : previous == 'e' || previous == 'E';
      if (!((c == '+' || c == '-') && after_exponent)) return length;
    }
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
};

// ---- parsing

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text), token_(lexer_.next()) {}

  Program run() {
    skip_empty_lines();
    if (token_.text != "input") fail(token_, "a program begins with 'input x'");
    advance();
    define(take_name("the name of the input"), Operand::input());
    end_line();
    while (token_.text != "return") {
      if (token_.kind == Token::Kind::EndOfText) {
        fail(token_, "the program ends without 'return'; add a line such as 'return v0'");
      }
      definition();
    }
    advance();
    program_.result = operand();
    if (token_.kind != Token::Kind::EndOfText) end_line();
    if (token_.kind != Token::Kind::EndOfText) {
      fail(token_, fmt::format("nothing may follow 'return', but {} does", quoted(token_.text)));
    }
    return std::move(program_);
  }

 private:
  void advance() { token_ = lexer_.next(); }

  bool is_symbol(char symbol) const {
    return token_.kind == Token::Kind::Symbol && token_.text[0] == symbol;
  }

  bool accept(char symbol) {
    if (!is_symbol(symbol)) return false;
    advance();
    return true;
  }

  void expect(char symbol) {
    if (!accept(symbol)) fail(token_, fmt::format("expected '{}', not {}", symbol, found()));
  }

  std::string found() const {
    if (token_.kind == Token::Kind::EndOfText) return "the end of the program";
    return token_.kind == Token::Kind::EndOfLine ? "the end of the line" : quoted(token_.text);
  }

  void skip_empty_lines() {
    while (token_.kind == Token::Kind::EndOfLine) advance();
  }

  void end_line() {
    if (token_.kind != Token::Kind::EndOfLine && token_.kind != Token::Kind::EndOfText) {
      fail(token_, fmt::format("expected the end of the line, not {}", found()));
    }
    skip_empty_lines();
  }

  Token take_name(std::string_view what) {
    if (token_.kind != Token::Kind::Name) {
      fail(token_, fmt::format("expected {}, not {}", what, found()));
    }
    const Token name = token_;
    advance();
    return name;
  }

  void define(const Token& name, Operand operand) {
    if (name.text == "input" || name.text == "return" || is_special(name)) {
      fail(name, fmt::format("{} is a reserved word; choose another name", quoted(name.text)));
    }
    if (!names_.emplace(name.text, operand).second) {
      fail(name,
           fmt::format("{} is defined already; a name stands for one value", quoted(name.text)));
    }
  }

  static bool is_special(const Token& token) { return token.text == "inf" || token.text == "nan"; }

  /// NAME = constant, NAME = operand operator operand, or NAME = operation(operands).
  void definition() {
    const Token name = take_name("a definition such as 'v0 = x + c0'");
    expect('=');
    define(name, expression());
    end_line();
  }

  Operand expression() {
    const Token begin = token_;
    if (token_.kind == Token::Kind::Name && !is_special(token_)) {
      advance();
      return is_symbol('(') ? call(begin) : infix(begin, lookup(begin));
    }
    const double first = number();
    if (token_.kind == Token::Kind::EndOfLine || token_.kind == Token::Kind::EndOfText) {
      return constant(first);
    }
    const Token symbol = token_;
    const Op op = infix_operation();
    if (token_.kind != Token::Kind::Name || is_special(token_)) {
      if (op != Op::Add && op != Op::Sub) {
        fail(symbol, "an operation between two numbers; write its result");
      }
      const double second = number();
      return constant(high_and_low(begin, first, op == Op::Add ? second : -second));
    }
    const Operand left = constant(first);
    return instruction(begin, op, {left, operand()});
  }

  /// "1 + 2" is refused: whoever means 3 would get a constant that evaluates to 1 in double.
  static DoubleDouble high_and_low(const Token& begin, double high, double low) {
    if (std::isfinite(high) && std::fabs(low) > std::fabs(high) * 0x1p-40) {
      fail(begin,
           "the second number is the low part of a double-double, so it has to be below "
           "2^-40 of the first");
    }
    return {high, low};
  }

  Operand infix(const Token& begin, Operand left) {
    const Op op = infix_operation();
    return instruction(begin, op, {left, operand()});
  }

  Op infix_operation() {
    if (token_.kind == Token::Kind::Symbol) {
      for (const OpInfo& row : operations()) {
        if (row.infix != 0 && is_symbol(row.infix)) {
          advance();
          return row.op;
        }
      }
    }
    fail(token_, fmt::format("expected an operator (+ - * /), not {}", found()));
  }

  Operand call(const Token& name) {
    const auto op = find_operation(name.text);
    if (!op) {
      fail(name, fmt::format("unknown operation {}; `ulpforge ops` lists them", quoted(name.text)));
    }
    expect('(');
    std::array<Operand, 3> operands{};
    const std::size_t arity = info(*op).arity;
    for (std::size_t k = 0; k < arity; ++k) {
      if (k > 0) expect_operand_separator(name, arity);
      operands[k] = operand();
    }
    if (!accept(')')) {
      fail(token_, fmt::format("{} takes {} operand{}: expected ')', not {}", name.text, arity,
                               arity == 1 ? "" : "s", found()));
    }
    return instruction(name, *op, operands);
  }

  void expect_operand_separator(const Token& name, std::size_t arity) {
    if (accept(',')) return;
    fail(token_,
         fmt::format("{} takes {} operands: expected ',', not {}", name.text, arity, found()));
  }

  /// A name, or a number, which becomes a constant of its own.
  Operand operand() {
    if (token_.kind != Token::Kind::Name || is_special(token_)) return constant(number());
    const Token name = token_;
    advance();
    return lookup(name);
  }

  Operand lookup(const Token& name) const {
    const auto known = names_.find(name.text);
    if (known == names_.end()) {
      fail(name, fmt::format("{} is not defined before this line", quoted(name.text)));
    }
    return known->second;
  }

  double number() {
    const bool negative = accept('-');
    const Token token = token_;
    if (token.kind != Token::Kind::Number && !is_special(token)) {
      fail(token, fmt::format("expected a name or a number, not {}", found()));
    }
    advance();
    const double value = is_special(token) ? (token.text == "inf" ? INFINITY : NAN) : read(token);
    return negative ? -value : value;
  }

  static double read(const Token& token) {
    std::string_view digits = token.text;
    auto format = std::chars_format::general;
    if (digits.starts_with("0x") || digits.starts_with("0X")) {
      digits.remove_prefix(2);
      format = std::chars_format::hex;
    }
    double value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, format);
    if (error == std::errc::result_out_of_range) {
      fail(token, fmt::format("{} is out of the range of double", quoted(token.text)));
    }
    if (error != std::errc() || end != digits.data() + digits.size()) {
      fail(token, fmt::format("{} is not a number; write 0.5, 5e-1 or 0x1p-1", quoted(token.text)));
    }
    return value;
  }

  Operand constant(const DoubleDouble& value) {
    if (program_.constants.size() == kMaxConstants) {
      fail(token_, fmt::format("more than {} constants", kMaxConstants));
    }
    return program_.add_constant(value);
  }

  Operand instruction(const Token& at, Op op, const std::array<Operand, 3>& operands) {
    if (program_.code.size() == kMaxInstructions) {
      fail(at, fmt::format("more than {} instructions", kMaxInstructions));
    }
    return program_.add(op, operands[0], operands[1], operands[2]);
  }

  Lexer lexer_;
  Token token_;
  Program program_;
  std::unordered_map<std::string_view, Operand> names_;
};

}  // namespace

std::string print(const Program& program) {
  std::string text = "input x\n";
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    const DoubleDouble& value = program.constants[k];
    text += fmt::format("c{} = {}  # {:.10g}\n", k, hex(value), value.hi);
  }
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    text += fmt::format("v{} = {}\n", i, expression_of(program.code[i]));
  }
  return text + fmt::format("return {}\n", name_of(program.result));
}

Program parse(std::string_view text) { return Parser(text).run(); }

}  // namespace ulpforge::ir

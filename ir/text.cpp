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

std::string hex(const numbers::DoubleDouble& value) {
  if (value.lo == 0 && !std::signbit(value.lo)) return hex(value.hi);
  const char sign = std::signbit(value.lo) ? '-' : '+';
  return fmt::format("{} {} {}", hex(value.hi), sign, hex(std::copysign(value.lo, 1.0)));
}

/// A constant as its type writes it.
std::string literal(const numbers::DoubleDouble& value, Type type) {
  return is_integer(type) ? fmt::to_string(integer_value(value)) : hex(value);
}

/// ": f32" where the type is not that of the first input.
std::string annotation(const Program& program, Type type) {
  return type == program.input_types[0] ? "" : fmt::format(": {}", name(type));
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
  if (row.op == Op::Ternary) operands += fmt::format(", 0x{:02x}", instruction.immediate);
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
    inputs();
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
    if (is_machine(program_)) check_machine_program();
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

  /// NAME {, NAME}, each with its type where the program is one over machine types.
  void inputs() {
    std::size_t count = 0;
    do {
      if (count == Program::kMaxInputs) {
        fail(token_, fmt::format("a program has at most {} inputs", Program::kMaxInputs));
      }
      define(take_name("the name of the input"), Operand::input(count));
      const Token at = token_;
      const Type type = accept(':') ? take_type() : Type::Real;
      if (type == Type::Bool) fail(at, "an input cannot be bool");
      if (count > 0 && (type == Type::Real) != (program_.input_types[0] == Type::Real)) {
        fail(at, "either every input has a machine type or none has");
      }
      program_.input_types[count] = type;
      ++count;
    } while (accept(','));
    program_.inputs = static_cast<std::uint8_t>(count);
  }

  Type take_type() {
    const Token word = take_name("a type");
    const auto type = find_type(word.text);
    if (!type) {
      fail(word, fmt::format("unknown type {}; the types are f32, f64, i32, i64 and bool",
                             quoted(word.text)));
    }
    return *type;
  }

  /// NAME = constant, NAME = operand operator operand, or NAME = operation(operands); in a machine
  /// program with ": TYPE" after the name, which is the first input's where it is left out.
  void definition() {
    const Token name = take_name("a definition such as 'v0 = x + c0'");
    declared_ = program_.input_types[0];
    if (is_symbol(':')) {
      if (!is_machine(program_)) {
        fail(token_, "a type in a program over real numbers; write the input's, as 'input x: f32'");
      }
      advance();
      declared_ = take_type();
    }
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
    if (is_integer(declared_)) {
      const numbers::DoubleDouble first = integer();
      if (token_.kind == Token::Kind::EndOfLine || token_.kind == Token::Kind::EndOfText) {
        return constant(first, declared_);
      }
      const Operand left = constant(first, std::nullopt);
      const Op op = infix_operation();
      return instruction(begin, op, {left, operand()});
    }
    const double first = number();
    if (token_.kind == Token::Kind::EndOfLine || token_.kind == Token::Kind::EndOfText) {
      return constant(first, declared_);
    }
    const Token symbol = token_;
    const Op op = infix_operation();
    if (token_.kind != Token::Kind::Name || is_special(token_)) {
      if (op != Op::Add && op != Op::Sub) {
        fail(symbol, "an operation between two numbers; write its result");
      }
      const double second = number();
      return constant(high_and_low(begin, first, op == Op::Add ? second : -second), declared_);
    }
    const Operand left = constant(first, std::nullopt);
    return instruction(begin, op, {left, operand()});
  }

  /// A whole number, which 64 bits hold.
  numbers::DoubleDouble integer() {
    const bool negative = accept('-');
    const Token token = token_;
    std::string_view digits = token.text;
    int base = 10;
    if (digits.starts_with("0x") || digits.starts_with("0X")) {
      digits.remove_prefix(2);
      base = 16;
    }
    std::uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (token.kind != Token::Kind::Number || error != std::errc() ||
        end != digits.data() + digits.size()) {
      fail(token, fmt::format("expected a whole number of at most 64 bits, not {}", found()));
    }
    advance();
    return integer_constant(static_cast<std::int64_t>(negative ? 0 - value : value));
  }

  /// "1 + 2" is refused: whoever means 3 would get a constant that evaluates to 1 in double.
  static numbers::DoubleDouble high_and_low(const Token& begin, double high, double low) {
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
    std::uint8_t immediate = 0;
    for (std::size_t k = 0; k < arity; ++k) {
      if (k > 0) expect_operand_separator(name, arity);
      operands[k] = operand();
    }
    if (*op == Op::Ternary) {
      expect_operand_separator(name, arity + 1);
      immediate = truth_table();
    }
    if (!accept(')')) {
      fail(token_, fmt::format("{} takes {} operand{}: expected ')', not {}", name.text, arity,
                               arity == 1 ? "" : "s", found()));
    }
    return instruction(name, *op, operands, immediate);
  }

  std::uint8_t truth_table() {
    const Token token = token_;
    const double value = number();
    if (!(value >= 0 && value <= 255) || value != std::floor(value)) {
      fail(token, "a truth table is a whole number from 0 to 255");
    }
    return static_cast<std::uint8_t>(value);
  }

  void expect_operand_separator(const Token& name, std::size_t arity) {
    if (accept(',')) return;
    fail(token_,
         fmt::format("{} takes {} operands: expected ',', not {}", name.text, arity, found()));
  }

  /// A name, or a number, which becomes a constant of its own.
  Operand operand() {
    if (token_.kind != Token::Kind::Name || is_special(token_)) {
      return constant(number(), std::nullopt);
    }
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

  /// A constant, of a type where one was written.
  Operand constant(const numbers::DoubleDouble& value, std::optional<Type> type) {
    if (program_.constants.size() == kMaxConstants) {
      fail(token_, fmt::format("more than {} constants", kMaxConstants));
    }
    types_.push_back(type);
    return program_.add_constant(value);
  }

  std::optional<Type> known_type(Operand operand) const {
    return operand.is_constant() ? types_[operand.index] : type_of(program_, operand);
  }

  /// The T of the signature: by the declared type of the result, or else by an operand that has it.
  Type instruction_type(const Token& at, const OpInfo& row,
                        const std::array<Operand, 3>& operands) const {
    for (unsigned t = 0; t <= static_cast<unsigned>(Type::Bool); ++t) {
      const auto type = static_cast<Type>(t);
      if (!contains(row.types, type) || result_type(row, type) != declared_) continue;
      bool fits = true;
      for (std::size_t k = 0; k < row.arity; ++k) {
        const auto known = known_type(operands[k]);
        fits = fits && (!known || *known == operand_type(row, type, k));
      }
      if (fits) return type;
    }
    std::string found;
    for (std::size_t k = 0; k < row.arity; ++k) {
      const auto known = known_type(operands[k]);
      found += fmt::format("{}{}", k > 0 ? ", " : "", known ? name(*known) : "a number");
    }
    fail(at, fmt::format("{} does not take ({}) to {}", row.name, found, name(declared_)));
  }

  Operand instruction(const Token& at, Op op, const std::array<Operand, 3>& operands,
                      std::uint8_t immediate = 0) {
    if (program_.code.size() == kMaxInstructions) {
      fail(at, fmt::format("more than {} instructions", kMaxInstructions));
    }
    const OpInfo& row = info(op);
    if (!is_machine(program_)) {
      if (row.is_machine()) {
        fail(at, fmt::format("{} exists over machine types alone; write 'input x: f32'", row.name));
      }
      return program_.add(op, operands[0], operands[1], operands[2]);
    }
    const Type type = instruction_type(at, row, operands);
    return program_.add(type, op, operands[0], operands[1], operands[2], immediate);
  }

  /// What can only be told at the end: tables that are too short, constants that are read as two
  /// types or as another one than was written.
  void check_machine_program() const {
    if (const auto defect = find_defect(program_)) {
      throw TextError(fmt::format("program: {}", *defect));
    }
    const std::vector<Type> read = constant_types(program_);
    for (std::size_t k = 0; k < read.size(); ++k) {
      if (read[k] == Type::Real || !types_[k] || *types_[k] == read[k]) continue;
      throw TextError(fmt::format("program: constant number {} is declared {} but read as {}", k,
                                  name(*types_[k]), name(read[k])));
    }
  }

  Lexer lexer_;
  Token token_;
  Program program_;
  Type declared_ = Type::Real;              ///< of the definition that is being read
  std::vector<std::optional<Type>> types_;  ///< of the constants, where written
  std::unordered_map<std::string_view, Operand> names_;
};

}  // namespace

std::string print(const Program& program) {
  std::string text = "input";
  for (std::size_t k = 0; k < program.inputs; ++k) {
    const Type type = program.input_types[k];
    text += fmt::format("{} {}{}", k == 0 ? "" : ",", name_of(Operand::input(k)),
                        type == Type::Real ? "" : fmt::format(": {}", name(type)));
  }
  text += '\n';
  const std::vector<Type> types = constant_types(program);
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    const numbers::DoubleDouble& value = program.constants[k];
    // What nothing reads has the first input's type.
    const Type type = types[k] == Type::Real ? program.input_types[0] : types[k];
    const std::string decimal = is_integer(type) ? fmt::format("{:#x}", constant_bits(value, type))
                                                 : fmt::format("{:.10g}", value.hi);
    text += fmt::format("c{}{} = {}  # {}\n", k, annotation(program, type), literal(value, type),
                        decimal);
  }
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const Type type = type_of(program, Operand::value(i));
    text +=
        fmt::format("v{}{} = {}\n", i, annotation(program, type), expression_of(program.code[i]));
  }
  return text + fmt::format("return {}\n", name_of(program.result));
}

Program parse(std::string_view text) { return Parser(text).run(); }

}  // namespace ulpforge::ir

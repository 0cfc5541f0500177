// Recursive descent from text to a program, one method per rule of the grammar.
#include "ir/expression.h"

#include <fmt/format.h>
#include <mpfr.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "ir/suggest.h"

namespace ulpforge::ir {
namespace {

constexpr std::size_t kMaxLength = 4096;
constexpr int kMaxDepth = 200;
constexpr int kMaxPower = 64;

/// Other spellings of operations. rint and nearbyint round to nearest here, as they do in that
/// rounding mode.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kAliases{
    {{"abs", "fabs"},
     {"ln", "log"},
     {"gamma", "tgamma"},
     {"psi", "digamma"},
     {"floor", "real_floor"},
     {"copysign", "real_copysign"},
     {"rint", "roundeven"},
     {"nearbyint", "roundeven"},
     {"scalbn", "ldexp"},
     {"ilogb", "logb"},
     {"compoundn", "compound"},
     {"logp1", "log1p"},
     {"drem", "remainder"},
     {"nextafterf", "nextafter_f32"},
     {"nextafter", "nextafter_f64"}}};

/// The Bessel functions of a fixed order by short names: j2(x) is jn(2, x).
constexpr std::array<std::pair<char, ir::Op>, 4> kBesselLetters{{{'j', ir::Op::BesselJ},
                                                                 {'y', ir::Op::BesselY},
                                                                 {'i', ir::Op::BesselI},
                                                                 {'k', ir::Op::BesselK}}};

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (const ir::OpInfo& row : ir::operations()) {
    if (row.arity > 0 && row.infix == 0 && !row.is_machine() && !row.name.starts_with("real_")) {
      names.push_back(row.name);
    }
  }
  for (const auto& [alias, name] : kAliases) names.push_back(alias);
  std::sort(names.begin(), names.end());
  return names;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// A number with enough bits to hold every literal that is accepted, exactly.
class Exact {
 public:
  Exact() {
    mpfr_init2(value_, kBits);
    mpfr_set_zero(value_, 1);
  }
  ~Exact() { mpfr_clear(value_); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  mpfr_ptr get() { return value_; }

  /// As hi + lo, or nothing when double-double does not hold it.
  std::optional<numbers::DoubleDouble> to_double_double() {
    const double hi = mpfr_get_d(value_, MPFR_RNDN);
    if (!std::isfinite(hi)) return std::nullopt;
    Exact rest;
    mpfr_sub_d(rest.get(), value_, hi, MPFR_RNDN);
    const double lo = mpfr_get_d(rest.get(), MPFR_RNDN);
    if (mpfr_cmp_d(rest.get(), lo) != 0) return std::nullopt;
    return numbers::DoubleDouble(hi, lo);
  }

 private:
  static constexpr mpfr_prec_t kBits = 2400;  // 10^400 and 2^1074 fit
  mpfr_t value_;
};

class Parser {
 public:
  Parser(std::string_view text, std::size_t variables) : text_(text) {
    program_.inputs = static_cast<std::uint8_t>(variables);
    if (text.size() > kMaxLength) {
      throw ExpressionError(fmt::format("expression: {} characters are more than the {} allowed",
                                        text.size(), kMaxLength));
    }
  }

  ir::Program parse() {
    skip_space();
    if (at_end()) fail(position_, "expected an expression in x, such as log1p(exp(x))");
    program_.result = sum();
    if (!at_end()) fail(position_, fmt::format("expected an operator or the end, not {}", found()));
    return std::move(program_);
  }

 private:
  /// Counts the nesting of the rules that call themselves.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kMaxDepth) {
        parser_.fail(parser_.position_, fmt::format("nested deeper than {} levels", kMaxDepth));
      }
    }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  ir::Operand sum() {
    ir::Operand left = product();
    for (;;) {
      if (accept('+')) {
        left = program_.add(ir::Op::Add, left, product());
      } else if (accept('-')) {
        left = program_.add(ir::Op::Sub, left, product());
      } else {
        return left;
      }
    }
  }

  ir::Operand product() {
    ir::Operand left = signed_power();
    for (;;) {
      if (accept('*')) {
        left = program_.add(ir::Op::Mul, left, signed_power());
      } else if (accept('/')) {
        left = program_.add(ir::Op::Div, left, signed_power());
      } else {
        return left;
      }
    }
  }

  ir::Operand signed_power() {
    const Nesting nesting(*this);
    if (accept('+')) return signed_power();
    if (!accept('-')) return power();
    const ir::Operand operand = signed_power();
    if (operand.is_constant()) return constant(-program_.constants[operand.index]);
    return program_.add(ir::Op::Neg, operand);
  }

  ir::Operand power() {
    const ir::Operand base = primary();
    if (!accept('^')) return base;
    return raise(base, signed_power());
  }

  ir::Operand primary() {
    if (at_end()) fail(position_, "expected a number, a name or '(', not the end");
    const char c = text_[position_];
    if (is_digit(c) || c == '.') return number();
    if (is_letter(c)) return name();
    if (!accept('(')) {
      fail(position_, fmt::format("expected a number, a name or '(', not {}", found()));
    }
    const Nesting nesting(*this);
    const ir::Operand inner = sum();
    expect(')');
    return inner;
  }

  ir::Operand name() {
    const std::size_t start = position_;
    while (position_ < text_.size() &&
           (is_letter(text_[position_]) || is_digit(text_[position_]))) {
      ++position_;
    }
    const std::string_view word = text_.substr(start, position_ - start);
    skip_space();
    const bool called = position_ < text_.size() && text_[position_] == '(';
    const bool is_y = word == "y" && program_.inputs > 1;
    if (word == "x" || is_y || word == "pi" || word == "e") {
      if (called) {
        fail(start, fmt::format("{} is not a function; write * for a product", word));
      }
      if (word == "x" || is_y) return ir::Operand::input(is_y ? 1 : 0);
      return value_of(word == "pi" ? ir::Op::Pi : ir::Op::E);
    }
    std::string_view spelling = word;
    for (const auto& [alias, original] : kAliases) {
      if (word == alias) spelling = original;
    }
    const std::optional<ir::Op> op = ir::find_operation(spelling);
    if (!op && called) {
      if (const auto bessel = bessel_of_order(word)) {
        return call(start, word, bessel->first, 1, constant(bessel->second));
      }
    }
    if (!op || ir::info(*op).is_machine()) {
      const std::vector<std::string_view> names = function_names();
      const std::string near = did_you_mean(word, names);
      if (called) {
        fail(start, fmt::format("unknown function '{}'{}; known: {}", printable(word), near,
                                fmt::join(names, ", ")));
      }
      fail(start, fmt::format("unknown name '{}'{}; the variable{} x{}, the constants are pi and e",
                              printable(word), near, program_.inputs > 1 ? "s are" : " is",
                              program_.inputs > 1 ? " and y" : ""));
    }
    const std::size_t arity = ir::info(*op).arity;
    if (!called) {
      fail(start, fmt::format("{} is a function of {} argument{}; write {}(x{})", word, arity,
                              arity == 1 ? "" : "s", word, arity == 1 ? "" : ", ..."));
    }
    return call(start, word, *op, arity);
  }

  /// i3: the operation and the order.
  static std::optional<std::pair<ir::Op, double>> bessel_of_order(std::string_view word) {
    constexpr std::size_t kMostDigits = 3;
    const std::string_view digits = word.substr(1);
    if (digits.empty() || digits.size() > kMostDigits ||
        digits.find_first_not_of("0123456789") != std::string_view::npos) {
      return {};
    }
    for (const auto& [letter, op] : kBesselLetters) {
      if (word.front() == letter) return std::pair(op, std::stod(std::string(digits)));
    }
    return {};
  }

  /// A call of `word` with `arity` arguments; `first`, if any, is one more before them.
  ir::Operand call(std::size_t start, std::string_view word, ir::Op op, std::size_t arity,
                   std::optional<ir::Operand> first = {}) {
    const Nesting nesting(*this);
    expect('(');
    std::array<ir::Operand, 3> operands{};
    std::size_t count = 0;
    const std::size_t before = first ? 1 : 0;
    if (first) operands[0] = *first;
    if (!accept(')')) {
      do {
        const ir::Operand operand = sum();
        if (before + count < operands.size()) operands[before + count] = operand;
        ++count;
      } while (accept(','));
      expect(')');
    }
    if (count != arity) {
      fail(start, fmt::format("{} takes {} argument{}, not {}", word, arity, arity == 1 ? "" : "s",
                              count));
    }
    if (op == ir::Op::Pow) return raise(operands[0], operands[1]);
    return program_.add(op, operands[0], operands[1], operands[2]);
  }

  ir::Operand number() {
    const std::size_t start = position_;
    const bool hex = text_[position_] == '0' && position_ + 1 < text_.size() &&
                     (text_[position_ + 1] == 'x' || text_[position_ + 1] == 'X');
    if (hex) position_ += 2;
    std::string digits;
    long scale = 0;  // digits after the point
    bool point = false;
    bool any = false;
    for (; position_ < text_.size(); ++position_) {
      const char c = text_[position_];
      if (c == '.' && !point) {
        point = true;
      } else if (hex ? is_hex_digit(c) : is_digit(c)) {
        any = true;
        if (!digits.empty() || c != '0') digits += c;
        if (point) ++scale;
      } else {
        break;
      }
    }
    if (!any) fail(start, "expected digits");
    const long exponent = read_exponent(hex ? 'p' : 'e');
    const std::string literal(text_.substr(start, position_ - start));
    skip_space();
    while (!digits.empty() && digits.back() == '0') {
      digits.pop_back();
      --scale;
    }
    if (digits.empty()) return constant(0.0);
    constexpr std::size_t kMaxDigits = 100;
    constexpr long kMaxExponent = 20000;
    if (digits.size() > kMaxDigits || std::abs(exponent) > kMaxExponent) refuse(start, literal);
    Exact value;
    mpfr_set_str(value.get(), digits.c_str(), hex ? 16 : 10, MPFR_RNDN);
    if (hex) {
      mpfr_mul_2si(value.get(), value.get(), exponent - 4 * scale, MPFR_RNDN);
      if (const auto exact = value.to_double_double()) return constant(*exact);
      refuse(start, literal);
    }
    return decimal(start, literal, value, exponent - scale);
  }

  /// numerator * 10^exponent.
  ir::Operand decimal(std::size_t start, const std::string& literal, Exact& numerator,
                      long exponent) {
    constexpr long kMaxExponent = 400;
    if (std::abs(exponent) > kMaxExponent) refuse(start, literal);
    Exact ten;
    mpfr_ui_pow_ui(ten.get(), 10, static_cast<unsigned long>(std::abs(exponent)), MPFR_RNDN);
    Exact value;
    const bool exact =
        (exponent >= 0 ? mpfr_mul(value.get(), numerator.get(), ten.get(), MPFR_RNDN)
                       : mpfr_div(value.get(), numerator.get(), ten.get(), MPFR_RNDN)) == 0;
    if (exact) {
      if (const auto whole = value.to_double_double()) return constant(*whole);
    }
    const auto digits = numerator.to_double_double();
    if (!digits) refuse(start, literal);
    // 10^45 is the last power of ten that double-double holds; further ones are products.
    constexpr long kLargestPower = 45;
    ir::Operand result = constant(*digits);
    for (long left = std::abs(exponent); left > 0; left -= kLargestPower) {
      mpfr_ui_pow_ui(ten.get(), 10, static_cast<unsigned long>(std::min(left, kLargestPower)),
                     MPFR_RNDN);
      result = program_.add(exponent > 0 ? ir::Op::Mul : ir::Op::Div, result,
                            constant(*ten.to_double_double()));
    }
    return result;
  }

  [[noreturn]] void refuse(std::size_t start, const std::string& literal) {
    fail(start,
         fmt::format("{} has more digits than a double-double holds (about 31) or a power of "
                     "ten beyond 10^400; write it as a product or with fewer digits",
                     printable(literal, 40)));
  }

  long read_exponent(char letter) {
    if (position_ >= text_.size() ||
        std::tolower(static_cast<unsigned char>(text_[position_])) != letter) {
      return 0;
    }
    std::size_t after = position_ + 1;
    const bool negative = after < text_.size() && text_[after] == '-';
    if (after < text_.size() && (text_[after] == '-' || text_[after] == '+')) ++after;
    if (after >= text_.size() || !is_digit(text_[after])) {
      fail(position_, fmt::format("expected digits after the exponent's {}", letter));
    }
    long exponent = 0;
    for (; after < text_.size() && is_digit(text_[after]); ++after) {
      exponent = std::min(exponent * 10 + (text_[after] - '0'), 1000000L);
    }
    position_ = after;
    return negative ? -exponent : exponent;
  }

  /// base ^ exponent, by multiplications when the exponent is a small integer.
  ir::Operand raise(ir::Operand base, ir::Operand exponent) {
    if (exponent.is_constant()) {
      const numbers::DoubleDouble value = program_.constants[exponent.index];
      if (value.lo == 0 && std::abs(value.hi) <= kMaxPower && value.hi == std::rint(value.hi)) {
        const int n = static_cast<int>(value.hi);
        const ir::Operand raised = integer_power(base, std::abs(n));
        return n >= 0 ? raised : program_.add(ir::Op::Div, constant(1.0), raised);
      }
    }
    return program_.add(ir::Op::Pow, base, exponent);
  }

  ir::Operand integer_power(ir::Operand base, int n) {
    if (n == 0) return constant(1.0);
    if (n == 1) return base;
    const ir::Operand half = integer_power(base, n / 2);
    const ir::Operand square = program_.add(ir::Op::Mul, half, half);
    return n % 2 == 0 ? square : program_.add(ir::Op::Mul, square, base);
  }

  /// The operand of a constant; equal constants are stored once.
  ir::Operand constant(numbers::DoubleDouble value) {
    for (std::size_t i = 0; i < program_.constants.size(); ++i) {
      const numbers::DoubleDouble& known = program_.constants[i];
      if (known == value && std::signbit(known.hi) == std::signbit(value.hi)) {
        return ir::Operand::constant(i);
      }
    }
    return program_.add_constant(value);
  }

  /// The value of an operation without operands; computed once.
  ir::Operand value_of(ir::Op op) {
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (program_.code[i].op == op) return ir::Operand::value(i);
    }
    return program_.add(op);
  }

  bool at_end() const { return position_ >= text_.size(); }

  void skip_space() {
    while (position_ < text_.size() && is_space(text_[position_])) ++position_;
  }

  bool accept(char c) {
    if (at_end() || text_[position_] != c) return false;
    ++position_;
    skip_space();
    return true;
  }

  void expect(char c) {
    if (!accept(c)) fail(position_, fmt::format("expected '{}', not {}", c, found()));
  }

  std::string found() const {
    return at_end() ? "the end" : fmt::format("'{}'", printable(text_.substr(position_, 1)));
  }

  [[noreturn]] void fail(std::size_t position, const std::string& message) const {
    throw ExpressionError(fmt::format("expression, column {}: {}", position + 1, message));
  }

  std::string_view text_;
  std::size_t position_ = 0;
  int depth_ = 0;
  ir::Program program_;
};

}  // namespace

ir::Program parse_expression(std::string_view text, std::size_t variables) {
  return Parser(text, variables).parse();
}

bool depends_on_input(const ir::Program& program) {
  std::vector<bool> depends(program.code.size());
  const auto reads = [&](ir::Operand operand) {
    return operand.is_input() || (operand.is_value() && depends[operand.index]);
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
      if (reads(program.code[i].operands[k])) depends[i] = true;
    }
  }
  return reads(program.result);
}

}  // namespace ulpforge::ir

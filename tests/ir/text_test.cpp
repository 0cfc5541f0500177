// Printing and parsing are inverse to each other, and the parser survives any text.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>

#include "ir/text.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::ir {
namespace {

using test::RandomPrograms;

std::vector<Op> all_operations() {
  std::vector<Op> ops;
  for (const OpInfo& row : operations()) {
    if (!row.is_machine()) ops.push_back(row.op);
  }
  return ops;
}

/// What parsing `text` complains about; empty when it does not.
std::string complaint(std::string_view text) {
  try {
    parse(text);
  } catch (const TextError& error) {
    return error.what();
  }
  return "";
}

TEST(Text, RoundTripOfRandomPrograms) {
  RandomPrograms random(1);
  const std::vector<Op> ops = all_operations();
  for (int i = 0; i < 5000; ++i) {
    Program program = random.program(random.below(30), ops, RandomPrograms::Constants::Any);
    if (random.chance(0.2)) program.result = program.add_constant(random.uniform(-1, 1));
    ASSERT_EQ(parse(print(program)), program) << print(program);
  }
}

TEST(Text, ProgramsAreEqualAsTheirTextsAre) {
  const auto with = [](double constant) {
    Program program;
    program.result = program.add(Op::Add, Operand::input(), program.add_constant(constant));
    return program;
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(with(nan), with(nan));
  EXPECT_EQ(parse(print(with(nan))), with(nan));
  EXPECT_FALSE(with(nan) == with(0));
  EXPECT_FALSE(with(0.0) == with(-0.0));
}

TEST(Text, RoundTripOfExtremeConstants) {
  using Limits = std::numeric_limits<double>;
  Program program;
  for (const double hi :
       {0.0, -0.0, 1.0, -1.0, Limits::max(), -Limits::max(), Limits::min(), Limits::denorm_min(),
        -3 * Limits::denorm_min(), 0.1, std::nextafter(Limits::min(), 0)}) {
    program.add_constant(hi);
    program.add_constant({hi, -0.0});
    program.add_constant({hi, hi * 0x1p-54});
  }
  for (const double value : {Limits::infinity(), -Limits::infinity()}) {
    program.add_constant(value);
    program.add_constant({value, -value});
  }
  program.result = Operand::constant(3);
  const Program parsed = parse(print(program));
  ASSERT_EQ(parsed, program);
  for (std::size_t k = 0; k < program.constants.size(); ++k) {
    EXPECT_EQ(std::signbit(parsed.constants[k].hi), std::signbit(program.constants[k].hi)) << k;
    EXPECT_EQ(std::signbit(parsed.constants[k].lo), std::signbit(program.constants[k].lo)) << k;
  }
  const Program nan = parse("input x; c = -nan; d = nan; return d");
  EXPECT_TRUE(std::isnan(nan.constants[0].hi) && std::signbit(nan.constants[0].hi));
  EXPECT_TRUE(std::isnan(nan.constants[1].hi) && !std::signbit(nan.constants[1].hi));
}

TEST(Text, AcceptsWhatPeopleWrite) {
  Program program;
  const Operand half = program.add_constant(0.5);
  const Operand third = program.add_constant(-3);
  const Operand sum = program.add(Op::Add, Operand::input(), half);
  program.result = program.add(Op::Fma, sum, Operand::input(), third);
  EXPECT_EQ(parse("  input t ; y = t + 5e-1 # half;\r\n\n w = fma(y, t, -3.0); return w ;;\n# end"),
            program);
  EXPECT_EQ(parse("input x\nreturn 0x1.8p-1").constants.at(0), numbers::DoubleDouble(0.75));
  EXPECT_EQ(parse("input x;return x"), Program());
  EXPECT_EQ(parse("input x; c = 1 - 0x1p-60; return c").constants.at(0),
            numbers::DoubleDouble(1, -0x1p-60));
  EXPECT_EQ(parse("input x; v = pi(); return v").code.at(0).op, Op::Pi);
}

TEST(Text, ErrorsNameThePlaceAndTheRemedy) {
  EXPECT_EQ(complaint("input x\nv0 = x * x\nv1 = foo(v0)\nreturn v1"),
            "program: line 3, column 6: unknown operation 'foo'; `ulpforge ops` lists them");
  EXPECT_EQ(complaint(""), "program: line 1, column 1: a program begins with 'input x'");
  EXPECT_EQ(
      complaint("input x; v = x"),
      "program: line 1, column 15: expected an operator (+ - * /), not the end of the program");
  EXPECT_EQ(complaint("input x\nv = x + y\nreturn v"),
            "program: line 2, column 9: 'y' is not defined before this line");
  EXPECT_EQ(complaint("input x\nv = x + x\nv = x - x\nreturn v"),
            "program: line 3, column 1: 'v' is defined already; a name stands for one value");
  EXPECT_EQ(complaint("input x\nv = sqrt(x, x)\nreturn v"),
            "program: line 2, column 11: sqrt takes 1 operand: expected ')', not ','");
  EXPECT_EQ(complaint("input x\n v = 1e999 * x"),
            "program: line 2, column 6: '1e999' is out of the range of double");
  EXPECT_EQ(complaint("input x\nv = 0x1.8q * x"),
            "program: line 2, column 5: '0x1.8q' is not a number; write 0.5, 5e-1 or 0x1p-1");
  EXPECT_EQ(complaint("input x\nreturn x\nv = x + x"),
            "program: line 3, column 1: nothing may follow 'return', but 'v' does");
  EXPECT_NE(complaint("input x; c = 1 + 2; return c"), "");
  EXPECT_NE(complaint("input \xff\n"), "");
  EXPECT_NE(complaint("input inf; return inf"), "");
}

TEST(Text, LimitsInsteadOfCrashes) {
  std::string text = "input x\nv = x + x\n";
  for (int i = 0; i < 4095; ++i) text += fmt::format("v{} = x + x\n", i);
  EXPECT_EQ(parse(text + "return v").code.size(), 4096U);
  EXPECT_EQ(complaint(text + "w = x + x\nreturn w"),
            "program: line 4098, column 5: more than 4096 instructions");
  std::string constants = "input x\n";
  for (int i = 0; i < 70000; ++i) constants += fmt::format("c{} = 1\n", i);
  EXPECT_NE(complaint(constants + "return x").find("constants"), std::string::npos);
  EXPECT_NE(complaint("input x; c = 0x" + std::string(100000, 'f') + "; return c"), "~");
  EXPECT_NE(complaint("input " + std::string(1000000, '(')), "");
}

TEST(Text, AnyTextIsAProgramOrAnError) {
  RandomPrograms random(2);
  const std::vector<Op> ops = all_operations();
  const std::string alphabet = "=+-*/(),;#\n\r\t .0123456789abcdefpxvcn_\\\"\x80\xff";
  int programs = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = print(random.program(random.below(6), ops, RandomPrograms::Constants::Any));
    for (std::size_t edits = 1 + random.below(3); edits > 0 && !text.empty(); --edits) {
      const std::size_t at = random.below(text.size());
      switch (random.below(5)) {
        case 0:
          text.erase(at, 1 + random.below(5));
          break;
        case 1:
          text.insert(at, 1, alphabet[random.below(alphabet.size())]);
          break;
        case 2:
          text[at] = static_cast<char>(random.below(256));
          break;
        case 3:
          text.insert(at, text.substr(random.below(text.size()), random.below(20)));
          break;
        default:
          text.resize(at);
          break;
      }
    }
    try {
      const Program program = parse(text);
      ++programs;
      ASSERT_EQ(find_defect(program), std::nullopt) << text;
      const std::string printed = print(program);
      ASSERT_EQ(print(parse(printed)), printed) << text;
    } catch (const TextError& error) {
      const std::string message = error.what();
      ASSERT_TRUE(message.starts_with("program: line ")) << message;
      ASSERT_EQ(message.find('\n'), std::string::npos) << message;
      ASSERT_LT(message.size(), 300U) << message;
    }
  }
  EXPECT_GT(programs, 500);  // the mutations are small enough to try both outcomes
}

}  // namespace
}  // namespace ulpforge::ir

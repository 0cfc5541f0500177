// Emitted C++ compiles cleanly and computes what the interpreter does, bit for bit.
#include "emit/real_header.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <sstream>

#include "ir/evaluate.h"
#include "ir/text.h"
#include "tests/emit/workshop.h"
#include "tests/ir/random_programs.h"

namespace ulpforge::emit {
namespace {

using ir::test::RandomPrograms;
using test::Workshop;
using Limits = std::numeric_limits<double>;

const std::vector<double> kSpecial = {0.0,
                                      -0.0,
                                      1.0,
                                      -1.0,
                                      0.1,
                                      -2.5,
                                      3e100,
                                      -7e-200,
                                      Limits::infinity(),
                                      -Limits::infinity(),
                                      Limits::quiet_NaN(),
                                      Limits::max(),
                                      Limits::min(),
                                      Limits::denorm_min(),
                                      -5 * Limits::denorm_min()};

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// A program that prints the bits of every function at every point.
std::string harness(const std::vector<ir::Program>& programs, const std::vector<double>& points) {
  std::vector<std::string> functions;
  std::string table;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const std::string name = fmt::format("f{}", i);
    functions.push_back(emit_function(programs[i], name, {"A comment.", ""}));
    table += name + ", ";
  }
  std::string bits;
  for (const double x : points) bits += fmt::format("{:#x}u, ", std::bit_cast<std::uint64_t>(x));
  return emit_header("GUARD_H", {"Made for a test."}, functions) +
         "#include <bit>\n#include <cstdint>\n#include <cstdio>\n"
         "int main() {\n  double (*const table[])(double) = {" +
         table + "};\n" + "  const std::uint64_t points[] = {" + bits + "};\n" +
         "  for (auto f : table)\n    for (const std::uint64_t x : points)\n"
         "      std::printf(\"%llx\\n\", static_cast<unsigned long long>("
         "std::bit_cast<std::uint64_t>(f(std::bit_cast<double>(x)))));\n}\n";
}

std::vector<double> run_all(const std::vector<ir::Program>& programs,
                            const std::vector<double>& points, const std::string& flags) {
  const Workshop workshop;
  workshop.write("main.cpp", harness(programs, points));
  EXPECT_TRUE(workshop.compile(flags)) << workshop.log();
  std::istringstream output(workshop.run());
  std::vector<double> results;
  std::uint64_t bits = 0;
  while (output >> std::hex >> bits) results.push_back(std::bit_cast<double>(bits));
  return results;
}

std::vector<ir::Program> arithmetic_programs() {
  std::vector<ir::Program> programs;
  for (const ir::OpInfo& row : ir::operations()) {
    if (!row.arithmetic) continue;
    for (const double second : kSpecial) {
      ir::Program program;
      const ir::Operand b = program.add_constant(second);
      const ir::Operand c = program.add_constant(kSpecial[(programs.size() * 7) % kSpecial.size()]);
      program.result = program.add(row.op, ir::Operand::input(), row.arity > 1 ? b : ir::Operand{},
                                   row.arity > 2 ? c : ir::Operand{});
      programs.push_back(program);
      if (row.arity < 2) break;
      program.code[0].operands = {b, ir::Operand::input(),
                                  row.arity > 2 ? ir::Operand::input() : ir::Operand{}};
      programs.push_back(program);
    }
  }
  RandomPrograms random(9);
  constexpr std::array kOps{ir::Op::Add,  ir::Op::Sub, ir::Op::Mul, ir::Op::Div, ir::Op::Neg,
                            ir::Op::Sqrt, ir::Op::Fma, ir::Op::Abs, ir::Op::Min, ir::Op::Max};
  for (int i = 0; i < 50; ++i) {
    programs.push_back(random.program(random.below(20), kOps, RandomPrograms::Constants::Any));
  }
  return programs;
}

TEST(Emit, ArithmeticEqualsTheInterpreterBitForBit) {
  const std::vector<ir::Program> programs = arithmetic_programs();
  std::vector<double> points = kSpecial;
  RandomPrograms random(10);
  for (int i = 0; i < 20; ++i) points.push_back(random.uniform(-3, 3));
  const std::vector<double> results = run_all(programs, points, "-std=c++20 -O1 -ffp-contract=off");
  ASSERT_EQ(results.size(), programs.size() * points.size());
  for (std::size_t i = 0; i < programs.size(); ++i) {
    for (std::size_t k = 0; k < points.size(); ++k) {
      const double expected = ir::evaluate(programs[i], points[k]);
      const double result = results[i * points.size() + k];
      ASSERT_TRUE(same(result, expected))
          << ir::print(programs[i]) << points[k] << ": " << result << ", not " << expected;
    }
  }
}

TEST(Emit, ReferenceOperationsAreTheFunctionsOfTheirNames) {
  const numbers::MpfrPrecision precision(100);
  std::vector<ir::Program> programs;
  for (const ir::OpInfo& row : ir::operations()) {
    if (row.arithmetic || row.cpp.empty()) continue;
    ir::Program program;
    program.result = program.add(row.op, ir::Operand::input(), ir::Operand::input());
    programs.push_back(program);
  }
  const std::vector<double> points{0.3, 1.7};
  const std::vector<double> results = run_all(programs, points, "-std=c++20 -O1");
  ASSERT_EQ(results.size(), programs.size() * points.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const ir::Program& program = programs[i / points.size()];
    const numbers::Mpfr truth = ir::evaluate(program, numbers::Mpfr(points[i % points.size()]));
    const double expected = mpfr_get_d(numbers::raw(truth), MPFR_RNDN);
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(results[i])) << ir::print(program);
    } else {
      EXPECT_LE(std::fabs(results[i] - expected), 1e-14 * std::fabs(expected))
          << ir::print(program);
    }
  }
}

TEST(Emit, RefusesFastMath) {
  const Workshop workshop;
  workshop.write("main.cpp", harness({ir::Program()}, {1.0}));
  EXPECT_TRUE(workshop.compile("-std=c++20 -O1")) << workshop.log();
  EXPECT_FALSE(workshop.compile("-std=c++20 -O1 -ffast-math"));
  EXPECT_NE(workshop.log().find("-ffast-math"), std::string::npos) << workshop.log();
}

TEST(Emit, ReadableAndAligned) {
  const ir::Program program = ir::parse("input x; v = x * 0.25; w = v + 10; return w");
  EXPECT_EQ(emit_function(program, "f", {"Line one.", "Line\ntwo."}),
            "// Line one.\n"
            "// Line two.\n"
            "inline double f(double x) {\n"
            "  const double c0 = 0x1p-2;    // 0.25\n"
            "  const double c1 = 0x1.4p+3;  // 10\n"
            "  const double v0 = x * c0;\n"
            "  const double v1 = v0 + c1;\n"
            "  return v1;\n"
            "}\n");
}

TEST(Emit, RefusesWhatIsNotCpp) {
  EXPECT_THROW(emit_function(ir::parse("input x; v = airy_ai(x); return v"), "f", {}),
               std::invalid_argument);
  for (const char* name : {"", "1a", "a b", "a;", "double", "na\xc3\xafve"}) {
    EXPECT_THROW(emit_function(ir::Program(), name, {}), std::invalid_argument) << name;
    EXPECT_THROW(emit_header(name, {}, {}), std::invalid_argument) << name;
    EXPECT_NO_THROW(emit_function(ir::Program(), identifier(name), {})) << name;
  }
  EXPECT_EQ(identifier("exp2 f32"), "exp2_f32");
  EXPECT_EQ(identifier("2x"), "_2x");
}

}  // namespace
}  // namespace ulpforge::emit

// Emitted code compiles cleanly, in every language, and computes what the interpreter does, bit for
// bit, whatever a compiler is told to do with floating-point arithmetic.
#include "emit/real_program.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <limits>
#include <sstream>

#include "ir/evaluate.h"
#include "ir/text.h"
#include "tests/emit/arithmetic_flags.h"
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
  return emit_file("GUARD_H", {"Made for a test."}, functions) +
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
    // Of whole orders alone, and the points are none.
    if (row.op == ir::Op::BesselI || row.op == ir::Op::BesselK) continue;
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

/// Programs without special values, which every language can run, and their names.
std::vector<ir::Program> ordinary_programs() {
  RandomPrograms random(11);
  constexpr std::array kOps{ir::Op::Add,  ir::Op::Sub, ir::Op::Mul, ir::Op::Div, ir::Op::Neg,
                            ir::Op::Sqrt, ir::Op::Fma, ir::Op::Abs, ir::Op::Min, ir::Op::Max};
  std::vector<ir::Program> programs = {ir::parse("input x; v = fma(x, x, -1); return v"),
                                       ir::parse("input x; v = x * x; w = v - 1; return w"),
                                       ir::parse("input x; v = 3 / x; return v"),
                                       ir::parse("input x; return 0.1")};
  for (const ir::Op op : kOps) {
    ir::Program program;
    program.result =
        program.add(op, ir::Operand::input(), ir::Operand::input(), program.add_constant(-0.7));
    programs.push_back(program);
  }
  while (programs.size() < 40) {
    programs.push_back(random.program(random.below(12), kOps, RandomPrograms::Constants::Dyadic));
  }
  return programs;
}

const std::vector<double> kOrdinary = {0.1, -2.5, 1.0, 0.75, 3.25, -0.3333333333333333, 17.0, 1e-3};

/// Every function of the file at every point; main() of the language prints the bits.
std::string file_of(const std::vector<ir::Program>& programs, const Language& language) {
  std::vector<std::string> functions;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    functions.push_back(
        emit_function(programs[i], fmt::format("f{}", i), {"Of a test."}, language));
  }
  return emit_file("GUARD_H", {"Made for a test."}, functions, language);
}

std::string table_of(std::size_t size, std::string_view separator = ", ") {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < size; ++i) names.push_back(fmt::format("f{}", i));
  return fmt::format("{}", fmt::join(names, separator));
}

std::string bits_of(const std::vector<double>& points) {
  std::vector<std::string> bits;
  for (const double x : points)
    bits.push_back(fmt::format("{:#x}", std::bit_cast<std::uint64_t>(x)));
  return fmt::format("{}", fmt::join(bits, ", "));
}

void expect_interpreted(const std::string& output, const std::vector<ir::Program>& programs) {
  std::istringstream stream(output);
  for (const ir::Program& program : programs) {
    for (const double x : kOrdinary) {
      std::uint64_t bits = 0;
      ASSERT_TRUE(stream >> std::hex >> bits) << "after " << stream.tellg() << " characters";
      const double result = std::bit_cast<double>(bits);
      ASSERT_TRUE(same(result, ir::evaluate(program, x)))
          << ir::print(program) << x << ": " << result << ", not " << ir::evaluate(program, x);
    }
  }
}

TEST(Languages, EachHasASpellingOfEveryOperation) {
  for (const Language& language : languages()) {
    for (const ir::OpInfo& row : ir::operations()) {
      if (!row.arithmetic) continue;
      EXPECT_FALSE(spelling(row.op, language).empty()) << language.name << row.name;
    }
    EXPECT_EQ(&find_language(language.name), &language);
  }
  EXPECT_THROW(find_language("basic"), std::invalid_argument);
}

TEST(Languages, CComputesWhatTheInterpreterDoes) {
  const Workshop workshop;
  const std::vector<ir::Program> programs = ordinary_programs();
  workshop.write("f.h", file_of(programs, find_language("c")));
  workshop.write("main.c", fmt::format(R"(#include "f.h"
#include <stdio.h>
#include <string.h>
int main(void) {{
  double (*const table[])(double) = {{{}}};
  const unsigned long long points[] = {{{}}};
  for (unsigned f = 0; f < sizeof table / sizeof *table; ++f)
    for (unsigned k = 0; k < sizeof points / sizeof *points; ++k) {{
      double x;
      memcpy(&x, &points[k], 8);
      const double y = table[f](x);
      unsigned long long bits;
      memcpy(&bits, &y, 8);
      printf("%llx\n", bits);
    }}
  return 0;
}}
)",
                                       table_of(programs.size()), bits_of(kOrdinary)));
  for (const char* compiler : {ULPFORGE_GCC, ULPFORGE_CLANG}) {
    if (*compiler == 0) continue;
    ASSERT_TRUE(workshop.command(
        fmt::format("{} -std=c99 -O2 -march=haswell -Wall -Wextra -pedantic -Werror "
                    "main.c -o program -lm",
                    compiler)))
        << workshop.log();
    expect_interpreted(workshop.run(), programs);
  }
}

TEST(Languages, RustComputesWhatTheInterpreterDoes) {
  if (*ULPFORGE_RUSTC == 0) GTEST_SKIP() << "no rustc here";
  const Workshop workshop;
  const std::vector<ir::Program> programs = ordinary_programs();
  workshop.write("main.rs", file_of(programs, find_language("rust")) +
                                fmt::format(R"(
fn main() {{
    let table: [fn(f64) -> f64; {}] = [{}];
    let points: [u64; {}] = [{}];
    for f in table.iter() {{
        for x in points.iter() {{
            println!("{{:x}}", f(f64::from_bits(*x)).to_bits());
        }}
    }}
}}
)",
                                            programs.size(), table_of(programs.size()),
                                            kOrdinary.size(), bits_of(kOrdinary)));
  ASSERT_TRUE(workshop.command(std::string(ULPFORGE_RUSTC) + " -O -D warnings main.rs -o program"))
      << workshop.log();
  expect_interpreted(workshop.run(), programs);
}

TEST(Languages, PythonComputesWhatTheInterpreterDoesOfNumbersAndArrays) {
  const Workshop workshop;
  if (!workshop.command(std::string(ULPFORGE_PYTHON) + " -c 'import numpy'")) {
    GTEST_SKIP() << "no NumPy here";
  }
  const std::vector<ir::Program> programs = ordinary_programs();
  workshop.write("f.py", file_of(programs, find_language("python")));
  workshop.write("main.py", fmt::format(R"(import warnings
import numpy as np
from f import *
warnings.simplefilter("ignore")
points = np.array([{}], dtype=np.uint64).view(np.float64)
for f in [{}]:
    each = np.array([f(float(x)) for x in points])
    all = np.broadcast_to(f(points), points.shape)
    assert np.array_equal(each, all, equal_nan=True), f
    for y in each.view(np.uint64):
        print(format(int(y), "x"))
)",
                                        bits_of(kOrdinary), table_of(programs.size())));
  ASSERT_TRUE(workshop.command(std::string(ULPFORGE_PYTHON) + " main.py > output"))
      << workshop.log();
  expect_interpreted(workshop.read("output"), programs);
}

TEST(Languages, GlslCompiles) {
  if (*ULPFORGE_GLSLANG == 0) GTEST_SKIP() << "no glslangValidator here";
  const Workshop workshop;
  const std::vector<ir::Program> programs = ordinary_programs();
  std::string calls;
  for (std::size_t i = 0; i < programs.size(); ++i) calls += fmt::format("  sum += f{}(sum);\n", i);
  workshop.write("main.comp", "#version 450\n" + file_of(programs, find_language("glsl")) +
                                  "layout(std430, binding = 0) buffer Numbers { double sum; };\n"
                                  "void main() {\n" +
                                  calls + "}\n");
  EXPECT_TRUE(workshop.command(std::string(ULPFORGE_GLSLANG) + " -V main.comp -o main.spv"))
      << workshop.log() << workshop.read("main.comp");
}

class ArithmeticFlagsOf : public testing::TestWithParam<const char*> {};

TEST_P(ArithmeticFlagsOf, AreRefusedOrChangeNothing) {
  if (*GetParam() == 0) GTEST_SKIP() << "not installed";
  const std::vector<ir::Program> programs = ordinary_programs();
  for (const std::string& flag : test::kArithmeticFlags) {
    const Workshop workshop;
    // The harness reads bits by itself; values pass into it through a table of pointers.
    workshop.write("main.cpp", harness(programs, kOrdinary));
    const bool compiled =
        workshop.compile("-std=c++20 -O2 -march=haswell -fno-builtin-printf " + flag, GetParam());
    if (compiled) {
      expect_interpreted(workshop.run(), programs);
    } else {
      EXPECT_TRUE(test::is_refusal(workshop.log())) << flag << '\n' << workshop.log();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Compilers, ArithmeticFlagsOf,
                         testing::Values(ULPFORGE_GXX, ULPFORGE_CLANGXX),
                         [](const auto& one) { return one.index == 0 ? "gcc" : "clang"; });

TEST(ArithmeticFlags, NoCallerGetsAnUnroundedProduct) {
  const Workshop workshop;
  const ir::Program square = ir::parse("input x; v = x * x; return v");
  workshop.write("f.h", emit_file("F_H", {}, {emit_function(square, "f", {})}));
  workshop.write("main.cpp", R"(#include "f.h"
int main(int argc, char**) {
  const double x = 1 + 0x1p-30 * argc;
  volatile double rounded = f(x);
  return f(x) - 1 == rounded - 1 ? 0 : 1;
}
)");
  for (const char* compiler : {ULPFORGE_GXX, ULPFORGE_CLANGXX}) {
    if (*compiler == 0) continue;
    ASSERT_TRUE(workshop.compile("-std=c++17 -O2 -march=haswell -ffp-contract=fast", compiler))
        << workshop.log();
    EXPECT_EQ(workshop.exit_code(""), 0) << compiler;
  }
}

TEST(Emit, IsConstexprWhereCppAllows) {
  const Workshop workshop;
  const auto header = [](const char* text, const char* name) {
    return emit_function(ir::parse(text), name, {});
  };
  workshop.write("f.h", emit_file("F_H", {},
                                  {header("input x; v = x * x; w = v - 1; return w", "f"),
                                   header("input x; v = sqrt(x); return v", "g")}));
  workshop.write("main.cpp",
                 "#include \"f.h\"\nstatic_assert(f(3) == 8, \"\");\n"
                 "int main() { return g(4) == 2 ? 0 : 1; }\n");
  for (const char* compiler : {ULPFORGE_GXX, ULPFORGE_CLANGXX}) {
    if (*compiler == 0) continue;
    ASSERT_TRUE(workshop.compile("-std=c++17 -O2 -march=haswell -Wpedantic", compiler))
        << workshop.log();
    EXPECT_EQ(workshop.exit_code(""), 0);
  }
}

TEST(Emit, ReadableAndAligned) {
  const ir::Program program = ir::parse("input x; v = x * 0.25; w = v + 10; return w");
  EXPECT_EQ(emit_function(program, "f", {"Line one.", "Line\ntwo."}),
            "// Line one.\n"
            "// Line two.\n"
            "static constexpr double f(double x) {\n"
            "  const double c0 = 0x1p-2;    // 0.25\n"
            "  const double c1 = 0x1.4p+3;  // 10\n"
            "  const double v0 = ulpforge_product(x, c0);\n"
            "  const double v1 = v0 + c1;\n"
            "  return v1;\n"
            "}\n");
}

TEST(Emit, RefusesWhatIsNotCpp) {
  EXPECT_THROW(emit_function(ir::parse("input x; v = airy_ai(x); return v"), "f", {}),
               std::invalid_argument);
  for (const char* name : {"", "1a", "a b", "a;", "double", "na\xc3\xafve"}) {
    EXPECT_THROW(emit_function(ir::Program(), name, {}), std::invalid_argument) << name;
    EXPECT_THROW(emit_file(name, {}, {}), std::invalid_argument) << name;
    EXPECT_NO_THROW(emit_function(ir::Program(), identifier(name), {})) << name;
  }
  EXPECT_EQ(identifier("exp2 f32"), "exp2_f32");
  EXPECT_EQ(identifier("2x"), "_2x");
}

}  // namespace
}  // namespace ulpforge::emit

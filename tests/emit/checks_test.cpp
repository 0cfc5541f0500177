// The programs that come with a header: the exhaustive test finds the errors that are there, and
// the benchmark runs.
#include "emit/checks.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "emit/cpp_text.h"
#include "emit/machine_header.h"
#include "emit/real_program.h"
#include "ir/expression.h"
#include "ir/interpret.h"
#include "ir/text.h"
#include "tests/emit/workshop.h"

namespace ulpforge::emit {
namespace {

using test::Workshop;

/// About half an ULP to a hundred, according to the input.
constexpr const char* kExp2 = R"(input x: f32
n = rint(x)
r = x - n
c4 = 0x1.3b2b1cp-7
c3 = 0x1.c6af8cp-5
c2 = 0x1.ebfbe0p-3
c1 = 0x1.62e430p-1
one = 1
p3 = fma(r, c4, c3)
p2 = fma(r, p3, c2)
p1 = fma(r, p2, c1)
p0 = fma(r, p1, one)
y = scalef(p0, n)
return y
)";

constexpr std::uint64_t kStride = 20011;

/// |y - f| / ulp(f) by the definition in the test's comment; f is exact to long double.
double error_in_ulp(float y, long double f) {
  if (std::isnan(y) && std::isnan(f)) return 0;
  if (std::isinf(y) && (f >= 0x1p128L || std::isinf(f))) return 0;
  int exponent = -125;
  if (f != 0) std::frexp(f, &exponent);
  const int unit = std::max(exponent, -125) - 24;
  return static_cast<double>(std::fabs(std::ldexp(y - f, -unit)));
}

struct Truth {
  double max_ulp = 0;
  std::uint64_t misrounded = 0;
};

/// 2^x without subnormal results: wrong by up to 2^23 ULP below -126, where the ULP is 2^-149.
constexpr const char* kFlushed = R"(input x: f32
n = rint(x)
r = x - n
c1 = 0x1.62e430p-1
one = 1
least = -126
zero = 0
p0 = fma(r, c1, one)
s = scalef(p0, n)
tiny: bool = less(x, least)
y = select(tiny, zero, s)
return y
)";

/// What the test has to find of a program for 2^x on every kStride-th input, by the C library's
/// long double.
Truth truth_of_exp2(const char* program) {
  std::vector<float> x;
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += kStride) {
    x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  }
  std::vector<float> y(x.size());
  interpret<float, float>(ir::parse(program), x, y);
  Truth truth;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double f = std::exp2(static_cast<long double>(x[i]));
    truth.max_ulp = std::max(truth.max_ulp, error_in_ulp(y[i], f));
    const float rounded = static_cast<float>(f);
    truth.misrounded += !(y[i] == rounded || (std::isnan(y[i]) && std::isnan(rounded)));
  }
  return truth;
}

ir::Program target(ir::Op op) {
  ir::Program program;
  program.result = program.add(op, ir::Operand::input());
  return program;
}

/// One program's claim, whatever is compiled.
std::vector<EmittedTest::Claim> claims(double max_ulp,
                                       std::optional<std::uint64_t> misrounded = std::nullopt) {
  return std::vector<EmittedTest::Claim>(header_isas().size(), {max_ulp, misrounded, 0});
}

/// The compiled test of a program, or of one for each of header_isas(), against an operation.
class Compiled {
 public:
  Compiled(const char* program, const EmittedTest& test)
      : Compiled(std::vector<ir::Program>(header_isas().size(), ir::parse(program)), test,
                 "-march=native") {}
  Compiled(const std::vector<ir::Program>& programs, const EmittedTest& test,
           const std::string& flags) {
    workshop_.write(test.name + ".h",
                    emit_machine_header(programs, {.name = test.name, .comment = {"Test."}}));
    workshop_.write("main.cpp", emit_exhaustive_test(test));
    EXPECT_TRUE(workshop_.compile("-std=c++17 -O2 " + flags, ULPFORGE_CXX, "-lmpfr -lgmp -pthread"))
        << workshop_.log();
  }

  int exit_code(std::uint64_t stride) {
    const int code = workshop_.exit_code(std::to_string(stride));
    output = workshop_.read("output");
    return code;
  }

  bool says(std::string_view text) const { return output.find(text) != std::string::npos; }

  std::string output;

 private:
  Workshop workshop_;
};

TEST(ExhaustiveTest, FindsTheErrorsThatAreThere) {
  for (const char* program : {kExp2, kFlushed}) {
    const Truth truth = truth_of_exp2(program);
    ASSERT_GT(truth.max_ulp, 1);
    EmittedTest test{.name = "f", .expression = "exp2(x)", .target = target(ir::Op::Exp2)};
    test.claims = claims(1e9, std::uint64_t{1} << 32);
    Compiled compiled(program, test);
    EXPECT_EQ(compiled.exit_code(kStride), 0) << compiled.output;
    double max_ulp = 0;
    std::sscanf(compiled.output.c_str() + compiled.output.find("max error") + 9, "%lf", &max_ulp);
    // The test looks at some inputs of its own, too.
    EXPECT_GE(max_ulp, truth.max_ulp - 1e-5) << compiled.output;
    EXPECT_LE(max_ulp, truth.max_ulp * 1.01) << compiled.output;
    EXPECT_TRUE(compiled.says(fmt::format("misrounded  {},", truth.misrounded)))
        << truth.misrounded << '\n'
        << compiled.output;
  }
}

TEST(ExhaustiveTest, FailsWhereTheClaimDoes) {
  EmittedTest test{.name = "f", .expression = "exp2(x)", .target = target(ir::Op::Exp2)};
  test.claims = claims(0.5);
  Compiled compiled(kExp2, test);
  EXPECT_EQ(compiled.exit_code(kStride), 1) << compiled.output;
  EXPECT_TRUE(compiled.says("FAILS")) << compiled.output;
}

/// Calls and arrays have programs of their own, on this processor at least the array forms: each is
/// held to its own claim.
TEST(ExhaustiveTest, HoldsEachFormToItsClaim) {
  const Truth good = truth_of_exp2(kExp2), bad = truth_of_exp2(kFlushed);
  ASSERT_GT(bad.max_ulp, 2 * good.max_ulp);
  const ir::Program calls = ir::parse(kExp2), arrays = ir::parse(kFlushed);
  EmittedTest test{.name = "f", .expression = "exp2(x)", .target = target(ir::Op::Exp2)};
  const EmittedTest::Claim of_good{2 * good.max_ulp, std::nullopt, 0};
  const EmittedTest::Claim of_bad{2 * bad.max_ulp, std::nullopt, 1};
  for (const char* flags : {"-march=haswell", "-march=native", ""}) {
    // In plain loops the array form has the program of calls.
    const bool vectors = flags[0] != '\0';
    // Of single calls, then of arrays in each form.
    test.claims.assign(header_isas().size(), of_bad);
    test.claims[0] = test.claims[1] = of_good;
    std::vector<ir::Program> programs(header_isas().size(), arrays);
    programs[0] = programs[1] = calls;
    Compiled right(programs, test, flags);
    EXPECT_EQ(right.exit_code(kStride), 0) << flags << right.output;
    EXPECT_EQ(right.says("f, arrays,"), vectors) << right.output;
    test.claims.assign(header_isas().size(), {2 * good.max_ulp, std::nullopt, 1});
    test.claims[0] = test.claims[1] = of_good;
    Compiled wrong(programs, test, flags);
    EXPECT_EQ(wrong.exit_code(kStride), vectors ? 1 : 0) << flags << wrong.output;
  }
}

TEST(ExhaustiveTest, FindsSpecialValueErrors) {
  EmittedTest test{
      .name = "f", .expression = "exp2(x)", .target = target(ir::Op::Exp2), .claims = claims(1e9)};
  // max turns NaN into its second operand.
  Compiled compiled("input x: f32\nc = -200\na = max(x, c)\none = 1\ny = scalef(one, a)\nreturn y",
                    test);
  EXPECT_EQ(compiled.exit_code(kStride), 1) << compiled.output;
  EXPECT_FALSE(compiled.says("special-value errors 0")) << compiled.output;
}

TEST(ExhaustiveTest, DoesWithoutTheCLibraryAndOnADomain) {
  // 1 / sqrt(x), for which there is no C function, correctly rounded but for two roundings.
  ir::Program rsqrt;
  const ir::Operand one = rsqrt.add_constant(1.0);
  rsqrt.result = rsqrt.add(ir::Op::Div, one, rsqrt.add(ir::Op::Sqrt, ir::Operand::input()));
  EmittedTest test{.name = "f", .expression = "1/sqrt(x)", .target = rsqrt, .claims = claims(1.5)};
  test.domain = {1, 4};
  Compiled compiled("input x: f32\none = 1\ns = sqrt(x)\ny = one / s\nreturn y", test);
  EXPECT_EQ(compiled.exit_code(1009), 0) << compiled.output;
  // Two binades, and 4.
  EXPECT_TRUE(compiled.says(fmt::format(": {} inputs", (2U << 23) / 1009 + 1)) ||
              compiled.says(fmt::format(": {} inputs", (2U << 23) / 1009)))
      << compiled.output;
}

TEST(Benchmark, Runs) {
  const Workshop workshop;
  workshop.write("f.h", emit_machine_header(ir::parse(kExp2), {.name = "f", .comment = {}}));
  for (const char* symbol : {"no_such_functionf", "exp2f"}) {
    workshop.write("main.cpp", emit_benchmark({.name = "f",
                                               .expression = "exp2(x)",
                                               .symbol = symbol,
                                               .low = 0.5,
                                               .high = 2,
                                               .logarithmic = true}));
    ASSERT_TRUE(workshop.compile("-std=c++17 -O3 -march=native", ULPFORGE_CXX, "-ldl"))
        << workshop.log();
    const std::string output = workshop.run();
    EXPECT_NE(output.find("\nf "), std::string::npos) << output;
    EXPECT_EQ(output.find("no no_such") == std::string::npos, *symbol == 'e') << output;
  }
}

TEST(EmitChecks, RefuseBadNames) {
  EXPECT_THROW(
      emit_exhaustive_test({.name = "a b", .expression = "", .target = target(ir::Op::Exp)}),
      std::invalid_argument);
  EXPECT_THROW(emit_benchmark({.name = "1", .expression = "", .symbol = ""}),
               std::invalid_argument);
}

TEST(Terms, AreInEverythingThatIsEmitted) {
  const ir::Program target = ir::parse_expression("exp2(x)");
  for (const std::string& text :
       {emit_exhaustive_test({.name = "f",
                              .expression = "exp2(x)",
                              .target = target,
                              .claims = {header_isas().size(), {0.5, 0, 0}}}),
        emit_fast_test("f", 1),
        emit_benchmark({.name = "f", .expression = "exp2(x)", .symbol = ""}),
        emit_file("F_H", {"Some functions."}, {}),
        emit_machine_header(ir::parse("input x: f32\ny = x * x\nreturn y\n"),
                            {.name = "f", .comment = {"A function."}})}) {
    EXPECT_NE(text.find("\n// " + std::string(kTerms) + "\n"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace ulpforge::emit

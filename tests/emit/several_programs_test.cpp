// Headers with a program for each form: the compiler's flags choose, and every form computes what
// its own program does.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "emit/machine_header.h"
#include "ir/text.h"
#include "tests/emit/workshop.h"

namespace ulpforge::emit {
namespace {

using test::Workshop;

/// x + number, by way of rare code and a table, so that a header has all of its parts.
ir::Program adds(int number, bool rare = true) {
  std::string text = fmt::format("input x: f32\nc = {}\nsum = x + c\n", number);
  if (!rare) return ir::parse(text + "return sum");
  for (int k = 0; k < 16; ++k) text += fmt::format("t{} = {}\n", k, number);
  return ir::parse(text + R"(limit = 1000
size = fabs(x)
is_far: bool = less(limit, size)
index: i32 = truncate(x)
entry = lookup16(index, t0)
far = x + entry
y = select_rare(is_far, far, sum)
return y
)");
}

/// What calls and arrays of every length add to x, each once.
constexpr const char* kMain = R"(#include "f.h"
#include <cstdio>
#include <set>
#include <vector>
int main() {
  std::set<float> calls, arrays;
  for (std::size_t n = 0; n < 300; ++n) {
    std::vector<float> x(n), y(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<float>(8 * i);
    f_n(x.data(), y.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      arrays.insert(y[i] - x[i]);
      calls.insert(f(x[i]) - x[i]);
    }
  }
  for (const float d : calls) std::printf("%g ", static_cast<double>(d));
  std::printf("/");
  for (const float d : arrays) std::printf(" %g", static_cast<double>(d));
#if defined(F_AVX2) || defined(F_AVX512) || defined(F_AVX512VL)
  std::printf(" / %zu lanes", sizeof(f_detail::F32Of) / sizeof(float));
#endif
}
)";

/// With those of x86-64, which this machine runs, the last of them for the forms of others, too.
std::string run_with(std::vector<ir::Program> programs, const std::string& flags,
                     const std::string& compiler) {
  const Workshop workshop;
  programs.resize(header_isas().size(), programs.back());
  workshop.write("f.h", emit_machine_header(programs, {.name = "f", .comment = {"Test."}}));
  std::string main = kMain;
  // Of whatever form arrays have.
  const std::string unknown = "f_detail::F32Of";
  const std::string known = "decltype(f_detail::load(static_cast<const float*>(nullptr)))";
  main.replace(main.find(unknown), unknown.size(), known);
  workshop.write("main.cpp", main);
  EXPECT_TRUE(workshop.compile("-std=c++17 -O2 " + flags, compiler)) << flags << workshop.log();
  return workshop.run();
}

class SeveralPrograms : public testing::TestWithParam<const char*> {
 protected:
  std::string with(const std::vector<ir::Program>& programs, const std::string& flags) {
    return run_with(programs, flags, GetParam());
  }
  void SetUp() override {
    if (*GetParam() == '\0') GTEST_SKIP() << "not installed";
  }
};

TEST_P(SeveralPrograms, FlagsChoose) {
  for (const bool rare : {true, false}) {
    const std::vector<ir::Program> programs = {adds(1, rare), adds(2, rare), adds(3, rare),
                                               adds(4, rare)};
    EXPECT_EQ(with(programs, ""), "1 / 1");
    EXPECT_EQ(with(programs, "-mavx2"), with(programs, "-mavx2 -mno-fma"));
    EXPECT_EQ(with(programs, "-mavx2 -mfma"), "2 / 3 / 8 lanes");
    EXPECT_EQ(with(programs, "-march=haswell"), "2 / 3 / 8 lanes");
  }
}

TEST_P(SeveralPrograms, ShareParts) {
  // Which of two programs each form has: parts that are for calls alone, for arrays alone, for one
  // of each.
  for (const unsigned bits : {0x2U, 0x4U, 0x6U, 0x9U, 0xbU}) {
    std::vector<ir::Program> programs;
    for (unsigned k = 0; k < 4; ++k) programs.push_back(adds((bits >> k & 1) != 0 ? 7 : 5));
    const auto added = [bits](unsigned k) { return (bits >> k & 1) != 0 ? 7 : 5; };
    EXPECT_EQ(with(programs, "-march=haswell"),
              fmt::format("{} / {} / 8 lanes", added(1), added(2)));
  }
}

INSTANTIATE_TEST_SUITE_P(Compilers, SeveralPrograms,
                         testing::Values(ULPFORGE_GXX, ULPFORGE_CLANGXX),
                         [](const auto& one) { return one.index == 0 ? "gcc" : "clang"; });

TEST(SeveralProgramsOf, Avx512) {
  if (!__builtin_cpu_supports("avx512dq")) GTEST_SKIP() << "not on this processor";
  const std::vector<ir::Program> programs = {adds(1), adds(2), adds(3), adds(4)};
  EXPECT_EQ(run_with(programs, "-march=skylake-avx512", ULPFORGE_CXX), "2 / 4 / 16 lanes");
  EXPECT_EQ(run_with(programs, "-march=skylake-avx512 -DUF_VECTOR_BITS=256", ULPFORGE_CXX),
            "2 / 4 / 8 lanes");
}

TEST(SeveralProgramsOf, OneKindAreAHeaderOfOne) {
  const std::vector<ir::Program> same(header_isas().size(), adds(1));
  EXPECT_EQ(emit_machine_header(same, {.name = "f", .comment = {"Test."}}),
            emit_machine_header(adds(1), {.name = "f", .comment = {"Test."}}));
}

TEST(SeveralProgramsOf, OtherNumbersOrTypesAreRefused) {
  const std::vector<ir::Program> three(3, adds(1));
  EXPECT_THROW(emit_machine_header(three, {.name = "f", .comment = {}}), std::invalid_argument);
  std::vector<ir::Program> mixed(header_isas().size(), adds(1));
  mixed[2] = ir::parse("input x: f64\nreturn x");
  EXPECT_THROW(emit_machine_header(mixed, {.name = "f", .comment = {}}), std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::emit

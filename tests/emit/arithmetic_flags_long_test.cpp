// Emitted float functions, compiled with each option that lets compilers change arithmetic, have
// the same bits at all 2^32 inputs as without it, or do not compile.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "emit/machine_header.h"
#include "ir/text.h"
#include "tests/emit/arithmetic_flags.h"
#include "tests/emit/workshop.h"

namespace ulpforge::emit {
namespace {

/// exp2 with what optimisations like to change: a shifter that is added and subtracted again,
/// products that sums read, a quotient by a constant, a product as the result.
constexpr const char* kTempting = R"(input x: f32
shifter = 0x1.8p+23
s = x + shifter
n = s - shifter
r = x - n
three = 3
t = r * three
u = t / three
c2 = 0x1.ebfbe0p-3
c1 = 0x1.62e430p-1
one = 1
uu = u * u
q = uu * c2
l = u * c1
p = q + l
e = p + one
y = e * e
return y
)";

constexpr const char* kMain = R"(
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>
using Array = void (*)(const float*, float*, std::size_t);
using One = float (*)(float);
void plain(const float*, float*, std::size_t);
struct Variant {
  const char* flag;
  Array array;
  One one;
};
#include "variants.inc"
bool same(float a, float b) { return std::memcmp(&a, &b, 4) == 0 || (a != a && b != b); }
int main() {
  constexpr std::size_t kBlock = 1 << 12;
  std::vector<float> x(kBlock), a(kBlock), b(kBlock);
  for (std::uint64_t begin = 0; begin < std::uint64_t{1} << 32; begin += kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      const auto bits = static_cast<std::uint32_t>(begin + i);
      std::memcpy(&x[i], &bits, 4);
    }
    plain(x.data(), a.data(), kBlock);
    for (const Variant& variant : kVariants) {
      variant.array(x.data(), b.data(), kBlock);
      for (std::size_t i = 0; i < kBlock; i += 64) b[i] = variant.one(x[i]);
      if (std::memcmp(a.data(), b.data(), kBlock * sizeof(float)) == 0) continue;
      for (std::size_t i = 0; i < kBlock; ++i) {
        if (same(a[i], b[i])) continue;
        std::printf("%s: f(%a) is %a, not %a\n", variant.flag, x[i], b[i], a[i]);
        return 1;
      }
    }
  }
}
)";

struct Compiled {
  const char* name;
  const char* compiler;
  const char* flags;
};

void PrintTo(const Compiled& compiled, std::ostream* out) { *out << compiled.name; }

class ArithmeticFlags : public testing::TestWithParam<Compiled> {};

TEST_P(ArithmeticFlags, AreRefusedOrChangeNothingAtAnyFloat) {
  const Compiled& with = GetParam();
  if (*with.compiler == 0) GTEST_SKIP() << "no such compiler here";
  const test::Workshop workshop;
  // One vector after the other: steps of several would hide operations from optimisations.
  workshop.write("f.h", emit_machine_header(ir::parse(kTempting),
                                            {.name = "f", .comment = {}, .interleaved = 1}));
  workshop.write("plain.cpp",
                 "#include \"f.h\"\nvoid plain(const float* x, float* y, std::size_t n) "
                 "{ for (std::size_t i = 0; i < n; ++i) y[i] = f(x[i]); }\n");
  // Intrinsics that were included before have no pragmas around them.
  workshop.write("variant.cpp",
                 "#include <immintrin.h>\n#include \"f.h\"\n"
                 "void ARRAY(const float* x, float* y, std::size_t n) { f_n(x, y, n); }\n"
                 "float ONE(float x) { return f(x); }\n");
  std::string declarations;
  std::string rows;
  std::size_t accepted = 0;
  for (const std::string& flag : test::kArithmeticFlags) {
    const std::string compile = fmt::format(
        "{} -std=c++17 -O3 {} {} -DARRAY=array{} -DONE=one{} -c variant.cpp -o variant{}.o",
        with.compiler, with.flags, flag, accepted, accepted, accepted);
    if (!workshop.command(compile)) {
      EXPECT_TRUE(test::is_refusal(workshop.log())) << flag << '\n' << workshop.log();
      continue;
    }
    declarations += fmt::format(
        "void array{0}(const float*, float*, std::size_t);\nfloat one{0}(float);\n", accepted);
    rows += fmt::format("  {{\"{1}\", array{0}, one{0}}},\n", accepted, flag);
    ++accepted;
  }
  ASSERT_GT(accepted, 0U);
  workshop.write("variants.inc", declarations + "const Variant kVariants[] = {\n" + rows + "};\n");
  workshop.write("main.cpp", kMain);
  ASSERT_TRUE(workshop.command(fmt::format(
      "{} -std=c++17 -O3 -march=native -ffp-contract=off plain.cpp main.cpp variant*.o -o program",
      ULPFORGE_CXX)))
      << workshop.log();
  EXPECT_EQ(workshop.exit_code(""), 0) << workshop.read("output");
}

INSTANTIATE_TEST_SUITE_P(Builds, ArithmeticFlags,
                         testing::Values(Compiled{"gcc_avx2", ULPFORGE_GXX, "-march=haswell"},
                                         Compiled{"gcc_plain", ULPFORGE_GXX, ""},
                                         Compiled{"gcc_fma", ULPFORGE_GXX, "-mfma"},
                                         Compiled{"gcc_native", ULPFORGE_GXX, "-march=native"},
                                         Compiled{"clang_avx2", ULPFORGE_CLANGXX, "-march=haswell"},
                                         Compiled{"clang_plain", ULPFORGE_CLANGXX, ""},
                                         Compiled{"clang_fma", ULPFORGE_CLANGXX, "-mfma"},
                                         Compiled{
                                             "clang_native", ULPFORGE_CLANGXX,
                                             "-march=native -Wno-invalid-feature-combination"}),
                         [](const auto& build) { return build.param.name; });

}  // namespace
}  // namespace ulpforge::emit

// Emitted headers compile cleanly with gcc and clang and compute what the interpreter does, bit for
// bit, one element at a time and as arrays.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <span>

#include "emit/machine_header.h"
#include "ir/fusion.h"
#include "ir/text.h"
#include "tests/emit/workshop.h"
#include "tests/ir/machine_programs.h"
#include "tests/ir/random_machine_programs.h"

namespace ulpforge::emit {
namespace {

using test::Workshop;

/// How a header is compiled.
struct Build {
  const char* name;
  const char* compiler;
  const char* flags;
  const char* emulator = "";  ///< that runs what is compiled
};

void PrintTo(const Build& build, std::ostream* out) { *out << build.name; }

/// No -ffp-contract=off: headers have to do without. Of some hosts clang 19 itself has an idea that
/// it warns of.
const std::vector<Build> kBuilds = {
    {"gcc_native", ULPFORGE_GXX, "-std=c++17 -O3 -march=native"},
    {"gcc_avx2", ULPFORGE_GXX, "-std=c++20 -O2 -march=haswell"},
    {"clang_native", ULPFORGE_CLANGXX,
     "-std=c++17 -O2 -march=native -Wno-unknown-warning-option -Wno-invalid-feature-combination"},
    {"clang_avx2", ULPFORGE_CLANGXX, "-std=c++20 -O3 -march=haswell"},
    {"gcc_256", ULPFORGE_GXX, "-std=c++20 -O2 -march=native -DUF_VECTOR_BITS=256"},
    {"clang_256", ULPFORGE_CLANGXX,
     "-std=c++17 -O3 -march=native -DUF_VECTOR_BITS=256 -Wno-unknown-warning-option "
     "-Wno-invalid-feature-combination"},
    {"gcc_neon", ULPFORGE_AARCH64_GXX, "-std=c++17 -O2 -static", ULPFORGE_QEMU},
    {"clang_neon", ULPFORGE_AARCH64_CLANGXX, "-std=c++20 -O3 -static", ULPFORGE_QEMU},
    {"gcc_sve", ULPFORGE_AARCH64_GXX, "-std=c++20 -O3 -march=armv8-a+sve -static",
     ULPFORGE_QEMU " -cpu max,sve-max-vq=1"},
    {"clang_sve", ULPFORGE_AARCH64_CLANGXX, "-std=c++17 -O2 -march=armv8-a+sve -static",
     ULPFORGE_QEMU " -cpu max,sve-max-vq=2"},
};

const char* cpp_name(ir::Type type) {
  switch (type) {
    case ir::Type::F32:
      return "float";
    case ir::Type::F64:
      return "double";
    case ir::Type::I32:
      return "std::int32_t";
    default:
      return "std::int64_t";
  }
}

/// Runs every function on the points of its type, read from the file of that name, and writes the
/// results as 64 bits each: one element at a time, as an array, and in place or from an array that
/// is not aligned.
constexpr const char* kHarness = R"(
#include <cstdio>
#include <vector>

template <class T>
std::vector<T> read(const char* name) {
  std::vector<T> values;
  std::FILE* const file = std::fopen(name, "rb");
  std::uint64_t bits;
  while (std::fread(&bits, sizeof bits, 1, file) == 1) {
    T value;
    std::memcpy(&value, &bits, sizeof value);
    values.push_back(value);
  }
  std::fclose(file);
  return values;
}

template <class T>
void write(const std::vector<T>& values, std::FILE* out) {
  for (const T value : values) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    std::fwrite(&bits, sizeof bits, 1, out);
  }
}

template <class T>
void in_place(std::vector<T>& x, std::vector<T>& y, void (*array)(const T*, T*, std::size_t)) {
  y = x;
  array(y.data(), y.data(), y.size());
}
template <class X, class Y>
void in_place(std::vector<X>& x, std::vector<Y>& y, void (*array)(const X*, Y*, std::size_t)) {
  array(x.data() + 1, y.data() + 1, x.size() - 1);
}

template <class X, class Y>
void run(const char* points, Y (*scalar)(X), void (*array)(const X*, Y*, std::size_t),
         std::FILE* out) {
  std::vector<X> x = read<X>(points);
  std::vector<Y> y;
  for (const X value : x) y.push_back(scalar(value));
  write(y, out);
  y.assign(x.size(), Y());
  array(x.data(), y.data(), x.size());
  write(y, out);
  in_place(x, y, array);
  write(y, out);
}
)";

/// A divider that takes 12 cycles for a root, beside two pipes.
constexpr SquareRoot kSlowRoot = {.operations = 3, .meanwhile = 24};

/// The results of each program on the points of its type: three times as many as there are points.
class Emitted {
 public:
  Emitted(const std::vector<ir::Program>& programs,
          std::span<const std::vector<std::uint64_t>> points, std::size_t interleaved,
          const Build& build)
      : build_(build), workshop_(build.emulator) {
    std::string source;
    std::string calls;
    for (std::size_t i = 0; i < programs.size(); ++i) {
      const std::string name = fmt::format("f{}", i);
      workshop_.write(name + ".h",
                      emit_machine_header(programs[i], {.name = name,
                                                        .comment = {"Made for a test."},
                                                        .interleaved = interleaved,
                                                        .square_root = kSlowRoot}));
      source += fmt::format("#include \"{}.h\"\n", name);
      calls += fmt::format("  run(\"{}\", {}, {}_n, out);\n", cpp_name(programs[i].input_types[0]),
                           name, name);
    }
    workshop_.write("main.cpp", source + kHarness +
                                    "\nint main() {\n"
                                    "  std::FILE* const out = std::fopen(\"results\", \"wb\");\n" +
                                    calls + "  return std::fclose(out);\n}\n");
    for (const ir::Type type : {ir::Type::F32, ir::Type::F64, ir::Type::I32, ir::Type::I64}) {
      const std::vector<std::uint64_t>& bits = points[static_cast<std::size_t>(type)];
      workshop_.write(cpp_name(type),
                      {reinterpret_cast<const char*>(bits.data()), bits.size() * 8});
    }
  }

  std::vector<std::uint64_t> results() const {
    const bool compiled = workshop_.compile(build_.flags, build_.compiler);
    EXPECT_TRUE(compiled) << workshop_.log().substr(0, 5000);
    if (!compiled) return {};
    workshop_.run();
    const std::string bytes = workshop_.read("results");
    std::vector<std::uint64_t> bits(bytes.size() / 8);
    std::memcpy(bits.data(), bytes.data(), bits.size() * 8);
    return bits;
  }

 private:
  const Build& build_;
  Workshop workshop_;
};

using Points = std::array<std::vector<std::uint64_t>, 6>;

Points points(std::size_t random_ones, unsigned seed) {
  Points result;
  for (const ir::Type type : {ir::Type::F32, ir::Type::F64, ir::Type::I32, ir::Type::I64}) {
    std::vector<std::uint64_t>& bits = result[static_cast<std::size_t>(type)];
    bits = ir::test::sample_bits(type, random_ones, seed);
    while (bits.size() % 16 != 11) bits.push_back(bits[bits.size() % 7]);
  }
  return result;
}

void compare(const std::vector<ir::Program>& programs, const Points& inputs,
             std::size_t interleaved, const Build& build) {
  const std::vector<std::uint64_t> results =
      Emitted(programs, inputs, interleaved, build).results();
  std::size_t place = 0;
  for (const ir::Program& program : programs) {
    const auto& x = inputs[static_cast<std::size_t>(program.input_types[0])];
    const std::vector<std::uint64_t> expected = ir::test::interpret_bits(program, x);
    for (const char* form : {"scalar", "array", "in place"}) {
      for (std::size_t i = 0; i < x.size(); ++i, ++place) {
        ASSERT_LT(place, results.size());
        ASSERT_TRUE(ir::test::same_value(results[place], expected[i], ir::result_type(program)))
            << form << fmt::format(" {:#x}: {:#x}, not {:#x}\n", x[i], results[place], expected[i])
            << ir::print(program);
      }
    }
  }
  EXPECT_EQ(place, results.size());
}

class EmitMachine : public testing::TestWithParam<Build> {
 protected:
  void SetUp() override {
    if (*GetParam().compiler == 0) GTEST_SKIP() << "no such compiler here";
    if (GetParam().emulator[0] == ' ') GTEST_SKIP() << "no qemu-aarch64 here";
  }
};

/// The operation on two halves of an i64: every pair of floats can be had.
ir::Program on_halves(const ir::test::TypedRow& typed) {
  ir::Program program;
  program.input_types[0] = ir::Type::I64;
  const ir::Operand thirty_two = program.add_constant(32.0);
  const ir::Operand high =
      program.add(ir::Type::I64, ir::Op::ShiftRightLogical, ir::Operand::input(), thirty_two);
  std::array<ir::Operand, 3> operands{};
  for (std::size_t k = 0; k < typed.row.arity; ++k) {
    const ir::Type type = ir::operand_type(typed.row, typed.type, k);
    if (ir::table_size(typed.row, k) > 0) {
      operands[k] = ir::Operand::constant(program.constants.size());
      for (std::size_t i = 0; i < ir::table_size(typed.row, k); ++i) {
        program.add_constant(static_cast<double>(i) * 3 - 5);
      }
    } else if (k < 2) {
      operands[k] =
          ir::test::as_type(program, k == 0 ? ir::Operand::input() : high, ir::Type::I64, type);
    } else {
      operands[k] = operands[1];
    }
  }
  program.result =
      program.add(typed.type, typed.row.op, operands[0], operands[1], operands[2],
                  typed.row.op == ir::Op::Ternary ? std::uint8_t{0xca} : std::uint8_t{0});
  if (ir::result_type(program) == ir::Type::Bool) {
    const ir::Operand one = program.add_constant(1.0);
    const ir::Operand two = program.add_constant(2.0);
    program.result = program.add(ir::Type::F32, ir::Op::Select, program.result, one, two);
  }
  return program;
}

TEST_P(EmitMachine, EveryRowIsWhatTheInterpreterHas) {
  const std::vector<std::vector<std::uint64_t>> others = {{0x3ff8000040400000, 0xbff0000000001fff},
                                                          {0x8000000080000000, 0x7ff000007fc00000},
                                                          {0xfff80000ff800000, 0x3ff0000000000000}};
  std::vector<ir::Program> programs;
  for (const ir::test::TypedRow& typed : ir::test::typed_rows()) {
    programs.push_back(on_halves(typed));
    for (const auto& constants : others) {
      // Constants matter to f64, of which no pair fits the halves, and to folding.
      if (&constants != others.data() && (typed.row.arity == 1 || typed.type != ir::Type::F64))
        break;
      programs.push_back(ir::test::one_operation(typed, constants, 0x96));
    }
  }
  Points inputs = points(1500, 5);
  // Pairs of floats for the two halves.
  const std::vector<std::uint64_t> floats = ir::test::sample_bits(ir::Type::F32, 300, 6);
  for (std::size_t i = 0; i < 20000; ++i) {
    inputs[static_cast<std::size_t>(ir::Type::I64)].push_back(
        floats[i * 7 % floats.size()] | floats[i / floats.size() * 13 % floats.size()] << 32);
  }
  compare(programs, inputs, 1, GetParam());
}

TEST_P(EmitMachine, LongerProgramsAreWhatTheInterpreterHas) {
  ir::test::RandomMachinePrograms random(17);
  std::vector<ir::Program> programs = {
      ir::test::rare_program(),
      // A product of a product: each is rounded, whatever fence keeps it from the sum.
      ir::parse("input x: f32\nc0 = 0x1.c3d42p+1\nc1 = -0x1.98p+8\nc2 = 0x1.1bf4cp-1\n"
                "v0 = c0 * x\nv1 = c1 * v0\nv2 = c2 + v1\nreturn v2\n")};
  for (std::size_t i = 0; i < 40; ++i) {
    programs.push_back(random.program(4 + i, i % 4 == 0 ? ir::Type::F64 : ir::Type::F32));
    ASSERT_EQ(ir::find_defect(programs.back()), std::nullopt) << ir::print(programs.back());
  }
  compare(programs, points(5000, 8), 3, GetParam());
}

/// One root of four goes without the divider where that has the most to do: mantissas, for which
/// that is possible, and whatever floats there are.
TEST_P(EmitMachine, RootsWithAndWithoutTheDivider) {
  const std::string body = "y0 = sqrt(z)\ny1 = fma(y0, z, x)\ny = y1 * y0\nreturn y\n";
  const std::vector<ir::Program> programs = {
      ir::parse(
          "input x: f32\nx_bits: i32 = bits(x)\nmask: i32 = 0xffffff\none: i32 = 0x3f800000\n"
          "low: i32 = bit_and(x_bits, mask)\nz_bits: i32 = low + one\nz = from_bits(z_bits)\n" +
          body),
      ir::parse("input x: f32\nhalf = 0.5\nz = fma(x, half, half)\n" + body)};
  for (const ir::Program& program : programs) {
    EXPECT_NE(emit_machine_header(program, {.name = "f", .comment = {}, .square_root = kSlowRoot})
                  .find("sqrt_by_products"),
              std::string::npos);
  }
  compare(programs, points(20000, 9), 4, GetParam());
}

TEST(EmitMachineHeader, LeavesRootsToTheDividerWhereOtherStepsTakeLonger) {
  const auto shares = [](int steps, const SquareRoot& root) {
    std::string text = "input x: f32\ny0 = sqrt(x)\n";
    for (int k = 0; k < steps; ++k) text += fmt::format("y{} = fma(y{}, x, x)\n", k + 1, k);
    const std::string header =
        emit_machine_header(ir::parse(text + fmt::format("return y{}\n", steps)),
                            {.name = "f", .comment = {}, .square_root = root});
    return header.find("sqrt_by_products") != std::string::npos;
  };
  const SquareRoot fast = {.operations = 0, .meanwhile = 10.4};
  for (int steps = 0; steps < 30; ++steps) {
    EXPECT_EQ(shares(steps, kSlowRoot), steps < 19) << steps;
    EXPECT_EQ(shares(steps, fast), steps < 8) << steps;
    EXPECT_FALSE(shares(steps, {})) << steps;
  }
}

/// exp2 as a search might find it.
constexpr const char* kExp2 = R"(input x: f32
n = rint(x)
r = x - n
c5 = 0x1.5d4cc8p-10
c4 = 0x1.3b2b1cp-7
c3 = 0x1.c6af8cp-5
c2 = 0x1.ebfbe0p-3
c1 = 0x1.62e430p-1
one = 1
p4 = fma(r, c5, c4)
p3 = fma(r, p4, c3)
p2 = fma(r, p3, c2)
p1 = fma(r, p2, c1)
p0 = fma(r, p1, one)
y = scalef(p0, n)
return y
)";

TEST_P(EmitMachine, ArraysOfAnyLengthAndNothingBeyond) {
  const Workshop workshop(GetParam().emulator);
  workshop.write("f.h", emit_machine_header(ir::parse(kExp2), {.name = "f", .comment = {}}));
  workshop.write("main.cpp", R"(#include "f.h"
#include <vector>
int main() {
  for (std::size_t n = 0; n < 200; ++n) {
    std::vector<float> x(n + 40, 0.5f), y(n + 40, -1.0f);
    for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<float>(i) * 0.7f - 70.0f;
    f_n(x.data() + 1, y.data() + 3, n);
    for (std::size_t i = 0; i < y.size(); ++i) {
      const bool inside = i >= 3 && i < n + 3;
      if (!(y[i] == (inside ? f(x[i - 2]) : -1.0f))) return 1;
    }
  }
  f_n(nullptr, nullptr, 0);
}
)");
  ASSERT_TRUE(workshop.compile(GetParam().flags, GetParam().compiler)) << workshop.log();
  workshop.run();
}

/// Far out another polynomial, and half of that in places.
constexpr const char* kRare = R"(input x: f32
size = fabs(x)
limit = 8
is_far: bool = less(limit, size)
third = 0x1.555556p-2
near_value = x * third
square = x * x
far_value = fma(square, third, x)
y = select_rare(is_far, far_value, near_value)
result = y + third
return result
)";

/// Loops look for rare elements in blocks: wherever they are, of both signs, with NaN, signalling
/// or not, in the same lanes of other vectors, and in place too.
void expect_rare_elements_anywhere(const Build& build, bool vectors = true) {
  const Workshop workshop(build.emulator);
  const std::string header =
      emit_machine_header(ir::parse(kRare), {.name = "f", .comment = {}, .vectors = vectors});
  EXPECT_EQ(header.find("immintrin") != std::string::npos, vectors);
  workshop.write("f.h", header);
  workshop.write("main.cpp", R"(#include "f.h"
#include <vector>
int main() {
  const std::size_t n = 1000;
  for (std::size_t every : {1u, 2u, 63u, 64u, 65u, 200u, 999u, 5000u}) {
    for (std::size_t first : {0u, 1u, 63u, 64u, 500u, 999u}) {
      std::vector<float> x(n), y(n, -1.0f), z;
      for (std::size_t i = 0; i < n; ++i) {
        const bool rare = i >= first && (i - first) % every == 0;
        x[i] = (rare ? 100.0f : 0.005f) * (static_cast<float>(i) + 0.5f) * (i % 3 == 0 ? -1.0f : 1.0f);
        if (!rare && i % 7 == 2) x[i] = std::nanf("");
        if (!rare && i % 5 == 1) x[i] = __builtin_nansf("");
      }
      z = x;
      f_n(x.data(), y.data(), n);
      f_n(z.data(), z.data(), n);
      for (std::size_t i = 0; i < n; ++i) {
        const float due = f(x[i]);
        if (due != due ? y[i] == y[i] : y[i] != due || z[i] != y[i]) return 1;
      }
    }
  }
}
)");
  ASSERT_TRUE(workshop.compile(build.flags, build.compiler)) << workshop.log();
  workshop.run();
}

TEST_P(EmitMachine, RareElementsAnywhereInAnArray) { expect_rare_elements_anywhere(GetParam()); }

TEST(EmitMachineHeader, RareElementsAnywhereWithoutVectors) {
  if (*ULPFORGE_GXX == 0) GTEST_SKIP() << "no such compiler here";
  expect_rare_elements_anywhere({"plain", ULPFORGE_GXX, "-std=c++17 -O3"});
  expect_rare_elements_anywhere(
      {"loops", ULPFORGE_GXX, "-std=c++17 -O3 -march=native -Wall -Wextra -Werror"}, false);
}

/// Options that compilers do not tell of; intrinsics come before, with no pragmas around them.
TEST_P(EmitMachine, ArithmeticDoesNotDependOnOptions) {
  const bool gcc = std::string(GetParam().name).starts_with("gcc");
  ir::test::RandomMachinePrograms random(18);
  std::vector<ir::Program> programs = {
      ir::parse("input x: f32\nm = 0x1.8p+23\ns = x + m\nn = s - m\nr = x - n\nreturn r"),
      ir::parse("input x: f32\nc = 1\np = x * x\ns = p - c\ny = s * x\nreturn y"),
      ir::parse("input x: f64\nc = 1\nd = 3\np = x * x\nq = p / d\ns = q - c\nreturn s")};
  for (std::size_t i = 0; i < 6; ++i) programs.push_back(random.program(12, ir::Type::F32));
  for (const char* flag : {"-ffp-contract=fast", "-funsafe-math-optimizations"}) {
    // g++ tells of the second.
    if (gcc && flag != std::string("-ffp-contract=fast")) continue;
    Build build = GetParam();
    // Linking may set flush-to-zero, which no code can help.
    const bool x86 = *build.emulator == 0;
    const std::string flags =
        fmt::format("{} {} -include {}{}", build.flags, flag, x86 ? "immintrin.h" : "arm_neon.h",
                    gcc || !x86 ? "" : " -mno-daz-ftz");
    build.flags = flags.c_str();
    compare(programs, points(3000, 10), 3, build);
  }
}

TEST_P(EmitMachine, RefusesArithmeticThatIsNotIeee) {
  const Workshop workshop;
  workshop.write("f.h", emit_machine_header(ir::parse(kExp2), {.name = "f", .comment = {}}));
  workshop.write("main.cpp", "#include \"f.h\"\nint main() { return f(0.0f) == 1.0f ? 0 : 1; }\n");
  const bool gcc = std::string(GetParam().name).starts_with("gcc");
  for (const char* flag : {"-ffast-math", "-ffinite-math-only", "-funsafe-math-optimizations",
                           "-fno-signed-zeros", "-freciprocal-math"}) {
    // clang says nothing of the finer ones.
    if (!gcc && flag != std::string("-ffast-math") && flag != std::string("-ffinite-math-only")) {
      continue;
    }
    EXPECT_FALSE(workshop.compile(fmt::format("{} -fsyntax-only {}", GetParam().flags, flag),
                                  GetParam().compiler))
        << flag;
    EXPECT_NE(workshop.log().find("error bound"), std::string::npos) << workshop.log();
  }
}

/// A table in memory and a kernel in double, as single calls have them.
ir::Program with_table_in_memory() {
  std::string text =
      "input x: f32\nwide: f64 = widen(x)\nshifter: f64 = 0x1.8p+45\nshifted: f64 = wide + "
      "shifter\n"
      "n: f64 = shifted - shifter\nr: f64 = wide - n\ni: i64 = bits(shifted)\n";
  for (int k = 0; k < 128; ++k) text += fmt::format("t{}: f64 = {:a}\n", k, std::exp2(k / 128.0));
  return ir::parse(text +
                   "s: f64 = lookup128(i, t0)\nc2: f64 = 0x1.ebfbdff82c58fp-3\n"
                   "c1: f64 = 0x1.62e42fefa39efp-1\none: f64 = 1\nsize = fabs(x)\nlimit = 0x1p+9\n"
                   "is_far: bool = less(limit, size)\np1: f64 = fma(r, c2, c1)\n"
                   "p: f64 = fma(r, p1, one)\ny_wide: f64 = s * p\nnear_y = narrow(y_wide)\n"
                   "far_y = x * x\ny = select_rare(is_far, far_y, near_y)\nreturn y\n");
}

/// Without fma and with it: the program with fma calls a function where there is no instruction. A
/// result that does not depend on the input is one for vectors in step, too.
TEST(EmitMachineHeader, SingleCallsAndTheirLoopsAreWhatTheInterpreterHas) {
  const std::vector<ir::Program> programs = {
      with_table_in_memory(), ir::without_fma(with_table_in_memory()),
      ir::parse("input x: f32\na = 2\nb = 3\ny = a * b\nreturn y\n")};
  for (const Build& build : {Build{"baseline", ULPFORGE_GXX, "-std=c++17 -O2"},
                             Build{"v3", ULPFORGE_GXX, "-std=c++17 -O2 -march=x86-64-v3"},
                             Build{"native", ULPFORGE_GXX, "-std=c++17 -O2 -march=native"}}) {
    SCOPED_TRACE(build.name);
    compare(programs, points(5000, 11), 4, build);
  }
}

TEST(EmitMachineHeader, TakesHalfAsManyVectorsInStepWhereMostValuesAreWide) {
  const auto header = [](const ir::Program& program) {
    return emit_machine_header(program, {.name = "f", .comment = {}});
  };
  const std::string wide = header(with_table_in_memory()), narrow = header(ir::parse(kExp2));
  EXPECT_NE(wide.find("n - i >= 32"), std::string::npos);
  EXPECT_EQ(wide.find("n - i >= 64"), std::string::npos);
  EXPECT_NE(narrow.find("n - i >= 64"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Builds, EmitMachine, testing::ValuesIn(kBuilds),
                         [](const auto& build) { return build.param.name; });

/// Compiled for a processor that need not be this one, and looked at as assembly.
void expect_form(const char* compiler, const std::string& flags, std::string_view macro,
                 bool has_scalef, std::string_view widest_register) {
  if (*compiler == 0) return;
  const Workshop workshop;
  workshop.write("f.h", emit_machine_header(ir::parse(kExp2), {.name = "f", .comment = {}}));
  workshop.write("main.cpp", fmt::format("#include \"f.h\"\n#if !defined({})\n#error other form\n"
                                         "#endif\nvoid array(const float* x, float* y) {{\n"
                                         "  f_n(x, y, 1000);\n}}\n",
                                         macro));
  ASSERT_TRUE(workshop.compile("-std=c++17 -O2 -S " + flags, compiler)) << workshop.log();
  const std::string assembly = workshop.read("program");
  EXPECT_EQ(assembly.find("vscalefps") != std::string::npos, has_scalef)
      << compiler << ' ' << flags;
  const std::string_view widest = assembly.find("%zmm") != std::string::npos   ? "zmm"
                                  : assembly.find("%ymm") != std::string::npos ? "ymm"
                                                                               : "xmm";
  EXPECT_EQ(widest, widest_register) << compiler << ' ' << flags;
}

class VectorsOf : public testing::TestWithParam<const char*> {};

TEST_P(VectorsOf, AreThoseThatTheCompilerMayUse) {
  const char* compiler = GetParam();
  expect_form(compiler, "-march=skylake-avx512", "F_AVX512", true, "zmm");
  expect_form(compiler, "-march=skylake-avx512 -DUF_VECTOR_BITS=512", "F_AVX512", true, "zmm");
  expect_form(compiler, "-march=skylake-avx512 -DUF_VECTOR_BITS=256", "F_AVX512VL", true, "ymm");
  expect_form(compiler, "-march=haswell", "F_AVX2", false, "ymm");
  expect_form(compiler, "-march=haswell -DUF_VECTOR_BITS=256", "F_AVX2", false, "ymm");
}

INSTANTIATE_TEST_SUITE_P(Compilers, VectorsOf, testing::Values(ULPFORGE_GXX, ULPFORGE_CLANGXX),
                         [](const auto& one) { return one.index == 0 ? "gcc" : "clang"; });

/// AVX10 of 256 bits, which g++ 12 has no option for, and clang 19 itself warns of.
TEST(EmitMachineHeader, HasTheVectorsOfAvx10) {
  expect_form(ULPFORGE_CLANGXX, "-mavx10.1-256 -Wno-invalid-feature-combination", "F_AVX512VL",
              true, "ymm");
}

TEST(EmitMachineHeader, LetsTheProcessorChangeSignsAndChooseInAnFma) {
  if (*ULPFORGE_CLANGXX == 0) GTEST_SKIP() << "clang++ is not installed";
  const Workshop workshop;
  workshop.write("f.h", emit_machine_header(ir::parse("input x: f32\nhalf = 0.5\n"
                                                      "minus = neg(x)\nbase = fma(x, x, half)\n"
                                                      "other = fma(base, minus, half)\n"
                                                      "below: bool = less(x, half)\n"
                                                      "y = select(below, other, base)\nreturn y\n"),
                                            {.name = "f", .comment = {}}));
  workshop.write("main.cpp",
                 "#include \"f.h\"\nvoid array(const float* x, float* y) { f_n(x, y, 1000); }\n");
  ASSERT_TRUE(workshop.compile("-std=c++17 -O2 -S -march=skylake-avx512", ULPFORGE_CLANGXX))
      << workshop.log();
  std::size_t masked = 0;
  std::istringstream lines(workshop.read("program"));
  for (std::string line; std::getline(lines, line);) {
    if (line.find("%zmm") == std::string::npos) continue;
    EXPECT_EQ(line.find("vxor"), std::string::npos) << line;
    EXPECT_EQ(line.find("vpxor"), std::string::npos) << line;
    EXPECT_EQ(line.find("vblend"), std::string::npos) << line;
    masked += line.find("vfnmadd") != std::string::npos && line.find("{%k") != std::string::npos;
  }
  // Four vectors in step, and one.
  EXPECT_GE(masked, 5U);
}

TEST(EmitMachineHeader, CarriesWhatItUsesAndNoMore) {
  const std::string header =
      emit_machine_header(ir::parse(kExp2), {"uf_exp2f", {"A line.", "Two\nlines\\"}});
  const auto has = [&](std::string_view text) { return header.find(text) != std::string::npos; };
  EXPECT_TRUE(header.starts_with("// A line.\n// Two lines\\.\n//\n// This file may be used"));
  EXPECT_TRUE(has("without restriction.\n#ifndef UF_EXP2F_H\n"));
  EXPECT_TRUE(has("inline float scalef(float a, float b) {"));
  EXPECT_FALSE(has("inline double scalef(double a, double b) {"));
  EXPECT_FALSE(has("getmant"));
  EXPECT_FALSE(has("F64"));
  EXPECT_TRUE(has("  const auto c0 = Form::f32(0x1.5d4cc8p-10f);"));
  EXPECT_TRUE(has("  const auto v7 = step(scalef(v6, v0));\n  return v7;\n"));
  EXPECT_FALSE(has("ulpforge"));
}

TEST(EmitMachineHeader, RefusesWhatIsNoFunction) {
  const ir::Program good = ir::parse(kExp2);
  EXPECT_THROW(emit_machine_header(good, {"double", {}}), std::invalid_argument);
  EXPECT_THROW(emit_machine_header(ir::parse("input x; v = x * x; return v"), {"f", {}}),
               std::invalid_argument);
  EXPECT_THROW(
      emit_machine_header(ir::parse("input x: f32\nzero = 0\nv: bool = less(x, zero)\nreturn v"),
                          {"f", {}}),
      std::invalid_argument);
  ir::Program broken = good;
  broken.code[3].type = ir::Type::I64;
  EXPECT_THROW(emit_machine_header(broken, {"f", {}}), std::invalid_argument);
}

}  // namespace
}  // namespace ulpforge::emit

// Whole programs, the ways to call them, and the lifetime of their code.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <numeric>
#include <thread>

#include "jit/agreement.h"
#include "jit/random_machine_programs.h"

namespace ulpforge::jit {
namespace {

using namespace test;
using ir::Op;
using ir::Operand;
using ir::Type;

/// c0 * x + c1, each operation rounded.
ir::Program line(double slope, double offset) {
  ir::Program program;
  program.input_types[0] = Type::F32;
  const Operand a = program.add_constant(slope);
  const Operand b = program.add_constant(offset);
  const Operand product = program.add(Type::F32, Op::Mul, Operand::input(), a);
  program.result = program.add(Type::F32, Op::Add, product, b);
  return program;
}

std::vector<float> points(std::size_t count) {
  std::vector<float> x(count);
  for (std::size_t i = 0; i < count; ++i) x[i] = 0.37F * static_cast<float>(i) - 3.0F;
  return x;
}

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no error";
}

TEST(Compiler, RandomProgramsAgree) {
  std::mt19937_64 random(5);
  Compiler compiler;
  for (const Type input : {Type::F32, Type::F64, Type::I32, Type::I64}) {
    std::vector<ir::Program> programs;
    for (int i = 0; i < 30; ++i) programs.push_back(random_machine_program(input, 12, random));
    if (input == Type::F32) programs.push_back(ir::test::rare_program());
    const std::vector<std::uint64_t> inputs = sample_bits(input, 300, 11);
    for (const Way& way : ways()) {
      for (const bool embed : {false, true}) {
        const Options options{.level = way.level,
                              .isa = way.isa,
                              .embed_constants = embed,
                              .interleave = way.level == OptimisationLevel::Full ? 2U : 1U};
        const std::vector<Function> functions = compiler.compile(programs, options);
        for (std::size_t k = 0; k < programs.size(); ++k) {
          const std::vector<std::uint64_t> expected = interpret_bits(programs[k], inputs);
          std::vector<std::uint64_t> got = with_type(input, [&](auto x) {
            using X = decltype(x);
            const std::vector<X> in = from_bits<X>(inputs);
            return with_type(functions[k].result_type(), [&](auto y) {
              std::vector<decltype(y)> out(in.size());
              functions[k].evaluate<X, decltype(y)>(in, out);
              return to_bits<decltype(y)>(out);
            });
          });
          ASSERT_EQ(difference(programs[k], inputs, expected, got), "")
              << name_of(way) << (embed ? ", constants embedded" : "");
        }
      }
    }
  }
}

TEST(Compiler, TheEmptyProgramReturnsItsInput) {
  ir::Program program;
  program.input_types[0] = Type::F32;
  Compiler compiler;
  const std::vector<float> x = points(37);
  std::vector<float> y(37);
  compiler.compile(program)(x, y);
  EXPECT_EQ(x, y);
}

TEST(Compiler, AConstantIsAProgram) {
  ir::Program program;
  program.input_types[0] = Type::F32;
  const Operand two = program.add_constant(2.0);
  program.result = program.add(Type::F32, Op::Sqrt, two);
  Compiler compiler;
  const std::vector<float> x = points(5);
  std::vector<float> y(5);
  compiler.compile(program)(x, y);
  EXPECT_EQ(y, std::vector<float>(5, std::sqrt(2.0F)));
}

TEST(Compiler, ProductsAndSumsAreNotContracted) {
  // (1 + e)(1 - e) - 1 is 0 with the product rounded, -e^2 without.
  ir::Program program;
  program.input_types[0] = Type::F32;
  const Operand factor = program.add_constant(1.0 - 0x1p-13);
  const Operand minus_one = program.add_constant(-1.0);
  program.result = program.add(
      Type::F32, Op::Add, program.add(Type::F32, Op::Mul, Operand::input(), factor), minus_one);
  const std::vector<float> x(16, 1.0F + 0x1p-13F);
  Compiler compiler;
  for (const Way& way : ways()) {
    for (const bool embed : {false, true}) {
      std::vector<float> y(16, -1.0F);
      compiler.compile(program, {.level = way.level, .isa = way.isa, .embed_constants = embed})(x,
                                                                                                y);
      EXPECT_EQ(y, std::vector<float>(16, 0.0F)) << name_of(way);
    }
  }
}

TEST(Function, TakesOtherConstants) {
  Compiler compiler;
  const Function function = compiler.compile(line(1, 0));
  const std::vector<float> x = points(100);
  std::vector<float> y(100), expected(100);
  for (const double slope : {2.0, -0.5}) {
    const ir::Program other = line(slope, 3);
    function(ir::constant_bits(other), x, y);
    ir::interpret<float, float>(other, x, expected);
    EXPECT_EQ(y, expected);
  }
  function(x, y);
  EXPECT_EQ(x, y);
}

/// Memory of whole pages with nothing readable behind.
class GuardedFloats {
 public:
  explicit GuardedFloats(std::size_t count)
      : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))), count_(count) {
    memory_ =
        static_cast<char*>(mmap(nullptr, 3 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    EXPECT_EQ(mprotect(memory_ + page_, page_, PROT_READ | PROT_WRITE), 0);
  }
  ~GuardedFloats() { munmap(memory_, 3 * page_); }
  GuardedFloats(const GuardedFloats&) = delete;
  GuardedFloats& operator=(const GuardedFloats&) = delete;
  /// The last `count` floats of the page, and the first.
  std::span<float> last() const {
    return {reinterpret_cast<float*>(memory_ + 2 * page_) - count_, count_};
  }
  std::span<float> first() const { return {reinterpret_cast<float*>(memory_ + page_), count_}; }

 private:
  std::size_t page_, count_;
  char* memory_;
};

TEST(Function, StaysWithinItsSpans) {
  Compiler compiler;
  for (const unsigned interleave : {1U, 3U}) {
    const Function function = compiler.compile(line(2, 1), {.interleave = interleave});
    for (std::size_t count = 0; count <= 2 * function.block_size() + 1; ++count) {
      const GuardedFloats in(count), out(count);
      for (const bool last : {false, true}) {
        const std::span<float> x = last ? in.last() : in.first();
        const std::span<float> y = last ? out.last() : out.first();
        std::iota(x.begin(), x.end(), 1.0F);
        // What is next to the results stays as it was.
        if (!last) out.first().data()[count] = 77;
        function(x, y);
        for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(y[i], 2 * x[i] + 1);
        ASSERT_TRUE(last || out.first().data()[count] == 77);
      }
    }
  }
}

TEST(Function, MayWriteOverItsInput) {
  Compiler compiler;
  for (const Way& way : ways()) {
    std::vector<float> x = points(101);
    std::vector<float> expected(101);
    ir::interpret<float, float>(line(3, -1), x, expected);
    compiler.compile(line(3, -1), {.level = way.level, .isa = way.isa, .interleave = 2})(x, x);
    EXPECT_EQ(x, expected) << name_of(way);
  }
}

TEST(Function, OutlivesItsCompilerAndItsBatch) {
  std::vector<Function> kept;
  {
    Compiler compiler;
    std::vector<Function> batch =
        compiler.compile(std::vector<ir::Program>{line(1, 0), line(2, 0), line(3, 0)});
    kept.push_back(std::move(batch[1]));
  }
  const std::vector<float> x = points(20);
  std::vector<float> y(20);
  kept.front()(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_EQ(y[i], 2 * x[i]);
}

/// Bytes of this process that are code and come from no file.
std::size_t bytes_of_code() {
  std::ifstream maps("/proc/self/maps");
  std::size_t bytes = 0;
  for (std::string text; std::getline(maps, text);) {
    std::uint64_t begin = 0, end = 0;
    char mode[5] = {}, path[256] = {};
    if (std::sscanf(text.c_str(), "%lx-%lx %4s %*s %*s %*s %255s", &begin, &end, mode, path) >= 3 &&
        mode[2] == 'x' && path[0] == 0) {
      bytes += end - begin;
    }
  }
  return bytes;
}

TEST(Function, ItsCodeGoesWithTheLastHandle) {
  Compiler compiler;
  compiler.compile(line(0, 0));
  const std::size_t before = bytes_of_code();
  {
    std::vector<Function> functions;
    for (int i = 0; i < 50; ++i) functions.push_back(compiler.compile(line(i, 1)));
    EXPECT_GE(bytes_of_code(), before + 50 * 64);
    functions.erase(functions.begin() + 1, functions.end());
    EXPECT_LE(bytes_of_code(), before + 4096);
  }
  EXPECT_EQ(bytes_of_code(), before);
}

TEST(Compiler, EveryThreadHasItsOwn) {
  std::vector<std::string> failures(4);
  std::vector<std::vector<Function>> handed_over(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Compiler compiler;
      std::mt19937_64 random(t);
      const std::vector<std::uint64_t> inputs = sample_bits(Type::F32, 50, 2);
      for (int round = 0; round < 8; ++round) {
        std::vector<ir::Program> programs;
        for (int i = 0; i < 8; ++i) {
          programs.push_back(random_machine_program(Type::F32, 8, random));
        }
        std::vector<Function> functions = compiler.compile(
            programs,
            {.level = round % 4 == 0 ? OptimisationLevel::Full : OptimisationLevel::Fast});
        for (std::size_t k = 0; k < programs.size(); ++k) {
          failures[t] += difference(programs[k], inputs, interpret_bits(programs[k], inputs),
                                    run_bits(functions[k], functions[k].constants(), inputs));
        }
        // Some are freed here, some by another thread.
        handed_over[t].push_back(std::move(functions[0]));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, std::vector<std::string>(4));
}

TEST(Compiler, RefusesWhatItCannotCompile) {
  Compiler compiler;
  ir::Program real;
  EXPECT_EQ(message_of([&] { compiler.compile(real); }),
            "program 0 of the batch: real arithmetic has no machine code");
  ir::Program defect = line(1, 1);
  defect.result = Operand::value(9);
  EXPECT_THAT(message_of([&] { compiler.compile(std::vector{line(1, 1), defect}); }),
              testing::StartsWith("program 1 of the batch: "));
  ir::Program truth = line(1, 1);
  truth.result = truth.add(Type::F32, Op::Less, truth.result, Operand::input());
  EXPECT_EQ(message_of([&] { compiler.compile(truth); }),
            "program 0 of the batch: the result is bool, not a number");
  ir::Program two = line(1, 1);
  two.inputs = 2;
  two.input_types[1] = Type::F32;
  EXPECT_EQ(message_of([&] { compiler.compile(two); }),
            "program 0 of the batch: 2 inputs, not one");
  EXPECT_EQ(message_of([&] { compiler.compile(line(1, 1), {.interleave = 0}); }),
            "interleave is 1 to 16 vectors, not 0");
  for (const Isa isa : {Isa::Sse2, Isa::Avx2, Isa::Avx512}) {
    if (host_has(isa)) continue;
    EXPECT_EQ(
        message_of([&] { compiler.compile(line(1, 1), {.isa = isa}); }),
        fmt::format("this processor has no {}; its widest is {}", name(isa), name(host_isa())));
  }
}

TEST(Function, RefusesWrongCalls) {
  Compiler compiler;
  const Function function = compiler.compile(line(1, 1));
  const std::vector<float> x = points(4);
  std::vector<float> y(5);
  EXPECT_EQ(message_of([&] { function(x, y); }),
            "a compiled program needs as many results as points, not 5 and 4");
  y.resize(4);
  const std::vector<std::uint64_t> one_constant(1);
  EXPECT_EQ(message_of([&] { function(one_constant, x, y); }),
            "the program has 2 constants, not 1");
  std::vector<double> wide(4);
  EXPECT_EQ(message_of([&] { function.evaluate<float, double>(x, wide); }),
            "the compiled program is f32 > f32, not f32 > f64");
  const Function embedded = compiler.compile(line(1, 1), {.embed_constants = true});
  EXPECT_EQ(message_of([&] { embedded(embedded.constants(), x, y); }),
            "the program was compiled with its constants embedded");
}

TEST(Isa, NamesAndHost) {
  for (const Isa isa : isas()) {
    EXPECT_EQ(find_isa(name(isa)), isa);
    const bool without_fma = isa == Isa::Scalar || isa == Isa::Generic || isa == Isa::Sse2;
    EXPECT_EQ(has_fma(isa), !without_fma);
    if (architecture(isa) && architecture(isa) != host_architecture()) {
      EXPECT_FALSE(host_has(isa));
    }
    EXPECT_EQ(is_scalar(isa), isa == Isa::Scalar || isa == Isa::ScalarFma);
  }
  EXPECT_FALSE(is_scalar(host_isa()));
  EXPECT_EQ(find_isa("altivec"), std::nullopt);
  EXPECT_TRUE(host_has(Isa::Generic));
  EXPECT_TRUE(host_has(host_isa()));
#if defined(__x86_64__)
  EXPECT_EQ(host_has(Isa::Avx2), __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"));
  EXPECT_EQ(host_has(Isa::Avx512),
            __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
                __builtin_cpu_supports("avx512vl") && host_has(Isa::Avx2));
#endif
}

}  // namespace
}  // namespace ulpforge::jit

// Machine operations against the C library, MPFR's rounding and the host's own instructions.
#include <gtest/gtest.h>
#include <mpfr.h>

#include <algorithm>
#include <cstring>

#include "emit/avx512.h"
#include "ir/canonical.h"
#include "ir/interpret.h"
#include "ir/portable.h"
#include "ir/text.h"
#include "machine_programs.h"

namespace ulpforge::ir {
namespace {

bool same(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

std::vector<float> floats(std::size_t random_ones, unsigned seed) {
  std::vector<float> values;
  for (const std::uint64_t bits : test::sample_bits(Type::F32, random_ones, seed)) {
    values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  }
  return values;
}
std::vector<double> doubles(std::size_t random_ones, unsigned seed) {
  std::vector<double> values;
  for (const std::uint64_t bits : test::sample_bits(Type::F64, random_ones, seed)) {
    values.push_back(std::bit_cast<double>(bits));
  }
  return values;
}

/// expected(a) against function(a) over the samples of T.
template <class T, class Function, class Expected>
void check_unary(Function function, Expected expected) {
  std::vector<T> values;
  if constexpr (std::is_same_v<T, float>) {
    values = floats(200000, 1);
  } else {
    values = doubles(200000, 1);
  }
  for (const T a : values) {
    ASSERT_TRUE(same(function(a), expected(a)))
        << std::hexfloat << a << ": " << function(a) << " not " << expected(a);
  }
}

TEST(Portable, FloorIsFloor) {
  check_unary<float>([](float a) { return portable::floor(a); },
                     [](float a) { return std::floor(a); });
  check_unary<double>([](double a) { return portable::floor(a); },
                      [](double a) { return std::floor(a); });
}

/// By MPFR, whose subtraction rounds once: down, which makes a difference of 0 a -0.
template <class T>
T expected_fraction(T a) {
  if (std::isnan(a)) return a;
  if (std::isinf(a)) return 0;
  mpfr_t exact;
  mpfr_init2(exact, std::numeric_limits<T>::digits);
  mpfr_set_d(exact, static_cast<double>(std::floor(a)), MPFR_RNDN);
  mpfr_d_sub(exact, static_cast<double>(a), exact, MPFR_RNDD);
  const double result = mpfr_get_d(exact, MPFR_RNDN);
  mpfr_clear(exact);
  return static_cast<T>(result);
}

TEST(Portable, FractionIsTheRestOfFloorRoundedDown) {
  check_unary<float>([](float a) { return portable::fraction(a); }, expected_fraction<float>);
  check_unary<double>([](double a) { return portable::fraction(a); }, expected_fraction<double>);
}

template <class T>
T expected_getexp(T a) {
  if (std::isnan(a)) return a;
  return std::logb(a);
}

TEST(Portable, GetexpIsLogb) {
  check_unary<float>([](float a) { return portable::getexp(a); }, expected_getexp<float>);
  check_unary<double>([](double a) { return portable::getexp(a); }, expected_getexp<double>);
}

template <class T>
T expected_getmant(T a, T least) {
  if (std::isnan(a) || a < 0) return std::numeric_limits<T>::quiet_NaN();
  if (a == 0 || std::isinf(a)) return std::copysign(T{1}, a);
  int exponent = 0;
  T m = std::frexp(a, &exponent);
  while (m < least) m *= 2;
  return m;
}

TEST(Portable, GetmantIsFrexpInItsBinade) {
  check_unary<float>([](float a) { return portable::getmant(a); },
                     [](float a) { return expected_getmant<float>(a, 1.0F); });
  check_unary<double>([](double a) { return portable::getmant(a); },
                      [](double a) { return expected_getmant<double>(a, 1.0); });
  check_unary<float>([](float a) { return portable::getmant_centred(a); },
                     [](float a) { return expected_getmant<float>(a, 0.75F); });
  check_unary<double>([](double a) { return portable::getmant_centred(a); },
                      [](double a) { return expected_getmant<double>(a, 0.75); });
}

template <class T>
T expected_scalef(T a, T b) {
  if (std::isnan(b)) return b;
  if (std::isnan(a)) {
    // Of NaNs, only the quiet ones give way to an infinite scale.
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    const bool quiet = (std::bit_cast<Bits>(a) >> (sizeof(T) == 4 ? 22 : 51) & 1) != 0;
    return quiet && std::isinf(b) ? (b > 0 ? b : T{0}) : a;
  }
  if (std::isinf(b)) return b > 0 ? a * b : a / -b * (std::isinf(a) ? b - b : T{1});
  // scalbn rounds once, also into the subnormal numbers.
  return std::scalbn(a, static_cast<int>(std::clamp(std::floor(b), T{-5000}, T{5000})));
}

TEST(Portable, ScalefIsScalbn) {
  for (unsigned seed = 1; seed < 4; ++seed) {
    const std::vector<float> a = floats(3000, seed);
    const std::vector<float> b = floats(300, seed + 10);
    for (const float x : a) {
      for (const float n : b) {
        ASSERT_TRUE(same(portable::scalef(x, n), expected_scalef(x, n)))
            << std::hexfloat << x << ' ' << n;
      }
    }
  }
  for (const double x : doubles(1000, 1)) {
    for (const double n : doubles(300, 2)) {
      ASSERT_TRUE(same(portable::scalef(x, n), expected_scalef(x, n)))
          << std::hexfloat << x << ' ' << n;
    }
  }
}

TEST(Portable, ConversionsSaturateToTheLeastInteger) {
  for (const float a : floats(200000, 3)) {
    const bool fits = a >= -0x1p31F && a < 0x1p31F;
    const std::int32_t least = std::numeric_limits<std::int32_t>::min();
    ASSERT_EQ(portable::truncate(a), fits ? static_cast<std::int32_t>(a) : least) << a;
    ASSERT_EQ(portable::round_to_integer(a), fits ? std::lrint(a) : least) << a;
  }
  for (const double a : doubles(200000, 3)) {
    const bool fits = a >= -0x1p63 && a < 0x1p63;
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    ASSERT_EQ(portable::truncate(a), fits ? static_cast<std::int64_t>(a) : least) << a;
    ASSERT_EQ(portable::round_to_integer(a), fits ? std::lrint(a) : least) << a;
  }
}

TEST(Portable, TernaryReadsItsTruthTable) {
  for (int table = 0; table < 256; ++table) {
    const std::int32_t a = 0x0f0f0ff0, b = 0x33333ccc, c = 0x55555a5a;
    const std::int32_t r = portable::ternary(a, b, c, table);
    for (int bit = 0; bit < 32; ++bit) {
      const int index = (a >> bit & 1) * 4 + (b >> bit & 1) * 2 + (c >> bit & 1);
      ASSERT_EQ(r >> bit & 1, table >> index & 1) << table;
    }
  }
}

TEST(Portable, ReciprocalEstimateIsWithinThirteenPercent) {
  for (const float a : floats(200000, 5)) {
    if (!(std::fabs(a) > 0x1p-125F && std::fabs(a) < 0x1p125F)) continue;
    ASSERT_NEAR(portable::reciprocal_estimate(a) * a, 1.0F, 0.13F) << a;
  }
}

#if defined(__AVX512F__) && defined(__AVX512DQ__) && (defined(__EVEX512__) || !defined(__EVEX256__))
/// For every mantissa of two binades, which scaling by powers of four carries to all others, and
/// any estimate as good as the instruction has to be.
TEST(Avx512, SqrtFromAnyEstimateIsTheRoot) {
  std::uint32_t state = 1;
  for (std::uint32_t bits = 0x3f800000; bits < 0x40800000; bits += 16) {
    std::array<float, 16> z{};
    for (std::uint32_t k = 0; k < 16; ++k) z[k] = std::bit_cast<float>(bits + k);
    const __m512 a = _mm512_loadu_ps(z.data());
    const __m512 expected = _mm512_maskz_sqrt_ps(0xffff, a);
    const __m512 reciprocal = _mm512_div_ps(_mm512_set1_ps(1), expected);
    for (int trial = 0; trial < 8; ++trial) {
      state = state * 1664525U + 1013904223U;
      const float inside = static_cast<float>(static_cast<std::int32_t>(state)) * 0x1p-31F;
      const float error = trial == 0 ? 0x1p-14F : trial == 1 ? -0x1p-14F : inside * 0x1p-14F;
      const __m512 estimate = _mm512_fmadd_ps(reciprocal, _mm512_set1_ps(error), reciprocal);
      const __m512 root = emit::avx512::sqrt_from_estimate(a, estimate);
      ASSERT_EQ(_mm512_cmp_ps_mask(root, expected, _CMP_NEQ_UQ), 0)
          << std::hexfloat << z[0] << ' ' << error;
    }
  }
}

TEST(Avx512, SqrtByProductsIsTheRootOfWhateverIsInTheVector) {
  std::vector<float> all = floats(200000, 12);
  while (all.size() % 16 != 0) all.push_back(1);
  for (const float mantissas_from : {0x1p-60F, 0x1p-40F, 1.0F, 0x1p59F, 0x1p60F}) {
    for (std::uint32_t k = 0; k < 4096; ++k) {
      all.push_back(std::bit_cast<float>(std::bit_cast<std::uint32_t>(mantissas_from) - 2048 + k));
    }
  }
  for (std::size_t i = 0; i < all.size(); i += 16) {
    std::array<float, 16> root{};
    _mm512_storeu_ps(root.data(), emit::avx512::sqrt_by_products(_mm512_loadu_ps(&all[i])));
    for (std::size_t k = 0; k < 16; ++k) {
      ASSERT_TRUE(same(root[k], std::sqrt(all[i + k]))) << std::hexfloat << all[i + k];
    }
  }
}

/// What the instruction makes of one lane.
template <class Instruction>
float lane(Instruction instruction) {
  return _mm512_cvtss_f32(instruction());
}

TEST(Portable, AgreesWithTheHostsInstructions) {
  const std::vector<float> others = floats(200, 7);
  std::size_t i = 0;
  for (const float a : floats(100000, 6)) {
    const float b = others[i++ % others.size()];
    const __m512 va = _mm512_set1_ps(a), vb = _mm512_set1_ps(b);
    ASSERT_TRUE(same(portable::min(a, b), lane([&] { return _mm512_min_ps(va, vb); }))) << a << b;
    ASSERT_TRUE(same(portable::max(a, b), lane([&] { return _mm512_max_ps(va, vb); }))) << a << b;
    ASSERT_TRUE(same(portable::scalef(a, b), lane([&] { return _mm512_scalef_ps(va, vb); })))
        << std::hexfloat << a << ' ' << b;
    ASSERT_TRUE(same(portable::fraction(a), lane([&] {
                       return _mm512_reduce_ps(va, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
                     })))
        << std::hexfloat << a;
    ASSERT_TRUE(same(portable::getexp(a), lane([&] { return _mm512_getexp_ps(va); }))) << a;
    ASSERT_TRUE(same(portable::getmant(a), lane([&] {
                       return _mm512_getmant_ps(va, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan);
                     })))
        << std::hexfloat << a;
    ASSERT_TRUE(same(portable::getmant_centred(a), lane([&] {
                       return _mm512_getmant_ps(va, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
                     })))
        << std::hexfloat << a;
    ASSERT_EQ(portable::round_to_integer(a),
              _mm_cvtsi128_si32(_mm512_castsi512_si128(_mm512_cvtps_epi32(va))));
    ASSERT_EQ(portable::truncate(a),
              _mm_cvtsi128_si32(_mm512_castsi512_si128(_mm512_cvttps_epi32(va))));
  }
}
#endif

class MachineOperation : public testing::TestWithParam<test::TypedRow> {};

TEST_P(MachineOperation, IsWellTypedPrintsAndParses) {
  const std::vector<std::uint64_t> others = {0x3f800000, 0x40000000};
  Program program = test::one_operation(GetParam(), others, 0xca);
  ASSERT_EQ(find_defect(program), std::nullopt) << print(program);
  EXPECT_EQ(parse(print(program)), program) << print(program);
  EXPECT_EQ(find_operation(GetParam().row.name), GetParam().row.op);
}

TEST_P(MachineOperation, WrongTypesAreRefused) {
  const std::vector<std::uint64_t> others = {0x3f800000, 0x40000000};
  const Program good = test::one_operation(GetParam(), others, 0);
  // An operand of each other type in each place.
  for (std::size_t k = 0; k < GetParam().row.arity; ++k) {
    if (table_size(GetParam().row, k) > 0) continue;
    for (const Type wrong : {Type::F32, Type::F64, Type::I32, Type::I64}) {
      if (wrong == operand_type(GetParam().row, GetParam().type, k)) continue;
      Program program = good;
      const std::size_t step = static_cast<std::size_t>(
          std::ranges::find(program.code, GetParam().row.op, &Instruction::op) -
          program.code.begin());
      program.inputs = 2;
      program.input_types[1] = wrong;
      program.code[step].operands[k] = Operand::input(1);
      EXPECT_NE(find_defect(program), std::nullopt) << print(program);
      EXPECT_THROW(parse(print(program)), TextError) << print(program);
    }
  }
}

/// op(x, c) or op(c, x), as bits; other operands of three are x too.
std::vector<std::uint64_t> with_constant(const test::TypedRow& typed,
                                         const numbers::DoubleDouble& constant, bool swapped,
                                         std::uint64_t& hash) {
  const Type type = typed.type;
  Program program;
  program.input_types[0] = type;
  const Operand x = Operand::input();
  const Operand c = program.add_constant(constant);
  const std::uint8_t table = typed.row.op == Op::Ternary ? 0xca : 0;
  program.result = program.add(type, typed.row.op, swapped ? c : x, swapped ? x : c, x, table);
  if (result_type(typed.row, type) == Type::Bool) {
    const Operand one = program.add_constant(1.0);
    const Operand zero = program.add_constant(0.0);
    program.result = program.add(Type::I32, Op::Select, program.result, one, zero);
  }
  hash = content_hash(canonical(program));
  return test::interpret_bits(program, test::sample_bits(type, 1000, 9));
}

TEST_P(MachineOperation, CommutesWhereTheTableSaysSo) {
  const OpInfo& row = GetParam().row;
  const Type type = GetParam().type;
  if (row.arity < 2 || row.signature.substr(0, 2) != "TT" || type == Type::Bool) {
    EXPECT_FALSE(row.commutes && type != Type::Bool);
    return;
  }
  bool equal = true;
  for (const double constant : {0.0, -0.0, 1.0, 3.0, 5.0}) {
    std::uint64_t one_way = 0;
    std::uint64_t other_way = 0;
    const auto forward = with_constant(GetParam(), constant, false, one_way);
    const auto backward = with_constant(GetParam(), constant, true, other_way);
    equal = equal && test::same_values(forward, backward, result_type(row, type));
    EXPECT_EQ(one_way == other_way, row.commutes);
  }
  EXPECT_EQ(equal, row.commutes);
}

INSTANTIATE_TEST_SUITE_P(Table, MachineOperation, testing::ValuesIn(test::typed_rows()),
                         [](const auto& typed) {
                           return std::string(typed.param.row.name) + "_" +
                                  std::string(name(typed.param.type));
                         });

// exp2 by hand: magic-number rounding, a short polynomial, exponent insertion.
constexpr const char* kExp2 = R"(input x: f32
magic = 0x1.8p+23
v0 = x + magic
v1 = v0 - magic
v2 = x - v1
c2 = 0x1.ebfbdep-3
c1 = 0x1.62e43p-1
one = 1
v3 = fma(v2, c2, c1)
v4 = fma(v3, v2, one)
n: i32 = bits(v0)
twenty_three: i32 = 23
shifted: i32 = shift_left(n, twenty_three)
m: i32 = bits(v4)
sum: i32 = m + shifted
y = from_bits(sum)
return y
)";

TEST(Interpret, RunsAWholeFunction) {
  const Program program = parse(kExp2);
  std::vector<float> x, y;
  for (int i = -1000; i <= 1000; ++i) x.push_back(static_cast<float>(i) * 0.02F);
  y.resize(x.size());
  interpret<float, float>(program, x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_NEAR(y[i] / std::exp2(static_cast<double>(x[i])), 1.0, 2e-2) << x[i];
  }
}

TEST(Interpret, RefusesWhatDoesNotFit) {
  const Program program = parse(kExp2);
  std::vector<double> wide(3);
  std::vector<float> x(3), y(2);
  EXPECT_THROW((interpret<double, float>(program, wide, x)), std::invalid_argument);
  EXPECT_THROW((interpret<float, double>(program, x, wide)), std::invalid_argument);
  EXPECT_THROW((interpret<float, float>(program, x, y)), std::invalid_argument);
  std::vector<std::uint64_t> constants(2);
  EXPECT_THROW((interpret<float, float>(program, constants, x, x)), std::invalid_argument);
}

TEST(Canonical, DropsWhatIsDeadAndMergesWhatIsEqual) {
  const Program program = parse(R"(input x: f32
dead = 3
a = 2
b = 5
v0 = x + a
v1 = a + x
v2 = x * dead
v3 = fma(v1, v0, b)
return v3
)");
  const Program expected =
      parse("input x: f32\na = 2\nb = 5\nv0 = x + a\nv1 = fma(v0, v0, b)\nreturn v1");
  EXPECT_EQ(canonical(program), expected) << print(canonical(program));
  EXPECT_EQ(canonical(expected), expected);
  Program other = expected;
  other.constants[1] = 6.0;
  EXPECT_EQ(shape_hash(other), shape_hash(expected));
  EXPECT_NE(content_hash(other), content_hash(expected));
}

TEST(Canonical, KeepsTables) {
  std::string text = "input x: f32\n";
  for (int i = 0; i < 16; ++i) text += "t" + std::to_string(i) + " = " + std::to_string(i) + "\n";
  text += "i: i32 = bits(x)\nv0 = permute16(i, t0)\nv1 = t3 + v0\nreturn v1\n";
  const Program program = parse(text);
  EXPECT_EQ(canonical(program), program) << print(canonical(program));
}

TEST(Constants, IntegersAreExact) {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, (std::int64_t{1} << 53) + 1,
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
        std::numeric_limits<std::int64_t>::max() - 511}) {
    EXPECT_EQ(integer_value(integer_constant(value)), value);
  }
}

TEST(MachineText, BadPrograms) {
  const auto message = [](const char* text) -> std::string {
    try {
      parse(text);
    } catch (const TextError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("input x: f32\nv0: i32 = x + x\nreturn v0"),
            "program: line 2, column 11: add does not take (f32, f32) to i32");
  EXPECT_EQ(
      message("input x: f33\nreturn x"),
      "program: line 1, column 10: unknown type 'f33'; the types are f32, f64, i32, i64 and bool");
  EXPECT_EQ(
      message("input x\nv0 = rint(x)\nreturn v0"),
      "program: line 2, column 6: rint exists over machine types alone; write 'input x: f32'");
  EXPECT_EQ(message("input x: f32\nc: i32 = 1.5\nreturn x"),
            "program: line 2, column 10: expected a whole number of at most 64 bits, not '1.5'");
  EXPECT_EQ(message("input x: f32\ni: i32 = bits(x)\nc = 1\nv = permute16(i, c)\nreturn v"),
            "program: instruction 1 (permute16) needs a table of 16 constants as operand 2");
  EXPECT_EQ(message("input x: f32\nc = 1\ni: i32 = bits(x)\nv: i32 = i + c\nreturn v"),
            "program: line 4, column 10: add does not take (i32, f32) to i32");
}

}  // namespace
}  // namespace ulpforge::ir

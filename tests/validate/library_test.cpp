// What a library says of itself, and calls of every form.
#include "validate/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "system/loaded_library.h"
#include "validate/routine.h"

namespace ulpforge::validate {
namespace {

TEST(Signatures, TextRoundTrips) {
  for (const char* text :
       {"float(float)", "double(double, double)", "void(const double*, double*, size_t)",
        "float8(float8)", "double8(double8, double8)", "float16(float16)", "float(float, int)",
        "double(double, long long)", "float(int, float)", "int(double)", "double(double, int*)",
        "float(float, float*)", "void(float, float*, float*)"}) {
    EXPECT_EQ(to_string(parse_signature(text)), text);
  }
  EXPECT_THROW(parse_signature("float3(float3)"), std::invalid_argument);
  EXPECT_THROW(parse_signature("int(int)"), std::invalid_argument);
}

TEST(Signatures, NamesTellThem) {
  const auto read = [](const char* symbol) {
    const auto name = read_symbol_name(symbol);
    return name ? name->function + ": " + to_string(name->signature) : std::string("?");
  };
  EXPECT_EQ(read("expf"), "exp: float(float)");
  EXPECT_EQ(read("erf"), "erf: double(double)");
  EXPECT_EQ(read("pow"), "pow: double(double, double)");
  EXPECT_EQ(read("_ZGVdN8v_expf"), "exp: float8(float8)");
  EXPECT_EQ(read("_ZGVeN8v_exp"), "exp: double8(double8)");
  EXPECT_EQ(read("_ZGVbN4vv_powf"), "pow: float4(float4, float4)");
  EXPECT_EQ(read("Sleef_expf8_u10avx2"), "exp: float8(float8)");
  EXPECT_EQ(read("Sleef_atan2d4_u10"), "atan2: double4(double4, double4)");
  EXPECT_EQ(read("Sleef_log2d8_u35avx512f"), "log2: double8(double8)");
  EXPECT_EQ(read("Sleef_log2_u10"), "log2: double(double)");
  EXPECT_EQ(read("Sleef_erff_u10"), "erf: float(float)");
  EXPECT_EQ(read("ldexpf"), "ldexp: float(float, int)");
  EXPECT_EQ(read("rootn"), "rootn: double(double, long long)");
  EXPECT_EQ(read("jnf"), "jn: float(int, float)");
  EXPECT_EQ(read("sincosf"), "sincos: void(float, float*, float*)");
  EXPECT_EQ(read("compoundnf"), "compoundn: float(float, long long)");
  EXPECT_EQ(read("digammaf"), "digamma: float(float)");
  EXPECT_EQ(read("my_exp"), "?");
}

/// The published vector of FIPS 180.
TEST(Libraries, Sha256) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Libraries, TellWhatTheyExport) {
  const LibraryFile library = read_library(locate_library("libm.so.6"));
  EXPECT_EQ(library.soname, "libm.so.6");
  EXPECT_EQ(library.sha256.size(), 64U);
  ASSERT_NE(library.find("expf"), nullptr);
  EXPECT_EQ(library.find("no_such_thing"), nullptr);
  const Signature f32 = parse_signature("float(float)");
  EXPECT_NO_THROW(require_function(library, "expf", f32));
  EXPECT_THROW(require_function(library, "exp", f32), std::invalid_argument);
  EXPECT_THROW(require_function(library, "signgam", f32), std::invalid_argument);
  EXPECT_THROW(require_function(library, "no_such_thing", f32), std::invalid_argument);
  EXPECT_THROW(locate_library("libnothing.so.77"), std::invalid_argument);
  EXPECT_THROW(read_library("/etc/passwd"), std::invalid_argument);
}

template <class T>
void expect_near_exp(const char* file, const char* symbol, const char* signature) {
  const Signature declared = parse_signature(signature);
  if (!missing_instruction_set(symbol, declared).empty()) return;
  const system::LoadedLibrary library(file);
  const Routine routine = Routine(library.symbol(symbol), declared);
  std::array<T, 37> x{};
  std::array<T, 37> y{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<T>(i) / 8 - 2;
  routine(std::span<const T>(x), std::span<T>(y));
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(y[i]) / std::exp(static_cast<double>(x[i])), 1, 1e-6) << symbol;
  }
}

TEST(Libraries, RoutinesOfEveryWidth) {
  expect_near_exp<float>("libm.so.6", "expf", "float(float)");
  expect_near_exp<double>("libm.so.6", "exp", "double(double)");
  expect_near_exp<float>("libmvec.so.1", "_ZGVbN4v_expf", "float4(float4)");
  expect_near_exp<float>("libmvec.so.1", "_ZGVdN8v_expf", "float8(float8)");
  expect_near_exp<float>("libmvec.so.1", "_ZGVeN16v_expf", "float16(float16)");
  expect_near_exp<double>("libmvec.so.1", "_ZGVbN2v_exp", "double2(double2)");
  expect_near_exp<double>("libmvec.so.1", "_ZGVdN4v_exp", "double4(double4)");
  expect_near_exp<double>("libmvec.so.1", "_ZGVeN8v_exp", "double8(double8)");
}

TEST(Libraries, RoutinesWithIntegersAndSeveralResults) {
  const system::LoadedLibrary libm("libm.so.6");
  const std::array<float, 4> x{1.5F, -3, 0, std::numeric_limits<float>::infinity()};
  std::array<float, 4> z{};
  const auto call = [&](const char* symbol, const char* text, int part, int order = 0) {
    Signature signature = parse_signature(text);
    signature.part = part;
    signature.order = order;
    Routine(libm.symbol(symbol), signature)(x, z);
  };
  call("frexpf", "float(float, int*)", 1);
  EXPECT_THAT(std::span(z).first(3), testing::ElementsAre(1, 2, 0));
  call("modff", "float(float, float*)", 1);
  EXPECT_THAT(std::span(z).first(3), testing::ElementsAre(1, -3, 0));
  call("sincosf", "void(float, float*, float*)", 1);
  EXPECT_EQ(z[0], std::cos(1.5F));
  call("jnf", "float(int, float)", 0, 2);
  EXPECT_FLOAT_EQ(z[0], static_cast<float>(::jn(2, 1.5)));
  call("ilogbf", "int(float)", 0);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  EXPECT_THAT(z, testing::ElementsAre(0, 1, -kInfinity, kInfinity));
  const std::array<float, 4> n{3, -1.75F, 1e30F, 0};
  Routine(libm.symbol("ldexpf"), parse_signature("float(float, int)"))(x, n, z);
  EXPECT_THAT(z, testing::ElementsAre(12, -1.5F, 0, kInfinity));
}

TEST(Libraries, RoutinesOfTwoArguments) {
  const std::array<float, 5> x{1, 2, 3, 4, 5};
  const std::array<float, 5> y{0, 1, 2, 3, 4};
  std::array<float, 5> z{};
  const system::LoadedLibrary scalar("libm.so.6");
  Routine(scalar.symbol("powf"), parse_signature("float(float, float)"))(x, y, z);
  EXPECT_THAT(z, testing::ElementsAre(1, 2, 9, 64, 625));
  const system::LoadedLibrary vectors("libmvec.so.1");
  z = {};
  Routine(vectors.symbol("_ZGVbN4vv_powf"), parse_signature("float4(float4,float4)"))(x, y, z);
  EXPECT_THAT(z, testing::Pointwise(testing::FloatNear(1e-3F), {1, 2, 9, 64, 625}));
}

}  // namespace
}  // namespace ulpforge::validate

// Functions of other libraries: installed ones, a small one that is compiled here, and those that
// are not there.
#include "bench/peers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <stdexcept>

#include "emit/machine_header.h"
#include "ir/text.h"
#include "system/scratch_directory.h"

namespace ulpforge::bench {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const std::vector<std::string> kFlags = {"-O2", "-march=native"};

const toolchain::Compiler& compiler() {
  static const toolchain::Compiler found = toolchain::find_compiler("c++").value();
  return found;
}

/// A function of ours, whose adaptor calls those of shared libraries.
const Subject& calling() {
  static const ir::Program program =
      ir::parse("input x: f32\nm = getmant(x)\ne = getexp(x)\ny = scalef(m, e)\nreturn y\n");
  static const Subject made = {
      .name = "f", .header = emit::emit_machine_header(program, {.name = "f", .comment = {}})};
  return made;
}

const emit::Form& form(const std::string& key) {
  for (const emit::Form* one : timed_forms()) {
    if (one->key == key) return *one;
  }
  throw std::logic_error(key);
}

std::optional<SharedLibrary> installed(const std::string& name) {
  const auto row = std::ranges::find(peer_table(), name, &PeerRow::name);
  return SharedLibrary::find(*row, std::get<SharedPeer>(row->kind));
}

/// The peers of exp in a form, with results at 1, and what is missing.
struct Found {
  std::vector<std::string> names, codes, missing;
  std::vector<float> at_one;
};
Found find(const std::vector<std::string>& against, const std::string& key,
           const std::vector<PeerFunction>& functions = {{"exp", "expf"}}) {
  PeerSet peers(against, {compiler()}, {kFlags}, {&form(key)}, functions);
  const Adaptor adaptor(compiler(), kFlags, form(key), {calling()});
  peers.compile(compiler(), kFlags, form(key));
  Found found;
  found.missing = peers.missing();
  for (const Peer& peer : peers.peers(functions.front(), adaptor)) {
    found.names.push_back(peer.name);
    found.codes.push_back(peer.code);
    alignas(64) std::array<float, kBlock> x{}, y{};
    x.fill(1);
    peer.loop(x.data(), y.data(), kBlock);
    EXPECT_EQ(y.front(), y.back()) << peer.name;
    found.at_one.push_back(y.front());
    y.fill(0);
    peer.chain(x.data(), y.data(), kBlock);
    EXPECT_NEAR(y.front(), found.at_one.back(), 1e-6) << peer.name;
  }
  return found;
}

std::string refusal(const std::vector<std::string>& against, const std::string& key) {
  try {
    find(against, key);
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("\n")));
    return error.what();
  }
  return "none";
}

TEST(Peers, TheCLibraryIsThere) {
  for (const char* key : {"plain", "scalar"}) {
    const Found found = find({"glibc"}, key);
    EXPECT_THAT(found.names, ElementsAre("glibc"));
    EXPECT_THAT(found.codes, ElementsAre("expf of libm.so.6"));
    EXPECT_FLOAT_EQ(found.at_one.at(0), std::exp(1.0F));
  }
}

TEST(Peers, WhatIsMissingIsSaidOnceALibrary) {
  const Found found =
      find({"glibc"}, "plain", {{"exp", "expf"}, {"sinpi", "sinpif"}, {"gelu", "geluf"}});
  EXPECT_THAT(found.missing, ElementsAre("glibc: has no sinpif, geluf"));
}

TEST(Peers, VectorsOf128BitsStandBesidePlainLoops) {
  if (!installed("libmvec")) GTEST_SKIP() << "there is no libmvec";
  const Found plain = find({"libmvec"}, "plain");
  EXPECT_THAT(plain.codes, ElementsAre("_ZGVbN4v_expf of libmvec.so.1"));
  EXPECT_NEAR(plain.at_one.at(0), std::exp(1.0F), 1e-6);
  EXPECT_THAT(find({"libmvec"}, "scalar").codes, IsEmpty());
}

TEST(Peers, SleefHasWhatTheCLibraryLacks) {
  if (!installed("sleef")) GTEST_SKIP() << "SLEEF is not installed";
  const Found found = find({"glibc", "sleef"}, "plain", {{"sinpi", "sinpif"}});
  EXPECT_THAT(found.codes, ElementsAre("Sleef_sinpif4_u05 of libsleef.so.3"));
  EXPECT_EQ(peer_symbol("", "sinpi"), "sinpif");
  EXPECT_EQ(peer_symbol("tgammaf", "gamma"), "tgammaf");
}

/// Every function that a library has, at the greatest width.
TEST(Peers, LibrariesOfHeadersComputeWhatTheySay) {
  const std::vector<std::pair<std::string, float (*)(float)>> truth = {
      {"exp", std::exp},
      {"exp2", std::exp2},
      {"expm1", std::expm1},
      {"log", std::log},
      {"log2", std::log2},
      {"log10", std::log10},
      {"log1p", std::log1p},
      {"cbrt", std::cbrt},
      {"sin", std::sin},
      {"cos", std::cos},
      {"tan", std::tan},
      {"asin", std::asin},
      {"acos", std::acos},
      {"atan", std::atan},
      {"sinh", std::sinh},
      {"cosh", std::cosh},
      {"tanh", std::tanh},
      {"asinh", std::asinh},
      {"acosh", std::acosh},
      {"atanh", std::atanh},
      {"erf", std::erf},
      {"erfc", std::erfc},
      {"exp10", [](float x) { return std::pow(10.0F, x); }},
      {"rsqrt", [](float x) { return 1 / std::sqrt(x); }},
      {"sigmoid", [](float x) { return 1 / (1 + std::exp(-x)); }}};
  std::vector<std::string> names;
  for (const auto& [name, f] : truth) names.push_back(name);
  bool any = false;
  for (const PeerRow& row : peer_table()) {
    const auto* const peer = std::get_if<HeaderPeer>(&row.kind);
    if (peer == nullptr) continue;
    for (const auto& function : peer->functions) {
      EXPECT_THAT(names, Contains(std::string(function.function))) << row.name;
    }
    const auto header = header_found(*peer, compiler(), kFlags);
    if (!header) continue;
    any = true;
    for (const char* key : {"512", "256", "plain"}) {
      if (!host_has(form(key)) || peer_lanes(form(key)) > peer->most_lanes) continue;
      const HeaderLibrary library(row, *peer, *header, compiler(), {"-O1", "-march=native"},
                                  form(key), names);
      EXPECT_THAT(library.failures(), IsEmpty()) << row.name << ' ' << key;
      for (const auto& [name, f] : truth) {
        const auto loops = library.loops(name);
        EXPECT_EQ(loops.has_value(), expression_of(*peer, name).has_value()) << row.name << name;
        if (!loops) continue;
        alignas(64) std::array<float, kBlock> x{}, y{};
        for (std::size_t i = 0; i < kBlock; ++i) {
          x[i] = (name == "acosh" ? 1.0F : 0.0F) + 0.06F * static_cast<float>(i + 1);
        }
        loops->array(x.data(), y.data(), kBlock);
        for (std::size_t i = 0; i < kBlock; ++i) {
          // Vc's rsqrt is the processor's, of twelve bits.
          EXPECT_NEAR(y[i], f(x[i]), 4e-4 * (0.1 + std::abs(f(x[i]))))
              << row.name << ' ' << key << ' ' << name << ' ' << x[i];
        }
      }
      break;
    }
  }
  if (!any) GTEST_SKIP() << "no library of headers is installed";
}

/// What a library of this test has: functions of floats and of vectors of four.
const std::string& small_library() {
  static const system::ScratchDirectory directory;
  static const std::string path = [] {
    const std::filesystem::path source = directory.path() / "small.cpp";
    std::ofstream(source) << "#include <immintrin.h>\n"
                             "extern \"C\" {\n"
                             "float own_expf(float x) { return 1 + x; }\n"
                             "__m128 own4_expf(__m128 x) { return x + _mm_set1_ps(1); }\n"
                             "}\n";
    const std::filesystem::path library = directory.path() / "libsmall.so";
    toolchain::compile_library(compiler(), {"-O1"}, source, library);
    return library.string();
  }();
  return path;
}

TEST(Peers, AnyLibraryWithRegularNames) {
  const std::string prefix = "library:" + small_library() + ":";
  const Found floats = find({prefix + "own_{f}f:1"}, "scalar");
  EXPECT_THAT(floats.names, ElementsAre("libsmall.so own_{f}f"));
  EXPECT_THAT(floats.codes, ElementsAre("own_expf of " + small_library()));
  EXPECT_THAT(floats.at_one, ElementsAre(2));
  const Found vectors = find({prefix + "own4_{f}f:4", prefix + "own_{f}f:1", "glibc"}, "plain");
  EXPECT_THAT(vectors.codes,
              UnorderedElementsAre("own4_expf of " + small_library(),
                                   "own_expf of " + small_library(), "expf of libm.so.6"));
}

TEST(Peers, WrongLibrariesAreRefusedInALine) {
  const std::string prefix = "library:" + small_library() + ":";
  EXPECT_THAT(refusal({"mkl"}, "plain"), HasSubstr("unknown library 'mkl'; there are glibc"));
  EXPECT_THAT(refusal({"library:"}, "plain"), HasSubstr("give library:FILE:PATTERN:LANES"));
  EXPECT_THAT(refusal({"library:a:b"}, "plain"), HasSubstr("give library:FILE:PATTERN:LANES"));
  EXPECT_THAT(refusal({prefix + "own_expf:1"}, "plain"), HasSubstr("lacks {f}"));
  EXPECT_THAT(refusal({prefix + "own_{f}f:2"}, "plain"), HasSubstr("'2' is no number of lanes"));
  EXPECT_THAT(refusal({prefix + "own_{f}f:"}, "plain"), HasSubstr("'' is no number of lanes"));
  EXPECT_THAT(refusal({"library:./nothing.so:{f}:1"}, "plain"), HasSubstr("./nothing.so: cannot"));
  EXPECT_THAT(refusal({"library::{f}:1"}, "plain"), HasSubstr("names no file"));
  EXPECT_THAT(refusal({prefix + "his_{f}f:1"}, "plain"), HasSubstr("has none of his_expf"));
  EXPECT_THAT(refusal({prefix + "own_{f}f:4"}, "plain"),
              HasSubstr("own_expf takes single floats, and not vectors of 4 floats"));
  EXPECT_THAT(refusal({prefix + "own4_{f}f:1"}, "scalar"),
              HasSubstr("own4_expf takes vectors of 4 floats, and not single floats"));
  EXPECT_THAT(refusal({prefix + "own4_{f}f:4"}, "scalar"), HasSubstr("beside none of --forms"));
}

TEST(Peers, LanesAreFoundByCalling) {
  const auto lanes_of = [](const std::string& text) {
    const SharedLibrary library = SharedLibrary::parse(text);
    return probe_lanes(library.functions("expf", library.lanes()).at(0).address);
  };
  EXPECT_EQ(lanes_of("library:libm.so.6:{f}f:1"), 1U);
  EXPECT_EQ(lanes_of("library:" + small_library() + ":own_{f}f:1"), 1U);
  EXPECT_EQ(lanes_of("library:" + small_library() + ":own4_{f}f:4"), 4U);
  const auto library = installed("libmvec");
  if (!library) GTEST_SKIP() << "there is no libmvec";
  for (const char* key : {"plain", "256", "512"}) {
    if (!host_has(form(key))) continue;
    for (const char* symbol : {"expf", "acoshf", "asinf"}) {
      const std::size_t lanes = peer_lanes(form(key));
      for (const SharedFunction& function : library->functions(symbol, lanes)) {
        EXPECT_EQ(probe_lanes(function.address), lanes) << function.symbol;
      }
    }
  }
}

}  // namespace
}  // namespace ulpforge::bench

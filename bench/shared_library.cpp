// Loading, names.
#include "bench/shared_library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <stdexcept>

#include "emit/vector_names.h"
#include "jit/isa/isa.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace ulpforge::bench {
namespace {

constexpr std::string_view kOther = "library:";
constexpr std::string_view kOtherExample = "library:./libsvml.so:__svml_{f}f16:16";
constexpr std::array<std::size_t, 4> kLanes = {1, 4, 8, 16};

/// Of the widest instruction set that has vectors of so many floats.
std::string_view prefix_of(std::size_t lanes) {
  std::string_view prefix;
  for (const emit::VectorNames& names : emit::kVectorNames) {
    if (names.lanes == lanes) prefix = names.prefix;
  }
  return prefix;
}

std::string with(std::string text, std::string_view place, std::string_view what) {
  for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos; at += what.size()) {
    text.replace(at, place.size(), what);
  }
  return text;
}

std::string filled(const std::string& pattern, std::string_view symbol, std::size_t lanes) {
  if (symbol.ends_with('f')) symbol.remove_suffix(1);
  std::string text = with(pattern, "{prefix}", prefix_of(lanes));
  text = with(text, "{lanes}", std::to_string(lanes));
  return with(text, "{f}", symbol);
}

/// A file's name as the loader takes it: what lies in the current directory is looked for there.
std::string for_loader(const std::string& file) {
  const bool is_here = file.find('/') == std::string::npos && std::filesystem::exists(file);
  return is_here ? "./" + file : file;
}

using Registers = std::array<float, 16>;

// Arguments in whole registers: a function takes the part that it knows of.
#if defined(__x86_64__)
__attribute__((target("avx512f"))) void call_with_512(void* function, float x, Registers& y) {
  const __m512 result = reinterpret_cast<__m512 (*)(__m512)>(function)(_mm512_set1_ps(x));
  _mm512_storeu_ps(y.data(), result);
}
__attribute__((target("avx"))) void call_with_256(void* function, float x, Registers& y) {
  const __m256 result = reinterpret_cast<__m256 (*)(__m256)>(function)(_mm256_set1_ps(x));
  _mm256_storeu_ps(y.data(), result);
}
void call_with_128(void* function, float x, Registers& y) {
  const __m128 result = reinterpret_cast<__m128 (*)(__m128)>(function)(_mm_set1_ps(x));
  _mm_storeu_ps(y.data(), result);
}
void call_with_register(void* function, float x, Registers& y) {
  if (jit::host_has(jit::Isa::Avx512)) return call_with_512(function, x, y);
  if (jit::host_has(jit::Isa::Avx2)) return call_with_256(function, x, y);
  call_with_128(function, x, y);
}
#else
void call_with_register(void* function, float x, Registers& y) {
  y[0] = reinterpret_cast<float (*)(float)>(function)(x);
}
#endif

}  // namespace

std::size_t probe_lanes(void* function) {
  std::size_t lanes = 1;
  // Some functions have no value at one of them; what is left of an argument is no result.
  for (const float x : {0.71F, 1.37F}) {
    Registers y{};
    call_with_register(function, x, y);
    if (!std::isfinite(y[0]) || y[0] == 0 || y[0] == x) continue;
    std::size_t equal = 1;
    while (equal < y.size() &&
           std::bit_cast<std::uint32_t>(y[equal]) == std::bit_cast<std::uint32_t>(y[0])) {
      ++equal;
    }
    for (const std::size_t known : kLanes) {
      if (equal >= known) lanes = std::max(lanes, known);
    }
  }
  return lanes;
}

std::string peer_symbol(const std::string& c_function, const std::string& function) {
  return c_function.empty() ? function + "f" : c_function;
}

SharedLibrary::SharedLibrary(std::string name, SharedPeer peer, system::LoadedLibrary loaded)
    : name_(std::move(name)), peer_(std::move(peer)), loaded_(std::move(loaded)) {}

std::optional<SharedLibrary> SharedLibrary::find(const PeerRow& row, const SharedPeer& peer) {
  try {
    return SharedLibrary(row.shown, peer, system::LoadedLibrary(peer.file));
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

SharedLibrary SharedLibrary::parse(const std::string& text) {
  const auto fail = [&](const std::string& why) {
    return std::invalid_argument(fmt::format("--against {}: {}", text, why));
  };
  const std::size_t last = text.rfind(':');
  const std::size_t middle = text.rfind(':', last - 1);
  if (!text.starts_with(kOther) || middle == std::string::npos || middle < kOther.size()) {
    throw fail(fmt::format("give library:FILE:PATTERN:LANES, as in {}", kOtherExample));
  }
  const std::string file = text.substr(kOther.size(), middle - kOther.size());
  const std::string pattern = text.substr(middle + 1, last - middle - 1);
  std::size_t lanes = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + last + 1, end, lanes);
  if (error != std::errc{} || rest != end || std::ranges::find(kLanes, lanes) == kLanes.end()) {
    throw fail(fmt::format("'{}' is no number of lanes; there are {}", text.substr(last + 1),
                           fmt::join(kLanes, ", ")));
  }
  if (pattern.find("{f}") == std::string::npos) {
    throw fail(fmt::format("the pattern '{}' lacks {{f}}, where the function's name goes, as in {}",
                           pattern, kOtherExample));
  }
  if (file.empty()) throw fail(fmt::format("names no file, as {} does", kOtherExample));
  try {
    SharedLibrary library(
        fmt::format("{} {}", std::filesystem::path(file).filename().string(), pattern),
        {.file = file, .variants = {{"", pattern}}, .lanes = lanes},
        system::LoadedLibrary(for_loader(file)));
    library.is_other_ = true;
    return library;
  } catch (const std::runtime_error& failure) {
    throw fail(failure.what());
  }
}

std::vector<std::string> SharedLibrary::symbols(const std::string& symbol,
                                                std::size_t lanes) const {
  std::vector<std::string> names;
  for (const SharedPeer::Variant& variant : peer_.variants) {
    names.push_back(filled(variant.pattern, symbol, lanes));
  }
  return names;
}

std::vector<SharedFunction> SharedLibrary::functions(const std::string& symbol,
                                                     std::size_t lanes) const {
  const bool fits = peer_.lanes == 0 ? lanes > 1 : peer_.lanes == 1 || peer_.lanes == lanes;
  if (!fits) return {};
  const std::size_t own = peer_.lanes == 0 ? lanes : peer_.lanes;
  std::vector<SharedFunction> found;
  const std::vector<std::string> names = symbols(symbol, own);
  for (std::size_t k = 0; k < names.size(); ++k) {
    void* const address = loaded_.find(names[k]);
    if (address == nullptr) continue;
    found.push_back({name_ + peer_.variants[k].suffix, names[k], own, address});
  }
  return found;
}

}  // namespace ulpforge::bench

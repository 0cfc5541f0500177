// Calls through the ABI: scalars, arrays, and vectors in registers of 128, 256 and 512 bits.
#include "validate/routine.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace ulpforge::validate {
namespace {

template <class T>
void call_scalars(void* code, std::span<const T> x, std::span<T> y) {
  const auto f = reinterpret_cast<T (*)(T)>(code);
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = f(x[i]);
}

template <class T>
void call_scalars(void* code, std::span<const T> x, std::span<const T> y, std::span<T> z) {
  const auto f = reinterpret_cast<T (*)(T, T)>(code);
  for (std::size_t i = 0; i < x.size(); ++i) z[i] = f(x[i], y[i]);
}

/// One vector of the input, filled up with its last element.
template <class T, std::size_t bytes>
struct Chunk {
  static constexpr std::size_t kLanes = bytes / sizeof(T);
  std::array<T, kLanes> values;

  Chunk(std::span<const T> x, std::size_t first) {
    const std::size_t n = std::min(kLanes, x.size() - first);
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(first), n, values.begin());
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(n), values.end(), x[first + n - 1]);
  }
};

#if defined(__x86_64__)
// The registers are part of the ABI of these types, so each width needs functions that may use
// them.
#define ULPFORGE_CALL_VECTORS(bytes, isa)                                                        \
  template <class T>                                                                             \
  [[gnu::target(isa)]] void call_##bytes(void* code, std::span<const T> x, std::span<T> z) {     \
    using Vector [[gnu::vector_size(bytes)]] = T;                                                \
    const auto f = reinterpret_cast<Vector (*)(Vector)>(code);                                   \
    constexpr std::size_t kLanes = bytes / sizeof(T);                                            \
    for (std::size_t i = 0; i < x.size(); i += kLanes) {                                         \
      const Chunk<T, bytes> chunk(x, i);                                                         \
      Vector v;                                                                                  \
      std::memcpy(&v, chunk.values.data(), sizeof v);                                            \
      v = f(v);                                                                                  \
      std::memcpy(z.data() + i, &v, std::min(kLanes, x.size() - i) * sizeof(T));                 \
    }                                                                                            \
  }                                                                                              \
  template <class T>                                                                             \
  [[gnu::target(isa)]] void call_##bytes(void* code, std::span<const T> x, std::span<const T> y, \
                                         std::span<T> z) {                                       \
    using Vector [[gnu::vector_size(bytes)]] = T;                                                \
    const auto f = reinterpret_cast<Vector (*)(Vector, Vector)>(code);                           \
    constexpr std::size_t kLanes = bytes / sizeof(T);                                            \
    for (std::size_t i = 0; i < x.size(); i += kLanes) {                                         \
      const Chunk<T, bytes> first(x, i);                                                         \
      const Chunk<T, bytes> second(y, i);                                                        \
      Vector v, w;                                                                               \
      std::memcpy(&v, first.values.data(), sizeof v);                                            \
      std::memcpy(&w, second.values.data(), sizeof w);                                           \
      v = f(v, w);                                                                               \
      std::memcpy(z.data() + i, &v, std::min(kLanes, x.size() - i) * sizeof(T));                 \
    }                                                                                            \
  }
ULPFORGE_CALL_VECTORS(16, "sse2")
ULPFORGE_CALL_VECTORS(32, "avx")
ULPFORGE_CALL_VECTORS(64, "avx512f")
#undef ULPFORGE_CALL_VECTORS

template <class... Arguments>
void call_vectors(int bits, Arguments... arguments) {
  if (bits == 128) return call_16(arguments...);
  if (bits == 256) return call_32(arguments...);
  call_64(arguments...);
}
#else
template <class... Arguments>
void call_vectors(int, Arguments...) {}
#endif

template <class T>
void call(void* code, const Signature& signature, std::span<const T> x, std::span<T> y) {
  switch (signature.form) {
    case Signature::Form::Scalar:
      return call_scalars(code, x, y);
    case Signature::Form::Array:
      return reinterpret_cast<void (*)(const T*, T*, std::size_t)>(code)(x.data(), y.data(),
                                                                         x.size());
    case Signature::Form::Vector:
      return call_vectors(signature.register_bits(), code, x, y);
  }
}

template <class T>
void call(void* code, const Signature& signature, std::span<const T> x, std::span<const T> y,
          std::span<T> z) {
  if (signature.form == Signature::Form::Vector) {
    return call_vectors(signature.register_bits(), code, x, y, z);
  }
  call_scalars(code, x, y, z);
}

}  // namespace

void Routine::operator()(std::span<const float> x, std::span<float> y) const {
  call(code_, signature_, x, y);
}
void Routine::operator()(std::span<const double> x, std::span<double> y) const {
  call(code_, signature_, x, y);
}
void Routine::operator()(std::span<const float> x, std::span<const float> y,
                         std::span<float> z) const {
  call(code_, signature_, x, y, z);
}
void Routine::operator()(std::span<const double> x, std::span<const double> y,
                         std::span<double> z) const {
  call(code_, signature_, x, y, z);
}

}  // namespace ulpforge::validate

// Calls through the ABI: scalars, arrays, and vectors in registers of 128, 256 and 512 bits.
#include "validate/routine.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace ulpforge::validate {
namespace {

/// What ilogb() returns where there is no exponent, as logb() has it.
template <class T>
T exponent_as_real(int exponent, T x) {
  constexpr T kInfinite = std::numeric_limits<T>::infinity();
  if (x == 0 && exponent == FP_ILOGB0) return -kInfinite;
  if (std::isinf(x) && exponent == std::numeric_limits<int>::max()) return kInfinite;
  if (std::isnan(x) && exponent == FP_ILOGBNAN) return x;
  return static_cast<T>(exponent);
}

template <class T>
void call_scalars(void* code, const Signature& signature, std::span<const T> x, std::span<T> y) {
  using Extra = Signature::Extra;
  const auto each = [&](auto result_of) {
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = result_of(x[i]);
  };
  switch (signature.extra) {
    case Extra::None:
    case Extra::IntSecond:
    case Extra::LongSecond:
      return each(reinterpret_cast<T (*)(T)>(code));
    case Extra::IntFirst: {
      const auto f = reinterpret_cast<T (*)(int, T)>(code);
      return each([&](T value) { return f(signature.order, value); });
    }
    case Extra::IntResult: {
      const auto f = reinterpret_cast<int (*)(T)>(code);
      return each([&](T value) { return exponent_as_real(f(value), value); });
    }
    case Extra::IntOut: {
      const auto f = reinterpret_cast<T (*)(T, int*)>(code);
      return each([&](T value) {
        int out = 0;
        const T result = f(value, &out);
        if (signature.part == 0) return result;
        // What C leaves open is right whatever it is.
        return std::isfinite(value) ? static_cast<T>(out) : std::numeric_limits<T>::quiet_NaN();
      });
    }
    case Extra::RealOut: {
      const auto f = reinterpret_cast<T (*)(T, T*)>(code);
      return each([&](T value) {
        T out = 0;
        const T result = f(value, &out);
        return signature.part == 0 ? result : out;
      });
    }
    case Extra::TwoOut: {
      const auto f = reinterpret_cast<void (*)(T, T*, T*)>(code);
      return each([&](T value) {
        T first = 0;
        T second = 0;
        f(value, &first, &second);
        return signature.part == 0 ? first : second;
      });
    }
  }
}

/// The integer that stands for y, as near as the type goes.
template <class Integer, class T>
Integer whole(T y) {
  constexpr auto kEnd = static_cast<T>(1ULL << (std::numeric_limits<Integer>::digits - 1));
  return static_cast<Integer>(std::clamp(y, -kEnd, kEnd));
}

template <class T>
void call_scalars(void* code, const Signature& signature, std::span<const T> x,
                  std::span<const T> y, std::span<T> z) {
  const auto each = [&](auto f, auto argument_of) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      // There is no integer for infinities and NaN: as the exact function has it.
      const bool none = signature.extra != Signature::Extra::None && !std::isfinite(y[i]);
      z[i] = none ? std::numeric_limits<T>::quiet_NaN() : f(x[i], argument_of(y[i]));
    }
  };
  if (signature.extra == Signature::Extra::IntSecond) {
    each(reinterpret_cast<T (*)(T, int)>(code), whole<int, T>);
  } else if (signature.extra == Signature::Extra::LongSecond) {
    each(reinterpret_cast<T (*)(T, long long)>(code), whole<long long, T>);
  } else {
    each(reinterpret_cast<T (*)(T, T)>(code), [](T value) { return value; });
  }
}

/// Patterns in floats, as the integers that the routine takes or has in its registers.
template <class Integer>
std::vector<Integer> integers(std::span<const float> x) {
  std::vector<Integer> values(x.size());
  std::ranges::transform(x, values.begin(), [](float pattern) {
    return static_cast<Integer>(static_cast<std::uint32_t>(pattern));
  });
  return values;
}

template <class Integer>
void call_with_integers(void* code, const Signature& signature, std::span<const float> x,
                        std::span<const float> y, std::span<float> z) {
  const std::vector<Integer> a = integers<Integer>(x);
  const std::vector<Integer> b = integers<Integer>(y);
  std::vector<Integer> c(x.size());
  if (signature.form == Signature::Form::Array) {
    if (signature.inputs == 2) {
      const auto f =
          reinterpret_cast<void (*)(const Integer*, const Integer*, Integer*, std::size_t)>(code);
      f(a.data(), b.data(), c.data(), c.size());
    } else {
      const auto f = reinterpret_cast<void (*)(const Integer*, Integer*, std::size_t)>(code);
      f(a.data(), c.data(), c.size());
    }
  } else if (signature.inputs == 2) {
    const auto f = reinterpret_cast<Integer (*)(Integer, Integer)>(code);
    std::ranges::transform(a, b, c.begin(), f);
  } else {
    std::ranges::transform(a, c.begin(), reinterpret_cast<Integer (*)(Integer)>(code));
  }
  std::ranges::transform(c, z.begin(), [](Integer y_i) { return static_cast<float>(y_i); });
}

/// __bf16 and _Float16 are passed in the low bits of the registers that floats are passed in
/// (System V psABI and AAPCS64), so that they need no compiler that knows them.
void call_with_registers(void* code, int inputs, std::span<const float> x, std::span<const float> y,
                         std::span<float> z) {
  const auto in_register = [](float pattern) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(pattern));
  };
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float result = inputs == 2 ? reinterpret_cast<float (*)(float, float)>(code)(
                                           in_register(x[i]), in_register(y[i]))
                                     : reinterpret_cast<float (*)(float)>(code)(in_register(x[i]));
    z[i] = static_cast<float>(std::bit_cast<std::uint32_t>(result) & 0xffff);
  }
}

void call_with_patterns(void* code, const Signature& signature, std::span<const float> x,
                        std::span<const float> y, std::span<float> z) {
  const bool in_registers =
      signature.element == Element::Bfloat16 || signature.element == Element::Float16;
  if (in_registers && signature.form == Signature::Form::Scalar) {
    return call_with_registers(code, signature.inputs, x, y, z);
  }
  switch (size_of(signature.element)) {
    case 1:
      return call_with_integers<std::uint8_t>(code, signature, x, y, z);
    case 2:
      return call_with_integers<std::uint16_t>(code, signature, x, y, z);
    default:
      return call_with_integers<std::uint32_t>(code, signature, x, y, z);
  }
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
      return call_scalars(code, signature, x, y);
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
  call_scalars(code, signature, x, y, z);
}

}  // namespace

void Routine::operator()(std::span<const float> x, std::span<float> y) const {
  if (is_pattern(signature_.element)) return call_with_patterns(code_, signature_, x, {}, y);
  call(code_, signature_, x, y);
}
void Routine::operator()(std::span<const double> x, std::span<double> y) const {
  call(code_, signature_, x, y);
}
void Routine::operator()(std::span<const float> x, std::span<const float> y,
                         std::span<float> z) const {
  if (is_pattern(signature_.element)) return call_with_patterns(code_, signature_, x, y, z);
  call(code_, signature_, x, y, z);
}
void Routine::operator()(std::span<const double> x, std::span<const double> y,
                         std::span<double> z) const {
  call(code_, signature_, x, y, z);
}

}  // namespace ulpforge::validate

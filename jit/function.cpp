// Calls of compiled code: whole blocks of points, and a padded block for the rest.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "jit/compiler.h"

namespace ulpforge::jit {
namespace {

template <class T>
constexpr ir::Type kTypeOf = ir::Type::Real;
template <>
constexpr ir::Type kTypeOf<float> = ir::Type::F32;
template <>
constexpr ir::Type kTypeOf<double> = ir::Type::F64;
template <>
constexpr ir::Type kTypeOf<std::int32_t> = ir::Type::I32;
template <>
constexpr ir::Type kTypeOf<std::int64_t> = ir::Type::I64;

std::size_t bytes(ir::Type type) {
  return type == ir::Type::F32 || type == ir::Type::I32 ? sizeof(std::uint32_t)
                                                        : sizeof(std::uint64_t);
}

constexpr std::size_t kMaxBlock = 16 * 16;

}  // namespace

void Function::call(const std::byte* frame, const void* x, void* y, std::size_t points) const {
  const std::size_t blocks = points / block_size_;
  if (blocks > 0) entry_(frame, x, y, static_cast<std::int64_t>(blocks));
  const std::size_t done = blocks * block_size_;
  if (done == points) return;
  std::array<std::uint64_t, kMaxBlock> padded_x{};
  std::array<std::uint64_t, kMaxBlock> padded_y;
  std::memcpy(padded_x.data(), static_cast<const std::byte*>(x) + done * bytes(input_type_),
              (points - done) * bytes(input_type_));
  entry_(frame, padded_x.data(), padded_y.data(), 1);
  std::memcpy(static_cast<std::byte*>(y) + done * bytes(result_type_), padded_y.data(),
              (points - done) * bytes(result_type_));
}

void Function::evaluate(const void* x, void* y, std::size_t points) const {
  call(frame_.data(), x, y, points);
}

void Function::evaluate(std::span<const std::uint64_t> constants, const void* x, void* y,
                        std::size_t points) const {
  if (embedded_) {
    throw std::invalid_argument("the program was compiled with its constants embedded");
  }
  if (constants.size() != constants_.size()) {
    throw std::invalid_argument(
        fmt::format("the program has {} constants, not {}", constants_.size(), constants.size()));
  }
  call(FilledFrame(layout_, constants).data(), x, y, points);
}

void Function::require_types(ir::Type x, ir::Type y, std::size_t points,
                             std::size_t results) const {
  if (x != input_type_ || y != result_type_) {
    throw std::invalid_argument(fmt::format("the compiled program is {} > {}, not {} > {}",
                                            ir::name(input_type_), ir::name(result_type_),
                                            ir::name(x), ir::name(y)));
  }
  if (points != results) {
    throw std::invalid_argument(fmt::format(
        "a compiled program needs as many results as points, not {} and {}", results, points));
  }
}

template <class X, class Y>
void Function::evaluate(std::span<const X> x, std::span<Y> y) const {
  require_types(kTypeOf<X>, kTypeOf<Y>, x.size(), y.size());
  evaluate(x.data(), y.data(), x.size());
}

template <class X, class Y>
void Function::evaluate(std::span<const std::uint64_t> constants, std::span<const X> x,
                        std::span<Y> y) const {
  require_types(kTypeOf<X>, kTypeOf<Y>, x.size(), y.size());
  evaluate(constants, x.data(), y.data(), x.size());
}

#define INSTANTIATE(X, Y)                                                              \
  template void Function::evaluate(std::span<const X>, std::span<Y>) const;            \
  template void Function::evaluate(std::span<const std::uint64_t>, std::span<const X>, \
                                   std::span<Y>) const;
#define INSTANTIATE_FROM(X)    \
  INSTANTIATE(X, float)        \
  INSTANTIATE(X, double)       \
  INSTANTIATE(X, std::int32_t) \
  INSTANTIATE(X, std::int64_t)
INSTANTIATE_FROM(float)
INSTANTIATE_FROM(double)
INSTANTIATE_FROM(std::int32_t)
INSTANTIATE_FROM(std::int64_t)
#undef INSTANTIATE_FROM
#undef INSTANTIATE

}  // namespace ulpforge::jit

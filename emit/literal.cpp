// C++ literals, bit for bit.
#include "emit/literal.h"

#include <fmt/format.h>

#include <cmath>

#include "numbers/format.h"

namespace ulpforge::emit {
namespace {

template <class Format>
std::string nan_literal(typename Format::Bits bits, std::string_view suffix) {
  const auto payload = static_cast<typename Format::Bits>(bits & (Format::kQuiet - 1));
  return fmt::format("{}__builtin_nan{}{}(\"{}\")", Format::is_negative(bits) ? "-" : "",
                     Format::is_signalling(bits) ? "s" : "", suffix,
                     payload == 0 ? "" : fmt::format("{:#x}", payload));
}

template <class Format>
std::string float_literal(typename Format::Bits bits, std::string_view suffix) {
  if (Format::is_nan(bits)) return nan_literal<Format>(bits, suffix);
  if (Format::is_infinite(bits)) {
    return fmt::format("{}__builtin_inf{}()", Format::is_negative(bits) ? "-" : "", suffix);
  }
  return fmt::format("{:a}{}", static_cast<double>(Format::value(bits)), suffix);
}

/// The least integer has no literal.
std::string int32_literal(std::int32_t value) {
  return value == INT32_MIN ? "-2147483647 - 1" : fmt::format("{}", value);
}
std::string int64_literal(std::int64_t value) {
  return value == INT64_MIN ? "-INT64_C(9223372036854775807) - 1"
                            : fmt::format("INT64_C({})", value);
}

}  // namespace

std::string literal(std::uint64_t bits, ir::Type type) {
  switch (type) {
    case ir::Type::F32:
      return float_literal<numbers::Binary32>(static_cast<std::uint32_t>(bits), "f");
    case ir::Type::F64:
      return float_literal<numbers::Binary64>(bits, "");
    case ir::Type::I32:
      return int32_literal(static_cast<std::int32_t>(static_cast<std::uint32_t>(bits)));
    default:
      return int64_literal(static_cast<std::int64_t>(bits));
  }
}

std::string remark(std::uint64_t bits, ir::Type type) {
  switch (type) {
    case ir::Type::F32:
      return fmt::format("{:.9g}", numbers::Binary32::value(static_cast<std::uint32_t>(bits)));
    case ir::Type::F64:
      return fmt::format("{:.17g}", numbers::Binary64::value(bits));
    default:
      return fmt::format("{:#x}", bits);
  }
}

}  // namespace ulpforge::emit

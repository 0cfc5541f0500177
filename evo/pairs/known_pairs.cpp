// Mitchell's logarithms and L-Mul, as texts with the format's constants.
#include "evo/pairs/known_pairs.h"

#include <fmt/format.h>

namespace ulpforge::evo::pairs {
namespace {

using numbers::ShortFormat;

constexpr std::string_view kHead = "input x: i32, y: i32\n";

/// x + y - c, on whole patterns: the signs' sum is that of the product where exponents do not
/// carry into it.
std::string sum(std::int64_t c) {
  return fmt::format("{}s = x + y\nr = s - {}\nreturn r\n", kHead, c);
}

std::string difference(std::int64_t c) {
  return fmt::format("{}s = x - y\nr = s + {}\nreturn r\n", kHead, c);
}

/// Sizes and signs apart, as the algorithm is published.
std::string by_parts(const ShortFormat& format, std::int64_t c, bool quotient) {
  const std::uint32_t size = format.sign() - 1;
  return fmt::format(
      "{0}a = bit_and(x, {1})\nb = bit_and(y, {1})\ns = a {2} b\nt = s {3} {4}\n"
      "e = bit_xor(x, y)\nn = bit_and(e, {5})\nr = bit_or(t, n)\nreturn r\n",
      kHead, size, quotient ? "-" : "+", quotient ? "+" : "-", c, format.sign());
}

/// The same with results between 0 and the largest number or infinity, and with zeros.
std::string finite(const ShortFormat& format, std::int64_t c, bool quotient) {
  const std::uint32_t size = format.sign() - 1;
  const std::uint32_t most = format.largest() + (format.has_infinities() ? 1 : 0);
  // The comparison's type is its own.
  std::string text = fmt::format(
      "{0}a = bit_and(x, {1})\nb = bit_and(y, {1})\ns = a {2} b\nt = s {3} {4}\n"
      "low: bool = less(t, 0)\nu = select(low, 0, t)\nhigh: bool = less(u, {5})\n"
      "v = select(high, u, {5})\n",
      kHead, size, quotient ? "-" : "+", quotient ? "+" : "-", c, most);
  text += quotient ? "z: bool = less(a, 1)\n"
                   : "ab: bool = less(a, b)\nm = select(ab, a, b)\nz: bool = less(m, 1)\n";
  return text + fmt::format(
                    "w = select(z, 0, v)\ne = bit_xor(x, y)\nn = bit_and(e, {})\n"
                    "r = bit_or(w, n)\nreturn r\n",
                    format.sign());
}

}  // namespace

int lmul_shift(int mantissa_bits) {
  return mantissa_bits <= 3 ? mantissa_bits : mantissa_bits == 4 ? 3 : 4;
}

std::vector<KnownPair> known_pairs(const ir::Program& function, const ShortFormat& format) {
  if (function.code.size() != 1 || !function.result.is_value()) return {};
  const ir::Instruction& step = function.code[0];
  const bool product = step.op == ir::Op::Mul;
  const bool quotient = step.op == ir::Op::Div;
  if ((!product && !quotient) || !step.operands[0].is_input() || !step.operands[1].is_input() ||
      step.operands[0].index != 0 || step.operands[1].index != 1) {
    return {};
  }
  const std::int64_t one = format.round(1.0);
  const std::int64_t offset = std::int64_t{1}
                              << (format.mantissa_bits() - lmul_shift(format.mantissa_bits()));
  std::vector<KnownPair> known;
  const auto all_of = [&](const std::string& name, std::int64_t c) {
    known.push_back({name, quotient ? difference(c) : sum(c)});
    known.push_back({name + ", sizes and signs apart", by_parts(format, c, quotient)});
    known.push_back({name + ", of finite numbers", finite(format, c, quotient)});
  };
  all_of("Mitchell", one);
  if (product) all_of("L-Mul", one - offset);
  return known;
}

}  // namespace ulpforge::evo::pairs

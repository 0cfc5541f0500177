// Number formats: the one place that knows significands, exponent ranges, masks and bit patterns.
//
// A format is a row (Format, for code that takes it at run time) and a type (Binary64, Binary32,
// Binary16, Bfloat16, for code that is compiled for each). All are IEEE 754 interchange formats: a
// sign, a biased exponent, a significand without its first bit; subnormals, infinities and NaN.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace ulpforge::numbers {

/// A row of the table of number formats.
struct Format {
  std::string_view name;
  int bits;       ///< of a pattern
  int precision;  ///< p: significant bits, the first one included
  int emin;       ///< the smallest normal number is 2^(emin - 1)
  int emax;       ///< the finite numbers end below 2^emax

  friend constexpr bool operator==(const Format&, const Format&) = default;
};

inline constexpr Format kBinary64{"binary64", 64, 53, -1021, 1024};
inline constexpr Format kBinary32{"binary32", 32, 24, -125, 128};
inline constexpr Format kBinary16{"binary16", 16, 11, -13, 16};
inline constexpr Format kBfloat16{"bfloat16", 16, 8, -125, 128};
inline constexpr std::array kFormats = {kBinary64, kBinary32, kBinary16, kBfloat16};

/// The row of that name.
constexpr std::optional<Format> find_format(std::string_view name) {
  for (const Format& format : kFormats) {
    if (format.name == name) return format;
  }
  return std::nullopt;
}

/// 2^exponent, a normal double.
constexpr double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

/// What code that is compiled for a format asks of it. `Pattern` holds the bits of a number, and
/// `Carrier` (float or double) is the machine type that holds its value exactly.
template <const Format& row, class Pattern, class Carrier>
struct BinaryFormat {
  using Bits = Pattern;
  using Value = Carrier;
  static constexpr const Format& kRow = row;

  static constexpr int kBits = row.bits;
  static constexpr int kPrecision = row.precision;
  static constexpr int kMantissaBits = row.precision - 1;  ///< that a pattern has
  static constexpr int kExponentBits = kBits - row.precision;
  /// A number 2^e m, 1 <= m < 2, has the exponent field e + kBias.
  static constexpr int kBias = row.emax - 1;
  static constexpr int kExponentFields = 1 << kExponentBits;
  /// How many patterns there are; 0 for 2^64.
  static constexpr std::uint64_t kInputs = kBits < 64 ? std::uint64_t{1} << (kBits % 64) : 0;

  static constexpr Bits kSign = static_cast<Bits>(Bits{1} << (kBits - 1));
  static constexpr Bits kMagnitude = static_cast<Bits>(kSign - 1);  ///< all but the sign
  static constexpr Bits kMantissa = static_cast<Bits>((Bits{1} << kMantissaBits) - 1);
  static constexpr Bits kInfinity =
      static_cast<Bits>(kMagnitude - kMantissa);                      ///< and the exponent's mask
  static constexpr Bits kLargest = static_cast<Bits>(kInfinity - 1);  ///< the largest finite number
  static constexpr Bits kSmallestNormal = static_cast<Bits>(Bits{1} << kMantissaBits);
  static constexpr Bits kQuiet = static_cast<Bits>(Bits{1} << (kMantissaBits - 1));  ///< of a NaN
  static constexpr Bits kOne = static_cast<Bits>(Bits{kBias} << kMantissaBits);

  // As values, for formats that end within double.
  static constexpr double kEnd = power_of_two(row.emax);  ///< the finite numbers lie below
  static constexpr double kNormalStart = power_of_two(row.emin - 1);

  static constexpr Bits magnitude(Bits bits) { return static_cast<Bits>(bits & kMagnitude); }
  static constexpr bool is_negative(Bits bits) { return (bits & kSign) != 0; }
  static constexpr bool is_zero(Bits bits) { return magnitude(bits) == 0; }
  static constexpr bool is_finite(Bits bits) { return magnitude(bits) < kInfinity; }
  static constexpr bool is_infinite(Bits bits) { return magnitude(bits) == kInfinity; }
  static constexpr bool is_nan(Bits bits) { return magnitude(bits) > kInfinity; }
  static constexpr bool is_signalling(Bits bits) { return is_nan(bits) && (bits & kQuiet) == 0; }
  /// 0 for zeros and subnormals, kExponentFields - 1 for infinities and NaN.
  static constexpr int exponent_field(Bits bits) {
    return static_cast<int>(magnitude(bits) >> kMantissaBits);
  }
  /// The first pattern of an exponent field, of numbers of either sign.
  static constexpr Bits binade_start(int field, bool negative) {
    return static_cast<Bits>((static_cast<Bits>(field) << kMantissaBits) | (negative ? kSign : 0));
  }

  /// The number of that pattern; a NaN keeps its payload's leading bits.
  static constexpr Value value(Bits bits) {
    if constexpr (kBits == 8 * sizeof(Value)) {
      return std::bit_cast<Value>(bits);
    } else {
      return widened(bits);
    }
  }
  /// The pattern of a number of the format; of other numbers, that of the next one towards 0.
  static constexpr Bits bits(Value value) {
    if constexpr (kBits == 8 * sizeof(Value)) {
      return std::bit_cast<Bits>(value);
    } else {
      return narrowed(value);
    }
  }
  /// Whether the value, a double in the range of Value, is a number of the format.
  static constexpr bool holds(double wide) {
    const auto near = static_cast<Value>(wide);
    return static_cast<double>(near) == wide &&
           (kBits == 8 * sizeof(Value) || value(bits(near)) == near);
  }
  /// The neighbours of a finite number, as IEEE 754's nextUp and nextDown have them.
  static constexpr Bits next_up(Bits bits) {
    if (is_zero(bits)) return 1;
    return static_cast<Bits>(is_negative(bits) ? bits - 1 : bits + 1);
  }
  static constexpr Bits next_down(Bits bits) {
    return static_cast<Bits>(next_up(static_cast<Bits>(bits ^ kSign)) ^ kSign);
  }

 private:
  // For formats of 16 bits, whose values floats carry.
  using Wide = BinaryFormat<kBinary32, std::uint32_t, float>;
  static constexpr int kShift = kBinary32.precision - row.precision;
  static constexpr Value widened(Bits bits) {
    const std::uint32_t sign = is_negative(bits) ? Wide::kSign : 0;
    const std::uint32_t mantissa = bits & kMantissa;
    const int field = exponent_field(bits);
    if (field == kExponentFields - 1) {
      return Wide::value(sign | Wide::kInfinity | (mantissa << kShift));
    }
    // Subnormals of the format: a whole number of units, exact in float.
    const int exponent = row.emin - row.precision;  // of a unit
    if (field == 0) {
      const float size = static_cast<float>(mantissa * power_of_two(exponent));
      return sign != 0 ? -size : size;
    }
    return Wide::value(Wide::binade_start(field - kBias + Wide::kBias, sign != 0) |
                       (mantissa << kShift));
  }
  static constexpr Bits narrowed(Value value) {
    const std::uint32_t wide = Wide::bits(value);
    const Bits sign = Wide::is_negative(wide) ? kSign : Bits{0};
    const std::uint32_t size = Wide::magnitude(wide);
    if (Wide::is_nan(wide)) {
      const auto payload = static_cast<Bits>((size >> kShift) & kMantissa);
      return static_cast<Bits>(sign | kInfinity | (payload != 0 ? payload : kQuiet));
    }
    if (Wide::is_infinite(wide)) return static_cast<Bits>(sign | kInfinity);
    const double positive = static_cast<double>(Wide::value(size));
    if (positive < kNormalStart) {
      const auto units = static_cast<Bits>(positive / power_of_two(row.emin - row.precision));
      return static_cast<Bits>(sign | units);
    }
    const int field = Wide::exponent_field(wide) - Wide::kBias + kBias;
    if (field >= kExponentFields - 1) return static_cast<Bits>(sign | kLargest);
    return static_cast<Bits>(sign | (static_cast<Bits>(field) << kMantissaBits) |
                             static_cast<Bits>((size >> kShift) & kMantissa));
  }
};

using Binary64 = BinaryFormat<kBinary64, std::uint64_t, double>;
using Binary32 = BinaryFormat<kBinary32, std::uint32_t, float>;
// Patterns of 16 bits are held in 32, so that code has one type for those of all short formats.
using Binary16 = BinaryFormat<kBinary16, std::uint32_t, float>;
using Bfloat16 = BinaryFormat<kBfloat16, std::uint32_t, float>;

static_assert(Binary32::kInfinity == 0x7f800000 && Binary32::kLargest == 0x7f7fffff);
static_assert(Binary64::kBias == 1023 && Binary32::kBias == 127 && Binary16::kBias == 15);
static_assert(Binary16::value(Binary16::kOne) == 1 && Bfloat16::value(Bfloat16::kOne) == 1);
static_assert(Binary16::value(1) == 0x1p-24F && Bfloat16::value(1) == 0x1p-133F);
static_assert(Binary16::value(Binary16::kLargest) == 65504);
static_assert(Binary16::holds(65504) && !Binary16::holds(65520) && !Bfloat16::holds(257));
static_assert(Binary32::kEnd == 0x1p128 && Binary32::kNormalStart == 0x1p-126);

}  // namespace ulpforge::numbers

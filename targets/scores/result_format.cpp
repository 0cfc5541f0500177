// Rounding floats to fewer bits, without a branch, for compilers to make vectors of.
#include "targets/scores/result_format.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <stdexcept>

#include "numbers/short_format.h"

namespace ulpforge::targets {

using numbers::Binary32;

ResultFormat rounded_to(const numbers::Format& format) { return {format, true}; }

ResultFormat measured_in(const numbers::Format& format) {
  numbers::Format row = format;
  row.emax = Binary32::kRow.emax;
  return {row, false};
}

ResultFormat result_format(const ResultChoice& choice) {
  if (choice.is_float()) return {Binary32::kRow};
  if (!choice.format_out.empty() && !choice.ulp_of.empty() && choice.ulp_of != choice.format_out) {
    throw std::invalid_argument(fmt::format(
        "ulp_of {}: results of {} are counted in ULP of {}; leave it out, or give format_out f32",
        choice.ulp_of, choice.format_out, choice.format_out));
  }
  const numbers::ShortFormat format = numbers::parse_short_format(choice.unit());
  if (!format.has_infinities()) {
    throw std::invalid_argument(
        fmt::format("{} has no infinities, and floats beyond it have no ULP; give bf16, f16 or "
                    "another format with infinities, or search from format to format: regime {}",
                    format.name(), format.name()));
  }
  return choice.format_out.empty() ? measured_in(format.row()) : rounded_to(format.row());
}

void round_results(const ResultFormat& format, std::span<float> y) {
  if (!format.rounded) return;
  const int dropped = Binary32::kPrecision - format.row.precision;
  if (dropped <= 0) return;
  const std::uint32_t below_half = (std::uint32_t{1} << (dropped - 1)) - 1;
  const std::uint32_t kept = ~((std::uint32_t{1} << dropped) - 1);
  const auto normal_start = std::bit_cast<std::uint32_t>(static_cast<float>(format.normal_start()));
  // The pattern of 2^emax, which float may not have: then it is infinity's.
  const std::uint32_t end = static_cast<std::uint32_t>(format.row.emax + Binary32::kBias)
                            << Binary32::kMantissaBits;
  // Next to that a subnormal of the format is rounded as a sum. Formats with float's own exponents
  // need no such sum, and do not have the number.
  const bool own_subnormals = format.row.emin > Binary32::kRow.emin;
  const auto magic = own_subnormals
                         ? static_cast<float>(numbers::power_of_two(
                               format.row.emin - format.row.precision + Binary32::kMantissaBits))
                         : 0.0F;
  for (float& result : y) {
    const std::uint32_t bits = Binary32::bits(result);
    const std::uint32_t sign = bits & Binary32::kSign;
    const std::uint32_t size = bits & Binary32::kMagnitude;
    const std::uint32_t normal = (size + below_half + ((size >> dropped) & 1)) & kept;
    const float sum = std::bit_cast<float>(size) + magic;
    const std::uint32_t subnormal = std::bit_cast<std::uint32_t>(sum - magic);
    std::uint32_t rounded = own_subnormals && size < normal_start ? subnormal : normal;
    rounded = rounded >= end ? Binary32::kInfinity : rounded;
    rounded = size > Binary32::kInfinity ? Binary32::kInfinity | Binary32::kQuiet : rounded;
    result = std::bit_cast<float>(sign | rounded);
  }
}

}  // namespace ulpforge::targets

// Formats of constants against the machine's own types and against counting.
#include "numbers/constant_format.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <set>

#include "numbers/random.h"

namespace ulpforge::numbers {
namespace {

TEST(ConstantFormat, HasTheNamesThatItReads) {
  for (const char* name : {"f64", "f32", "bf16", "f16", "fixed:16.8", "fixed:1.0", "fixed:2.14"}) {
    const auto format = find_constant_format(name);
    ASSERT_TRUE(format) << name;
    EXPECT_EQ(format->name(), name);
  }
  for (const char* name : {"", "f8", "float", "fixed", "fixed:", "fixed:2", "fixed:0.8",
                           "fixed:2.-1", "fixed:30.30", "fixed:2.x", "fixed:99999999999.1"}) {
    EXPECT_FALSE(find_constant_format(name)) << name;
  }
}

TEST(ConstantFormat, RoundsToFloatAsTheMachineDoes) {
  const ConstantFormat format = *find_constant_format("f32");
  Random random{1, 2, 3};
  for (int k = 0; k < 20000; ++k) {
    double value = 0;
    const std::uint64_t bits = random.bits();
    std::memcpy(&value, &bits, sizeof value);
    if (!(std::abs(value) < std::numeric_limits<float>::max())) continue;
    EXPECT_EQ(format.round(value), static_cast<double>(static_cast<float>(value))) << value;
  }
  for (const double value : {1.0, -1.0, 0x1.fffffep0, 2.0, -2.0, 0.0, 0x1p-149, 0x1p-126, 3e38}) {
    const auto number = static_cast<float>(value);
    EXPECT_EQ(format.next(number, true), std::nextafter(number, INFINITY)) << value;
    EXPECT_EQ(format.next(number, false), std::nextafter(number, -INFINITY)) << value;
  }
}

TEST(ConstantFormat, FixedPointHasTheNumbersOfItsBits) {
  const ConstantFormat format = *find_constant_format("fixed:2.3");  // 5 bits: 32 numbers
  std::set<double> numbers;
  for (int k = -16; k < 16; ++k) numbers.insert(k / 8.0);
  std::set<double> found;
  for (double at = format.smallest();; at = format.next(at, true)) {
    found.insert(at);
    if (at == format.largest()) break;
  }
  EXPECT_EQ(found, numbers);
  for (double value = -3; value < 3; value += 0.01) {
    double nearest = -2;
    for (const double number : numbers) {
      if (std::abs(number - value) < std::abs(nearest - value)) nearest = number;
    }
    EXPECT_EQ(std::abs(format.round(value) - value), std::abs(nearest - value)) << value;
    EXPECT_TRUE(numbers.contains(format.round(value))) << value;
  }
  EXPECT_EQ(format.next(format.largest(), true), format.largest());
}

TEST(ConstantFormat, BrainFloatsAreFloatsOfEightBits) {
  const ConstantFormat format = *find_constant_format("bf16");
  EXPECT_EQ(format.round(1.0 + 0x1p-9), 1.0);  // a tie, to even
  EXPECT_EQ(format.round(1.0 + 0x1p-8), 1.0);
  EXPECT_EQ(format.round(1.0 + 0x1.1p-8), 1.0 + 0x1p-7);
  EXPECT_EQ(format.next(1.0, false), 1.0 - 0x1p-8);
  EXPECT_EQ(format.largest(), 0x1.fep127);
}

}  // namespace
}  // namespace ulpforge::numbers

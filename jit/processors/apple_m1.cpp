// The fast cores of Apple's M1 (Firestorm), which later ones resemble. Four pipes execute vector
// operations, nearly every one of them on any; one of them divides.
//
// Latencies and numbers of operations: the measurements of Dougall Johnson
// (https://dougallj.github.io/applecpu/firestorm-simd.html). LLVM 19 has no model of this core of
// its own: by llvm-mca-19 it is that of an older one. No such machine has been measured here; what
// is known the least is how often the divider takes an operation, and how many operations wait.
#include "jit/processors/aarch64_prices.h"
#include "jit/processors/pipe_sets.h"
#include "jit/processors/row.h"

namespace ulpforge::jit {
namespace {

constexpr std::array<unsigned, Work::kPipeSets> kPipes = {15, 15, 15, 15, 15, 15};

constexpr Work any(double latency, double count = 1) { return {{count}, 0, latency}; }
constexpr Work divide(double cycles, double latency) { return {{}, cycles, latency}; }

constexpr std::array kPrices = aarch64_prices({
    .logic = any(2),
    .add = any(3),
    .multiply = any(4),
    .fma = any(4),
    .integer_multiply = any(4),
    .shift = any(2),
    .convert_f32 = any(3),
    .convert_f64 = any(3),
    .table2 = any(2),
    .table4 = any(4, 2),
    .table4_more = any(6, 3),
    .reduce = {{2}, 0, 9, 2},
    .get_lane = {{1}, 0, 6, 1},
    .load_lane = any(8),
    .divide_f32 = divide(1, 8),
    .divide_f64 = divide(1, 10),
    .sqrt_f32 = divide(2, 10),
    .sqrt_f64 = divide(2, 13),
});

constexpr std::array kScalarPrices = scalar_prices({
    .logic = any(2),
    .add = any(3),
    .multiply = any(4),
    .fma = any(4),
    .convert = any(3),
    .to_integer = any(3),
    .transfer = any(6),
    .round = any(3),
    .divide_f32 = divide(1, 8),
    .divide_f64 = divide(1, 10),
    .sqrt_f32 = divide(2, 10),
    .sqrt_f64 = divide(2, 13),
});

/// Six pipes more execute operations of integers.
double busiest_pipe(const Work& work) { return busiest_of(work, kPipes, 4, 6); }

bool is_apple() {
#if defined(__aarch64__) && defined(__APPLE__)
  return true;
#else
  return false;
#endif
}

}  // namespace

const ProcessorRow processors::apple_m1 = {
    .name = "apple-m1",
    .isas = kIsasWithNeon,
    .is_like_host = is_apple,
    .prices = kPrices,
    .scalar_prices = kScalarPrices,
    .busiest_pipe = busiest_pipe,
    .divider_bits = 128,
    .scheduled = 250,
    .front_end = 8,
    .turn = 0.3,
    .test = {{1}, 0, 9, 1},
    .preferred = Isa::Neon,
};

}  // namespace ulpforge::jit

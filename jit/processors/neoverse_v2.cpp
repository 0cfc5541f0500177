// Arm's Neoverse V2 (Graviton 4, Grace), whose SVE has registers of 128 bits, too. Four pipes, V0
// to V3, execute vector operations.
//
// Which pipes, and for how long: Arm's Software Optimization Guide for the core, as LLVM's machine
// model has it (llvm-mca-19 -mcpu=neoverse-v2, an instruction at a time). No such machine has been
// measured; how many operations wait for operands is a guess: two schedulers of 28, where an
// operation waits for half of the chain.
#include "jit/processors/aarch64_prices.h"
#include "jit/processors/pipe_sets.h"
#include "jit/processors/row.h"

namespace ulpforge::jit {
namespace {

/// The sets of pipes, as bits: 1 for V0 to 8 for V3.
constexpr std::array<unsigned, Work::kPipeSets> kPipes = {15, 5, 10, 3, 1, 15};

constexpr Work any(double latency, double count = 1) { return {{count}, 0, latency}; }
constexpr Work v02(double latency, double count = 1) { return {{0, count}, 0, latency}; }
constexpr Work v13(double latency, double count = 1) { return {{0, 0, count}, 0, latency}; }
constexpr Work v01(double latency, double count = 1) { return {{0, 0, 0, count}, 0, latency}; }
constexpr Work v0(double latency, double count = 1) { return {{0, 0, 0, 0, count}, 0, latency}; }
constexpr Work divide(double cycles, double latency) { return {{}, cycles, latency}; }

constexpr std::array kPrices = aarch64_prices({
    .logic = any(2),
    .add = any(2),
    .multiply = any(3),
    .fma = any(4),
    .integer_multiply = v02(4),
    .shift = v13(2),
    .convert_f32 = v02(4, 2),
    .convert_f64 = v02(3),
    .table2 = v01(2),
    .table4 = v01(4, 3),
    .table4_more = any(6, 5),
    .reduce = {{0, 0, 1, 2}, 0, 4, 2},
    .get_lane = v01(2, 2),
    .load_lane = any(8),
    .divide_f32 = divide(5, 10),
    .divide_f64 = divide(7, 15),
    .sqrt_f32 = divide(4.5, 10),
    .sqrt_f64 = divide(7.5, 16),
    .compare = v0(2),
    .scale = any(3),
    .integer_multiply_i64 = v02(5, 2),
    .gather_words = {{0, 0, 0, 4}, 0, 10, 4},
    .gather_wide = {{0, 0, 0, 2}, 0, 10, 2},
});

constexpr std::array kScalarPrices = scalar_prices({
    .logic = any(2),
    .add = any(2),
    .multiply = any(3),
    .fma = any(4),
    .convert = v02(3),
    .to_integer = v02(3),
    .transfer = v01(2, 2),
    .round = v02(3),
    .divide_f32 = divide(2, 10),
    .divide_f64 = divide(4, 15),
    .sqrt_f32 = divide(2, 9),
    .sqrt_f64 = divide(4, 16),
});

/// Six pipes more execute operations of integers and of predicates.
double busiest_pipe(const Work& work) { return busiest_of(work, kPipes, 4, 6); }

bool is_arm() {
#if defined(__aarch64__) && !defined(__APPLE__)
  return true;
#else
  return false;
#endif
}

}  // namespace

const ProcessorRow processors::neoverse_v2 = {
    .name = "neoverse-v2",
    .isas = kIsasWithSve,
    .is_like_host = is_arm,
    .prices = kPrices,
    .scalar_prices = kScalarPrices,
    .busiest_pipe = busiest_pipe,
    .divider_bits = 128,
    .scheduled = 112,
    .front_end = 8,
    .turn = 0.3,
    .test = {{0, 0, 1, 2}, 0, 4, 1},
    .preferred = Isa::Sve,
};

}  // namespace ulpforge::jit

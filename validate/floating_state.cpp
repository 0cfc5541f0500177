// MXCSR and the x87 unit.
#include "validate/floating_state.h"

#include <cfenv>

namespace ulpforge::validate {
namespace {

int direction(targets::Rounding rounding) {
  switch (rounding) {
    case targets::Rounding::Nearest:
      return FE_TONEAREST;
    case targets::Rounding::Up:
      return FE_UPWARD;
    case targets::Rounding::Down:
      return FE_DOWNWARD;
    case targets::Rounding::Zero:
      break;
  }
  return FE_TOWARDZERO;
}

#if defined(__x86_64__)
constexpr std::uint32_t kMxcsrFlags = 0x3f;
constexpr std::uint32_t kMxcsrRounding = 0x6000;

struct X87Environment {
  std::uint16_t control, unused1, status, unused2, tags, unused3;
  std::uint32_t rest[4];
};
#endif

}  // namespace

#if defined(__x86_64__)

void set_floating_state(targets::Rounding rounding) {
  __asm__ volatile("fninit");
  std::uint32_t mxcsr = 0x1f80;
  __asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
  std::fesetround(direction(rounding));
}

FloatingState floating_state() {
  X87Environment environment;
  __asm__ volatile("fnstenv %0\n\tfldenv %0" : "=m"(environment));
  FloatingState state;
  __asm__ volatile("stmxcsr %0" : "=m"(state.mxcsr));
  state.mxcsr &= ~kMxcsrFlags;
  state.x87 = environment.control;
  state.tags = static_cast<std::uint16_t>(~environment.tags);  // 3 marks an empty register
  return state;
}

bool same_rounding(const FloatingState& a, const FloatingState& b) {
  return ((a.mxcsr ^ b.mxcsr) & kMxcsrRounding) == 0 && ((a.x87 ^ b.x87) & 0xc00) == 0;
}

std::string rounding_name(const FloatingState& state) {
  constexpr const char* kNames[] = {"nearest", "down", "up", "zero"};
  return kNames[(state.mxcsr >> 13) & 3];
}

int raised_exceptions() {
  std::uint32_t mxcsr = 0;
  std::uint16_t status = 0;
  __asm__ volatile("stmxcsr %0\n\tfnstsw %1" : "=m"(mxcsr), "=m"(status));
  return static_cast<int>((mxcsr | status) & static_cast<std::uint32_t>(FE_ALL_EXCEPT));
}

void clear_exceptions() {
  std::uint32_t mxcsr = 0;
  __asm__ volatile("fnclex\n\tstmxcsr %0" : "=m"(mxcsr));
  mxcsr &= ~kMxcsrFlags;
  __asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
}

#else

void set_floating_state(targets::Rounding rounding) {
  std::fesetenv(FE_DFL_ENV);
  std::fesetround(direction(rounding));
}

FloatingState floating_state() {
  FloatingState state;
  state.mxcsr = static_cast<std::uint32_t>(std::fegetround());
  return state;
}

bool same_rounding(const FloatingState& a, const FloatingState& b) { return a.mxcsr == b.mxcsr; }

std::string rounding_name(const FloatingState& state) {
  switch (static_cast<int>(state.mxcsr)) {
    case FE_TONEAREST:
      return "nearest";
    case FE_UPWARD:
      return "up";
    case FE_DOWNWARD:
      return "down";
    default:
      return "zero";
  }
}

int raised_exceptions() { return std::fetestexcept(FE_ALL_EXCEPT); }
void clear_exceptions() { std::feclearexcept(FE_ALL_EXCEPT); }

#endif

}  // namespace ulpforge::validate

// What is known of a processor: a row of this, in a file of its own.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "jit/prices.h"
#include "jit/processor.h"

namespace ulpforge::jit {

struct ProcessorRow {
  std::string_view name;                     ///< as --processor has it
  std::span<const Isa> isas;                 ///< that it has, the widest last
  bool (*is_like_host)();                    ///< whether this machine is one, or one of its maker
  PriceTable prices;                         ///< of every operation on vectors
  PriceTable scalar_prices;                  ///< of every operation on single numbers
  double (*busiest_pipe)(const Work& work);  ///< cycles that the operations of one turn take
  unsigned divider_bits;  ///< that the divider takes at a time; its prices are for so many
  double scheduled;       ///< operations that wait for operands
  double front_end;       ///< operations in a cycle
  double turn;            ///< cycles that a turn of a loop takes besides
  Work test;              ///< of a condition's lanes, for a jump
  Isa preferred;          ///< of vectors: the widest that it does not execute in halves

  const PriceTable& prices_for(Isa isa) const { return is_scalar(isa) ? scalar_prices : prices; }
};

/// What processors have: the instruction sets of vectors of an architecture, and single numbers.
inline constexpr std::array kIsasOfX86 = {Isa::Scalar, Isa::ScalarFma, Isa::Generic,
                                          Isa::Sse2,   Isa::Avx2,      Isa::Avx512};
inline constexpr std::array kIsasWithNeon = {Isa::ScalarFma, Isa::Generic, Isa::Neon};
inline constexpr std::array kIsasWithSve = {Isa::ScalarFma, Isa::Generic, Isa::Neon, Isa::Sve};

namespace processors {
#define PROCESSOR(enumerator, row) extern const ProcessorRow row;
#include "jit/processors/processors.def"
#undef PROCESSOR
}  // namespace processors

const ProcessorRow& row_of(Processor processor);

}  // namespace ulpforge::jit

// The lowerings, a function each, by families: a file per family.
#pragma once

#include "jit/lowering.h"

namespace ulpforge::jit::lowering {

// lowering_arithmetic.cpp
llvm::Value* neg(const Site& site);
llvm::Value* add(const Site& site);
llvm::Value* sub(const Site& site);
llvm::Value* mul(const Site& site);
llvm::Value* div(const Site& site);
llvm::Value* sqrt(const Site& site);
llvm::Value* fma(const Site& site);
llvm::Value* fabs(const Site& site);
llvm::Value* min(const Site& site);
llvm::Value* max(const Site& site);
llvm::Value* rint(const Site& site);
llvm::Value* floor(const Site& site);
llvm::Value* copysign(const Site& site);

// lowering_comparisons.cpp
llvm::Value* less(const Site& site);
llvm::Value* less_equal(const Site& site);
llvm::Value* equal(const Site& site);
llvm::Value* select(const Site& site);
llvm::Value* select_rare(const Site& site);

// lowering_conversions.cpp
llvm::Value* widen(const Site& site);
llvm::Value* narrow(const Site& site);
llvm::Value* truncate(const Site& site);
llvm::Value* round_to_integer(const Site& site);
llvm::Value* from_integer(const Site& site);
llvm::Value* sign_extend(const Site& site);
llvm::Value* wrap(const Site& site);
llvm::Value* bits(const Site& site);
llvm::Value* from_bits(const Site& site);

// lowering_integers.cpp
llvm::Value* bit_and(const Site& site);
llvm::Value* bit_or(const Site& site);
llvm::Value* bit_xor(const Site& site);
llvm::Value* bit_not(const Site& site);
llvm::Value* shift_left(const Site& site);
llvm::Value* shift_right(const Site& site);
llvm::Value* shift_right_logical(const Site& site);
llvm::Value* ternary(const Site& site);
llvm::Value* reciprocal_estimate(const Site& site);

// lowering_exponents.cpp
llvm::Value* fraction(const Site& site);
llvm::Value* scalef(const Site& site);
llvm::Value* getexp(const Site& site);
llvm::Value* getmant(const Site& site);
llvm::Value* getmant_centred(const Site& site);

// lowering_tables.cpp
llvm::Value* permute8(const Site& site);
llvm::Value* permute16(const Site& site);
llvm::Value* permute32(const Site& site);
llvm::Value* lookup16(const Site& site);
llvm::Value* lookup32(const Site& site);
llvm::Value* lookup64(const Site& site);
llvm::Value* lookup128(const Site& site);
llvm::Value* lookup256(const Site& site);

}  // namespace ulpforge::jit::lowering

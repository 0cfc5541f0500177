// The operation table over MPFR numbers in place.
#include "targets/exact/real.h"

#include "ir/reference_functions.h"
#include "targets/exact/ball.h"

namespace ulpforge::targets {
namespace {

using namespace ir;  // what ir/ops.def names

// The names that ir/ops.def uses besides MPFR's own.
int constant_pi(mpfr_ptr out, mpfr_rnd_t rounding) { return mpfr_const_pi(out, rounding); }

int constant_e(mpfr_ptr out, mpfr_rnd_t rounding) {
  mpfr_set_ui(out, 1, rounding);
  return mpfr_exp(out, out, rounding);
}

using Nullary = int (*)(mpfr_ptr, mpfr_rnd_t);
using Unary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
using Binary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

void call(Nullary f, mpfr_ptr out, mpfr_srcptr, mpfr_srcptr) { f(out, MPFR_RNDN); }
void call(Unary f, mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr) { f(out, a, MPFR_RNDN); }
void call(Binary f, mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b) { f(out, a, b, MPFR_RNDN); }

void apply(ir::Op op, mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b, mpfr_srcptr c) {
  using ir::Op;
  switch (op) {
    case Op::Neg:
      mpfr_neg(out, a, MPFR_RNDN);
      break;
    case Op::Add:
      mpfr_add(out, a, b, MPFR_RNDN);
      break;
    case Op::Sub:
      mpfr_sub(out, a, b, MPFR_RNDN);
      break;
    case Op::Mul:
      mpfr_mul(out, a, b, MPFR_RNDN);
      break;
    case Op::Div:
      mpfr_div(out, a, b, MPFR_RNDN);
      break;
    case Op::Sqrt:
      mpfr_sqrt(out, a, MPFR_RNDN);
      break;
    case Op::Fma:
      mpfr_fma(out, a, b, c, MPFR_RNDN);
      break;
    case Op::Abs:
      mpfr_abs(out, a, MPFR_RNDN);
      break;
    case Op::Min:
      mpfr_min(out, a, b, MPFR_RNDN);
      break;
    case Op::Max:
      mpfr_max(out, a, b, MPFR_RNDN);
      break;
#define ARITHMETIC(...)
#define MACHINE(enumerator, ...) \
  case Op::enumerator:           \
    mpfr_set_nan(out);           \
    break;
#define REFERENCE(enumerator, name, arity, cost, cpp, mpfr) \
  case Op::enumerator:                                      \
    call(mpfr, out, a, b);                                  \
    break;
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
#undef REFERENCE
  }
}

}  // namespace

numbers::Mpfr real(unsigned bits) {
  numbers::Mpfr result;
  mpfr_set_prec(numbers::raw(result), static_cast<mpfr_prec_t>(bits));
  return result;
}

numbers::Mpfr real(double value, unsigned bits) {
  numbers::Mpfr result = real(bits);
  mpfr_set_d(numbers::raw(result), value, MPFR_RNDN);
  return result;
}

numbers::Mpfr real(const numbers::Mpfr& value, unsigned bits) {
  numbers::Mpfr result = real(bits);
  mpfr_set(numbers::raw(result), numbers::raw(value), MPFR_RNDN);
  return result;
}

numbers::Mpfr exact(const numbers::DoubleDouble& value) {
  constexpr unsigned kUsual = 128;
  constexpr unsigned kWidest = 2200;  // from 2^1024 down to 2^-1074
  numbers::Mpfr result = real(value.hi, kUsual);
  if (mpfr_add_d(numbers::raw(result), numbers::raw(result), value.lo, MPFR_RNDN) != 0) {
    result = real(value.hi, kWidest);
    mpfr_add_d(numbers::raw(result), numbers::raw(result), value.lo, MPFR_RNDN);
  }
  return result;
}

RealMachine::RealMachine(const ir::Program& program, unsigned bits)
    : program_(&program), bits_(bits) {
  free_caches_at_thread_end();
  for (const numbers::DoubleDouble& value : program.constants) constants_.push_back(exact(value));
  for (std::size_t i = 0; i < program.code.size(); ++i) values_.push_back(real(bits));
}

void RealMachine::run(std::span<const numbers::Mpfr> inputs) {
  inputs_ = inputs;
  for (std::size_t i = 0; i < program_->code.size(); ++i) {
    const ir::Instruction& step = program_->code[i];
    const auto operand = [&](std::size_t k) { return numbers::raw(read(step.operands[k])); };
    apply(step.op, numbers::raw(values_[i]), operand(0), operand(1), operand(2));
  }
}

const numbers::Mpfr& RealMachine::read(ir::Operand operand) const {
  if (operand.is_input()) return inputs_[operand.index];
  return operand.is_constant() ? constants_[operand.index] : values_[operand.index];
}

}  // namespace ulpforge::targets

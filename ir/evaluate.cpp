// The interpreter: one loop over the code, one table row per operation, blocks of points inside.
#include "ir/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "ir/reference_functions.h"

namespace ulpforge::ir {
namespace {

numbers::Mpfr constant_pi() {
  numbers::Mpfr result;
  mpfr_const_pi(numbers::raw(result), MPFR_RNDN);
  return result;
}

numbers::Mpfr constant_e() {
  numbers::Mpfr result(1);
  mpfr_exp(numbers::raw(result), numbers::raw(result), MPFR_RNDN);
  return result;
}

numbers::Mpfr apply(numbers::Mpfr (*function)()) { return function(); }

numbers::Mpfr apply(int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t), const numbers::Mpfr& a) {
  numbers::Mpfr result;
  function(numbers::raw(result), numbers::raw(a), MPFR_RNDN);
  return result;
}

numbers::Mpfr apply(int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t),
                    const numbers::Mpfr& a, const numbers::Mpfr& b) {
  numbers::Mpfr result;
  function(numbers::raw(result), numbers::raw(a), numbers::raw(b), MPFR_RNDN);
  return result;
}

/// Calls apply with as many operands as the table says that the operation has.
template <std::size_t arity, class Function>
numbers::Mpfr apply_reference(Function function, const numbers::Mpfr& a, const numbers::Mpfr& b) {
  if constexpr (arity == 0) {
    return apply(function);
  } else if constexpr (arity == 1) {
    return apply(function, a);
  } else {
    return apply(function, a, b);
  }
}

template <class T>
struct Conversion {
  static T from(const numbers::DoubleDouble& value) { return value; }
};
template <>
struct Conversion<double> {
  static double from(const numbers::DoubleDouble& value) { return value.hi; }
};
template <>
struct Conversion<numbers::Mpfr> {
  static numbers::Mpfr from(const numbers::DoubleDouble& value) { return numbers::to_mpfr(value); }
};

template <class T>
void require_supported(const Program& program) {
  if (program.inputs != 1) {
    throw std::invalid_argument(
        fmt::format("evaluate takes programs of one input, not {}", program.inputs));
  }
  for (const Instruction& instruction : program.code) {
    const OpInfo& row = info(instruction.op);
    if (row.is_machine()) {
      throw std::invalid_argument(
          fmt::format("operation {} exists over machine types alone (ir/interpret.h)", row.name));
    }
    if (!std::is_same_v<T, numbers::Mpfr> && !row.arithmetic) {
      throw std::invalid_argument(
          fmt::format("operation {} exists over MPFR alone, not over machine numbers", row.name));
    }
  }
}

template <class T>
constexpr std::size_t kBlock = std::is_same_v<T, numbers::Mpfr> ? 1 : 64;

/// One instruction over a block of points.
template <class T>
void execute(Op op, const T* pa, const T* pb, const T* pc, T* out) {
  using std::fabs;
  using std::fma;
  using std::sqrt;
  switch (op) {
#define ARITHMETIC(enumerator, name, arity, infix, commutes, cost, machine, cpp, expression) \
  case Op::enumerator:                                                                       \
    for (std::size_t i = 0; i < kBlock<T>; ++i) {                                            \
      [[maybe_unused]] const T &a = pa[i], &b = pb[i], &c = pc[i];                           \
      out[i] = expression;                                                                   \
    }                                                                                        \
    break;
#define MACHINE(enumerator, ...) \
  case Op::enumerator:           \
    break;
#define REFERENCE(enumerator, name, arity, cost, cpp, mpfr)  \
  case Op::enumerator:                                       \
    if constexpr (std::is_same_v<T, numbers::Mpfr>) {        \
      for (std::size_t i = 0; i < kBlock<T>; ++i) {          \
        out[i] = apply_reference<arity>(mpfr, pa[i], pb[i]); \
      }                                                      \
    }                                                        \
    break;
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
#undef REFERENCE
  }
}

/// Storage for one block: the input, every constant and every value, a row of kBlock each.
template <class T>
class Machine {
 public:
  explicit Machine(const Program& program)
      : program_(program), rows_((1 + program.constants.size() + program.code.size()) * kBlock<T>) {
    for (std::size_t k = 0; k < program.constants.size(); ++k) {
      std::fill_n(row(Operand::constant(k)), kBlock<T>, Conversion<T>::from(program.constants[k]));
    }
  }

  T* row(Operand operand) {
    switch (operand.kind) {
      case Operand::Kind::Input:
        return rows_.data();
      case Operand::Kind::Constant:
        return rows_.data() + (1 + operand.index) * kBlock<T>;
      case Operand::Kind::Value:
        break;
    }
    return rows_.data() + (1 + program_.constants.size() + operand.index) * kBlock<T>;
  }

  void run() {
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      const Instruction& step = program_.code[i];
      execute<T>(step.op, row(step.operands[0]), row(step.operands[1]), row(step.operands[2]),
                 row(Operand::value(i)));
    }
  }

 private:
  const Program& program_;
  std::vector<T> rows_;
};

}  // namespace

template <class T>
void evaluate(const Program& program, std::span<const T> x, std::span<T> y) {
  if (x.size() != y.size()) {
    throw std::invalid_argument(
        fmt::format("evaluate needs as many results as points, not {} and {}", y.size(), x.size()));
  }
  require_supported<T>(program);
  Machine<T> machine(program);
  T* const input = machine.row(Operand::input());
  for (std::size_t begin = 0; begin < x.size(); begin += kBlock<T>) {
    const std::size_t count = std::min(kBlock<T>, x.size() - begin);
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(begin), count, input);
    machine.run();
    std::copy_n(machine.row(program.result), count, y.begin() + static_cast<std::ptrdiff_t>(begin));
  }
}

template <class T>
T evaluate(const Program& program, const T& x) {
  T y;
  evaluate<T>(program, std::span<const T>(&x, 1), std::span<T>(&y, 1));
  return y;
}

template <class T>
std::vector<T> trace(const Program& program, const T& x) {
  require_supported<T>(program);
  Machine<T> machine(program);
  std::fill_n(machine.row(Operand::input()), kBlock<T>, x);
  machine.run();
  std::vector<T> values;
  values.reserve(program.code.size());
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    values.push_back(*machine.row(Operand::value(i)));
  }
  return values;
}

template void evaluate(const Program&, std::span<const double>, std::span<double>);
template void evaluate(const Program&, std::span<const numbers::DoubleDouble>,
                       std::span<numbers::DoubleDouble>);
template void evaluate(const Program&, std::span<const numbers::Mpfr>, std::span<numbers::Mpfr>);
template double evaluate(const Program&, const double&);
template numbers::DoubleDouble evaluate(const Program&, const numbers::DoubleDouble&);
template numbers::Mpfr evaluate(const Program&, const numbers::Mpfr&);
template std::vector<double> trace(const Program&, const double&);
template std::vector<numbers::DoubleDouble> trace(const Program&, const numbers::DoubleDouble&);
template std::vector<numbers::Mpfr> trace(const Program&, const numbers::Mpfr&);

}  // namespace ulpforge::ir

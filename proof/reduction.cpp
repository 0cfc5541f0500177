// One pass over the instructions, each of which has to have a role.
#include "proof/reduction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "ir/interpret.h"
#include "ir/liveness.h"

namespace ulpforge::proof {
namespace {

/// What Gappa bounds the rounding errors of.
bool is_arithmetic(ir::Op op) {
  return ir::info(op).arithmetic && op != ir::Op::Min && op != ir::Op::Max;
}

using ir::Op;
using ir::Operand;

constexpr double kShifter = 0x1.8p52;
/// Factors of the result's scaling are kept within this many binades, so that all but the last of
/// the products are exact: a kernel's values lie within a few binades of 1.
constexpr long kExactBinades = 1000;
/// No more values of n than this are looked at; all exponents of doubles are fewer.
constexpr std::int64_t kMostN = 5000;

enum class Role { None, Argument, Scaled, Root, OfN, Reduced, Kernel, Result };

struct Refusal {
  std::string reason;
};

class Dissection {
 public:
  explicit Dissection(const ir::Program& program)
      : program_(program), roles_(program.code.size(), Role::None) {}

  Reduction run(double lo, double hi) {
    const std::vector<char> live = ir::live_instructions(program_);
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (live[i]) assign(i);
    }
    if (!root_) refuse("nothing is rounded to an integer");
    if (role(program_.result) != Role::Result) refuse("the result is not 2^n k(r)");
    note_range_of_n(lo, hi);
    read_coefficients();
    check_scaling();
    cut_kernel();
    return out_;
  }

 private:
  [[noreturn]] void refuse(std::string reason) const { throw Refusal{std::move(reason)}; }

  Role role(Operand operand) const {
    if (operand.is_input()) return operand == argument_ ? Role::Argument : Role::None;
    if (operand.is_constant()) return Role::OfN;
    return operand == argument_ ? Role::Argument : roles_[operand.index];
  }
  bool of_n(Operand operand) const {
    return role(operand) == Role::OfN || role(operand) == Role::Root;
  }
  double constant(Operand operand) const { return program_.constants[operand.index].hi; }

  void assign(std::size_t i) {
    const ir::Instruction& step = program_.code[i];
    const auto operands = std::span(step.operands).first(step.arity());
    const auto all = [&](auto&& is) { return std::ranges::all_of(operands, is); };
    if (all([&](Operand o) { return of_n(o); })) {
      roles_[i] = Role::OfN;
      return;
    }
    if (!root_ && (clamps(step, i) || scales(step, i) || rounds(step, i))) return;
    if (root_ && (reduces(step, i) || scales_result(step, i))) return;
    const auto of_kernel = [&](Operand o) {
      return o.is_constant() || role(o) == Role::Kernel || o == reduced_;
    };
    if (root_ && reduced_ != argument_ && is_arithmetic(step.op) && all(of_kernel)) {
      roles_[i] = Role::Kernel;
      return;
    }
    refuse(
        fmt::format("v{} = {}(...) is no part of y = 2^n k(r), r = x + n c1 + n c2 ..., "
                    "n = round(x c)",
                    i, ir::info(step.op).name));
  }

  bool clamps(const ir::Instruction& step, std::size_t i) {
    if (step.op != Op::Min && step.op != Op::Max) return false;
    const bool first = step.operands[0].is_constant();
    const Operand bound = step.operands[first ? 0 : 1];
    if (!bound.is_constant() || step.operands[first ? 1 : 0] != argument_) return false;
    const double value = constant(bound);
    const auto cut = [&](double end) {
      return step.op == Op::Min ? std::min(end, value) : std::max(end, value);
    };
    out_.low = cut(out_.low);
    out_.high = cut(out_.high);
    argument_ = reduced_ = Operand::value(i);
    return true;
  }

  bool scales(const ir::Instruction& step, std::size_t i) {
    if (step.op != Op::Mul || scaled_) return false;
    const bool first = step.operands[0].is_constant();
    const Operand factor = step.operands[first ? 0 : 1];
    if (!factor.is_constant() || step.operands[first ? 1 : 0] != argument_) return false;
    out_.factor = constant(factor);
    scaled_ = Operand::value(i);
    roles_[i] = Role::Scaled;
    return true;
  }

  bool rounds(const ir::Instruction& step, std::size_t i) {
    const auto scaled_argument = [&](Operand o) { return o == (scaled_ ? *scaled_ : argument_); };
    const auto is_shifter = [&](Operand o) { return o.is_constant() && constant(o) == kShifter; };
    const auto& [a, b, c] = step.operands;
    if (step.op == Op::Rint && scaled_argument(a)) {
      // n itself.
    } else if (step.op == Op::Add &&
               ((scaled_argument(a) && is_shifter(b)) || (scaled_argument(b) && is_shifter(a)))) {
      out_.shifter = kShifter;
    } else if (step.op == Op::Fma && is_shifter(c) && !scaled_ &&
               ((a == argument_ && b.is_constant()) || (b == argument_ && a.is_constant()))) {
      out_.shifter = kShifter;
      out_.fused = true;
      out_.factor = constant(a.is_constant() ? a : b);
    } else {
      return false;
    }
    root_ = Operand::value(i);
    roles_[i] = Role::Root;
    return true;
  }

  /// r' = r + n c.
  bool reduces(const ir::Instruction& step, std::size_t i) {
    const auto& [a, b, c] = step.operands;
    const auto depends = [&](Operand o) { return !o.is_constant() && of_n(o); };
    Addend addend;
    if (step.op == Op::Sub && a == reduced_ && depends(b)) {
      addend = {b, -1};
    } else if (step.op == Op::Add && a == reduced_ && depends(b)) {
      addend = {b, 1};
    } else if (step.op == Op::Add && b == reduced_ && depends(a)) {
      addend = {a, 1};
    } else if (step.op == Op::Fma && c == reduced_ && depends(a) && b.is_constant()) {
      addend = {a, constant(b)};
    } else if (step.op == Op::Fma && c == reduced_ && depends(b) && a.is_constant()) {
      addend = {b, constant(a)};
    } else {
      return false;
    }
    if (std::ranges::count(roles_, Role::Kernel) > 0) {
      refuse("the kernel reads more than one reduced argument");
    }
    addends_.push_back(addend);
    reduced_ = Operand::value(i);
    roles_[i] = Role::Reduced;
    return true;
  }

  /// y' = y s, s a power of two that depends on n.
  bool scales_result(const ir::Instruction& step, std::size_t i) {
    const auto is_result = [&](Operand o) {
      return role(o) == Role::Kernel || role(o) == Role::Result;
    };
    const auto depends = [&](Operand o) { return !o.is_constant() && of_n(o); };
    const auto& [a, b, c] = step.operands;
    Operand value;
    Operand factor;
    if ((step.op == Op::Scalef || step.op == Op::Mul) && is_result(a) && depends(b)) {
      value = a;
      factor = b;
    } else if (step.op == Op::Mul && is_result(b) && depends(a)) {
      value = b;
      factor = a;
    } else {
      return false;
    }
    if (role(value) == Role::Kernel) {
      if (!scalings_.empty()) refuse("the kernel's value is scaled twice");
      kernel_value_ = value;
    }
    scalings_.push_back({factor, step.op == Op::Scalef});
    roles_[i] = Role::Result;
    return true;
  }

  /// What an operand is for values of the root.
  std::vector<double> at(Operand operand, Operand input, const std::vector<double>& values) const {
    ir::Program part = program_;
    for (ir::Instruction& step : part.code) {
      for (Operand& o : step.operands) {
        if (o == input) o = Operand::input();
      }
    }
    part.result = operand == input ? Operand::input() : operand;
    std::vector<double> y(values.size());
    ir::interpret<double, double>(part, values, y);
    return y;
  }

  void note_range_of_n(double lo, double hi) {
    if (!(out_.factor > 0)) refuse("the factor of x is not positive");
    // Rounding is monotone, so the ends of the interval give the ends of n.
    const std::vector<double> ends = at(*root_, argument_, {lo, hi});
    const double first = ends[0] - out_.shifter;
    const double last = ends[1] - out_.shifter;
    if (!(last - first <= static_cast<double>(kMostN)) || !(std::abs(first) <= 0x1p40) ||
        !(std::abs(last) <= 0x1p40)) {
      refuse(fmt::format("n goes from {} to {}", first, last));
    }
    out_.first_n = static_cast<std::int64_t>(first);
    out_.last_n = static_cast<std::int64_t>(last);
    for (std::int64_t n = out_.first_n; n <= out_.last_n; ++n) {
      n_.push_back(static_cast<double>(n));
      roots_.push_back(static_cast<double>(n) + out_.shifter);
    }
  }

  void read_coefficients() {
    if (addends_.empty()) refuse("nothing reduces the argument");
    for (const Addend& addend : addends_) {
      const double one = at(addend.operand, *root_, {1 + out_.shifter})[0];
      const double coefficient = one * addend.factor;
      if (std::abs(one) != 1 && std::abs(addend.factor) != 1) {
        refuse("a multiple of n in an fma is neither n nor -n");
      }
      const std::vector<double> values = at(addend.operand, *root_, roots_);
      for (std::size_t k = 0; k < n_.size(); ++k) {
        if (std::fma(n_[k], one, -values[k]) == 0) continue;
        refuse(fmt::format("the product of n = {} and {:a} is not exact", n_[k], coefficient));
      }
      out_.coefficients.push_back(coefficient);
    }
  }

  void check_scaling() {
    std::vector<long> total(n_.size(), 0);
    for (std::size_t s = 0; s < scalings_.size(); ++s) {
      const std::vector<double> factors = at(scalings_[s].factor, *root_, roots_);
      for (std::size_t k = 0; k < n_.size(); ++k) {
        if (std::abs(total[k]) > kExactBinades) {
          refuse(fmt::format("more than one product rounds for n = {}", n_[k]));
        }
        int exponent = 0;
        if (scalings_[s].scalef) {
          if (factors[k] != std::floor(factors[k]) || !(std::abs(factors[k]) < 1e6)) {
            refuse(fmt::format("scalef by {} for n = {}", factors[k], n_[k]));
          }
          exponent = static_cast<int>(factors[k]);
        } else {
          if (!(factors[k] > 0) || std::isinf(factors[k]) ||
              std::frexp(factors[k], &exponent) != 0.5) {
            refuse(
                fmt::format("the result is multiplied by {}, which is no power of two, for n = {}",
                            factors[k], n_[k]));
          }
          --exponent;
        }
        total[k] += exponent;
      }
    }
    for (std::size_t k = 0; k < n_.size(); ++k) {
      if (static_cast<double>(total[k]) == n_[k]) continue;
      refuse(fmt::format("the result is scaled by 2^{} for n = {}", total[k], n_[k]));
    }
    out_.single_scalef = scalings_.size() == 1 && scalings_[0].scalef &&
                         scalings_[0].factor == *root_ && out_.shifter == 0;
  }

  void cut_kernel() {
    ir::Program& kernel = out_.kernel;
    kernel.constants = program_.constants;
    std::vector<Operand> place(program_.code.size());
    const auto moved = [&](Operand o) {
      if (o.is_constant()) return o;
      return o == reduced_ ? Operand::input() : place[o.index];
    };
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (roles_[i] != Role::Kernel) continue;
      ir::Instruction step = program_.code[i];
      step.type = ir::Type::Real;
      for (std::size_t k = 0; k < step.arity(); ++k) step.operands[k] = moved(step.operands[k]);
      kernel.code.push_back(step);
      place[i] = Operand::value(kernel.code.size() - 1);
    }
    kernel.result = moved(kernel_value_);
  }

  struct Addend {
    Operand operand;
    double factor = 1;
  };
  struct Scaling {
    Operand factor;
    bool scalef = false;
  };

  const ir::Program& program_;
  std::vector<Role> roles_;
  Reduction out_;
  Operand argument_ = Operand::input();
  Operand reduced_ = Operand::input();  ///< the reduced argument so far
  std::optional<Operand> scaled_;
  std::optional<Operand> root_;  ///< n, or n plus the shifter
  std::vector<Addend> addends_;
  std::vector<Scaling> scalings_;
  Operand kernel_value_;
  std::vector<double> n_;
  std::vector<double> roots_;
};

}  // namespace

std::variant<Reduction, std::string> take_apart(const ir::Program& program, double lo, double hi) {
  try {
    return Dissection(program).run(lo, hi);
  } catch (const Refusal& refusal) {
    return refusal.reason;
  }
}

bool is_plain(const ir::Program& program) {
  const std::vector<char> live = ir::live_instructions(program);
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (live[i] && !is_arithmetic(program.code[i].op)) return false;
  }
  return true;
}

ir::Program as_real(const ir::Program& program) {
  ir::Program real = program;
  for (ir::Instruction& step : real.code) step.type = ir::Type::Real;
  real.input_types = {};
  return real;
}

}  // namespace ulpforge::proof

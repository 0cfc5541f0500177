// Searches in the real regime, one for each different kernel.
#include "evo/real_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "evo/kernel.h"
#include "evo/search.h"
#include "evo/zero_factor.h"
#include "ir/interpret.h"
#include "targets/exact/exact_value.h"
#include "targets/exact/reference.h"

namespace ulpforge::evo {
namespace {

/// Whether the kernel is two functions in one, with a jump between them: no program of real
/// arithmetic without one comes near. Halves the steepest of many steps; a jump is as high as
/// before in the end.
bool has_jump(const targets::Target& kernel) {
  constexpr int kSteps = 256;
  constexpr int kHalvings = 24;
  const targets::Domain& domain = kernel.domain;
  const auto f = [&](double x) { return targets::reference(kernel.program, x).hi; };
  double lo = 0, hi = 0, height = 0;
  for (int k = 0; k < kSteps; ++k) {
    // Off the middle, where removable singularities are.
    const double a = domain.lo + domain.width() * (k + 0.3) / kSteps;
    const double b = domain.lo + domain.width() * std::min(k + 1.3, kSteps - 0.1) / kSteps;
    if (const double step = std::abs(f(b) - f(a)); step > height) {
      lo = a;
      hi = b;
      height = step;
    }
  }
  double left = height;
  for (int k = 0; k < kHalvings; ++k) {
    const double middle = lo + 0.4375 * (hi - lo);
    const double below = std::abs(f(middle) - f(lo));
    const double above = std::abs(f(hi) - f(middle));
    (below > above ? hi : lo) = middle;
    left = std::max(below, above);
  }
  return left > height / 4;
}

/// The kernel with +0 added at the end where its zero has the wrong sign: lgamma(1) is +0, and
/// (x - 1) times something negative is -0.
ir::Program with_right_zeros(ir::Program kernel, const targets::Target& target) {
  const auto is_wrong = [&](const targets::Zero& zero) {
    const auto x = static_cast<float>(zero.at.hi);
    if (!zero.is_double || x != zero.at.hi || !target.domain.contains(x)) return false;
    float y = 0;
    ir::interpret<float, float>(kernel, std::span(&x, 1), std::span(&y, 1));
    const targets::ExactValue due = targets::exact_value(target.program, x);
    return y == 0 && std::signbit(y) && due.zero_sign_known &&
           mpfr_signbit(numbers::raw(due.value)) == 0;
  };
  if (!kernel.result.is_value() || std::ranges::none_of(target.zeros, is_wrong)) return kernel;
  const ir::Operand zero = kernel.add_constant(0.0);
  const ir::Instruction last = kernel.code[kernel.result.index];
  if (last.op == ir::Op::Mul && kernel.result.index + 1U == kernel.code.size()) {
    kernel.code.pop_back();
    kernel.result =
        kernel.add(ir::Type::F32, ir::Op::Fma, last.operands[0], last.operands[1], zero);
  } else {
    kernel.result = kernel.add(ir::Type::F32, ir::Op::Add, kernel.result, zero);
  }
  return kernel;
}

}  // namespace

RealKernels::RealKernels(const std::vector<targets::Scheme>& schemes, const MachineConfig& config,
                         Surroundings surroundings)
    : schemes_(schemes), config_(config), surroundings_(std::move(surroundings)) {}

std::vector<ir::Program> RealKernels::of(std::size_t scheme) {
  if (const auto known = found_.find(scheme); known != found_.end()) return known->second;
  targets::Target kernel = schemes_[scheme].kernel;
  // The whole function on an interval: an error in ULPs asks for its zeros.
  if (!kernel.zeros.empty()) kernel.metric = targets::Metric::Relative;
  if (config_.real_evaluations == 0 || has_jump(kernel)) return {};
  for (std::size_t earlier = 0; earlier < scheme; ++earlier) {
    const targets::Target& other = schemes_[earlier].kernel;
    if (other.expression == kernel.expression && other.domain == kernel.domain) return of(earlier);
  }
  if (surroundings_.no_time()) return {};
  SearchConfig config;
  config.operations = {ir::Op::Add, ir::Op::Sub, ir::Op::Mul};
  // A whole function may have poles next to its interval, which no polynomial comes near.
  if (schemes_[scheme].program.inputs == 2 && schemes_[scheme].program.code.empty()) {
    config.operations.push_back(ir::Op::Div);
  }
  config.max_operations = 14;
  config.seed = config_.seed;
  config.threads = config_.threads;
  config.seconds = std::numeric_limits<double>::infinity();
  config.evaluations = config_.real_evaluations;
  Continuation continuation;
  continuation.state = search_;
  continuation.interval = 0;  // the clock of the search around it decides
  continuation.save = [this](std::string_view state) {
    search_ = state;
    surroundings_.save(false);
  };
  const SearchResult result = search(
      kernel, config, [this](const Progress&) { surroundings_.report(); }, surroundings_.stop,
      continuation);
  if (result.interrupted) return {};
  std::vector<ir::Program> kernels;
  for (const FrontProgram& program : result.front) {
    const ir::Program in_floats = with_differences_of_floats(program.program, kernel.zeros);
    if (const auto lowered = to_kernel(in_floats)) {
      kernels.push_back(tidy(with_right_zeros(*lowered, kernel)));
    }
  }
  search_.clear();
  found_[scheme] = kernels;
  surroundings_.save(true);
  return kernels;
}

}  // namespace ulpforge::evo

// Null-space flow.
#include "evo/pruning.h"

#include <algorithm>
#include <cmath>

#include "ir/simplify.h"

namespace ulpforge::evo {

/// The path of the constant that is driven away: from its value to the identity, for s in [0, 1];
/// geometric in a product so that it never meets 0.
struct PathToIdentity {
  double start;
  bool product;

  double at(double s) const {
    if (!product) return start * (1 - s);
    return std::copysign(std::exp(std::log(std::abs(start)) * (1 - s)), start);
  }
  double slope(double s) const { return product ? -std::log(std::abs(start)) * at(s) : -start; }
  int steps() const {
    if (!product) return 12;
    return std::min(60, 4 + static_cast<int>(std::abs(std::log(std::abs(start))) * 20));
  }
};

template <int kBlocks>
std::optional<ir::Program> prune(Fitter<kBlocks>& fitter, const ir::Program& program,
                                 double largest_error, numbers::Random& random,
                                 std::span<const double> pins) {
  const std::optional<Tape> tape = make_tape(program, pins);
  if (!tape) return std::nullopt;
  std::array<Step, kMaxSteps> candidates;
  int count = 0;
  for (int t = 0; t < tape->length; ++t) {
    const Step step = tape->steps[t];
    if (step.constant >= 0 && tape->is_pinned(step.constant)) continue;
    if (step.code == Code::AddConstant || step.code == Code::MulConstant ||
        step.code == Code::ConstantMinus) {
      candidates[count++] = step;
    }
  }
  if (count == 0) return std::nullopt;
  const Step chosen = candidates[random.below(count)];
  const int moving = chosen.constant;
  Constants constants = constants_of(program);
  const PathToIdentity path{constants.hi[moving], chosen.code == Code::MulConstant};
  if (path.start == 0 || !std::isfinite(path.start)) return std::nullopt;

  using Vector = std::array<double, kMaxSteps>;
  const auto displaced = [&](double s, const Vector& rate, double factor) {
    Constants moved = constants;
    moved.set(moving, path.at(s));
    for (int k = 0; k < tape->constants; ++k) {
      if (k != moving) moved.add(k, factor * rate[k]);
    }
    return moved;
  };
  // d others / ds = (d others / d moving) * (d moving / ds)
  const auto rate_at = [&](const Constants& here, double s, Vector& rate) {
    if (!fitter.compensating_direction(*tape, here, moving, rate)) return false;
    for (double& r : rate) r *= path.slope(s);
    return true;
  };
  const int steps = path.steps();
  const double h = 1.0 / steps;
  for (int i = 0; i < steps; ++i) {
    const double s = i * h;
    const double next = (i + 1) * h;
    Vector k1{}, k2{}, k3{}, k4{};
    if (!rate_at(displaced(s, k1, 0), s, k1) ||
        !rate_at(displaced(s + h / 2, k1, h / 2), s + h / 2, k2) ||
        !rate_at(displaced(s + h / 2, k2, h / 2), s + h / 2, k3) ||
        !rate_at(displaced(next, k3, h), next, k4)) {
      return std::nullopt;
    }
    Vector mean{};
    for (int k = 0; k < tape->constants; ++k) mean[k] = (k1[k] + 2 * k2[k] + 2 * k3[k] + k4[k]) / 6;
    constants = displaced(next, mean, h);
    FitOptions corrector;
    corrector.frozen = moving;
    corrector.max_iterations = i + 1 == steps ? 40 : 3;
    corrector.patience = 3;
    corrector.initial_damping = 1e-22;
    const FitResult fit = fitter.fit(*tape, constants, corrector);
    if (!(fit.max_error <= largest_error)) return std::nullopt;
  }
  ir::Program pruned = program;
  set_constants(pruned, constants);
  pruned.constants[static_cast<std::size_t>(moving)] =
      chosen.code == Code::MulConstant ? std::copysign(1.0, path.start) : 0.0;
  return ir::simplify(pruned, ir::Folding::Rounded);
}

template std::optional<ir::Program> prune(Fitter<4>&, const ir::Program&, double, numbers::Random&,
                                          std::span<const double>);
template std::optional<ir::Program> prune(Fitter<8>&, const ir::Program&, double, numbers::Random&,
                                          std::span<const double>);

}  // namespace ulpforge::evo

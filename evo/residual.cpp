// Compensated evaluation with reverse-mode derivatives: where a search spends its time.
#include "evo/residual.h"

#include <cmath>

namespace ulpforge::evo {
namespace {

/// value = a + b, error = what rounding took away.
inline void add_exactly(Block a, Block b, Block& value, Block& error) {
  const Block s = a + b;
  const Block t = s - a;
  error = (a - (s - t)) + (b - t);
  value = s;
}

inline void multiply_exactly(Block a, Block b, Block& value, Block& error) {
  const Block p = a * b;
  error = fma(a, b, -p);
  value = p;
}

/// The error is first order in the rounding of both the reciprocal and the product.
inline void divide_exactly(Block a, Block b, Block& value, Block& error, Block& reciprocal) {
  const Block r = 1.0 / b;
  const Block q = a * r;
  error = fma(-q, b, a) * r;
  value = q;
  reciprocal = r;
}

}  // namespace

template <int kBlocks>
double Evaluation<kBlocks>::max_error() const {
  Block m{};
  for (const Block& r : residual) m = max_magnitude(m, r);
  return largest(m);
}

template <int kBlocks>
double Evaluation<kBlocks>::max_error(const Nodes<kBlocks>& nodes) const {
  if (nodes.demanded.empty()) return max_error();
  double largest = 0;
  for (int i = 0; i < Nodes<kBlocks>::kCount; ++i) {
    const double error = std::abs(lane(residual, i)) / (nodes.is_demanded(i) ? kDemanded : 1);
    if (!(error <= largest)) largest = error;
  }
  return largest;
}

template <int kBlocks>
void evaluate(const Tape& tape, const Constants& constants, const Nodes<kBlocks>& nodes,
              Evaluation<kBlocks>& out) {
  using Row = typename Evaluation<kBlocks>::Row;
  Row error[kMaxSteps];
  Row adjoint[kMaxSteps + 1];
  const int length = tape.length;
  out.value[0] = nodes.x;
  for (int t = 0; t < length; ++t) {
    const Step step = tape.steps[t];
    const Row& a = out.value[step.a];
    const Row& b = out.value[step.b];
    Row& value = out.value[t + 1];
    Row& e = error[t];
    Row& reciprocal = out.reciprocal[t + 1];
    const Block c = broadcast(step.constant < 0 ? 0.0 : constants.hi[step.constant]);
    switch (step.code) {
      case Code::Add:
        for (int v = 0; v < kBlocks; ++v) add_exactly(a[v], b[v], value[v], e[v]);
        break;
      case Code::Sub:
        for (int v = 0; v < kBlocks; ++v) add_exactly(a[v], -b[v], value[v], e[v]);
        break;
      case Code::Mul:
        for (int v = 0; v < kBlocks; ++v) multiply_exactly(a[v], b[v], value[v], e[v]);
        break;
      case Code::Div:
        for (int v = 0; v < kBlocks; ++v) {
          divide_exactly(a[v], b[v], value[v], e[v], reciprocal[v]);
        }
        break;
      case Code::Sqrt:
        for (int v = 0; v < kBlocks; ++v) {
          const Block s = sqrt(a[v]);
          const Block r = 0.5 / s;
          e[v] = fma(-s, s, a[v]) * r;
          value[v] = s;
          reciprocal[v] = r;
        }
        break;
      case Code::Neg:
        for (int v = 0; v < kBlocks; ++v) {
          value[v] = -a[v];
          e[v] = Block{};
        }
        break;
      case Code::Abs:
        for (int v = 0; v < kBlocks; ++v) {
          value[v] = a[v] < 0 ? -a[v] : a[v];
          e[v] = Block{};
        }
        break;
      case Code::Min:
        for (int v = 0; v < kBlocks; ++v) {
          value[v] = a[v] < b[v] ? a[v] : b[v];
          e[v] = Block{};
        }
        break;
      case Code::Max:
        for (int v = 0; v < kBlocks; ++v) {
          value[v] = a[v] > b[v] ? a[v] : b[v];
          e[v] = Block{};
        }
        break;
      case Code::MinConstant:
        for (int v = 0; v < kBlocks; ++v) {
          value[v] = a[v] < c ? a[v] : c;
          e[v] = Block{};
        }
        break;
      case Code::MaxConstant:
        for (int v = 0; v < kBlocks; ++v) {
          value[v] = a[v] > c ? a[v] : c;
          e[v] = Block{};
        }
        break;
      case Code::AddConstant:
        for (int v = 0; v < kBlocks; ++v) add_exactly(a[v], c, value[v], e[v]);
        break;
      case Code::ConstantMinus:
        for (int v = 0; v < kBlocks; ++v) add_exactly(c, -a[v], value[v], e[v]);
        break;
      case Code::MulConstant:
        for (int v = 0; v < kBlocks; ++v) multiply_exactly(a[v], c, value[v], e[v]);
        break;
      case Code::ConstantOver:
        for (int v = 0; v < kBlocks; ++v) {
          divide_exactly(c, a[v], value[v], e[v], reciprocal[v]);
        }
        break;
    }
    adjoint[t + 1].fill(Block{});
  }
  adjoint[0].fill(Block{});
  Row& residual = out.residual;
  for (int v = 0; v < kBlocks; ++v) {
    adjoint[length][v] = nodes.weight[v];
    residual[v] =
        nodes.weight[v] * ((out.value[length][v] - nodes.target_hi[v]) - nodes.target_lo[v]);
  }
  for (int t = length - 1; t >= 0; --t) {
    const Step step = tape.steps[t];
    const Row& a = out.value[step.a];
    const Row& b = out.value[step.b];
    const Row& g = adjoint[t + 1];
    const Row& reciprocal = out.reciprocal[t + 1];
    Row& ga = adjoint[step.a];
    Row& gb = adjoint[step.b];
    for (int v = 0; v < kBlocks; ++v) residual[v] = fma(g[v], error[t][v], residual[v]);
    switch (step.code) {
      case Code::Add:
        for (int v = 0; v < kBlocks; ++v) {
          const Block d = g[v];
          ga[v] += d;
          gb[v] += d;
        }
        break;
      case Code::Sub:
        for (int v = 0; v < kBlocks; ++v) {
          const Block d = g[v];
          ga[v] += d;
          gb[v] -= d;
        }
        break;
      case Code::Mul:
        for (int v = 0; v < kBlocks; ++v) {
          const Block d = g[v], pa = a[v], pb = b[v];
          ga[v] = fma(d, pb, ga[v]);
          gb[v] = fma(d, pa, gb[v]);
        }
        break;
      case Code::Div:
        for (int v = 0; v < kBlocks; ++v) {
          const Block d = g[v] * reciprocal[v];
          ga[v] += d;
          gb[v] = fma(-d, out.value[t + 1][v], gb[v]);
        }
        break;
      case Code::Sqrt:
        for (int v = 0; v < kBlocks; ++v) ga[v] = fma(g[v], reciprocal[v], ga[v]);
        break;
      case Code::Neg:
        for (int v = 0; v < kBlocks; ++v) ga[v] -= g[v];
        break;
      case Code::Abs:
        for (int v = 0; v < kBlocks; ++v) ga[v] += a[v] < 0 ? -g[v] : g[v];
        break;
      case Code::Min:
      case Code::Max:
        for (int v = 0; v < kBlocks; ++v) {
          const Block d = g[v], zero{};
          const auto first = step.code == Code::Min ? a[v] < b[v] : a[v] > b[v];
          ga[v] += first ? d : zero;
          gb[v] += first ? zero : d;
        }
        break;
      case Code::MinConstant:
      case Code::MaxConstant:
      case Code::AddConstant:
      case Code::ConstantMinus:
      case Code::MulConstant:
      case Code::ConstantOver: {
        Row& j = out.jacobian[step.constant];
        const Block c = broadcast(constants.hi[step.constant]);
        const Block low = broadcast(constants.lo[step.constant]);
        if (step.code == Code::AddConstant) {
          for (int v = 0; v < kBlocks; ++v) {
            j[v] = g[v];
            ga[v] += g[v];
          }
        } else if (step.code == Code::MinConstant || step.code == Code::MaxConstant) {
          for (int v = 0; v < kBlocks; ++v) {
            const Block d = g[v], zero{};
            const auto first = step.code == Code::MinConstant ? a[v] < c : a[v] > c;
            j[v] = first ? zero : d;
            ga[v] += first ? d : zero;
          }
        } else if (step.code == Code::ConstantMinus) {
          for (int v = 0; v < kBlocks; ++v) {
            j[v] = g[v];
            ga[v] -= g[v];
          }
        } else if (step.code == Code::MulConstant) {
          for (int v = 0; v < kBlocks; ++v) {
            j[v] = g[v] * a[v];
            ga[v] = fma(g[v], c, ga[v]);
          }
        } else {
          for (int v = 0; v < kBlocks; ++v) {
            const Block d = g[v] * reciprocal[v];
            j[v] = d;
            ga[v] = fma(-d, out.value[t + 1][v], ga[v]);
          }
        }
        for (int v = 0; v < kBlocks; ++v) residual[v] = fma(j[v], low, residual[v]);
        break;
      }
    }
  }
  Block squares{};
  for (int v = 0; v < kBlocks; ++v) squares = fma(residual[v], residual[v], squares);
  out.sum_of_squares = sum(squares);
}

template <int kBlocks>
void second_derivative(const Tape& tape, const Constants& constants, const Nodes<kBlocks>& nodes,
                       const Evaluation<kBlocks>& at,
                       const std::array<double, kMaxSteps>& direction,
                       std::array<Block, kBlocks>& out) {
  using Row = typename Evaluation<kBlocks>::Row;
  Row first[kMaxSteps + 1];
  Row second[kMaxSteps + 1];
  first[0].fill(Block{});
  second[0].fill(Block{});
  for (int t = 0; t < tape.length; ++t) {
    const Step step = tape.steps[t];
    const Row &a = at.value[step.a], &a1 = first[step.a], &a2 = second[step.a];
    const Row &b = at.value[step.b], &b1 = first[step.b], &b2 = second[step.b];
    const Row &q = at.value[t + 1], &reciprocal = at.reciprocal[t + 1];
    Row &y1 = first[t + 1], &y2 = second[t + 1];
    const Block c = broadcast(step.constant < 0 ? 0.0 : constants.hi[step.constant]);
    const Block c1 = broadcast(step.constant < 0 ? 0.0 : direction[step.constant]);
    switch (step.code) {
      case Code::Add:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = a1[v] + b1[v];
          y2[v] = a2[v] + b2[v];
        }
        break;
      case Code::Sub:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = a1[v] - b1[v];
          y2[v] = a2[v] - b2[v];
        }
        break;
      case Code::Mul:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = fma(a1[v], b[v], a[v] * b1[v]);
          y2[v] = fma(a2[v], b[v], fma(a[v], b2[v], 2 * a1[v] * b1[v]));
        }
        break;
      case Code::Div:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = fma(-q[v], b1[v], a1[v]) * reciprocal[v];
          y2[v] = fma(-2 * y1[v], b1[v], fma(-q[v], b2[v], a2[v])) * reciprocal[v];
        }
        break;
      case Code::Sqrt:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = a1[v] * reciprocal[v];
          y2[v] = fma(-2 * y1[v], y1[v], a2[v]) * reciprocal[v];
        }
        break;
      case Code::Neg:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = -a1[v];
          y2[v] = -a2[v];
        }
        break;
      case Code::Abs:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = a[v] < 0 ? -a1[v] : a1[v];
          y2[v] = a[v] < 0 ? -a2[v] : a2[v];
        }
        break;
      case Code::Min:
      case Code::Max:
        for (int v = 0; v < kBlocks; ++v) {
          const auto left = step.code == Code::Min ? a[v] < b[v] : a[v] > b[v];
          y1[v] = left ? a1[v] : b1[v];
          y2[v] = left ? a2[v] : b2[v];
        }
        break;
      case Code::MinConstant:
      case Code::MaxConstant:
        for (int v = 0; v < kBlocks; ++v) {
          const auto left = step.code == Code::MinConstant ? a[v] < c : a[v] > c;
          y1[v] = left ? a1[v] : c1;
          y2[v] = left ? a2[v] : Block{};
        }
        break;
      case Code::AddConstant:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = a1[v] + c1;
          y2[v] = a2[v];
        }
        break;
      case Code::ConstantMinus:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = c1 - a1[v];
          y2[v] = -a2[v];
        }
        break;
      case Code::MulConstant:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = fma(a1[v], c, a[v] * c1);
          y2[v] = fma(a2[v], c, 2 * a1[v] * c1);
        }
        break;
      case Code::ConstantOver:
        for (int v = 0; v < kBlocks; ++v) {
          y1[v] = fma(-q[v], a1[v], c1) * reciprocal[v];
          y2[v] = fma(-2 * y1[v], a1[v], -q[v] * a2[v]) * reciprocal[v];
        }
        break;
    }
  }
  for (int v = 0; v < kBlocks; ++v) out[v] = nodes.weight[v] * second[tape.length][v];
}

#define INSTANTIATE(kBlocks)                                                            \
  template struct Evaluation<kBlocks>;                                                  \
  template void evaluate<kBlocks>(const Tape&, const Constants&, const Nodes<kBlocks>&, \
                                  Evaluation<kBlocks>&);                                \
  template void second_derivative<kBlocks>(                                             \
      const Tape&, const Constants&, const Nodes<kBlocks>&, const Evaluation<kBlocks>&, \
      const std::array<double, kMaxSteps>&, std::array<Block, kBlocks>&);
INSTANTIATE(4)
INSTANTIATE(8)
INSTANTIATE(16)
INSTANTIATE(32)
#undef INSTANTIATE

}  // namespace ulpforge::evo

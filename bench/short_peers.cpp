// The two tables.
#include "bench/short_peers.h"

#include <array>

namespace ulpforge::bench {
namespace {

constexpr std::array kPublished = {
    PublishedKernel{"exp2", "exp2_degree3", "degree 3"},
    PublishedKernel{"exp2", "exp2_degree5", "degree 5"},
    PublishedKernel{"exp", "exp_degree3", "degree 3"},
    PublishedKernel{"exp", "exp_degree5", "degree 5"},
    PublishedKernel{"tanh", "tanh_rational3", "rational 3/2"},
    PublishedKernel{"tanh", "tanh_rational5", "rational 5/4"},
    PublishedKernel{"gelu", "gelu_by_rational5", "tanh form, rational 5/4"},
    PublishedKernel{"gelu_tanh", "gelu_by_rational5", "rational 5/4"},
    PublishedKernel{"sigmoid", "sigmoid_by_degree3", "exp of degree 3"},
    PublishedKernel{"silu", "silu_by_degree3", "exp of degree 3"},
};

constexpr std::array kCompositions = {
    Composition{"sigmoid", "expf", "", "1.0f / (1.0f + f(-x))"},
    Composition{"silu", "expf", "", "x / (1.0f + f(-x))"},
    Composition{"softplus", "expf", "log1pf", "(x + size_of(x)) * 0.5f + g(f(-size_of(x)))"},
    Composition{"gelu", "erff", "", "0.5f * x * (1.0f + f(x * 0.70710678f))"},
    Composition{"gelu_tanh", "tanhf", "",
                "0.5f * x * (1.0f + f(0.79788456f * (x + 0.044715f * x * x * x)))"},
    Composition{"mish", "expf", "log1pf",
                "x - 2.0f * x / ((1.0f + f(clamp(x, -80.0f, 40.0f))) * "
                "(1.0f + f(clamp(x, -80.0f, 40.0f))) + 1.0f)"},
    Composition{"sigmoid_derivative", "expf", "",
                "f(-size_of(x)) / ((1.0f + f(-size_of(x))) * (1.0f + f(-size_of(x))))"},
    Composition{"tanh_derivative", "coshf", "", "1.0f / (f(x) * f(x))"},
};

}  // namespace

std::span<const PublishedKernel> published_kernels() { return kPublished; }
std::span<const Composition> compositions() { return kCompositions; }

}  // namespace ulpforge::bench

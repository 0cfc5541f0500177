// Prices of a million European call options by the formula of Black and Scholes.
#include <ufmath.h>

#include <random>

#include "../measure.h"

namespace {

constexpr std::size_t kCount = 1 << 20;
constexpr float kRate = 0.03f;

struct Options {
  std::vector<float> spot, strike, years, volatility;
};

template <class Real>
Real normal_cdf(Real d) {
  return std::erfc(-d * std::sqrt(Real(0.5))) / 2;
}

template <class Real>
void standard_prices(const Options& o, std::vector<Real>& price) {
  for (std::size_t i = 0; i < kCount; ++i) {
    const Real spot = o.spot[i], strike = o.strike[i], years = o.years[i], rate = kRate;
    const Real volatility = o.volatility[i], spread = volatility * std::sqrt(years);
    const Real d1 =
        (std::log(spot / strike) + (rate + volatility * volatility / 2) * years) / spread;
    const Real d2 = d1 - spread;
    price[i] = spot * normal_cdf(d1) - strike * std::exp(-rate * years) * normal_cdf(d2);
  }
}

// The same by blocks, whose intermediate results stay in the nearest cache.
void prices(const Options& o, std::vector<float>& price) {
  constexpr std::size_t kBlock = 1024;
  constexpr float kRootHalf = 0.70710678f;
  float ratio[kBlock], discount[kBlock], cdf1[kBlock], cdf2[kBlock];
  for (std::size_t begin = 0; begin < kCount; begin += kBlock) {
    const float *const spot = &o.spot[begin], *const strike = &o.strike[begin];
    const float *const years = &o.years[begin], *const volatility = &o.volatility[begin];
    for (std::size_t i = 0; i < kBlock; ++i) ratio[i] = spot[i] / strike[i];
    for (std::size_t i = 0; i < kBlock; ++i) discount[i] = -kRate * years[i];
    uf_logf_n(ratio, ratio, kBlock);
    uf_expf_n(discount, discount, kBlock);
    for (std::size_t i = 0; i < kBlock; ++i) {
      const float spread = volatility[i] * std::sqrt(years[i]);
      const float d1 = (ratio[i] + (kRate + volatility[i] * volatility[i] / 2) * years[i]) / spread;
      cdf1[i] = -d1 * kRootHalf;
      cdf2[i] = (spread - d1) * kRootHalf;
    }
    uf_erfcf_n(cdf1, cdf1, kBlock);
    uf_erfcf_n(cdf2, cdf2, kBlock);
    for (std::size_t i = 0; i < kBlock; ++i) {
      price[begin + i] = (spot[i] * cdf1[i] - strike[i] * discount[i] * cdf2[i]) / 2;
    }
  }
}

}  // namespace

int main() {
  std::mt19937 random(1);
  const auto uniform = [&](float low, float high) {
    std::vector<float> x(kCount);
    std::uniform_real_distribution<float> distribution(low, high);
    for (float& value : x) value = distribution(random);
    return x;
  };
  const Options options = {uniform(50, 150), uniform(50, 150), uniform(0.1f, 2),
                           uniform(0.1f, 0.6f)};
  std::vector<double> exact(kCount);
  standard_prices(options, exact);
  std::vector<float> price(kCount);
  Result plain, ours;
  plain.seconds = seconds([&] { standard_prices(options, price); });
  plain.error = largest_error(price, exact, 1);
  ours.seconds = seconds([&] { prices(options, price); });
  ours.error = largest_error(price, exact, 1);
  return compare("Black-Scholes, error in currency units", kCount, plain, ours, 1e-4);
}

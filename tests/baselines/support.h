// What the tests of the baselines share: precision, short conversions, problems on [-1, 1].
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

#include "baselines/polynomial.h"
#include "baselines/remez.h"
#include "numbers/mpfr.h"

namespace ulpforge::baselines {

/// A test that computes in Mpfr with the precision of compute_baselines.
class MpfrTest : public ::testing::Test {
 private:
  numbers::MpfrPrecision precision_{320};
};

inline double to_double(const numbers::Mpfr& value) { return value.convert_to<double>(); }

inline Polynomial polynomial(std::initializer_list<double> coefficients) {
  Polynomial result;
  for (const double c : coefficients) result.emplace_back(c);
  return result;
}

/// f on [-1, 1] with absolute errors.
inline Problem absolute_problem(std::function<numbers::Mpfr(const numbers::Mpfr&)> f) {
  Problem problem;
  problem.at = [f = std::move(f)](const numbers::Mpfr& s) {
    return Sample{s, f(s), numbers::Mpfr(1), 0};
  };
  for (const numbers::Mpfr& s : chebyshev_extrema(513)) problem.grid.push_back(problem.at(s));
  return problem;
}

}  // namespace ulpforge::baselines

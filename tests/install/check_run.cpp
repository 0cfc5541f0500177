// Measures the functions of an emitted header against exp2l and compares with front.json.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "exp2_on_0_to_1.h"

namespace {

struct Function {
  int operations;
  double (*call)(double);
};

constexpr Function kFunctions[] = {
#include "functions.inc"
};

/// Largest relative error over [0, 1].
double measure(double (*function)(double)) {
  constexpr int kPoints = 1'000'000;
  long double worst = 0;
  for (int i = 0; i <= kPoints; ++i) {
    const double x = static_cast<double>(i) / kPoints;
    const long double exact = exp2l(x);
    const long double error = std::fabs((function(x) - exact) / exact);
    if (!(error <= worst)) worst = error;  // a NaN stays
  }
  return static_cast<double>(worst);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream file(argv[1]);
  const nlohmann::json front = nlohmann::json::parse(file);
  const nlohmann::json& programs = front.at("programs");
  const auto least = static_cast<std::size_t>(std::atoi(argv[2]));
  int failures = 0;
  if (programs.size() < least || programs.size() != std::size(kFunctions)) {
    std::printf(
        "FAIL: %zu programs in front.json, %zu functions in the header, at least %zu wanted\n",
        programs.size(), std::size(kFunctions), least);
    ++failures;
  }
  for (const nlohmann::json& program : programs) {
    const int operations = program.at("ops");
    const auto* function =
        std::find_if(std::begin(kFunctions), std::end(kFunctions),
                     [&](const Function& f) { return f.operations == operations; });
    if (function == std::end(kFunctions)) {
      std::printf("FAIL: no function with %d operations\n", operations);
      ++failures;
      continue;
    }
    const auto& claim = program.at("max_error_f64");
    const double claimed = claim.is_null() ? NAN : claim.get<double>();
    const double measured = measure(function->call);
    // Near the limit of double the maximum is that of rounding noise: what two sets of points show
    // of it differs by less than a rounding.
    constexpr double kRounding = 0x1p-53;
    const double most = 1.05 * claimed + kRounding;
    const double least_error = 0.95 * claimed - kRounding;
    const bool agrees = std::isnan(claimed) ? !std::isfinite(measured)
                                            : measured >= least_error && measured <= most;
    std::printf("%s: %2d operations, measured %.4e, claimed %.4e\n", agrees ? "ok" : "FAIL",
                operations, measured, claimed);
    failures += agrees ? 0 : 1;
  }
  return failures == 0 ? 0 : 1;
}

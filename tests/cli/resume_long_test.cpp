// The same at many moments, and for the machine search.
#include "tests/cli/resume_support.h"

namespace ulpforge::cli {
namespace {

TEST(Resume, SurvivesBeingKilledAtManyMoments) {
  expect_survival({"search", "--target", "exp2", "--max-operations", "6", "--evaluations", "400000",
                   "--seed", "3", "--no-baselines", "--quiet"},
                  200);
}

TEST(Resume, MachineSearchSurvivesBeingKilled) {
  expect_survival({"search", "--regime", "f32", "--target", "exp2(x)", "--domain", "0.5,0.75",
                   "--evaluations", "3000", "--seed", "3", "--quiet"},
                  10);
}

}  // namespace
}  // namespace ulpforge::cli

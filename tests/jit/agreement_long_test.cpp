// The agreement of compiled code with the interpreter, at many more random operands: `ctest -L
// long`.
#include "jit/agreement.h"

namespace ulpforge::jit {
namespace {

TEST(AgreementLong, RandomOperands) {
  for (unsigned seed = 10; seed < 30; ++seed) {
    test::expect_agreement_on_random_operands(1'000'000, seed);
  }
}

}  // namespace
}  // namespace ulpforge::jit

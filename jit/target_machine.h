// LLVM's description of the machine that code is made for.
#pragma once

#include <memory>
#include <string>

#include "jit/options.h"

namespace llvm {
class TargetMachine;
}

namespace ulpforge::jit {

/// The processor whose scheduling model orders instructions, and prices them in jit/mca.h. A fixed
/// one, so that the same program is the same code everywhere. (For LLVM 19 Zen 5 is as Zen 4.)
inline constexpr const char* kTunedFor = "znver4";

/// An instruction set as LLVM writes it: "+avx2,+fma".
std::string features(Isa isa);

/// Throws std::invalid_argument when this build of LLVM cannot make such code.
std::unique_ptr<llvm::TargetMachine> make_target_machine(Isa isa, OptimisationLevel level);

}  // namespace ulpforge::jit

// Finished programs for single calls, as g++ and clang compile their headers for every processor
// and for x86-64-v3, at all 2^32 inputs: the bits that the program of that form means, and the
// errors that its run found.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "bench/accuracy.h"
#include "bench/adaptor.h"
#include "ir/expression.h"
#include "ir/interpret.h"
#include "runs/family_members.h"
#include "runs/machine_emission.h"
#include "runs/run.h"
#include "targets/scores/pieces.h"
#include "toolchain/compiler.h"

namespace ulpforge::runs {
namespace {

struct Calls {
  const char* flags;
  const char* form;  ///< whose program these flags lead to
};

std::vector<Run> runs_of(const std::string& function) {
  std::vector<Run> runs;
  for (const char* const form : {"scalar", "scalar_fma"}) {
    runs.push_back(read_run(fmt::format("{}/{}_{}_f32.json", FAMILY_RUNS, function, form)));
  }
  return runs;
}

TEST(ScalarCalls, AreTheirProgramsAtEveryFloat) {
  for (const char* const function : {"exp"}) {
    const auto runs = runs_of(function);
    const FamilySource source = family_source(runs, each_form(), *jit::find_processor("zen5"));
    const family::Selection selection = select_from(source);
    ASSERT_GE(selection.members.size(), 2U);
    const targets::FloatReference reference(
        ir::parse_expression(runs.front().machine()->expression), targets::all_finite_floats());
    for (const family::Member& member : selection.members) {
      const std::vector<FormProgram> programs = programs_of(runs, source, member);
      const std::string name = names_of(member).front();
      const std::string header = files_of_forms(name, programs).front().content;
      for (const char* const command : {"g++", "clang++-19"}) {
        const auto compiler = toolchain::find_compiler(command);
        if (!compiler) continue;
        for (const auto& [flags, form] :
             {Calls{"-O2", "scalar"}, Calls{"-march=x86-64-v3", "scalar-fma"}}) {
          const auto program = std::ranges::find_if(programs, [form](const FormProgram& one) {
            return std::ranges::find(one.forms, form) != one.forms.end();
          });
          ASSERT_NE(program, programs.end());
          const bench::Adaptor adaptor(*compiler, {"-O2", flags}, bench::single_calls(),
                                       {{name, header}});
          const bench::Array compiled = adaptor.array(name);
          const bench::Array meaning = [&](const float* x, float* y, std::size_t n) {
            ir::interpret(program->entry.program, std::span(x, n), std::span(y, n));
          };
          const std::string what = fmt::format("{} {} {}", name, command, flags);
          EXPECT_TRUE(bench::same_bits(meaning, compiled)) << what;
          const targets::Score score = bench::measure_accuracy(reference, compiled).score;
          EXPECT_EQ(score.inputs, std::uint64_t{1} << 32) << what;
          EXPECT_EQ(score.max_ulp, program->entry.max_ulp) << what;
          EXPECT_EQ(score.misrounded, program->entry.misrounded) << what;
        }
      }
    }
  }
}

}  // namespace
}  // namespace ulpforge::runs

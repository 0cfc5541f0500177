// Other programs: their output, their ends, and those that are not there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "system/process.h"
#include "system/scratch_directory.h"
#include "toolchain/compiler.h"

namespace ulpforge::toolchain {
namespace {

using testing::HasSubstr;

TEST(Process, GivesBothOutputsAndTheExitCode) {
  const system::Outcome outcome = system::run({"sh", "-c", "echo out; echo err >&2; cat; exit 3"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.output, "out\nerr\n");
  EXPECT_EQ(system::run({"sh", "-c", "kill -9 $$"}).exit_code, 128 + 9);
}

TEST(Process, RunsInADirectory) {
  const system::ScratchDirectory scratch;
  EXPECT_EQ(system::run({"pwd", "-P"}, scratch.path()).output,
            std::filesystem::canonical(scratch.path()).string() + "\n");
}

TEST(Process, ReadsMoreThanAPipeHolds) {
  EXPECT_EQ(system::run({"sh", "-c", "head -c 300000 /dev/zero"}).output.size(), 300000U);
}

TEST(Process, MissingProgram) {
  EXPECT_THROW(system::run({"no-such-program-here"}), std::invalid_argument);
  EXPECT_EQ(find_compiler("no-such-program-here"), std::nullopt);
  EXPECT_EQ(find_compiler("false"), std::nullopt);
}

TEST(Compiler, KnowsItsFlags) {
  const auto compiler = find_compiler("c++");
  ASSERT_TRUE(compiler);
  EXPECT_TRUE(accepts(*compiler, "-O2"));
  EXPECT_FALSE(accepts(*compiler, "-mno-such-thing"));
}

TEST(ScratchDirectory, GoesWithWhatIsInIt) {
  std::filesystem::path path;
  {
    const system::ScratchDirectory scratch;
    path = scratch.path();
    std::filesystem::create_directory(path / "folder");
    std::ofstream(path / "folder" / "file") << "x";
    EXPECT_TRUE(std::filesystem::exists(path / "folder" / "file"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_THROW(system::ScratchDirectory("/no/such/parent"), std::runtime_error);
}

TEST(Compiler, TheFirstErrorIsTold) {
  EXPECT_EQ(first_error("a.cpp: In f\na.cpp:3: warning: w\na.cpp:4: error: e\nb"),
            "a.cpp:4: error: e");
  EXPECT_EQ(first_error("nothing to see\nmore"), "nothing to see");
  const auto compiler = find_compiler("c++");
  ASSERT_TRUE(compiler);
  const system::ScratchDirectory scratch;
  std::ofstream(scratch.path() / "a.cpp") << "int f() { return undeclared; }\n";
  try {
    compile_library(*compiler, {}, scratch.path() / "a.cpp", scratch.path() / "a.so");
    ADD_FAILURE();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), testing::AllOf(HasSubstr("c++ failed"), HasSubstr("undeclared")));
  }
}

}  // namespace
}  // namespace ulpforge::toolchain

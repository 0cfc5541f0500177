// What a run may write, and what it leaves when it fails.
#include "runs/run_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runs/front.h"
#include "system/error.h"
#include "system/files.h"
#include "tests/runs/sample_front.h"
#include "tests/scratch.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(RunDirectory, LeavesNothingUnlessKept) {
  const Scratch scratch;
  {
    RunDirectory directory(scratch.path() / "a" / "b", false);
    directory.write("config.toml", "x");
    EXPECT_TRUE(directory.log("{}"));
  }
  EXPECT_TRUE(scratch.empty());
}

TEST(RunDirectory, KeepsWhatItWrote) {
  const Scratch scratch;
  {
    RunDirectory directory(scratch.path() / "a", false);
    directory.write("front.json", "x");
    directory.log("1");
    directory.log("2");
    directory.keep();
  }
  EXPECT_EQ(system::read_file(scratch.path() / "a" / "front.json"), "x");
  EXPECT_EQ(system::read_file(scratch.path() / "a" / "log.jsonl"), "1\n2\n");
}

TEST(RunDirectory, SparesWhatWasThere) {
  const Scratch scratch;
  scratch.file("mine.txt", "mine");
  {
    const RunDirectory directory(scratch.path(), false);
  }
  EXPECT_EQ(system::read_file(scratch.path() / "mine.txt"), "mine");
  EXPECT_FALSE(fs::exists(scratch.path() / "programs"));
}

TEST(RunDirectory, RefusesAUsedDirectoryWithoutForce) {
  const Scratch scratch;
  scratch.file("front.json", to_text(to_json(sample_front())));
  scratch.file("exp2_on_0_to_1.h", "old");
  scratch.file("other.h", "mine");
  EXPECT_THAT([&] { RunDirectory(scratch.path(), false); },
              ThrowsMessage<system::BadRequest>(HasSubstr("--force")));
  EXPECT_TRUE(fs::exists(scratch.path() / "front.json"));
  {
    const RunDirectory directory(scratch.path(), true);
  }
  EXPECT_FALSE(fs::exists(scratch.path() / "front.json"));
  EXPECT_FALSE(fs::exists(scratch.path() / "exp2_on_0_to_1.h"));
  EXPECT_TRUE(fs::exists(scratch.path() / "other.h"));
}

TEST(RunDirectory, RefusesWhatCannotBeWritten) {
  const Scratch scratch;
  const std::string file = scratch.file("file", "mine");
  EXPECT_THAT([&] { RunDirectory(file, false); },
              ThrowsMessage<system::BadRequest>(HasSubstr("not a directory")));
  EXPECT_THROW(RunDirectory(fs::path(file) / "sub", false), system::BadRequest);
  EXPECT_THROW(RunDirectory("/proc/ulpforge", false), system::BadRequest);
  EXPECT_THROW(RunDirectory(scratch.path() / std::string(300, 'a'), false), system::BadRequest);
  EXPECT_THROW(RunDirectory(scratch.path() / "new" / std::string(300, 'a'), false),
               system::BadRequest);
  scratch.file("programs", "a file where a folder has to be");
  EXPECT_THROW(RunDirectory(scratch.path(), false), system::BadRequest);
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 2);
}

TEST(WriteFile, LeavesNoTemporary) {
  const Scratch scratch;
  system::write_file(scratch.path() / "a", "1");
  system::write_file(scratch.path() / "a", "2");
  EXPECT_EQ(system::read_file(scratch.path() / "a"), "2");
  fs::create_directory(scratch.path() / "folder");
  fs::create_directory(scratch.path() / "folder" / "full");
  EXPECT_THROW(system::write_file(scratch.path() / "folder", "1"), system::BadRequest);
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 2);
}

TEST(OneLine, HasNoControlCharacters) {
  EXPECT_EQ(system::one_line("a\nb\tc\x1b[0m\n"), "a b c [0m");
}

}  // namespace
}  // namespace ulpforge::runs

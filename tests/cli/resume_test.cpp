// Runs that were stopped go on to the front that they would have reached.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <thread>

#include "runs/checkpoint.h"
#include "system/error.h"
#include "tests/cli/resume_support.h"

namespace ulpforge::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::vector<std::string> search_for(const std::string& evaluations) {
  return {"search", "--target",       "exp2",    "--max-operations", "6",        "--seed",
          "3",      "--no-baselines", "--quiet", "--evaluations",    evaluations};
}

const std::vector<std::string> kReal = search_for("400000");

std::vector<std::string> with(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// Runs a search to its end in `whole`, and in `run` until Ctrl-C, early enough that it cannot be
/// at its end even if the machine has become faster meanwhile.
void run_whole_and_stopped(const std::vector<std::string>& search, const fs::path& directory) {
  const Outcome undisturbed = run_program({.arguments = with(search, {"--out", "whole"}),
                                           .directory = directory,
                                           .beginning = "whole/config.toml"});
  ASSERT_EQ(undisturbed.exit_code, 0) << undisturbed.err;
  const Outcome stopped = run_program({.arguments = with(search, {"--out", "run"}),
                                       .directory = directory,
                                       .signals = {SIGINT},
                                       .interval = undisturbed.life / 4,
                                       .beginning = "run/config.toml"});
  ASSERT_EQ(stopped.exit_code, 130) << stopped.err;
}

TEST(Checkpoint, RoundTrips) {
  const runs::Checkpoint checkpoint{"ulpforge search", "target = \"exp2\"\n", 17,
                                    std::string("\0\xff state", 8)};
  const runs::Checkpoint again = runs::decode_checkpoint(runs::encode(checkpoint), "here");
  EXPECT_EQ(again.command, checkpoint.command);
  EXPECT_EQ(again.config, checkpoint.config);
  EXPECT_EQ(again.log_size, checkpoint.log_size);
  EXPECT_EQ(again.state, checkpoint.state);
}

TEST(Checkpoint, RefusesEveryChangedByteAndEveryPrefix) {
  const std::string bytes = runs::encode({"c", "target = \"exp2\"\n", 1, "state"});
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT([&] { runs::decode_checkpoint(changed, "here"); },
                ThrowsMessage<system::BadRequest>(HasSubstr("here")))
        << i;
    EXPECT_THROW(runs::decode_checkpoint(bytes.substr(0, i), "here"), system::BadRequest) << i;
  }
  EXPECT_THROW(runs::decode_checkpoint(bytes + "x", "here"), system::BadRequest);
}

TEST(Resume, SurvivesBeingKilled) { expect_survival(kReal, 5); }

TEST(Resume, GoesOnAfterCtrlCWithTheSameFront) {
  const Scratch scratch;
  const auto longer = with(search_for("3000000"), {"--threads", "2"});
  ASSERT_NO_FATAL_FAILURE(run_whole_and_stopped(longer, scratch.path()));
  EXPECT_NE(timeless_front(scratch.path() / "run"), timeless_front(scratch.path() / "whole"));
  const Outcome outcome =
      run_program({{"search", "--resume", "run", "--threads", "1"}, scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(timeless_front(scratch.path() / "run"), timeless_front(scratch.path() / "whole"));
  EXPECT_EQ(content_of(scratch.path() / "run" / "config.toml").find("resume"), std::string::npos);
}

TEST(Resume, ContinuesAFinishedRunWithALargerBudget) {
  const Scratch scratch;
  ASSERT_EQ(run_program({with(kReal, {"--out", "short"}), scratch.path()}).exit_code, 0);
  const auto longer = search_for("900000");
  ASSERT_EQ(run_program({with(longer, {"--out", "long"}), scratch.path()}).exit_code, 0);
  ASSERT_EQ(
      run_program({{"search", "--resume", "short", "--evaluations", "900000"}, scratch.path()})
          .exit_code,
      0);
  EXPECT_EQ(timeless_front(scratch.path() / "short"), timeless_front(scratch.path() / "long"));
}

/// With a constant on the front of the real regime, which is no kernel.
TEST(Resume, GoesOnWithAMachineSearch) {
  const Scratch scratch;
  const std::vector<std::string> search = {"search",  "--regime", "f32",        "--target",
                                           "exp2(x)", "--domain", "0.5,0.5625", "--evaluations",
                                           "800",     "--quiet"};
  ASSERT_NO_FATAL_FAILURE(run_whole_and_stopped(search, scratch.path()));
  const Outcome outcome = run_program({{"search", "--resume", "run", "--quiet"}, scratch.path()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(timeless_front(scratch.path() / "run"), timeless_front(scratch.path() / "whole"));
}

TEST(Resume, RefusesWhatIsNoRunAndWhatWouldBeAnother) {
  const Scratch scratch;
  const Outcome none = run_program({{"search", "--resume", "nothing"}, scratch.path()});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("nothing"));
  ASSERT_EQ(run_program({with(kReal, {"--out", "run"}), scratch.path()}).exit_code, 0);
  const Outcome other = run_program({{"search", "--resume", "run", "--seed", "4"}, scratch.path()});
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("--resume"));
  const fs::path file = scratch.path() / "run" / "checkpoint.bin";
  const std::string bytes = content_of(file);
  std::ofstream(file, std::ios::binary) << bytes.substr(0, bytes.size() - 1);
  const Outcome cut = run_program({{"search", "--resume", "run"}, scratch.path()});
  EXPECT_EQ(cut.exit_code, 2);
  EXPECT_THAT(cut.err, HasSubstr("cut off"));
}

/// A limit on the size of files stands for the full disk: it fails in the same place, and can be
/// lifted while the search runs.
TEST(Resume, GoesOnWhileTheDiskIsFull) {
  const Scratch scratch;
  const std::string script =
      "trap '' XFSZ; ulimit -S -f 64; exec \"$0\" search --target exp2 --max-operations 10 "
      "--evaluations 2500000 --no-baselines --no-prove --checkpoint-interval 0 --out run";
  const Outcome outcome = run_program({.arguments = {"-c", script, ULPFORGE_PROGRAM},
                                       .directory = scratch.path(),
                                       .program = "/bin/sh"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("checkpoint.bin"));
  EXPECT_THAT(outcome.err, HasSubstr("will try again"));
  EXPECT_TRUE(fs::exists(scratch.path() / "run" / "front.json"));
}

}  // namespace
}  // namespace ulpforge::cli

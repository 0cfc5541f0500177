// A benchmark that is stopped reports what it has.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

#include "bench/bench.h"
#include "bench/report.h"
#include "bench/table.h"
#include "emit/machine_header.h"
#include "ir/expression.h"
#include "ir/text.h"

namespace ulpforge::bench {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Subject subject_of(const std::string& name) {
  static const ir::Program program =
      ir::parse("input x: f32\nhalf = 0.5\ny = x * half\nreturn y\n");
  return {.name = name,
          .header = emit::emit_machine_header(program, {.name = name, .comment = {}})};
}

/// Two functions of the same text, in plain loops, timed for an instant.
Request request() {
  Request made;
  for (const std::string name : {"f", "g"}) {
    made.functions.push_back({.function = name,
                              .base = name,
                              .expression = "x/2",
                              .target = ir::parse_expression("x/2"),
                              .symbol = "",
                              .inputs = usual_inputs(name),
                              .subjects = {subject_of(name + "1"), subject_of(name + "2")}});
  }
  made.compilers = {toolchain::find_compiler("c++").value()};
  made.flags = {{"-O1"}};
  made.forms = {&emit::plain_form()};
  made.samples = 10'000;
  made.timing = {.samples = 1, .max_samples = 1, .sample_microseconds = 1};
  return made;
}

/// What is there after a stop when that was about to be done.
Result stopped_at(const std::string& step) {
  std::stop_source stop;
  return run(
      request(),
      [&](const std::string& what) {
        if (what == step) stop.request_stop();
      },
      stop.get_token());
}

TEST(Stop, LeavesNothingBeforeAnythingIsTimed) {
  const Result result = stopped_at("compiling: c++, plain");
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.rows, IsEmpty());
}

TEST(Stop, KeepsWhatWasMeasured) {
  const Result result = stopped_at("g, plain: errors of g2");
  EXPECT_TRUE(result.stopped);
  ASSERT_THAT(result.rows, SizeIs(4));
  for (const Row& row : result.rows) {
    const bool pending = row.name == "g2";
    EXPECT_GT(row.nanoseconds, 0) << row.name;
    EXPECT_EQ(row.errors_pending, pending) << row.name;
    EXPECT_EQ(row.accuracy.has_value(), !pending) << row.name;
  }
  EXPECT_THAT(to_table(result), HasSubstr("stopped before all was measured"));
  EXPECT_TRUE(to_json(result).at("stopped").get<bool>());
  EXPECT_TRUE(to_json(result).at("rows").at(3).at("error").is_null());
}

TEST(Stop, IsNotSaidOfWhatCameToItsEnd) {
  const Result result = stopped_at("");
  EXPECT_FALSE(result.stopped);
  ASSERT_THAT(result.rows, SizeIs(4));
  EXPECT_TRUE(result.rows.back().accuracy.has_value());
  EXPECT_FALSE(to_json(result).contains("stopped"));
}

/// Of peers some are without their errors: which of them is as accurate, nobody knows.
TEST(Stop, ComparesWithNoPeersThatWereNotMeasured) {
  Row ours;
  ours.function = "f";
  ours.ours = true;
  ours.form = "plain";
  ours.nanoseconds = 1;
  ours.accuracy.emplace();
  Row peer = ours;
  peer.ours = false;
  Row other = peer;
  EXPECT_TRUE(against_fastest(ours, {ours, peer, other}, Where::Everywhere).has_value());
  other.accuracy.reset();
  other.errors_pending = true;
  EXPECT_FALSE(against_fastest(ours, {ours, peer, other}, Where::Everywhere).has_value());
}

}  // namespace
}  // namespace ulpforge::bench

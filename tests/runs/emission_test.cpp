// Headers and program files.
#include "runs/emission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ir/text.h"
#include "tests/runs/sample_front.h"

namespace ulpforge::runs {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Quote, ReadsAsAShellWould) {
  EXPECT_EQ(quote({"ulpforge", "--domain", "(0,1]", "it's", ""}),
            R"(ulpforge --domain '(0,1]' 'it'\''s' '')");
}

TEST(WithoutDirectories, LeavesLastNamesOfAbsolutePaths) {
  const auto bare = [](const std::vector<std::string>& arguments) {
    return without_directories(quote(arguments));
  };
  EXPECT_EQ(
      bare({"/opt/bin/ulpforge", "search", "/home/a b/exp2.toml", "--out=/tmp/run/", "-o", "/x"}),
      "ulpforge search 'exp2.toml' --out=run/ -o x");
  EXPECT_EQ(bare({"build/ulpforge", "--domain=-1,1", "/home/it's/mine.toml"}),
            "ulpforge --domain=-1,1 'mine.toml'");
  // Neither operations nor expressions nor paths that hold anywhere.
  const std::vector<std::string> kept = {"ulpforge", "--operations", "/,+",       "--target",
                                         "-x/2",     "runs/a",       "x/(1 + x)", "/"};
  EXPECT_EQ(bare(kept), quote(kept));
}

TEST(HeaderText, CarriesClaimAndProvenance) {
  const std::string header = source_text(sample_front(), "ulpforge search 'a\nb'");
  EXPECT_THAT(header, HasSubstr("double exp2_2_on_0_to_1(double x)"));
  EXPECT_THAT(header, HasSubstr("exp2(x) on (0,1], 2 operations"));
  EXPECT_THAT(header, HasSubstr("max relative error: 3.000e-02 in real arithmetic, constants as "
                                "found (sampled with MPFR, "
                                "not proven)"));
  EXPECT_THAT(header, HasSubstr("plain double, constants rounded to double: 3.100e-02"));
  EXPECT_THAT(header, HasSubstr("not finite everywhere"));
  EXPECT_THAT(header, HasSubstr("ulpforge 1.2.3, seed 7"));
  EXPECT_THAT(header, HasSubstr("command: ulpforge search 'a b'"));
}

TEST(HeaderText, SaysProvenOnlyOfWhatIs) {
  Front front = sample_front();
  EXPECT_THAT(source_text(front, "search"), Not(HasSubstr("(proven")));
  front.programs.front().proven = Proven{3.0001e-2, 3e-2};
  const std::string header = source_text(front, "search");
  // Rounded up, never down.
  EXPECT_THAT(header, HasSubstr("at most 3.001e-02 (proven, programs/2.cert.json)"));
  EXPECT_THAT(header, HasSubstr("not proven"));  // the other program
}

TEST(ProgramText, Parses) {
  const Front front = sample_front();
  EXPECT_EQ(ir::parse(program_text(front, front.programs.at(0))), front.programs.at(0).program);
}

}  // namespace
}  // namespace ulpforge::runs

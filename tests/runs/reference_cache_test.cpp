// The reference's file: what comes out of it is what was made, whatever happened to the file.
#include "runs/reference_cache.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "ir/expression.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;
using targets::FloatReference;

class ReferenceCache : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(testing::TempDir()) /
                 ("ulpforge-cache-" + std::to_string(::getpid()) + "-" +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }

  fs::path file() const { return directory_ / cache_file_name(program_, ranges_); }
  FloatReference open() {
    return cached_reference(program_, ranges_, directory_,
                            [this](const std::string& note) { notes_.push_back(note); });
  }
  /// The same values as a reference made from nothing.
  void expect_right(const FloatReference& reference) {
    const FloatReference made(program_, ranges_);
    ASSERT_EQ(reference.pieces().size(), made.pieces().size());
    std::array<double, 64> hi{}, lo{}, expected_hi{}, expected_lo{};
    for (std::uint32_t at = ranges_[0].first; at < ranges_[0].last - 64; at += 4099) {
      const targets::Run run = reference.fill(at, hi, lo);
      const targets::Run expected = made.fill(at, expected_hi, expected_lo);
      ASSERT_EQ(run.count, expected.count);
      ASSERT_EQ(run.error, expected.error);
      for (std::size_t i = 0; i < run.count; ++i) {
        ASSERT_EQ(hi[i], expected_hi[i]);
        ASSERT_EQ(lo[i], expected_lo[i]);
      }
    }
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(directory_), fs::directory_iterator()));
  }

  ir::Program program_ = ir::parse_expression("exp2(x)");
  std::vector<targets::FloatRange> ranges_{{0x3f800000, 0x400fffff}};
  fs::path directory_;
  std::vector<std::string> notes_;
};

TEST_F(ReferenceCache, GivesWhatWasWritten) {
  expect_right(open());
  ASSERT_TRUE(fs::exists(file()));
  const auto written = fs::last_write_time(file());
  expect_right(open());
  EXPECT_EQ(fs::last_write_time(file()), written);
  EXPECT_EQ(files(), 1U);
  EXPECT_TRUE(notes_.empty());
}

TEST_F(ReferenceCache, IsMadeAnewWhereTheFileIsDamaged) {
  const auto size = [this] { return static_cast<std::streamoff>(fs::file_size(file())); };
  const auto damage = [&](std::streamoff at) {
    std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(at);
    const int byte = stream.get();
    stream.seekp(at);
    stream.put(static_cast<char>(byte ^ 0x10));
  };
  open();
  std::size_t expected_notes = 0;
  for (const int where : {0, 9, 13, 17, 25, 33, 100, -200, -1}) {
    damage(where < 0 ? size() + where : where);
    expect_right(open());
    EXPECT_EQ(notes_.size(), ++expected_notes) << "byte " << where;
    open();  // and it was mended
    EXPECT_EQ(notes_.size(), expected_notes) << "byte " << where;
  }
}

TEST_F(ReferenceCache, IsMadeAnewWhereTheFileIsCutOff) {
  open();
  const auto whole = fs::file_size(file());
  std::size_t expected_notes = 0;
  for (const std::uintmax_t length :
       {whole - 1, whole / 2, std::uintmax_t{20}, std::uintmax_t{0}}) {
    fs::resize_file(file(), length);
    expect_right(open());
    EXPECT_EQ(notes_.size(), ++expected_notes) << length;
    EXPECT_EQ(fs::file_size(file()), whole);
  }
}

TEST_F(ReferenceCache, LeavesNoHalfFileWhereTheDiskIsFull) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const FloatReference reference = open();
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, handler);
  expect_right(reference);
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_NE(notes_[0].find("not written"), std::string::npos) << notes_[0];
  EXPECT_EQ(files(), 0U);
}

TEST_F(ReferenceCache, WorksWithoutItsDirectory) {
  std::ofstream(directory_) << "a file where a directory is due";
  expect_right(open());
  EXPECT_EQ(notes_.size(), 1U);
}

}  // namespace
}  // namespace ulpforge::runs

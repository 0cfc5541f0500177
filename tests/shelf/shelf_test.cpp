// What stays on a shelf, and shelves as files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "scratch.h"
#include "shelf/shelf.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"
#include "targets/catalog.h"

namespace ulpforge::shelf {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// x + c + c ...: dearer with each sum. Programs of other errors have another c.
ir::Program sums(int count, double c) {
  ir::Program program;
  program.input_types[0] = ir::Type::F32;
  const ir::Operand one = program.add_constant(static_cast<float>(c));
  ir::Operand value = ir::Operand::input();
  for (int k = 0; k < count; ++k) value = program.add(ir::Type::F32, ir::Op::Add, value, one);
  program.result = value;
  return program;
}

/// What a certificate of exp would say of such a program.
proof::ExhaustiveCertificate certificate(int count, double max_ulp, std::uint64_t misrounded = 1) {
  proof::ExhaustiveCertificate out;
  out.version = "0.1.0";
  out.expression = "exp(x)";
  out.program = sums(count, max_ulp);
  out.run.score.inputs = std::uint64_t{1} << 32;
  out.run.score.max_ulp = max_ulp;
  out.run.score.misrounded = misrounded;
  out.found_by = proof::Provenance{"0.1.0", "ulpforge search", "avx2", "zen5", "rare", 1, 2, 3};
  return out;
}

Item item(int count, double max_ulp, std::uint64_t misrounded = 1) {
  return make_item("exp", certificate(count, max_ulp, misrounded), jit::Processor::Zen5);
}

Shelf empty_shelf() { return {jit::Processor::Zen5, {}}; }

/// "tier:sums" of each item.
std::vector<std::string> summary(const Shelf& shelf) {
  std::vector<std::string> lines;
  for (const Item& one : shelf.items) {
    lines.push_back(std::string(one.tier->suffix) + ":" +
                    std::to_string(one.certificate.program.code.size()));
  }
  return lines;
}

TEST(Shelf, HasTheCheapestOfEachTierAndNothingThatATighterTierBeats) {
  Shelf shelf = empty_shelf();
  add(shelf, {item(9, 0.5, 0), item(8, 0.55), item(4, 0.9), item(5, 2), item(4, 3), item(3, 50)});
  EXPECT_THAT(summary(shelf), testing::ElementsAre("cr:9", "0p6u:8", "1u:4", "64u:3"));
}

TEST(Shelf, WhatIsCheaperReplacesAndIsTold) {
  Shelf shelf = empty_shelf();
  const auto first = add(shelf, {item(6, 0.9)});
  ASSERT_EQ(first.size(), forms().size());
  EXPECT_FALSE(first.front().before);
  const auto second = add(shelf, {item(5, 0.95), item(7, 0.8)});
  ASSERT_EQ(second.size(), forms().size());
  ASSERT_TRUE(second.front().before);
  EXPECT_EQ(second.front().before->max_ulp, 0.9);
  EXPECT_EQ(second.front().after.max_ulp, 0.95);
  EXPECT_LT(second.front().after.cycles, second.front().before->cycles);
  EXPECT_THAT(to_text(second.front()), HasSubstr("replaces"));
  EXPECT_THAT(summary(shelf), testing::ElementsAre("1u:5"));
}

TEST(Shelf, AsCheapAndMoreAccurateReplacesAndTheSameDoesNot) {
  Shelf shelf = empty_shelf();
  add(shelf, {item(6, 0.9)});
  EXPECT_TRUE(add(shelf, {item(6, 0.9)}).empty());
  EXPECT_TRUE(add(shelf, {item(6, 0.95)}).empty());
  EXPECT_EQ(add(shelf, {item(6, 0.85)}).size(), forms().size());
  EXPECT_EQ(shelf.items.front().certificate.run.score.max_ulp, 0.85);
}

TEST(Shelf, MergingDoesNotDependOnTheOrder) {
  const std::vector<Item> some = {item(9, 0.5, 0), item(6, 0.9), item(3, 50)};
  const std::vector<Item> others = {item(8, 0.58), item(5, 0.95), item(2, 900)};
  Shelf a = empty_shelf(), b = empty_shelf();
  add(a, some);
  add(a, others);
  add(b, others);
  add(b, some);
  EXPECT_EQ(summary(a), summary(b));
}

TEST(Shelf, RefusesWhatIsNotProvenEverywhere) {
  const auto refuses = [](auto change, const std::string& why) {
    proof::ExhaustiveCertificate one = certificate(3, 0.9);
    change(one);
    const auto reason = reason_against("exp", one);
    ASSERT_TRUE(reason) << why;
    EXPECT_THAT(*reason, HasSubstr(why));
  };
  EXPECT_FALSE(reason_against("exp", certificate(3, 0.9)));
  refuses([](auto& one) { one.run.score.inputs -= 1; }, "2^32 float");
  refuses([](auto& one) { one.domain = targets::parse_domain("0,1"); }, "2^32");
  refuses([](auto& one) { one.run.score.special_value_errors = 1; }, "special values");
  refuses([](auto& one) { one.run.score.zero_sign_errors = 1; }, "zeros");
  refuses([](auto& one) { one.run.score.max_ulp = 5000; }, "4096");
  refuses([](auto& one) { one.expression = "exp2(x)"; }, "exp is exp(x)");
  refuses([](auto& one) { one.found_by.reset(); }, "where it was found");
  refuses([](auto& one) { one.format = "bf16"; }, "no function of bf16");
  EXPECT_TRUE(reason_against("../exp", certificate(3, 0.9)));
  proof::ExhaustiveCertificate brief = certificate(3, 0.9);
  brief.format = "bf16";
  EXPECT_THAT(reason_against("exp_bf16", brief).value_or(""), HasSubstr("all bf16 numbers"));
  brief.run.score.inputs = 65536;
  EXPECT_FALSE(reason_against("exp_bf16", brief));
}

/// A shelf in a scratch directory, and what is said when it is read.
class ShelfFiles : public testing::Test {
 protected:
  ShelfFiles() {
    Shelf shelf = empty_shelf();
    add(shelf, {item(9, 0.5, 0), item(4, 0.9)});
    write_shelf(shelf, directory());
  }

  fs::path directory() const { return scratch_.path() / "shelf"; }
  /// The file of the correctly rounded program.
  fs::path program() const { return directory() / (rounded_ + ".txt"); }
  fs::path certificate_file() const { return directory() / (rounded_ + ".cert.json"); }

  std::string complaint() const {
    try {
      demand_order(read_shelf(directory()), directory());
    } catch (const system::BadRequest& error) {
      return error.what();
    }
    return "";
  }

  static void replace(const fs::path& file, const std::string& what, const std::string& by) {
    std::string text = system::read_file(file);
    const std::size_t place = text.find(what);
    ASSERT_NE(place, std::string::npos) << what << " is not in " << file;
    system::write_file(file, text.replace(place, what.size(), by));
  }

 private:
  Scratch scratch_;
  std::string rounded_ = "exp/cr/scalar_scalar-fma_avx2_avx512";
};

TEST_F(ShelfFiles, ReadingGivesWhatWasWritten) {
  const Shelf shelf = read_shelf(directory());
  EXPECT_THAT(summary(shelf), testing::ElementsAre("cr:9", "1u:4"));
  EXPECT_EQ(proof::to_text(shelf.items[1].certificate), proof::to_text(certificate(4, 0.9)));
  EXPECT_EQ(shelf.items[1].cycles, item(4, 0.9).cycles);
}

TEST_F(ShelfFiles, FilesOfWhatIsReplacedAreGone) {
  Shelf shelf = read_shelf(directory());
  add(shelf, {item(3, 0.5, 0)});
  write_shelf(shelf, directory());
  std::set<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory())) {
    if (entry.is_regular_file()) files.insert(fs::relative(entry.path(), directory()).string());
  }
  EXPECT_THAT(files,
              testing::ElementsAre("README.md", "exp/cr/scalar_scalar-fma_avx2_avx512.cert.json",
                                   "exp/cr/scalar_scalar-fma_avx2_avx512.txt", "shelf.json"));
  EXPECT_EQ(complaint(), "");
}

TEST_F(ShelfFiles, AChangedProgramIsRefused) {
  replace(program(), "c0 = 0x1p-1", "c0 = 0x1.8p-1");
  EXPECT_THAT(complaint(), HasSubstr("not the one that was proven"));
}

TEST_F(ShelfFiles, AChangedClaimIsRefused) {
  replace(certificate_file(), "\"max_ulp\": 0.5", "\"max_ulp\": 0.4");
  EXPECT_THAT(complaint(), HasSubstr("was changed"));
}

TEST_F(ShelfFiles, AnotherFunctionsFolderIsRefused) {
  fs::rename(directory() / "exp", directory() / "exp2");
  EXPECT_THAT(complaint(), HasSubstr("exp2 is exp2(x)"));
}

TEST_F(ShelfFiles, AnotherTiersFolderIsRefused) {
  fs::rename(directory() / "exp/1u", directory() / "exp/4u");
  EXPECT_THAT(complaint(), HasSubstr("one for 1u, and lies in 4u"));
}

TEST_F(ShelfFiles, AFolderThatIsNoTierIsRefused) {
  fs::rename(directory() / "exp/1u", directory() / "exp/2u");
  EXPECT_THAT(complaint(), HasSubstr("no tier"));
}

TEST_F(ShelfFiles, ANewerVersionIsRefused) {
  proof::ExhaustiveCertificate newer = certificate(9, 0.5, 0);
  newer.version = "99.1.0";
  system::write_file(certificate_file(), proof::to_text(newer, program().filename().string()));
  EXPECT_THAT(complaint(), HasSubstr("99.1.0"));
}

TEST_F(ShelfFiles, AProgramWithoutCertificateIsRefused) {
  fs::remove(certificate_file());
  EXPECT_THAT(complaint(), HasSubstr("no certificate"));
}

TEST_F(ShelfFiles, ACertificateWithoutProgramIsRefused) {
  fs::remove(program());
  EXPECT_THAT(complaint(), HasSubstr(program().filename().string()));
}

TEST_F(ShelfFiles, AFileOfOtherFormsIsRefused) {
  const fs::path other = certificate_file().parent_path() / "avx2.cert.json";
  fs::rename(certificate_file(), other);
  fs::rename(program(), program().parent_path() / "avx2.txt");
  replace(other, program().filename().string(), "avx2.txt");
  EXPECT_THAT(complaint(), HasSubstr("in just these forms"));
  // The advice helps.
  write_shelf(read_shelf(directory()), directory());
  EXPECT_EQ(complaint(), "");
}

TEST_F(ShelfFiles, WhatIsNowhereTheCheapestIsRefused) {
  Shelf other = empty_shelf();
  add(other, {item(5, 0.8)});
  const Scratch scratch;
  write_shelf(other, scratch.path());
  for (const char* end : {".txt", ".cert.json"}) {
    fs::copy(scratch.path() / ("exp/1u/scalar_scalar-fma_avx2_avx512" + std::string(end)),
             directory() / ("exp/1u/avx2" + std::string(end)));
  }
  replace(directory() / "exp/1u/avx2.cert.json", "scalar_scalar-fma_avx2_avx512.txt", "avx2.txt");
  EXPECT_THAT(complaint(), HasSubstr("in just these forms"));
}

TEST(TreesShelf, HasEveryFunctionOfTheFamilyInTheDefaultTier) {
  const Shelf shelf = read_shelf(SHELF);
  demand_order(shelf, SHELF);
  for (const std::string_view function : targets::family_names()) {
    EXPECT_TRUE(std::ranges::any_of(shelf.items, [&](const Item& one) {
      return one.function == function &&
             one.certificate.run.score.max_ulp <= family::default_tier().max_ulp;
    })) << function;
  }
}

TEST(TreesShelf, ItsIndexIsThatOfItsPrograms) {
  EXPECT_EQ(system::read_file(fs::path(SHELF) / "README.md"), index_text(read_shelf(SHELF)));
}

}  // namespace
}  // namespace ulpforge::shelf

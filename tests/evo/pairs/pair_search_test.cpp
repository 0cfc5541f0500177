// The sample's merits against figures at every pair, and the search.
#include "evo/pairs/pair_search.h"

#include <gtest/gtest.h>

#include "evo/pairs/every_pair.h"
#include "evo/pairs/known_pairs.h"
#include "evo/pairs/pair_program.h"
#include "ir/expression.h"
#include "ir/text.h"

namespace ulpforge::evo::pairs {
namespace {

using numbers::parse_short_format;
using numbers::ShortFormat;
using targets::PairFunction;
using targets::PairMetric;
using targets::PairObjective;
using targets::PairSet;

targets::PairRoutine routine_of(const ir::Program& program) {
  return [program](std::uint32_t x, std::span<std::uint32_t> z) {
    PairLanes lanes;
    lanes.load(program);
    for (std::size_t first = 0; first < z.size(); first += kPairLanes) {
      PairLanes::Row xs, ys;
      xs.fill(static_cast<std::int32_t>(x));
      for (std::size_t j = 0; j < kPairLanes; ++j) ys[j] = static_cast<std::int32_t>(first + j);
      const PairLanes::Row& results = lanes.run(xs, ys);
      for (std::size_t j = 0; j < kPairLanes && first + j < z.size(); ++j) {
        z[first + j] =
            static_cast<std::uint32_t>(results[j]) & (static_cast<std::uint32_t>(z.size()) - 1);
      }
    }
  };
}

constexpr PairMerit kNoLimit = {~std::uint64_t{0}, HUGE_VAL, 0};

/// Of 8 bits the sample is every pair, and its merit the figure.
TEST(PairSample, HasTheFiguresOfEveryPair) {
  for (const char* name : {"f8e4m3", "f8e5m2"}) {
    const ShortFormat format = parse_short_format(name);
    const auto known = known_pairs(ir::parse_expression("x*y", 2), format);
    for (const PairSet set : {PairSet::Normal, PairSet::Finite}) {
      const PairFunction function(ir::parse_expression("x*y", 2), format, set);
      for (const PairMetric metric : {PairMetric::Ulp, PairMetric::Relative}) {
        for (const PairObjective objective :
             {PairObjective::Max, PairObjective::Mean, PairObjective::Rms, PairObjective::Bias}) {
          const PairSample sample(function, {metric, objective});
          EXPECT_TRUE(sample.is_every_pair());
          for (const KnownPair& one : known) {
            const ir::Program program = contracted(ir::parse(one.text));
            PairLanes lanes;
            const PairMerit merit = sample.measure(program, kNoLimit, lanes);
            const targets::PairRoutine routine = routine_of(program);
            const auto figures = figures_at_every_pair(function, std::span(&routine, 1))->front();
            EXPECT_EQ(sample.size(), figures.pairs);
            const bool wrong = figures.special_values.count > 0;
            EXPECT_EQ(merit.wrong > 0, wrong) << name << " " << one.name;
            // Next to overflow an infinity counts as the power of two, whose error depends on
            // what it is compared with.
            const double figure = figures.value(metric, objective);
            if (!wrong && set == PairSet::Normal) {
              EXPECT_NEAR(merit.error, figure, 1e-12 * (1 + figure)) << name << " " << one.name;
            }
          }
        }
      }
    }
  }
}

/// A limit cuts short what is worse, and nothing else.
TEST(PairSample, KeepsToItsLimit) {
  const ShortFormat format = parse_short_format("f8e4m3");
  const PairFunction function(ir::parse_expression("x*y", 2), format, PairSet::Normal);
  const auto known = known_pairs(function.program(), format);
  for (const PairObjective objective :
       {PairObjective::Max, PairObjective::Mean, PairObjective::Rms}) {
    const PairSample sample(function, {PairMetric::Ulp, objective});
    PairLanes lanes;
    const ir::Program program = contracted(ir::parse(known[0].text));
    const PairMerit merit = sample.measure(program, kNoLimit, lanes);
    PairMerit above = merit, below = merit;
    above.error *= 1.0001;
    below.error *= 0.9999;
    EXPECT_EQ(sample.measure(program, above, lanes).error, merit.error);
    EXPECT_EQ(sample.measure(program, below, lanes).error, HUGE_VAL);
  }
}

/// Of 16 bits the sample has each pair of significands, and its largest error is that of all.
TEST(PairSample, HasEveryPairOfSignificands) {
  const ShortFormat format = parse_short_format("bf16");
  const PairFunction function(ir::parse_expression("x*y", 2), format, PairSet::Normal);
  const PairSample sample(function, {PairMetric::Relative, PairObjective::Max});
  EXPECT_FALSE(sample.is_every_pair());
  EXPECT_GT(sample.size(), 16384U);
  PairLanes lanes;
  const auto known = known_pairs(function.program(), format);
  // Mitchell: 1.5 * 1.5 becomes 2, by a ninth too little.
  const PairMerit merit = sample.measure(contracted(ir::parse(known[0].text)), kNoLimit, lanes);
  EXPECT_EQ(merit.wrong, 0U);
  EXPECT_NEAR(merit.error, 1.0 / 9, 1e-15);
}

PairSearchResult search(const PairSample& sample, std::uint64_t evaluations, int threads,
                        std::uint64_t seed = 1) {
  const auto usual = usual_operations();
  PairSearchConfig config{.operations = {usual.begin(), usual.end()}};
  config.max_operations = 6;
  config.seed = seed;
  config.threads = threads;
  config.evaluations = evaluations;
  return search_pairs(sample, {}, config, {}, {});
}

/// From the two inputs alone: x + y - c is found, which nothing of two operations beats but with
/// another c.
TEST(PairSearch, FindsMitchellsSum) {
  const ShortFormat format = parse_short_format("f8e4m3");
  const PairFunction function(ir::parse_expression("x*y", 2), format, PairSet::Normal);
  const PairSample sample(function, {PairMetric::Relative, PairObjective::Mean});
  const PairSearchResult result = search(sample, 400'000, 2);
  PairLanes lanes;
  double best = HUGE_VAL;
  for (int c = 0; c < 256; ++c) {
    const ir::Program program =
        ir::parse("input x: i32, y: i32\ns = x + y\nr = s - " + std::to_string(c) + "\nreturn r\n");
    best = std::min(best, sample.measure(program, kNoLimit, lanes).error);
  }
  ASSERT_FALSE(result.by_length[2].empty());
  EXPECT_EQ(result.by_length[2].front().merit.wrong, 0U);
  EXPECT_LE(result.by_length[2].front().merit.error, best);
  // More operations, smaller errors.
  EXPECT_LT(result.progress.front.back().merit.error, best);
  EXPECT_GT(result.progress.front.back().program.code.size(), 2U);
  for (std::size_t k = 1; k < result.progress.front.size(); ++k) {
    EXPECT_LT(result.progress.front[k].merit.error, result.progress.front[k - 1].merit.error);
  }
}

TEST(PairSearch, IsTheSameAtAnyThreadCount) {
  const ShortFormat format = parse_short_format("f3s2");
  const PairFunction function(ir::parse_expression("x*y", 2), format, PairSet::All);
  const PairSample sample(function, {PairMetric::Ulp, PairObjective::Max});
  const PairSearchResult one = search(sample, 100'000, 1);
  const PairSearchResult three = search(sample, 100'000, 3);
  const PairSearchResult other = search(sample, 100'000, 1, 2);
  EXPECT_EQ(one.progress.evaluations, three.progress.evaluations);
  bool differs = false;
  for (std::size_t n = 0; n < one.by_length.size(); ++n) {
    ASSERT_EQ(one.by_length[n].size(), three.by_length[n].size());
    for (std::size_t k = 0; k < one.by_length[n].size(); ++k) {
      EXPECT_EQ(one.by_length[n][k].program, three.by_length[n][k].program);
      EXPECT_EQ(one.by_length[n][k].merit.error, three.by_length[n][k].merit.error);
      differs = differs || k >= other.by_length[n].size() ||
                one.by_length[n][k].program != other.by_length[n][k].program;
    }
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace ulpforge::evo::pairs

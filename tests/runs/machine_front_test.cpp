// f32 fronts: names that are bounds, and JSON that comes back as it was or is refused.
#include "runs/machine_front.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "runs/machine_emission.h"
#include "system/error.h"
#include "tests/runs/sample_machine_front.h"

namespace ulpforge::runs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> names_for(const std::vector<double>& errors) {
  MachineFront front;
  front.target = "exp2";
  front.domain = "all";
  for (const double error : errors) {
    MachineFrontEntry entry;
    entry.max_ulp = error;
    front.programs.push_back(entry);
  }
  name_programs(front);
  std::vector<std::string> names;
  for (const MachineFrontEntry& entry : front.programs) names.push_back(entry.name);
  return names;
}

TEST(MachineNames, TellTheAccuracy) {
  EXPECT_THAT(names_for({37.2, 3.5, 2.5, 0.97, 0.551}),
              ElementsAre("uf_exp2f_38u", "uf_exp2f_4u", "uf_exp2f_2p50u", "uf_exp2f_1u",
                          "uf_exp2f_0p56u"));
}

TEST(MachineNames, AreBoundsAtTheEdges) {
  EXPECT_THAT(names_for({4.0000001, 4.0, 1.0000001, 1.0}),
              ElementsAre("uf_exp2f_4p01u", "uf_exp2f_4u", "uf_exp2f_1p01u", "uf_exp2f_1u"));
}

TEST(MachineNames, AreDifferent) {
  EXPECT_THAT(names_for({0.999, 0.5012, 0.5011}),
              ElementsAre("uf_exp2f_1u", "uf_exp2f_0p51u", "uf_exp2f_0p51u_2"));
}

TEST(MachineFrontJson, ComesBack) {
  MachineFront front = sample_machine_front();
  front.programs[0].origin = Origin{"runs/a", 3, "0123456789ab"};
  const Json json = to_json(front);
  EXPECT_TRUE(is_machine_front(json));
  const MachineFront read = parse_machine_front(to_text(json), "front.json");
  EXPECT_EQ(to_text(to_json(read)), to_text(json));
  EXPECT_EQ(read.programs[0].worst_input, front.programs[0].worst_input);
  EXPECT_EQ(read.programs[0].misrounded, front.programs[0].misrounded);
  EXPECT_TRUE(std::isnan(read.programs[0].ns_per_element));
  ASSERT_TRUE(read.programs[0].origin);
  EXPECT_EQ(read.programs[0].origin->seed, 3U);
}

TEST(MachineFrontJson, IsRefusedWithoutItsFigures) {
  for (const char* key : {"name", "max_ulp", "text", "misrounded", "above_one_ulp"}) {
    Json json = to_json(sample_machine_front());
    json["programs"][0].erase(key);
    EXPECT_THROW(parse_machine_front(json.dump(), "front.json"), system::BadRequest) << key;
  }
}

TEST(MachineFrontJson, IsNotAnyJson) {
  EXPECT_FALSE(is_machine_front(Json::parse(R"({"regime": "real"})")));
  EXPECT_FALSE(is_machine_front(Json::parse(R"({"regime": 32})")));
  EXPECT_THROW(parse_machine_front("{}", "f"), system::BadRequest);
  EXPECT_THROW(parse_machine_front("[", "f"), system::BadRequest);
}

/// Twelve steps beside a root: more than Zen 5 does while its divider is at that, and fewer than
/// Golden Cove does.
TEST(MachineFiles, AreForTheProcessorOfTheRun) {
  MachineFront front = sample_machine_front();
  std::string text = "input x: f32\ny0 = sqrt(x)\n";
  for (int k = 0; k < 12; ++k) text += fmt::format("y{} = fma(y{}, x, x)\n", k + 1, k);
  front.programs[0].program = ir::parse(text + "return y12\n");
  const auto header = [&](const char* processor) {
    front.processor = processor;
    return machine_files(front, front.programs[0], std::nullopt)[0].content;
  };
  EXPECT_THAT(header("golden-cove"), HasSubstr("sqrt_by_products"));
  EXPECT_THAT(header("zen5"), Not(HasSubstr("sqrt_by_products")));
  EXPECT_THAT(header("of another version"), Not(HasSubstr("sqrt_by_products")));
}

TEST(MachineFronts, SayWhenNothingWasFound) {
  MachineFront front;
  front.expression = "exp2(x)";
  front.domain = "all";
  EXPECT_THAT(front_table(front), testing::EndsWith("no program found\n"));
}

}  // namespace
}  // namespace ulpforge::runs

// front.json and the table.
#include "runs/front.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "system/error.h"
#include "tests/runs/sample_front.h"

namespace ulpforge::runs {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(FrontJson, HasTheDocumentedFields) {
  const Json json = to_json(sample_front());
  EXPECT_EQ(json.at("domain"), Json::parse("[0.0, 1.0]"));
  EXPECT_EQ(json.at("regime"), "real");
  const Json& program = json.at("programs").at(0);
  EXPECT_EQ(program.at("ops"), 2);
  EXPECT_NEAR(program.at("digits").get<double>(), 1.52, 0.01);
  EXPECT_EQ(program.at("constants").at(0).at(1), 0x1p-60);
  EXPECT_EQ(program.at("best_baseline").at("max_error"), 3.5e-2);
  EXPECT_TRUE(json.at("programs").at(1).at("max_error_f64").is_null());
}

TEST(FrontJson, ReadsBack) {
  const Front front = sample_front();
  const std::string text = to_text(to_json(front));
  const Front again = parse_front(text, "front.json");
  EXPECT_EQ(again.programs.at(0).program, front.programs.at(0).program);
  EXPECT_TRUE(std::isnan(again.programs.at(1).max_error_f64));
  EXPECT_EQ(again.domain, front.domain);
  EXPECT_EQ(to_text(to_json(again)), text);
}

TEST(FrontJson, RefusesOtherText) {
  const std::string good = to_text(to_json(sample_front()));
  for (const std::string& text :
       {std::string("{"), std::string("{}"), std::string("[1]"), good.substr(0, good.size() / 2),
        std::string(R"({"target":1})"), std::string(100'000, '['), std::string(100'000, '{')}) {
    EXPECT_THAT([&] { parse_front(text, "f.json"); },
                ThrowsMessage<system::BadRequest>(HasSubstr("f.json: not")));
  }
}

TEST(FrontJson, RefusesAMalformedProgram) {
  Json json = to_json(sample_front());
  json["programs"][0]["text"] = "v0 = x +\n";
  EXPECT_THAT([&] { parse_front(to_text(json), "f.json"); },
              ThrowsMessage<system::BadRequest>(HasSubstr("f.json: malformed program")));
}

TEST(FrontTable, ComparesWithTheBaseline) {
  Front front = sample_front();
  front.programs.front().proven = Proven{3.0001e-2, 3e-2};
  const std::string table = front_table(front);
  EXPECT_THAT(table, HasSubstr("exp2(x) on (0,1], relative error"));
  EXPECT_THAT(
      table,
      HasSubstr("  2   3.00e-02     1.5   3.10e-02  3.001e-02       3.50e-02   1.17  polynomial"));
}

TEST(FrontTable, SaysWhenThereIsNothing) {
  Front front = sample_front();
  front.programs.clear();
  EXPECT_THAT(front_table(front), HasSubstr("no program"));
}

}  // namespace
}  // namespace ulpforge::runs

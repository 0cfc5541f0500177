// Reports, merges and seeds, as a user runs them; the page in a real browser.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runs/front.h"
#include "tests/cli/process.h"
#include "tests/runs/sample_front.h"
#include "tests/runs/sample_machine_front.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// A run directory as a search leaves it.
template <class FrontType>
void write_run(const Scratch& scratch, const std::string& name, const FrontType& front,
               const std::string& log) {
  fs::create_directories(scratch.path() / name / "programs");
  scratch.file(name + "/front.json", runs::to_text(runs::to_json(front)));
  scratch.file(name + "/config.toml", "# a run\nseed = " + std::to_string(front.seed) + "\n");
  scratch.file(name + "/log.jsonl", log);
}

constexpr const char* kRealLog =
    "{\"seconds\":1.0,\"best_error\":{\"2\":0.1,\"3\":0.01}}\n"
    "{\"seconds\":2.0,\"best_error\":{\"2\":0.03,\"3\":0.001}}\n{\"seconds\":3.0,\"best_er";
constexpr const char* kMachineLog =
    "{\"seconds\":1.0,\"front\":[{\"cycles\":0.5,\"max_ulp\":200}]}\n"
    "{\"seconds\":2.5,\"front\":[{\"cycles\":0.25,\"max_ulp\":12},{\"cycles\":0.75,\"max_ulp\":0.9}"
    "]}\n";

Outcome run_in(const Scratch& scratch, const std::vector<std::string>& arguments) {
  return run_program({arguments, scratch.path()});
}

/// The page of two real runs and an f32 run.
std::string make_page(const Scratch& scratch) {
  write_run(scratch, "a", runs::sample_front(), kRealLog);
  runs::Front other = runs::sample_front();
  other.seed = 8;
  other.programs.pop_back();
  write_run(scratch, "b", other, kRealLog);
  write_run(scratch, "f", runs::sample_machine_front(), kMachineLog);
  const Outcome outcome = run_in(scratch, {"report", "a", "b", "f", "-o", "page.html"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "page.html\n");
  return content(scratch.path() / "page.html");
}

TEST(Report, HoldsEverythingAboutTheRuns) {
  const Scratch scratch;
  const std::string page = make_page(scratch);
  EXPECT_LT(page.size(), std::size_t{1} << 20);
  EXPECT_THAT(page,
              AllOf(HasSubstr("exp2(x) on (0,1], relative error"),
                    HasSubstr("polynomial minimax (Horner)"), HasSubstr("Best error over time"),
                    HasSubstr("double exp2_2_on_0_to_1(double x)"), HasSubstr("-3 / (x - 3.5)"),
                    HasSubstr("seed = 8"), HasSubstr("ulpforge search a/config.toml")));
  EXPECT_THAT(page, AllOf(HasSubstr("uf_exp_xf_5301u"), HasSubstr("Histogram of errors"),
                          HasSubstr("Error over the floats"), HasSubstr("Cost over time")));
  EXPECT_THAT(page,
              AllOf(Not(HasSubstr("http:")), Not(HasSubstr("https:")), Not(HasSubstr("src="))));
}

TEST(Report, RefusesWhatIsNoRun) {
  const Scratch scratch;
  EXPECT_EQ(run_in(scratch, {"report", "nowhere"}).exit_code, 2);
  scratch.file("front.json", "{}");
  EXPECT_EQ(run_in(scratch, {"report", "front.json"}).exit_code, 2);
  EXPECT_FALSE(fs::exists(scratch.path() / "report.html"));
}

/// How often `part` stands in `text`.
std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  std::size_t at = 0;
  while ((at = text.find(part, at)) != std::string::npos) ++found, ++at;
  return found;
}

TEST(Report, DrawsTheFrontsAsAFileThatStandsAlone) {
  const Scratch scratch;
  write_run(scratch, "a", runs::sample_front(), kRealLog);
  write_run(scratch, "f", runs::sample_machine_front(), kMachineLog);
  const Outcome outcome = run_in(scratch, {"report", "a", "f", "--svg", "fronts.svg"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "fronts.svg\n");
  EXPECT_FALSE(fs::exists(scratch.path() / "a/report.html")) << "nobody asked for a page";
  boost::property_tree::ptree tree;
  std::ifstream file(scratch.path() / "fronts.svg");
  boost::property_tree::read_xml(file, tree);  // throws where it is not well-formed
  EXPECT_EQ(tree.get<std::string>("svg.<xmlattr>.xmlns"), "http://www.w3.org/2000/svg");
  const std::string svg = content(scratch.path() / "fronts.svg");
  // A dot for each program and a ring for the one that has a rival; a title for each question, and
  // names at the lines' ends.
  const std::size_t programs =
      runs::sample_front().programs.size() + runs::sample_machine_front().programs.size();
  EXPECT_EQ(count(svg, "<circle class=\"m\""), programs);
  EXPECT_EQ(count(svg, "<circle class=\"m o\""), 1U);
  EXPECT_THAT(svg, AllOf(HasSubstr(">exp2(x) on (0,1], relative error</text>"),
                         HasSubstr(">best classical</text>"), HasSubstr(">a</text>"),
                         HasSubstr(">f</text>"), HasSubstr("0.035, polynomial minimax")));
  // With both names, both files.
  EXPECT_EQ(run_in(scratch, {"report", "a", "--svg", "a.svg", "-o", "a.html"}).out,
            "a.svg\na.html\n");
  EXPECT_TRUE(fs::exists(scratch.path() / "a.html"));
}

/// Looks at the page from inside, and puts what it finds where --dump-dom shows it.
constexpr const char* kInspector = R"html(<script>
const overlaps = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
let crossed = 0;
for (const svg of document.querySelectorAll("figure .scroll > svg")) {
  const boxes = [...svg.querySelectorAll(":scope > text:not(.rule-name)")].map(t => t.getBoundingClientRect());
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => { if (overlaps(a, b)) ++crossed; }));
}
const drawn = [...document.querySelectorAll("figure .scroll > svg")].filter(svg =>
  [...svg.querySelectorAll(".line, .bars")].some(p => p.getTotalLength() > 50 && p.getBoundingClientRect().width > 20));
document.querySelector(".code > button").click();
document.body.insertAdjacentHTML("beforeend", `<output>figures ${document.querySelectorAll("figure").length} drawn ${drawn.length}
 dots ${document.querySelectorAll(".m").length} crossed ${crossed} sideways ${document.documentElement.scrollWidth > innerWidth}</output>`);
</script>)html";

TEST(Report, IsDrawnByABrowser) {
  const Scratch scratch;
  std::string page = make_page(scratch);
  page.insert(page.rfind("</body>"), kInspector);
  scratch.file("inspected.html", page);
  for (const char* size : {"--window-size=1280,900", "--window-size=500,900"}) {
    const Outcome outcome = run_program(
        {.arguments = {"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                       size, "--user-data-dir=" + (scratch.path() / "profile").string(),
                       "--enable-logging=stderr", "--dump-dom",
                       "file://" + (scratch.path() / "inspected.html").string()},
         .directory = scratch.path(),
         .program = "chromium"});
    if (outcome.exit_code == 127) GTEST_SKIP() << "chromium is not installed";
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    // Front, two histories and three curves of the real runs; front, history, curve and histogram
    // of the other. The front of one program is a dot without a line.
    EXPECT_THAT(outcome.out, HasSubstr("<output>figures 10 drawn 9\n")) << size;
    EXPECT_THAT(outcome.out, HasSubstr("crossed 0 sideways false</output>")) << size;
    EXPECT_THAT(outcome.err, Not(HasSubstr("CONSOLE"))) << size;
  }
}

TEST(Merge, KeepsTheBestAndSaysWhereItComesFrom) {
  const Scratch scratch;
  write_run(scratch, "a", runs::sample_front(), "");
  runs::Front other = runs::sample_front();
  other.seed = 8;
  other.evaluations = 5;
  other.programs[0].max_error = 0.5;   // worse than a's
  other.programs[1].max_error = 5e-4;  // better
  write_run(scratch, "b", other, "");
  scratch.file("b/programs/3.cert.json", "{\"statement\": \"of b\"}");
  scratch.file("a/programs/3.cert.json", "{\"statement\": \"of a\"}");
  const Outcome outcome = run_in(scratch, {"merge", "a", "b", "-o", "m"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto json = nlohmann::json::parse(content(scratch.path() / "m/front.json"));
  ASSERT_EQ(json.at("programs").size(), 2U);
  EXPECT_EQ(json.at("programs")[0].at("max_error"), 3e-2);
  EXPECT_EQ(json.at("programs")[0].at("origin").at("seed"), 7);
  EXPECT_EQ(json.at("programs")[1].at("max_error"), 5e-4);
  EXPECT_EQ(json.at("programs")[1].at("origin").at("run"), "b");
  EXPECT_EQ(json.at("evaluations"), 1005);
  const std::string hash = json.at("programs")[1].at("origin").at("config");
  EXPECT_THAT(content(scratch.path() / "m/configs" / (hash + ".toml")), HasSubstr("seed = 8"));
  EXPECT_THAT(content(scratch.path() / "m/programs/3.cert.json"), HasSubstr("of b"));
  EXPECT_THAT(content(scratch.path() / "m/exp2_on_0_to_1.h"),
              HasSubstr("seed 8, b, configuration " + hash));
  // What comes out is a run: it is shown, emitted, reported, and merged again with its origins
  // kept.
  for (const std::vector<std::string>& next :
       std::vector<std::vector<std::string>>{{"show", "m"},
                                             {"emit", "m", "-o", "out"},
                                             {"report", "m"},
                                             {"merge", "m", "a", "-o", "n"}}) {
    EXPECT_EQ(run_in(scratch, next).exit_code, 0) << next[0];
  }
  EXPECT_THAT(content(scratch.path() / "n/front.json"), HasSubstr(hash));
}

TEST(Merge, JoinsF32Runs) {
  const Scratch scratch;
  write_run(scratch, "a", runs::sample_machine_front(), "");
  runs::MachineFront other = runs::sample_machine_front();
  other.programs[0].max_ulp = 1.5;
  other.programs[0].cost_throughput = 0.75;
  write_run(scratch, "b", other, "");
  EXPECT_EQ(run_in(scratch, {"merge", "a", "b", "-o", "m"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(scratch.path() / "m/programs/uf_exp_xf_4u_on_m0p125_to_0p125.txt"));
  EXPECT_TRUE(fs::exists(scratch.path() / "m/programs/uf_exp_xf_5301u_on_m0p125_to_0p125.txt"));
  EXPECT_THAT(run_in(scratch, {"show", "m"}).out,
              AllOf(HasSubstr("uf_exp_xf_4u"), HasSubstr("5300.25"), HasSubstr("return v3")));
}

TEST(Merge, RefusesOtherQuestions) {
  const Scratch scratch;
  write_run(scratch, "a", runs::sample_front(), "");
  write_run(scratch, "f", runs::sample_machine_front(), "");
  runs::Front other = runs::sample_front();
  other.domain.hi = 2;
  write_run(scratch, "b", other, "");
  EXPECT_THAT(run_in(scratch, {"merge", "a", "f", "-o", "m"}).err, HasSubstr("regime is f32"));
  const Outcome outcome = run_in(scratch, {"merge", "a", "b", "-o", "m"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("the interval is (0,2], not (0,1]"));
  EXPECT_FALSE(fs::exists(scratch.path() / "m"));
}

TEST(Seeds, AreSearchedOneAfterTheOther) {
  const Scratch scratch;
  const Outcome outcome =
      run_in(scratch, {"search", "--target", "exp2", "--domain", "0,1", "--max-operations", "3",
                       "--evaluations", "20000", "--seeds", "3..4", "--no-baselines", "--no-prove",
                       "--quiet", "--reach", "2:1", "--out", "set"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("error min"), HasSubstr("2 of 2")));
  const auto spread = nlohmann::json::parse(content(scratch.path() / "set/spread.json"));
  for (const char* seed : {"3", "4"}) {
    const auto front = nlohmann::json::parse(
        content(scratch.path() / "set" / (std::string("seed_") + seed) / "front.json"));
    EXPECT_EQ(front.at("seed"), std::stoi(seed));
    for (const auto& row : spread.at("rows")) {
      for (const auto& program : front.at("programs")) {
        if (program.at("ops") != row.at("ops")) continue;
        EXPECT_GE(program.at("max_error"), row.at("max_error").at("min"));
        EXPECT_LE(program.at("max_error"), row.at("max_error").at("max"));
      }
    }
  }
  EXPECT_EQ(run_in(scratch, {"search", "--target", "exp2", "--seeds", "3..1"}).exit_code, 2);
  EXPECT_EQ(
      run_in(scratch, {"search", "--target", "exp2", "--seeds", "1", "--seed", "2"}).exit_code, 2);
}

}  // namespace
}  // namespace ulpforge::cli

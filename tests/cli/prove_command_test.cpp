// ulpforge prove and ulpforge check as a user runs them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "ir/text.h"
#include "proof/certificate.h"
#include "runs/front.h"
#include "system/files.h"
#include "tests/cli/process.h"
#include "tests/runs/sample_front.h"
#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kProgram =
    "input x\nv0 = x - 3.4\nv1 = -8.2 / v0\nv2 = v1 - 1.4\nreturn v2\n";

/// One line on standard error that says so.
void expect_refused(const Outcome& outcome, int exit_code, const std::string& complaint) {
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr(complaint));
}

TEST(Prove, ProgramGetsACertificateThatChecks) {
  const Scratch scratch;
  const std::string program = scratch.file("p.txt", kProgram);
  const Outcome proved = run_program(
      {{"prove", program, "--target", "exp2", "--domain", "0,1", "--json"}, scratch.path()});
  ASSERT_EQ(proved.exit_code, 0) << proved.err;
  const runs::Json json = runs::Json::parse(proved.out).at("programs").at(0);
  EXPECT_EQ(json.at("ops"), 3);
  EXPECT_GE(json.at("bound").get<double>(), json.at("max_error").get<double>());
  EXPECT_LE(json.at("bound").get<double>(), 1.01 * json.at("max_error").get<double>());
  const auto file = scratch.path() / "p.cert.json";
  ASSERT_TRUE(std::filesystem::exists(file));
  const Outcome checked = run_program({{"check", file.string()}, scratch.path()});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("for every x in [0,1]"));
}

TEST(Prove, RunGetsItsBounds) {
  const Scratch scratch;
  scratch.file("front.json", runs::to_text(runs::to_json(runs::sample_front())));
  std::filesystem::create_directory(scratch.path() / "programs");
  // The second program, x + c / x, is not bounded near 0.
  const Outcome outcome = run_program({{"prove", scratch.path().string()}, scratch.path()});
  expect_refused(outcome, 1, "3 operations: the program has a pole at x = 0");
  EXPECT_THAT(outcome.out, HasSubstr("programs/2.cert.json"));
  const runs::Front front =
      runs::parse_front(system::read_file(scratch.path() / "front.json"), "front.json");
  ASSERT_TRUE(front.programs.at(0).proven);
  EXPECT_FALSE(front.programs.at(1).proven);
  const auto certificates = scratch.path() / "programs";
  EXPECT_TRUE(std::filesystem::exists(certificates / "2.cert.json"));
  EXPECT_FALSE(std::filesystem::exists(certificates / "3.cert.json"));
}

TEST(Prove, SaysThatGappaIsMissing) {
  const Scratch scratch;
  const std::string program = scratch.file("p.txt", kProgram);
  const Outcome outcome =
      run_program({.arguments = {"PATH=/nonexistent", ULPFORGE_PROGRAM, "prove", program,
                                 "--target", "exp2", "--domain", "0,1", "--double"},
                   .directory = scratch.path(),
                   .program = "/usr/bin/env"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("gappa is not installed"));
  EXPECT_THAT(outcome.out, HasSubstr("p.cert.json"));
}

TEST(Prove, RefusesInOneLine) {
  const Scratch scratch;
  const auto prove = [&](const std::string& text, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"prove", scratch.file("p.txt", text)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run_program({arguments, scratch.path()});
    EXPECT_FALSE(std::filesystem::exists(scratch.path() / "p.cert.json"));
    return outcome;
  };
  expect_refused(run_program({{"prove", "none.txt"}, scratch.path()}), 2, "none.txt");
  expect_refused(prove("input x\nv0 = x +\n", {"--target", "exp2"}), 2, "line 2");
  expect_refused(prove(kProgram, {}), 2, "--target");
  expect_refused(prove(kProgram, {"--target", "1/x", "--domain=-1,1"}), 2, "not finite");
  expect_refused(prove(kProgram, {"--target", "exp2", "--domain", "0,4"}), 2, "pole at x = 3.4");
  expect_refused(prove("{\"programs\": 3}", {}), 2, "front.json");
}

TEST(Check, RefusesInOneLine) {
  const Scratch scratch;
  const targets::Target target = targets::make_target("exp2", targets::Domain{0, 1});
  const ir::Program program = ir::parse(kProgram);
  proof::RealCertificate certificate =
      proof::certify(program, target, proof::prove(program, target), "1.2.3");
  const std::string text = proof::to_text(certificate);
  const auto check = [&](const std::string& content) {
    return run_program({{"check", scratch.file("c.json", content)}, scratch.path()});
  };
  EXPECT_EQ(check(text).exit_code, 0);
  expect_refused(check(""), 2, "c.json: not a whole certificate");
  expect_refused(check(text.substr(0, text.size() / 2)), 2, "not a whole certificate");
  expect_refused(check(kProgram), 2, "not a whole certificate");
  std::string edited = text;
  edited[edited.find("\"bound\": 0") + 10] = '1';
  expect_refused(check(edited), 2, "c.json");
  // A false claim whose hash fits.
  certificate.bound = 0.9 * certificate.attained;
  expect_refused(check(proof::to_text(certificate)), 1, "the claim is false");
  expect_refused(run_program({{"check", "none.json"}, scratch.path()}), 2, "none.json");
}

TEST(Search, EndsWithProofs) {
  const Scratch scratch;
  const auto search = [&](const std::string& out, std::vector<std::string> more) {
    std::vector<std::string> arguments = {
        "search",           "--target", "exp2",           "--evaluations", "100000",
        "--max-operations", "3",        "--no-baselines", "--out",         out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program({arguments, scratch.path()});
  };
  const Outcome proven = search("a", {});
  ASSERT_EQ(proven.exit_code, 0) << proven.err;
  const std::string header = system::read_file(scratch.path() / "a" / "exp2_on_0_to_1.h");
  EXPECT_THAT(header, HasSubstr("(proven, programs/3.cert.json)"));
  EXPECT_THAT(header, Not(HasSubstr("not proven")));
  const std::string certificate = (scratch.path() / "a/programs/3.cert.json").string();
  EXPECT_EQ(run_program({{"check", certificate}, scratch.path()}).exit_code, 0);
  // Once more without: the old certificates go.
  ASSERT_EQ(search("a", {"--no-prove", "--force"}).exit_code, 0);
  EXPECT_THAT(system::read_file(scratch.path() / "a" / "exp2_on_0_to_1.h"),
              HasSubstr("not proven"));
  EXPECT_FALSE(std::filesystem::exists(certificate));
}

/// A search over floats on one binade, its certificates, its headers.
TEST(ProveFloats, RunIsProvenCheckedAndEmitted) {
  const Scratch scratch;
  const auto search = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {
        "search",    "--regime", "f32",           "--target", "exp2",    "--domain", "[0.5,1)",
        "--schemes", "scalef",   "--evaluations", "600",      "--quiet", "--out",    "run"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program({arguments, scratch.path()});
  };
  const Outcome found = search({});
  ASSERT_EQ(found.exit_code, 0) << found.err;
  EXPECT_THAT(found.out, HasSubstr("proven"));
  const auto run = scratch.path() / "run";
  runs::Json front = runs::Json::parse(system::read_file(run / "front.json"));
  const std::string name = front.at("programs").at(0).at("name");
  EXPECT_EQ(front.at("programs").at(0).at("bound"), front.at("programs").at(0).at("max_ulp"));
  const auto certificate = run / "programs" / (name + ".cert.json");
  const std::string original = system::read_file(certificate);
  EXPECT_EQ(run_program({{"check", certificate.string()}, scratch.path()}).exit_code, 0);

  // The proof of the whole run writes the same certificates.
  const Outcome proven = run_program({{"prove", "run", "--json"}, scratch.path()});
  ASSERT_EQ(proven.exit_code, 0) << proven.err;
  EXPECT_EQ(runs::Json::parse(proven.out).at("programs").at(0).at("bound"),
            front.at("programs").at(0).at("max_ulp"));
  EXPECT_EQ(system::read_file(certificate), original);

  // The header says proven with the certificate, and not without it, nor with one of something
  // else.
  const auto header = [&](const std::string& out) {
    EXPECT_EQ(run_program({{"emit", "run", "-o", out, "--select", name}, scratch.path()}).exit_code,
              0);
    return system::read_file(scratch.path() / out / (name + ".h"));
  };
  EXPECT_THAT(header("with"), HasSubstr("proven: " + name + ".cert.json"));
  EXPECT_EQ(system::read_file(scratch.path() / "with" / (name + ".cert.json")), original);
  std::string edited = original;
  edited[edited.find("\"inputs\": 8") + 10] = '9';
  scratch.file("run/programs/" + name + ".cert.json", edited);
  EXPECT_THAT(header("edited"), Not(HasSubstr("proven")));
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "edited" / (name + ".cert.json")));
  expect_refused(run_program({{"check", certificate.string()}, scratch.path()}), 2, "was changed");
  std::filesystem::remove(certificate);
  EXPECT_THAT(header("without"), HasSubstr("without a certificate"));

  // A front that claims too little is found out.
  front["programs"][0]["max_ulp"] = front.at("programs").at(0).at("max_ulp").get<double>() / 2;
  scratch.file("run/front.json", runs::to_text(front));
  expect_refused(run_program({{"prove", "run"}, scratch.path()}), 1, name + ": the front says");
  EXPECT_TRUE(runs::Json::parse(system::read_file(run / "front.json"))
                  .at("programs")
                  .at(0)
                  .at("bound")
                  .is_null());

  // Once more without proofs: the old certificates go.
  ASSERT_EQ(search({"--no-prove", "--force"}).exit_code, 0);
  for (const auto& entry : std::filesystem::directory_iterator(run / "programs")) {
    EXPECT_EQ(entry.path().string().find(".cert.json"), std::string::npos) << entry.path();
  }
}

TEST(ProveFloats, ProgramsOneByOne) {
  const Scratch scratch;
  const std::string program =
      scratch.file("p.txt", "input x: f32\na = 0.7\none = 1\ny = fma(x, a, one)\nreturn y\n");
  const auto prove = [&](const std::string& file, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"prove", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_program({arguments, scratch.path()});
  };
  const Outcome proven = prove(program, {"--target", "exp2", "--domain", "[0.5,1)", "--json"});
  ASSERT_EQ(proven.exit_code, 0) << proven.err;
  EXPECT_EQ(runs::Json::parse(proven.out).at("programs").at(0).at("inputs"), 1 << 23);
  const std::string file = (scratch.path() / "p.cert.json").string();
  EXPECT_EQ(run_program({{"check", file}, scratch.path()}).exit_code, 0);
  // A false figure whose hash fits.
  auto certificate = std::get<proof::ExhaustiveCertificate>(
      proof::parse_certificate(system::read_file(file), file));
  certificate.run.score.max_ulp /= 2;
  scratch.file("p.cert.json", proof::to_text(certificate));
  expect_refused(run_program({{"check", file}, scratch.path()}), 1, "the claim is false: max ULP");
  expect_refused(prove(program, {}), 2, "--target");
  expect_refused(prove(program, {"--target", "exp2", "--double"}), 2, "--double");
  expect_refused(prove(program, {"--target", "exp2", "--metric", "relative"}), 2, "--metric");
  expect_refused(prove(program, {"--target", "exp2("}), 2, "expression, column 6");
  expect_refused(prove(scratch.file("w.txt", "input x: f32\ny: f64 = widen(x)\nreturn y\n"),
                       {"--target", "exp2"}),
                 2, "not a program of one f32");
}

TEST(ProveDoubles, WithAndWithoutGappa) {
  const Scratch scratch;
  const std::string program = scratch.file("p.txt",
                                           "input x: f64\nn: f64 = rint(x)\nr: f64 = x - n\n"
                                           "a: f64 = 0.7\none: f64 = 1\nk: f64 = fma(r, a, one)\n"
                                           "y: f64 = scalef(k, n)\nreturn y\n");
  const Outcome without = run_program(
      {.arguments = {"PATH=/nonexistent", ULPFORGE_PROGRAM, "prove", program, "--target", "exp2"},
       .directory = scratch.path(),
       .program = "/usr/bin/env"});
  EXPECT_EQ(without.exit_code, 0);
  EXPECT_THAT(without.err, HasSubstr("gappa is not installed"));
  EXPECT_THAT(without.out, HasSubstr("e-02"));  // of the kernel, in real arithmetic
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "p.cert.json"));
  const Outcome other = run_program({{"prove", program, "--target", "log"}, scratch.path()});
  expect_refused(other, 2, "");
}

}  // namespace
}  // namespace ulpforge::cli

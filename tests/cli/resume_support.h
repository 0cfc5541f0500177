// Runs that are killed at some moment and resumed.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/cli/process.h"
#include "tests/scratch.h"

namespace ulpforge::cli {

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// front.json without times, which differ from run to run.
inline nlohmann::json timeless_front(const std::filesystem::path& run) {
  nlohmann::json front = nlohmann::json::parse(content_of(run / "front.json"));
  for (const char* key : {"seconds", "command"}) front.erase(key);
  for (nlohmann::json& program : front.at("programs")) {
    for (const char* key : {"ns_per_element", "ratio_to_copy"}) program.erase(key);
  }
  return front;
}

/// Kills a run at `kills` random moments of its life, each time a new one, resumes it to the end
/// and compares the front with that of an undisturbed run. Every other moment is counted from where
/// the run is there to be resumed, however long its start takes; the first of those is that one,
/// long before the run's end.
inline void expect_survival(std::vector<std::string> search, int kills) {
  search.insert(search.end(), {"--checkpoint-interval", "0", "--out"});
  const Scratch scratch;
  const auto run_in = [&](const std::string& out, std::vector<int> signals = {},
                          std::chrono::milliseconds after = {},
                          const std::filesystem::path& beginning = {}) {
    std::vector<std::string> arguments = search;
    arguments.push_back(out);
    return run_program({.arguments = arguments,
                        .directory = scratch.path(),
                        .signals = std::move(signals),
                        .interval = after,
                        .beginning = beginning});
  };
  const Outcome undisturbed = run_in("whole", {}, {}, "whole/config.toml");
  ASSERT_EQ(undisturbed.exit_code, 0);
  const nlohmann::json whole = timeless_front(scratch.path() / "whole");
  std::mt19937 random(7);
  for (int k = 0; k < kills; ++k) {
    const std::string out = "run" + std::to_string(k);
    const std::filesystem::path config = std::filesystem::path(out) / "config.toml";
    const bool from_beginning = k % 2 == 1;
    const std::chrono::milliseconds longest =
        undisturbed.life + (from_beginning ? std::chrono::milliseconds(0) : undisturbed.start);
    const std::chrono::milliseconds after(
        k == 1 ? 0 : random() % static_cast<unsigned>(longest.count() + 1));
    SCOPED_TRACE(std::to_string(after.count()) + " ms");
    const Outcome killed = run_in(out, {SIGKILL}, after, from_beginning ? config : "");
    if (k == 1) {
      ASSERT_EQ(killed.exit_code, 128 + SIGKILL);
    }
    const std::filesystem::path run = scratch.path() / out;
    if (std::filesystem::exists(scratch.path() / config)) {
      const Outcome outcome = run_program(
          {{"search", "--resume", out, "--threads", std::to_string(1 + k % 3)}, scratch.path()});
      ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    } else {
      ASSERT_FALSE(from_beginning);
      std::filesystem::remove_all(run);
      ASSERT_EQ(run_in(out).exit_code, 0);
    }
    ASSERT_EQ(timeless_front(run), whole);
    std::filesystem::remove_all(run);
  }
}

}  // namespace ulpforge::cli

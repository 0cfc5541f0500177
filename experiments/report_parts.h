// What the pages about real and about f32 runs have in common.
#pragma once

#include <string>
#include <vector>

#include "experiments/history.h"
#include "experiments/run.h"
#include "report/plot.h"

namespace ulpforge::experiments {

/// A run with the name that it has on the page and in links to its programs.
struct Reported {
  const Run* run = nullptr;
  std::string name;  ///< the directory's
  std::string id;    ///< prefix of anchors
};

/// What a page says of one program.
struct ProgramCard {
  std::string id;
  std::string heading;
  std::vector<std::pair<std::string, std::string>> facts;  ///< values are HTML
  std::string figures;
  ir::Program program;
  std::string cpp;
  std::string certificate;  ///< text of the file; "": none
};

std::string html_of(const ProgramCard& card);

/// The text of programs/NAME.cert.json, or "".
std::string certificate_text(const Run& run, const std::string& name);

/// Steps over time; the last value goes on to the end of the run.
report::Series history_series(const std::vector<Improvement>& improvements, double end);

/// How to run it again: the configuration files and the command.
std::string replay_html(const Reported& run);

/// The sections of a group of runs that ask the same question; all real, or all f32.
std::string real_sections(const std::vector<Reported>& runs);
std::string machine_sections(const std::vector<Reported>& runs);

}  // namespace ulpforge::experiments

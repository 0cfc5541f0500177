// What the pages about real and about f32 runs have in common.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/plot.h"
#include "runs/history.h"
#include "runs/run.h"

namespace ulpforge::report {

/// A run with the name that it has on the page and in links to its programs.
struct Reported {
  const runs::Run* run = nullptr;
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

/// How the best results came about over time, a line for each key of the run's history.
struct HistoryLook {
  std::string title;
  report::Axis y;
  std::string caption;
  /// What a line is called at its end.
  std::function<std::string(double key)> label;
  /// Its place on the colour ramp, 0 to 1: the k-th line, with that key; `most` is the largest key.
  std::function<double(std::size_t k, double key, double most)> place;
};

/// The history of one of several runs as a figure, or a note where there is none.
std::string history_figure(const Reported& run, bool several, const HistoryLook& look);

/// The front of a group of runs (figures and table), then the cards of each run's programs.
std::string group_sections(const std::vector<Reported>& runs, const std::string& figures,
                           const std::string& rows,
                           const std::function<std::string(const Reported&)>& cards);

/// How to run it again: the configuration files and the command.
std::string replay_html(const Reported& run);

/// The fronts of a group of runs that ask the same question (all real, or all f32) in one plot.
report::Plot real_front_plot(const std::vector<Reported>& runs);
report::Plot machine_front_plot(const std::vector<Reported>& runs);

/// The sections of such a group.
std::string real_sections(const std::vector<Reported>& runs);
std::string machine_sections(const std::vector<Reported>& runs);

}  // namespace ulpforge::report

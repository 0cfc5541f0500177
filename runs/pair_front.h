// A front of programs of two arguments of a short format, and its JSON form, front.json.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "numbers/short_format.h"
#include "runs/front.h"
#include "targets/scores/pair_figures.h"

namespace ulpforge::runs {

struct PairEntry {
  std::string name;     ///< of the function; of a known program what it is called
  ir::Program program;  ///< legal: minima are comparisons and choices
  std::size_t operations = 0;
  targets::PairFigures figures;  ///< over every pair of the set
};

struct PairFront {
  std::string version;
  std::string target;
  std::string expression;
  std::string format;
  targets::PairSet set = targets::PairSet::All;
  targets::PairMetric metric = targets::PairMetric::Ulp;
  targets::PairObjective objective = targets::PairObjective::Max;
  std::uint64_t seed = 1;
  std::uint64_t evaluations = 0;
  double seconds = 0;
  std::string command;
  std::vector<PairEntry> programs;  ///< ascending in operations
  std::vector<PairEntry> known;     ///< what the front is compared with

  double error(const PairEntry& entry) const { return entry.figures.value(metric, objective); }
};

/// Whether every result is right in kind: no NaN where a number is due and the like, and where
/// every pair counts no zero of the wrong sign.
bool is_sound(const targets::PairFigures& figures, targets::PairSet set);

/// Sets the names: uf_mul_f8e4m3_5 has five operations, uf_mul_f8e4m3 is correctly rounded.
void name_programs(PairFront& front);

Json to_json(const PairFront& front);
/// Whether the text's JSON is such a front.
bool is_pair_front(const Json& json);
/// Throws BadRequest, naming `source`.
PairFront parse_pair_front(const std::string& text, const std::string& source);

std::string front_table(const PairFront& front);
/// A program's text with its figures as comments.
std::string program_text(const PairFront& front, const PairEntry& entry);
/// The figures in words, a line each.
std::vector<std::string> figure_lines(const PairFront& front, const PairEntry& entry);

}  // namespace ulpforge::runs

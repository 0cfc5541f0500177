// How good a routine of a short format is, at every input or, of two arguments, at every pair.
//
// The routine takes and gives patterns (uint16_t, __bf16 and the like), or it is one of floats
// whose results are rounded to the format to nearest. Every figure is exact (targets/scores/
// short_values.h).
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "numbers/short_format.h"
#include "targets/scores/pair_figures.h"
#include "targets/scores/short_values.h"
#include "validate/subject.h"

namespace ulpforge::validate {

/// Something that the routine did at an input (of two arguments, x 2^bits + y).
struct ShortIncident {
  Incident::Kind kind;
  std::uint64_t input;
  std::uint64_t count;
  std::string what;
};

/// What results are due in one direction of rounding. The routine itself is always called in
/// rounding to nearest.
struct ShortMode {
  numbers::RoundTo rounding = numbers::RoundTo::NearestEven;
  targets::ShortScore score;
  targets::PairErrors relative;  ///< of two arguments
  // Of one argument:
  targets::ShortScore::Finding monotonicity;  ///< neighbours ordered against the exact values
  targets::ShortScore::Finding symmetry;      ///< f(-x) that is not f(x), or not -f(x)
};

struct ShortReport {
  Identity identity;
  numbers::ShortFormat format;
  ir::Program program;   ///< the exact function
  int inputs = 1;        ///< arguments
  bool rounded = false;  ///< a routine of floats, its results rounded
  bool complete = true;
  targets::PairSet pairs = targets::PairSet::All;  ///< of two arguments: which count
  std::vector<ShortMode> modes;
  std::vector<ShortIncident> incidents;
  double seconds = 0;
};

struct ShortRequest {
  Subject subject;
  ExactFunction exact;
  numbers::ShortFormat format;
  std::string domain = {};                         ///< of one argument; "" for every number
  targets::PairSet pairs = targets::PairSet::All;  ///< of two
  std::vector<numbers::RoundTo> roundings = {numbers::RoundTo::NearestEven};
  double timeout = 5;  ///< seconds for 1024 results
  unsigned threads = 1;
  std::stop_token stop = {};
  std::function<void(double share)> progress = {};  ///< from one thread at a time; may be empty
};

/// The signature of a routine whose name tells none: on the integer of the format's width, an array
/// form where the name ends in _n, of two arguments where the target has them.
std::string usual_signature(const numbers::ShortFormat& format, const std::string& symbol,
                            const std::string& target);

/// Throws std::invalid_argument for a routine of another kind, or more than 2^32 inputs.
ShortReport audit_short(const ShortRequest& request);

/// The largest error; infinite where there are special-value errors, zeros of the wrong sign or
/// incidents.
double worst(const ShortReport& report);

Json to_json(const ShortReport& report);
std::string to_text(const ShortReport& report);

}  // namespace ulpforge::validate

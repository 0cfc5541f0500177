// The place of a long measurement: a file with a line for each binade, added as it is done, so that
// a run that was killed loses only the binades that it was at.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

#include "validate/report.h"

namespace ulpforge::validate {

class ResumeFile {
 public:
  /// Opens the file, or makes it. `what` identifies the measurement. Throws std::invalid_argument,
  /// naming the file, if it cannot be read or written, is no such file, or is of another
  /// measurement.
  ResumeFile(const std::filesystem::path& path, const Json& what);

  /// What an earlier run did.
  const Measured& done(targets::Rounding rounding) { return done_[rounding]; }
  double seconds(targets::Rounding rounding) { return seconds_[rounding]; }
  /// Adds a line; thread-safe. `seconds` is the mode's time so far.
  void add(targets::Rounding rounding, const BinadeFigures& binade, double seconds);

 private:
  std::filesystem::path path_;
  std::ofstream file_;
  std::mutex mutex_;
  std::map<targets::Rounding, Measured> done_;
  std::map<targets::Rounding, double> seconds_;
};

}  // namespace ulpforge::validate

// The error of an f32 program over its floats, for drawing: from samples, spread along the axis
// that is drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ir/program.h"
#include "report/ticks.h"
#include "targets/scores/reference.h"

namespace ulpforge::report {

struct FloatCurve {
  /// Largest and smallest signed error in ULP of the samples of each of kBins equal parts of the
  /// axis.
  struct Extent {
    double place = 0;  ///< on the axis
    double least = 0;
    double most = 0;
  };
  std::vector<Extent> extents;
  /// How many samples' errors fall into [k, k + 1) times `width` ULP, by size.
  std::vector<std::uint64_t> histogram;
  double width = 0;
  double worst_place = 0;  ///< of the worst input, NaN where it is not on the axis
  double worst_error = 0;  ///< signed, in ULP
};

/// Curves against one function. On an interval the axis is x. On all floats it is the number of
/// floats from 2^lowest or -2^lowest on, so that every binade is as wide as another; what lies
/// nearer to 0 and beyond 2^highest is left out where no program errs by more than a trifle.
class FloatCurves {
 public:
  static constexpr std::size_t kSamples = std::size_t{1} << 17;
  static constexpr std::size_t kBins = 320;

  /// `domain`: nothing for every float. The programs are those that will be asked for.
  FloatCurves(const ir::Program& target, const std::optional<targets::Domain>& domain,
              const std::vector<ir::Program>& programs);

  FloatCurve operator()(const ir::Program& program, std::uint32_t worst_input) const;

  /// Of the axis; empty: usual ticks do.
  std::vector<report::Tick> ticks() const;
  double lo() const { return lo_; }
  double hi() const { return hi_; }
  /// "floats from 2⁻²⁶ to 2⁸ in size", or "".
  std::string span() const;

 private:
  void choose_binades(const std::vector<ir::Program>& programs);
  void sample();
  double place(float x) const;

  targets::FloatReference reference_;
  bool everywhere_;
  int lowest_ = 0;  ///< exponents of the binades shown, where every float counts
  int highest_ = 0;
  double lo_ = 0;
  double hi_ = 1;
  std::vector<float> x_;
  std::vector<double> f_hi_;
  std::vector<double> f_lo_;
};

}  // namespace ulpforge::report

// Plots as inline SVG: axes, lines, steps, bars, marks, rules. The text takes its colours from the
// style sheet of report/page.h, so that one drawing serves light, dark and paper.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/ticks.h"

namespace ulpforge::report {

enum class Scale { Linear, Log };

struct Axis {
  std::string label;  ///< with its unit
  Scale scale = Scale::Linear;
  std::optional<double> lo = {};  ///< else the data's extent and a little room
  std::optional<double> hi = {};
  bool whole = false;            ///< ticks at whole numbers only
  std::vector<Tick> ticks = {};  ///< instead of the usual ones
};

struct Point {
  double x = 0;
  double y = 0;  ///< not finite, or not positive on a log axis: nothing is drawn, a line is broken
};

enum class Shape {
  Line,
  Steps,   ///< a value holds until the next point
  Bars,    ///< from the bottom of the plot; x is the left edge, the next point's x the right one
  Points,  ///< marks alone
};

enum class Mark { None, Dot, Ring, Square, Diamond, Triangle };

struct Series {
  std::string name = {};  ///< in the legend, where there are two names or more
  std::vector<Point> points = {};
  std::optional<double> hue = {};  ///< degrees, see hue(); else the colour of text, faded
  Shape shape = Shape::Line;
  Mark mark = Mark::None;
  bool dashed = false;
  std::vector<std::string> titles = {};  ///< tooltips of the marks, one a point, or none
  std::string end_label = {};            ///< written to the right of the last point
};

/// A horizontal line across the plot.
struct Rule {
  double y = 0;
  std::string label = {};
};

struct Plot {
  std::string title;  ///< what is shown, for those who cannot see it too
  Axis x = {};
  Axis y = {};
  std::vector<Series> series = {};
  std::vector<Rule> rules = {};
  int width = 720;  ///< in units of which a line of text is about 16 high
  int height = 340;
};

/// Hue of the k-th of several things that have no order; they stay apart for colour-blind readers
/// as far as six colours can.
double hue(std::size_t k);
/// Hue on a ramp from 0 to 1 for things that have an order.
double ramp_hue(double fraction);
/// Another mark for each k.
Mark mark(std::size_t k);

/// <svg> with axes and data. Series without a single point that can be drawn are left out; without
/// any the plot says "nothing to show".
std::string svg(const Plot& plot);

/// <figure>: title, legend (from two names on) and the drawing, with a caption under it. `caption`
/// is text.
std::string figure(const Plot& plot, const std::string& caption = "");

}  // namespace ulpforge::report

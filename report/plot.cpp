// Plots. Lines are drawn in an inner <svg> that cuts them off at the frame, marks outside of it, so
// that a mark on the frame is whole.
#include "report/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "report/html.h"

namespace ulpforge::report {
namespace {

constexpr double kTop = 10;
constexpr double kBottom = 46;
constexpr double kLeft = 62;
constexpr double kRight = 16;
constexpr double kCharacter = 6.6;  ///< width, about
constexpr double kLabelHeight = 13;
constexpr double kRoom = 0.04;  ///< around the data, of its extent

/// A length with at most one decimal.
std::string length(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

/// Characters, not bytes.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

/// From numbers to places along one axis.
class Ruler {
 public:
  Ruler(const Axis& axis, double least, double most) : log_(axis.scale == Scale::Log) {
    if (!(least <= most)) least = log_ ? 0.1 : 0, most = 1;
    double lo = forward(least);
    double hi = forward(most);
    const double room = hi > lo ? kRoom * (hi - lo) : log_ ? 0.5 : std::max(std::abs(lo), 1.0) / 2;
    lo = axis.lo ? forward(*axis.lo) : lo - room;
    hi = axis.hi ? forward(*axis.hi) : hi + room;
    if (!(lo < hi)) hi = lo + 1;
    lo_ = lo;
    hi_ = hi;
  }

  void place(double from, double to) {
    from_ = from;
    to_ = to;
  }
  double operator()(double value) const {
    return from_ + (forward(value) - lo_) / (hi_ - lo_) * (to_ - from_);
  }
  bool drawable(double value) const { return std::isfinite(value) && (!log_ || value > 0); }
  bool inside(double value) const {
    const double at = forward(value);
    const double slack = 1e-6 * (hi_ - lo_);
    return at >= lo_ - slack && at <= hi_ + slack;
  }
  double lo() const { return back(lo_); }
  double hi() const { return back(hi_); }
  double from() const { return from_; }
  double to() const { return to_; }

 private:
  double forward(double value) const { return log_ ? std::log10(value) : value; }
  double back(double at) const { return log_ ? std::pow(10, at) : at; }

  bool log_;
  double lo_ = 0;
  double hi_ = 1;
  double from_ = 0;
  double to_ = 1;
};

bool positive_or_linear(const Axis& axis, double value) {
  return std::isfinite(value) && (axis.scale == Scale::Linear || value > 0);
}

Ruler ruler(const Plot& plot, const Axis& axis, double Point::* coordinate,
            const std::vector<Rule>& rules) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  const auto take = [&](double value) {
    if (!positive_or_linear(axis, value)) return;
    least = std::min(least, value);
    most = std::max(most, value);
  };
  for (const Series& series : plot.series) {
    for (const Point& point : series.points) {
      if (positive_or_linear(plot.x, point.x) && positive_or_linear(plot.y, point.y)) {
        take(point.*coordinate);
      }
    }
  }
  for (const Rule& rule : rules) take(rule.y);
  return {axis, least, most};
}

std::string colour(const Series& series) {
  return series.hue ? fmt::format(" class=\"hue\" style=\"--h:{}\"", length(*series.hue))
                    : " class=\"ink\"";
}

std::string mark_shape(Mark mark, double x, double y) {
  const auto at = [&](double dx, double dy) { return length(x + dx) + "," + length(y + dy); };
  switch (mark) {
    case Mark::None:
      return "";
    case Mark::Dot:
    case Mark::Ring:
      return fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"3.6\"",
                         mark == Mark::Dot ? "m" : "m o", length(x), length(y));
    case Mark::Square:
      return fmt::format("<path class=\"m\" d=\"M{}h6.4v6.4h-6.4z\"", at(-3.2, -3.2));
    case Mark::Diamond:
      return fmt::format("<path class=\"m\" d=\"M{}l4.6 4.6l-4.6 4.6l-4.6 -4.6z\"", at(0, -4.6));
    case Mark::Triangle:
      return fmt::format("<path class=\"m\" d=\"M{}l4.4 7.6h-8.8z\"", at(0, -4.6));
  }
  return "";
}

class Drawing {
 public:
  explicit Drawing(const Plot& plot)
      : plot_(plot),
        x_(ruler(plot, plot.x, &Point::x, {})),
        y_(ruler(plot, plot.y, &Point::y, plot.rules)),
        x_ticks_(ticks(plot.x, x_, plot.width / 80)),
        y_ticks_(ticks(plot.y, y_, plot.height / 38)) {
    std::size_t widest = 0;
    for (const Tick& tick : y_ticks_.ticks) widest = std::max(widest, characters(tick.label));
    left_ = std::max(kLeft, 34 + kCharacter * static_cast<double>(widest));
    std::size_t end = 0;
    for (const Series& series : plot.series) end = std::max(end, characters(series.end_label));
    right_ = kRight + (end > 0 ? 6 + kCharacter * static_cast<double>(end) : 0);
    x_.place(left_, plot.width - right_);
    y_.place(plot.height - kBottom, kTop);
  }

  std::string text() {
    grid();
    labels();
    lines();
    for (const Series& series : plot_.series) marks(series);
    end_labels();
    return fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title>{}</svg>\n",
                       plot_.width, plot_.height, escape(plot_.title), out_);
  }

 private:
  static Ticks ticks(const Axis& axis, const Ruler& ruler, int most) {
    if (!axis.ticks.empty()) return {axis.ticks, 0};
    if (axis.scale == Scale::Log) return log_ticks(ruler.lo(), ruler.hi(), most);
    return linear_ticks(ruler.lo(), ruler.hi(), most, axis.whole);
  }

  static std::string axis_label(const Axis& axis, const Ticks& ticks) {
    if (ticks.exponent == 0) return escape(axis.label);
    return escape(fmt::format("{} (×{})", axis.label, power_of_ten(ticks.exponent)));
  }

  void grid() {
    std::string major;
    std::string minor;
    for (const Tick& tick : x_ticks_.ticks) {
      if (!x_.inside(tick.at)) continue;
      (tick.label.empty() ? minor : major) +=
          fmt::format("M{} {}V{}", length(x_(tick.at)), length(kTop), length(y_.from()));
    }
    for (const Tick& tick : y_ticks_.ticks) {
      if (!y_.inside(tick.at)) continue;
      (tick.label.empty() ? minor : major) +=
          fmt::format("M{} {}H{}", length(left_), length(y_(tick.at)), length(x_.to()));
    }
    out_ += fmt::format("<path class=\"minor\" d=\"{}\"/><path class=\"major\" d=\"{}\"/>", minor,
                        major);
    if (plot_.y.scale == Scale::Linear && y_.lo() < 0 && y_.hi() > 0) {
      out_ += fmt::format("<path class=\"zero\" d=\"M{} {}H{}\"/>", length(left_), length(y_(0)),
                          length(x_.to()));
    }
    out_ +=
        fmt::format("<rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                    length(left_), length(kTop), length(x_.to() - left_), length(y_.from() - kTop));
  }

  void labels() {
    for (const Tick& tick : x_ticks_.ticks) {
      if (tick.label.empty() || !x_.inside(tick.at)) continue;
      // A label next to the right end must not be cut off.
      const double half = kCharacter / 2 * static_cast<double>(characters(tick.label));
      const double at = std::clamp(x_(tick.at), half, plot_.width - half);
      out_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>", length(at),
                          length(y_.from() + 16), escape(tick.label));
    }
    for (const Tick& tick : y_ticks_.ticks) {
      if (tick.label.empty() || !y_.inside(tick.at)) continue;
      out_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                          length(left_ - 6), length(y_(tick.at) + 4), escape(tick.label));
    }
    out_ += fmt::format("<text class=\"name\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                        length((x_.from() + x_.to()) / 2), plot_.height - 8,
                        axis_label(plot_.x, x_ticks_));
    const double middle = (y_.from() + y_.to()) / 2;
    out_ += fmt::format(
        "<text class=\"name\" transform=\"translate(14 {}) rotate(-90)\" "
        "text-anchor=\"middle\">{}</text>",
        length(middle), axis_label(plot_.y, y_ticks_));
  }

  bool drawable(const Point& point) const { return x_.drawable(point.x) && y_.drawable(point.y); }

  void lines() {
    std::string inner;
    for (const Rule& rule : plot_.rules) {
      if (!y_.drawable(rule.y)) continue;
      inner += fmt::format("<path class=\"rule\" d=\"M{} {}h{}\"/>", length(left_),
                           length(y_(rule.y)), length(x_.to() - left_));
    }
    for (const Series& series : plot_.series) {
      const std::string path = series.shape == Shape::Bars     ? bars(series)
                               : series.shape == Shape::Points ? ""
                                                               : polyline(series);
      if (path.empty()) continue;
      inner += fmt::format("<g{}><path class=\"{}{}\" d=\"{}\"/></g>", colour(series),
                           series.shape == Shape::Bars ? "bars" : "line",
                           series.dashed ? " dash" : "", path);
      empty_ = false;
    }
    out_ += fmt::format(
        "<svg x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{3}\" viewBox=\"{0} {1} {2} "
        "{3}\">{4}</svg>",
        length(left_), length(kTop), length(x_.to() - left_), length(y_.from() - kTop), inner);
    for (const Rule& rule : plot_.rules) {
      if (rule.label.empty() || !y_.drawable(rule.y) || !y_.inside(rule.y)) continue;
      const double at = y_(rule.y);
      out_ += fmt::format(
          "<text class=\"rule-name\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
          length(x_.to() - 4), length(at - 4 < kTop + 10 ? at + 12 : at - 4), escape(rule.label));
    }
  }

  std::string polyline(const Series& series) const {
    std::string path;
    bool down = false;
    for (const Point& point : series.points) {
      if (!drawable(point)) {
        down = false;
        continue;
      }
      // Far outside of the frame SVG implementations lose precision.
      const double y = std::clamp(y_(point.y), -10.0 * plot_.height, 10.0 * plot_.height);
      if (!down) {
        path += fmt::format("M{} {}", length(x_(point.x)), length(y));
      } else if (series.shape == Shape::Steps) {
        path += fmt::format("H{}V{}", length(x_(point.x)), length(y));
      } else {
        path += fmt::format("L{} {}", length(x_(point.x)), length(y));
      }
      down = true;
    }
    return path;
  }

  std::string bars(const Series& series) const {
    std::string path;
    const double gap = series.points.size() > 60 ? 0 : 1;
    for (std::size_t i = 0; i + 1 < series.points.size(); ++i) {
      const Point& point = series.points[i];
      if (!drawable(point) || !x_.drawable(series.points[i + 1].x)) continue;
      const double y = std::max(y_(point.y), kTop);
      if (y >= y_.from()) continue;
      path += fmt::format("M{} {}V{}H{}V{}z", length(x_(point.x)), length(y_.from()), length(y),
                          length(x_(series.points[i + 1].x) - gap), length(y_.from()));
    }
    return path;
  }

  void marks(const Series& series) {
    if (series.mark == Mark::None) return;
    std::string drawn;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
      const Point& point = series.points[i];
      if (!drawable(point) || !x_.inside(point.x) || !y_.inside(point.y)) continue;
      drawn += mark_shape(series.mark, x_(point.x), y_(point.y));
      drawn += i < series.titles.size()
                   ? fmt::format(
                         "><title>{}</title></{}>", escape(series.titles[i]),
                         series.mark == Mark::Dot || series.mark == Mark::Ring ? "circle" : "path")
                   : "/>";
    }
    if (drawn.empty()) return;
    empty_ = false;
    out_ += fmt::format("<g{}>{}</g>", colour(series), drawn);
  }

  /// To the right of where the lines end, pushed apart where they would cover each other.
  void end_labels() {
    struct Label {
      double y;
      const Series* series;
    };
    std::vector<Label> labels;
    for (const Series& series : plot_.series) {
      if (series.end_label.empty()) continue;
      const auto last = std::find_if(series.points.rbegin(), series.points.rend(),
                                     [&](const Point& point) { return drawable(point); });
      if (last != series.points.rend()) labels.push_back({y_(last->y), &series});
    }
    std::stable_sort(labels.begin(), labels.end(),
                     [](const Label& a, const Label& b) { return a.y < b.y; });
    for (std::size_t i = 1; i < labels.size(); ++i) {
      labels[i].y = std::max(labels[i].y, labels[i - 1].y + kLabelHeight);
    }
    double most = y_.from() + 4;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
      label->y = std::min(label->y, most);
      most = label->y - kLabelHeight;
    }
    for (const Label& label : labels) {
      out_ += fmt::format("<g{}><text class=\"end\" x=\"{}\" y=\"{}\">{}</text></g>",
                          colour(*label.series), length(x_.to() + 6), length(label.y + 4),
                          escape(label.series->end_label));
    }
    if (empty_) {
      out_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">nothing to show</text>",
                          length((x_.from() + x_.to()) / 2), length((y_.from() + y_.to()) / 2));
    }
  }

  const Plot& plot_;
  Ruler x_;
  Ruler y_;
  Ticks x_ticks_;
  Ticks y_ticks_;
  double left_ = kLeft;
  double right_ = kRight;
  bool empty_ = true;
  std::string out_;
};

std::string legend_key(const Series& series) {
  std::string key;
  if (series.shape == Shape::Bars) {
    key = "<path class=\"bars\" d=\"M6 2h16v10h-16z\"/>";
  } else if (series.shape != Shape::Points) {
    key = fmt::format("<path class=\"line{}\" d=\"M0 7h28\"/>", series.dashed ? " dash" : "");
  }
  if (series.mark != Mark::None) key += mark_shape(series.mark, 14, 7) + "/>";
  return fmt::format("<span><svg class=\"key\" viewBox=\"0 0 28 14\"><g{}>{}</g></svg>{}</span>",
                     colour(series), key, escape(series.name));
}

std::string legend(const Plot& plot) {
  std::string keys;
  int count = 0;
  for (const Series& series : plot.series) {
    if (series.name.empty()) continue;
    keys += legend_key(series);
    ++count;
  }
  return count < 2 ? "" : fmt::format("<div class=\"legend\">{}</div>\n", keys);
}

}  // namespace

double hue(std::size_t k) {
  constexpr std::array kHues = {250.0, 50.0, 150.0, 340.0, 200.0, 100.0};
  return kHues.at(k % kHues.size());
}

double ramp_hue(double fraction) { return 300 - 280 * std::clamp(fraction, 0.0, 1.0); }

Mark mark(std::size_t k) {
  constexpr std::array kMarks = {Mark::Dot, Mark::Square, Mark::Triangle, Mark::Diamond,
                                 Mark::Ring};
  return kMarks.at(k % kMarks.size());
}

std::string svg(const Plot& plot) { return Drawing(plot).text(); }

std::string figure(const Plot& plot, const std::string& caption) {
  return fmt::format(
      "<figure>\n<div class=\"figure-title\">{}</div>\n{}<div class=\"scroll\">{}</div>\n{}"
      "</figure>\n",
      escape(plot.title), legend(plot), svg(plot),
      caption.empty() ? "" : fmt::format("<figcaption>{}</figcaption>\n", escape(caption)));
}

}  // namespace ulpforge::report

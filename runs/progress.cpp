// Progress for terminals, pipes and logs.
#include "runs/progress.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <string_view>

#include "runs/front.h"

namespace ulpforge::runs {
namespace {

constexpr double kPlainInterval = 5;

double rate(std::uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

std::string cost_text(const evo::Progress& progress, std::size_t niche) {
  return fmt::format("{:g}", static_cast<double>(niche) * progress.cost_unit);
}

bool is_terminal() {
  const char* kind = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return isatty(STDERR_FILENO) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

/// 24 lines of 80 characters where it does not say.
winsize terminal_size() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
    size.ws_col = 80;
    size.ws_row = 24;
  }
  return size;
}

}  // namespace

std::string log_line(const evo::Progress& progress) {
  Json json;
  json["seconds"] = progress.seconds;
  json["evaluations"] = progress.evaluations;
  json["fits"] = progress.fits;
  json["fits_per_second"] = rate(progress.fits, progress.seconds);
  json["children"] = progress.children;
  json["duplicates"] = progress.duplicates;
  json["best_error"] = Json::object();
  for (std::size_t ops = 0; ops < progress.best_error.size(); ++ops) {
    if (std::isfinite(progress.best_error[ops])) {
      json["best_error"][cost_text(progress, ops)] = progress.best_error[ops];
    }
  }
  return json.dump();
}

std::string progress_line(const evo::Progress& progress, double limit) {
  const std::string of = std::isfinite(limit) ? fmt::format("/{:.0f} s ({:.0f} s left)", limit,
                                                            std::max(0.0, limit - progress.seconds))
                                              : " s";
  return fmt::format("{:.0f}{}, {:.3g} evaluations ({:.3g}/s), {:.3g} fits/s, {:.0f}% duplicates",
                     progress.seconds, of, static_cast<double>(progress.evaluations),
                     rate(progress.evaluations, progress.seconds),
                     rate(progress.fits, progress.seconds),
                     progress.children == 0 ? 0.0
                                            : 100 * static_cast<double>(progress.duplicates) /
                                                  static_cast<double>(progress.children));
}

std::string progress_front(const evo::Progress& progress) {
  std::string text;
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t ops = 0; ops < progress.best_error.size(); ++ops) {
    if (!(progress.best_error[ops] < lowest)) continue;
    lowest = progress.best_error[ops];
    text += fmt::format("{}{}:{:.1e}", text.empty() ? "" : " ", cost_text(progress, ops), lowest);
  }
  return text;
}

std::string saving_line(const evo::Saving& saving) {
  return fmt::format("{} checkpoint{}: {:.3f} s, {:.2f} % of the search", saving.states,
                     saving.states == 1 ? "" : "s", saving.seconds,
                     100 * saving.seconds / saving.of);
}

std::vector<std::string> wrap(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    word.resize(std::min(word.size(), width));
    if (!lines.empty() && lines.back().size() + 1 + word.size() <= width) {
      lines.back() += ' ' + word;
    } else {
      lines.push_back(std::move(word));
    }
  }
  return lines;
}

std::vector<std::string> RecentGains::rows(double seconds, const std::string& front) {
  constexpr double kLately = 30;
  std::vector<std::string> rows;
  std::istringstream words(front);
  for (std::string word; words >> word;) {
    const std::size_t colon = word.find(':');
    const std::string key = word.substr(0, colon);
    const std::string value = colon == std::string::npos ? "" : word.substr(colon + 1);
    Row& row = known_[key];
    if (row.value != value) row = {value, seconds};
    const double age = seconds - row.changed;
    rows.push_back(fmt::format("{:>8}  {:>9}", key, value));
    if (age <= kLately) rows.back() += fmt::format("  * {:.0f} s ago", age);
  }
  return rows;
}

// Progress may go missing, when standard error is closed for instance, without ending the search:
// hence fputs and not fmt::print, which throws.

ProgressView::ProgressView(bool quiet, double limit)
    : quiet_(quiet), terminal_(is_terminal()), limit_(limit) {}

void ProgressView::show(const evo::Progress& progress) {
  show(progress.seconds, progress_line(progress, limit_), progress_front(progress));
}

void ProgressView::show(double seconds, const std::string& state, const std::string& front) {
  if (quiet_) return;
  const std::lock_guard lock(mutex_);
  if (!terminal_) {
    if (seconds < next_) return;
    next_ = std::floor(seconds / kPlainInterval + 1) * kPlainInterval;
    std::fputs(fmt::format("{}{}{}\n", state, front.empty() ? "" : ", front ", front).c_str(),
               stderr);
    return;
  }
  const std::size_t width = std::max<std::size_t>(terminal_size().ws_col, 20) - 1;
  std::vector<std::string> lines = wrap(state, width);
  std::vector<std::string> rows = gains_.rows(seconds, front);
  // A table that is higher than the terminal could not be redrawn.
  if (lines.size() + rows.size() >= terminal_size().ws_row) rows = wrap(front, width);
  for (std::string& row : rows) lines.push_back(row.substr(0, width));
  std::string text = drawn_ > 1 ? fmt::format("\x1b[{}A", drawn_ - 1) : "";
  text += "\r\x1b[J";  // back to the first line, and all of them cleared
  std::fputs(fmt::format("{}{}", text, fmt::join(lines, "\n")).c_str(), stderr);
  std::fflush(stderr);
  drawn_ = lines.size();
}

void ProgressView::show_phase(double seconds, const std::string& what) {
  if (quiet_) return;
  {
    const std::lock_guard lock(mutex_);
    const bool due = what == phase_ ? seconds >= next_phase_ : seconds >= next_phase_ - 0.5;
    if (!due) return;
    next_phase_ = seconds + 1;
    phase_ = what;
  }
  show(seconds, fmt::format("{:.0f} s, {}", seconds, what), "");
}

void ProgressView::note(const std::string& line) {
  if (quiet_) return;
  end();
  const std::lock_guard lock(mutex_);
  std::fputs((line + "\n").c_str(), stderr);
}

void ProgressView::end() {
  const std::lock_guard lock(mutex_);
  if (drawn_ > 0) std::fputs("\n", stderr);
  drawn_ = 0;
}

}  // namespace ulpforge::runs

// Progress for terminals, pipes and logs.
#include "experiments/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "experiments/front.h"

namespace ulpforge::experiments {
namespace {

constexpr double kPlainInterval = 5;

double rate(std::uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

bool is_terminal() {
  const char* kind = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return isatty(STDERR_FILENO) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
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
      json["best_error"][fmt::to_string(ops)] = progress.best_error[ops];
    }
  }
  return json.dump();
}

std::string progress_line(const evo::Progress& progress, double limit) {
  const std::string of = std::isfinite(limit) ? fmt::format("/{:.0f}", limit) : "";
  return fmt::format("{:.0f}{} s  {:.3g} evaluations ({:.3g}/s)  {:.3g} fits/s  {:.0f}% duplicates",
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
    text += fmt::format("{}{}:{:.1e}", text.empty() ? "" : " ", ops, lowest);
  }
  return text;
}

// Progress may go missing, when standard error is closed for instance, without ending the search:
// hence fputs and not fmt::print, which throws.

ProgressView::ProgressView(bool quiet, double limit)
    : quiet_(quiet), terminal_(is_terminal()), limit_(limit) {}

void ProgressView::show(const evo::Progress& progress) {
  if (quiet_) return;
  const std::lock_guard lock(mutex_);
  const std::string line = progress_line(progress, limit_);
  const std::string front = progress_front(progress);
  if (!terminal_) {
    if (progress.seconds < next_) return;
    next_ = std::floor(progress.seconds / kPlainInterval + 1) * kPlainInterval;
    std::fputs(fmt::format("{}  {}\n", line, front).c_str(), stderr);
    return;
  }
  const std::size_t width = terminal_width() - 1;
  std::fputs(fmt::format("{}\r\x1b[K{}\n\x1b[K{}", drawn_ ? "\x1b[A" : "", line.substr(0, width),
                         front.substr(0, width))
                 .c_str(),
             stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressView::note(const std::string& line) {
  if (quiet_) return;
  const std::lock_guard lock(mutex_);
  std::fputs(fmt::format("{}{}\n", drawn_ ? "\n" : "", line).c_str(), stderr);
  drawn_ = false;
}

}  // namespace ulpforge::experiments

// Processes: output goes through files, so that nothing can block.
#include "tests/cli/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include "tests/scratch.h"

namespace ulpforge::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::string content(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void redirect(const char* file, int flags, int descriptor) {
  const int opened = open(file, flags, 0600);
  if (opened < 0 || dup2(opened, descriptor) < 0) _exit(126);
}

[[noreturn]] void become(const Call& call, const std::string& out, const std::string& err) {
  redirect("/dev/null", O_RDONLY, STDIN_FILENO);
  redirect(out.c_str(), O_WRONLY | O_CREAT, STDOUT_FILENO);
  redirect(err.c_str(), O_WRONLY | O_CREAT, STDERR_FILENO);
  if (chdir(call.directory.c_str()) != 0) _exit(126);
  std::vector<std::string> arguments = call.arguments;
  arguments.insert(arguments.begin(), call.program);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execvp(pointers.front(), pointers.data());
  _exit(127);
}

}  // namespace

Outcome run_program(const Call& call) {
  constexpr auto kLongest = std::chrono::seconds(60);
  const Scratch scratch;
  const std::string out = (scratch.path() / "out").string();
  const std::string err = (scratch.path() / "err").string();
  const pid_t child = fork();
  if (child == 0) become(call, out, err);
  const auto start = Clock::now();
  std::optional<Clock::time_point> beginning;
  if (call.beginning.empty()) beginning = start;
  std::size_t sent = 0;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto now = Clock::now();
    if (!beginning && std::filesystem::exists(call.directory / call.beginning)) beginning = now;
    if (now - start > kLongest) kill(child, SIGKILL);
    if (beginning && sent < call.signals.size() &&
        now - *beginning > call.interval * static_cast<int>(sent + 1)) {
      kill(child, call.signals[sent++]);
    }
  }
  const auto end = Clock::now();
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return {code, content(out), content(err),
          duration_cast<milliseconds>(beginning.value_or(end) - start),
          duration_cast<milliseconds>(end - beginning.value_or(end))};
}

}  // namespace ulpforge::cli

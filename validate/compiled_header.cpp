// A wrapper with C names around the header, and the compiler as a process.
#include "validate/compiled_header.h"

#include <fmt/format.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

namespace ulpforge::validate {
namespace {

constexpr const char* kSymbol = "ulpforge_routine";

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || !std::filesystem::is_regular_file(path)) {
    throw std::invalid_argument(fmt::format("{} cannot be read", path.string()));
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

int run(std::vector<std::string> arguments, const std::filesystem::path& errors) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), O_CREAT | O_WRONLY,
                                   0600);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int error = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::invalid_argument(fmt::format("the compiler {} does not run", argv[0]));
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace

CompiledHeader::CompiledHeader(const std::filesystem::path& header, const std::string& name) {
  const std::string text = read_text(header);
  std::string pattern =
      (std::filesystem::temp_directory_path() / "ulpforge-validate-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("no temporary directory can be made");
  }
  directory_ = pattern;
  const bool array = text.find(fmt::format(" {}_n(", name)) != std::string::npos;
  const bool single = text.find(fmt::format("float {}(", name)) != std::string::npos;
  callee_.signature.element = single ? Element::Float : Element::Double;
  callee_.signature.form = array ? Signature::Form::Array : Signature::Form::Scalar;
  const char* const type = single ? "float" : "double";
  const std::filesystem::path source = directory_ / "routine.cpp";
  std::ofstream(source) << fmt::format(
      "#include \"{}\"\n#include <cstddef>\nextern \"C\" {}\n",
      std::filesystem::absolute(header).string(),
      array ? fmt::format("void {}(const {}* x, {}* y, std::size_t n) {{ {}_n(x, y, n); }}", kSymbol,
                          type, type, name)
            : fmt::format("{} {}({} x) {{ return {}(x); }}", type, kSymbol, type, name));
  const char* const chosen = std::getenv("CXX");
  const std::filesystem::path errors = directory_ / "errors.txt";
  callee_.library = directory_ / "libroutine.so";
  callee_.symbol = kSymbol;
  const int status =
      run({chosen == nullptr || *chosen == '\0' ? "c++" : chosen, "-std=c++17", "-O2",
           "-march=native", "-shared", "-fPIC", "-o", callee_.library.string(), source.string()},
          errors);
  if (status == 0) return;
  const std::string all = read_text(errors);
  const std::size_t at = all.find("error:");
  std::filesystem::remove_all(directory_);
  throw std::invalid_argument(
      fmt::format("{} does not compile as a header with {}: {}", header.string(), name,
                  at == std::string::npos ? "see the compiler's messages"
                                          : all.substr(at, all.find('\n', at) - at)));
}

CompiledHeader::CompiledHeader(CompiledHeader&& other) noexcept
    : directory_(std::exchange(other.directory_, {})), callee_(std::move(other.callee_)) {}

CompiledHeader::~CompiledHeader() {
  std::error_code ignored;
  if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
}

}  // namespace ulpforge::validate

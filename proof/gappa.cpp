// Scripts for Gappa, and its answers.
#include "proof/gappa.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>

#include "ir/liveness.h"
#include "system/files.h"
#include "system/scratch_directory.h"

namespace ulpforge::proof {
namespace {

std::string expression(const ir::Instruction& step, const std::array<std::string, 3>& operand) {
  const auto& [a, b, c] = operand;
  switch (step.op) {
    case ir::Op::Neg:
      return fmt::format("-{}", a);
    case ir::Op::Add:
      return fmt::format("{} + {}", a, b);
    case ir::Op::Sub:
      return fmt::format("{} - {}", a, b);
    case ir::Op::Mul:
      return fmt::format("{} * {}", a, b);
    case ir::Op::Div:
      return fmt::format("{} / {}", a, b);
    case ir::Op::Sqrt:
      return fmt::format("sqrt({})", a);
    case ir::Op::Fma:
      return fmt::format("{} * {} + {}", a, b, c);
    case ir::Op::Abs:
      return fmt::format("|{}|", a);
    case ir::Op::Min:
    case ir::Op::Max:
#include "ir/machine_cases.def"
#include "ir/reference_cases.def"
      break;
  }
  throw std::invalid_argument(
      fmt::format("'{}' has no rounding error that Gappa knows of", ir::info(step.op).name));
}

std::string number(double value) { return fmt::format("({:a})", value); }

/// Digits, "b" and a binary exponent: the number, rounded up in size. Nothing when it is none.
std::optional<double> read_size(const std::string& text) {
  const auto digits = text.find_first_not_of("+-");
  if (digits == std::string::npos) return std::nullopt;
  const auto end = text.find_first_not_of("0123456789", digits);
  if (end == digits) return std::nullopt;
  const std::string mantissa = text.substr(digits, end == std::string::npos ? end : end - digits);
  long exponent = 0;
  if (end != std::string::npos && text[end] == 'b') {
    char* last = nullptr;
    exponent = std::strtol(text.c_str() + end + 1, &last, 10);
    if (last == text.c_str() + end + 1) return std::nullopt;
  }
  const double rounded = std::strtod(mantissa.c_str(), nullptr);
  if (rounded == 0) return 0.0;
  // strtod rounds to nearest: one step up is not below.
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double above = std::nextafter(rounded, kInfinity);
  const double scaled = std::ldexp(above, static_cast<int>(std::clamp(exponent, -5000L, 5000L)));
  return std::nextafter(scaled, kInfinity);
}

}  // namespace

std::string gappa_script(const ir::Program& program, double lo, double hi, Precision precision) {
  std::string rounded = fmt::format("@rnd = float<{}, ne>;\nx = rnd(given);\n",
                                    precision == Precision::Float ? "ieee_32" : "ieee_64");
  std::string exact;
  const std::vector<char> live = ir::live_instructions(program);
  const auto spelling = [&](ir::Operand operand, char prefix) {
    if (operand.is_constant()) return number(program.constants[operand.index].hi);
    return operand.is_input() ? std::string("x") : fmt::format("{}{}", prefix, operand.index);
  };
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    if (!live[i]) continue;
    const ir::Instruction& step = program.code[i];
    const auto line = [&](char prefix) {
      std::array<std::string, 3> operands;
      for (std::size_t k = 0; k < step.arity(); ++k) {
        operands[k] = spelling(step.operands[k], prefix);
      }
      return expression(step, operands);
    };
    rounded += fmt::format("v{} = rnd({});\n", i, line('v'));
    exact += fmt::format("e{} = {};\n", i, line('e'));
  }
  const std::string v = spelling(program.result, 'v');
  const std::string e = spelling(program.result, 'e');
  return fmt::format(
      "{}{}value = {};\ntruth = {};\n{{ x in [{:a}, {:a}] ->\n  value - truth in ? /\\ "
      "value -/ truth in ? }}\n",
      rounded, exact, v, e, lo, hi);
}

std::optional<double> bound_of(const std::string& answer, const std::string& name) {
  const auto line = answer.find(name + " in [");
  if (line == std::string::npos) return std::nullopt;
  const auto open = answer.find('[', line);
  // The lower end, which may have its decimals in braces behind it.
  auto comma = answer.find_first_of(",{\n", open);
  if (comma != std::string::npos && answer[comma] == '{') {
    comma = answer.find_first_of("}\n", comma);
    if (comma != std::string::npos && answer[comma] == '}') ++comma;
  }
  if (comma == std::string::npos || answer.compare(comma, 2, ", ") != 0) return std::nullopt;
  const auto a = read_size(answer.substr(open + 1, comma - open - 1));
  const auto b = read_size(answer.substr(comma + 2));
  if (!a || !b) return std::nullopt;
  const double size = std::max(*a, *b);
  return std::isfinite(size) ? std::optional(size) : std::nullopt;
}

RoundingError parse_gappa(const std::string& answer) {
  return {bound_of(answer, "value - truth"), bound_of(answer, "value -/ truth")};
}

std::string run_gappa(const std::string& text) {
  constexpr int kNotFound = 127;
  constexpr int kSeconds = 20;
  const system::ScratchDirectory scratch;
  const std::filesystem::path script = scratch.path() / "script.g";
  system::write_file(script, text);
  const std::string command =
      fmt::format("command -v gappa >/dev/null || exit {}; timeout {} gappa '{}' 2>&1", kNotFound,
                  kSeconds, script.string());
  const auto close_pipe = [](std::FILE* pipe) { return pclose(pipe); };
  std::unique_ptr<std::FILE, decltype(close_pipe)> pipe(popen(command.c_str(), "r"), close_pipe);
  if (!pipe) throw std::runtime_error("cannot run gappa");
  std::string answer;
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe.get())) {
    answer.append(part.data(), n);
  }
  const int status = pclose(pipe.release());
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound) {
    throw GappaMissing("gappa is not installed (Debian package gappa)");
  }
  return answer;
}

RoundingError rounding_error(const ir::Program& program, double lo, double hi,
                             Precision precision) {
  if (program.result.is_input() || program.result.is_constant()) return {0.0, 0.0};
  return parse_gappa(run_gappa(gappa_script(program, lo, hi, precision)));
}

}  // namespace ulpforge::proof

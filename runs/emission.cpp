// Programs as files, with claim and provenance beside the code.
#include "runs/emission.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>

#include "emit/arithmetic.h"
#include "emit/real_program.h"
#include "ir/text.h"
#include "numbers/hash.h"
#include "report/table.h"
#include "runs/names.h"
#include "runs/proofs.h"
#include "system/error.h"

namespace ulpforge::runs {
namespace {

/// "relative error", "error in ULP of float".
std::string measure(const Front& front) {
  const auto metric = targets::find_metric(front.metric);
  if (metric == targets::Metric::UlpF32) return "error in ULP of float";
  if (metric == targets::Metric::UlpF64) return "error in ULP of double";
  return front.metric + " error";
}

/// The same with its weight.
std::string weighted_measure(const Front& front) {
  return front.weight ? fmt::format("{} times {}", measure(front), system::one_line(*front.weight))
                      : measure(front);
}

/// The words of a line that quote() made, each as it stands there.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  bool quoted = false, escaped = false;
  for (const char c : line) {
    if (c == ' ' && !quoted && !escaped) {
      words.emplace_back();
      continue;
    }
    words.back() += c;
    if (c == '\'' && !escaped) quoted = !quoted;
    escaped = c == '\\' && !quoted && !escaped;
  }
  return words;
}

/// Where an absolute path begins in a word, maybe after --OPTION=; npos where there is none.
std::size_t path_begin(std::string_view word) {
  std::size_t begin = word.starts_with('\'') ? 1 : 0;
  if (word.substr(begin).starts_with('-')) {
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) return std::string_view::npos;
    begin = equals + 1;
  }
  const std::string_view rest = word.substr(begin);
  // A list of operations may begin with a slash, too.
  const bool is_path = rest.size() > 1 && rest[0] == '/' &&
                       (std::isalnum(static_cast<unsigned char>(rest[1])) != 0 ||
                        std::string_view("._~").find(rest[1]) != std::string_view::npos);
  return is_path ? begin : std::string_view::npos;
}

/// The word with the last name alone of the path that begins at `begin`.
std::string last_name(std::string word, std::size_t begin) {
  std::size_t end = word.size();
  while (end > begin && (word[end - 1] == '/' || word[end - 1] == '\'')) --end;
  const std::size_t slash = word.rfind('/', end - 1);
  if (slash != std::string::npos && slash >= begin) word.erase(begin, slash + 1 - begin);
  return word;
}

/// What a program is and what it is worth.
std::vector<std::string> claim(const Front& front, const FrontEntry& entry) {
  const std::string in_double = std::isfinite(entry.max_error_f64)
                                    ? fmt::format("{:.3e}", entry.max_error_f64)
                                    : std::string("not finite everywhere");
  std::vector<std::string> lines = {
      fmt::format("{} on {}, {}", system::one_line(front.expression),
                  targets::to_string(front.domain), report::counted(entry.operations, "operation")),
      fmt::format("max {}: {:.3e} in real arithmetic, constants as found (sampled with MPFR{})",
                  weighted_measure(front), entry.max_error, entry.proven ? "" : ", not proven"),
  };
  if (!entry.method.empty()) {
    lines.push_back(fmt::format("a classical approximation: {}", entry.method));
  }
  if (entry.proven) {
    lines.push_back(fmt::format(
        "constants rounded to double, real arithmetic: at most {} (proven, {})",
        proof::decimals_above(entry.proven->bound), certificate_name(entry.label()).string()));
  }
  lines.push_back(
      fmt::format("run in plain double, constants rounded to double: {} (sampled)", in_double));
  for (const std::string& phrase : satisfied(front)) lines.push_back(phrase);
  return lines;
}

/// What files are called, without extension.
std::string stem(const Front& front, const SourceStyle& style) {
  return style.name.empty()
             ? fmt::format("{}_{}", short_name(front.target), interval_name(front.domain))
             : style.name;
}

}  // namespace

std::string source_name(const Front& front, const SourceStyle& style) {
  return stem(front, style) + std::string(style.language.extension);
}

std::string function_name(const Front& front, const FrontEntry& entry, const SourceStyle& style) {
  if (!style.name.empty()) {
    return front.programs.size() == 1 ? style.name
                                      : fmt::format("{}_{}", style.name, entry.label());
  }
  return fmt::format("{}_{}_{}", short_name(front.target), entry.label(),
                     interval_name(front.domain));
}

std::string source_text(const Front& front, const std::string& command_line,
                        const SourceStyle& style) {
  const std::string command = "command: " + system::one_line(without_directories(command_line));
  std::vector<std::string> functions;
  std::uint64_t content = 0;
  for (const FrontEntry& entry : front.programs) {
    std::vector<std::string> comment = claim(front, entry);
    comment.push_back(provenance(front.version, front.seed, entry.origin));
    comment.push_back(command);
    functions.push_back(emit::emit_function(entry.program, function_name(front, entry, style),
                                            comment, style.language));
    for (const char c : functions.back()) {
      content = numbers::hash_pair(content, static_cast<unsigned char>(c));
    }
  }
  std::vector<std::string> opening = {
      fmt::format("{} on {}: Pareto front of {} against {}", system::one_line(front.expression),
                  targets::to_string(front.domain), weighted_measure(front),
                  front.costs.empty() ? "operation count" : "cost"),
      fmt::format("ulpforge {}", front.version), command};
  if (style.language.c_arithmetic) {
    opening.emplace_back();
    std::ranges::move(emit::flush_to_zero_note(), std::back_inserter(opening));
  }
  // With the content in the guard no file can hide another of the same name.
  const std::string guard =
      fmt::format("ULPFORGE_{}_{:08X}_H", emit::upper(stem(front, style)), content >> 32);
  return emit::emit_file(guard, opening, functions, style.language);
}

std::string program_text(const Front& front, const FrontEntry& entry) {
  std::string text;
  for (const std::string& line : claim(front, entry)) text += fmt::format("# {}\n", line);
  text += fmt::format("# {}\n", provenance(front.version, front.seed, entry.origin));
  return text + ir::print(entry.program);
}

std::string quote(const std::vector<std::string>& arguments) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=/.,:@%";
  std::string line;
  for (const std::string& argument : arguments) {
    if (!line.empty()) line += ' ';
    if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string::npos) {
      line += argument;
      continue;
    }
    line += '\'';
    for (const char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

std::string without_directories(std::string_view command) {
  std::string text;
  for (const std::string& word : words_of(command)) {
    const bool program = text.empty();
    if (!program) text += ' ';
    const std::size_t begin = program ? 0 : path_begin(word);
    text += begin == std::string_view::npos ? word : last_name(word, begin);
  }
  return text;
}

}  // namespace ulpforge::runs

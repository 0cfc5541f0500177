// ulpforge show: a program, a front or a run, for people to read.
#include <fmt/format.h>

#include <filesystem>

#include "experiments/commands.h"
#include "experiments/error.h"
#include "experiments/files.h"
#include "experiments/formula.h"
#include "experiments/run.h"
#include "experiments/table.h"
#include "ir/text.h"
#include "targets/verify.h"

namespace ulpforge::experiments {
namespace {

/// Formula and text of a program, indented.
std::string program_block(const ir::Program& program) {
  std::string block;
  for (const std::string& line : formula(program)) block += fmt::format("  {}\n", line);
  block += '\n';
  const std::string text = ir::print(program);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    block += fmt::format("    {}\n", text.substr(begin, end - begin));
    begin = end + 1;
  }
  return block;
}

std::string front_block(const Front& front) {
  std::string block = fmt::format("{}seed {}, {} evaluations, {:.1f} s\n", front_table(front),
                                  front.seed, front.evaluations, front.seconds);
  for (const FrontEntry& entry : front.programs) {
    block += fmt::format("\n{}, max error {:.3e}, in double {:.3e}\n{}",
                         counted(entry.operations, "operation"), entry.max_error,
                         entry.max_error_f64, program_block(entry.program));
  }
  return block;
}

std::string front_block(const MachineFront& front) {
  std::string block = fmt::format("{}seed {}, {} programs tried, {:.1f} s\n", front_table(front),
                                  front.seed, front.evaluations, front.seconds);
  for (const MachineFrontEntry& entry : front.programs) {
    block += fmt::format("\n{}, max error {:.6f} ULP\n{}", entry.name, entry.max_ulp,
                         program_block(entry.program));
  }
  return block;
}

std::string errors(const ir::Program& program, const Options& options) {
  if (!options.target) return "error: give --target to have it measured\n";
  const targets::Target target = make_target(options);
  const targets::Verification found = targets::Verifier(target)(program);
  return fmt::format(
      "{} error against {} on {}: {:.3e} at x = {:.6g}{}; in double {:.3e} at x = {:.6g}\n",
      targets::name(target.metric), target.expression, targets::to_string(target.domain),
      found.max_error, found.worst_x, found.defect.empty() ? "" : " (" + found.defect + ")",
      found.max_error_f64, found.worst_x_f64);
}

int show(const std::string& argument, const Options& options) {
  std::filesystem::path file = argument;
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) file /= "front.json";
  const std::string text = read_file(file);
  if (looks_like_json(text)) {
    const Run run = parse_run(file, text);
    print(std::visit([](const auto& front) { return front_block(front); }, run.front));
    return kDone;
  }
  ir::Program program;
  try {
    program = ir::parse(text);
  } catch (const ir::TextError& error) {
    throw BadRequest(fmt::format("{}: {}", file.string(), error.what()));
  }
  print(fmt::format("{}, {}\n{}{}", counted(program.code.size(), "operation"),
                    counted(program.constants.size(), "constant"), errors(program, options),
                    program_block(program)));
  return kDone;
}

}  // namespace

void add_show(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "show",
      "Programs, operations, errors and formulas of a run, a front.json or a program's text");
  const auto file = std::make_shared<std::string>();
  const auto options = std::make_shared<Options>();
  command->add_option("file", *file, "Run directory, front.json or program text")
      ->required()
      ->type_name("FILE");
  add_flags(*command, {"target", "domain", "metric"}, options);
  command->footer("Examples: ulpforge show runs/exp2_real\n"
      "          ulpforge show p.txt --target exp2 --domain 0,1");
  command->callback(
      [file, options, &action] { action = [file, options] { return show(*file, *options); }; });
}

}  // namespace ulpforge::experiments

// ulpforge show: a program, a front or a run, for people to read.
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "ir/formula.h"
#include "ir/text.h"
#include "report/table.h"
#include "runs/run.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"
#include "targets/verify.h"

namespace ulpforge::cli {
namespace {

/// Formula and text of a program, indented.
std::string program_block(const ir::Program& program) {
  std::string block;
  for (const std::string& line : ir::formula(program)) block += fmt::format("  {}\n", line);
  block += '\n';
  const std::string text = ir::print(program);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    block += fmt::format("    {}\n", text.substr(begin, end - begin));
    begin = end + 1;
  }
  return block;
}

std::string front_block(const runs::Front& front) {
  std::string block = fmt::format("{}seed {}, {} evaluations, {:.1f} s\n", runs::front_table(front),
                                  front.seed, front.evaluations, front.seconds);
  for (const runs::FrontEntry& entry : front.programs) {
    block += fmt::format("\n{}, max error {:.3e}, in double {:.3e}\n{}",
                         report::counted(entry.operations, "operation"), entry.max_error,
                         entry.max_error_f64, program_block(entry.program));
  }
  return block;
}

std::string front_block(const runs::MachineFront& front) {
  std::string block =
      fmt::format("{}seed {}, {} programs tried, {:.1f} s\n", runs::front_table(front), front.seed,
                  front.evaluations, front.seconds);
  for (const runs::MachineFrontEntry& entry : front.programs) {
    block += fmt::format("\n{}, max error {:.6f} ULP\n{}", entry.name, entry.max_ulp,
                         program_block(entry.program));
  }
  return block;
}

std::string errors(const ir::Program& program, const runs::Options& options) {
  if (!options.target) return "error: give --target to have it measured\n";
  const targets::Target target = runs::make_target(options);
  const targets::Verification found = targets::Verifier(target)(program);
  return fmt::format(
      "{} error against {} on {}: {:.3e} at x = {:.6g}{}; in double {:.3e} at x = {:.6g}\n",
      targets::name(target.metric), target.expression, targets::to_string(target.domain),
      found.max_error, found.worst_x, found.defect.empty() ? "" : " (" + found.defect + ")",
      found.max_error_f64, found.worst_x_f64);
}

int show(const std::string& argument, const runs::Options& options) {
  std::filesystem::path file = shelf::path_or_usual_shelf(argument);
  std::error_code ignored;
  if (shelf::holds_shelf(file)) {
    system::print(shelf::table_text(shelf::read_shelf(file)));
    return system::kDone;
  }
  if (std::filesystem::is_directory(file, ignored)) file /= "front.json";
  const std::string text = system::read_file(file);
  if (runs::looks_like_json(text)) {
    const runs::Run run = runs::parse_run(file, text);
    system::print(std::visit([](const auto& front) { return front_block(front); }, run.front));
    return system::kDone;
  }
  ir::Program program;
  try {
    program = ir::parse(text);
  } catch (const ir::TextError& error) {
    throw system::BadRequest(fmt::format("{}: {}", file.string(), error.what()));
  }
  system::print(fmt::format("{}, {}\n{}{}", report::counted(program.code.size(), "operation"),
                            report::counted(program.constants.size(), "constant"),
                            errors(program, options), program_block(program)));
  return system::kDone;
}

}  // namespace

void add_show(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("show",
                                         "Programs, operations, errors and formulas of a run, a "
                                         "front.json or a program's text; what a "
                                         "shelf has");
  const auto file = std::make_shared<std::string>();
  const auto options = std::make_shared<runs::Options>();
  command->add_option("file", *file, "Run directory, front.json, program text or shelf")
      ->required()
      ->type_name("FILE");
  add_flags(*command, {"target", "domain", "metric", "weight"}, options);
  command->footer(
      "Examples: ulpforge show runs/exp2_real\n"
      "          ulpforge show p.txt --target exp2 --domain 0,1");
  command->callback(
      [file, options, &action] { action = [file, options] { return show(*file, *options); }; });
}

}  // namespace ulpforge::cli

// ulpforge prove: rigorous bounds for a program or a whole run. ulpforge check: certificates.
#include <fmt/format.h>

#include "cli/commands.h"
#include "proof/certificate.h"
#include "runs/prove.h"
#include "runs/shelf_check.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::cli {
namespace {

struct ProveRequest {
  std::string file;
  std::string out;
  std::shared_ptr<runs::Options> options = std::make_shared<runs::Options>();
  std::shared_ptr<bool> json;
  bool in_double = false;
};

int check(const std::filesystem::path& path, bool json) {
  const std::string file = path.string();
  const proof::Certificate certificate = proof::read_certificate(path);
  const proof::Verdict verdict = proof::check(certificate);
  if (json) {
    system::print(runs::to_text(runs::Json{{"certificate", file},
                                           {"holds", verdict.holds},
                                           {"statement", proof::statement(certificate)},
                                           {"reason", verdict.reason}}));
  } else if (verdict.holds) {
    const auto* real = std::get_if<proof::RealCertificate>(&certificate);
    const std::string in_double = real == nullptr ? "" : proof::statement_in_double(*real);
    system::print(fmt::format("{}\n{}{}{}\n", proof::statement(certificate), in_double,
                              in_double.empty() ? "" : "\n", verdict.reason));
  }
  if (verdict.holds) return system::kDone;
  system::print_error(fmt::format("{}: {}", file, verdict.reason));
  return system::kCheckFailed;
}

}  // namespace

void add_prove(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "prove",
      "Rigorous bounds on the error of a program or of a run's programs, with certificates");
  const auto request = std::make_shared<ProveRequest>();
  command->add_option("file", request->file, "Run directory, front.json or program text")
      ->required()
      ->type_name("FILE");
  add_flags(*command,
            {"target", "domain", "metric", "weight", "exact", "constants", "format_out", "ulp_of"},
            request->options);
  add_constraint_flags(*command, request->options);
  command
      ->add_option("--out", request->out,
                   "Where to write: a certificate, or for a run the directory that gets programs/ "
                   "[beside what is proven]")
      ->type_name("PATH");
  command->add_flag("--double", request->in_double,
                    "Also bound the error of the emitted code as it runs in double, rounding "
                    "included, with Gappa");
  command->footer(
      "Examples: ulpforge prove runs/exp2_real\n"
      "          ulpforge prove p.txt --target exp2 --domain 0,1 --double");
  request->json = add_json(*command);
  command->callback([request, &action] {
    action = [request] {
      return runs::prove({.file = request->file,
                          .out = request->out,
                          .options = *request->options,
                          .json = *request->json,
                          .in_double = request->in_double});
    };
  });
}

void add_check(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("check", "Prove what certificates say once more, from nothing");
  const auto request = std::make_shared<runs::ShelfCheck>();
  command->add_option("certificate", request->directory, "A certificate, or a shelf of them")
      ->required()
      ->type_name("CERT|DIR");
  CLI::Option* const select =
      command
          ->add_option("--select", request->select, "Of a shelf: functions, as exp or 'a*' [all]")
          ->delimiter(',')
          ->type_name("PATTERN,...");
  CLI::Option* const draw = command
                                ->add_option("--draw", request->draw,
                                             "Of a shelf: so many programs, drawn at random [all]")
                                ->type_name("N")
                                ->check(CLI::PositiveNumber);
  command->add_option("--seed", request->seed, "Of the draw [1]")->type_name("N")->needs(draw);
  command->footer(
      "Examples: ulpforge check runs/exp2_real/programs/10.cert.json\n"
      "          ulpforge check functions --draw 5 --seed 7");
  const auto json = add_json(*command);
  command->callback([request, json, select, draw, &action] {
    request->json = *json;
    request->directory = shelf::path_or_usual_shelf(request->directory);
    const bool of_shelf = !select->empty() || !draw->empty();
    action = [request, of_shelf] {
      if (shelf::holds_shelf(request->directory)) return runs::check_shelf(*request);
      if (of_shelf) {
        throw system::BadRequest(fmt::format(
            "--select and --draw are for a shelf, and '{}' is none", request->directory.string()));
      }
      return check(request->directory, request->json);
    };
  });
}

}  // namespace ulpforge::cli

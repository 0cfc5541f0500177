// ulpforge prove: rigorous bounds for a program or a whole run. ulpforge check: certificates.
#include <fmt/format.h>

#include "cli/commands.h"
#include "proof/certificate.h"
#include "runs/prove.h"
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

int check(const std::string& file, bool json) {
  const proof::Certificate certificate = proof::parse_certificate(system::read_file(file), file);
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
  add_flags(*command, {"target", "domain", "metric", "weight", "exact", "constants"},
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
      app.add_subcommand("check", "Prove what a certificate says once more, from nothing");
  const auto file = std::make_shared<std::string>();
  command->add_option("certificate", *file, "Certificate")->required()->type_name("CERT");
  command->footer("Example: ulpforge check runs/exp2_real/programs/10.cert.json");
  const auto json = add_json(*command);
  command->callback(
      [file, json, &action] { action = [file, json] { return check(*file, *json); }; });
}

}  // namespace ulpforge::cli

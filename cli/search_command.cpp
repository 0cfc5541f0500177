// ulpforge search: from an experiment to a run directory.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.h"
#include "runs/form_set.h"
#include "runs/search.h"

namespace ulpforge::cli {

void add_search(CLI::App& app, const std::string& command_line, Action& action) {
  CLI::App* command = app.add_subcommand(
      "search", "Search for programs: a Pareto front of error against operations");
  const auto request = std::make_shared<runs::SearchRequest>();
  const auto flags = std::make_shared<runs::Options>();
  request->command_line = command_line;
  command->add_option("experiment", request->file, "Experiment file; flags override what it says")
      ->type_name("EXPERIMENT.toml");
  add_flags(*command,
            {"target",
             "domain",
             "metric",
             "weight",
             "operations",
             "costs",
             "exact",
             "constants",
             "accuracy",
             "max_operations",
             "seed",
             "threads",
             "time",
             "evaluations",
             "course",
             "regime",
             "format_in",
             "format_out",
             "ulp_of",
             "loosest_ulp",
             "schemes",
             "isa",
             "processor",
             "cost_model",
             "selection",
             "fitting",
             "mutation",
             "crossover",
             "duplicate_detection",
             "pairs",
             "objective"},
            flags);
  add_constraint_flags(*command, flags);
  command->add_option("--out", request->out, "Directory for the results [runs/NAME]")
      ->type_name("DIR");
  command->add_flag("--force", request->force, "Replace the run that the directory holds");
  command
      ->add_option("--resume", request->resume,
                   "Go on with the run in DIR from its last checkpoint, to the same front as if it "
                   "had never been stopped; its time and evaluations count")
      ->type_name("DIR");
  command
      ->add_option("--checkpoint-interval", request->checkpoint_interval,
                   "Seconds between checkpoints, a fourth of that after a gain [20]")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber);
  command
      ->add_option("--cache", request->cache,
                   "Keep the exact values' pieces of an f32 search in DIR, for the next search")
      ->type_name("DIR");
  command->add_flag_callback(
      "--from-nothing", [flags] { flags->from_nothing = true; },
      "Search from the empty program alone; the classical approximations are compared with, and "
      "are "
      "not put on the front");
  command->add_flag_callback(
      "--no-baselines", [flags] { flags->baselines = false; },
      "Skip the classical approximations, which a search begins with: from the empty program "
      "alone");
  command
      ->add_option("--add-to", request->add_to,
                   "f32: then put on this shelf what is better than what it has, and say what that "
                   "replaces; made where there is none")
      ->type_name("SHELF");
  command->add_flag(
      "--no-prove", request->no_prove,
      "Skip the proofs of the front's errors, which are made after the search; in the f32 "
      "regime no certificates");
  command->add_flag("--quiet", request->quiet, "No progress");
  command
      ->add_option("--seeds", request->seeds,
                   "A search for each of these seeds, in DIR/seed_N, and how their results spread")
      ->type_name("1..10|A,B,...")
      ->excludes("--seed")
      ->excludes("--resume");
  command
      ->add_option(
          "--reach", request->reach,
          "With --seeds: errors whose time to reach is told, by operation count (f32: cycles "
          "by ULP limit) [1.25 times the best of all]")
      ->type_name("OPS:ERROR,...")
      ->needs("--seeds");
  command
      ->add_option(
          "--forms", request->forms,
          fmt::format("f32: a search for each of these forms, in DIR/FORM, which share the "
                      "time or the evaluations evenly: {}",
                      fmt::join(runs::form_names(), ", ")))
      ->type_name("FORM,...")
      ->excludes("--isa")
      ->excludes("--seeds")
      ->excludes("--resume");
  command->footer(
      "Examples: ulpforge search experiments/exp2_real.toml --time 30\n"
      "          ulpforge search experiments/f32.toml --target exp2\n"
      "          ulpforge search experiments/f32.toml --target exp2 --forms "
      "scalar,scalar-fma,avx2,avx512\n"
      "          ulpforge search --regime bf16 --target tanh --time 10\n"
      "          ulpforge search --regime f8e4m3 --target \"x*y\" --pairs normal --objective mean\n"
      "          ulpforge search --target \"exp(-x)\" --domain 0,1 --constants fixed:2.14 "
      "--accuracy 8bits\n"
      "          ulpforge search --target \"log1p(exp(x))\" --domain=-1,1 --seeds 1..5");
  const auto json = add_json(*command);
  command->callback([request, flags, json, &action] {
    request->flags = *flags;
    request->json = *json;
    action = [request] { return runs::search(*request); };
  });
}

}  // namespace ulpforge::cli

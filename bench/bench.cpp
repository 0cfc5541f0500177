// One run: compile, time by turns, measure errors.
#include "bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <stdexcept>

#include "bench/peers.h"
#include "targets/scores/pieces.h"

namespace ulpforge::bench {
namespace {

constexpr std::size_t kElements = 2048;  // in and out stay in the first level of cache

using Note = std::function<void(const std::string&)>;

/// What is timed and scored, and the row it ends in.
struct Contestant {
  Row row;
  Array loop;
  Array full;  ///< of a variant: the full function's loop
  Array chain;
  std::size_t lanes = 1;  ///< of one step of the chain
  bool several_programs = false;
};

std::vector<Adaptor> compile(const Request& request, const Note& note) {
  std::vector<Subject> subjects;
  for (const FunctionRequest& function : request.functions) {
    subjects.insert(subjects.end(), function.subjects.begin(), function.subjects.end());
  }
  std::vector<Adaptor> adaptors;
  for (const emit::Form* form : request.forms) {
    if (!host_has(*form)) {
      throw std::invalid_argument(
          fmt::format("this processor lacks what the form '{}' needs", form->key));
    }
    for (const toolchain::Compiler& compiler : request.compilers) {
      for (const std::vector<std::string>& flags : request.flags) {
        if (note) note(fmt::format("compiling: {}, {}", compiler.command, form->key));
        adaptors.emplace_back(compiler, flags, *form, subjects);
      }
    }
  }
  return adaptors;
}

Contestant ours(const Adaptor& adaptor, const FunctionRequest& function, const Subject& subject) {
  Contestant contestant;
  contestant.row = {.function = function.function,
                    .name = subject.name,
                    .ours = true,
                    .compiler = adaptor.compiler(),
                    .flags = adaptor.flags(),
                    .form = std::string(adaptor.form().key),
                    .symbol = ""};
  contestant.loop = adaptor.array(subject.name);
  if (subject.variant) {
    contestant.row.largest = subject.variant->largest;
    contestant.full = adaptor.array(subject.variant->full);
  }
  contestant.chain = adaptor.chain(subject.name);
  contestant.lanes = adaptor.form().lanes;
  contestant.several_programs = subject.several_programs;
  return contestant;
}

Contestant theirs(const Adaptor& adaptor, const FunctionRequest& function, const Peer& peer) {
  Contestant contestant;
  contestant.row = {.function = function.function,
                    .name = peer.name,
                    .ours = false,
                    .compiler = "",
                    .flags = "",
                    .form = std::string(adaptor.form().key),
                    .symbol = fmt::format("{} of {}", peer.symbol, peer.library)};
  const auto bind = [&peer](PeerLoop loop) -> Array {
    return [loop, code = peer.function, kept = peer.loaded](const float* x, float* y,
                                                            std::size_t n) { loop(x, y, n, code); };
  };
  contestant.loop = bind(adaptor.peer_loop(peer.vector));
  contestant.chain = bind(adaptor.peer_chain(peer.vector));
  contestant.lanes = peer.vector ? peer.bits / 32 : 1;
  return contestant;
}

jit::BatchFunction batch(const Array& array) {
  return [&array](std::span<const float> x, std::span<float> y) {
    array(x.data(), y.data(), x.size());
  };
}

/// All by turns; a copy is the first, and the canary's companion.
void time(std::vector<Contestant>& contestants, const std::vector<float>& x,
          const jit::MeasureOptions& options) {
  const Array copy = [](const float* from, float* to, std::size_t n) {
    std::memcpy(to, from, n * sizeof *from);
  };
  std::vector<jit::BatchFunction> loops = {batch(copy)}, chains = {batch(copy)};
  for (const Contestant& contestant : contestants) {
    loops.push_back(batch(contestant.loop));
    chains.push_back(batch(contestant.chain));
  }
  const std::vector<jit::Measurement> throughput = jit::measure_throughput(loops, x, options);
  const std::vector<jit::Measurement> latency = jit::measure_throughput(chains, x, options);
  for (std::size_t k = 0; k < contestants.size(); ++k) {
    Row& row = contestants[k].row;
    row.nanoseconds = throughput[k + 1].nanoseconds;
    row.spread = throughput[k + 1].spread;
    row.quiet = throughput[k + 1].quiet && latency[k + 1].quiet;
    row.latency = latency[k + 1].nanoseconds * static_cast<double>(contestants[k].lanes);
  }
}

/// Errors of one function's contestants in every form. What gives the same bits as the first
/// compilation has its figures; a scalar peer is the same code in every form.
class Errors {
 public:
  Errors(const FunctionRequest& function, std::uint64_t samples)
      : reference_(function.target, targets::all_finite_floats()), samples_(samples) {}

  void measure(Contestant& contestant) {
    Row& row = contestant.row;
    std::string key = row.ours ? row.name : row.symbol;
    if (contestant.several_programs) key += fmt::format("/{}/{}", row.form, row.flags);
    const auto first = first_.find(key);
    if (first == first_.end()) {
      row.accuracy = accuracy_of(contestant);
      first_.emplace(key, First{contestant.loop, *row.accuracy});
      return;
    }
    if (!row.ours) {
      row.accuracy = first->second.accuracy;
      return;
    }
    row.same_bits = same_bits(first->second.loop, contestant.loop, samples_);
    row.accuracy = *row.same_bits ? first->second.accuracy : accuracy_of(contestant);
  }

 private:
  Accuracy accuracy_of(const Contestant& contestant) const {
    const std::optional<float>& largest = contestant.row.largest;
    return largest ? measure_accuracy_of_normal(reference_, contestant.loop, contestant.full,
                                                *largest, samples_)
                   : measure_accuracy(reference_, contestant.loop, samples_);
  }

  struct First {
    Array loop;
    Accuracy accuracy;
  };
  targets::FloatReference reference_;
  std::uint64_t samples_;
  std::map<std::string, First> first_;
};

std::vector<Contestant> contestants_of(const FunctionRequest& function, const emit::Form& form,
                                       const std::vector<Adaptor>& adaptors,
                                       const std::vector<Peer>& peers) {
  std::vector<Contestant> contestants;
  const Adaptor* last = nullptr;
  for (const Adaptor& adaptor : adaptors) {
    if (&adaptor.form() != &form) continue;
    last = &adaptor;
    for (const Subject& subject : function.subjects) {
      contestants.push_back(ours(adaptor, function, subject));
    }
  }
  for (const Peer& peer : peers) contestants.push_back(theirs(*last, function, peer));
  return contestants;
}

}  // namespace

Result run(const Request& request, const Note& note) {
  const std::vector<Adaptor> adaptors = compile(request, note);
  Result result;
  for (const FunctionRequest& function : request.functions) {
    const std::vector<float> x = draw(function.inputs, kElements);
    std::optional<Errors> errors;
    if (request.samples) errors.emplace(function, *request.samples);
    for (const emit::Form* const one : request.forms) {
      const emit::Form& form = *one;
      Peers peers = find_peers(request.libraries, function.symbol, form.bits());
      for (const std::string& missing : peers.missing) {
        result.missing.push_back(fmt::format("{}, {}: {}", function.function, form.key, missing));
      }
      std::vector<Contestant> contestants = contestants_of(function, form, adaptors, peers.found);
      if (note) note(fmt::format("{}, {}: timing", function.function, form.key));
      time(contestants, x, request.timing);
      for (Contestant& contestant : contestants) {
        if (errors) {
          if (note) {
            note(fmt::format("{}, {}: errors of {}", function.function, form.key,
                             contestant.row.name));
          }
          errors->measure(contestant);
        }
        result.rows.push_back(std::move(contestant.row));
      }
    }
  }
  return result;
}

std::optional<Comparison> against_fastest(const Row& ours, const std::vector<Row>& rows,
                                          double max_ulp) {
  const Row* fastest = nullptr;
  for (const Row& row : rows) {
    if (row.ours || row.function != ours.function || row.form != ours.form || !row.accuracy ||
        row.accuracy->score.max_ulp > max_ulp) {
      continue;
    }
    if (fastest == nullptr || row.nanoseconds < fastest->nanoseconds) fastest = &row;
  }
  if (fastest == nullptr) return std::nullopt;
  return Comparison{ours.nanoseconds / fastest->nanoseconds, fastest->name};
}

}  // namespace ulpforge::bench

// One run: compile, time by turns, measure errors.
#include "bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <stdexcept>

#include "bench/peers.h"
#include "bench/special_values.h"
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

void check_forms(const Request& request) {
  for (const emit::Form* form : request.forms) {
    if (host_has(*form)) continue;
    throw std::invalid_argument(
        fmt::format("this processor lacks what the form '{}' needs", form->key));
  }
}

/// Ours, and the peers' headers; those made before a stop.
std::vector<Adaptor> compile(const Request& request, PeerSet& peers, const Note& note,
                             const std::stop_token& stop) {
  std::vector<Subject> subjects;
  for (const FunctionRequest& function : request.functions) {
    subjects.insert(subjects.end(), function.subjects.begin(), function.subjects.end());
  }
  std::vector<Adaptor> adaptors;
  for (const emit::Form* form : request.forms) {
    for (const toolchain::Compiler& compiler : request.compilers) {
      for (const std::vector<std::string>& flags : request.flags) {
        if (stop.stop_requested()) return adaptors;
        if (note) note(fmt::format("compiling: {}, {}", compiler.command, form->key));
        adaptors.emplace_back(compiler, flags, *form, subjects);
        peers.compile(compiler, flags, *form);
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
                    .code = "",
                    .allowed_ulp = subject.allowed_ulp};
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

Contestant theirs(const FunctionRequest& function, const emit::Form& form, const Peer& peer) {
  Contestant contestant;
  contestant.row = {.function = function.function,
                    .name = peer.name,
                    .ours = false,
                    .compiler = peer.compiler,
                    .flags = peer.flags,
                    .form = std::string(form.key),
                    .code = peer.code};
  contestant.loop = peer.loop;
  contestant.chain = peer.chain;
  contestant.lanes = peer.lanes;
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
/// compilation has its figures; what was installed compiled is the same code in every form.
class Errors {
 public:
  Errors(const FunctionRequest& function, std::uint64_t samples, std::stop_token stop)
      : function_(function.function),
        reference_(function.target, targets::all_finite_floats()),
        timed_(floats_in(function.inputs)),
        samples_(samples),
        stop_(std::move(stop)) {}

  /// Leaves them pending where it is stopped before its end.
  void measure(Contestant& contestant) {
    const Row timed = contestant.row;
    if (!stop_.stop_requested()) measure_to_end(contestant);
    if (!stop_.stop_requested()) return;
    contestant.row = timed;
    contestant.row.errors_pending = true;
  }

 private:
  void measure_to_end(Contestant& contestant) {
    Row& row = contestant.row;
    if (!row.largest) {
      for (const WrongValue& wrong : wrong_values(reference_, contestant.loop)) {
        row.wrong_values.push_back(to_text(function_, wrong));
      }
    }
    std::string key = row.ours ? row.name : row.code;
    if (contestant.several_programs) key += fmt::format("/{}/{}", row.form, row.flags);
    const auto first = first_.find(key);
    if (first == first_.end()) {
      row.accuracy = accuracy_of(contestant);
      first_.emplace(key, First{contestant.loop, *row.accuracy});
      return;
    }
    if (!row.ours && row.compiler.empty()) {
      row.accuracy = first->second.accuracy;
      return;
    }
    row.same_bits = same_bits(first->second.loop, contestant.loop, samples_, stop_);
    row.accuracy = *row.same_bits ? first->second.accuracy : accuracy_of(contestant);
  }

  Accuracy accuracy_of(const Contestant& contestant) const {
    const std::optional<float>& largest = contestant.row.largest;
    return largest ? measure_accuracy_of_normal(reference_, contestant.loop, contestant.full,
                                                *largest, samples_, stop_)
                   : measure_accuracy(reference_, contestant.loop, samples_, timed_, stop_);
  }

  struct First {
    Array loop;
    Accuracy accuracy;
  };
  std::string function_;
  targets::FloatReference reference_;
  std::vector<targets::FloatRange> timed_;
  std::uint64_t samples_;
  std::stop_token stop_;
  std::map<std::string, First> first_;
};

PeerFunction as_peers_know(const FunctionRequest& function) {
  return {function.base, function.symbol};
}

std::vector<Contestant> contestants_of(const FunctionRequest& function, const emit::Form& form,
                                       const std::vector<Adaptor>& adaptors, const PeerSet& peers) {
  std::vector<Contestant> contestants;
  const Adaptor* last = nullptr;
  for (const Adaptor& adaptor : adaptors) {
    if (&adaptor.form() != &form) continue;
    last = &adaptor;
    for (const Subject& subject : function.subjects) {
      contestants.push_back(ours(adaptor, function, subject));
    }
  }
  for (const Peer& peer : peers.peers(as_peers_know(function), *last)) {
    contestants.push_back(theirs(function, form, peer));
  }
  return contestants;
}

/// Whether the peer's error is one of a tier that ours is in, or smaller.
bool is_as_accurate(const Row& peer, const Row& ours, Where where) {
  if (!peer.accuracy || !ours.accuracy) return !ours.accuracy;
  const double allowed = std::max(ours.accuracy->score.max_ulp, ours.allowed_ulp.value_or(0));
  if (where == Where::Timed && peer.accuracy->inside)
    return peer.accuracy->inside->max_ulp <= allowed;
  return peer.accuracy->score.max_ulp <= allowed && peer.wrong_values.empty() &&
         peer.accuracy->score.special_value_errors == 0;
}

}  // namespace

Result run(const Request& request, const Note& note, const std::stop_token& stop) {
  check_forms(request);
  std::vector<PeerFunction> functions;
  for (const FunctionRequest& function : request.functions) {
    functions.push_back(as_peers_know(function));
  }
  PeerSet peers(request.against, request.compilers, request.flags, request.forms, functions);
  const std::vector<Adaptor> adaptors = compile(request, peers, note, stop);
  Result result;
  result.missing = peers.missing();
  for (const FunctionRequest& function : request.functions) {
    if (stop.stop_requested()) break;
    const std::vector<float> x = draw(function.inputs, kElements);
    std::optional<Errors> errors;
    if (request.samples) errors.emplace(function, *request.samples, stop);
    for (const emit::Form* const one : request.forms) {
      if (stop.stop_requested()) break;
      const emit::Form& form = *one;
      std::vector<Contestant> contestants = contestants_of(function, form, adaptors, peers);
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
  result.stopped = stop.stop_requested();
  return result;
}

std::optional<Comparison> against_fastest(const Row& ours, const std::vector<Row>& rows,
                                          Where where) {
  const Row* fastest = nullptr;
  for (const Row& row : rows) {
    if (row.function != ours.function || row.form != ours.form) continue;
    if (row.errors_pending) return std::nullopt;
    if (row.ours) continue;
    const bool other_compilation =
        !row.compiler.empty() && (row.compiler != ours.compiler || row.flags != ours.flags);
    if (other_compilation || !is_as_accurate(row, ours, where)) continue;
    if (fastest == nullptr || row.nanoseconds < fastest->nanoseconds) fastest = &row;
  }
  if (fastest == nullptr) return std::nullopt;
  return Comparison{ours.nanoseconds / fastest->nanoseconds, fastest->name};
}

double against_compilers(const Row& ours, const std::vector<Row>& rows) {
  double fastest = ours.nanoseconds;
  for (const Row& row : rows) {
    if (row.ours && row.name == ours.name && row.form == ours.form)
      fastest = std::min(fastest, row.nanoseconds);
  }
  return ours.nanoseconds / fastest;
}

}  // namespace ulpforge::bench

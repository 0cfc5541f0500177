// Compiling, timing by turns, and every number of the format.
#include "bench/short_bench.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "bench/embedded.h"
#include "bench/peers.h"
#include "bench/short_peers.h"
#include "emit/cpp_text.h"
#include "emit/short_header.h"
#include "emit/template.h"
#include "targets/scores/short_values.h"

namespace ulpforge::bench {
namespace {

constexpr std::size_t kElements = 2048;

using Note = std::function<void(const std::string&)>;
/// y[i] = f(x[i]), patterns.
using ShortArray = std::function<void(const void* x, void* y, std::size_t n)>;

struct ShortContestant {
  ShortRow row;
  ShortArray loop;
};

/// One function's subjects and peers as one compiler makes them.
struct ShortUnit {
  const toolchain::Compiler* compiler;
  std::string flags;
  const emit::Form* form;
  LoadedCode code;
};

std::vector<PublishedKernel> kernels_of(const FunctionRequest& function) {
  std::vector<PublishedKernel> kernels;
  for (const PublishedKernel& kernel : published_kernels()) {
    if (kernel.function == function.base) kernels.push_back(kernel);
  }
  return kernels;
}

const Composition* composition_of(const FunctionRequest& function) {
  const auto found = std::ranges::find(compositions(), function.base, &Composition::function);
  return found == compositions().end() ? nullptr : &*found;
}

std::vector<SourceFile> sources(const FunctionRequest& function, const numbers::ShortFormat& format,
                                const emit::Form& form) {
  const emit::TemplateFile file(kShortUnitText);
  std::vector<SourceFile> files;
  std::string includes, functions, composed;
  for (const Subject& subject : function.subjects) {
    files.push_back({subject.name + ".h", subject.header});
    includes += fmt::format("#include \"{}.h\"\n", subject.name);
    functions += file.fill("function", {{"NAME", subject.name}});
  }
  for (const PublishedKernel& kernel : kernels_of(function)) {
    functions += file.fill("published_loop", {{"NAME", std::string(kernel.name)}});
  }
  if (const Composition* const composition = composition_of(function)) {
    composed = file.fill("composition", {{"NAME", std::string(composition->function)},
                                         {"EXPRESSION", std::string(composition->expression)}});
  }
  const std::string& first = function.subjects.front().name;
  files.insert(
      files.begin(),
      {"unit.cpp",
       file.fill("unit", {{"INCLUDES", includes},
                          {"FIRST", first},
                          {"FORM", names_of_form(first + "_float")},
                          {"LOOPS", std::string(kLoopsText)},
                          {"TYPE", emit::pattern_type(format)},
                          {"CONVERSIONS", emit::short_conversions(format, form)},
                          {"CONVERTS_VECTORS", emit::converts_vectors(format, form) ? "1" : "0"},
                          {"PUBLISHED", file.fill("published")},
                          {"COMPOSITIONS", composed},
                          {"FUNCTIONS", functions}})});
  return files;
}

ShortArray bound(void* symbol) {
  using Loop = void (*)(const void*, void*, std::size_t);
  return [loop = reinterpret_cast<Loop>(symbol)](const void* x, void* y, std::size_t n) {
    loop(x, y, n);
  };
}

ShortArray bound(void* symbol, const void* argument) {
  using Loop = void (*)(const void*, void*, std::size_t, const void*);
  return [loop = reinterpret_cast<Loop>(symbol), argument](const void* x, void* y, std::size_t n) {
    loop(x, y, n, argument);
  };
}

ShortArray bound(void* symbol, void* f, void* g) {
  using Loop = void (*)(const void*, void*, std::size_t, void*, void*);
  return [loop = reinterpret_cast<Loop>(symbol), f, g](const void* x, void* y, std::size_t n) {
    loop(x, y, n, f, g);
  };
}

ShortContestant contestant(const FunctionRequest& function, const ShortUnit& unit, ShortKind kind,
                           std::string name, std::string code, ShortArray loop) {
  return {{.function = function.function,
           .name = std::move(name),
           .kind = kind,
           .compiler = unit.compiler->command,
           .flags = unit.flags,
           .form = std::string(unit.form->key),
           .code = std::move(code)},
          std::move(loop)};
}

/// Patterns in the format's width.
class Patterns {
 public:
  Patterns(const numbers::ShortFormat& format, std::size_t count)
      : width_(format.bytes()), bytes_(width_ * count) {}

  void set(std::size_t i, std::uint32_t pattern) {
    std::memcpy(bytes_.data() + i * width_, &pattern, width_);  // little-endian
  }
  std::uint32_t get(std::size_t i) const {
    std::uint32_t pattern = 0;
    std::memcpy(&pattern, bytes_.data() + i * width_, width_);
    return pattern;
  }
  std::size_t size() const { return bytes_.size() / width_; }
  std::size_t width() const { return width_; }
  void* data() { return bytes_.data(); }
  const void* data() const { return bytes_.data(); }

 private:
  std::size_t width_;
  std::vector<unsigned char> bytes_;
};

/// The usual arguments, as far as the format has them.
Patterns arguments(const FunctionRequest& function, const numbers::ShortFormat& format) {
  Inputs inputs = function.inputs;
  if (inputs.logarithmic) {
    inputs.low = std::max(inputs.low, numbers::power_of_two(format.row().emin - 1));
  }
  inputs.high = std::min(inputs.high, format.largest_value());
  const std::vector<float> x = draw(inputs, kElements);
  Patterns patterns(format, x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    patterns.set(i, format.round(static_cast<double>(x[i])));
  }
  return patterns;
}

/// Correctly rounded results at every pattern: what a table would hold.
Patterns table_of(const targets::ShortValues& values) {
  Patterns table(values.format(), values.size());
  const targets::ShortJudge judge(values.format(), numbers::RoundTo::NearestEven);
  for (std::size_t i = 0; i < values.size(); ++i) {
    table.set(values.patterns()[i], judge.correct(values.values()[i]));
  }
  return table;
}

void time(std::vector<ShortContestant>& contestants, const Patterns& x,
          const jit::MeasureOptions& options) {
  Patterns y = x;
  std::vector<jit::BatchFunction> loops;
  const std::size_t bytes = x.size() * x.width();
  loops.emplace_back(
      [&](std::span<const float>, std::span<float>) { std::memcpy(y.data(), x.data(), bytes); });
  for (const ShortContestant& one : contestants) {
    loops.emplace_back([&one, &x, &y](std::span<const float>, std::span<float>) {
      one.loop(x.data(), y.data(), x.size());
    });
  }
  // How many elements a turn has is all that is read of these.
  const std::vector<float> count(x.size());
  const std::vector<jit::Measurement> times = jit::measure_throughput(loops, count, options);
  for (std::size_t k = 0; k < contestants.size(); ++k) {
    ShortRow& row = contestants[k].row;
    row.nanoseconds = times[k + 1].nanoseconds;
    row.gigabytes = 2 * static_cast<double>(x.width()) / row.nanoseconds;
    row.quiet = times[k + 1].quiet;
  }
}

ShortRow::Errors errors_of(const ShortArray& loop, const targets::ShortValues& values) {
  // Loops of vectors leave out what does not fill one.
  constexpr std::size_t kWhole = 64;
  const std::size_t count = (values.size() + kWhole - 1) / kWhole * kWhole;
  Patterns x(values.format(), count), y(values.format(), count);
  for (std::size_t i = 0; i < values.size(); ++i) x.set(i, values.patterns()[i]);
  loop(x.data(), y.data(), count);
  std::vector<std::uint32_t> results(values.size());
  for (std::size_t i = 0; i < results.size(); ++i) results[i] = y.get(i);
  const targets::ShortScore found = targets::score(values, results);
  return {found.max_ulp, found.misrounded, found.special_values.count};
}

/// Ours, the table, published kernels, and float functions between conversions.
std::vector<ShortContestant> contestants_of(const FunctionRequest& function, const ShortUnit& unit,
                                            const PeerSet& peers, const Patterns& table) {
  std::vector<ShortContestant> all;
  all.reserve(function.subjects.size() + 1);
  for (const Subject& subject : function.subjects) {
    all.push_back(contestant(function, unit, ShortKind::Ours, subject.name, "",
                             bound(unit.code.symbol("ours_" + subject.name))));
  }
  all.push_back(contestant(function, unit, ShortKind::Table,
                           fmt::format("table of {}", table.size()), "y = entries[x]",
                           bound(unit.code.symbol("table"), table.data())));
  for (const PublishedKernel& kernel : kernels_of(function)) {
    all.push_back(contestant(function, unit, ShortKind::Published, std::string(kernel.shown),
                             std::string(kernel.name),
                             bound(unit.code.symbol(fmt::format("published_{}", kernel.name)))));
  }
  const numbers::ShortFormat format = numbers::parse_short_format(function.format);
  const bool vectors = emit::converts_vectors(format, *unit.form);
  const std::size_t lanes = vectors ? peer_lanes(*unit.form) : 1;
  for (const PeerSet::SharedCode& one : peers.shared(function.symbol, lanes)) {
    const char* const loop = one.function.lanes > 1 ? "peer_vector" : "peer_scalar";
    all.push_back(contestant(function, unit, ShortKind::Library, one.function.name,
                             fmt::format("{} of {}", one.function.symbol, one.file),
                             bound(unit.code.symbol(loop), one.function.address)));
  }
  for (const auto& [library, loop] : peers.of_patterns(function.base, *unit.form)) {
    if (library->compiler() != unit.compiler->command || library->flags() != unit.flags) continue;
    all.push_back(contestant(function, unit, ShortKind::Library, library->row().shown,
                             *expression_of(library->peer(), function.base), bound(loop)));
  }
  const Composition* const composition = composition_of(function);
  if (composition == nullptr) return all;
  const std::vector<PeerSet::SharedCode> second =
      composition->g.empty() ? std::vector<PeerSet::SharedCode>{}
                             : peers.shared(std::string(composition->g), lanes);
  for (const PeerSet::SharedCode& f : peers.shared(std::string(composition->f), lanes)) {
    const auto g = std::ranges::find_if(second, [&](const PeerSet::SharedCode& other) {
      return other.function.name == f.function.name && other.function.lanes == f.function.lanes;
    });
    if (!composition->g.empty() && g == second.end()) continue;
    const std::string loop =
        fmt::format("composed_{}_{}", f.function.lanes > 1 ? "vector" : "scalar", function.base);
    all.push_back(contestant(function, unit, ShortKind::Library, f.function.name,
                             fmt::format("{} with {}{}", composition->expression, f.function.symbol,
                                         composition->g.empty() ? "" : ", " + g->function.symbol),
                             bound(unit.code.symbol(loop), f.function.address,
                                   composition->g.empty() ? nullptr : g->function.address)));
  }
  return all;
}

void run_function(const Request& request, const FunctionRequest& function, PeerSet& peers,
                  ShortResult& result, const Note& note, const std::stop_token& stop) {
  const numbers::ShortFormat format = numbers::parse_short_format(function.format);
  const targets::ShortValues values(function.target, format);
  const Patterns table = table_of(values);
  const Patterns x = arguments(function, format);
  for (const emit::Form* const form : request.forms) {
    if (stop.stop_requested()) {
      result.stopped = true;
      return;
    }
    if (note) note(fmt::format("{}, {}", function.function, form->key));
    std::vector<ShortUnit> units;
    std::vector<ShortContestant> contestants;
    for (const toolchain::Compiler& compiler : request.compilers) {
      for (const std::vector<std::string>& flags : request.flags) {
        units.push_back({&compiler, fmt::format("{}", fmt::join(flags, " ")), form,
                         LoadedCode(compiler, flags, *form, sources(function, format, *form))});
      }
    }
    for (const ShortUnit& unit : units) {
      std::vector<ShortContestant> some = contestants_of(function, unit, peers, table);
      std::ranges::move(some, std::back_inserter(contestants));
    }
    std::ranges::stable_sort(contestants, {}, [](const auto& one) { return one.row.kind; });
    time(contestants, x, request.timing);
    for (ShortContestant& one : contestants) {
      if (request.samples) one.row.errors = errors_of(one.loop, values);
      result.rows.push_back(std::move(one.row));
    }
  }
}

}  // namespace

std::string_view name(ShortKind kind) {
  switch (kind) {
    case ShortKind::Ours:
      return "ours";
    case ShortKind::Library:
      return "library";
    case ShortKind::Table:
      return "table";
    case ShortKind::Published:
      return "published";
  }
  return "";
}

ShortResult run_short(const Request& request, const Note& note, const std::stop_token& stop) {
  ShortResult result;
  for (const std::string_view format : {"bf16", "f16"}) {
    // Header libraries are compiled with a format's conversions.
    std::vector<PeerFunction> functions;
    for (const FunctionRequest& function : request.functions) {
      if (function.format == format) functions.push_back({function.base, function.symbol});
    }
    if (functions.empty()) continue;
    PeerSet peers(request.against, request.compilers, request.flags, request.forms, functions);
    const numbers::ShortFormat row = numbers::parse_short_format(std::string(format));
    for (const emit::Form* form : request.forms) {
      if (!emit::converts_vectors(row, *form)) continue;
      for (const toolchain::Compiler& compiler : request.compilers) {
        for (const std::vector<std::string>& flags : request.flags) {
          if (note) note(fmt::format("compiling: {}, {}", compiler.command, form->key));
          peers.compile(compiler, flags, *form, emit::short_conversions(row, *form));
        }
      }
    }
    for (const FunctionRequest& function : request.functions) {
      if (function.format == format) run_function(request, function, peers, result, note, stop);
    }
    for (const std::string& lack : peers.missing()) {
      if (std::ranges::find(result.missing, lack) == result.missing.end()) {
        result.missing.push_back(lack);
      }
    }
  }
  for (const FunctionRequest& function : request.functions) {
    if (function.format.empty() || function.format == "bf16" || function.format == "f16") continue;
    PeerSet peers(request.against, request.compilers, request.flags, request.forms,
                  {{function.base, function.symbol}});
    run_function(request, function, peers, result, note, stop);
  }
  return result;
}

std::optional<Comparison> against_fastest(const ShortRow& ours, const std::vector<ShortRow>& rows,
                                          ShortKind kind) {
  const ShortRow* fastest = nullptr;
  for (const ShortRow& row : rows) {
    if (row.kind != kind || row.function != ours.function || row.form != ours.form ||
        row.compiler != ours.compiler || row.flags != ours.flags) {
      continue;
    }
    const double allowed = ours.errors ? std::max(1.0, ours.errors->max_ulp) : 0;
    const bool accurate = !row.errors || kind == ShortKind::Table ||
                          (row.errors->max_ulp <= allowed && row.errors->special == 0);
    if (!accurate) continue;
    if (fastest == nullptr || row.nanoseconds < fastest->nanoseconds) fastest = &row;
  }
  if (fastest == nullptr) return std::nullopt;
  return Comparison{ours.nanoseconds / fastest->nanoseconds, fastest->name};
}

}  // namespace ulpforge::bench

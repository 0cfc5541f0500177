// From names to functions that can be called.
#include "bench/peers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace ulpforge::bench {
namespace {

bool is_other(const std::string& name) { return name.starts_with("library:"); }

/// Whether --against names that row, rather than all.
bool names(const std::vector<std::string>& against, const PeerRow& row) {
  return std::ranges::find(against, row.name) != against.end();
}

void check_names(const std::vector<std::string>& against) {
  const std::vector<std::string> known = peer_names();
  for (const std::string& name : against) {
    if (name == kEveryPeer || is_other(name) || std::ranges::find(known, name) != known.end()) {
      continue;
    }
    throw std::invalid_argument(
        fmt::format("--against: unknown library '{}'; there are {}, {} and "
                    "library:FILE:PATTERN:LANES",
                    name, fmt::join(known, ", "), kEveryPeer));
  }
}

std::string lanes_text(std::size_t lanes) {
  return lanes == 1 ? "single floats" : fmt::format("vectors of {} floats", lanes);
}

/// A library with functions of vectors has each for vectors of these, if it has it at all.
constexpr std::size_t kSomeLanes = 4;

std::vector<std::string> keys_of(const std::vector<const emit::Form*>& forms) {
  std::vector<std::string> keys;
  for (const emit::Form* form : forms) keys.emplace_back(form->key);
  return keys;
}

Array bound(PeerLoop loop, void* function) {
  return [loop, function](const float* x, float* y, std::size_t n) { loop(x, y, n, function); };
}

}  // namespace

std::vector<std::string> peer_names() {
  std::vector<std::string> names;
  for (const PeerRow& row : peer_table()) names.push_back(row.name);
  return names;
}

PeerSet::PeerSet(const std::vector<std::string>& against,
                 const std::vector<toolchain::Compiler>& compilers,
                 const std::vector<std::vector<std::string>>& flags,
                 const std::vector<const emit::Form*>& forms,
                 const std::vector<PeerFunction>& functions)
    : functions_(functions) {
  check_names(against);
  const bool all = std::ranges::find(against, kEveryPeer) != against.end();
  for (const PeerRow& row : peer_table()) {
    if (!all && !names(against, row)) continue;
    const std::size_t before = shared_.size() + headers_.size();
    if (const auto* const shared = std::get_if<SharedPeer>(&row.kind)) {
      if (auto library = SharedLibrary::find(row, *shared)) shared_.push_back(std::move(*library));
    } else {
      const HeaderPeer& peer = std::get<HeaderPeer>(row.kind);
      for (const toolchain::Compiler& compiler : compilers) {
        if (const auto header = header_found(peer, compiler, flags.front())) {
          headers_.push_back({&row, &peer, *header});
          break;
        }
      }
    }
    if (shared_.size() + headers_.size() > before) continue;
    const std::string lack =
        fmt::format("{}: not installed; Debian's {} has it", row.shown, row.package);
    if (names(against, row)) throw std::invalid_argument("--against: " + lack);
    missing_.push_back(lack);
  }
  for (const std::string& name : against) {
    if (!is_other(name)) continue;
    shared_.push_back(SharedLibrary::parse(name));
    check_other(shared_.back(), forms);
  }
}

void PeerSet::check_other(const SharedLibrary& library,
                          const std::vector<const emit::Form*>& forms) const {
  const auto fail = [&](const std::string& why) {
    return std::invalid_argument(fmt::format("--against: {}: {}", library.file(), why));
  };
  const std::size_t lanes = library.lanes();
  std::vector<std::string> tried;
  std::optional<SharedFunction> found;
  for (const PeerFunction& function : functions_) {
    for (const std::string& symbol : library.symbols(function.symbol, lanes)) {
      tried.push_back(symbol);
    }
    const std::vector<SharedFunction> some = library.functions(function.symbol, lanes);
    if (!found && !some.empty()) found = some.front();
  }
  if (!found) throw fail(fmt::format("has none of {}", fmt::join(tried, ", ")));
  if (lanes > 1 && std::ranges::none_of(
                       forms, [&](const emit::Form* form) { return peer_lanes(*form) == lanes; })) {
    throw fail(fmt::format("{} stand beside none of --forms {}", lanes_text(lanes),
                           fmt::join(keys_of(forms), ",")));
  }
  const std::size_t real = probe_lanes(found->address);
  if (real != lanes) {
    throw fail(fmt::format("{} takes {}, and not {}; give :{} at the end", found->symbol,
                           lanes_text(real), lanes_text(lanes), real));
  }
}

void PeerSet::compile(const toolchain::Compiler& compiler, const std::vector<std::string>& flags,
                      const emit::Form& form, const std::string& conversions) {
  const std::size_t lanes = peer_lanes(form);
  if (lanes == 1) return;
  std::vector<std::string> names;
  for (const PeerFunction& function : functions_) names.push_back(function.function);
  for (const Header& header : headers_) {
    if (lanes > header.peer->most_lanes) continue;
    compiled_.emplace_back(*header.row, *header.peer, header.header, compiler, flags, form, names,
                           conversions);
  }
}

std::vector<PeerSet::SharedCode> PeerSet::shared(const std::string& symbol,
                                                 std::size_t lanes) const {
  std::vector<SharedCode> found;
  for (const SharedLibrary& library : shared_) {
    for (const SharedFunction& one : library.functions(symbol, lanes)) {
      found.push_back({one, library.file()});
    }
  }
  return found;
}

std::vector<PeerSet::PatternCode> PeerSet::of_patterns(const std::string& function,
                                                       const emit::Form& form) const {
  std::vector<PatternCode> found;
  for (const HeaderLibrary& library : compiled_) {
    if (&library.form() != &form) continue;
    if (void* const loop = library.loop_of_patterns(function)) found.push_back({&library, loop});
  }
  return found;
}

std::vector<Peer> PeerSet::peers(const PeerFunction& function, const Adaptor& adaptor) const {
  std::vector<Peer> found;
  for (const SharedLibrary& library : shared_) {
    for (const SharedFunction& one :
         library.functions(function.symbol, peer_lanes(adaptor.form()))) {
      const bool vector = one.lanes > 1;
      found.push_back({.name = one.name,
                       .code = fmt::format("{} of {}", one.symbol, library.file()),
                       .compiler = "",
                       .flags = "",
                       .lanes = one.lanes,
                       .loop = bound(adaptor.peer_loop(vector), one.address),
                       .chain = bound(adaptor.peer_chain(vector), one.address)});
    }
  }
  for (const HeaderLibrary& library : compiled_) {
    if (&library.form() != &adaptor.form()) continue;
    const auto loops = library.loops(function.function);
    if (!loops) continue;
    found.push_back({.name = library.row().shown,
                     .code = *expression_of(library.peer(), function.function),
                     .compiler = library.compiler(),
                     .flags = library.flags(),
                     .lanes = peer_lanes(library.form()),
                     .loop = loops->array,
                     .chain = loops->chain});
  }
  return found;
}

std::vector<std::string> PeerSet::missing() const {
  std::vector<std::string> all = missing_;
  const auto tell = [&](const std::string& library, const std::vector<std::string>& lacks) {
    if (!lacks.empty())
      all.push_back(fmt::format("{}: has no {}", library, fmt::join(lacks, ", ")));
  };
  for (const SharedLibrary& library : shared_) {
    const std::size_t lanes = library.lanes() == 0 ? kSomeLanes : library.lanes();
    std::vector<std::string> lacks;
    for (const PeerFunction& function : functions_) {
      if (library.functions(function.symbol, lanes).empty()) lacks.push_back(function.symbol);
    }
    tell(library.name(), lacks);
  }
  for (const Header& header : headers_) {
    std::vector<std::string> lacks;
    for (const PeerFunction& function : functions_) {
      if (!expression_of(*header.peer, function.function)) lacks.push_back(function.function);
    }
    tell(header.row->shown, lacks);
  }
  for (const HeaderLibrary& library : compiled_) {
    for (const HeaderLibrary::Failure& failure : library.failures()) {
      all.push_back(fmt::format("{}, {}, {}: {}", library.row().shown, failure.function,
                                library.form().key, failure.error));
    }
  }
  return all;
}

}  // namespace ulpforge::bench

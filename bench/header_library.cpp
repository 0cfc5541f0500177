// The text that is compiled, and what comes of it.
#include "bench/header_library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "bench/embedded.h"
#include "emit/template.h"

namespace ulpforge::bench {
namespace {

std::string text_of(const HeaderPeer& peer, const std::string& header,
                    const std::vector<std::string>& functions, const std::string& conversions) {
  const emit::TemplateFile file(kHeaderLibraryText);
  const std::string_view loop = conversions.empty() ? "function" : "function_of_patterns";
  std::string loops;
  for (const std::string& function : functions) {
    loops += file.fill(loop, {{"NAME", function}, {"EXPRESSION", *expression_of(peer, function)}});
  }
  return file.fill("unit",
                   {{"PART", file.fill(peer.part, {{"HEADER", header}})},
                    {"LOOPS", std::string(kLoopsText)},
                    {"CONVERSIONS",
                     conversions.empty() ? "" : file.fill("conversions", {{"TEXT", conversions}})},
                    {"FUNCTIONS", loops}});
}

}  // namespace

std::optional<std::string> header_found(const HeaderPeer& peer, const toolchain::Compiler& compiler,
                                        const std::vector<std::string>& flags) {
  for (const std::string_view header : peer.headers) {
    if (toolchain::finds_header(compiler, flags, std::string(header))) return std::string(header);
  }
  return std::nullopt;
}

std::optional<std::string> expression_of(const HeaderPeer& peer, const std::string& function) {
  const auto found = std::ranges::find(peer.functions, function, &HeaderPeer::Function::function);
  if (found == peer.functions.end()) return std::nullopt;
  return std::string(found->expression);
}

HeaderLibrary::HeaderLibrary(const PeerRow& row, const HeaderPeer& peer, const std::string& header,
                             const toolchain::Compiler& compiler,
                             const std::vector<std::string>& flags, const emit::Form& form,
                             const std::vector<std::string>& functions,
                             const std::string& conversions)
    : row_(&row),
      peer_(&peer),
      compiler_(compiler.command),
      flags_(fmt::format("{}", fmt::join(flags, " "))),
      form_(&form),
      of_patterns_(!conversions.empty()) {
  std::vector<std::string> known;
  for (const std::string& function : functions) {
    if (expression_of(peer, function)) known.push_back(function);
  }
  if (known.empty()) return;
  std::vector<std::string> all = flags;
  all.push_back(fmt::format("-DLANES={}", peer_lanes(form)));
  const auto compile = [&](const std::vector<std::string>& some) {
    pieces_.push_back(
        {some, LoadedCode(compiler, all, form,
                          {{"peer.cpp", text_of(peer, header, some, conversions)}}, peer.linked)});
  };
  try {
    compile(known);
    return;
  } catch (const std::invalid_argument& error) {
    if (known.size() == 1) {
      failures_.push_back({known.front(), error.what()});
      return;
    }
  }
  for (const std::string& function : known) {
    try {
      compile({function});
    } catch (const std::invalid_argument& error) {
      failures_.push_back({function, error.what()});
    }
  }
}

void* HeaderLibrary::loop_of_patterns(const std::string& function) const {
  for (const Piece& piece : pieces_) {
    if (!of_patterns_ || std::ranges::find(piece.functions, function) == piece.functions.end()) {
      continue;
    }
    return piece.code.symbol("patterns_" + function);
  }
  return nullptr;
}

std::optional<HeaderLibrary::Loops> HeaderLibrary::loops(const std::string& function) const {
  if (of_patterns_) return std::nullopt;
  for (const Piece& piece : pieces_) {
    if (std::ranges::find(piece.functions, function) == piece.functions.end()) continue;
    return Loops{reinterpret_cast<Loop>(piece.code.symbol("array_" + function)),
                 reinterpret_cast<Loop>(piece.code.symbol("chain_" + function))};
  }
  return std::nullopt;
}

}  // namespace ulpforge::bench

// Cutting the operations' headers into functions.
#include "emit/operation_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace ulpforge::emit {
namespace {

constexpr std::string_view kMark = "// ---- ";

/// The lines of a text, each with its newline.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

/// The functions of a block: each begins with a line that is not indented.
std::vector<std::string_view> functions_of(std::string_view block) {
  std::vector<std::string_view> functions;
  bool after_template = false;
  for (const std::string_view line : lines_of(block)) {
    const bool head = line.starts_with("inline ") || line.starts_with("template ");
    if (head && !after_template) {
      functions.push_back(line);
    } else if (!functions.empty()) {
      const char* const begin = functions.back().data();
      functions.back() = {begin, static_cast<std::size_t>(line.data() + line.size() - begin)};
    }
    after_template = line.starts_with("template ");
  }
  return functions;
}

/// The parameters of the function `name`, as they are written.
std::vector<std::string> parameters_of(std::string_view function, std::string_view name) {
  const std::string call = fmt::format(" {}(", name);
  const std::size_t begin = function.find(call);
  if (begin == std::string_view::npos) return {};
  std::vector<std::string> parameters(1);
  int depth = 0;
  for (const char c : function.substr(begin + call.size())) {
    if (c == ')' && depth == 0) break;
    depth += c == '<' ? 1 : c == '>' ? -1 : 0;
    if (c == ',' && depth == 0) {
      parameters.emplace_back();
    } else if (c == '\n') {
      continue;
    } else if (c != ' ' || !parameters.back().empty()) {
      parameters.back() += c;
    }
  }
  return parameters;
}

bool takes(std::string_view function, std::string_view name,
           const std::vector<std::string>& types) {
  const std::vector<std::string> parameters = parameters_of(function, name);
  if (parameters.size() < types.size()) return false;
  for (std::size_t k = 0; k < types.size(); ++k) {
    if (!parameters[k].starts_with(types[k] + ' ')) return false;
  }
  return true;
}

}  // namespace

OperationSource::OperationSource(std::string_view text, std::vector<std::string_view> types,
                                 const OperationSource* rest)
    : text_(text), types_(std::move(types)), rest_(rest) {
  for (std::size_t begin = text.find(kMark); begin != std::string_view::npos;) {
    const std::size_t next = text.find("// ----", begin + kMark.size());
    std::string_view body = text.substr(begin + kMark.size(), next - begin - kMark.size());
    std::string_view head = body.substr(0, body.find('\n') + 1);
    body.remove_prefix(head.size());
    // A comment goes on over the lines that begin with slashes.
    while (body.starts_with("//")) {
      const std::size_t length = body.find('\n') + 1;
      head = {head.data(), static_cast<std::size_t>(body.data() + length - head.data())};
      body.remove_prefix(length);
    }
    head = head.substr(0, head.find_last_not_of('\n') + 1);
    const std::size_t name_end = std::min(head.find_first_of(": \n"), head.size());
    std::string_view comment = head.substr(name_end);
    comment.remove_prefix(std::min(comment.find_first_not_of(": \n"), comment.size()));
    blocks_.push_back({head.substr(0, name_end), comment, body});
    begin = text.compare(next, kMark.size(), kMark) == 0 ? next : std::string_view::npos;
  }
}

std::string OperationSource::condition() const {
  constexpr std::string_view kIf = "\n#if ";
  const std::size_t begin = text_.find(kIf) + kIf.size();
  std::size_t end = text_.find('\n', begin);
  while (text_[end - 1] == '\\') end = text_.find('\n', end + 1);
  return std::string(text_.substr(begin, end - begin));
}

std::string_view OperationSource::spelling(ir::Type type) const {
  return types_.at(static_cast<std::size_t>(type) - static_cast<std::size_t>(ir::Type::F32));
}

const OperationSource::Block* OperationSource::find_block(std::string_view name) const {
  for (const Block& block : blocks_) {
    if (block.name == name) return &block;
  }
  return nullptr;
}

OperationSource::Function OperationSource::find(std::string_view name,
                                                const std::vector<std::string>& parameters) const {
  if (const Block* const block = find_block(name)) {
    for (const std::string_view function : functions_of(block->text)) {
      if (!takes(function, name, parameters)) continue;
      const std::size_t before = rest_ == nullptr ? 0 : rest_->blocks_.size();
      return {before + static_cast<std::size_t>(block - blocks_.data()), std::string(block->name),
              std::string(block->comment), std::string(function)};
    }
  }
  if (rest_ != nullptr) return rest_->find(name, parameters);
  throw std::logic_error(
      fmt::format("no C++ for the operation {}({})", name, fmt::join(parameters, ", ")));
}

std::string OperationSource::block(std::string_view name) const {
  if (const Block* const found = find_block(name)) return std::string(found->text);
  return rest_ == nullptr ? std::string() : rest_->block(name);
}

}  // namespace ulpforge::emit

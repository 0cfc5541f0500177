// Templates: text with places to fill in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulpforge::emit {

using Replacement = std::pair<std::string_view, std::string>;

/// Replaces each @KEY@; what is put in is not looked at again. "@@" stands for "@". Throws
/// std::logic_error for a key without a replacement.
std::string fill(std::string_view pattern, std::initializer_list<Replacement> replacements);

/// A file of templates. Each goes from below a line "---- NAME" to the next such line; after the
/// name may come a colon and what it is for. What stands above the first is the file's comment.
class TemplateFile {
 public:
  explicit TemplateFile(std::string_view text);

  /// Whether the file has a template of that name.
  bool has(std::string_view name) const;
  /// Throws std::logic_error where the file has no template of that name.
  std::string fill(std::string_view name,
                   std::initializer_list<Replacement> replacements = {}) const;

 private:
  struct Section {
    std::string_view name, pattern;
  };
  std::vector<Section> sections_;
};

}  // namespace ulpforge::emit

// Identifiers and comments of emitted C++.
#include "emit/cpp_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace ulpforge::emit {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr auto kKeywords =
    std::to_array<std::string_view>({"alignas",       "alignof",     "and",
                                     "and_eq",        "asm",         "auto",
                                     "bitand",        "bitor",       "bool",
                                     "break",         "case",        "catch",
                                     "char",          "char8_t",     "char16_t",
                                     "char32_t",      "class",       "compl",
                                     "concept",       "const",       "consteval",
                                     "constexpr",     "constinit",   "const_cast",
                                     "continue",      "co_await",    "co_return",
                                     "co_yield",      "decltype",    "default",
                                     "delete",        "do",          "double",
                                     "dynamic_cast",  "else",        "enum",
                                     "explicit",      "export",      "extern",
                                     "false",         "float",       "for",
                                     "friend",        "goto",        "if",
                                     "inline",        "int",         "long",
                                     "mutable",       "namespace",   "new",
                                     "noexcept",      "not",         "not_eq",
                                     "nullptr",       "operator",    "or",
                                     "or_eq",         "private",     "protected",
                                     "public",        "register",    "reinterpret_cast",
                                     "requires",      "return",      "short",
                                     "signed",        "sizeof",      "static",
                                     "static_assert", "static_cast", "struct",
                                     "switch",        "template",    "this",
                                     "thread_local",  "throw",       "true",
                                     "try",           "typedef",     "typeid",
                                     "typename",      "union",       "unsigned",
                                     "using",         "virtual",     "void",
                                     "volatile",      "wchar_t",     "while",
                                     "xor",           "xor_eq"});

}  // namespace

bool is_identifier(std::string_view text) {
  return !text.empty() && !is_digit(text[0]) &&
         std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c); }) &&
         std::ranges::find(kKeywords, text) == kKeywords.end();
}

std::string identifier(const std::string& text) {
  std::string result = text;
  std::ranges::replace_if(result, [](char c) { return !is_letter(c) && !is_digit(c); }, '_');
  if (result.empty() || is_digit(result[0])) result.insert(0, 1, '_');
  if (!is_identifier(result)) result += '_';
  return result;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string comment_block(const std::vector<std::string>& lines, std::string_view mark) {
  std::string text;
  for (const std::string& line : lines) {
    std::string safe = line;
    std::ranges::replace_if(safe, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    // A backslash at the end, blanks after it or not, would make the next line part of the comment.
    safe.erase(safe.find_last_not_of(" \t") + 1);
    if (!safe.empty() && safe.back() == '\\') safe += '.';
    text += safe.empty() ? fmt::format("{}\n", mark) : fmt::format("{} {}\n", mark, safe);
  }
  return text;
}

std::string opening_comment(std::vector<std::string> lines, std::string_view mark) {
  if (!lines.empty()) lines.emplace_back();
  lines.emplace_back(kTerms);
  return comment_block(lines, mark);
}

}  // namespace ulpforge::emit

// forms.json.
#include "runs/form_set.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "jit/isa/isa.h"
#include "runs/front.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "forms.json";

}  // namespace

bool holds_form_set(const fs::path& directory) {
  std::error_code ignored;
  return fs::exists(directory / kFile, ignored) && !fs::exists(directory / "front.json", ignored);
}

FormSet read_form_set(const fs::path& directory) {
  const fs::path file = directory / kFile;
  try {
    const Json json = Json::parse(system::read_file(file));
    FormSet set{json.at("forms").get<std::vector<std::string>>(),
                json.at("done").get<std::vector<std::string>>()};
    for (const std::string& form : set.forms) {
      if (!jit::find_isa(form)) throw std::invalid_argument("'" + form + "' is no form");
    }
    return set;
  } catch (const system::BadRequest&) {
    throw;
  } catch (const std::exception& error) {
    throw system::BadRequest(
        fmt::format("{}: not the list of a search's forms: {}", file.string(), error.what()));
  }
}

void write_form_set(const fs::path& directory, const FormSet& set) {
  system::write_file(directory / kFile, to_text(Json{{"forms", set.forms}, {"done", set.done}}));
}

std::vector<std::string_view> form_names() {
  std::vector<std::string_view> names;
  for (const jit::Isa isa : jit::isas()) names.push_back(jit::name(isa));
  return names;
}

std::vector<std::string> parse_forms(const std::string& text) {
  const std::vector<std::string_view> known = form_names();
  std::vector<std::string> forms;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    if (std::ranges::find(known, part) == known.end()) {
      throw std::invalid_argument(
          fmt::format("unknown form '{}'; give some of {}", part, fmt::join(known, ",")));
    }
    if (std::ranges::find(forms, part) != forms.end()) {
      throw std::invalid_argument(fmt::format("'{}' names the form {} twice", text, part));
    }
    forms.push_back(part);
  }
  if (forms.empty()) {
    throw std::invalid_argument(fmt::format("no forms; give some of {}", fmt::join(known, ",")));
  }
  return forms;
}

}  // namespace ulpforge::runs

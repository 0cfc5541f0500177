// Reading and writing shelves.
#include "shelf/shelf_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <set>
#include <sstream>
#include <stdexcept>

#include "ir/text.h"
#include "numbers/short_format.h"
#include "system/error.h"
#include "system/files.h"

namespace ulpforge::shelf {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kFile = "shelf.json";
constexpr const char* kCertificate = ".cert.json";
constexpr const char* kProgram = ".txt";
constexpr int kFormat = 1;

/// Folders in a folder, or files; by name.
std::vector<fs::path> entries(const fs::path& directory, bool folders) {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
    if (entry.is_directory() == folders) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

jit::Processor read_processor(const fs::path& directory) {
  const fs::path file = directory / kFile;
  try {
    const Json json = Json::parse(system::read_file(file));
    if (json.at("shelf") != kFormat) {
      throw std::invalid_argument(
          fmt::format("format {}; this version reads {}", json.at("shelf").dump(), kFormat));
    }
    const auto name = json.at("processor").get<std::string>();
    const auto processor = jit::find_processor(name);
    if (!processor) throw std::invalid_argument(fmt::format("no processor is called '{}'", name));
    return *processor;
  } catch (const system::BadRequest&) {
    throw;
  } catch (const std::exception& error) {
    throw system::BadRequest(fmt::format("{}: not a shelf: {}", file.string(), error.what()));
  }
}

/// Numbers between dots.
std::vector<int> version_numbers(const std::string& version) {
  std::vector<int> numbers(1, 0);
  for (const char c : version) {
    if (c == '.') {
      numbers.push_back(0);
    } else if (c >= '0' && c <= '9') {
      numbers.back() = 10 * numbers.back() + (c - '0');
    } else {
      throw std::invalid_argument(fmt::format("'{}' is no version", version));
    }
  }
  return numbers;
}

/// The forms that a file is called after: "scalar-fma_avx2". Throws std::invalid_argument.
std::vector<jit::Isa> forms_in(const std::string& name) {
  std::vector<jit::Isa> found;
  std::istringstream parts(name);
  for (std::string part; std::getline(parts, part, '_');) {
    const auto form = jit::find_isa(part);
    if (!form || std::ranges::find(forms(), *form) == forms().end()) {
      throw std::invalid_argument(fmt::format("'{}' is no form", part));
    }
    found.push_back(*form);
  }
  return found;
}

Item read_item(const fs::path& file, const std::string& function, const family::Tier& tier,
               jit::Processor processor) {
  try {
    const proof::Certificate any = proof::read_certificate(file);
    const auto* const certificate = std::get_if<proof::ExhaustiveCertificate>(&any);
    if (certificate == nullptr) {
      throw std::invalid_argument("it is no certificate of a run at every float");
    }
    if (version_numbers(certificate->version) > version_numbers(ULPFORGE_VERSION)) {
      throw std::invalid_argument(
          fmt::format("it was made by ulpforge {}, and this is ulpforge {}; take the newer one",
                      certificate->version, ULPFORGE_VERSION));
    }
    Item item = make_item(function, *certificate, processor);
    if (item.tier != &tier) {
      throw std::invalid_argument(
          fmt::format("its program is one for {}, and lies in {}", item.tier->suffix, tier.suffix));
    }
    const std::string name = file.filename().string();
    item.forms = forms_in(name.substr(0, name.size() - std::string_view(kCertificate).size()));
    return item;
  } catch (const proof::CertificateError& error) {
    throw system::BadRequest(error.what());
  } catch (const std::invalid_argument& error) {
    throw system::BadRequest(fmt::format("{}: {}", file.string(), error.what()));
  }
}

std::vector<Item> read_function(const fs::path& directory, jit::Processor processor) {
  const std::string function = directory.filename().string();
  std::vector<Item> items;
  for (const fs::path& folder : entries(directory, true)) {
    const family::Tier* const tier = family::find_tier(folder.filename().string());
    if (tier == nullptr) {
      std::vector<std::string_view> known;
      for (const family::Tier& one : family::tiers()) known.push_back(one.suffix);
      throw system::BadRequest(fmt::format("'{}': no tier is called so; there are {}",
                                           folder.string(), fmt::join(known, ", ")));
    }
    for (const fs::path& file : entries(folder, false)) {
      const std::string name = file.filename().string();
      if (name.ends_with(kCertificate)) {
        items.push_back(read_item(file, function, *tier, processor));
      } else if (name.ends_with(kProgram) &&
                 !fs::exists(folder / (file.stem().string() + kCertificate))) {
        throw system::BadRequest(fmt::format(
            "{0}: no certificate {1}{2} beside it; 'ulpforge "
            "search --add-to {3}' writes both",
            file.string(), file.stem().string(), kCertificate, directory.parent_path().string()));
      }
    }
  }
  return items;
}

/// Programs and certificates that are no longer on the shelf, then folders that are empty.
void remove_others(const fs::path& directory, const std::set<fs::path>& kept) {
  for (const fs::path& function : entries(directory, true)) {
    for (const fs::path& folder : entries(function, true)) {
      if (family::find_tier(folder.filename().string()) == nullptr) continue;
      for (const fs::path& file : entries(folder, false)) {
        const std::string name = file.filename().string();
        const bool ours = name.ends_with(kCertificate) || name.ends_with(kProgram);
        if (ours && !kept.contains(file)) fs::remove(file);
      }
      if (fs::is_empty(folder)) fs::remove(folder);
    }
    if (fs::is_empty(function)) fs::remove(function);
  }
}

/// Leaves a file alone that says the same.
void write_changed(const fs::path& file, const std::string& text) {
  std::error_code ignored;
  if (fs::exists(file, ignored) && system::read_file(file) == text) return;
  system::write_file(file, text);
}

}  // namespace

bool holds_shelf(const fs::path& directory) {
  std::error_code ignored;
  return fs::exists(directory / kFile, ignored);
}

Shelf read_shelf(const fs::path& directory) {
  Shelf shelf{read_processor(directory), {}};
  std::vector<Item> items;
  for (const fs::path& folder : entries(directory, true)) {
    std::vector<Item> of_function = read_function(folder, shelf.processor);
    std::ranges::move(of_function, std::back_inserter(items));
  }
  shelf.items = std::move(items);
  put_in_order(shelf);
  return shelf;
}

void demand_order(const Shelf& shelf, const fs::path& directory) {
  std::set<fs::path> due;
  for (const Item& item : shelf.items) {
    due.insert(directory / (place_of(item).string() + kCertificate));
  }
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.path().string().ends_with(kCertificate) || due.erase(entry.path()) > 0) continue;
    throw system::BadRequest(fmt::format(
        "'{}': the program is not the cheapest of its tier in just these forms; 'ulpforge merge {} "
        "-o DIR' makes a shelf in order",
        entry.path().string(), directory.string()));
  }
}

fs::path place_of(const Item& item) {
  std::vector<std::string_view> names;
  for (const jit::Isa form : item.forms) names.push_back(jit::name(form));
  return fs::path(item.function) / item.tier->suffix / fmt::format("{}", fmt::join(names, "_"));
}

std::string program_text(const Item& item) {
  const proof::ExhaustiveCertificate& certificate = item.certificate;
  const proof::Provenance& found = *certificate.found_by;
  const targets::Score& score = certificate.run.score;
  return fmt::format(
      "# {} in {} at every input, {}\n"
      "# max error  {:.6f} ULP of the exact value, at {}; {} misrounded\n"
      "# cycles     {}\n"
      "# reduction  {}\n"
      "# found by   ulpforge {}, {} evaluations in {:.0f} s\n"
      "#            {}\n"
      "{}",
      system::one_line(certificate.expression),
      certificate.format.empty() ? "float" : certificate.format, item.tier->promise,
      claimed_ulp(certificate), worst_input(certificate), score.misrounded, cycles_text(item),
      found.scheme, found.version, found.evaluations, found.seconds,
      system::one_line(found.command), ir::print(certificate.program));
}

void write_shelf(const Shelf& shelf, const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!fs::is_directory(directory)) {
    throw system::BadRequest(
        fmt::format("cannot make the directory '{}'; give another", directory.string()));
  }
  // Until this is there, what was begun is no shelf.
  const Json head = {{"shelf", kFormat}, {"processor", jit::name(shelf.processor)}};
  std::set<fs::path> kept;
  for (const Item& item : shelf.items) {
    const fs::path place = directory / place_of(item);
    const fs::path program = place.string() + kProgram;
    const fs::path certificate = place.string() + kCertificate;
    fs::create_directories(place.parent_path(), error);
    write_changed(program, program_text(item));
    write_changed(certificate, proof::to_text(item.certificate, program.filename().string()));
    kept.insert(program);
    kept.insert(certificate);
  }
  write_changed(directory / "README.md", index_text(shelf));
  write_changed(directory / kFile, head.dump() + "\n");
  remove_others(directory, kept);
}

std::optional<fs::path> usual_shelf() {
  if (holds_shelf("functions")) return fs::path("functions");
  std::error_code error;
  for (fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
       folder.has_relative_path(); folder = folder.parent_path()) {
    for (const char* place : {"functions", "share/ulpforge/functions"}) {
      if (holds_shelf(folder / place)) return folder / place;
    }
  }
  return std::nullopt;
}

fs::path path_or_usual_shelf(const fs::path& path) {
  std::error_code ignored;
  if (path != "functions" || fs::exists(path, ignored)) return path;
  return usual_shelf().value_or(path);
}

}  // namespace ulpforge::shelf

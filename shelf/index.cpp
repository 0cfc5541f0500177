// What a shelf has, for people.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/table.h"
#include "shelf/shelf.h"
#include "shelf/shelf_files.h"

namespace ulpforge::shelf {
namespace {

/// The item of a place: "[0.231](exp/1u/avx512.txt), 0.911"; empty where there is none.
std::string cell(const std::vector<Item>& items, const std::string& function,
                 const family::Tier& tier, std::size_t form) {
  for (const Item& item : items) {
    if (item.function != function || item.tier != &tier || !holds(item, forms()[form])) {
      continue;
    }
    return fmt::format("[{:.3f}]({}.txt), {:.6g} ULP", item.cycles[form], place_of(item).string(),
                       claimed_ulp(item.certificate));
  }
  return "";
}

}  // namespace

std::string index_text(const Shelf& shelf) {
  std::vector<std::string_view> names;
  for (const jit::Isa form : forms()) names.push_back(jit::name(form));
  std::string text = fmt::format(
      "# Functions that were found\n\n"
      "Float programs, each proven at all 2^32 inputs: cycles an element by the model of {}, then "
      "the\n"
      "largest error in ULP of the exact value. Each is the cheapest found so far in its form; an\n"
      "empty cell has none that is cheaper than that of a tier above. `ulpforge emit functions\n"
      "--select exp -o DIR` writes the C++, `ulpforge family -o libufmath` the library of all, "
      "and\n"
      "`ulpforge check functions` proves them once more.\n\n"
      "| function | tier | {} |\n|---|---|{}\n",
      jit::name(shelf.processor), fmt::join(names, " | "),
      fmt::join(std::vector<std::string_view>(names.size(), "---|"), ""));
  std::string last;
  for (const Item& first : shelf.items) {
    if (first.function == last) continue;
    last = first.function;
    std::string shown = last;
    for (const family::Tier& tier : family::tiers()) {
      std::vector<std::string> cells;
      for (std::size_t form = 0; form < forms().size(); ++form) {
        cells.push_back(cell(shelf.items, last, tier, form));
      }
      if (std::ranges::all_of(cells, &std::string::empty)) continue;
      text += fmt::format("| {} | {} | {} |\n", shown, tier.promise, fmt::join(cells, " | "));
      shown.clear();
    }
  }
  return text;
}

std::string table_text(const Shelf& shelf) {
  std::vector<report::Column> columns = {
      {"program"}, {"max ULP", report::Align::Right}, {"misrounded", report::Align::Right}};
  for (const jit::Isa form : forms()) {
    columns.push_back({std::string(jit::name(form)), report::Align::Right});
  }
  columns.push_back({"scheme"});
  report::Table table(std::move(columns));
  for (const Item& item : shelf.items) {
    std::vector<std::string> row = {place_of(item).string(),
                                    fmt::format("{:.6f}", claimed_ulp(item.certificate)),
                                    fmt::to_string(item.certificate.run.score.misrounded)};
    for (std::size_t k = 0; k < forms().size(); ++k) {
      row.push_back(holds(item, forms()[k]) ? fmt::format("{:.3f}", item.cycles[k]) : "");
    }
    row.push_back(item.certificate.found_by->scheme);
    table.add(std::move(row));
  }
  return fmt::format("{}cycles an element by the model of {}, where the program is the cheapest\n",
                     table.text(), jit::name(shelf.processor));
}

}  // namespace ulpforge::shelf

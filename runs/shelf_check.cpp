// Proofs of a shelf's programs, function by function.
#include "runs/shelf_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>
#include <memory>
#include <set>

#include "numbers/random.h"
#include "runs/front.h"
#include "shelf/shelf_files.h"
#include "system/error.h"
#include "system/files.h"
#include "system/interrupt.h"

namespace ulpforge::runs {
namespace {

/// The items of the functions that a pattern fits.
std::vector<shelf::Item> selected(const ShelfCheck& request) {
  shelf::Shelf shelf = shelf::read_shelf(request.directory);
  shelf::demand_order(shelf, request.directory);
  std::vector<shelf::Item> items = std::move(shelf.items);
  const auto fits = [&](const shelf::Item& item) {
    return request.select.empty() ||
           std::ranges::any_of(request.select, [&](const std::string& pattern) {
             return fnmatch(pattern.c_str(), item.function.c_str(), 0) == 0;
           });
  };
  std::set<std::string> functions;
  for (const shelf::Item& item : items) functions.insert(item.function);
  std::erase_if(items, [&](const shelf::Item& item) { return !fits(item); });
  if (items.empty()) {
    throw system::BadRequest(fmt::format("'{}' has no {}; it has {}", request.directory.string(),
                                         fmt::join(request.select, ", "),
                                         fmt::join(functions, ", ")));
  }
  return items;
}

/// So many of them, each as likely as another, in their order.
std::vector<shelf::Item> drawn(std::vector<shelf::Item> items, std::size_t count,
                               std::uint64_t seed) {
  numbers::Random random({seed});
  while (items.size() > count) {
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(random.below(items.size())));
  }
  return items;
}

}  // namespace

int check_shelf(const ShelfCheck& request) {
  std::vector<shelf::Item> items = selected(request);
  const std::size_t all = items.size();
  if (request.draw > 0) items = drawn(std::move(items), request.draw, request.seed);
  if (!request.json && items.size() < all) {
    system::print(
        fmt::format("{} of {} programs, drawn by seed {}\n", items.size(), all, request.seed));
  }
  const system::Interrupt interrupt([] { system::print_error("stopping after this program"); });
  std::unique_ptr<targets::FloatReference> reference;
  std::string reference_of;
  Json json = Json::array();
  std::size_t failures = 0;
  for (const shelf::Item& item : items) {
    if (interrupt.requested()) return system::kInterrupted;
    const proof::ExhaustiveCertificate& certificate = item.certificate;
    const bool is_float = certificate.format.empty();
    if (is_float && (!reference || reference_of != certificate.expression)) {
      reference = std::make_unique<targets::FloatReference>(
          proof::float_reference(certificate.expression, certificate.domain));
      reference_of = certificate.expression;
    }
    const proof::Verdict verdict = is_float ? proof::check(certificate, *reference)
                                            : proof::check(proof::Certificate(certificate));
    const std::string place = shelf::place_of(item).string();
    failures += verdict.holds ? 0 : 1;
    if (request.json) {
      json.push_back({{"program", place},
                      {"holds", verdict.holds},
                      {"statement", proof::statement(certificate)},
                      {"reason", verdict.reason}});
    } else if (verdict.holds) {
      system::print(fmt::format("{}: {}\n", place, verdict.reason));
    } else {
      system::print_error(fmt::format("{}: {}", place, verdict.reason));
    }
  }
  if (request.json) {
    system::print(to_text(
        Json{{"seed", request.draw > 0 ? Json(request.seed) : Json(nullptr)}, {"programs", json}}));
  } else {
    system::print(fmt::format("{} of {} programs hold\n", items.size() - failures, items.size()));
  }
  return failures == 0 ? system::kDone : system::kCheckFailed;
}

}  // namespace ulpforge::runs

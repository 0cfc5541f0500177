// Scans of programs, and the sample that grows by them.
#include "evo/verification.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "evo/state_stream.h"
#include "evo/worst_binades.h"
#include "ir/canonical.h"
#include "ir/interpret.h"
#include "jit/compiler.h"
#include "numbers/format.h"
#include "parallel/parallel.h"
#include "targets/exact/ulp.h"
#include "targets/schemes/scheme.h"
#include "targets/scores/score_everywhere.h"

namespace ulpforge::evo {
namespace {

using numbers::Binary32;

/// Floats that a binade gets in addition where the best programs have their largest errors, and the
/// share of the largest error that counts.
constexpr std::size_t kDense = 2048;
constexpr double kWorstShare = 0.75;
/// Binades that are measured before the others are: what breaks its bound there is known sooner.
constexpr std::size_t kMeasuredFirst = 12;
/// For these error bounds the cheapest program is looked for, and measured while the search goes
/// on. 2^12 ULP are at most 2^-11 of the value. The loosest first: as long as nothing is measured,
/// what breaks a tighter bound must not keep the search from having anything.
constexpr double kScanBounds[] = {4096, 4, 2, 1, 0.75, targets::kCorrectlyRounded};
/// After each program that broke a bound, the next one has to look so much better, as far as an
/// error can be: a cheap one that just fails, again and again, must not keep a good one from being
/// measured.
constexpr double kCaution = 0.95;
/// Errors above this, in ULP, are not measured again when the sample grows.
constexpr double kHopeless = 64;

/// A float of the ranges, an infinity or NaN.
bool can_be_asked(Binary32::Bits input, std::span<const targets::FloatRange> ranges) {
  if (!Binary32::is_finite(input)) return true;
  return std::ranges::any_of(ranges, [&](const targets::FloatRange& range) {
    return range.first <= input && input <= range.last;
  });
}

/// The bounds and the accuracy that is wanted, the loosest first.
std::vector<double> scan_bounds(double accuracy) {
  std::vector<double> bounds(std::begin(kScanBounds), std::end(kScanBounds));
  if (accuracy >= targets::kCorrectlyRounded && !std::ranges::count(bounds, accuracy)) {
    bounds.push_back(accuracy);
  }
  std::ranges::sort(bounds, std::greater());
  return bounds;
}

}  // namespace

Verification::Verification(const targets::FloatReference& reference, KernelBreeding& world,
                           std::function<bool()> over)
    : reference_(&reference), world_(world), over_(std::move(over)) {}

Verification::Verification(const targets::ShortValues& values, KernelBreeding& world,
                           std::function<bool()> over, Keeps keeps)
    : short_values_(&values), keeps_(std::move(keeps)), world_(world), over_(std::move(over)) {}

double Verification::bound_of(double error) const {
  double least = std::numeric_limits<double>::infinity();
  for (const double bound : scan_bounds(world_.accuracy)) {
    if (error <= bound) least = std::min(least, bound);
  }
  return least;
}

double Verification::error_of(const targets::Score& score) const {
  if (short_values_ != nullptr) return short_merit(score);
  const bool special = score.special_value_errors > 0 || score.zero_sign_errors > 0;
  return special ? std::numeric_limits<double>::infinity() : score.max_ulp;
}

ir::Program Verification::whole(std::size_t scheme, const ir::Program& kernel) const {
  return world_.whole(scheme, kernel);
}

std::uint64_t Verification::content(const FrontEntry& place) const {
  return ir::content_hash(ir::canonical(whole(place.scheme, place.entry->kernel)));
}

void Verification::go_on() {
  bool good = true;
  for (const auto& [key, each] : measured_) {
    good = good && each.scheme < world_.schemes->size() && ir::is_machine(each.kernel) &&
           each.kernel.inputs == 1;
  }
  for (const auto& [bound, times] : broken_) good = good && bound > 0 && times >= 0;
  std::vector<float> added;
  for (const std::uint32_t input : added_inputs_) {
    good = good && reference_ != nullptr && known_.insert(input).second &&
           can_be_asked(input, reference_->ranges());
    added.push_back(Binary32::value(input));
  }
  if (!good) throw DamagedState("it does not belong to this search");
  if (reference_ != nullptr) world_.fine->add(*reference_, added);
}

Verified Verification::verify_short(const FrontEntry& place) {
  const KernelEntry entry = *place.entry;
  const ir::Program program = whole(place.scheme, entry.kernel);
  std::vector<float> y(short_values_->size());
  ir::interpret<float, float>(program, short_values_->x(), y);
  const std::vector<std::uint32_t> results = targets::rounded_results(*short_values_, y);
  const targets::Score score =
      targets::to_score(targets::score(*short_values_, results), short_values_->size());
  const bool kept = keeps_(results);
  if (kept) {
    measured_.emplace(content(place), Measured{place.scheme, entry.kernel, entry.cost, score});
  }
  const double error = kept ? error_of(score) : std::numeric_limits<double>::infinity();
  world_.archives[place.scheme].update([&](KernelEntry& each) {
    if (each.shape != entry.shape) return;
    each.max_ulp = error;
    each.verified = true;
  });
  return {true, kept, false};
}

Verified Verification::verify(const FrontEntry& place) {
  if (short_values_ != nullptr) return verify_short(place);
  // The scan may put the archive in another order.
  const ir::Program kernel = place.entry->kernel;
  const jit::Cost cost = place.entry->cost;
  const std::uint64_t shape = place.entry->shape;
  const double hoped = place.entry->max_ulp;
  const ir::Program program = whole(place.scheme, kernel);
  const std::uint64_t key = content(place);
  const double bound = bound_of(hoped);
  const auto note = [&](double error, bool everywhere) {
    world_.archives[place.scheme].update([&](KernelEntry& entry) {
      if (entry.shape != shape) return;
      entry.max_ulp = error;
      entry.verified = everywhere;
    });
    return Verified{true, everywhere, error > hoped * 1.01 || error > bound};
  };
  BinadeErrors errors{};
  add_errors(errors, *world_.fine, program, hoped);
  const std::vector<targets::FloatRange> first =
      worst_binades(errors, reference_->ranges(), kWorstShare, kMeasuredFirst);
  if (!first.empty()) {
    const targets::Score there = scan(program, first);
    if (there.gave_up) return {};
    if (error_of(there) > bound) {
      ++broken_[bound];
      return note(error_of(there), false);
    }
  }
  const targets::Score score = scan(program, {});
  if (score.gave_up) return {};
  if (world_.requirements.any()) {
    jit::Compiler compiler;
    const jit::Function function =
        compiler.compile(program, {.level = jit::OptimisationLevel::Full, .embed_constants = true});
    const auto broken = world_.requirements.find_break(
        [&](std::span<const float> x, std::span<float> y) { function(x, y); }, over_);
    if (over_ && over_()) return {};
    if (broken) return note(std::numeric_limits<double>::infinity(), false);
  }
  broken_[bound] = error_of(score) > bound ? broken_[bound] + 1 : 0;
  measured_.emplace(key, Measured{place.scheme, kernel, cost, score});
  return note(error_of(score), true);
}

targets::Score Verification::scan(const ir::Program& whole,
                                  std::span<const targets::FloatRange> parts) {
  jit::Compiler compiler;
  const jit::Function function =
      compiler.compile(whole, {.level = jit::OptimisationLevel::Full, .embed_constants = true});
  std::vector<float> worst;
  const auto routine = [&](std::span<const float> x, std::span<float> y) { function(x, y); };
  const targets::Score score =
      parts.empty() ? targets::score_everywhere(*reference_, routine, &worst, over_)
                    : targets::score_ranges(*reference_, routine, parts, &worst, over_);
  if (!score.gave_up) widen_sample(std::move(worst));
  return score;
}

/// Floats join the sample, and the entries that are not verified are measured there.
void Verification::widen_sample(std::vector<float> points) {
  std::erase_if(points, [&](float x) { return !known_.insert(Binary32::bits(x)).second; });
  if (points.empty()) return;
  for (const float x : points) added_inputs_.push_back(Binary32::bits(x));
  world_.fine->add(*reference_, points);
  remeasure(points);
}

/// The sample has grown: entries that are not verified may look worse now.
void Verification::remeasure(const std::vector<float>& points) {
  struct Task {
    std::size_t scheme;
    KernelEntry* entry;
  };
  std::vector<Task> tasks;
  for (std::size_t s = 0; s < world_.archives.size(); ++s) {
    world_.archives[s].update([&](KernelEntry& entry) {
      if (!entry.verified && entry.max_ulp < kHopeless) tasks.push_back({s, &entry});
    });
  }
  const FloatSample sample(*reference_, points);
  parallel::for_each_index(std::size_t{0}, tasks.size(), [&](std::size_t k) {
    std::vector<float> y(sample.size());
    ir::interpret<float, float>(whole(tasks[k].scheme, tasks[k].entry->kernel), sample.x(), y);
    tasks[k].entry->max_ulp = std::max(tasks[k].entry->max_ulp, sample.largest_error(y));
  });
  for (KernelArchive& archive : world_.archives) archive.update([](KernelEntry&) {});
}

void Verification::densify() {
  if (short_values_ != nullptr) return;
  BinadeErrors errors{};
  for (const FrontEntry& place : kernel_front(world_)) {
    if (!(place.entry->max_ulp < kFineGrained)) continue;
    add_errors(errors, *world_.fine, whole(place.scheme, place.entry->kernel),
               place.entry->max_ulp);
  }
  widen_sample(sample_points<numbers::Binary32>(
      worst_binades(errors, reference_->ranges(), kWorstShare, errors.size()), kDense));
}

double Verification::measured_cost(double bound) const {
  double least = std::numeric_limits<double>::infinity();
  for (const auto& [key, each] : measured_) {
    if (error_of(each.score) <= bound) least = std::min(least, each.cost.throughput);
  }
  return least;
}

double Verification::cost_of_accuracy() const {
  double least = std::numeric_limits<double>::infinity();
  for (const auto& [key, each] : measured_) {
    if (std::isfinite(error_of(each.score)) && has_accuracy(each.score, world_.accuracy)) {
      least = std::min(least, each.cost.throughput);
    }
  }
  return least;
}

std::optional<FrontEntry> Verification::next_for_bounds() const {
  const std::vector<FrontEntry> places = kernel_front(world_);
  std::optional<FrontEntry> next;
  double largest = 1;
  for (const double bound : scan_bounds(world_.accuracy)) {
    const auto broken = broken_.find(bound);
    const double caution = std::pow(kCaution, broken != broken_.end() ? broken->second : 0);
    const double limit =
        targets::kCorrectlyRounded + (bound - targets::kCorrectlyRounded) * caution;
    const auto place = std::ranges::find_if(
        places, [&](const FrontEntry& at) { return at.entry->max_ulp <= limit; });
    if (place == places.end() || measured_.contains(content(*place))) continue;
    const double gain = measured_cost(bound) / place->entry->cost.throughput;
    if (!(gain > largest)) continue;
    largest = gain;
    next = *place;
  }
  return next;
}

std::optional<FrontEntry> Verification::next() const {
  if (const auto place = next_for_bounds()) return place;
  std::vector<FrontEntry> places = kernel_front(world_);
  std::ranges::reverse(places);
  const auto place = std::ranges::find_if(
      places, [&](const FrontEntry& at) { return !measured_.contains(content(at)); });
  return place != places.end() ? std::optional(*place) : std::nullopt;
}

std::vector<MachineProgram> Verification::front() const {
  std::vector<const Measured*> all;
  for (const auto& [key, measured] : measured_) all.push_back(&measured);
  std::vector<MachineProgram> programs;
  for (const Measured* const best : thinned_front(
           std::move(all), world_.loosest_ulp, world_.accuracy,
           [](const Measured* each) { return each->cost.throughput; },
           [&](const Measured* each) { return error_of(each->score); })) {
    programs.push_back({(*world_.schemes)[best->scheme].name,
                        ir::canonical(whole(best->scheme, best->kernel)), best->cost, best->score});
  }
  return programs;
}

}  // namespace ulpforge::evo

// Binades handed out to threads.
#include "validate/exhaustive_run.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>

#include "numbers/hash.h"
#include "parallel/threads.h"
#include "targets/exact/real.h"

namespace ulpforge::validate {
namespace {

/// The exact value to at least 120 bits: by MPFR's function where the program is one, by enclosures
/// otherwise.
class Truth {
 public:
  explicit Truth(const targets::FloatReference& reference)
      : reference_(reference),
        machine_(reference.program(), 128),
        single_(reference.program().code.size() == 1) {}

  const numbers::Mpfr& at(float x) {
    if (!single_) {
      value_ = reference_.exact(x).value;
      return value_;
    }
    argument_ = targets::real(static_cast<double>(x), 24);
    machine_.run(argument_);
    return machine_.result();
  }

 private:
  const targets::FloatReference& reference_;
  targets::RealMachine machine_;
  bool single_;
  numbers::Mpfr argument_;
  numbers::Mpfr value_;
};

bool keeps_bound(const targets::FloatReference& reference, Truth& truth, std::uint32_t bits) {
  const float x = numbers::Binary32::value(bits);
  double hi = 0;
  double lo = 0;
  const targets::Run run = reference.fill(bits, {&hi, 1}, {&lo, 1});
  if (!std::isfinite(run.error) || std::isnan(lo)) return true;  // nothing is claimed
  if (std::isnan(hi)) return mpfr_nan_p(numbers::raw(truth.at(x))) != 0;
  if (std::isinf(hi)) return mpfr_get_d(numbers::raw(truth.at(x)), MPFR_RNDN) == hi;
  numbers::Mpfr gap = targets::real(truth.at(x), 256);
  if (std::abs(hi) >= targets::kBeyond) {
    // MPFR's own exponents end at 2^30.
    const bool large =
        mpfr_inf_p(numbers::raw(gap)) != 0 ||
        (mpfr_regular_p(numbers::raw(gap)) != 0 && mpfr_get_exp(numbers::raw(gap)) >= 999);
    return large && std::signbit(hi) == (mpfr_signbit(numbers::raw(gap)) != 0);
  }
  // Its bound tells a value next to a limit from one whose low part happens to be kBeside.
  const bool beside = run.error < targets::kBeside && run.error >= targets::kBeside / 2;
  const bool beside_zero = beside && std::abs(hi) == targets::kBeside && lo == 0;
  if (beside_zero) std::swap(hi, lo);
  mpfr_sub_d(numbers::raw(gap), numbers::raw(gap), hi, MPFR_RNDN);
  if (beside && std::abs(lo) == targets::kBeside) {
    const double reach = std::max(0x1p-100 * std::abs(hi), targets::kBeside);
    if (mpfr_zero_p(numbers::raw(gap))) return true;  // as near as MPFR can tell
    return mpfr_cmp_d(numbers::raw(gap), reach) < 0 && mpfr_cmp_d(numbers::raw(gap), -reach) > 0 &&
           std::signbit(lo) == (mpfr_signbit(numbers::raw(gap)) != 0);
  }
  mpfr_sub_d(numbers::raw(gap), numbers::raw(gap), lo, MPFR_RNDN);
  const double bound = run.error + run.relative * std::abs(hi) + 0x1p-126 * std::abs(hi);
  return mpfr_cmp_d(numbers::raw(gap), bound) <= 0 && mpfr_cmp_d(numbers::raw(gap), -bound) >= 0;
}

/// One of the floats of the ranges.
std::uint32_t pick(std::span<const targets::FloatRange> ranges, std::uint64_t random) {
  std::uint64_t all = 0;
  for (const targets::FloatRange& range : ranges) all += range.size();
  std::uint64_t place = random % all;
  for (const targets::FloatRange& range : ranges) {
    if (place < range.size()) return range.first + static_cast<std::uint32_t>(place);
    place -= range.size();
  }
  return ranges.front().first;
}

}  // namespace

bool measure(const targets::FloatReference& reference, const ExhaustiveRequest& request,
             Measured& progress) {
  std::vector<int> left;
  for (int exponent = 0; exponent < kBinades; ++exponent) {
    if (!progress[static_cast<std::size_t>(exponent)]) left.push_back(exponent);
  }
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  parallel::on_threads(request.threads, [&] {
    Worker worker(request.callee, request.timeout);
    for (std::size_t i = next++; i < left.size() && !request.stop.stop_requested(); i = next++) {
      std::optional<BinadeFigures> binade =
          measure_binade(reference, worker, left[i], request.options, request.stop);
      if (!binade) return;
      const std::lock_guard lock(mutex);
      if (request.on_binade) request.on_binade(*binade);
      progress[static_cast<std::size_t>(left[i])] = std::move(binade);
    }
  });
  return std::ranges::all_of(progress, [](const auto& binade) { return binade.has_value(); });
}

Figures sum(const Measured& progress) {
  Figures all;
  for (const auto& binade : progress) {
    if (binade) all.merge(binade->positive);
  }
  for (const auto& binade : progress) {
    if (binade) all.merge(binade->negative);
  }
  return all;
}

Audit audit(const targets::FloatReference& reference, std::uint64_t inputs, std::uint64_t seed,
            unsigned threads, const std::stop_token& stop,
            const std::function<void(double)>& progress) {
  constexpr std::uint64_t kShare = 1000;
  std::uint64_t looked_at = 0;
  if (progress) progress(0);
  std::atomic<std::uint64_t> next{0};
  std::mutex mutex;
  Audit result;
  parallel::on_threads(threads, [&] {
    Truth truth(reference);
    for (std::uint64_t from = next.fetch_add(kShare); from < inputs;
         from = next.fetch_add(kShare)) {
      Audit part;
      const std::uint64_t end = std::min(from + kShare, inputs);
      for (std::uint64_t i = from; i < end && !stop.stop_requested(); ++i) {
        const std::uint32_t bits = pick(reference.ranges(), numbers::hash_pair(seed, i));
        if (numbers::Binary32::is_zero(bits)) continue;  // a rule, not a question of precision
        ++part.inputs;
        if (keeps_bound(reference, truth, bits)) continue;
        if (part.failures++ == 0) part.first_failure = bits;
      }
      const std::lock_guard lock(mutex);
      result.inputs += part.inputs;
      if (part.failures > 0 &&
          (result.failures == 0 || part.first_failure < result.first_failure)) {
        result.first_failure = part.first_failure;
      }
      result.failures += part.failures;
      looked_at += end - from;
      if (progress) progress(static_cast<double>(looked_at) / static_cast<double>(inputs));
    }
  });
  return result;
}

}  // namespace ulpforge::validate

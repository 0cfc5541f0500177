// Takes the children of an island's generations.
#include "evo/island.h"

#include <limits>
#include <utility>

#include "evo/state_stream.h"

namespace ulpforge::evo {

Island::Island(std::uint64_t seed, std::uint64_t identity, Archive archive)
    : seed_(seed), identity_(identity), archive_(std::move(archive)) {}

numbers::Random Island::stream(int individual) const {
  return numbers::Random{seed_, identity_, generation_, static_cast<std::uint64_t>(individual)};
}

void Island::check() { archive_.check(); }

void Island::take(std::span<Offspring> children) {
  // Insertion draws from a stream of its own, after those of the children.
  numbers::Random random = stream(static_cast<int>(children.size()));
  for (Offspring& child : children) {
    if (child.structure != 0) {
      std::uint8_t& count = tried_[child.structure];
      if (count < std::numeric_limits<std::uint8_t>::max()) ++count;
    }
    if (child.refitted_structure != 0) {
      archive_.count_refit(child.refitted_niche, child.refitted_structure);
    }
    if (child.entry) archive_.insert(std::move(*child.entry), random);
  }
  ++generation_;
}

}  // namespace ulpforge::evo

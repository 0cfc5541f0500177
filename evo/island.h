// An island: an archive with its own history, advanced in generations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evo/archive.h"
#include "evo/breeder.h"

namespace ulpforge::evo {

class Island {
 public:
  /// `identity` keys the island's random streams together with the search's seed.
  Island(std::uint64_t seed, std::uint64_t identity, Archive archive);

  /// The stream of one child of the current generation.
  numbers::Random stream(int individual) const;
  /// Takes in a generation's children, in order, and moves on to the next.
  void take(std::span<Offspring> children);

  const Archive& archive() const { return archive_; }
  const Tried& tried() const { return tried_; }
  std::uint64_t identity() const { return identity_; }

  /// The state; the seed is the configuration's. check() after reading.
  static auto fields(auto& island) {
    return std::tie(island.identity_, island.generation_, island.archive_, island.tried_);
  }
  /// Throws DamagedState where the archive is not one of that size, or empty.
  void check();

 private:
  std::uint64_t seed_;
  std::uint64_t identity_;
  std::uint64_t generation_ = 0;
  Archive archive_;
  Tried tried_;
};

}  // namespace ulpforge::evo

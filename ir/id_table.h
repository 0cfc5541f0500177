// A hash table of small integers: finds the one whose content equals that of a new one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ulpforge::ir {

class IdTable {
 public:
  explicit IdTable(std::size_t expected) : slots_(std::bit_ceil(2 * expected + 8)) {}

  /// The id stored under `hash` for which same(id) holds; else stores `fresh` and returns it.
  template <class Same>
  std::uint32_t find_or_insert(std::uint64_t hash, std::uint32_t fresh, Same same) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    for (std::size_t i = hash;; ++i) {
      Slot& slot = slots_[i & (slots_.size() - 1)];
      if (slot.id_plus_one == 0) {
        slot = {hash, fresh + 1};
        ++count_;
        return fresh;
      }
      if (slot.hash == hash && same(slot.id_plus_one - 1)) return slot.id_plus_one - 1;
    }
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t id_plus_one = 0;  ///< 0 where empty
  };

  void grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& moved : old) {
      if (moved.id_plus_one == 0) continue;
      std::size_t i = moved.hash;
      while (slots_[i & (slots_.size() - 1)].id_plus_one != 0) ++i;
      slots_[i & (slots_.size() - 1)] = moved;
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace ulpforge::ir

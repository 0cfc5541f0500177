// The input space cut into boxes of bit patterns, finest where the errors look worst.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "validate/pieces.h"

namespace ulpforge::validate {

/// One or two inputs.
using Point = std::array<double, 2>;

/// An input and what the screen says of the size of its error, in ULP.
struct Suspect {
  double error = 0;
  double doubt = 0;
  Point point{};
  double result = 0;
};

/// In each of the inputs 2^log_count patterns from `first`. The second counts for functions of two.
struct Box {
  std::array<std::uint64_t, 2> first{};
  std::array<int, 2> log_count{};
};

/// The worst suspects of a set of inputs, worst first; a fixed number of them.
class Worst {
 public:
  static constexpr std::size_t kCount = 6;
  void add(const Suspect& suspect);
  /// What an error has to exceed to get in.
  double threshold() const { return size_ < kCount ? -1 : suspects_[kCount - 1].error; }
  std::size_t size() const { return size_; }
  const Suspect& operator[](std::size_t i) const { return suspects_[i]; }

 private:
  std::array<Suspect, kCount> suspects_{};
  std::size_t size_ = 0;
};

struct Region {
  Box box;
  std::uint64_t samples = 0;
  Worst worst;
  double score = 0;
};

class Regions {
 public:
  Regions(numbers::Format format, int inputs);

  const std::vector<Region>& leaves() const { return leaves_; }
  /// Indices of at most `count` leaves: the most promising ones of each size. A leaf's promise is
  /// the error to be expected from a few thousand more samples, if the tail of its errors is
  /// exponential with the mean excess of the worst ones so far.
  std::vector<std::size_t> promising(std::size_t count) const;
  /// Counts samples of a leaf, and the worst of them as far as they are in its box; splits it when
  /// it has had its share.
  void record(std::size_t leaf, std::uint64_t samples, const Worst& worst);

 private:
  void add_with_distances_from_one(Region binade);
  bool contains(const Box& box, const Point& point) const;
  void rate(Region& region) const;
  void split(std::size_t leaf);

  Patterns patterns_;
  int inputs_;
  std::vector<Region> leaves_;
};

}  // namespace ulpforge::validate

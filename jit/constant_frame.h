// How constants reach a kernel: in memory, as the vectors and tables that it reads.
//
// So kernels begin with their loop: making the vectors in compiled code costs more time to compile
// than everything else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "ir/program.h"

namespace ulpforge::jit {

/// Where in the frame each constant stands, repeated `lanes` times, and each table, its entries
/// side by side; all on cache lines of their own.
class ConstantFrame {
 public:
  static constexpr std::size_t kAlignment = 64;

  ConstantFrame() = default;
  ConstantFrame(const ir::Program& program, unsigned lanes);

  std::size_t bytes() const { return bytes_; }
  /// Offset of the vector of a constant.
  std::size_t vector(std::size_t constant) const { return offset_.at({constant, 0}); }
  /// Offset of the table that begins with this constant.
  std::size_t table(std::size_t first, std::size_t entries) const {
    return offset_.at({first, entries});
  }

  /// Fills a frame of bytes(), at a multiple of kAlignment. constants as ir::constant_bits has
  /// them.
  void fill(std::span<const std::uint64_t> constants, std::byte* frame) const;

 private:
  struct Part {
    std::size_t offset, first, entries, width;  ///< entries 0: one constant, repeated
  };
  void add(std::size_t first, std::size_t entries, ir::Type type);

  unsigned lanes_ = 0;
  std::size_t bytes_ = 0;
  std::vector<Part> parts_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> offset_;
};

/// A frame with constants in it.
class FilledFrame {
 public:
  FilledFrame() = default;
  FilledFrame(const ConstantFrame& layout, std::span<const std::uint64_t> constants);
  const std::byte* data() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  std::unique_ptr<std::byte, Free> memory_;
};

}  // namespace ulpforge::jit

#include "jit/constant_frame.h"

#include <cstring>
#include <new>

namespace ulpforge::jit {

ConstantFrame::ConstantFrame(const ir::Program& program, unsigned lanes) : lanes_(lanes) {
  const std::vector<ir::Type> types = ir::constant_types(program);
  const auto add_operand = [&](ir::Operand operand, std::size_t entries) {
    if (operand.is_constant()) add(operand.index, entries, types[operand.index]);
  };
  for (const ir::Instruction& step : program.code) {
    const ir::OpInfo& row = ir::info(step.op);
    for (std::size_t k = 0; k < row.arity; ++k) {
      add_operand(step.operands[k], ir::table_size(row, k));
    }
  }
  add_operand(program.result, 0);
}

void ConstantFrame::add(std::size_t first, std::size_t entries, ir::Type type) {
  if (!offset_.try_emplace({first, entries}, bytes_).second) return;
  const std::size_t width = ir::integer_of(type) == ir::Type::I32 ? 4 : 8;
  parts_.push_back({bytes_, first, entries, width});
  const std::size_t size = width * (entries == 0 ? lanes_ : entries);
  bytes_ += (size + kAlignment - 1) / kAlignment * kAlignment;
}

void ConstantFrame::fill(std::span<const std::uint64_t> constants, std::byte* frame) const {
  for (const Part& part : parts_) {
    std::byte* to = frame + part.offset;
    for (std::size_t k = 0; k < (part.entries == 0 ? lanes_ : part.entries); ++k) {
      const std::uint64_t bits = constants[part.first + (part.entries == 0 ? 0 : k)];
      // The narrow ones are the low half.
      if (part.width == 4) {
        const auto low = static_cast<std::uint32_t>(bits);
        std::memcpy(to + 4 * k, &low, 4);
      } else {
        std::memcpy(to + 8 * k, &bits, 8);
      }
    }
  }
}

FilledFrame::FilledFrame(const ConstantFrame& layout, std::span<const std::uint64_t> constants) {
  if (layout.bytes() == 0) return;
  memory_.reset(
      static_cast<std::byte*>(std::aligned_alloc(ConstantFrame::kAlignment, layout.bytes())));
  if (!memory_) throw std::bad_alloc();
  layout.fill(constants, memory_.get());
}

}  // namespace ulpforge::jit

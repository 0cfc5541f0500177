// Machine programs to machine code, in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ir/program.h"
#include "jit/constant_frame.h"
#include "jit/options.h"

namespace ulpforge::jit {

class CodeModule;  ///< the machine code of one batch

/// A compiled program. Computes what ir::interpret computes, bit for bit but for the sign and
/// payload of NaNs that arithmetic makes. Holds its code, which all functions of a batch share and
/// which is freed with the last of them. May be called from any thread, and outlives its compiler.
class Function {
 public:
  /// y[i] = program(x[i]) with the program's own constants. The spans may be the same memory, but
  /// not overlap otherwise. Throws std::invalid_argument when the program is not f32 > f32 or the
  /// spans differ in length.
  void operator()(std::span<const float> x, std::span<float> y) const { evaluate(x, y); }
  /// With other constants, as ir::constant_bits gives them. Throws also when their number differs,
  /// or when the function was compiled with embedded constants.
  void operator()(std::span<const std::uint64_t> constants, std::span<const float> x,
                  std::span<float> y) const {
    evaluate(constants, x, y);
  }

  /// The same for programs over other types: float, double, std::int32_t, std::int64_t.
  template <class X, class Y>
  void evaluate(std::span<const X> x, std::span<Y> y) const;
  template <class X, class Y>
  void evaluate(std::span<const std::uint64_t> constants, std::span<const X> x,
                std::span<Y> y) const;

  /// The same without types: `points` values of input_type() at x, of result_type() at y.
  void evaluate(const void* x, void* y, std::size_t points) const;
  void evaluate(std::span<const std::uint64_t> constants, const void* x, void* y,
                std::size_t points) const;

  ir::Type input_type() const { return input_type_; }
  ir::Type result_type() const { return result_type_; }
  /// The program's own constants, as ir::constant_bits gives them.
  std::span<const std::uint64_t> constants() const { return constants_; }
  /// Points in a turn of the loop; fewer are computed as so many.
  std::size_t block_size() const { return block_size_; }

  Function(Function&&) noexcept = default;
  Function& operator=(Function&&) noexcept = default;

 private:
  friend class Compiler;
  using Entry = void (*)(const void* constants, const void* x, void* y, std::int64_t blocks);
  Function() = default;
  void call(const std::byte* frame, const void* x, void* y, std::size_t points) const;
  void require_types(ir::Type x, ir::Type y, std::size_t points, std::size_t results) const;

  std::shared_ptr<const CodeModule> code_;
  Entry entry_ = nullptr;
  std::vector<std::uint64_t> constants_;
  ConstantFrame layout_;
  FilledFrame frame_;  ///< of the program's own constants
  ir::Type input_type_ = ir::Type::F32;
  ir::Type result_type_ = ir::Type::F32;
  bool embedded_ = false;
  std::size_t block_size_ = 0;
};

/// Compiles programs. For one thread at a time; threads have compilers of their own.
class Compiler {
 public:
  Compiler();
  ~Compiler();
  Compiler(Compiler&&) noexcept;
  Compiler& operator=(Compiler&&) noexcept;

  /// A batch as one module, which costs less per program than one by one. Throws
  /// std::invalid_argument for a program with a defect, over reals, with other than one input, and
  /// for an instruction set that the host lacks.
  std::vector<Function> compile(std::span<const ir::Program> programs, const Options& options = {});
  Function compile(const ir::Program& program, const Options& options = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ulpforge::jit

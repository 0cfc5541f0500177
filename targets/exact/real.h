// Real arithmetic to a chosen number of bits: MPFR values that carry their own precision, and a
// program run over them in place. Unlike ir::evaluate<Mpfr> it neither reads nor sets the precision
// that Boost keeps for the whole process, so it is thread-safe.
#pragma once

#include <span>
#include <vector>

#include "ir/program.h"
#include "numbers/mpfr.h"

namespace ulpforge::targets {

/// A NaN of `bits` bits.
numbers::Mpfr real(unsigned bits);
/// `value`, rounded to `bits` bits.
numbers::Mpfr real(double value, unsigned bits);
numbers::Mpfr real(const numbers::Mpfr& value, unsigned bits);
/// hi + lo, exactly.
numbers::Mpfr exact(const numbers::DoubleDouble& value);

/// One program, every operation rounded to nearest in `bits` bits, with IEEE infinities and NaNs.
class RealMachine {
 public:
  RealMachine(const ir::Program& program, unsigned bits);

  /// Computes every value at x. The inputs have to live until the last read().
  void run(const numbers::Mpfr& x) { run(std::span(&x, 1)); }
  /// The same with a value for each of the program's inputs.
  void run(std::span<const numbers::Mpfr> inputs);
  const numbers::Mpfr& read(ir::Operand operand) const;
  const numbers::Mpfr& result() const { return read(program_->result); }
  unsigned bits() const { return bits_; }

 private:
  const ir::Program* program_;
  unsigned bits_;
  std::span<const numbers::Mpfr> inputs_;
  std::vector<numbers::Mpfr> constants_;
  std::vector<numbers::Mpfr> values_;
};

}  // namespace ulpforge::targets

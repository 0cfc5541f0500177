// Real arithmetic to a chosen number of bits: MPFR values that carry their own precision, and a
// program run over them in place. Unlike ir::evaluate<Mpfr> it neither reads nor sets the precision
// that Boost keeps for the whole process, so it is thread-safe.
#pragma once

#include <span>
#include <vector>

#include "ir/mpfr.h"
#include "ir/program.h"

namespace ulpforge::targets {

/// A NaN of `bits` bits.
ir::Mpfr real(unsigned bits);
/// `value`, rounded to `bits` bits.
ir::Mpfr real(double value, unsigned bits);
ir::Mpfr real(const ir::Mpfr& value, unsigned bits);
/// hi + lo, exactly.
ir::Mpfr exact(const ir::DoubleDouble& value);

/// One program, every operation rounded to nearest in `bits` bits, with IEEE infinities and NaNs.
class RealMachine {
 public:
  RealMachine(const ir::Program& program, unsigned bits);

  /// Computes every value at x. The inputs have to live until the last read().
  void run(const ir::Mpfr& x) { run(std::span(&x, 1)); }
  /// The same with a value for each of the program's inputs.
  void run(std::span<const ir::Mpfr> inputs);
  const ir::Mpfr& read(ir::Operand operand) const;
  const ir::Mpfr& result() const { return read(program_->result); }
  unsigned bits() const { return bits_; }

 private:
  const ir::Program* program_;
  unsigned bits_;
  std::span<const ir::Mpfr> inputs_;
  std::vector<ir::Mpfr> constants_;
  std::vector<ir::Mpfr> values_;
};

}  // namespace ulpforge::targets

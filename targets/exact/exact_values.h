// Many exact values of one function on one interval, at the price of few.
#pragma once

#include <memory>

#include "ir/program.h"
#include "numbers/mpfr.h"

namespace ulpforge::targets {

/// The function's Taylor polynomials on pieces of the interval, with enclosures of all that they
/// leave out, each made when its piece has been asked for often. A value that they do not decide is
/// computed as always, so that results are those of reference() bit for bit. Thread-safe.
class ExactValues {
 public:
  /// A finite interval, lo < hi.
  ExactValues(ir::Program program, double lo, double hi);
  ~ExactValues();
  ExactValues(const ExactValues&) = delete;
  ExactValues& operator=(const ExactValues&) = delete;

  /// reference(program, x, bits), x inside the interval or not.
  numbers::Mpfr operator()(const numbers::Mpfr& x, unsigned bits) const;

 private:
  struct Piece;
  ir::Program program_;
  double lo_;
  double hi_;
  std::unique_ptr<Piece[]> pieces_;
};

}  // namespace ulpforge::targets

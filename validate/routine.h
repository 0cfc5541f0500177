// A routine in this process: where its code is and how to call it, a batch at a time.
//
// It runs in whatever floating-point environment the caller has set, and may do what it likes to
// the process: validate/worker.h calls it where that does no harm.
#pragma once

#include <span>

#include "validate/signature.h"

namespace ulpforge::validate {

class Routine {
 public:
  /// `code` has that signature; for a vector form the machine has to have such registers.
  Routine(void* code, const Signature& signature) : code_(code), signature_(signature) {}

  const Signature& signature() const { return signature_; }

  /// y[i] = f(x[i]), for any count, of short formats as patterns (validate/signature.h); the spans
  /// have one length, T and the number of arguments are the signature's. A vector function gets its
  /// last, incomplete vector filled up with copies of the last input.
  void operator()(std::span<const float> x, std::span<float> y) const;
  void operator()(std::span<const double> x, std::span<double> y) const;
  /// z[i] = f(x[i], y[i]).
  void operator()(std::span<const float> x, std::span<const float> y, std::span<float> z) const;
  void operator()(std::span<const double> x, std::span<const double> y, std::span<double> z) const;

 private:
  void* code_;
  Signature signature_;
};

}  // namespace ulpforge::validate

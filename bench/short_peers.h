// What functions of short formats are compared with beside float functions of libraries between
// conversions: kernels that people use, written from their published forms, and functions that are
// put together from those of a library.
#pragma once

#include <span>
#include <string_view>

namespace ulpforge::bench {

/// A function of bench/short_unit.cpp.in.
struct PublishedKernel {
  std::string_view function;  ///< of the catalog, "exp2"
  std::string_view name;      ///< there, "exp2_degree3"
  std::string_view shown;     ///< "polynomial of degree 3"
};
std::span<const PublishedKernel> published_kernels();

/// What libraries have no function for, by C++ expressions in x and f(x), g(x).
struct Composition {
  std::string_view function;  ///< "sigmoid"
  std::string_view f;         ///< C's name in float, "expf"
  std::string_view g;         ///< of a second one, or empty
  std::string_view expression;
};
std::span<const Composition> compositions();

}  // namespace ulpforge::bench

// How messages of tests show the library's types: by name or text, not by their bytes. Precompiled
// for every test program; what a type needs is looked up where a test prints it.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <ostream>
#include <string_view>

namespace ulpforge::test {

/// A word, such as that of a processor or a metric.
template <class T>
  requires requires(const T& value) {
    { name(value) } -> std::convertible_to<std::string_view>;
  }
void PrintTo(const T& value, std::ostream* out) {
  *out << name(value);
}

/// A program's text.
template <class T>
  requires requires(const T& value) {
    { print(value) } -> std::convertible_to<std::string_view>;
  }
void PrintTo(const T& value, std::ostream* out) {
  *out << '\n' << print(value);
}

/// A domain, a signature.
template <class T>
  requires requires(const T& value) {
    { to_string(value) } -> std::convertible_to<std::string_view>;
  }
void PrintTo(const T& value, std::ostream* out) {
  *out << to_string(value);
}

/// A course, a report.
template <class T>
  requires requires(const T& value) {
    { to_text(value) } -> std::convertible_to<std::string_view>;
  }
void PrintTo(const T& value, std::ostream* out) {
  *out << to_text(value);
}

}  // namespace ulpforge::test

// GoogleTest looks for PrintTo in the namespace of the type.
namespace ulpforge::numbers {
using test::PrintTo;
struct DoubleDouble;

template <std::same_as<DoubleDouble> T>
void PrintTo(const T& value, std::ostream* out) {
  *out << fmt::format("{:a} + {:a}", value.hi, value.lo);
}
}  // namespace ulpforge::numbers

namespace ulpforge::ir {
using test::PrintTo;
enum class Op : std::uint8_t;

template <std::same_as<Op> T>
void PrintTo(const T& op, std::ostream* out) {
  *out << info(op).name;
}
}  // namespace ulpforge::ir

namespace ulpforge::targets {
using test::PrintTo;
}
namespace ulpforge::jit {
using test::PrintTo;
}
namespace ulpforge::evo {
using test::PrintTo;
}
namespace ulpforge::proof {
using test::PrintTo;
}
namespace ulpforge::validate {
using test::PrintTo;
}
namespace ulpforge::shelf {
using test::PrintTo;
}

namespace ulpforge::toolchain {
struct Compiler;

template <std::same_as<Compiler> T>
void PrintTo(const T& compiler, std::ostream* out) {
  *out << compiler.command;
}
}  // namespace ulpforge::toolchain

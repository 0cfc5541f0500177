// The interpreter of machine programs: blocks of points, one loop per instruction.
#include "ir/interpret.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "ir/portable.h"

namespace ulpforge::ir {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kRowBytes = kBlock * sizeof(std::uint64_t);

template <class T>
struct TypeOf;
template <>
struct TypeOf<float> {
  static constexpr Type value = Type::F32;
  using Integer = std::int32_t;
};
template <>
struct TypeOf<double> {
  static constexpr Type value = Type::F64;
  using Integer = std::int64_t;
};
template <>
struct TypeOf<std::int32_t> {
  static constexpr Type value = Type::I32;
  using Integer = std::int32_t;
};
template <>
struct TypeOf<std::int64_t> {
  static constexpr Type value = Type::I64;
  using Integer = std::int64_t;
};
template <>
struct TypeOf<bool> {
  static constexpr Type value = Type::Bool;
  using Integer = std::int64_t;
};

/// The operation table's signatures, at compile time.
struct Signature {
  char text[8];
  constexpr Signature(const char* from) : text{} {
    for (std::size_t i = 0; from[i] != 0; ++i) text[i] = from[i];
  }
  constexpr std::size_t arity() const {
    std::size_t n = 0;
    while (text[n] != '>') ++n;
    return n;
  }
};

/// The C++ type that a letter of a signature stands for.
template <char letter, class T>
struct Letter {
  using type = T;
};
template <class T>
struct Letter<'I', T> {
  using type = typename TypeOf<T>::Integer;
};
template <class T>
struct Letter<'b', T> {
  using type = bool;
};
template <class T>
struct Letter<'f', T> {
  using type = float;
};
template <class T>
struct Letter<'d', T> {
  using type = double;
};
template <class T>
struct Letter<'i', T> {
  using type = std::int32_t;
};
template <class T>
struct Letter<'l', T> {
  using type = std::int64_t;
};

/// Operand k as a function of the point: a row's element, or a table.
template <Signature signature, std::size_t k, class T>
auto operand_at(const std::byte* row, std::size_t i) {
  constexpr char letter = signature.text[k];
  if constexpr (letter == '#') {
    return reinterpret_cast<const T*>(row);
  } else {
    return reinterpret_cast<const typename Letter<letter, T>::type*>(row)[i];
  }
}

/// One instruction over a block of points.
template <Signature signature, class T, class Function>
void map(Function function, const std::byte* const* rows, std::byte* out) {
  using Result = typename Letter<signature.text[signature.arity() + 1], T>::type;
  auto* const result = reinterpret_cast<Result*>(out);
  for (std::size_t i = 0; i < kBlock; ++i) {
    if constexpr (signature.arity() == 1) {
      result[i] = function(operand_at<signature, 0, T>(rows[0], i));
    } else if constexpr (signature.arity() == 2) {
      result[i] = function(operand_at<signature, 0, T>(rows[0], i),
                           operand_at<signature, 1, T>(rows[1], i));
    } else {
      result[i] =
          function(operand_at<signature, 0, T>(rows[0], i), operand_at<signature, 1, T>(rows[1], i),
                   operand_at<signature, 2, T>(rows[2], i));
    }
  }
}

constexpr Signature homogeneous(std::size_t arity) {
  return arity == 1 ? "T>T" : arity == 2 ? "TT>T" : "TTT>T";
}

template <class T>
void execute(const Instruction& step, const std::byte* const* rows, std::byte* out) {
  constexpr TypeSet kType = set_of(TypeOf<T>::value);
  switch (step.op) {
#define ARITHMETIC(enumerator, name, arity, infix, commutes, cost, machine, cpp, expression) \
  case Op::enumerator:                                                                       \
    if constexpr ((kType & (machine)) != 0) {                                                \
      map<homogeneous(arity), T>([](auto... a) { return portable::name(a...); }, rows, out); \
    }                                                                                        \
    break;
#define MACHINE(enumerator, name, signature, commutes, types)                                 \
  case Op::enumerator:                                                                        \
    if constexpr ((kType & (types)) != 0) {                                                   \
      if constexpr (Op::enumerator == Op::Ternary) {                                          \
        map<signature, T>([&](auto... a) { return portable::ternary(a..., step.immediate); }, \
                          rows, out);                                                         \
      } else {                                                                                \
        map<signature, T>([](auto... a) { return portable::name(a...); }, rows, out);         \
      }                                                                                       \
    }                                                                                         \
    break;
#define REFERENCE(enumerator, ...) \
  case Op::enumerator:             \
    break;
#include "ir/ops.def"
#undef ARITHMETIC
#undef MACHINE
#undef REFERENCE
  }
}

void execute(const Instruction& step, const std::byte* const* rows, std::byte* out) {
  switch (step.type) {
    case Type::F32:
      return execute<float>(step, rows, out);
    case Type::F64:
      return execute<double>(step, rows, out);
    case Type::I32:
      return execute<std::int32_t>(step, rows, out);
    case Type::I64:
      return execute<std::int64_t>(step, rows, out);
    case Type::Bool:
      return execute<bool>(step, rows, out);
    case Type::Real:
      break;
  }
}

/// Storage for one block: the input, every constant and every value, a row of kBlock each; then the
/// tables, their entries side by side.
class Machine {
 public:
  Machine(const Program& program, std::span<const std::uint64_t> constants)
      : program_(program), storage_((1 + constants.size() + program.code.size()) * kRowBytes) {
    const std::vector<Type> types = constant_types(program);
    for (std::size_t k = 0; k < constants.size(); ++k) {
      broadcast(constants[k], width(types[k]), row(Operand::constant(k)));
    }
    for (std::size_t i = 0; i < program.code.size(); ++i) {
      std::array<const std::byte*, 3> rows{};
      for (std::size_t k = 0; k < program.code[i].arity(); ++k) {
        const Operand operand = program.code[i].operands[k];
        const std::size_t entries = table_size(info(program.code[i].op), k);
        rows[k] = entries == 0 ? row(operand) : nullptr;
        if (entries > 0) {
          tables_.push_back(
              {i, k,
               table(constants.subspan(operand.index, entries), width(program.code[i].type))});
        }
      }
      operands_.push_back(rows);
    }
    for (const Table& t : tables_) {
      operands_[t.instruction][t.operand] = t.entries.data();
    }
  }

  std::byte* row(Operand operand) {
    switch (operand.kind) {
      case Operand::Kind::Input:
        return storage_.data();
      case Operand::Kind::Constant:
        return storage_.data() + (1 + operand.index) * kRowBytes;
      case Operand::Kind::Value:
        break;
    }
    return storage_.data() + (1 + program_.constants.size() + operand.index) * kRowBytes;
  }

  void run() {
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      execute(program_.code[i], operands_[i].data(), row(Operand::value(i)));
    }
  }

 private:
  struct Table {
    std::size_t instruction, operand;
    std::vector<std::byte> entries;
  };

  static std::size_t width(Type type) {
    return type == Type::F32 || type == Type::I32 ? sizeof(std::uint32_t) : sizeof(std::uint64_t);
  }

  static void broadcast(std::uint64_t bits, std::size_t width, std::byte* to) {
    for (std::size_t i = 0; i < kBlock; ++i) std::memcpy(to + i * width, &bits, width);
  }

  static std::vector<std::byte> table(std::span<const std::uint64_t> constants, std::size_t width) {
    std::vector<std::byte> entries(constants.size() * width);
    for (std::size_t i = 0; i < constants.size(); ++i) {
      std::memcpy(entries.data() + i * width, &constants[i], width);
    }
    return entries;
  }

  const Program& program_;
  std::vector<std::byte> storage_;
  std::vector<Table> tables_;
  std::vector<std::array<const std::byte*, 3>> operands_;
};

void require(bool holds, const std::string& message) {
  if (!holds) throw std::invalid_argument(message);
}

}  // namespace

template <class X, class Y>
void interpret(const Program& program, std::span<const std::uint64_t> constants,
               std::span<const X> x, std::span<Y> y) {
  if (const auto defect = find_defect(program)) throw std::invalid_argument(*defect);
  require(program.inputs == 1 && program.input_types[0] == TypeOf<X>::value,
          fmt::format("the program's input is {}, not one {}", name(program.input_types[0]),
                      name(TypeOf<X>::value)));
  require(result_type(program) == TypeOf<Y>::value,
          fmt::format("the program's result is {}, not {}", name(result_type(program)),
                      name(TypeOf<Y>::value)));
  require(
      x.size() == y.size(),
      fmt::format("interpret needs as many results as points, not {} and {}", y.size(), x.size()));
  require(constants.size() == program.constants.size(),
          fmt::format("the program has {} constants, not {}", program.constants.size(),
                      constants.size()));
  Machine machine(program, constants);
  for (std::size_t begin = 0; begin < x.size(); begin += kBlock) {
    const std::size_t count = std::min(kBlock, x.size() - begin);
    std::memcpy(machine.row(Operand::input()), x.data() + begin, count * sizeof(X));
    machine.run();
    std::memcpy(y.data() + begin, machine.row(program.result), count * sizeof(Y));
  }
}

template <class X, class Y>
void interpret(const Program& program, std::span<const X> x, std::span<Y> y) {
  interpret<X, Y>(program, constant_bits(program), x, y);
}

#define INSTANTIATE(X, Y)                                                                     \
  template void interpret(const Program&, std::span<const X>, std::span<Y>);                  \
  template void interpret(const Program&, std::span<const std::uint64_t>, std::span<const X>, \
                          std::span<Y>);
#define INSTANTIATE_FROM(X)    \
  INSTANTIATE(X, float)        \
  INSTANTIATE(X, double)       \
  INSTANTIATE(X, std::int32_t) \
  INSTANTIATE(X, std::int64_t)
INSTANTIATE_FROM(float)
INSTANTIATE_FROM(double)
INSTANTIATE_FROM(std::int32_t)
INSTANTIATE_FROM(std::int64_t)
#undef INSTANTIATE_FROM
#undef INSTANTIATE

}  // namespace ulpforge::ir

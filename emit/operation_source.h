// The C++ text of single operations, cut from ir/portable.h and the headers of vectors, which are
// embedded when the program is built.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ir/types.h"

namespace ulpforge::emit {

/// One of the forms that the operations are written in: plain C++ over scalars, or vectors.
class OperationSource {
 public:
  /// `text` is cut into blocks "// ---- name: comment", and those into functions.
  /// `types` spells F32, F64, I32, I64 and Bool, in this order. `rest` has what the text lacks.
  OperationSource(std::string_view text, std::vector<std::string_view> types,
                  const OperationSource* rest = nullptr);

  /// What the preprocessor has to find where the functions are to compile: the text's first #if.
  std::string condition() const;

  /// How a machine type is spelled.
  std::string_view spelling(ir::Type type) const;

  struct Function {
    std::size_t block;  ///< place in the file, after those of the rest
    std::string name;
    std::string comment;  ///< that of the block; may be empty
    std::string text;     ///< ends with a newline
  };
  /// The overload of that name whose first parameters have these types. Throws std::logic_error
  /// when there is none: the file lacks an operation.
  Function find(std::string_view name, const std::vector<std::string>& parameters) const;

  /// The whole text of a block, its comment left out; empty where there is none of that name.
  std::string block(std::string_view name) const;

 private:
  struct Block {
    std::string_view name, comment, text;
  };
  const Block* find_block(std::string_view name) const;

  std::string_view text_;
  std::vector<Block> blocks_;
  std::vector<std::string_view> types_;
  const OperationSource* rest_;
};

}  // namespace ulpforge::emit

// Compiled programs by their shape, so that what comes up again is not compiled again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "ir/program.h"
#include "jit/compiler.h"

namespace ulpforge::jit {

/// The functions that were used last. Programs of the same shape (ir::shape_hash of canonical
/// programs) share one: constants are arguments. For one thread at a time, like the compiler in it.
class CodeCache {
 public:
  /// Keeps up to `capacity` functions; at least one. A batch's code stays in memory while any of
  /// its functions is kept.
  explicit CodeCache(std::size_t capacity);

  /// A function for each program, which must be canonical (ir::canonical); what is not there is
  /// compiled as one batch. Call the functions with constants: their own are those of the program
  /// that came first. With options.embed_constants the constants belong to the key. Throws as
  /// Compiler::compile does.
  std::vector<std::shared_ptr<const Function>> get(std::span<const ir::Program> canonical_programs,
                                                   const Options& options = {});
  std::shared_ptr<const Function> get(const ir::Program& canonical_program,
                                      const Options& options = {});

  std::size_t size() const { return by_key_.size(); }
  std::uint64_t hits() const { return hits_; }
  std::uint64_t misses() const { return misses_; }

 private:
  struct Entry {
    std::uint64_t key;
    std::shared_ptr<const Function> function;
  };

  std::shared_ptr<const Function> find(std::uint64_t key);
  void insert(std::uint64_t key, std::shared_ptr<const Function> function);

  Compiler compiler_;
  std::size_t capacity_;
  std::list<Entry> entries_;  ///< the last used first
  std::unordered_map<std::uint64_t, std::list<Entry>::iterator> by_key_;
  std::uint64_t hits_ = 0, misses_ = 0;
};

}  // namespace ulpforge::jit

#include "jit/code_cache.h"

#include <algorithm>

#include "ir/canonical.h"
#include "numbers/hash.h"

namespace ulpforge::jit {
namespace {

std::uint64_t key_of(const ir::Program& program, const Options& options) {
  const std::uint64_t hash =
      options.embed_constants ? ir::content_hash(program) : ir::shape_hash(program);
  const Isa isa = options.isa.value_or(host_isa());
  return numbers::hash_pair(hash, static_cast<std::uint64_t>(options.level) |
                                      static_cast<std::uint64_t>(isa) << 8 |
                                      static_cast<std::uint64_t>(options.embed_constants) << 16 |
                                      static_cast<std::uint64_t>(options.interleave) << 32);
}

}  // namespace

CodeCache::CodeCache(std::size_t capacity) : capacity_(std::max<std::size_t>(1, capacity)) {}

std::vector<std::shared_ptr<const Function>> CodeCache::get(
    std::span<const ir::Program> canonical_programs, const Options& options) {
  std::vector<std::shared_ptr<const Function>> functions(canonical_programs.size());
  std::vector<std::uint64_t> keys;
  std::vector<ir::Program> missing;
  std::unordered_map<std::uint64_t, std::size_t> place;  // in the batch of those missing
  for (std::size_t k = 0; k < canonical_programs.size(); ++k) {
    keys.push_back(key_of(canonical_programs[k], options));
    functions[k] = find(keys[k]);
    if (functions[k]) {
      ++hits_;
    } else if (place.try_emplace(keys[k], missing.size()).second) {
      missing.push_back(canonical_programs[k]);
    }
  }
  misses_ += missing.size();
  std::vector<std::shared_ptr<const Function>> compiled;
  for (Function& function : compiler_.compile(missing, options)) {
    compiled.push_back(std::make_shared<const Function>(std::move(function)));
  }
  for (std::size_t k = 0; k < functions.size(); ++k) {
    if (functions[k]) continue;
    functions[k] = compiled[place.at(keys[k])];
    insert(keys[k], functions[k]);
  }
  return functions;
}

std::shared_ptr<const Function> CodeCache::get(const ir::Program& canonical_program,
                                               const Options& options) {
  return get(std::span(&canonical_program, 1), options).front();
}

std::shared_ptr<const Function> CodeCache::find(std::uint64_t key) {
  const auto place = by_key_.find(key);
  if (place == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->function;
}

void CodeCache::insert(std::uint64_t key, std::shared_ptr<const Function> function) {
  if (by_key_.contains(key)) return;
  entries_.push_front({key, std::move(function)});
  by_key_[key] = entries_.begin();
  if (entries_.size() <= capacity_) return;
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

}  // namespace ulpforge::jit

// Binary form of search states: little-endian, field after field. Each type names its fields once,
// in a static member `fields`, which writing and reading share.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ir/program.h"
#include "jit/cost.h"
#include "targets/scores/score.h"

namespace ulpforge::evo {

/// A state that cannot be read: cut off, or not what a search writes.
struct DamagedState : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class T>
concept HasFields = requires(T& object) { T::fields(object); };

// Fields of types that know nothing of searches.
inline auto fields_of(auto& object)
  requires HasFields<std::remove_const_t<std::remove_reference_t<decltype(object)>>>
{
  return std::remove_const_t<std::remove_reference_t<decltype(object)>>::fields(object);
}
template <class T, class Plain>
concept Is = std::same_as<std::remove_const_t<T>, Plain>;
inline auto fields_of(Is<numbers::DoubleDouble> auto& d) { return std::tie(d.hi, d.lo); }
inline auto fields_of(Is<jit::Cost> auto& c) { return std::tie(c.throughput, c.latency); }
inline auto fields_of(Is<targets::Score> auto& s) {
  return std::tie(s.max_ulp, s.worst_input, s.inputs, s.misrounded, s.above_one_ulp,
                  s.special_value_errors, s.zero_sign_errors, s.mpfr_calls, s.gave_up);
}

class StateWriter {
 public:
  template <std::integral T>
  void put(T value) {
    for (std::size_t k = 0; k < sizeof(T); ++k) {
      bytes_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * k) & 0xff);
    }
  }
  void put(bool value) { put(static_cast<std::uint8_t>(value)); }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put(float value) { put(std::bit_cast<std::uint32_t>(value)); }
  void put(const std::string& text) {
    put(std::uint64_t{text.size()});
    bytes_ += text;
  }
  void put(const ir::Program& program);
  template <class T>
    requires requires(const T& object) { fields_of(object); }
  void put(const T& object) {
    std::apply([this](const auto&... field) { (this->put(field), ...); }, fields_of(object));
  }
  template <class A, class B>
  void put(const std::pair<A, B>& pair) {
    put(pair.first);
    put(pair.second);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(const std::vector<T>& list) {
    put_all(list);
  }
  template <class K, class V>
  void put(const std::map<K, V>& map) {
    put_all(map);
  }
  template <class K, class V>
  void put(const std::unordered_map<K, V>& map) {
    put_all(map);
  }

  std::string take() { return std::move(bytes_); }

 private:
  void put_all(const auto& range) {
    put(std::uint64_t{range.size()});
    for (const auto& element : range) put(element);
  }

  std::string bytes_;
};

/// Reads what a StateWriter wrote. Throws DamagedState.
class StateReader {
 public:
  explicit StateReader(std::string_view bytes) : bytes_(bytes) {}

  template <std::integral T>
  void get(T& value) {
    const std::string_view bytes = raw(sizeof(T));
    std::uint64_t read = 0;
    for (std::size_t k = 0; k < sizeof(T); ++k) {
      read |= std::uint64_t{static_cast<unsigned char>(bytes[k])} << (8 * k);
    }
    value = static_cast<T>(read);
  }
  void get(bool& value) { value = below(2) != 0; }
  void get(double& value) { value = std::bit_cast<double>(number<std::uint64_t>()); }
  void get(float& value) { value = std::bit_cast<float>(number<std::uint32_t>()); }
  void get(std::string& text) { text = raw(number<std::uint64_t>()); }
  void get(ir::Program& program);
  template <class T>
    requires requires(T& object) { fields_of(object); }
  void get(T& object) {
    std::apply([this](auto&... field) { (this->get(field), ...); }, fields_of(object));
  }
  template <class A, class B>
  void get(std::pair<A, B>& pair) {
    get(pair.first);
    get(pair.second);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool known = false;
    get(known);
    value.reset();
    if (known) get(value.emplace());
  }
  template <class T>
  void get(std::vector<T>& list) {
    const std::uint64_t size = count();
    if constexpr (std::default_initializable<T>) {
      list.clear();
      for (std::uint64_t n = size; n > 0; --n) get(list.emplace_back());
    } else {
      // As many as the configuration asks for, made by the caller.
      if (size != list.size()) throw DamagedState("a list has another length");
      for (T& element : list) get(element);
    }
  }
  template <class K, class V>
  void get(std::map<K, V>& map) {
    get_all(map);
  }
  template <class K, class V>
  void get(std::unordered_map<K, V>& map) {
    get_all(map);
  }

  /// Whether everything was read.
  bool at_end() const { return bytes_.empty(); }

 private:
  template <class T>
  T number() {
    T value{};
    get(value);
    return value;
  }
  /// A byte with a value below `end`.
  std::uint8_t below(std::size_t end);
  /// The number of elements that follow; each takes a byte at least.
  std::uint64_t count();
  std::string_view raw(std::uint64_t size);
  template <class Map>
  void get_all(Map& map) {
    map.clear();
    for (std::uint64_t n = count(); n > 0; --n) {
      std::pair<typename Map::key_type, typename Map::mapped_type> element;
      get(element);
      map.insert(std::move(element));
    }
  }

  std::string_view bytes_;
};

/// The state as bytes, and back. Throws DamagedState.
template <class State>
std::string encode(const State& state) {
  StateWriter writer;
  writer.put(state);
  return writer.take();
}
template <class State>
void decode(std::string_view bytes, State& state) {
  StateReader reader(bytes);
  reader.get(state);
  if (!reader.at_end()) throw DamagedState("something follows the state");
}

}  // namespace ulpforge::evo

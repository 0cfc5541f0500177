// ELF files, and where the dynamic linker finds them.
#include "validate/library.h"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <link.h>
#include <openssl/evp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include "system/loaded_library.h"
#include "system/processor.h"

namespace ulpforge::validate {
namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

/// A file's bytes, read with bounds checked.
class Elf {
 public:
  Elf(std::string bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {
    const auto header = read<ElfW(Ehdr)>(0);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
      fail("is no shared library (no ELF file)");
    if (header.e_type != ET_DYN) fail("is no shared library");
#if defined(__x86_64__)
    constexpr auto kMachine = EM_X86_64;
#elif defined(__aarch64__)
    constexpr auto kMachine = EM_AARCH64;
#else
    const auto kMachine = header.e_machine;
#endif
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != kMachine) {
      fail("is built for another kind of machine");
    }
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
      sections_.push_back(read<ElfW(Shdr)>(header.e_shoff + i * header.e_shentsize));
    }
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw std::invalid_argument(fmt::format("{} {}", name_, what));
  }

  template <class T>
  T read(std::size_t offset) const {
    T value;
    std::memcpy(&value, view(offset, sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view view(std::size_t offset, std::size_t size) const {
    if (offset > bytes_.size() || size > bytes_.size() - offset) fail("is cut off or damaged");
    return std::string_view(bytes_).substr(offset, size);
  }

  /// The zero-terminated text at `offset` of a string table.
  std::string text(const ElfW(Shdr) & table, std::size_t offset) const {
    const std::string_view all = view(table.sh_offset, table.sh_size);
    if (offset >= all.size()) fail("is damaged");
    return std::string(all.substr(offset, all.find('\0', offset) - offset));
  }

  std::span<const ElfW(Shdr)> sections() const { return sections_; }
  const ElfW(Shdr) & linked(const ElfW(Shdr) & section) const {
    if (section.sh_link >= sections_.size()) fail("is damaged");
    return sections_[section.sh_link];
  }
  std::string_view bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::string name_;
  std::vector<ElfW(Shdr)> sections_;
};

std::vector<Symbol> symbols_of(const Elf& elf, const ElfW(Shdr) & section) {
  std::vector<Symbol> symbols;
  for (std::size_t at = 0; at + sizeof(ElfW(Sym)) <= section.sh_size; at += sizeof(ElfW(Sym))) {
    const auto symbol = elf.read<ElfW(Sym)>(section.sh_offset + at);
    const int binding = ELF64_ST_BIND(symbol.st_info);
    if (symbol.st_shndx == SHN_UNDEF || binding == STB_LOCAL) continue;
    Symbol::Kind kind = Symbol::Kind::Other;
    if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC) kind = Symbol::Kind::Function;
    if (ELF64_ST_TYPE(symbol.st_info) == STT_GNU_IFUNC) kind = Symbol::Kind::Indirect;
    symbols.push_back({elf.text(elf.linked(section), symbol.st_name), kind});
  }
  std::ranges::sort(symbols, {}, &Symbol::name);
  const auto [first, last] = std::ranges::unique(symbols, {}, &Symbol::name);
  symbols.erase(first, last);
  return symbols;
}

/// What the notes say: the build id, and on x86 the level of instructions that is needed.
void read_notes(const Elf& elf, const ElfW(Shdr) & section, LibraryFile& library) {
  const auto aligned = [&](std::size_t size) {
    const std::size_t unit = section.sh_addralign == 8 ? 8 : 4;
    return (size + unit - 1) / unit * unit;
  };
  for (std::size_t at = 0; at + sizeof(ElfW(Nhdr)) <= section.sh_size;) {
    const auto note = elf.read<ElfW(Nhdr)>(section.sh_offset + at);
    const std::size_t description = at + sizeof(ElfW(Nhdr)) + aligned(note.n_namesz);
    const std::string_view content = elf.view(section.sh_offset + description, note.n_descsz);
    if (note.n_type == NT_GNU_BUILD_ID) library.build_id = hex(content);
    constexpr std::uint32_t kIsaNeeded = 0xc0008002;
    for (std::size_t p = 0; note.n_type == 5 && p + 12 <= content.size();) {
      std::array<std::uint32_t, 3> property{};
      std::memcpy(property.data(), content.data() + p, sizeof property);
      if (property[0] == kIsaNeeded) {
        if ((property[2] & 8) != 0 && !system::processor_has("avx512f")) {
          elf.fail("needs x86-64-v4 (AVX-512), which this machine lacks");
        }
        if ((property[2] & 4) != 0 &&
            !(system::processor_has("avx2") && system::processor_has("fma"))) {
          elf.fail("needs x86-64-v3 (AVX2, FMA), which this machine lacks");
        }
      }
      p += 8 + (std::size_t{property[1]} + 7) / 8 * 8;
    }
    at = description + aligned(note.n_descsz);
  }
}

std::string soname_of(const Elf& elf, const ElfW(Shdr) & section) {
  for (std::size_t at = 0; at + sizeof(ElfW(Dyn)) <= section.sh_size; at += sizeof(ElfW(Dyn))) {
    const auto entry = elf.read<ElfW(Dyn)>(section.sh_offset + at);
    if (entry.d_tag == DT_SONAME) return elf.text(elf.linked(section), entry.d_un.d_val);
  }
  return {};
}

std::string last_version(const Elf& elf, const ElfW(Shdr) & section) {
  std::string version;
  std::size_t at = section.sh_offset;
  for (std::size_t i = 0; i < section.sh_info; ++i) {
    const auto definition = elf.read<ElfW(Verdef)>(at);
    const auto name = elf.read<ElfW(Verdaux)>(at + definition.vd_aux);
    const bool base = (definition.vd_flags & VER_FLG_BASE) != 0;
    if (!base) version = elf.text(elf.linked(section), name.vda_name);
    at += definition.vd_next;
  }
  return version;
}

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || !std::filesystem::is_regular_file(path)) {
    throw std::invalid_argument(fmt::format("{} cannot be read", path.string()));
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return hex({reinterpret_cast<const char*>(digest.data()), size});
}

const Symbol* LibraryFile::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(symbols, name, {}, &Symbol::name);
  return found != symbols.end() && found->name == name ? &*found : nullptr;
}

namespace {

/// The banner of the C library in that folder, or "".
std::string glibc_release(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "libc.so.6";
  if (!std::filesystem::is_regular_file(path)) return {};
  const std::string bytes = read_bytes(path);
  const std::size_t from = bytes.find("GNU C Library (");
  if (from == std::string::npos) return {};
  const std::string line =
      bytes.substr(from, bytes.find_first_of(std::string_view("\n\0", 2), from) - from);
  return line.ends_with('.') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

std::filesystem::path locate_library(const std::string& name) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process can be started");
  if (child == 0) {
    std::optional<system::LoadedLibrary> library;  // whose destructors nobody asked for
    std::string answer;
    try {
      library.emplace(name);
      answer = "+" + library->path().string();
    } catch (const std::runtime_error& error) {
      answer = error.what();
    }
    const auto written = write(ends[1], answer.data(), answer.size());
    _exit(written == static_cast<ssize_t>(answer.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string answer;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = read(ends[0], buffer.data(), buffer.size())) > 0;) {
    answer.append(buffer.data(), static_cast<std::size_t>(n));
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
  if (answer.empty()) {
    throw std::invalid_argument(fmt::format("{} ends the process that loads it", name));
  }
  if (answer.front() != '+') {
    throw std::invalid_argument(fmt::format("no such library: {}", answer));
  }
  return std::filesystem::canonical(answer.substr(1));
}

LibraryFile read_library(const std::filesystem::path& path) {
  const Elf elf(read_bytes(path), path.string());
  LibraryFile library;
  library.path = std::filesystem::canonical(path);
  library.sha256 = sha256(elf.bytes());
  for (const ElfW(Shdr) & section : elf.sections()) {
    switch (section.sh_type) {
      case SHT_DYNSYM:
        library.symbols = symbols_of(elf, section);
        break;
      case SHT_DYNAMIC:
        library.soname = soname_of(elf, section);
        break;
      case SHT_NOTE:
        read_notes(elf, section, library);
        break;
      case SHT_GNU_verdef:
        library.version = last_version(elf, section);
        break;
      default:
        break;
    }
  }
  if (library.version.starts_with("GLIBC_")) {
    library.release = glibc_release(library.path.parent_path());
  }
  return library;
}

const Symbol& require_function(const LibraryFile& library, std::string_view symbol,
                               const Signature& signature) {
  const Symbol* const found = library.find(symbol);
  if (found == nullptr) {
    throw std::invalid_argument(
        fmt::format("{} exports no symbol {}", library.path.string(), symbol));
  }
  if (found->kind == Symbol::Kind::Other) {
    throw std::invalid_argument(
        fmt::format("{} of {} is no function", symbol, library.path.string()));
  }
  const std::optional<SymbolName> name = read_symbol_name(symbol);
  // C's names are those of scalar functions; an array form may have such a name too.
  if (name && signature.form != Signature::Form::Array && name->signature != signature) {
    throw std::invalid_argument(
        fmt::format("{} is {}, not {}", symbol, to_string(name->signature), to_string(signature)));
  }
  if (const std::string missing = missing_instruction_set(symbol, signature); !missing.empty()) {
    throw std::invalid_argument(
        fmt::format("{} needs {}, which this machine lacks", symbol, missing));
  }
  return *found;
}

}  // namespace ulpforge::validate

// The table of forms.
#include "emit/form.h"

#include <algorithm>
#include <ranges>

#include "emit/embedded.h"

namespace ulpforge::emit {
namespace {

const std::vector<Form>& table() {
  static const OperationSource scalar(kPortableText,
                                      {"float", "double", "std::int32_t", "std::int64_t", "bool"});
  static const OperationSource avx2(kAvx2Text, {"__m256", "F64x8", "__m256i", "I64x8", "Bool8"});
  static const OperationSource avx512vl(kAvx512vlText,
                                        {"__m256", "F64x8", "__m256i", "I64x8", "__mmask8"}, &avx2);
  static const OperationSource avx512(kAvx512Text,
                                      {"__m512", "F64x16", "__m512i", "I64x16", "__mmask16"});
  static const OperationSource neon(kNeonText,
                                    {"float32x4_t", "F64x4", "int32x4_t", "I64x4", "uint32x4_t"});
  static const OperationSource sve(
      kSveText, {"svfloat32_t", "svfloat64x2_t", "svint32_t", "svint64x2_t", "svbool_t"});
  // clang's -march=native may mean AVX10, which keeps AVX-512 of 256 bits beside -mno-avx512f.
  static const std::vector<std::string> no_avx10 = {"-mno-avx10.1-256"};
  const bool on_aarch64 = jit::host_architecture() == jit::Architecture::AArch64;
  static const std::vector<std::string> no_vectors =
      on_aarch64 ? std::vector<std::string>{"-DUF_VECTOR_BITS=0"}
                 : std::vector<std::string>{"-mno-avx512f", "-mno-avx2"};
  static const std::vector<Form> rows = {
      {.key = "512",
       .title = "512 bits",
       .name = "Avx512",
       .comment = "Sixteen elements at a time.",
       .isa = jit::Isa::Avx512,
       .lanes = 16,
       .source = &avx512,
       .include = "immintrin.h",
       .constraint = "v",
       .library = {.name = "avx512", .title = "AVX-512"}},
      {.key = "256vl",
       .title = "256 bits, AVX-512VL",
       .name = "Avx512vl",
       .comment = "Eight elements at a time.",
       .isa = jit::Isa::Avx512,
       .lanes = 8,
       .source = &avx512vl,
       .include = "immintrin.h",
       .constraint = "v",
       .flags = {"-DUF_VECTOR_BITS=256", "-mprefer-vector-width=256"}},
      {.key = "256",
       .title = "256 bits",
       .name = "Avx2",
       .comment = "Eight elements at a time.",
       .isa = jit::Isa::Avx2,
       .lanes = 8,
       .source = &avx2,
       .share = 2,
       .include = "immintrin.h",
       .constraint = "v",
       .flags = {"-mno-avx512f"},
       .flags_where_known = no_avx10,
       .library = {.name = "avx2",
                   .title = "AVX2",
                   .scalars = true,
                   .doubled = "_mm256_set_m128(x, x)",
                   .lower_half = "_mm256_castps256_ps128"}},
      {.key = "sve",
       .title = "SVE, as many bits as there are",
       .name = "Sve",
       .comment = "As many elements at a time as the processor has room for.",
       .isa = jit::Isa::Sve,
       .lanes = 4,
       .source = &sve,
       .include = "arm_sve.h",
       .lanes_of_processor = "svcntw()",
       .library = {.name = "sve", .title = "SVE", .prefix = "_ZGVsMxv_", .mask = ", svbool_t"}},
      {.key = "neon",
       .title = "NEON, 128 bits",
       .name = "Neon",
       .comment = "Four elements at a time.",
       .isa = jit::Isa::Neon,
       .lanes = 4,
       .source = &neon,
       .include = "arm_neon.h",
       .constraint = "w",
       .flags = {"-march=armv8-a"},
       .library = {.name = "neon",
                   .title = "NEON",
                   .prefix = "_ZGVnN4v_",
                   .convention = "__attribute__((aarch64_vector_pcs)) "}},
      {.key = "plain",
       .title = "plain loops",
       .name = "Scalar",
       .comment = "One element at a time.",
       .isa = jit::Isa::Generic,
       .lanes = 1,
       .source = &scalar,
       .flags = no_vectors,
       .flags_where_known = no_avx10,
       .library = {.name = "portable", .title = "portable", .scalars = true}},
  };
  return rows;
}

}  // namespace

std::string Form::condition() const {
  if (lanes == 1) return "";
  // Headers say that UF_VECTOR_BITS, where it is 256, forbids what is wider.
  const bool may_be_too_wide = bits() > 256;
  // What every processor of AArch64 has is kept out where it is defined as less than that.
  if (jit::architecture(isa) == jit::Architecture::AArch64) {
    return source->condition() + " && \\\n    !(defined(UF_VECTOR_BITS) && UF_VECTOR_BITS < 128)";
  }
  return source->condition() +
         (may_be_too_wide ? " && \\\n    !(defined(UF_VECTOR_BITS) && UF_VECTOR_BITS == 256)" : "");
}

std::span<const Form> forms() { return table(); }
std::span<const Form> vector_forms() { return forms().first(forms().size() - 1); }
const Form& plain_form() { return forms().back(); }
const OperationSource& scalar_source() { return *plain_form().source; }

const Form* find_form(std::string_view key) {
  const auto found = std::ranges::find(forms(), key, &Form::key);
  return found == forms().end() ? nullptr : &*found;
}

std::vector<const Form*> library_forms(jit::Architecture architecture) {
  std::vector<const Form*> found;
  for (const Form& form : forms() | std::views::reverse) {
    const bool runs = jit::architecture(form.isa).value_or(architecture) == architecture;
    if (runs && !form.library.name.empty()) found.push_back(&form);
  }
  return found;
}

}  // namespace ulpforge::emit

#!/usr/bin/env bash
# Functions of the shelf on AArch64, compiled by Debian's cross g++ and by clang, under qemu-aarch64:
# arrays by NEON and by SVE of 128 bits have the bits of the form's program.
#
#   aarch64_test.sh ULPFORGE SHELF          all functions of 1 ULP by g++ against that program evaluated
#                                           one number at a time, NEON at 2^20 inputs, SVE at 2^17
#   aarch64_test.sh ULPFORGE SHELF every    exp2, exp, log, sin and tanh at every float, by both,
#                                           against that program compiled for this machine; and the
#                                           library, as a cross compiler builds it
# Exit code 77: no cross compiler or no qemu here.
set -euo pipefail

ulpforge=$(realpath "$1")
shelf=$(realpath "$2")
every=${3:-}
gxx=aarch64-linux-gnu-g++
for program in "$gxx" qemu-aarch64; do
  if ! command -v "$program" >/dev/null; then
    echo "$program is not installed: nothing of AArch64 is tested (packages g++-aarch64-linux-gnu, qemu-user)"
    exit 77
  fi
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
  echo "FAIL: $1" >&2
  exit 1
}

# What runs a program: of SVE of 128 bits.
run() { qemu-aarch64 -cpu max,sve-max-vq=1 "$@"; }

if [[ -z $every ]]; then
  "$ulpforge" emit "$shelf" --select 'uf_*f_1u' -o . >/dev/null
  {
    printf '#include <cstdio>\n#include <cstdlib>\n'
    for header in *.h; do echo "#include \"$header\""; done
    cat <<'CODE'
template <class One>
int compare(const char* name, void (*array)(const float*, float*, std::size_t), One one,
            std::size_t first, std::size_t last) {
  constexpr std::size_t kBlock = 4096;
  static float x[kBlock], y[kBlock];
  for (std::size_t begin = first; begin < last; begin += kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      // Wherever a run of them begins, these are spread over all floats.
      const auto bits = static_cast<std::uint32_t>((begin + i) * 0x9e3779b1);
      std::memcpy(&x[i], &bits, 4);
    }
    array(x, y, kBlock - begin / kBlock % 7);
    for (std::size_t i = 0; i < kBlock - begin / kBlock % 7; ++i) {
      const float due = one(x[i]);
      if (std::memcmp(&due, &y[i], 4) == 0 || (due != due && y[i] != y[i])) continue;
      std::printf("%s(%a) is %a in an array, not %a\n", name, x[i], y[i], due);
      return 1;
    }
  }
  return 0;
}
int main(int, char** argv) {
  const std::size_t first = std::strtoul(argv[1], nullptr, 0), last = std::strtoul(argv[2], nullptr, 0);
  int wrong = 0;
CODE
    for header in *.h; do
      name=${header%.h}
      echo "  wrong += compare(\"$name\", ${name}_n, ${name}_detail::evaluate<${name}_detail::Scalar>, first, last);"
      echo "#if !defined(${name^^}_FORM)"
      echo "#error \"$name: another form\""
      echo "#endif"
    done
    echo '  std::printf("%d functions differ\n", wrong);'
    echo '  return wrong;'
    echo '}'
  } >main.cpp
  for form in neon sve; do
    flags=()
    [[ $form == neon ]] || flags=(-march=armv8-a+sve)
    {
      sed "s/_FORM)/_${form^^})/" main.cpp >"$form.cpp"
      "$gxx" -std=c++17 -O1 -static "${flags[@]}" "$form.cpp" -o "$form" &&
        { [[ $form == neon ]] || run ./sve 0 0x20000; }
    } >"$form.log" 2>&1 || touch "$form.failed" &
  done
  wait
  # As many processes as a small machine has processors.
  for half in "0 0x80000" "0x80000 0x100000"; do
    # shellcheck disable=SC2086
    run ./neon $half >>neon.log 2>&1 || touch neon.failed &
  done
  wait
  cat ./*.log
  [[ ! -e neon.failed && ! -e sve.failed ]] || fail "functions differ"
  exit 0
fi

"$ulpforge" family "$shelf" --sources-only -o sources >/dev/null
# The function's array, or that of the program that a form has.
cat >hash.cpp <<'CODE'
#include HEADER
#include <cstdio>
#include <thread>
#include <vector>
int main() {
  constexpr std::uint64_t kParts = 64;
  std::vector<std::uint64_t> sums(kParts);
  const auto part = [&sums](std::uint64_t k) {
    constexpr std::size_t kBlock = 1 << 14;
    std::vector<float> x(kBlock), y(kBlock);
    std::uint64_t sum = k;
    for (std::uint64_t begin = k << 26; begin < (k + 1) << 26; begin += kBlock) {
      for (std::size_t i = 0; i < kBlock; ++i) {
        const auto bits = static_cast<std::uint32_t>(begin + i);
        std::memcpy(&x[i], &bits, 4);
      }
      ARRAY(x.data(), y.data(), kBlock);
      for (std::size_t i = 0; i < kBlock; ++i) {
        std::uint32_t bits;
        std::memcpy(&bits, &y[i], 4);
        if ((bits & 0x7fffffff) > 0x7f800000) bits = 0x7fc00000;
        sum = (sum ^ bits) * 0x9e3779b97f4a7c15;
        sum ^= sum >> 29;
      }
    }
    sums[k] = sum;
  };
  std::vector<std::thread> threads;
  const unsigned count = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned t = 0; t < count; ++t) {
    threads.emplace_back([&part, t, count] {
      for (std::uint64_t k = t; k < kParts; k += count) part(k);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::uint64_t sum : sums) std::printf("%016llx\n", static_cast<unsigned long long>(sum));
}
CODE
# The program of a function that a form has.
reference() {
  python3 - "$1" "$2" <<'EOF'
import json, sys
for f in json.load(open("sources/family.json"))["functions"]:
    if f["name"] != sys.argv[1]: continue
    for k, p in enumerate(f["programs"]):
        if sys.argv[2] in p["forms"]: print(f"{f['name']}_{k}")
EOF
}
for function in exp2 exp log sin tanh; do
  name=uf_${function}f_1u
  for form in neon sve; do
    program=$(reference "$name" "$form")
    [[ -f sources/tests/$program.h ]] || fail "no program of $name for $form"
    g++ -std=c++17 -O2 -march=native -Isources/tests "-DHEADER=\"$program.h\"" "-DARRAY=${program}_n" \
      hash.cpp -o native -pthread
    ./native >due
    for compiler in "$gxx" "clang++-19 --target=aarch64-linux-gnu"; do
      command -v "${compiler%% *}" >/dev/null || continue
      flags=-march=armv8-a
      [[ $form == neon ]] || flags+=+sve
      # shellcheck disable=SC2086
      $compiler -std=c++17 -O2 $flags -static -Isources/functions "-DHEADER=\"$name.h\"" \
        "-DARRAY=${name}_n" hash.cpp -o crossed -pthread
      run ./crossed >got
      cmp -s due got || fail "$name by $form, $compiler: other bits than on this machine"
      echo "$name by $form, ${compiler%% *}: the bits of this machine at every float"
    done
  done
done

# The library, and its vector names.
cmake -S sources -B build -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 \
  -DCMAKE_C_COMPILER=aarch64-linux-gnu-gcc -DCMAKE_CXX_COMPILER=$gxx -DUFMATH_TESTS=ON >log
cmake --build build --parallel 2 >>log || fail "$(tail -20 log)"
run -L /usr/aarch64-linux-gnu build/ufmath_forms_test 400009 || fail "forms differ"
cat >names.cpp <<'CODE'
#include <ufmath.h>
#include <ufmath_vectors.h>

#include <cstdio>
#include <cstring>
int main() {
  float x[64], y[64], z[64];
  for (int i = 0; i < 64; ++i) x[i] = static_cast<float>(i) * 0.7f - 20;
#if defined(__ARM_FEATURE_SVE)
  for (std::size_t i = 0; i < 64; i += svcntw()) {
    const svbool_t some = svwhilelt_b32_u64(i, 64);
    svst1_f32(some, z + i, _ZGVsMxv_uf_exp2f_1u(svld1_f32(some, x + i), some));
  }
#else
  for (int i = 0; i < 64; i += 4) vst1q_f32(z + i, _ZGVnN4v_uf_exp2f_1u(vld1q_f32(x + i)));
#endif
  uf_exp2f_1u_n(x, y, 64);
  std::puts(std::memcmp(y, z, sizeof y) == 0 ? "right" : "wrong");
}
CODE
# Without SVE arrays are by NEON, as its vector names are.
for form in neon sve; do
  flags=-march=armv8-a
  processor=cortex-a72
  [[ $form == neon ]] || flags+=+sve processor=max,sve-max-vq=2
  "$gxx" -O2 $flags -Isources names.cpp -Lbuild -lufmath -o names
  got=$(qemu-aarch64 -cpu $processor -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=build ./names)
  [[ $got == right ]] || fail "the vector name of uf_exp2f_1u by $form: $got"
done
echo "the library is right"

#!/usr/bin/env bash
# Installs a family of some runs and uses it as others would: by CMake, by pkg-config, in loops, and
# in front of libm in an unchanged program.
#
#   package_test.sh ULPFORGE PREFIX [C++ COMPILER [STRIDE]]
#
# With a stride the forms are compared at every STRIDE-th input, 1 for all.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ulpforge=$(realpath "$1")
prefix=$2
compiler=${3:-c++}
stride=${4:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "FAIL: $1" >&2
  exit 1
}

rm -rf "$prefix"
"$ulpforge" family -o "$prefix" --compiler "$compiler" --jobs 2 "$here/exp2_f32.json" "$here/exp2_bf16.json" ${stride:+"$here/log_f32.json"} \
  >"$scratch/table"
grep -q 'uf_exp2f_1u, uf_exp2f_4u, uf_exp2f_64u, uf_exp2f_r11, uf_exp2f ' "$scratch/table" || fail "the table: $(cat "$scratch/table")"
grep -q '^uf_exp2_bf16, .* 0.5000 ' "$scratch/table" || fail "bf16 in the table: $(cat "$scratch/table")"
grep -q 'left out: uf_exp2f_cr (correctly rounded)' "$scratch/table" || fail "what is not reached is not named"
for file in include/ufmath.h lib/libufmath.so lib/libufmath.a lib/libufmath_preload.so \
  share/ufmath/family.json share/ufmath/source/CMakeLists.txt; do
  [[ -e $prefix/$file ]] || fail "$file is missing"
done
# Code of one form must not stand in for another's: no weak definitions that the linker may merge.
weak=$(nm "$prefix/lib/libufmath.a" | grep -c ' [WV] ' || true)
[[ $weak == 0 ]] || fail "$weak weak definitions in libufmath.a"
# The shared libraries show their own names, and those that are replaced, alone.
nm -D --defined-only "$prefix/lib/libufmath.so" >"$scratch/symbols"
grep -q ' uf_exp2f@@UFMATH_0$' "$scratch/symbols" || fail "symbols without a version: $(cat "$scratch/symbols")"
if grep -vE ' (UFMATH_0|(_ZGV[bcde]N[0-9]*v_)?uf_[a-z0-9_]*@@UFMATH_0)$' "$scratch/symbols"; then
  fail "libufmath.so shows more than its names"
fi
nm -D --defined-only "$prefix/lib/libufmath_preload.so" >"$scratch/symbols"
if grep -vE " (_ZGV[bcde]N[0-9]*v_)?(exp2f${stride:+|logf})$" "$scratch/symbols"; then
  fail "libufmath_preload.so shows more than what it replaces"
fi
if nm -D --undefined-only "$prefix/lib/libufmath.so" | grep -q '_Z'; then fail "libufmath.so needs the C++ library"; fi

cmake -S "$here/consumer" -B "$scratch/consumer" -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_BUILD_TYPE=Release >"$scratch/log" && cmake --build "$scratch/consumer" >>"$scratch/log" ||
  fail "find_package: $(cat "$scratch/log")"
for program in c_ufmath c_ufmath_static cxx_ufmath; do
  [[ $("$scratch/consumer/$program") == right ]] || fail "$program"
done

# Sources that are written again: what is the same stays, so that it is not compiled again, and what the
# package has no more goes.
sources=("$ulpforge" family -o "$scratch/sources" --sources-only --force "$here/exp2_f32.json")
"${sources[@]}" >"$scratch/log"
touch "$scratch/sources/functions/gone.cpp" "$scratch/sources/mine"
echo >>"$scratch/sources/dispatch.h"
sleep 0.01 && touch "$scratch/then" && sleep 0.01
"${sources[@]}" >"$scratch/log"
[[ ! -e $scratch/sources/functions/gone.cpp && -e $scratch/sources/mine ]] || fail "what is removed from sources"
changed=$(cd "$scratch/sources" && find . -type f -newer "$scratch/then")
[[ $changed == ./dispatch.h ]] || fail "of sources these were written again: $changed"

if command -v pkg-config >/dev/null; then
  flags=$(PKG_CONFIG_PATH=$prefix/lib/pkgconfig pkg-config --cflags --libs ufmath)
  # shellcheck disable=SC2086
  cc -std=c11 -Wall -Wextra -pedantic -O3 "$here/consumer/use.c" $flags -lm -o "$scratch/use"
  [[ $(LD_LIBRARY_PATH=$prefix/lib "$scratch/use") == right ]] || fail "by pkg-config"
else
  echo "pkg-config is not installed: not tried"
fi

# gcc makes vector calls of a loop over the scalar function, for each instruction set.
if command -v gcc >/dev/null && [[ $(uname -m) == x86_64 ]]; then
  while read -r flag name; do
    gcc -std=c11 -O3 -ffp-contract=off "$flag" -c -I"$prefix/include" "$here/consumer/use.c" -o "$scratch/use.o"
    nm "$scratch/use.o" | grep -q "$name" || fail "gcc $flag makes no call of $name"
  done <<'EOF'
-msse2 _ZGVbN4v_uf_exp2f
-mavx _ZGVcN8v_uf_exp2f
-mavx2 _ZGVdN8v_uf_exp2f
-march=skylake-avx512 _ZGV.N.*v_uf_exp2f
EOF
fi

# An unchanged program: its results become those of uf_exp2f, in the loop too.
cat >"$scratch/expected.c" <<'EOF'
#include <stdio.h>
#include <string.h>
#include <ufmath.h>
int main(void) {
  for (int i = 0; i < 64; ++i) {
    float y = uf_exp2f((float)i * 0.137f - 3);
    unsigned bits;
    memcpy(&bits, &y, sizeof bits);
    printf("%08x\n%08x\n", bits, bits);
  }
}
EOF
cc -O1 -I"$prefix/include" "$scratch/expected.c" "$prefix/lib/libufmath.a" -lm -o "$scratch/expected"
"$scratch/expected" >"$scratch/expected.txt"
gcc -O2 "$here/preloaded.c" -lm -o "$scratch/preloaded"
LD_PRELOAD=$prefix/lib/libufmath_preload.so "$scratch/preloaded" >"$scratch/preloaded.txt"
cmp -s "$scratch/expected.txt" "$scratch/preloaded.txt" || fail "LD_PRELOAD leads to other results"
"$scratch/preloaded" >"$scratch/libm.txt"
if cmp -s "$scratch/expected.txt" "$scratch/libm.txt"; then fail "libm has the same results: nothing was tested"; fi
# An installed program that has libm loaded.
if command -v python3 >/dev/null; then
  cat >"$scratch/loaded.py" <<'EOF'
import ctypes, struct
exp2f = ctypes.CDLL(None).exp2f
exp2f.restype, exp2f.argtypes = ctypes.c_float, [ctypes.c_float]
f32 = lambda v: struct.unpack("f", struct.pack("f", v))[0]
for i in range(64):
    y = exp2f(f32(f32(f32(i) * f32(0.137)) - 3))
    for _ in range(2): print("%08x" % struct.unpack("I", struct.pack("f", y))[0])
EOF
  LD_PRELOAD=$prefix/lib/libufmath_preload.so python3 "$scratch/loaded.py" >"$scratch/python.txt"
  cmp -s "$scratch/expected.txt" "$scratch/python.txt" || fail "LD_PRELOAD of python3 leads to other results"
fi

if [[ -n $stride ]]; then
  for portable in OFF ON; do
    cmake -S "$prefix/share/ufmath/source" -B "$scratch/tests_$portable" -DUFMATH_TESTS=ON \
      -DUFMATH_PORTABLE=$portable -DCMAKE_CXX_COMPILER="$compiler" \
      -DCMAKE_CXX_FLAGS="-Wall -Wextra -Wconversion -Wshadow -Werror" >"$scratch/log"
    cmake --build "$scratch/tests_$portable" --parallel 2 >>"$scratch/log" || fail "$(cat "$scratch/log")"
    "$scratch/tests_$portable/ufmath_forms_test" "$stride" || fail "forms differ"
    stride=40009  # the portable package has the same functions
  done
fi
echo "the package is right"

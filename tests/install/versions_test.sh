#!/usr/bin/env bash
# A program that was linked with a libufmath of few functions runs with a later one that has more; one
# that needs more than its library has is told so by the loader.
#
#   versions_test.sh PREFIX_OF_THE_EARLIER PREFIX_OF_THE_LATER
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
earlier=$(realpath "$1")
later=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "FAIL: $1" >&2
  exit 1
}
functions() { nm -D --defined-only "$1/lib/libufmath.so" | sed -n 's/.* \(uf_[a-z0-9_]*\)@@UFMATH_0$/\1/p' | sort; }

functions "$earlier" >"$scratch/few"
functions "$later" >"$scratch/many"
(($(wc -l <"$scratch/few") > 0)) || fail "no symbol has a version"
(($(wc -l <"$scratch/many") > $(wc -l <"$scratch/few"))) || fail "the later library has no more functions"
missing=$(comm -23 "$scratch/few" "$scratch/many")
[[ -z $missing ]] || fail "the later library lacks $missing"
[[ $(readelf -d "$earlier/lib/libufmath.so") == *"[libufmath.so.0]"* ]] || fail "the name in the library"

cc -std=c11 -O3 "$here/../family/consumer/use.c" -I"$earlier/include" "$earlier/lib/libufmath.so" -lm \
  -o "$scratch/use"
objdump -p "$scratch/use" >"$scratch/needs"
grep -q UFMATH_0 "$scratch/needs" || fail "the program needs no version: $(cat "$scratch/needs")"
grep -q 'NEEDED *libufmath.so.0$' "$scratch/needs" || fail "the program's library: $(cat "$scratch/needs")"
for library in earlier later; do
  [[ $(LD_LIBRARY_PATH=${!library}/lib "$scratch/use" each-form) == right ]] || fail "with the $library library"
done

name=$(comm -13 "$scratch/few" "$scratch/many" | grep -v '_n$' | head -n 1)
printf '#include <ufmath.h>\nint main(int n, char** v) { (void)v; return %s((float)n) > 1e30f; }\n' "$name" \
  >"$scratch/more.c"
cc -std=c11 "$scratch/more.c" -I"$later/include" "$later/lib/libufmath.so" -o "$scratch/more"
LD_LIBRARY_PATH=$later/lib "$scratch/more" || fail "$name of the later library"
if LD_BIND_NOW=1 LD_LIBRARY_PATH=$earlier/lib "$scratch/more" 2>"$scratch/message"; then
  fail "$name from a library that lacks it"
fi
grep -q "$name, version UFMATH_0" "$scratch/message" || fail "the loader says $(cat "$scratch/message")"
echo "versions are right"

#!/usr/bin/env bash
# Builds the examples with an installed libufmath and runs them: they end with 0 where the results are as
# close to exact ones as each of them says. One is built alone, too.
#
#   examples_test.sh PREFIX COMPILER
set -euo pipefail

examples=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples" && pwd)
prefix=$(realpath "$1")
compiler=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "FAIL: $1" >&2
  exit 1
}
# build SOURCE BUILD
build() {
  { cmake -S "$1" -B "$2" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_COMPILER="$compiler" \
      -DCMAKE_CXX_FLAGS="-Wall -Wextra -Werror" && cmake --build "$2" --parallel 2; } \
    >"$scratch/log" 2>&1 || fail "$1 by $compiler: $(cat "$scratch/log")"
}

command -v "$compiler" >/dev/null || { echo "$compiler is not installed"; exit 77; }
build "$examples" "$scratch/all"
for folder in "$examples"/*/; do
  name=$(basename "$folder")
  "$scratch/all/$name/$name" >"$scratch/output" || fail "$name by $compiler: $(cat "$scratch/output")"
  cat "$scratch/output"
  grep -q 'libufmath .* times as fast' "$scratch/output" || fail "$name says nothing of libufmath"
done
build "$examples/waveshaper" "$scratch/one"
[[ -x $scratch/one/waveshaper ]] || fail "an example alone makes no program"
echo "the examples are right"

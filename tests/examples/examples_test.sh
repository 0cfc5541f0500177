#!/usr/bin/env bash
# Builds the examples with an installed libufmath, by each compiler that is here, and runs them: they
# end with 0 where the results are as close to exact ones as each of them says. One is built alone, too.
#
#   examples_test.sh PREFIX
set -euo pipefail

examples=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples" && pwd)
prefix=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "FAIL: $1" >&2
  exit 1
}
# build FOLDER COMPILER: in $scratch/COMPILER.
build() {
  { cmake -S "$1" -B "$scratch/$2" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_COMPILER="$2" \
      -DCMAKE_CXX_FLAGS="-Wall -Wextra -Werror" && cmake --build "$scratch/$2" --parallel 2; } \
    >"$scratch/log" 2>&1 || fail "$1 by $2: $(cat "$scratch/log")"
}

for compiler in g++ clang++-19; do
  command -v $compiler >/dev/null || { echo "$compiler is not installed: not tried"; continue; }
  build "$examples" $compiler
  for folder in "$examples"/*/; do
    name=$(basename "$folder")
    "$scratch/$compiler/$name/$name" >"$scratch/output" || fail "$name by $compiler: $(cat "$scratch/output")"
    cat "$scratch/output"
    grep -q 'libufmath .* times as fast' "$scratch/output" || fail "$name says nothing of libufmath"
  done
done
build "$examples/waveshaper" c++
[[ -x $scratch/c++/waveshaper ]] || fail "an example alone makes no program"
echo "the examples are right"

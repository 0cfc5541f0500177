#!/usr/bin/env bash
# From a fresh Debian 12 machine to a first front and a first function: installs the missing packages,
# builds, searches for 2^x on [0,1] and prints what it found; then searches for exp2 in float32,
# writes the most accurate program as a header, compiles it and compares it with MPFR at all 2^32
# inputs.
#
#   experiments/quickstart.sh [SECONDS] [--time SECONDS] [--f32-time SECONDS, 0: no header] [--out DIR]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=60
f32_seconds=120
out=$root/runs/quickstart

usage() {
  echo "quickstart.sh: $1; usage: quickstart.sh [SECONDS] [--time SECONDS] [--f32-time SECONDS] [--out DIR]" >&2
  exit 2
}
while (($#)); do
  case $1 in
    --time) (($# > 1)) || usage "--time needs a number of seconds"; seconds=$2; shift 2 ;;
    --f32-time) (($# > 1)) || usage "--f32-time needs a number of seconds"; f32_seconds=$2; shift 2 ;;
    --out) (($# > 1)) || usage "--out needs a directory"; out=$2; shift 2 ;;
    -*) usage "unknown option $1" ;;
    *) seconds=$1; shift ;;
  esac
done
for number in "$seconds" "$f32_seconds"; do
  [[ $number =~ ^[0-9]+(\.[0-9]+)?$ ]] || usage "'$number' is not a number of seconds"
done
out=$(realpath -m -- "$out")

"$root/setup/install_packages.sh"
cd "$root"
cmake --preset release
cmake --build --preset release --target ulpforge

./build/release/ulpforge search experiments/exp2_real.toml --time "$seconds" --out "$out" --force
echo
echo "C++: $out/exp2.h has a function for each line, exp2_10 with 10 operations and so on."
echo "Programs with their constants: ./build/release/ulpforge show $out"

[[ $f32_seconds =~ ^0+(\.0+)?$ ]] && exit 0
echo
./build/release/ulpforge search experiments/exp2_f32.toml --time "$f32_seconds" --out "$out-f32" --force
./build/release/ulpforge emit "$out-f32" -o "$out-f32/cpp" --force
# The front goes from cheap to accurate.
name=$(sed -n 's/^ *"name": "\(uf_[^"]*\)".*/\1/p' "$out-f32/front.json" | tail -n 1)
[[ -n $name ]] || { echo "quickstart.sh: no program was measured at every float in $f32_seconds s" >&2; exit 1; }
echo
echo "comparing $out-f32/cpp/$name.h, compiled, with MPFR at every float"
c++ -std=c++17 -O2 -march=native "$out-f32/cpp/${name}_test.cpp" -lmpfr -lgmp -pthread \
  -o "$out-f32/cpp/${name}_test"
"$out-f32/cpp/${name}_test"

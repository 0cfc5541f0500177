#!/usr/bin/env bash
# From a fresh Debian 12 machine to a first front: installs the missing packages, builds, searches
# for 2^x on [0,1] and prints what it found.
#
#   experiments/quickstart.sh [SECONDS] [--time SECONDS] [--out DIR]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=60
out=$root/runs/quickstart

usage() {
  echo "quickstart.sh: $1; usage: quickstart.sh [SECONDS] [--time SECONDS] [--out DIR]" >&2
  exit 2
}
while (($#)); do
  case $1 in
    --time) (($# > 1)) || usage "--time needs a number of seconds"; seconds=$2; shift 2 ;;
    --out) (($# > 1)) || usage "--out needs a directory"; out=$2; shift 2 ;;
    -*) usage "unknown option $1" ;;
    *) seconds=$1; shift ;;
  esac
done
[[ $seconds =~ ^[0-9]+(\.[0-9]+)?$ ]] || usage "'$seconds' is not a number of seconds"
out=$(realpath -m -- "$out")

"$root/experiments/install_packages.sh"
cd "$root"
cmake --preset release
cmake --build --preset release --target ulpforge

./build/release/ulpforge search experiments/exp2_real.toml --time "$seconds" --out "$out" --force
echo
echo "C++: $out/exp2.h has a function for each line, exp2_10 with 10 operations and so on."
echo "Programs with their constants: ./build/release/ulpforge show $out"

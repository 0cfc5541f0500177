#!/usr/bin/env bash
# From a fresh Debian 12 machine to a first front and a first function: installs the missing packages,
# builds, searches for 2^x on [0,1] and prints what it found; then searches for exp2 in float32,
# writes the most accurate program as a header, compiles it and compares it with MPFR at all 2^32
# inputs. With --f32-time 0 there is no header.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/setup/options.sh"
usage='[SECONDS] [--time SECONDS] [--f32-time SECONDS] [--out DIR]'
time=60
f32_time=120
out=$root/runs/quickstart
read_options "$@"
for seconds in "${arguments[@]}"; do
  demand_seconds "$seconds"
  time=$seconds
done
out=$(realpath -m -- "$out")

"$root/setup/install_packages.sh"
cd "$root"
cmake --preset release
cmake --build --preset release --target ulpforge

# From the shelf of functions that were found: no search yet.
./build/release/ulpforge emit functions --select uf_expf_1u -o "$out-exp" --force
cat >"$out-exp/use.cpp" <<'END'
#include <cstdio>
#include "uf_expf_1u.h"
int main() { std::printf("e = %.7f, by uf_expf_1u(1.0f)\n", static_cast<double>(uf_expf_1u(1.0f))); }
END
c++ -std=c++17 -O2 "$out-exp/use.cpp" -o "$out-exp/use"
"$out-exp/use"
echo

./build/release/ulpforge search experiments/exp2_real.toml --time "$time" --out "$out" --force
echo
echo "C++: $out/exp2_on_0_to_1.h has a function for each line, exp2_10_on_0_to_1 with 10 operations and so on."
echo "Programs with their constants: ./build/release/ulpforge show $out"

[[ $f32_time =~ ^0+(\.0+)?$ ]] && exit 0
echo
./build/release/ulpforge search experiments/f32.toml --target exp2 --time "$f32_time" --out "$out-f32" --force
./build/release/ulpforge emit "$out-f32" -o "$out-f32/cpp" --force
# The front goes from cheap to accurate.
name=$(sed -n 's/^ *"name": "\(uf_[^"]*\)".*/\1/p' "$out-f32/front.json" | tail -n 1)
[[ -n $name ]] || { echo "quickstart.sh: no program was measured at every float in $f32_time s" >&2; exit 1; }
echo
echo "comparing $out-f32/cpp/$name.h, compiled, with MPFR at every float"
c++ -std=c++17 -O2 -march=native "$out-f32/cpp/${name}_test.cpp" -lmpfr -lgmp -pthread \
  -o "$out-f32/cpp/${name}_test"
"$out-f32/cpp/${name}_test"

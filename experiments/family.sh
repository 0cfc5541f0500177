#!/usr/bin/env bash
# The whole function family: searches each function that 'ulpforge targets --family' names twice, for
# the fast tiers in each form (which share the time) and for correct rounding, puts what is better on
# the shelf, and builds libufmath from it. Four hours for all; a family that was interrupted goes on.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/setup/options.sh"
usage='[--time SECONDS] [--runs DIR] [--shelf DIR] [--out DIR] [--ulpforge PROGRAM] [FUNCTION...]'
time=240
runs=$root/runs/family
shelf=$root/functions
out=$root/libufmath
ulpforge=$root/build/release/ulpforge
read_options "$@"
functions=("${arguments[@]}")

[[ -x $ulpforge ]] || fail_usage "there is no $ulpforge; 'cmake --build --preset release' makes it"
[[ -z $(ls -A -- "$out" 2>/dev/null) ]] || fail_usage "$out is not empty"
mapfile -t family < <("$ulpforge" targets --family)
((${#functions[@]})) || functions=("${family[@]}")
for name in "${functions[@]}"; do
  [[ " ${family[*]} " == *" $name "* ]] || fail_usage "the family has no $name, but ${family[*]}"
done

# search DIR ARGUMENTS...: or goes on with that run, which one at its end does in a second.
search() {
  local run=$1
  shift
  if [[ -f $run/checkpoint.bin || -f $run/forms.json ]]; then
    "$ulpforge" search --resume "$run" --add-to "$shelf"
  else
    "$ulpforge" search "$root/experiments/f32.toml" "$@" --time "$time" --out "$run" --force \
      --add-to "$shelf"
  fi
}
for name in "${functions[@]}"; do
  search "$runs/$name" --target "$name" --forms scalar,scalar-fma,avx2,avx512
  search "$runs/${name}_cr" --target "$name" --schemes 'f64*'
done
"$ulpforge" family "$shelf" -o "$out"

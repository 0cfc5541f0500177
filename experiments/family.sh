#!/usr/bin/env bash
# The whole function family: searches each function of experiments/*_f32.toml twice, for the fast tiers
# and for correct rounding, and builds libufmath from the runs. Four hours for all 29; a family that was
# interrupted goes on.
#
#   experiments/family.sh [--time SECONDS] [--runs DIR] [--out DIR] [--ulpforge FILE] [FUNCTION...]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=240
runs=$root/runs/family
out=$root/libufmath
ulpforge=$root/build/release/ulpforge
functions=()

usage() {
  echo "family.sh: $1; usage: family.sh [--time SECONDS] [--runs DIR] [--out DIR] [--ulpforge FILE] [FUNCTION...]" >&2
  exit 2
}
while (($#)); do
  case $1 in
    --time) (($# > 1)) || usage "--time needs a number of seconds"; seconds=$2; shift 2 ;;
    --runs) (($# > 1)) || usage "--runs needs a directory"; runs=$2; shift 2 ;;
    --out) (($# > 1)) || usage "--out needs a directory"; out=$2; shift 2 ;;
    --ulpforge) (($# > 1)) || usage "--ulpforge needs a program"; ulpforge=$2; shift 2 ;;
    -*) usage "unknown option $1" ;;
    *) functions+=("$1"); shift ;;
  esac
done
[[ $seconds =~ ^[0-9]+(\.[0-9]+)?$ ]] || usage "'$seconds' is not a number of seconds"
[[ -x $ulpforge ]] || usage "there is no $ulpforge; 'cmake --build --preset release' makes it"
[[ -z $(ls -A -- "$out" 2>/dev/null) ]] || usage "$out is not empty"
if ((${#functions[@]} == 0)); then
  for file in "$root"/experiments/*_f32.toml; do functions+=("$(basename "$file" _f32.toml)"); done
fi
for name in "${functions[@]}"; do
  [[ -f $root/experiments/${name}_f32.toml ]] || usage "there is no experiments/${name}_f32.toml"
done

# search DIR ARGUMENTS...: or goes on with that run, which one at its end does in a second.
search() {
  local run=$1
  shift
  if [[ -f $run/checkpoint.bin ]]; then
    "$ulpforge" search --resume "$run"
  else
    "$ulpforge" search "$@" --time "$seconds" --out "$run" --force
  fi
}
for name in "${functions[@]}"; do
  search "$runs/$name" "$root/experiments/${name}_f32.toml"
  search "$runs/${name}_cr" "$root/experiments/${name}_f32.toml" --schemes 'f64*'
done
fronts=()
for name in "${functions[@]}"; do fronts+=("$runs/$name" "$runs/${name}_cr"); done
"$ulpforge" family "${fronts[@]}" -o "$out"

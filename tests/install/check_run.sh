#!/usr/bin/env bash
# Checks a run of exp2: front.json and header are there, the header compiles by itself, and each
# function in it has the error in plain double that front.json claims.
#
#   check_run.sh RUN_DIRECTORY [LEAST_NUMBER_OF_PROGRAMS]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
run=$(realpath "$1")
least=${2:-1}
for file in config.toml front.json log.jsonl exp2_on_0_to_1.h; do
  [[ -s $run/$file ]] || { echo "check_run.sh: $run/$file is missing or empty" >&2; exit 1; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# One row {operations, function} for each function of the header.
sed -n 's/^static [a-z]* double \(exp2_\([0-9][0-9]*\)_on_0_to_1\)(.*/{\2, \1},/p' "$run/exp2_on_0_to_1.h" >"$scratch/functions.inc"
c++ -std=c++20 -O2 -Wall -Wextra -Werror -ffp-contract=off -I"$run" -I"$scratch" \
  "$here/check_run.cpp" -o "$scratch/check_run"
"$scratch/check_run" "$run/front.json" "$least"

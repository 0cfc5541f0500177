#!/usr/bin/env bash
# Draws five programs of a shelf and runs the command that each names: it has to find that program.
#
#   found_again_test.sh ULPFORGE SHELF [SEED [COUNT]]
set -euo pipefail

ulpforge=$(realpath "$1")
shelf=$(realpath "$2")
seed=${3:-$RANDOM}
count=${4:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "seed $seed"
RANDOM=$seed
mapfile -t certificates < <(find "$shelf" -name '*.cert.json' | sort)
failures=0
for ((k = 0; k < count; ++k)); do
  certificate=${certificates[(RANDOM * 32768 + RANDOM) % ${#certificates[@]}]}
  program=${certificate%.cert.json}.txt
  command=$(sed -n 's/^  *"command": "\(.*\)",$/\1/p' "$certificate")
  seconds=$(sed -n 's/^  *"seconds": \(.*\)$/\1/p' "$certificate")
  read -ra words <<<"$command"
  [[ ${words[0]} == ulpforge && ${words[1]} == search ]] || { echo "FAIL: $certificate: $command" >&2; exit 1; }
  begin=$SECONDS
  "$ulpforge" search "${words[@]:2}" --out "$scratch/run" --force --quiet >/dev/null
  # The same program; a search that ended by time may find more here, and put a better one there.
  rm -rf "$scratch/shelf"
  "$ulpforge" merge "$scratch/run" --add-to "$scratch/shelf" >"$scratch/log"
  found="not found again: $(cat "$scratch/log")"
  while read -r other; do
    if cmp -s <(grep -v '^#' "$program") <(grep -v '^#' "$other"); then found="found again"; fi
  done < <(find "$scratch/shelf" "$scratch/run/programs" -name '*.txt')
  [[ $found == "found again" ]] || failures=$((failures + 1))
  echo "${program#"$shelf"/}: $((SECONDS - begin)) s (found in ${seconds%.*} s): $found"
done
exit $((failures > 0))

#!/usr/bin/env bash
# The architecture: which folder may include which. A row names a folder and those it stands on; these
# and all that they stand on may be included, anything else is an arrow upwards. CMake's link lines say
# the same.
#
#   includes_test.sh [ROOT]
set -euo pipefail

root=${1:-$(dirname "${BASH_SOURCE[0]}")/../..}
arrows='
numbers:
parallel:
system:
report:
toolchain:       system
ir:              numbers
jit/isa:         system
emit:            ir jit/isa
jit:             ir jit/isa
targets/exact:   ir
targets/scores:  targets/exact parallel
targets:         targets/exact parallel
targets/schemes: targets
evo:             targets/scores targets/schemes jit parallel
evo/pairs:       targets/scores parallel
proof:           targets targets/scores emit toolchain jit
baselines:       targets parallel
validate:        targets targets/scores emit toolchain report parallel
bench:           targets targets/scores emit toolchain report parallel jit
family:          targets emit toolchain
shelf:           proof family jit report
runs:            report evo evo/pairs proof baselines validate bench family shelf parallel
report/runs:     report runs
cli:             runs report/runs
'

cd "$root"
# The folders with a library; other headers (of emitted code, of runs) are no part of the program.
mapfile -t folders < <(grep -l '^add_library(ulpforge_' */CMakeLists.txt */*/CMakeLists.txt |
                       xargs -n 1 dirname | grep -v '^tests')
awk -v arrows="$arrows" '
  function reaches(from, to,   k, n, next_ones) {
    if (from == to) return 1
    n = split(stands_on[from], next_ones, " ")
    for (k = 1; k <= n; ++k) if (reaches(next_ones[k], to)) return 1
    return 0
  }
  # That of the table: a folder without a library of its own is part of the one that it is in.
  function folder_of(path) {
    sub(/\/[^\/]*$/, "", path)
    while (!(path in stands_on) && sub(/\/[^\/]*$/, "", path)) {}
    return path
  }
  BEGIN {
    n = split(arrows, rows, "\n")
    for (k = 1; k <= n; ++k) {
      if (split(rows[k], sides, /: */) < 2) continue
      stands_on[sides[1]] = sides[2]
    }
  }
  /^#include "/ {
    split($0, quoted, "\"")
    here = folder_of(FILENAME)
    there = folder_of(quoted[2])
    if (!(here in stands_on) || !(there in stands_on)) {
      printf "%s:%d: %s is no folder of the table\n", FILENAME, FNR, (here in stands_on) ? there : here
      ++failures
    } else if (!reaches(here, there)) {
      printf "%s:%d: %s does not stand on %s\n", FILENAME, FNR, here, there
      ++failures
    }
  }
  END { exit failures > 0 }
' $(find "${folders[@]}" -maxdepth 1 -name '*.h' -o -maxdepth 1 -name '*.cpp')

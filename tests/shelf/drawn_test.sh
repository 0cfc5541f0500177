#!/usr/bin/env bash
# Proves two programs of a shelf again, drawn by a seed that is printed.
#
#   drawn_test.sh ULPFORGE SHELF [SEED]
set -euo pipefail

seed=${3:-$RANDOM}
echo "seed $seed"
"$1" check "$2" --draw 2 --seed "$seed"

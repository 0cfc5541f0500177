#!/bin/sh
# The three jobs, short, with several threads: a report of a sanitizer is a failure. Called by ctest in
# builds of the presets asan and tsan: short_jobs.sh ULPFORGE SUPPRESSIONS
set -eu
ulpforge=$1
export TSAN_OPTIONS="suppressions=$2 exitcode=66 second_deadlock_stack=1"
export ASAN_OPTIONS="exitcode=66"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Real regime: with baselines and proofs, stopped halfway and resumed.
"$ulpforge" search --target exp2 --domain 0,1 --max-operations 6 --evaluations 60000 --threads 3 \
  --checkpoint-interval 0 --out real
"$ulpforge" search --resume real --evaluations 90000 --threads 2
"$ulpforge" emit real -o real_code
"$ulpforge" report real

# Float32: compiled code, measurement at every float.
"$ulpforge" search --regime f32 --target "sin(x)" --domain 0.5,0.75 --evaluations 400 --threads 3 \
  --checkpoint-interval 0 --out float32
"$ulpforge" emit float32 -o float32_code

# A routine in worker processes, and a hunt.
"$ulpforge" validate --lib libm.so.6 --symbol expf --domain 1,1.01 --audit 1000 --threads 3
"$ulpforge" validate --lib libm.so.6 --symbol exp --evaluations 200000 --seed 1 --threads 3

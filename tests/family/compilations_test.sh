#!/usr/bin/env bash
# Measures emitted functions at every float in each form (plain loops, AVX2, AVX-512 of 256 and
# of 512 bits), compiled by g++ and clang++-19 at -O2 and -O3, as far as they are here: every one has
# to have the largest error that its run found, and the bits of the others.
#
#   compilations_test.sh ULPFORGE
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ulpforge=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

forms=plain
grep -qw avx2 /proc/cpuinfo && forms+=,256
grep -qw avx512dq /proc/cpuinfo && forms+=,256vl,512
for run in exp2_f32 log_f32; do
  "$ulpforge" bench "$here/$run.json" --forms $forms --flags "-O2 -march=native" \
    --flags "-O3 -march=native" --json "$scratch/$run.json" >"$scratch/table"
  cat "$scratch/table"
  python3 - "$here/$run.json" "$scratch/$run.json" <<'EOF'
import json, sys
claims = {p["name"]: p["max_ulp"] for p in json.load(open(sys.argv[1]))["programs"]}
rows = [r for r in json.load(open(sys.argv[2]))["rows"] if r["ours"]]
assert len(rows) >= 4 * len(claims), rows
for row in rows:
    error = row["error"]
    what = (row["name"], row["compiler"], row["flags"], row["form"])
    assert row["same_bits_as_first"] is not False, what
    assert error["every_input"] and error["inputs"] == 2**32, what
    assert error["max_ulp"] == claims[row["name"]], (what, error)
    assert error["special_value_errors"] == 0, what
EOF
done
# Without FMA, and with nothing but what every x86-64 processor has, fma is the C library's: slow,
# so at a sample.
"$ulpforge" bench "$here/exp2_f32.json" --forms plain --flags "-O2 -march=x86-64" \
  --flags "-O3 -march=x86-64" --flags "-O3 -march=native" --samples 20000000 --json "$scratch/plain.json"
python3 -c "
import json, sys
assert all(r['same_bits_as_first'] is not False for r in json.load(open('$scratch/plain.json'))['rows'] if r['ours'])"

#!/usr/bin/env bash
# The set-up scripts' own decisions, with dpkg-query, sudo and apt-get replaced by stand-ins.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
setup=$root/setup
scripts=$root/experiments
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"

fail() {
  echo "FAIL: $1" >&2
  exit 1
}
# stand_in NAME BODY: a program of that name that comes first in PATH.
stand_in() {
  printf '#!/bin/bash\n%s\n' "$2" >"$scratch/bin/$1"
  chmod +x "$scratch/bin/$1"
}
# run EXPECTED_EXIT_CODE COMMAND...: its output is left in $scratch/output.
run() {
  local expected=$1 code=0
  shift
  : >"$scratch/calls"
  PATH=$scratch/bin:$PATH CALLS=$scratch/calls "$@" >"$scratch/output" 2>&1 </dev/null || code=$?
  ((code == expected)) || fail "$* ended with $code: $(cat "$scratch/output")"
}

all_there='echo "install ok installed"'
no_cmake='[[ $* == *" cmake" ]] && exit 1; echo "install ok installed"'
stand_in apt-get 'echo "apt-get $*" >>"$CALLS"'

stand_in dpkg-query "$all_there"
run 0 "$setup/install_packages.sh"
[[ ! -s $scratch/calls ]] || fail "apt-get was run though nothing is missing"

stand_in dpkg-query "$no_cmake"
stand_in sudo 'exit 1'
if ((EUID == 0)); then
  run 0 "$setup/install_packages.sh"
  printf 'apt-get update\napt-get install -y --no-install-recommends cmake\n' |
    cmp - "$scratch/calls" || fail "apt-get was called otherwise"
  # Without root: as nobody, who has to be able to read the tree.
  cp -r "$setup" "$scratch/setup"
  chmod -R a+rX "$scratch"
  chmod a+rw "$scratch/calls"
  as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  setup=$scratch/setup
else
  as_user=()
fi
# What is optional may fail, and may be left out without root.
no_sleef='[[ $* == *" libsleef3" ]] && exit 1; echo "install ok installed"'
stand_in dpkg-query "$no_sleef"
if ((EUID == 0)); then
  stand_in apt-get 'exit 100'
  run 0 "$setup/install_packages.sh"
  grep -q '^going on without libsleef3: ' "$scratch/output" || fail "a missing option is not named"
  stand_in apt-get 'echo "apt-get $*" >>"$CALLS"'
fi
run 0 "${as_user[@]}" "$setup/install_packages.sh"
stand_in dpkg-query "$no_cmake"
run 2 "${as_user[@]}" "$setup/install_packages.sh"
grep -q 'apt-get install -y --no-install-recommends cmake$' "$scratch/output" ||
  fail "the apt-get line is not printed"
[[ ! -s $scratch/calls ]] || fail "apt-get was run without root"

stand_in sudo '[[ $1 == -n ]] && shift; "$@"'
run 0 "${as_user[@]}" "$setup/install_packages.sh"
grep -q '^apt-get install' "$scratch/calls" || fail "sudo was not used"

for arguments in "--time" "--out" "--frobnicate" "ten" "-5" "--f32-time ten"; do
  run 2 "$scripts/quickstart.sh" $arguments
  (($(wc -l <"$scratch/output") == 1)) || fail "quickstart.sh $arguments: more than one line"
done
stand_in ulpforge '[[ $* == "targets --family" ]] && printf "%s\n" exp sinh erf'
for arguments in "--time" "--time ten" "--runs" "--frobnicate" "cubic" "--ulpforge $scratch/none"; do
  run 2 "$scripts/family.sh" --ulpforge "$scratch/bin/ulpforge" $arguments
  (($(wc -l <"$scratch/output") == 1)) || fail "family.sh $arguments: more than one line"
done

# Interrupted in the second search: that one goes on, and then the library is built.
stand_in ulpforge '[[ $* == "targets --family" ]] && { printf "%s\n" exp sinh erf; exit; }
echo "$*" >>"$CALLS"
for ((k = 1; k <= $#; ++k)); do
  [[ ${!k} == --out ]] && { next=$((k + 1)); mkdir -p "${!next}"; touch "${!next}/checkpoint.bin"; }
done
[[ $* == *sinh*f64* ]] && exit 130; exit 0'
family=("$scripts/family.sh" --time 5 --runs "$scratch/runs" --shelf "$scratch/shelf" --out "$scratch/library"
        --ulpforge "$scratch/bin/ulpforge" sinh erf)
run 130 "${family[@]}"
run 0 "${family[@]}"
calls=("search --resume $scratch/runs/sinh --add-to $scratch/shelf"
       "search --resume $scratch/runs/sinh_cr --add-to $scratch/shelf"
       "search */f32.toml --target erf --forms scalar,scalar-fma,avx2,avx512 --time 5 --out $scratch/runs/erf --force --add-to $scratch/shelf"
       "search */f32.toml --target erf --schemes f64\* --time 5 --out $scratch/runs/erf_cr --force --add-to $scratch/shelf"
       "family $scratch/shelf -o $scratch/library")
mapfile -t made <"$scratch/calls"
((${#made[@]} == ${#calls[@]})) || fail "family.sh made other calls: $(cat "$scratch/calls")"
for k in "${!calls[@]}"; do
  [[ ${made[k]} == ${calls[k]} ]] || fail "family.sh called 'ulpforge ${made[k]}', not '${calls[k]}'"
done
echo ok

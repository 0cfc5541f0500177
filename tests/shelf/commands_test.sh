#!/usr/bin/env bash
# A shelf on the command line: searches that add to it, merging, emission, the page, wrong requests.
#
#   commands_test.sh ULPFORGE SHELF
set -euo pipefail

ulpforge=$(realpath "$1")
functions=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
  echo "FAIL: $1" >&2
  exit 1
}
# refuses CODE TEXT ARGUMENTS...: one line on standard error that says TEXT.
refuses() {
  local code=$1 text=$2 status=0
  shift 2
  "$ulpforge" "$@" >out 2>error || status=$?
  [[ $status == "$code" ]] || fail "$*: exit code $status: $(cat error)"
  [[ $(wc -l <error) == 1 ]] || fail "$*: not one line: $(cat error)"
  grep -qF -- "$text" error || fail "$*: $(cat error)"
}

# A short format's search takes a second.
"$ulpforge" search --regime bf16 --target exp2 --processor zen5 --isa avx512 --evaluations 200 --quiet \
  --out a --add-to shelf >log
grep -q '^exp2_bf16 .* avx512: .*; new$' log || fail "what is new is not told: $(cat log)"
"$ulpforge" merge a --add-to shelf >log
grep -q '^nothing is better' log || fail "the same again is not better: $(cat log)"
# The command that a program names finds it again, also where the clock ended the search.
"$ulpforge" search --regime bf16 --target tanh --processor zen5 --isa avx512 --time 2 --quiet \
  --out timed --add-to timed_shelf >log
for found in shelf timed_shelf; do
  command=$(sed -n 's/^  *"command": "ulpforge \(.*\)",$/\1/p' "$(find $found -name '*.cert.json' | head -n 1)")
  read -ra words <<<"$command"
  rm -rf other
  "$ulpforge" "${words[@]}" --quiet --out again --force --add-to other >log
  for program in $(cd $found && find . -name '*.txt'); do
    diff <(grep -v '^#' "$found/$program") <(grep -v '^#' "other/$program") >log || fail "$program: $(cat log)"
  done
done
grep -rq -- '--course=' timed_shelf || fail "a search that the clock ended does not say so"

mkdir second
cp -r "$functions/shelf.json" "$functions/exp" second
"$ulpforge" merge shelf second -o both >log
[[ -d both/exp && -d both/exp2_bf16 ]] || fail "two shelves are not one: $(cat log)"
"$ulpforge" merge second a --add-to third >log
diff -r both third >log || fail "runs and shelves differ: $(cat log)"

"$ulpforge" emit both --select 'exp*' -o cpp >log
grep -q 'cpp/uf_exp2_bf16.*\.h' log && grep -q 'cpp/uf_expf_1u\.h' log || fail "emission: $(cat log)"
"$ulpforge" emit both --one-header all.h -o one >log
printf '#include "all.h"\nint main() { return 0; }\n' >one/use.cpp
c++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only one/use.cpp || fail "one header"
"$ulpforge" family both --sources-only -o library >log || fail "family: $(cat log)"
"$ulpforge" report both >log
grep -q 'id="exp2_bf16"' both/report.html && grep -q 'id="exp"' both/report.html || fail "the page"
"$ulpforge" show functions >log
grep -q "^exp/1u/" log || fail "the shelf beside the program: $(cat log)"
"$ulpforge" show both >log
grep -q "^exp2_bf16/cr/" log || fail "show: $(cat log)"
[[ $("$ulpforge" check both --select 'exp2*' --draw 1 --seed 3 | tail -n 1) == '1 of 1 programs hold' ]] || fail "check"

refuses 2 'give --regime f32' search --target exp2 --domain 0,1 --time 1 --out c --add-to shelf
refuses 2 'leave --no-prove out' search --regime f32 --target exp2 --no-prove --time 1 --out c --add-to shelf
refuses 2 'neither a shelf' search --regime f32 --target exp2 --time 1 --out c --add-to a
refuses 2 'give either -o DIR' merge shelf second
refuses 2 'is not empty' merge shelf second -o both
refuses 2 "has no program 'sin*'" emit both --select 'sin*' -o d
refuses 2 'has no sin; it has exp, exp2_bf16' check both --select sin
refuses 2 'are for a shelf' check a/front.json --draw 2
refuses 2 'is a shelf' prove both
[[ ! -e c ]] || fail "a search began that could not be put on the shelf"
program=$(find both -name '*.txt' | head -n 1)
sed -i 's/0x1\./0x1.8/' "$program"
refuses 2 'not the one that was proven' check both

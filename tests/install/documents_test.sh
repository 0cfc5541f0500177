#!/usr/bin/env bash
# What the documents say is there: links and headings that they link to, files of the tree, commands and
# their flags; and README.md is short.
#
#   documents_test.sh ULPFORGE [ROOT]
set -euo pipefail
shopt -s extglob

ulpforge=$(realpath "$1")
cd "${2:-$(dirname "${BASH_SOURCE[0]}")/../..}"
documents=(README.md CONTRIBUTING.md docs/*.md)
failures=0
fail() {
  echo "FAIL: $1" >&2
  failures=$((failures + 1))
}

lines=$(wc -l <README.md)
((lines <= 200)) || fail "README.md has $lines lines; 200 are what a newcomer reads"
[[ -s LICENSE ]] || fail "there is no LICENSE"

# anchors FILE: of its headings, as GitHub makes them.
anchors() {
  sed -n 's/^#\{1,6\} //p' "$1" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}
for document in "${documents[@]}"; do
  [[ -s $document ]] || fail "$document is empty"
  folder=$(dirname "$document")
  while read -r link; do
    [[ $link == *://* ]] && continue
    file=${link%%#*}
    target=${file:+$folder/$file}
    target=${target:-$document}
    [[ -e $target ]] || { fail "$document links to $link, which is not there"; continue; }
    [[ $link != *#* ]] || anchors "$target" | grep -qxF -- "${link#*#}" ||
      fail "$document links to $link, but $target has no such heading"
  done < <(grep -oP '\]\(\K[^)]+(?=\))' "$document")
done

# Files of the tree. Under runs/ there are users' runs, too, so that sources alone are looked for there.
folders=(docs experiments setup)
for list in */CMakeLists.txt; do folders+=("${list%%/*}"); done
names=$(IFS='|'; echo "${folders[*]}")
while IFS=: read -r document file; do
  file=${file%[.-]}
  [[ $file == *NAME* || -e $file ]] || [[ $file == runs/* && $file != runs/*([^/]).@(h|cpp) ]] ||
    fail "$document names $file, which is not there"
done < <(grep -oHP "(?<![\w/.-])($names)/[\w./-]*" "${documents[@]}" | sort -u)

# Commands: lines of the blocks of code.
declare -A help
while IFS=: read -r document line; do
  read -r _ command _ <<<"$line"
  if [[ -z ${help[$command]:-} ]]; then
    help[$command]=$("$ulpforge" "$command" --help 2>/dev/null) ||
      { fail "$document names the command $command"; help[$command]=none; }
  fi
  while read -r flag; do
    grep -qE -- "(^|[ ,])$flag( |,|:|$)" <<<"${help[$command]}" ||
      fail "$document: $command has no $flag"
  done < <(grep -oP '(?<=\s)--[a-z0-9-]+' <<<"$line")
done < <(awk '/^```/ { code = !code } code && !/^```/ && match($0, /ulpforge [a-z]/) {
  sub(/ #.*/, ""); sub(/;.*/, ""); print FILENAME ":" substr($0, RSTART) }' "${documents[@]}")

((failures == 0)) || exit 1
echo ok

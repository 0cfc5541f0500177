#!/usr/bin/env bash
# Installs the packages of packages.txt that are missing, as root or through sudo. Without either it
# prints the command that is needed and exits with 2. Those of optional_packages.txt where that works.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if ! command -v dpkg-query >/dev/null; then
  echo "not a Debian system: install what these packages hold yourself (packages.txt)" >&2
  exit 0
fi

# missing_of FILE: the packages in it that are not installed.
missing_of() {
  local package state
  while read -r package; do
    state=$(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null || true)
    [[ $state == *" installed" ]] || echo "$package"
  done < <(grep -Ev '^[[:space:]]*(#|$)' "$1")
}
mapfile -t missing < <(missing_of "$here/packages.txt")
mapfile -t optional < <(missing_of "$here/optional_packages.txt")
((${#missing[@]} + ${#optional[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  elif ((${#missing[@]} == 0)); then
    exit 0
  else
    echo "packages are missing, and installing them takes root. Run this, then start again:" >&2
    echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 2
  fi
fi

# install PACKAGE...
install() {
  echo "installing $*"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}
((${#missing[@]} == 0)) || install "${missing[@]}"
((${#optional[@]} == 0)) || install "${optional[@]}" ||
  echo "going on without ${optional[*]}: only 'ulpforge bench --against' and tests know them" >&2

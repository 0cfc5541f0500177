#!/usr/bin/env bash
# Installs the missing packages, builds everything and runs the quick tests. Arguments go to ctest.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/setup/install_packages.sh"
cd "$root"
cmake --preset release
cmake --build --preset release
ctest --preset release --parallel "$(nproc)" "$@"

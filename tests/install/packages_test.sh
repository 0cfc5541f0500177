#!/usr/bin/env bash
# cpack's Debian packages in a fresh Debian 12: they install with what they depend on, the program, the
# library and the preload library work, and nothing is left of them once they are removed.
#
#   packages_test.sh BUILD
#
# Exit code 77: something that this needs is not here, and is named.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1")

fail() {
  echo "FAIL: $1" >&2
  exit 1
}
skip() {
  echo "skipped: $1"
  exit 77
}

((EUID == 0)) || skip "making a Debian in a folder takes root"
for tool in cpack dpkg-deb apt-get unshare; do
  command -v $tool >/dev/null || skip "there is no $tool"
done
# Mounts go when the test does.
[[ ${PACKAGES_TEST_INSIDE:-} ]] ||
  PACKAGES_TEST_INSIDE=1 exec unshare --mount --propagation private "$0" "$build"
# The mirror that this machine's packages come from.
mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
         sed -n 's/^bookworm //p' | head -n 1)
[[ $mirror ]] || skip "apt knows no mirror of bookworm"

scratch=$(mktemp -d)
trap 'umount -l "$root/proc" 2>/dev/null; rm -rf --one-file-system "$scratch"' EXIT
root=$scratch/root

# --- the packages by themselves
# Compressed as fast as can be.
(cd "$build" && cpack -G DEB -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip -B "$scratch/packages") >"$scratch/log" 2>&1 || fail "cpack: $(cat "$scratch/log")"
mkdir "$scratch/files"
names=(ulpforge libufmath libufmath-dev libufmath-preload)
debs=()
for name in "${names[@]}"; do
  deb=$(echo "$scratch/packages/${name}"_*.deb)
  [[ -e $deb ]] || fail "cpack made no package $name"
  [[ $(dpkg-deb -f "$deb" Depends) ]] || fail "$name depends on nothing"
  # To a file: grep -q would end tar's listing early.
  dpkg-deb -c "$deb" >"$scratch/contents"
  grep -q "/usr/share/doc/$name/copyright" "$scratch/contents" || fail "$name has no copyright file"
  dpkg-deb -x "$deb" "$scratch/files/$name"
  debs+=("$deb")
done
while read -r name file; do
  [[ -e $scratch/files/$name/usr/$file || -L $scratch/files/$name/usr/$file ]] || fail "$name has no /usr/$file"
done <<EOF
ulpforge bin/ulpforge
ulpforge share/man/man1/ulpforge.1.gz
libufmath lib/$(dpkg-architecture -q DEB_HOST_MULTIARCH)/libufmath.so.0
libufmath-dev lib/$(dpkg-architecture -q DEB_HOST_MULTIARCH)/libufmath.so
libufmath-dev lib/$(dpkg-architecture -q DEB_HOST_MULTIARCH)/pkgconfig/ufmath.pc
libufmath-dev include/ufmath.h
libufmath-preload lib/$(dpkg-architecture -q DEB_HOST_MULTIARCH)/libufmath_preload.so
EOF
while read -r file; do
  readelf -d "$file" | grep -qE 'RPATH|RUNPATH' && fail "$file has an rpath"
  readelf -S "$file" | grep -qE '\.(symtab|debug_info)' && fail "$file is not stripped"
done < <(find "$scratch/files" -type f \( -name ulpforge -path '*/bin/*' -o -name '*.so*' \))
if command -v lintian >/dev/null; then
  lintian --fail-on error --allow-root "${debs[@]}" >"$scratch/lintian" 2>&1 || fail "$(cat "$scratch/lintian")"
else
  echo "lintian is not installed: not asked"
fi

# --- a fresh Debian
if command -v mmdebstrap >/dev/null; then
  mmdebstrap --quiet --variant=apt bookworm "$root" "$mirror"
elif command -v debootstrap >/dev/null; then
  debootstrap --variant=minbase bookworm "$root" "$mirror"
else
  skip "there is neither mmdebstrap nor debootstrap"
fi >"$scratch/log" 2>&1 || fail "no Debian from the mirror: $(tail -n 3 "$scratch/log")"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mount -t proc proc "$root/proc"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/bin:/usr/sbin:/bin:/sbin HOME=/root LC_ALL=C.UTF-8 \
             DEBIAN_FRONTEND=noninteractive TMPDIR=/tmp "$@"; }
# install WHAT...: packages of Debian.
install() {
  inside apt-get "$@" -y --no-install-recommends >"$scratch/log" 2>&1 || fail "apt-get $*: $(tail -n 5 "$scratch/log")"
}
files() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./var/lib/dpkg -o -path ./var/log \
                                -o -path ./var/cache -o -path ./root \) -prune -o -print | sort)
}
install_ours() {
  inside sh -c 'dpkg -i /root/packages/*.deb' >"$scratch/log" 2>&1 || fail "dpkg: $(cat "$scratch/log")"
}
remove_ours() {
  inside dpkg --purge libufmath-preload libufmath-dev libufmath ulpforge >"$scratch/log" 2>&1 ||
    fail "dpkg --purge: $(cat "$scratch/log")"
  inside ldconfig -p >"$scratch/libraries"
  if grep -q ufmath "$scratch/libraries"; then fail "the linker's cache has what was removed"; fi
}
mkdir "$root/root/packages"
cp "${debs[@]}" "$root/root/packages"
install update
for deb in "${debs[@]}"; do dpkg-deb -f "$deb" Depends; done | tr , '\n' | grep -v ' *libufmath' |
  paste -sd, >"$scratch/depends"
install satisfy "$(cat "$scratch/depends")"

# --- with nothing but what they depend on
files >"$scratch/before"
install_ours
version=$(inside ulpforge --version)
[[ $version == "ulpforge "* ]] || fail "the program says: $version"
inside ulpforge search --target exp2 --time 10 --out /root/run --quiet >"$scratch/log" 2>&1 ||
  fail "search: $(cat "$scratch/log")"
inside ulpforge emit /root/run -o /root/out >"$scratch/log" 2>&1 || fail "emit: $(cat "$scratch/log")"
ls "$root"/root/out/*.h >/dev/null || fail "emit wrote no header"
remove_ours
files >"$scratch/after"
diff "$scratch/before" "$scratch/after" >"$scratch/log" || fail "left behind or taken away: $(cat "$scratch/log")"

# --- beside a compiler, for programs of others
install install gcc g++ make cmake pkg-config libc6-dev
install_ours
mkdir "$root/root/consumer"
cp "$here"/../family/consumer/* "$here/../family/preloaded.c" "$root/root/consumer"
inside sh -ec 'cd /root/consumer
  gcc -std=c11 -O3 use.c $(pkg-config --cflags --libs ufmath) -lm -o by_pkg_config
  cmake -S . -B build && cmake --build build' >"$scratch/log" 2>&1 || fail "building: $(cat "$scratch/log")"
for program in by_pkg_config build/c_ufmath build/c_ufmath_static build/cxx_ufmath; do
  [[ $(inside "/root/consumer/$program" each-form) == right ]] || fail "$program"
done
# Results may be those of libm, which is good, too: the loader is asked where exp2f comes from.
inside sh -ec 'cd /root/consumer; gcc -O3 -ffast-math preloaded.c -lm -o preloaded
  LD_PRELOAD=libufmath_preload.so ./preloaded >ours 2>errors
  LD_DEBUG=bindings LD_PRELOAD=libufmath_preload.so ./preloaded 2>bindings >ours' ||
  fail "the preload library"
[[ -s $root/root/consumer/ours && ! -s $root/root/consumer/errors ]] || fail "$(cat "$root/root/consumer/errors")"
for name in exp2f _ZGVbN4v_exp2f; do
  grep -q "preloaded .*to .*libufmath_preload.so .*symbol .$name'" "$root/root/consumer/bindings" ||
    fail "$name does not come from the preload library"
done
remove_ours
if find "$root/usr" "$root/etc" | grep -E 'ufmath|ulpforge'; then fail "left behind"; fi
echo "the packages install, work and go"

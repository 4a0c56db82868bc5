#!/usr/bin/env bash
# The Debian package from an archive of `make dist`. Usage: deb.sh ARCHIVE OUT [CHECK]
# With CHECK lintian must find no error, and the package is installed on a bare Debian 12 root (debootstrap, from the
# mirror that apt has here; needs root), where it makes the briefing of its examples.
set -euo pipefail
unset MAKEFLAGS MFLAGS MAKEOVERRIDES BUILD # the outer make's are not those of the tree in the archive
archive=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
rm -f "$out"/mujaz*.deb "$out"/mujaz*.changes "$out"/mujaz*.buildinfo # of earlier versions
folder=$(mktemp -d)
root=
finish() {
    [ -z "$root" ] || umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$folder"
}
trap finish EXIT

tar -xzf "$archive" -C "$folder"
(cd "$folder"/mujaz-* && dpkg-buildpackage --build=binary --no-sign -j"$(nproc)" >"$out/build.log" 2>&1) ||
    { tail -n 40 "$out/build.log" >&2; exit 1; }
mv "$folder"/*.deb "$folder"/*.buildinfo "$folder"/*.changes "$out"
deb=$(ls "$out"/mujaz_*.deb)
echo "$deb"
[ -n "${3:-}" ] || exit 0

lintian --fail-on error --tag-display-limit 0 "$out"/*.changes
root=$folder/root
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$out/root.log"
cp "$deb" "$root/tmp/mujaz.deb"
mount -t proc proc "$root/proc"
chroot "$root" sh -euc '
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
    apt-get -qq update
    apt-get -qq -y --no-install-recommends install /tmp/mujaz.deb
    mujaz build -C /usr/share/doc/mujaz/examples -o /tmp/out iraq-briefing
    mujaz check --pdf /tmp/out/*.pdf
    apt-get -qq -y purge mujaz
    ! find /usr -path "*mujaz*" | grep .' >>"$out/root.log" 2>&1 || { tail -n 40 "$out/root.log" >&2; exit 1; }
echo "deb: the package makes the briefing on a bare root"

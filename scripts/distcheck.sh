#!/usr/bin/env bash
# An archive of `make dist` by itself: builds, passes its tests, writes nothing among its sources, is installed, makes the
# briefing from there, and is uninstalled without a trace. Usage: distcheck.sh ARCHIVE [WORD of the tests]
set -euo pipefail
unset MAKEFLAGS MFLAGS MAKEOVERRIDES BUILD # the outer make's are not those of the tree in the archive
archive=$(realpath "$1")
word=${2:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

tar -xzf "$archive" -C "$folder"
cd "$folder"/mujaz-*
find . -type f -exec sha256sum {} + | sort >"$folder/before"
build=$folder/build
make -j"$(nproc)" BUILD="$build" T="$word" run-tests
find . -type f -exec sha256sum {} + | sort | diff "$folder/before" - ||
    { echo "distcheck: building or testing changed the sources" >&2; exit 1; }

make BUILD="$build" PREFIX=/usr DESTDIR="$folder/root" install
"$folder/root/usr/bin/mujaz" build -C "$folder/root/usr/share/doc/mujaz/examples" -o "$folder/out" iraq-briefing
make BUILD="$build" PREFIX=/usr DESTDIR="$folder/root" uninstall
left=$(find "$folder/root" ! -type d)
[ -z "$left" ] || { printf 'distcheck: uninstall left\n%s\n' "$left" >&2; exit 1; }
echo "distcheck: $(basename "$archive") is good"

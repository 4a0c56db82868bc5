#!/usr/bin/env bash
# The briefing's text in pdf.js and PDFium: every line exact, searches hit; and free lines, of which most are. The readers come from the npm
# registry, in the versions of tests/tools/package-lock.json, into $BUILD/readers.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
readers=$build/readers
report=iraq-briefing

command -v npm >/dev/null || { echo "make check-readers needs npm (and node 20.19 or later)" >&2; exit 1; }

mkdir -p "$readers"
if ! cmp -s tests/tools/package-lock.json "$readers/installed.json"; then
    rm -f "$readers/installed.json"
    cp tests/tools/package.json tests/tools/package-lock.json "$readers/"
    (cd "$readers" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$readers/package-lock.json" "$readers/installed.json"
fi
cp tests/tools/*.mjs "$readers/"

"$build/mujaz" build -o "$readers/out" "$report" >/dev/null
failed=0
for edition in parallel en ar; do
    pdf=$readers/out/$report.$edition.pdf
    [ "$edition" = parallel ] && pdf=$readers/out/$report.pdf
    "$build/mujaz" dump scene -e "$edition" "$report" >"$readers/out/$edition.scene"
    node "$readers/check_readers.mjs" "$pdf" "$readers/out/$edition.scene" || failed=1
done
# Lines that were not written to suit the readers: as many as came back when this was written.
MUJAZ_LINES=$readers/out "$build/tests/pdf_lines_test" >"$readers/out/lines.log" 2>&1 || { cat "$readers/out/lines.log"; exit 1; }
for wanted in 'free-en 35 36' 'free-ar 108 115' 'free-mixed 143 151' 'held-en 25 26' 'held-ar 54 54' 'held-mixed 79 80'; do
    set -- $wanted
    node "$readers/check_readers.mjs" "$readers/out/$1.pdf" "$readers/out/$1.txt" "$2" "$3" >"$readers/out/$1.log" ||
        { failed=1; cat "$readers/out/$1.log"; }
    grep 'lines exact' "$readers/out/$1.log"
done
[ "$failed" = 0 ] || { echo "check-readers: not all text comes back" >&2; exit 1; }
echo "check-readers: all text comes back"

#!/usr/bin/env bash
# The briefing's text in pdf.js and PDFium: every line exact, searches hit; and free lines, of which most are. The readers come from the npm
# registry, in the versions of tests/tools/package-lock.json, into $BUILD/readers.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
readers=$build/readers
report=iraq-briefing

scripts/node-tools.sh check-readers

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
for wanted in 'free-en 35 36' 'free-ar 105 115' 'free-mixed 140 151'; do
    set -- $wanted
    node "$readers/check_readers.mjs" "$readers/out/$1.pdf" "$readers/out/$1.txt" "$2" "$3" >"$readers/out/$1.log" ||
        { failed=1; cat "$readers/out/$1.log"; }
    grep 'lines exact' "$readers/out/$1.log"
done
[ "$failed" = 0 ] || { echo "check-readers: not all text comes back" >&2; exit 1; }
echo "check-readers: all text comes back"

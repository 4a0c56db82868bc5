#!/usr/bin/env bash
# The briefing's text in pdf.js and PDFium: every line exact, searches hit; and free lines, of which most are, and lines
# in other families of fonts. Pages look as the preview has them. The readers come from the npm registry, in the versions
# of tests/tools/package-lock.json, into $BUILD/readers.
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
for wanted in 'free-en 35 36' 'free-ar 108 115' 'free-mixed 143 151' 'held-en 25 26' 'held-ar 54 54' 'held-mixed 79 80'; do
    set -- $wanted
    node "$readers/check_readers.mjs" "$readers/out/$1.pdf" "$readers/out/$1.txt" "$2" "$3" >"$readers/out/$1.log" ||
        { failed=1; cat "$readers/out/$1.log"; }
    grep 'lines exact' "$readers/out/$1.log"
done
# Lines in other families: as many as in the briefing's own. And the first page's picture.
MUJAZ_LINES=$readers/out "$build/tests/pdf_fonts_test" >"$readers/out/fonts.log" 2>&1 || { cat "$readers/out/fonts.log"; exit 1; }
for wanted in 'noto-amiri 79 82' 'dejavu-amiri 79 82' 'cantarell-amiri 79 82' 'noto-scheherazade 79 82' \
    'cantarell-scheherazade 79 82' 'cantarell-kufi 79 82' 'dejavu-kacst 77 80'; do
    set -- $wanted
    node "$readers/check_readers.mjs" "$readers/out/$1.pdf" "$readers/out/$1.txt" "$2" "$3" >"$readers/out/$1.log" ||
        { failed=1; cat "$readers/out/$1.log"; }
    grep 'lines exact' "$readers/out/$1.log"
    node "$readers/check_pictures.mjs" "$readers/out/$1.pdf" "$readers/out/$1.png" || failed=1
done
# Every page of every edition of the shipped reports.
for report in reports/*/; do
    report=$(basename "$report")
    rm -rf "$readers/out/pages"
    "$build/mujaz" build -o "$readers/out" "$report" >/dev/null
    "$build/mujaz" preview -o "$readers/out/pages" "$report" >/dev/null
    for pdf in "$readers/out/$report".pdf "$readers/out/$report".*.pdf; do
        [ -e "$pdf" ] || continue
        edition=$(basename "$pdf" .pdf)
        [ "$edition" = "$report" ] && edition=$report.parallel
        node "$readers/check_pictures.mjs" "$pdf" "$readers/out/pages/$edition".*.png || failed=1
    done
done
[ "$failed" = 0 ] || { echo "check-readers: not all text comes back, or a page looks different" >&2; exit 1; }
echo "check-readers: all text comes back, and all pages look alike"

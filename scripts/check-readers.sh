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
# Lines that were not written to suit the readers: as many as came back when this was written, in pdf.js and PDFium; and
# how many searches miss there, and in poppler and mutool. Lines that were: all but three.
MUJAZ_LINES=$readers/out "$build/tests/pdf_lines_test" >"$readers/out/lines.log" 2>&1 || { cat "$readers/out/lines.log"; exit 1; }
for wanted in 'all 92 92' 'free-en 36 36 0 0 0 0' 'free-ar 110 115 3 4 6 6' 'free-mixed 146 151 3 4 6 6' \
    'held-en 25 26 1 1 1 1' 'held-ar 54 54 3 3 4 4' 'held-mixed 79 80 4 4 5 5' \
    'third-en 13 13 0 0 0 0' 'third-ar 47 47 2 2 5 5' 'third-mixed 60 60 2 2 5 5' \
    'italic-en 19 19' 'italic-ar 4 4' 'italic-mixed 23 23'; do
    set -- $wanted
    name=$1
    shift
    node "$readers/check_readers.mjs" "$readers/out/$name.pdf" "$readers/out/$name.txt" "$@" >"$readers/out/$name.log" ||
        { failed=1; cat "$readers/out/$name.log"; }
    grep -E 'lines exact|finds' "$readers/out/$name.log"
done
# Lines in other families: as many as in the briefing's own. And the first page's picture.
MUJAZ_LINES=$readers/out "$build/tests/pdf_fonts_test" >"$readers/out/fonts.log" 2>&1 || { cat "$readers/out/fonts.log"; exit 1; }
for wanted in 'noto-amiri 89 92' 'dejavu-amiri 89 92' 'cantarell-amiri 89 92' 'noto-scheherazade 89 92' \
    'cantarell-scheherazade 89 92' 'cantarell-kufi 89 92' 'dejavu-kacst 87 90'; do
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

#!/usr/bin/env bash
# The briefing's text in pdf.js and PDFium: every line exact, searches hit. The readers come from the npm
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
[ "$failed" = 0 ] || { echo "check-readers: not all text comes back" >&2; exit 1; }
echo "check-readers: all text comes back"

#!/usr/bin/env bash
# The index page of nightly runs in headless Chromium: every link followed, from a disk and from a server; two widths,
# light and dark; axe-core finds nothing. Pictures of it all are in $BUILD/site/, to be looked at.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
site=$build/site
chromium=$(command -v chromium || command -v chromium-browser || true)
[ -n "$chromium" ] || { echo "check-site: skipped: chromium is not installed"; exit 0; }
scripts/node-tools.sh check-site

# Three runs of a workspace where one report turns wrong after the first, and one always was.
rm -rf "$site"
mkdir -p "$site/workspace/reports" "$site/sample"
cp -r datasets layouts fonts "$site/workspace/"
cp -r reports/iraq-briefing reports/iraq-one-page "$site/workspace/reports/"
cp -r reports/iraq-one-page "$site/workspace/reports/never-good"
echo '{' >>"$site/workspace/reports/never-good/en.md"
for run in 1 2 3; do
    code=0
    "$build/mujaz" nightly -C "$site/workspace" -o "$site/out" >"$site/log" 2>&1 || code=$?
    [ "$code" = 1 ] || { cat "$site/log" >&2; exit 1; } # 1: a report was refused
    echo '{' >>"$site/workspace/reports/iraq-one-page/en.md"
done

# The many reports of the unit tests, with the files that these name.
cp "$site"/out/current/iraq-briefing*.p?? "$site/sample/"
touch "$site"/sample/governorate-{0..8}.ar.pdf
MUJAZ_SITE=$site/sample "$build/tests/publish_site_test" >"$site/log" 2>&1 || { cat "$site/log" >&2; exit 1; }

node "$build/readers/check_site.mjs" "$chromium" "$site"

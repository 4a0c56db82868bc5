#!/usr/bin/env bash
# The pages of `mujaz preview --serve` in headless Chromium: they show, show again when a text is saved, say what is
# wrong and where a block is written; axe-core finds nothing. Pictures are in $BUILD/serve/, to be looked at.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
folder=$build/serve
chromium=$(command -v chromium || command -v chromium-browser || true)
[ -n "$chromium" ] || { echo "check-serve: skipped: chromium is not installed"; exit 0; }
scripts/node-tools.sh check-serve

rm -rf "$folder"
mkdir -p "$folder/workspace"
cp -r datasets layouts fonts reports "$folder/workspace/"
mujaz=
trap 'if [ -n "$mujaz" ]; then kill "$mujaz" 2>/dev/null || true; wait "$mujaz" 2>/dev/null || true; fi' EXIT
"$build/mujaz" preview --serve -C "$folder/workspace" iraq-briefing >"$folder/address" 2>"$folder/log" &
mujaz=$!
for _ in $(seq 200); do
    [ -s "$folder/address" ] && break
    sleep 0.05
done
[ -s "$folder/address" ] || { echo "check-serve: mujaz says no address" >&2; cat "$folder/log" >&2; exit 1; }
node "$build/readers/check_serve.mjs" "$chromium" "$(cat "$folder/address")" "$folder/workspace" "$folder"

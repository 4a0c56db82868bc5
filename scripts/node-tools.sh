#!/usr/bin/env bash
# Puts what tests need of the npm registry, in the versions of tests/tools/package-lock.json, and our own tests/tools/*.mjs
# into $BUILD/readers. Usage: node-tools.sh TARGET   (TARGET: of make, for what is said when npm is missing)
set -euo pipefail
cd "$(dirname "$0")/.."

tools=${BUILD:-build}/readers

command -v npm >/dev/null || { echo "make $1 needs npm (and node 20.19 or later)" >&2; exit 1; }

mkdir -p "$tools"
if ! cmp -s tests/tools/package-lock.json "$tools/installed.json"; then
    rm -f "$tools/installed.json"
    cp tests/tools/package.json tests/tools/package-lock.json "$tools/"
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$tools/package-lock.json" "$tools/installed.json"
fi
cp tests/tools/*.mjs "$tools/"

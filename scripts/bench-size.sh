#!/usr/bin/env bash
# Sizes of our PDFs beside the same pages through Cairo's PDF surface (bench/pdf_size): the shipped reports, and the
# document of bench/generate_peers with 24 sections. "shown" is what pages show, with fonts: without tags, outline and
# links, which Cairo's files have not got.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R layouts fonts "$work/"
"$build/bench/generate_peers" 24 "$work"
"$build/bench/pdf_size" . chart-gallery iraq-briefing iraq-one-page
"$build/bench/pdf_size" "$work" peers

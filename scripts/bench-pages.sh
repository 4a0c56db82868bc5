#!/usr/bin/env bash
# Pages per second: the Iraq briefing as it is, and the same text repeated until the parallel edition has 100
# pages or more. Best of three runs of the whole program, reading and writing included.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
mujaz=$PWD/$build/mujaz
report=iraq-briefing
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A workspace with the report's text COPIES times, ids and notes made unique.
repeat() {
    local copies=$1 folder=$work/$1
    mkdir -p "$folder"
    cp -R datasets layouts fonts reports "$folder/"
    for text in en ar; do
        for ((i = 1; i <= copies; i++)); do
            if [ "$i" = 1 ]; then
                cat "reports/$report/$text.md"
            else
                sed -E "s/\{#([a-z0-9-]+)\}/{#\1-$i}/; s/\]\(#([a-z0-9-]+)\)/](#\1-$i)/g; s/\[\^([^]]+)\]/[^\1-$i]/g
                        /\]\(contents:\)/d" "reports/$report/$text.md"
            fi
            echo
        done >"$folder/reports/$report/$text.md"
    done
}

pages_of() {
    "$mujaz" check -C "$1" -e "$2" "$report" | sed -nE 's/.* ([0-9]+) pages?.*/\1/p'
}

# measure FOLDER EDITION: one line with pages, seconds, pages per second, memory.
measure() {
    local folder=$1 edition=$2 best= start end seconds pages
    pages=$(pages_of "$folder" "$edition")
    for _ in 1 2 3; do
        start=$(date +%s%N)
        "$mujaz" build -C "$folder" -o "$work/out" -e "$edition" "$report" >/dev/null
        end=$(date +%s%N)
        seconds=$(awk -v n=$((end - start)) 'BEGIN { printf "%.3f", n / 1e9 }')
        best=$(printf '%s\n' "$seconds" $best | sort -g | head -1)
    done
    awk -v e="$edition" -v p="$pages" -v s="$best" \
        'BEGIN { printf "%-9s %4d pages  %7.3f s  %7.1f pages/s\n", e, p, s, p / s }'
}

echo "the briefing"
for edition in parallel en ar; do
    measure . "$edition"
done

one=$(pages_of . parallel)
copies=$(((100 + one - 1) / one))
repeat "$copies"
echo "the same text $copies times"
for edition in parallel en ar; do
    measure "$work/$copies" "$edition"
done

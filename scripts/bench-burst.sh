#!/usr/bin/env bash
# Packets a second: a burst of PACKETS one-page briefings, each with a chart, a table, notes, attachments and ledger,
# beside SEPARATE builds of the same briefing without a burst, a program run each, with the same data. Memory is the
# most that one process had resident. Usage: [PACKETS=1000] [SEPARATE=100] bench-burst.sh
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
export LC_ALL=C.UTF-8

build=$(realpath "${BUILD:-build}")
packets=${PACKETS:-1000}
separate=${SEPARATE:-100}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Six incidents for each reader: the numbers differ, and so do the names.
make_data() {
    local folder=$1/datasets/incidents count=$2
    awk -v n="$count" 'BEGIN {
        print "id,key,name_en,name_ar,reader"
        for (i = 1; i <= n; i++) printf "%d,district-%d,District %d,الناحية %d,Reader %d\n", i, i, i, i, i }' \
        >"$folder/governorates.csv"
    awk -v n="$count" 'BEGIN {
        print "id,governorate,day,kind_en,kind_ar,wounded"
        for (i = 1; i <= n; i++)
            for (k = 1; k <= 6; k++)
                printf "%d,District %d,2024-01-%02d,Road %d,الطريق %d,%d\n", i * 6 + k, i, k * 4, k, k, (i * 7 + k * 13) % 97 }' \
        >"$folder/incidents.csv"
}

make_workspace() {
    mkdir -p "$1"
    cp -R tests/data/burst/datasets tests/data/burst/reports layouts fonts "$1/"
    sed -i 's/^editions: .*/editions: [parallel]/' "$1/reports/brief/report.yaml"
    make_data "$1" "$2"
}

# The same report of one reader: the burst's columns are parameters and figures.
make_single() {
    make_workspace "$1" "$packets"
    awk '/^parameters:/ { next }
         /^burst:/ { skipping = 1; print "parameters: {name_en: District 1}"; next }
         skipping && /^[^ ]/ { skipping = 0 }
         skipping { next }
         { print }
         /^figures:/ {
             print "  name: SELECT name_en AS en, name_ar AS ar FROM governorates WHERE name_en = :name_en"
             print "  reader: SELECT reader FROM governorates WHERE name_en = :name_en" }' \
        "$1/reports/brief/report.yaml" >"$work/report.yaml"
    cp "$work/report.yaml" "$1/reports/brief/report.yaml"
}

run() {
    "$build/bench/measure" "$work/used" "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
    read -r cpu wall memory <"$work/used"
}

report() {
    awk -v what="$1" -v n="$2" -v c="$cpu" -v w="$wall" -v m="$memory" \
        'BEGIN { printf "%-34s %5d packets  %8.3f s  %7.1f packets/s  %6.2f ms of CPU each  %5.1f MB\n",
                 what, n, w, n / w, c * 1000 / n, m / 1024 }'
}

build_separately() {
    local i
    for ((i = 1; i <= separate; i++)); do
        sed -i "s/^parameters: .*/parameters: {name_en: District $i}/" "$1/reports/brief/report.yaml"
        "$build/mujaz" build -C "$1" -o "$1/out/$i" brief >/dev/null
    done
}
if [ "${1:-}" = separately ]; then
    build_separately "$2"
    exit
fi

for count in $((packets / 10)) "$packets"; do
    make_workspace "$work/$count" "$count"
    run "$build/mujaz" build -C "$work/$count" -o "$work/$count/out" brief
    made=$(find "$work/$count/out" -name '*.pdf' | wc -l)
    [ "$made" = "$count" ] || { echo "bench-burst: $made packets, not $count" >&2; exit 1; }
    report "one burst" "$count"
done
make_single "$work/single"
run env BUILD="$build" SEPARATE="$separate" "$PWD/scripts/bench-burst.sh" separately "$work/single"
report "builds one by one, the same data" "$separate"

#!/usr/bin/env bash
# Pages beside other page builders: one bilingual document (bench/generate_peers: text, charts, tables, notes, contents,
# bookmarks, links) by mujaz, by Typst, by Cairo with Pango alone, and beside a floor that only shapes the text once and
# deflates the pages' content.
#
# Usage: [LARGE=1] [SECTIONS="0 2 24"] bench-peers.sh
#
# 0 sections are one page with a line of text, 2 are about 10 pages, 24 about 100, and with LARGE 244 about 1,000; how
# many each builder makes of them is printed. Each runs three times, all in turn; the best counts, of memory the most.
# The bars are range bars, since mujaz has no plain bar chart, and the others draw the same marks. The parallel edition
# has both languages, as the others' documents do: its tables stand once, with each number once, as theirs. Nothing is
# attached to its PDFs (--no-attachments), since the others attach nothing, and they are not held against PDF/UA and
# PDF/A when they are finished (--no-check), which no other does: that takes another third of the time. Typst comes from
# the npm registry.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

typst_package=@myriaddreamin/typst-ts-node-compiler@0.7.0
build=$(realpath "${BUILD:-build}")
fonts=/usr/share/fonts/truetype/noto
read -ra sizes <<<"${SECTIONS:-0 2 24${LARGE:+ 244}}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
results=$work/results # sections, program, CPU, wall, KiB, bytes, pages; a line each, parted by tabs
touch "$results" "$work/left-out"

# --- measuring --------------------------------------------------------------------------------------------------
pages_of() {
    pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p'
}

# measure PROGRAM FILE COMMAND...: a line of results. FILE is what the command writes, "-": nothing. A program that
# fails is left out from then on, with its reason.
measure() {
    local program=$1 file=$2 bytes=- pages=-
    shift 2
    grep -qxF "$sections $program" "$work/left-out" && return
    if ! "$build/bench/measure" "$work/used" "$@" >"$work/out" 2>"$work/err"; then
        echo "$sections $program" >>"$work/left-out"
        echo "left out: $program with $sections sections: $(head -1 "$work/err")"
        return
    fi
    [ "$file" = - ] || bytes=$(stat -c %s "$file") pages=$(pages_of "$file")
    printf '%s\t%s\t%s\t%s\t%s\n' "$sections" "$program" "$(tr ' ' '\t' <"$work/used")" "$bytes" "$pages" >>"$results"
}

# A PDF's content streams as they are before they are deflated, with their binary strings.
content_of() {
    qpdf --qdf --normalize-content=n --object-streams=disable "$1" - | LC_ALL=C awk '
        /^%% Contents for page/ { wanted = 1 }
        /^endstream/ { inside = wanted = 0 }
        inside { print }
        /^stream/ && wanted { inside = 1 }'
}

# --- the builders -----------------------------------------------------------------------------------------------
run_mujaz() { # EDITION FILE
    measure "mujaz, $1" "$folder/out/$2" "$build/mujaz" build -C "$folder" -o "$folder/out" --no-cache --no-attachments \
        --no-check -e "$1" peers
}

# floor LANGUAGES FILE: for what mujaz made of the same text.
run_floor() {
    [ -s "$folder/out/$2" ] || return 0
    [ -s "$folder/$2.content" ] || content_of "$folder/out/$2" >"$folder/$2.content"
    measure "floor, $1" - "$build/bench/text_floor" "$folder/peers.tsv" "$fonts" "$1" "$folder/$2.content" \
        "$(pages_of "$folder/out/$2")"
}

run_typst() {
    [ -n "$typst" ] || return 0
    measure "Typst" "$folder/typst.pdf" node bench/peers/typst.cjs "$typst" "$folder" "$folder/typst.pdf"
}

run_cairo() {
    measure "Cairo and Pango" "$folder/cairo.pdf" "$build/bench/cairo_pango" "$folder/peers.tsv" "$folder/cairo.pdf"
}

# Sets `typst` to the folder of its module; "" where it cannot be had.
find_typst() {
    typst=$work/typst/node_modules/${typst_package%@*}
    mkdir "$work/typst"
    if ! command -v npm >/dev/null; then
        typst=
        echo "left out: Typst, which needs npm and node"
    elif ! (cd "$work/typst" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error "$typst_package") \
        >"$work/out" 2>&1; then
        typst=
        echo "left out: Typst, which npm cannot get: $(grep -m1 error "$work/out")"
    fi
}

# --- the table --------------------------------------------------------------------------------------------------
# Per program, in the order of its first run; ratios to the floor of its languages and to Typst.
print_table() {
    awk -F '\t' -v sections="$sections" '
        $1 != sections { next }
        !($2 in cpu) { order[++n] = $2; cpu[$2] = $3; wall[$2] = $4; bytes[$2] = $6; pages[$2] = $7 }
        { if ($3 < cpu[$2]) cpu[$2] = $3; if ($4 < wall[$2]) wall[$2] = $4; if ($5 > kib[$2]) kib[$2] = $5 }
        function ratio(a, b) { return b + 0 > 0 && a != "-" ? sprintf("%.2f", a / b) : "-" }
        END {
            printf "\n%d sections\n", sections
            printf "%-18s %6s %8s %8s %10s %8s %17s   %s\n", "", "pages", "CPU s", "wall s", "memory MB", "MB",
                "x floor: CPU wall", "x Typst: CPU, memory, bytes"
            for (i = 1; i <= n; i++) {
                p = order[i]
                floor = p ~ /^mujaz, en|^floor, en/ ? "floor, en" : "floor, both"
                printf "%-18s %6s %8.3f %8.3f %10.1f %8s %12s %4s   %8s %8s %8s\n", p, pages[p], cpu[p], wall[p],
                    kib[p] * 1024 / 1e6, bytes[p] == "-" ? "-" : sprintf("%.2f", bytes[p] / 1e6), ratio(cpu[p], cpu[floor]),
                    ratio(wall[p], wall[floor]), ratio(cpu[p], cpu["Typst"]), ratio(kib[p], kib["Typst"]),
                    ratio(bytes[p], bytes["Typst"])
            }
        }' "$results"
}

# --- the run ----------------------------------------------------------------------------------------------------
find_typst
for sections in "${sizes[@]}"; do
    folder=$work/$sections
    mkdir "$folder" "$folder/noto"
    cp -R layouts fonts bench/peers/brief.typ "$folder/"
    cp "$fonts"/Noto{Serif,Sans,NaskhArabic,SansArabic}-{Regular,Bold}.ttf "$folder/noto/"
    "$build/bench/generate_peers" "$sections" "$folder"
    for _ in 1 2 3; do
        run_mujaz parallel peers.pdf
        run_floor both peers.pdf
        run_mujaz en peers.en.pdf
        run_floor en peers.en.pdf
        run_cairo
        run_typst
    done
    print_table
done

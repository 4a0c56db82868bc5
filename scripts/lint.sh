#!/usr/bin/env bash
# The house rules that a script can see. Prints file:line: rule for each breach; exit code 1 when there is one.
# Usage: lint.sh [--all]     (--all also lists what is only worth knowing)
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

breaches=$(mktemp)
trap 'rm -f "$breaches"' EXIT

sources=(src/*/*.[ch])
tests=()
for file in tests/*.[ch] tests/*/*.[ch] bench/*.[ch] man/*.[ch]; do
    [ -e "$file" ] && tests+=("$file")
done

# rule TEXT PATTERN FILE...: no line of the files may match the (extended) pattern.
rule() {
    local text=$1 pattern=$2
    shift 2
    grep -nHE -- "$pattern" "$@" | sed "s|^\([^:]*:[0-9]*\):.*|\1: $text|" >>"$breaches" || true
}

# --- text ---------------------------------------------------------------------------------------------------
rule "longer than 120 columns" '^.{121,}' "${sources[@]}"
[ "${#tests[@]}" = 0 ] || rule "longer than 140 columns" '^.{141,}' "${tests[@]}" # expected messages in full
rule "a tab" $'\t' "${sources[@]}" "${tests[@]}"
rule "white space at the end" ' $' "${sources[@]}" "${tests[@]}" scripts/* Makefile
rule "unfinished" '\b(TODO|FIXME|XXX)\b' "${sources[@]}" "${tests[@]}"

# --- habits -------------------------------------------------------------------------------------------------
silent=()
for file in "${sources[@]}"; do
    [[ $file == src/cli/* || $file == src/commands/* || $file == src/nightly/* ]] || silent+=("$file")
done
rule "a typedef of a struct" '^typedef (struct|union|enum)[^(]*$' "${sources[@]}"
rule "an unbounded string function" '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof)\(' "${sources[@]}"
rule "printing or leaving outside cli, commands and nightly" '\b(printf|puts|putchar|perror|exit|_exit|fprintf|fputs)\(' \
    $(printf '%s\n' "${silent[@]}" | grep -v '^src/base/arena.c$') # arena: says why memory ended

awk '/^static [^(]*;$|^static [^(]*=/ && !/const/ { print FILENAME ":" FNR ": global state that can change" }
     /^{/ { start = FNR }
     /^}/ && start && FNR - start > 61 {
         print FILENAME ":" start ": a function of " FNR - start - 1 " lines; 60 at most" }
     /^}/ { start = 0 }
     FNR == 1 && !/^\/\*/ { print FILENAME ":1: the first comment must say what the file is for" }' \
    "${sources[@]}" >>"$breaches"

for file in src/*/*.h; do
    [[ $file == src/base/diag_ids.h || $file == src/pdf_check/rules.h ]] && continue # X-macros
    guard=MUJAZ_$(tr 'a-z/.' 'A-Z__' <<<"${file#src/}")
    grep -q "^#define $guard\$" "$file" || echo "$file:1: the guard must be $guard" >>"$breaches"
done

# --- the include table of src/README.md -----------------------------------------------------------------------
awk -v system_headers="assert ctype dirent errno fcntl getopt iconv inttypes limits locale math poll pthread pwd regex sched setjmp
        signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string strings time uchar unistd poll sys/file sys/ioctl
        sys/mman sys/resource
        sys/stat sys/statvfs sys/time sys/types sys/wait" '
    function breach(text) { print FILENAME ":" FNR ": " text }
    BEGIN { n = split(system_headers, list, /[ \n]+/); for (i = 1; i <= n; i++) is_system[list[i] ".h"] = 1 }

    # Rows: | room | rooms and headers that it may include | third-party header (file), ... |
    # `unicode/*` and `hpdf_*` stand for all that begin so.
    FILENAME == "src/README.md" {
        if (!/^\| `/) next
        split($0, cell, / *\| */)
        room = cell[2]; gsub(/`/, "", room)
        if (room !~ /^[a-z_]+$/) next # of another table
        rooms[room] = 1
        n = split(cell[3], list, /, */)
        for (i = 1; i <= n; i++) {
            gsub(/`/, "", list[i]); ours[room, list[i]] = 1
            if (list[i] !~ /^$|\// && list[i] != "all" && !(list[i] in rooms))
                breach("the room " room " may include " list[i] ", which does not stand above it")
        }
        n = split(cell[4], list, /, */)
        for (i = 1; i <= n; i++) {
            gsub(/`/, "", list[i]); header = list[i]; file = ""
            if (match(header, / \(.*\)/)) {
                file = substr(header, RSTART + 2, RLENGTH - 3); header = substr(header, 1, RSTART - 1)
            }
            theirs[room, header, file] = 1
        }
        next
    }
    { split(FILENAME, part, "/"); room = part[2]; file = part[3]; if (!(room in rooms)) { rooms[room] = 1
      breach("the room " room " is not in the table of src/README.md") } }
    /^#include "/ {
        split($2, quote, "\""); target = quote[2]; split(target, to, "/")
        if (to[1] == room || ours[room, to[1]] || ours[room, target] || ours[room, "all"]) next
        breach(room " may not include " target)
    }
    /^#include </ {
        header = $2; gsub(/[<>]/, "", header); folder = header; sub(/[\/_].*/, "", folder)
        folder = folder substr(header, length(folder) + 1, 1) "*"
        if (is_system[header]) next
        split("any " room, owner, " ")
        for (i in owner)
            if (theirs[owner[i], header, ""] || theirs[owner[i], header, file] ||
                theirs[owner[i], folder, ""] || theirs[owner[i], folder, file]) next
        breach("<" header "> may not be included in " room "/" file)
    }' src/README.md "${sources[@]}" >>"$breaches"

# --- diagnostics ----------------------------------------------------------------------------------------------
slugs=$(sed -n 's/^DIAG([A-Z0-9_]*, "\([^"]*\)".*/\1/p' src/base/diag_ids.h)
for slug in $(sort <<<"$slugs" | uniq -d); do
    echo "src/base/diag_ids.h:1: the slug $slug is there twice" >>"$breaches"
done
while read -r id; do
    grep -qE "DIAG_$id\b" $(printf '%s\n' "${sources[@]}" | grep '\.c$') ||
        echo "src/base/diag_ids.h:1: nothing reports $id" >>"$breaches"
done < <(sed -n 's/^DIAG(\([A-Z0-9_]*\),.*/\1/p' src/base/diag_ids.h)

if [ "${1:-}" = --all ] && [ "${#tests[@]}" != 0 ]; then
    untested=()
    for slug in $slugs; do
        id=$(sed -n "s/^DIAG(\([A-Z0-9_]*\), \"$slug\".*/\1/p" src/base/diag_ids.h)
        grep -rqE -- "\[$slug\]|DIAG_$id\b" tests || untested+=("$slug")
    done
    echo "lint: ${#untested[@]} of $(wc -w <<<"$slugs") diagnostics are named in no test: ${untested[*]:-}"
fi

# --- the Debian package ---------------------------------------------------------------------------------------
needed=$(sed -n '/^build=(/,/)/p' scripts/setup.sh | tr ' ()' '\n' | grep -E -- '-dev$' | grep -v '^libc6-dev$')
for package in $needed; do
    grep -qE "^ $package,?\$" debian/control || echo "debian/control:1: scripts/setup.sh needs $package" >>"$breaches"
done

for script in scripts/*.sh .ci/run; do
    bash -n "$script" || echo "$script:1: not good bash" >>"$breaches"
done

if [ -s "$breaches" ]; then
    cat "$breaches" >&2
    echo "lint: $(wc -l <"$breaches") breaches" >&2
    exit 1
fi

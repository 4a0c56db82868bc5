#!/usr/bin/env bash
# Runs test programs, each from the project's root, and shows what they print.
# Usage: run-tests.sh WORD PROGRAM...   (WORD: only programs whose name holds it; may be empty)
set -uo pipefail
cd "$(dirname "$0")/.."

export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0

word=$1
shift
run=0
failed=()
for program in "$@"; do
    name=$(basename "$program")
    [[ $name == *"$word"* ]] || continue
    run=$((run + 1))
    echo "== $name"
    "$program" || failed+=("$name")
done

if [ "$run" = 0 ]; then
    echo "no test program has '$word' in its name" >&2
    exit 1
fi
if [ "${#failed[@]}" != 0 ]; then
    echo "FAILED: ${#failed[@]} of $run test programs: ${failed[*]}" >&2
    exit 1
fi
echo "all $run test programs passed"

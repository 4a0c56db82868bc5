#!/usr/bin/env bash
# What a publish survives: `mujaz nightly` is killed (kill -9) at its Nth system call that changes files, for every N
# until it ends by itself; then each such call fails in turn with ENOSPC, EIO and EINTR. After each the published run must
# be whole, every file as its manifest says, and a next run must work.
#
# Usage: faults.sh [STEP]   STEP: only each STEPth call (a short version takes a prime)
set -euo pipefail
cd "$(dirname "$0")/.."

build=$(realpath "${BUILD:-build}")
step=${1:-1}
calls=openat,write,fsync,fchmod,renameat,symlinkat,linkat,mkdirat,unlinkat,close
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r tests/data/cli/reports tests/data/cli/datasets layouts fonts "$work"

nightly() {
    "$@" "$build/mujaz" nightly -C "$work" -o "$work/out" --jobs=1 >"$work/said" 2>&1
}

# The published run: its manifest's digests are those of its files, and there is no other file.
check_whole() {
    local run=$work/out/current
    python3 - "$run" <<'P' || { echo "FAILED: $1: the published run is not whole"; cat "$work/said"; exit 1; }
import hashlib, json, os, sys
run = sys.argv[1]
names = {"manifest.json"}
manifest = json.load(open(os.path.join(run, "manifest.json")))
for files in [manifest["site"]] + [report["files"] for report in manifest["reports"]]:
    for file in files:
        names.add(file["name"])
        with open(os.path.join(run, file["name"]), "rb") as f:
            assert hashlib.sha256(f.read()).hexdigest() == file["sha256"], file["name"]
assert names == set(os.listdir(run)), names ^ set(os.listdir(run))
P
}

change() { # something to publish
    sed -i "s/^issue: .*/issue: $((RANDOM + 1))/" "$work/reports/mini/report.yaml"
}

nightly
check_whole "the first run"
killed=0
for ((n = 1; ; n += step)); do
    change
    if nightly strace -qq -o /dev/null -e trace="$calls" -e inject="$calls:signal=KILL:when=$n"; then
        break
    fi
    killed=$((killed + 1))
    check_whole "killed at call $n"
done
nightly
check_whole "the run after $killed kills"
[ "$(find "$work/out/runs" -name '.*.stage' | wc -l)" = 0 ] || { echo "FAILED: a stage was left"; exit 1; }
echo "killed at $killed calls: every time one whole run was published"

for error in ENOSPC EIO EINTR; do
    failed=0
    for ((n = 1; ; n += step)); do
        change
        code=0
        nightly strace -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:error=$error:when=$n" || code=$?
        grep -q INJECTED "$work/trace" || break
        [ $code = 0 ] || failed=$((failed + 1))
        check_whole "$error at call $n (exit $code)"
    done
    nightly
    check_whole "the run after $error"
    echo "$error at each call: $failed runs said so; every time one whole run was published"
done

#!/usr/bin/env bash
# From rename(2) of a saved text to its new page: `mujaz preview --watch` on the shipped briefing, EDITS times.
# Usage: bench-watch.sh [EDITS] [OPTION]...   (options of preview; EDITS: 50)
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
edits=${1:-50}
shift || true
folder=$(mktemp -d)
mujaz=
trap 'if [ -n "$mujaz" ]; then kill "$mujaz" 2>/dev/null || true; wait "$mujaz" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
cp -r datasets layouts fonts reports "$folder/"
"$build/mujaz" preview --watch -C "$folder" -o "$folder/out" -e parallel "$@" iraq-briefing >"$folder/pages" 2>"$folder/log" &
mujaz=$!
python3 - "$folder" "$edits" <<'PYTHON'
import os, sys, time

folder, edits = sys.argv[1], int(sys.argv[2])
text, log, pages = (os.path.join(folder, name) for name in ('reports/iraq-briefing/en.md', 'log', 'pages'))

def wait(path, lines):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with open(path) as file:
            if file.read().count('\n') >= lines:
                return time.monotonic()
        time.sleep(0.001)
    sys.exit(f'bench-watch: nothing new in {path} for a minute')

def count(path):
    with open(path) as file:
        return file.read().count('\n')

wait(log, 1)
with open(text) as file:
    lines = file.read().split('\n')
# Paragraphs of the whole text in turn: one word becomes two, and one again.
plain = [i for i, line in enumerate(lines) if len(line) > 60 and line[0].isalpha() and ' the ' in line]
first, last, drawn = [], [], []
for n in range(edits):
    i = plain[n // 2 * 7 % len(plain)]
    lines[i] = lines[i].replace(' the ', ' the very ', 1) if n % 2 == 0 else lines[i].replace(' the very ', ' the ', 1)
    with open(text + '.new', 'w') as file:
        file.write('\n'.join(lines))
    before, said = count(pages), count(log)
    begin = time.monotonic()
    os.rename(text + '.new', text)
    first.append(wait(pages, before + 1) - begin)
    last.append(wait(log, said + 1) - begin)
    drawn.append(count(pages) - before)

def show(what, times):
    times = sorted(times)
    print(f'{what}: median {times[len(times) // 2]:.3f} s, worst {times[-1]:.3f} s')

print(f'{edits} edits, {sum(drawn)} pages drawn, {max(drawn)} at most')
show('first new page', first)
show('all new pages', last)
PYTHON

#!/usr/bin/env python3
"""Asks the completions of bash, zsh and fish what they offer. Usage: completions.py FOLDER, with the files bash, zsh, fish.

A shell that is not installed is skipped, with a word; bash is always there.
"""
import os
import re
import shutil
import subprocess
import sys

# A command line, its last word being completed; what must be offered; what must not.
CASES = [
    (["mujaz", "b"], ["build"], ["check"]),
    (["mujaz", "n"], ["nightly"], []),
    (["mujaz", "build", "--lay"], ["--layout"], ["--dpi"]),
    (["mujaz", "preview", "--d"], ["--dpi"], []),
    (["mujaz", "query", "--s"], ["--schema"], ["--status"]),
    (["mujaz", "build", ""], ["iraq-briefing", "chart-gallery"], ["councils"]),
    (["mujaz", "query", "cou"], ["councils"], []),
    (["mujaz", "build", "-e", "par"], ["parallel"], []),
    (["mujaz", "build", "-l", "lar"], ["large-print"], []),
    (["mujaz", "query", "--format", "m"], ["markdown"], []),
    (["mujaz", "explain", "--format", ""], ["json", "text"], ["csv"]),
    (["mujaz", "dump", "s"], ["scene"], ["iraq-briefing"]),
    (["mujaz", "schema", "la"], ["layout"], []),
    (["mujaz", "build", "-C", "tests/data/cli", ""], os.listdir("tests/data/cli/reports"), ["iraq-briefing"]),
]


def quoted(words):
    return " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)


def run(argv, **more):
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, **more)


def bash(script, words):
    program = f"""source {script}
        COMP_WORDS=({quoted(words)}) COMP_CWORD={len(words) - 1}
        _mujaz
        printf '%s\\n' "${{COMPREPLY[@]}}" """
    return run(["bash", "--norc", "-c", program])


def fish(script, words):
    line = " ".join(words)
    return run(["fish", "--no-config", "-c", f"source {script}; complete -C {quoted([line])}"])


# zsh completes in a terminal only: one of its own, in which a list is shown for each line.
ZSH = r"""
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PS1=; PROMPT=; unsetopt beep zle_bracketed_paste; autoload -U compinit; compinit -u -D; source SCRIPT'
zpty -w z 'zstyle ":completion:*" list-colors no=; LISTMAX=1000; COLUMNS=400; bindkey "^I" list-choices; stty -echo; print READY'
zpty -r -m z out '*READY*READY*'
zpty -w -n z 'LINE'$'\t'
# Until it has said something and then nothing for half a second.
all= quiet=0
repeat 200; do
    sleep .05
    if zpty -r -t z out; then all+=$out quiet=0
    elif [ -n "$all" ] && ((++quiet > 10)); then break; fi
done
print -r -- $all
zpty -d z
"""


def zsh(script, words):
    return run(["zsh", "-f", "-c", ZSH.replace("SCRIPT", script).replace("LINE", " ".join(words))])


def offered(result):
    """The words of what was printed, without what stands behind them to explain them."""
    text = re.sub(r"\x1b(\[[0-9;?]*[A-Za-z])?", " ", result.stdout)
    return {word.rstrip("=") for line in text.splitlines() for word in line.split()}


def main():
    folder, wrong = sys.argv[1], 0
    for name, complete in (("bash", bash), ("zsh", zsh), ("fish", fish)):
        if not shutil.which(name):
            print(f"{name}: not installed; skipped")
            continue
        for words, wanted, unwanted in CASES:
            result = complete(f"{folder}/{name}", words)
            found = offered(result)
            missing = [word for word in wanted if word not in found]
            more = [word for word in unwanted if word in found]
            if missing or more or result.returncode:
                print(f"{name}: {' '.join(words)}: {missing} are missing, {more} are too many\n{result.stdout}{result.stderr}")
                wrong += 1
        print(f"{name}: {len(CASES)} lines completed")
    sys.exit(wrong > 0)


main()

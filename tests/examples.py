#!/usr/bin/env python3
"""Runs the examples of manual pages and of docs/: examples.py MUJAZ FILE... Each file has a folder of its own.

In a manual page, what stands between .EX and .EE; in Markdown, what stands in a fence. A line "$ COMMAND" is run by sh,
and must end with 0; lines behind it are what it prints, where "..." stands for anything. In a manual page they may be
left out. Other blocks are files when their name is told: by a line `.\\" file NAME` above .EX, by a paragraph that ends in "`NAME`:" above a fence.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile


def roff_blocks(text):
    """(name of the file or None, lines)"""
    name, block = None, None
    for line in text.splitlines():
        if line.startswith('.\\" file '):
            name = line.split(" ", 2)[2]
        elif line == ".EX":
            block = []
        elif line == ".EE":
            yield name, block
            name, block = None, None
        elif block is not None:
            line = re.sub(r"\\f[BIR]", "", line).replace("\\&", "").replace("\\-", "-").replace("\\(aq", "'")
            block.append(line.replace("\\e", "\\"))


def markdown_blocks(text):
    name, block = None, None
    for line in text.splitlines():
        if line.startswith("```"):
            if block is None:
                block = []
            else:
                yield name, block
                name, block = None, None
        elif block is not None:
            block.append(line)
        elif line.strip():
            told = re.search(r"`([^`]+)`:$", line)
            name = told[1] if told else None


def fits(said, told):
    """Whether that is what was told, with ... for any lines."""
    pattern = r"\n".join(r"[^\0]*?".join(re.escape(part) for part in line.split("...")) for line in told)
    return re.fullmatch(pattern, said.rstrip("\n")) is not None


class Folder:
    def __init__(self, path, mujaz, strict):
        self.at, self.strict = path, strict
        self.env = dict(os.environ, PATH=os.path.dirname(os.path.abspath(mujaz)) + ":" + os.environ["PATH"],
                        XDG_CACHE_HOME=path + "/.cache", LC_ALL="C.UTF-8")
        self.count = 0

    def run(self, command, told):
        self.count += 1
        # A cd holds for what follows.
        result = subprocess.run(["sh", "-c", command + "\nstatus=$?; pwd >&3; exit $status"], cwd=self.at, env=self.env,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, pass_fds=[3])
        os.lseek(3, 0, os.SEEK_SET)
        self.at = os.read(3, 4096).decode().splitlines()[-1]
        os.ftruncate(3, 0)
        os.lseek(3, 0, os.SEEK_SET)
        if result.returncode:
            return f"$ {command}\nended with {result.returncode}:\n{result.stdout}"
        if (told or self.strict) and not fits(result.stdout, told):
            return f"$ {command}\nsaid\n{result.stdout}\nand not\n" + "\n".join(told)
        return None

    def block(self, name, lines):
        if name:
            path = os.path.join(self.at, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            return None
        command, told = None, []
        for line in lines + ["$ "]:
            if line.startswith("$ "):
                wrong = command and self.run(command, told)
                if wrong:
                    return wrong
                command, told = line[2:], []
            elif command:
                told.append(line)
        return None


def try_file(mujaz, path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    blocks = markdown_blocks(text) if path.endswith(".md") else roff_blocks(text)
    with tempfile.TemporaryDirectory() as folder:
        if not path.endswith(".md"):
            for part in ("reports", "datasets", "layouts", "fonts"):
                shutil.copytree(part, f"{folder}/{part}")
        here = Folder(folder, mujaz, path.endswith(".md"))
        for name, lines in blocks:
            wrong = here.block(name, lines)
            if wrong:
                print(f"{path}: {wrong}")
                return None
        return here.count


def main():
    mujaz, *paths = sys.argv[1:]
    with tempfile.TemporaryFile() as where:
        os.dup2(where.fileno(), 3)
        counts = [try_file(mujaz, path) for path in paths]
    print(f"{len(paths)} pages, {sum(count or 0 for count in counts)} commands run")
    sys.exit(None in counts or sum(counts) == 0)


main()

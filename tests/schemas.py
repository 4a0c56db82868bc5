#!/usr/bin/env python3
"""Holds the JSON Schemas against the loaders. Usage: schemas.py MUJAZ LOADERS WORKFOLDER

Every shipped file must be taken by its schema. Then each file is broken in every place and way (a key removed, unknown
or of another kind, a value out of range or none of the choices), and loader and schema must agree: what the schema
refuses the loader must refuse; what the loader refuses for its structure the schema must refuse too, except for ONLY_LOADER.
"""
import copy
import glob
import json
import os
import re
import shutil
import subprocess
import sys

import jsonschema
import yaml

# What a loader says of a structure, and the schema cannot see, with the reason.
ONLY_LOADER = {
    "keys that go together": [
        r"'(columns|stack)' is for charts with", r"'stack' of a line is how its areas", r"a note stands at a value",
        r"has no note of '", r"a length is given for a page of a named size", r"the page's own size is missing",
        r"the period ends before it starts", r"a subtotal needs groups", r"every column groups rows",
        r"groups rows behind one that does not", r"the first column is summed", r"shares are not added up",
        r"without TLS mail goes to this machine only",
    ],
    "a sum of several values": [r"leave a width of", r"lines of running text are .* apart and touch"],
    "a name of another key or file": [
        r"name a file in", r"there is no report '", r"there is no layout '", r"is not listed under 'families'",
    ],
    "more than a pattern says": [
        r"is no day; write it as",  # 2024-02-30
        r"this is no name of a",    # 1.5, a number to YAML
        r"is no file beside the texts", r"write a path in the workspace", r"is no address",
    ],
}

# Ways to break a file that no rule of `others` makes.
ROLL = "tests/data/report/tables/reports/roll/report.yaml"
GALLERY = "reports/chart-gallery/report.yaml"
SPARE = "layouts/one-pager.yaml"
MAIL = "tests/data/mail/all.yaml"
BOTH = {"en": "Sum", "ar": "المجموع"}
MORE = [
    (ROLL, ("period",), {"from": "2024-04-03", "to": "2024-01-01"}),
    (ROLL, ("tables", "roll", "columns", 0, "group"), False),
    (ROLL, ("tables", "roll", "columns", 2, "group"), True),
    (ROLL, ("tables", "roll", "columns"), [{"field": "seats", "title": BOTH, "group": True}]),
    (ROLL, ("tables", "roll", "total"), {"label": BOTH, "columns": ["share"]}),
    (ROLL, ("tables", "wide", "total"), {"label": BOTH, "columns": ["province_en"]}),
    (GALLERY, ("charts", "bar", "columns"), 2),
    (GALLERY, ("charts", "panels", "stack"), "on_top"),
    (GALLERY, ("charts", "seats", "notes"), [{"day": "{day}", "label": BOTH}]),
    (SPARE, ("page",), {"size": "own"}),
    (SPARE, ("page",), {"size": "A4", "width_mm": 100}),
    (SPARE, ("margins_mm",), {"inner": 100, "outer": 100}),
    (SPARE, ("grid_pt",), 6),
    (SPARE, ("profile",), "../press.icc"),
    (MAIL, ("tls",), "none"), (MAIL, ("tls",), "connect"), (MAIL, ("from",), "a b@example.org"), (MAIL, ("from",), "a@b"),
    (MAIL, ("from",), ".a@example.org"), (MAIL, ("from",), "a@-x.org"), (MAIL, ("from",), "o'neill+x@example.org"),
    (MAIL, ("from_name", "en"), "A\nB"), (MAIL, ("unsubscribe",), "https://x> <y"), (MAIL, ("unsubscribe",), "https://"),
    (MAIL, ("url",), "https://x.example"), (MAIL, ("server",), "127.0.0.1"), (MAIL, ("server",), "a_b"),
]

STRUCTURE = {"key-unknown", "key-missing", "value-kind", "definition-value", "language-missing", "report-name",
             "chart-role", "layout-value", "layout-field", "schedule-value", "font-role", "mail-value"}


# Maps of names that the writer chose.
NAMES = ("figures", "parameters", "key_figures", "tables", "charts", "images", "families", "reports")


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: 2024-04-03 is a text, and so are yes and no."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
        ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
        ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789")):
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Core)


def others(value):
    """Values that may be wrong where this one is right."""
    if isinstance(value, dict):
        yield from ("zzz", [], ["zzz"], 5, {})
    elif isinstance(value, list):
        yield from ([], "zzz", {"zzz": 1}, 5)
        if value:
            yield value + [copy.deepcopy(value[0])]
            yield [[]]
            yield ["zzz zzz"]
    elif isinstance(value, bool):
        yield from ("yes", "true", 3, [], {})
    elif isinstance(value, (int, float)):
        yield from ("12", -1, 0, 0.5, 100000000, [], {}, True)
    else:
        yield from ([], {}, "", "zzz zzz", "Z", "{", 12, 1.5, True, None, "2024-02-30")


def mutants(value, path=()):
    """(path, what was done, whole) for each way to break a value; `whole` is made by put."""
    for other in others(value):
        yield path, other
    if isinstance(value, dict):
        yield path + ("zzz",), 1
        for key in value:
            yield path + (key,), KeyError
            yield from mutants(value[key], path + (key,))
    elif isinstance(value, list):
        for i, item in enumerate(value[:3]):
            yield from mutants(item, path + (i,))


def put(whole, path, value):
    whole = copy.deepcopy(whole)
    if not path:
        return value
    at = whole
    for step in path[:-1]:
        at = at[step]
    if value is KeyError:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return whole


def shape(path, whole):
    """The path without the names that the writer chose: places alike are broken once each."""
    out = []
    for i, step in enumerate(path):
        if isinstance(step, int):
            out.append("#")
        elif i == 1 and path[0] in NAMES:
            one = whole[path[0]][step] if step in whole[path[0]] else None
            out.append(one.get("type", "*") if isinstance(one, dict) else "*")
        else:
            out.append(step)
    return tuple(map(str, out))


def around(path, whole):
    """The file with that one only of what the writer named, when the path leads into one: the rest costs time."""
    named = [key for key in NAMES if isinstance(whole.get(key), dict)]
    if len(path) < 3 or path[0] not in named:
        return whole
    return {key: {path[1]: value[path[1]]} if key == path[0] else value for key, value in whole.items()
            if key == path[0] or key not in named or key == "families"}


def loaded(loaders, kind, folder, names):
    """What the loader says of each: {name: [(slug, line)]}."""
    said, name = {}, None
    for start in range(0, len(names), 500):
        result = subprocess.run([loaders, kind, folder, *names[start:start + 500]], capture_output=True, text=True)
        if result.returncode:
            sys.exit(f"{loaders} ended with {result.returncode}: {result.stderr}")
        for line in result.stdout.splitlines():
            if line.startswith("= "):
                name = line[2:]
                said[name] = []
            elif match := re.search(r": error: \[([a-z-]+)\] (.*)", line):
                said[name].append((match[1], match[2]))
    return said


def keep(kind, folder, name, value):
    text = json.dumps(value, ensure_ascii=False)
    path = {"report": f"{folder}/{name}.yaml", "layout": f"{folder}/layouts/{name}.yaml",
            "fonts": f"{folder}/fonts/{name}.yaml", "schedule": f"{folder}/{name}/schedule.yaml",
            "mail": f"{folder}/{name}/mail.yaml"}[kind]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


MET = set()


def only_loader(message):
    met = {pattern for patterns in ONLY_LOADER.values() for pattern in patterns if re.search(pattern, message)}
    MET.update(met)
    return bool(met)


def main():
    mujaz, loaders, folder = sys.argv[1:]
    files = {
        "report": sorted(glob.glob("reports/*/report.yaml") + glob.glob("tests/data/**/report.yaml", recursive=True)),
        "layout": sorted(glob.glob("layouts/*.yaml")),
        "fonts": sorted(glob.glob("fonts/*.yaml")),
        "schedule": sorted(glob.glob("tests/data/schedule/*.yaml")),
        "mail": sorted(glob.glob("tests/data/mail/*.yaml")),
    }
    for part in ("layouts", "fonts"):
        shutil.copytree(part, f"{folder}/{part}")
    wrong = 0
    for kind, paths in files.items():
        schema = json.loads(subprocess.run([mujaz, "schema", kind], capture_output=True, check=True).stdout)
        jsonschema.Draft7Validator.check_schema(schema)
        validator = jsonschema.Draft7Validator(schema)
        done, made = set(), {}
        for path in paths:
            whole = read(path)
            for error in validator.iter_errors(whole):
                print(f"{path}: {'/'.join(map(str, error.path))}: {error.message}")
                wrong += 1
            for at, value in mutants(whole):
                mark = (shape(at, whole), repr(value)[:40])
                if mark in done:
                    continue
                done.add(mark)
                name = f"m{len(made)}"
                made[name] = (path, at, value, put(around(at, whole), at, value))
                keep(kind, folder, name, made[name][3])
        for path, at, value in MORE:
            if path in paths:
                name = f"m{len(made)}"
                made[name] = (path, at, value, put(read(path), at, value))
                keep(kind, folder, name, made[name][3])
        said = loaded(loaders, kind, folder, list(made))
        refused = only = content = 0
        for name, (path, at, value, whole) in made.items():
            error = next(validator.iter_errors(whole), None)
            structure = [message for slug, message in said[name] if slug in STRUCTURE]
            unseen = [message for message in structure if not only_loader(message)]
            if error and not said[name]:
                print(f"{path}: {at} = {value!r}: the schema refuses what the loader takes: {error.message[:200]}")
                wrong += 1
            elif unseen and not error:
                print(f"{path}: {at} = {value!r}: the loader refuses what the schema takes: {unseen[0]}")
                wrong += 1
            else:
                refused += error is not None
                only += bool(structure and not error)
                content += bool(said[name] and not structure and not error)
        print(f"{kind}: {len(paths)} files, broken in {len(made)} ways: {refused} refused by both, {only + content} by the "
              f"loader alone ({only} for what keys say together), the others by none")
        if not refused:
            print(f"{kind}: nothing was refused")
            wrong += 1
    for pattern in {pattern for patterns in ONLY_LOADER.values() for pattern in patterns} - MET:
        print(f"no loader said anything like '{pattern}': take it out of ONLY_LOADER, or break a file so")
        wrong += 1
    sys.exit(wrong > 0)


main()

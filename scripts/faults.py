#!/usr/bin/env python3
"""What a nightly run survives. After each fault the published run must be whole, every file as its manifest says, no
report of the last run may be missing from it, and nothing else may lie in the folder; the exit code must be right.

Usage: faults.py [--short] [PART]...   (PART: kill, errors, interrupts, stale, short-writes, full-disk, starts, signals,
killed, manifest, clock, folder; all unless named.)  BUILD is where mujaz is. Needs strace; full-disk and folder need root.
"""
import hashlib, json, os, random, re, shutil, signal, stat, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.realpath(os.environ.get("BUILD") or os.path.join(ROOT, "build"))
MUJAZ = os.path.join(BUILD, "mujaz")
REPORTS = ["first", "second", "third"]  # the first changes from run to run
NOTHING = subprocess.DEVNULL


class Fault(Exception):
    pass


def need(good, what):
    if not good:
        raise Fault(what)


class Night:
    def __init__(self, folder, out=None):
        self.folder, self.out = folder, out or os.path.join(folder, "out")
        self.issue, self.said = 1, ""
        for name in ("layouts", "fonts"):
            shutil.copytree(os.path.join(ROOT, name), os.path.join(folder, name))
        shutil.copytree(os.path.join(ROOT, "tests/data/cli/datasets"), os.path.join(folder, "datasets"))
        for name in REPORTS:
            shutil.copytree(os.path.join(ROOT, "tests/data/cli/reports/mini"), os.path.join(folder, "reports", name))
        with open(os.path.join(folder, "schedule.yaml"), "w") as f:
            f.write("jobs: 1\neditions: [en]\n")

    def change(self, name="first"):
        """Something to publish."""
        path = os.path.join(self.folder, "reports", name, "report.yaml")
        with open(path) as f:
            text = f.read()
        self.issue += 1
        with open(path, "w") as f:
            f.write(re.sub(r"(?m)^issue: .*", f"issue: {self.issue}", text))

    def spoil(self, name):
        with open(os.path.join(self.folder, "reports", name, "en.md"), "w") as f:
            f.write("## Only {#in-english}\n")

    def command(self):
        return [MUJAZ, "nightly", "-C", self.folder, "-o", self.out]

    def run(self, *before, env=None):
        done = subprocess.run([*before, *self.command()], stdin=NOTHING, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=env)
        self.said = done.stdout.decode(errors="replace")
        return done.returncode

    def first_run(self):
        code = self.run()
        need(code == 0, f"the first run ended with {code}: {self.said}")
        self.check("the first run")

    def current(self, name=""):
        return os.path.join(self.out, "current", name)

    def check(self, when, reports=tuple(REPORTS)):
        """The set is whole; its run's name."""
        try:
            with open(self.current("manifest.json")) as f:
                manifest = json.load(f)
            names = {"manifest.json"}
            for report in manifest["reports"]:
                need(report["files"] or report["name"] not in reports, f"{report['name']} has no files")
                for file in report["files"]:
                    names.add(file["name"])
                    with open(self.current(file["name"]), "rb") as f:
                        data = f.read()
                    need(hashlib.sha256(data).hexdigest() == file["sha256"] and len(data) == file["bytes"], file["name"])
            for file in manifest["site"]:
                names.add(file["name"])
                with open(self.current(file["name"]), "rb") as f:
                    need(hashlib.sha256(f.read()).hexdigest() == file["sha256"], file["name"])
            need(set(reports) <= {r["name"] for r in manifest["reports"]}, "a report is missing")
            need(names == set(os.listdir(self.current())), f"{names ^ set(os.listdir(self.current()))}")
            return manifest["run"]
        except (OSError, ValueError, KeyError, Fault) as fault:
            raise Fault(f"{when}: the published run is not whole: {fault}\n{self.said}") from None

    def runs(self):
        folder = os.path.join(self.out, "runs")
        return [n for n in os.listdir(folder) if not os.path.islink(os.path.join(folder, n))]

    def check_clean(self, when):
        left = [n for n in os.listdir(os.path.join(self.out, "runs")) if n.startswith(".")]
        left += [n for n in os.listdir(self.out) if n not in (".lock", "runs", "current")]
        need(not left, f"{when}: {left} was left")

    def recover(self, when):
        self.change()
        code = self.run()
        need(code == 0, f"the run after {when} ended with {code}: {self.said}")
        self.check(f"the run after {when}")
        self.check_clean(f"the run after {when}")
        for name in self.runs():  # so that listing them stays quick
            if name != os.path.basename(os.readlink(self.current().rstrip("/"))):
                shutil.rmtree(os.path.join(self.out, "runs", name))


# --- system calls ---------------------------------------------------------------------------------------------

CHANGING = "openat mkdir mkdirat write fsync fchmod renameat symlinkat linkat unlinkat close".split()
READING = "read newfstatat readlinkat getdents64 flock".split()
WAITING = "poll wait4".split()


def inject(night, call, what, n):
    """A run with that done at the Nth such call; its exit code, and whether there was such a call."""
    trace = os.path.join(night.folder, "trace")
    code = night.run("strace", "-qq", "-o", trace, "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={n}")
    with open(trace, errors="replace") as f:
        text = f.read()
    return code, "INJECTED" in text or "killed by SIGKILL" in text


def each_call(night, calls, what, step, judge):
    """One run for each call of each kind (when=N counts each kind for itself); how many."""
    count = 0
    for call in calls:
        n = 1
        while True:
            night.change()
            code, done = inject(night, call, what, n)
            if not done:
                break
            judge(code, f"{what} at {call} {n} (exit {code})")
            count += 1
            n += step
    return count


def has_strace():
    if shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], stderr=NOTHING).returncode == 0:
        return True
    print("left out: strace is not there, or may not trace")
    return False


def kill(night, short):
    if not has_strace():
        return
    night.first_run()
    count = each_call(night, CHANGING + READING + WAITING, "signal=KILL", 13 if short else 1,
                      lambda code, when: night.check(when))
    night.recover(f"{count} kills")
    print(f"kill -9 at {count} system calls: one whole run published each time")


def errors(night, short):
    if not has_strace():
        return
    night.first_run()
    for error in ["ENOSPC"] if short else "ENOSPC EIO EDQUOT EACCES EMFILE".split():
        codes, last = {}, [night.check("before")]

        def judge(code, when):
            # 127: the loader could not load a library; there was no run. 4: a worker was not heard.
            need(code in (0, 3, 127) or (code == 4 and "at read" in when), f"{when}\n{night.said}")
            run = night.check(when)
            need(code != 0 or run != last[0], f"{when}: the old run is published")
            codes[code], last[0] = codes.get(code, 0) + 1, run

        calls = CHANGING if short else CHANGING + READING + WAITING
        count = each_call(night, calls, f"error={error}", 13 if short else 1, judge)
        night.recover(error)
        print(f"{error} at {count} calls: one whole run published each time; exit codes {codes}")


def interrupts(night, short):
    """EINTR is no failure."""
    if not has_strace():
        return
    night.first_run()
    last, loader = [night.check("before")], [0]

    def judge(code, when):
        need(code == 0 or code == 127, f"{when}\n{night.said}")  # 127: the loader's own calls
        run = night.check(when)
        need(code != 0 or run != last[0], f"{when}: the old run is published")
        last[0] = run
        loader[0] += code == 127

    count = each_call(night, CHANGING + READING + WAITING, "error=EINTR", 29 if short else 1, judge)
    night.recover("EINTR")
    print(f"EINTR at {count} calls, {loader[0]} of them the loader's before the program begins: else exit 0 each time")


def stale(night, short):
    """A report that is wrong keeps its last files whatever the disk says, or the whole run is given up."""
    if not has_strace():
        return
    night.first_run()
    night.spoil("third")

    def judge(code, when):
        need(code in (1, 3, 127) or (code == 4 and "at read" in when), f"{when}\n{night.said}")
        night.check(when)

    count = each_call(night, ["openat", "read", "linkat", "readlinkat", "getdents64", "newfstatat"], "error=EIO",
                      23 if short else 1, judge)
    print(f"EIO at {count} calls beside a wrong report: its last files stayed each time")


# --- bytes ----------------------------------------------------------------------------------------------------


def short_writes(night, short):
    library = os.path.join(night.folder, "short_writes.so")
    subprocess.run([os.environ.get("CC", "cc").split()[-1], "-shared", "-fPIC", "-O1", "-o", library,
                    os.path.join(ROOT, "tests/faults/short_writes.c")], check=True)
    night.first_run()
    night.change()
    code = night.run(env={**os.environ, "LD_PRELOAD": library})
    need(code == 0, f"short writes: exit {code}: {night.said}")
    night.check("short writes")
    need("first: made" in night.said, night.said)
    with open(night.current("first.en.pdf"), "rb") as f:
        data = f.read()
    shutil.rmtree(night.out)
    need(night.run() == 0, night.said)
    with open(night.current("first.en.pdf"), "rb") as f:
        need(f.read() == data, "short writes gave other bytes")
    print("short writes and reads, each third interrupted: exit 0, the same bytes")


def full_disk(night, short):
    """A disk of each size: first an empty one, then one that holds a run and has so much room left."""
    night.out = os.path.join(night.folder, "disk", "out")
    disk = os.path.dirname(night.out)
    os.mkdir(disk)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk], stderr=NOTHING).returncode:
        print("left out: only root can mount a full disk")
        return
    try:
        page = 64 * 1024 if short else 4096
        for full in (False, True):
            size, failed, codes = page, 0, set()
            while True:
                subprocess.run(["umount", disk], check=True)
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={64 << 20 if full else size}", "tmpfs", disk], check=True)
                when = f"{size} bytes {'left' if full else 'in all'}"
                before = None
                if full:
                    night.first_run()
                    before = night.check(when)
                    st = os.statvfs(disk)
                    used = (st.f_blocks - st.f_bfree) * st.f_frsize
                    subprocess.run(["mount", "-o", f"remount,size={used + size}", disk], check=True)
                    for name in REPORTS:
                        night.change(name)
                code = night.run()
                codes.add(code)
                if code == 0:
                    need(night.check(when) != before, f"{when}: the old run is published")
                    break
                need(code == 3, f"{when}: exit {code}: {night.said}")
                if full:
                    need(night.check(when) == before, f"{when}: exit 3, and another run")
                else:
                    need(not os.path.lexists(night.current("").rstrip("/")), f"{when}: something is published")
                if os.path.isdir(os.path.join(night.out, "runs")):
                    need(not [n for n in os.listdir(os.path.join(night.out, "runs")) if n.startswith(".")], f"{when}: a stage")
                failed += 1
                size += page
            print(f"a disk with room from {page // 1024} to {size // 1024} KiB{' beside a run' if full else ''}: "
                  f"{failed} times exit 3 and {'the old set' if full else 'nothing'}, then exit 0 and all of it")
    finally:
        subprocess.run(["umount", disk])


# --- processes ------------------------------------------------------------------------------------------------


def starts(night, short):
    night.first_run()
    count, codes = 10 if short else 200, {}
    for i in range(count):
        night.change()
        pair = [subprocess.Popen(night.command(), stdout=NOTHING, stderr=NOTHING) for _ in range(2)]
        for code in sorted(p.wait() for p in pair):
            codes[code] = codes.get(code, 0) + 1
        night.check(f"double start {i}")
        need(set(codes) <= {0, 5}, f"double start {i}: exit codes {codes}")
    need(codes[0] >= count, f"exit codes {codes}: in some pair none worked")
    need(codes.get(5, 0) > 0, f"exit codes {codes}: never at once")
    night.check_clean("double starts")
    print(f"{count} double starts: exit 0 {codes[0]} times, exit 5 {codes.get(5, 0)} times")


def workers_of(night):
    """Processes whose command line is that of this night's runs."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                words = f.read().split(b"\0")
        except OSError:
            continue
        if night.folder.encode() in words and b"nightly" in words:
            found.append(int(pid))
    return found


def signals(night, short):
    night.first_run()
    count, codes, slowest = 10 if short else 200, {}, 0.0
    for name in REPORTS:
        night.change(name)
    begun = time.monotonic()
    night.run()
    whole = time.monotonic() - begun
    for i in range(count):
        which = [signal.SIGTERM, signal.SIGINT][i % 2]
        for name in REPORTS:
            night.change(name)
        process = subprocess.Popen(night.command(), stdout=NOTHING, stderr=NOTHING)
        time.sleep(random.random() * whole * 1.5)
        begun = time.monotonic()
        process.send_signal(which)
        code = process.wait()
        slowest = max(slowest, time.monotonic() - begun)
        need(code in (0, -which), f"signal {i}: exit {code}")
        codes[code] = codes.get(code, 0) + 1
        need(not workers_of(night), f"signal {i}: a worker was left")
        night.check(f"signal {i}")
        if code == 0 or i % 20 == 0:
            night.recover("signals")
        else:
            night.check_clean(f"signal {i} (exit {code})")
    need(slowest < 3, f"one took {slowest:.1f} s to stop")
    print(f"{count} SIGTERMs and SIGINTs in {whole:.2f} s runs: exit codes {codes}, stopped in {slowest:.2f} s at most")


def killed(night, short):
    """kill -9 of the run alone: its workers go too, and the next run is not kept out by them."""
    night.first_run()
    count = 5 if short else 100
    for i in range(count):
        for name in REPORTS:
            night.change(name)
        process = subprocess.Popen(night.command(), stdout=NOTHING, stderr=NOTHING)
        time.sleep(random.random() * 0.3)
        process.kill()
        process.wait()
        night.check(f"kill {i}")
        night.recover(f"kill {i}")
    print(f"{count} times kill -9, and the next run at once: it was never kept out")


# --- folders --------------------------------------------------------------------------------------------------


def manifest(night, short):
    """Each region of the manifest damaged: it is seen, and all is made anew."""
    night.first_run()
    length = os.path.getsize(night.current("manifest.json"))
    regions = range(0, length, 499 if short else 16)
    for at in regions:
        with open(night.current("manifest.json"), "r+b") as f:
            f.seek(at)
            byte = f.read(1)[0]
            f.seek(at)
            f.write(bytes([byte ^ 1 << random.randrange(8)]))
        code = night.run()
        need(code == 0 and "everything is made anew" in night.said, f"byte {at} damaged: exit {code}: {night.said}")
        need(night.said.count(": made,") == len(REPORTS), night.said)
        night.check(f"byte {at} damaged")
    print(f"a manifest damaged at {len(regions)} places: everything made anew each time")


def clock(night, short):
    """The clock was set back: what is published is of a later time than now."""
    night.first_run()
    old = night.check("before")
    later = "20990101T000000Z"
    os.rename(os.path.join(night.out, "runs", old), os.path.join(night.out, "runs", later))
    os.unlink(night.current("").rstrip("/"))
    os.symlink(f"runs/{later}", night.current("").rstrip("/"))
    ids = []
    for i in range(3):
        night.change()
        need(night.run("env") == 0, night.said)
        ids.append(night.check("the clock was set back"))
    need(len(set(ids)) == 3 and max(ids) < later, f"{ids}")
    done = subprocess.run([*night.command(), "--keep=2", "--keep-days=1"], stdout=NOTHING)
    need(done.returncode == 0, f"exit {done.returncode}")
    need(sorted(night.runs()) == sorted([ids[2], night.check("the clock was set back")]), f"{ids}: {night.runs()}")
    print("the clock set back: later runs have their own names, and the newest are kept")


def folder(night, short):
    night.first_run()
    # moved
    away = night.out + "-away"
    os.rename(night.out, away)
    home, night.out = night.out, away
    night.recover("moving")
    # replaced by a link to where it went: an operator's choice
    os.symlink(away, home)
    night.out = home
    night.recover("a link to the folder")
    # replaced by a link that leads nowhere
    os.unlink(home)
    os.symlink(os.path.join(night.folder, "nowhere"), home)
    need(night.run() == 3, f"a dead link: {night.said}")
    os.unlink(home)
    night.out = away
    # runs/ replaced by a link: it could lead anywhere
    runs = os.path.join(away, "runs")
    os.rename(runs, runs + "-away")
    os.symlink(runs + "-away", runs)
    night.change()
    before = night.check("runs is a link")
    need(night.run() == 3, f"runs is a link: {night.said}")
    need(night.check("runs is a link") == before, "runs is a link: another run")
    os.unlink(runs)
    os.rename(runs + "-away", runs)
    # `current` replaced by a folder
    link = night.current("").rstrip("/")
    os.unlink(link)
    os.mkdir(link)
    need(night.run() == 3, f"current is a folder: {night.said}")
    os.rmdir(link)
    code = night.run()
    need(code == 0, night.said)
    night.check_clean("current was a folder")
    night.check("current was a folder")
    print("the folder moved, or a link to it: exit 0; a link in place of runs/, a dead one, a folder in place of current: "
          "exit 3")
    if os.geteuid() != 0:
        print("left out: a folder that may not be written needs root")
        return
    before = night.check("read-only")
    night.change()
    subprocess.run(["chmod", "-R", "a+rX", night.folder], check=True)
    code = night.run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    need(code == 3 and night.check("of another user") == before, f"of another user: exit {code}: {night.said}")
    if subprocess.run(["mount", "--bind", night.out, night.out], stderr=NOTHING).returncode:
        print("left out: a read-only mount, which is not allowed here")
        return
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", night.out], check=True)
        code = night.run()
        need(code == 3 and night.check("read-only") == before, f"read-only: exit {code}: {night.said}")
    finally:
        subprocess.run(["umount", night.out])
    night.recover("a folder that could not be written")
    print("the folder of another user, or read-only: exit 3, and the old set")


PARTS = {"kill": kill, "errors": errors, "interrupts": interrupts, "stale": stale, "short-writes": short_writes,
         "full-disk": full_disk, "starts": starts, "signals": signals, "killed": killed, "manifest": manifest,
         "clock": clock, "folder": folder}


def main():
    short = "--short" in sys.argv
    names = [a for a in sys.argv[1:] if a != "--short"] or list(PARTS)
    for name in names:
        if name not in PARTS:
            sys.exit(f"faults.py: there is no part '{name}'; there are {', '.join(PARTS)}")
    seed = int(os.environ.get("FAULTS_SEED", time.time()))
    random.seed(seed)
    begun = time.monotonic()
    for name in names:
        work = tempfile.mkdtemp(prefix="mujaz-faults-")
        os.chmod(work, 0o755)
        try:
            PARTS[name](Night(work), short)
        except Fault as fault:
            sys.exit(f"FAILED: {name} (FAULTS_SEED={seed}): {fault}")
        finally:
            shutil.rmtree(work)
        sys.stdout.flush()
    print(f"faults: {len(names)} parts in {time.monotonic() - begun:.0f} s")


main()

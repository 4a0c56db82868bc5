"""
mujaz deliver against a real SMTP server on loopback, with TLS and login: what arrives, how often, and what is said.

Usage: mail_check.py MUJAZ WORKSPACE SCENARIO    WORKSPACE: with a published run in WORKSPACE/out; it is left as it is

The server obeys the first word of an address: `nobody` is refused (550), `full` is put off (450) each time, `busy` the
first time; `cut` is put off when its message is there, the first time (451); `lost` loses the connection when its message is
taken, without a reply; `sick` is answered 500 and leaves the server confused: it wants no other message by that connection.
"""
import asyncio, email, email.header, email.policy, hashlib, json, logging, os, random, re, resource, shutil, signal, socket, ssl
import subprocess, sys, tempfile, time
from collections import Counter
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

logging.disable(logging.CRITICAL)
PASSWORD = "s3cret-of-the-test"


class Server:
    """What aiosmtpd calls, and the messages that it took: (address, bytes)."""
    def __init__(self, folder, tls=True, login=True, delay=0):
        self.taken, self.seen, self.delay, self.on = [], Counter(), delay, {}
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        options = {}
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
            options = {"tls_context": context, "require_starttls": True}
        if login:
            options |= {"auth_required": True, "authenticator": self.login}
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    def login(self, server, session, envelope, mechanism, data):
        good = data.login == b"sender" and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=good)

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        return "553 5.7.1 not allowed to send as that" if address.startswith("forged@") else "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        word = address.split("@")[0].split(".")[0]
        self.seen[address] += 1
        if "RCPT" in self.on:
            self.on["RCPT"](address)
        if word == "nobody":
            return "550 5.1.1 no such user"
        if word == "full" or (word == "busy" and self.seen[address] == 1):
            return "450 4.2.1 mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address, word = envelope.rcpt_tos[0], envelope.rcpt_tos[0].split(".")[0].split("@")[0]
        await asyncio.sleep(self.delay)
        if word == "cut" and self.seen[address] == 1:
            return "451 4.3.0 try again"
        if word == "sick":
            raise RuntimeError("sick")
        self.taken.append((address, envelope.original_content))
        if "DATA" in self.on:
            self.on["DATA"](address)
        if word == "lost":
            server.transport.abort()
            return "250 unheard"
        return "250 OK"

    def counts(self):
        return Counter(address for address, _ in self.taken)


class Place:
    """A copy of the workspace's run with recipients and settings of its own."""
    def __init__(self, mujaz, workspace, folder):
        self.mujaz, self.folder, self.source = mujaz, folder, workspace
        for name in ("reports", "datasets", "layouts", "fonts", "out"):
            shutil.copytree(f"{workspace}/{name}", f"{folder}/{name}", symlinks=True)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder + "/key.pem", "-out",
                        folder + "/cert.pem"], check=True, capture_output=True)
        self.environment = dict(os.environ, MUJAZ_SMTP_PASSWORD=PASSWORD)

    def settings(self, server, **more):
        values = {"server": "127.0.0.1", "port": server.port, "ca_file": "cert.pem", "user": "sender", "from":
                  "briefings@example.org", "tries": 2, "wait_seconds": 1, "reply_seconds": 5} | more
        with open(self.folder + "/mail.yaml", "w") as f:
            f.writelines(f"{key}: {value}\n" for key, value in values.items() if value is not None)

    def recipients(self, *rows, header="email,name,language,report,edition,key"):
        with open(self.folder + "/recipients.csv", "w") as f:
            f.write("\n".join((header,) + rows) + "\n")

    def command(self, *words):
        return [self.mujaz, "deliver", "-C", self.folder, "-o", self.folder + "/out", *words]

    def deliver(self, *words, code=0):
        r = subprocess.run(self.command(*words), capture_output=True, text=True, env=self.environment, timeout=120)
        assert r.returncode == code, (r.returncode, r.stdout, r.stderr)
        journal = open(self.journal).read() if os.path.exists(self.journal) else ""
        for text in (r.stdout, r.stderr, journal):
            assert PASSWORD not in text
        self.said = r.stdout + r.stderr
        return self.said

    @property
    def journal(self):
        return self.folder + "/out/.mail.journal"

    def published(self, name):
        return open(f"{self.folder}/out/current/{name}", "rb").read()

    def run(self):
        return os.path.basename(os.readlink(self.folder + "/out/current"))

    def nightly(self, code=0):
        r = subprocess.run([self.mujaz, "nightly", "-C", self.folder, "-o", self.folder + "/out", "--jobs=1"],
                           capture_output=True, text=True)
        assert r.returncode == code, (r.stdout, r.stderr)


def parse(content):
    assert all(len(line) <= 998 for line in content.split(b"\r\n")) and b"\n" not in content.replace(b"\r\n", b"")
    assert all(c < 128 for c in content)
    return email.message_from_bytes(content, policy=email.policy.default)


def texts(message):
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def says(place, *words):
    for word in words:
        assert word in place.said, (word, place.said)


def messages(place):
    """Both languages, whole: headers, parts, charsets, the PDF's bytes; and nothing a second time."""
    name = "علي حسن، مدير مكتب المتابعة في محافظة البصرة وما حولها من الأقضية والنواحي"
    place.recipients('a@example.org,"Ann ""A"" Example",en,mini,,', f"b@example.org,{name},ar,mini,,", "b@example.org,,ar,mini,parallel,")
    with Server(place.folder) as server:
        place.settings(server, unsubscribe="mailto:stop@example.org?subject=stop", reply_to="office@example.org",
                       url="https://briefings.example/out")
        place.deliver()
        says(place, "3 messages, 3 sent")
        assert len(server.taken) == 3
        place.deliver()
        says(place, "3 messages, 3 sent before")
        assert len(server.taken) == 3
    en, ar, both = (parse(content) for _, content in server.taken)
    assert en["To"] == '"Ann \\"A\\" Example" <a@example.org>', en["To"]
    # Python shows a blank too many where two encoded words meet in a name (RFC 2047, 6.2); its older reader does not.
    old = email.message_from_bytes(server.taken[1][1])
    assert str(email.header.make_header(email.header.decode_header(old["To"]))) == f"{name} <b@example.org>", old["To"]
    assert " ".join(ar["To"].addresses[0].display_name.split()) == name, ar["To"]
    assert ar["To"].addresses[0].addr_spec == "b@example.org"
    assert both["To"] == "b@example.org"
    assert en["From"].addresses[0].display_name == "The tests" and ar["From"].addresses[0].display_name == "الاختبارات"
    assert en["Subject"] == "Seats · 3 April 2024" and ar["Subject"].startswith("المقاعد · "), (en["Subject"], ar["Subject"])
    ids = [m["Message-ID"] for m in (en, ar, both)]
    assert len(set(ids)) == 3 and all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", i) for i in ids)
    for m, file, lang, direction in ((en, "mini.en.pdf", "en", "ltr"), (ar, "mini.ar.pdf", "ar", "rtl"), (both, "mini.pdf", "ar", "rtl")):
        assert m.get_content_type() == "multipart/mixed" and m["Auto-Submitted"] == "auto-generated"
        assert m["List-Unsubscribe"] == "<mailto:stop@example.org?subject=stop>" and m["Reply-To"] == "office@example.org"
        assert abs(m["Date"].datetime.timestamp() - time.time()) < 60 and not m.defects
        alternative, pdf = m.iter_parts()
        assert alternative.get_content_type() == "multipart/alternative"
        assert [p.get_content_type() for p in alternative.iter_parts()] == ["text/plain", "text/html"]
        for part in alternative.iter_parts():
            assert part.get_content_charset() == "utf-8" and part["Content-Language"] == lang and not part.defects
            assert b"\n" not in part.get_payload(decode=True).replace(b"\r\n", b"")
        assert pdf.get_content_type() == "application/pdf" and pdf.get_filename() == file
        assert pdf.get_payload(decode=True) == place.published(file)
        plain, html = texts(m)
        link = f"https://briefings.example/out/runs/{place.run()}/{file}"
        assert f'<html lang="{lang}" dir="{direction}">' in html and f'<div lang="{lang}" dir="{direction}"' in html
        assert link in plain and f'href="{link}"' in html
        assert m["Subject"].split(" · ")[0] in plain and "<script" not in html
    assert "A small report" in texts(en)[0] and "3 April 2024" in texts(en)[0] and "attached" in texts(en)[0]
    assert "تقرير صغير" in texts(ar)[0] and "مرفق" in texts(ar)[1]
    assert oct(os.stat(place.journal).st_mode & 0o777) == "0o600"


def linked(place):
    place.recipients("a@example.org,,en,mini,,", "b@example.org,,ar,mini,,")
    with Server(place.folder) as server:
        place.settings(server, attach_mb=0)
        place.deliver(code=1)
        says(place, "[mail-size] mini.en.pdf has", "recipients.csv:2:1: error", "2 not made")
        assert not server.taken
        place.settings(server, attach_mb=0, url="https://briefings.example/out/")
        place.deliver()
    for _, content in server.taken:
        m = parse(content)
        assert m.get_content_type() == "multipart/alternative" and not list(m.iter_attachments())
        assert f"https://briefings.example/out/runs/{place.run()}/mini." in texts(m)[0]
        assert b"%PDF" not in content and len(content) < 8000


def troubles(place):
    """Each kind of refusal: what is tried again, what is not, what is said, and that the others get theirs."""
    words = ("nobody", "full", "busy", "cut", "lost", "sick", "good")
    place.recipients(*(f"{word}@example.org,,en,mini,," for word in words))
    with Server(place.folder) as server:
        place.settings(server)
        place.deliver(code=3)
        says(place, "7 messages, 3 sent, 1 not yet sent, 2 refused, 1 unsure")
        says(place, "recipients.csv:2:1: error: [mail-refused] mini.en.pdf to nobody@example.org: 550 5.1.1 no such user")
        says(place, "recipients.csv:3:1: error: [mail-later] mini.en.pdf to full@example.org: 450 4.2.1 mailbox busy")
        says(place, "recipients.csv:6:1: error: [mail-unsure] mini.en.pdf to lost@example.org: all of it was sent")
        says(place, "[mail-refused] mini.en.pdf to sick@example.org: 500 ")
        assert server.seen == {"nobody@example.org": 1, "full@example.org": 2, "busy@example.org": 2, "cut@example.org": 2,
                               "lost@example.org": 1, "sick@example.org": 1, "good@example.org": 1}, server.seen
        place.deliver(code=3)
        assert server.seen["nobody@example.org"] == 1 and server.seen["lost@example.org"] == 1
        assert server.seen["full@example.org"] == 4 and server.seen["good@example.org"] == 1
        place.deliver("--dry-run", code=0)
        for line in place.said.splitlines()[2:]:
            state = {"nobody": "refused", "sick": "refused", "full": "to send", "lost": "unsure"}.get(line.split("@")[0], "sent before")
            assert line.rstrip().endswith(state), line
        first = [c for a, c in server.taken if a == "lost@example.org"]
        place.deliver("--again", code=3)
        again = [c for a, c in server.taken if a == "lost@example.org"]
        assert len(first) == 1 and len(again) >= 2 and len({parse(c)["Message-ID"] for c in again}) == 1
        assert server.seen["nobody@example.org"] == 2 and server.seen["good@example.org"] == 1


def distrust(place):
    """No certificate, no TLS, a wrong login, a refused sender, no server: nothing is sent and nobody is called refused."""
    place.recipients("a@example.org,,en,mini,,", "b@example.org,,en,mini,,")
    with Server(place.folder) as server:
        place.settings(server, ca_file=None)
        place.deliver(code=3)
        says(place, "[mail-server]", "no mail is sent until that is put right")
        place.settings(server, **{"from": "forged@example.org"})
        place.deliver(code=3)
        says(place, "[mail-server] 553 5.7.1 not allowed to send as that")
        assert server.seen == {}
        place.environment["MUJAZ_SMTP_PASSWORD"] = "wrong"
        place.settings(server)
        place.deliver(code=3)
        says(place, "127.0.0.1: error: [mail-server] 535 ")
        place.environment["MUJAZ_SMTP_PASSWORD"] = PASSWORD
        assert not server.taken
    with Server(place.folder, tls=False, login=False) as server:
        place.settings(server)
        place.deliver(code=3)
        says(place, "[mail-server]")
        assert not server.taken
        place.settings(server, tls="none", user=None)
        place.deliver()
        assert server.counts() == {"a@example.org": 1, "b@example.org": 1}
    place.recipients("c@example.org,,en,mini,,")
    place.settings(server)
    place.deliver(code=3)
    says(place, "[mail-server]", f"(port {server.port}); 'mujaz deliver' tries again", "waiting 1 s")


def secrets(place):
    place.recipients("a@example.org,,en,mini,,")
    del place.environment["MUJAZ_SMTP_PASSWORD"]
    secret = place.folder + "/secret"
    with open(secret, "w") as f:
        f.write(PASSWORD + "\n")
    with Server(place.folder) as server:
        place.settings(server)
        place.deliver(code=1)
        says(place, "mail.yaml:4:7: error: [mail-secret] there is no password for 'sender'")
        place.settings(server, password_file=secret)
        os.chmod(secret, 0o640)
        place.deliver(code=1)
        says(place, "secret: error: [mail-secret] others may read the file (its mode is 0640)")
        os.chmod(secret, 0o600)
        if os.geteuid() == 0:
            os.chown(secret, 12345, -1)
            place.deliver(code=1)
            says(place, "belongs to another user")
            os.chown(secret, 0, -1)
        assert not server.seen
        place.deliver()
        assert server.counts() == {"a@example.org": 1}
        os.truncate(secret, 0)
        place.deliver(code=1)
        says(place, "[mail-secret] the password is empty")


def killed(place):
    """kill -9 at any moment, again and again: no message twice; and what has not arrived is either sent or called unsure."""
    addresses = [f"r{i}@example.org" for i in range(12)]
    place.recipients(*(f"{a},,en,mini,," for a in addresses))
    random.seed(7)
    with Server(place.folder, delay=0.03) as server:
        place.settings(server)
        process, kills = None, 0
        def kill(address):
            nonlocal kills
            kills += 1
            os.kill(process.pid, signal.SIGKILL)
        server.on = {"RCPT": lambda a: a == "r2@example.org" and server.seen[a] == 1 and kill(a),
                     "DATA": lambda a: a == "r4@example.org" and kills == 1 and kill(a)}
        for moment in (None, None, *(random.uniform(0.02, 0.3) for _ in range(8))):
            process = subprocess.Popen(place.command(), env=place.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if moment:
                time.sleep(moment)
                process.kill()
            process.wait()
            assert process.returncode in ((-9,) if not moment else (-9, 0, 1)), process.returncode
        assert kills == 2, kills
        time.sleep(0.2)
        place.deliver(code=1)
        unsure = {a for a in addresses if f"[mail-unsure] mini.en.pdf to {a}:" in place.said}
        counts = server.counts()
        assert "r4@example.org" in unsure and counts["r4@example.org"] == 1 and counts["r2@example.org"] == 1
        assert all(counts[a] == 1 for a in addresses if a not in unsure), counts
        assert all(counts[a] <= 1 for a in unsure), counts
        print(f"{12 - len(unsure)} of 12 messages sent once, {len(unsure)} unsure, of which {sum(counts[a] for a in unsure)} arrived")
        place.deliver("--again")
        counts = server.counts()
        assert all(counts[a] >= 1 for a in addresses) and all(counts[a] == 1 for a in addresses if a not in unsure), counts
        ids = Counter(parse(c)["Message-ID"] for _, c in server.taken)
        assert len(ids) == 12, ids


def stopped(place):
    """SIGTERM between two messages, or before the last bytes of one: ended soon, and the rest is sent by the next."""
    addresses = [f"r{i}@example.org" for i in range(8)]
    place.recipients(*(f"{a},,en,mini,," for a in addresses))
    with Server(place.folder, delay=0.1) as server:
        place.settings(server)
        process = subprocess.Popen(place.command(), env=place.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while len(server.taken) < 2:
            time.sleep(0.01)
        begun = time.time()
        process.terminate()
        out, err = process.communicate()
        assert process.returncode == -signal.SIGTERM and time.time() - begun < 3, (process.returncode, out, err)
        assert "not tried; 'mujaz deliver' sends it" in err and "unsure" not in out, (out, err)
        place.deliver()
        assert server.counts() == {a: 1 for a in addresses}, server.counts()
        # A server that looks at a message for long: its reply is waited for, but some seconds only.
        place.recipients("slow@example.org,,en,mini,,")
        server.delay = 20
        process = subprocess.Popen(place.command(), env=place.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while not server.seen["slow@example.org"]:
            time.sleep(0.01)
        time.sleep(0.5)
        begun = time.time()
        process.terminate()
        out, err = process.communicate()
        assert process.returncode == -signal.SIGTERM and 1 < time.time() - begun < 6, (time.time() - begun, out, err)
        assert "[mail-unsure] mini.en.pdf to slow@example.org" in err, (out, err)


def nights(place):
    """The next night: what is the same is not sent again, what is new is, what is stale says so to who has not got it."""
    place.recipients("a@example.org,,en,mini,,", "b@example.org,,ar,mini,,")
    with Server(place.folder) as server:
        place.settings(server)
        place.deliver()
        time.sleep(1.1)
        place.nightly()
        place.deliver()
        says(place, "2 sent before")
        place.settings(server, send="every_run")
        place.deliver()
        says(place, "2 messages, 2 sent\n")
        place.deliver()
        says(place, "2 sent before")
        place.settings(server)
        definition = place.folder + "/reports/mini/report.yaml"
        text = open(definition).read()
        open(definition, "w").write(text.replace("issue: 1", "issue: 2"))
        place.nightly()
        place.deliver()
        says(place, "2 messages, 2 sent\n")
        open(definition, "w").write(text.replace("council_lists", "nowhere"))
        place.nightly(code=1)
        place.recipients("a@example.org,,en,mini,,", "b@example.org,,ar,mini,,", "c@example.org,,en,mini,,", "d@example.org,,ar,mini,,")
        place.deliver()
        says(place, "4 messages, 2 sent before, 2 sent")
    assert server.counts() == {"a@example.org": 3, "b@example.org": 3, "c@example.org": 1, "d@example.org": 1}
    assert len({parse(c)["Message-ID"] for _, c in server.taken}) == 8
    en, ar = (parse(c) for _, c in server.taken[-2:])
    assert en["Subject"] == "Not updated: Seats · 3 April 2024" and ar["Subject"].startswith("غير محدَّثة: المقاعد")
    for text in texts(en):
        assert "Not updated. This edition was published on" in text
    for text in texts(ar):
        assert "غير محدَّثة. نُشرت هذه النسخة في" in text


def pages(place):
    """What is attached to a PDF may change: readers are mailed when its pages do. A journal with digests of PDFs is read."""
    place.recipients("a@example.org,,en,mini,,", "b@example.org,,ar,mini,,")
    data = place.folder + "/datasets/lists/council-lists.csv"
    text = open(data).read()
    with Server(place.folder) as server:
        place.settings(server)
        place.deliver()
        before = place.published("mini.en.pdf")
        open(data, "w").write(text.replace("2023-12-18", "2023-12-19")) # which is printed nowhere
        place.nightly()
        assert place.published("mini.en.pdf") != before
        place.deliver()
        says(place, "2 messages, 2 sent before")
        run = json.loads(place.published("manifest.json"))
        shown = [f["about"]["shown"] for f in run["reports"][0]["files"] if f["name"] == "mini.en.pdf"][0]
        lines = open(place.journal).read()
        assert shown in lines
        open(place.journal, "w").write(lines.replace(shown, hashlib.sha256(place.published("mini.en.pdf")).hexdigest()))
        place.deliver()
        says(place, "2 messages, 2 sent before")
        open(data, "w").write(text.replace(",43,", ",44,"))
        place.nightly()
        place.deliver()
        says(place, "2 messages, 2 sent\n")
        link = place.folder + "/reports/mini/en.md"
        points = open(link).read()
        open(link, "w").write(points.replace("First point", "[First](https://a.example/) point"))
        place.nightly()
        place.deliver()
        says(place, "1 sent before, 1 sent\n")
        open(link, "w").write(points.replace("First point", "[First](https://b.example/) point"))
        place.nightly()
        place.deliver()
        says(place, "1 sent before, 1 sent\n")
    assert server.counts() == {"a@example.org": 4, "b@example.org": 2}
    assert len({parse(c)["Message-ID"] for _, c in server.taken}) == 6


def packets(place):
    """Keys: each gets the packet that the row names, * all of them, and a wrong or missing key is told with its place."""
    run = place.folder + "/out/current"
    text = open(run + "/manifest.json").read()
    for old, new in (("mini.en.pdf", "mini-basra.en.pdf"), ("mini.pdf", "mini-najaf.pdf")):
        os.rename(f"{run}/{old}", f"{run}/{new}")
        text = text.replace(f'"name": "{old}"', f'"name": "{new}"')
    # The packet of Najaf becomes an English one too.
    os.rename(run + "/mini-najaf.pdf", run + "/mini-najaf.en.pdf")
    text = text.replace('"mini-najaf.pdf"', '"mini-najaf.en.pdf"').replace('"edition": "parallel"', '"edition": "en"')
    head, mark, _ = text.partition(',\n  "digest": "')
    if mark:
        text = head + mark + hashlib.sha256(head.encode()).hexdigest() + '"\n}\n'
    open(run + "/manifest.json", "w").write(text)
    place.recipients("basra@example.org,,en,mini,,basra", "all@example.org,,en,mini,,*", "none@example.org,,en,mini,,",
                     "wrong@example.org,,en,mini,,najef", "ar@example.org,,ar,mini,,*", "par@example.org,,ar,mini,parallel,")
    with Server(place.folder) as server:
        place.settings(server)
        place.deliver(code=1)
        assert sorted((a, next(parse(c).iter_attachments()).get_filename()) for a, c in server.taken) == [
            ("all@example.org", "mini-basra.en.pdf"), ("all@example.org", "mini-najaf.en.pdf"), ("basra@example.org", "mini-basra.en.pdf")]
    says(place, "recipients.csv:4:28: error: [recipient-file] 'mini' is made in packets; give the key of one, as 'najaf', or * for all")
    says(place, "recipients.csv:5:29: error: [recipient-file] 'mini' has no packet 'najef' in run", "did you mean 'najaf'?")
    says(place, "recipients.csv:6:26: error: [recipient-file] 'mini' has no packets; leave the key '*' out")
    says(place, "recipients.csv:7:26: error: [recipient-file] run", "has no edition 'parallel' of 'mini'")


def full_disk(place):
    """The disk is full at any line of the journal: nothing is sent that could not be noted before, nothing twice."""
    place.recipients("a@example.org,,en,mini,,")
    with Server(place.folder) as server:
        place.settings(server)
        place.deliver()
        whole = open(place.journal).read()
        ends = [i + 1 for i, c in enumerate(whole) if c == "\n"]
        for line in range(4): # the title, begun, ending, sent
            for limit in ((ends[line - 1] if line else 0), ends[line] - 9, ends[line] - 1):
                server.taken.clear()
                os.remove(place.journal)
                def limited():
                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                r = subprocess.run(place.command(), env=place.environment, preexec_fn=limited, restore_signals=False,
                                   capture_output=True, text=True)
                assert r.returncode == 3 and "[mail-journal] cannot be written: File too large" in r.stderr, (limit, r)
                assert len(server.taken) == (line == 3), (limit, len(server.taken))
                place.deliver(code=1 if line == 3 else 0)
                says(place, "1 unsure" if line == 3 else "1 sent\n")
                assert len(server.taken) == 1, limit
        os.remove(place.journal)
        os.symlink("/dev/null", place.journal)
        place.deliver(code=3)
        says(place, ".mail.journal: error: [mail-journal] cannot be opened")


def journal(place):
    """A line that a crash cut is closed; one that makes no sense stops everything; two at a time are one too many."""
    place.recipients("a@example.org,,en,mini,,", "b@example.org,,en,mini,,")
    with Server(place.folder, delay=0.4) as server:
        place.settings(server)
        first = subprocess.Popen(place.command(), env=place.environment, stdout=subprocess.DEVNULL)
        while not server.seen:
            time.sleep(0.01)
        place.deliver(code=5)
        says(place, "another delivery works in")
        assert first.wait() == 0
        lines = open(place.journal).read().splitlines(True)
        assert [l.split("\t")[1] for l in lines[1:]] == ["begun", "ending", "sent"] * 2
        open(place.journal, "w").write("".join(lines)[:-30]) # the second's "sent" is cut: it is unsure
        place.deliver(code=1)
        says(place, "1 sent before, 1 unsure")
        for tail in lines[4][:50], lines[4][:50] + "\0" * 100, "\0" * 100: # "begun" is cut: it was never begun
            open(place.journal, "w").write("".join(lines[:4]) + tail)
            place.deliver()
            says(place, "1 sent before, 1 sent\n")
            assert "\ttorn\n" in open(place.journal).read()
            place.deliver()
            says(place, "2 sent before")
        # What is tried again keeps its Message-ID, though the PDF was made anew since, with the same bytes.
        old = lines[1].split("\t")[2]
        open(place.journal, "w").write(lines[0] + lines[1].replace("begun", "later").replace(old, "a" * 32) + "".join(lines[4:]))
        place.deliver()
        assert parse(server.taken.pop()[1])["Message-ID"] == f"<{'a' * 32}@example.org>"
        open(place.journal, "w").write(lines[0] + "nonsense\n" + "".join(lines[1:]))
        place.deliver(code=3)
        says(place, ".mail.journal:2:1: error: [mail-journal] this is no line of the journal")
        assert server.counts() == {"a@example.org": 1, "b@example.org": 4}
        place.recipients("new@example.org,,en,mini,,")
        pdf = place.folder + "/out/current/mini.en.pdf"
        os.remove(place.journal)
        data = open(pdf, "rb").read()
        open(pdf, "wb").write(data[:-1] + b"x")
        place.deliver(code=3)
        says(place, "the file is not as it was published; it is not sent")
        assert server.counts()["new@example.org"] == 0


with tempfile.TemporaryDirectory() as folder:
    globals()[sys.argv[3]](Place(os.path.abspath(sys.argv[1]), sys.argv[2], folder))

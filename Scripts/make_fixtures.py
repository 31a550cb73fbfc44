#!/usr/bin/env python3
"""Freezes what a release writes, for every later one to read: Tests/Fixtures/v1.

Run once for each release, with its programs, into a new folder; what is there is never written over.

    Scripts/make_fixtures.py .build/debug Tests/Fixtures/v1
"""
import http.client
import http.server
import json
import os
import shutil
import sys
import tempfile
import threading

TARGET = os.path.abspath(sys.argv[2])
from hubs import BIN, Hub, field, run  # noqa: E402

CSV = """point,mode,arrived_at,persons,note
NDJ-001,foot,2026-11-20T13:00:00Z,2,"灯箱松动, second row"
NDJ-002,bicycle,2026-11-20T13:20:00Z,0,nothing to see
NDJ-003,foot,2026-11-20T13:40:00Z,5,"a line\nbreak"
"""


class Recorder(http.server.BaseHTTPRequestHandler):
    """Passes requests to the hub and keeps both sides."""

    protocol_version = "HTTP/1.1"
    exchanges = []
    port = 0

    def pass_on(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        hub = http.client.HTTPConnection("127.0.0.1", Recorder.port)
        fields = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        hub.request(self.command, self.path, body, fields)
        answer = hub.getresponse()
        data = answer.read()
        kept = {name: value for name, value in answer.headers.items()
                if name.lower() in ("content-type", "content-encoding", "sync-protocol")}
        Recorder.exchanges.append({
            "request": {"method": self.command, "path": self.path,
                        "headers": {name: value for name, value in fields.items()
                                    if name.lower() in ("authorization", "content-encoding", "content-type", "sync-protocol")},
                        "body": body.hex()},
            "answer": {"status": answer.status, "headers": kept, "body": data.hex()}})
        self.send_response_only(answer.status)
        for name, value in kept.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = pass_on

    def log_message(self, *_):
        pass


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def at_other(invite, url):
    """The invite of the same hub at another address: `fsi1_`, base64url, four bytes of SHA-256."""
    import base64
    import hashlib
    raw = base64.urlsafe_b64decode(invite[5:] + "=" * (-len(invite[5:]) % 4))[:-4]
    value = json.loads(raw)
    value["url"] = url
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return "fsi1_" + base64.urlsafe_b64encode(text + hashlib.sha256(text).digest()[:4]).decode().rstrip("=")


def main():
    if os.path.exists(TARGET):
        raise SystemExit(f"{TARGET} is there: what a release wrote is not written over")
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        hub = Hub("hub")
        Recorder.port = hub.port
        proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{proxy.server_port}"
        try:
            story(hub, url)
        finally:
            hub.process.terminate()
            hub.process.wait()
            proxy.shutdown()
        after(hub)
        os.makedirs(TARGET)
        for name in sorted(os.listdir(".")):
            if name.endswith((".log", "-shm", "-wal", ".lock", ".csv")):
                continue
            if os.path.isdir(name):
                shutil.copytree(name, os.path.join(TARGET, name),
                                ignore=shutil.ignore_patterns("*.lock", "*-shm", "*-wal"))
            else:
                shutil.copy(name, TARGET)


def stops(name):
    """The stops of a device; a release may wrap the list."""
    shown = json.loads(field(name, "stop", "list", "--json"))
    return shown["records"] if isinstance(shown, dict) else shown


def story(hub, url):
    """What people did: join, save, sync, write beside each other, take bundles along."""
    for name in ("a", "b"):
        field(name, "init", "--name", name)
        field(name, "join", at_other(hub.invite(name), url))
    write("rows.csv", CSV)
    field("a", "import", "rows.csv", "--into", "stops")
    field("a", "activity", "add", "--kind", "patrol", "--started-at", "2026-11-20T12:30:00Z")
    field("a", "hazard", "add", "--category", "noise", "--severity", "low", "--point", "NDJ-001", "--note", "灯箱松动")
    field("a", "sync")
    field("b", "sync")
    stop = stops("b")[0]["id"]
    for name in ("a", "b"):
        field(name, "stop", "edit", stop, "--note", f"both wrote this ({name})")
    field("a", "sync")
    field("b", "sync")
    field("a", "sync")
    field("a", "stop", "delete", stops("a")[-1]["id"])
    field("a", "sync")
    # Left open: a batch in a bundle, one that is pending.
    field("b", "stop", "add", "--point", "NDJ-004", "--mode", "foot", "--note", "in the bundle")
    field("b", "bundle", "export", "b.fsb")
    field("b", "stop", "add", "--point", "NDJ-005", "--mode", "foot", "--note", "pending")
    write("traffic.json", json.dumps(Recorder.exchanges, indent=1) + "\n")
    write("expected.json", json.dumps({"stop": stop}, indent=1) + "\n")


def after(hub):
    """What the hub and the auditor write into files, once it is not served."""
    run(f"{BIN}/sync-audit", "checkpoint", hub.name, "--output", "hub.checkpoint")
    with open("expected.json", encoding="utf-8") as file:
        expected = json.load(file)
    run(f"{BIN}/sync-audit", "prove", hub.name, f"stops/{expected['stop']}", "--output", "stop.proof")
    status = json.loads(run(f"{BIN}/sync-hub", "status", "--data", hub.name, "--json"))
    expected["hub"] = {key: status[key] for key in ("digest", "position", "hub_key") if key in status}
    shutil.copytree(hub.name, "asked")
    run(f"{BIN}/sync-hub", "import", "b.fsb", "--data", "asked", "--answer", "answer.fsb")
    shutil.rmtree("asked")
    write("expected.json", json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()

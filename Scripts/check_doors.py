#!/usr/bin/env python3
"""Asks a real hub for what would break it, and looks what a normal device notices.

500 slow connections, bodies that unpack to gigabytes, JSON of a million levels, forged and replayed
batches, another space's cursor, a stolen invite, 10,000 wrong tokens. Each must get its documented
answer (Protocol/errors.md); the hub stays under 256 MiB, and a device's sync of 2,000 stops takes
less than twice its time. All on loopback, ended by pid.

    Scripts/check_doors.py .build/release
"""
import concurrent.futures
import gzip
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zlib

from hubs import BIN, STATUS, Hub, field, run

SLOW = 500
GUESSES = 10_000
ROWS = 2_000
PEAK_MIB = 256
failures = []


def expect(what, answer, *codes):
    """Prints what a request was answered; a code that is not among `codes` is a failure."""
    status, headers, body = answer
    code = body["error"]["code"] if isinstance(body, dict) and "error" in body else "ok"
    good = code in codes and status == STATUS.get(code, 200)
    good = good and ("Retry-After" in headers) == (status in (429, 503))
    print(f"{'' if good else 'FAILED '}{what}: {status} {code}", flush=True)
    if not good:
        failures.append(what)


def bomb(size):
    """A gzip of that many zeros: one packed part again and again. Its checksum is never reached."""
    packer = zlib.compressobj(9, wbits=31)
    head = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    part = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + part * ((size >> 24) - 1) + packer.flush()


def pushes(name):
    """The bodies of a device's batches that wait, as a bundle has them."""
    field(name, "bundle", "export", f"{name}.fsb")
    with gzip.open(f"{name}.fsb") as file:
        lines = [json.loads(line) for line in file]
    return [line["push"] for line in lines if "push" in line]


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def try_bodies(hub, token, push):
    """Bodies that no device sends."""
    text = compact(push)

    def told(what, body, *codes, **headers):
        if isinstance(body, str):
            body = body.encode("utf-8", "surrogatepass")
        expect(what, hub.ask("POST", "/v1/batches", body, headers, token), *codes)

    big = bomb(10 << 30)
    told(f"{len(big) >> 20} MB that unpack to 10 GB", big, "body_too_large",
         **{"Content-Encoding": "gzip"})
    told("a megabyte that unpacks to a gigabyte", bomb(1 << 29), "unpacked_too_large",
         **{"Content-Encoding": "gzip"})
    told("gzip that is none", b"\x1f\x8bnothing", "encoding_unsupported",
         **{"Content-Encoding": "gzip"})
    told("JSON a million levels deep", "[" * 1_000_000, "json_too_deep")
    deep = gzip.compress(b'{"a":' * 1_000_000 + b"1" + b"}" * 1_000_000, 1)
    told("the same, packed", deep, "json_too_deep", "unpacked_too_large",
         **{"Content-Encoding": "gzip"})
    fields = {f"f{index}": index for index in range(100_000)}
    wide = json.loads(text)
    wide["batch"]["changes"][0]["set"] = fields
    told("a record of 100,000 fields", gzip.compress(compact(wide).encode(), 1),
         "signature_invalid", "batch_invalid", "batch_too_large", "unpacked_too_large",
         **{"Content-Encoding": "gzip"})
    told("100,000 keys beside the batch", gzip.compress(compact({**fields, **push}).encode(), 1), "ok",
         "parameter_invalid", "json_malformed", "signature_invalid",
         **{"Content-Encoding": "gzip"})
    for what, value in [
        ("U+0000", '"\\u0000"'), ("a lone surrogate", '"\\ud800"'), ("2^63", "9223372036854775808"),
        ("1e999", "1e999"), ("bytes that are no UTF-8", None), ("NaN", "NaN"),
    ]:
        if value is None:
            told(what, text.encode().replace(b'"changes"', b'"\xff\xfe"'), "json_malformed")
        else:
            told(what, text.replace('"changes":[', f'"changes":[{value},', 1), "json_malformed")
    told("a key twice", text.replace('"batch":', '"batch":1,"batch":', 1), "json_malformed")
    told("nothing", "", "json_malformed")
    told("another type", text, "content_type_unsupported", **{"Content-Type": "text/xml"})
    evil = json.loads(text)
    evil["batch"]["changes"][0]["collection"] = "stops'; DROP TABLE records; --"
    told("SQL in a name", compact(evil), "batch_invalid", "signature_invalid")
    forged = json.loads(text)
    first = forged["signature"][0]
    forged["signature"] = ("1" if first != "1" else "2") + forged["signature"][1:]
    told("a forged signature", compact(forged), "signature_invalid")


def try_calls(hub, other, token, stranger, invite):
    """Calls with what belongs to somebody else, or to nobody."""
    nonce = "00" * 16
    path = f"/v1/changes?have=0&nonce={nonce}"
    status, _, page = other.ask("GET", path, token=stranger)
    if status != 200:
        raise SystemExit(f"the other hub: {page}")
    expect("another space's cursor",
           hub.ask("GET", f"{path}&cursor={page['page']['cursor']}", token=token), "cursor_gone", "ok")
    expect("another space's token", hub.ask("GET", path, token=stranger), "token_unknown")
    for what, query, codes in [
        ("a cursor of 10,000 letters", f"{path}&cursor={'a' * 10_000}", ["parameter_invalid"]),
        ("a cursor with SQL in it", f"{path}&cursor=1'%3BDROP", ["parameter_invalid"]),
        ("have 2^63", f"/v1/changes?have=9223372036854775808&nonce={nonce}", ["parameter_invalid"]),
        ("have -1", f"/v1/changes?have=-1&nonce={nonce}", ["parameter_invalid"]),
        ("no nonce", "/v1/changes?have=0", ["field_missing"]),
        ("bytes 1", f"{path}&bytes=1", ["ok", "parameter_invalid"]),
        ("a call that is none", "/v1/../../etc/passwd", ["not_found"]),
        ("the journal, as a lead", f"/v1/journal?from=1&nonce={nonce}", ["role_forbidden"]),
    ]:
        expect(what, hub.ask("GET", query, token=token), *codes)
    field("thief", "init", "--name", "thief")
    stolen = subprocess.run(
        [f"{BIN}/sync-field", "join", invite, "--replica", "thief.sqlite", "--json"],
        capture_output=True, text=True, timeout=60)
    good = stolen.returncode != 0 and "invite_used" in stolen.stderr
    print(f"{'' if good else 'FAILED '}a stolen invite: {stolen.stderr.strip()[:60]}…")
    if not good:
        failures.append("a stolen invite")


def guess_tokens(hub):
    """10,000 wrong tokens from one address: told at first, then told to wait."""
    def guess(index):
        status, _, body = hub.ask(
            "GET", f"/v1/changes?have=0&nonce={'00' * 16}", token=f"guess{index}")
        return body["error"]["code"]

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        told = list(pool.map(guess, range(GUESSES)))
    counts = {code: told.count(code) for code in set(told)}
    good = set(counts) == {"token_unknown", "rate_limited"} and counts["token_unknown"] < 1_000
    print(f"{'' if good else 'FAILED '}{GUESSES:,} wrong tokens: {counts}")
    if not good:
        failures.append("wrong tokens")


class SlowConnections:
    """Holds 500 connections that send a byte now and then, and opens anew what was closed."""

    def __init__(self, port):
        self.port = port
        self.ended = threading.Event()
        self.closed = 0
        self.sockets = [self.open(index) for index in range(SLOW)]
        self.thread = threading.Thread(target=self.drip)
        self.thread.start()

    def open(self, index):
        held = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        if index % 3 == 2:
            # A connection that was good once: its second head is the slow one.
            held.sendall(b"GET /v1 HTTP/1.1\r\nHost: hub\r\n\r\n")
            held.recv(65536)
            held.sendall(b"GET /v1 HTTP/1.1\r\nHost: hub\r\nX-Slow: ")
        elif index % 3:
            held.sendall(b"POST /v1/batches HTTP/1.1\r\nHost: hub\r\nSync-Protocol: 1\r\n"
                         b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
        else:
            held.sendall(b"GET /v1 HTTP/1.1\r\nHost: hub\r\nX-Slow: ")
        held.setblocking(False)
        return held

    def drip(self):
        while not self.ended.wait(1):
            for index, held in enumerate(self.sockets):
                try:
                    held.send(b"a")
                    if held.recv(65536) == b"":
                        raise ConnectionError
                except BlockingIOError:
                    continue
                except OSError:
                    self.closed += 1
                    held.close()
                    try:
                        self.sockets[index] = self.open(index)
                    except OSError:
                        return

    def end(self):
        self.ended.set()
        self.thread.join()
        for held in self.sockets:
            held.close()


def rows(year):
    """A file of stops to import, and its name."""
    name = f"{year}.csv"
    with open(name, "w", encoding="utf-8") as file:
        file.write("point,arrived_at,note\n")
        for index in range(ROWS):
            file.write(f"NDJ-{1 + index % 140:03},{year}-{1 + index // 500:02}-"
                       f"{1 + index // 50 % 28:02}T0{index % 9}:{index % 60:02}:00Z,n {index}\n")
    return name


def sync_time(year):
    """Seconds of a normal device's sync."""
    field("normal", "import", rows(year), "--into", "stops")
    start = time.monotonic()
    field("normal", "sync")
    return time.monotonic() - start


def main():
    hub, other = Hub("hub"), Hub("other")
    slow = None
    try:
        used = hub.invite("odd")
        field("odd", "init", "--name", "odd")
        field("odd", "join", used)
        with open("odd.key", encoding="utf-8") as file:
            token = json.load(file)["token"]
        stranger = other.join("stranger")
        hub.join("normal")
        field("odd", "stop", "add", "NDJ-001", "one", "--new-place")
        push = pushes("odd")[0]
        try_bodies(hub, token, push)
        body = compact(push).encode()
        expect("the batch itself", hub.ask("POST", "/v1/batches", body, token=token), "ok")
        expect("the same again", hub.ask("POST", "/v1/batches", body, token=token), "ok")
        try_calls(hub, other, token, stranger, used)
        print(f"the hub took {hub.memory('VmHWM')} MiB at most")
        before = min(sync_time(2020), sync_time(2021))
        slow = SlowConnections(hub.port)
        guesses = threading.Thread(target=guess_tokens, args=[hub])
        during = min(sync_time(2022), sync_time(2023))
        good = during < 2 * before
        print(f"{'' if good else 'FAILED '}{ROWS:,} stops: {before:.2f} s, and {during:.2f} s with "
              f"{SLOW} slow connections")
        if not good:
            failures.append("slow connections")
        guesses.start()
        print(f"and {sync_time(2024):.2f} s while tokens are guessed")
        guesses.join()
        time.sleep(25)
        print(f"{slow.closed} slow connections were closed")
        if slow.closed < SLOW // 2:
            failures.append("slow connections are held")
        peak = hub.memory("VmHWM")
        print(f"the hub took {peak} MiB at most")
        if peak >= PEAK_MIB:
            failures.append("memory")
        field("odd", "sync")
        field("normal", "sync")
        run(f"{BIN}/sync-audit", "diff", "odd.sqlite", "normal.sqlite")
        print("the replicas are equal")
        if hub.process.poll() is not None:
            failures.append("the hub ended")
    finally:
        if slow:
            slow.end()
        for one in (hub, other):
            one.process.terminate()
            one.process.wait(30)
    if failures:
        raise SystemExit("FAILED: " + ", ".join(failures))
    print("ok")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        main()

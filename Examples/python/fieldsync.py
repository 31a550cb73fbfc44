#!/usr/bin/env python3
"""A FieldSync device in one file, written from the text in Protocol/ alone. Sections (§) are those of its README.md.

    fieldsync.py FILE init NAME                              make a replica (an SQLite file, the key inside)
    fieldsync.py FILE join INVITE                            join a hub with the operator's invite
    fieldsync.py FILE save COLLECTION [ID] field=value ...   a value is JSON if it parses as such, else text
    fieldsync.py FILE delete COLLECTION ID                   `save COLLECTION ID _deleted=false` restores it
    fieldsync.py FILE list COLLECTION                        one JSON object a line
    fieldsync.py FILE sync                                   exchange changes with the hub, then compare digests
    fieldsync.py FILE status
"""
import base64, gzip, hashlib, http.client, json, math, os, re, sqlite3, ssl, sys, time, zlib
from decimal import Decimal
from typing import Any, Callable, Iterable, Mapping
from urllib.parse import urlencode, urlsplit
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

UNPACKED, RATIO, DEPTH, FIELDS, TEXT_BYTES = 8_388_608, 100, 16, 64, 16_384      # limits of §8.1
CHANGES, CHANGE_BYTES, BATCH_BYTES, ZEROS = 1000, 262_144, 1_047_552, "0" * 64   # and of §4.2
WRONG = (InvalidSignature, KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, zlib.error)
STAMP = "[0-9a-f]{16}-[0-9a-f]{32}"
HEALS = "use a client that heals, or start a new replica with a new invite; this file keeps everything"
SHOW = "sync no more, and show this file to the operator and an auditor; saving goes on"
Registers = dict[str, tuple[Any, str]]                                           # field: (value, stamp)

class Stop(Exception):
    """Ends the command: what is the matter, and what to do. Nothing is lost by it."""
    def __init__(self, sentence: str, mend: str, code: str = ""):
        super().__init__("".join(c for c in f"{sentence}: {mend}" if c.isprintable()))
        self.code = code

def need(condition: Any, what: str) -> None:
    if not condition:
        raise ValueError(what)

def now() -> int:
    return int(time.time() * 1000)

# JSON (§2.2)

def read_number(text: str) -> int | float:
    """Numbers are finite doubles. Whole ones below 2^53 become int, so that each value has one form here."""
    need(math.isfinite(value := float(text)), "a number out of range")
    return int(value) if value.is_integer() and abs(value) < 2 ** 53 else value

def read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len(value := dict(pairs)) == len(pairs), "a key twice")
    return value

def parse(text: str) -> Any:
    value = json.loads(text, object_pairs_hook=read_object, parse_int=read_number, parse_float=read_number,
                       parse_constant=read_number)
    canonical(value).encode()                                # refuses what is too deep, U+0000, lone surrogates
    return value

def canonical(value: Any, depth: int = DEPTH) -> str:
    if isinstance(value, (dict, list)):
        need(depth, "nested too deeply")
        if isinstance(value, list):
            return "[" + ",".join(canonical(part, depth - 1) for part in value) + "]"
        need(all(map(str.isascii, value)), "a key that is not ASCII")
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key], depth - 1)}" for key in sorted(value)) + "}"
    need(not isinstance(value, str) or "\0" not in value, "U+0000")
    if not isinstance(value, float):
        return json.dumps(value, ensure_ascii=False)
    if value == 0 or 1e-6 <= abs(value) < 1e21:              # numbers as ECMAScript writes them
        return format(Decimal(repr(value + 0)), "f").removesuffix(".0")
    return re.sub(r"e([+-])0", r"e\1", repr(value))

# Hashes, trees and states (§2.3, §5.1, §7)

def unhex(text: str, size: int) -> bytes:
    need(re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text), "hex")
    return bytes.fromhex(text)

def message(kind: str, text: str) -> bytes:
    return f"fieldsync/{kind}/1\n{text}".encode()

def hashed(kind: str, text: str) -> str:
    return hashlib.sha256(message(kind, text)).hexdigest()

def device_id(key: str) -> str:
    return hashlib.sha256(unhex(key, 32)).hexdigest()[:32]

def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()

def path_root(at: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """The root that an audit path gives: RFC 6962 §2.1.1 read backwards. What does not fit becomes no root's hash."""
    if size <= 1 or not path:
        return leaf if (at, size, path) == (0, 1, []) else b""
    half = 1 << (size - 1).bit_length() - 1
    if at < half:
        return node(path_root(at, half, leaf, path[:-1]), path[-1])
    return node(path[-1], path_root(at - half, size - half, leaf, path[:-1]))

def proof_roots(first: int, second: int, proof: list[bytes], root: bytes) -> tuple[bytes, bytes]:
    """Both roots that a consistency proof gives: RFC 6962 §2.1.2. `root` is the first while it is a node itself."""
    if first >= second or not proof:
        steps = [root] * bool(root) + proof
        return (steps[0],) * 2 if first == second and len(steps) == 1 else (b"", b"")
    half = 1 << (second - 1).bit_length() - 1
    if first <= half:
        old, new = proof_roots(first, half, proof[:-1], root)
        return old, node(new, proof[-1])
    old, new = proof_roots(first - half, second - half, proof[:-1], b"")
    return node(proof[-1], old), node(proof[-1], new)

def leads(leaf: dict, head: dict, path: list[str]) -> bool:
    value, steps = hashlib.sha256(b"\0" + canonical(leaf).encode()).digest(), [unhex(step, 32) for step in path]
    return path_root(leaf["position"] - 1, head["size"], value, steps) == unhex(head["root"], 32)

def follows(held: dict, head: dict, proof: list[str]) -> bool:
    steps, roots = [unhex(step, 32) for step in proof], (unhex(held["root"], 32), unhex(head["root"], 32))
    return proof_roots(held["size"], head["size"], steps, roots[0]) == roots if held["size"] else not steps

def registers(state: dict | None) -> Registers:
    return {f: (v, state.get("older", {}).get(f, state["clock"])) for f, v in state["fields"].items()} if state else {}

def build_state(collection: str, record: str, fields: Registers) -> dict:
    clock = max(stamp for _, stamp in fields.values())
    older = {f: stamp for f, (_, stamp) in fields.items() if stamp != clock}
    state = {"clock": clock, "collection": collection, "fields": {f: v for f, (v, _) in fields.items()}, "id": record}
    return state | ({"older": older} if older else {})

def digest_root(states: Iterable[dict]) -> str:
    buckets = [0] * 4096
    for state in states:
        place = hashlib.sha256(state["collection"].encode() + unhex(state["id"], 16)).digest()
        buckets[int.from_bytes(place[:2], "big") >> 4] += int(hashed("record", canonical(state)), 16)
    values = b"".join((total % 2 ** 256).to_bytes(32, "big") for total in buckets)
    nodes = [hashlib.sha256(values[at:at + 2048]).digest() for at in range(0, len(values), 2048)]
    return hashlib.sha256(b"".join(nodes)).hexdigest()

# What comes from outside

def read_invite(line: str) -> dict:
    """§8.2."""
    line = "".join(line.split())
    raw = base64.urlsafe_b64decode(line[5:] + "=" * (-len(line[5:]) % 4))
    need(line == "fsi1_" + base64.urlsafe_b64encode(raw).decode().rstrip("="), "spelling")
    need(hashlib.sha256(raw[:-4]).digest()[:4] == raw[-4:], "checksum")
    invite = parse(raw[:-4].decode())
    need(canonical(invite).encode() == raw[:-4] and type(invite["expires"]) is int, "form")
    for member, size in ("hub", 32), ("secret", 16), ("space", 16), ("tls", 32):
        need(member == "tls" and "tls" not in invite or unhex(invite[member], size), member)
    need(re.fullmatch(("https" if "tls" in invite else "https?") + r"://[^/\s]\S*(?<!/)", invite["url"]), "url")
    return invite

def read_answer(status: int, headers: Mapping[str, str], raw: bytes) -> tuple[str, dict]:
    """The text and the value of a 200's body (§8). Raises Stop for an error of the hub (§9)."""
    need(headers.get("sync-protocol") == "1", "sync_protocol")
    need(headers.get("content-type", "").split(";")[0].strip().lower() == "application/json", "content_type")
    packed, limit = headers.get("content-encoding", "identity").lower(), min(UNPACKED, RATIO * len(raw))
    need(packed in ("identity", "gzip") and len(raw) <= UNPACKED, "encoding")
    if packed == "gzip":
        unpacker = zlib.decompressobj(31)
        raw = unpacker.decompress(raw, limit + 1)
        need(len(raw) <= limit and unpacker.eof and not unpacker.unused_data, "encoding")
    value = parse(text := raw.decode())
    if status >= 400:
        error, wait = value["error"], f" (again in {headers['retry-after']} s)" if "retry-after" in headers else ""
        raise Stop(f"the hub answers {error['code']}, {error['message']}", error["mend"] + wait, error["code"])
    need(status == 200 and isinstance(value, dict), "status")
    return text, value

class Device:
    """A replica. What changes it ends with `store`, so that each step is on disk, whole, before the next."""

    def __init__(self, path: str, name: str = ""):
        """Opens the replica, or makes it if there is a name. One program at a time has it; others wait for a minute."""
        if bool(name) == os.path.exists(path):
            raise Stop(f"{path} {'exists' if name else 'is not there'}", "name another file, or make one with init")
        os.umask(0o077)
        self.file = sqlite3.connect(path, timeout=60, isolation_level=None)
        self.file.executescript("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=EXTRA; BEGIN EXCLUSIVE; COMMIT;"
                                "CREATE TABLE IF NOT EXISTS replica(id INTEGER PRIMARY KEY, data TEXT)")
        self.data: dict[str, Any] = {
            "name": name, "seed": os.urandom(32).hex(), "invite": {}, "token": os.urandom(32).hex(), "answer": "",
            "last": "0" * 16, "seen": "0" * 16,             # the clock, §3
            "cursor": "", "head": {}, "afresh": False,      # where the pull stands, §8.3
            "records": {},                                  # collection/id: the state that the hub holds
            "pending": [],                                  # changes without a receipt, and the number of their batch
            "batches": [], "chain": [ZEROS], "received": 0}  # sealed, by number; hashes; how many have a receipt
        self.file.execute("INSERT OR IGNORE INTO replica VALUES(1, ?)", [json.dumps(self.data)])
        self.data = json.loads(self.file.execute("SELECT data FROM replica").fetchone()[0])
        self.key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.data["seed"]))
        self.public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        self.id, self.pulled, self.pushed, self.quarantined = device_id(self.public), 0, 0, 0

    def store(self) -> None:
        self.file.execute("UPDATE replica SET data = ?", [json.dumps(self.data)])

    def sign(self, kind: str, text: str) -> str:
        return self.key.sign(message(kind, text)).hex()

    def view(self, name: str) -> Registers:
        """A record as it is shown: what the hub holds, and over it the pending changes, whatever the stamps (§8.3)."""
        fields = registers(self.data["records"].get(name))
        for change in (e["change"] for e in self.data["pending"] if e["name"] == name and not e["ruled"]):
            fields |= {f: (value, f"{change['stamp']}-{self.id}") for f, value in change["set"].items()}
        return fields

    def save(self, collection: str, record: str, fields: dict[str, Any]) -> None:
        """One change (§4.1), with a stamp of its own (§3)."""
        name = f"{collection}/{record}"
        present = self.view(name)
        stamp = max(now() << 16, int(self.data["last"], 16) + 1)
        change = {"collection": collection, "id": record, "set": fields, "stamp": f"{stamp:016x}"}
        named = present if fields.get("_deleted") is True else {*fields, "_deleted"}
        if was := {f: present[f][1] for f in named if f in present}:
            change["was"] = was
        good = re.fullmatch("(?!(space|devices|epochs|conflicts)/)[a-z][a-z0-9_]{0,31}/[0-9a-f]{32}", name) and all(
            re.fullmatch("_deleted|[a-z][a-z0-9_]{0,31}", f) and not isinstance(value, (dict, list))
            and len(str(value).encode()) <= TEXT_BYTES for f, value in fields.items()) and 1 <= len(fields) <= FIELDS
        if not (good and stamp < 2 ** 64 and len(canonical(change).encode()) <= CHANGE_BYTES and (
                present or "_deleted" not in fields)):
            raise Stop("this cannot be saved", "only what is there can be deleted; names have a-z, 0-9 and _, ids 32 "
                       "hex digits; there are 64 fields at most; values are null, booleans, numbers or texts of 16 KiB")
        self.data["last"] = change["stamp"]
        self.data["pending"].append({"name": name, "change": change, "number": 0, "ruled": False})
        self.store()

    # Talking to the hub (§8). What fails a check is not the hub's, and changes nothing.

    def call(self, path: str, check: Callable, body: str = "", **query: Any) -> Any:
        """Asks, with a new nonce, and gives what `check` makes of the answer."""
        try:
            invite, url, nonce = self.data["invite"], urlsplit(self.data["invite"]["url"]), os.urandom(16).hex()
            data, packed = body.encode(), gzip.compress(body.encode())
            headers = {"Sync-Protocol": "1", "Accept-Encoding": "gzip", "Content-Type": "application/json"}
            headers |= {} if path == "/v1/devices" else {"Authorization": f"Bearer {self.data['token']}"}
            if len(packed) < len(data) <= RATIO * len(packed):
                data, headers["Content-Encoding"] = packed, "gzip"
            context, pin = ssl.create_default_context(), invite.get("tls")
            if pin:                                                 # the pinned key stands in for the authorities
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            link = http.client.HTTPSConnection(url.netloc, timeout=60, context=context) if url.scheme == "https" else \
                http.client.HTTPConnection(url.netloc, timeout=60)
            link.connect()
            if pin:
                key = x509.load_der_x509_certificate(link.sock.getpeercert(True)).public_key()
                der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
                need(hashlib.sha256(der).hexdigest() == pin, "certificate")
            link.request("POST" if body else "GET", url.path + path + (
                "?" + urlencode(query | {"nonce": nonce}) if query else ""), data or None, headers)
            answer = link.getresponse()
            return check(*read_answer(answer.status, answer.headers, answer.read(UNPACKED + 1)), nonce)
        except (OSError, http.client.HTTPException) as error:
            raise Stop(f"the hub cannot be reached ({error})", "check the network, and sync again") from error
        except WRONG as error:
            raise Stop(f"the answer is not the hub's ({type(error).__name__} {error})", "check the network and retry; "
                       "if it stays, the hub may have another key (§16), which this client cannot follow") from error

    def check_signed(self, kind: str, value: Any, signature: str, text: str) -> str:
        """The canonical form of what the hub signed. The message has to hold just these bytes."""
        need((form := canonical(value)) in text, "json_malformed")
        key = Ed25519PublicKey.from_public_bytes(unhex(self.data["invite"]["hub"], 32))
        key.verify(unhex(signature, 64), message(kind, form))
        return form

    def check_head(self, signed: dict, text: str) -> dict:
        self.check_signed("head", signed["head"], signed["signature"], text)
        need(signed["head"]["space"] == self.data["invite"]["space"], "space")
        need(signed["head"]["hub"] == device_id(self.data["invite"]["hub"]), "hub")
        return signed["head"]

    def check_receipt(self, text: str, receipt: dict, batch: str, signature: str) -> dict:
        """§5.3. `batch` is canonical."""
        head, leaf, sealed = self.check_head(receipt["head"], text), receipt["leaf"], json.loads(batch)
        for member, value in {"batch": hashed("batch", batch), "device": sealed["device"], "number": sealed["number"],
                              "signature": signature, "epoch": head["epoch"]}.items():
            need(leaf[member] == value, member)
        need(canonical(leaf) in text and leads(leaf, head, receipt["path"]), "path")
        return receipt

    def check_join(self, text: str, answer: dict, _: str) -> tuple[str, dict]:
        """§8.2. Gives the answer as it came, and the signed head of its receipt."""
        batch = self.check_signed("batch", answer["batch"], answer["signature"], text)
        need(("devices", self.id, self.public) in [
            (c["collection"], c["id"], c["set"].get("key")) for c in answer["batch"]["changes"]], "enrolment")
        return text, self.check_receipt(text, answer["receipt"], batch, answer["signature"])["head"]

    def check_answer(self, kind: str, text: str, answer: dict, nonce: str) -> dict:
        self.check_signed(kind, answer[kind], answer["signature"], text)
        need(answer[kind]["nonce"] == nonce, "nonce")
        need(answer[kind]["device"] == self.id, "device")
        return answer[kind]

    def check_page(self, text: str, answer: dict, nonce: str) -> tuple[dict, dict[str, dict]]:
        """§8.3, in its order. Gives the page, and its states by name."""
        page, placed = self.check_answer("page", text, answer, nonce), answer["records"]
        form = canonical(placed)
        need(page["records"] == hashed("records", form) if "records" in page else not placed, "records")
        need(form in text, "json_malformed")
        head, held = self.check_head(page["head"], text), (self.data["head"] or page["head"])["head"]
        states = {f"{record['record']['collection']}/{record['record']['id']}": record["record"] for record in placed}
        need(all(build_state(*name.split("/"), registers(state)) == state and re.fullmatch(STAMP, state["clock"])
                 for name, state in states.items()), "state")
        need(type(page["next_number"]) is int and re.fullmatch(r"[A-Za-z0-9._~-]{1,512}", page["cursor"]), "form")
        need(page["more"] is False or placed and page["cursor"] != self.data["cursor"], "more")
        if head["epoch"] != held["epoch"] or head["size"] < held["size"]:
            raise Stop("the hub goes on from another history than this device has seen (§11)", HEALS)
        if not follows(held, head, page["consistency"]):
            raise Stop("the hub's log was rewritten: its newest head does not continue the one held here", SHOW)
        return page, states

    def check_path(self, position: int, text: str, answer: dict, nonce: str) -> list[str]:
        """§8.7. Whether the path leads to the head that is held is for the caller to see."""
        proof = self.check_answer("proof", text, answer, nonce)
        need(proof["positions"] == [position] and len(proof["paths"]) == 1, "positions")
        need(self.check_head(proof["head"], text)["size"] == self.data["head"]["head"]["size"], "size")
        return proof["paths"][0]

    # The session (§8.5)

    def enrol(self) -> None:
        """Joins with the invite; once enrolled, with the answer that it got (§8.2). The token is on disk already."""
        known, invite = self.data["answer"], self.data["invite"]
        token = hashlib.sha256(self.data["token"].encode()).hexdigest()
        join = {"key": self.public, "space": invite["space"], "token": token}
        text = canonical(join if known else join | {"invite": invite["secret"]})
        body = f'"join":{text},"signature":"{self.sign("join", text)}"' + (f',"enrolment":{known}' if known else "")
        self.data["answer"], head = self.call("/v1/devices", self.check_join, f"{{{body}}}")
        self.data["head"] = self.data["head"] or head
        self.store()

    def pull(self) -> dict:
        """Pulls until there is no more, each page stored whole. Gives the head that is held then."""
        data, more = self.data, True
        while more:
            place = {"cursor": data["cursor"]} if data["cursor"] else {}
            page, states = self.call("/v1/changes", self.check_page, have=0 if data["afresh"] else data["received"],
                                     head=hashed("head", canonical(data["head"]["head"]))[:32], **place)
            number, more = page["next_number"], page["more"]
            ours = number <= len(data["chain"]) and page["next_previous"] == data["chain"][number - 1]
            for entry in data["pending"]:                           # of these the page holds the hub's ruling already
                entry["ruled"] |= ours and 0 < entry["number"] < number and entry["name"] in states
            data["records"] |= states
            data["seen"] = max([data["seen"], *(state["clock"][:16] for state in states.values())])
            data["last"] = max(data["last"], data["seen"])
            data["cursor"], data["head"], data["afresh"] = page["cursor"], page["head"], data["afresh"] and more
            self.pulled += len(states)
            self.store()
        if number <= data["received"]:
            raise Stop("the hub has lost batches that it gave receipts for (§11)", HEALS)
        if not ours:
            raise Stop("a copy of this replica wrote under its key, or this file was put back (§10)", HEALS)
        for batch in data["batches"][:data["received"]]:
            self.prove(batch, data["head"]["head"])
        return data["head"]["head"]

    def prove(self, batch: dict, head: dict) -> None:
        """§5.3: a batch with a receipt is in the head that is held, else the log was rewritten."""
        leaf = batch["receipt"]["leaf"]
        if not batch["proved"]:
            path = self.call("/v1/proof/inclusion", lambda *answer: self.check_path(leaf["position"], *answer),
                             positions=leaf["position"], size=head["size"])
            if not leads(leaf, head, path):
                raise Stop("the hub's log was rewritten: a batch that it gave a receipt for is not in it", SHOW)
            batch["proved"] = True
            self.store()

    def push(self) -> None:
        """Seals what is pending (§4.2), then sends what has no receipt. What is sealed is on disk and never changes."""
        data, waiting = self.data, [entry for entry in self.data["pending"] if not entry["number"]]
        while waiting:
            batch = {"changes": [], "device": self.id, "number": len(data["chain"]), "previous": data["chain"][-1],
                     "sealed_at": now(), "space": data["invite"]["space"]}
            size = len(canonical(batch))
            while waiting and len(batch["changes"]) < CHANGES and \
                    (size := size + len(canonical(waiting[0]["change"]).encode()) + 1) <= BATCH_BYTES:
                waiting[0]["number"] = batch["number"]
                batch["changes"].append(waiting.pop(0)["change"])
            text = canonical(batch)
            data["chain"].append(hashed("batch", text))
            data["batches"].append({"text": text, "signature": self.sign("batch", text), "proved": False})
        self.store()
        for batch in data["batches"][data["received"]:]:
            self.call("/v1/batches", lambda text, answer, _: self.keep(batch, self.check_receipt(
                text, answer, batch["text"], batch["signature"])),
                f'{{"batch":{batch["text"]},"signature":"{batch["signature"]}"}}')

    def keep(self, batch: dict, receipt: dict) -> None:
        """Storing a receipt (§8.4): what was ruled becomes what the hub holds, and is no longer pending."""
        data, verdict, number = self.data, receipt["leaf"]["verdict"], receipt["leaf"]["number"]
        effective = {ruling["change"]: ruling["stamp"] for ruling in verdict["effective"]}
        quarantined = {ruling["change"] for ruling in verdict["quarantined"]}
        repeats = {ruling["change"] for ruling in verdict.get("repeats", [])}
        for index, entry in enumerate([entry for entry in data["pending"] if entry["number"] == number]):
            stamp = effective.get(index, entry["change"]["stamp"])
            need(re.fullmatch(STAMP, own := f"{stamp}-{self.id}"), "stamp")
            data["seen"] = max(data["seen"], "" if index in quarantined else stamp)
            if not entry["ruled"] and index not in quarantined | repeats:
                fields = registers(data["records"].get(entry["name"]))
                for field, value in entry["change"]["set"].items():     # the larger stamp wins (§6)
                    fields[field] = max(fields.get(field, (value, own)), (value, own), key=lambda register: register[1])
                data["records"][entry["name"]] = build_state(*entry["name"].split("/"), fields)
        data["pending"] = [entry for entry in data["pending"] if entry["number"] != number]
        pending = [entry["change"]["stamp"] for entry in data["pending"]]
        data["last"] = max(data["seen"], f"{now() << 16:016x}", *pending)
        batch["receipt"], data["received"] = receipt, number
        self.pushed, self.quarantined = self.pushed + 1, self.quarantined + len(quarantined)
        self.store()

    def sync(self) -> str:
        """A session, begun again where the hub's error asks for it, at most three times."""
        for last in (False, False, False, True):
            try:
                head = self.pull()
                self.push()
                head = self.pull() if self.pushed else head
                break
            except Stop as stop:
                if stop.code == "head_unknown":
                    raise Stop("the hub does not know the state that this device has seen (§11)", HEALS) from None
                if stop.code == "token_unknown" and not last:
                    self.enrol()
                elif stop.code == "cursor_gone" and not last:
                    self.data |= {"cursor": "", "afresh": True}
                elif stop.code not in ("number_ahead", "number_taken", "chain_broken") or last:
                    raise
        if digest_root(self.data["records"].values()) != head["digest"]:
            self.data |= {"cursor": "", "afresh": True}
            self.store()
            raise Stop("this replica differs from the hub's state", "sync again, which pulls everything anew")
        role = f", {self.quarantined} changes are not this device's to make" if self.quarantined else ""
        return f"pulled {self.pulled} records, pushed {self.pushed} batches{role}\nequal"

def main(arguments: list[str]) -> None:
    match arguments:
        case [path, "init", name] if name:
            print(Device(path, name).id)
        case [path, "join", *words] if words:
            try:
                invite = read_invite(" ".join(words))
            except WRONG:
                raise Stop("this is no invite", "check that the whole line was copied") from None
            device = Device(path)
            if device.data["answer"]:
                raise Stop("this replica is enrolled already", "sync, or make a new replica for another hub")
            device.data["invite"] = invite
            device.store()
            device.enrol()
            print(f"joined {invite['url']}")
        case [path, "save", collection, *words] if words and all("=" in word for word in [*words[1:], words[-1]]):
            chance = os.urandom(10).hex()                       # a new id is a UUIDv7
            record = words.pop(0) if "=" not in words[0] else f"{now():012x}7{chance[:3]}8{chance[4:19]}"
            pairs = [word.split("=", 1) for word in words]
            Device(path).save(collection, record, {field: read_value(text) for field, text in pairs})
            print(record)
        case [path, "delete", collection, record]:
            Device(path).save(collection, record, {"_deleted": True})
        case [path, "list", collection]:
            device = Device(path)
            for name in sorted({*device.data["records"], *(entry["name"] for entry in device.data["pending"])}):
                fields = {f: value for f, (value, _) in device.view(name).items()}
                if name.startswith(collection + "/") and fields and fields.get("_deleted") is not True:
                    print(canonical({"id": name.split("/")[1], "fields": fields}))
        case [path, "sync"]:
            device = Device(path)
            if not device.data["answer"]:
                raise Stop("this replica has joined no hub", "join with the operator's invite; saving goes on")
            print(device.sync())
        case [path, "status"]:
            data = (device := Device(path)).data
            print(f"{data['name']}, device {device.id}, " + (data["invite"]["url"] if data["answer"] else "not joined"))
            print(f"{len(data['records'])} records, {len(data['pending'])} changes pending")
        case _:
            sys.exit(__doc__)

def read_value(text: str) -> Any:
    try:
        return parse(text)
    except ValueError:
        return text

if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Stop, UnicodeError) as error:
        sys.exit(f"fieldsync: {error}")
    except sqlite3.Error as error:
        sys.exit(f"fieldsync: the file cannot be used ({error}): see that it is a replica, and the disk not full")

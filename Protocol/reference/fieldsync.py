"""FieldSync protocol, version 1: a reference written from Protocol/README.md.

Pure functions and two small state holders; no files, no network, no clock, no randomness. It is made to be
read beside the text: section numbers name its sections. Speed is not a goal. Needs Python 3.11 and the package
`cryptography` (for Ed25519). The rules of healing that a journal obeys (4.3, 6.5 to 6.8) are here; the calls of
healing (8.2, 8.6, 8.7, 8.9, 13.8) are in `fieldsync_healing.py`.

Conventions: a stamp time is an int of 64 bits (48 of milliseconds, 16 of counter), so one tick is `+ 1`. A stamp, an
id, a hash and a signature are the hex texts of the wire. A JSON number that is whole and within 2^53 is an int here,
any other is a float. Values are compared by their canonical bytes, never by `==` (in Python True == 1).
"""

import base64
import functools
import hashlib
import json
import re
from decimal import Decimal
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LIMITS = {
    "body_bytes": 1_048_576, "unpacked_bytes": 8_388_608, "unpacked_ratio": 100, "changes_per_batch": 1_000,
    "change_bytes": 262_144, "record_bytes": 1_048_576, "fields_per_change": 64, "text_bytes": 16_384, "json_depth": 16,
}
BATCH_BYTES = 1_047_552
RESOLVES_PER_CHANGE = 64
DRIFT_MILLISECONDS = 300_000
TIME_END = 1 << 48
HUB_ONLY = ("space", "devices", "epochs", "conflicts")
ZERO_HASH = "0" * 64


class Refused(Exception):
    """Something that must not be taken. `code` is an error code of errors.md, or the name of the check that failed."""

    def __init__(self, code, **details):
        super().__init__(code, details)
        self.code, self.details = code, details


# --- 2.2 Canonical JSON -----------------------------------------------------------------------------------

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def number_text(number):
    """ECMAScript's Number::toString. Python's repr finds the same shortest digits; only the layout differs."""
    value = float(number)
    if value != value or value in (float("inf"), float("-inf")) or value != number:
        raise Refused("json_malformed", why="not a finite double")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + exponent  # the decimal point stands after this many digits
    text = text.rstrip("0")
    if len(text) <= point <= 21:
        text = text + "0" * (point - len(text))
    elif 0 < point <= 21:
        text = text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + text
    else:
        head = text[0] + ("." + text[1:] if len(text) > 1 else "")
        text = f"{head}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return ("-" if sign else "") + text


def _string_text(text):
    return '"' + "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def _check_text(text, key=False):
    if "\0" in text:
        raise Refused("json_malformed", why="U+0000")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise Refused("json_malformed", why="lone surrogate")
    if key and not text.isascii():
        raise Refused("json_malformed", why="key is not ASCII")


def canonical_text(value, depth=0):
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        _check_text(value)
        return _string_text(value)
    if isinstance(value, (int, float)):
        return number_text(value)
    if depth == LIMITS["json_depth"]:
        raise Refused("json_too_deep")
    if isinstance(value, dict):
        for key in value:
            _check_text(key, key=True)
        return "{" + ",".join(_string_text(k) + ":" + canonical_text(value[k], depth + 1) for k in sorted(value)) + "}"
    return "[" + ",".join(canonical_text(item, depth + 1) for item in value) + "]"


def canonical(value):
    return canonical_text(value).encode()


def _number(literal):
    value = float(literal)
    if value in (float("inf"), float("-inf")):
        raise Refused("json_malformed", why="number out of range")
    return int(value) if value.is_integer() and abs(value) <= 1 << 53 else value


def _object(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Refused("json_malformed", why="duplicate key")
    return result


def _constant(name):
    raise Refused("json_malformed", why=f"{name} is not JSON")


def _check_depth(text):
    depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text, re.DOTALL):
        if token[0] in "[{":
            depth += 1
            if depth > LIMITS["json_depth"]:
                raise Refused("json_too_deep")
        elif token[0] in "]}":
            depth -= 1


def read_json(data):
    """Reads a message: any white space, key order, escapes and number spelling; never duplicate keys."""
    try:
        text = bytes(data).decode("utf-8")
        _check_depth(text)
        value = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_constant,
                           object_pairs_hook=_object)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refused("json_malformed", why=str(error)) from error
    canonical_text(value)  # refuses U+0000, lone surrogates and keys that are not ASCII
    return value


def read_canonical(data):
    """Reads bytes that are to be hashed or verified as they are: any other spelling is refused."""
    value = read_json(data)
    if canonical(value) != bytes(data):
        raise Refused("json_malformed", why="not canonical")
    return value


# --- 2.3 Hashes and signatures, ids ------------------------------------------------------------------------

def message(kind, data):
    return b"fieldsync/" + kind.encode() + b"/1\n" + data


def H(kind, data):
    return hashlib.sha256(message(kind, data)).hexdigest()


def public_key(seed):
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).public_key().public_bytes_raw().hex()


def device_id(key):
    return hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32]


def sign(seed, kind, value):
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).sign(message(kind, canonical(value))).hex()


def verifies(key, kind, value, signature):
    if not is_hex(signature, 128):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), message(kind, canonical(value)))
    except InvalidSignature:
        return False
    return True


def import_id(collection, fields, occurrence):
    return H("import", f"{collection}\n{canonical_text(fields)}\n{occurrence}".encode())[:32]


def point_id(code):
    return H("import", f"points\n{code}\n1".encode())[:32]


# --- 2 Forms -----------------------------------------------------------------------------------------------

def is_hex(text, length):
    return isinstance(text, str) and len(text) == length and re.fullmatch("[0-9a-f]*", text) is not None


def is_name(text):
    return isinstance(text, str) and re.fullmatch("[a-z_][a-z0-9_]{0,31}", text) is not None


def is_integer(value, first, end):
    return isinstance(value, int) and not isinstance(value, bool) and first <= value < end


def is_stamp(text):
    return isinstance(text, str) and text[16:17] == "-" and is_hex(text[:16], 16) and is_hex(text[17:], 32)


def is_value(value):
    if isinstance(value, str):
        return len(value.encode()) <= LIMITS["text_bytes"]
    return value is None or isinstance(value, (bool, int, float))


# --- 3 Stamps and the clock ----------------------------------------------------------------------------------

def time_of(milliseconds, counter=0):
    return milliseconds << 16 | counter


def time_text(time):
    if not 0 <= time < 1 << 64:
        raise Refused("stamp_out_of_range")
    return f"{time:016x}"


def stamp_text(time, device):
    return f"{time_text(time)}-{device}"


def stamp_time(text):
    return int(text[:16], 16)


def stamp_device(text):
    return text[17:]


def read_stamp(text):
    """Milliseconds, counter and device of a stamp's text."""
    if not is_stamp(text):
        raise Refused("stamp_malformed")
    return stamp_time(text) >> 16, stamp_time(text) & 0xFFFF, stamp_device(text)


class Clock:
    """A device's clock. `last` was issued or seen last; `seen` is the largest met in pulled records and receipts."""

    def __init__(self, last=0, seen=0):
        self.last, self.seen = last, seen

    def issue(self, wall):
        self.last = max(time_of(wall), self.last + 1)
        time_text(self.last)  # refuses to go past the last stamp time
        return self.last

    def see(self, time):
        self.seen = max(self.seen, time)
        self.last = max(self.last, time)

    def store_receipt(self, wall, effective, pending):
        """`effective`: of the receipted changes outside quarantine; `pending`: claims of the changes still pending."""
        self.seen = max([self.seen, *effective])
        self.last = max([self.seen, time_of(wall), *pending])


# --- 4 Batches ---------------------------------------------------------------------------------------------

def batch_hash(batch):
    return H("batch", canonical(batch))


def _check_change(change, adopting):
    if not isinstance(change, dict):
        return "change"
    fields, was, resolves = change.get("set"), change.get("was"), change.get("resolves")
    checks = {
        "collection": is_name(change.get("collection")),
        "id": is_hex(change.get("id"), 32),
        "stamp": is_hex(change.get("stamp"), 16),
        "set": isinstance(fields, dict) and len(fields) <= LIMITS["fields_per_change"]
        and (len(fields) > 0 or "resolves" in change)
        and all(is_name(name) and is_value(value) for name, value in fields.items()),
        "was": "was" not in change or isinstance(was, dict) and len(was) > 0
        and all(is_name(name) and is_stamp(stamp) for name, stamp in was.items()),
        "resolves": "resolves" not in change or isinstance(resolves, list)
        and 0 < len(resolves) <= RESOLVES_PER_CHANGE and all(is_hex(item, 32) for item in resolves),
        "stamps": not adopting or (isinstance(change.get("stamps"), dict)
        and isinstance(fields, dict) and change["stamps"].keys() == fields.keys() != set()
        and all(is_stamp(stamp) for stamp in change["stamps"].values())),
        "size": len(canonical(change)) <= LIMITS["change_bytes"],
    }
    return next((key for key, holds in checks.items() if not holds), None)


def is_signed_head(signed):
    """The form of a signed head, whoever signed it."""
    head = signed.get("head") if isinstance(signed, dict) else None
    return isinstance(head, dict) and is_hex(signed.get("signature"), 128) \
        and all(is_hex(head.get(key), 64) for key in ("digest", "root")) \
        and all(is_hex(head.get(key), 32) for key in ("epoch", "hub", "space")) \
        and is_integer(head.get("size"), 0, 1 << 53) and is_integer(head.get("time"), 0, TIME_END)


def check_batch(batch):
    """The form of a batch, whoever wrote it. Raises Refused with a code of errors.md."""
    if not isinstance(batch, dict):
        raise Refused("batch_invalid", key="batch")
    for key in ("changes", "device", "number", "previous", "sealed_at", "space"):
        if key not in batch:
            raise Refused("field_missing", key=key)
    checks = {
        "device": is_hex(batch["device"], 32),
        "number": is_integer(batch["number"], 1, 1 << 53),
        "previous": is_hex(batch["previous"], 64),
        "sealed_at": is_integer(batch["sealed_at"], 0, TIME_END),
        "space": is_hex(batch["space"], 32),
        "changes": isinstance(batch["changes"], list) and len(batch["changes"]) > 0,
        "formerly": "formerly" not in batch and "formerly_number" not in batch or is_hex(batch.get("formerly"), 32),
        "formerly_number": "formerly" not in batch or is_integer(batch.get("formerly_number"), 0, 1 << 53),
        "adopts": "adopts" not in batch or "formerly" not in batch and is_signed_head(batch["adopts"]),
    }
    for key, holds in checks.items():
        if not holds:
            raise Refused("batch_invalid", key=key)
    if len(batch["changes"]) > LIMITS["changes_per_batch"]:
        raise Refused("batch_too_large", changes=len(batch["changes"]))
    for index, change in enumerate(batch["changes"]):
        if key := _check_change(change, "adopts" in batch):
            raise Refused("batch_invalid", change=index, key=key)
    if len(canonical(batch)) > BATCH_BYTES:
        raise Refused("batch_too_large", bytes=len(canonical(batch)))


# --- 5.1 The Merkle tree (RFC 6962) --------------------------------------------------------------------------
# Leaf inputs and hashes are bytes here.

def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(count):
    """The largest power of two smaller than `count`."""
    return 1 << (count - 1).bit_length() - 1


def tree_root(leaves):
    """`leaves` are leaf hashes."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return node_hash(tree_root(leaves[:k]), tree_root(leaves[k:]))


def audit_path(index, leaves):
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return audit_path(index, leaves[:k]) + [tree_root(leaves[k:])]
    return audit_path(index - k, leaves[k:]) + [tree_root(leaves[:k])]


def consistency_proof(first, leaves):
    def part(m, nodes, whole):
        if m == len(nodes):
            return [] if whole else [tree_root(nodes)]
        k = _split(len(nodes))
        if m <= k:
            return part(m, nodes[:k], whole) + [tree_root(nodes[k:])]
        return part(m - k, nodes[k:], False) + [tree_root(nodes[:k])]
    return [] if first in (0, len(leaves)) else part(first, leaves, True)


def verify_path(index, size, leaf, path, root):
    if not 0 <= index < size:
        return False
    node, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = node_hash(sibling, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(first, second, first_root, second_root, proof):
    if first > second:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == tree_root([])
    proof = ([first_root] if first & (first - 1) == 0 else []) + list(proof)
    if not proof:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


# --- 6 Registers and the merge -------------------------------------------------------------------------------

class Register(NamedTuple):
    """A value, its effective stamp, and the stamp its device claimed for it (nearly always the same)."""
    value: object
    stamp: str
    claimed: str
    adopted: bool = False  # it entered by an adoption (6.8): no batch of the stamp's device vouches for it

    @property
    def device(self):
        return stamp_device(self.stamp)


def winner(one, other):
    """The register that wins; order and repetition do not matter. Under one stamp the author has the last word (6.6)."""
    return max(one, other, key=lambda register: (register.stamp, not register.adopted, canonical(register.value)))


def differ(one, other):
    return canonical(one.value) != canonical(other.value)


def conflict_id(collection, record, field, kept_stamp, lost_stamp, *lost):
    """`lost`: the lost value too, for the second of two conflicts that would have one id (6.6)."""
    return H("conflict", "\n".join((collection, record, field, kept_stamp, lost_stamp, *map(canonical_text, lost))).encode())[:32]


def is_clean(verdict):
    return not (verdict["conflicts"] or verdict["effective"] or verdict["quarantined"] or verdict.get("repeats"))


def opens_epoch(change):
    """Whether the change, if it is the hub's, writes an epoch with a parent (5.4)."""
    return change["collection"] == "epochs" and change["set"].get("parent") is not None


# --- 6 The hub's rules ---------------------------------------------------------------------------------------

class Ruling:
    """One batch while it is ruled on, and the lists of its verdict."""

    def __init__(self, batch, received_at, position, common, earlier, last):
        self.batch, self.device, self.received_at, self.position = batch, batch["device"], received_at, position
        self.common = common  # a size
        self.earlier = earlier["leaf"]["verdict"] if earlier else None  # the verdict of the receipt that it came with
        self.last = last  # L from before the batch
        self.conflicts, self.effective, self.quarantined, self.repeats = [], [], [], []

    def verdict(self, rules):
        return {"conflicts": self.conflicts, "effective": self.effective, "quarantined": self.quarantined,
                "received_at": self.received_at, "rules": rules, **({"repeats": self.repeats} if self.repeats else {})}


class Applied(NamedTuple):
    """What the journal remembers of a change that was applied, to know it again under another name (6.5)."""
    content: bytes
    device: str
    formerly: str  # None: the device's own
    number: int
    position: int
    stamp: str  # effective


class State:
    """What the journal amounts to, and the rules that carry it one batch further (rules numbers 1 and 2)."""

    def __init__(self, space, hub):
        self.space, self.hub = space, hub  # ids
        self.records = {}  # (collection, id) -> {field: Register}
        self.positions = {}  # (collection, id) -> position
        self.last = {}  # device -> its last effective stamp time, L
        self.rules = 1
        self.break_size = None  # `size` of the first epoch with a parent
        # What only rules number 2 look up. Here *key* is (collection, id).
        self.readings = {}  # (key, field, stamp) -> the effective stamp that it means, where that is another
        self.entered = {}  # (key, field, stamp) -> positions of the entries that wrote that register
        self.named = {}  # (key, field, effective stamp) -> [(position, the stamp that this change's `was` names for the field)]
        self.applied = {}  # (key, author's stamp) -> [Applied]
        self.ruled = {}  # (key, effective stamp) -> [Applied]
        self.beneath = {}  # (key, field, adopted stamp) -> the register that it took the place of, unlisted (6.8)
        self.closed = {}  # conflict id -> the device that closed it before it was made

    def value(self, collection, record, field):
        register = self.records.get((collection, record), {}).get(field)
        return register.value if register else None

    def may_write(self, device, collection):
        if device == self.hub:
            return True
        role = self.value("devices", device, "role")
        listed = self.value("space", self.space, "operator_collections")
        if role not in ("operator", "lead") or collection in HUB_ONLY:
            return False
        return role == "operator" or collection not in (listed if isinstance(listed, str) else "").split(" ")

    def ancestors(self, device):
        """The devices that this one came out of (section 10), the nearest first, as its own enrolment names them."""
        ancestry = self.value("devices", device, "ancestry")
        return ancestry.split(" ") if isinstance(ancestry, str) else []

    def rule(self, batch, received_at, position, common=0, earlier=None, head_held=False):
        """Rules on one batch and applies it. Returns the verdict. `common` and `earlier` are those of the leaf (5.1);
        `head_held`: the hub holds the head that an adopting batch calls lost."""
        if batch["device"] == self.hub:
            for change in filter(opens_epoch, batch["changes"]):
                self.rules = 2
                if self.break_size is None:
                    self.break_size = change["set"]["size"]
        if earlier or "formerly" in batch or "adopts" in batch:
            self.rules = 2
        ruling = Ruling(batch, received_at, position, common, earlier, self.last.get(batch["device"], 0))
        if "adopts" in batch:
            self._adopt(ruling, head_held)
        else:
            self._rule_changes(ruling)
        for change in batch["changes"]:
            key = (change["collection"], change["id"])
            if key in self.records:  # a record without a register does not exist
                self.positions[key] = position
        return ruling.verdict(self.rules)

    def _rule_changes(self, ruling):
        device, before, applied = ruling.device, {}, []  # the touched records from before the batch; (index, change, stamp)
        for index, change in enumerate(ruling.batch["changes"]):
            key = (change["collection"], change["id"])
            if reason := self._quarantine(ruling, index, key[0]):
                ruling.quarantined.append({"change": index, "reason": reason})
                continue
            before.setdefault(key, dict(self.records.get(key, {})))
            stamp, claimed = self._own_stamp(ruling, index, change), f"{change['stamp']}-{device}"
            repeated = self._repeated(ruling, change) if self.rules == 2 else None
            if repeated is None:
                self._merge(key, {field: Register(value, stamp, claimed) for field, value in change["set"].items()})
                applied.append((index, change, stamp))
            else:
                ruling.repeats.append({"change": index, "stamp": repeated})
            self._remember(ruling, change, stamp, claimed, repeated)
        self._list_conflicts(ruling, before, applied)
        self._close(ruling, [change for _, change, _ in applied])

    def _quarantine(self, ruling, index, collection):
        """Why a change is not applied, or None; a verdict that the hub gave before counts still (6.7)."""
        if ruling.earlier is None:
            return None if self.may_write(ruling.device, collection) else "role"
        return next((item["reason"] for item in ruling.earlier["quarantined"] if item["change"] == index), None)

    def _own_stamp(self, ruling, index, change):
        """The effective stamp of the change; moves *L*, and is listed if it is not the claimed one."""
        claimed = int(change["stamp"], 16)
        if ruling.earlier is None:
            time = self._effective(ruling.device, change, ruling.received_at)
        else:  # section 6.7
            time = next((int(item["stamp"], 16) for item in ruling.earlier["effective"] if item["change"] == index), claimed)
        if time != claimed:
            ruling.effective.append({"change": index, "stamp": time_text(time)})
        self.last[ruling.device] = max(time, self.last.get(ruling.device, 0))
        return stamp_text(time, ruling.device)

    def _effective(self, device, change, received_at):
        """Section 6.1."""
        last, claimed = self.last.get(device, 0), int(change["stamp"], 16)
        if claimed > last and claimed >> 16 <= received_at + DRIFT_MILLISECONDS:
            return claimed
        was, key = change.get("was", {}), (change["collection"], change["id"])
        vouched = [stamp_time(register.stamp) for field, register in self.records.get(key, {}).items()
                   if self._names(was, key, field, register) or register.device == device and field in change["set"]]
        return max([last, *vouched]) + 1

    def _names(self, was, key, field, register):
        """Whether `was` names this register of the field, under any reading (section 3)."""
        stamp = was.get(field)
        return stamp is not None and (stamp in (register.stamp, register.claimed)
                                      or self.readings.get((key, field, stamp)) == register.stamp)

    def _merge(self, key, registers):
        """Section 6.2."""
        if registers:
            record = self.records.setdefault(key, {})
            for field, register in registers.items():
                record[field] = winner(record[field], register) if field in record else register

    def _list_conflicts(self, ruling, before, applied):
        """Section 6.3, the three kinds."""
        first, last, names = {}, {}, {}  # (key, field) -> the first change that set it, the index of the last; key -> the fields set
        for index, change, _ in applied:
            key = (change["collection"], change["id"])
            names.setdefault(key, set()).update(change["set"])
            for field in change["set"]:
                first.setdefault((key, field), change)
                last[key, field] = index
        for index, change, stamp in applied:
            key = (change["collection"], change["id"])
            for field, value in sorted(change["set"].items()):
                written = Register(value, stamp, f"{change['stamp']}-{ruling.device}")
                self._list_claimed_twice(ruling, key, field, before[key].get(field), written)
                if last[key, field] == index:
                    self._list_field(ruling, key, field, before[key], first[key, field], change, written, names[key])

    def _list_field(self, ruling, key, field, before, first, change, written, names):
        """`first` and `change`: the first and the last change that set the field; `names`: what the batch set on the record."""
        was, old, deletion, present = change.get("was", {}), before.get(field), before.get("_deleted"), self.records[key]
        kept, unaware = old and winner(old, written), field not in first.get("was", {})
        # A stamp of an earlier verdict may be below the one that its writer had seen.
        below = self.rules > 1 and ruling.earlier is not None and kept is old
        seen = old and self._names(first.get("was", {}), key, field, old)
        if old and differ(old, written) and (below and seen or self._is_anothers(ruling, old) and not seen):
            if self._is_listed(ruling, 1, key, field, (field, old), (change, written), kept, unaware):
                self._make_conflict(ruling, key, field, kept, old if kept is written else written)
        self._list_hidden(ruling, key, field, first, change, written)
        if "_deleted" not in names and deletion and deletion.value is True \
                and self._is_anothers(ruling, deletion) and not self._names(was, key, "_deleted", deletion) \
                and self._is_listed(ruling, 2, key, field, ("_deleted", deletion), (change, written), deletion):
            self._make_conflict(ruling, key, field, deletion, written, "_deleted")
        if field == "_deleted" and written.value is True and present["_deleted"].stamp == written.stamp:
            for other in sorted(present.keys() - names):
                if self._is_anothers(ruling, present[other]) and not self._names(was, key, other, present[other]) \
                        and self._is_listed(ruling, 3, key, other, (other, present[other]), (change, written), written):
                    self._make_conflict(ruling, key, other, written, present[other], "_deleted")

    def _hub_stamp(self, received_at):
        self.last[self.hub] = max(time_of(received_at), self.last.get(self.hub, 0) + 1)
        return stamp_text(self.last[self.hub], self.hub)

    def _write_as_hub(self, ruling, key, fields):
        stamp = self._hub_stamp(ruling.received_at)
        self._merge(key, {field: Register(value, stamp, stamp) for field, value in fields.items()})
        self.positions[key] = ruling.position

    def _make_conflict(self, ruling, key, field, kept, lost, kept_field=None):
        fields = {"collection": key[0], "record": key[1], "field": field,
                  "kept_value": kept.value, "kept_stamp": kept.stamp,
                  "lost_value": lost.value, "lost_stamp": lost.stamp, **({"kept_field": kept_field} if kept_field else {})}
        identifier = self._write_conflict(ruling, conflict_id(*key, field, kept.stamp, lost.stamp), fields)
        if identifier:
            ruling.conflicts.append(identifier)

    def _write_conflict(self, ruling, identifier, fields):
        """Makes the conflict, if it is not there. Returns its id, or None."""
        if self._is_another_conflict(identifier, fields):
            identifier = second_id(fields)
        if ("conflicts", identifier) in self.records:
            return None
        closer = self.closed.get(identifier)  # section 6.6; never any under rules number 1
        done = {"resolved": False} if closer is None else {"resolved": True, "resolved_by": closer}
        self._write_as_hub(ruling, ("conflicts", identifier), {**fields, **done})
        return identifier

    def _close(self, ruling, changes):
        for change in changes:
            for identifier in change.get("resolves", []):
                if ("conflicts", identifier) in self.records:
                    self._resolve(ruling, identifier, ruling.device)
                elif self.rules == 2:
                    self.closed.setdefault(identifier, ruling.device)

    def _resolve(self, ruling, identifier, device):
        if self.value("conflicts", identifier, "resolved") is not True:
            self._write_as_hub(ruling, ("conflicts", identifier), {"resolved": True, "resolved_by": device})

    # 6.5 Repeats

    def _remember(self, ruling, change, stamp, claimed, repeated):
        """What later batches look up. `repeated`: the stamp that the change is a repeat of, or None."""
        key, position = (change["collection"], change["id"]), ruling.position
        for field in change["set"]:
            for name in (claimed, stamp):
                if name != (repeated or stamp):
                    self.readings[key, field, name] = repeated or stamp
        if repeated is not None:
            return
        for field in change["set"]:
            self.entered.setdefault((key, field, stamp), []).append(position)
        for field, seen in change.get("was", {}).items():
            self.named.setdefault((key, field, stamp), []).append((position, seen))
        formerly = ruling.batch.get("formerly")
        item = Applied(content(change), ruling.device, formerly, ruling.batch["number"], position, stamp)
        self.applied.setdefault((key, author_stamp(ruling.batch, change)), []).append(item)
        self.ruled.setdefault((key, stamp), []).append(item)

    def _repeated(self, ruling, change):
        """The effective stamp of the change that this one repeats, or None."""
        batch, key = ruling.batch, (change["collection"], change["id"])
        author, known = batch.get("formerly", ruling.device), batch.get("formerly_number")
        for item in self.applied.get((key, author_stamp(batch, change)), []):
            if item.content == content(change) and (
                    item.formerly == author or known is not None and item.device == author and item.number > known):
                return item.stamp
        return None

    # 6.6 Whose register

    def _is_anothers(self, ruling, register):
        own = self.rules == 1 or ruling.earlier is not None or stamp_time(register.stamp) <= ruling.last
        return not (register.device == ruling.device and own)

    def _list_claimed_twice(self, ruling, key, field, old, written):
        """Under one stamp somebody adopted a value, and the author wrote another: the author's stands, the other is listed."""
        if self.rules == 2 and old and old.adopted and written.stamp == old.stamp and differ(old, written):
            self._make_conflict(ruling, key, field, written, old)

    def _is_another_conflict(self, identifier, fields):
        """Whether a conflict of other values has this id."""
        row = ("conflicts", identifier)
        return self.rules == 2 and row in self.records and any(
            canonical(self.value(*row, name)) != canonical(fields.get(name)) for name in ("kept_value", "lost_value", "kept_field"))

    # 6.7 Offered again

    def _is_listed(self, ruling, kind, key, field, present, write, kept, unaware=False):
        """Whether what section 6.3 calls a conflict in `field` is one. `present`: the register that was met, and its field;
        `write`: the batch's change and register; `kept`: which of the two is kept; `unaware`: the batch's first `was` of the
        field names nothing."""
        if self.rules == 1:
            return True
        (place, register), (change, written) = present, write
        written_field = "_deleted" if kind == 3 else field
        stamps = {written.stamp}
        if self._is_only_content(ruling.batch, change):
            stamps.add(author_stamp(ruling.batch, change))
        overcomes = kind == 1 and kept is written
        if ruling.earlier is None:
            return kind == 3 or self.break_size is None or overcomes \
                or not self._had_seen(key, written_field, register.stamp, self.break_size, stamps)
        lost = register if kept is written else written
        names = conflict_id(*key, field, kept.stamp, lost.stamp), conflict_id(*key, field, kept.stamp, lost.stamp, lost.value)
        return any(name in ruling.earlier["conflicts"] for name in names) or overcomes and unaware \
            or self._entered_above(ruling, key, place, register) \
            and (overcomes or not self._had_seen(key, written_field, register.stamp, ruling.common, stamps, written.stamp))

    def _list_hidden(self, ruling, key, field, first, change, written):
        """Somebody handed this write's value back before its author came, and that hid another value: the author meets it."""
        formerly = ruling.batch.get("formerly")
        if self.rules == 1 or ruling.earlier is None and formerly is None:
            return
        hidden = self.beneath.get((key, field, written.stamp)) or formerly and self.beneath.get((key, field, author_stamp(ruling.batch, change)))
        was = first.get("was", {})
        if not hidden or not differ(hidden, written) or not self._is_anothers(ruling, hidden) or self._names(was, key, field, hidden):
            return
        names = conflict_id(*key, field, written.stamp, hidden.stamp), conflict_id(*key, field, written.stamp, hidden.stamp, hidden.value)
        listed = ruling.earlier is not None and any(name in ruling.earlier["conflicts"] for name in names)
        if not listed and field in was:
            size = self.break_size or 0 if ruling.earlier is None else ruling.common
            seen = self.readings.get((key, field, was[field]), was[field])
            listed = (ruling.earlier is None or self._entered_above(ruling, key, field, hidden)) \
                and not self._had_seen(key, field, seen, size, {hidden.stamp})
        if listed or field not in was:
            self._make_conflict(ruling, key, field, written, hidden)

    def _entered_above(self, ruling, key, field, register):
        """Whether an entry above the common size, before this batch, wrote the register."""
        return any(ruling.common < position < ruling.position for position in self.entered.get((key, field, register.stamp), []))

    def _had_seen(self, key, field, stamp, size, stamps, written=None):
        """Whether the writer of the register `stamp` had seen a write of `field` that has one of `stamps`: follows `was`
        through the entries above `size`. `written`: the write's stamp, if a later one of its device had seen it too: that of
        a batch offered again, whose chain proves that it was later."""
        for _ in range(1000):
            seen = [was for position, was in self.named.get((key, field, stamp), []) if position > size]
            if not seen:
                return False
            stamp = self.readings.get((key, field, seen[0]), seen[0])
            if stamp in stamps or written and stamp_device(stamp) == stamp_device(written) and stamp > written:
                return True
        return False

    def _is_only_content(self, batch, change):
        """Whether no other content was ruled under the change's author's stamp."""
        name = (change["collection"], change["id"]), author_stamp(batch, change)
        return all(item.content == content(change) for item in self.applied.get(name, []) + self.ruled.get(name, []))

    # 6.8 Adoption

    def _adopt(self, ruling, head_held):
        limit = ruling.batch["adopts"]["head"]["time"] + DRIFT_MILLISECONDS
        before = {(change["collection"], change["id"]): dict(self.records.get((change["collection"], change["id"]), {}))
                  for change in ruling.batch["changes"]}
        found, rows = [], []  # arguments of `_make_conflict`; rows of conflicts
        for index, change in enumerate(ruling.batch["changes"]):
            reason = "head_held" if head_held else self._adopt_change(ruling, index, change, limit, before, found, rows)
            if reason:
                ruling.quarantined.append({"change": index, "reason": reason})
        for conflict in found:
            self._make_conflict(ruling, *conflict)
        for identifier, row in rows:
            self._bring_back(ruling, identifier, row)

    def _adopt_change(self, ruling, index, change, limit, before, found, rows):
        """Returns the reason of its quarantine, or None."""
        key, own = (change["collection"], change["id"]), None
        if key[0] == "conflicts":
            if not is_conflict_row(change["set"]) or key[1] not in (first_id(change["set"]), second_id(change["set"])):
                return "role"
            rows.append((key[1], change["set"]))
            return None
        if not self.may_write(ruling.device, key[0]):
            return "role"
        for field, value in sorted(change["set"].items()):
            stamp = claimed = change["stamps"][field]
            if stamp_time(stamp) >> 16 > limit:  # nobody can have written that: it becomes the adopter's word
                stamp = own = own or self._own_stamp(ruling, index, change)
                claimed = f"{change['stamp']}-{ruling.device}"
                if claimed != stamp:
                    self.readings[key, field, claimed] = stamp
            register = Register(value, stamp, claimed, stamp_device(stamp) != ruling.device)
            compared = self._compare_adopted(ruling, key, field, register, change, before[key])
            found += compared
            old = self.records.get(key, {}).get(field)
            self._merge(key, {field: register})
            is_listed = any(item[1] == field and len(item) == 4 for item in compared)
            if old and not is_listed and old.stamp != stamp and differ(old, register) and winner(old, register) is register:
                self.beneath.setdefault((key, field, stamp), old)
            self.entered.setdefault((key, field, stamp), []).append(ruling.position)
        return None

    def _compare_adopted(self, ruling, key, field, register, change, before):
        """The conflicts of an adopted register with the record as it was before the batch."""
        found, deletion = [], before.get("_deleted")

        def unseen(place):
            return self._entered_above(ruling, key, place, before[place]) \
                and not self._had_seen(key, field, before[place].stamp, ruling.common, {register.stamp})
        if field in before and differ(before[field], register) and (
                unseen(field) or winner(before[field], register) is register and self._entered_above(ruling, key, field, before[field])):
            kept = winner(before[field], register)
            found.append((key, field, kept, before[field] if kept is register else register))
        if field == "_deleted" and register.value is True:
            found += [(key, other, register, before[other], "_deleted") for other in sorted(before) if other != field and unseen(other)]
        if "_deleted" not in change["set"] and deletion and deletion.value is True and unseen("_deleted"):
            found.append((key, field, deletion, register, "_deleted"))
        return found

    def _bring_back(self, ruling, identifier, row):
        """Makes the conflict of an adopted row, if it is not there, and closes it if the row is closed."""
        if self._is_another_conflict(identifier, row):
            identifier = second_id(row)
        self._write_conflict(ruling, identifier, {name: row[name] for name in row if name not in ("resolved", "resolved_by")})
        self.positions["conflicts", identifier] = ruling.position
        if row["resolved"]:
            self._resolve(ruling, identifier, row["resolved_by"])

    def record_states(self):
        return [record_state(*key, self.records[key]) for key in sorted(self.records)]

    def digest(self):
        return digest_root(self.record_states())


def content(change):
    """What two names of one save have in common."""
    return canonical([change["set"], change.get("resolves", [])])


def author_stamp(batch, change):
    return f"{change['stamp']}-{batch.get('formerly', batch['device'])}"


def first_id(row):
    return conflict_id(row["collection"], row["record"], row["field"], row["kept_stamp"], row["lost_stamp"])


def second_id(row):
    return conflict_id(row["collection"], row["record"], row["field"], row["kept_stamp"], row["lost_stamp"], row["lost_value"])


def is_conflict_row(row):
    names = {"collection", "field", "kept_stamp", "kept_value", "lost_stamp", "lost_value", "record", "resolved"}
    resolved = row.get("resolved")
    return row.keys() - {"kept_field"} == names | ({"resolved_by"} if resolved is True else set()) \
        and isinstance(resolved, bool) and is_name(row["collection"]) and is_hex(row["record"], 32) and is_name(row["field"]) \
        and is_stamp(row["kept_stamp"]) and is_stamp(row["lost_stamp"]) and row.get("kept_field", "_deleted") == "_deleted" \
        and (not resolved or is_hex(row["resolved_by"], 32))


# --- 7 Digest --------------------------------------------------------------------------------------------

def record_state(collection, record, registers):
    clock = max(register.stamp for register in registers.values())
    older = {field: register.stamp for field, register in registers.items() if register.stamp != clock}
    return {"clock": clock, "collection": collection, "id": record,
            "fields": {field: register.value for field, register in registers.items()},
            **({"older": older} if older else {})}


def state_hash(state):
    return H("record", canonical(state))


def bucket_of(collection, record):
    return int.from_bytes(hashlib.sha256(collection.encode() + bytes.fromhex(record)).digest()[:2]) >> 4


def digest_nodes(states):
    buckets = [0] * 4096
    for state in states:
        bucket = bucket_of(state["collection"], state["id"])
        buckets[bucket] = (buckets[bucket] + int(state_hash(state), 16)) % (1 << 256)
    values = b"".join(value.to_bytes(32) for value in buckets)
    return [hashlib.sha256(values[start:start + 2048]).digest() for start in range(0, len(values), 2048)]


def digest_root(states):
    return hashlib.sha256(b"".join(digest_nodes(states))).hexdigest()


# --- 5, 8 The hub ------------------------------------------------------------------------------------------

class Hub:
    """A hub without a network: takes batches, keeps the journal, makes receipts and pages."""

    def __init__(self, seed, space):
        self.seed, self.key, self.space = seed, public_key(seed), space
        self.id = device_id(self.key)
        self.state = State(space, self.id)
        self.batches, self.leaves, self.hashes, self.heads = [], [], [], []
        self.received_at, self.epoch = 0, None

    def own(self, device):
        return [leaf for leaf in self.leaves if leaf["device"] == device]

    def next_of(self, device):
        own = self.own(device)
        return len(own) + 1, own[-1]["batch"] if own else ZERO_HASH

    def push(self, batch, signature, wall, **beside):
        """Takes a batch, or finds it taken already. Returns its position. `beside`: the push's `common` (a signed head or
        None) and `receipt`, if they are there (8.4)."""
        check_batch(batch)
        if "adopts" in batch and "common" not in beside:
            raise Refused("field_missing", key="common")
        device = batch["device"]
        if batch["space"] != self.space:
            raise Refused("space_mismatch")
        key = self.key if device == self.id else self.state.value("devices", device, "key")
        if key is None:
            raise Refused("device_unknown")
        if self.state.value("devices", device, "revoked") is True:
            raise Refused("device_revoked")
        if not verifies(key, "batch", batch, signature):
            raise Refused("signature_invalid", kind="batch")
        if "formerly" in batch and batch["formerly"] not in self.state.ancestors(device):
            raise Refused("batch_invalid", key="formerly")
        if "adopts" in batch and not self.signed(batch["adopts"]):
            raise Refused("signature_invalid", kind="head")
        number, previous = self.next_of(device)
        if batch["number"] > number:
            raise Refused("number_ahead", next_number=number)
        if batch["number"] < number:
            leaf = self.own(device)[batch["number"] - 1]
            if leaf["batch"] != batch_hash(batch):
                raise Refused("number_taken", next_number=number)
            return leaf["position"]
        if batch["previous"] != previous:
            raise Refused("chain_broken", next_number=number, next_previous=previous)
        return self._append(batch, signature, wall, **self._healing(batch, signature, **beside))

    def signed(self, signed):
        """Whether this hub signed that head."""
        head = signed["head"]
        return verifies(self.key, "head", head, signed["signature"]) and head["space"] == self.space and head["hub"] == self.id

    def holds(self, signed):
        """Section 5.2."""
        head = signed["head"]
        return self.signed(signed) and head["size"] <= len(self.hashes) \
            and head["root"] == tree_root(self.hashes[:head["size"]]).hex()

    def _healing(self, batch, signature, **beside):
        """What of that which came beside the batch counts, as it goes into the leaf: `common` (a size) and `earlier`."""
        adopts = "adopts" in batch  # its `receipt` is passed over, and for any other batch each of the two without the other
        if not adopts and not {"common", "receipt"} <= beside.keys():
            return {}
        common = beside["common"]
        if common is not None and not (is_signed_head(common) and self.holds(common)):
            raise Refused("parameter_invalid", key="common")
        size = common["head"]["size"] if common else 0
        if adopts:
            return {"common": size}
        receipt = beside["receipt"]
        try:
            verify_receipt(receipt, batch, signature, self.key, self.space)
        except Refused as refused:
            raise Refused("signature_invalid", kind="receipt") from refused
        if "earlier" in receipt["leaf"]:
            raise Refused("signature_invalid", kind="receipt")
        return {"common": size, "earlier": receipt}

    def _append(self, batch, signature, wall, **healing):
        """`healing`: what goes into the leaf of section 11, `common` and `earlier`."""
        position = len(self.leaves) + 1
        opened = next((change for change in batch["changes"] if opens_epoch(change)), None) if batch["device"] == self.id else None
        went_back = opened is not None and opened["set"].get("cause") == "clock"  # the one batch where the hub's time may
        self.received_at = wall if went_back else max(wall, self.received_at)
        held = "adopts" in batch and self.holds(batch["adopts"])
        verdict = self.state.rule(batch, self.received_at, position, head_held=held, **healing)
        if self.epoch is None:
            self.epoch = next(change["id"] for change in batch["changes"] if change["collection"] == "epochs")
        if opened is not None:
            self.epoch = opened["id"]
        leaf = {"batch": batch_hash(batch), "device": batch["device"], "epoch": self.epoch, "position": position,
                "number": batch["number"], "signature": signature, "verdict": verdict, **healing}
        self.batches.append(batch)
        self.leaves.append(leaf)
        self.hashes.append(leaf_hash(canonical(leaf)))
        head = {"digest": self.state.digest(), "epoch": self.epoch, "hub": self.id, "size": position,
                "root": tree_root(self.hashes).hex(), "space": self.space, "time": self.received_at}
        self.heads.append({"head": head, "signature": sign(self.seed, "head", head)})
        return position

    def receipt(self, position, size=None):
        size = size or position
        path = audit_path(position - 1, self.hashes[:size])
        return {"head": self.heads[size - 1], "leaf": self.leaves[position - 1], "path": [h.hex() for h in path]}

    def may_leave_out(self, key, asker, have):
        """Whether a pull may leave this record out (section 8.3)."""
        leaf = self.leaves[self.state.positions[key] - 1]
        return leaf["device"] == asker and leaf["number"] <= have and is_clean(leaf["verdict"]) \
            and "adopts" not in self.batches[leaf["position"] - 1] \
            and all(register.device == asker for register in self.state.records[key].values())

    def pull(self, asker, have, nonce, now, after=0, presented_size=0, backed_up=0):
        """A whole pull in one page; `after` is the position up to which the asker has pulled."""
        keys = sorted((position, key) for key, position in self.state.positions.items()
                      if position > after and not self.may_leave_out(key, asker, have))
        records = [{"position": position, "record": record_state(*key, self.state.records[key])}
                   for position, key in keys]
        number, previous = self.next_of(asker)
        page = {"backed_up": backed_up, "cursor": f"p{len(self.leaves)}", "device": asker, "head": self.heads[-1],
                "consistency": [h.hex() for h in consistency_proof(presented_size, self.hashes)],
                "more": False, "next_number": number, "next_previous": previous, "nonce": nonce,
                "now": max(now, self.received_at)}
        if records:
            page["records"] = H("records", canonical(records))
        return {"page": page, "records": records, "signature": sign(self.seed, "page", page)}


# --- 5.3, 8 What a device checks -----------------------------------------------------------------------------

def _require(checks):
    for name, holds in checks:
        if not holds:
            raise Refused(name)


def _refuses_malformed(check):
    """A key that is missing or of another type fails the check `form`."""
    @functools.wraps(check)
    def checked(*arguments):
        try:
            return check(*arguments)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused("form", why=repr(error)) from error
    return checked


def head_hash(head):
    return H("head", canonical(head["head"]))


@_refuses_malformed
def verify_receipt(receipt, batch, signature, hub_key, space):
    """Raises Refused with the name of the check that failed. `hub_key` and `space` are the pinned ones."""
    head, leaf = receipt["head"]["head"], receipt["leaf"]
    path, root = [bytes.fromhex(h) for h in receipt["path"]], bytes.fromhex(head["root"])
    _require([
        ("head_signature", verifies(hub_key, "head", head, receipt["head"]["signature"])),
        ("space", head["space"] == space),
        ("hub", head["hub"] == device_id(hub_key)),
        ("batch", leaf["batch"] == batch_hash(batch)),
        ("device", leaf["device"] == batch["device"]),
        ("number", leaf["number"] == batch["number"]),
        ("signature", leaf["signature"] == signature),
        ("epoch", leaf["epoch"] == head["epoch"]),
        ("path", verify_path(leaf["position"] - 1, head["size"], leaf_hash(canonical(leaf)), path, root)),
    ])


@_refuses_malformed
def verify_page(answer, asked, hub_key, space):
    """`answer`: status, content_type, sync_protocol, body (bytes). `asked`: device, nonce, head (presented, or None).

    Raises Refused with the name of the check that failed, or `other_epoch`. Returns the message."""
    kind = (answer["content_type"] or "").split(";")[0].strip().lower()
    _require([("status", answer["status"] == 200), ("sync_protocol", answer["sync_protocol"] == "1"),
              ("content_type", kind == "application/json")])
    body = read_json(answer["body"])
    page, records, signature, old = body["page"], body["records"], body["signature"], asked["head"]
    _require([("signature", verifies(hub_key, "page", page, signature)),
              ("nonce", page["nonce"] == asked["nonce"]),
              ("device", page["device"] == asked["device"]),
              ("records", page["records"] == H("records", canonical(records)) if "records" in page else records == [])])
    head = page["head"]["head"]
    _require([("head_signature", verifies(hub_key, "head", head, page["head"]["signature"])),
              ("space", head["space"] == space), ("hub", head["hub"] == device_id(hub_key))])
    if old is not None:
        proof = [bytes.fromhex(h) for h in page["consistency"]]
        roots = bytes.fromhex(old["root"]), bytes.fromhex(head["root"])
        _require([("other_epoch", old["epoch"] == head["epoch"]),
                  ("size_smaller", old["size"] <= head["size"]),
                  ("root_differs", old["size"] < head["size"] or roots[0] == roots[1]),
                  ("consistency", verify_consistency(old["size"], head["size"], *roots, proof))])
    return body


# --- 8.2 The invite and join ---------------------------------------------------------------------------------

def encode_invite(invite):
    data = canonical(invite)
    return "fsi1_" + base64.urlsafe_b64encode(data + hashlib.sha256(data).digest()[:4]).decode().rstrip("=")


@_refuses_malformed
def decode_invite(line):
    text = "".join(line.split())  # mail programs fold lines
    _require([("prefix", text.startswith("fsi1_")), ("base64", re.fullmatch("[A-Za-z0-9_-]*", text[5:]))])
    body = text[5:]
    _require([("base64", len(body) % 4 != 1)])
    data = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    _require([("base64", base64.urlsafe_b64encode(data).decode().rstrip("=") == body),
              ("checksum", len(data) > 4 and hashlib.sha256(data[:-4]).digest()[:4] == data[-4:])])
    invite = read_canonical(data[:-4])
    url = invite.get("url")
    _require([("form", is_integer(invite.get("expires"), 0, TIME_END) and is_hex(invite.get("hub"), 64)
               and is_hex(invite.get("secret"), 32) and is_hex(invite.get("space"), 32)
               and isinstance(url, str) and re.match("https?://[^/]", url) is not None
               and ("tls" not in invite or is_hex(invite["tls"], 64) and url.startswith("https://")))])
    return invite


def make_join(seed, invite, token):
    join = {"invite": invite["secret"], "key": public_key(seed), "space": invite["space"],
            "token": hashlib.sha256(token.encode()).hexdigest()}
    return {"join": join, "signature": sign(seed, "join", join)}


@_refuses_malformed
def verify_join_answer(answer, key, hub_key, space):
    """`key` is the joining device's public key; `hub_key` and `space` are the invite's."""
    batch = answer["batch"]
    _require([("batch_signature", verifies(hub_key, "batch", batch, answer["signature"])),
              ("enrolment", any(change["collection"] == "devices" and change["id"] == device_id(key)
                                and change["set"].get("key") == key for change in batch["changes"]))])
    verify_receipt(answer["receipt"], batch, answer["signature"], hub_key, space)


# --- 13 Bundles ------------------------------------------------------------------------------------------------

BUNDLE_KINDS = ("join", "push", "pull", "ask", "enrolment", "page", "heads", "batches", "found", "receipt", "refused")
BUNDLE_LINE_BYTES, BUNDLE_BYTES = 8_388_608, 268_435_456


def item_hash(item):
    """The name of an item, as refusals have it."""
    return H("bundle", canonical(item))


def bundle_lines(header, items):
    """The unpacked bytes of a bundle. `header` has by, made_at and space."""
    lines = [canonical({"bundle": {**header, "version": 1}})] + [canonical(item) for item in items]
    body = b"".join(line + b"\n" for line in lines)
    return body + canonical({"end": {"items": len(items), "lines": H("bundle", body)}}) + b"\n"


def read_bundle(data):
    """The header and the items of known kinds of an unpacked bundle; refuses it as a whole."""
    if len(data) > BUNDLE_BYTES:
        raise Refused("too_large")
    if not data.endswith(b"\n"):
        raise Refused("truncated")
    lines = data[:-1].split(b"\n")
    if any(len(line) > BUNDLE_LINE_BYTES for line in lines):
        raise Refused("too_large")
    try:
        header = read_json(lines[0])["bundle"]
        version = header["version"]
    except (Refused, KeyError, TypeError) as error:
        raise Refused("not_a_bundle") from error
    if version != 1:
        raise Refused("too_new")
    if not is_hex(header.get("by"), 32) or not is_hex(header.get("space"), 32) or not is_integer(header.get("made_at"), 0, TIME_END - 1):
        raise Refused("damaged")
    ends = [index for index, line in enumerate(lines) if line.startswith(b'{"end":')]
    if not ends:
        raise Refused("truncated")
    items = []
    try:
        if ends[0] != len(lines) - 1:
            raise Refused("damaged")
        for line in lines[1:-1]:
            items.append(read_canonical(line))
        end = read_json(lines[-1])["end"]
        if end.get("items") != len(items) or end.get("lines") != H("bundle", data[:data.rindex(b'{"end":')]):
            raise Refused("damaged")
    except Refused as error:
        raise Refused("damaged") from error
    known = [item for item in items if isinstance(item, dict) and len(item) == 1 and next(iter(item)) in BUNDLE_KINDS]
    return header, known


def make_pull(seed, pull):
    """`pull` has cursor, have, head, made_at, nonce and space."""
    pull = {**pull, "device": device_id(public_key(seed))}
    return {"pull": pull, "signature": sign(seed, "pull", pull)}


def following_nonce(page):
    """The nonce of the page that comes after this one in the answer to the same pull."""
    return H("pull", canonical(page))[:32]


def make_refusal(hub_seed, item, device, error, status, space):
    refused = {"device": device, "error": error, "item": item_hash(item), "kind": next(iter(item)), "space": space, "status": status}
    return {"refused": refused, "signature": sign(hub_seed, "refused", refused)}

"""FieldSync protocol, version 1: the calls of healing, a reference written from Protocol/README.md.

What a hub answers when a device takes a new key (8.2, 8.7, 10) or shows it a history that it does not hold (8.6, 8.9, 11), and
what a device checks in these answers. The rules that the journal then obeys (6.5 to 6.8) are in `fieldsync.py`.
"""

import hashlib
import json

import fieldsync as fs
from fieldsync import H, Refused, canonical, device_id, is_hex, is_integer, is_name, public_key, sign, verifies

ANSWER_BYTES = 512 * 1024
HEADS, KEYS = 64, 1_000
NEW_KEYS, NEW_KEYS_MILLISECONDS = 8, 24 * 3_600_000


def _parameters(checks):
    for key, holds in checks.items():
        if not holds:
            raise Refused("parameter_invalid", key=key)


class HealingHub(fs.Hub):
    """A hub that heals: it opens epochs, and answers heads, batches, records by name and joins without an invite."""

    def __init__(self, seed, space):
        super().__init__(seed, space)
        self.split = None  # the head that shows a second hub on this key

    def push(self, batch, signature, wall, **beside):
        self._can_write()
        return super().push(batch, signature, wall, **beside)

    def _can_write(self):
        if self.split is not None:
            raise Refused("hub_split", **{key: self.split["head"][key] for key in ("epoch", "size", "time")})

    def write(self, wall, *changes):
        """A batch of the hub's own: `changes` are (collection, id, set). Returns its position."""
        first = max(fs.time_of(max(wall, self.received_at)), self.state.last.get(self.id, 0) + 1)
        number, previous = self.next_of(self.id)
        batch = {"changes": [{"collection": collection, "id": record, "set": fields, "stamp": fs.time_text(first + index)}
                             for index, (collection, record, fields) in enumerate(changes)],
                 "device": self.id, "number": number, "previous": previous, "sealed_at": wall, "space": self.space}
        return self.push(batch, sign(self.seed, "batch", batch), wall)

    # --- 11 Epochs

    def epochs(self):
        """The epochs with a parent, in the order in which they began."""
        rows = [{"id": record, **{field: register.value for field, register in registers.items()}}
                for (collection, record), registers in self.state.records.items() if collection == "epochs"]
        return sorted((row for row in rows if row["parent"] is not None), key=lambda row: row["size"])

    def open_epoch(self, name, cause, wall, unknown=None):
        """`name` is random; here it is given."""
        self._can_write()
        head = self.heads[-1]["head"]
        now = wall if cause == "clock" else max(wall, self.received_at)
        fields = {"cause": cause, "opened_at": now, "parent": self.epoch, "root": head["root"], "size": head["size"]}
        if unknown is not None:
            fields["unknown"] = fs.canonical_text(unknown)
        return self.write(wall, ("epochs", name, fields))

    def answer_heads(self, asker, presented, nonce, wall, epoch=None):
        """Section 8.9. `epoch`: the name of the epoch, if one is to be opened."""
        self._can_write()
        _parameters({"nonce": is_hex(nonce, 32), "heads": isinstance(presented, list) and 0 < len(presented) <= HEADS
                     and all(fs.is_signed_head(signed) for signed in presented)
                     and all(one["head"]["size"] > other["head"]["size"] for one, other in zip(presented, presented[1:]))})
        if not all(self.signed(signed) for signed in presented):
            raise Refused("signature_invalid", kind="head")
        first = presented[0]
        if not self.holds(first):
            if first["head"]["epoch"] == self.epoch or self._is_of_a_lost_epoch(first["head"]["epoch"]):
                self.open_epoch(epoch, "head_unknown", wall, first)
            elif self._is_of_another_hub(first, max(wall, self.received_at)):
                self.split = first
                self._can_write()
        held = max([signed["head"]["size"] for signed in presented if self.holds(signed)], default=0)
        heads = {"consistency": [h.hex() for h in fs.consistency_proof(held, self.hashes)], "cursor": f"p{held}", "device": asker,
                 "head": self.heads[-1], "held": held, "nonce": nonce, "now": max(wall, self.received_at)}
        return {"heads": heads, "signature": sign(self.seed, "heads", heads)}

    def _is_of_a_lost_epoch(self, epoch):
        """An epoch that was opened in a history that is lost whole, and that nobody has shown yet."""
        rows = [(record, registers) for (collection, record), registers in self.state.records.items() if collection == "epochs"]
        shown = [json.loads(registers["unknown"].value)["head"]["epoch"] for _, registers in rows if "unknown" in registers]
        return epoch not in shown and all(epoch not in (record, registers["parent"].value) for record, registers in rows)

    def _is_of_another_hub(self, signed, now):
        """A head that this hub does not hold, of an epoch that it has left, and signed after that; not by a clock that is ahead."""
        epochs, head = self.epochs(), signed["head"]
        left = next((row["opened_at"] for row in epochs if row["parent"] == head["epoch"]), None)
        by_hand = max([row["opened_at"] for row in epochs if row["cause"] in ("restore", "opened")], default=0)
        known = any(row.get("unknown") == fs.canonical_text(signed) for row in epochs)  # it opened one of them
        return left is not None and max(left, by_hand) < head["time"] <= now + fs.DRIFT_MILLISECONDS and not known

    # --- 8.2 Joins without an invite

    def enrolment(self, device):
        """The answer to a join: the newest batch that enrols the device."""
        for batch, leaf in zip(reversed(self.batches), reversed(self.leaves)):
            if batch["device"] == self.id and any(
                    change["collection"] == "devices" and change["id"] == device and "key" in change["set"] for change in batch["changes"]):
                return {"batch": batch, "receipt": self.receipt(leaf["position"]), "signature": leaf["signature"]}
        raise Refused("device_unknown", device=device)

    def join(self, message, wall):
        """Joins without an invite."""
        self._can_write()
        join, signature = message["join"], message["signature"]
        _parameters({"key": is_hex(join.get("key"), 64), "space": is_hex(join.get("space"), 32), "token": is_hex(join.get("token"), 64),
                     "formerly": "enrolment" in message or is_hex(join.get("formerly"), 32)})
        if join["space"] != self.space:
            raise Refused("space_mismatch")
        if not verifies(join["key"], "join", join, signature):
            raise Refused("signature_invalid", kind="join")
        device = device_id(join["key"])
        fields = self._enrolled_before(message) if "enrolment" in message else self._new_key(message, device, wall)
        if self.state.value("devices", device, "revoked") is True:
            raise Refused("device_revoked", device=device)
        if self.state.value("devices", device, "key") is None:
            self.write(wall, ("devices", device, {**fields, "key": join["key"], "revoked": False}))
        return self.enrolment(device)

    def _enrolled_before(self, message):
        """What the hub's own signatures vouch for."""
        answer, key = message["enrolment"], message["join"]["key"]
        try:
            fs.verify_join_answer(answer, key, self.key, self.space)
        except Refused as refused:
            raise Refused("signature_invalid", kind="enrolment") from refused
        fields = next(change["set"] for change in answer["batch"]["changes"]
                      if change["collection"] == "devices" and change["id"] == device_id(key))
        return {name: fields[name] for name in ("ancestry", "formerly", "name", "role") if name in fields}

    def _new_key(self, message, device, wall):
        join = message["join"]
        former, value = join["formerly"], self.state.value
        if "former_signature" not in message:
            raise Refused("field_missing", key="former_signature")
        if value("devices", former, "key") is None:
            raise Refused("device_unknown", device=former)
        if not verifies(value("devices", former, "key"), "join", join, message["former_signature"]):
            raise Refused("signature_invalid", kind="join")
        if value("devices", device, "key") is not None:  # asked again
            _parameters({"key": value("devices", device, "formerly") == former})
            return {}
        if value("devices", former, "revoked") is True:
            raise Refused("device_revoked", device=former)
        root = [former, *self.state.ancestors(former)][-1]
        family = [record for collection, record in self.state.records
                  if collection == "devices" and root in [record, *self.state.ancestors(record)]]
        now = max(wall, self.received_at)
        lately = [record for record in family if value("devices", record, "formerly")
                  and fs.stamp_time(self.state.records["devices", record]["key"].stamp) >> 16 > now - NEW_KEYS_MILLISECONDS]
        if len(lately) >= NEW_KEYS:
            raise Refused("rekey_limit", device=root, limit=NEW_KEYS)
        name = value("devices", root, "name") or ""  # the root may be lost
        names, k = {value("devices", record, "name") for record in family}, 2
        while f"{name} ({k})" in names:
            k += 1
        return {"ancestry": " ".join([former, *self.state.ancestors(former)]), "formerly": former, "name": f"{name} ({k})", "role": value("devices", former, "role")}

    # --- 8.6, 8.7 Records by name, and batches by number

    def answer_records(self, asker, keys, nonce):
        _parameters({"nonce": is_hex(nonce, 32), "keys": isinstance(keys, list) and 0 < len(keys) <= KEYS and all(
            isinstance(key, dict) and is_name(key.get("collection")) and is_hex(key.get("id"), 32) for key in keys)})
        there = [(key["collection"], key["id"]) for key in keys if (key["collection"], key["id"]) in self.state.records]
        records = _as_many_as_fit({"position": self.state.positions[key], "record": fs.record_state(*key, self.state.records[key])}
                                  for key in there)
        found = {"device": asker, "head": self.heads[-1], "keys": H("ask", canonical(keys)), "nonce": nonce,
                 "records": H("records", canonical(records)), **({"more": True} if len(records) < len(there) else {})}
        return {"found": found, "records": records, "signature": sign(self.seed, "found", found)}

    def answer_batches(self, asker, of, first, nonce):
        _parameters({"device": is_hex(of, 32), "from": is_integer(first, 1, 1 << 53), "nonce": is_hex(nonce, 32)})
        role = self.state.value("devices", asker, "role")
        if of not in [asker, *self.state.ancestors(asker)] and role != "auditor":
            raise Refused("role_forbidden", role=role)
        there = self.own(of)[first - 1:]
        entries = _as_many_as_fit({"batch": self.batches[leaf["position"] - 1], "leaf": leaf, "signature": leaf["signature"]} for leaf in there)
        batches = {"device": asker, "entries": H("entries", canonical(entries)), "from": first, "head": self.heads[-1],
                   "more": len(entries) < len(there), "nonce": nonce, "of": of}
        return {"batches": batches, "entries": entries, "signature": sign(self.seed, "batches", batches)}

    def answer_history(self, asker, collection, record, first, nonce):
        size = len(self.batches)
        _parameters({"collection": is_name(collection), "id": is_hex(record, 32), "from": is_integer(first, 1, size + 2), "nonce": is_hex(nonce, 32)})
        there = [leaf for leaf in self.leaves[first - 1:] if (collection, record) in _names(self.batches[leaf["position"] - 1])]
        entries = _as_many_as_fit({"batch": self.batches[leaf["position"] - 1], "leaf": leaf, "signature": leaf["signature"]} for leaf in there)
        more = len(entries) < len(there)
        history = {"collection": collection, "device": asker, "entries": H("entries", canonical(entries)), "from": first, "head": self.heads[-1],
                   "id": record, "next": there[len(entries)]["position"] if more else size + 1, "nonce": nonce}
        return {"entries": entries, "history": history, "signature": sign(self.seed, "history", history)}


def _names(batch):
    return [(change["collection"], change["id"]) for change in batch["changes"]]


def _as_many_as_fit(items):
    taken, size = [], 0
    for item in items:
        size += len(canonical(item))
        if taken and size > ANSWER_BYTES:
            break
        taken.append(item)
    return taken


# --- What a device sends -------------------------------------------------------------------------------------

def token_hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def make_new_key_join(seed, former_seed, space, token):
    join = {"formerly": device_id(public_key(former_seed)), "key": public_key(seed), "space": space, "token": token_hash(token)}
    return {"former_signature": sign(former_seed, "join", join), "join": join, "signature": sign(seed, "join", join)}


def make_enrolment_join(seed, enrolment, space, token):
    join = {"key": public_key(seed), "space": space, "token": token_hash(token)}
    return {"enrolment": enrolment, "join": join, "signature": sign(seed, "join", join)}


def make_ask(seed, ask):
    """`ask` has made_at, nonce and space, and one of heads, batches and records (13.8)."""
    ask = {**ask, "device": device_id(public_key(seed))}
    return {"ask": ask, "signature": sign(seed, "ask", ask)}


# --- What a device checks ------------------------------------------------------------------------------------

def _answered(kind, body, asked, hub_key, space, *more):
    """The checks that these answers have in common; `more` come between those of the request and those of the head."""
    part, head = body[kind], body[kind]["head"]["head"]
    fs._require([("signature", verifies(hub_key, kind, part, body["signature"])), ("nonce", part["nonce"] == asked["nonce"]),
                 ("device", part["device"] == asked["device"]), *more,
                 ("head_signature", verifies(hub_key, "head", head, part["head"]["signature"])),
                 ("space", head["space"] == space), ("hub", head["hub"] == device_id(hub_key))])
    return part, head


@fs._refuses_malformed
def verify_heads(body, asked, hub_key, space):
    """`asked`: device, nonce and heads (those presented). Raises Refused with the name of the check that failed; the last two
    mean a rewritten log. Returns the size that the hub holds."""
    presented, newest = {signed["head"]["size"]: signed["head"] for signed in asked["heads"]}, asked["heads"][0]["head"]
    part, head = _answered("heads", body, asked, hub_key, space)
    held = part["held"]
    fs._require([("held", held == 0 or held in presented), ("cursor", isinstance(part["cursor"], str))])
    root = presented[held]["root"] if held else fs.tree_root([]).hex()
    proof = [bytes.fromhex(h) for h in part["consistency"]]
    fs._require([("consistency", fs.verify_consistency(held, head["size"], bytes.fromhex(root), bytes.fromhex(head["root"]), proof)),
                 ("same_epoch", newest["size"] <= held or newest["epoch"] != head["epoch"])])
    return held


@fs._refuses_malformed
def verify_found(body, asked, hub_key, space):
    """`asked`: device, nonce and keys."""
    records = body["records"]
    names = [(key["collection"], key["id"]) for key in asked["keys"]]
    part, _ = _answered("found", body, asked, hub_key, space, ("keys", body["found"]["keys"] == H("ask", canonical(asked["keys"]))),
                        ("records", body["found"]["records"] == H("records", canonical(records))))
    rest = iter(names)  # each is found behind the one before
    fs._require([("order", all((item["record"]["collection"], item["record"]["id"]) in rest for item in records)),
                 ("form", isinstance(part.get("more", True), bool)), ("more", len(records) > 0 or not part.get("more"))])
    return body


@fs._refuses_malformed
def verify_batches(body, asked, hub_key, space, key):
    """`asked`: device, nonce, of and from; `key`: the public key of the device whose batches these are."""
    entries, part = body["entries"], body["batches"]
    _answered("batches", body, asked, hub_key, space, ("of", part["of"] == asked["of"]), ("from", part["from"] == asked["from"]),
              ("entries", part["entries"] == H("entries", canonical(entries))))
    for number, entry in enumerate(entries, asked["from"]):
        batch, leaf = entry["batch"], entry["leaf"]
        fs._require([("entry", batch["device"] == asked["of"] == leaf["device"] and batch["number"] == number == leaf["number"]
                      and leaf["batch"] == fs.batch_hash(batch) and leaf["signature"] == entry["signature"]),
                     ("entry_signature", verifies(key, "batch", batch, entry["signature"]))])
    return body


@fs._refuses_malformed
def verify_history(body, asked, hub_key, space, keys):
    """`asked`: device, nonce, collection, id and from; `keys`: public keys by device, the hub's among them. Whether the leaves are in the
    log is asked by proofs of inclusion."""
    entries, part = body["entries"], body["history"]
    _, head = _answered("history", body, asked, hub_key, space, ("subject", [part[name] for name in ("collection", "id", "from")] == [asked[name] for name in ("collection", "id", "from")]))
    fs._require([("next", min(asked["from"], head["size"]) + 1 <= part["next"] <= max(head["size"] + 1, asked["from"])), ("entries", part["entries"] == H("entries", canonical(entries)))])
    last = asked["from"] - 1
    for entry in entries:
        batch, leaf = entry["batch"], entry["leaf"]
        fs._require([("entry", leaf["batch"] == fs.batch_hash(batch) and leaf["signature"] == entry["signature"] and leaf["device"] == batch["device"]
                      and leaf["number"] == batch["number"] and last < leaf["position"] < part["next"] and (asked["collection"], asked["id"]) in _names(batch)),
                     ("entry_signature", batch["device"] in keys and verifies(keys[batch["device"]], "batch", batch, entry["signature"]))])
        last = leaf["position"]
    return body

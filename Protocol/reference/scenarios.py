"""The scenarios of vectors/hub_rules.json. Each is a journal from its first batch on, with what must come of it."""

import hashlib

import fieldsync as fs

T0 = 1_764_590_400_000  # 2025-12-01T12:00:00Z: the space is made
NOON = T0 + 86_400_000  # scenarios begin a day later
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
YEARS_10 = 3652 * DAY
SEEDS = {"hub": "01" * 32, "a": "0a" * 32, "b": "0b" * 32, "c": "0c" * 32, "d": "0d" * 32,
         "a2": "a2" * 32, "a3": "a3" * 32}  # these two: keys that a takes later
SPACE = hashlib.sha256(b"space").hexdigest()[:32]
EPOCH = hashlib.sha256(b"epoch").hexdigest()[:32]
IDS = {name: fs.device_id(fs.public_key(seed)) for name, seed in SEEDS.items()}
EMPTY_ROOT = fs.tree_root([]).hex()


def rid(number):
    """A record id in the form of a UUIDv7."""
    return f"0193800000007000800000000000{number:04x}"


def at(milliseconds, counter=0):
    return fs.time_text(fs.time_of(milliseconds, counter))


def by(name, milliseconds, counter=0):
    return f"{at(milliseconds, counter)}-{IDS[name]}"


def change(record, fields, stamp, was=None, resolves=None, collection="stops"):
    result = {"collection": collection, "id": record, "set": fields, "stamp": stamp}
    if was:
        result["was"] = was
    if resolves:
        result["resolves"] = resolves
    return result


class Scenario:
    HUB = fs.Hub

    def __init__(self, name, why, roles=None, operator_collections="points"):
        self.name, self.why = name, why
        self.roles = roles or {"a": "lead", "b": "lead"}
        self.operator_collections = operator_collections
        self.hub = self.HUB(SEEDS["hub"], SPACE)
        self.steps, self.sent = [], []
        self.push("hub", T0, *self._genesis())
        for index, (device, role) in enumerate(self.roles.items(), 1):
            self.enrol(device, role, T0 + index * 1000)

    def _genesis(self):
        fields = {"name": "North gate", "time_zone": "Asia/Shanghai"}
        if self.operator_collections is not None:
            fields["operator_collections"] = self.operator_collections
        own = {"key": self.hub.key, "name": "hub", "revoked": False, "role": "hub"}
        epoch = {"parent": None, "root": EMPTY_ROOT, "size": 0}
        return (change(SPACE, fields, at(T0), collection="space"),
                change(IDS["hub"], own, at(T0, 1), collection="devices"),
                change(EPOCH, epoch, at(T0, 2), collection="epochs"))

    def enrol(self, device, role, wall):
        fields = {"key": fs.public_key(SEEDS[device]), "name": f"device {device}", "revoked": False, "role": role}
        self.push("hub", wall, change(IDS[device], fields, at(wall), collection="devices"))

    def seal(self, device, wall, *changes, **keys):
        number, previous = self.hub.next_of(IDS[device])
        batch = {"changes": list(changes), "device": IDS[device], "number": number, "previous": previous,
                 "sealed_at": wall, "space": SPACE, **keys}
        return batch, fs.sign(SEEDS[device], "batch", batch)

    def push(self, device, wall, *changes, **keys):
        return self.send(device, *self.seal(device, wall, *changes, **keys), wall)

    def send(self, device, batch, signature, wall, repeat=False):
        self.steps.append(self.step(device, wall, self.hub.push(batch, signature, wall), repeat))
        return self.steps[-1]["verdict"]

    def step(self, device, wall, position, repeat=False):
        leaf, state = self.hub.leaves[position - 1], self.hub.state
        head = self.hub.heads[-1]["head"]
        return {
            "device": device, "wall": wall, "received_at": leaf["verdict"]["received_at"], "repeat": repeat,
            "batch": self.hub.batches[position - 1], "signature": leaf["signature"], "position": position, "batch_hash": leaf["batch"],
            "verdict": leaf["verdict"], "leaf_hash": self.hub.hashes[position - 1].hex(), "tree_root": head["root"],
            "records": [{"position": state.positions[key], "record": fs.record_state(*key, state.records[key])}
                        for key in sorted(state.records) if key[0] not in ("space", "devices", "epochs")],
            "digest": state.digest()}

    def repeat(self, step, wall):
        old = self.steps[step]
        return self.send(old["device"], old["batch"], old["signature"], wall, repeat=True)

    def json(self):
        return {"name": self.name, "why": self.why,
                "hub": {"id": IDS["hub"], "seed": SEEDS["hub"]},
                "space": {"id": SPACE, "epoch": EPOCH, "operator_collections": self.operator_collections},
                "devices": {name: {"id": IDS[name], "seed": SEEDS[name], "role": role}
                            for name, role in self.roles.items()},
                "steps": self.steps}


R, R2 = rid(1), rid(2)
ALL = []


def scenario(name, why, **options):
    """Registers a function that plays the scenario."""
    def register(play):
        def make():
            s = Scenario(name, why, **options)
            play(s)
            return s
        ALL.append(make)
        return make
    return register


def base(s, device="a", field="note", value="base", wall=NOON):
    """A record that has one field, written at `wall` and known to everyone."""
    s.push(device, wall, change(R, {field: value}, at(wall)))
    return by(device, wall)


@scenario("plain", "One save, one clean verdict.")
def _(s):
    s.push("a", NOON, change(R, {"note": "lamp out", "people_helped": 2, "point": None, "x": True, "lat": 22.5},
                             at(NOON - 5)))


@scenario("edit_in_order", "B has seen A's value and replaces it: no conflict.")
def _(s):
    seen = base(s)
    s.push("b", NOON + 10, change(R, {"note": "better"}, at(NOON + 9), {"note": seen}))


@scenario("new_field", "A field that is new to the record is just added, whatever its stamp.")
def _(s):
    base(s)
    s.push("b", NOON + 10, change(R, {"mode": "foot"}, at(NOON - DAY)))


@scenario("concurrent_later_wins", "Both edited the base; the later stamp comes second and wins; the other is listed.")
def _(s):
    seen = base(s)
    s.push("a", NOON + 20, change(R, {"note": "from a"}, at(NOON + 15), {"note": seen}))
    s.push("b", NOON + 30, change(R, {"note": "from b"}, at(NOON + 16), {"note": seen}))


@scenario("concurrent_earlier_loses", "The same, the earlier stamp comes second and loses; the record takes the position "
          "all the same.")
def _(s):
    seen = base(s)
    s.push("b", NOON + 20, change(R, {"note": "from b"}, at(NOON + 16), {"note": seen}))
    s.push("a", NOON + 30, change(R, {"note": "from a"}, at(NOON + 15), {"note": seen}))


@scenario("same_milliseconds", "Equal milliseconds: the counter decides; equal counters: the device id decides.")
def _(s):
    s.push("a", NOON, change(R, {"note": "a", "place": "a"}, at(NOON, 1)))
    s.push("b", NOON, change(R, {"note": "b"}, at(NOON, 0)), change(R, {"place": "b"}, at(NOON, 1)))


@scenario("equal_values", "Two devices import one file: same ids, equal values, no conflict. The larger stamp stays.")
def _(s):
    row = {"grid": "B-07", "people_helped": 3, "note": "巡逻"}
    record = fs.import_id("stops", row, 1)
    s.push("a", NOON, change(record, row, at(NOON - 10)))
    s.push("b", NOON, change(record, row, at(NOON - 20)))


@scenario("number_spelling", "2 and 2 are equal however written; 2 and \"2\" and true are not.")
def _(s):
    s.push("a", NOON, change(R, {"w": 2, "x": 2, "y": 1, "z": 0}, at(NOON)))
    s.push("b", NOON, change(R, {"w": 2, "x": "2", "y": True, "z": None}, at(NOON + 1)))


@scenario("nfc_nfd", "Texts are equal when their bytes are; composed and decomposed forms conflict.")
def _(s):
    s.push("a", NOON, change(R, {"note": "caf\u00e9"}, at(NOON)))
    s.push("b", NOON, change(R, {"note": "cafe\u0301"}, at(NOON + 1)))


@scenario("wrong_was", "B names a stamp that is not the present one: as good as none, a conflict.")
def _(s):
    seen = base(s)
    s.push("a", NOON + 5, change(R, {"note": "second"}, at(NOON + 5), {"note": seen}))
    s.push("b", NOON + 9, change(R, {"note": "from b"}, at(NOON + 8), {"note": seen}))


@scenario("was_other_device", "The stamp time is right but the device is not: whole stamps are compared.")
def _(s):
    base(s)
    s.push("b", NOON + 9, change(R, {"note": "from b"}, at(NOON + 8), {"note": by("b", NOON)}))


@scenario("missing_was", "B did not know the record had the field: no `was`, a conflict.")
def _(s):
    base(s)
    s.push("b", NOON + 9, change(R, {"note": "from b"}, at(NOON + 8)))


@scenario("own_register", "A writes over its own value without naming it: no conflict with oneself.")
def _(s):
    base(s)
    s.push("a", NOON + 9, change(R, {"note": "again"}, at(NOON + 8)))


@scenario("last_write_compared", "Design 12.11. B's v1 is on the hub; A, unaware, saves x and then y in one batch. Only the "
          "last write is compared, with the register before the batch and the `was` of the first.")
def _(s):
    seen = base(s)
    s.push("b", NOON + 5, change(R, {"note": "v1"}, at(NOON + 5), {"note": seen}))
    s.push("a", NOON + 9, change(R, {"note": "x"}, at(NOON + 6), {"note": seen}),
           change(R, {"note": "y"}, at(NOON + 7), {"note": by("a", NOON + 6)}))


@scenario("last_write_equals", "As before, but A ends at B's value: equal values, no conflict, though x passed through.")
def _(s):
    seen = base(s)
    s.push("b", NOON + 5, change(R, {"note": "v1"}, at(NOON + 5), {"note": seen}))
    s.push("a", NOON + 9, change(R, {"note": "x"}, at(NOON + 6), {"note": seen}),
           change(R, {"note": "v1"}, at(NOON + 7), {"note": by("a", NOON + 6)}))


@scenario("first_was_counts", "The first change of the batch named B's value; the second names the first. No conflict.")
def _(s):
    base(s, "b")
    s.push("a", NOON + 9, change(R, {"note": "x"}, at(NOON + 6), {"note": by("b", NOON)}),
           change(R, {"note": "y"}, at(NOON + 7), {"note": by("a", NOON + 6)}))


@scenario("three_devices", "Three devices edit one base. Each later arrival conflicts with what is present then.",
          roles={"a": "lead", "b": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s)
    for index, device in enumerate("cbd"):
        s.push(device, NOON + 20 + index,
               change(R, {"note": f"from {device}"}, at(NOON + [10, 5, 15][index]), {"note": seen}))


@scenario("conflict_order", "Conflicts are made in the order of the last change that set each field, then by field name.")
def _(s):
    s.push("a", NOON, change(R, {"a": 1, "b": 1, "c": 1}, at(NOON)), change(R2, {"a": 1}, at(NOON, 1)))
    s.push("b", NOON + 5, change(R, {"c": 2, "a": 2}, at(NOON + 1)), change(R2, {"a": 2}, at(NOON + 2)),
           change(R, {"b": 2}, at(NOON + 3)), change(R, {"a": 3}, at(NOON + 4), {"a": by("b", NOON + 1)}))


@scenario("future_then_right_one_batch", "Design 12.1. A, ten years ahead, saves x; its clock is put right and it saves y. "
          "Both in one batch: x is suspect, y counts and wins.")
def _(s):
    s.push("a", NOON, change(R, {"note": "x"}, at(NOON + YEARS_10)),
           change(R, {"note": "y"}, at(NOON), {"note": by("a", NOON + YEARS_10)}))


@scenario("future_chain", "Design 12.1 with a clock that did not heal: x and y are both suspect, and y still follows x.")
def _(s):
    s.push("a", NOON, change(R, {"note": "x"}, at(NOON + YEARS_10)))
    s.push("a", NOON + HOUR, change(R, {"note": "y"}, at(NOON + YEARS_10, 1), {"note": by("a", NOON + YEARS_10)}))


@scenario("future_loses", "Design 12.2. Day 1: A (2036) edits offline. Day 10: B edits and syncs. Day 21: A syncs. B's "
          "stays, A's is listed.")
def _(s):
    seen = base(s)
    s.push("b", NOON + 10 * DAY, change(R, {"note": "from b"}, at(NOON + 10 * DAY), {"note": seen}))
    s.push("a", NOON + 21 * DAY, change(R, {"note": "from a"}, at(NOON + YEARS_10), {"note": seen}))


@scenario("future_that_saw_wins", "Design 12.2, had A seen B's value first: one tick after it, no conflict.")
def _(s):
    seen = base(s)
    s.push("b", NOON + 10 * DAY, change(R, {"note": "from b"}, at(NOON + 10 * DAY), {"note": seen}))
    s.push("a", NOON + 21 * DAY, change(R, {"note": "from a"}, at(NOON + YEARS_10), {"note": by("b", NOON + 10 * DAY)}))


@scenario("suspect_loses_and_is_told", "Design 12.3. B (+4 min) is believed, A (+1 h) is not and loses. The record does not "
          "otherwise move but takes A's position.", roles={"a": "lead", "b": "lead", "c": "lead"})
def _(s):
    seen = base(s, "c")
    s.push("b", NOON + MINUTE, change(R, {"note": "from b"}, at(NOON + 5 * MINUTE), {"note": seen}))
    s.push("a", NOON + 2 * MINUTE, change(R, {"note": "from a"}, at(NOON + 62 * MINUTE), {"note": seen}))


@scenario("drift_limit", "300,000 ms past the hub's time is believed, 300,001 is not. The counter does not matter.")
def _(s):
    s.push("a", NOON, change(R, {"note": "a"}, at(NOON + 300_000, 65_535)))
    s.push("b", NOON, change(R2, {"note": "b"}, at(NOON + 300_001)))


@scenario("hub_time", "The hub's wall clock steps back a day: its time does not, and what it believed stays believable.")
def _(s):
    base(s)
    s.push("a", NOON - DAY, change(R, {"note": "later"}, at(NOON + 300_000)))


@scenario("behind_own_stamp", "A claim that is not above the device's last effective stamp is suspect, an equal one too.")
def _(s):
    s.push("a", NOON, change(R, {"note": "1"}, at(NOON)), change(R, {"note": "2"}, at(NOON)),
           change(R, {"note": "3"}, at(NOON - 10)), change(R, {"note": "4"}, at(NOON, 3)))


@scenario("zero_stamp", "A claim of zero is not above zero: suspect, one tick.")
def _(s):
    s.push("a", NOON, change(R, {"note": "zero"}, at(0)))


@scenario("counter_overflow", "One tick after counter 65,535 is the next millisecond.")
def _(s):
    s.push("a", NOON, change(R, {"note": "1"}, at(NOON, 65_535)), change(R, {"note": "2"}, at(NOON, 65_535)),
           change(R, {"note": "3"}, at(NOON, 7)))


@scenario("suspect_chain", "Four changes of a clock far ahead, on two records, some having seen B's values: each is one tick "
          "after what it saw or after the one before.")
def _(s):
    s.push("b", NOON, change(R, {"note": "b", "place": "b"}, at(NOON)), change(R2, {"note": "b"}, at(NOON + 7)))
    far = NOON + YEARS_10
    s.push("a", NOON + 20, change(R, {"mode": "foot"}, at(far)),
           change(R, {"note": "a"}, at(far, 1), {"note": by("b", NOON)}),
           change(R, {"place": "a"}, at(far, 2)),
           change(R2, {"note": "a"}, at(far, 3), {"note": by("b", NOON + 7)}),
           change(R, {"place": "a2"}, at(far, 4), {"place": by("a", far, 2)}))


@scenario("suspect_was_of_unset_field", "A register that `was` names vouches also when the change does not set its field.")
def _(s):
    s.push("b", NOON, change(R, {"_deleted": True, "note": "b"}, at(NOON)))
    s.push("b", NOON + 1, change(R, {"_deleted": False}, at(NOON + 1), {"_deleted": by("b", NOON)}))
    s.push("a", NOON + 2, change(R, {"place": "a"}, at(NOON + YEARS_10), {"_deleted": by("b", NOON + 1)}))


@scenario("suspect_was_is_by_field", "`was` names for one field the stamp of another: that is not exact and vouches for "
          "nothing.")
def _(s):
    s.push("b", NOON, change(R, {"note": "b"}, at(NOON)), change(R, {"place": "b"}, at(NOON + 1)))
    s.push("a", NOON + 2, change(R, {"note": "a"}, at(NOON + YEARS_10), {"note": by("b", NOON + 1)}))


@scenario("restamped_claimed_reading", "A's claim was changed by the hub. B (which had A's batch from a bundle) names the "
          "claimed stamp: a match. And a suspect claim of B is one tick after the effective stamp.",
          roles={"a": "lead", "b": "lead", "c": "lead"})
def _(s):
    far = NOON + YEARS_10
    s.push("a", NOON, change(R, {"note": "a", "place": "a"}, at(far)))
    s.push("b", NOON + 5, change(R, {"note": "b"}, at(NOON + 4), {"note": by("a", far)}))
    s.push("c", NOON + 6, change(R, {"place": "c"}, at(far), {"place": by("a", far)}))


@scenario("restamped_effective_reading", "The same, named by the effective stamp, as the hub sent it.",
          roles={"a": "lead", "b": "lead", "c": "lead"})
def _(s):
    far = NOON + YEARS_10
    s.push("a", NOON, change(R, {"note": "a", "place": "a"}, at(far)))
    s.push("b", NOON + 5, change(R, {"note": "b"}, at(NOON + 4), {"note": f"{1:016x}-{IDS['a']}"}))
    s.push("c", NOON + 6, change(R, {"place": "c"}, at(far), {"place": f"{1:016x}-{IDS['a']}"}))


@scenario("restamped_delete", "A delete that names a restamped register by its claimed stamp: no conflict.")
def _(s):
    far = NOON + YEARS_10
    s.push("a", NOON, change(R, {"note": "a"}, at(far)))
    s.push("b", NOON + 5, change(R, {"_deleted": True}, at(NOON + 4), {"note": by("a", far)}))


@scenario("edit_then_delete", "Design 12.6. C edits g; D, who had not seen g, deletes: C's edit is listed.",
          roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.push("c", NOON + 5, change(R, {"g": "from c"}, at(NOON + 5)))
    s.push("d", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4), {"f": seen}))


@scenario("delete_then_edit", "Design 12.6, the other order: D's delete is there when C's edit comes. C's edit is listed, and "
          "applied to the deleted record.", roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.push("d", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4), {"f": seen}))
    s.push("c", NOON + 10, change(R, {"g": "from c"}, at(NOON + 5)))


@scenario("edit_of_known_deleted", "C knows of the delete and edits all the same: no conflict.",
          roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.push("d", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4), {"f": seen}))
    s.push("c", NOON + 10, change(R, {"f": "from c"}, at(NOON + 10), {"_deleted": by("d", NOON + 4), "f": seen}))


@scenario("edit_field_and_deleted", "A edits f; D, unaware of the edit, writes f and deletes; C, unaware of both, edits f: rule 1 "
          "and rule 2 make a conflict each.", roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.push("d", NOON + 9, change(R, {"f": "from d"}, at(NOON + 2), {"f": seen}),
           change(R, {"_deleted": True}, at(NOON + 4), {"f": by("d", NOON + 2)}))
    s.push("c", NOON + 10, change(R, {"f": "from c"}, at(NOON + 5), {"f": seen}))


@scenario("two_rules_two_ids", "D writes f and deletes under one stamp; C edits f later, unaware. Rule 1 keeps C's value and "
          "rule 2 keeps the delete: the stamps change places, so there are two ids and two conflicts.",
          roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.push("d", NOON + 9, change(R, {"_deleted": True, "f": "from d"}, at(NOON + 4), {"f": seen}))
    s.push("c", NOON + 10, change(R, {"f": "from c"}, at(NOON + 5), {"f": seen}))


@scenario("two_rules_one_id", "The same with C's stamp below D's: both rules give kept = D's stamp, lost = C's, thus one id. The "
          "one of rule 1 is made, the other is not made again.", roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.push("d", NOON + 9, change(R, {"_deleted": True, "f": "from d"}, at(NOON + 4), {"f": seen}))
    s.push("c", NOON + 10, change(R, {"f": "from c"}, at(NOON + 3), {"f": seen}))


@scenario("edit_equal_value_of_deleted", "Rule 2 compares no values: an edit to the very value that is there is still an edit by "
          "one who did not know of the delete.", roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.push("d", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4), {"f": seen}))
    s.push("c", NOON + 10, change(R, {"f": "base"}, at(NOON + 5), {"f": seen}))


@scenario("delete_of_seen", "A delete that names every register: no conflict.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1, "g": 2}, at(NOON)))
    s.push("b", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4), {"f": by("a", NOON), "g": by("a", NOON)}))


@scenario("delete_of_seen_losing", "A delete whose stamp is below the edits that it did not see: it is a register of its own and "
          "stays; every unseen field is listed, by name.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1, "g": 2, "h": 3}, at(NOON)))
    s.push("a", NOON + 6, change(R, {"h": 4, "f": 5}, at(NOON + 6), {"f": by("a", NOON), "h": by("a", NOON)}))
    s.push("b", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4),
                                 {"f": by("a", NOON), "g": by("a", NOON), "h": by("a", NOON)}))


@scenario("two_deletes", "Two delete: equal values, no conflict in `_deleted`; what the second did not see is listed.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1}, at(NOON)))
    s.push("a", NOON + 3, change(R, {"f": 2}, at(NOON + 2), {"f": by("a", NOON)}),
           change(R, {"_deleted": True}, at(NOON + 3), {"f": by("a", NOON + 2)}))
    s.push("b", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4), {"f": by("a", NOON)}))


@scenario("delete_loses_to_restore", "A restores, B deletes with a lower stamp, having seen an older state: the restore stays and "
          "the delete is listed; rule 3 is not for a delete that lost.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1}, at(NOON)))
    s.push("a", NOON + 3, change(R, {"_deleted": True}, at(NOON + 3), {"f": by("a", NOON)}))
    s.push("a", NOON + 8, change(R, {"_deleted": False}, at(NOON + 8), {"_deleted": by("a", NOON + 3)}))
    s.push("b", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4)))


@scenario("delete_restore_one_batch", "Delete and restore in one batch: only the last write counts, nothing is listed.")
def _(s):
    seen = base(s)
    s.push("a", NOON + 2, change(R, {"place": "unseen"}, at(NOON + 2)))
    s.push("b", NOON + 9, change(R, {"_deleted": True}, at(NOON + 4), {"note": seen}),
           change(R, {"_deleted": False}, at(NOON + 5), {"_deleted": by("b", NOON + 4)}))


@scenario("restore_and_edit_one_batch", "B restores A's deleted record, having seen the delete, and edits it in the same batch.")
def _(s):
    seen = base(s)
    s.push("a", NOON + 3, change(R, {"_deleted": True}, at(NOON + 3), {"note": seen}))
    s.push("b", NOON + 9, change(R, {"_deleted": False}, at(NOON + 7), {"_deleted": by("a", NOON + 3)}),
           change(R, {"note": "again"}, at(NOON + 8), {"_deleted": by("b", NOON + 7), "note": seen}))


@scenario("edit_and_delete_one_batch", "B edits f and deletes in one batch; A's unseen g is listed, f is B's own.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1}, at(NOON)), change(R, {"g": 2}, at(NOON + 1)))
    s.push("b", NOON + 9, change(R, {"f": 3}, at(NOON + 4), {"f": by("a", NOON)}),
           change(R, {"_deleted": True}, at(NOON + 5), {"f": by("b", NOON + 4)}))


@scenario("own_delete_then_edit", "A edits what it deleted itself, without naming it: no conflict with oneself.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1}, at(NOON)), change(R, {"_deleted": True}, at(NOON + 1), {"f": by("a", NOON)}))
    s.push("a", NOON + 5, change(R, {"f": 2}, at(NOON + 5), {"f": by("a", NOON)}))


@scenario("own_edit_then_delete", "A deletes and names nothing; only B's field is listed, its own is not.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1}, at(NOON)))
    s.push("b", NOON + 3, change(R, {"g": 1}, at(NOON + 3)))
    s.push("a", NOON + 5, change(R, {"_deleted": True}, at(NOON + 5)))


@scenario("losing_edit_and_delete_one_batch", "B edits f, loses to A's later stamp, and deletes in the same batch: rule 1 lists f, and "
          "rule 3 leaves f out, since the batch set it.")
def _(s):
    seen = base(s, field="f")
    s.push("a", NOON + 8, change(R, {"f": "from a"}, at(NOON + 8), {"f": seen}))
    s.push("b", NOON + 9, change(R, {"f": "from b"}, at(NOON + 4), {"f": seen}),
           change(R, {"_deleted": True}, at(NOON + 5), {"f": by("b", NOON + 4)}))


@scenario("create_edit_one_batch", "A creates and edits in one batch: one record, two stamps.")
def _(s):
    s.push("a", NOON, change(R, {"mode": "foot", "note": "1"}, at(NOON - 3)),
           change(R, {"note": "2"}, at(NOON - 2), {"note": by("a", NOON - 3)}))


@scenario("deleted_not_boolean", "Only true is deleted. Another value of `_deleted` is a value like any other.")
def _(s):
    s.push("a", NOON, change(R, {"_deleted": 1, "note": "a"}, at(NOON)))
    s.push("b", NOON + 1, change(R, {"note": "b"}, at(NOON + 1), {"note": by("a", NOON)}))


@scenario("unknown_fields_and_collections", "The hub knows no schema: fields and collections of a later version are kept, names "
          "with a leading underscore too, and so are unknown keys inside signed objects.")
def _(s):
    s.push("a", NOON, change(R, {"_later": "x", "mood": "good"}, at(NOON)),
           {**change(rid(9), {"f": 1}, at(NOON + 1), collection="z_new"), "hint": {"deep": [1, 2.5, None]}})


@scenario("auditor", "An auditor writes nothing: every change is quarantined, nothing moves.", roles={"a": "auditor"})
def _(s):
    s.push("a", NOON, change(R, {"note": "x"}, at(NOON)), change(R2, {"note": "x"}, at(NOON + 1), collection="points"))


@scenario("lead_and_operator", "A lead may not write the operator's collections; an operator may. The other changes of the "
          "batch count.", roles={"a": "lead", "b": "operator"}, operator_collections="points zones")
def _(s):
    s.push("a", NOON, change(R, {"name": "gate"}, at(NOON), collection="points"), change(R2, {"note": "x"}, at(NOON + 1)),
           change(rid(3), {"name": "z"}, at(NOON + 2), collection="zones"),
           change(rid(4), {"name": "z"}, at(NOON + 3), collection="zone"))
    s.push("b", NOON + 5, change(R, {"name": "gate"}, at(NOON + 5), collection="points"))


@scenario("quarantine_moves_nothing", "A quarantined claim does not become the device's last effective stamp.",
          roles={"a": "lead"})
def _(s):
    s.push("a", NOON, change(R, {"name": "gate"}, at(NOON + 9), collection="points"), change(R2, {"note": "x"}, at(NOON)))


@scenario("quarantine_on_existing", "A quarantined change of a record that is there gives it a position, so that its writer is told the "
          "outcome; of one that is not there, it makes none.", roles={"a": "lead", "b": "operator"})
def _(s):
    s.push("b", NOON, change(R, {"name": "gate"}, at(NOON), collection="points"))
    s.push("a", NOON + 5, change(R, {"name": "door"}, at(NOON + 5), {"name": by("b", NOON)}, None, "points"),
           change(R2, {"name": "new"}, at(NOON + 6), collection="points"))


@scenario("no_operator_collections", "Without the field, no collection is the operator's.", operator_collections=None)
def _(s):
    s.push("a", NOON, change(R, {"name": "gate"}, at(NOON), collection="points"))


@scenario("unknown_role", "A role that version 1 does not know may write nothing; nor does the role `hub` help another device.",
          roles={"a": "visitor", "b": "hub"})
def _(s):
    s.push("a", NOON, change(R, {"note": "x"}, at(NOON)))
    s.push("b", NOON, change(R, {"note": "x"}, at(NOON)))


@scenario("hub_only_collections", "No device but the hub writes space, devices, epochs and conflicts.",
          roles={"a": "operator"})
def _(s):
    s.push("a", NOON, *(change(IDS["a"], {"role": "hub"}, at(NOON + i), collection=name)
                        for i, name in enumerate(("space", "devices", "epochs", "conflicts"))),
           change(R, {"note": "x"}, at(NOON + 9)))


@scenario("role_changes", "The role counts that the device has at this point of the journal.", roles={"a": "auditor"})
def _(s):
    s.push("a", NOON, change(R, {"note": "x"}, at(NOON)))
    s.push("hub", NOON + 1, change(IDS["a"], {"role": "lead"}, at(NOON + 1), {"role": by("hub", T0 + 1000)},
                                   collection="devices"))
    s.push("a", NOON + 2, change(R, {"note": "y"}, at(NOON + 1)))


@scenario("hub_writes", "The hub's own batches follow the same rules: it imports a point that an operator edited unseen.",
          roles={"a": "operator"})
def _(s):
    point = fs.point_id("NDJ-014")
    s.push("a", NOON, change(point, {"code": "NDJ-014", "name": "old gate"}, at(NOON), collection="points"))
    s.push("hub", NOON + 5, change(point, {"code": "NDJ-014", "name": "north gate"}, at(NOON + 5), collection="points"))


def with_conflict(s):
    """A's and B's edits of one base: one open conflict, whose id is returned."""
    seen = base(s)
    s.push("a", NOON + 20, change(R, {"note": "from a"}, at(NOON + 15), {"note": seen}))
    return s.push("b", NOON + 30, change(R, {"note": "from b"}, at(NOON + 16), {"note": seen}))["conflicts"][0]


@scenario("resolve", "A settles the conflict by a change that names it.")
def _(s):
    known = with_conflict(s)
    s.push("a", NOON + 40, change(R, {"note": "from a"}, at(NOON + 40), {"note": by("b", NOON + 16)}, [known]))


@scenario("resolve_without_set", "A change may settle and set nothing. The record that it names takes the position.")
def _(s):
    known = with_conflict(s)
    s.push("a", NOON + 40, change(R, {}, at(NOON + 40), None, [known]))


@scenario("resolve_without_record", "The named record does not exist: the conflict is closed, and no record comes to be.")
def _(s):
    known = with_conflict(s)
    s.push("a", NOON + 40, change(R2, {}, at(NOON + 40), None, [known]))


@scenario("resolve_unknown", "An id that names no conflict does nothing.")
def _(s):
    with_conflict(s)
    s.push("a", NOON + 40, change(R, {"note": "x"}, at(NOON + 40), {"note": by("b", NOON + 16)}, [rid(99)]))


@scenario("resolve_twice", "One that is closed stays as it was closed; named twice in one batch, it is closed once.")
def _(s):
    known = with_conflict(s)
    s.push("a", NOON + 40, change(R, {}, at(NOON + 40), None, [known, known]))
    s.push("b", NOON + 50, change(R, {}, at(NOON + 50), None, [known]))


@scenario("resolve_in_losing_change", "The change loses, the conflict that it names is closed all the same, and the loss is a "
          "conflict of its own.", roles={"a": "lead", "b": "lead", "c": "lead"})
def _(s):
    known = with_conflict(s)
    s.push("c", NOON + 60, change(R, {"note": "from c"}, at(NOON + 55), {"note": by("b", NOON + 16)}))
    s.push("a", NOON + 70, change(R, {"note": "settled"}, at(NOON + 40), {"note": by("b", NOON + 16)}, [known]))


@scenario("resolve_in_quarantine", "A quarantined change closes nothing.")
def _(s):
    known = with_conflict(s)
    s.push("a", NOON + 40, change(R2, {"name": "x"}, at(NOON + 40), None, [known], "points"),
           change(R2, {"note": "x"}, at(NOON + 41)))


@scenario("resolve_own_conflict", "A batch may close the conflict that it makes: closing comes after making.")
def _(s):
    seen = base(s)
    s.push("a", NOON + 20, change(R, {"note": "from a"}, at(NOON + 15), {"note": seen}))
    own = fs.conflict_id("stops", R, "note", by("b", NOON + 16), by("a", NOON + 15))
    s.push("b", NOON + 30, change(R, {"note": "from b"}, at(NOON + 16), {"note": seen}, [own]))


@scenario("hub_stamps", "The stamps of conflicts rise by one tick each, also when two batches come in one millisecond.")
def _(s):
    s.push("a", NOON, change(R, {"f": 1, "g": 1}, at(NOON)), change(R2, {"f": 1}, at(NOON, 1)))
    s.push("b", NOON + 5, change(R, {"f": 2, "g": 2}, at(NOON + 1)))
    s.push("b", NOON + 5, change(R2, {"f": 2}, at(NOON + 2)))


@scenario("repeat", "Design 12.10. A batch that is sent again is not ruled again: same position, same verdict, same state.")
def _(s):
    seen = base(s)
    s.push("b", NOON + 5, change(R, {"note": "b"}, at(NOON + 5), {"note": seen}))
    s.repeat(3, NOON + HOUR)
    s.repeat(4, NOON + 2 * HOUR)


@scenario("page_filter", "Used by page.json: clean batches of one device, one with a suspect change, one with a conflict.")
def _(s):
    s.push("a", NOON, change(rid(1), {"note": "mine"}, at(NOON)), change(rid(2), {"note": "shared"}, at(NOON, 1)))
    s.push("a", NOON + 1, change(rid(3), {"note": "suspect"}, at(NOON + YEARS_10)), change(rid(4), {"x": 1}, at(NOON + 1)))
    s.push("b", NOON + 5, change(rid(2), {"place": "b"}, at(NOON + 5)), change(rid(5), {"note": "b"}, at(NOON + 5, 1)))
    s.push("a", NOON + 9, change(rid(6), {"note": "later"}, at(NOON + 9)),
           change(rid(2), {"mode": "foot"}, at(NOON + 9, 1)))
    s.push("a", NOON + 10, change(rid(5), {"note": "a"}, at(NOON + 10)), change(rid(7), {"x": 1}, at(NOON + 10, 1)))


def play_all():
    return [make() for make in ALL]

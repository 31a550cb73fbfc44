"""The scenarios of vectors/healing.json: copies of a device, and a hub that was put back.

A scenario plays the history that survives. What the hub lost is played on a `branch` of it: its heads, receipts and batches come
back as inputs of the steps.
"""

import copy

import fieldsync as fs
import fieldsync_healing as healing
from scenarios import DAY, HOUR, IDS, MINUTE, NOON, R, R2, SEEDS, SPACE, YEARS_10, Scenario, at, base, by, change, rid

ALL = []
EPOCHS = [fs.H("epoch", bytes([number]))[:32] for number in range(4)]
ABSENT = object()


class Healing(Scenario):
    HUB = healing.HealingHub

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.epochs = 0

    def step(self, device, wall, position, repeat=False, **beside):
        leaf = self.hub.leaves[position - 1]
        return {**super().step(device, wall, position, repeat), "leaf": fs.canonical_text(leaf), **beside}

    def send(self, device, batch, signature, wall, repeat=False, **beside):
        self.steps.append(self.step(device, wall, self.hub.push(batch, signature, wall, **beside), repeat, **beside))
        return self.steps[-1]["verdict"]

    def refuse(self, code, device, sealed, wall, **beside):
        """The hub does not take it. Of the details those are kept that README.md names."""
        batch, signature = sealed
        try:
            copy.deepcopy(self.hub).push(batch, signature, wall, **beside)
            raise AssertionError(f"{self.name}: taken")
        except fs.Refused as refused:
            assert refused.code == code, (self.name, refused.code, refused.details)
            self.steps.append({"device": device, "wall": wall, "batch": batch, "signature": signature, **beside,
                               "code": code, "details": binding(refused)})

    def wrote(self, wall):
        """What the hub wrote last, as a step."""
        self.steps.append(self.step("hub", wall, len(self.hub.leaves)))

    def new_key(self, old, new, wall):
        self.hub.join(healing.make_new_key_join(SEEDS[new], SEEDS[old], SPACE, "a token of 22 letters."), wall)
        self.roles = {**self.roles, new: self.hub.state.value("devices", IDS[new], "role")}
        self.wrote(wall)

    def open_epoch(self, cause, wall, unknown=None):
        self.hub.open_epoch(EPOCHS[self.epochs], cause, wall, unknown)
        self.epochs += 1
        self.wrote(wall)

    def head(self):
        return self.hub.heads[-1]

    def branch(self):
        """A history that will be lost from here on."""
        return copy.deepcopy(self)

    def put_back(self, lost, wall):
        """The hub, put back to where `lost` began, opens an epoch. Returns the head of the common size."""
        common = self.head()
        self.open_epoch("head_unknown", wall, lost.head())
        return common

    def receipt(self, device, number):
        """The receipt of a batch, and what the device sends with it when it offers it again."""
        leaf = self.hub.own(IDS[device])[number - 1]
        return self.hub.batches[leaf["position"] - 1], leaf["signature"], self.hub.receipt(leaf["position"])

    def offer(self, lost, device, number, wall, common):
        batch, signature, receipt = lost.receipt(device, number)
        return self.send(device, batch, signature, wall, common=common, receipt=receipt)

    def adopt(self, device, lost, wall, common, *changes):
        return self.send(device, *self.seal(device, wall, *changes, adopts=lost.head()), wall, common=common)

    def shown(self, record=R, field="note"):
        return self.hub.state.value("stops", record, field)

    def json(self):
        return {key: value for key, value in super().json().items() if key in ("name", "why", "hub", "space", "devices", "steps")}


def binding(refused):
    """The details that README.md names; of a batch's form only the change."""
    form = refused.code == "batch_invalid" and refused.details.get("key") != "formerly"
    return {key: value for key, value in refused.details.items() if key in (("change",) if form else ("kind", "key", "next_number", "next_previous"))}


def adopted(record, fields, stamps, stamp, was=None, collection="stops"):
    """A change of an adopting batch. `stamps`: one for all fields, or one for each."""
    stamps = {field: stamps for field in fields} if isinstance(stamps, str) else stamps
    return {**change(record, fields, stamp, was, collection=collection), "stamps": stamps}


def scenario(name, why, **options):
    def register(play):
        def make():
            s = Healing(name, why, **options)
            play(s)
            return s
        ALL.append(make)
        return make
    return register


def expect(condition):
    assert condition


def play_all():
    return [make() for make in ALL]


THREE = {"a": "lead", "b": "lead", "c": "lead"}
FOUR = {**THREE, "d": "lead"}


# --- 6.5 Repeats -----------------------------------------------------------------------------------------------

def shared(value="shared", milliseconds=NOON + 5, was=None):
    """The change that was pending in A's file when it was copied."""
    return change(R, {"note": value}, at(milliseconds), {"note": was or by("a", NOON)})


@scenario("repeat_new_name_first", "A2, a copy of A with a new key, delivers the change that was pending when the file was copied. B edits "
          "it. Then the other copy delivers it under the old key: a repeat, no conflict. B names it by either name.")
def _(s):
    base(s)
    s.new_key("a", "a2", NOON + 10)
    expect(s.push("a2", NOON + 20, shared(), formerly=IDS["a"], formerly_number=1)["rules"] == 2)
    s.push("b", NOON + 30, change(R, {"note": "b"}, at(NOON + 30), {"note": by("a2", NOON + 5)}))
    verdict = s.push("a", NOON + 40, shared())
    expect(verdict["repeats"] == [{"change": 0, "stamp": by("a2", NOON + 5)}] and not verdict["conflicts"] and s.shown() == "b")


@scenario("repeat_old_name_first", "The other way round: the old key's batch comes first, and the one with the new key is the repeat. What "
          "names the repeat's stamp later means the first one's.")
def _(s):
    base(s)
    s.push("a", NOON + 20, shared())
    s.new_key("a", "a2", NOON + 30)
    expect(s.push("a2", NOON + 40, shared(), formerly=IDS["a"], formerly_number=1)["repeats"][0]["stamp"] == by("a", NOON + 5))
    expect(not s.push("b", NOON + 50, change(R, {"note": "b"}, at(NOON + 50), {"note": by("a2", NOON + 5)}))["conflicts"])


@scenario("repeat_restamped", "The clock of both copies is ten years ahead. Each name is suspect and gets a stamp of its own; claimed or "
          "effective, the second one's means the first one's.", roles=THREE)
def _(s):
    base(s)
    s.push("a", NOON + 20, shared(milliseconds=NOON + YEARS_10))
    s.new_key("a", "a2", NOON + 30)
    verdict = s.push("a2", NOON + 40, shared(milliseconds=NOON + YEARS_10), change(R2, {"note": "more"}, at(NOON + 5)),
                     formerly=IDS["a"], formerly_number=1)
    expect(verdict["effective"] and verdict["repeats"])
    effective = f"{verdict['effective'][0]['stamp']}-{IDS['a2']}"
    expect(not s.push("b", NOON + 50, change(R, {"note": "b"}, at(NOON + 50), {"note": by("a2", NOON + YEARS_10)}))["conflicts"])
    expect(s.push("c", NOON + 60, change(R, {"note": "c"}, at(NOON + 60), {"note": effective}))["conflicts"])


@scenario("repeat_effective_named", "B names the repeat by the effective stamp that it got: the first one's, no conflict.")
def _(s):
    base(s)
    s.push("a", NOON + 20, shared(milliseconds=NOON + YEARS_10))
    s.new_key("a", "a2", NOON + 30)
    verdict = s.push("a2", NOON + 40, shared(milliseconds=NOON + YEARS_10), formerly=IDS["a"], formerly_number=1)
    effective = f"{verdict['effective'][0]['stamp']}-{IDS['a2']}"
    expect(not s.push("b", NOON + 50, change(R, {"note": "b"}, at(NOON + 50), {"note": effective}))["conflicts"])


@scenario("same_stamp_other_content", "Two copies saved different values in one millisecond: not a repeat. Nobody had seen the other: a "
          "conflict.")
def _(s):
    base(s)
    s.push("a", NOON + 20, shared("one"))
    s.new_key("a", "a2", NOON + 30)
    verdict = s.push("a2", NOON + 40, shared("two"), formerly=IDS["a"], formerly_number=1)
    expect("repeats" not in verdict and len(verdict["conflicts"]) == 1)


@scenario("same_stamp_other_record", "Same stamp and fields, another record: not a repeat. The same values in other resolves: not a repeat either.")
def _(s):
    base(s)
    s.push("a", NOON + 20, shared(), change(rid(3), {"x": 1}, at(NOON + 6)))
    s.new_key("a", "a2", NOON + 30)
    verdict = s.push("a2", NOON + 40, change(R2, {"note": "shared"}, at(NOON + 5)), change(rid(3), {"x": 1}, at(NOON + 6), None, [rid(99)]),
                     formerly=IDS["a"], formerly_number=1)
    expect("repeats" not in verdict)


@scenario("repeat_below_shared_number", "A2 knows A's batch 2 to be its own too: what is in it was never authored again, so a change of the same "
          "stamp and content is another one.")
def _(s):
    base(s)
    s.push("a", NOON + 20, shared())
    s.new_key("a", "a2", NOON + 30)
    expect("repeats" not in s.push("a2", NOON + 40, shared(), formerly=IDS["a"], formerly_number=2))


@scenario("repeat_in_one_batch", "The same change twice in one batch: the second is a repeat.")
def _(s):
    base(s)
    s.new_key("a", "a2", NOON + 10)
    expect(s.push("a2", NOON + 20, shared(), shared(), change(R2, {"note": "x"}, at(NOON + 6)), formerly=IDS["a"], formerly_number=1)
           ["repeats"] == [{"change": 1, "stamp": by("a2", NOON + 5)}])


@scenario("same_change_twice_in_an_ordinary_batch", "Not a repeat in a batch without `formerly`, whether its device has heirs or not: the second is suspect, "
          "and applied. Nor is what the device's own batches hold.")
def _(s):
    seen = base(s)
    s.open_epoch("restore", NOON + 1)
    again = change(R, {"note": "x"}, at(NOON + 5), {"note": seen})
    expect(s.push("a", NOON + 10, again, change(R2, {"note": "y"}, at(NOON + 6)), again)["effective"][0]["change"] == 2)
    s.new_key("a", "a2", NOON + 20)
    s.push("a2", NOON + 30, change(rid(3), {"note": "heir"}, at(NOON + 7)), formerly=IDS["a"], formerly_number=2)
    other = change(rid(4), {"note": "z"}, at(NOON + 31))
    verdict = s.push("a", NOON + 40, again, other, other, change(rid(3), {"note": "heir"}, at(NOON + 7)))
    expect(verdict["repeats"] == [{"change": 3, "stamp": by("a2", NOON + 7)}])


@scenario("repeat_of_a_settlement", "A change that sets nothing and only settles a conflict is a repeat like any other.", roles=THREE)
def _(s):
    seen = base(s)
    s.push("b", NOON + 8, change(R, {"note": "b"}, at(NOON + 8), {"note": seen}))
    made = s.push("c", NOON + 9, change(R, {"note": "c"}, at(NOON + 7), {"note": seen}))["conflicts"][0]
    settled = change(R, {}, at(NOON + 10), None, [made])
    s.push("a", NOON + 20, settled)
    s.new_key("a", "a2", NOON + 30)
    expect(s.push("a2", NOON + 40, settled, formerly=IDS["a"], formerly_number=1)["repeats"] == [{"change": 0, "stamp": by("a", NOON + 10)}])


@scenario("repeat_closes_nothing", "A repeat's `resolves` has no effect: it neither closes nor is it remembered.", roles=THREE)
def _(s):
    seen = base(s)
    s.push("b", NOON + 8, change(R, {"note": "b"}, at(NOON + 8), {"note": seen}))
    pending = change(R2, {"note": "settled"}, at(NOON + 9), None, [rid(98)])
    s.push("a", NOON + 20, pending)
    s.new_key("a", "a2", NOON + 30)
    made = s.push("c", NOON + 35, change(R, {"note": "c"}, at(NOON + 7), {"note": seen}))["conflicts"][0]
    again = change(R, {"note": "b"}, at(NOON + 36), {"note": by("b", NOON + 8)}, [made])
    s.push("a2", NOON + 40, pending, again, again, formerly=IDS["a"], formerly_number=1)


@scenario("repeat_of_quarantined", "A change that was quarantined was not applied: authored again by a device that may write it, it is no repeat.",
          roles={"a": "lead"})
def _(s):
    point = change(R, {"name": "gate"}, at(NOON), collection="points")
    expect(s.push("a", NOON, point)["quarantined"])
    s.push("hub", NOON + 5, change(IDS["a"], {"role": "operator"}, at(NOON + 5), {"role": by("hub", NOON - DAY + 1000)}, collection="devices"))
    s.new_key("a", "a2", NOON + 10)
    expect("repeats" not in s.push("a2", NOON + 20, point, formerly=IDS["a"], formerly_number=0))
    expect(s.hub.state.value("points", R, "name") == "gate")


@scenario("copy_of_a_copy", "A3 came out of A2, which came out of A. What A first signed is A's, however many keys since.")
def _(s):
    base(s)
    s.new_key("a", "a2", NOON + 10)
    s.push("a2", NOON + 20, shared(), formerly=IDS["a"], formerly_number=1)
    s.new_key("a2", "a3", NOON + 30)
    expect(s.push("a3", NOON + 40, shared(), formerly=IDS["a"], formerly_number=1)["repeats"])
    mine = change(R2, {"note": "a2's own"}, at(NOON + 25))
    expect("repeats" not in s.push("a3", NOON + 50, mine, formerly=IDS["a2"], formerly_number=1))
    expect(s.push("a2", NOON + 60, mine)["repeats"])
    expect([s.hub.state.value("devices", IDS[name], "name") for name in ("a2", "a3")] == ["device a (2)", "device a (3)"])


@scenario("formerly_refused", "`formerly` is an ancestor of the device, and comes with its number; else the batch is not taken.")
def _(s):
    base(s)
    s.new_key("a", "a2", NOON + 10)
    for device, formerly in (("b", "a"), ("a", "a"), ("a", "a2"), ("a2", "a2"), ("a2", "b")):
        s.refuse("batch_invalid", device, s.seal(device, NOON + 20, shared(), formerly=IDS[formerly], formerly_number=1), NOON + 20)
    for keys in ({"formerly": IDS["a"]}, {"formerly": IDS["a"], "formerly_number": -1}, {"formerly": "a", "formerly_number": 1},
                 {"formerly": IDS["a"], "formerly_number": 1, "adopts": s.head()}):
        s.refuse("batch_invalid", "a2", s.seal("a2", NOON + 20, shared(), **keys), NOON + 20, **({"common": None} if "adopts" in keys else {}))
    s.push("a2", NOON + 20, shared(), formerly=IDS["a"], formerly_number=1)


# --- 6.6 Whose register ------------------------------------------------------------------------------------------

def a_lost(s, value="from a", milliseconds=NOON + 10, **more):
    """A wrote over the base, and the hub lost it. Returns the lost history and the head of the common size."""
    seen = base(s)
    lost = s.branch()
    lost.push("a", milliseconds, change(R, {"note": value, **more}, at(milliseconds), {"note": seen}))
    return lost, s.put_back(lost, NOON + HOUR)


@scenario("own_register_adopted", "B adopts A's lost value. A's file was put back too, and A writes without having seen it: in this history the "
          "register is not A's own, though it has A's id.")
def _(s):
    lost, common = a_lost(s)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR), {"note": by("a", NOON)}))
    expect(s.push("a", NOON + 2 * HOUR, change(R, {"note": "again"}, at(NOON + 2 * HOUR), {"note": by("a", NOON)}))["conflicts"])
    expect(not s.push("a", NOON + 3 * HOUR, change(R, {"note": "mine"}, at(NOON + 3 * HOUR)))["conflicts"])


@scenario("own_register_adopted_named", "The same, had A pulled the adopted value before it wrote: no conflict.")
def _(s):
    lost, common = a_lost(s)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR), {"note": by("a", NOON)}))
    expect(not s.push("a", NOON + 2 * HOUR, change(R, {"note": "again"}, at(NOON + 2 * HOUR), {"note": by("a", NOON + 10)}))["conflicts"])


@scenario("own_deletion_adopted", "B adopts A's lost deletion; A, put back, edits: an edit of a deleted record, also by the one whose id it has.")
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"_deleted": True}, at(NOON + 10), {"note": seen}))
    common = s.put_back(lost, NOON + HOUR)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"_deleted": True}, by("a", NOON + 10), at(NOON + HOUR)))
    expect(s.push("a", NOON + 2 * HOUR, change(R, {"note": "again"}, at(NOON + 2 * HOUR), {"note": seen}))["conflicts"])


@scenario("own_field_adopted_then_deleted", "B adopts a field that A lost; A, put back, deletes the record: a delete of an edited record.")
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"place": "gate"}, at(NOON + 10)))
    common = s.put_back(lost, NOON + HOUR)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"place": "gate"}, by("a", NOON + 10), at(NOON + HOUR)))
    expect(s.push("a", NOON + 2 * HOUR, change(R, {"_deleted": True}, at(NOON + 2 * HOUR), {"note": seen}))["conflicts"])


@scenario("author_has_the_last_word", "B adopts another value under A's stamp. When A's own batch comes, A's value stands, whatever the bytes, "
          "and the difference is listed. What saw the stamp is not in conflict with either.")
def _(s):
    lost, common = a_lost(s)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "zzz forged"}, by("a", NOON + 10), at(NOON + HOUR), {"note": by("a", NOON)}))
    expect(s.shown() == "zzz forged")
    expect(len(s.offer(lost, "a", 2, NOON + 2 * HOUR, common)["conflicts"]) == 1 and s.shown() == "from a")
    expect(not s.push("b", NOON + 3 * HOUR, change(R, {"note": "b"}, at(NOON + 3 * HOUR), {"note": by("a", NOON + 10)}))["conflicts"])


@scenario("author_wrote_on", "As before, but A's batch goes on to a second value of its own. The adopted value is listed all the same, against the one whose stamp "
          "it had.")
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "first"}, at(NOON + 10), {"note": seen}), change(R, {"note": "second"}, at(NOON + 11), {"note": by("a", NOON + 10)}))
    common = s.put_back(lost, NOON + HOUR)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "zzz forged"}, by("a", NOON + 10), at(NOON + HOUR)))
    expect(len(s.offer(lost, "a", 2, NOON + 2 * HOUR, common)["conflicts"]) == 1 and s.shown() == "second")


@scenario("author_wrote_on_later", "The adopted value is listed for the change that met it, before what a change in between met, though the batch sets the "
          "field once more.", roles=THREE)
def _(s):
    seen = base(s)
    s.push("c", NOON, change(R2, {"note": "base"}, at(NOON)))
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "first"}, at(NOON + 10), {"note": seen}), change(R2, {"note": "from a"}, at(NOON + 11), {"note": by("c", NOON)}),
              change(R, {"note": "second"}, at(NOON + 12), {"note": by("a", NOON + 10)}))
    common = s.put_back(lost, NOON + HOUR)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "zzz forged"}, by("a", NOON + 10), at(NOON + HOUR)))
    s.push("c", NOON + HOUR, change(R2, {"note": "from c"}, at(NOON + 5), {"note": by("c", NOON)}))
    made = s.offer(lost, "a", 2, NOON + 2 * HOUR, common)["conflicts"]
    expect([s.hub.state.value("conflicts", item, "record") for item in made] == [R, R2])


@scenario("author_had_the_first_word", "The other way round: A's own batch is there, and an adoption of another value does not replace it.")
def _(s):
    lost, common = a_lost(s)
    s.offer(lost, "a", 2, NOON + HOUR, common)
    verdict = s.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "zzz forged"}, by("a", NOON + 10), at(NOON + HOUR)))
    expect(len(verdict["conflicts"]) == 1 and s.shown() == "from a")


@scenario("author_before_the_break", "What was written at or below the common size is not replaced under its stamp either, and nothing is listed.")
def _(s):
    lost, common = a_lost(s)
    expect(not s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "zzz forged"}, by("a", NOON), at(NOON + HOUR)))["conflicts"])
    expect(s.shown() == "base")


@scenario("equal_value_adopted_first", "B adopts A's value as it was; A's own batch changes nothing and is clean. A later adoption of another value "
          "does not replace it any more.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR)))
    expect(fs.is_clean(s.offer(lost, "a", 2, NOON + 2 * HOUR, common)))
    expect(s.adopt("c", lost, NOON + 3 * HOUR, common, adopted(R, {"note": "zzz forged"}, by("a", NOON + 10), at(NOON + HOUR)))["conflicts"])
    expect(s.shown() == "from a")


@scenario("two_adoptions_of_one_stamp", "B and C adopt different values under one stamp: the larger value stays, the other is listed.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "one"}, by("a", NOON + 10), at(NOON + HOUR)))
    expect(s.adopt("c", lost, NOON + HOUR, common, adopted(R, {"note": "two"}, by("a", NOON + 10), at(NOON + HOUR)))["conflicts"])
    expect(s.shown() == "two")


@scenario("conflict_id_used_twice", "Copies of A claimed one stamp for different values, and B adopts one after the other: each is in conflict with C's, "
          "and the two conflicts have one id by §6.3. The second gets one with the lost value in it.", roles=FOUR)
def _(s):
    lost, common = a_lost(s)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": by("a", NOON)}))
    made = [s.adopt(device, lost, NOON + 2 * HOUR, common, adopted(R, {"note": value}, by("a", NOON + 10), at(NOON + 2 * HOUR)))["conflicts"]
            for device, value in (("b", "one"), ("d", "two"), ("b", "one"), ("d", "two"))]
    expect([len(ids) for ids in made] == [1, 1, 0, 0])


@scenario("two_rules_one_id_again", "As two_rules_one_id of hub_rules.json, under rules number 2: the conflict of rule 2 has another `kept_field` and gets "
          "an id of its own.", roles={"a": "lead", "c": "lead", "d": "lead"})
def _(s):
    seen = base(s, field="f")
    s.open_epoch("opened", NOON + 1)
    s.push("d", NOON + 9, change(R, {"_deleted": True, "f": "from d"}, at(NOON + 4), {"f": seen}))
    expect(len(s.push("c", NOON + 10, change(R, {"f": "from c"}, at(NOON + 3), {"f": seen}))["conflicts"]) == 2)


def settled_and_lost(s):
    """A conflict of A's and B's, which C settled, all lost. Returns the lost history, the common head and the conflict's id."""
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 20, change(R, {"note": "from a"}, at(NOON + 15), {"note": seen}))
    made = lost.push("b", NOON + 30, change(R, {"note": "from b"}, at(NOON + 16), {"note": seen}))["conflicts"][0]
    lost.push("c", NOON + 40, change(R, {}, at(NOON + 40), None, [made]))
    return lost, s.put_back(lost, NOON + HOUR), made


@scenario("closed_before_it_is_made", "C, who settled the conflict, offers its batch again first; when A's and B's come and make the conflict, it is made "
          "closed.", roles=THREE)
def _(s):
    lost, common, made = settled_and_lost(s)
    s.offer(lost, "c", 1, NOON + HOUR, common)
    s.offer(lost, "a", 2, NOON + HOUR + 1, common)
    s.offer(lost, "b", 1, NOON + HOUR + 2, common)
    expect(s.hub.state.value("conflicts", made, "resolved_by") == IDS["c"])


@scenario("made_before_it_is_closed", "The same in the order in which it happened.", roles=THREE)
def _(s):
    lost, common, made = settled_and_lost(s)
    for index, (device, number) in enumerate((("a", 2), ("b", 1), ("c", 1))):
        s.offer(lost, device, number, NOON + HOUR + index, common)
    expect(s.hub.state.value("conflicts", made, "resolved") is True)


# --- 6.7 Offered again -------------------------------------------------------------------------------------------

@scenario("offered_honours_the_verdict", "A's clock was ten years ahead, and A may not write points. The hub was put back, A became an operator, and A offers "
          "again: effective stamps, quarantine and conflicts are those of the first verdict, and the next save is ruled after them.",
          roles=THREE)
def _(s):
    seen = base(s)
    s.push("b", NOON + 5, change(R, {"note": "from b"}, at(NOON + 5), {"note": seen}))
    lost = s.branch()
    first = lost.push("a", NOON + MINUTE, change(R, {"note": "from a"}, at(NOON + YEARS_10), {"note": seen}), change(R2, {"note": "2"}, at(NOON + 6)),
                      change(R2, {"name": "x"}, at(NOON + 7), collection="points"), change(R2, {"note": "3"}, at(NOON + 8), {"note": by("a", NOON + 6)}))
    common = s.put_back(lost, NOON + HOUR)
    s.push("hub", NOON + HOUR, change(IDS["a"], {"role": "operator"}, at(NOON + HOUR + 9), {"role": by("hub", NOON - DAY + 1000)}, collection="devices"))
    again = s.offer(lost, "a", 2, NOON + 2 * HOUR, common)
    expect([again[key] == first[key] for key in ("conflicts", "effective", "quarantined")] == [True] * 3)
    expect(len(first["conflicts"]) == len(first["effective"]) == len(first["quarantined"]) == 1)
    s.push("a", NOON + 3 * HOUR, change(R2, {"note": "4"}, at(NOON + 7), {"note": by("a", NOON + 8)}))


@scenario("offered_against_newer", "While A's value was lost, B wrote over the base: entered above the common size and unaware. Listed, whichever wins.",
          roles=THREE)
def _(s):
    seen = base(s)
    s.push("a", NOON, change(R2, {"note": "base"}, at(NOON, 1)))
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "from a"}, at(NOON + 10), {"note": seen}), change(R2, {"note": "from a"}, at(NOON + 11), {"note": by("a", NOON, 1)}))
    common = s.put_back(lost, NOON + HOUR)
    s.push("b", NOON + HOUR, change(R, {"note": "from b"}, at(NOON + 5), {"note": seen}), change(R2, {"note": "from b"}, at(NOON + HOUR), {"note": by("a", NOON, 1)}))
    expect(len(s.offer(lost, "a", 3, NOON + 2 * HOUR, common)["conflicts"]) == 2)


@scenario("offered_against_older", "In the lost history A had seen B's second value, which the hub has not got yet. B's first one, below the common size, is "
          "not in A's `was`: not listed, the first verdict judged it.")
def _(s):
    first = base(s, "b")
    lost = s.branch()
    lost.push("b", NOON + 10, change(R, {"note": "b's second"}, at(NOON + 10), {"note": first}))
    lost.push("a", NOON + 20, change(R, {"note": "from a"}, at(NOON + 20), {"note": by("b", NOON + 10)}))
    common = s.put_back(lost, NOON + HOUR)
    expect(fs.is_clean(s.offer(lost, "a", 1, NOON + HOUR, common)))
    expect(fs.is_clean(s.offer(lost, "b", 2, NOON + 2 * HOUR, common)))


def seen_and_overcome(s):
    """B's lost value carries a stamp that is a little ahead; A had seen it, and writes over it with a clock that is not believed: the
    hub orders A's value before B's. Returns the lost history and the head of the common size."""
    seen = base(s)
    lost = s.branch()
    lost.push("b", NOON + MINUTE, change(R, {"note": "from b"}, at(NOON + 4 * MINUTE), {"note": seen}))
    common = s.put_back(lost, NOON + 2 * MINUTE)
    s.push("a", NOON + 3 * MINUTE, change(R, {"note": "from a"}, at(NOON + YEARS_10), {"note": by("b", NOON + 4 * MINUTE)}))
    return lost, common


@scenario("offered_overcomes_who_had_seen_it", "A wrote over B's lost value, having seen it, under a wrong clock. B offers its value again, and it stands over A's: "
          "A's is hidden, so it is listed although A had seen B's.")
def _(s):
    lost, common = seen_and_overcome(s)
    expect(len(s.offer(lost, "b", 1, NOON + 3 * MINUTE + 1, common)["conflicts"]) == 1 and s.shown() == "from b")


@scenario("adopted_overcomes_who_had_seen_it", "The same where somebody else hands B's value back.", roles=THREE)
def _(s):
    lost, common = seen_and_overcome(s)
    change_ = adopted(R, {"note": "from b"}, by("b", NOON + 4 * MINUTE), at(NOON + 3 * MINUTE))
    expect(len(s.adopt("c", lost, NOON + 3 * MINUTE + 1, common, change_)["conflicts"]) == 1 and s.shown() == "from b")


def handed_back_over_c(s, was=None):
    """C's value is common to both histories. A's, over it, is lost, and B hands it back. Returns what `put_back` gives and the verdict that
    A's batch got in the lost history."""
    base(s)
    s.push("c", NOON + 5, change(R2, {"note": "from c"}, at(NOON + 5)))
    lost = s.branch()
    verdict = lost.push("a", NOON + 10, change(R2, {"note": "from a"}, at(NOON + 10), was))
    common = s.put_back(lost, NOON + HOUR)
    back = adopted(R2, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR), {"note": by("c", NOON + 5)})
    expect(fs.is_clean(s.adopt("b", lost, NOON + HOUR, common, back)) and s.shown(R2) == "from a")
    return lost, common, verdict


@scenario("offered_meets_what_its_adoption_hid", "A had not seen C's value, and the lost history listed it. B handed A's back, without the list. A's own batch "
          "meets what lies beneath: listed under the same id.", roles=THREE)
def _(s):
    lost, common, verdict = handed_back_over_c(s)
    expect(verdict["conflicts"] and s.offer(lost, "a", 2, NOON + 2 * HOUR, common)["conflicts"] == verdict["conflicts"])


@scenario("offered_had_seen_what_its_adoption_hid", "The same where A had seen C's value: nothing is listed, then or now.", roles=THREE)
def _(s):
    lost, common, verdict = handed_back_over_c(s, {"note": by("c", NOON + 5)})
    expect(fs.is_clean(verdict) and fs.is_clean(s.offer(lost, "a", 2, NOON + 2 * HOUR, common)))


@scenario("new_key_meets_what_its_adoption_hid", "A's file was put back too, and goes on as A2, which authors the value anew: it lies over C's under A's stamp.",
          roles=THREE)
def _(s):
    handed_back_over_c(s)
    s.new_key("a", "a2", NOON + 2 * HOUR)
    again = change(R2, {"note": "from a"}, at(NOON + 10))
    expect(len(s.push("a2", NOON + 3 * HOUR, again, formerly=IDS["a"], formerly_number=1)["conflicts"]) == 1)


@scenario("offered_unaware_over_what_is_common", "In the lost history A's value met C's second one. Only C's first is left, below the common size. A had "
          "seen no value of the field, so not this one: listed.", roles=THREE)
def _(s):
    base(s)
    s.push("c", NOON + 5, change(R2, {"note": "c's first"}, at(NOON + 5)))
    lost = s.branch()
    lost.push("c", NOON + 6, change(R2, {"note": "c's second"}, at(NOON + 6), {"note": by("c", NOON + 5)}))
    lost.push("a", NOON + 10, change(R2, {"note": "from a"}, at(NOON + 10)))
    common = s.put_back(lost, NOON + HOUR)
    expect(len(s.offer(lost, "a", 2, NOON + HOUR, common)["conflicts"]) == 1)


@scenario("offered_with_common_null", "A device that shares no head with the hub: the common size is 0, and every present register entered above it.")
def _(s):
    first = base(s, "b")
    lost = s.branch()
    lost.push("b", NOON + 10, change(R, {"note": "b's second"}, at(NOON + 10), {"note": first}))
    lost.push("a", NOON + 20, change(R, {"note": "from a"}, at(NOON + 20), {"note": by("b", NOON + 10)}))
    s.put_back(lost, NOON + HOUR)
    expect(s.offer(lost, "a", 1, NOON + HOUR, None)["conflicts"])


@scenario("offered_below_its_own", "A's first value was ruled by a hub whose clock was ahead. That history is lost; in the next one the clock was right, and A's second "
          "value, which had seen the first, was ruled below it. That history is lost too, and both come back with what they were ruled: the second "
          "loses to one that it had seen, and is listed though A wrote both.")
def _(s):
    ahead, right = s.branch(), s.branch()
    one = s.seal("a", NOON, change(R, {"note": "first"}, at(NOON + YEARS_10)))
    expect(ahead.send("a", *one, NOON + YEARS_10)["effective"] == [])
    expect(right.send("a", *one, NOON)["effective"] != [])
    right.push("a", NOON, change(R, {"note": "second"}, at(NOON + YEARS_10, 1), {"note": by("a", NOON + YEARS_10)}))
    common = s.put_back(right, NOON + HOUR)
    s.offer(ahead, "a", 1, NOON + HOUR, common)
    expect(len(s.offer(right, "a", 2, NOON + HOUR, common)["conflicts"]) == 1 and s.shown() == "first")


@scenario("offered_below_what_it_saw", "A wrote over B's value, which the hub had lost, with a wrong clock: its stamp was ruled below B's. The hub is put back, B comes first; A's "
          "value, though it had seen B's, loses now, and is listed.")
def _(s):
    base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "from a"}, at(NOON + 10 * DAY), {"note": by("b", NOON + 5)}))
    common = s.put_back(lost, NOON + HOUR)
    s.push("b", NOON + HOUR, change(R, {"note": "from b"}, at(NOON + 5), {"note": by("a", NOON)}))
    expect(len(s.offer(lost, "a", 2, NOON + 2 * HOUR, common)["conflicts"]) == 1)


@scenario("offered_lists_the_second_id", "The first verdict listed A's conflict with C's under the second id of §6.6, since B's adoption had taken the first. The hub is put back "
          "to before that: the conflict is among the verdict's, though it gets the first id now.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": by("a", NOON)}))
    again = s.branch()
    first = again.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "zzz forged"}, by("a", NOON + 10), at(NOON + 2 * HOUR)))["conflicts"]
    batch, signature, _ = lost.receipt("a", 2)
    second = again.send("a", batch, signature, NOON + 3 * HOUR)["conflicts"]
    later = s.put_back(again, NOON + 4 * HOUR)
    expect(len(second) == 1 and second != first == s.offer(again, "a", 2, NOON + 5 * HOUR, later)["conflicts"])


@scenario("offered_later_in_order", "A's two batches come back in their order; the second wrote over the first. L goes on from the larger.")
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "1"}, at(NOON + 10), {"note": seen}))
    lost.push("a", NOON + 20, change(R, {"note": "2"}, at(NOON + 20), {"note": by("a", NOON + 10)}))
    common = s.put_back(lost, NOON + HOUR)
    s.refuse("number_ahead", "a", lost.receipt("a", 3)[:2], NOON + HOUR, common=common, receipt=lost.receipt("a", 3)[2])
    expect(all(fs.is_clean(s.offer(lost, "a", number, NOON + HOUR, common)) for number in (2, 3)))
    s.steps.append(s.step("a", NOON + 2 * HOUR, len(s.hub.leaves), True, common=common, receipt=lost.receipt("a", 3)[2]))
    s.push("a", NOON + 2 * HOUR, change(R, {"note": "3"}, at(NOON + 15)))


def adopted_then_edited(s, *editors):
    """A's value was lost and B adopted it; then each editor wrote over what was there, having seen it."""
    lost, common = a_lost(s)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR), {"note": by("a", NOON)}))
    seen = by("a", NOON + 10)
    for index, device in enumerate(editors):
        wall = NOON + (2 + index) * HOUR
        s.push(device, wall, change(R, {"note": f"from {device}"}, at(wall), {"note": seen}))
        seen = by(device, wall)
    return lost, common


@scenario("seen_by_was", "C wrote over the adopted value of A and named it. When A's own batch comes, no conflict: C had seen it.", roles=THREE)
def _(s):
    lost, common = adopted_then_edited(s, "c")
    expect(fs.is_clean(s.offer(lost, "a", 2, NOON + DAY, common)))


@scenario("seen_through_a_chain", "D wrote over C's, which was written over B's, which was written over A's adopted value: seen.", roles=FOUR)
def _(s):
    lost, common = adopted_then_edited(s, "b", "c", "d")
    expect(fs.is_clean(s.offer(lost, "a", 2, NOON + DAY, common)))


@scenario("seen_chain_is_broken", "C's write names nothing: from there the chain does not go on, and A's value is listed.", roles=FOUR)
def _(s):
    lost, common = adopted_then_edited(s, "b")
    s.push("c", NOON + 5 * HOUR, change(R, {"note": "unaware"}, at(NOON + 5 * HOUR)))
    s.push("d", NOON + 6 * HOUR, change(R, {"note": "from d"}, at(NOON + 6 * HOUR), {"note": by("c", NOON + 5 * HOUR)}))
    expect(s.offer(lost, "a", 2, NOON + DAY, common)["conflicts"])


def two_of_a_lost(s):
    """A wrote twice, both lost; B adopts the second, and C writes over that."""
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "1"}, at(NOON + 10), {"note": seen}))
    lost.push("a", NOON + 20, change(R, {"note": "2"}, at(NOON + 20), {"note": by("a", NOON + 10)}))
    common = s.put_back(lost, NOON + HOUR)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "2"}, by("a", NOON + 20), at(NOON + HOUR), {"note": seen}))
    s.push("c", NOON + 2 * HOUR, change(R, {"note": "from c"}, at(NOON + 2 * HOUR), {"note": by("a", NOON + 20)}))
    return lost, common


@scenario("seen_by_the_later_write", "C had seen A's second value. A's first is offered again: A's own later write had seen it, so C had.", roles=THREE)
def _(s):
    lost, common = two_of_a_lost(s)
    expect(fs.is_clean(s.offer(lost, "a", 2, NOON + DAY, common)))
    expect(fs.is_clean(s.offer(lost, "a", 3, NOON + DAY, common)))


@scenario("not_seen_if_adopted", "The same, but D adopts A's first value: A's file may have been put back between the two, so only `was` counts. Listed.",
          roles=FOUR)
def _(s):
    lost, common = two_of_a_lost(s)
    expect(s.adopt("d", lost, NOON + DAY, common, adopted(R, {"note": "1"}, by("a", NOON + 10), at(NOON + DAY), {"note": by("c", NOON + 2 * HOUR)}))["conflicts"])


@scenario("seen_under_the_claimed_stamp", "A's clock was ahead; C, who had A's batch from a bundle, names the claimed stamp. It means the effective one.",
          roles=THREE)
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "from a"}, at(NOON + YEARS_10), {"note": seen}))
    common = s.put_back(lost, NOON + HOUR)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": by("a", NOON + YEARS_10)}))
    expect(not s.offer(lost, "a", 2, NOON + 2 * HOUR, common)["conflicts"])


def under_a_new_key(s, other_content=False):
    """A's lost value was adopted and written over. Then A, with a new key, authors it again, having got no receipt of it."""
    lost, common = adopted_then_edited(s, "c")
    s.new_key("a", "a2", NOON + 4 * HOUR)
    if other_content:  # of the other copy of A, in the same millisecond
        s.push("a", NOON + 5 * HOUR, shared("another", NOON + 10))
    return s.push("a2", NOON + 6 * HOUR, shared("from a", NOON + 10), formerly=IDS["a"], formerly_number=1)["conflicts"]


@scenario("seen_under_the_authors_stamp", "C named A's stamp; A2 authors the change again, as an ordinary batch: seen, under the author's stamp.", roles=THREE)
def _(s):
    expect(not under_a_new_key(s))


@scenario("authors_stamp_used_twice", "The same, but a copy of A used that stamp for something else in this history: what C named proves nothing. Listed.", roles=THREE)
def _(s):
    expect(under_a_new_key(s, True))


@scenario("ordinary_seen", "A's batch had no receipt when the hub was put back; B had pulled it, adopted it and wrote over it. A pushes it as it is: no conflict.",
          roles=THREE)
def _(s):
    lost, common = adopted_then_edited(s, "b", "c")
    batch, signature, _ = lost.receipt("a", 2)
    expect(fs.is_clean(s.send("a", batch, signature, NOON + DAY)))


@scenario("ordinary_not_seen_by_the_later_write", "As seen_by_the_later_write, but A had no receipts: that A's second value has the larger stamp proves nothing. The first is listed, the second "
          "was seen.", roles=THREE)
def _(s):
    lost, common = two_of_a_lost(s)
    expect(s.send("a", *lost.receipt("a", 2)[:2], NOON + DAY)["conflicts"])
    expect(fs.is_clean(s.send("a", *lost.receipt("a", 3)[:2], NOON + DAY)))


@scenario("ordinary_seen_before_the_break", "Entries at or below the `size` of the first epoch with a parent are not followed: a chain that leads there ends.",
          roles=THREE)
def _(s):
    base(s)
    s.push("b", NOON + 5, change(R, {"note": "from b"}, at(NOON + 5), {"note": by("a", NOON + 3)}))  # which B had from a bundle
    s.open_epoch("restore", NOON + HOUR)
    s.push("c", NOON + 2 * HOUR, change(R, {"note": "from c"}, at(NOON + 2 * HOUR), {"note": by("b", NOON + 5)}))
    expect(s.push("a", NOON + 3 * HOUR, change(R, {"note": "late"}, at(NOON + 3), {"note": by("a", NOON)}))["conflicts"])


@scenario("delete_offered_against_edit", "A's delete is offered again; B's edit entered above the common size and named no delete: listed. C's had seen it.",
          roles=THREE)
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"_deleted": True}, at(NOON + 10), {"note": seen}))
    common = s.put_back(lost, NOON + HOUR)
    s.push("b", NOON + HOUR, change(R, {"note": "from b"}, at(NOON + HOUR), {"note": seen}))
    s.push("c", NOON + HOUR, change(R, {"place": "from c"}, at(NOON + HOUR), {"_deleted": by("a", NOON + 10)}))
    verdict = s.offer(lost, "a", 2, NOON + 2 * HOUR, common)
    expect([s.hub.state.value("conflicts", item, "field") for item in verdict["conflicts"]] == ["note"])


@scenario("edit_offered_against_delete", "A's edits are offered again; B's delete entered above the common size. It named A's value in `place`, but none in "
          "`note`: only that is listed.")
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "from a", "place": "from a"}, at(NOON + 10), {"note": seen}))
    common = s.put_back(lost, NOON + HOUR)
    s.push("b", NOON + HOUR, change(R, {"_deleted": True}, at(NOON + HOUR), {"note": seen, "place": by("a", NOON + 10)}))
    verdict = s.offer(lost, "a", 2, NOON + 2 * HOUR, common)
    expect([s.hub.state.value("conflicts", item, "field") for item in verdict["conflicts"]] == ["note"])


@scenario("suspect_adopted_before_its_author", "A's clock was ahead, and B adopted the value under its effective stamp. A's next suspect save takes its tick "
          "above the register with A's id.")
def _(s):
    seen = base(s)
    lost = s.branch()
    verdict = lost.push("a", NOON + 10, change(R, {"note": "from a"}, at(NOON + YEARS_10), {"note": seen}))
    stamp = f"{verdict['effective'][0]['stamp']}-{IDS['a']}"
    common = s.put_back(lost, NOON + HOUR)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "from a"}, stamp, at(NOON + HOUR), {"note": seen}))
    batch, signature, _ = lost.receipt("a", 2)
    s.send("a", batch, signature, NOON + 2 * HOUR)
    expect(s.shown() == "from a")


def resign(receipt, seed):
    head = receipt["head"]["head"]
    return {**receipt, "head": {"head": head, "signature": fs.sign(seed, "head", head)}}


@scenario("offered_refused", "What comes beside a batch and does not hold: a receipt of another key, of another batch, one whose leaf has `earlier`; a common head "
          "that the hub does not hold. One without the other is passed over.")
def _(s):
    lost, common = a_lost(s)
    batch, signature, receipt = lost.receipt("a", 2)
    sealed, wall = (batch, signature), NOON + HOUR
    again = s.branch()
    again.offer(lost, "a", 2, wall, common)
    for bad in (resign(receipt, SEEDS["b"]), lost.receipt("a", 1)[2], again.receipt("a", 2)[2], {**receipt, "path": []}):
        s.refuse("signature_invalid", "a", sealed, wall, common=common, receipt=bad)
    for bad in (lost.head(), {**common, "signature": "0" * 128}, {"head": {**common["head"], "size": 99}, "signature": common["signature"]}, "x"):
        s.refuse("parameter_invalid", "a", sealed, wall, common=bad, receipt=receipt)
    s.send("a", batch, signature, wall, receipt=lost.receipt("a", 1)[2])
    s.send("b", *s.seal("b", wall, change(R2, {"note": "b"}, at(wall))), wall, common=lost.head())
    expect(all("common" not in leaf for leaf in s.hub.leaves))


# --- 6.8 Adoption ------------------------------------------------------------------------------------------------

@scenario("adopt_larger", "A is gone; B brings back what it held of A's: registers with A's stamps, new records too. Nobody wrote over them: nothing is listed. "
          "B's own L does not move.", roles={**FOUR})
def _(s):
    lost, common = a_lost(s, place="gate")
    verdict = s.adopt("b", lost, NOON + HOUR, common,
                      adopted(R, {"note": "from a", "place": "gate"}, by("a", NOON + 10), at(NOON + DAY), {"note": by("a", NOON)}),
                      adopted(R2, {"x": 1, "y": 2}, {"x": by("c", NOON + 11), "y": by("d", NOON + 12)}, at(NOON + DAY, 1)))
    expect(fs.is_clean(verdict))
    expect(not s.push("b", NOON + HOUR, change(R2, {"x": 2}, at(NOON + 2), {"x": by("c", NOON + 11)}))["effective"])


@scenario("adopt_smaller", "C wrote over the base meanwhile, unaware of the lost value: the adopted one is smaller, does not replace C's, and is listed.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": by("a", NOON)}))
    expect(s.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + 2 * HOUR)))["conflicts"])
    expect(s.shown() == "from c")


@scenario("adopt_larger_against_newer", "The same, C's stamp being smaller: the adopted value wins, and C's is listed.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + 5), {"note": by("a", NOON)}))
    expect(s.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + 2 * HOUR)))["conflicts"])
    expect(s.shown() == "from a")


@scenario("adopt_smaller_below", "What is smaller than a register at or below the common size neither replaces it nor is listed: the lost history judged it.", roles=THREE)
def _(s):
    base(s)
    s.push("c", NOON + 20, change(R, {"note": "from c"}, at(NOON + 20), {"note": by("a", NOON)}))
    lost = s.branch()
    lost.push("a", NOON + 30, change(R2, {"note": "x"}, at(NOON + 30)))
    common = s.put_back(lost, NOON + HOUR)
    expect(fs.is_clean(s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "old"}, by("a", NOON + 10), at(NOON + HOUR)))))
    expect(s.shown() == "from c")


@scenario("adopt_seen", "C wrote over the adopted value of A, then D adopts it once more: C had seen it, nothing is listed. So after an ordinary and an adopted "
          "write alike.", roles=FOUR)
def _(s):
    lost, common = adopted_then_edited(s, "c")
    expect(fs.is_clean(s.adopt("d", lost, NOON + DAY, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + DAY)))))


@scenario("adopt_equal_value", "Equal values are no conflict; the larger stamp stays.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    s.push("c", NOON + HOUR, change(R, {"note": "from a"}, at(NOON + 5), {"note": by("a", NOON)}))
    expect(fs.is_clean(s.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + 2 * HOUR)))))


@scenario("adopt_twice_in_one_batch", "Within one batch the second register is not compared with the first.")
def _(s):
    lost, common = a_lost(s)
    expect(fs.is_clean(s.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "1"}, by("a", NOON + 5), at(NOON + HOUR)),
                               adopted(R, {"note": "2"}, by("a", NOON + 10), at(NOON + HOUR, 1)))))


@scenario("adopt_compared_with_before", "Each register is compared with the record as it was before the batch: C's value meets both of B's, and the deletion too, though "
          "the first of them took its place already.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + 5), {"note": by("a", NOON)}))
    made = s.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "1"}, by("a", NOON + 8), at(NOON + 2 * HOUR)),
                   adopted(R, {"note": "2"}, by("a", NOON + 10), at(NOON + 2 * HOUR, 1)),
                   adopted(R, {"_deleted": True}, by("a", NOON + 11), at(NOON + 2 * HOUR, 2)),
                   adopted(R, {"place": "gate"}, by("a", NOON + 12), at(NOON + 2 * HOUR, 3)))["conflicts"]
    expect([s.hub.state.value("conflicts", item, "lost_stamp") for item in made] == [by("c", NOON + 5)] * 3 and s.shown() == "2")


@scenario("adopt_delete", "B adopts A's lost delete. C's edits entered above the common size: the one that named the delete is not listed, the other is.", roles=THREE)
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"_deleted": True}, at(NOON + 10), {"note": seen}))
    common = s.put_back(lost, NOON + HOUR)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": seen}), change(R, {"place": "c"}, at(NOON + HOUR, 1), {"_deleted": by("a", NOON + 10)}))
    verdict = s.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"_deleted": True}, by("a", NOON + 10), at(NOON + 2 * HOUR)))
    expect([s.hub.state.value("conflicts", item, "field") for item in verdict["conflicts"]] == ["note"])


@scenario("adopt_edit_of_deleted", "C deleted the record meanwhile. B adopts A's lost edits: `place` was named by the delete, `note` was not.", roles=THREE)
def _(s):
    lost, common = a_lost(s, place="from a")
    s.push("c", NOON + HOUR, change(R, {"_deleted": True}, at(NOON + HOUR), {"note": by("a", NOON), "place": by("a", NOON + 10)}))
    verdict = s.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "from a", "place": "from a"}, by("a", NOON + 10), at(NOON + 2 * HOUR)))
    expect([s.hub.state.value("conflicts", item, "field") for item in verdict["conflicts"]] == ["note"])


@scenario("adopt_future_stamp", "More than 300,000 ms past the lost head's time nobody can have written: the register becomes the adopter's own, under the stamp of "
          "the change, one for all its fields. At 300,000 it is the author's. A second such change is ruled after the first.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    limit = lost.head()["head"]["time"] + 300_000
    verdict = s.adopt("b", lost, NOON + HOUR, common,
                      adopted(R, {"note": "limit", "place": "future", "x": "future"}, {"note": by("a", limit, 65_535), "place": by("a", limit + 1), "x": by("c", limit + 2)},
                              at(NOON + HOUR)),
                      adopted(R2, {"note": "future"}, by("a", NOON + YEARS_10), at(NOON + YEARS_10)),
                      adopted(rid(3), {"note": "past"}, by("a", NOON + 9), at(NOON + YEARS_10, 1)))
    expect(verdict["effective"] == [{"change": 1, "stamp": at(NOON + HOUR, 1)}])
    s.push("b", NOON + HOUR, change(rid(4), {"note": "next"}, at(NOON + HOUR)))


@scenario("adopt_by_role", "What the adopter may not write is sent all the same and quarantined: points, devices, space, epochs. Conflict rows are not asked for a role.",
          roles={"a": "lead", "b": "lead", "c": "auditor"})
def _(s):
    lost, common, made = settled_without_c(s)
    row = conflict_row(lost, made)
    verdict = s.adopt("b", lost, NOON + HOUR, common, adopted(R2, {"name": "gate"}, by("a", NOON + 10), at(NOON + HOUR), collection="points"),
                      adopted(IDS["a"], {"revoked": True}, by("hub", NOON + 11), at(NOON + HOUR, 1), collection="devices"),
                      adopted(EPOCHS[3], {"parent": None}, by("hub", NOON + 12), at(NOON + HOUR, 2), collection="epochs"),
                      adopted(R2, {"note": "x"}, by("a", NOON + 13), at(NOON + HOUR, 3)))
    expect([item["change"] for item in verdict["quarantined"]] == [0, 1, 2])
    verdict = s.adopt("c", lost, NOON + 2 * HOUR, common, adopted(rid(3), {"note": "x"}, by("a", NOON + 13), at(NOON + 2 * HOUR)), row)
    expect([item["change"] for item in verdict["quarantined"]] == [0])


@scenario("adopt_head_held", "The hub holds the head that is called lost: nothing was, and every change is quarantined.")
def _(s):
    seen = base(s)
    s.push("a", NOON + 10, change(R, {"note": "from a"}, at(NOON + 10), {"note": seen}))
    held = s.branch()
    s.open_epoch("opened", NOON + HOUR)
    verdict = s.adopt("b", held, NOON + HOUR, s.head(), adopted(R, {"note": "old"}, seen, at(NOON + HOUR)), adopted(R2, {"x": 1}, seen, at(NOON + HOUR, 1)),
                      adopted(rid(3), {"x": 1}, seen, at(NOON + HOUR, 2), collection="conflicts"))
    expect([item["reason"] for item in verdict["quarantined"]] == ["head_held"] * 3)


@scenario("adopt_refused", "`adopts` under another key; no `common`; a common head that the hub does not hold; `stamps` that do not name the fields of `set`. "
          "Without `common` the form counts before the signature of the head.")
def _(s):
    lost, common = a_lost(s)
    wall, one = NOON + HOUR, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR))
    forged = resign({"head": lost.head()}, SEEDS["b"])["head"]
    elsewhere = {**lost.head()["head"], "space": "0" * 32}
    s.refuse("signature_invalid", "b", s.seal("b", wall, one, adopts=forged), wall, common=common)
    s.refuse("signature_invalid", "b", s.seal("b", wall, one, adopts={"head": elsewhere, "signature": fs.sign(SEEDS["hub"], "head", elsewhere)}), wall, common=common)
    s.refuse("field_missing", "b", s.seal("b", wall, one, adopts=forged), wall)
    s.refuse("parameter_invalid", "b", s.seal("b", wall, one, adopts=lost.head()), wall, common=lost.head())
    for bad in ({}, {"note": by("a", NOON + 10), "x": by("a", NOON + 10)}, {"x": by("a", NOON + 10)}, {"note": at(NOON)}, None):
        s.refuse("batch_invalid", "b", s.seal("b", wall, {**one, "stamps": bad}, adopts=lost.head()), wall, common=common)
    s.refuse("batch_invalid", "b", s.seal("b", wall, change(R, {"note": "x"}, at(wall)), adopts=lost.head()), wall, common=common)
    for bad in (None, {}, {"head": {}, "signature": "0" * 128}, {**lost.head(), "signature": "x"}):
        s.refuse("batch_invalid", "b", s.seal("b", wall, one, adopts=bad), wall, common=common)
    s.adopt("b", lost, wall, common, one)


def settled_without_c(s, settle=False):
    """A conflict of A's and B's, open or settled by B, lost. Returns the lost history, the common head and the conflict's id."""
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 20, change(R, {"note": "from a"}, at(NOON + 15), {"note": seen}))
    made = lost.push("b", NOON + 30, change(R, {"note": "from b"}, at(NOON + 16), {"note": seen}))["conflicts"][0]
    if settle:
        lost.push("b", NOON + 40, change(R, {}, at(NOON + 40), None, [made]))
    return lost, s.put_back(lost, NOON + HOUR), made


def conflict_row(lost, made, stamp=at(NOON + HOUR)):
    """The row of a conflict, as an adopting batch brings it back."""
    registers = lost.hub.state.records["conflicts", made]
    return adopted(made, {field: register.value for field, register in registers.items()},
                   {field: register.stamp for field, register in registers.items()}, stamp, collection="conflicts")


@scenario("adopt_open_conflict", "The row of an open conflict comes back, open. It is not in the verdict's list. When the writes come too, it is not made again.", roles=THREE)
def _(s):
    lost, common, made = settled_without_c(s)
    expect(fs.is_clean(s.adopt("c", lost, NOON + HOUR, common, conflict_row(lost, made))))
    s.offer(lost, "a", 2, NOON + 2 * HOUR, common)
    expect(fs.is_clean(s.offer(lost, "b", 1, NOON + 3 * HOUR, common)))
    s.push("a", NOON + 4 * HOUR, change(R, {}, at(NOON + 4 * HOUR), None, [made]))


@scenario("adopt_closed_conflict", "The row of a settled conflict comes back: it is made, and closed under the next stamp.", roles=THREE)
def _(s):
    lost, common, made = settled_without_c(s, settle=True)
    s.adopt("c", lost, NOON + HOUR, common, conflict_row(lost, made))
    expect(s.hub.state.value("conflicts", made, "resolved_by") == IDS["b"])


@scenario("adopt_conflict_closed_there", "The conflict is closed here, and somebody adopts it open: it stays closed.", roles=THREE)
def _(s):
    lost, common, made = settled_without_c(s)
    s.offer(lost, "a", 2, NOON + HOUR, common)
    s.offer(lost, "b", 1, NOON + HOUR, common)
    s.push("a", NOON + 2 * HOUR, change(R, {}, at(NOON + 2 * HOUR), None, [made]))
    s.adopt("c", lost, NOON + 3 * HOUR, common, conflict_row(lost, made))
    expect(s.hub.state.value("conflicts", made, "resolved_by") == IDS["a"])


@scenario("adopt_conflict_open_there", "The conflict is open here, and somebody adopts it closed: it is closed.", roles=THREE)
def _(s):
    lost, common, made = settled_without_c(s, settle=True)
    s.offer(lost, "a", 2, NOON + HOUR, common)
    s.offer(lost, "b", 1, NOON + HOUR, common)
    expect(s.hub.state.value("conflicts", made, "resolved") is False)
    s.adopt("c", lost, NOON + 3 * HOUR, common, conflict_row(lost, made))
    expect(s.hub.state.value("conflicts", made, "resolved_by") == IDS["b"])


@scenario("adopt_conflict_remembered", "A closed it before it is here; C adopts the row, open or closed: it is made as A closed it.", roles=THREE)
def _(s):
    lost, common, made = settled_without_c(s, settle=True)
    s.push("a", NOON + HOUR, change(R, {}, at(NOON + HOUR), None, [made]))
    s.adopt("c", lost, NOON + 2 * HOUR, common, conflict_row(lost, made))
    expect(s.hub.state.value("conflicts", made, "resolved_by") == IDS["a"])


@scenario("adopt_what_is_no_conflict", "A row whose id is not that of its fields, and one that lacks a value: quarantined.", roles=THREE)
def _(s):
    lost, common, made = settled_without_c(s)
    row = conflict_row(lost, made)

    def with_set(identifier=made, **fields):
        new = {name: value for name, value in {**row["set"], **fields}.items() if value is not ABSENT}
        return adopted(identifier, new, by("hub", NOON + 9), at(NOON + HOUR), collection="conflicts")
    bad = [with_set(rid(9)), with_set(kept_stamp=by("a", NOON + 17)), with_set(record=R2), with_set(field="place"), with_set(lost_value=ABSENT), with_set(lost_stamp=ABSENT)]
    verdict = s.adopt("c", lost, NOON + HOUR, common, *bad)
    expect(len(verdict["quarantined"]) == len(bad))


@scenario("adopt_rows_after_what_was_found", "B brings two rows back, one closed, and behind them a register that meets C's. The conflict that this makes gets the hub's first "
          "stamp, the rows those after it, change by change.", roles=THREE)
def _(s):
    seen = base(s)
    s.push("a", NOON + 1, change(R2, {"note": "base"}, at(NOON + 1)))
    lost = s.branch()
    lost.push("a", NOON + 20, change(R, {"note": "from a", "place": "from a"}, at(NOON + 15), {"note": seen}))
    rows = lost.push("b", NOON + 30, change(R, {"note": "from b", "place": "from b"}, at(NOON + 16), {"note": seen}))["conflicts"]
    lost.push("b", NOON + 40, change(R, {}, at(NOON + 40), None, rows[:1]))
    common = s.put_back(lost, NOON + HOUR)
    s.push("c", NOON + HOUR, change(R2, {"note": "from c"}, at(NOON + HOUR), {"note": by("a", NOON + 1)}))
    made = s.adopt("b", lost, NOON + 2 * HOUR, common, *(conflict_row(lost, item, at(NOON + 2 * HOUR, index)) for index, item in enumerate(rows)),
                   adopted(R2, {"note": "adopted"}, by("a", NOON + 10), at(NOON + 2 * HOUR, 2)))["conflicts"]
    stamps = [s.hub.state.records["conflicts", item]["field"].stamp for item in (*made, *rows)]
    closed = s.hub.state.records["conflicts", rows[0]]["resolved"].stamp
    expect(len(made) == 1 and stamps[0] < stamps[1] < closed < stamps[2])


@scenario("adopt_row_that_is_another", "The id of the row that B brings back is there with other values: the row goes under the second id. The one that is there was named by the "
          "batch and takes its position (§6.4). Brought back once more, both take the position.", roles=FOUR)
def _(s):
    lost, common = a_lost(s)
    s.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": by("a", NOON)}))
    again = s.branch()
    first = again.adopt("b", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "one"}, by("a", NOON + 10), at(NOON + 2 * HOUR)))["conflicts"]
    row = conflict_row(again, first[0])
    expect(s.adopt("d", lost, NOON + 2 * HOUR, common, adopted(R, {"note": "two"}, by("a", NOON + 10), at(NOON + 2 * HOUR)))["conflicts"] == first)
    for wall in (NOON + 4 * HOUR, NOON + 5 * HOUR):
        s.adopt("b", again, wall, common, {**row, "stamp": at(wall)})
        rows = [key for key in s.hub.state.records if key[0] == "conflicts"]
        expect([s.hub.state.positions[key] for key in rows] == [len(s.hub.leaves)] * 2)


@scenario("adopt_second_conflict", "The row of a second conflict of one id (with the lost value in its own): both come back, in either order.", roles=FOUR)
def _(s):
    seen = base(s)
    before, _ = a_lost_again(s, seen)
    lost = s.branch()
    lost.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": seen}))
    for device, value in (("b", "one"), ("d", "two")):
        lost.adopt(device, before, NOON + 2 * HOUR, before.common, adopted(R, {"note": value}, by("a", NOON + 10), at(NOON + 2 * HOUR)))
    made = sorted(item for collection, item in lost.hub.state.records if collection == "conflicts")
    expect(len(made) == 2)
    common = s.put_back(lost, NOON + 3 * HOUR)
    s.adopt("b", lost, NOON + 3 * HOUR, common, *(conflict_row(lost, item, at(NOON + 3 * HOUR, index)) for index, item in enumerate(made)))
    expect(sorted(item for collection, item in s.hub.state.records if collection == "conflicts") == made)


def a_lost_again(s, seen):
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "from a"}, at(NOON + 10), {"note": seen}))
    lost.common = s.put_back(lost, NOON + 20)
    return lost, lost.common


@scenario("adopting_batch_offered_again", "The hub is put back a second time and loses an adopting batch. Its adopter offers it again with its receipt, which is passed over: the "
          "leaf has `common` alone. Ruled as an adoption; a future stamp is ruled by §6.1 anew.", roles=THREE)
def _(s):
    lost, common = a_lost(s)
    again = s.branch()
    far = adopted(R2, {"note": "future"}, by("a", NOON + YEARS_10), at(NOON + YEARS_10), {"note": by("c", NOON + 3 * HOUR)})
    again.adopt("b", lost, NOON + HOUR, common, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR)), far)
    s.open_epoch("head_unknown", NOON + 2 * HOUR, again.head())
    s.push("c", NOON + 3 * HOUR, change(R2, {"note": "from c"}, at(NOON + 3 * HOUR)))
    batch, signature, receipt = again.receipt("b", 1)
    verdict = s.send("b", batch, signature, NOON + 4 * HOUR, common=common, receipt=receipt)
    expect(verdict["effective"] == [{"change": 1, "stamp": at(NOON + 3 * HOUR, 1)}] != receipt["leaf"]["verdict"]["effective"])
    expect(s.hub.leaves[-1].keys() & {"common", "earlier"} == {"common"})


@scenario("adopting_batch_with_any_receipt", "Whatever the receipt beside an adopting batch is: it is not looked at.")
def _(s):
    lost, common = a_lost(s)
    sealed = s.seal("b", NOON + HOUR, adopted(R, {"note": "from a"}, by("a", NOON + 10), at(NOON + HOUR)), adopts=lost.head())
    s.send("b", *sealed, NOON + HOUR, common=common, receipt=lost.receipt("a", 1)[2])


# --- 5.4, 11 Epochs ----------------------------------------------------------------------------------------------

@scenario("epoch_by_restore", "The operator restored a backup: the hub opens an epoch by itself, and rules number 2 begin with that batch.")
def _(s):
    seen = base(s)
    s.open_epoch("restore", NOON + HOUR)
    expect([step["verdict"]["rules"] for step in s.steps[-2:]] == [1, 2])
    s.push("b", NOON + 2 * HOUR, change(R, {"note": "b"}, at(NOON + 2 * HOUR), {"note": seen}))


@scenario("epoch_of_a_clock", "The hub's clock was ten years ahead for an hour and was put right: the epoch's batch, and only it, may be earlier than the one before. "
          "What was stamped meanwhile keeps its stamp.")
def _(s):
    seen = base(s)
    s.push("a", NOON + YEARS_10, change(R, {"note": "ahead"}, at(NOON + YEARS_10), {"note": seen}))
    s.open_epoch("clock", NOON + HOUR)
    expect(s.steps[-1]["received_at"] == NOON + HOUR)
    s.push("b", NOON + 2 * HOUR, change(R, {"note": "seen"}, at(NOON + YEARS_10, 1), {"note": by("a", NOON + YEARS_10)}))
    s.push("b", NOON + HOUR - 1, change(R2, {"note": "later"}, at(NOON + 3 * HOUR)))


@scenario("enrolment_honoured", "D was enrolled after the backup. The put back hub enrols it anew, by its own signature on the old enrolment, and takes what D offers again.")
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.enrol("d", "lead", NOON + 5)
    lost.push("d", NOON + 10, change(R, {"note": "from d"}, at(NOON + 10), {"note": seen}))
    common = s.put_back(lost, NOON + HOUR)
    s.refuse("device_unknown", "d", lost.receipt("d", 1)[:2], NOON + HOUR, common=common, receipt=lost.receipt("d", 1)[2])
    s.hub.join(healing.make_enrolment_join(SEEDS["d"], lost.hub.enrolment(IDS["d"]), SPACE, "a token of 22 letters."), NOON + 2 * HOUR)
    s.roles = {**s.roles, "d": "lead"}
    s.wrote(NOON + 2 * HOUR)
    expect(fs.is_clean(s.offer(lost, "d", 1, NOON + 3 * HOUR, common)))


@scenario("ancestry_is_the_enrolments_own", "A3 came out of A2, which came out of A; the hub was put back to before both. Enrolled anew A3 may still hand in what A2 and A "
          "first signed, though nobody enrols A2.")
def _(s):
    base(s)
    lost = s.branch()
    lost.new_key("a", "a2", NOON + 10)
    lost.new_key("a2", "a3", NOON + 20)
    s.put_back(lost, NOON + HOUR)
    s.hub.join(healing.make_enrolment_join(SEEDS["a3"], lost.hub.enrolment(IDS["a3"]), SPACE, "a token of 22 letters."), NOON + 2 * HOUR)
    s.roles = {**s.roles, "a3": "lead"}
    s.wrote(NOON + 2 * HOUR)
    s.push("a3", NOON + 3 * HOUR, shared(), formerly=IDS["a"], formerly_number=1)
    s.push("a3", NOON + 4 * HOUR, change(R2, {"note": "a2's"}, at(NOON + 15)), formerly=IDS["a2"], formerly_number=0)
    expect(s.shown() == "shared" and s.shown(R2) == "a2's")


@scenario("epoch_without_parent", "An operator's change to `epochs` is quarantined; it begins no epoch and no rules number 2.", roles={"a": "operator"})
def _(s):
    s.push("a", NOON, change(EPOCHS[0], {"parent": EPOCHS[1], "size": 1, "root": "0" * 64, "cause": "restore", "opened_at": NOON}, at(NOON), collection="epochs"))
    expect(s.steps[-1]["verdict"]["rules"] == 1)


@scenario("epochs_again", "The hub is put back twice, the second time further: the common size of what is offered then is the smaller one.", roles=THREE)
def _(s):
    seen = base(s)
    lost = s.branch()
    lost.push("a", NOON + 10, change(R, {"note": "from a"}, at(NOON + 10), {"note": seen}))
    first = s.branch()
    common = first.put_back(lost, NOON + HOUR)
    first.push("c", NOON + HOUR, change(R, {"note": "from c"}, at(NOON + HOUR), {"note": seen}))
    s.epochs = first.epochs
    s.put_back(first, NOON + 2 * HOUR)
    s.push("b", NOON + 2 * HOUR, change(R, {"note": "from b"}, at(NOON + 2 * HOUR), {"note": seen}))
    expect(s.offer(lost, "a", 2, NOON + 3 * HOUR, common)["conflicts"])
    expect(s.offer(first, "c", 1, NOON + 4 * HOUR, common)["conflicts"])


@scenario("page_filter_of_healing", "Used by `filter`: an adopting batch and a batch with a repeat are never left out, though nothing else is listed in their verdicts.",
          roles={"a": "lead", "b": "lead"})
def _(s):
    lost, common = a_lost(s)
    s.adopt("b", lost, NOON + HOUR, common, adopted(R2, {"note": "mine"}, by("b", NOON + 9), at(NOON + HOUR)))
    s.push("b", NOON + 2 * HOUR, change(rid(3), {"note": "mine"}, at(NOON + 2 * HOUR)))
    s.new_key("a", "a2", NOON + 3 * HOUR)
    s.push("a2", NOON + 4 * HOUR, change(rid(4), {"note": "x"}, at(NOON + 5)), change(rid(5), {"note": "x"}, at(NOON + 6)), formerly=IDS["a"], formerly_number=1)
    s.push("a", NOON + 5 * HOUR, change(rid(4), {"note": "x"}, at(NOON + 5)), change(rid(6), {"note": "y"}, at(NOON + 5 * HOUR)))

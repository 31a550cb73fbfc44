"""Writes vectors/*.json from the reference. The same bytes every time: no clock, no randomness.

    python3 generate_vectors.py [FOLDER]
"""

import base64
import copy
import hashlib
import json
import pathlib
import struct
import sys

import fieldsync as fs
import fieldsync_healing as fsh
import fieldsync_keys as fsk
import healing_scenarios
import scenarios
from scenarios import EPOCH, IDS, NOON, SEEDS, SPACE, T0, at, by, change, rid

HUB_KEY = fs.public_key(SEEDS["hub"])
NONCE = "00112233445566778899aabbccddeeff"


def without(value, key):
    return {k: v for k, v in value.items() if k != key}


def altered(value, path, new):
    """A deep copy with the value at `path` replaced."""
    result = copy.deepcopy(value)
    place = result
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return result


def refusal(function, *arguments):
    try:
        function(*arguments)
    except fs.Refused as refused:
        return refused
    raise AssertionError(f"{function.__name__} took what it must refuse: {arguments!r:.300}")


# --- canonical JSON ----------------------------------------------------------------------------------------

APPENDIX_B = """0000000000000000 0|8000000000000000 0|0000000000000001 5e-324|8000000000000001 -5e-324
7fefffffffffffff 1.7976931348623157e+308|ffefffffffffffff -1.7976931348623157e+308
4340000000000000 9007199254740992|c340000000000000 -9007199254740992|4430000000000000 295147905179352830000
44b52d02c7e14af5 9.999999999999997e+22|44b52d02c7e14af6 1e+23|44b52d02c7e14af7 1.0000000000000001e+23
444b1ae4d6e2ef4e 999999999999999700000|444b1ae4d6e2ef4f 999999999999999900000|444b1ae4d6e2ef50 1e+21
3eb0c6f7a0b5ed8c 9.999999999999997e-7|3eb0c6f7a0b5ed8d 0.000001|41b3de4355555553 333333333.3333332
41b3de4355555554 333333333.33333325|41b3de4355555555 333333333.3333333|41b3de4355555556 333333333.3333334
41b3de4355555557 333333333.33333343|becbf647612f3696 -0.0000033333333333333333
43143ff3c1cb0959 1424953923781206.2"""

MORE_NUMBERS = [1.0, -1.0, 0.1, 0.2, 0.1 + 0.2, 1e16, 1e20, 123456789012345680000.0, 1e21, 1e-6, 1e-7, 1.5e-7, 5e-324,
                2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 9007199254740991.0,
                9007199254740993.0, -9007199254740991.0, 22.545, 113.936, 100.0, 1e5, 1e100, 4.35, 0.000123, 2.0 ** 70,
                2.0 ** -30, 65535.0, 1764590400000.0]

ACCEPTED = [
    ("null", "null"), ("true", "true"), ("false", "false"), ("empty object", "{}"), ("empty array", "[]"),
    ("empty text", '""'), ("minus zero", "-0"), ("minus zero with exponent", "-0.0e9"), ("2^53", "9007199254740992"),
    ("2^53 + 1 is read as the nearest double", "9007199254740993"), ("1e16", "1e16"), ("1e20", "1e20"),
    ("1e21", "1e21"), ("1e21 written out", "1000000000000000000000"), ("1e-6", "1e-6"), ("1e-7", "1e-7"),
    ("smallest double", "5e-324"), ("largest double", "1.7976931348623157e308"), ("one tenth", "0.1"),
    ("more digits than a double holds", "333333333.33333329"), ("trailing zeros", "1.500"), ("capital E", "1E5"),
    ("exponent with leading zeros", "1e-0007"),
    ("white space around all", ' \t\r\n{ "a" : [ 1 , 2 ] , "b" : { } } \n'), ("keys sorted", '{"b":1,"a":2,"_":3,"A":4,"a1":5,"":6}'),
    ("a key that is the beginning of another", '{"ab":1,"a":2,"abc":3}'),
    ("keys are sorted by their bytes, not by their escaped spelling", r'{"!":1,"\n":2,"\\":3,"a":4,"\"":5}'),
    ("arrays keep their order", "[3,1,2]"), ("short escapes", r'"\b\t\n\f\r\"\\\/"'),
    ("other control characters", r'"\u0001\u0002\u000b\u000e\u001f"'), ("upper-case hex in an escape", r'"\u001F"'),
    ("needless escapes", r'"\u0041\u00e9\u5de1"'), ("an escaped surrogate pair", r'"\ud83d\ude00"'),
    ("Chinese", '"巡防点位：人民南路 12 号"'), ("emoji with a joiner", '"👩\u200d🚒"'), ("composed", '"caf\u00e9"'),
    ("decomposed", '"cafe\u0301"'), ("U+007F", '"\x7f"'), ("U+2028 and U+2029", '"\u2028\u2029"'),
    ("U+FEFF inside a text", '"\ufeffx"'), ("U+FFFD", '"\ufffd"'), ("the last code point", '"\U0010ffff"'),
    ("noncharacter", '"\uffff"'), ("solidus is raw", '"</script>"'),
    ("RFC 8785 3.2.2, serialisation of primitive types",
     '{\n "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],\n "string": '
     '"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",\n "literals": [null, true, false]\n}'),
    ("RFC 8785 test data, arrays", '[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]'),
    ("RFC 8785 test data, structures",
     '{\n  "1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0},\n  "10": { },\n  "": "empty",\n  "a": { },\n  "111": [ {'
     '"e": "yes","E": "no" } ],\n  "A": { }\n}'),
    ("RFC 8785 test data, unicode", '{\n  "Unnormalized Unicode":"A\u030a"\n}'),
    ("RFC 8785 test data, values",
     '{\n  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],\n  "string": '
     '"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",\n  "literals": [null, true, false]\n}'),
    ("16 deep", "[" * 16 + "]" * 16), ("16 deep, objects too", '{"a":[' * 8 + "]}" * 8),
    ("brackets in a text are not depth", '"' + "[" * 40 + '"'), ("17 objects side by side", "[" + ",".join(["{}"] * 17) + "]"),
]

REFUSED = [  # name, text or bytes, why
    ("space after comma", '{"a":1, "b":2}', "white space"), ("space before", " 1", "white space"),
    ("line feed after", "1\n", "white space"), ("unsorted keys", '{"b":1,"a":2}', "keys are not sorted"),
    ("sorted by escaped spelling", r'{"!":1,"\n":2}', "keys are sorted by their own bytes"),
    ("duplicate key", '{"a":1,"a":1}', "duplicate key"), ("duplicate key, nested", '[{"a":{"b":1,"b":2}}]', "duplicate key"),
    ("duplicate key by escape", r'{"a":1,"\u0061":2}', "duplicate key"), ("1.0", "1.0", "number spelling"),
    ("-0", "-0", "number spelling"), ("1E5", "1E5", "number spelling"), ("1e5", "1e5", "number spelling"),
    ("1e21 without plus", "1e21", "number spelling"), ("100 digits", "1" + "0" * 100, "number spelling"),
    ("0.10", "0.10", "number spelling"), ("2^53 + 1", "9007199254740993", "not the shortest spelling of a double"),
    ("leading zero", "01", "leading zero"), ("leading zero, negative", "-01", "leading zero"), ("plus", "+1", "not JSON"),
    ("point first", ".5", "not JSON"), ("point last", "5.", "not JSON"), ("empty exponent", "1e", "not JSON"),
    ("lone minus", "-", "not JSON"), ("hex number", "0x10", "not JSON"), ("out of range", "1e400", "not a finite double"),
    ("out of range, negative", "-1e400", "not a finite double"), ("NaN", "NaN", "not JSON"), ("Infinity", "Infinity", "not JSON"),
    ("needless escape", r'"\u0041"', "escape"), ("escaped solidus", r'"\/"', "escape"),
    ("upper-case escape", r'"\u001F"', "escape"), ("long form of a short escape", r'"\u000a"', "escape"),
    ("escaped U+007F", r'"\u007f"', "escape"), ("escaped surrogate pair", r'"\ud83d\ude00"', "escape"),
    ("lone high surrogate", r'"\ud83d"', "lone surrogate"), ("lone low surrogate", r'"\ude00"', "lone surrogate"),
    ("surrogates in the wrong order", r'"\ude00\ud83d"', "lone surrogate"), ("high surrogate, then text", r'"\ud83dx"', "lone surrogate"),
    ("U+0000", r'"\u0000"', "U+0000"), ("U+0000 in a key", r'{"\u0000":1}', "U+0000"), ("unknown escape", r'"\x41"', "not JSON"),
    ("short hex escape", r'"\u12"', "not JSON"), ("key that is not ASCII", '{"é":1}', "keys are ASCII"),
    ("raw line feed", '"a\nb"', "raw control character"), ("raw tab", '"a\tb"', "raw control character"),
    ("raw U+0000", '"a\0b"', "raw control character"), ("single quotes", "'a'", "not JSON"), ("trailing bytes", "{}x", "trailing bytes"),
    ("two values", "1 2", "trailing bytes"), ("trailing comma", "[1,]", "not JSON"), ("trailing comma, object", '{"a":1,}', "not JSON"),
    ("missing comma", "[1 2]", "not JSON"), ("missing colon", '{"a" 1}', "not JSON"), ("bare key", "{a:1}", "not JSON"),
    ("number as key", "{1:1}", "not JSON"), ("comment", "1/*x*/", "not JSON"), ("nothing", "", "not JSON"), ("truncated object", '{"a":1', "truncated"),
    ("truncated text", '"abc', "truncated"), ("truncated escape", '"abc\\', "truncated"), ("truncated literal", "tru", "truncated"),
    ("capital literal", "True", "not JSON"), ("closed by the other bracket", "[1}", "not JSON"),
    ("17 deep", "[" * 17 + "]" * 17, "too deep"), ("100,000 deep", "[" * 100_000, "too deep"),
    ("byte order mark", b"\xef\xbb\xbf{}", "not JSON"), ("continuation byte alone", b'"\x80"', "invalid UTF-8"),
    ("overlong slash", b'"\xc0\xaf"', "invalid UTF-8"), ("overlong, three bytes", b'"\xe0\x80\xaf"', "invalid UTF-8"),
    ("surrogate as UTF-8", b'"\xed\xa0\xbd"', "invalid UTF-8"), ("past the last code point", b'"\xf4\x90\x80\x80"', "invalid UTF-8"),
    ("truncated sequence", b'"\xe5\xb7"', "invalid UTF-8"), ("Latin-1", b'"caf\xe9"', "invalid UTF-8"), ("byte FF", b'"\xff"', "invalid UTF-8"),
    ("UTF-16", "{}".encode("utf-16-le"), "not JSON"),
]


def canonical_json():
    accept = [{"name": name, "input": text, "canonical": fs.canonical_text(fs.read_json(text.encode()))}
              for name, text in ACCEPTED]
    listed = [pair.split(" ") for pair in APPENDIX_B.replace("\n", "|").split("|")]
    numbers = []
    for bits, text in listed + [[struct.pack(">d", n).hex(), None] for n in MORE_NUMBERS]:
        made = fs.number_text(struct.unpack(">d", bytes.fromhex(bits))[0])
        assert text in (None, made), (bits, text, made)
        if not any(n["bits"] == bits for n in numbers):
            numbers.append({"bits": bits, "text": made})
    refused = []
    for name, text, why in REFUSED:
        refusal(fs.read_canonical, text if isinstance(text, bytes) else text.encode())
        form = {"hex": text.hex()} if isinstance(text, bytes) else {"text": text}
        try:
            reads_as = fs.canonical_text(fs.read_json(text if isinstance(text, bytes) else text.encode()))
        except fs.Refused:
            reads_as = None
        if len(text) > 1000:
            form = {"repeat": text[0], "times": len(text)}
        refused.append({"name": name, **form, "why": why, "reads_as": reads_as})
    return {"accept": accept, "numbers": numbers, "refused": refused}


# --- stamps and the clock -------------------------------------------------------------------------------------

def stamps():
    parsed = []
    for milliseconds, counter, device in [(0, 0, "0" * 32), (0, 1, "0" * 32), (1, 0, "f" * 32), (T0, 0, IDS["a"]), (T0, 0, IDS["b"]),
                                          (T0, 65_535, IDS["a"]), (T0 + 1, 0, IDS["a"]), ((1 << 48) - 1, 65_535, "f" * 32)]:
        text = fs.stamp_text(fs.time_of(milliseconds, counter), device)
        parsed.append({"text": text, "milliseconds": milliseconds, "counter": counter, "device": device})
    device = IDS["a"]
    refused = [("time too short", f"{at(T0)[1:]}-{device}"), ("time too long", f"0{at(T0)}-{device}"), ("upper case", by("a", T0).upper()),
               ("no device", at(T0)), ("empty device", at(T0) + "-"), ("device too short", by("a", T0)[:-1]), ("device too long", by("a", T0) + "0"),
               ("other separator", by("a", T0).replace("-", "_")), ("no separator", by("a", T0).replace("-", "")), ("space before", " " + by("a", T0)),
               ("not hex", "g" + by("a", T0)[1:]), ("full-width digit", "０" + by("a", T0)[1:]), ("empty", "")]
    for _, text in refused:
        refusal(fs.read_stamp, text)
    ticks = [{"from": fs.time_text(t), "to": fs.time_text(t + 1)}
             for t in (0, fs.time_of(T0), fs.time_of(T0, 65_534), fs.time_of(T0, 65_535), fs.time_of(0, 65_535))]
    return {"parse": parsed, "order": sorted(p["text"] for p in parsed), "tick": ticks,
            "refused": [{"name": name, "text": text} for name, text in refused]}


def play_clock(operations):
    """Fills in what each operation gives; used by check.py too."""
    clock, result = fs.Clock(), []
    for operation in operations:
        operation = dict(operation)
        kind = operation["do"]
        if kind == "start":
            clock = fs.Clock(int(operation["last"], 16), int(operation["seen"], 16))
        elif kind == "issue":
            try:
                operation["issued"] = fs.time_text(clock.issue(operation["wall"]))
            except fs.Refused:
                operation["issued"] = None
                return result + [operation]
        elif kind == "see":
            clock.see(int(operation["stamp"], 16))
        else:
            clock.store_receipt(operation["wall"], [int(t, 16) for t in operation["effective"]],
                                [int(t, 16) for t in operation["pending"]])
        operation["last"], operation["seen"] = fs.time_text(clock.last), fs.time_text(clock.seen)
        result.append(operation)
    return result


def clock():
    far = NOON + scenarios.YEARS_10

    def issue(wall):
        return {"do": "issue", "wall": wall}

    def receipt(wall, effective, pending=()):
        return {"do": "receipt", "wall": wall, "effective": list(effective), "pending": list(pending)}

    def see(time):
        return {"do": "see", "stamp": time}
    cases = [
        ("rising wall clock", "A later wall clock is taken as it is.", [issue(NOON), issue(NOON + 1), issue(NOON + 500)]),
        ("standing wall clock", "Within a millisecond the counter rises.", [issue(NOON), issue(NOON), issue(NOON)]),
        ("falling wall clock", "The clock never goes back by itself.", [issue(NOON), issue(NOON - 1), issue(NOON - scenarios.DAY)]),
        ("counter overflow", "After counter 65,535 comes the next millisecond.",
         [{"do": "start", "last": at(NOON, 65_534), "seen": at(0)}, issue(NOON), issue(NOON), issue(NOON + 1), issue(NOON + 1)]),
        ("last stamp of all", "A clock that cannot tick refuses to issue; a save fails and nothing is changed.",
         [{"do": "start", "last": "f" * 15 + "e", "seen": at(0)}, issue(NOON), issue(NOON)]),
        ("saw a later stamp", "After a pulled stamp the next one is larger.", [issue(NOON), see(at(NOON + 90, 7)), issue(NOON + 5)]),
        ("saw an earlier stamp", "An earlier stamp changes nothing but what was seen.", [issue(NOON), see(at(NOON - 90, 7)), issue(NOON)]),
        ("receipt heals a far clock", "Nothing pending: the far claims are forgotten.",
         [issue(far), issue(far), receipt(NOON, [at(0, 1), at(0, 2)]), issue(NOON), issue(NOON + 1)]),
        ("receipt with pending", "What is still pending holds the clock up, so that no stamp is issued twice.",
         [issue(far), issue(far), receipt(NOON, [at(0, 1)], [at(far, 1)]), issue(NOON), receipt(NOON, [at(0, 2), at(0, 3)]), issue(NOON)]),
        ("receipt does not forget its own stamps", "The wall clock went back after the save: the receipted stamps stay below.",
         [issue(NOON), issue(NOON), receipt(NOON - scenarios.DAY, [at(NOON), at(NOON, 1)]), issue(NOON - scenarios.DAY)]),
        ("receipt does not forget what was pulled", "A stamp seen earlier stays below, also after a receipt.",
         [see(at(NOON + 4_000, 3)), issue(NOON), receipt(NOON + 1, [at(NOON + 4_000, 4)]), issue(NOON + 1)]),
        ("receipt of quarantined changes only", "Quarantined claims are no effective stamps.", [issue(far), receipt(NOON, []), issue(NOON)]),
    ]
    return {"cases": [{"name": n, "why": w, "steps": play_clock(operations)} for n, w, operations in cases]}


# --- merge ---------------------------------------------------------------------------------------------------

def merge():
    def register(value, stamp):
        return fs.Register(value, stamp, stamp)
    low, high = by("a", NOON), by("a", NOON + 1)
    pairs = [("later wins", ("x", low), ("y", high)), ("counter decides", ("x", by("a", NOON, 1)), ("y", by("a", NOON, 2))),
             ("device decides", ("x", by("a", NOON)), ("y", by("b", NOON))), ("null may win", ("x", low), (None, high)),
             ("same register", ("x", low), ("x", low)), ("equal stamps: larger canonical bytes", ("x", low), ("y", low))]
    ladder = ["", "a", "ä", "巡", -1, 0, 1, 2, 10, 0.5, False, True, None]
    for one, other in zip(ladder, ladder[1:] + ladder[:1]):
        pairs.append((f"equal stamps: {fs.canonical_text(one)} and {fs.canonical_text(other)}", (one, low), (other, low)))
    cases = []
    for name, one, other in pairs:
        won = fs.winner(register(*one), register(*other))
        assert fs.canonical(won.value) == fs.canonical(fs.winner(register(*other), register(*one)).value)
        cases.append({"name": name, "registers": [{"value": v, "stamp": s} for v, s in (one, other)],
                      "winner": {"value": won.value, "stamp": won.stamp}})
    return {"cases": cases}


# --- hub rules -----------------------------------------------------------------------------------------------

def hub_rules(played):
    ids = [("stops", rid(1), "note", by("a", NOON), by("b", NOON)), ("stops", rid(1), "note", by("b", NOON), by("a", NOON)),
           ("points", fs.point_id("NDJ-014"), "_deleted", by("a", NOON, 65_535), by("b", NOON))]
    return {"conflict_ids": [dict(zip(("collection", "record", "field", "kept_stamp", "lost_stamp", "id"), (*i, fs.conflict_id(*i))))
                             for i in ids],
            "scenarios": [s.json() for s in played]}


# --- batches -------------------------------------------------------------------------------------------------

def push_text(batch, signature):
    return fs.canonical_text({"batch": batch, "signature": signature})


def batch_hub():
    """A hub that has taken two batches of A. B is enrolled and then revoked."""
    s = scenarios.Scenario("", "")
    s.push("a", NOON, change(rid(1), {"note": "lamp out", "people_helped": 2}, at(NOON)))
    s.push("a", NOON + 1, change(rid(1), {"note": "lamp mended"}, at(NOON + 1), {"note": by("a", NOON)}),
           change(rid(2), {"note": "路灯已修", "lat": 22.545}, at(NOON + 1, 1)))
    s.push("hub", NOON + 2, change(IDS["b"], {"revoked": True}, at(NOON + 2), {"revoked": by("hub", T0 + 2000)}, collection="devices"))
    return s


def batch():
    s = batch_hub()
    own = [step for step in s.steps if step["device"] == "a"]
    number, previous = s.hub.next_of(IDS["a"])
    third = {"changes": [change(rid(1), {"_deleted": True}, at(NOON + 3), {"note": by("a", NOON + 1), "people_helped": by("a", NOON)})],
             "device": IDS["a"], "number": number, "previous": previous, "sealed_at": NOON + 3, "space": SPACE}
    chain = [{"batch": b, "canonical": fs.canonical_text(b), "hash": fs.batch_hash(b), "signature": fs.sign(SEEDS["a"], "batch", b)}
             for b in [step["batch"] for step in own] + [third]]
    good = third["changes"][0]

    def with_change(**keys):
        return {**third, "changes": [third["changes"][0], {**good, **keys}]}
    wide = {f"f{i}": i for i in range(65)}
    refused, accepted = [], []

    def add(name, code, b, seed=SEEDS["a"], signature=None):
        text = push_text(b, signature or fs.sign(seed, "batch", b))
        found = refusal(play_push, copy.deepcopy(s.hub), text)
        assert found.code == code, (name, found.code, found.details)
        refused.append({"name": name, "text": text, "code": code, "details": found.details})

    def take(name, b, position=None):
        text = push_text(b, fs.sign(SEEDS["a"], "batch", b))
        accepted.append({"name": name, "text": text, "position": play_push(copy.deepcopy(s.hub), text)})
        assert position in (None, accepted[-1]["position"])

    take("the next batch", third, 7)
    take("a batch that the journal holds", own[0]["batch"], 4)
    take("unknown keys", {**third, "later": {"x": [1]}, "changes": [{**good, "later": None}]})
    take("64 fields", {**third, "changes": [{**good, "set": dict(list(wide.items())[:64])}]})
    take("a text of 16,384 bytes", {**third, "changes": [{**good, "set": {"note": "巡" * 5461 + "x"}}]})
    take("the same field twice in one batch", {**third, "changes": [good, {**good, "stamp": at(NOON + 4)}]})
    take("a future claim", {**third, "changes": [{**good, "stamp": "f" * 16}]})
    add("signature of another key", "signature_invalid", third, SEEDS["b"])
    add("signature of another kind", "signature_invalid", third, signature=fs.sign(SEEDS["a"], "head", third))
    add("signature of another batch", "signature_invalid", third, signature=chain[0]["signature"])
    add("signature in upper case", "signature_invalid", third, signature=chain[2]["signature"].upper())
    add("signature cut short", "signature_invalid", third, signature=chain[2]["signature"][:-2])
    add("wrong previous", "chain_broken", {**third, "previous": fs.ZERO_HASH})
    add("previous is an earlier one", "chain_broken", {**third, "previous": chain[0]["hash"]})
    add("a number left out", "number_ahead", {**third, "number": 4})
    add("another batch has this number", "number_taken", {**third, "number": 2, "previous": chain[0]["hash"]})
    add("another space", "space_mismatch", {**third, "space": "0" * 32})
    add("a device that is not enrolled", "device_unknown", {**third, "device": IDS["c"]}, SEEDS["c"])
    add("a revoked device", "device_revoked", {**third, "device": IDS["b"], "number": 1, "previous": fs.ZERO_HASH}, SEEDS["b"])
    for key in ("changes", "device", "number", "previous", "sealed_at", "space"):
        add(f"no {key}", "field_missing", without(third, key))
    for name, keys in {"number 0": {"number": 0}, "number is a fraction": {"number": 3.5}, "number is a text": {"number": "3"},
                       "number is true": {"number": True}, "no change": {"changes": []}, "changes is an object": {"changes": {}},
                       "previous in upper case": {"previous": previous.upper()}, "sealed before 1970": {"sealed_at": -1},
                       "sealed at 2^48": {"sealed_at": 1 << 48}, "device too short": {"device": IDS["a"][:-1]},
                       "space is null": {"space": None}}.items():
        add(name, "batch_invalid", {**third, **keys})
    for name, keys in {
            "collection with a capital": {"collection": "Stops"}, "collection begins with a digit": {"collection": "1stops"},
            "collection of 33 letters": {"collection": "a" * 33}, "empty collection": {"collection": ""}, "field with a hyphen": {"set": {"a-b": 1}},
            "field of 33 letters": {"set": {"a" * 33: 1}}, "empty field": {"set": {"": 1}}, "id in upper case": {"id": "A" * 32},
            "id too long": {"id": rid(1) + "00"}, "id with hyphens": {"id": "01938000-0000-7000-8000-000000000001"},
            "stamp with device": {"stamp": by("a", NOON)}, "stamp too short": {"stamp": at(NOON)[1:]}, "stamp is a number": {"stamp": 1},
            "nothing set and nothing resolved": {"set": {}}, "set is an array": {"set": [1]}, "65 fields": {"set": wide},
            "value is an array": {"set": {"a": []}}, "value is an object": {"set": {"a": {}}},
            "text of 16,385 bytes": {"set": {"note": "x" * 16_385}}, "text of 5,462 Chinese characters": {"set": {"note": "巡" * 5462}},
            "was is empty": {"was": {}}, "was is null": {"was": None}, "was holds a stamp time": {"was": {"note": at(NOON)}},
            "was holds a bad name": {"was": {"No": by("a", NOON)}}, "resolves is empty": {"resolves": []},
            "resolves is a text": {"resolves": rid(1)}, "resolves holds a short id": {"resolves": [rid(1)[1:]]},
            "resolves 65 conflicts": {"resolves": [rid(i) for i in range(65)]}}.items():
        add(name, "batch_invalid", with_change(**keys))
    add("a change without stamp", "batch_invalid", {**third, "changes": [good, without(good, "stamp")]})
    add("a change that is a text", "batch_invalid", {**third, "changes": [good, "x"]})
    for name, text, code in [("not JSON", "<html></html>", "json_malformed"), ("duplicate key", '{"batch":{},"batch":{},"signature":""}', "json_malformed"),
                             ("too deep", '{"batch":' + "[" * 16 + "]" * 16 + "}", "json_too_deep"), ("no signature", fs.canonical_text({"batch": third}), "field_missing"),
                             ("no batch", '{"signature":"' + "0" * 128 + '"}', "field_missing"), ("a list", "[]", "field_missing"),
                             ("lone surrogate in a text", r'{"batch":{"x":"\ud800"},"signature":""}', "json_malformed")]:
        found = refusal(play_push, s.hub, text)
        assert found.code == code, (name, found.code)
        refused.append({"name": name, "text": text, "code": code, "details": {}})
    for r in refused:
        r["details"] = {k: v for k, v in r["details"].items() if k in ("change", "next_number", "next_previous")}
    return {"seed": SEEDS["a"], "public_key": fs.public_key(SEEDS["a"]), "device": IDS["a"], "chain": chain,
            "hub": {"seed": SEEDS["hub"], "public_key": HUB_KEY, "device": IDS["hub"], "space": SPACE,
                    "journal": [{"batch": st["batch"], "signature": st["signature"], "wall": st["wall"]} for st in s.steps],
                    "wall": NOON + 3},
            "accept": accepted, "refused": refused, "large": [large(s.hub, third, *case) for case in LARGE]}


LARGE = [  # name, changes, fields in each, bytes in each text, bytes in the last text, code
    ("1,000 changes", 1000, 1, 1, 1, None), ("1,001 changes", 1001, 1, 1, 1, "batch_too_large"),
    ("a change of 262,144 bytes", 1, 17, 15_400, None, None), ("a change of 262,145 bytes", 1, 17, 15_400, None, "batch_invalid"),
    ("a batch of 1,047,552 bytes", 70, 1, 15_000, None, None), ("a batch of 1,047,553 bytes", 70, 1, 15_000, None, "batch_too_large"),
]


def large_batch(third, changes, fields, text, last):
    """`changes` changes of `fields` fields, each a text of `text` letters x, the last field of the last change of `last`."""
    made = [change(rid(i), {f"f{n:02d}": "x" * text for n in range(fields)}, at(NOON + 3, i)) for i in range(changes)]
    made[-1]["set"][f"f{fields - 1:02d}"] = "x" * last
    return {**third, "changes": made}


def large(hub, third, name, changes, fields, text, last, code):
    if last is None:  # fit the size that the name says
        target = int(name.split()[-2].replace(",", ""))
        bare = large_batch(third, changes, fields, text, 0)
        last = target - len(fs.canonical(bare["changes"][0] if changes == 1 else bare))
    made = large_batch(third, changes, fields, text, last)
    signature = fs.sign(SEEDS["a"], "batch", made)
    try:
        play_push(copy.deepcopy(hub), push_text(made, signature))
        found = None
    except fs.Refused as refused:
        found = refused.code
    assert found == code, (name, found, last)
    assert 0 < last <= 16_384 and len(push_text(made, signature)) <= 1_048_576
    return {"name": name, "changes": changes, "fields": fields, "text_bytes": text, "last_text_bytes": last,
            "batch_bytes": len(fs.canonical(made)), "hash": fs.batch_hash(made), "signature": signature, "code": code}


def play_push(hub, text, wall=NOON + 3):
    body = fs.read_json(text.encode())
    for key in ("batch", "signature"):
        if not isinstance(body, dict) or key not in body:
            raise fs.Refused("field_missing", key=key)
    return hub.push(body["batch"], body["signature"], wall)


# --- receipts ------------------------------------------------------------------------------------------------

def receipt(played):
    s = next(s for s in played if s.name == "three_devices")
    hub, position = s.hub, 7
    sent = {"batch": s.steps[position]["batch"], "signature": s.steps[position]["signature"]}
    position += 1
    at_once, later = hub.receipt(position), hub.receipt(position, len(hub.leaves))
    leaf, head = at_once["leaf"], at_once["head"]["head"]
    pinned = {"hub_key": HUB_KEY, "space": SPACE}
    accept = [{"name": "at once", **sent, "receipt": at_once},
              {"name": "in a later head", **sent, "receipt": later},
              {"name": "unknown keys around", **sent, "receipt": {**at_once, "later": 1}},
              {"name": "the only leaf", "batch": s.steps[0]["batch"], "signature": s.steps[0]["signature"], "receipt": hub.receipt(1)}]

    def resigned(r, seed=SEEDS["hub"]):
        return altered(r, ["head", "signature"], fs.sign(seed, "head", r["head"]["head"]))
    forged = "0e" * 32
    path = at_once["path"]
    other = hub.receipt(position - 1)
    refused = []

    def add(name, why, check, r, batch=sent["batch"], signature=sent["signature"]):
        found = refusal(fs.verify_receipt, r, batch, signature, HUB_KEY, SPACE)
        assert found.code == check, (name, found.code)
        refused.append({"name": name, "why": why, "check": check, "batch": batch, "signature": signature, "receipt": r})

    def in_leaf(key, value):
        """A one-leaf tree that a hub with the right key signs over an altered leaf: only the leaf's own check can tell."""
        new = {**leaf, key: value, "position": 1}
        root = fs.leaf_hash(fs.canonical(new)).hex()
        return resigned({"head": {"head": {**head, "size": 1, "root": root}}, "leaf": new, "path": []})
    add("head changed after signing", "the signature is over other bytes", "head_signature", altered(at_once, ["head", "head", "time"], head["time"] + 1))
    add("unknown key added to the head", "the signature is over other bytes", "head_signature", altered(at_once, ["head", "head", "later"], 1))
    add("signed by another key", "the hub key is pinned", "head_signature", resigned(at_once, forged))
    add("signed as another kind", "kinds are not exchangeable", "head_signature",
        altered(at_once, ["head", "signature"], fs.sign(SEEDS["hub"], "page", head)))
    add("head of another space", "the space is pinned", "space", resigned(altered(at_once, ["head", "head", "space"], "0" * 32)))
    add("head names another hub", "the hub is pinned", "hub", resigned(altered(at_once, ["head", "head", "hub"], IDS["a"])))
    add("receipt of another batch", "the leaf holds another hash", "batch", other)
    add("leaf with another hash", "the batch sent is not in the journal", "batch", in_leaf("batch", fs.ZERO_HASH))
    add("leaf with another device", "the batch sent has another device", "device", in_leaf("device", IDS["a"]))
    add("leaf with another number", "the batch sent has another number", "number", in_leaf("number", 2))
    add("leaf with another signature", "the signature sent is not the one journalled", "signature", in_leaf("signature", "0" * 128))
    add("leaf of another epoch", "leaf and head are of different histories", "epoch", in_leaf("epoch", "0" * 32))
    add("verdict changed", "the leaf is not the one in the tree", "path", altered(at_once, ["leaf", "verdict", "conflicts"], []))
    add("unknown key added to the leaf", "unknown keys are part of the leaf's bytes", "path", altered(at_once, ["leaf", "later"], 1))
    add("position changed", "the path leads from another place", "path", altered(at_once, ["leaf", "position"], position - 1))
    add("position past the head", "no such leaf in the tree", "path", altered(at_once, ["leaf", "position"], position + 1))
    add("position 0", "positions begin at 1", "path", altered(at_once, ["leaf", "position"], 0))
    add("path empty", "the path is too short", "path", {**at_once, "path": []})
    add("path cut", "the path is too short", "path", {**at_once, "path": path[:-1]})
    add("path lengthened", "the path is too long", "path", {**at_once, "path": path + [fs.ZERO_HASH]})
    add("path changed", "another root", "path", {**at_once, "path": [fs.ZERO_HASH] + path[1:]})
    add("path in reverse", "another root", "path", {**at_once, "path": path[::-1]})
    add("path of another size", "path and head are of different trees", "path", {**at_once, "path": later["path"] + [path[0]]})
    add("no path", "a key is missing", "form", without(at_once, "path"))
    add("no leaf", "a key is missing", "form", without(at_once, "leaf"))
    add("path of numbers", "a value of another type", "form", {**at_once, "path": [1, 2]})
    return {"pinned": pinned, "hub_seed": SEEDS["hub"],
            "worked": {"leaf": leaf, "leaf_canonical": fs.canonical_text(leaf), "leaf_hash": fs.leaf_hash(fs.canonical(leaf)).hex(),
                       "head": head, "head_canonical": fs.canonical_text(head), "head_hash": fs.H("head", fs.canonical(head)),
                       "head_signature": at_once["head"]["signature"], "path": path},
            "accept": accept, "refused": refused}


# --- Merkle --------------------------------------------------------------------------------------------------

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = """6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328""".split()


def merkle():
    hashes = [fs.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES]
    roots = [fs.tree_root(hashes[:size]).hex() for size in range(9)]
    assert roots[1:] == ROOTS
    paths, proofs, refused_paths, refused_proofs = [], [], [], []
    for size in range(1, 9):
        for index in range(size):
            path = fs.audit_path(index, hashes[:size])
            assert fs.verify_path(index, size, hashes[index], path, bytes.fromhex(roots[size]))
            paths.append({"index": index, "size": size, "path": [h.hex() for h in path]})
        for first in range(size + 1):
            proof = fs.consistency_proof(first, hashes[:size])
            assert fs.verify_consistency(first, size, bytes.fromhex(roots[first]), bytes.fromhex(roots[size]), proof)
            proofs.append({"first": first, "second": size, "proof": [h.hex() for h in proof]})
    good = {(p["index"], p["size"]): p["path"] for p in paths}
    for name, index, size, leaf, path, root in [
            ("another index", 1, 8, hashes[0].hex(), good[0, 8], roots[8]), ("another size", 0, 7, hashes[0].hex(), good[0, 8], roots[7]),
            ("another leaf", 0, 8, hashes[1].hex(), good[0, 8], roots[8]), ("another root", 0, 8, hashes[0].hex(), good[0, 8], roots[7]),
            ("too short", 0, 8, hashes[0].hex(), good[0, 8][:-1], roots[8]), ("too long", 0, 8, hashes[0].hex(), good[0, 8] + [roots[1]], roots[8]),
            ("index is the size", 8, 8, hashes[7].hex(), good[7, 8], roots[8]), ("index past the size", 9, 8, hashes[1].hex(), good[1, 8], roots[8]),
            ("empty tree", 0, 0, hashes[0].hex(), [], roots[0]), ("path for a tree of one", 0, 1, hashes[0].hex(), [roots[1]], roots[1])]:
        assert not fs.verify_path(index, size, bytes.fromhex(leaf), [bytes.fromhex(h) for h in path], bytes.fromhex(root)), name
        refused_paths.append({"name": name, "index": index, "size": size, "leaf_hash": leaf, "path": path, "root": root})
    known = {(p["first"], p["second"]): p["proof"] for p in proofs}
    for name, first, second, old, new, proof in [
            ("another old root", 3, 7, roots[4], roots[7], known[3, 7]), ("another new root", 3, 7, roots[3], roots[8], known[3, 7]),
            ("too short", 3, 7, roots[3], roots[7], known[3, 7][:-1]), ("too long", 3, 7, roots[3], roots[7], known[3, 7] + [roots[1]]),
            ("empty", 3, 7, roots[3], roots[7], []), ("empty, from a power of two", 4, 8, roots[4], roots[8], []),
            ("equal sizes, other roots", 4, 4, roots[4], roots[5], []), ("equal sizes with a proof", 4, 4, roots[4], roots[4], [roots[1]]),
            ("backwards", 7, 3, roots[7], roots[3], known[3, 7]), ("from nothing with a proof", 0, 4, roots[0], roots[4], [roots[1]]),
            ("of another pair", 6, 8, roots[6], roots[8], known[5, 8]), ("in reverse", 6, 8, roots[6], roots[8], known[6, 8][::-1])]:
        assert not fs.verify_consistency(first, second, bytes.fromhex(old), bytes.fromhex(new), [bytes.fromhex(h) for h in proof]), name
        refused_proofs.append({"name": name, "first": first, "second": second, "first_root": old, "second_root": new, "proof": proof})
    return {"leaves": LEAVES, "leaf_hashes": [h.hex() for h in hashes], "roots": roots, "paths": paths, "proofs": proofs,
            "refused_paths": refused_paths, "refused_proofs": refused_proofs}


# --- digest --------------------------------------------------------------------------------------------------

def digest(played):
    def reg(value, stamp):
        return fs.Register(value, stamp, stamp)
    a, b = by("a", NOON), by("b", NOON + 1)
    specimens = [("one stamp", {"note": reg("lamp", a), "x": reg(2, a)}), ("two stamps", {"note": reg("lamp", a), "x": reg(2, b)}),
                 ("same time, two devices", {"note": reg("lamp", by("a", NOON)), "x": reg(2, by("b", NOON))}),
                 ("deleted", {"_deleted": reg(True, b), "note": reg("灯", a)}), ("all kinds of value", {"a": reg(None, a), "b": reg(False, a), "c": reg(-0.5, a), "d": reg("", a)})]
    states = []
    for index, (name, registers) in enumerate(specimens):
        record = rid(index + 1)
        state = fs.record_state("stops", record, registers)
        states.append({"name": name, "collection": "stops", "id": record,
                       "registers": {f: {"value": r.value, "stamp": r.stamp} for f, r in sorted(registers.items())}, "state": state,
                       "canonical": fs.canonical_text(state), "hash": fs.state_hash(state), "bucket": fs.bucket_of("stops", record)})
    everything = [s["state"] for s in states]
    # Two records of one bucket whose hashes add up to more than 2^256.
    found, clash = {}, None
    for number in range(1, 1 << 16):
        state = fs.record_state("stops", rid(number), {"note": reg(number, a)})
        bucket = fs.bucket_of("stops", rid(number))
        for other in found.get(bucket, []):
            if int(fs.state_hash(state), 16) + int(fs.state_hash(other), 16) >= 1 << 256:
                clash = [other, state]
        if clash:
            break
        found.setdefault(bucket, []).append(state)
    sets = [("nothing", []), ("one record", everything[:1]), ("five records", everything), ("order does not matter", everything[::-1]),
            ("two records of one bucket, the sum passes 2^256", clash)]
    sets += [(f"all records of hub_rules {s.name} at its end", s.hub.state.record_states()) for s in played if s.name in ("plain", "three_devices")]
    return {"states": states, "sets": [{"name": name, "states": many, "nodes": [n.hex() for n in fs.digest_nodes(many)] if len(many) <= 1 else None,
                                        "root": fs.digest_root(many)} for name, many in sets]}


# --- pages ---------------------------------------------------------------------------------------------------

def page(played):
    s = next(s for s in played if s.name == "page_filter")
    hub = s.hub
    old = hub.heads[4]
    asked = {"device": IDS["b"], "cursor": "p5", "have": 0, "nonce": NONCE, "head": old["head"], "head_hash": fs.head_hash(old)}
    body = hub.pull(IDS["b"], 0, NONCE, NOON + 20, after=5, presented_size=5, backed_up=4)
    first = {**asked, "cursor": None, "head": None, "head_hash": None}
    first_body = hub.pull(IDS["b"], 0, NONCE, NOON + 20)
    same_head = {**asked, "head": hub.heads[-1]["head"], "head_hash": fs.head_hash(hub.heads[-1]), "cursor": f"p{len(hub.leaves)}", "have": 1}
    same_body = hub.pull(IDS["b"], 1, NONCE, NOON + 20, after=len(hub.leaves), presented_size=len(hub.leaves))

    def answer(text, content_type="application/json", status=200, sync_protocol="1"):
        return {"status": status, "content_type": content_type, "sync_protocol": sync_protocol, "body": text}

    def check(a, q):
        return fs.verify_page({**a, "body": a["body"].encode()}, q, HUB_KEY, SPACE)
    text = fs.canonical_text(body)
    spaced = ('{ "signature" : "' + body["signature"] + '",\r\n  "records" : ' + fs.canonical_text(body["records"])
              + ' ,\n\t"later":[ ], "page" :' + fs.canonical_text(body["page"]) + "}\n")
    accept = [("the first pull of a device", first, answer(fs.canonical_text(first_body))), ("with a proof", asked, answer(text)),
              ("nothing new", same_head, answer(fs.canonical_text(same_body))), ("charset and capitals in the content type", asked,
                                                                               answer(text, "Application/JSON; charset=utf-8")),
              ("white space, order and unknown keys around the signed parts", asked, answer(spaced))]
    for _, q, a in accept:
        check(a, q)

    def signed(new_page, seed=SEEDS["hub"], records=None):
        return answer(fs.canonical_text({"page": new_page, "records": body["records"] if records is None else records,
                                         "signature": fs.sign(seed, "page", new_page)}))

    def with_head(new_head, **keys):
        return signed({**body["page"], **keys, "head": {"head": new_head, "signature": fs.sign(SEEDS["hub"], "head", new_head)}})
    p, head = body["page"], body["page"]["head"]["head"]
    more_records = altered(body["records"], [0, "record", "fields"], {"note": "other"})
    refused = []

    def add(name, checked, outcome, a, q=asked):
        found = refusal(check, a, q)
        assert found.code == checked, (name, found.code, found.details)
        refused.append({"name": name, "check": checked, "outcome": outcome, "asked": q, "answer": a})
    portal = "<!doctype html><title>Log in</title>"
    for name, checked, a in [
            ("a log-in page", "sync_protocol", answer(portal, "text/html", sync_protocol=None)),
            ("a log-in page with our header", "content_type", answer(portal, "text/html")), ("a log-in page that says it is JSON", "json_malformed", answer(portal)),
            ("a redirect", "status", answer("", "text/html", 302)), ("no header", "sync_protocol", answer(text, sync_protocol=None)),
            ("another version", "sync_protocol", answer(text, sync_protocol="2")), ("no content type", "content_type", answer(text, None)),
            ("empty", "json_malformed", answer("")), ("cut short", "json_malformed", answer(text[:-40])),
            ("duplicate key", "json_malformed", answer(text[:-1] + ',"records":[]}')), ("an empty object", "form", answer("{}")), ("a list", "form", answer("[]")),
            ("no signature", "form", answer(fs.canonical_text(without(body, "signature")))),
            ("signature of zeros", "signature", answer(fs.canonical_text({**body, "signature": "0" * 128}))),
            ("signed by another key", "signature", signed(p, "0e" * 32)),
            ("the page changed after signing", "signature", answer(fs.canonical_text(altered(body, ["page", "now"], p["now"] + 1)))),
            ("signed as another kind", "signature", answer(fs.canonical_text({**body, "signature": fs.sign(SEEDS["hub"], "bucket", p)}))),
            ("an answer to another request", "nonce", signed({**p, "nonce": "f" * 32})),
            ("an answer to another device", "device", signed({**p, "device": IDS["a"]})),
            ("a record altered", "records", signed(p, records=more_records)), ("a record left out", "records", signed(p, records=body["records"][1:])),
            ("records in another order", "records", signed(p, records=body["records"][::-1])),
            ("all records left out", "records", signed(p, records=[])),
            ("records without a hash", "records", signed(without(p, "records"))),
            ("head with another signature", "head_signature", signed({**p, "head": {"head": head, "signature": "0" * 128}})),
            ("head of another space", "space", with_head({**head, "space": "0" * 32})), ("head of another hub", "hub", with_head({**head, "hub": IDS["a"]}))]:
        add(name, checked, "ignored", a)
    add("another epoch", "other_epoch", "hub_went_back", with_head({**head, "epoch": "0" * 32}))
    add("a smaller head of the same epoch", "size_smaller", "hub_went_back", with_head(hub.heads[3]["head"], consistency=[]))
    add("the same size, another root", "root_differs", "log_rewritten", with_head({**old["head"], "root": head["root"]}, consistency=[]))
    add("no proof", "consistency", "log_rewritten", signed({**p, "consistency": []}))
    add("a proof that does not fit", "consistency", "log_rewritten", signed({**p, "consistency": p["consistency"][::-1]}))
    add("a rewritten log with a proof", "consistency", "log_rewritten", with_head({**head, "root": fs.ZERO_HASH}))
    filters = []
    for asker in ("a", "b", "c"):
        for have in range(0, 5 if asker == "a" else 2):
            out = sorted(key for key in hub.state.positions if hub.may_leave_out(key, IDS[asker], have))
            filters.append({"asker": IDS[asker], "have": have, "may_leave_out": [{"collection": c, "id": i} for c, i in out],
                            "count_of_others": len(hub.state.positions) - len(out)})
    return {"pinned": {"hub_key": HUB_KEY, "space": SPACE}, "records_canonical": fs.canonical_text(body["records"]),
            "accept": [{"name": n, "asked": q, "answer": a} for n, q, a in accept], "refused": refused,
            "filter": {"scenario": s.name, "cases": filters}}


# --- joining -------------------------------------------------------------------------------------------------

def join(played):
    s = next(s for s in played if s.name == "plain")
    plain = {"expires": T0 + 86_400_000, "hub": HUB_KEY, "secret": "5e" * 16, "space": SPACE, "url": "http://127.0.0.1:8600"}
    with_tls = {**plain, "tls": hashlib.sha256(b"public key of the certificate").hexdigest(), "url": "https://hub.example:8600/outreach"}
    line = fs.encode_invite(plain)
    accept = [{"name": n, "invite": i, "line": fs.encode_invite(i)} for n, i in
              [("http", plain), ("https with the certificate's key", with_tls), ("https without it", without(with_tls, "tls")), ("unknown key", {**plain, "later": [1]}),
               ("IPv6", {**plain, "url": "http://[::1]:8600"})]]
    accept.append({"name": "white space around the line", "invite": plain, "line": f" {line}\r\n"})
    accept.append({"name": "folded by a mail program", "invite": plain, "line": f"{line[:50]}\r\n {line[50:]}"})

    def raw(data):
        return "fsi1_" + base64.urlsafe_b64encode(data + hashlib.sha256(data).digest()[:4]).decode().rstrip("=")
    swapped = line[:40] + line[41] + line[40] + line[42:]
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    body = line[5:]
    loose = line[:-1] + last[last.index(line[-1]) ^ 1] if len(body) % 4 else line + "A"
    refused = []
    for name, text in [("one letter changed", line[:60] + ("A" if line[60] != "A" else "B") + line[61:]), ("two letters exchanged", swapped),
                       ("truncated by one", line[:-1]), ("truncated by twenty", line[:-20]), ("one letter too many", line + "A"), ("another prefix", "fsi2_" + body),
                       ("prefix in capitals", "FSI1_" + body), ("no prefix", body), ("prefix only", "fsi1_"), ("empty", ""), ("padded", line + "="),
                       ("plain base64 letters", "fsi1_" + body[:10] + "+" + body[11:]),
                       ("loose bits after the last byte", loose), ("not canonical", raw(json.dumps(plain).encode())), ("not JSON", raw(b"hello")),
                       ("a list", raw(b"[]")), ("no secret", fs.encode_invite(without(plain, "secret"))), ("key too short", fs.encode_invite({**plain, "hub": HUB_KEY[2:]})),
                       ("another scheme", fs.encode_invite({**plain, "url": "ftp://127.0.0.1"})), ("http with a certificate's key", fs.encode_invite({**with_tls, "url": plain["url"]}))]:
        refused.append({"name": name, "line": text, "check": refusal(fs.decode_invite, text).code})
    token = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")
    request = fs.make_join(SEEDS["a"], plain, token)
    answer = {"batch": s.steps[1]["batch"], "receipt": s.hub.receipt(2), "signature": s.steps[1]["signature"]}
    key = fs.public_key(SEEDS["a"])
    fs.verify_join_answer(answer, key, HUB_KEY, SPACE)
    other_key = altered(answer["batch"], ["changes", 0, "set", "key"], fs.public_key(SEEDS["c"]))
    third = s.steps[2]
    bad = []
    for name, new in [("signed by another key", {**answer, "signature": fs.sign("0e" * 32, "batch", answer["batch"])}),
                      ("enrols another key", {**answer, "batch": other_key, "signature": fs.sign(SEEDS["hub"], "batch", other_key)}),
                      ("enrols another device", {"batch": third["batch"], "receipt": s.hub.receipt(3), "signature": third["signature"]}),
                      ("receipt of another batch", {**answer, "receipt": s.hub.receipt(3)}), ("receipt of another space", altered(answer, ["receipt", "head", "head", "space"], "0" * 32)),
                      ("no receipt", without(answer, "receipt"))]:
        bad.append({"name": name, "answer": new, "check": refusal(fs.verify_join_answer, new, key, HUB_KEY, SPACE).code})
    return {"invites": {"accept": accept, "refused": refused},
            "request": {"seed": SEEDS["a"], "public_key": key, "device": IDS["a"], "invite": plain, "token": token,
                        "join_canonical": fs.canonical_text(request["join"]), "message": request},
            "answer": {"accept": [{"name": "enrolled", "answer": answer}], "refused": bad}}


def import_ids():
    rows = [("stops", {"point": "NDJ-014", "mode": "foot", "people_helped": 2}, 1), ("stops", {"point": "NDJ-014", "mode": "foot", "people_helped": 2}, 2),
            ("stops", {"mode": "foot", "people_helped": 2, "point": "NDJ-014"}, 1), ("stops", {"point": "NDJ-014", "mode": "foot", "people_helped": "2"}, 1),
            ("activities", {"note": "巡逻\n第二行", "volunteers": 12, "place": None}, 10), ("hazards", {"lat": 22.5450, "accident_prevented": True}, 1), ("education", {}, 1)]
    return {"rows": [{"collection": c, "fields": f, "occurrence": n, "id": fs.import_id(c, f, n)} for c, f, n in rows],
            "points": [{"code": code, "id": fs.point_id(code)} for code in ("NDJ-014", "ndj-014", "南大街-14", "")]}


# --- bundles -------------------------------------------------------------------------------------------------

def bundle(played):
    s = next(s for s in played if s.name == "plain")
    plain = {"expires": T0 + 86_400_000, "hub": HUB_KEY, "secret": "5e" * 16, "space": SPACE, "url": "http://127.0.0.1:8600"}
    token = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")
    receipt = s.hub.receipt(2)
    asked = {"cursor": None, "have": 0, "head": None, "made_at": NOON, "nonce": NONCE, "space": SPACE}
    later = {**asked, "cursor": "c.1", "have": 3, "head": fs.head_hash(receipt["head"])[:32]}
    pulls = [{"name": n, "seed": SEEDS["a"], "asked": q, "message": fs.make_pull(SEEDS["a"], q)} for n, q in [("before the first page", asked), ("later", later)]]
    step = next(step for step in s.steps if step["batch"]["device"] == IDS["a"])
    push = {"push": {"batch": step["batch"], "signature": step["signature"]}}
    error = {"code": "number_ahead", "details": {"next_number": 1}, "mend": "push from next_number on", "message": "an earlier batch is missing"}
    refusal_message = fs.make_refusal(SEEDS["hub"], push, IDS["a"], error, 409, SPACE)
    page_before = {"backed_up": 0, "consistency": [], "cursor": "c.1", "device": IDS["a"], "head": receipt["head"], "more": True, "next_number": 1,
                   "next_previous": fs.ZERO_HASH, "nonce": NONCE, "now": NOON}
    header = {"by": IDS["a"], "made_at": NOON, "space": SPACE}
    items = [{"join": fs.make_join(SEEDS["a"], plain, token)}, push, {"pull": pulls[0]["message"]}]
    answers = [{"enrolment": {"batch": s.steps[1]["batch"], "receipt": receipt, "signature": s.steps[1]["signature"]}},
               {"receipt": receipt}, {"refused": refusal_message}]
    accept = [{"name": n, "header": header, "items": i, "known": k, "text": fs.bundle_lines(header, i).decode()} for n, i, k in
              [("requests", items, 3), ("answers", answers, 3), ("no items", [], 0), ("an unknown kind", [{"later": {"x": 1}}, push], 1)]]
    whole = accept[0]["text"]
    lines = whole.splitlines(keepends=True)
    end = lines[-1]
    refused = []
    for name, text in [("empty", ""), ("no bundle", "hello\n"), ("a newer version", whole.replace('"version":1', '"version":2')), ("no end", "".join(lines[:-1])),
                       ("cut in the last line", whole[:-9]), ("cut in the first line", whole[:30]), ("an item left out", "".join(lines[:2] + lines[3:])),
                       ("two items exchanged", lines[0] + lines[2] + lines[1] + "".join(lines[3:])), ("a byte of an item changed", whole.replace('"have":0', '"have":1')),
                       ("the header changed", whole.replace(f'"made_at":{NOON},"space"', f'"made_at":{NOON + 1},"space"', 1)),
                       ("an item not canonical", lines[0] + lines[1].replace(":", ": ", 1) + "".join(lines[2:])), ("a line behind the end", whole + lines[1]),
                       ("the end twice", whole + end), ("a count too small", whole.replace('"items":3', '"items":2'))]:
        refused.append({"name": name, "text": text, "check": refusal(fs.read_bundle, text.encode()).code})
    return {"pulls": pulls, "pages": [{"page": page_before, "following_nonce": fs.following_nonce(page_before)}],
            "item": {"item": push, "hash": fs.item_hash(push)},
            "refusals": [{"seed": SEEDS["hub"], "hub_key": HUB_KEY, "item": push, "device": IDS["a"], "error": error, "status": 409, "message": refusal_message}],
            "files": {"accept": accept, "refused": refused}}


# --- healing -------------------------------------------------------------------------------------------------

def journal_of(s):
    return {"seed": SEEDS["hub"], "public_key": HUB_KEY, "device": IDS["hub"], "space": SPACE,
            "journal": [{"wall": step["wall"], **{key: step[key] for key in ("batch", "signature", "common", "receipt") if key in step}}
                        for step in s.steps if "code" not in step]}


def play_journal(hub):
    made = fsh.HealingHub(hub["seed"], hub["space"])
    for step in hub["journal"]:
        made.push(step["batch"], step["signature"], step["wall"], **{key: step[key] for key in ("common", "receipt") if key in step})
    return made


def play_heads(hub, case):
    """What a hub does with presented heads; used by check.py too."""
    hub = copy.deepcopy(hub)
    before = hub.epoch
    try:
        answer = hub.answer_heads(case["device"], case["heads"], case["nonce"], case["wall"], healing_scenarios.EPOCHS[2])
    except fs.Refused as refused:
        return {"code": refused.code, "details": refused.details}
    row = fs.record_state("epochs", hub.epoch, hub.state.records["epochs", hub.epoch])["fields"] if hub.epoch != before else None
    return {"held": answer["heads"]["held"], "opens": row, "answer": answer}


def heads():
    s = healing_scenarios.Healing("", "")
    for minute in range(4):
        s.push("a", NOON + minute, change(rid(minute), {"note": "x"}, at(NOON + minute)))
    shared = s.hub.heads[::-1]
    lost = s.branch()
    for minute in range(10, 15):
        lost.push("b", NOON + minute, change(rid(minute), {"note": "x"}, at(NOON + minute)))
    live, journals = lost.branch(), {"put back": journal_of(s)}
    shared_with_ahead, before = s.branch(), s.branch()
    s.put_back(lost, NOON + scenarios.HOUR)
    s.push("a", NOON + scenarios.HOUR, change(rid(20), {"note": "x"}, at(NOON + scenarios.HOUR)))
    journals["healed"] = journal_of(s)
    opened = s.branch()
    live.push("a", NOON + 2 * scenarios.HOUR, change(rid(21), {"note": "two hubs"}, at(NOON + 2 * scenarios.HOUR)))
    second = s.branch()
    second.push("a", NOON + 3 * scenarios.HOUR, change(rid(22), {"note": "x"}, at(NOON + 3 * scenarios.HOUR)))
    opened.open_epoch("opened", NOON + 4 * scenarios.HOUR)
    ahead, behind = lost.branch(), shared_with_ahead
    ahead.push("b", NOON + scenarios.DAY, change(rid(23), {"note": "x"}, at(NOON + scenarios.DAY)))  # by a clock that was ahead
    behind.put_back(ahead, NOON + scenarios.HOUR)
    journals["healed after a clock that was ahead"] = journal_of(behind)
    journals["opened by hand"] = journal_of(opened)
    gone = lost.hub.heads[::-1]
    newest = gone[0]

    def resigned(signed, seed=SEEDS["hub"], **keys):
        head = {**signed["head"], **keys}
        return {"head": head, "signature": fs.sign(seed, "head", head)}
    past = before.branch()
    past.open_epoch("head_unknown", NOON + scenarios.HOUR, resigned(newest, epoch=fs.ZERO_HASH[:32]))
    journals["put back past an epoch"] = journal_of(past)
    cases = []

    def add(name, journal, presented, held=None, opens=False, code=None, wall=NOON + 5 * scenarios.HOUR):
        case = {"name": name, "journal": journal, "device": IDS["a"], "nonce": NONCE, "wall": wall, "heads": presented}
        found = play_heads(play_journal(journals[journal]), case)
        assert (found.get("held"), found.get("opens") is not None, found.get("code")) == (held, opens, code), (name, found)
        cases.append({**case, **found})
    size = len(s.hub.batches) - 2
    add("the newest", "put back", [shared[0]], size)
    add("a smaller one", "put back", shared[2:4], size - 2)
    add("lost heads of the present epoch", "put back", gone, size, True)
    add("lost heads only", "put back", gone[:3], 0, True)
    add("an unknown head behind one that is held", "put back", [shared[0], resigned(shared[1], root=fs.ZERO_HASH)], size)
    add("an unknown head behind one that is held; the next is held", "put back", [resigned(shared[0], time=1), resigned(shared[1], root=fs.ZERO_HASH), shared[2]], size)
    add("signed anew after a rebuild: time and epoch differ", "put back", [resigned(shared[0], time=NOON + 99, epoch=fs.ZERO_HASH[:32], digest=fs.ZERO_HASH)], size)
    add("another root at that size", "put back", [resigned(shared[0], root=fs.ZERO_HASH), shared[1]], size - 1, True)
    add("a head of an epoch that was never here", "put back", [resigned(newest, epoch=fs.ZERO_HASH[:32]), shared[0]], size, True)
    add("a head of an epoch that was never here, and lost ones of the present one", "put back", [resigned(newest, epoch=fs.ZERO_HASH[:32]), *gone[1:3], shared[0]], size, True)
    add("another head of an epoch that somebody has shown", "put back past an epoch", [resigned(gone[1], epoch=fs.ZERO_HASH[:32]), shared[0]], size)
    add("lost heads of an epoch that was left meanwhile", "healed", gone[1:], size)
    add("the head that opened the epoch, shown again", "healed", gone, size)
    add("heads of both epochs", "healed", [s.hub.heads[-1], *shared], size + 2)
    add("a second break, months later", "healed", [second.head(), *s.hub.heads[::-1]], size + 2, True)
    add("two hubs on one key", "healed", [live.head(), *shared], code="hub_split")
    for name, past, found in (("two hubs on one key, at the limit", 300_000, {"code": "hub_split"}), ("a wrong clock's, past the limit", 300_001, {"held": size})):
        add(name, "healed", [resigned(live.head(), time=NOON + 5 * scenarios.HOUR + past), *shared], **found)
    add("the head that opened the epoch, though signed after it", "healed after a clock that was ahead", [ahead.head(), *shared], size, wall=NOON + 2 * scenarios.DAY)
    add("signed before the last epoch that was opened by hand", "opened by hand", [live.head(), *shared], size)
    for name, presented, code in [
            ("none", [], "parameter_invalid"), ("65 heads", [resigned(newest, size=100 - number) for number in range(65)], "parameter_invalid"),
            ("sizes rise", shared[::-1], "parameter_invalid"), ("a size twice", [shared[0], shared[0]], "parameter_invalid"),
            ("signed by another key", [resigned(newest, SEEDS["b"]), shared[0]], "signature_invalid"),
            ("the last one signed by another key", [newest, resigned(shared[0], SEEDS["b"])], "signature_invalid"),
            ("of another space", [resigned(newest, space="0" * 32)], "signature_invalid"),
            ("signed as another kind", [{**newest, "signature": fs.sign(SEEDS["hub"], "page", newest["head"])}], "signature_invalid")]:
        add(name, "put back", presented, code=code)

    def asked_of(name):
        case = next(case for case in cases if case["name"] == name)
        return {"device": case["device"], "nonce": NONCE, "heads": case["heads"]}, case["answer"]
    accept = [{"name": name, "asked": asked_of(name)[0], "answer": asked_of(name)[1], "held": asked_of(name)[1]["heads"]["held"]} for name in
              ("the newest", "lost heads of the present epoch", "lost heads only", "a head of an epoch that was never here, and lost ones of the present one", "lost heads of an epoch that was left meanwhile", "heads of both epochs")]
    asked, answer = asked_of("lost heads of the present epoch")
    part, refused = answer["heads"], []
    accept.append({"name": "unknown keys around", "asked": asked, "answer": {**answer, "later": 1}, "held": size})

    def signed(seed=SEEDS["hub"], kind="heads", **keys):
        return {"heads": {**part, **keys}, "signature": fs.sign(seed, kind, {**part, **keys})}
    rewritten = resigned(part["head"], epoch=newest["head"]["epoch"])
    for name, check, outcome, bad in [
            ("signed by another key", "signature", "ignored", signed("0e" * 32)), ("signed as another kind", "signature", "ignored", signed(kind="page")),
            ("changed after signing", "signature", "ignored", altered(answer, ["heads", "held"], size - 1)),
            ("an answer to another request", "nonce", "ignored", signed(nonce="f" * 32)), ("an answer to another device", "device", "ignored", signed(device=IDS["b"])),
            ("head with another signature", "head_signature", "ignored", signed(head={**part["head"], "signature": "0" * 128})),
            ("head of another space", "space", "ignored", signed(head=resigned(part["head"], space="0" * 32))),
            ("head of another hub", "hub", "ignored", signed(head=resigned(part["head"], hub=IDS["a"]))),
            ("a size that was not presented", "held", "ignored", signed(held=size + 99)), ("no cursor", "form", "ignored", signed_without(part, "cursor")),
            ("no heads", "form", "ignored", without(answer, "heads")),
            ("a larger size than is held", "consistency", "log_rewritten", signed(held=newest["head"]["size"])),
            ("a proof that does not fit", "consistency", "log_rewritten", signed(consistency=part["consistency"][::-1] + [fs.ZERO_HASH])),
            ("a head of the epoch of one that is not held", "same_epoch", "log_rewritten", signed(head=rewritten))]:
        found = refusal(fsh.verify_heads, bad, asked, HUB_KEY, SPACE)
        assert found.code == check, (name, found.code, found.details)
        refused.append({"name": name, "asked": asked, "answer": bad, "check": check, "outcome": outcome})
    split = next(case for case in cases if case["name"] == "two hubs on one key")
    sealed = s.seal("b", NOON + 6 * scenarios.HOUR, change(rid(24), {"note": "x"}, at(NOON + 6 * scenarios.HOUR)))
    after = [{"name": name, **call} for name, call in [
        ("a push", {"push": {"batch": sealed[0], "signature": sealed[1]}}), ("heads that it holds", {"heads": {"heads": shared[:1], "nonce": NONCE}}),
        ("a join", {"join": fsh.make_new_key_join(SEEDS["a2"], SEEDS["a"], SPACE, "a token of 22 letters.")})]]
    for case in after:
        case.update(play_after_split(play_journal(journals[split["journal"]]), split, case))
        assert case["code"] == "hub_split", case
    return {"journals": journals, "cases": cases, "after_split": {"case": split["name"], "calls": after}, "accept": accept, "refused": refused}


def play_after_split(hub, split, case):
    """What a hub answers that has found a second one on its key; used by check.py too."""
    calls = [lambda: hub.answer_heads(split["device"], split["heads"], split["nonce"], split["wall"])]
    if "push" in case:
        calls.append(lambda: hub.push(case["push"]["batch"], case["push"]["signature"], split["wall"]))
    elif "heads" in case:
        calls.append(lambda: hub.answer_heads(split["device"], case["heads"]["heads"], case["heads"]["nonce"], split["wall"]))
    else:
        calls.append(lambda: hub.join(case["join"], split["wall"]))
    for call in calls:
        found = refusal(call)
    return {"code": found.code, "details": found.details}


def signed_without(part, key):
    return {"heads": without(part, key), "signature": fs.sign(SEEDS["hub"], "heads", without(part, key))}


def seed_of(number):
    return hashlib.sha256(f"key {number}".encode()).hexdigest()


def play_join(hub, case):
    """What a hub does with a join without an invite; used by check.py too."""
    hub = copy.deepcopy(hub)
    before = len(hub.batches)
    try:
        answer = hub.join(case["message"], case["wall"])
    except fs.Refused as refused:
        return {"code": refused.code, "details": refused.details}
    enrols = next(change for change in answer["batch"]["changes"] if change["collection"] == "devices" and "key" in change["set"]
                  and change["set"]["key"] == case["message"]["join"]["key"])
    return {"enrols": {"id": enrols["id"], "set": enrols["set"]}, "appends": len(hub.batches) > before, "answer": answer}


def joins():
    tokens = [base64.urlsafe_b64encode(bytes(range(first, first + 32))).decode().rstrip("=") for first in (0, 32)]
    s = healing_scenarios.Healing("", "", {"a": "lead", "b": "operator", "c": "lead"})
    before = s.branch()  # a backup from before D was enrolled
    s.enrol("d", "lead", NOON)
    s.push("hub", NOON + 1, change(IDS["c"], {"revoked": True}, at(NOON + 1), {"revoked": by("hub", T0 + 3000)}, collection="devices"))
    message = fsh.make_new_key_join(SEEDS["a2"], SEEDS["a"], SPACE, tokens[0])
    joined = s.branch()
    joined.hub.join(message, NOON + 2)
    joined.wrote(NOON + 2)
    renamed = joined.branch()
    renamed.push("hub", NOON + 3, change(IDS["a2"], {"name": "the spare phone"}, at(NOON + 3), {"name": by("hub", NOON + 2)}, collection="devices"))
    revoked = joined.branch()
    revoked.push("hub", NOON + 3, change(IDS["a"], {"revoked": True}, at(NOON + 3), {"revoked": by("hub", T0 + 1000)}, collection="devices"))
    both_revoked = revoked.branch()
    both_revoked.push("hub", NOON + 4, change(IDS["a2"], {"revoked": True}, at(NOON + 4), {"revoked": by("hub", NOON + 2)}, collection="devices"))
    eight = s.branch()
    for number in range(8):  # a chain of two, and then all out of A
        eight.hub.join(fsh.make_new_key_join(seed_of(number), seed_of(0) if number == 1 else SEEDS["a"], SPACE, tokens[0]), NOON + 10 + number)
        eight.wrote(NOON + 10 + number)
    enrolment = s.hub.enrolment(IDS["d"])
    d_again = fsh.make_enrolment_join(SEEDS["d"], enrolment, SPACE, tokens[1])
    put_back = before.branch()
    put_back.put_back(s, NOON + scenarios.HOUR)
    a3 = joined.branch()
    a3.hub.join(fsh.make_new_key_join(SEEDS["a3"], SEEDS["a2"], SPACE, tokens[0]), NOON + 4)
    a3_enrolment = a3.hub.enrolment(IDS["a3"])
    journals = {"plain": s, "joined": joined, "renamed": renamed, "old key revoked since": revoked, "both revoked since": both_revoked, "eight new keys": eight, "put back": put_back}
    journals = {name: journal_of(played) for name, played in journals.items()}
    hubs = {name: play_journal(journal) for name, journal in journals.items()}
    cases = []

    def add(name, journal, sent, outcome, wall=NOON + scenarios.HOUR):
        case = {"name": name, "journal": journal, "wall": wall, "message": sent}
        found = play_join(hubs[journal], case)
        assert outcome == (found.get("code") or (found["enrols"]["set"]["name"], found["appends"])), (name, found)
        cases.append({**case, **found})

    def new_key(seed, former, **keys):
        made = fsh.make_new_key_join(seed, former, SPACE, tokens[1])
        join = {**made["join"], **keys}
        return {"former_signature": fs.sign(former, "join", join), "join": join, "signature": fs.sign(seed, "join", join)}

    def with_enrolment(answer, seed=SEEDS["d"]):
        return fsh.make_enrolment_join(seed, answer, SPACE, tokens[1])
    add("a new key", "plain", message, ("device a (2)", True))
    add("a new key of an operator", "plain", new_key(seed_of(20), SEEDS["b"]), ("device b (2)", True))
    add("the same once more", "joined", message, ("device a (2)", False))
    add("the same once more, with another token", "joined", new_key(SEEDS["a2"], SEEDS["a"]), ("device a (2)", False))
    add("the same once more, the old key was revoked since", "old key revoked since", message, ("device a (2)", False))
    add("the same once more, the new key was revoked since", "both revoked since", message, "device_revoked")
    add("another new key of that old one", "old key revoked since", new_key(SEEDS["a3"], SEEDS["a"]), "device_revoked")
    add("a key that came out of one that came out of another", "joined", new_key(SEEDS["a3"], SEEDS["a2"]), ("device a (3)", True))
    add("a second copy of the first", "joined", new_key(SEEDS["a3"], SEEDS["a"]), ("device a (3)", True))
    add("a name that is free again", "renamed", new_key(SEEDS["a3"], SEEDS["a2"]), ("device a (2)", True))
    add("the ninth new key of a day", "eight new keys", new_key(SEEDS["a3"], seed_of(1)), "rekey_limit", NOON + scenarios.DAY)
    add("the ninth, a day later", "eight new keys", new_key(SEEDS["a3"], seed_of(1)), ("device a (10)", True), NOON + scenarios.DAY + 10)
    add("another device on that day", "eight new keys", new_key(SEEDS["a3"], SEEDS["b"]), ("device b (2)", True))
    add("a device that is not enrolled", "plain", new_key(SEEDS["a3"], seed_of(30)), "device_unknown")
    add("a revoked device", "plain", new_key(SEEDS["a3"], SEEDS["c"]), "device_revoked")
    add("signed by another former key", "plain", {**message, "former_signature": fs.sign(SEEDS["b"], "join", message["join"])}, "signature_invalid")
    add("no former signature", "plain", without(message, "former_signature"), "field_missing")
    add("signed by another new key", "plain", {**message, "signature": fs.sign(SEEDS["b"], "join", message["join"])}, "signature_invalid")
    add("of another space", "plain", new_key(SEEDS["a3"], SEEDS["a"], space="0" * 32), "space_mismatch")
    add("a key that another device has", "plain", new_key(SEEDS["b"], SEEDS["a"]), "parameter_invalid")
    add("an enrolment that the hub lacks", "put back", d_again, ("device d", True))
    add("an enrolment that the hub has", "plain", d_again, ("device d", False))
    add("an enrolment that the hub lacks, of a new key", "plain", with_enrolment(a3_enrolment, SEEDS["a3"]), ("device a (3)", True))
    add("an enrolment of another key", "put back", with_enrolment(s.hub.enrolment(IDS["b"])), "signature_invalid")
    add("an enrolment by another hub", "put back", with_enrolment({**enrolment, "signature": fs.sign(SEEDS["b"], "batch", enrolment["batch"])}), "signature_invalid")
    add("an enrolment with the receipt of another batch", "put back", with_enrolment({**enrolment, "receipt": s.hub.receipt(2)}), "signature_invalid")
    add("an enrolment, signed by another key", "put back", {**d_again, "signature": message["signature"]}, "signature_invalid")
    add("an enrolment of a device that was revoked", "plain", with_enrolment(s.hub.enrolment(IDS["c"]), SEEDS["c"]), "device_revoked")
    return {"new_key": {"seed": SEEDS["a2"], "former_seed": SEEDS["a"], "space": SPACE, "token": tokens[0], "join_canonical": fs.canonical_text(message["join"]), "message": message},
            "enrolment": {"seed": SEEDS["d"], "enrolment": enrolment, "space": SPACE, "token": tokens[1], "join_canonical": fs.canonical_text(d_again["join"]), "message": d_again},
            "journals": journals, "cases": cases}


def batches_and_found(played):
    s = next(s for s in played if s.name == "copy_of_a_copy").branch()
    s.push("a", NOON + scenarios.HOUR, change(rid(3), {"note": "a's own"}, at(NOON + scenarios.HOUR)))
    hub = s.hub
    hub.write(NOON + scenarios.DAY, ("devices", IDS["b"], {"role": "auditor"}))  # B reads what it likes
    s.wrote(NOON + scenarios.DAY)
    journal = journal_of(s)

    def refused_of(make, *arguments):
        found = refusal(make, *arguments)
        return {"code": found.code, "details": found.details}
    calls = []
    for name, asker, of, first in [("one's own", "a", "a", 1), ("from the second on", "a", "a", 2), ("behind the last", "a", "a", 3), ("of an ancestor", "a3", "a", 1),
                                   ("of a nearer ancestor", "a3", "a2", 2), ("any, for an auditor", "b", "a2", 1), ("of a descendant", "a", "a2", 1), ("of another", "a2", "b", 1),
                                   ("the hub's", "a", "hub", 1), ("from 0", "a", "a", 0)]:
        call = {"name": name, "asker": IDS[asker], "of": IDS[of], "from": first, "nonce": NONCE}
        arguments = hub.answer_batches, call["asker"], call["of"], first, NONCE
        if name in ("of a descendant", "of another", "the hub's", "from 0"):
            calls.append({**call, **refused_of(*arguments)})
        else:
            calls.append({**call, "answer": arguments[0](*arguments[1:])})
    asked = {"device": IDS["a3"], "nonce": NONCE, "of": IDS["a"], "from": 1}
    key, answer = fs.public_key(SEEDS["a"]), next(call["answer"] for call in calls if call["name"] == "of an ancestor")
    part, entries = answer["batches"], answer["entries"]

    def signed(kind, message_part, rest, seed=SEEDS["hub"], signed_kind=None, **keys):
        message_part = {**message_part, **keys}
        return {kind: message_part, **rest, "signature": fs.sign(seed, signed_kind or kind, message_part)}

    def sent(new_entries, **keys):
        return signed("batches", part, {"entries": new_entries}, entries=fs.H("entries", fs.canonical(new_entries)), **keys)
    resign = {"head": {**part["head"]["head"], "space": "0" * 32}}
    resign["signature"] = fs.sign(SEEDS["hub"], "head", resign["head"])
    forged = altered(entries, [0, "batch", "sealed_at"], 1)
    forged[0]["leaf"]["batch"] = fs.batch_hash(forged[0]["batch"])
    bad = []
    for name, check, message in [
            ("signed by another key", "signature", signed("batches", part, {"entries": entries}, "0e" * 32)),
            ("signed as another kind", "signature", signed("batches", part, {"entries": entries}, signed_kind="journal")),
            ("an answer to another request", "nonce", sent(entries, nonce="f" * 32)), ("an answer to another device", "device", sent(entries, device=IDS["a"])),
            ("of another device", "of", sent(entries, of=IDS["a2"])), ("from another number", "from", sent(entries, **{"from": 2})),
            ("an entry left out", "entries", {**answer, "entries": entries[1:]}), ("the first entry left out by the hub", "entry", sent(entries[1:])),
            ("head with another signature", "head_signature", sent(entries, head={**part["head"], "signature": "0" * 128})), ("head of another space", "space", sent(entries, head=resign)),
            ("a leaf of another batch", "entry", sent([{**entries[0], "leaf": entries[1]["leaf"]}, entries[1]])),
            ("a batch that the device did not sign", "entry_signature", sent(forged)), ("no entries", "form", without(answer, "entries"))]:
        found = refusal(fsh.verify_batches, message, asked, HUB_KEY, SPACE, key)
        assert found.code == check, (name, found.code)
        bad.append({"name": name, "answer": message, "check": check})
    batches = {"hub": journal, "calls": calls, "asked": {**asked, "key": key}, "accept": [{"name": "of an ancestor", "answer": answer}], "refused": bad}

    keys = [{"collection": "stops", "id": rid(2)}, {"collection": "stops", "id": rid(77)}, {"collection": "devices", "id": IDS["a3"]}, {"collection": "stops", "id": rid(1)}]
    calls = [{"name": name, "asker": IDS["a"], "keys": k, "nonce": NONCE, "answer": hub.answer_records(IDS["a"], k, NONCE)}
             for name, k in [("in the order asked, one is not there", keys), ("none is there", keys[1:2]), ("the other way round", keys[::-1]), ("one twice", keys[:1] * 2)]]
    for name, k in [("no keys", []), ("1,001 keys", [{"collection": "stops", "id": rid(1)}] * 1001), ("a bad name", [{"collection": "Stops", "id": rid(1)}]),
                    ("a short id", [{"collection": "stops", "id": "0"}])]:
        calls.append({"name": name, "asker": IDS["a"], "keys": k, "nonce": NONCE, **refused_of(hub.answer_records, IDS["a"], k, NONCE)})
    calls[-3].update(keys=None, repeat=calls[-3]["keys"][0], times=1001)
    asked, answer = {"device": IDS["a"], "nonce": NONCE, "keys": keys}, calls[0]["answer"]
    found_part, records = answer["found"], answer["records"]

    def given(new_records, **more):
        return signed("found", found_part, {"records": new_records}, records=fs.H("records", fs.canonical(new_records)), **more)
    bad = []
    for name, check, message in [
            ("signed by another key", "signature", signed("found", found_part, {"records": records}, "0e" * 32)),
            ("signed as another kind", "signature", signed("found", found_part, {"records": records}, signed_kind="bucket")),
            ("an answer to another request", "nonce", given(records, nonce="f" * 32)), ("an answer to another device", "device", given(records, device=IDS["b"])),
            ("an answer to other keys", "keys", given(records, keys=fs.H("ask", fs.canonical(keys[1:])))), ("a record left out", "records", {**answer, "records": records[1:]}),
            ("a record altered", "records", {**answer, "records": altered(records, [0, "record", "fields"], {"note": "other"})}),
            ("head of another space", "space", given(records, head=resign)), ("records in another order", "order", given(records[::-1])),
            ("a record twice", "order", given(records + records[-1:])),
            ("a record that was not asked for", "order", given(records + hub.answer_records(IDS["a"], [{"collection": "space", "id": SPACE}], NONCE)["records"])),
            ("more is a text", "form", given(records, more="true")), ("more to come, and none here", "more", given([], more=True)), ("no records", "form", without(answer, "records"))]:
        found = refusal(fsh.verify_found, message, asked, HUB_KEY, SPACE)
        assert found.code == check, (name, found.code)
        bad.append({"name": name, "answer": message, "check": check})
    accept = [{"name": "some", "answer": answer}, {"name": "more of them later", "answer": given(records[:2], more=True)}]
    for case in accept:
        fsh.verify_found(case["answer"], asked, HUB_KEY, SPACE)
    return batches, {"hub": journal, "calls": calls, "asked": asked, "accept": accept, "refused": bad}


def history():
    """Entries that name a record: of three devices and the hub."""
    s = next(s for s in healing_scenarios.play_all() if s.name == "copy_of_a_copy").branch()
    s.push("a", NOON + scenarios.HOUR, change(rid(1), {"note": "again", "kind": "x"}, at(NOON + scenarios.HOUR)))
    hub, journal = s.hub, journal_of(s)

    def refused_of(make, *arguments):
        found = refusal(make, *arguments)
        return {"code": found.code, "details": found.details}
    size, calls = len(hub.batches), []
    for name, collection, record, first in [("a record that several wrote", "stops", rid(1), 1), ("from a later position on", "stops", rid(1), size), ("one past the end", "stops", rid(1), size + 1),
                                            ("a device, by the hub's own", "devices", IDS["a3"], 1), ("nothing names it", "stops", rid(77), 1), ("two past the end", "stops", rid(1), size + 2),
                                            ("from 0", "stops", rid(1), 0), ("a bad name", "Stops", rid(1), 1), ("a short id", "stops", "0", 1)]:
        call = {"name": name, "asker": IDS["b"], "collection": collection, "id": record, "from": first, "nonce": NONCE}
        arguments = hub.answer_history, IDS["b"], collection, record, first, NONCE
        bad = name in ("two past the end", "from 0", "a bad name", "a short id")
        calls.append({**call, **(refused_of(*arguments) if bad else {"answer": arguments[0](*arguments[1:])})})
    keys = {fs.device_id(fs.public_key(seed)): fs.public_key(seed) for seed in SEEDS.values()}
    asked, answer = {"device": IDS["b"], "nonce": NONCE, "collection": "stops", "id": rid(1), "from": 1}, calls[0]["answer"]
    part, entries = answer["history"], answer["entries"]
    assert len(entries) > 1

    def sent(new_entries, seed=SEEDS["hub"], signed_kind="history", **more):
        message = {**part, "entries": fs.H("entries", fs.canonical(new_entries)), **more}
        return {"entries": new_entries, "history": message, "signature": fs.sign(seed, signed_kind, message)}
    resign = {"head": {**part["head"]["head"], "space": "0" * 32}}
    resign["signature"] = fs.sign(SEEDS["hub"], "head", resign["head"])
    forged = altered(entries, [0, "batch", "sealed_at"], 1)
    forged[0]["leaf"]["batch"] = fs.batch_hash(forged[0]["batch"])
    other = hub.answer_history(IDS["b"], "devices", IDS["a3"], 1, NONCE)["entries"]
    refused = []
    for name, check, message in [
            ("signed by another key", "signature", sent(entries, seed="0e" * 32)), ("signed as another kind", "signature", sent(entries, signed_kind="journal")),
            ("an answer to another request", "nonce", sent(entries, nonce="f" * 32)), ("an answer to another device", "device", sent(entries, device=IDS["a"])),
            ("of another record", "subject", sent(entries, id=rid(2))), ("of another collection", "subject", sent(entries, collection="devices")), ("from another position", "subject", sent(entries, **{"from": 2})),
            ("it does not move on", "next", sent([], next=1)), ("it moves past the end", "next", sent(entries, next=size + 2)), ("an entry left out on the way", "entries", {**answer, "entries": entries[1:]}),
            ("head of another space", "space", sent(entries, head=resign)), ("positions fall", "entry", sent(entries[::-1])), ("an entry twice", "entry", sent(entries[:1] * 2)),
            ("an entry beyond next", "entry", sent(entries, next=entries[-1]["leaf"]["position"])), ("an entry of another record", "entry", sent(other)),
            ("a leaf of another batch", "entry", sent([{**entries[0], "leaf": entries[1]["leaf"]}])), ("a batch that the device did not sign", "entry_signature", sent(forged)), ("no entries", "form", without(answer, "entries"))]:
        found = refusal(fsh.verify_history, message, asked, HUB_KEY, SPACE, keys)
        assert found.code == check, (name, found.code)
        refused.append({"name": name, "answer": message, "check": check})
    accept = [{"name": "all", "answer": answer}, {"name": "a part", "answer": sent(entries[:1], next=entries[1]["leaf"]["position"])}, {"name": "nothing yet", "answer": sent([], next=2)}]
    for case in accept:
        fsh.verify_history(case["answer"], asked, HUB_KEY, SPACE, keys)
    return {"hub": journal, "calls": calls, "asked": {**asked, "keys": keys}, "accept": accept, "refused": refused, "pinned": {"hub_key": HUB_KEY, "space": SPACE}}


def keys():
    """Three keys of a hub, one after the other, and what is none of that."""
    first, second, third, other = SEEDS["hub"], "5e" * 32, "6f" * 32, "7a" * 32
    hub = fs.device_id(fs.public_key(first))
    one = fsk.make_handover(first, second, hub, 40, SPACE, NOON)
    two = fsk.make_handover(second, third, hub, 70, SPACE, NOON + scenarios.HOUR)
    branch = fsk.make_handover(first, other, hub, 40, SPACE, NOON)
    accept = [{"name": "none", "keys": []}, {"name": "one", "keys": [one]}, {"name": "two", "keys": [one, two]},
              {"name": "put back between the two", "keys": [one, fsk.make_handover(second, third, hub, 35, SPACE, NOON)]}]
    refused = []
    for name, check, items in [
            ("not signed by the old key", "signature", [{**one, "signature": one["accepted"]}]), ("not accepted by the new one", "accepted", [{**one, "accepted": one["signature"]}]),
            ("a size altered", "signature", altered([one], [0, "handover", "size"], 400)), ("the second alone", "start", [two]), ("turned round", "start", [two, one]),
            ("a link left out", "chain", [one, fsk.make_handover(third, other, hub, 80, SPACE, NOON)]),
            ("another hub's", "start", [fsk.make_handover(first, second, IDS["a"], 40, SPACE, NOON)]),
            ("another hub's behind", "hub", [one, fsk.make_handover(second, third, IDS["a"], 70, SPACE, NOON)]),
            ("another space's behind", "space", [one, fsk.make_handover(second, third, hub, 70, "0" * 32, NOON)]),
            ("back to the first", "twice", [one, fsk.make_handover(second, first, hub, 70, SPACE, NOON)]),
            ("size 0", "form", [fsk.make_handover(first, second, hub, 0, SPACE, NOON)]), ("no object", "form", [7])]:
        assert refusal(fsk.verify_succession, items).code == check, (name, refusal(fsk.verify_succession, items).code)
        refused.append({"name": name, "keys": items, "check": check})
    for case in accept:
        fsk.verify_succession(case["keys"])
    public = [fs.public_key(seed) for seed in (first, second, third, other)]
    follows = []
    for name, key, space, known, shown in [
            ("nothing is shown", 0, SPACE, [], []), ("from the first key", 0, SPACE, [], [one]), ("over two", 0, SPACE, [], [one, two]),
            ("from the middle", 1, SPACE, [], [one, two]), ("an invite's key, completed", 2, SPACE, [], [one, two]), ("goes on from what is known", 1, SPACE, [one], [one, two]),
            ("another branch than the known one", 1, SPACE, [one], [branch]), ("shorter than the known one", 2, SPACE, [one, two], [one]),
            ("a stranger's key", 3, SPACE, [], [one, two]), ("another space's", 0, "0" * 32, [], [one])]:
        found = fsk.follow(public[key], space, known, shown)
        follows.append({"name": name, "key": public[key], "space": space, "known": known, "shown": shown, "then": {"key": found[0], "keys": found[1]}})
    signed = []
    for name, seed, size, good in [("the first key in its time", first, 40, True), ("the first key after it", first, 41, False), ("the second in its time", second, 70, True),
                                   ("the second after it", second, 71, False), ("the present one", third, 71, True), ("the present one, of the past", third, 3, True), ("a stranger", other, 3, False)]:
        head = {"digest": "0" * 64, "epoch": EPOCH, "hub": hub, "root": "0" * 64, "size": size, "space": SPACE, "time": NOON}
        signature = fs.sign(seed, "head", head)
        assert fsk.is_good(public[2], [one, two], "head", head, signature, size) == good, name
        signed.append({"name": name, "head": {"head": head, "signature": signature}, "good": good})
    return {"accept": accept, "refused": refused, "follows": follows,
            "heads": {"key": public[2], "space": SPACE, "keys": [one, two], "cases": signed}}


def healing():
    played = healing_scenarios.play_all()
    s = next(s for s in played if s.name == "page_filter_of_healing")
    cases = [{"asker": IDS[asker], "have": have, "may_leave_out": [{"collection": c, "id": i} for c, i in
              sorted(key for key in s.hub.state.positions if s.hub.may_leave_out(key, IDS[asker], have))], "count": len(s.hub.state.positions)}
             for asker, have in (("a", 0), ("a", 1), ("a", 2), ("b", 0), ("b", 1), ("b", 2), ("a2", 1))]
    ids = [("stops", rid(1), "note", by("a", NOON), by("b", NOON), value) for value in ("x", "", None, True, 2, 0.5, "巡 \"1\"\n")]
    made = {"conflict_ids": [dict(zip(("collection", "record", "field", "kept_stamp", "lost_stamp", "lost_value", "id"), (*i, fs.conflict_id(*i)))) for i in ids],
            "scenarios": [s.json() for s in played], "filter": {"scenario": s.name, "cases": cases}, "pinned": {"hub_key": HUB_KEY, "space": SPACE},
            "heads": heads(), "joins": joins()}
    made["batches"], made["found"] = batches_and_found(played)
    asked = {"made_at": NOON, "nonce": NONCE, "space": SPACE}
    parts = [{"heads": made["heads"]["cases"][2]["heads"]}, {"batches": {"device": IDS["a"], "from": 2}}, {"records": made["found"]["asked"]["keys"]}]
    made["asks"] = [{"seed": SEEDS["a"], "asked": {**asked, **part}, "message": fsh.make_ask(SEEDS["a"], {**asked, **part})} for part in parts]
    header = {"by": IDS["a"], "made_at": NOON, "space": SPACE}
    items = [{"ask": case["message"]} for case in made["asks"]] + [{"heads": made["heads"]["accept"][0]["answer"]}, {"batches": made["batches"]["accept"][0]["answer"]},
                                                                 {"found": made["found"]["accept"][0]["answer"]}, {"later": 1}]
    made["files"] = [{"name": "items of healing", "header": header, "items": items, "known": 6, "text": fs.bundle_lines(header, items).decode()}]
    return made


def make_all():
    played = scenarios.play_all()
    return {"canonical_json": canonical_json(), "stamps": stamps(), "clock": clock(), "merge": merge(), "hub_rules": hub_rules(played),
            "batch": batch(), "receipt": receipt(played), "merkle": merkle(), "digest": digest(played), "page": page(played),
            "join": join(played), "import_ids": import_ids(),
            "bundle": bundle(played), "healing": healing(), "history": history(),
            "keys": keys()}


def write_all(folder):
    for name, vectors in make_all().items():
        text = json.dumps({"protocol": 1, **vectors}, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_all(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent / "vectors")

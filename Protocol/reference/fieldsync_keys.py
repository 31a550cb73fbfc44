"""A hub whose key is replaced (README 16): handovers, which succession a client follows, and what a key may have signed."""

import fieldsync as fs
from fieldsync import sign, verifies

LIMIT = 16
MEMBERS = {"accepted", "handover", "signature"}
NAMES = {"from", "hub", "size", "space", "time", "to"}


def make_handover(old_seed, new_seed, hub, size, space, time):
    handover = {"from": fs.public_key(old_seed), "hub": hub, "size": size, "space": space, "time": time, "to": fs.public_key(new_seed)}
    return {"accepted": sign(new_seed, "handover", handover), "handover": handover, "signature": sign(old_seed, "handover", handover)}


@fs._refuses_malformed
def verify_succession(items):
    """Raises Refused with the name of the check that failed."""
    fs._require([("form", isinstance(items, list) and len(items) <= LIMIT)])
    for index, item in enumerate(items):
        part = item["handover"]
        fs._require([("form", MEMBERS <= set(item) and NAMES <= set(part) and isinstance(part["size"], int) and part["size"] > 0),
                     ("start", index > 0 or fs.device_id(part["from"]) == part["hub"]), ("chain", index == 0 or items[index - 1]["handover"]["to"] == part["from"]),
                     ("hub", part["hub"] == items[0]["handover"]["hub"]), ("space", part["space"] == items[0]["handover"]["space"]),
                     ("signature", verifies(part["from"], "handover", part, item["signature"])), ("accepted", verifies(part["to"], "handover", part, item["accepted"]))])
    keys = keys_of(items)
    fs._require([("twice", len(set(keys)) == len(keys))])
    return items


def keys_of(items):
    return [item["handover"]["from"] for item in items[:1]] + [item["handover"]["to"] for item in items]


def follow(key, space, known, shown):
    """What a client that believes `key`, and knows the succession `known`, believes once it is shown another: (key, succession)."""
    if not shown or shown[-1]["handover"]["space"] != space:
        return key, known
    keys, before = keys_of(shown), keys_of(known)
    if keys[-1] == key:
        return (key, known) if known else (key, shown)
    goes_on = keys[: len(before)] == before if before else key in keys
    return (keys[-1], shown) if goes_on else (key, known)


def is_good(key, succession, kind, value, signature, size):
    """Whether a head of a size, or a batch of the hub's own at a position, carries a signature of the hub's."""
    return verifies(key, kind, value, signature) or any(size <= item["handover"]["size"] and verifies(item["handover"]["from"], kind, value, signature)
                                                        for item in succession)

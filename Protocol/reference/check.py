"""Runs every vector through the reference and checks the messages against openapi.yaml.

    python3 check.py

Needs the packages cryptography, jsonschema, openapi-spec-validator and PyYAML. Ends with status 1 at the first case that
does not come out as written.
"""

import copy
import json
import pathlib
import re
import struct
import tempfile

import jsonschema
import yaml
from openapi_spec_validator import validate as validate_openapi

import fieldsync as fs
import fieldsync_healing as fsh
import fieldsync_keys as fsk
import generate_vectors as generator
from healing_scenarios import binding

ROOT = pathlib.Path(__file__).parent.parent
counts = {}


def load(name):
    return json.loads((ROOT / "vectors" / f"{name}.json").read_text(encoding="utf-8"))


def expect(group, name, found, wanted):
    counts[group] = counts.get(group, 0) + 1
    if fs.canonical(found) != fs.canonical(wanted):
        raise SystemExit(f"{group}: {name}: found {found!r:.400}, wanted {wanted!r:.400}")


def refusal(function, *arguments):
    """The code with which `function` refuses, or None if it does not."""
    try:
        function(*arguments)
    except fs.Refused as refused:
        return refused.code
    return None


class Schemas:
    def __init__(self):
        self.document = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
        validate_openapi(self.document)

    def holds(self, name, message):
        schema = {"$ref": f"#/components/schemas/{name}", "components": self.document["components"]}
        return jsonschema.Draft202012Validator(schema).is_valid(message)

    def expect(self, name, message):
        expect("openapi", f"{name} {message!r:.200}", self.holds(name, message), True)


def check_canonical_json():
    vectors = load("canonical_json")
    for case in vectors["accept"]:
        expect("canonical_json", case["name"], fs.canonical_text(fs.read_json(case["input"].encode())), case["canonical"])
        expect("canonical_json", case["name"], refusal(fs.read_canonical, case["canonical"].encode()), None)
    for case in vectors["numbers"]:
        number = struct.unpack(">d", bytes.fromhex(case["bits"]))[0]
        expect("canonical_json", case["bits"], fs.number_text(number), case["text"])
        expect("canonical_json", case["bits"], struct.pack(">d", float(case["text"]) or 0.0).hex(),
               struct.pack(">d", number or 0.0).hex())
    for case in vectors["refused"]:
        data = bytes.fromhex(case["hex"]) if "hex" in case else case.get("text", "").encode() or case.get("repeat", "").encode() * case.get("times", 0)
        expect("canonical_json", case["name"], refusal(fs.read_canonical, data) is not None, True)
        reads_as = None if refusal(fs.read_json, data) else fs.canonical_text(fs.read_json(data))
        expect("canonical_json", case["name"], reads_as, case["reads_as"])


def check_stamps_and_clock():
    vectors = load("stamps")
    for case in vectors["parse"]:
        expect("stamps", case["text"], list(fs.read_stamp(case["text"])), [case["milliseconds"], case["counter"], case["device"]])
        expect("stamps", case["text"], fs.stamp_text(fs.time_of(case["milliseconds"], case["counter"]), case["device"]), case["text"])
    expect("stamps", "order", sorted(vectors["order"], key=fs.read_stamp), vectors["order"])
    for case in vectors["tick"]:
        expect("stamps", case["from"], fs.time_text(int(case["from"], 16) + 1), case["to"])
    for case in vectors["refused"]:
        expect("stamps", case["name"], refusal(fs.read_stamp, case["text"]), "stamp_malformed")
    for case in load("clock")["cases"]:
        inputs = [{k: v for k, v in step.items() if step["do"] == "start" or k not in ("last", "seen", "issued")} for step in case["steps"]]
        expect("clock", case["name"], generator.play_clock(inputs), case["steps"])


def check_merge():
    for case in load("merge")["cases"]:
        one, other = (fs.Register(r["value"], r["stamp"], r["stamp"]) for r in case["registers"])
        for won in (fs.winner(one, other), fs.winner(other, one)):
            expect("merge", case["name"], {"value": won.value, "stamp": won.stamp}, case["winner"])


def check_hub_rules(schemas):
    vectors, hubs = load("hub_rules"), {}
    for case in vectors["conflict_ids"]:
        arguments = [case[key] for key in ("collection", "record", "field", "kept_stamp", "lost_stamp")]
        expect("hub_rules", case["id"], fs.conflict_id(*arguments), case["id"])
    for scenario in vectors["scenarios"]:
        hub = hubs[scenario["name"]] = fs.Hub(scenario["hub"]["seed"], scenario["space"]["id"])
        for number, step in enumerate(scenario["steps"]):
            before = len(hub.leaves)
            position = hub.push(step["batch"], step["signature"], step["wall"])
            leaf, state = hub.leaves[position - 1], hub.state
            found = {"position": position, "verdict": leaf["verdict"], "batch_hash": leaf["batch"], "received_at": leaf["verdict"]["received_at"],
                     "leaf_hash": hub.hashes[position - 1].hex(), "tree_root": fs.tree_root(hub.hashes).hex(), "digest": state.digest(),
                     "repeat": len(hub.leaves) == before,
                     "records": [{"position": state.positions[key], "record": fs.record_state(*key, registers)}
                                 for key, registers in sorted(state.records.items()) if key[0] not in ("space", "devices", "epochs")]}
            expect("hub_rules", f"{scenario['name']} step {number}", found, {key: step[key] for key in found})
            schemas.expect("SignedBatch", {"batch": step["batch"], "signature": step["signature"]})
            schemas.expect("Leaf", leaf)
            for record in step["records"]:
                schemas.expect("PlacedRecord", record)
    return hubs


def check_batch(schemas):
    vectors = load("batch")
    previous = fs.ZERO_HASH
    for case in vectors["chain"]:
        batch = case["batch"]
        expect("batch", "canonical", fs.canonical_text(batch), case["canonical"])
        expect("batch", "previous", batch["previous"], previous)
        previous = fs.batch_hash(batch)
        expect("batch", "hash", previous, case["hash"])
        expect("batch", "signature", fs.sign(vectors["seed"], "batch", batch), case["signature"])
        expect("batch", "verifies", fs.verifies(vectors["public_key"], "batch", batch, case["signature"]), True)
    hub = fs.Hub(vectors["hub"]["seed"], vectors["hub"]["space"])
    for step in vectors["hub"]["journal"]:
        hub.push(step["batch"], step["signature"], step["wall"])
    wall = vectors["hub"]["wall"]
    for case in vectors["accept"]:
        expect("batch", case["name"], generator.play_push(copy.deepcopy(hub), case["text"], wall), case["position"])
        schemas.expect("SignedBatch", json.loads(case["text"]))
    for case in vectors["refused"]:
        try:
            generator.play_push(copy.deepcopy(hub), case["text"], wall)
            raise SystemExit(f"batch: {case['name']} was taken")
        except fs.Refused as refused:
            details = {k: v for k, v in refused.details.items() if k in ("change", "next_number", "next_previous")}
            expect("batch", case["name"], [refused.code, details], [case["code"], case["details"]])
        if case["code"] in ("batch_invalid", "field_missing") and "bytes" not in case["name"] and "Chinese" not in case["name"]:
            expect("openapi", case["name"], schemas.holds("SignedBatch", json.loads(case["text"])), False)
    for case in vectors["large"]:
        batch = generator.large_batch(vectors["chain"][2]["batch"], case["changes"], case["fields"], case["text_bytes"], case["last_text_bytes"])
        expect("batch", case["name"], [fs.batch_hash(batch), len(fs.canonical(batch))], [case["hash"], case["batch_bytes"]])
        text = generator.push_text(batch, case["signature"])
        expect("batch", case["name"], refusal(generator.play_push, copy.deepcopy(hub), text, wall), case["code"])


def check_receipt(schemas):
    vectors = load("receipt")
    pinned = vectors["pinned"]["hub_key"], vectors["pinned"]["space"]
    worked = vectors["worked"]
    expect("receipt", "leaf", [fs.canonical_text(worked["leaf"]), fs.leaf_hash(fs.canonical(worked["leaf"])).hex()], [worked["leaf_canonical"], worked["leaf_hash"]])
    expect("receipt", "head", [fs.canonical_text(worked["head"]), fs.H("head", fs.canonical(worked["head"])), fs.sign(vectors["hub_seed"], "head", worked["head"])],
           [worked["head_canonical"], worked["head_hash"], worked["head_signature"]])
    for case in vectors["accept"]:
        expect("receipt", case["name"], refusal(fs.verify_receipt, case["receipt"], case["batch"], case["signature"], *pinned), None)
        schemas.expect("Receipt", case["receipt"])
    for case in vectors["refused"]:
        expect("receipt", case["name"], refusal(fs.verify_receipt, case["receipt"], case["batch"], case["signature"], *pinned), case["check"])


def check_merkle():
    vectors = load("merkle")
    hashes = [fs.leaf_hash(bytes.fromhex(leaf)) for leaf in vectors["leaves"]]
    expect("merkle", "leaves", [h.hex() for h in hashes], vectors["leaf_hashes"])
    expect("merkle", "roots", [fs.tree_root(hashes[:n]).hex() for n in range(9)], vectors["roots"])
    roots = [bytes.fromhex(root) for root in vectors["roots"]]
    for case in vectors["paths"]:
        path = [bytes.fromhex(h) for h in case["path"]]
        expect("merkle", str(case), fs.audit_path(case["index"], hashes[:case["size"]]) == path, True)
        expect("merkle", str(case), fs.verify_path(case["index"], case["size"], hashes[case["index"]], path, roots[case["size"]]), True)
    for case in vectors["proofs"]:
        proof = [bytes.fromhex(h) for h in case["proof"]]
        expect("merkle", str(case), fs.consistency_proof(case["first"], hashes[:case["second"]]) == proof, True)
        expect("merkle", str(case), fs.verify_consistency(case["first"], case["second"], roots[case["first"]], roots[case["second"]], proof), True)
    for case in vectors["refused_paths"]:
        path = [bytes.fromhex(h) for h in case["path"]]
        expect("merkle", case["name"], fs.verify_path(case["index"], case["size"], bytes.fromhex(case["leaf_hash"]), path, bytes.fromhex(case["root"])), False)
    for case in vectors["refused_proofs"]:
        proof = [bytes.fromhex(h) for h in case["proof"]]
        old, new = bytes.fromhex(case["first_root"]), bytes.fromhex(case["second_root"])
        expect("merkle", case["name"], fs.verify_consistency(case["first"], case["second"], old, new, proof), False)


def check_digest(schemas):
    vectors = load("digest")
    for case in vectors["states"]:
        registers = {f: fs.Register(r["value"], r["stamp"], r["stamp"]) for f, r in case["registers"].items()}
        state = fs.record_state(case["collection"], case["id"], registers)
        expect("digest", case["name"], [state, fs.canonical_text(state), fs.state_hash(state), fs.bucket_of(case["collection"], case["id"])],
               [case["state"], case["canonical"], case["hash"], case["bucket"]])
        schemas.expect("RecordState", case["state"])
    for case in vectors["sets"]:
        expect("digest", case["name"], fs.digest_root(case["states"]), case["root"])
        if case["nodes"]:
            expect("digest", case["name"], [n.hex() for n in fs.digest_nodes(case["states"])], case["nodes"])


def check_page(schemas, hubs):
    vectors = load("page")
    pinned = vectors["pinned"]["hub_key"], vectors["pinned"]["space"]
    for case in vectors["accept"] + vectors["refused"]:
        answer = {**case["answer"], "body": case["answer"]["body"].encode()}
        expect("page", case["name"], refusal(fs.verify_page, answer, case["asked"], *pinned), case.get("check"))
        if "check" not in case:
            schemas.expect("PullAnswer", json.loads(case["answer"]["body"]))
    hub = hubs[vectors["filter"]["scenario"]]
    for case in vectors["filter"]["cases"]:
        out = [{"collection": c, "id": i} for c, i in sorted(hub.state.positions) if hub.may_leave_out((c, i), case["asker"], case["have"])]
        expect("page", "filter", [out, len(hub.state.positions) - len(out)], [case["may_leave_out"], case["count_of_others"]])


def check_bundle():
    vectors = load("bundle")
    for case in vectors["pulls"]:
        expect("bundle", case["name"], fs.make_pull(case["seed"], case["asked"]), case["message"])
    for case in vectors["pages"]:
        expect("bundle", "page", fs.following_nonce(case["page"]), case["following_nonce"])
    expect("bundle", "item", fs.item_hash(vectors["item"]["item"]), vectors["item"]["hash"])
    for case in vectors["refusals"]:
        made = fs.make_refusal(case["seed"], case["item"], case["device"], case["error"], case["status"], case["message"]["refused"]["space"])
        expect("bundle", "refusal", made, case["message"])
    for case in vectors["files"]["accept"]:
        expect("bundle", case["name"], fs.bundle_lines(case["header"], case["items"]).decode(), case["text"])
        expect("bundle", case["name"], len(fs.read_bundle(case["text"].encode())[1]), case["known"])
    for case in vectors["files"]["refused"]:
        expect("bundle", case["name"], refusal(fs.read_bundle, case["text"].encode()), case["check"])


def check_join(schemas):
    vectors = load("join")
    for case in vectors["invites"]["accept"]:
        expect("join", case["name"], fs.decode_invite(case["line"]), case["invite"])
        expect("join", case["name"], fs.encode_invite(case["invite"]), ''.join(case['line'].split()))
        schemas.expect("Invite", case["invite"])
    for case in vectors["invites"]["refused"]:
        expect("join", case["name"], refusal(fs.decode_invite, case["line"]), case["check"])
    request = vectors["request"]
    expect("join", "request", fs.make_join(request["seed"], request["invite"], request["token"]), request["message"])
    schemas.expect("JoinRequest", request["message"])
    pinned = request["public_key"], request["invite"]["hub"], request["invite"]["space"]
    for case in vectors["answer"]["accept"] + vectors["answer"]["refused"]:
        expect("join", case["name"], refusal(fs.verify_join_answer, case["answer"], *pinned), case.get("check"))
    schemas.expect("JoinAnswer", vectors["answer"]["accept"][0]["answer"])


def check_healing(schemas):
    vectors, hubs = load("healing"), {}
    pinned = vectors["pinned"]["hub_key"], vectors["pinned"]["space"]
    for case in vectors["conflict_ids"]:
        arguments = [case[key] for key in ("collection", "record", "field", "kept_stamp", "lost_stamp", "lost_value")]
        expect("healing", case["id"], fs.conflict_id(*arguments), case["id"])
    for scenario in vectors["scenarios"]:
        hub = hubs[scenario["name"]] = fsh.HealingHub(scenario["hub"]["seed"], scenario["space"]["id"])
        for number, step in enumerate(scenario["steps"]):
            check_healing_step(schemas, hub, f"{scenario['name']} step {number}", step)
    hub = hubs[vectors["filter"]["scenario"]]
    for case in vectors["filter"]["cases"]:
        out = [{"collection": c, "id": i} for c, i in sorted(hub.state.positions) if hub.may_leave_out((c, i), case["asker"], case["have"])]
        expect("healing", "filter", [out, len(hub.state.positions)], [case["may_leave_out"], case["count"]])
    check_heads(schemas, vectors["heads"], pinned)
    check_joins(schemas, vectors["joins"])
    check_batches_and_found(schemas, vectors["batches"], vectors["found"], pinned)
    for case in vectors["asks"]:
        expect("healing", "ask", fsh.make_ask(case["seed"], case["asked"]), case["message"])
        schemas.expect("Ask", case["message"])
    for case in vectors["files"]:
        expect("healing", case["name"], fs.bundle_lines(case["header"], case["items"]).decode(), case["text"])
        expect("healing", case["name"], len(fs.read_bundle(case["text"].encode())[1]), case["known"])


def check_healing_step(schemas, hub, name, step):
    before = len(hub.leaves)
    beside = {key: step[key] for key in ("common", "receipt") if key in step}
    try:
        position = hub.push(step["batch"], step["signature"], step["wall"], **beside)
    except fs.Refused as refused:
        expect("healing", name, [refused.code, binding(refused)], [step.get("code"), step.get("details")])
        expect("healing", name, len(hub.leaves), before)
        if refused.details.get("key") in ("formerly_number", "adopts") or refused.code == "field_missing":
            expect("openapi", name, schemas.holds("SignedBatch", {"batch": step["batch"], "signature": step["signature"], **beside}), False)
        return
    leaf, state = hub.leaves[position - 1], hub.state
    found = {"position": position, "verdict": leaf["verdict"], "batch_hash": leaf["batch"], "received_at": leaf["verdict"]["received_at"],
             "leaf": fs.canonical_text(leaf), "leaf_hash": hub.hashes[position - 1].hex(), "tree_root": fs.tree_root(hub.hashes).hex(),
             "digest": state.digest(), "repeat": len(hub.leaves) == before,
             "records": [{"position": state.positions[key], "record": fs.record_state(*key, registers)}
                         for key, registers in sorted(state.records.items()) if key[0] not in ("space", "devices", "epochs")]}
    expect("healing", name, found, {key: step.get(key) for key in found})
    schemas.expect("SignedBatch", {"batch": step["batch"], "signature": step["signature"], **beside})
    schemas.expect("Leaf", leaf)
    for record in step["records"]:
        schemas.expect("PlacedRecord", record)


def check_heads(schemas, vectors, pinned):
    for case in vectors["cases"]:
        found = generator.play_heads(generator.play_journal(vectors["journals"][case["journal"]]), case)
        expect("healing", case["name"], found, {key: case[key] for key in found})
        expect("openapi", case["name"], schemas.holds("HeadsRequest", {"heads": case["heads"], "nonce": case["nonce"]}),
               case.get("code") != "parameter_invalid" or case["name"] in ("sizes rise", "a size twice"))
    split = next(case for case in vectors["cases"] if case["name"] == vectors["after_split"]["case"])
    for case in vectors["after_split"]["calls"]:
        found = generator.play_after_split(generator.play_journal(vectors["journals"][split["journal"]]), split, case)
        expect("healing", case["name"], found, {key: case[key] for key in found})
    for case in vectors["accept"] + vectors["refused"]:
        expect("healing", case["name"], refusal(fsh.verify_heads, case["answer"], case["asked"], *pinned), case.get("check"))
    for case in vectors["accept"]:
        expect("healing", case["name"], fsh.verify_heads(case["answer"], case["asked"], *pinned), case["held"])
        schemas.expect("HeadsAnswer", case["answer"])


def check_joins(schemas, vectors):
    for kind, made in [("new_key", lambda c: fsh.make_new_key_join(c["seed"], c["former_seed"], c["space"], c["token"])),
                       ("enrolment", lambda c: fsh.make_enrolment_join(c["seed"], c["enrolment"], c["space"], c["token"]))]:
        case = vectors[kind]
        expect("healing", kind, [made(case), fs.canonical_text(case["message"]["join"])], [case["message"], case["join_canonical"]])
        schemas.expect("JoinRequest", case["message"])
    hubs = {name: generator.play_journal(journal) for name, journal in vectors["journals"].items()}
    for case in vectors["cases"]:
        found = generator.play_join(hubs[case["journal"]], case)
        expect("healing", case["name"], found, {key: case.get(key) for key in found})
        if "answer" in case:
            schemas.expect("JoinAnswer", case["answer"])
            hub = hubs[case["journal"]]
            expect("healing", case["name"], refusal(fs.verify_join_answer, case["answer"], case["message"]["join"]["key"], hub.key, hub.space), None)


def check_batches_and_found(schemas, batches, found, pinned):
    hub = generator.play_journal(batches["hub"])
    for case in batches["calls"]:
        check_call(case, hub.answer_batches, case["asker"], case["of"], case["from"], case["nonce"])
    for case in batches["accept"] + batches["refused"]:
        asked = batches["asked"]
        expect("healing", case["name"], refusal(fsh.verify_batches, case["answer"], asked, *pinned, asked["key"]), case.get("check"))
    hub = generator.play_journal(found["hub"])
    for case in found["calls"]:
        keys = [case["repeat"]] * case["times"] if "repeat" in case else case["keys"]
        check_call(case, hub.answer_records, case["asker"], keys, case["nonce"])
        expect("openapi", case["name"], schemas.holds("RecordsRequest", {"keys": keys, "nonce": case["nonce"]}), "code" not in case)
    for case in found["accept"] + found["refused"]:
        expect("healing", case["name"], refusal(fsh.verify_found, case["answer"], found["asked"], *pinned), case.get("check"))
    for name, cases in (("BatchesAnswer", batches["accept"] + batches["calls"]), ("FoundAnswer", found["accept"] + found["calls"])):
        for case in cases:
            if "answer" in case:
                schemas.expect(name, case["answer"])


def check_history(schemas):
    vectors = load("history")
    pinned, asked = tuple(vectors["pinned"][name] for name in ("hub_key", "space")), vectors["asked"]
    hub = generator.play_journal(vectors["hub"])
    for case in vectors["calls"]:
        check_call(case, hub.answer_history, case["asker"], case["collection"], case["id"], case["from"], case["nonce"])
    for case in vectors["accept"] + vectors["refused"]:
        expect("history", case["name"], refusal(fsh.verify_history, case["answer"], asked, *pinned, asked["keys"]), case.get("check"))
    for case in vectors["accept"] + vectors["calls"]:
        if "answer" in case:
            schemas.expect("HistoryAnswer", case["answer"])


def check_keys(schemas):
    vectors = load("keys")
    for case in vectors["accept"] + vectors["refused"]:
        expect("keys", case["name"], refusal(fsk.verify_succession, case["keys"]), case.get("check"))
    for case in vectors["accept"]:
        schemas.expect("HubKeys", {"keys": case["keys"]})
    for case in vectors["follows"]:
        key, keys = fsk.follow(case["key"], case["space"], case["known"], case["shown"])
        expect("keys", case["name"], {"key": key, "keys": keys}, case["then"])
    heads = vectors["heads"]
    for case in heads["cases"]:
        head = case["head"]
        expect("keys", case["name"], fsk.is_good(heads["key"], heads["keys"], "head", head["head"], head["signature"], head["head"]["size"]), case["good"])


def check_call(case, call, *arguments):
    try:
        expect("healing", case["name"], call(*arguments), case.get("answer"))
    except fs.Refused as refused:
        expect("healing", case["name"], [refused.code, refused.details], [case.get("code"), case.get("details")])


def check_import_ids():
    vectors = load("import_ids")
    for case in vectors["rows"]:
        expect("import_ids", str(case), fs.import_id(case["collection"], case["fields"], case["occurrence"]), case["id"])
    for case in vectors["points"]:
        expect("import_ids", case["code"], fs.point_id(case["code"]), case["id"])


def check_examples(schemas):
    for name, example in schemas.document["components"]["examples"].items():
        schemas.expect(name, example["value"])
    codes = re.findall(r"^\| \d+ \| `(\w+)`", (ROOT / "errors.md").read_text(encoding="utf-8"), re.MULTILINE)
    healing = load("healing")
    steps = [step for scenario in healing["scenarios"] for step in scenario["steps"]]
    for case in load("batch")["refused"] + steps + healing["heads"]["cases"] + healing["joins"]["cases"] + healing["batches"]["calls"] + healing["found"]["calls"]:
        if "code" in case:
            expect("errors", case["code"], case["code"] in codes, True)


def check_generated():
    with tempfile.TemporaryDirectory() as folder:
        generator.write_all(pathlib.Path(folder))
        for path in sorted(pathlib.Path(folder).iterdir()):
            expect("generated", path.name, path.read_bytes() == (ROOT / "vectors" / path.name).read_bytes(), True)


def main():
    schemas = Schemas()
    check_canonical_json()
    check_stamps_and_clock()
    check_merge()
    hubs = check_hub_rules(schemas)
    check_batch(schemas)
    check_receipt(schemas)
    check_merkle()
    check_digest(schemas)
    check_page(schemas, hubs)
    check_join(schemas)
    check_bundle()
    check_healing(schemas)
    check_history(schemas)
    check_keys(schemas)
    check_import_ids()
    check_examples(schemas)
    check_generated()
    for group, count in counts.items():
        print(f"{group:15} {count:5} checks")


if __name__ == "__main__":
    main()

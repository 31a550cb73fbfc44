#!/usr/bin/env python3
"""Plants faults in a copy of the sources and looks which test catches each, and after how long.

    Scripts/mutants.py                      all, as a table
    Scripts/mutants.py no_dedup tie_break   these

The copy is .build-mutants/tree. All faults are built in at once; FIELDSYNC_PLANTED names the one
that is on. A fault that no test catches is a hole in the tests: the exit is 1. To plant another: a
line in FAULTS. A text that the sources no longer have is an error, so that the list stays true.
"""
import concurrent.futures
import os
import re
import subprocess
import sys
import threading
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
TREE = os.path.join(ROOT, ".build-mutants/tree")
JOBS = 2
# Cheap ones first: each filter runs until something fails.
STAGES = [
    ("laws, vectors, hub", "SyncCoreTests|SyncProtocolTests|SyncStoreTests|SyncHubTests", 300),
    ("scenarios", "SimulationTests.*(Scenario|HubStop|Bundle|PulledPage|NarrowWay|RecordSize|HealingTests|ForgedAdoption|HubHistory"
     "|HubKey|ProofTests)", 300),
    ("lives", "SimulationTests.*(SimulationTests/|HealingSimulation)", 600),
    ("audit", "SyncAuditTests", 400),
]
PLANTED = """import Glibc

private let active = getenv("FIELDSYNC_PLANTED").map { String(cString: $0) } ?? ""

/// Whether this fault is on.
public func planted(_ name: StaticString) -> Bool {
    !active.isEmpty && active == name.description
}
"""
RULES = "Sources/SyncCore/HubRules/RulePass"
WRITER = "Sources/SyncHub/Store/JournalWriter.swift"
PULL = "Sources/SyncReplica/Syncing/Replica+Pull.swift"
RECEIPT = "Sources/SyncReplica/Syncing/Replica+Receipt.swift"
SERVICE = "Sources/SyncHub/Service/HubService.swift"
PAGE = "Sources/SyncProtocol/Messages/Page.swift"

# Name, what is wrong, file, text, text with the fault.
FAULTS = [
    ("tie_break", "of equal stamps the smaller value wins", "Sources/SyncCore/Records/Register.swift",
     ": value > other.value",
     ': planted("tie_break") ? value < other.value : value > other.value'),
    ("no_dedup", "a batch that is offered again is another one", WRITER,
     "found.hash == batch.hash\n", 'found.hash == batch.hash, !planted("no_dedup")\n'),
    ("gap_allowed", "a batch after a missing one is taken", WRITER,
     "guard batch.number == writer.lastNumber + 1 else",
     'guard planted("gap_allowed") || batch.number == writer.lastNumber + 1 else'),
    ("chain_unchecked", "a batch need not follow the one before", WRITER,
     "guard batch.previous == writer.lastHash else",
     'guard planted("chain_unchecked") || batch.previous == writer.lastHash else'),
    ("hub_clock_back", "the hub's time goes back", WRITER,
     "isReset ? now : max(now, last)", 'isReset || planted("hub_clock_back") ? now : max(now, last)'),
    ("common_too_large", "more counts as common than is", WRITER,
     "common?.head.size ?? 0)", '(common?.head.size ?? 0) + (planted("common_too_large") ? 3 : 0))'),
    ("unclamped_stamp", "a claim in the future is believed", f"{RULES}.swift",
     "claimed.milliseconds <= limit {",
     'planted("unclamped_stamp") || claimed.milliseconds <= limit {'),
    ("stale_claim", "a claim before the device's last one is believed", f"{RULES}.swift",
     "if claimed > lastEffective, ",
     'if planted("stale_claim") || claimed > lastEffective, '),
    ("causality_ignored", "a ruled stamp may be before what its writer had seen", f"{RULES}.swift",
     "floor = max(floor, try known(by: change, in: present))",
     'floor = planted("causality_ignored") ? floor : max(floor, try known(by: change, in: present))'),
    ("quarantine_skipped", "a role writes what it may not", f"{RULES}.swift",
     "return context.policy.allows(context.role, toWrite: key.collection) ? nil",
     'return planted("quarantine_skipped")\n'
     "            || context.policy.allows(context.role, toWrite: key.collection) ? nil"),
    ("dropped_conflict", "the last conflict of a batch is not listed", f"{RULES}+Conflicts.swift",
     "for index in order { try add(",
     'for index in planted("dropped_conflict") ? order.dropLast() : order { try add('),
    ("was_ignored", "what the writer had seen is a conflict too", f"{RULES}+Conflicts.swift",
     "try !isOwn(register.stamp) && !isSame(was, register.stamp)",
     'try !isOwn(register.stamp) && (planted("was_ignored") || !isSame(was, register.stamp))'),
    ("edit_of_deleted", "an edit of what was deleted is lost without a word", f"{RULES}+Conflicts.swift",
     "guard name != deleted, merged.writes[deleted] == nil,",
     'guard !planted("edit_of_deleted"), name != deleted, merged.writes[deleted] == nil,'),
    ("settled_stays_open", "a conflict that was settled stays open", f"{RULES}+Conflicts.swift",
     'guard found["resolved"]?.value != .true else { return }',
     'guard !planted("settled_stays_open"), found["resolved"]?.value != .true else { return }'),
    ("repeat_applied", "work that came under another key counts twice", f"{RULES}+Repeats.swift",
     "if let first = (stored + known).first",
     'if !planted("repeat_applied"), let first = (stored + known).first'),
    ("adopted_anew", "adopted work gets the adopter's stamp", f"{RULES}+Adoption.swift",
     "if let stamp = change.stamps[name], stamp.time",
     'if !planted("adopted_anew"), let stamp = change.stamps[name], stamp.time'),
    ("adoption_of_held", "a state that is not lost is adopted", f"{RULES}+Adoption.swift",
     "guard !adoption.isHeld else", 'guard planted("adoption_of_held") || !adoption.isHeld else'),
    ("clock_back", "a device's clock follows the wall clock back",
     "Sources/SyncCore/Stamps/HybridClock.swift",
     "last = max(StampTime(milliseconds: wallMilliseconds), last.tick)",
     'last = planted("clock_back")\n            ? StampTime(milliseconds: wallMilliseconds)\n'
     "            : max(StampTime(milliseconds: wallMilliseconds), last.tick)"),
    ("leaf_prefix", "a leaf is hashed as a node", "Sources/SyncCore/Journal/MerkleHash.swift",
     "hasher.update(data: [0x00])", 'hasher.update(data: [planted("leaf_prefix") ? 0x01 : 0x00])'),
    ("digest_not_updated", "a changed record's new hash is not added",
     "Sources/SyncStore/Digest/DigestTable.swift",
     "if let new { sum &+= new }",
     'if let new, !planted("digest_not_updated") || old == nil { sum &+= new }'),
    ("receipt_unchecked", "a receipt need not be in the journal",
     "Sources/SyncProtocol/Messages/Receipt.swift",
     "guard included else", 'guard included || planted("receipt_unchecked") else'),
    ("receipt_of_another", "a receipt of another batch counts",
     "Sources/SyncProtocol/Messages/Receipt.swift",
     "guard leaf.batch == batch.hash,",
     'guard planted("receipt_of_another") || leaf.batch == batch.hash,'),
    ("head_not_compared", "a rewritten log is taken",
     "Sources/SyncProtocol/Messages/HeadCheck.swift",
     "self = isConsistent ?", 'self = isConsistent || planted("head_not_compared") ?'),
    ("restore_unseen", "a hub that was put back is not noticed",
     "Sources/SyncProtocol/Messages/HeadCheck.swift",
     "guard held.epoch == new.epoch, new.size >= held.size else",
     'guard planted("restore_unseen") || held.epoch == new.epoch && new.size >= held.size else'),
    ("page_without_nonce", "an old page counts", PAGE,
     "guard page.nonce == nonce else", 'guard page.nonce == nonce || planted("page_without_nonce") else'),
    ("page_unsigned", "anybody's page counts", PAGE,
     "guard hub.key.verifies(signature, .page, signedBytes) else",
     'guard planted("page_unsigned") || hub.key.verifies(signature, .page, signedBytes) else'),
    ("records_unbound", "a page's records may be others than were signed", PAGE,
     "guard page.binds(records) else", 'guard planted("records_unbound") || page.binds(records) else'),
    ("cursor_outside", "the cursor moves before the page is applied", PULL,
     "        return try file.write { store in\n            let meta = MetaTable(store)\n"
     "            guard try meta.text(ReplicaKey.cursor) == request.cursor,",
     '        if planted("cursor_outside") {\n            try file.write {\n'
     "                try MetaTable($0).set(ReplicaKey.cursor, .text(message.page.cursor))\n"
     "            }\n        }\n"
     "        return try file.write { store in\n            let meta = MetaTable(store)\n"
     '            guard try planted("cursor_outside")\n'
     "                    || meta.text(ReplicaKey.cursor) == request.cursor,"),
    ("stale_page", "a page that was overtaken is applied", PULL,
     "try meta.integer(ReplicaKey.lastReceipted) ?? 0 == request.lastReceipted,",
     'try planted("stale_page")\n                    || meta.integer(ReplicaKey.lastReceipted) ?? 0 == request.lastReceipted,'),
    ("echo", "what the hub has ruled is laid over its answer", PULL,
     "from: page.nextNumber)", 'from: planted("echo") ? 0 : page.nextNumber)'),
    ("pending_kept", "what was receipted stays pending", RECEIPT,
     "try PendingTable(store).removeSealed(batch: leaf.number)",
     'if !planted("pending_kept") { try PendingTable(store).removeSealed(batch: leaf.number) }'),
    ("claim_kept", "a device goes on with a stamp that was ruled otherwise", RECEIPT,
     "if batch.adopts == nil { try outcome.restamp(records) }",
     'if batch.adopts == nil, !planted("claim_kept") { try outcome.restamp(records) }'),
    ("ghosts", "a record that was put aside goes on being shown", RECEIPT,
     "if !leaf.verdict.quarantined.isEmpty {",
     'if !leaf.verdict.quarantined.isEmpty, !planted("ghosts") {'),
    ("signature_unchecked", "anybody's batch is taken", SERVICE,
     "guard isSigned else {", 'guard planted("signature_unchecked") || isSigned else {'),
    ("revoked_served", "a revoked device is served", SERVICE,
     "guard !device.isRevoked else", 'guard planted("revoked_served") || !device.isRevoked else'),
    ("row_not_released", "what waits does not learn that a row it names is touched",
     "Sources/SyncStore/SQL/StoreConnection.swift", "if namesRows {", 'if namesRows, !planted("row_not_released") {'),
    ("former_forgotten", "what was delivered under a former key is not held aside",
     "Sources/SyncReplica/Healing/Replica+Heads.swift",
     "keys.formUnion(try IdentityTable(store).keys(above: common))",
     'if !planted("former_forgotten") {\n'
     "            keys.formUnion(try IdentityTable(store).keys(above: common))\n        }"),
    ("lost_epoch", "a hub goes on under a name that had gone on", "Sources/SyncHub/Store/SQLHubStore+Healing.swift",
     "isOfALostEpoch(head.epoch, store) {", '!planted("lost_epoch") && isOfALostEpoch(head.epoch, store) {'),
    ("below_own", "a write loses unlisted to an own one that it had seen",
     "Sources/SyncCore/HubRules/RulePass+Conflicts.swift", "guard try isBelowSeen && isSeen ||",
     'guard try isBelowSeen && isSeen && !planted("below_own") ||'),
    ("late_key", "a late answer sets a file back to a key that it had left",
     "Sources/SyncReplica/Healing/Replica+NewKey.swift", "try isAwaited(key) else",
     'try planted("late_key") || isAwaited(key) else'),
    ("invite_twice", "an invite works twice", "Sources/SyncHub/Store/SQLHubStore+Enrolment.swift",
     "guard used.device == key.deviceID else",
     'guard planted("invite_twice") || used.device == key.deviceID else'),
]


def plant():
    """Copies what is committed or changed, with every fault in it."""
    os.makedirs(TREE, exist_ok=True)
    # What is deleted and not committed is listed, and not there.
    subprocess.run(
        "git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | tr '\\n' '\\0' "
        f"| xargs -0 -n 500 cp -u --parents -t {TREE}",
        shell=True, cwd=ROOT, check=True)
    resolved = os.path.join(ROOT, "Package.resolved")
    if os.path.exists(resolved):
        subprocess.run(["cp", "-u", resolved, TREE], check=True)
    texts = {}
    for name, _, path, old, new in FAULTS:
        if path not in texts:
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                texts[path] = file.read()
        if texts[path].count(old) != 1:
            raise SystemExit(f"{name}: {path} has this {texts[path].count(old)} times: {old}")
        texts[path] = texts[path].replace(old, new)
    texts["Sources/SyncCore/Planted.swift"] = PLANTED
    for path, text in texts.items():
        if "import SyncCore" not in text and not path.startswith("Sources/SyncCore"):
            text = "import SyncCore\n" + text
        target = os.path.join(TREE, path)
        if not os.path.exists(target) or open(target, encoding="utf-8").read() != text:
            with open(target, "w", encoding="utf-8") as file:
                file.write(text)


def build():
    done = subprocess.run(
        ["swift", "build", "--build-tests", "-c", "release", "-Xswiftc", "-enable-testing"], cwd=TREE, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stdout[-4000:] + done.stderr[-4000:])


def first_failure(name, pattern, limit):
    """The first test that fails, or None; a crash or a standstill counts."""
    tests = subprocess.Popen(
        [".build/release/fieldsyncPackageTests.xctest", "--testing-library", "swift-testing",
         "--filter", pattern],
        cwd=TREE, env={**os.environ, "FIELDSYNC_PLANTED": name, "FUZZ": "50"}, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    late = threading.Event()
    timer = threading.Timer(limit, lambda: (late.set(), tests.kill()))
    timer.start()
    found = None
    try:
        for line in tests.stdout:
            if "✘" in line:
                found = re.sub("\x1b\\[[0-9;]*m", "", line).split("✘")[1].split("(")[0].strip()
                break
        else:
            tests.wait()
            if tests.returncode != 0:
                found = "(stands still)" if late.is_set() else f"(ends with {tests.returncode})"
    finally:
        timer.cancel()
        tests.kill()
        tests.wait()
    return found


def hunt(fault):
    """One line of the table, and whether the fault was caught."""
    name, words = fault[0], fault[1]
    start = time.monotonic()
    for stage, pattern, limit in STAGES:
        found = first_failure(name, pattern, limit)
        if found:
            found = found.removeprefix("Test ").removeprefix("Case ")
            return f"| `{name}` | {words} | {stage} | `{found}` | {time.monotonic() - start:.0f} s |", True
    return f"| `{name}` | {words} | **survives** | | {time.monotonic() - start:.0f} s |", False


def main():
    wanted = sys.argv[1:]
    unknown = set(wanted) - {fault[0] for fault in FAULTS}
    if unknown:
        raise SystemExit(f"there is no {', '.join(sorted(unknown))}")
    plant()
    build()
    # Some faults alone: the dear stages are not run without one.
    for stage, pattern, limit in STAGES[:2] if wanted else STAGES:
        found = first_failure("", pattern, limit)
        if found:
            raise SystemExit(f"without a fault {found} fails in {stage}: nothing can be said")
    print("| planted | what is wrong | caught by | first test | after |\n|---|---|---|---|---|", flush=True)
    survivors = 0
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for line, is_caught in pool.map(
                hunt, [fault for fault in FAULTS if not wanted or fault[0] in wanted]):
            print(line, flush=True)
            survivors += not is_caught
    if survivors:
        raise SystemExit(f"{survivors} survive")


if __name__ == "__main__":
    main()

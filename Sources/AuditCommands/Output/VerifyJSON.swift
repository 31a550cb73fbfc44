import CommandKit
import ReportGathering
import SyncAudit
import SyncCore
import SyncProtocol

extension VerifyReport {
    /// As `verify --json` shows it.
    var json: JSONOutput {
        .object([
            .init("ok", .bool(isOK)), .init("complete", .bool(isComplete)),
            .init("subject", .string(subject.rawValue)), .init("file", .string(name)),
            .init("space", JSONOutput(space?.hex)), .init("hub_key", JSONOutput(hubKey?.hex)),
            .init("epoch", JSONOutput(epoch?.hex)), .init("head", headJSON),
            .init("batches", .int(Int(batches))), .init("changes", .int(Int(changes))),
            .init("quarantined", .int(Int(quarantined))), .init("suspect", .int(Int(suspect))),
            .init("heads", .int(Int(heads))), .init("receipts", .int(Int(receipts))),
            .init("pending", .int(Int(pending))), .init("records", .int(Int(records))),
            .init("epochs", .array(epochs.map(\.json))), .init("reoffered", .int(Int(reoffered))),
            .init("adopting", .int(Int(adopting))), .init("vouched_only", .int(Int(vouchedOnly))),
            .init("repeats", .int(Int(repeats))),
            .init("collections", collectionsJSON), .init("healed", .int(Int(healedCount))),
            .init("healed_records", .array(healed.map(\.json))),
            .init("problems", .array(problems.map(\.json))),
            .init(
                "more_problems",
                .object(
                    omitted.sorted { $0.key.rawValue < $1.key.rawValue }
                        .map { .init($0.key.rawValue, .int($0.value)) })),
            .init("checked", .array(checked.map { .string($0.rawValue) })),
            .init(
                "unproved",
                .object(unproved.map { .init($0.name, .int(Int($0.rows))) })),
            .init("not_checked", .array(notChecked.map(\.json))),
            .init("cosignatures", .array(cosignatures.map(\.json))),
            .init("trusted", trusted?.json ?? .null),
        ])
    }

    private var headJSON: JSONOutput {
        guard let head = head?.head else { return .null }
        return [
            "size": .int(Int(head.size)), "root": .string(head.root.hex),
            "digest": .string(head.digest.hex), "time": .time(head.time),
        ]
    }

    private var collectionsJSON: JSONOutput {
        .object(
            recordsByCollection.sorted { $0.key < $1.key }
                .map { .init($0.key, .int(Int($0.value))) })
    }
}

extension VerifyProblem {
    var json: JSONOutput {
        [
            "kind": .string(kind.rawValue), "where": .string(place.text),
            "detail": .string(VerifyWords.detail(self)),
            "facts": .object(evidence.map { .init($0.label.rawValue, .string($0.text)) }),
        ]
    }
}

extension VerifiedEpoch {
    var json: JSONOutput {
        [
            "epoch": .string(id.hex), "size": .int(Int(size)), "cause": JSONOutput(cause),
            "last_position": .int(Int(lastPosition)),
        ]
    }
}

extension CountedCosignature {
    var json: JSONOutput {
        [
            "witness": .string(witness.name), "size": .int(Int(size)),
            "time": .time(time * 1_000),
        ]
    }
}

extension TrustedPart {
    var json: JSONOutput {
        [
            "position": .int(Int(position)), "source": .string(source.rawValue),
            "file": .string(name),
        ]
    }
}

extension UncheckedPart {
    var json: JSONOutput {
        [
            "check": .string(check.rawValue), "reason": .string(reason.rawValue),
            "after": JSONOutput(after.map { Int($0) }),
        ]
    }
}

extension HealedRecord {
    var json: JSONOutput {
        [
            "collection": .string(key.collection), "id": .string(key.id.hex),
            "healed_at": .time(healedAt), "size": .int(Int(size)),
        ]
    }
}

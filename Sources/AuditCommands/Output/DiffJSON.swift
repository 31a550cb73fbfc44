import CommandKit
import SyncAudit
import SyncCore
import SyncProtocol

/// A comparison as `--json` prints it. Keys are those of docs/cli-output.md.
struct DiffJSON {
    private let result: DiffResult

    init(_ result: DiffResult) {
        self.result = result
    }

    var document: JSONOutput {
        [
            "identical": .bool(result.isIdentical), "only_a": .int(result.onlyA),
            "only_b": .int(result.onlyB), "different": .int(result.different),
            "inputs": ["a": input(result.a), "b": input(result.b)],
            "counts": .array(
                result.counts.sorted { $0.key < $1.key }.map {
                    [
                        "collection": .string($0.key.collection),
                        "cause": .string($0.key.cause.rawValue), "count": .int($0.value),
                    ]
                }),
            "records": .array(result.records.map(record)), "omitted": .int(result.omitted),
            "not_checked": .array(
                DiffResult.NotChecked.allCases.filter(result.notChecked.contains)
                    .map { .string($0.rawValue) }),
        ]
    }

    private func input(_ side: SideFacts) -> JSONOutput {
        [
            "path": .string(side.name), "kind": .string(side.kind.rawValue),
            "device": JSONOutput(side.device?.hex), "name": .string(side.label),
            "space": JSONOutput(side.space?.hex), "head": JSONOutput(side.head?.hash.hex),
            "epoch": JSONOutput(side.epoch?.hex), "position": .int(Int(side.position)),
            "records": JSONOutput(side.records), "pending": .int(side.pending),
            "bytes_sent": .int(side.bytesSent), "bytes_received": .int(side.bytesReceived),
            "round_trips": .int(side.roundTrips),
        ]
    }

    private func record(_ difference: RecordDifference) -> JSONOutput {
        var members: [JSONOutput.Member] = [
            .init("collection", .string(difference.key.collection)),
            .init("id", .string(difference.key.id)),
            .init("side", .string(difference.side.rawValue)),
            .init("cause", .string(difference.cause.rawValue)),
            .init("fields", .array(difference.fields.map(field))),
        ]
        for (name, found) in [("a_raw", difference.a), ("b_raw", difference.b)] {
            guard let found, let fault = found.fault else { continue }
            members.append(
                .init(
                    name,
                    [
                        "fault": .string(fault.rawValue),
                        "fields": .string(String(decoding: found.rawFields, as: UTF8.self)),
                        "clock": .string(Hex.text(found.rawClock)),
                    ]))
        }
        return .object(members)
    }

    /// A stamp that is null tells that the side lacks the field; a value may be null itself.
    private func field(_ field: FieldDifference) -> JSONOutput {
        [
            "name": .string(field.name), "a": Self.value(field.a),
            "b": Self.value(field.b),
            "a_stamp": JSONOutput(field.a?.stamp.text),
            "b_stamp": JSONOutput(field.b?.stamp.text),
            "differs": .string(field.kind.rawValue), "cause": .string(field.cause.rawValue),
            "other_unicode_form": .bool(field.isOtherUnicodeForm),
        ]
    }

    /// Canonical JSON is JSON: it is written as it stands.
    static func value(_ register: Register?) -> JSONOutput {
        register.map { .verbatim(String(decoding: $0.value.bytes, as: UTF8.self)) } ?? .null
    }
}

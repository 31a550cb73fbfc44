import Foundation
import SyncCore
import SyncProtocol

/// What a reader takes of some folders: files as they are, and every object and text of those that
/// are JSON; of texts that are hexadecimal also the bytes. And the answers that are in none of them.
func writeSeeds(
    _ reader: ([UInt8]) throws -> Void, from sources: [String], to folder: String
) throws {
    var found: Set<[UInt8]> = []
    func collect(_ value: JSONValue) {
        switch value {
        case .object(let members):
            found.insert(CanonicalJSON.bytes(value))
            for member in members.values { collect(member) }
        case .array(let items):
            found.insert(CanonicalJSON.bytes(value))
            for item in items { collect(item) }
        case .string(let text):
            found.insert(Array(text.utf8))
            if let bytes = Hex.bytes(text) { found.insert(bytes) }
        default: break
        }
    }
    for source in sources {
        for name in try FileManager.default.contentsOfDirectory(atPath: source)
        where !name.hasSuffix(".sqlite") && name != "hub" {
            let bytes = Array(try Data(contentsOf: URL(filePath: "\(source)/\(name)")))
            found.insert(bytes)
            if let value = try? JSONParser.parse(bytes) { collect(value) }
        }
    }
    found.formUnion(madeAnswers(among: found))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let good = found.filter { $0.count <= 6_000 && (try? reader($0)) != nil }
        .sorted { $0.lexicographicallyPrecedes($1) }
    for (index, bytes) in good.enumerated() {
        try Data(bytes).write(to: URL(filePath: "\(folder)/seed-\(index)"))
    }
    print("\(good.count) seeds")
}

/// Answers that no vector and no traffic has, of one head and the pushes that were found.
private func madeAnswers(among found: Set<[UInt8]>) -> [[UInt8]] {
    let sorted = found.sorted { $0.lexicographicallyPrecedes($1) }
    guard let key = SigningKey(seed: [UInt8](repeating: 1, count: 32)),
        let head = sorted.lazy.compactMap({ try? SignedHead(encoded: $0) }).first
    else { return [] }
    let (device, nonce) = (key.publicKey.deviceID, ID128(high: 1, low: 2))
    let hash = head.head.root
    let stamp = Stamp(time: StampTime(milliseconds: 1_700_000_000_000), device: device)
    let record = RecordBytes.state(
        key: RecordKey("stops", nonce), fields: Array(#"{"note":"a","point":"14"}"#.utf8),
        clock: RecordClock(newest: stamp, older: [.init(name: "note", stamp: stamp)]))
    let records = Array(#"[{"position":3,"record":"#.utf8) + record + Array("}]".utf8)
    let entries = sorted.filter { (try? PushRequest(encoded: $0)) != nil }.prefix(2).map {
        Array(String(decoding: $0, as: UTF8.self).dropLast().utf8)
            + Array(#","leaf":{"position":1}}"#.utf8)
    }
    return [
        DigestAnswer(
            children: .init(repeating: hash, count: 64), node: 7, device: device, nonce: nonce,
            head: head, key: key
        ).encoded,
        BucketAnswer(
            bucket: 5, records: records, device: device, nonce: nonce, head: head, key: key
        ).encoded,
        InclusionAnswer(
            positions: [1, 2], paths: [[hash], [hash, hash]], device: device, nonce: nonce,
            head: head, key: key
        ).encoded,
        JournalAnswer(
            from: 1, more: true, entries: [91] + entries.joined(separator: [44]) + [93],
            device: device, nonce: nonce, head: head, key: key
        ).encoded,
        ConsistencyAnswer(
            consistency: [hash, hash], first: 1, second: 2, device: device, nonce: nonce,
            head: head, key: key
        ).encoded,
    ]
}

extension RecordBytes {
    fileprivate static func state(
        key: RecordKey, fields: [UInt8], clock: RecordClock
    ) -> [UInt8] {
        fields.withUnsafeBytes { state(key: key, fields: $0, clock: clock) }
    }
}

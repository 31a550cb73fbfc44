import SyncCore
import SyncProtocol
import TestSupport
import Testing

/// Damaged messages. Each reader takes what it can read or throws; none ends the process.
@Suite struct MessageFuzzTests {
    /// A reader of one kind of message.
    struct Reader: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let read: @Sendable ([UInt8]) throws -> Void

        init<Message, Read>(
            _ kind: Message.Type, _ read: @escaping @Sendable ([UInt8]) throws -> Read
        ) {
            testDescription = "\(kind)"
            self.read = { _ = try read($0) }
        }
    }

    private static let readers = [
        Reader(PageMessage.self) { try PageMessage(encoded: $0) },
        Reader(DigestAnswer.self) { try DigestAnswer(encoded: $0) },
        Reader(DeviceBatchesAnswer.self) { try DeviceBatchesAnswer(encoded: $0) },
        Reader(BucketAnswer.self) { try BucketAnswer(encoded: $0).addsUp(to: .zero) },
        Reader(PushRequest.self) { try PushRequest(encoded: $0) },
        Reader(Receipt.self) { try Receipt(encoded: $0) },
        Reader(SignedHead.self) { try SignedHead(encoded: $0) },
        Reader(InclusionAnswer.self) {
            let answer = try InclusionAnswer(encoded: $0)
            return answer.includes([], in: answer.head.head)
        },
        Reader(HistoryAnswer.self) { try HistoryAnswer(encoded: $0) },
        Reader(KeySuccession.self) { try KeySuccession(encoded: $0) },
        Reader(JournalAnswer.self) {
            let answer = try JournalAnswer(encoded: $0)
            try? answer.eachEntry { _ in }
            return answer
        },
        Reader(ConsistencyAnswer.self) {
            let answer = try ConsistencyAnswer(encoded: $0)
            return answer.extends(answer.head.head)
        },
        Reader(HeadsRequest.self) { try HeadsRequest(encoded: $0) },
        Reader(HeadsAnswer.self) { try HeadsAnswer(encoded: $0) },
        Reader(FoundRequest.self) { try FoundRequest(encoded: $0) },
        Reader(FoundAnswer.self) { try FoundAnswer(encoded: $0) },
        Reader(JoinRequest.self) { try JoinRequest(encoded: $0) },
        Reader(JoinAnswer.self) { try JoinAnswer(encoded: $0) },
        Reader(SignedAsk.self) { try SignedAsk(encoded: $0) },
        Reader(SignedRefusal.self) { try SignedRefusal(encoded: $0) },
        Reader(SignedPull.self) { try SignedPull(encoded: $0) },
    ]

    /// Every object of the vectors that is no larger than this.
    private static let longest = 6_000
    private static let objects: [[UInt8]] = [
        "batch", "bundle", "healing", "history", "join", "keys", "merkle", "page", "receipt",
    ].flatMap { name -> [[UInt8]] in
        var found: Set<[UInt8]> = []
        func collect(_ value: JSONValue) {
            switch value {
            case .object(let members):
                let bytes = CanonicalJSON.bytes(value)
                if bytes.count <= longest { found.insert(bytes) }
                for member in members.values { collect(member) }
            case .array(let items):
                let bytes = CanonicalJSON.bytes(value)
                if bytes.count <= longest { found.insert(bytes) }
                for item in items { collect(item) }
            case .string(let text):
                if text.first == "{" || text.first == "[", text.utf8.count <= longest {
                    found.insert(Array(text.utf8))
                }
            default: break
            }
        }
        if let file = try? Vectors.file(name) { collect(file) }
        return Array(found)
    }

    /// Answers that no vector has.
    private static func answers() throws -> [[UInt8]] {
        let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))!
        let (device, nonce) = (
            key.publicKey.deviceID, ID128(hex: String(repeating: "1", count: 32))!
        )
        guard let head = objects.lazy.compactMap({ try? SignedHead(encoded: $0) }).first else {
            return []
        }
        let hash = head.head.root
        let records = Array(
            #"[{"position":3,"record":{"collection":"stops","fields":{},"id":"01"}}]"#.utf8)
        let entries = objects.filter { (try? PushRequest(encoded: $0)) != nil }.prefix(2).map {
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

    @Test(arguments: readers)
    func damagedMessages_areReadOrRefused(_ reader: Reader) throws {
        let good = try (Self.objects + Self.answers()).filter { (try? reader.read($0)) != nil }
            .sorted { $0.lexicographicallyPrecedes($1) }
        #expect(!good.isEmpty, "no vector has one")
        let taken = Fuzzer(good).run { try reader.read($0) }
        #expect(taken < Fuzzer.count)
    }

    @Test func damagedInvites_areReadOrRefused() throws {
        let vectors = try Vectors.file("join")
        var lines: [[UInt8]] = []
        func collect(_ value: JSONValue) {
            if let text = value.string, text.hasPrefix("fsi1_") { lines.append(Array(text.utf8)) }
            for item in value.array ?? [] { collect(item) }
            for item in value.object?.values.map(\.self) ?? [] { collect(item) }
        }
        collect(vectors)
        try #require(!lines.isEmpty)
        let taken = Fuzzer(lines).run { _ = try Invite(text: String(decoding: $0, as: UTF8.self)) }
        #expect(taken < Fuzzer.count)
    }

    @Test func damagedNotes_areReadOrRefused() {
        let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))!.publicKey
        let space = SpaceID(hex: String(repeating: "0", count: 32))!
        let lines = [
            "fieldsync.log/00\n3\nAAAA\n\n— fieldsync.log/00 AAAA\n", "— a AAAA\n\n",
            "fieldsync.log/00+65f78a14+AYqj", "/tile/0/x001/234", "/tile/8/000.p/3", "\n\n\n",
        ].map { Array($0.utf8) }
        Fuzzer(lines).run {
            let text = String(decoding: $0, as: UTF8.self)
            _ = CheckpointNote(text, hub: key, space: space)
            _ = TilePath(text)
            _ = Witness(verifierKey: text)
        }
    }

    @Test func damagedBundles_areReadOrRefused() throws {
        let file = try Vectors.file("bundle")
        var lines: [[UInt8]] = []
        for entry in file["files"]?.items("accept") ?? [] {
            lines.append(Array(entry.text("text").utf8))
        }
        try #require(!lines.isEmpty)
        let items = Self.objects.filter { BundleItem(line: $0) != nil }
        try #require(!items.isEmpty)
        let head =
            #"{"bundle":{"by":"\#(String(repeating: "0", count: 32))","made_at":1,"space":"\#(String(repeating: "1", count: 32))","version":1}}"#
        lines += items.map { Array(head.utf8) + [10] + $0 + [10] }
        Fuzzer(lines).run {
            var reader = BundleLineReader()
            try reader.take($0) { _ in }
            try reader.finish()
        }
        Fuzzer(items).run { _ = BundleItem(line: $0) }
    }
}

// A bundle as one side of a comparison.
//
// A bundle holds what somebody asked for and what is on its way, never all records. What its pages
// hold is a record's whole state; the batches in it are laid over that, or, where no page has the
// record, over what the other side has: then just the fields that the batches set can differ.

import SyncCore
import SyncProtocol
import SyncStore

/// The records that a bundle names.
public struct BundleContent: Sendable {
    public let path: String
    let space: SpaceID
    let writer: DeviceID
    /// Whether a hub's key was known to check the pages by.
    let isPinned: Bool
    /// Whether every batch's device was known to the other side, and signed it.
    private(set) var areBatchesVerified = true
    private(set) var head: SignedHead?
    private var states: [RecordKey: (state: RecordState, position: Int64)] = [:]
    private var changes: [RecordKey: [(change: Change, device: DeviceID)]] = [:]
    /// Writes of batches that the bundle holds no receipt for.
    private(set) var pending: Set<Writing> = []

    /// Whether a file begins as a bundle does (RFC 1952).
    public static func isBundle(_ path: String) throws -> Bool {
        try !FilePresence.isFolder(path) && FileBytes.head(of: path, count: 2) == [0x1F, 0x8B]
    }

    /// - Parameters:
    ///   - key: the hub's key that pages must be signed by; nil: they are believed.
    ///   - devices: the other side's file, for the keys that batches must be signed by.
    /// - Throws: `StoreError`, `BundleFileFault`; `DiffFault` for what is not signed as it must be.
    init(path: String, key: PublicKey?, devices: AuditFile?) throws {
        let file = try BundleFile(path: path)
        self.path = path
        space = file.header.space
        writer = file.header.by
        isPinned = key != nil
        var hub = key.map { HubIdentity(key: $0, space: file.header.space) }
        try file.each([.keys]) { item in
            guard let shown = try? KeySuccession(encoded: item.content) else { return }
            hub = hub?.learning(shown)
        }
        var batches: [SealedBatch] = []
        var receipted: Set<Hash256> = []
        try file.each([.page, .push, .receipt]) { item in
            do {
                if let hub { _ = try BundleMessage(item, hub: hub) }
                switch item.kind {
                case .page: try take(PageMessage(encoded: item.content))
                case .push: batches.append(try SealedBatch(envelope: item.content))
                case .receipt: receipted.insert(try Receipt(encoded: item.content).leaf.batch)
                default: break
                }
            } catch {
                throw DiffFault(.contradiction, name: path, detail: item.kind.rawValue)
            }
        }
        for batch in batches.sorted(by: { ($0.device, $0.number) < ($1.device, $1.number) }) {
            try verify(batch, devices)
            try take(batch, isReceipted: receipted.contains(batch.hash))
        }
    }

    /// The names of its records, in the order of listings.
    var keys: [RecordKey] { Set(states.keys).union(changes.keys).sorted() }

    /// A record as the bundle has it.
    ///
    /// - Parameter other: what the other side has: the ground for a record without a page.
    func record(_ key: RecordKey, over other: RecordState?) -> FoundRecord? {
        var state = states[key]?.state ?? other ?? RecordState(key)
        for (change, device) in changes[key] ?? [] {
            let stamp = Stamp(time: change.stamp, device: device)
            for assignment in change.set {
                state.merge(assignment.name, Register(assignment.value, stamp))
            }
        }
        return state.fields.isEmpty
            ? nil : FoundRecord(state, position: states[key]?.position ?? 0)
    }

    private mutating func take(_ message: PageMessage) throws {
        if message.page.head.head.size > head?.head.size ?? 0 { head = message.page.head }
        try message.records.withUnsafeBytes { buffer in
            for slice in try RecordListReader.read(buffer)
            where slice.position >= states[slice.key]?.position ?? 0 {
                let fields = UnsafeRawBufferPointer(rebasing: buffer[slice.fields])
                let state = try RecordState(slice.key, fields: fields, clock: slice.clock)
                states[slice.key] = (state, slice.position)
            }
        }
    }

    private mutating func take(_ batch: SealedBatch, isReceipted: Bool) throws {
        for index in batch.changes.indices {
            let change = try batch.change(index)
            changes[change.key, default: []].append((change, batch.device))
            if !isReceipted {
                let stamp = Stamp(time: change.stamp, device: batch.device)
                pending.insert(Writing(key: change.key, stamp: stamp))
            }
        }
    }

    private mutating func verify(_ batch: SealedBatch, _ file: AuditFile?) throws {
        let device = try file?.read { store in
            try? EnrolledDevice(batch.device, in: RecordTable(store))
        }
        guard let device else {
            areBatchesVerified = false
            return
        }
        guard device.key.verifies(batch.signature, .batch, batch.bytes) else {
            throw DiffFault(.contradiction, name: path, detail: "batch \(batch.number)")
        }
    }
}

extension BundleContent: DigestSource {
    /// A bundle has no digest: it is never walked.
    func children(of node: Int?) -> [Hash256] { [] }

    func records(of buckets: Set<Int>) -> LoadedRows {
        var loaded = LoadedRows()
        for key in keys where buckets.contains(DigestTree.bucket(of: key)) {
            if let found = record(key, over: nil) { loaded.add(found) }
        }
        return loaded
    }
}
